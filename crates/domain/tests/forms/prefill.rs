//! What somebody who comes back, or applies in both roles, need not type again.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::{FormDef, QuestionId};
use tandem_domain::form::library::default_form;
use tandem_domain::form::prefill::{
    Account, Source, is_shared, prefill, still_to_confirm, to_confirm, unconfirmed,
};
use tandem_domain::role::Role;

use crate::generate::{FORMS, form_and_answers};

const ACCOUNT: Account<'_> = Account {
    name: "Ana Ortiz",
    email: "ana@mail.example",
};

fn form(role: Role) -> FormDef {
    default_form(role).unwrap()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn answers<const N: usize>(list: [(&str, Answer); N]) -> Answers {
    list.into_iter()
        .map(|(id, answer)| (QuestionId::from(id), answer))
        .collect()
}

fn ids(list: &[&str]) -> BTreeSet<QuestionId> {
    list.iter().map(|id| QuestionId::from(*id)).collect()
}

/// What somebody said last year.
fn last_year() -> Answers {
    answers([
        ("preferred_name", text("Ana")),
        ("employer", text("Quartz Hill Library")),
        ("e_goal", text("I can plan a budget.")),
        ("agree_term", Answer::Yes(true)),
        ("hours", Answer::Yes(true)),
        ("orientation", Answer::one("live")),
        ("phone", text("555 0100")),
        ("block_inst", Answer::Lines(vec!["Elsewhere".to_owned()])),
    ])
}

#[test]
fn the_last_cohort_fills_in_who_somebody_is_and_not_what_they_want_or_agree_to() {
    let form = form(Role::Mentee);
    let prefilled = prefill(&form, ACCOUNT, None, Some((&form, &last_year())));
    let from_last = prefilled
        .iter()
        .filter(|(_, (_, source))| *source == Source::LastCohort)
        .map(|(id, _)| id.clone())
        .collect::<BTreeSet<_>>();
    assert_eq!(from_last, ids(&["employer", "phone"]));
    let of_account = (text("Ana Ortiz"), Source::Account);
    assert_eq!(prefilled[&"preferred_name".into()], of_account);
    assert_eq!(to_confirm(&prefilled), from_last);
}

#[test]
fn what_the_last_form_asked_otherwise_is_not_carried_over() {
    let last = form(Role::Mentee);
    let mut now = last.clone();
    let employer = now
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages)
        .flat_map(|page| &mut page.questions)
        .find(|question| question.id.0 == "employer")
        .unwrap();
    employer.rev = 1;
    let prefilled = prefill(&now, Account::default(), None, Some((&last, &last_year())));
    assert!(!prefilled.contains_key(&"employer".into()));
    assert!(prefilled.contains_key(&"phone".into()));
}

#[test]
fn both_roles_share_what_both_ask_and_each_keeps_its_own_wishes() {
    let (mentee, mentor) = (form(Role::Mentee), form(Role::Mentor));
    let is_shared = |id: &str| is_shared(&mentee, &mentor, &QuestionId::from(id));
    assert!(is_shared("employer") && is_shared("agree_term") && is_shared("block_people"));
    assert!(!is_shared("wish_people") && !is_shared("e_goal") && !is_shared("unheard_of"));
    let wish = Answer::Lines(vec!["Bo".to_owned()]);
    let written = answers([
        ("preferred_name", text("Anita")),
        ("wish_people", wish),
        ("e_goal", text("I can plan a budget.")),
    ]);
    let prefilled = prefill(&mentor, ACCOUNT, Some((&mentee, &written)), None);
    assert_eq!(
        prefilled[&"preferred_name".into()],
        (text("Anita"), Source::OtherRole)
    );
    assert_eq!(prefilled.len(), 2);
    assert_eq!(to_confirm(&prefilled), BTreeSet::new());
}

#[test]
fn w_22_an_answer_of_last_year_stops_sending_until_somebody_says_that_it_is_right() {
    let form = form(Role::Mentee);
    let given = answers([
        ("situation", Answer::one("library")),
        ("employer", text("Quartz Hill Library")),
        ("school", text("Quartz Hill")),
    ]);
    let waiting = ids(&["employer", "school", "phone"]);
    let reading = form.read(&given, true);
    let stops = |waiting: &BTreeSet<QuestionId>| unconfirmed(&reading, waiting);
    // The school is not asked of somebody who works, the phone was never given.
    assert_eq!(stops(&waiting).len(), 1);
    assert_eq!(stops(&waiting)[0].question.0, "employer");
    assert_eq!(stops(&waiting)[0].code, ProblemCode::Unconfirmed);
    let rest = still_to_confirm(&waiting, [&QuestionId::from("employer")]);
    assert_eq!(rest, ids(&["phone", "school"]));
    assert!(stops(&rest).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn nothing_is_filled_in_that_the_form_does_not_ask(
        (other, theirs) in form_and_answers(),
        (last, earlier) in form_and_answers(),
    ) {
        for form in FORMS.iter() {
            let prefilled = prefill(form, ACCOUNT, Some((other, &theirs)), Some((last, &earlier)));
            for (id, (answer, source)) in &prefilled {
                let question = form.question(id).unwrap();
                prop_assert!(*source == Source::OtherRole || answer.fits(&question.kind), "{}", id);
                prop_assert!(*source != Source::LastCohort || !question.anew, "{}", id);
            }
            let waiting = to_confirm(&prefilled);
            prop_assert!(still_to_confirm(&waiting, &waiting).is_empty());
        }
    }
}
