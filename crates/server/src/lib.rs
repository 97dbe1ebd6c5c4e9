//! Tandem's server: a REST API on SQLite or PostgreSQL, and the files of the app.

pub mod app;
pub mod auth;
pub mod candidate;
pub mod clock;
pub mod command;
pub mod config;
pub mod demo;
pub mod error;
pub mod forget;
pub mod hex;
pub mod http;
pub mod ics;
pub mod live;
pub mod mail;
pub mod reminders;
pub mod store;
pub mod zone;

pub use app::App;
