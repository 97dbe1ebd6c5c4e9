//! How far an application has come, and which page comes next.

use super::check::{FieldProblem, Progress, Reading};
use super::definition::{FormDef, Kind, Page, Question, Section, Slug};
use crate::form::condition::Given;

impl FormDef {
    /// The pages that show something, in order, each with its section.
    pub fn visible_pages<'a>(
        &'a self,
        reading: &'a Reading,
    ) -> impl Iterator<Item = (&'a Section, &'a Page)> {
        self.pages().filter(|(_, page)| {
            page.questions
                .iter()
                .any(|question| reading.visible.contains(&question.id))
        })
    }

    /// The page of a name, with its section.
    pub fn page(&self, id: &Slug) -> Option<(&Section, &Page)> {
        self.pages().find(|(_, page)| page.id == *id)
    }

    /// The next page that shows something; none after the last, and the first after an unknown one.
    pub fn next_page<'a>(
        &'a self,
        id: &Slug,
        reading: &'a Reading,
    ) -> Option<(&'a Section, &'a Page)> {
        let here = self.position(id);
        self.visible_pages(reading)
            .find(|(_, page)| self.position(&page.id) > here)
    }

    /// The page before that shows something.
    pub fn previous_page<'a>(
        &'a self,
        id: &Slug,
        reading: &'a Reading,
    ) -> Option<(&'a Section, &'a Page)> {
        let here = self.position(id)?;
        self.visible_pages(reading)
            .take_while(|(_, page)| self.position(&page.id) < Some(here))
            .last()
    }

    /// The first page that has one of these problems.
    pub fn first_page_with_problems(&self, problems: &[FieldProblem]) -> Option<(&Section, &Page)> {
        self.pages().find(|(_, page)| {
            page.questions
                .iter()
                .any(|question| is_troubled(question, problems))
        })
    }

    /// How far the whole form has come, given what still stops sending.
    pub fn progress(&self, reading: &Reading, problems: &[FieldProblem]) -> Progress {
        progress_of(self.questions(), reading, problems)
    }

    /// Percent of the required questions that are answered without a problem; 100 only when nothing
    /// stops sending.
    pub fn percent(&self, reading: &Reading, problems: &[FieldProblem], returning: bool) -> u8 {
        let given = Given {
            answers: &reading.answers,
            returning,
        };
        let required: Vec<&Question> = self
            .questions()
            .filter(|question| reading.visible.contains(&question.id))
            .filter(|question| question.is_required(given, None))
            .collect();
        let done = required
            .iter()
            .filter(|question| !is_troubled(question, problems))
            .count();
        let percent = (done * 100).checked_div(required.len()).unwrap_or(100);
        let most = if problems.is_empty() { 100 } else { 99 };
        u8::try_from(percent).unwrap_or(100).min(most)
    }

    fn position(&self, id: &Slug) -> Option<usize> {
        self.pages().position(|(_, page)| page.id == *id)
    }
}

impl Section {
    /// How far the section has come, given what still stops sending.
    pub fn progress(&self, reading: &Reading, problems: &[FieldProblem]) -> Progress {
        progress_of(
            self.pages.iter().flat_map(|page| &page.questions),
            reading,
            problems,
        )
    }
}

impl Page {
    /// How far the page has come, given what still stops sending.
    pub fn progress(&self, reading: &Reading, problems: &[FieldProblem]) -> Progress {
        progress_of(self.questions.iter(), reading, problems)
    }
}

/// What is begun is begun even where only a problem shows it; what asks for nothing and was left
/// empty is not started.
fn progress_of<'a>(
    questions: impl Iterator<Item = &'a Question>,
    reading: &Reading,
    problems: &[FieldProblem],
) -> Progress {
    let asked: Vec<_> = questions
        .filter(|question| reading.visible.contains(&question.id) && question.kind != Kind::Info)
        .collect();
    let is_begun = asked
        .iter()
        .any(|question| reading.answers.contains_key(&question.id));
    let is_troubled = asked.iter().any(|question| is_troubled(question, problems));
    match (is_begun, is_troubled) {
        (false, _) => Progress::NotStarted,
        (true, true) => Progress::InProgress,
        (true, false) => Progress::Complete,
    }
}

fn is_troubled(question: &Question, problems: &[FieldProblem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.question == question.id)
}
