//! Sessions and the requests to begin one. Of every secret only the hash is kept.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use tandem_domain::id::PersonId;
use uuid::Uuid;

use super::entity::{login_request, session};
use super::value::{from_word, id, micros, moment, word};
use super::{Stored, Tx};

/// What a session opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The account.
    Confirmed,
    /// Only the drafts begun in this browser, until the address is confirmed.
    Provisional,
}

/// Somebody signed in, in one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The hash of the cookie.
    pub hash: String,
    /// Who.
    pub person: PersonId,
    /// What it opens.
    pub kind: Kind,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub seen_at: DateTime<Utc>,
}

/// Begins a session.
pub async fn begin(
    tx: &Tx,
    hash: &str,
    person: PersonId,
    kind: Kind,
    now: DateTime<Utc>,
) -> Stored<()> {
    tx.insert(session::Model {
        hash: hash.to_owned(),
        person: person.to_string(),
        kind: word(&kind)?,
        created_at: micros(now),
        seen_at: micros(now),
    })
    .await
}

/// A session by the hash of its cookie.
pub async fn find(tx: &Tx, hash: &str) -> Stored<Option<Session>> {
    let row = session::Entity::find_by_id(hash.to_owned())
        .one(tx.db())
        .await?;
    row.map(|row| {
        Ok(Session {
            person: id(&row.person)?,
            kind: from_word(&row.kind)?,
            created_at: moment(row.created_at)?,
            seen_at: moment(row.seen_at)?,
            hash: row.hash,
        })
    })
    .transpose()
}

/// Notes that a session was used.
pub async fn touch(tx: &Tx, hash: &str, now: DateTime<Utc>) -> Stored<()> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(micros(now)))
        .filter(session::Column::Hash.eq(hash))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn end(tx: &Tx, hash: &str) -> Stored<()> {
    session::Entity::delete_by_id(hash.to_owned())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Ends all sessions of somebody but the newest `keep`.
pub async fn end_older(tx: &Tx, person: PersonId, keep: usize) -> Stored<()> {
    let rows = session::Entity::find()
        .filter(session::Column::Person.eq(person.to_string()))
        .order_by_desc(session::Column::CreatedAt)
        .order_by_desc(session::Column::Hash)
        .all(tx.db())
        .await?;
    for row in rows.into_iter().skip(keep) {
        end(tx, &row.hash).await?;
    }
    Ok(())
}

/// A request to sign in, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its own name.
    pub id: String,
    /// The address it was mailed to, as it was written.
    pub email: String,
    /// The hash of the code.
    pub code_hash: String,
    /// The hash of the asking browser's cookie; none for a link that works everywhere.
    pub pre_hash: Option<String>,
    /// Who was writing a draft in the asking browser.
    pub provisional: Option<PersonId>,
    /// How many wrong codes were tried.
    pub tries: u32,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
    /// Whether it was used.
    pub used: bool,
}

/// A request to sign in, before it is kept.
#[derive(Debug, Clone)]
pub struct NewRequest<'a> {
    /// The address.
    pub email: &'a str,
    /// The hash of the token in the link.
    pub token_hash: String,
    /// The hash of the code.
    pub code_hash: String,
    /// The hash of the asking browser's cookie; none for a link that works everywhere.
    pub pre_hash: Option<String>,
    /// Who is writing a draft in the asking browser.
    pub provisional: Option<PersonId>,
    /// What for, as a word.
    pub purpose: &'static str,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// Keeps a request to sign in.
pub async fn keep_request(tx: &Tx, new: NewRequest<'_>, now: DateTime<Utc>) -> Stored<()> {
    tx.insert(login_request::Model {
        id: Uuid::now_v7().to_string(),
        email: new.email.trim().to_owned(),
        email_norm: super::people::normalise(new.email),
        token_hash: new.token_hash,
        code_hash: new.code_hash,
        pre_hash: new.pre_hash,
        provisional: new.provisional.map(|id| id.to_string()),
        purpose: new.purpose.to_owned(),
        tries: 0,
        created_at: micros(now),
        expires_at: micros(new.expires_at),
        used_at: None,
    })
    .await
}

/// A request by the hash of its token.
pub async fn request_by_token(tx: &Tx, token_hash: &str) -> Stored<Option<Request>> {
    let row = login_request::Entity::find()
        .filter(login_request::Column::TokenHash.eq(token_hash))
        .one(tx.db())
        .await?;
    row.map(read_request).transpose()
}

/// The requests of a browser, newest first.
pub async fn requests_of_browser(tx: &Tx, pre_hash: &str) -> Stored<Vec<Request>> {
    let rows = login_request::Entity::find()
        .filter(login_request::Column::PreHash.eq(pre_hash))
        .order_by_desc(login_request::Column::CreatedAt)
        .order_by_desc(login_request::Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(read_request).collect()
}

/// Counts a wrong code against a request.
pub async fn count_try(tx: &Tx, request: &str) -> Stored<()> {
    let tries = Expr::col(login_request::Column::Tries);
    login_request::Entity::update_many()
        .col_expr(
            login_request::Column::Tries,
            sea_orm::sea_query::ExprTrait::add(tries, 1_i64),
        )
        .filter(login_request::Column::Id.eq(request))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Marks a request as used.
pub async fn use_request(tx: &Tx, request: &str, now: DateTime<Utc>) -> Stored<()> {
    login_request::Entity::update_many()
        .col_expr(login_request::Column::UsedAt, Expr::value(micros(now)))
        .filter(login_request::Column::Id.eq(request))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Forgets sessions and requests that cannot be used any more.
pub async fn forget_before(
    tx: &Tx,
    sessions: DateTime<Utc>,
    requests: DateTime<Utc>,
) -> Stored<()> {
    session::Entity::delete_many()
        .filter(session::Column::CreatedAt.lt(micros(sessions)))
        .exec(tx.db())
        .await?;
    login_request::Entity::delete_many()
        .filter(login_request::Column::ExpiresAt.lt(micros(requests)))
        .exec(tx.db())
        .await?;
    Ok(())
}

fn read_request(row: login_request::Model) -> Stored<Request> {
    Ok(Request {
        provisional: row.provisional.as_deref().map(id).transpose()?,
        tries: u32::try_from(row.tries).unwrap_or(u32::MAX),
        expires_at: moment(row.expires_at)?,
        used: row.used_at.is_some(),
        id: row.id,
        email: row.email,
        code_hash: row.code_hash,
        pre_hash: row.pre_hash,
    })
}
