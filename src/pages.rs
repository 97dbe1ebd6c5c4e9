//! The screens, one module each. Pages never import pages.

pub mod apply;
pub mod cohort;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod home;
pub mod not_found;
pub mod timeline;
