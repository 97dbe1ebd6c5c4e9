//! What becomes of drafts begun in a browser when their address turns out to have an account.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tandem_domain::application::ApplicationState;
use tandem_domain::id::{ApplicationId, PersonId};

use super::answers::{self, Kept, KeptAnswers};
use super::{Application, delete, of_person, of_person_in, update};
use crate::store::entity::application as table;
use crate::store::{Stored, Tx};

/// Gives the drafts of one person to another, and says which applications they are now.
///
/// Where the other has an application in the same role already, what was written last in each field
/// is kept; one that can no longer be written in stays as it is. What was sent never changes.
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
        if matches!(
            existing.state,
            ApplicationState::Draft | ApplicationState::Submitted
        ) {
            merge_answers(tx, &draft, existing).await?;
        }
        delete(tx, draft.id).await?;
    }
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

async fn merge_answers(tx: &Tx, draft: &Application, mut existing: Application) -> Stored<()> {
    let kept = answers::of(tx, existing.id).await?;
    let newer = newer(
        answers::of(tx, draft.id).await?,
        &kept,
        existing.draft_rev + 1,
    );
    if newer.is_empty() {
        return Ok(());
    }
    answers::put(tx, existing.id, &newer).await?;
    existing.draft_rev += 1;
    existing.updated_at = existing.updated_at.max(draft.updated_at);
    update(tx, &existing).await
}

/// The answers that take the place of what is kept: those written later, and differently.
fn newer(written: KeptAnswers, kept: &KeptAnswers, rev: i64) -> KeptAnswers {
    let differs = |(question, answer): &(_, Kept)| match kept.get(question) {
        None => answer.value.is_some(),
        Some(old) => old.value != answer.value && old.at <= answer.at,
    };
    let written = written.into_iter().filter(differs);
    written
        .map(|(question, answer)| (question, Kept { rev, ..answer }))
        .collect()
}
