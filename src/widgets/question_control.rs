//! The control for each kind of answer.

use leptos::prelude::*;
use tandem_domain::form::answer::{Answer, Upload};
use tandem_domain::form::definition::{
    Choice as Offered, Kind, Question, QuestionId, Slug, TextLimit,
};
use tandem_domain::form::syntax::day;

use crate::ui::checkbox::Checkbox;
use crate::ui::choice::{Choice, Flow, RadioGroup};
use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::field::Label;
use crate::ui::ranking::Ranking;
use crate::ui::text_area::TextArea;
use crate::ui::text_field::{Text, TextField};
use crate::widgets::area_grid::AreaGrid;
use crate::widgets::choice_field::{ChoiceField, Chosen, Manner};
use crate::widgets::date_ranges::DateRanges;
use crate::widgets::file_field::FileField;
use crate::widgets::lines_field::{Line, LinesField};
use crate::widgets::month_field::MonthField;
use crate::widgets::people_field::PeopleField;
use crate::widgets::place_field::{PlaceField, PlaceValue};
use crate::widgets::question_field::{Circumstances, field_id};
use crate::widgets::rounds_field::RoundsField;
use crate::widgets::text_count::TextCount;
use crate::widgets::weekly_hours::WeeklyHoursField;
use crate::widgets::zone_field::ZoneField;

/// What every control gets.
#[derive(Clone)]
struct Wiring {
    id: String,
    label: Label,
    circumstances: Signal<Circumstances>,
    answer: Signal<Option<Answer>>,
    error: Signal<Option<String>>,
    on_answer: Callback<Option<Answer>>,
}

/// The control for the kind of answer that a question takes.
#[component]
pub fn Control(
    /// Which question.
    question: Question,
    /// What stands above it.
    label: Label,
    /// What the answers so far decide about it.
    circumstances: Signal<Circumstances>,
    /// The answer.
    answer: Signal<Option<Answer>>,
    /// What is wrong with it, in words, if anything.
    error: Signal<Option<String>>,
    /// Called with the answer after each change.
    on_answer: Callback<Option<Answer>>,
) -> impl IntoView {
    let id = field_id(&question);
    let wiring = Wiring {
        id,
        label,
        circumstances,
        answer,
        error,
        on_answer,
    };
    let filled_by = question.autocomplete.as_deref();
    match question.kind {
        Kind::ShortText { limit } => short_text(wiring, plain_or_token(filled_by), Some(limit)),
        Kind::Email => short_text(wiring, Text::Email, None),
        Kind::Phone => short_text(wiring, Text::Phone, None),
        Kind::LongText { limit } => long_text(wiring, limit),
        Kind::Number { unit, .. } => {
            short_text(with_unit(wiring, unit.text()), Text::Decimal, None)
        }
        Kind::Date { .. } => date(wiring),
        Kind::Consent { rev, text } => consent(wiring, question.label.text(), rev, text.text()),
        Kind::Scale {
            min,
            max,
            low,
            high,
        } => scale(wiring, min..=max, low.text(), high.text()),
        kind @ Kind::File { .. } => files(wiring, question.id, kind),
        Kind::Repeat {
            questions,
            max,
            item,
            ..
        } => rounds(wiring, questions, usize::from(max), item.text()),
        Kind::Links { max } => lines(wiring, Line::Links, max),
        Kind::Lines { max, .. } => lines(wiring, Line::Words, max),
        Kind::YearMonth => month(wiring),
        Kind::Confirm => confirm(wiring, question.label.text()),
        Kind::YesNo => yes_no(wiring),
        Kind::Single { choices, other } => choice(wiring, choices, other, Manner::One),
        Kind::Multi {
            choices,
            other,
            exclusive,
            max,
            ..
        } => {
            let wiring = with_max(wiring, usize::from(max), choices.len());
            choice(wiring, choices, other, Manner::Any(exclusive))
        }
        Kind::Rank { choices, max, .. } => ranking(wiring, &choices, max),
        Kind::Grid { rows, scale, .. } => grid(wiring, rows, scale),
        Kind::TimeZone => zone(wiring),
        Kind::WeeklyHours { .. } => hours(wiring),
        Kind::Place => place(wiring),
        Kind::DateRanges { max } => ranges(wiring, max),
        Kind::People { max, reasons } => people(wiring, max, reasons),
        Kind::Info => ().into_any(),
    }
}

/// The tokens that forms may name (WCAG 1.3.5).
const TOKENS: [&str; 8] = [
    "nickname",
    "organization",
    "organization-title",
    "email",
    "tel",
    "url",
    "country-name",
    "language",
];

fn plain_or_token(token: Option<&str>) -> Text {
    match token {
        Some("name") => Text::Name,
        Some(token) => TOKENS
            .into_iter()
            .find(|known| *known == token)
            .map_or(Text::Plain, Text::Token),
        None => Text::Plain,
    }
}

fn with_max(wiring: Wiring, max: usize, n_choices: usize) -> Wiring {
    // The question's own help says it better where it says it.
    if max >= n_choices || wiring.label.hint_text().is_some() {
        return wiring;
    }
    let label = wiring
        .label
        .clone()
        .and_hint(&format!("Choose up to {max}."));
    Wiring { label, ..wiring }
}

/// What is counted stands in the help, unless the question has its own.
fn with_unit(wiring: Wiring, unit: &str) -> Wiring {
    if unit.is_empty() || wiring.label.hint_text().is_some() {
        return wiring;
    }
    let label = wiring.label.clone().and_hint(&format!("In {unit}."));
    Wiring { label, ..wiring }
}

fn text_of(answer: Signal<Option<Answer>>) -> Signal<String> {
    Signal::derive(move || match answer.get() {
        Some(Answer::Text(text)) => text,
        _ => String::new(),
    })
}

fn short_text(wiring: Wiring, text: Text, limit: Option<TextLimit>) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = text_of(answer);
    let typed = move |text: String| on_answer.run(Some(Answer::Text(text)));
    let is_close = move |limit: &TextLimit| {
        let max = usize::try_from(limit.max).unwrap_or(usize::MAX);
        value.with(|text| text.chars().count() >= max / 5 * 4)
    };
    let count = move || {
        let limit = limit.filter(is_close)?;
        Some(view! { <TextCount text=value limit /> })
    };
    view! {
        <TextField id label text value error on_input=typed />
        {count}
    }
    .into_any()
}

fn long_text(wiring: Wiring, limit: TextLimit) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = text_of(answer);
    let typed = move |text: String| on_answer.run(Some(Answer::Text(text)));
    view! {
        <TextArea id label value error on_input=typed />
        <TextCount text=value limit />
    }
    .into_any()
}

fn lines(wiring: Wiring, line: Line, max: u8) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Lines(lines)) => lines,
        _ => Vec::new(),
    });
    let change = move |lines: Vec<String>| on_answer.run(Some(Answer::Lines(lines)));
    view! { <LinesField id label line max=usize::from(max) value error on_change=change /> }
        .into_any()
}

fn month(wiring: Wiring) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::YearMonth { year, month }) => Some((year, month)),
        _ => None,
    });
    let change = move |value: Option<(i32, u32)>| {
        on_answer.run(value.map(|(year, month)| Answer::YearMonth { year, month }));
    };
    view! { <MonthField id label value error on_change=change /> }.into_any()
}

fn confirm(wiring: Wiring, sentence: &str) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let checked = Signal::derive(move || answer.get() == Some(Answer::Yes(true)));
    let change = move |ticked: bool| on_answer.run(ticked.then_some(Answer::Yes(true)));
    let hint = label
        .hint_text()
        .map(|hint| view! { <p class="question-field__below">{hint}</p> });
    // A box to tick says in its own sentence what it is for.
    let sentence = sentence.to_owned();
    let is_optional = label.is_optional();
    let sentence = Signal::derive(move || {
        if is_optional.is_some_and(|holds| holds.get()) {
            format!("{sentence} (optional)")
        } else {
            sentence.clone()
        }
    });
    view! {
        <Checkbox id label=sentence checked error on_change=change />
        {hint}
    }
    .into_any()
}

fn consent(wiring: Wiring, sentence: &str, rev: u16, text: &str) -> AnyView {
    let Wiring {
        answer, on_answer, ..
    } = wiring.clone();
    // To the control it is a box to tick; the answer says which text was read.
    let ticked = Signal::derive(move || {
        (answer.get() == Some(Answer::Agreed(rev))).then_some(Answer::Yes(true))
    });
    let tick = Callback::new(move |answer: Option<Answer>| {
        on_answer.run(answer.map(|_| Answer::Agreed(rev)));
    });
    let wiring = Wiring {
        answer: ticked,
        on_answer: tick,
        ..wiring
    };
    view! {
        <p class="question-field__text">{text.to_owned()}</p>
        {confirm(wiring, sentence)}
    }
    .into_any()
}

fn scale(wiring: Wiring, steps: std::ops::RangeInclusive<u8>, low: &str, high: &str) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let words = |step: u8| match step {
        _ if step == *steps.start() => format!("{step}: {low}"),
        _ if step == *steps.end() => format!("{step}: {high}"),
        _ => step.to_string(),
    };
    let choices = steps
        .clone()
        .map(|step| Choice::new(step.to_string(), words(step)))
        .collect();
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::One { choice, .. }) => choice.map(|step| step.0),
        _ => None,
    });
    let change = move |step: String| on_answer.run(Some(Answer::one(&step)));
    view! { <RadioGroup id label choices value error flow=Flow::Inline on_change=change /> }
        .into_any()
}

fn date(wiring: Wiring) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Text(text)) => day(&text),
        _ => None,
    });
    let change = move |entry: DateEntry| {
        on_answer.run(match entry {
            DateEntry::Empty => None,
            // Begun, and no day yet: the check says so.
            DateEntry::Incomplete => Some(Answer::Text("-".to_owned())),
            DateEntry::Day(day) => Some(Answer::Text(day.to_string())),
        });
    };
    view! { <DateField id label value error on_change=change /> }.into_any()
}

/// Files, and the text in place of them.
fn files(wiring: Wiring, question: QuestionId, kind: Kind) -> AnyView {
    let Kind::File {
        formats,
        max_bytes,
        max_files,
        limit,
    } = kind
    else {
        return ().into_any();
    };
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring.clone();
    let given = Signal::derive(move || match answer.get() {
        Some(Answer::Files { files, .. }) => files,
        _ => Vec::new(),
    });
    let change = move |files: Vec<Upload>| {
        let text = match answer.get_untracked() {
            Some(Answer::Files { text, .. }) => text,
            _ => None,
        };
        on_answer.run(Some(Answer::Files { files, text }));
    };
    let below = Wiring {
        id: format!("{id}-text"),
        label: Label::new("Or paste it as text").optional(),
        error: Signal::derive(|| None),
        ..wiring
    };
    let max = usize::from(max_files);
    view! {
        <FileField
            id
            label
            question
            formats
            max_bytes
            max
            value=given
            error
            on_change=change
        />
        {pasted(below, limit)}
    }
    .into_any()
}

/// The text in place of files.
fn pasted(wiring: Wiring, limit: TextLimit) -> AnyView {
    let Wiring {
        answer, on_answer, ..
    } = wiring.clone();
    let text = Signal::derive(move || match answer.get() {
        Some(Answer::Files { text, .. }) => text.map(Answer::Text),
        _ => None,
    });
    let change = Callback::new(move |typed: Option<Answer>| {
        let files = match answer.get_untracked() {
            Some(Answer::Files { files, .. }) => files,
            _ => Vec::new(),
        };
        let text = match typed {
            Some(Answer::Text(text)) => Some(text),
            _ => None,
        };
        on_answer.run(Some(Answer::Files { files, text }));
    });
    let wiring = Wiring {
        answer: text,
        on_answer: change,
        ..wiring
    };
    long_text(wiring, limit)
}

fn rounds(wiring: Wiring, questions: Vec<Question>, max: usize, item: &str) -> AnyView {
    let Wiring {
        id,
        label,
        circumstances,
        answer,
        error,
        on_answer,
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Items(items)) => items,
        _ => Vec::new(),
    });
    let change = move |items| on_answer.run(Some(Answer::Items(items)));
    let item = item.to_owned();
    view! {
        <RoundsField id label questions item max circumstances value error on_change=change />
    }
    .into_any()
}

fn yes_no(wiring: Wiring) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let choices = vec![Choice::new("yes", "Yes"), Choice::new("no", "No")];
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Yes(yes)) => Some(if yes { "yes" } else { "no" }.to_owned()),
        _ => None,
    });
    let change = move |word: String| on_answer.run(Some(Answer::Yes(word == "yes")));
    view! { <RadioGroup id label choices value error flow=Flow::Inline on_change=change /> }
        .into_any()
}

fn choice(
    wiring: Wiring,
    choices: Vec<Offered>,
    other: Option<TextLimit>,
    manner: Manner,
) -> AnyView {
    let Wiring {
        id,
        label,
        circumstances,
        answer,
        error,
        on_answer,
    } = wiring;
    let offered = Memo::new(move |_| (circumstances.with(|now| now.offered(&choices)), other));
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::One { choice, other }) => Chosen {
            choices: choice.into_iter().collect(),
            other,
        },
        Some(Answer::Some { choices, other }) => Chosen { choices, other },
        _ => Chosen::default(),
    });
    let is_one = manner == Manner::One;
    let change = move |Chosen { choices, other }: Chosen| {
        let answer = if is_one {
            Answer::One {
                choice: choices.into_iter().next(),
                other,
            }
        } else {
            Answer::Some { choices, other }
        };
        on_answer.run(Some(answer));
    };
    view! { <ChoiceField id label offered manner value error on_change=change /> }.into_any()
}

fn ranking(wiring: Wiring, choices: &[Offered], max: u8) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let choices = choices
        .iter()
        .map(|choice| Choice::new(choice.id.0.clone(), choice.label.text()))
        .collect::<Vec<_>>();
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Ranked(order)) => order.into_iter().map(|choice| choice.0).collect(),
        _ => Vec::new(),
    });
    let change = move |order: Vec<String>| {
        on_answer.run(Some(Answer::Ranked(order.into_iter().map(Slug).collect())));
    };
    view! { <Ranking id label choices max=usize::from(max) value error on_change=change /> }
        .into_any()
}

fn grid(wiring: Wiring, rows: Vec<Offered>, scale: Vec<Offered>) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Grid(steps)) => steps,
        _ => std::collections::BTreeMap::new(),
    });
    let change = move |steps| on_answer.run(Some(Answer::Grid(steps)));
    view! { <AreaGrid id label rows scale value error on_change=change /> }.into_any()
}

fn zone(wiring: Wiring) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Text(zone)) => Some(zone),
        _ => None,
    });
    let change = move |zone: Option<String>| on_answer.run(zone.map(Answer::Text));
    view! { <ZoneField id label value error on_change=change /> }.into_any()
}

fn hours(wiring: Wiring) -> AnyView {
    let Wiring {
        id,
        label,
        circumstances,
        answer,
        error,
        on_answer,
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Hours(hours)) => hours,
        _ => tandem_domain::form::answer::WeeklyHours::default(),
    });
    let zone = Signal::derive(move || circumstances.with(Circumstances::zone));
    let change = move |hours| on_answer.run(Some(Answer::Hours(hours)));
    view! { <WeeklyHoursField id label zone value error on_change=change /> }.into_any()
}

fn place(wiring: Wiring) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Place { country, region }) => (Some(country), region),
        _ => (None, None),
    });
    let change = move |(country, region): PlaceValue| {
        on_answer.run(country.map(|country| Answer::Place { country, region }));
    };
    view! { <PlaceField id label value error on_change=change /> }.into_any()
}

fn ranges(wiring: Wiring, max: u8) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::Ranges(ranges)) => ranges,
        _ => Vec::new(),
    });
    let change = move |ranges| on_answer.run(Some(Answer::Ranges(ranges)));
    view! { <DateRanges id label max=usize::from(max) value error on_change=change /> }.into_any()
}

fn people(wiring: Wiring, max: u8, reasons: Vec<Offered>) -> AnyView {
    let Wiring {
        id,
        label,
        answer,
        error,
        on_answer,
        ..
    } = wiring;
    let value = Signal::derive(move || match answer.get() {
        Some(Answer::People(people)) => people,
        _ => Vec::new(),
    });
    let change = move |people| on_answer.run(Some(Answer::People(people)));
    view! {
        <PeopleField id label max=usize::from(max) reasons value error on_change=change />
    }
    .into_any()
}
