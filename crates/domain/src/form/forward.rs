//! A draft that was begun with one version of a form and goes on with another. What the new version
//! can take stays; what it cannot is kept aside, and comes back when a version asks for it again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Answers};
use super::definition::{Choice, FormDef, Kind, Question, QuestionId, Slug};
use super::shape::well_formed;

/// A draft in the new version.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Forwarded {
    /// The answers that the new version takes.
    pub kept: Answers,
    /// The answers that it does not take, as they were.
    pub aside: Answers,
    /// The questions that are asked again, each with why.
    pub again: BTreeMap<QuestionId, Again>,
}

/// Why a question that was answered is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    /// It means something else now.
    Meaning,
    /// It takes another kind of answer.
    Kind,
    /// The text to agree to has changed.
    Text,
    /// Something that was chosen is no longer offered; the rest stays.
    Choice,
}

/// Brings answers that were given to one version to another. `aside` is what earlier versions
/// left behind.
pub fn forward(from: &FormDef, to: &FormDef, answers: &Answers, aside: &Answers) -> Forwarded {
    let mut forwarded = Forwarded {
        aside: aside.clone(),
        ..Forwarded::default()
    };
    for (id, answer) in answers {
        let before = from.question(id);
        let now = to
            .question(id)
            .filter(|question| !question.retired || before == Some(*question));
        let Some(now) = now else {
            forwarded.aside.insert(id.clone(), answer.clone());
            continue;
        };
        match taken(before, now, answer) {
            Ok(kept) => {
                forwarded.aside.remove(id);
                forwarded.kept.insert(id.clone(), kept);
            }
            Err((why, rest)) => {
                forwarded.aside.insert(id.clone(), answer.clone());
                forwarded.again.insert(id.clone(), why);
                if let Some(rest) = rest {
                    forwarded.kept.insert(id.clone(), rest);
                }
            }
        }
    }
    // What was kept aside comes back where its question does.
    let is_back = |id: &QuestionId| {
        let is_asked = |form: &FormDef| form.question(id).is_some_and(|q| !q.retired);
        is_asked(to) && !is_asked(from) && !answers.contains_key(id)
    };
    let back: Vec<QuestionId> = forwarded
        .aside
        .keys()
        .filter(|id| is_back(id))
        .cloned()
        .collect();
    for id in back {
        let Some(now) = to.question(&id) else {
            continue;
        };
        let kept = forwarded
            .aside
            .get(&id)
            .and_then(|answer| taken(from.question(&id), now, answer).ok());
        if let Some(kept) = kept {
            forwarded.aside.remove(&id);
            forwarded.kept.insert(id, kept);
        }
    }
    forwarded
}

/// What the question takes of an answer to its earlier self; else why not, and what is left of it.
fn taken(
    before: Option<&Question>,
    now: &Question,
    answer: &Answer,
) -> Result<Answer, (Again, Option<Answer>)> {
    if before == Some(now) {
        return Ok(answer.clone());
    }
    if before.map_or(now.rev, |before| before.rev) != now.rev {
        return Err((Again::Meaning, None));
    }
    if let (Kind::Consent { rev, .. }, Answer::Agreed(read)) = (&now.kind, answer)
        && rev != read
    {
        return Err((Again::Text, None));
    }
    let Some(answer) = converted(answer, &now.kind) else {
        return Err((Again::Kind, None));
    };
    let rest = without_unknown(&now.kind, &answer);
    let is_whole = rest == answer;
    // What a draft cannot keep, such as a long text on one line, is asked again.
    let rest = well_formed(now, &rest).map_err(|_| (Again::Kind, None))?;
    if is_whole {
        return Ok(rest);
    }
    let rest = (!rest.is_empty()).then_some(rest);
    Err((Again::Choice, rest))
}

/// The answer in the shape of another kind, where nothing is lost or made up.
fn converted(answer: &Answer, kind: &Kind) -> Option<Answer> {
    let converted = match (kind, answer) {
        (Kind::Multi { .. }, Answer::One { choice, other }) => Answer::Some {
            choices: choice.iter().cloned().collect(),
            other: other.clone(),
        },
        (Kind::Multi { .. }, Answer::Ranked(ranked)) => Answer::Some {
            choices: ranked.iter().cloned().collect(),
            other: None,
        },
        (
            Kind::Rank { .. },
            Answer::One {
                choice: Some(choice),
                other: None,
            },
        ) => Answer::Ranked(vec![choice.clone()]),
        (Kind::Single { .. }, Answer::Some { choices, other })
            if choices.len() + usize::from(other.is_some()) == 1 =>
        {
            Answer::One {
                choice: choices.first().cloned(),
                other: other.clone(),
            }
        }
        (Kind::Lines { .. } | Kind::Links { .. }, Answer::Text(text)) => {
            Answer::Lines(vec![text.clone()])
        }
        (Kind::LongText { .. }, Answer::Lines(lines)) => Answer::Text(lines.join("\n")),
        _ => answer.clone(),
    };
    converted.fits(kind).then_some(converted)
}

/// The answer without what the question does not offer at all.
fn without_unknown(kind: &Kind, answer: &Answer) -> Answer {
    let known = |choices: &[Choice], id: &Slug| {
        choices
            .iter()
            .any(|choice| choice.id == *id && !choice.retired)
    };
    match (kind, answer) {
        (Kind::Single { choices, .. }, Answer::One { choice, other }) => Answer::One {
            choice: choice.clone().filter(|id| known(choices, id)),
            other: other.clone(),
        },
        (
            Kind::Multi { choices, .. },
            Answer::Some {
                choices: chosen,
                other,
            },
        ) => Answer::Some {
            choices: chosen
                .iter()
                .filter(|id| known(choices, id))
                .cloned()
                .collect(),
            other: other.clone(),
        },
        (Kind::Rank { choices, .. }, Answer::Ranked(ranked)) => Answer::Ranked(
            ranked
                .iter()
                .filter(|id| known(choices, id))
                .cloned()
                .collect(),
        ),
        (Kind::Grid { rows, scale, .. }, Answer::Grid(steps)) => {
            let is_known = |(row, step): &(&Slug, &Slug)| known(rows, row) && known(scale, step);
            let steps = steps.iter().filter(is_known);
            Answer::Grid(
                steps
                    .map(|(row, step)| (row.clone(), step.clone()))
                    .collect(),
            )
        }
        (Kind::People { reasons, .. }, Answer::People(people)) => {
            let mut people = people.clone();
            for person in &mut people {
                person.reason = person.reason.take().filter(|id| known(reasons, id));
            }
            Answer::People(people)
        }
        (Kind::Repeat { questions, .. }, Answer::Items(items)) => {
            Answer::Items(items.iter().map(|item| rounds(questions, item)).collect())
        }
        (_, answer) => answer.clone(),
    }
}

/// What the questions take of one round of answers.
fn rounds(questions: &[Question], item: &Answers) -> Answers {
    item.iter()
        .filter_map(|(id, answer)| {
            let inner = questions.iter().find(|inner| inner.id == *id)?;
            let answer = converted(answer, &inner.kind)?;
            Some((id.clone(), without_unknown(&inner.kind, &answer)))
        })
        .collect()
}
