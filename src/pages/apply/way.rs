//! The way through a form: which pages there are for these answers, what comes next, and how far
//! each section has come.

use std::collections::{BTreeMap, BTreeSet};

use tandem_domain::form::answer::Answers;
use tandem_domain::form::check::{FieldProblem, ProblemCode};
use tandem_domain::form::definition::{FormDef, Kind, Page, QuestionId, Section};
use tandem_domain::order;

/// A page in its section, by their names in addresses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The section.
    pub section: String,
    /// The page.
    pub page: String,
}

/// How far a section has come, as the task list says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing answered.
    NotStarted,
    /// Something answered, something missing.
    InProgress,
    /// Nothing answered, and nothing has to be.
    Optional,
    /// Nothing is missing.
    Completed,
    /// An answer cannot stay as it is.
    Problem,
}

impl Standing {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotStarted => "Not yet started",
            Self::InProgress => "In progress",
            Self::Optional => "Optional",
            Self::Completed => "Completed",
            Self::Problem => "There is a problem",
        }
    }

    /// The word that the stylesheet knows it by.
    pub fn slug(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Optional => "optional",
            Self::Completed => "completed",
            Self::Problem => "problem",
        }
    }
}

impl Place {
    /// Of a section and one of its pages.
    pub fn of(section: &Section, page: &Page) -> Self {
        Self {
            section: section.id.0.clone(),
            page: page.id.0.clone(),
        }
    }

    /// Reads `section/page`.
    pub fn read(text: &str) -> Option<Self> {
        let (section, page) = text.split_once('/')?;
        Some(Self {
            section: section.to_owned(),
            page: page.to_owned(),
        })
    }

    /// As `section/page`.
    pub fn written(&self) -> String {
        format!("{}/{}", self.section, self.page)
    }
}

/// The pages that ask something, in order.
pub fn places(form: &FormDef, visible: &BTreeSet<QuestionId>) -> Vec<Place> {
    form.pages()
        .filter(|(_, page)| asks(page, visible))
        .map(|(section, page)| Place::of(section, page))
        .collect()
}

/// The page after this one, if there is one.
pub fn next(places: &[Place], here: &Place) -> Option<Place> {
    let place_idx = places.iter().position(|place| place == here)?;
    places.get(place_idx + 1).cloned()
}

/// The page before this one, if there is one.
pub fn previous(places: &[Place], here: &Place) -> Option<Place> {
    let place_idx = places.iter().position(|place| place == here)?;
    places.get(place_idx.checked_sub(1)?).cloned()
}

/// This page, or the nearest one before it that asks something.
pub fn nearest(form: &FormDef, places: &[Place], wanted: &Place) -> Option<Place> {
    if places.contains(wanted) {
        return Some(wanted.clone());
    }
    let all = form.pages().map(|(section, page)| Place::of(section, page));
    let before = order::set(all.take_while(|place| place != wanted));
    let is_known = form
        .pages()
        .any(|(section, page)| Place::of(section, page) == *wanted);
    let last_before = places.iter().rev().find(|place| before.contains(*place));
    last_before.filter(|_| is_known).or(places.first()).cloned()
}

/// The problems of the questions on one page, in their order.
pub fn of_page(problems: &[FieldProblem], page: &Page) -> Vec<FieldProblem> {
    let ids = order::set(page.questions.iter().map(|question| &question.id));
    problems
        .iter()
        .filter(|problem| ids.contains(&problem.question))
        .cloned()
        .collect()
}

/// How far a section has come. What is missing, or waits for a look, is no problem until somebody
/// wanted to go on.
pub fn standing(
    section: &Section,
    visible: &BTreeSet<QuestionId>,
    answers: &Answers,
    problems: &[FieldProblem],
    shown: &BTreeMap<QuestionId, ProblemCode>,
) -> Standing {
    let questions = section.pages.iter().flat_map(|page| &page.questions);
    let asked = order::set(
        questions
            .filter(|question| visible.contains(&question.id) && question.kind != Kind::Info)
            .map(|question| &question.id),
    );
    let own: Vec<_> = problems
        .iter()
        .filter(|problem| asked.contains(&problem.question))
        .collect();
    let is_missing = |code: &ProblemCode| {
        matches!(
            code,
            ProblemCode::Required | ProblemCode::MustConfirm | ProblemCode::Unconfirmed
        )
    };
    let is_wrong = own.iter().any(|problem| !is_missing(&problem.code))
        || asked.iter().any(|id| shown.contains_key(*id));
    let is_begun = asked.iter().any(|id| answers.contains_key(*id));
    match (is_wrong, is_begun, own.is_empty()) {
        (true, ..) => Standing::Problem,
        (false, true, true) => Standing::Completed,
        (false, true, false) => Standing::InProgress,
        (false, false, true) => Standing::Optional,
        (false, false, false) => Standing::NotStarted,
    }
}

/// How many sections are completed, and of how many that is. One in which nothing has to be
/// answered counts once something is.
pub fn completed(standings: &[Standing]) -> (usize, usize) {
    let n_of = |wanted: Standing| standings.iter().filter(|one| **one == wanted).count();
    let n_all = standings.len() - n_of(Standing::Optional);
    (n_of(Standing::Completed), n_all)
}

fn asks(page: &Page, visible: &BTreeSet<QuestionId>) -> bool {
    page.questions
        .iter()
        .any(|question| visible.contains(&question.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::apply::sample;
    use tandem_domain::form::answer::Answer;

    fn place(text: &str) -> Place {
        Place::read(text).unwrap()
    }

    fn visible(ids: &[&str]) -> BTreeSet<QuestionId> {
        ids.iter().map(|id| QuestionId::from(*id)).collect()
    }

    #[test]
    fn a_page_that_asks_nothing_is_passed_by() {
        let form = sample::form();
        let places = places(&form, &visible(&["name", "goal"]));
        assert_eq!(next(&places, &place("you/name")), Some(place("aims/goal")));
        assert_eq!(
            previous(&places, &place("aims/goal")),
            Some(place("you/name"))
        );
        assert_eq!(next(&places, &place("aims/goal")), None);
        assert_eq!(previous(&places, &place("you/name")), None);
    }

    #[test]
    fn w_14_an_address_of_a_page_that_asks_nothing_leads_to_the_one_before() {
        let form = sample::form();
        let places = places(&form, &visible(&["name", "goal"]));
        assert_eq!(
            nearest(&form, &places, &place("you/work")),
            Some(place("you/name"))
        );
        assert_eq!(
            nearest(&form, &places, &place("no/such")),
            Some(place("you/name"))
        );
        assert_eq!(
            nearest(&form, &places, &place("aims/goal")),
            Some(place("aims/goal"))
        );
    }

    #[test]
    fn what_is_missing_is_no_problem_until_somebody_wants_to_go_on() {
        let form = sample::form();
        let section = &form.sections[0];
        let visible = visible(&["name", "employer"]);
        let missing = |id: &str| FieldProblem {
            question: id.into(),
            code: ProblemCode::Required,
        };
        let none = BTreeMap::new();
        let mut answers = Answers::new();
        let say = |answers: &Answers, problems: &[FieldProblem], shown: &BTreeMap<_, _>| {
            standing(section, &visible, answers, problems, shown)
        };
        assert_eq!(
            say(&answers, &[missing("name")], &none),
            Standing::NotStarted
        );
        answers.insert("employer".into(), Answer::Text("Harbor Library".to_owned()));
        assert_eq!(
            say(&answers, &[missing("name")], &none),
            Standing::InProgress
        );
        let shown = BTreeMap::from([(QuestionId::from("name"), ProblemCode::Required)]);
        assert_eq!(say(&answers, &[missing("name")], &shown), Standing::Problem);
        assert_eq!(say(&answers, &[], &none), Standing::Completed);
        let long = FieldProblem {
            question: "employer".into(),
            code: ProblemCode::TooLong {
                count: 200,
                max: 160,
            },
        };
        assert_eq!(say(&answers, &[long], &none), Standing::Problem);
    }

    #[test]
    fn w_22_what_waits_for_a_look_is_no_problem_until_somebody_wants_to_go_on() {
        let form = sample::form();
        let visible = visible(&["name", "employer"]);
        let answers = Answers::from([("name".into(), Answer::Text("Ada".to_owned()))]);
        let waits = [FieldProblem {
            question: "name".into(),
            code: ProblemCode::Unconfirmed,
        }];
        let say = |shown| standing(&form.sections[0], &visible, &answers, &waits, &shown);
        assert_eq!(say(BTreeMap::new()), Standing::InProgress);
        let shown = BTreeMap::from([("name".into(), ProblemCode::Unconfirmed)]);
        assert_eq!(say(shown), Standing::Problem);
    }

    #[test]
    fn a_section_that_may_stay_empty_holds_the_count_back_for_nobody() {
        let form = sample::form();
        let visible = visible(&["employer"]);
        let none = BTreeMap::new();
        let say = |answers: &Answers| standing(&form.sections[0], &visible, answers, &[], &none);
        assert_eq!(say(&Answers::new()), Standing::Optional);
        let given = Answers::from([("employer".into(), Answer::Text("Quartz".to_owned()))]);
        assert_eq!(say(&given), Standing::Completed);
        let (done, optional) = (Standing::Completed, Standing::Optional);
        assert_eq!(completed(&[done, optional]), (1, 1));
        assert_eq!(completed(&[done, done]), (2, 2));
        assert_eq!(completed(&[Standing::NotStarted, optional]), (0, 1));
    }
}
