//! Mails on their way: written in the same transaction as their cause, sent by a worker.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tandem_api::outbox::{MailRow, MailState, MailView};
use tandem_domain::id::{MailId, PersonId, ProgramId};
use uuid::Uuid;

use super::entity::outbox::{Column, Entity, Model};
use super::value::{from_word, id, micros, moment, moment_if, word};
use super::{Stored, Tx};

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Of which program; none for signing in.
    pub program: Option<ProgramId>,
    /// To whom, if there is an account.
    pub to_person: Option<PersonId>,
    /// To which address.
    pub to: String,
    /// Which template.
    pub template: &'static str,
    /// Its subject, one line.
    pub subject: String,
    /// Its plain text.
    pub body: String,
    /// The same cause, template and recipient give the same name, so that nobody gets a mail twice.
    pub dedupe: String,
    /// Whether somebody sits waiting for it.
    pub urgent: bool,
}

/// A mail that the worker has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub id: MailId,
    /// To which address.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub body: String,
    /// Whether somebody sits waiting for it.
    pub urgent: bool,
    /// How often it was tried before.
    pub attempts: u32,
}

/// What became of a try to send a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Handed over.
    Sent,
    /// To be tried again.
    Later {
        /// When.
        due: DateTime<Utc>,
        /// What the try said.
        error: String,
    },
    /// Given up.
    Failed {
        /// What the last try said.
        error: String,
    },
    /// May or may not have gone.
    Ambiguous {
        /// What the last try said.
        error: String,
    },
}

/// Puts a mail into the outbox, unless one of its name is there. `state` is `Waiting`, or `Local`
/// where the server has no SMTP. It goes when it is due.
pub async fn put(
    tx: &Tx,
    mail: NewMail,
    state: MailState,
    (now, due): (DateTime<Utc>, DateTime<Utc>),
) -> Stored<()> {
    let known = Entity::find()
        .filter(Column::Dedupe.eq(&mail.dedupe))
        .one(tx.db())
        .await?;
    if known.is_some() {
        return Ok(());
    }
    tx.insert(Model {
        id: Uuid::now_v7().to_string(),
        program: mail.program.map(|id| id.to_string()),
        to_person: mail.to_person.map(|id| id.to_string()),
        to_addr: mail.to,
        template: mail.template.to_owned(),
        subject: mail.subject,
        body: mail.body,
        dedupe: mail.dedupe,
        state: word(&state)?,
        urgent: i64::from(mail.urgent),
        attempts: 0,
        due_at: micros(due),
        lease_until: None,
        last_error: None,
        created_at: micros(now),
        sent_at: None,
    })
    .await
}

/// Takes the next mail that is due, urgent ones first, and leases it.
pub async fn take(tx: &Tx, now: DateTime<Utc>, until: DateTime<Utc>) -> Stored<Option<Taken>> {
    let row = Entity::find()
        .filter(Column::State.eq(word(&MailState::Waiting)?))
        .filter(Column::DueAt.lte(micros(now)))
        .order_by_desc(Column::Urgent)
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .one(tx.db())
        .await?;
    let Some(row) = row else { return Ok(None) };
    Entity::update_many()
        .col_expr(Column::State, Expr::value(word(&MailState::Sending)?))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1_i64))
        .col_expr(Column::LeaseUntil, Expr::value(micros(until)))
        .filter(Column::Id.eq(&row.id))
        .exec(tx.db())
        .await?;
    Ok(Some(Taken {
        id: id(&row.id)?,
        to: row.to_addr,
        subject: row.subject,
        body: row.body,
        urgent: row.urgent == 1,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
    }))
}

/// Mails whose lease ran out while they were being sent: they may or may not have gone. Urgent
/// ones are sent again, others wait for a person.
pub async fn settle_lost(tx: &Tx, now: DateTime<Utc>) -> Stored<()> {
    for (urgent, state) in [(1_i64, MailState::Waiting), (0, MailState::Ambiguous)] {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(word(&state)?))
            .col_expr(Column::LeaseUntil, Expr::value(Option::<i64>::None))
            .col_expr(
                Column::LastError,
                Expr::value("the server stopped while sending"),
            )
            .filter(Column::State.eq(word(&MailState::Sending)?))
            .filter(Column::LeaseUntil.lt(micros(now)))
            .filter(Column::Urgent.eq(urgent))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// Notes what became of a try. The text of an urgent mail that went is forgotten: it held a secret.
pub async fn settle(tx: &Tx, mail: &Taken, outcome: Outcome, now: DateTime<Utc>) -> Stored<()> {
    let mut update = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(Option::<i64>::None))
        .filter(Column::Id.eq(mail.id.to_string()));
    let (state, error) = match outcome {
        Outcome::Sent => {
            update = update.col_expr(Column::SentAt, Expr::value(micros(now)));
            if mail.urgent {
                update = update.col_expr(Column::Body, Expr::value(""));
            }
            (MailState::Sent, None)
        }
        Outcome::Later { due, error } => {
            update = update.col_expr(Column::DueAt, Expr::value(micros(due)));
            (MailState::Waiting, Some(error))
        }
        Outcome::Failed { error } => (MailState::Failed, Some(error)),
        Outcome::Ambiguous { error } => (MailState::Ambiguous, Some(error)),
    };
    update
        .col_expr(Column::State, Expr::value(word(&state)?))
        .col_expr(Column::LastError, Expr::value(error))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Sends a mail once more that failed or may not have gone. False if it is in another state.
pub async fn retry(tx: &Tx, mail: MailId, now: DateTime<Utc>) -> Stored<bool> {
    let given_up = [word(&MailState::Failed)?, word(&MailState::Ambiguous)?];
    let result = Entity::update_many()
        .col_expr(Column::State, Expr::value(word(&MailState::Waiting)?))
        .col_expr(Column::DueAt, Expr::value(micros(now)))
        .col_expr(Column::Attempts, Expr::value(0_i64))
        .filter(Column::Id.eq(mail.to_string()))
        .filter(Column::State.is_in(given_up))
        .exec(tx.db())
        .await?;
    Ok(result.rows_affected == 1)
}

/// Holds a mail back that waits. False if it is in another state.
pub async fn hold(tx: &Tx, mail: MailId) -> Stored<bool> {
    let result = Entity::update_many()
        .col_expr(Column::State, Expr::value(word(&MailState::Held)?))
        .filter(Column::Id.eq(mail.to_string()))
        .filter(Column::State.eq(word(&MailState::Waiting)?))
        .exec(tx.db())
        .await?;
    Ok(result.rows_affected == 1)
}

/// Lets a mail go at once that was held back or waits. False if it is in another state.
pub async fn release(tx: &Tx, mail: MailId, now: DateTime<Utc>) -> Stored<bool> {
    let waits = [word(&MailState::Held)?, word(&MailState::Waiting)?];
    let result = Entity::update_many()
        .col_expr(Column::State, Expr::value(word(&MailState::Waiting)?))
        .col_expr(Column::DueAt, Expr::value(micros(now)))
        .filter(Column::Id.eq(mail.to_string()))
        .filter(Column::State.is_in(waits))
        .exec(tx.db())
        .await?;
    Ok(result.rows_affected == 1)
}

/// Drops mails whose name begins like this, as long as they wait or are held back.
pub async fn drop_waiting(tx: &Tx, dedupe: &str) -> Stored<()> {
    let waits = [word(&MailState::Held)?, word(&MailState::Waiting)?];
    Entity::update_many()
        .col_expr(Column::State, Expr::value(word(&MailState::Dropped)?))
        .filter(Column::Dedupe.starts_with(dedupe))
        .filter(Column::State.is_in(waits))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The mails of a program, newest first, at most `limit`. Where the server has no SMTP, those for
/// signing in are among them: there is no other way to read them.
pub async fn of_program(tx: &Tx, program: ProgramId, limit: u64) -> Stored<Vec<MailRow>> {
    let rows = Entity::find()
        .filter(readable_in(program)?)
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.iter().map(read).collect()
}

/// One mail of a program with its text.
pub async fn find(tx: &Tx, program: ProgramId, mail: MailId) -> Stored<Option<MailView>> {
    let row = Entity::find()
        .filter(readable_in(program)?)
        .filter(Column::Id.eq(mail.to_string()))
        .one(tx.db())
        .await?;
    row.map(view).transpose()
}

/// When mails to a person were written and what they are about, newest first.
pub async fn to_person(tx: &Tx, person: PersonId) -> Stored<Vec<(DateTime<Utc>, String)>> {
    let rows = Entity::find()
        .filter(Column::ToPerson.eq(person.to_string()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter()
        .map(|row| Ok((moment(row.created_at)?, row.subject)))
        .collect()
}

/// All mails with their text, newest first, at most `limit`: for a demonstration and for tests.
pub async fn all(tx: &Tx, limit: u64) -> Stored<Vec<MailView>> {
    let rows = Entity::find()
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(view).collect()
}

/// What may be read on the outbox page of a program.
fn readable_in(program: ProgramId) -> Stored<Condition> {
    let local = Condition::all()
        .add(Column::Program.is_null())
        .add(Column::State.eq(word(&MailState::Local)?));
    Ok(Condition::any()
        .add(Column::Program.eq(program.to_string()))
        .add(local))
}

fn view(row: Model) -> Stored<MailView> {
    Ok(MailView {
        row: read(&row)?,
        body: row.body,
    })
}

fn read(row: &Model) -> Stored<MailRow> {
    Ok(MailRow {
        id: id(&row.id)?,
        to: row.to_addr.clone(),
        template: row.template.clone(),
        subject: row.subject.clone(),
        state: from_word(&row.state)?,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        due_at: moment(row.due_at)?,
        sent_at: moment_if(row.sent_at)?,
        last_error: row.last_error.clone(),
    })
}

/// Forgets the older mails to an address that no account stands behind.
pub async fn forget_stranger(tx: &Tx, address: &str, before: DateTime<Utc>) -> Stored<()> {
    Entity::delete_many()
        .filter(Column::ToAddr.eq(address))
        .filter(Column::ToPerson.is_null())
        .filter(Column::CreatedAt.lt(micros(before)))
        .exec(tx.db())
        .await?;
    Ok(())
}
