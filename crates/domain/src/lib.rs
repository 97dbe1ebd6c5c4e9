//! The rules of a mentoring program, decided by pure functions on values.
//!
//! A *program* runs *cohorts*. People send *applications* as *mentor* or *mentee*; the
//! *subcommittee* reads them, its *chair* and the *program officer* decide who is eligible, and the
//! subcommittee pairs eligible mentees with mentors on a *board*. A *timeline* holds the dates.
//!
//! Nothing here reads a clock, draws a random number, logs, or does I/O: callers pass in the time
//! and the actor.

pub mod id;
pub mod order;
pub mod text;

pub mod date;
pub mod timeline;

pub mod cohort;
pub mod comment;
pub mod role;

pub mod form;

pub mod apart;
pub mod application;
pub mod permission;
pub mod recusal;

mod alike;
pub mod availability;
pub mod board;
pub mod candidate;
pub mod matching;
pub mod rule;
pub mod score;
