//! The cohort of the year before, finished: its pairs, and those who were left without a partner.

use chrono::{DateTime, Duration, Utc};
use tandem_domain::application::ApplicationState;
use tandem_domain::board::{Placement, Placements};
use tandem_domain::cohort::CohortState;
use tandem_domain::form::definition::QuestionId;
use tandem_domain::form::library::default_form;
use tandem_domain::id::PersonId;
use tandem_domain::role::{Office, Role};

use super::day::Year;
use super::founding::Founded;
use super::play::{actor, scene};
use super::profile::{Profile, Side};
use super::source::Source;
use super::world::World;
use super::{answers, day, invent, trap};
use crate::error::AppError;
use crate::http::programs::set_up;
use crate::store::applications::submissions::{self, Submission};
use crate::store::applications::{self, Application};
use crate::store::audit::{self, Happening, Moment};
use crate::store::cohorts::{self, Cohort};
use crate::store::pairings::{self, scenarios};
use crate::store::{Tx, people};

/// How many pairs there were.
pub const PAIRS: usize = 41;

/// Somebody who took part.
struct Part {
    person: PersonId,
    profile: Profile,
    state: ApplicationState,
}

/// Sets the finished cohort up with everything it left.
pub async fn finish(
    tx: &Tx,
    world: &World,
    founded: &Founded,
    real: DateTime<Utc>,
) -> Result<(), AppError> {
    let officer = actor(founded.officer, &[Office::Officer]);
    let at = |month, day| day::in_2017(month, day).map(|program| Moment { real, program });
    let new = day::finished_cohort();
    set_up(tx, (&officer, &founded.program), &new, at(1, 9)?).await?;
    let cohort = cohorts::by_slug(tx, &new.slug)
        .await?
        .ok_or(AppError::NotFound)?;
    let pairs = pairs(&Source::read().map_err(anyhow::Error::from)?, world);
    let mut placements = Placements::default();
    for (mentee, mentor) in pairs {
        let mentee = part(tx, founded, mentee, real).await?;
        let mentor = part(tx, founded, mentor, real).await?;
        let pair = (mentor.person, mentee.person);
        let mentee = apply(tx, &cohort, mentee, real).await?;
        let mentor = apply(tx, &cohort, mentor, real).await?;
        pairings::keep_pair(tx, cohort.id, pair, at(5, 12)?.program).await?;
        let place = Placement {
            mentor,
            locked: false,
            override_reason: None,
        };
        placements.put(mentee, Some(place));
    }
    for (applicant, number) in carried_over(world).zip(PAIRS + 1..) {
        let reference = format!("E{number:03}");
        let profile = Profile {
            reference,
            carried_over: false,
            ..applicant.clone()
        };
        let state = ApplicationState::Unmatched;
        let left = Part {
            state,
            ..part(tx, founded, profile, real).await?
        };
        apply(tx, &cohort, left, real).await?;
    }
    let mut board = scenarios::in_force(tx, cohort.id)
        .await?
        .ok_or(AppError::NotFound)?;
    board.rev = 1;
    scenarios::update(tx, &board).await?;
    pairings::replace_placements(tx, &board, (&Placements::default(), &placements)).await?;
    live(tx, cohort, founded.officer, real).await
}

/// Those of this year who were left without a partner.
fn carried_over(world: &World) -> impl Iterator<Item = &Profile> {
    let profiles = world.applicants.iter().map(|applicant| &applicant.profile);
    profiles.filter(|profile| profile.carried_over && profile.role == Role::Mentee)
}

/// Mentee and mentor of each pair: invented people, and one pair of those who apply again.
fn pairs(source: &Source, world: &World) -> Vec<(Profile, Profile)> {
    let invented =
        |role| (1..PAIRS).map(move |number| invent::applicant(source, "2017", role, number));
    let mut mentors: Vec<Profile> = invented(Role::Mentor).collect();
    let mut pairs = Vec::new();
    for mentee in invented(Role::Mentee) {
        let fits = mentors.iter().position(|mentor| fit(&mentee, mentor));
        let apart = || {
            mentors
                .iter()
                .position(|one| one.institution != mentee.institution)
        };
        if let Some(place) = fits.or_else(apart) {
            pairs.push((mentee, mentors.remove(place)));
        }
    }
    let again = |reference, now: &str| {
        let profile = world.applicant(reference)?.profile.clone();
        Some(Profile {
            reference: now.to_owned(),
            carried_over: false,
            ..profile
        })
    };
    let (mentee, mentor) = trap::FORMER_PAIR;
    pairs.extend(again(mentee, "E041").zip(again(mentor, "M041")));
    pairs
}

/// Whether the mentor offers what the mentee wants first, and works elsewhere.
fn fit(mentee: &Profile, mentor: &Profile) -> bool {
    let (Side::Mentee { wants, .. }, Side::Mentor { teaches, .. }) = (&mentee.side, &mentor.side)
    else {
        return false;
    };
    let shares_hours = mentee.hours.iter().any(|hour| mentor.hours.contains(hour));
    mentee.institution != mentor.institution
        && shares_hours
        && wants.first().is_some_and(|first| teaches.contains(first))
}

/// Somebody with an account, who ended in a pair.
async fn part(
    tx: &Tx,
    founded: &Founded,
    profile: Profile,
    real: DateTime<Utc>,
) -> Result<Part, AppError> {
    let person = match founded.people.get(&profile.email) {
        Some(person) => *person,
        None => {
            people::create(tx, &profile.email, &profile.name, real)
                .await?
                .id
        }
    };
    Ok(Part {
        person,
        profile,
        state: ApplicationState::Matched,
    })
}

/// Keeps an application as it ended.
async fn apply(
    tx: &Tx,
    cohort: &Cohort,
    part: Part,
    real: DateTime<Utc>,
) -> Result<tandem_domain::id::ApplicationId, AppError> {
    let Part {
        person,
        profile,
        state,
    } = part;
    let form = default_form(profile.role).map_err(anyhow::Error::from)?;
    let mut written = answers::of(&profile);
    written.remove(&QuestionId::from("leave"));
    let (json, sha256) = submissions::sealed(&form.read(&written, false).answers)?;
    let number: i64 = profile
        .reference
        .get(1..)
        .and_then(|one| one.parse().ok())
        .unwrap_or(0);
    let sent_at = day::in_2017(1, 17)? + Duration::hours(29 * number);
    let settled_at = day::in_2017(5, 12)?;
    let application = Application {
        state,
        draft_rev: 1,
        rev: 3,
        reference: Some(profile.reference),
        submitted_at: Some(sent_at),
        submitted_rev: Some(1),
        updated_at: settled_at,
        ..Application::begun((cohort.id, person, profile.role), form.version, sent_at)
    };
    applications::insert(tx, &application).await?;
    let kept = written.into_iter().map(|(question, value)| {
        let kept = applications::answers::Kept::new(Some(value), 1, real);
        (question, kept)
    });
    applications::answers::put(tx, application.id, &kept.collect()).await?;
    let snapshot = Submission {
        application: application.id,
        number: 1,
        form_version: form.version,
        json,
        sha256,
        at: sent_at,
        late: false,
    };
    submissions::insert(tx, &snapshot).await?;
    for (kind, at) in [
        ("application.submitted", sent_at),
        ("application.settled", settled_at),
    ] {
        let now = Moment { real, program: at };
        let happening =
            scene(cohort.clone(), actor(person, &[]), now)?.happening(kind, &application);
        audit::note(tx, now, happening).await?;
    }
    Ok(application.id)
}

/// Takes the cohort through its states.
async fn live(
    tx: &Tx,
    mut cohort: Cohort,
    officer: PersonId,
    real: DateTime<Utc>,
) -> Result<(), AppError> {
    let life = [
        (CohortState::Announced, day::in_2017(1, 13)?, ""),
        (CohortState::Review, day::in_2017(3, 20)?, ""),
        (CohortState::Pairing, day::in_2017(4, 3)?, ""),
        (CohortState::SignOff, day::in_2017(5, 8)?, ""),
        (CohortState::Published, day::in_2017(5, 12)?, ""),
        (
            CohortState::Completed,
            Year::default().at((2, 1), (9, 0))?,
            "All pairs have ended.",
        ),
    ];
    for (to, at, reason) in life {
        let rev = cohorts::set_state(tx, &cohort, to).await?;
        let happening = Happening {
            actor: Some(officer),
            program: Some(cohort.program),
            cohort: Some(cohort.id),
            kind: "cohort.moved",
            rev,
            body: serde_json::json!({ "from": cohort.state, "to": to }),
            reason: reason.to_owned(),
            ..Happening::default()
        };
        audit::note(tx, Moment { real, program: at }, happening).await?;
        cohort.state = to;
        cohort.rev = rev;
    }
    Ok(())
}
