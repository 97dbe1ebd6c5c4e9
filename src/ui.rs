//! Building blocks that know nothing of mentoring and nothing of the server.
//! Each lives in the file of its name, with a stylesheet of the same name in `style/ui`.

pub mod back_link;
pub mod button;
pub mod checkbox;
pub mod choice;
pub mod date_field;
pub mod date_words;
pub mod dialog;
pub mod disclosure;
pub mod empty;
pub mod error_summary;
pub mod field;
pub mod file_input;
pub mod heading;
pub mod icon;
pub mod letters;
pub mod local_time;
pub mod mark;
pub mod menu;
pub mod notice;
pub mod pane;
pub mod ranking;
pub mod repeater;
pub mod save_line;
pub mod select;
pub mod skeleton;
pub mod table;
pub mod tag;
pub mod text_area;
pub mod text_field;
pub mod toggle_grid;
