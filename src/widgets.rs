//! Parts that know what mentoring is, but not the server: used by more than one screen.

pub mod answers;
pub mod call_status;
pub mod deadline;
pub mod demo_bar;
pub mod key_dates;
pub mod state_words;
pub mod timeline_track;
pub mod trouble;
