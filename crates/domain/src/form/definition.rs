//! What a form consists of: sections, pages, questions, choices.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::condition::Cond;
use super::locale::L10n;
use super::number::Decimal;
use crate::role::Role;

/// The name of a question: never reused, the same in every form that asks it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub String);

/// A short name inside a form: of a choice, a page, a section.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slug(pub String);

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for QuestionId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Slug {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The form of one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDef {
    /// Whose form it is.
    pub role: Role,
    /// Counts up with each published change.
    pub version: u32,
    /// Heading of the whole form.
    pub title: L10n,
    /// What comes before the first section.
    pub intro: L10n,
    /// Who may apply: asked before anything else, so that nobody writes in vain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eligibility: Vec<Condition>,
    /// In order.
    pub sections: Vec<Section>,
}

/// Something that must be true of everybody who applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Its name in data.
    pub id: Slug,
    /// What must be true, in the first person: "I am a member …".
    pub statement: L10n,
    /// What somebody reads of whom it is not true: why it is asked, and what else there is.
    pub otherwise: L10n,
}

/// A part of the form with a name of its own in the task list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its name in addresses.
    pub id: Slug,
    /// Its heading.
    pub title: L10n,
    /// What comes before its first page.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub intro: L10n,
    /// When it is asked; always, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible: Option<Cond>,
    /// Whether its answers of the last cohort are offered again, to be confirmed one by one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub carried: bool,
    /// In order.
    pub pages: Vec<Page>,
}

/// What is seen at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its name in addresses; unique in the form.
    pub id: Slug,
    /// Its heading.
    pub heading: L10n,
    /// What comes before its first question.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub intro: L10n,
    /// In order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name in data.
    pub id: QuestionId,
    /// Counts up when the question comes to mean something else: earlier answers no longer count.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rev: u16,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// The question itself.
    pub label: L10n,
    /// One line of help below the label.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub hint: L10n,
    /// A longer explanation before the answer.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub help: L10n,
    /// Why it is asked.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub why: L10n,
    /// When it must be answered before sending.
    #[serde(default)]
    pub required: Required,
    /// When it is asked; always, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible: Option<Cond>,
    /// No longer asked. It stays in the form for those who read earlier answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
    /// From this day on the answer stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen_from: Option<NaiveDate>,
    /// Asked anew in each cohort, even where the rest of the section is carried over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anew: bool,
    /// Somebody in both roles answers it for each role by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub per_role: bool,
    /// Who reads the answer besides its owner.
    #[serde(default)]
    pub seen_by: Vec<Audience>,
    /// Who reads it besides, if the owner says so in another answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Share>,
    /// How freely it may be handled.
    #[serde(default)]
    pub data_class: DataClass,
    /// The token for the browser's own filling-in (WCAG 1.3.5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autocomplete: Option<String>,
    /// What the pairing does with it.
    #[serde(default)]
    pub matching: MatchUse,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn is_zero(rev: &u16) -> bool {
    *rev == 0
}

/// When a question must be answered before sending. A draft may lack anything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// May stay empty.
    #[default]
    Never,
    /// Must be answered whenever it is asked.
    Always,
    /// Must be answered when the condition holds.
    If(Cond),
    /// Must be answered from this day on.
    From(NaiveDate),
}

/// Somebody who reads an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The program officer.
    Officer,
    /// The chair.
    Chair,
    /// The subcommittee members who pair.
    Subcommittee,
    /// The liaison of the pair.
    Liaison,
    /// The partner, after publication.
    Partner,
    /// Statistics only, in groups of at least five.
    Statistics,
}

/// A reader who is added when the owner says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Who is added.
    pub with: Audience,
    /// When.
    pub when: Cond,
}

/// How freely an answer may be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataClass {
    /// Says little about a person.
    #[default]
    Plain,
    /// Tells who somebody is.
    Personal,
    /// Could harm if it leaked.
    Sensitive,
}

/// What the pairing does with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchUse {
    /// Nothing.
    #[default]
    None,
    /// Shown to the people who pair.
    Shown,
    /// Weighs in the score.
    Weighted,
    /// Forbids pairs.
    Hard,
}

/// The kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line, counted in characters as people see them.
    ShortText {
        /// How long it may be.
        limit: TextLimit,
    },
    /// Prose, counted in words.
    LongText {
        /// How long it may be.
        limit: TextLimit,
    },
    /// An e-mail address.
    Email,
    /// A telephone number, free in form.
    Phone,
    /// Web addresses, `https` only.
    Links {
        /// How many at most.
        max: u8,
    },
    /// Several short texts.
    Lines {
        /// How many at most.
        max: u8,
        /// How long each may be.
        limit: TextLimit,
    },
    /// A number. What was typed is kept; the number is read from it.
    Number {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Decimal>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Decimal>,
        /// In steps of this, counted from the least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<Decimal>,
        /// What is counted, such as "hours".
        #[serde(default, skip_serializing_if = "L10n::is_empty")]
        unit: L10n,
    },
    /// A day. What was typed is kept as `year-month-day`; the day is read from it.
    Date {
        /// Not before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<NaiveDate>,
        /// Not after.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<NaiveDate>,
    },
    /// A month of a year.
    YearMonth,
    /// A box that must be ticked where required.
    Confirm,
    /// Agreement to a text, unticked at first. It counts for the text that was read, and for no
    /// later one.
    Consent {
        /// Counts up with each change of the text.
        rev: u16,
        /// What one agrees to.
        text: L10n,
    },
    /// Yes or no.
    YesNo,
    /// One of several.
    Single {
        /// In order.
        choices: Vec<Choice>,
        /// Whether an own text is possible, and how long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<TextLimit>,
    },
    /// Any of several.
    Multi {
        /// In order.
        choices: Vec<Choice>,
        /// How many at least, once answered.
        #[serde(default)]
        min: u8,
        /// How many at most.
        max: u8,
        /// A choice that excludes all others, such as "none of these".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exclusive: Option<Slug>,
        /// Whether an own text is possible, and how long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<TextLimit>,
    },
    /// Some of several, in order of preference.
    Rank {
        /// In order of the list.
        choices: Vec<Choice>,
        /// How many at least, once answered.
        min: u8,
        /// How many at most.
        max: u8,
    },
    /// A whole number on a line between two ends. The answer is a choice named by the number.
    Scale {
        /// The lower end.
        min: u8,
        /// The upper end.
        max: u8,
        /// What the lower end means.
        low: L10n,
        /// What the upper end means.
        high: L10n,
    },
    /// One step of a scale for each row.
    Grid {
        /// The rows.
        rows: Vec<Choice>,
        /// The steps; the first is "nothing said".
        scale: Vec<Choice>,
        /// At least one row must have one of these.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        needs_one_of: Vec<Slug>,
    },
    /// A time zone by its IANA name.
    TimeZone,
    /// Usual free hours in the own zone, or "it varies".
    WeeklyHours {
        /// How many blocks at least, unless it varies.
        min_blocks: u8,
    },
    /// A country and, where it has them, a state.
    Place,
    /// Stretches of days.
    DateRanges {
        /// How many at most.
        max: u8,
    },
    /// People to keep apart from, each with a reason.
    People {
        /// How many at most.
        max: u8,
        /// The reasons to choose from.
        reasons: Vec<Choice>,
    },
    /// Files, or the same as pasted text.
    File {
        /// What may be given.
        formats: Vec<FileFormat>,
        /// How large each may be.
        max_bytes: u32,
        /// How many at most.
        max_files: u8,
        /// How long a pasted text may be.
        limit: TextLimit,
    },
    /// The same few questions several times over.
    Repeat {
        /// What is asked each time. Their conditions may look at each other and at what comes
        /// before.
        questions: Vec<Question>,
        /// How many times at least, once answered.
        #[serde(default)]
        min: u8,
        /// How many times at most.
        max: u8,
        /// What one of them is called, such as "Position".
        item: L10n,
    },
    /// No answer: a text that appears under its condition.
    Info,
}

/// A format of files. What a file is, its bytes decide, not its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// PDF.
    Pdf,
    /// The text format of Office Open XML.
    Docx,
    /// The text format of OASIS.
    Odt,
    /// Plain text.
    Txt,
}

/// One of the possibilities of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its name in data; never reused.
    pub id: Slug,
    /// What is read.
    pub label: L10n,
    /// A second line.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub description: L10n,
    /// The heading it stands under.
    #[serde(default, skip_serializing_if = "L10n::is_empty")]
    pub group: L10n,
    /// When it is offered; always, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible: Option<Cond>,
    /// No longer offered. It stays for those who read earlier answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// How long a text may be. Below `min` or above `hard` stops sending, never saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLimit {
    /// What is counted.
    pub unit: Unit,
    /// At least, once answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The announced limit; a little more is a warning.
    pub max: u32,
    /// The limit that stops sending.
    pub hard: u32,
}

/// What is counted in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Words.
    Words,
    /// Characters as people see them (grapheme clusters).
    Characters,
}

impl FormDef {
    /// All pages in order, each with its section.
    pub fn pages(&self) -> impl Iterator<Item = (&Section, &Page)> {
        self.sections
            .iter()
            .flat_map(|section| section.pages.iter().map(move |page| (section, page)))
    }

    /// All questions in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages().flat_map(|(_, page)| page.questions.iter())
    }

    /// The question of a name.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions().find(|question| question.id == *id)
    }
}
