//! The screens, one module each. Pages never import pages.

pub mod cohort;
pub mod home;
pub mod not_found;
pub mod timeline;
