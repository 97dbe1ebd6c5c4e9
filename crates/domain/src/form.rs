//! The form engine: definitions as data, conditions, typed answers, counting, checking.
//! One implementation, run by the browser to predict and by the server to decide.

pub mod answer;
pub mod check;
pub mod condition;
pub mod count;
pub mod definition;
pub mod library;
pub mod lint;
pub mod locale;
