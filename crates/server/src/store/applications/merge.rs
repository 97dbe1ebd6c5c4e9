//! What becomes of drafts begun in a browser when their address turns out to have an account.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tandem_domain::application::ApplicationState;
use tandem_domain::form::answer::Answer;
use tandem_domain::id::{ApplicationId, PersonId};

use super::answers::{self, Kept, KeptAnswers, Other};
use super::{Application, delete, of_person, of_person_in, update};
use crate::store::entity::application as table;
use crate::store::{Stored, Tx, late_links, uploads};

/// Gives the drafts of one person to another, and says which applications they are now.
///
/// Where the other has an application in the same role already, what was written last stands in
/// each field and what else was written is kept beside it, for the owner to decide. Where that
/// application can no longer be written in, what stands there stays. What was sent never changes.
pub async fn merge_into(tx: &Tx, from: PersonId, to: PersonId) -> Stored<Vec<ApplicationId>> {
    let mut claimed = Vec::new();
    for draft in of_person(tx, from).await? {
        let others = of_person_in(tx, to, draft.cohort).await?;
        let existing = others.into_iter().find(|other| other.role == draft.role);
        let Some(existing) = existing else {
            give(tx, draft.id, to).await?;
            claimed.push(draft.id);
            continue;
        };
        claimed.push(existing.id);
        join(tx, &draft, existing).await?;
        delete(tx, draft.id).await?;
    }
    late_links::follow(tx, from, to).await?;
    uploads::follow(tx, from, to).await?;
    Ok(claimed)
}

async fn give(tx: &Tx, application: ApplicationId, to: PersonId) -> Stored<()> {
    table::Entity::update_many()
        .col_expr(table::Column::Person, Expr::value(to.to_string()))
        .filter(table::Column::Id.eq(application.to_string()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Brings the answers of a draft into an application that exists already.
async fn join(tx: &Tx, draft: &Application, mut existing: Application) -> Stored<()> {
    let is_written = matches!(
        existing.state,
        ApplicationState::Draft | ApplicationState::Submitted
    );
    // What cannot be written in any more does not change either.
    let rev = existing.draft_rev + i64::from(is_written);
    let mut here = answers::of(tx, existing.id).await?;
    let mut joined = KeptAnswers::new();
    for (question, there) in answers::of(tx, draft.id).await? {
        let here = here.remove(&question);
        if let Some(kept) = both(here, there, is_written) {
            joined.insert(question, Kept { rev, ..kept });
        }
    }
    let more_time = draft.granted.clone().filter(|_| existing.granted.is_none());
    if joined.is_empty() && more_time.is_none() {
        return Ok(());
    }
    if !joined.is_empty() {
        answers::put(tx, existing.id, &joined).await?;
        existing.draft_rev = rev;
    }
    existing.granted = existing.granted.or(more_time);
    existing.updated_at = existing.updated_at.max(draft.updated_at);
    update(tx, &existing).await
}

/// One field of two drafts: the later answer stands and the other is kept beside it. Nothing, if
/// the field stays as it is.
fn both(here: Option<Kept>, there: Kept, is_written: bool) -> Option<Kept> {
    // What nobody typed gives way without asking.
    let is_typed = |kept: &Kept| kept.source.is_none();
    if is_written && here.as_ref().is_some_and(|here| !is_typed(here)) {
        return Some(there);
    }
    if here.is_some() && !is_typed(&there) {
        return None;
    }
    let here = here.unwrap_or_else(|| Kept::new(None, 0, DateTime::<Utc>::UNIX_EPOCH));
    if here.value == there.value {
        return None;
    }
    let (stands, gives_way) = if is_written && here.at <= there.at {
        (there, here.clone())
    } else {
        (here.clone(), there)
    };
    let others = [
        here.other,
        gives_way.value.map(|value| Other {
            value,
            at: gives_way.at,
        }),
    ];
    let other = others.into_iter().flatten().reduce(one_below_the_other);
    let kept = Kept { other, ..stands };
    (kept.value != here.value || kept.other.is_some()).then_some(kept)
}

/// No text is lost if a third one comes before the owner decided between two. Other kinds of
/// answers are quickly given anew.
fn one_below_the_other(first: Other, second: Other) -> Other {
    let at = first.at.max(second.at);
    let value = match (first.value, second.value) {
        (Answer::Text(first), Answer::Text(second)) if first != second => {
            Answer::Text(format!("{first}\n\n{second}"))
        }
        (_, second) => second,
    };
    Other { value, at }
}
