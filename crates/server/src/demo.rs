//! The demonstration: fictional people in a fictional association, with a clock to rehearse a year.
//!
//! It works only in a database that the seed found empty and marked.

pub mod answers;
pub mod draw;
pub mod profile;
pub mod source;
pub mod statement;
pub mod trap;
