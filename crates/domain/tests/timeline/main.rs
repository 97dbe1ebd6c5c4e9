//! The timeline: making one, planning changes to it, reading it.

#[cfg(test)]
mod acts;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod constraints;
#[cfg(test)]
mod moving;
#[cfg(test)]
mod next_cohort;
#[cfg(test)]
mod person;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod readers;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod support;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod warnings;
