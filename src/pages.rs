//! The screens, one module each. Pages never import pages.

pub mod account;
pub mod apply;
pub mod cohort;
pub mod committee;
pub mod demo;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod home;
pub mod manage;
pub mod my_applications;
pub mod not_found;
pub mod pairing;
pub mod sign_in;
pub mod timeline;
