//! Answers that fill in any form.

use tandem_domain::form::answer::{Answer, Answers, DayPart, HourBlock, WeeklyHours};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::{FormDef, Kind, Question};

/// Answers that let the form be sent: each question that stops it gets one that fits.
pub fn complete(form: &FormDef) -> Answers {
    let mut answers = Answers::new();
    loop {
        let problems = form.check(&answers, false);
        if problems.is_empty() {
            return answers;
        }
        for problem in problems {
            let missing = matches!(
                problem.code,
                ProblemCode::Required | ProblemCode::MustConfirm
            );
            assert!(missing, "{problem:?}");
            let question = form.question(&problem.question).unwrap();
            answers.insert(question.id.clone(), fitting(question));
        }
    }
}

fn fitting(question: &Question) -> Answer {
    match &question.kind {
        Kind::ShortText { .. } => Answer::Text(format!("Some {}", question.id)),
        Kind::LongText { .. } => Answer::Text("plain words and more of them ".repeat(11)),
        Kind::Email => Answer::Text("somebody@mail.example".into()),
        Kind::Phone => Answer::Text("+1 671 555 0100".into()),
        Kind::Confirm => Answer::Yes(true),
        Kind::YesNo => Answer::Yes(false),
        Kind::Single { choices, .. } => Answer::one(&choices[0].id.0),
        Kind::Multi { choices, .. } => Answer::some(&[choices[0].id.0.as_str()]),
        Kind::Rank { choices, .. } => Answer::Ranked(vec![choices[0].id.clone()]),
        Kind::Grid {
            rows, needs_one_of, ..
        } => Answer::Grid([(rows[0].id.clone(), needs_one_of[0].clone())].into()),
        Kind::TimeZone => Answer::Text("America/Chicago".into()),
        Kind::WeeklyHours { .. } => {
            let block = |day| HourBlock {
                day,
                part: DayPart::Evening,
            };
            Answer::Hours(WeeklyHours {
                blocks: (0..5).map(block).collect(),
                varies: false,
            })
        }
        Kind::Place => Answer::Place {
            country: "US".into(),
            region: Some("IL".into()),
        },
        Kind::YearMonth => Answer::YearMonth {
            year: 2018,
            month: 5,
        },
        kind => panic!("no answer for {kind:?}"),
    }
}
