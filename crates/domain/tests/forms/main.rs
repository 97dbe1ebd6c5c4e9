//! The form engine: what it asks, takes, refuses, keeps, and how versions of a form differ.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod generate;
mod kinds;
mod library;
mod lint;
mod prefill;
mod properties;
mod text;
mod versions;
