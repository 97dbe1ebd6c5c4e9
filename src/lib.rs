//! The browser app: applicants, committee and officers work with a mentoring program here.
//! It draws and asks; every rule is a function of `tandem-domain`, every word on the wire a type of
//! `tandem-api`.

// Types of nested views are deep; drawn without a browser they are deeper still.
#![recursion_limit = "512"]
#![allow(
    clippy::large_types_passed_by_value,
    clippy::needless_pass_by_value,
    reason = "the props of a component are its own, whether or not it uses them up"
)]

pub mod api;
pub mod app;
pub mod dom;
pub mod load;
pub mod pages;
pub mod part;
pub mod routes;
pub mod session;
pub mod ui;
pub mod widgets;

pub use app::App;
