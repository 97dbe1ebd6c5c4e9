//! What somebody wishes of a timeline, and why it may be refused.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::constraint::Constraint;
use super::rule::Rule;
use super::{Audience, Certainty, Edge, InCalendar, Mark, When};
use crate::form::locale::L10n;
use crate::id::{ConstraintId, ItemId};

/// Everything that one change wishes. Acts come first, then dates, then what follows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// What becomes of items.
    pub acts: Vec<Act>,
    /// Dates to move.
    pub edits: Vec<Edit>,
    /// What happens to the dates around them.
    pub policy: Policy,
    /// The items that may move although they are locked, done, or announced. If nothing is said,
    /// those announced items whose own date is wished.
    pub ticked: Option<Vec<ItemId>>,
}

/// A wish to move one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Which item.
    pub item: ItemId,
    /// Which of its dates.
    pub edge: Edge,
    /// Where to.
    pub to: NaiveDate,
}

/// What happens to the dates around those that are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// They stay; what no longer fits is said.
    Keep,
    /// They give way, by as few days as must be.
    #[default]
    Push,
    /// All that is later moves by as many days.
    KeepGaps,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Push, Self::KeepGaps];
}

/// Something done to an item or to what must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Plans something new. The id is the client's own.
    Create {
        /// Its id.
        item: ItemId,
        /// Its dates. What a deadline says of its instant and grace is not believed.
        when: When,
        /// Its name.
        title: L10n,
        /// A sentence about it.
        #[serde(default)]
        body: L10n,
        /// Who will see it.
        audience: Audience,
        /// Its row; empty for that of its mark.
        #[serde(default)]
        lane: String,
        /// How sure its dates are.
        #[serde(default)]
        certainty: Certainty,
    },
    /// Changes what is said of an item; what is left out stays.
    Edit {
        /// Which.
        item: ItemId,
        /// Its name.
        #[serde(default)]
        title: Option<L10n>,
        /// A sentence about it.
        #[serde(default)]
        body: Option<L10n>,
        /// Who sees it.
        #[serde(default)]
        audience: Option<Audience>,
        /// Its row.
        #[serde(default)]
        lane: Option<String>,
        /// How sure its dates are.
        #[serde(default)]
        certainty: Option<Certainty>,
        /// How calendar files show it.
        #[serde(default)]
        in_calendar: Option<InCalendar>,
        /// Its dates with time of day and zone; counts as wishing each of them.
        #[serde(default)]
        when: Option<When>,
    },
    /// Plans the same once more, so many days later.
    Duplicate {
        /// Of which item.
        of: ItemId,
        /// The id of the new one.
        item: ItemId,
        /// How many days later.
        days: i32,
    },
    /// Tells its audience.
    Announce {
        /// Which.
        item: ItemId,
    },
    /// It took place.
    Finish {
        /// Which.
        item: ItemId,
    },
    /// It will not take place; its audience is told.
    Cancel {
        /// Which.
        item: ItemId,
    },
    /// It will take place after all, or has not taken place yet.
    Reopen {
        /// Which.
        item: ItemId,
    },
    /// Takes it off the timeline: what nobody was told, or what was cancelled.
    Delete {
        /// Which.
        item: ItemId,
    },
    /// It stays where it is.
    Lock {
        /// Which.
        item: ItemId,
    },
    /// It may move.
    Unlock {
        /// Which.
        item: ItemId,
    },
    /// Its dates follow another item's from now on.
    Anchor {
        /// Which.
        item: ItemId,
        /// What they follow.
        rule: Rule,
    },
    /// Its dates follow nothing any more.
    Release {
        /// Which.
        item: ItemId,
    },
    /// Something must hold from now on. The id is the client's own.
    Constrain {
        /// What.
        constraint: Constraint,
    },
    /// Something need not hold any more.
    Unconstrain {
        /// What.
        constraint: ConstraintId,
    },
}

/// What is wrong with a wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum EditError {
    /// No such item.
    #[error("no such item")]
    Unknown,
    /// The start would lie after the end.
    #[error("ends before it begins")]
    EndsBeforeItBegins,
    /// Two items would stand in the wrong order.
    #[error("out of order")]
    OutOfOrder {
        /// The one that must come first.
        before: Mark,
        /// The one that must come after.
        after: Mark,
    },
    /// Something that the committee says must hold would not hold any more.
    #[error("something that must hold would not hold")]
    Unmet {
        /// What.
        constraint: ConstraintId,
    },
    /// A closing day that was announced must not move into the past.
    #[error("in the past")]
    InThePast,
    /// Too far away to mean anything.
    #[error("out of range")]
    OutOfRange,
    /// The item has only one date.
    #[error("no such edge")]
    NoSuchEdge,
    /// The item is locked and not ticked.
    #[error("the item is locked")]
    Locked,
    /// The item is done and not ticked.
    #[error("the item is done")]
    Done,
    /// The item was announced and is not ticked.
    #[error("the item was announced")]
    Announced,
    /// The item was cancelled.
    #[error("the item was cancelled")]
    Cancelled,
    /// The date follows another one.
    #[error("the date follows another one")]
    Anchored {
        /// That of this item.
        anchor: ItemId,
    },
    /// The rule would close a loop.
    #[error("the rule closes a loop")]
    Loop {
        /// The items on it, each following the next and the last the first.
        items: Vec<ItemId>,
    },
    /// The item is not in the state that this needs.
    #[error("not in this state")]
    WrongStatus,
    /// The cohort cannot do without the item, or not with it changed so.
    #[error("the cohort needs it")]
    Needed,
    /// Other dates follow it.
    #[error("other dates follow it")]
    Followed {
        /// Those of these items.
        by: Vec<ItemId>,
    },
    /// There is one of this id.
    #[error("the id is taken")]
    Taken,
    /// It has no name.
    #[error("a name is missing")]
    TitleMissing,
    /// A text is too long or has characters that do not belong there.
    #[error("a text is not as it should be")]
    WrongText,
    /// More than a timeline holds.
    #[error("too many")]
    TooMany,
}

/// A wish that cannot be fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which wish.
    pub at: At,
    /// Why not.
    pub error: EditError,
}

/// A place in a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// An act, by its place.
    Act(usize),
    /// A date, by its place.
    Edit(usize),
}
