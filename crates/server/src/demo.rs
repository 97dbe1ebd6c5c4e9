//! The demonstration: fictional people in a fictional association, with a clock to rehearse a year.
//!
//! It works only in a database that the seed found empty and marked.

pub mod answers;
mod applying;
mod committee;
pub mod day;
pub mod draw;
mod founding;
pub mod invent;
pub mod mark;
mod pairing;
mod past;
mod play;
pub mod profile;
mod script;
pub mod seed;
pub mod source;
pub mod statement;
pub mod trap;
pub mod verdict;
pub mod world;
