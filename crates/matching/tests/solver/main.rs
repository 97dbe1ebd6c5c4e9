//! The solver against trying everything, on instances small enough for that.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the instances are small"
)]

#[cfg(test)]
mod brute;
#[cfg(test)]
mod certificate;
#[cfg(test)]
mod changes;
#[cfg(test)]
#[path = "../../examples/bench/drawn.rs"]
mod drawn;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod help;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod optimum;
#[cfg(test)]
mod order;
#[cfg(test)]
mod rules;
