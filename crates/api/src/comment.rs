//! What members of the committee say to each other about people, pairs and boards.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::comment::About;
use tandem_domain::id::{CommentId, PersonId};

/// Answer of `GET …/comments`: what was said about the people and pairs of the cohort, and about
/// this board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentList {
    /// Oldest first.
    pub comments: Vec<CommentView>,
    /// Who can be mentioned: everybody of the committee.
    pub members: Vec<MemberName>,
    /// Whether the reader may say something and resolve what was said.
    pub may_write: bool,
}

/// Somebody of the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberName {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
}

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentView {
    /// Which.
    pub id: CommentId,
    /// What it is about.
    pub about: About,
    /// Who said it.
    pub by: PersonId,
    /// Who, by name.
    pub by_name: String,
    /// When, in real time.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
    /// Whom it mentions.
    pub mentions: Vec<PersonId>,
    /// Who resolved it and when, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<ResolvedBy>,
}

/// Who resolved a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedBy {
    /// Who, by name.
    pub by_name: String,
    /// When, in real time.
    pub at: DateTime<Utc>,
}

/// Body of `POST …/comments`. The id makes it replay-safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeComment {
    /// Made by the client; the same again is answered the same.
    pub id: CommentId,
    /// What it is about.
    pub about: About,
    /// What is said, at most 2,000 characters. `@` and the name of a member mention that member.
    pub text: String,
}

/// Body of `PUT /api/comments/{comment}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolveComment {
    /// Whether it is resolved from now on.
    pub resolved: bool,
    /// Whether the sender saw it resolved; 409 where it is otherwise by now.
    pub seen: bool,
}
