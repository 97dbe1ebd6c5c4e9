//! The form engine: definitions as data, conditions, typed answers, counting, checking.
//! One implementation, run by the browser to predict and by the server to decide.

pub mod locale;

pub mod condition;
pub mod definition;
pub mod number;
pub mod place;
pub mod syntax;

pub mod answer;
pub mod count;
pub mod shape;

pub mod audience;
pub mod check;
pub mod progress;

pub mod library;
pub mod lint;

pub mod change;
pub mod forward;
pub mod news;
pub mod prefill;
