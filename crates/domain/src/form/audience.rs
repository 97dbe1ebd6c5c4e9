//! Who reads an answer. The server's view of an application and the line "Seen by" ask the same
//! function.

use std::collections::BTreeSet;

use super::answer::Answers;
use super::check::Reading;
use super::condition::Given;
use super::definition::{Audience, FormDef, Question};

impl Question {
    /// Who reads the answer besides its owner, with those to whom the owner opened it.
    pub fn readers(&self, answers: &Answers, returning: bool) -> BTreeSet<Audience> {
        let given = Given { answers, returning };
        let opened = self.shared.iter().filter(|share| share.when.holds(given));
        self.seen_by
            .iter()
            .copied()
            .chain(opened.map(|share| share.with))
            .collect()
    }

    /// Who may come to read the answer, if the owner opens it.
    pub fn may_be_opened_to(&self) -> BTreeSet<Audience> {
        let never = |audience: &Audience| !self.seen_by.contains(audience);
        self.shared
            .iter()
            .map(|share| share.with)
            .filter(never)
            .collect()
    }
}

impl FormDef {
    /// The answers that somebody who reads as any of these sees. Nothing else may leave the server
    /// towards them.
    pub fn visible_to(
        &self,
        reading: &Reading,
        returning: bool,
        audiences: &[Audience],
    ) -> Answers {
        self.questions()
            .filter(|question| reading.visible.contains(&question.id))
            .filter(|question| {
                let readers = question.readers(&reading.answers, returning);
                audiences.iter().any(|audience| readers.contains(audience))
            })
            .filter_map(|question| {
                let answer = reading.answers.get(&question.id)?;
                Some((question.id.clone(), answer.clone()))
            })
            .collect()
    }
}
