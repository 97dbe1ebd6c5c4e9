//! Applications: begun, written, sent, read, decided.

mod committee;
mod drafts;
mod sending;
mod starting;
