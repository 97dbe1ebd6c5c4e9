//! The lives of a cohort and of an application, and the deadline between them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;
use tandem_domain::application::{ApplicationMove, ApplicationState};
use tandem_domain::cohort::mail::{Mailing, Recipients, Template, mailings};
use tandem_domain::cohort::now::{Next, Party, now, today};
use tandem_domain::cohort::{
    Calendar, CohortState, Stage, TRANSITIONS, TransitionError, stage, transition, transitions_from,
};
use tandem_domain::date::{DEFAULT_GRACE_MINUTES, Deadline, ZoneName};
use tandem_domain::role::Office;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The founding calendar: the call ends with 2 March 2018, Anywhere on Earth.
fn calendar() -> Calendar {
    Calendar {
        opens: at("2018-01-29T06:00:00Z"),
        closes: Deadline {
            civil: "2018-03-03T00:00:00".parse().unwrap(),
            zone: ZoneName::aoe(),
            instant: at("2018-03-03T12:00:00Z"),
            grace_minutes: DEFAULT_GRACE_MINUTES,
        },
        pairing_complete: day("2018-05-14"),
        starts: day("2018-06-01"),
        ends: day("2019-04-30"),
    }
}

#[test]
fn an_announced_cohort_opens_and_closes_by_the_calendar() {
    let table = [
        ("2018-01-29T05:59:59Z", Stage::Announced),
        ("2018-01-29T06:00:00Z", Stage::Open),
        ("2018-03-03T11:59:59Z", Stage::Open),
        ("2018-03-03T12:14:59Z", Stage::Open),
        ("2018-03-03T12:15:00Z", Stage::Closed),
        ("2019-01-01T00:00:00Z", Stage::Closed),
    ];
    for (moment, expected) in table {
        let moment = at(moment);
        let stage = stage(
            CohortState::Announced,
            &calendar(),
            moment,
            moment.date_naive(),
        );
        assert_eq!(stage, expected, "{moment}");
    }
}

#[test]
fn a_published_cohort_runs_from_its_first_to_its_last_day() {
    let table = [
        ("2018-05-31", Stage::Published),
        ("2018-06-01", Stage::Running),
        ("2019-04-30", Stage::Running),
        ("2019-05-01", Stage::Evaluation),
    ];
    for (today, expected) in table {
        let now = at("2018-06-01T12:00:00Z");
        assert_eq!(
            stage(CohortState::Published, &calendar(), now, day(today)),
            expected,
            "{today}"
        );
    }
}

#[test]
fn no_date_moves_a_cohort_that_people_have_put_somewhere() {
    let table = [
        (CohortState::Draft, Stage::Draft),
        (CohortState::Review, Stage::Review),
        (CohortState::Pairing, Stage::Pairing),
        (CohortState::SignOff, Stage::SignOff),
        (CohortState::Completed, Stage::Completed),
        (CohortState::Cancelled, Stage::Cancelled),
    ];
    for (state, expected) in table {
        for moment in [
            "2017-01-01T00:00:00Z",
            "2018-02-10T00:00:00Z",
            "2030-01-01T00:00:00Z",
        ] {
            let now = at(moment);
            assert_eq!(stage(state, &calendar(), now, now.date_naive()), expected);
        }
    }
}

#[test]
fn each_move_is_made_by_its_own_office() {
    use CohortState as S;
    let refused = Err(TransitionError::OtherOffice);
    let made = |from, to, office: Office| transition(from, to, &[office], "because").map(|_| ());
    assert_eq!(made(S::Draft, S::Announced, Office::Officer), Ok(()));
    assert_eq!(made(S::Draft, S::Announced, Office::Subcommittee), refused);
    assert_eq!(made(S::Announced, S::Review, Office::Officer), refused);
    assert_eq!(made(S::Announced, S::Review, Office::Chair), Ok(()));
    assert_eq!(made(S::SignOff, S::Published, Office::Chair), refused);
    assert_eq!(made(S::SignOff, S::Published, Office::Officer), Ok(()));
    assert_eq!(made(S::Pairing, S::Cancelled, Office::Chair), refused);
}

#[test]
fn nobody_jumps_and_nobody_takes_back_what_was_published() {
    use CohortState as S;
    let refused = Err(TransitionError::NoSuchMove);
    let everybody = [Office::Subcommittee, Office::Chair, Office::Officer];
    let made = |from, to| transition(from, to, &everybody, "because").map(|_| ());
    assert_eq!(made(S::Draft, S::Pairing), refused);
    assert_eq!(made(S::Announced, S::Pairing), refused);
    assert_eq!(made(S::Pairing, S::Published), refused);
    assert_eq!(made(S::Announced, S::Draft), refused);
    for to in S::ALL.into_iter().filter(|to| *to != S::Completed) {
        assert_eq!(made(S::Published, to), refused, "{to:?}");
    }
    for end in [S::Completed, S::Cancelled] {
        assert_eq!(transitions_from(end).count(), 0);
    }
}

#[test]
fn going_back_and_giving_up_need_a_reason() {
    let backwards = TRANSITIONS.iter().filter(|step| step.to < step.from);
    let given_up = TRANSITIONS
        .iter()
        .filter(|step| step.to == CohortState::Cancelled);
    for step in backwards.chain(given_up) {
        for blank in ["", "  \n"] {
            assert_eq!(
                transition(step.from, step.to, step.by, blank),
                Err(TransitionError::ReasonMissing)
            );
        }
        assert_eq!(
            transition(step.from, step.to, step.by, "Too few mentors."),
            Ok(step)
        );
    }
}

#[test]
fn publication_tells_everybody_on_the_same_day() {
    let mails = mailings(CohortState::SignOff, CohortState::Published);
    assert_eq!(
        mails,
        [
            Mailing {
                template: Template::Matched,
                to: Recipients::Paired
            },
            Mailing {
                template: Template::Unmatched,
                to: Recipients::Unpaired
            },
        ]
    );
    for state in ApplicationState::ALL {
        for has_partner in [false, true] {
            let told = mails
                .iter()
                .filter(|mail| mail.to.include(state, has_partner))
                .count();
            assert_eq!(told, usize::from(state.may_be_paired()), "{state:?}");
        }
    }
}

#[test]
fn a_move_mails_nobody_twice() {
    for step in TRANSITIONS {
        for state in ApplicationState::ALL {
            for has_partner in [false, true] {
                let told = mailings(step.from, step.to)
                    .iter()
                    .filter(|mail| mail.to.include(state, has_partner))
                    .count();
                assert!(told <= 1, "{step:?} {state:?}");
            }
        }
    }
}

#[test]
fn nobody_hears_of_a_cohort_that_was_never_announced() {
    assert_eq!(mailings(CohortState::Draft, CohortState::Cancelled), []);
    assert_eq!(mailings(CohortState::Draft, CohortState::Announced), []);
}

#[test]
fn the_next_date_is_the_first_that_lies_ahead() {
    let next = |state, moment: &str| {
        let moment = at(moment);
        now(state, &calendar(), moment, moment.date_naive()).next
    };
    let announced = CohortState::Announced;
    assert_eq!(
        next(announced, "2018-01-10T00:00:00Z"),
        Some(Next::Opens(at("2018-01-29T06:00:00Z")))
    );
    assert_eq!(
        next(announced, "2018-02-05T00:00:00Z"),
        Some(Next::Closes(at("2018-03-03T12:00:00Z")))
    );
    let complete = Some(Next::PairingComplete(day("2018-05-14")));
    // The hidden grace is not announced as a date.
    assert_eq!(next(announced, "2018-03-03T12:05:00Z"), complete);
    assert_eq!(next(CohortState::Pairing, "2018-03-20T00:00:00Z"), complete);
    let starts = Some(Next::Starts(day("2018-06-01")));
    assert_eq!(next(CohortState::Published, "2018-05-14T18:00:00Z"), starts);
    assert_eq!(
        next(CohortState::Published, "2018-06-01T18:00:00Z"),
        Some(Next::Ends(day("2019-04-30")))
    );
    assert_eq!(next(CohortState::Published, "2019-05-02T00:00:00Z"), None);
    assert_eq!(next(CohortState::Cancelled, "2018-02-05T00:00:00Z"), None);
}

#[test]
fn anybody_may_act_only_while_applications_are_accepted() {
    for state in CohortState::ALL {
        for moment in [
            "2018-01-10T00:00:00Z",
            "2018-02-05T00:00:00Z",
            "2018-06-05T00:00:00Z",
        ] {
            let moment = at(moment);
            let summary = now(state, &calendar(), moment, moment.date_naive());
            assert_eq!(
                summary.open_to.contains(&Party::Everybody),
                summary.stage == Stage::Open
            );
        }
    }
}

#[test]
fn the_same_moment_is_another_day_on_guam() {
    let moment = at("2018-03-02T15:00:00Z");
    assert_eq!(today(moment, -5 * 60), day("2018-03-02"));
    assert_eq!(today(moment, 10 * 60), day("2018-03-03"));
    assert_eq!(today(moment, -12 * 60), day("2018-03-02"));
}

#[test]
fn the_last_day_is_the_one_that_was_announced() {
    let closes = calendar().closes;
    assert_eq!(closes.last_day(), day("2018-03-02"));
    assert!(closes.accepts(at("2018-03-03T12:14:59Z")));
    assert!(!closes.accepts(at("2018-03-03T12:15:00Z")));
    assert!(closes.has_passed(at("2018-03-03T12:00:00Z")));
    assert!(!closes.without_grace().accepts(at("2018-03-03T12:00:00Z")));
}

#[test]
fn applications_move_as_the_product_says() {
    use ApplicationMove as M;
    use ApplicationState as S;
    let made = [
        (S::Draft, M::Submit, S::Submitted),
        (S::Submitted, M::Submit, S::Submitted),
        (S::Submitted, M::AskInfo, S::NeedsInfo),
        (S::Eligible, M::AskInfo, S::NeedsInfo),
        (S::NeedsInfo, M::AnswerInfo, S::Submitted),
        (S::LatePending, M::AcceptLate, S::Submitted),
        (S::LatePending, M::FindIneligible, S::Ineligible),
        (S::Submitted, M::FindEligible, S::Eligible),
        (S::NeedsInfo, M::FindEligible, S::Eligible),
        (S::Ineligible, M::FindEligible, S::Eligible),
        (S::Eligible, M::FindIneligible, S::Ineligible),
        (S::Eligible, M::Withdraw, S::Withdrawn),
        (S::Withdrawn, M::Restore, S::Submitted),
        (S::Eligible, M::Match, S::Matched),
        (S::Eligible, M::LeaveUnmatched, S::Unmatched),
    ];
    for (from, step, to) in made {
        assert_eq!(from.after(step), Some(to), "{from:?} {step:?}");
    }
    let refused = [
        (S::Draft, M::Withdraw),
        (S::Draft, M::FindEligible),
        (S::LatePending, M::FindEligible),
        (S::Withdrawn, M::FindEligible),
        (S::Withdrawn, M::Submit),
        (S::Submitted, M::Match),
        (S::Ineligible, M::Match),
        (S::Matched, M::Withdraw),
        (S::Eligible, M::Submit),
    ];
    for (from, step) in refused {
        assert_eq!(from.after(step), None, "{from:?} {step:?}");
    }
}

/// The states that can be reached from one without a certain move.
fn reach(from: ApplicationState, without: ApplicationMove) -> BTreeSet<ApplicationState> {
    let mut known = BTreeSet::from([from]);
    let mut ahead = vec![from];
    while let Some(state) = ahead.pop() {
        for step in ApplicationMove::ALL
            .into_iter()
            .filter(|step| *step != without)
        {
            if let Some(next) = state.after(step)
                && known.insert(next)
            {
                ahead.push(next);
            }
        }
    }
    known
}

#[test]
fn nobody_reaches_the_board_without_being_found_eligible() {
    for from in ApplicationState::ALL
        .into_iter()
        .filter(|state| !state.may_be_paired())
    {
        let reached = reach(from, ApplicationMove::FindEligible);
        assert!(
            reached.iter().all(|state| !state.may_be_paired()),
            "{from:?}: {reached:?}"
        );
    }
}

proptest! {
    #[test]
    fn a_withdrawn_or_ineligible_application_returns_only_by_a_decision(
        steps in prop::collection::vec(prop::sample::select(ApplicationMove::ALL.to_vec()), 0..30),
    ) {
        let mut state = ApplicationState::Draft;
        let mut decided = false;
        for step in steps {
            let Some(next) = state.after(step) else { continue };
            decided = match next {
                ApplicationState::Withdrawn | ApplicationState::Ineligible => false,
                _ => decided || step == ApplicationMove::FindEligible,
            };
            if next == ApplicationState::Matched {
                prop_assert_eq!(state, ApplicationState::Eligible);
            }
            state = next;
            prop_assert!(decided || !state.may_be_paired());
        }
    }

    #[test]
    fn a_deadline_is_its_instant_however_it_is_written(
        offset in -1440i64..1440,
        grace in 0u16..120,
        seconds in -100_000i64..100_000,
    ) {
        let instant = at("2018-03-03T12:00:00Z");
        let written = |zone: &str, minutes| Deadline {
            civil: (instant + Duration::minutes(minutes)).naive_utc(),
            zone: ZoneName(zone.to_owned()),
            instant,
            grace_minutes: grace,
        };
        let now = instant + Duration::seconds(seconds);
        let one = written("AoE", -720);
        let other = written("Somewhere/Else", offset);
        prop_assert_eq!(one.accepts(now), other.accepts(now));
        prop_assert_eq!(one.accepts(now), seconds < i64::from(grace) * 60);
        prop_assert_eq!(one.has_passed(now), seconds >= 0);
    }
}
