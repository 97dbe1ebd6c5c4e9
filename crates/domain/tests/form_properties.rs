//! What holds of the form engine whatever is answered.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use tandem_domain::form::answer::{
    Answer, Answers, DayPart, DayRange, HourBlock, NamedPerson, Upload, WeeklyHours,
};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::count::count;
use tandem_domain::form::definition::{
    Choice, FileFormat, FormDef, Kind, Question, QuestionId, Slug, Unit,
};
use tandem_domain::form::library::default_form;
use tandem_domain::form::shape::well_formed;
use tandem_domain::role::Role;
use tandem_domain::text::{as_typed, fold, has_forbidden, normalise};

/// The forms of both roles, and one that has every kind of question.
static FORMS: LazyLock<Vec<FormDef>> = LazyLock::new(|| {
    let every_kind = serde_json::from_str(include_str!("forms/every_kind.json")).unwrap();
    Role::ALL
        .into_iter()
        .map(|role| default_form(role).unwrap())
        .chain([every_kind])
        .collect()
});

fn slugs(choices: &[Choice]) -> Vec<Slug> {
    choices.iter().map(|choice| choice.id.clone()).collect()
}

/// Every choice, row, step and reason of both forms, and a few that are none.
static SLUGS: LazyLock<Vec<Slug>> = LazyLock::new(|| {
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

fn slug_among(known: Vec<Slug>) -> BoxedStrategy<Slug> {
    if known.is_empty() {
        return prop::sample::select(SLUGS.clone()).boxed();
    }
    prop_oneof![
        9 => prop::sample::select(known),
        1 => prop::sample::select(SLUGS.clone()),
    ]
    .boxed()
}

fn written() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[\\PC\\s]{0,40}",
        2 => any::<String>(),
        1 => Just("https://example.org/me".to_owned()),
        1 => Just("ada@mail.example".to_owned()),
        1 => Just("Pacific/Guam".to_owned()),
        1 => Just("word ".repeat(120)),
    ]
}

fn day() -> impl Strategy<Value = NaiveDate> {
    any::<i32>().prop_map(|number| NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default())
}

fn hours() -> impl Strategy<Value = WeeklyHours> {
    let block = (0..9_u8, prop::sample::select(DayPart::ALL.to_vec()))
        .prop_map(|(day, part)| HourBlock { day, part });
    (btree_set(block, 0..6), any::<bool>())
        .prop_map(|(blocks, varies)| WeeklyHours { blocks, varies })
}

fn person() -> impl Strategy<Value = NamedPerson> {
    (written(), written(), option::of(slug_among(vec![]))).prop_map(|(name, contact, reason)| {
        NamedPerson {
            name,
            contact,
            reason,
        }
    })
}

fn files() -> impl Strategy<Value = Answer> {
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
fn items(questions: &[Question]) -> BoxedStrategy<Answer> {
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
fn any_answer(known: Vec<Slug>) -> impl Strategy<Value = Answer> {
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
fn answer_to(kind: &Kind) -> BoxedStrategy<Answer> {
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
fn form_and_answers() -> impl Strategy<Value = (&'static FormDef, Answers)> {
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

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn reading_what_was_read_changes_nothing(
        (form, answers) in form_and_answers(),
        returning: bool,
    ) {
        let reading = form.read(&answers, returning);
        prop_assert_eq!(form.read(&reading.answers, returning), reading);
    }

    #[test]
    fn what_is_hidden_is_neither_kept_nor_checked(
        (form, answers) in form_and_answers(),
        returning: bool,
    ) {
        let reading = form.read(&answers, returning);
        prop_assert!(reading.answers.keys().all(|id| reading.visible.contains(id)));
        for problem in form.check(&answers, returning) {
            prop_assert!(reading.visible.contains(&problem.question), "{}", problem.question);
        }
    }

    #[test]
    fn what_is_sent_is_checked_as_what_was_written(
        (form, answers) in form_and_answers(),
        returning: bool,
    ) {
        let reading = form.read(&answers, returning);
        let problems = form.check(&answers, returning);
        prop_assert_eq!(form.check(&reading.answers, returning), problems);
    }

    #[test]
    fn percent_is_whole_exactly_when_nothing_stops_sending(
        (form, answers) in form_and_answers(),
        returning: bool,
    ) {
        let reading = form.read(&answers, returning);
        let problems = form.check(&answers, returning);
        let percent = form.percent(&reading, &problems, returning);
        prop_assert_eq!(percent == 100, problems.is_empty());
    }

    #[test]
    fn keeping_a_draft_never_panics_and_keeps_only_what_fits(
        (question_idx, answer) in (0..200_usize, any_answer(vec![])),
    ) {
        let questions: Vec<_> = FORMS.iter().flat_map(FormDef::questions).collect();
        let question = questions[question_idx % questions.len()];
        if let Ok(kept) = well_formed(question, &answer) {
            prop_assert!(kept.fits(&question.kind));
            prop_assert!(!kept.texts().into_iter().any(has_forbidden));
            prop_assert_eq!(well_formed(question, &kept), Ok(kept));
        }
    }

    #[test]
    fn what_a_draft_keeps_means_the_same(
        (form, answers) in form_and_answers(),
    ) {
        let kept: Answers = form
            .questions()
            .filter_map(|question| {
                let kept = well_formed(question, answers.get(&question.id)?).ok()?;
                Some((question.id.clone(), kept))
            })
            .collect();
        let given: Answers = answers.into_iter().filter(|(id, _)| kept.contains_key(id)).collect();
        prop_assert_eq!(form.read(&kept, false), form.read(&given, false));
    }

    #[test]
    fn line_breaks_of_any_system_count_the_same(lines in vec("\\PC{0,12}", 0..8)) {
        for unit in [Unit::Words, Unit::Characters] {
            let unix = count(&lines.join("\n"), unit);
            prop_assert_eq!(count(&lines.join("\r\n"), unit), unix);
            prop_assert_eq!(count(&lines.join("\r"), unit), unix);
        }
    }

    #[test]
    fn a_name_in_any_alphabet_is_accepted(name in "\\PC{1,100}") {
        // A letter may carry more marks than are kept, but no name needs them.
        prop_assume!(!normalise(&name).is_empty());
        let id = QuestionId::from("preferred_name");
        for form in FORMS.iter() {
            let answers = Answers::from([(id.clone(), Answer::Text(name.clone()))]);
            prop_assert!(form.check(&answers, false).iter().all(|problem| problem.question != id));
        }
    }

    #[test]
    fn text_is_settled_by_settling_it_once(text: String) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once.clone());
        let typed = as_typed(&text);
        prop_assert_eq!(as_typed(&typed), typed.clone());
        prop_assert_eq!(normalise(&typed), once);
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn control_characters_never_get_into_a_draft_and_take_no_word_with_them(
        before in "[a-z]{1,5}", control in "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84]",
    ) {
        let answer = Answer::Text(format!("{before}{control}"));
        for question in FORMS.iter().flat_map(FormDef::questions).filter(|q| answer.fits(&q.kind)) {
            prop_assert_eq!(well_formed(question, &answer), Ok(Answer::Text(before.clone())));
        }
    }
}

#[test]
fn a_draft_keeps_what_is_typed_and_refuses_what_is_huge() {
    let form = &FORMS[0];
    let question = |id: &str| form.question(&QuestionId::from(id)).unwrap();
    let statement = question("e_statement");
    let typing = Answer::Text("I would \r\n".to_owned());
    assert_eq!(
        well_formed(statement, &typing),
        Ok(Answer::Text("I would \n".to_owned()))
    );
    let long = Answer::Text("word ".repeat(1_000));
    assert_eq!(well_formed(statement, &long), Ok(long.clone()));
    let huge = Answer::Text("x".repeat(20_001));
    let too_long = ProblemCode::TooLong {
        count: 20_001,
        max: 20_000,
    };
    assert_eq!(well_formed(statement, &huge), Err(too_long));
    let header = Answer::Text("Ada\nBcc: everybody".to_owned());
    assert_eq!(
        well_formed(question("preferred_name"), &header),
        Ok(Answer::Text("Ada Bcc: everybody".to_owned()))
    );
    assert_eq!(
        well_formed(question("e_areas"), &typing),
        Err(ProblemCode::WrongKind)
    );
    let twice = Answer::Ranked(vec![Slug::from("preservation"); 2]);
    assert_eq!(
        well_formed(question("e_areas"), &twice),
        Err(ProblemCode::Repeated)
    );
    let unknown = Answer::Grid(BTreeMap::from([(Slug::from("x"), Slug::from("some"))]));
    let areas = FORMS[1].question(&QuestionId::from("m_areas")).unwrap();
    assert_eq!(
        well_formed(areas, &unknown),
        Err(ProblemCode::UnknownChoice)
    );
}
