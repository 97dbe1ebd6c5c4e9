//! The only callers of the browser outside event handlers: so that everything else can be
//! tested without one.

pub mod address;
pub mod announce;
pub mod arrival;
pub mod clipboard;
pub mod clock;
pub mod drag;
pub mod file;
pub mod focus;
pub mod hit;
pub mod intl;
pub mod letters;
pub mod measure;
pub mod pane;
pub mod print;
pub mod random;
pub mod size;
pub mod storage;
pub mod strip;
pub mod style;
pub mod tabs;
pub mod title;
pub mod transfer;
pub mod vault;
pub mod visibility;
pub mod worker;
