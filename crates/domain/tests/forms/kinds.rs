//! What each kind of question takes and refuses, in a form that has every kind.

use std::sync::LazyLock;

use chrono::NaiveDate;
use tandem_domain::form::answer::{Answer, Answers, Upload};
use tandem_domain::form::check::{FieldProblem, ProblemCode};
use tandem_domain::form::definition::{FileFormat, FormDef, QuestionId};
use tandem_domain::form::number::Decimal;
use tandem_domain::form::shape::well_formed;

static FORM: LazyLock<FormDef> =
    LazyLock::new(|| serde_json::from_str(include_str!("every_kind.json")).unwrap());

fn answers<const N: usize>(list: [(&str, Answer); N]) -> Answers {
    list.into_iter()
        .map(|(id, answer)| (QuestionId::from(id), answer))
        .collect()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn find(problems: Vec<FieldProblem>, id: &str) -> Option<ProblemCode> {
    problems
        .into_iter()
        .find(|problem| problem.question.0 == id)
        .map(|problem| problem.code)
}

/// What is wrong with one answer by itself.
fn wrong(id: &str, answer: Answer) -> Option<ProblemCode> {
    find(FORM.check(&answers([(id, answer)]), false), id)
}

fn counts(id: &str, answer: Answer) -> Option<Answer> {
    FORM.read(&answers([(id, answer)]), false)
        .answers
        .remove(&QuestionId::from(id))
}

fn asks(given: &Answers, id: &str) -> bool {
    FORM.read(given, false)
        .visible
        .contains(&QuestionId::from(id))
}

#[test]
fn a_form_of_every_kind_survives_being_written_and_read() {
    let written = serde_json::to_string(&*FORM).unwrap();
    assert_eq!(serde_json::from_str::<FormDef>(&written).unwrap(), *FORM);
}

#[test]
fn a_number_is_read_from_what_was_typed_and_held_to_its_ends_and_steps() {
    assert_eq!(counts("number", text(" 2,50 ")), Some(text("2.5")));
    assert_eq!(wrong("number", text("2,5")), None);
    assert_eq!(wrong("number", text("two")), Some(ProblemCode::NotANumber));
    let step = Decimal::parse("0.5").unwrap();
    let out = ProblemCode::NumberOutOfRange {
        min: Some(step),
        max: Some(Decimal::whole(40)),
    };
    assert_eq!(wrong("number", text("0")), Some(out.clone()));
    assert_eq!(wrong("number", text("40.5")), Some(out));
    assert_eq!(
        wrong("number", text("2.25")),
        Some(ProblemCode::NotAStep { step })
    );
}

#[test]
fn conditions_look_at_numbers_and_steps_of_a_scale() {
    let hours = |hours: &str| answers([("number", text(hours))]);
    assert!(asks(&hours("10"), "many") && !asks(&hours("9.5"), "many"));
    assert!(asks(&hours("2.5"), "few") && !asks(&hours("3"), "few"));
    assert!(!asks(&hours("many"), "many") && !asks(&hours("none"), "few"));
    let agreed = |step: &str| answers([("scale", Answer::one(step))]);
    assert!(asks(&agreed("2"), "why_low") && !asks(&agreed("3"), "why_low"));
}

#[test]
fn a_day_is_kept_as_typed_and_counts_as_a_day() {
    assert_eq!(counts("date", text("2018-3-2")), Some(text("2018-03-02")));
    assert_eq!(wrong("date", text("2018-3-2")), None);
    assert_eq!(
        wrong("date", text("2018-2-30")),
        Some(ProblemCode::NotADate)
    );
    assert_eq!(wrong("date", text("31--")), Some(ProblemCode::NotADate));
    assert_eq!(
        wrong("date", text("2017-12-31")),
        Some(ProblemCode::DateOutOfRange)
    );
    let question = FORM.question(&QuestionId::from("date")).unwrap();
    assert_eq!(well_formed(question, &text("31--")), Ok(text("31--")));
}

#[test]
fn what_is_required_from_a_day_on_is_not_before() {
    let on = |today: &str| find(FORM.check_on(&Answers::new(), false, day(today)), "date");
    assert_eq!(on("2018-01-31"), None);
    assert_eq!(on("2018-02-01"), Some(ProblemCode::Required));
}

#[test]
fn an_answer_is_frozen_from_its_day_on() {
    let hours = FORM.question(&QuestionId::from("hours")).unwrap();
    assert!(!hours.is_frozen(day("2018-02-28")));
    assert!(hours.is_frozen(day("2018-03-01")));
}

#[test]
fn a_consent_counts_for_the_text_that_was_read() {
    assert_eq!(wrong("agree", Answer::Agreed(2)), None);
    assert_eq!(
        wrong("agree", Answer::Agreed(1)),
        Some(ProblemCode::MustConfirm)
    );
    assert!(asks(&answers([("agree", Answer::Agreed(2))]), "tick"));
    assert!(!asks(&answers([("agree", Answer::Agreed(1))]), "tick"));
}

#[test]
fn a_scale_has_the_numbers_between_its_ends() {
    assert_eq!(counts("scale", Answer::one("5")), Some(Answer::one("5")));
    for step in ["0", "6", "05", "2.5", ""] {
        assert_eq!(counts("scale", Answer::one(step)), None, "{step}");
    }
}

#[test]
fn what_is_retired_is_neither_asked_nor_offered() {
    assert!(!asks(&Answers::new(), "old"));
    assert_eq!(counts("single", Answer::one("gone")), None);
    let question = FORM.question(&QuestionId::from("single")).unwrap();
    let kept = well_formed(question, &Answer::one("gone"));
    assert_eq!(kept, Ok(Answer::one("gone")));
}

#[test]
fn a_section_is_asked_under_its_condition() {
    let mut form = FORM.clone();
    let cond = serde_json::from_str(r#"{ "answered": "phone" }"#).unwrap();
    form.sections[1].visible = Some(cond);
    let asks = |answers: &Answers| form.read(answers, false).visible.contains(&"agree".into());
    assert!(!asks(&Answers::new()));
    assert!(asks(&answers([("phone", text("1"))])));
}

#[test]
fn files_are_of_the_wanted_formats_and_sizes_and_text_may_stand_for_them() {
    let file = |format, bytes| Upload {
        id: "u1".to_owned(),
        name: "cv.pdf".to_owned(),
        bytes,
        format,
    };
    let files = |files: &[Upload], text: Option<&str>| Answer::Files {
        files: files.to_vec(),
        text: text.map(str::to_owned),
    };
    let pdf = file(FileFormat::Pdf, 1_000);
    assert_eq!(wrong("cv", files(std::slice::from_ref(&pdf), None)), None);
    assert_eq!(
        wrong("cv", files(&[], Some("ten years of cataloging"))),
        None
    );
    assert_eq!(counts("cv", files(&[], Some(" \n"))), None);
    assert_eq!(
        wrong("cv", files(&[file(FileFormat::Docx, 1)], None)),
        Some(ProblemCode::WrongFormat)
    );
    assert_eq!(
        wrong("cv", files(&[file(FileFormat::Pdf, 1_001)], None)),
        Some(ProblemCode::FileTooLarge { max: 1_000 })
    );
    assert_eq!(
        wrong("cv", files(&[pdf.clone(), pdf], None)),
        Some(ProblemCode::TooMany { count: 2, max: 1 })
    );
    assert_eq!(
        wrong("cv", files(&[], Some(&"word ".repeat(12)))),
        Some(ProblemCode::TooLong { count: 12, max: 10 })
    );
}

#[test]
fn each_round_is_asked_checked_and_pruned_by_itself() {
    let led = |title: &str, led: bool, team: &str| {
        answers([
            ("title", text(title)),
            ("led", Answer::Yes(led)),
            ("team", text(team)),
        ])
    };
    let rounds = |items: &[Answers]| Answer::Items(items.to_vec());
    let posts = rounds(&[led("Clerk", false, "3"), led(" Head ", true, "3")]);
    let kept = rounds(&[
        answers([("title", text("Clerk")), ("led", Answer::Yes(false))]),
        led("Head", true, "3"),
    ]);
    assert_eq!(counts("posts", posts.clone()), Some(kept));
    assert_eq!(wrong("posts", posts), None);
    let untitled = rounds(&[led("Clerk", false, ""), led("", true, "0")]);
    let in_second = |at: &str, problem| {
        Some(ProblemCode::InItem {
            item: 1,
            at: at.into(),
            problem: Box::new(problem),
        })
    };
    assert_eq!(
        wrong("posts", untitled),
        in_second("title", ProblemCode::Required)
    );
    let blank = rounds(&[Answers::new(), answers([("title", text(" "))])]);
    assert_eq!(counts("posts", blank), None);
    let four = rounds(&vec![led("Clerk", false, ""); 4]);
    assert_eq!(
        wrong("posts", four),
        Some(ProblemCode::TooMany { count: 4, max: 3 })
    );
}

#[test]
fn a_round_may_require_what_an_answer_outside_calls_for() {
    let led = answers([("title", text("Head")), ("led", Answer::Yes(true))]);
    let posts = Answer::Items(vec![led]);
    assert_eq!(wrong("posts", posts.clone()), None);
    let given = answers([("short", text("Ana")), ("posts", posts)]);
    let problem = find(FORM.check(&given, false), "posts");
    let missing = ProblemCode::InItem {
        item: 0,
        at: "team".into(),
        problem: Box::new(ProblemCode::Required),
    };
    assert_eq!(problem, Some(missing));
}

#[test]
fn a_draft_keeps_rounds_of_the_right_shape_and_no_rounds_within_rounds() {
    let posts = FORM.question(&QuestionId::from("posts")).unwrap();
    let half = Answer::Items(vec![answers([("team", text("about 3"))])]);
    assert_eq!(well_formed(posts, &half), Ok(half.clone()));
    let odd = Answer::Items(vec![answers([("team", Answer::Yes(true))])]);
    assert_eq!(well_formed(posts, &odd), Err(ProblemCode::WrongKind));
    let unknown = Answer::Items(vec![answers([("salary", text("1"))])]);
    assert_eq!(well_formed(posts, &unknown), Err(ProblemCode::WrongKind));
}
