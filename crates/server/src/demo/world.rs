//! Everything that is fixed of a demonstration before anything happens: who there is, what they
//! write, when they send it, and what becomes of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use tandem_domain::application::ApplicationState;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::definition::QuestionId;
use tandem_domain::role::{Office, Role};

use super::day::Year;
use super::draw::Draw;
use super::profile::Profile;
use super::source::{Source, SourcePair};
use super::{answers, invent, trap};
use crate::zone::ZoneError;

/// How many people a larger cohort has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// Mentees.
    pub mentees: usize,
    /// Mentors.
    pub mentors: usize,
    /// The same number invents the same people.
    pub seed: u64,
}

/// Somebody of the committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: &'static str,
    /// The address.
    pub email: &'static str,
    /// The office.
    pub office: Office,
}

/// The floor of the demonstration, of 1000. With it several mentees stay without a mentor in the best
/// plan, most of whom list electronic resources.
pub const FLOOR: u16 = 730;

/// The officer, who founded the program.
pub const OFFICER: Member = Member {
    name: "Theodora Lindgren",
    email: "theodora.lindgren@cedarvalley.example",
    office: Office::Officer,
};
/// The chair of the subcommittee.
pub const CHAIR: Member = Member {
    name: "Marcus Oyelaran",
    email: "marcus.oyelaran@cedarvalley.example",
    office: Office::Chair,
};
/// The other members of the subcommittee.
pub const MEMBERS: [Member; 2] = [
    Member {
        name: "Priya Raghunathan",
        email: "priya.raghunathan@cedarvalley.example",
        office: Office::Subcommittee,
    },
    Member {
        name: "Jonas Whitlock",
        email: "jonas.whitlock@cedarvalley.example",
        office: Office::Subcommittee,
    },
];

/// An applicant with everything that is sent.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Who.
    pub profile: Profile,
    /// What is written.
    pub answers: Answers,
    /// When it is sent; of a draft, when it is begun.
    pub arrives: DateTime<Utc>,
}

/// A demonstration.
#[derive(Debug, Clone)]
pub struct World {
    /// The calendar.
    pub year: Year,
    /// How many people were asked for; none for the cohort of the source.
    pub sizes: Option<Sizes>,
    /// Everybody, mentees first, by reference.
    pub applicants: Vec<Applicant>,
    /// A good board.
    pub pairs: Vec<SourcePair>,
}

/// Why a demonstration cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The file that comes with the server is not what it should be.
    #[error("the people of the demonstration cannot be read: {0}")]
    Source(#[from] serde_json::Error),
    /// A date cannot be read.
    #[error(transparent)]
    Zone(#[from] ZoneError),
}

impl World {
    /// Puts a demonstration together.
    pub fn new(sizes: Option<Sizes>, year: Year) -> Result<Self, WorldError> {
        let source = Source::read()?;
        let profiles = match sizes {
            None => {
                let mut profiles = Profile::all(&source);
                trap::lay(&mut profiles);
                profiles
            }
            Some(sizes) => invented(&source, sizes),
        };
        let arrivals = arrivals(&profiles, year)?;
        let applicants = profiles.into_iter().map(|profile| {
            let mut answers = answers::of(&profile);
            trap::lay_in_answers(&profile, &mut answers);
            move_dates(&mut answers, year);
            let arrives = arrivals
                .get(&profile.reference)
                .copied()
                .unwrap_or_default();
            Applicant {
                profile,
                answers,
                arrives,
            }
        });
        let applicants = applicants.collect();
        let pairs = if sizes.is_none() {
            source.reference_pairs
        } else {
            Vec::new()
        };
        Ok(Self {
            year,
            sizes,
            applicants,
            pairs,
        })
    }

    /// An applicant by reference.
    pub fn applicant(&self, reference: &str) -> Option<&Applicant> {
        self.applicants
            .iter()
            .find(|one| one.profile.reference == reference)
    }

    /// The accounts to sign in with: address, and what the person does.
    pub fn accounts(&self) -> Vec<(String, &'static str)> {
        let of = |role, state| {
            let fits = |one: &&Applicant| one.profile.role == role && one.profile.state == state;
            self.applicants.iter().find(fits)
        };
        let known = |reference, role| {
            let known = self.applicant(reference).filter(|_| self.sizes.is_none());
            known.or_else(|| of(role, ApplicationState::Eligible))
        };
        let applicants = [
            (
                of(Role::Mentee, ApplicationState::Draft),
                "Has begun an application as a mentee and not sent it.",
            ),
            (
                known(trap::A_MENTEE, Role::Mentee),
                "Has applied as a mentee.",
            ),
            (
                known(trap::A_MENTOR, Role::Mentor),
                "Has applied as a mentor.",
            ),
        ];
        let applicants = applicants
            .into_iter()
            .filter_map(|(one, part)| Some((one?.profile.email.clone(), part)));
        let [first, second] = MEMBERS;
        let committee = [
            (first, "Subcommittee: reads applications and pairs people."),
            (
                second,
                "Subcommittee too: sign in in a second browser and pair together.",
            ),
            (
                CHAIR,
                "Chairs the subcommittee: decides who may be paired, moves the cohort on.",
            ),
            (
                OFFICER,
                "Program officer: sets up, gives offices, reads mails, publishes.",
            ),
        ];
        applicants
            .chain(
                committee
                    .into_iter()
                    .map(|(member, part)| (member.email.to_owned(), part)),
            )
            .collect()
    }
}

fn invented(source: &Source, sizes: Sizes) -> Vec<Profile> {
    let name = format!("s{}", sizes.seed);
    let mentees = (1..=sizes.mentees).map(|number| (Role::Mentee, number));
    let mentors = (1..=sizes.mentors).map(|number| (Role::Mentor, number));
    mentees
        .chain(mentors)
        .map(|(role, number)| invent::applicant(source, &name, role, number))
        .collect()
}

/// When each application is sent: a third in the first week, most of the rest in the last days.
fn arrivals(
    profiles: &[Profile],
    year: Year,
) -> Result<BTreeMap<String, DateTime<Utc>>, ZoneError> {
    let stretches = [
        (year.at((1, 29), (9, 0))?, year.at((2, 5), (8, 30))?),
        (year.at((2, 5), (13, 0))?, year.at((2, 25), (20, 0))?),
        (
            year.at((2, 26), (8, 0))?,
            year.closing()? - Duration::minutes(25),
        ),
    ];
    let mut in_time: Vec<&Profile> = Vec::new();
    let mut arrivals = BTreeMap::new();
    for profile in profiles {
        match profile.state {
            ApplicationState::Draft => {
                arrivals.insert(profile.reference.clone(), year.at((2, 1), (19, 40))?);
            }
            // Nine minutes after the grace that nobody is told of.
            ApplicationState::LatePending => {
                let late = year.closing()? + Duration::minutes(24);
                arrivals.insert(profile.reference.clone(), late);
            }
            _ => in_time.push(profile),
        }
    }
    let last = last_references(profiles);
    in_time.sort_by_cached_key(|profile| {
        let is_early = trap::is_early(profile) || last.contains(&profile.reference);
        // By person, so that somebody in both roles sends both at about the same time.
        let order = Draw::named(&format!("arrives {}", profile.person)).below(1 << 30);
        (!is_early, order, profile.reference.clone())
    });
    let third = in_time.len().div_ceil(3).max(1);
    for (stretch, sent) in stretches.iter().zip(in_time.chunks(third)) {
        let (from, to) = *stretch;
        let pause = (to - from) / i32::try_from(sent.len()).unwrap_or(i32::MAX).max(1);
        for (profile, place) in sent.iter().zip(0_i32..) {
            arrivals.insert(profile.reference.clone(), from + pause * place);
        }
    }
    Ok(arrivals)
}

/// The last reference of each role. They come first, so that whoever applies in the demonstration
/// gets a reference behind those of the source.
fn last_references(profiles: &[Profile]) -> Vec<String> {
    let last = |role| {
        let own = profiles.iter().filter(|profile| profile.role == role);
        own.map(|profile| profile.reference.clone())
            .max_by_key(|one| (one.len(), one.clone()))
    };
    Role::ALL.into_iter().filter_map(last).collect()
}

/// What depends on the year moves with it.
fn move_dates(answers: &mut Answers, year: Year) {
    if year == Year::default() {
        return;
    }
    answers.remove(&QuestionId::from("leave"));
    let years = year.later.num_days().div_euclid(365);
    if let Some(Answer::YearMonth { year, .. }) = answers.get_mut(&QuestionId::from("grad_term")) {
        *year = year.saturating_add(years.try_into().unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::day;

    #[test]
    fn a_third_is_in_after_a_week_and_all_but_the_late_one_before_the_end() {
        let world = World::new(None, Year::default()).unwrap();
        let by = |id: &str| {
            let moment = world.year.moment(day::find(id).unwrap()).unwrap();
            let sent = |one: &&Applicant| {
                one.profile.state != ApplicationState::Draft && one.arrives <= moment
            };
            world.applicants.iter().filter(sent).count()
        };
        assert_eq!((by("feb-5"), by("mar-2"), by("mar-20")), (34, 102, 103));
    }

    #[test]
    fn there_is_an_account_for_every_part() {
        let world = World::new(None, Year::default()).unwrap();
        assert_eq!(world.accounts().len(), 7);
        let sizes = Sizes {
            mentees: 60,
            mentors: 50,
            seed: 3,
        };
        assert_eq!(
            World::new(Some(sizes), Year::default())
                .unwrap()
                .accounts()
                .len(),
            6
        );
    }
}
