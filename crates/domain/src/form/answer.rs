//! Typed answers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::definition::{FileFormat, Kind, QuestionId, Slug};
use super::number::Decimal;

/// The answers of one application, by question.
pub type Answers = BTreeMap<QuestionId, Answer>;

/// One answer. Which shape belongs to which kind of question, `Answer::fits` decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Of short and long texts, addresses, telephone numbers, time zones, numbers, days.
    Text(String),
    /// Of a tick box or a yes/no question.
    Yes(bool),
    /// Of a consent: to which revision of its text.
    Agreed(u16),
    /// Of a choice of one, and of a scale.
    One {
        /// The choice, unless it is an own text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        choice: Option<Slug>,
        /// The own text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<String>,
    },
    /// Of a choice of any.
    Some {
        /// The choices.
        choices: BTreeSet<Slug>,
        /// The own text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<String>,
    },
    /// Of a ranking, first first.
    Ranked(Vec<Slug>),
    /// Of a grid: the step of each row that was answered.
    Grid(BTreeMap<Slug, Slug>),
    /// Of several short texts or links.
    Lines(Vec<String>),
    /// Of a month of a year.
    YearMonth {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// Of a place.
    Place {
        /// ISO 3166-1 alpha-2.
        country: String,
        /// USPS code, for the United States.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<String>,
    },
    /// Of stretches of days.
    Ranges(Vec<DayRange>),
    /// Of free hours.
    Hours(WeeklyHours),
    /// Of people to keep apart.
    People(Vec<NamedPerson>),
    /// Of a question for files.
    Files {
        /// What was uploaded.
        #[serde(default)]
        files: Vec<Upload>,
        /// What was pasted instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Of questions that are asked several times: the answers of each time.
    Items(Vec<Answers>),
}

/// A file that the server keeps. Only the server makes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name at the server.
    pub id: String,
    /// Its name at its owner.
    pub name: String,
    /// How large it is.
    pub bytes: u32,
    /// What its bytes say it is.
    pub format: FileFormat,
}

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRange {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// Somebody to keep apart from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NamedPerson {
    /// As the applicant writes it.
    pub name: String,
    /// E-mail address or institution.
    #[serde(default)]
    pub contact: String,
    /// One of the question's reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Slug>,
}

/// Usual free hours in the own zone, by weekday and part of the day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WeeklyHours {
    /// The free blocks.
    pub blocks: BTreeSet<HourBlock>,
    /// "It varies": unknown, and never counted against anybody.
    #[serde(default)]
    pub varies: bool,
}

/// A part of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HourBlock {
    /// Monday 0 to Sunday 6.
    pub day: u8,
    /// Which part.
    pub part: DayPart,
}

/// The parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// 06:00–09:00.
    Early,
    /// 09:00–12:00.
    Morning,
    /// 12:00–14:00.
    Lunch,
    /// 14:00–17:00.
    Afternoon,
    /// 17:00–20:00.
    Evening,
    /// 20:00–22:00.
    Late,
}

impl DayPart {
    /// In order of the day.
    pub const ALL: [Self; 6] = [
        Self::Early,
        Self::Morning,
        Self::Lunch,
        Self::Afternoon,
        Self::Evening,
        Self::Late,
    ];

    /// First and last hour, the last exclusive.
    pub fn hours(self) -> (u8, u8) {
        match self {
            Self::Early => (6, 9),
            Self::Morning => (9, 12),
            Self::Lunch => (12, 14),
            Self::Afternoon => (14, 17),
            Self::Evening => (17, 20),
            Self::Late => (20, 22),
        }
    }
}

impl Answer {
    /// A choice of one.
    pub fn one(choice: &str) -> Self {
        Self::One {
            choice: Some(Slug::from(choice)),
            other: None,
        }
    }

    /// A choice of any.
    pub fn some(choices: &[&str]) -> Self {
        Self::Some {
            choices: choices.iter().map(|choice| Slug::from(*choice)).collect(),
            other: None,
        }
    }

    /// Whether it is, or has among its parts, this choice. Of a grid: a row that was answered.
    pub fn has(&self, choice: &Slug) -> bool {
        match self {
            Self::One {
                choice: Some(own), ..
            } => own == choice,
            Self::Some { choices, .. } => choices.contains(choice),
            Self::Ranked(ranked) => ranked.contains(choice),
            Self::Grid(rows) => rows.contains_key(choice),
            _ => false,
        }
    }

    /// Whether nothing was answered: blank text, no choice, no line.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Yes(_) | Self::Agreed(_) | Self::YearMonth { .. } => false,
            Self::One { choice, other } => {
                choice.is_none() && other.as_deref().is_none_or(|text| text.trim().is_empty())
            }
            Self::Some { choices, other } => {
                choices.is_empty() && other.as_deref().is_none_or(|text| text.trim().is_empty())
            }
            Self::Hours(hours) => hours.blocks.is_empty() && !hours.varies,
            Self::Place { country, .. } => country.is_empty(),
            _ => self.count() == 0,
        }
    }

    /// How many choices, ranks, rows, lines or people it has.
    pub fn count(&self) -> usize {
        let filled = |text: &str| usize::from(!text.trim().is_empty());
        match self {
            Self::Text(text) => filled(text),
            Self::Yes(_) | Self::Agreed(_) | Self::YearMonth { .. } | Self::Place { .. } => 1,
            Self::One { choice, other } => {
                usize::from(choice.is_some()).max(other.as_deref().map_or(0, filled))
            }
            Self::Some { choices, other } => choices.len() + other.as_deref().map_or(0, filled),
            Self::Ranked(ranked) => ranked.len(),
            Self::Grid(rows) => rows.len(),
            Self::Lines(lines) => lines.iter().map(|line| filled(line)).sum(),
            Self::Ranges(ranges) => ranges.len(),
            Self::Hours(hours) => hours.blocks.len(),
            Self::People(people) => people.iter().map(|person| filled(&person.name)).sum(),
            Self::Files { files, text } => files.len() + text.as_deref().map_or(0, filled),
            Self::Items(items) => items.iter().filter(|item| !is_blank(item)).count(),
        }
    }

    /// The number it says, if it says one: of a number, or of a step of a scale.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Text(text) => Decimal::parse(text),
            Self::One {
                choice: Some(step), ..
            } => Decimal::parse(&step.0),
            _ => None,
        }
    }

    /// Whether it has the shape of the answers to this kind of question.
    pub fn fits(&self, kind: &Kind) -> bool {
        matches!(
            (kind, self),
            (
                Kind::ShortText { .. }
                    | Kind::LongText { .. }
                    | Kind::Email
                    | Kind::Phone
                    | Kind::Number { .. }
                    | Kind::Date { .. }
                    | Kind::TimeZone,
                Self::Text(_)
            ) | (Kind::Confirm | Kind::YesNo, Self::Yes(_))
                | (Kind::Consent { .. }, Self::Agreed(_))
                | (Kind::Single { .. } | Kind::Scale { .. }, Self::One { .. })
                | (Kind::Multi { .. }, Self::Some { .. })
                | (Kind::Rank { .. }, Self::Ranked(_))
                | (Kind::Grid { .. }, Self::Grid(_))
                | (Kind::Links { .. } | Kind::Lines { .. }, Self::Lines(_))
                | (Kind::YearMonth, Self::YearMonth { .. })
                | (Kind::Place, Self::Place { .. })
                | (Kind::DateRanges { .. }, Self::Ranges(_))
                | (Kind::WeeklyHours { .. }, Self::Hours(_))
                | (Kind::People { .. }, Self::People(_))
                | (Kind::File { .. }, Self::Files { .. })
                | (Kind::Repeat { .. }, Self::Items(_))
        )
    }

    /// Every text that somebody wrote in it.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::One { other, .. } | Self::Some { other, .. } => {
                other.iter().map(String::as_str).collect()
            }
            Self::Lines(lines) => lines.iter().map(String::as_str).collect(),
            Self::People(people) => people
                .iter()
                .flat_map(|p| [p.name.as_str(), p.contact.as_str()])
                .collect(),
            Self::Place { country, region } => std::iter::once(country)
                .chain(region)
                .map(String::as_str)
                .collect(),
            Self::Files { files, text } => files
                .iter()
                .map(|file| &file.name)
                .chain(text)
                .map(String::as_str)
                .collect(),
            Self::Items(items) => items
                .iter()
                .flat_map(BTreeMap::values)
                .flat_map(Self::texts)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The answer with every text that somebody wrote in it put through `change`.
    #[must_use]
    pub fn map_texts(&self, change: fn(&str) -> String) -> Self {
        let optional = |text: &Option<String>| text.as_deref().map(change);
        match self {
            Self::Text(text) => Self::Text(change(text)),
            Self::One { choice, other } => Self::One {
                choice: choice.clone(),
                other: optional(other),
            },
            Self::Some { choices, other } => Self::Some {
                choices: choices.clone(),
                other: optional(other),
            },
            Self::Lines(lines) => Self::Lines(lines.iter().map(|line| change(line)).collect()),
            Self::People(people) => Self::People(
                people
                    .iter()
                    .map(|person| NamedPerson {
                        name: change(&person.name),
                        contact: change(&person.contact),
                        reason: person.reason.clone(),
                    })
                    .collect(),
            ),
            Self::Place { country, region } => Self::Place {
                country: change(country),
                region: optional(region),
            },
            Self::Files { files, text } => Self::Files {
                files: files.clone(),
                text: optional(text),
            },
            Self::Items(items) => {
                let mapped = |item: &Answers| {
                    item.iter()
                        .map(|(id, answer)| (id.clone(), answer.map_texts(change)))
                        .collect()
                };
                Self::Items(items.iter().map(mapped).collect())
            }
            other => other.clone(),
        }
    }
}

/// Whether nothing was answered in one of several rounds of questions.
pub fn is_blank(item: &Answers) -> bool {
    item.values().all(Answer::is_empty)
}

/// Answers in the one way in which they are written down, for a hash: two that count the same are
/// written the same, whatever was typed. To be taken of what a reading says counts.
pub fn canonical(answers: &Answers) -> Result<String, serde_json::Error> {
    serde_json::to_string(answers)
}
