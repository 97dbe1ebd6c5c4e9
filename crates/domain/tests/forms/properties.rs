//! What holds of the form engine whatever is answered.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::condition::Given;
use tandem_domain::form::count::count;
use tandem_domain::form::definition::{FormDef, Kind, QuestionId, Slug, Unit};
use tandem_domain::form::shape::well_formed;
use tandem_domain::text::{as_typed, fold, has_forbidden, normalise};

use crate::generate::{FORMS, any_answer, form_and_answers};

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
    fn what_no_condition_looks_at_decides_nothing(
        (form, answers) in form_and_answers(),
        returning: bool,
    ) {
        let deciding = form.deciding();
        let mut few = answers.clone();
        few.retain(|id, _| deciding.contains(id));
        let read = |answers| form.read(answers, returning).visible;
        prop_assert_eq!(read(&few), read(&answers));
        let (few, all) = (
            Given { answers: &few, returning },
            Given { answers: &answers, returning },
        );
        for question in form.questions() {
            prop_assert_eq!(question.is_required(few, None), question.is_required(all, None));
            let offered = |given| match &question.kind {
                Kind::Single { choices, .. } | Kind::Multi { choices, .. } => {
                    choices.iter().map(|choice| choice.is_offered(given)).collect()
                }
                _ => Vec::new(),
            };
            prop_assert_eq!(offered(few), offered(all));
        }
        // Not everything does decide something.
        prop_assert!(deciding.len() < form.questions().count());
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
