//! Hostile and unusual texts: nothing is lost, nothing is refused for its alphabet, everything
//! counts the same however it was typed.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Deserialize;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::count::{Standing, count, standing};
use tandem_domain::form::definition::{FormDef, Kind, QuestionId, TextLimit, Unit};
use tandem_domain::form::library::default_form;
use tandem_domain::form::shape::well_formed;
use tandem_domain::role::Role;
use tandem_domain::text::{as_typed, entries, fold, has_forbidden, line_as_typed, normalise};

#[derive(Debug, Deserialize)]
struct Hostile {
    category: String,
    name: String,
    text: String,
}

static CORPUS: LazyLock<Vec<Hostile>> =
    LazyLock::new(|| serde_json::from_str(include_str!("hostile.json")).unwrap());

static FORMS: LazyLock<Vec<FormDef>> = LazyLock::new(|| {
    Role::ALL
        .into_iter()
        .map(|role| default_form(role).unwrap())
        .collect()
});

fn hostile(name: &str) -> &'static str {
    let found = CORPUS.iter().find(|hostile| hostile.name == name);
    &found.unwrap().text
}

/// The letters and digits of a text, composed: what a person would miss.
fn letters(text: &str) -> String {
    normalise(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Every text limit of both forms, by question.
fn limits() -> Vec<(&'static FormDef, &'static QuestionId, TextLimit)> {
    let of = |kind: &Kind| match kind {
        Kind::ShortText { limit } | Kind::LongText { limit } => Some(*limit),
        _ => None,
    };
    FORMS
        .iter()
        .flat_map(|form| {
            form.questions()
                .filter_map(move |question| Some((form, &question.id, of(&question.kind)?)))
        })
        .collect()
}

fn of_length(length: u32, unit: Unit) -> String {
    let one = match unit {
        Unit::Words => "Straße ",
        Unit::Characters => "e\u{301}",
    };
    one.repeat(usize::try_from(length).unwrap())
}

#[test]
fn the_corpus_has_many_of_every_sort() {
    let categories: std::collections::BTreeSet<&str> = CORPUS
        .iter()
        .map(|hostile| hostile.category.as_str())
        .collect();
    assert_eq!(categories.len(), 11);
    assert!(CORPUS.len() >= 150);
}

#[test]
fn a_draft_keeps_every_text_with_all_its_letters() {
    for form in FORMS.iter() {
        for question in form.questions() {
            for Hostile { name, text, .. } in CORPUS.iter() {
                let answer = Answer::Text(text.clone());
                if !answer.fits(&question.kind) {
                    continue;
                }
                let kept = well_formed(question, &answer).unwrap();
                let Answer::Text(kept) = &kept else {
                    panic!("{name}");
                };
                assert_eq!(letters(kept), letters(text), "{name}");
                assert!(!has_forbidden(kept), "{name}");
                let sent = serde_json::to_string(kept).unwrap();
                assert_eq!(
                    serde_json::from_str::<String>(&sent).unwrap(),
                    *kept,
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn w_09_every_text_counts_the_same_however_it_was_typed() {
    for Hostile { name, text, .. } in CORPUS.iter() {
        let once = normalise(text);
        assert_eq!(normalise(&once), once, "{name}");
        assert_eq!(normalise(&as_typed(text)), once, "{name}");
        assert_eq!(fold(&fold(text)), fold(text), "{name}");
        for unit in [Unit::Words, Unit::Characters] {
            assert_eq!(count(text, unit), count(&once, unit), "{name}");
            let windows = once.replace('\n', "\r\n");
            assert_eq!(count(&windows, unit), count(&once, unit), "{name}");
        }
        assert_eq!(
            count(&once, Unit::Characters) == 0,
            once.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn what_can_be_seen_is_a_name_and_what_cannot_is_none() {
    let id = QuestionId::from("preferred_name");
    for Hostile { name, text, .. } in CORPUS.iter() {
        let answers = Answers::from([(id.clone(), Answer::Text(text.clone()))]);
        let problem = FORMS[0]
            .check(&answers, false)
            .into_iter()
            .find(|problem| problem.question == id)
            .map(|problem| problem.code);
        match problem {
            None => assert!(!normalise(text).is_empty(), "{name}"),
            Some(ProblemCode::Required) => assert_eq!(normalise(text), "", "{name}"),
            Some(ProblemCode::TooLong { count, .. }) => assert!(count > 132, "{name}"),
            Some(other) => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn counts_are_those_that_people_come_to() {
    for (name, words, characters) in [
        ("family", 0, 1),
        ("flags", 0, 2),
        ("flag of tags", 0, 1),
        ("keycap", 1, 1),
        ("hangul in parts", 1, 2),
        ("japanese", 10, 10),
        ("chinese with digits", 9, 10),
        ("persian with its joiner", 1, 8),
        ("breaks of three systems", 4, 7),
        ("bullets", 3, 19),
        ("null inside", 1, 3),
        ("all of c0", 0, 0),
        ("soft hyphens", 1, 12),
        ("marks in another order", 2, 3),
        ("name with an apostrophe", 3, 23),
        ("dashes", 3, 19),
    ] {
        let text = hostile(name);
        let counts = (count(text, Unit::Words), count(text, Unit::Characters));
        assert_eq!(counts, (words, characters), "{name}");
    }
}

#[test]
fn a_tenth_above_the_limit_warns_and_more_stops_sending_but_never_a_save() {
    let all = limits();
    assert!(all.len() > 20);
    for (form, id, limit) in all {
        assert_eq!(limit.hard, limit.max + limit.max / 10, "{id}");
        let question = form.question(id).unwrap();
        let at = |length: u32| {
            let answer = Answer::Text(of_length(length, limit.unit));
            // Asked or not, the answer is looked at by itself.
            let mut alone = form.clone();
            for question in alone
                .sections
                .iter_mut()
                .flat_map(|s| &mut s.pages)
                .flat_map(|p| &mut p.questions)
            {
                question.visible = None;
            }
            let problems = alone.check(&Answers::from([(id.clone(), answer.clone())]), false);
            let stops = problems.iter().any(|problem| problem.question == *id);
            assert!(well_formed(question, &answer).is_ok(), "{id}");
            (stops, standing(length, limit))
        };
        assert_eq!(at(limit.max), (false, Standing::Near), "{id}");
        assert_eq!(at(limit.max + 1), (false, Standing::Over), "{id}");
        assert_eq!(at(limit.hard), (false, Standing::Over), "{id}");
        assert_eq!(at(limit.hard + 1), (true, Standing::OverHard), "{id}");
    }
}

#[test]
fn half_a_surrogate_is_no_text_at_all() {
    assert!(serde_json::from_str::<Answer>(r#"{"text":"\ud83d"}"#).is_err());
    assert!(serde_json::from_str::<Answer>(r#"{"text":"\ud83d\ude00"}"#).is_ok());
}

#[test]
fn pasted_lists_are_taken_apart_and_nothing_in_them_is_lost() {
    assert_eq!(entries(hostile("bullets")), ["one", "two", "three"]);
    assert_eq!(entries(hostile("numbers")), ["one", "two", "ten"]);
    assert_eq!(entries(hostile("dashes")), ["one", "two", "three"]);
    assert_eq!(entries(hostile("semicolons")), ["one", "two", "three"]);
    assert_eq!(
        entries(hostile("table")),
        ["Ana ana@mail.example", "Bo bo@mail.example"]
    );
    assert_eq!(entries(hostile("blank lines")), ["one", "two"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_mix_of_hostile_texts_is_settled_by_settling_it_once(
        picks in prop::collection::vec((0..200_usize, any::<bool>()), 0..6),
    ) {
        let mut text = String::new();
        for (pick, is_spaced) in picks {
            text.push_str(&CORPUS[pick % CORPUS.len()].text);
            text.push_str(if is_spaced { " " } else { "" });
        }
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once.clone());
        let typed = as_typed(&text);
        prop_assert_eq!(as_typed(&typed), typed.clone());
        prop_assert_eq!(normalise(&typed), once);
        prop_assert!(!has_forbidden(&line_as_typed(&text)));
    }

    #[test]
    fn an_entry_of_a_list_is_one_line_and_no_letter_falls_between(
        lines in prop::collection::vec("[A-Za-zéß 李,.]{0,20}", 0..8),
    ) {
        let pasted = lines.join("\r\n");
        let found = entries(&pasted);
        prop_assert!(found.iter().all(|entry| !entry.is_empty() && !entry.contains('\n')));
        prop_assert_eq!(letters(&found.join(" ")), letters(&pasted));
    }

    #[test]
    fn words_of_two_texts_add_up(one in "\\PC{0,40}", other in "\\PC{0,40}") {
        let both = count(&format!("{one}\n{other}"), Unit::Words);
        prop_assert_eq!(both, count(&one, Unit::Words) + count(&other, Unit::Words));
    }
}
