//! Pairing: rules, scores and the board.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod people;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod scores;
