//! Versions of a form: what differs, whom it concerns, and how a draft goes on.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::change::bounds::Reason;
use tandem_domain::form::change::{Class, What, difference};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::{Audience, FormDef, Kind, QuestionId, Required, Slug};
use tandem_domain::form::forward::{Again, forward};
use tandem_domain::form::library::default_form;
use tandem_domain::form::news::{Concerned, NewsOf, columns, effect, what_changed};
use tandem_domain::form::shape::well_formed;
use tandem_domain::role::Role;

use crate::generate::{FORMS, form_and_answers};

fn every_kind() -> FormDef {
    FORMS[2].clone()
}

/// The form with one question put in place of another.
fn with(form: &FormDef, id: &str, change: impl Fn(&mut Value)) -> FormDef {
    let mut json = serde_json::to_value(form).unwrap();
    json["version"] = json!(form.version + 1);
    for section in json["sections"].as_array_mut().unwrap() {
        for page in section["pages"].as_array_mut().unwrap() {
            for question in page["questions"].as_array_mut().unwrap() {
                if question["id"] == id {
                    change(question);
                }
            }
        }
    }
    serde_json::from_value(json).unwrap()
}

fn without(form: &FormDef, id: &str) -> FormDef {
    let mut form = form.clone();
    form.version += 1;
    for page in form
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages)
    {
        page.questions.retain(|question| question.id.0 != id);
    }
    form
}

fn whats(from: &FormDef, to: &FormDef) -> Vec<What> {
    difference(from, to)
        .changes
        .into_iter()
        .map(|change| change.what)
        .collect()
}

fn answers<const N: usize>(list: [(&str, Answer); N]) -> Answers {
    list.into_iter()
        .map(|(id, answer)| (QuestionId::from(id), answer))
        .collect()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn ids(list: &[&str]) -> BTreeSet<QuestionId> {
    list.iter().map(|id| QuestionId::from(*id)).collect()
}

fn by(reason: Reason) -> BTreeSet<Reason> {
    BTreeSet::from([reason])
}

fn set(key: &'static str, value: Value) -> impl Fn(&mut Value) {
    move |question| question[key] = value.clone()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn each_change_is_told_by_what_it_means() {
    let form = every_kind();
    for (id, change, what, class) in [
        (
            "short",
            set("label", json!("Brief")),
            What::Reworded,
            Class::Cosmetic,
        ),
        (
            "phone",
            set("required", json!("always")),
            What::Stricter {
                by: by(Reason::Required),
            },
            Class::RequiredAdded,
        ),
        (
            "short",
            set("required", json!("never")),
            What::Looser {
                by: by(Reason::Required),
            },
            Class::Widened,
        ),
        (
            "email",
            set("required", json!({ "if": { "answered": "short" } })),
            What::ConditionChanged,
            Class::Narrowed,
        ),
        (
            "many",
            set("visible", json!({ "at_least": ["number", "20"] })),
            What::ConditionChanged,
            Class::Narrowed,
        ),
        (
            "cv",
            set("seen_by", json!(["partner"])),
            What::ShownToMore {
                to: BTreeSet::from([Audience::Partner]),
            },
            Class::AudienceChanged,
        ),
        (
            "single",
            set("rev", json!(1)),
            What::MeaningChanged,
            Class::MeaningChanged,
        ),
        (
            "phone",
            set("kind", json!("email")),
            What::KindChanged,
            Class::MeaningChanged,
        ),
        (
            "lines",
            set("retired", json!(true)),
            What::Retired,
            Class::Removed,
        ),
        (
            "old",
            set("retired", json!(false)),
            What::Added { required: true },
            Class::RequiredAdded,
        ),
        (
            "zone",
            set("data_class", json!("sensitive")),
            What::HandledDifferently,
            Class::Cosmetic,
        ),
        (
            "agree",
            set(
                "kind",
                json!({ "consent": { "rev": 3, "text": "Another." } }),
            ),
            What::MeaningChanged,
            Class::MeaningChanged,
        ),
        (
            "links",
            set("kind", json!({ "links": { "max": 1 } })),
            What::Stricter {
                by: by(Reason::Count),
            },
            Class::Narrowed,
        ),
        (
            "links",
            set("kind", json!({ "links": { "max": 3 } })),
            What::Looser {
                by: by(Reason::Count),
            },
            Class::Widened,
        ),
        (
            "scale",
            set(
                "kind",
                json!({ "scale": { "min": 1, "max": 4, "low": "Not at all", "high": "Very much" } }),
            ),
            What::Stricter {
                by: by(Reason::Range),
            },
            Class::Narrowed,
        ),
        (
            "hours",
            set("frozen_from", json!("2018-02-01")),
            What::Stricter {
                by: by(Reason::Frozen),
            },
            Class::Narrowed,
        ),
    ] {
        let changed = with(&form, id, change);
        assert_eq!(whats(&form, &changed), std::slice::from_ref(&what), "{id}");
        assert_eq!(what.class(), class, "{id}");
    }
}

#[test]
fn choices_limits_and_rounds_are_told_apart() {
    let form = every_kind();
    let fewer = with(&form, "rank", |question| {
        question["kind"]["rank"]["choices"]
            .as_array_mut()
            .unwrap()
            .pop();
    });
    assert_eq!(
        whats(&form, &fewer),
        [What::Stricter {
            by: by(Reason::Choices)
        }]
    );
    assert_eq!(
        whats(&fewer, &form),
        [What::Looser {
            by: by(Reason::Choices)
        }]
    );
    let retired = with(&form, "rank", |question| {
        question["kind"]["rank"]["choices"][0]["retired"] = json!(true);
    });
    assert_eq!(
        whats(&form, &retired),
        [What::Stricter {
            by: by(Reason::Choices)
        }]
    );
    let longer = with(&form, "long", |question| {
        question["kind"]["long_text"]["limit"] =
            json!({ "unit": "words", "min": 5, "max": 20, "hard": 22 });
    });
    let both = [
        What::Stricter {
            by: by(Reason::Length),
        },
        What::Looser {
            by: by(Reason::Length),
        },
    ];
    assert_eq!(whats(&form, &longer), both);
    let inner = with(&form, "posts", |question| {
        question["kind"]["repeat"]["questions"][1]["required"] = json!("always");
    });
    let changes = difference(&form, &inner).changes;
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].within, Some("led".into()));
    assert_eq!(
        changes[0].what,
        What::Stricter {
            by: by(Reason::Required)
        }
    );
}

#[test]
fn a_question_that_moves_or_goes_is_noticed() {
    let form = every_kind();
    let mut moved = form.clone();
    let zone = moved.sections[2].pages[0].questions.remove(0);
    moved.sections[0].pages[1].questions.push(zone);
    assert_eq!(
        whats(&form, &moved),
        [What::Moved {
            from: "wheres".into(),
            to: "numbers".into()
        }]
    );
    assert_eq!(whats(&form, &without(&form, "zone")), [What::Removed]);
    assert_eq!(
        whats(&without(&form, "zone"), &form),
        [What::Added { required: false }]
    );
}

#[test]
fn a_question_with_answers_is_retired_and_never_taken_out() {
    let form = every_kind();
    let gone = without(&form, "zone");
    let found = difference(&form, &gone);
    assert_eq!(found.refused(&ids(&["zone"]), &gone).count(), 1);
    assert_eq!(found.refused(&ids(&["phone"]), &gone).count(), 0);
    let other_kind = with(&form, "phone", set("kind", json!("email")));
    let found = difference(&form, &other_kind);
    assert_eq!(found.refused(&ids(&["phone"]), &other_kind).count(), 1);
    let retired = with(&form, "zone", set("retired", json!(true)));
    let found = difference(&form, &retired);
    assert_eq!(found.refused(&ids(&["zone"]), &retired).count(), 0);
}

#[test]
fn w_15_what_a_version_no_longer_takes_is_kept_aside_and_comes_back() {
    let form = every_kind();
    let given = answers([("zone", text("Pacific/Guam")), ("phone", text("1"))]);
    let gone = without(&form, "zone");
    let there = forward(&form, &gone, &given, &Answers::new());
    assert_eq!(there.kept, answers([("phone", text("1"))]));
    assert_eq!(there.aside, answers([("zone", text("Pacific/Guam"))]));
    assert!(there.again.is_empty());
    let back = forward(&gone, &form, &there.kept, &there.aside);
    assert_eq!((back.kept, back.aside), (given, Answers::new()));
}

#[test]
fn what_is_asked_again_says_why() {
    let form = every_kind();
    let again = |id: &str, change: &dyn Fn(&mut Value), answer: Answer| {
        let to = with(&form, id, change);
        let forwarded = forward(
            &form,
            &to,
            &answers([(id, answer.clone())]),
            &Answers::new(),
        );
        let is_aside = forwarded.aside.get(&id.into()) == Some(&answer);
        let why = forwarded.again.get(&id.into()).copied();
        (why, is_aside, forwarded.kept.get(&id.into()).cloned())
    };
    let meaning = again("single", &set("rev", json!(1)), Answer::one("a"));
    assert_eq!(meaning, (Some(Again::Meaning), true, None));
    let kind = again("phone", &set("kind", json!("yes_no")), text("1"));
    assert_eq!(kind, (Some(Again::Kind), true, None));
    let newer = json!({ "consent": { "rev": 3, "text": "T" } });
    let consent = again("agree", &set("kind", newer), Answer::Agreed(2));
    assert_eq!(consent, (Some(Again::Text), true, None));
    let fewer = |question: &mut Value| {
        question["kind"]["rank"]["choices"][0]["retired"] = json!(true);
    };
    let ranked = Answer::Ranked(vec![Slug::from("a"), Slug::from("c")]);
    let rest = Answer::Ranked(vec![Slug::from("c")]);
    assert_eq!(
        again("rank", &fewer, ranked),
        (Some(Again::Choice), true, Some(rest))
    );
    let several = json!({ "multi": { "choices": [{ "id": "a", "label": "A" }, { "id": "b", "label": "B" }], "max": 2 } });
    let wider = again("single", &set("kind", several), Answer::one("a"));
    assert_eq!(wider, (None, false, Some(Answer::some(&["a"]))));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn the_page_says_what_concerns_this_person_and_nothing_else() {
    let from = every_kind();
    let to = with(&from, "phone", set("required", json!("always")));
    let to = with(&to, "cv", set("label", json!("Your CV")));
    let to = with(&to, "single", set("rev", json!(1)));
    let to = with(
        &to,
        "date",
        set("kind", json!({ "date": { "from": "2018-06-01" } })),
    );
    let to = with(&to, "lines", set("seen_by", json!(["partner"])));
    let to = with(&to, "many", set("label", json!("Quite many?")));
    let to = without(&to, "zone");
    let to = with(&to, "old", set("retired", json!(false)));
    let given = answers([
        ("short", text("Ana")),
        ("single", Answer::one("a")),
        ("date", text("2018-03-02")),
        ("lines", Answer::Lines(vec!["x".to_owned()])),
        ("zone", text("Pacific/Guam")),
    ]);
    let (forwarded, news) = what_changed(&from, &to, (&given, &Answers::new()), false);
    let said: Vec<_> = news
        .iter()
        .map(|news| (news.question.0.as_str(), news.what.clone()))
        .collect();
    let partner = BTreeSet::from([Audience::Partner]);
    let expected = [
        ("phone", NewsOf::NowRequired),
        ("lines", NewsOf::Opened { to: partner }),
        (
            "date",
            NewsOf::NowWrong {
                problem: ProblemCode::DateOutOfRange,
            },
        ),
        (
            "single",
            NewsOf::Again {
                why: Again::Meaning,
            },
        ),
        (
            "old",
            NewsOf::New {
                required: true,
                restored: false,
            },
        ),
        ("cv", NewsOf::Reworded),
        ("zone", NewsOf::Gone),
    ];
    assert_eq!(said, expected);
    assert_eq!(forwarded.aside.len(), 2);
    let page = |id: &str| {
        news.iter()
            .find(|news| news.question.0 == id)
            .unwrap()
            .page
            .clone()
    };
    assert_eq!((page("phone"), page("zone")), (Some("texts".into()), None));
}

#[test]
fn whom_a_version_concerns_is_counted_without_saying_who() {
    let from = every_kind();
    let to = with(&from, "phone", set("required", json!("always")));
    let to = without(&to, "zone");
    let people = [
        answers([("phone", text("1"))]),
        answers([("zone", text("Pacific/Guam"))]),
        answers([("phone", text("1")), ("zone", text("Pacific/Guam"))]),
    ];
    let mut concerned = Concerned::default();
    for person in &people {
        concerned.add(&effect(&from, &to, person, false));
    }
    assert_eq!(
        (concerned.all, concerned.concerned, concerned.stopped),
        (3, 2, 1)
    );
    assert_eq!(concerned.questions[&"phone".into()].required, 1);
    assert_eq!(concerned.questions[&"zone".into()].lost, 2);
}

#[test]
fn an_export_has_a_column_for_every_question_that_was_ever_asked() {
    let first = every_kind();
    let second = without(&first, "zone");
    let all = columns(&[first.clone(), second.clone()]);
    let zone = all
        .iter()
        .find(|column| column.question.0 == "zone")
        .unwrap();
    assert_eq!(zone.versions, [first.version]);
    let phone = all
        .iter()
        .find(|column| column.question.0 == "phone")
        .unwrap();
    assert_eq!(phone.versions, [first.version, second.version]);
    assert_eq!(all.last().unwrap().question.0, "zone");
}

#[test]
fn what_was_shown_if_its_owner_said_so_and_is_shown_anyway_is_shown_to_more() {
    let asks = default_form(Role::Mentee).unwrap();
    let shows = with(&asks, "pronouns", set("seen_by", json!(["partner"])));
    let to = BTreeSet::from([Audience::Partner]);
    let whats = |from: &FormDef, to: &FormDef| -> Vec<What> {
        let changes = difference(from, to).changes.into_iter();
        changes.map(|change| change.what).collect()
    };
    assert_eq!(whats(&asks, &shows), [What::ShownToMore { to: to.clone() }]);
    assert_eq!(whats(&shows, &asks), [What::ShownToFewer { to }]);
}

/// One of the things that authors do, to one of the questions.
fn changed(form: &FormDef, question_idx: usize, act: u8) -> FormDef {
    let count = form.questions().count();
    let id = form
        .questions()
        .nth(question_idx % count)
        .unwrap()
        .id
        .clone();
    if act == 0 {
        return without(form, &id.0);
    }
    let mut form = form.clone();
    form.version += 1;
    let questions = form
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages)
        .flat_map(|page| &mut page.questions);
    for question in questions.filter(|question| question.id == id) {
        match act {
            1 => question.retired = true,
            2 => question.rev += 1,
            3 => question.required = Required::Always,
            4 => question.kind = Kind::Phone,
            5 => question.seen_by = vec![Audience::Partner],
            _ => match &mut question.kind {
                Kind::Single { choices, .. }
                | Kind::Multi { choices, .. }
                | Kind::Rank { choices, .. }
                | Kind::Grid { rows: choices, .. } => {
                    choices.pop();
                }
                kind => *kind = Kind::YesNo,
            },
        }
    }
    form
}

fn kept_by(form: &FormDef, answers: Answers) -> Answers {
    answers
        .into_iter()
        .filter_map(|(id, answer)| {
            let kept = well_formed(form.question(&id)?, &answer).ok()?;
            Some((id, kept))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn a_version_does_not_differ_from_itself((form, answers) in form_and_answers(), returning: bool) {
        prop_assert_eq!(difference(form, form).changes, vec![]);
        prop_assert!(effect(form, form, &answers, returning).is_none());
        let same = forward(form, form, &answers, &Answers::new());
        prop_assert_eq!(same.aside, Answers::new());
        prop_assert_eq!(same.kept, answers);
    }

    #[test]
    fn a_draft_that_goes_on_loses_nothing_and_can_be_saved(
        (form, answers) in form_and_answers(),
        acts in prop::collection::vec((0..200_usize, 0..7_u8), 1..6),
    ) {
        let answers = kept_by(form, answers);
        let to = acts.iter().fold(form.clone(), |form, (idx, act)| changed(&form, *idx, *act));
        let forwarded = forward(form, &to, &answers, &Answers::new());
        for (id, answer) in &answers {
            let is_kept = forwarded.kept.contains_key(id);
            let is_aside = forwarded.aside.get(id) == Some(answer);
            prop_assert!(is_aside || (is_kept && !forwarded.again.contains_key(id)), "{}", id);
        }
        for (id, answer) in &forwarded.kept {
            let question = to.question(id).unwrap();
            prop_assert_eq!(well_formed(question, answer), Ok(answer.clone()));
        }
        prop_assert!(forwarded.again.keys().all(|id| answers.contains_key(id)));
    }

    #[test]
    fn every_effect_on_somebody_stands_in_the_difference_or_follows_from_a_condition(
        (form, answers) in form_and_answers(),
        act in (0..200_usize, 0..7_u8),
        returning: bool,
    ) {
        let answers = kept_by(form, answers);
        let to = changed(form, act.0, act.1);
        let found = difference(form, &to);
        let is_concerned = !effect(form, &to, &answers, returning).is_none();
        prop_assert!(!is_concerned || !found.changes.is_empty());
        let (_, news) = what_changed(form, &to, (&answers, &Answers::new()), returning);
        let by_question: BTreeMap<_, _> = news.iter().map(|news| (&news.question, news)).collect();
        let effect = effect(form, &to, &answers, returning);
        for id in effect.required.iter().chain(&effect.wrong) {
            prop_assert!(by_question.contains_key(id), "{}", id);
        }
    }
}
