//! What members of the committee say about people, pairs and boards: made, resolved, taken back by
//! whoever said it. Whoever stays away from anybody reads none, since words may name everybody.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;
use tandem_api::comment::{
    CommentList, CommentView, MakeComment, MemberName, ResolveComment, ResolvedBy,
};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::comment::{About, LONGEST, mentioned};
use tandem_domain::id::{CommentId, PersonId, ScenarioId};
use tandem_domain::permission::Action;
use tandem_domain::role::Role;

use super::on_board;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::scene::{Scene, recusal};
use crate::mail::wording;
use crate::store::audit::{self, Happening, Moment};
use crate::store::comments::{self, Comment};
use crate::store::outbox::NewMail;
use crate::store::people::{self, Person};
use crate::store::{Tx, applications, programs};

/// What was said about the cohort's people and pairs, and about this board.
#[utoipa::path(get, path = path::COMMENTS, params(("scenario" = String, Path)), responses(
    (status = 200, description = "The comments, oldest first"),
    (status = 403, description = "The reader stays away from somebody", body = Problem),
    (status = 404, description = "No such board", body = Problem),
))]
pub(super) async fn list_comments(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
) -> Result<axum::Json<CommentList>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::ReadComments)?;
        let members = Members::of(&tx, &scene).await?;
        let known = comments::on_board(&tx, scene.cohort.id, scenario.id).await?;
        let comments = known.into_iter().map(|one| members.view(one));
        Ok::<_, AppError>(axum::Json(CommentList {
            comments: comments.collect(),
            may_write: scene.may(Action::Comment),
            members: members.names(),
        }))
    });
    read.await
}

/// Says something. Whoever is mentioned gets a mail, unless they stay away from somebody.
#[utoipa::path(post, path = path::COMMENTS, params(("scenario" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "Said, now or by the same request before"),
    (status = 404, description = "No such board", body = Problem),
    (status = 422, description = "No text, too much of it, or about nobody here", body = Problem),
))]
pub(super) async fn make_comment(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    Json(sent): Json<MakeComment>,
) -> Result<axum::Json<CommentView>, AppError> {
    let now = app.clock.now();
    let parts = app.clone();
    let write = app.store.write(move |tx| {
        let parts = parts.clone();
        async move {
            let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
            scene.allow(Action::Comment)?;
            let by = caller.require()?.person.clone();
            let members = Members::of(&tx, &scene).await?;
            let is_about_board = sent.about == About::Board {};
            let comment = Comment {
                id: sent.id,
                cohort: scene.cohort.id,
                scenario: is_about_board.then_some(scenario.id),
                about: sent.about,
                author: by.id,
                at: now.real,
                text: sent.text.trim().to_owned(),
                resolved: None,
            };
            if let Some(before) = comments::find(&tx, sent.id).await? {
                let is_same = (before.cohort, before.scenario)
                    == (comment.cohort, comment.scenario)
                    && before.author == by.id
                    && before.text == comment.text
                    && before.about == comment.about;
                return if is_same {
                    Ok(axum::Json(members.view(before)))
                } else {
                    Err(AppError::Refused(Code::IdempotencyKeyReused))
                };
            }
            let mut check = Check::default();
            check.text("/text", &sent.text, LONGEST);
            if !is_here(&tx, &scene, sent.about).await? {
                check.wrong("/about", "unknown");
            }
            check.done()?;
            comments::insert(&tx, &comment).await?;
            note(&tx, &scene, "comment.made", comment.id).await?;
            let view = members.view(comment);
            let mails = Mails {
                scene: &scene,
                board: if scenario.in_force {
                    "board".to_owned()
                } else {
                    format!("board/{}", scenario.id)
                },
                by: &by,
                app: &parts,
            };
            for person in members.to_tell(&tx, &scene, &view).await? {
                mails.tell(&tx, person, view.id).await?;
            }
            Ok::<_, AppError>(axum::Json(view))
        }
    });
    write.await
}

/// Resolves a comment, or opens it again.
#[utoipa::path(put, path = path::COMMENT, params(("comment" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "As it is now"),
    (status = 404, description = "No such comment", body = Problem),
    (status = 409, description = "Somebody else resolved or opened it before", body = Problem),
))]
pub(super) async fn resolve_comment(
    State(app): State<App>,
    caller: Caller,
    Path(comment): Path<CommentId>,
    Json(sent): Json<ResolveComment>,
) -> Result<axum::Json<CommentView>, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, mut comment) = writable(&tx, &caller, now, comment).await?;
        let members = Members::of(&tx, &scene).await?;
        if comment.resolved.is_some() != sent.resolved {
            if comment.resolved.is_some() != sent.seen {
                return Err(AppError::with(Code::Conflict, &members.view(comment)));
            }
            let by = caller.require()?.person.id;
            comment.resolved = sent.resolved.then_some((by, now.real));
            comments::resolve(&tx, comment.id, comment.resolved).await?;
            let kind = if sent.resolved {
                "comment.resolved"
            } else {
                "comment.reopened"
            };
            note(&tx, &scene, kind, comment.id).await?;
        }
        Ok::<_, AppError>(axum::Json(members.view(comment)))
    });
    write.await
}

/// Takes a comment back.
#[utoipa::path(delete, path = path::COMMENT, params(("comment" = String, Path)), responses(
    (status = 204, description = "Taken back"),
    (status = 403, description = "Somebody else said it", body = Problem),
    (status = 404, description = "No such comment", body = Problem),
))]
pub(super) async fn take_comment_back(
    State(app): State<App>,
    caller: Caller,
    Path(comment): Path<CommentId>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, comment) = writable(&tx, &caller, now, comment).await?;
        if comment.author != caller.require()?.person.id {
            return Err(AppError::Forbidden);
        }
        comments::remove(&tx, comment.id).await?;
        note(&tx, &scene, "comment.taken_back", comment.id).await?;
        Ok(StatusCode::NO_CONTENT)
    });
    write.await
}

/// A comment that the caller may resolve, for those who may know that there are comments.
async fn writable(
    tx: &Tx,
    caller: &Caller,
    now: Moment,
    comment: CommentId,
) -> Result<(Scene, Comment), AppError> {
    caller.require()?;
    let found = comments::find(tx, comment).await?;
    let comment = found.ok_or(AppError::NotFound)?;
    let scene = Scene::of_cohort(tx, caller, now, comment.cohort).await?;
    // Whoever may not read comments must not learn which there are.
    if !scene.may(Action::ReadComments) {
        return Err(AppError::NotFound);
    }
    scene.allow(Action::Comment)?;
    Ok((scene, comment))
}

/// Whether everybody a comment is about applied to the cohort, in the role it says.
async fn is_here(tx: &Tx, scene: &Scene, about: About) -> Result<bool, AppError> {
    let wanted = match about {
        About::Board {} => Vec::new(),
        About::Person { who } => vec![(who, None)],
        About::Pair { mentee, mentor } => {
            vec![(mentee, Some(Role::Mentee)), (mentor, Some(Role::Mentor))]
        }
    };
    for (who, role) in wanted {
        let found = applications::by_id(tx, who).await?;
        let is_here = found.is_some_and(|one| {
            one.cohort == scene.cohort.id
                && one.submitted_at.is_some()
                && role.is_none_or(|role| role == one.role)
        });
        if !is_here {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn note(
    tx: &Tx,
    scene: &Scene,
    kind: &'static str,
    comment: CommentId,
) -> Result<(), AppError> {
    let happening = Happening {
        actor: scene.actor.person,
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind,
        body: json!({ "comment": comment }),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    Ok(())
}

/// Everybody of the committee, and those who said something and left it since.
struct Members {
    members: Vec<Person>,
    names: BTreeMap<PersonId, String>,
}

impl Members {
    async fn of(tx: &Tx, scene: &Scene) -> Result<Self, AppError> {
        let members = programs::members(tx, scene.cohort.program).await?;
        let members: Vec<Person> = members.into_iter().map(|(person, _)| person).collect();
        let mut names: BTreeMap<PersonId, String> = members
            .iter()
            .map(|person| (person.id, person.name.clone()))
            .collect();
        let said = comments::authors(tx, scene.cohort.id).await?;
        let others: Vec<PersonId> = said
            .into_iter()
            .filter(|person| !names.contains_key(person))
            .collect();
        for person in people::find_all(tx, &others).await? {
            names.insert(person.id, person.name);
        }
        Ok(Self { members, names })
    }

    fn names(self) -> Vec<MemberName> {
        let named = self.members.into_iter().map(|person| MemberName {
            id: person.id,
            name: person.name,
        });
        named.filter(|member| !member.name.is_empty()).collect()
    }

    fn name(&self, person: PersonId) -> String {
        self.names.get(&person).cloned().unwrap_or_default()
    }

    fn mentioned(&self, text: &str) -> BTreeSet<PersonId> {
        let members: Vec<(PersonId, &str)> = self
            .members
            .iter()
            .map(|person| (person.id, person.name.as_str()))
            .collect();
        mentioned(text, &members)
    }

    fn view(&self, comment: Comment) -> CommentView {
        CommentView {
            id: comment.id,
            about: comment.about,
            by: comment.author,
            by_name: self.name(comment.author),
            at: comment.at,
            mentions: self.mentioned(&comment.text).into_iter().collect(),
            text: comment.text,
            resolved: comment.resolved.map(|(by, at)| ResolvedBy {
                by_name: self.name(by),
                at,
            }),
        }
    }

    /// Whom a mail tells that they are mentioned: those who may read it, but not who said it.
    async fn to_tell(
        &self,
        tx: &Tx,
        scene: &Scene,
        comment: &CommentView,
    ) -> Result<Vec<&Person>, AppError> {
        let mut told = Vec::new();
        for person in &self.members {
            let is_mentioned = comment.mentions.contains(&person.id) && person.id != comment.by;
            if is_mentioned && !recusal(tx, scene.cohort.id, person.id).await?.is_any() {
                told.push(person);
            }
        }
        Ok(told)
    }
}

/// What the mails to those who are mentioned need.
struct Mails<'a> {
    scene: &'a Scene,
    /// Where it is read, as the end of an address.
    board: String,
    by: &'a Person,
    app: &'a App,
}

impl Mails<'_> {
    async fn tell(&self, tx: &Tx, to: &Person, comment: CommentId) -> Result<(), AppError> {
        let cohort = &self.scene.cohort;
        let program = programs::find(tx, cohort.program).await?;
        let program = program.ok_or(AppError::NotFound)?;
        let context = json!({
            "name": to.name,
            "by": self.by.name,
            "cohort": cohort.title,
            "program": program.name,
            "contact": program.contact,
            "link": format!("{}/committee/{}/{}", self.app.config.public_url, cohort.slug, self.board),
        });
        let worded = wording::write("mentioned", &context)?;
        let mail = NewMail {
            program: Some(cohort.program),
            to_person: Some(to.id),
            to: to.email.clone(),
            template: "mentioned",
            subject: worded.subject,
            body: worded.body,
            dedupe: format!("mentioned:{comment}:{}", to.id),
            urgent: false,
        };
        self.app.post.put(tx, mail, self.scene.now).await?;
        Ok(())
    }
}
