//! Answers out of chance: mostly of the right shape, often wrong in what they say.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tandem_domain::form::answer::{
    Answer, Answers, DayPart, HourBlock, NamedPerson, Upload, WeeklyHours,
};
use tandem_domain::form::definition::{Choice, FileFormat, FormDef, Kind, Question, Slug};

use crate::Set;
use crate::chance::Chance;

const WORDS: [&str; 6] = ["maps", "a", "serials", "two", "carrels", "quartz"];

/// The texts that the domain's own tests use, too.
const HOSTILE: &str = include_str!("../../domain/tests/forms/hostile.json");

#[derive(Deserialize)]
struct Hostile {
    text: String,
}

pub(crate) fn hostile() -> Result<Vec<String>, serde_json::Error> {
    let all: Vec<Hostile> = serde_json::from_str(HOSTILE)?;
    Ok(all.into_iter().map(|hostile| hostile.text).collect())
}

/// Where texts come from.
struct Texts {
    set: Set,
    hostile: Vec<String>,
}

pub(crate) fn any(
    set: Set,
    form: &FormDef,
    chance: &mut Chance,
) -> Result<Answers, serde_json::Error> {
    let hostile = if set == Set::Whole {
        hostile()?
    } else {
        Vec::new()
    };
    let texts = Texts { set, hostile };
    let mut answers = Answers::new();
    for question in form.questions() {
        if let Some(answer) = texts.answer(question, chance) {
            answers.insert(question.id.clone(), answer);
        }
    }
    Ok(answers)
}

impl Texts {
    fn answer(&self, question: &Question, chance: &mut Chance) -> Option<Answer> {
        if chance.one_in(4) {
            return None;
        }
        if self.set == Set::Whole && chance.one_in(15) {
            return Some(Answer::Text(self.text(chance)));
        }
        self.fitting(&question.kind, chance)
    }

    /// A few words, sometimes many, sometimes none.
    fn text(&self, chance: &mut Chance) -> String {
        if !self.hostile.is_empty() && chance.one_in(2) {
            return chance.pick(&self.hostile).cloned().unwrap_or_default();
        }
        let count = if chance.one_in(8) {
            0
        } else {
            chance.between(1, 24)
        };
        let words: Vec<&str> = (0..count)
            .filter_map(|_| chance.pick(&WORDS).copied())
            .collect();
        words.join(" ")
    }

    fn fitting(&self, kind: &Kind, chance: &mut Chance) -> Option<Answer> {
        let answer = match kind {
            Kind::ShortText { .. } => {
                let text = self.text(chance);
                let short: String = text.chars().take(usize::from(chance.below(30))).collect();
                Answer::Text(short)
            }
            Kind::LongText { .. } | Kind::Email | Kind::Phone => Answer::Text(self.text(chance)),
            Kind::Number { .. } => Answer::Text(self.number(chance)),
            Kind::Date { .. } => Answer::Text(format!(
                "201{}-{}-{}",
                chance.between(7, 9),
                chance.between(0, 13),
                chance.between(0, 32)
            )),
            Kind::YesNo | Kind::Confirm => Answer::Yes(chance.one_in(2)),
            Kind::Consent { .. } => Answer::Agreed(chance.below(3).into()),
            Kind::Single { choices, other } => Answer::One {
                choice: self.pick(choices, chance),
                other: other
                    .filter(|_| chance.one_in(3))
                    .map(|_| self.text(chance)),
            },
            Kind::Scale { max, .. } => {
                let most = if self.set == Set::Whole {
                    max + 2
                } else {
                    *max
                };
                Answer::one(&chance.between(1, most).to_string())
            }
            Kind::Multi { choices, other, .. } => Answer::Some {
                choices: chance.some(&slugs(choices), 2).into_iter().collect(),
                other: other
                    .filter(|_| chance.one_in(3))
                    .map(|_| self.text(chance)),
            },
            Kind::Rank { choices, .. } => {
                let mut ranked = chance.some(&slugs(choices), 2);
                if chance.one_in(2) {
                    ranked.reverse();
                }
                Answer::Ranked(ranked)
            }
            Kind::Grid { rows, scale, .. } => Answer::Grid(
                chance
                    .some(&slugs(rows), 2)
                    .into_iter()
                    .filter_map(|row| Some((row, chance.pick(scale)?.id.clone())))
                    .collect::<BTreeMap<_, _>>(),
            ),
            kind => return self.rare(kind, chance),
        };
        Some(answer)
    }

    fn rare(&self, kind: &Kind, chance: &mut Chance) -> Option<Answer> {
        let answer = match kind {
            Kind::Links { .. } | Kind::Lines { .. } => {
                let lines = (0..chance.below(4)).map(|_| {
                    if chance.one_in(2) {
                        "example.org/me".to_owned()
                    } else {
                        self.text(chance)
                    }
                });
                Answer::Lines(lines.collect())
            }
            Kind::TimeZone => Answer::Text("Pacific/Guam".to_owned()),
            Kind::WeeklyHours { .. } => Answer::Hours(hours(chance)),
            Kind::Place => Answer::Place {
                country: chance.pick(&["US", "GU", "ca", "XX", ""])?.to_string(),
                region: chance.one_in(2).then(|| "OH".to_owned()),
            },
            Kind::People { reasons, .. } => {
                let people = (0..chance.below(4)).map(|_| NamedPerson {
                    name: self.text(chance),
                    contact: self.text(chance),
                    reason: chance.pick(reasons).map(|reason| reason.id.clone()),
                });
                Answer::People(people.collect())
            }
            Kind::File { .. } => {
                let files = (0..chance.below(3)).map(|number| Upload {
                    id: format!("u{number}"),
                    name: self.text(chance),
                    bytes: u32::from(chance.below(200)) * 10,
                    format: if chance.one_in(3) {
                        FileFormat::Odt
                    } else {
                        FileFormat::Pdf
                    },
                });
                Answer::Files {
                    files: files.collect(),
                    text: chance.one_in(2).then(|| self.text(chance)),
                }
            }
            Kind::Repeat { questions, .. } => {
                let rounds = (0..chance.below(5)).map(|_| {
                    questions
                        .iter()
                        .filter_map(|inner| Some((inner.id.clone(), self.answer(inner, chance)?)))
                        .collect::<Answers>()
                });
                Answer::Items(rounds.collect())
            }
            _ => return None,
        };
        Some(answer)
    }

    fn number(&self, chance: &mut Chance) -> String {
        let whole = chance.below(25);
        match chance.below(8) {
            0 if self.set == Set::Whole => self.text(chance),
            1 => format!("{whole}.5"),
            2 => format!("-{whole}"),
            _ => whole.to_string(),
        }
    }

    fn pick(&self, choices: &[Choice], chance: &mut Chance) -> Option<Slug> {
        if self.set == Set::Whole && chance.one_in(10) {
            return Some(Slug::from("unheard_of"));
        }
        chance.pick(choices).map(|choice| choice.id.clone())
    }
}

fn hours(chance: &mut Chance) -> WeeklyHours {
    let blocks: BTreeSet<HourBlock> = (0..chance.below(5))
        .filter_map(|_| {
            let part = *chance.pick(&DayPart::ALL)?;
            let day = chance.below(8);
            Some(HourBlock { day, part })
        })
        .collect();
    let varies = chance.one_in(3);
    WeeklyHours { blocks, varies }
}

fn slugs(choices: &[Choice]) -> Vec<Slug> {
    choices.iter().map(|choice| choice.id.clone()).collect()
}
