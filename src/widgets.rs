//! Parts that know what mentoring is, but not the server: used by more than one screen.

pub mod demo_bar;
pub mod trouble;
