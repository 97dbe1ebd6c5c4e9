//! A form out of chance: always in order, its conditions about earlier questions.

use tandem_domain::form::condition::Cond;
use tandem_domain::form::definition::{
    Choice, DataClass, FileFormat, FormDef, Kind, MatchUse, Page, Question, QuestionId, Required,
    Section, Slug, TextLimit, Unit,
};
use tandem_domain::form::locale::L10n;
use tandem_domain::form::number::Decimal;
use tandem_domain::role::Role;

use crate::Set;
use crate::chance::Chance;

/// How many sorts of questions other engines have, too; they come first in the list of sorts.
const PLAIN_SORTS: u8 = 9;
/// How many sorts of questions there are.
const SORTS: u8 = 20;

pub(crate) fn any(set: Set, chance: &mut Chance) -> FormDef {
    let mut earlier: Vec<Question> = Vec::new();
    let mut sections = Vec::new();
    for section_idx in 0..chance.between(1, 3) {
        let mut pages = Vec::new();
        let visible = (set == Set::Whole && section_idx > 0 && chance.one_in(4))
            .then(|| condition(&earlier, 1, chance))
            .flatten();
        for page_idx in 0..chance.between(1, 3) {
            let first = earlier.len();
            for _ in 0..chance.between(1, 4) {
                let question = question(set, &earlier, chance);
                earlier.push(question);
            }
            pages.push(Page {
                id: Slug(format!("page_{section_idx}_{page_idx}")),
                heading: words("Page"),
                intro: L10n::default(),
                questions: earlier.iter().skip(first).cloned().collect(),
            });
        }
        sections.push(Section {
            id: Slug(format!("section_{section_idx}")),
            title: words("Section"),
            intro: L10n::default(),
            visible,
            carried: false,
            pages,
        });
    }
    FormDef {
        role: Role::Mentee,
        version: 1,
        title: words("Form"),
        intro: L10n::default(),
        eligibility: Vec::new(),
        sections,
    }
}

fn words(text: &str) -> L10n {
    L10n::english(text)
}

fn question(set: Set, earlier: &[Question], chance: &mut Chance) -> Question {
    let id = QuestionId(format!("q{}", earlier.len()));
    let visible = chance
        .one_in(3)
        .then(|| condition(earlier, 2, chance))
        .flatten();
    let kind = kind(set, earlier, chance);
    let required = match chance.below(5) {
        0 | 1 => Required::Always,
        2 => condition(earlier, 1, chance).map_or(Required::Never, Required::If),
        _ => Required::Never,
    };
    let takes_answer = kind != Kind::Info;
    Question {
        id,
        rev: 0,
        kind,
        label: words("Question"),
        hint: L10n::default(),
        help: L10n::default(),
        why: words("Why"),
        required: if takes_answer {
            required
        } else {
            Required::Never
        },
        visible,
        retired: set == Set::Whole && chance.one_in(20),
        frozen_from: None,
        anew: false,
        per_role: false,
        seen_by: Vec::new(),
        shared: Vec::new(),
        data_class: DataClass::Plain,
        autocomplete: None,
        matching: MatchUse::None,
    }
}

fn limit(unit: Unit, chance: &mut Chance) -> TextLimit {
    let max = u32::from(chance.between(3, 20));
    TextLimit {
        unit,
        min: chance.one_in(3).then_some(2),
        max,
        hard: max + max / 10,
    }
}

fn choices(earlier: &[Question], count: u8, chance: &mut Chance) -> Vec<Choice> {
    (0..count)
        .map(|idx| Choice {
            id: Slug(format!("c{idx}")),
            label: words("Choice"),
            description: L10n::default(),
            group: L10n::default(),
            // The first is always there, so that something can be chosen.
            visible: (idx > 0 && chance.one_in(5))
                .then(|| condition(earlier, 1, chance))
                .flatten(),
            retired: false,
        })
        .collect()
}

fn kind(set: Set, earlier: &[Question], chance: &mut Chance) -> Kind {
    let sort = chance.below(if set == Set::Plain {
        PLAIN_SORTS
    } else {
        SORTS
    });
    let n_choices = chance.between(2, 5);
    match sort {
        0 => Kind::ShortText {
            limit: limit(Unit::Characters, chance),
        },
        1 => Kind::LongText {
            limit: limit(Unit::Words, chance),
        },
        2 => Kind::Number {
            min: chance
                .one_in(2)
                .then(|| Decimal::whole(i32::from(chance.below(4)))),
            max: chance
                .one_in(2)
                .then(|| Decimal::whole(i32::from(chance.between(5, 20)))),
            step: None,
            unit: L10n::default(),
        },
        3 => Kind::YesNo,
        4 => Kind::Single {
            choices: choices(earlier, n_choices, chance),
            other: None,
        },
        5 => {
            let max = chance.between(1, n_choices);
            Kind::Multi {
                choices: choices(earlier, n_choices, chance),
                min: chance.between(0, max),
                max,
                exclusive: None,
                other: None,
            }
        }
        6 => ranking(choices(earlier, n_choices, chance), chance),
        7 => grid(n_choices, chance),
        8 => Kind::Scale {
            min: 1,
            max: chance.between(3, 9),
            low: words("Low"),
            high: words("High"),
        },
        _ => rare(sort, earlier, chance),
    }
}

fn ranking(mut choices: Vec<Choice>, chance: &mut Chance) -> Kind {
    let max = chance.between(1, u8::try_from(choices.len()).unwrap_or(u8::MAX));
    for choice in &mut choices {
        choice.visible = None;
    }
    Kind::Rank {
        choices,
        min: chance.between(1, max),
        max,
    }
}

fn grid(n_rows: u8, chance: &mut Chance) -> Kind {
    let scale = ["none", "some", "strong"].iter().map(|id| Choice {
        id: Slug::from(*id),
        label: words("Step"),
        description: L10n::default(),
        group: L10n::default(),
        visible: None,
        retired: false,
    });
    Kind::Grid {
        rows: choices(&[], n_rows, chance),
        scale: scale.collect(),
        needs_one_of: if chance.one_in(2) {
            vec![Slug::from("some"), Slug::from("strong")]
        } else {
            Vec::new()
        },
    }
}

/// What other engines lack, or have in another way.
fn rare(sort: u8, earlier: &[Question], chance: &mut Chance) -> Kind {
    match sort {
        9 => Kind::Multi {
            choices: choices(earlier, 4, chance),
            min: 0,
            max: 3,
            exclusive: Some(Slug::from("c0")),
            other: Some(limit(Unit::Characters, chance)),
        },
        10 => Kind::Single {
            choices: choices(earlier, 3, chance),
            other: Some(limit(Unit::Characters, chance)),
        },
        11 => Kind::Email,
        12 => Kind::Links {
            max: chance.between(1, 3),
        },
        13 => Kind::Lines {
            max: chance.between(1, 3),
            limit: limit(Unit::Characters, chance),
        },
        14 => Kind::Date {
            from: None,
            to: chrono::NaiveDate::from_ymd_opt(2018, 12, 31),
        },
        15 => Kind::Consent {
            rev: u16::from(chance.below(3)),
            text: words("Text"),
        },
        16 => Kind::File {
            formats: vec![FileFormat::Pdf, FileFormat::Txt],
            max_bytes: 1_000,
            max_files: 1,
            limit: limit(Unit::Words, chance),
        },
        17 => Kind::Repeat {
            questions: rounds(chance),
            min: chance.below(2),
            max: chance.between(2, 3),
            item: words("Round"),
        },
        18 => Kind::WeeklyHours {
            min_blocks: chance.below(3),
        },
        _ => match chance.below(5) {
            0 => Kind::Place,
            1 => Kind::TimeZone,
            2 => Kind::Confirm,
            3 => Kind::People {
                max: 2,
                reasons: choices(&[], 2, chance),
            },
            _ => Kind::Info,
        },
    }
}

fn rounds(chance: &mut Chance) -> Vec<Question> {
    let mut inner: Vec<Question> = Vec::new();
    for _ in 0..chance.between(1, 3) {
        let mut question = question(Set::Plain, &inner, chance);
        question.id = QuestionId(format!("r{}", inner.len()));
        inner.push(question);
    }
    inner
}

fn condition(earlier: &[Question], depth: u8, chance: &mut Chance) -> Option<Cond> {
    if depth > 0 && chance.one_in(3) {
        let parts = [
            condition(earlier, depth - 1, chance)?,
            condition(earlier, depth - 1, chance)?,
        ];
        return Some(match chance.below(3) {
            0 => Cond::All(parts.into()),
            1 => Cond::Any(parts.into()),
            _ => {
                let [first, _] = parts;
                Cond::Not(Box::new(first))
            }
        });
    }
    let about = chance.pick(earlier)?;
    Some(atom(about, chance))
}

fn atom(about: &Question, chance: &mut Chance) -> Cond {
    let id = about.id.clone();
    let number = |chance: &mut Chance| Decimal::whole(i32::from(chance.between(1, 10)));
    match &about.kind {
        Kind::YesNo | Kind::Confirm | Kind::Consent { .. } => Cond::Yes(id),
        Kind::Number { .. } | Kind::Scale { .. } => {
            let number = number(chance);
            if chance.one_in(2) {
                Cond::AtLeast(id, number)
            } else {
                Cond::AtMost(id, number)
            }
        }
        Kind::Single { choices, .. } => {
            let some: Vec<Slug> = choices.iter().map(|choice| choice.id.clone()).collect();
            let some = chance.some(&some, 2);
            match some.first() {
                Some(first) if chance.one_in(2) => Cond::Has(id, first.clone()),
                Some(_) => Cond::HasAny(id, some),
                None => Cond::Answered(id),
            }
        }
        Kind::Multi { choices, .. } | Kind::Rank { choices, .. } => match chance.pick(choices) {
            Some(choice) if !chance.one_in(3) => Cond::Has(id, choice.id.clone()),
            _ => Cond::CountAtLeast(id, chance.between(1, 2)),
        },
        Kind::Grid { rows, .. } => match chance.pick(rows) {
            Some(row) => Cond::Row(id, row.id.clone(), vec![Slug::from("strong")]),
            None => Cond::Answered(id),
        },
        Kind::WeeklyHours { .. } => Cond::Varies(id),
        Kind::Place => Cond::Country(id, "US".to_owned()),
        _ if chance.one_in(8) => Cond::Returning,
        _ => Cond::Answered(id),
    }
}
