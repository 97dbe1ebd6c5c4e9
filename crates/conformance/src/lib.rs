//! Forms and answers out of a seed, with what the form engine makes of them.
//!
//! The same seed gives the same bytes on this machine and in WebAssembly, if the engine decides the
//! same there. Another engine can be asked about the cases of the set `plain`, which uses only what
//! form engines have in common.

mod answers;
mod chance;
mod form;
mod wasm;

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_domain::form::answer::{Answers, canonical};
use tandem_domain::form::check::FieldProblem;
use tandem_domain::form::count::count;
use tandem_domain::form::definition::{FormDef, QuestionId, Unit};
use tandem_domain::form::shape::well_formed;
use tandem_domain::text::{as_typed, entries, fold, normalise};

use crate::chance::Chance;

/// Which cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Every kind of question, every shape of answer, hostile texts.
    Whole,
    /// What other form engines have, too.
    Plain,
}

impl Set {
    /// The set of a name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "whole" => Some(Self::Whole),
            "plain" => Some(Self::Plain),
            _ => None,
        }
    }
}

/// A form, answers, and what the engine makes of them.
#[derive(Debug, Serialize)]
struct Case {
    seed: u64,
    form: FormDef,
    answers: Answers,
    returning: bool,
    visible: Vec<QuestionId>,
    problems: Vec<FieldProblem>,
    pruned: Answers,
    canonical: String,
    /// What a draft keeps of each answer.
    kept: Answers,
    percent: u8,
}

/// A text, and what the engine makes of it.
#[derive(Debug, Serialize)]
struct TextCase {
    text: String,
    normal: String,
    typed: String,
    folded: String,
    words: u32,
    characters: u32,
    entries: Vec<String>,
}

/// So many cases from a seed on, one JSON object a line. The set `whole` begins with the texts.
pub fn lines(set: Set, seed: u64, count: u64) -> Result<String, serde_json::Error> {
    let mut lines = String::new();
    if set == Set::Whole {
        for text in answers::hostile()? {
            lines.push_str(&serde_json::to_string(&judge_text(text))?);
            lines.push('\n');
        }
    }
    for seed in seed..seed.saturating_add(count) {
        lines.push_str(&serde_json::to_string(&judge(set, seed)?)?);
        lines.push('\n');
    }
    Ok(lines)
}

fn judge(set: Set, seed: u64) -> Result<Case, serde_json::Error> {
    let mut chance = Chance::new(seed);
    let form = form::any(set, &mut chance);
    let answers = answers::any(set, &form, &mut chance)?;
    let returning = chance.one_in(2);
    let reading = form.read(&answers, returning);
    let problems = form.check_reading(&reading, returning);
    let kept = form
        .questions()
        .filter_map(|question| {
            let kept = well_formed(question, answers.get(&question.id)?).ok()?;
            Some((question.id.clone(), kept))
        })
        .collect::<BTreeMap<_, _>>();
    Ok(Case {
        seed,
        percent: form.percent(&reading, &problems, returning),
        canonical: canonical(&reading.answers)?,
        visible: reading.visible.iter().cloned().collect(),
        pruned: reading.answers,
        form,
        answers,
        returning,
        problems,
        kept,
    })
}

fn judge_text(text: String) -> TextCase {
    TextCase {
        normal: normalise(&text),
        typed: as_typed(&text),
        folded: fold(&text),
        words: count(&text, Unit::Words),
        characters: count(&text, Unit::Characters),
        entries: entries(&text),
        text,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_seed_says_everything() {
        for set in [Set::Whole, Set::Plain] {
            let lines = |seed| super::lines(set, seed, 20).unwrap_or_default();
            assert_eq!(lines(7), lines(7));
            assert_ne!(lines(7), lines(1_007));
        }
    }

    #[test]
    fn the_cases_are_of_many_sorts() {
        let mut codes = BTreeSet::new();
        let (mut hidden, mut pruned, mut clean) = (0, 0, 0);
        for seed in 0..400 {
            let Ok(case) = judge(Set::Plain, seed) else {
                continue;
            };
            hidden += usize::from(case.visible.len() < case.form.questions().count());
            pruned += usize::from(case.pruned.len() < case.answers.len());
            clean += usize::from(case.problems.is_empty());
            let names = case
                .problems
                .iter()
                .map(|problem| format!("{:?}", problem.code));
            codes.extend(names.map(|name| name.split(' ').next().unwrap_or_default().to_owned()));
        }
        assert!(
            hidden > 100 && pruned > 100 && clean > 20,
            "{hidden} {pruned} {clean}"
        );
        assert!(codes.len() >= 6, "{codes:?}");
    }

    #[test]
    fn conditions_look_back_only() {
        for seed in 0..200 {
            let form = form::any(Set::Whole, &mut Chance::new(seed));
            let mut earlier = BTreeSet::new();
            for question in form.questions() {
                let mentioned = question.visible.iter().flat_map(|cond| cond.mentions());
                assert!(
                    mentioned.into_iter().all(|id| earlier.contains(id)),
                    "{seed}"
                );
                earlier.insert(&question.id);
            }
        }
    }
}
