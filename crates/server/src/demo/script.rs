//! The year of a demonstration as a list of things that happen, each at its time.

use chrono::{DateTime, Utc};
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::CohortState;

use super::world::{Applicant, World};
use crate::zone::ZoneError;

/// Something that happens.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// Somebody begins an application and does not finish it.
    Begin(&'a Applicant),
    /// Somebody sends an application.
    Send(&'a Applicant),
    /// Somebody takes an application back.
    Withdraw(&'a Applicant),
    /// The committee asks something.
    Ask(&'a Applicant),
    /// The committee decides.
    Decide(&'a Applicant),
    /// The cohort is moved to a state.
    Move(CohortState),
    /// The subcommittee pairs people.
    Pair,
}

/// Everything that happens, in order.
pub fn steps(world: &World) -> Result<Vec<(DateTime<Utc>, Step<'_>)>, ZoneError> {
    let year = world.year;
    let mut steps = vec![
        (
            year.at((1, 22), (10, 0))?,
            Step::Move(CohortState::Announced),
        ),
        (year.at((3, 5), (9, 30))?, Step::Move(CohortState::Review)),
        (year.at((3, 19), (9, 0))?, Step::Move(CohortState::Pairing)),
        (year.at((4, 23), (15, 0))?, Step::Pair),
        (year.at((4, 30), (16, 0))?, Step::Move(CohortState::SignOff)),
        (
            year.at((5, 14), (9, 0))?,
            Step::Move(CohortState::Published),
        ),
    ];
    let withdrawn = [(2, 20), (2, 28), (3, 8)];
    let mut withdrawn = withdrawn.into_iter().cycle();
    for (applicant, place) in world.applicants.iter().zip(0_u32..) {
        // Three working days of reading, ten applications or so an hour.
        let (read_on, hour) = (7 + place % 3, 9 + place / 3 % 8);
        let arrival = match applicant.profile.state {
            ApplicationState::Draft => Step::Begin(applicant),
            _ => Step::Send(applicant),
        };
        steps.push((applicant.arrives, arrival));
        match applicant.profile.state {
            ApplicationState::NeedsInfo => {
                steps.push((year.at((3, read_on), (hour, 20))?, Step::Ask(applicant)));
            }
            ApplicationState::Eligible | ApplicationState::Ineligible => {
                steps.push((
                    year.at((3, 5 + read_on), (hour, 10))?,
                    Step::Decide(applicant),
                ));
            }
            ApplicationState::Withdrawn => {
                let on = withdrawn.next().unwrap_or((3, 8));
                steps.push((year.at(on, (18, 5))?, Step::Withdraw(applicant)));
            }
            _ => {}
        }
    }
    steps.sort_by_key(|(at, _)| *at);
    Ok(steps)
}
