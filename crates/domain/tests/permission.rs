//! Who may do what, when: the tables of the product, written out by hand.

use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::Stage;
use tandem_domain::form::definition::Audience;
use tandem_domain::id::PersonId;
use tandem_domain::permission::{Action, Actor, Decision, Subject, can, may, may_grant, readers};
use tandem_domain::role::Office;
use uuid::Uuid;

const OWNER: PersonId = PersonId(Uuid::from_u128(1));

/// One letter for each decision, as the tables below use them.
fn letter(decision: Decision) -> char {
    match decision {
        Decision::Allow => 'A',
        Decision::Deny => '-',
        Decision::NotNow => 'n',
        Decision::Hide => '?',
        Decision::SignIn => 's',
    }
}

fn actor(who: &str) -> Actor {
    let person = |number| Some(PersonId(Uuid::from_u128(number)));
    let office = |offices: &[Office]| Actor {
        person: person(7),
        confirmed: true,
        offices: offices.to_vec(),
        ..Actor::default()
    };
    match who {
        "visitor" => Actor::visitor(),
        "owner" => Actor {
            person: Some(OWNER),
            confirmed: true,
            ..Actor::default()
        },
        "unconfirmed owner" => Actor {
            person: Some(OWNER),
            ..Actor::default()
        },
        "owner and chair" => Actor {
            person: Some(OWNER),
            ..office(&[Office::Chair])
        },
        "stranger" => office(&[]),
        "member" => office(&[Office::Subcommittee]),
        "chair" => office(&[Office::Chair]),
        "officer" => office(&[Office::Officer]),
        "chair and member" => office(&[Office::Chair, Office::Subcommittee]),
        "unconfirmed officer" => Actor {
            confirmed: false,
            ..office(&[Office::Officer])
        },
        "founder" => Actor {
            founder: true,
            ..office(&[])
        },
        other => panic!("nobody is called {other}"),
    }
}

fn cohort_row(who: &str, action: Action) -> String {
    let actor = actor(who);
    Stage::ALL
        .iter()
        .map(|stage| letter(can(&actor, action, &Subject::Cohort(*stage))))
        .collect()
}

/// Columns: draft, announced, open, closed, review, pairing, sign-off, published, running,
/// evaluation, completed, cancelled. A allow, - deny, n not now, ? hide, s sign in.
#[rustfmt::skip]
const COHORT_ACTIONS: &[(Action, &str, &str)] = &[
    //                                      DAOCRPSPRECX
    (Action::SeeCohort,        "visitor",  "?AAAAAAAAAAA"),
    (Action::SeeCohort,        "stranger", "?AAAAAAAAAAA"),
    (Action::SeeCohort,        "member",   "?AAAAAAAAAAA"),
    (Action::SeeCohort,        "chair",    "AAAAAAAAAAAA"),
    (Action::SeeCohort,        "officer",  "AAAAAAAAAAAA"),
    (Action::SeeCohort,        "founder",  "?AAAAAAAAAAA"),

    (Action::MoveCohort,       "visitor",  "?sssssssssss"),
    (Action::MoveCohort,       "stranger", "?-----------"),
    (Action::MoveCohort,       "member",   "?-----------"),
    (Action::MoveCohort,       "chair",    "AAAAAAAAAAnn"),
    (Action::MoveCohort,       "officer",  "AAAAAAAAAAnn"),
    (Action::MoveCohort,       "founder",  "?-----------"),

    (Action::ChangeDates,      "visitor",  "?sssssssssss"),
    (Action::ChangeDates,      "stranger", "?-----------"),
    (Action::ChangeDates,      "member",   "?-----------"),
    (Action::ChangeDates,      "chair",    "AAAAAAnnnnnn"),
    (Action::ChangeDates,      "officer",  "AAAAAAAAAAnn"),

    (Action::StartApplication, "visitor",  "?nAnnnnnnnnn"),
    (Action::StartApplication, "stranger", "?nAnnnnnnnnn"),
    (Action::StartApplication, "member",   "?nAnnnnnnnnn"),
    (Action::StartApplication, "chair",    "nnAnnnnnnnnn"),
    (Action::StartApplication, "officer",  "nnAnnnnnnnnn"),

    (Action::ListApplications, "visitor",  "?sssssssssss"),
    (Action::ListApplications, "stranger", "?-----------"),
    (Action::ListApplications, "member",   "?nAAAAAnnnnn"),
    (Action::ListApplications, "chair",    "nnAAAAAAAAAA"),
    (Action::ListApplications, "officer",  "nnAAAAAAAAAA"),
    (Action::ListApplications, "founder",  "?-----------"),

    (Action::GrantTime,        "visitor",  "?sssssssssss"),
    (Action::GrantTime,        "stranger", "?-----------"),
    (Action::GrantTime,        "member",   "?-----------"),
    (Action::GrantTime,        "chair",    "nnAAAnnnnnnn"),
    (Action::GrantTime,        "officer",  "nnAAAnnnnnnn"),

    (Action::ChangeForms,      "visitor",  "?sssssssssss"),
    (Action::ChangeForms,      "stranger", "?-----------"),
    (Action::ChangeForms,      "member",   "?-----------"),
    (Action::ChangeForms,      "chair",    "AAAnnnnnnnnn"),
    (Action::ChangeForms,      "officer",  "AAAnnnnnnnnn"),

    (Action::JudgeApart,       "visitor",  "?sssssssssss"),
    (Action::JudgeApart,       "stranger", "?-----------"),
    (Action::JudgeApart,       "member",   "?-----------"),
    (Action::JudgeApart,       "chair",    "------------"),
    (Action::JudgeApart,       "officer",  "nnAAAAAAAnnn"),

    (Action::DeclareConflict,  "visitor",  "?sssssssssss"),
    (Action::DeclareConflict,  "stranger", "?-----------"),
    (Action::DeclareConflict,  "member",   "?AAAAAAAAAAA"),
    (Action::DeclareConflict,  "chair",    "AAAAAAAAAAAA"),
    (Action::DeclareConflict,  "officer",  "AAAAAAAAAAAA"),

    (Action::DeclareConflictOfOthers, "stranger", "?-----------"),
    (Action::DeclareConflictOfOthers, "member",   "?-----------"),
    (Action::DeclareConflictOfOthers, "chair",    "AAAAAAAAAAAA"),
    (Action::DeclareConflictOfOthers, "officer",  "AAAAAAAAAAAA"),

    (Action::ManageConflicts,  "visitor",  "?sssssssssss"),
    (Action::ManageConflicts,  "stranger", "?-----------"),
    (Action::ManageConflicts,  "member",   "?-----------"),
    (Action::ManageConflicts,  "chair",    "------------"),
    (Action::ManageConflicts,  "officer",  "AAAAAAAAAAAA"),

    (Action::SeeBoard,         "visitor",  "?sssssssssss"),
    (Action::SeeBoard,         "stranger", "?-----------"),
    (Action::SeeBoard,         "member",   "?nnnnAAnnnnn"),
    (Action::SeeBoard,         "chair",    "nnnnnAAAAAAn"),
    (Action::SeeBoard,         "officer",  "nnnnnAAAAAAn"),

    (Action::ReadComments,     "visitor",   "?sssssssssss"),
    (Action::ReadComments,     "stranger",  "?-----------"),
    (Action::ReadComments,     "member",    "?nnnnAAnnnnn"),
    (Action::ReadComments,     "chair",     "nnnnnAAAAAAn"),
    (Action::ReadComments,     "officer",   "nnnnnAAAAAAn"),

    (Action::Comment,          "visitor",   "?sssssssssss"),
    (Action::Comment,          "stranger",  "?-----------"),
    (Action::Comment,          "member",    "?nnnnAAnnnnn"),
    (Action::Comment,          "chair",     "nnnnnAAnnnnn"),
    (Action::Comment,          "officer",   "nnnnnAAnnnnn"),

    (Action::ChangeBoard,      "visitor",  "?sssssssssss"),
    (Action::ChangeBoard,      "stranger", "?-----------"),
    (Action::ChangeBoard,      "member",   "?nnnnAnnnnnn"),
    (Action::ChangeBoard,      "chair",    "nnnnnAnnnnnn"),
    (Action::ChangeBoard,      "officer",  "------------"),

    (Action::KeepScenarios,    "visitor",  "?sssssssssss"),
    (Action::KeepScenarios,    "stranger", "?-----------"),
    (Action::KeepScenarios,    "member",   "?nnnnAnnnnnn"),
    (Action::KeepScenarios,    "chair",    "nnnnnAnnnnnn"),
    (Action::KeepScenarios,    "officer",  "------------"),

    (Action::OverrideWarning,  "visitor",  "?sssssssssss"),
    (Action::OverrideWarning,  "stranger", "?-----------"),
    (Action::OverrideWarning,  "member",   "?-----------"),
    (Action::OverrideWarning,  "chair",    "nnnnnAnnnnnn"),
    (Action::OverrideWarning,  "officer",  "------------"),

    (Action::SetScoring,       "visitor",  "?sssssssssss"),
    (Action::SetScoring,       "stranger", "?-----------"),
    (Action::SetScoring,       "member",   "?-----------"),
    (Action::SetScoring,       "chair",    "nnnnnAnnnnnn"),
    (Action::SetScoring,       "officer",  "------------"),
];

#[test]
fn the_table_of_cohort_actions_by_stage() {
    for (action, who, expected) in COHORT_ACTIONS {
        assert_eq!(cohort_row(who, *action), *expected, "{action:?} by {who}");
    }
}

#[test]
fn the_table_of_program_actions() {
    #[rustfmt::skip]
    let table = [
        //                     visitor stranger member chair officer founder
        (Action::ManagePeople, "s--AA-"),
        (Action::ReadOutbox,   "s--AA-"),
        (Action::ReadMailBody, "s---A-"),
        (Action::CreateCohort, "s--AA-"),
    ];
    for (action, expected) in table {
        let row: String = [
            "visitor", "stranger", "member", "chair", "officer", "founder",
        ]
        .map(|who| letter(can(&actor(who), action, &Subject::Program)))
        .iter()
        .collect();
        assert_eq!(row, expected, "{action:?}");
    }
}

#[test]
fn the_officer_grants_every_office_and_the_chair_seats_of_the_subcommittee() {
    #[rustfmt::skip]
    let table = [
        //                     visitor stranger member chair officer founder
        (Office::Subcommittee, "s--AA-"),
        (Office::Chair,        "s---A-"),
        (Office::Officer,      "s---A-"),
    ];
    for (office, expected) in table {
        let row: String = [
            "visitor", "stranger", "member", "chair", "officer", "founder",
        ]
        .map(|who| letter(may_grant(&actor(who), office)))
        .iter()
        .collect();
        assert_eq!(row, expected, "{office:?}");
    }
}

#[test]
fn only_a_founder_founds_a_program() {
    let decide = |who| can(&actor(who), Action::CreateProgram, &Subject::Server);
    assert_eq!(decide("visitor"), Decision::SignIn);
    assert_eq!(decide("officer"), Decision::Deny);
    assert_eq!(decide("founder"), Decision::Allow);
}

fn application(state: ApplicationState, at: Stage) -> Subject {
    Subject::Application {
        owner: OWNER,
        state,
        stage: at,
        granted: false,
    }
}

#[test]
fn who_was_granted_more_time_writes_and_sends_until_pairs_are_made() {
    #[rustfmt::skip]
    let table = [
        //                                                           DAOCRPSPRECX
        (Action::EditApplication,     ApplicationState::Draft,     "nnAAAnnnnnnn"),
        (Action::SubmitApplication,   ApplicationState::Submitted, "nnAAAnnnnnnn"),
        (Action::WithdrawApplication, ApplicationState::Withdrawn, "nnAAAnnnnnnn"),
        (Action::EditApplication,     ApplicationState::Eligible,  "nnnnnnnnnnnn"),
    ];
    for (action, state, expected) in table {
        let row: String = Stage::ALL
            .into_iter()
            .map(|stage| {
                let granted = Subject::Application {
                    owner: OWNER,
                    state,
                    stage,
                    granted: true,
                };
                letter(can(&actor("owner"), action, &granted))
            })
            .collect();
        assert_eq!(row, expected, "{action:?} on {state:?}");
    }
}

fn stage_row(who: &str, action: Action, state: ApplicationState) -> String {
    let actor = actor(who);
    Stage::ALL
        .iter()
        .map(|stage| letter(can(&actor, action, &application(state, *stage))))
        .collect()
}

fn state_row(who: &str, action: Action, stage: Stage) -> String {
    let actor = actor(who);
    ApplicationState::ALL
        .iter()
        .map(|state| letter(can(&actor, action, &application(*state, stage))))
        .collect()
}

/// Columns as in the table of cohort actions.
#[test]
fn the_table_of_application_actions_by_stage() {
    use ApplicationState as S;
    #[rustfmt::skip]
    let table = [
        //                                                               DAOCRPSPRECX
        (Action::EditApplication,     S::Draft,     "owner",             "nnAnnnnnnnnn"),
        (Action::EditApplication,     S::Submitted, "owner",             "nnAnnnnnnnnn"),
        (Action::EditApplication,     S::Draft,     "unconfirmed owner", "nnAnnnnnnnnn"),
        (Action::SubmitApplication,   S::Draft,     "owner",             "nnAnnnnnnnnn"),
        (Action::SubmitApplication,   S::Draft,     "unconfirmed owner", "nnnnnnnnnnnn"),
        (Action::SeeOwnApplication,   S::Submitted, "owner",             "AAAAAAAAAAAA"),
        (Action::WithdrawApplication, S::Eligible,  "owner",             "nnAAAAAnnnnn"),
        (Action::WithdrawApplication, S::Withdrawn, "owner",             "nnAnnnnnnnnn"),
        (Action::DeleteDraft,         S::Draft,     "owner",             "AAAAAAAAAAAA"),
        (Action::AnswerInfo,          S::NeedsInfo, "owner",             "nnAAAAnnnnnn"),

        (Action::ReadApplication,     S::Submitted, "visitor",           "ssssssssssss"),
        (Action::ReadApplication,     S::Submitted, "stranger",          "????????????"),
        (Action::ReadApplication,     S::Submitted, "member",            "nnAAAAAnnnnn"),
        (Action::ReadApplication,     S::Submitted, "chair",             "nnAAAAAAAAAA"),
        (Action::ReadApplication,     S::Submitted, "officer",           "nnAAAAAAAAAA"),
        (Action::ReadApplication,     S::Submitted, "founder",           "????????????"),
        (Action::AskInfo,             S::Submitted, "member",            "nnAAAAnnnnnn"),
        (Action::AskInfo,             S::Submitted, "chair",             "nnAAAAnnnnnn"),
        (Action::AskInfo,             S::Submitted, "officer",           "nnAAAnnnnnnn"),
        (Action::DecideEligibility,   S::Submitted, "member",            "------------"),
        (Action::DecideEligibility,   S::Submitted, "chair",             "nnAAAAnnnnnn"),
        (Action::DecideEligibility,   S::Submitted, "officer",           "nnAAAAAAAnnn"),

        (Action::GrantTime,           S::Submitted, "member",            "------------"),
        (Action::GrantTime,           S::Submitted, "chair",             "nnAAAnnnnnnn"),
        (Action::GrantTime,           S::Draft,     "officer",           "????????????"),
        (Action::GrantTime,           S::Submitted, "owner and chair",   "------------"),

        (Action::EditApplication,     S::Submitted, "visitor",           "ssssssssssss"),
        (Action::EditApplication,     S::Submitted, "stranger",          "????????????"),
        (Action::EditApplication,     S::Submitted, "officer",           "------------"),
        (Action::SeeOwnApplication,   S::Submitted, "chair",             "------------"),

        (Action::ReadApplication,     S::Draft,     "member",            "????????????"),
        (Action::ReadApplication,     S::Draft,     "officer",           "????????????"),
        (Action::EditApplication,     S::Draft,     "officer",           "????????????"),
        (Action::DeleteDraft,         S::Draft,     "chair",             "????????????"),
        (Action::EditApplication,     S::Draft,     "stranger",          "????????????"),

        (Action::ReadApplication,     S::Submitted, "owner and chair",   "------------"),
        (Action::DecideEligibility,   S::Submitted, "owner and chair",   "------------"),
        (Action::AskInfo,             S::Submitted, "owner and chair",   "------------"),
    ];
    for (action, state, who, expected) in table {
        assert_eq!(
            stage_row(who, action, state),
            expected,
            "{action:?} on {state:?} by {who}"
        );
    }
}

/// Columns: draft, submitted, late, needs information, eligible, ineligible, withdrawn, matched,
/// unmatched.
#[test]
fn the_table_of_application_actions_by_state() {
    #[rustfmt::skip]
    let table = [
        //                                                            DSLNEIWMU
        (Action::EditApplication,     Stage::Open,    "owner",       "AAnnnnnnn"),
        (Action::SubmitApplication,   Stage::Open,    "owner",       "AAnnnnnnn"),
        (Action::WithdrawApplication, Stage::Open,    "owner",       "nAAAAnAnn"),
        (Action::WithdrawApplication, Stage::Pairing, "owner",       "nAAAAnnnn"),
        (Action::DeleteDraft,         Stage::Open,    "owner",       "Annnnnnnn"),
        (Action::AnswerInfo,          Stage::Review,  "owner",       "nnnAnnnnn"),
        (Action::ReadApplication,     Stage::Review,  "member",      "?AAAAAAAA"),
        (Action::AskInfo,             Stage::Review,  "member",      "?AnnAnnnn"),
        (Action::DecideEligibility,   Stage::Review,  "chair",       "?AAAAAnnn"),
        (Action::DecideEligibility,   Stage::Review,  "officer",     "?AAAAAnnn"),
        (Action::DecideEligibility,   Stage::Review,  "member",      "?--------"),
        (Action::GrantTime,           Stage::Review,  "chair",       "?AnnnnAnn"),
        (Action::SeeOwnApplication,   Stage::Review,  "stranger",    "?????????"),
    ];
    for (action, stage, who, expected) in table {
        assert_eq!(
            state_row(who, action, stage),
            expected,
            "{action:?} in {stage:?} by {who}"
        );
    }
}

#[test]
fn nobody_but_the_owner_reads_a_draft() {
    for who in [
        "stranger",
        "member",
        "chair",
        "officer",
        "founder",
        "chair and member",
    ] {
        for stage in Stage::ALL {
            let subject = application(ApplicationState::Draft, stage);
            for action in Action::ALL {
                assert_eq!(
                    can(&actor(who), action, &subject),
                    Decision::Hide,
                    "{who} {action:?}"
                );
            }
            assert!(readers(&actor(who), &subject).is_empty());
        }
    }
}

#[test]
fn an_office_counts_only_with_a_confirmed_address() {
    let officer = actor("unconfirmed officer");
    assert_eq!(
        can(&officer, Action::ReadOutbox, &Subject::Program),
        Decision::Deny
    );
    let subject = application(ApplicationState::Submitted, Stage::Review);
    assert_eq!(
        can(&officer, Action::ReadApplication, &subject),
        Decision::Hide
    );
}

#[test]
fn each_office_reads_as_its_own_audience() {
    let during = |who, stage| readers(&actor(who), &application(ApplicationState::Eligible, stage));
    assert_eq!(during("member", Stage::Pairing), [Audience::Subcommittee]);
    assert_eq!(
        during("chair", Stage::Pairing),
        [Audience::Chair, Audience::Subcommittee]
    );
    assert_eq!(during("officer", Stage::Pairing), [Audience::Officer]);
    assert_eq!(during("member", Stage::Running), []);
    assert_eq!(
        during("chair and member", Stage::Running),
        [Audience::Chair, Audience::Subcommittee]
    );
    assert_eq!(during("stranger", Stage::Pairing), []);
    assert_eq!(during("owner", Stage::Pairing), []);
    assert_eq!(readers(&actor("officer"), &Subject::Program), []);
}

#[test]
fn an_action_asked_of_the_wrong_thing_is_not_allowed() {
    let everybody = Actor {
        person: Some(PersonId(Uuid::from_u128(9))),
        confirmed: true,
        offices: vec![Office::Subcommittee, Office::Chair, Office::Officer],
        founder: true,
        ..Actor::default()
    };
    assert_eq!(may(&everybody, &Subject::Server), [Action::CreateProgram]);
    assert_eq!(
        may(&everybody, &Subject::Program),
        [
            Action::ManagePeople,
            Action::ReadOutbox,
            Action::ReadMailBody,
            Action::CreateCohort
        ]
    );
    assert_eq!(
        may(&everybody, &Subject::Cohort(Stage::Pairing)),
        [
            Action::SeeCohort,
            Action::MoveCohort,
            Action::ChangeDates,
            Action::ListApplications,
            Action::JudgeApart,
            Action::DeclareConflict,
            Action::DeclareConflictOfOthers,
            Action::ManageConflicts,
            Action::SeeBoard,
            Action::ReadComments,
            Action::Comment,
            Action::ChangeBoard,
            Action::KeepScenarios,
            Action::OverrideWarning,
            Action::SetScoring,
        ]
    );
    assert_eq!(
        may(
            &everybody,
            &application(ApplicationState::Submitted, Stage::Pairing)
        ),
        [
            Action::ReadApplication,
            Action::AskInfo,
            Action::DecideEligibility
        ]
    );
}
