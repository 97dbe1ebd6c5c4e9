//! Stories of the REST API, each on a database of its own. They run on SQLite, and on PostgreSQL
//! when `TEST_POSTGRES_URL` names a server where databases may be made.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what helpers of tests cannot do is a failed test"
)]

mod answers;
mod story;
mod support;

mod access;
mod apart;
mod applications;
mod assets;
mod board;
mod calendars;
mod comments;
mod demo;
mod events;
mod forgetting;
mod forms;
mod health;
mod matching;
mod members;
mod outbox;
mod own;
mod programs;
mod recusal;
mod reminders;
mod scenarios;
mod session;
mod timeline;
mod transitions;
