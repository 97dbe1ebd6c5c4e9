//! Forms, and answers of every shape to their questions.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use tandem_domain::form::answer::{
    Answer, Answers, DayPart, DayRange, HourBlock, NamedPerson, Upload, WeeklyHours,
};
use tandem_domain::form::definition::{Choice, FileFormat, FormDef, Kind, Question, Slug};
use tandem_domain::form::library::default_form;
use tandem_domain::role::Role;

/// The forms of both roles, and one that has every kind of question.
pub static FORMS: LazyLock<Vec<FormDef>> = LazyLock::new(|| {
    let every_kind = serde_json::from_str(include_str!("every_kind.json")).unwrap();
    Role::ALL
        .into_iter()
        .map(|role| default_form(role).unwrap())
        .chain([every_kind])
        .collect()
});

pub fn slugs(choices: &[Choice]) -> Vec<Slug> {
    choices.iter().map(|choice| choice.id.clone()).collect()
}

/// Every choice, row, step and reason of both forms, and a few that are none.
pub static SLUGS: LazyLock<Vec<Slug>> = LazyLock::new(|| {
    let lists = FORMS
        .iter()
        .flat_map(FormDef::questions)
        .flat_map(|question| match &question.kind {
            Kind::Single { choices, .. }
            | Kind::Multi { choices, .. }
            | Kind::Rank { choices, .. } => slugs(choices),
            Kind::Grid { rows, scale, .. } => [slugs(rows), slugs(scale)].concat(),
            Kind::People { reasons, .. } => slugs(reasons),
            _ => vec![],
        });
    let all: BTreeSet<Slug> = lists
        .chain([Slug::from("unheard_of"), Slug::from("")])
        .collect();
    all.into_iter().collect()
});

pub fn slug_among(known: Vec<Slug>) -> BoxedStrategy<Slug> {
    if known.is_empty() {
        return prop::sample::select(SLUGS.clone()).boxed();
    }
    prop_oneof![
        9 => prop::sample::select(known),
        1 => prop::sample::select(SLUGS.clone()),
    ]
    .boxed()
}

pub fn written() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[\\PC\\s]{0,40}",
        2 => any::<String>(),
        1 => Just("https://example.org/me".to_owned()),
        1 => Just("ada@mail.example".to_owned()),
        1 => Just("Pacific/Guam".to_owned()),
        1 => Just("word ".repeat(120)),
    ]
}

pub fn day() -> impl Strategy<Value = NaiveDate> {
    any::<i32>().prop_map(|number| NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default())
}

pub fn hours() -> impl Strategy<Value = WeeklyHours> {
    let block = (0..9_u8, prop::sample::select(DayPart::ALL.to_vec()))
        .prop_map(|(day, part)| HourBlock { day, part });
    (btree_set(block, 0..6), any::<bool>())
        .prop_map(|(blocks, varies)| WeeklyHours { blocks, varies })
}

pub fn person() -> impl Strategy<Value = NamedPerson> {
    (written(), written(), option::of(slug_among(vec![]))).prop_map(|(name, contact, reason)| {
        NamedPerson {
            name,
            contact,
            reason,
        }
    })
}

pub fn files() -> impl Strategy<Value = Answer> {
    let format = prop::sample::select(vec![FileFormat::Pdf, FileFormat::Docx, FileFormat::Txt]);
    let file =
        (written(), written(), 0..2_000_u32, format).prop_map(|(id, name, bytes, format)| Upload {
            id,
            name,
            bytes,
            format,
        });
    (vec(file, 0..3), option::of(written())).prop_map(|(files, text)| Answer::Files { files, text })
}

/// Rounds of answers that mostly fit the questions.
pub fn items(questions: &[Question]) -> BoxedStrategy<Answer> {
    let each: Vec<_> = questions
        .iter()
        .map(|question| {
            let id = question.id.clone();
            option::weighted(0.7, answer_to(&question.kind))
                .prop_map(move |answer| answer.map(|answer| (id.clone(), answer)))
        })
        .collect();
    let item = each.prop_map(|each| each.into_iter().flatten().collect::<Answers>());
    vec(item, 0..5).prop_map(Answer::Items).boxed()
}

/// An answer of any shape, its choices mostly among the known ones.
pub fn any_answer(known: Vec<Slug>) -> impl Strategy<Value = Answer> {
    let slug = slug_among(known);
    prop_oneof![
        written().prop_map(Answer::Text),
        any::<bool>().prop_map(Answer::Yes),
        (option::of(slug.clone()), option::of(written()))
            .prop_map(|(choice, other)| Answer::One { choice, other }),
        (btree_set(slug.clone(), 0..8), option::of(written()))
            .prop_map(|(choices, other)| Answer::Some { choices, other }),
        vec(slug.clone(), 0..5).prop_map(Answer::Ranked),
        btree_map(slug.clone(), slug, 0..6).prop_map(Answer::Grid),
        vec(written(), 0..6).prop_map(Answer::Lines),
        (any::<i32>(), any::<u32>()).prop_map(|(year, month)| Answer::YearMonth { year, month }),
        (-50..10_000_i32, 0..14_u32).prop_map(|(year, month)| Answer::YearMonth { year, month }),
        ("[A-Za-z]{0,3}|US|GU|CA", option::of("[A-Z]{0,4}|GU|OH"))
            .prop_map(|(country, region)| Answer::Place { country, region }),
        vec(
            (day(), day()).prop_map(|(from, to)| DayRange { from, to }),
            0..5
        )
        .prop_map(Answer::Ranges),
        hours().prop_map(Answer::Hours),
        vec(person(), 0..7).prop_map(Answer::People),
        any::<u16>().prop_map(Answer::Agreed),
        files(),
    ]
}

/// An answer that mostly fits the kind.
pub fn answer_to(kind: &Kind) -> BoxedStrategy<Answer> {
    let known = match kind {
        Kind::Single { choices, .. } | Kind::Multi { choices, .. } | Kind::Rank { choices, .. } => {
            slugs(choices)
        }
        Kind::Grid { rows, .. } => slugs(rows),
        _ => vec![],
    };
    let steps = match kind {
        Kind::Grid { scale, .. } => slugs(scale),
        _ => vec![],
    };
    let slug = slug_among(known.clone());
    let fitting = match kind {
        Kind::Confirm | Kind::YesNo => any::<bool>().prop_map(Answer::Yes).boxed(),
        Kind::Single { .. } => (
            option::weighted(0.8, slug),
            option::weighted(0.2, written()),
        )
            .prop_map(|(choice, other)| Answer::One { choice, other })
            .boxed(),
        Kind::Multi { .. } => (btree_set(slug, 0..5), option::weighted(0.2, written()))
            .prop_map(|(choices, other)| Answer::Some { choices, other })
            .boxed(),
        Kind::Rank { .. } => vec(slug, 0..4).prop_map(Answer::Ranked).boxed(),
        Kind::Grid { .. } => btree_map(slug, slug_among(steps), 0..6)
            .prop_map(Answer::Grid)
            .boxed(),
        Kind::WeeklyHours { .. } => hours().prop_map(Answer::Hours).boxed(),
        Kind::People { .. } => vec(person(), 0..6).prop_map(Answer::People).boxed(),
        Kind::Links { .. } | Kind::Lines { .. } => {
            vec(written(), 0..5).prop_map(Answer::Lines).boxed()
        }
        Kind::ShortText { .. }
        | Kind::LongText { .. }
        | Kind::Email
        | Kind::Phone
        | Kind::TimeZone => written().prop_map(Answer::Text).boxed(),
        Kind::Number { .. } => "[−-]?[0-9]{1,3}([.,][0-9]{1,4})?|[a-z ]{0,5}"
            .prop_map(Answer::Text)
            .boxed(),
        Kind::Date { .. } => "201[6-9]-[01]?[0-9]-[0-3]?[0-9]|[a-z -]{0,5}"
            .prop_map(Answer::Text)
            .boxed(),
        Kind::Scale { .. } => (0..7_u8)
            .prop_map(|step| Answer::one(&step.to_string()))
            .boxed(),
        Kind::Consent { .. } => (0..4_u16).prop_map(Answer::Agreed).boxed(),
        Kind::File { .. } => files().boxed(),
        Kind::Repeat { questions, .. } => items(questions),
        Kind::YearMonth | Kind::Place | Kind::DateRanges { .. } | Kind::Info => {
            any_answer(vec![]).boxed()
        }
    };
    prop_oneof![9 => fitting, 1 => any_answer(known)].boxed()
}

/// A form and answers to some of its questions.
pub fn form_and_answers() -> impl Strategy<Value = (&'static FormDef, Answers)> {
    let forms: Vec<&FormDef> = FORMS.iter().collect();
    prop::sample::select(forms).prop_flat_map(|form| {
        let each: Vec<_> = form
            .questions()
            .map(|question| {
                let id = question.id.clone();
                option::weighted(0.7, answer_to(&question.kind))
                    .prop_map(move |answer| answer.map(|answer| (id.clone(), answer)))
            })
            .collect();
        each.prop_map(move |each| (form, each.into_iter().flatten().collect()))
    })
}
