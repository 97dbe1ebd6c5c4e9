//! The wizard.

mod draft;
mod pace;
#[cfg(test)]
mod sample;
mod state;
mod way;
mod work;
