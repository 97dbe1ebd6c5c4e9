//! Parts that know what mentoring is, but not the server: used by more than one screen.

pub mod answers;
pub mod area_grid;
pub mod call_status;
pub mod choice_field;
pub mod conflict_card;
pub mod date_ranges;
pub mod deadline;
pub mod demo_bar;
pub mod key_dates;
pub mod lines_field;
pub mod match_reasons;
pub mod month_field;
pub mod people_field;
pub mod person_chip;
pub mod place_field;
pub mod problem_words;
pub mod question_control;
pub mod question_field;
pub mod score_bar;
pub mod seen_by;
pub mod state_words;
pub mod text_count;
pub mod timeline_track;
pub mod trouble;
pub mod weekly_hours;
pub mod zone_field;
