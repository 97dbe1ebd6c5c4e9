//! The screens, one module each. Pages never import pages.

pub mod not_found;
