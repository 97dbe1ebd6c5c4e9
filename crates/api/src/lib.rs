//! The wire between the app and the server.
//!
//! Every path, body, problem code and event stands here, used by both sides, so that a route cannot
//! drift from its caller. Names are stable and in snake case; changes only add.

pub mod path;
pub mod problem;

pub mod apart;
pub mod application;
pub mod board;
pub mod cohort;
pub mod comment;
pub mod demo;
pub mod event;
pub mod form;
pub mod matching;
pub mod outbox;
pub mod own;
pub mod people;
pub mod scenario;
pub mod session;
pub mod timeline;
pub mod window;
