//! Throwing everything away, for a demonstration that starts anew.

use sea_orm::EntityTrait;

use super::entity;
use super::{Stored, Tx, audit};

macro_rules! empty {
    ($tx:ident: $($table:ident),+ $(,)?) => {
        $(entity::$table::Entity::delete_many().exec($tx.db()).await?;)+
    };
}

/// Empties every table. Numbers of what happens go on, so that whoever listened hears again.
pub async fn everything(tx: &Tx) -> Stored<()> {
    let last = audit::last(tx).await?;
    // Those that point at others come first.
    boards(tx).await?;
    empty!(
        tx:
        info_request,
        submission,
        application_op,
        answer,
        answer_aside,
        form_news,
        draft_reminder,
        application,
        late_link,
        upload_content,
        upload,
        form_def,
        timeline_item,
        timeline_change,
        person_date,
        calendar_token,
        cohort,
        member,
        outbox,
        program,
        login_request,
        session,
        person,
        idem,
        event,
        setting,
    );
    tx.insert(entity::event::Model {
        seq: last + 1,
        at: 0,
        program_at: 0,
        actor: None,
        program: None,
        cohort: None,
        scenario: None,
        application: None,
        kind: "demo.restarted".to_owned(),
        rev: 0,
        body_json: "null".to_owned(),
        reason: String::new(),
    })
    .await
}

/// Boards, what was done and said on them, and what keeps people apart.
async fn boards(tx: &Tx) -> Stored<()> {
    empty!(
        tx:
        board_look,
        comment,
        placement,
        scenario_op,
        forbidden_pair,
        place_limit,
        scenario,
        conflict,
        block,
        sealed_verdict,
        pair_history,
    );
    Ok(())
}
