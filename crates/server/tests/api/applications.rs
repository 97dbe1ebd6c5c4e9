//! Applications: begun, written, sent, read, decided.

mod committee;
mod drafts;
mod files;
mod returning;
mod sending;
mod starting;
mod time;
