//! Single answers, read as what a question is known to take.

use std::collections::{BTreeMap, BTreeSet};

use tandem_domain::candidate::{Offer, SettingWish};
use tandem_domain::form::answer::{Answer, Answers, WeeklyHours};
use tandem_domain::form::definition::{QuestionId, Slug};

use super::question;

/// Answers by the kind of thing that is expected of them; another kind counts as none.
#[derive(Clone, Copy)]
pub(super) struct Read<'a>(pub(super) &'a Answers);

impl<'a> Read<'a> {
    pub(super) fn get(self, question: &str) -> Option<&'a Answer> {
        self.0.get(&QuestionId::from(question))
    }

    pub(super) fn text(self, question: &str) -> Option<&'a str> {
        match self.get(question)? {
            Answer::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    pub(super) fn lines(self, question: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let lines = match self.get(question) {
            Some(Answer::Lines(lines)) => lines.as_slice(),
            _ => &[],
        };
        lines
            .iter()
            .map(|line| line.trim())
            .filter(|line| !line.is_empty())
    }

    pub(super) fn choice(self, question: &str) -> Option<Slug> {
        match self.get(question)? {
            Answer::One { choice, .. } => choice.clone(),
            _ => None,
        }
    }

    pub(super) fn choices(self, question: &str) -> BTreeSet<Slug> {
        match self.get(question) {
            Some(Answer::Some { choices, .. }) => choices.clone(),
            _ => BTreeSet::new(),
        }
    }

    pub(super) fn ranked(self, question: &str) -> Vec<Slug> {
        match self.get(question) {
            Some(Answer::Ranked(ranked)) => ranked.clone(),
            _ => Vec::new(),
        }
    }

    pub(super) fn hours(self) -> Option<&'a WeeklyHours> {
        match self.get(question::HOURS)? {
            Answer::Hours(hours) => Some(hours),
            _ => None,
        }
    }

    pub(super) fn offers(self, question: &str) -> BTreeMap<Slug, Offer> {
        let Some(Answer::Grid(rows)) = self.get(question) else {
            return BTreeMap::new();
        };
        let offer = |word: &str| match word {
            "strong" => Some(Offer::Strong),
            "some" => Some(Offer::Some),
            "please_not" => Some(Offer::PleaseNot),
            _ => None,
        };
        rows.iter()
            .filter_map(|(area, word)| Some((area.clone(), offer(&word.0)?)))
            .collect()
    }

    pub(super) fn wish(self, question: &str, kinds: &str) -> SettingWish {
        match self.choice(question).as_ref().map(|slug| slug.0.as_str()) {
            None => SettingWish::Unknown,
            Some("same") => SettingWish::Same,
            Some("different" | "chosen") => SettingWish::Different(self.choices(kinds)),
            Some(_) => SettingWish::NoPreference,
        }
    }
}
