//! The solver against trying everything, on instances small enough for that.

#[cfg(test)]
mod brute;
#[cfg(test)]
mod certificate;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod optimum;
#[cfg(test)]
mod order;
#[cfg(test)]
mod rules;
