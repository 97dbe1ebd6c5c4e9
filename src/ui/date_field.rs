//! A day, written as day, month and year, or pasted as 2018-03-02.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use crate::ui::field::{FieldGroup, Label, invalid};

/// What the three inputs hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateEntry {
    /// Nothing.
    #[default]
    Empty,
    /// Something that is not a day of the calendar, or not yet.
    Incomplete,
    /// A day.
    Day(NaiveDate),
}

/// A day in three inputs. Months may be written as names; a whole date may be pasted into any of them.
#[component]
pub fn DateField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// The day it holds at first, and whenever it changes elsewhere.
    #[prop(into)]
    value: Signal<Option<NaiveDate>>,
    /// What is wrong with it, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Called at each change.
    #[prop(into)]
    on_change: Callback<DateEntry>,
) -> impl IntoView {
    let parts = RwSignal::new(Parts::of(value.get_untracked()));
    Effect::new(move || {
        let value = value.get();
        // What is being typed is only replaced by another day than it already says.
        if let Some(day) = value
            && parts.with_untracked(Parts::entry) != DateEntry::Day(day)
        {
            parts.set(Parts::of(Some(day)));
        }
    });
    let typed = Callback::new(move |(part, text): (Part, String)| {
        parts.update(|parts| parts.write(part, text));
        on_change.run(parts.with_untracked(Parts::entry));
    });
    let inputs =
        Part::ALL.map(|part| view! { <DatePart id=id.clone() part parts error on_input=typed /> });
    view! {
        <FieldGroup id label error>
            <div class="date-field">{inputs}</div>
        </FieldGroup>
    }
}

/// One of the three inputs.
#[component]
fn DatePart(
    /// The id of the group.
    id: String,
    /// Which.
    part: Part,
    /// What the three inputs hold.
    #[prop(into)]
    parts: Signal<Parts>,
    /// What is wrong with the day, if anything.
    error: Signal<Option<String>>,
    /// Called with the text at each letter.
    on_input: Callback<(Part, String)>,
) -> impl IntoView {
    let (word, class) = part.words();
    let id = format!("{id}-{}", word.to_lowercase());
    view! {
        <div class="date-field__part">
            <label class="date-field__label" for=id.clone()>
                {word}
            </label>
            <input
                class=class
                id=id
                type="text"
                inputmode=if part == Part::Month { "text" } else { "numeric" }
                autocomplete="off"
                prop:value=move || parts.with(|parts| parts.read(part).to_owned())
                aria-invalid=move || invalid(error)
                on:input=move |event| on_input.run((part, event_target_value(&event)))
            />
        </div>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year,
}

impl Part {
    const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Day => ("Day", "text-field date-field__input"),
            Self::Month => ("Month", "text-field date-field__input"),
            Self::Year => (
                "Year",
                "text-field date-field__input date-field__input--year",
            ),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Parts {
    day: String,
    month: String,
    year: String,
}

impl Parts {
    fn of(day: Option<NaiveDate>) -> Self {
        day.map_or_else(Self::default, |day| Self {
            day: day.day().to_string(),
            month: day.month().to_string(),
            year: day.year().to_string(),
        })
    }

    fn read(&self, part: Part) -> &str {
        match part {
            Part::Day => &self.day,
            Part::Month => &self.month,
            Part::Year => &self.year,
        }
    }

    fn write(&mut self, part: Part, text: String) {
        if let Ok(day) = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") {
            *self = Self::of(Some(day));
            return;
        }
        match part {
            Part::Day => self.day = text,
            Part::Month => self.month = text,
            Part::Year => self.year = text,
        }
    }

    fn entry(&self) -> DateEntry {
        let [day, month, year] = [&self.day, &self.month, &self.year].map(|text| text.trim());
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return DateEntry::Empty;
        }
        let parsed = || {
            let year = (year.len() == 4).then(|| year.parse().ok())??;
            NaiveDate::from_ymd_opt(year, month_number(month)?, day.parse().ok()?)
        };
        parsed().map_or(DateEntry::Incomplete, DateEntry::Day)
    }
}

/// 3, 03, mar, March.
fn month_number(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = text.trim_end_matches('.').to_lowercase();
    let is_month = |month: &&str| text.len() >= 3 && month.starts_with(&text);
    (1..)
        .zip(MONTHS)
        .find(|(_, month)| is_month(month))
        .map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(day: &str, month: &str, year: &str) -> DateEntry {
        let mut parts = Parts::default();
        parts.write(Part::Day, day.to_owned());
        parts.write(Part::Month, month.to_owned());
        parts.write(Part::Year, year.to_owned());
        parts.entry()
    }

    fn second_of_march() -> DateEntry {
        DateEntry::Day(NaiveDate::from_ymd_opt(2018, 3, 2).unwrap())
    }

    #[test]
    fn months_may_be_numbers_or_names() {
        for month in ["3", "03", "mar", "Mar.", "March"] {
            assert_eq!(entry("2", month, "2018"), second_of_march(), "{month}");
        }
    }

    #[test]
    fn a_whole_date_may_be_pasted_into_any_part() {
        let mut parts = Parts::default();
        parts.write(Part::Day, " 2018-03-02 ".to_owned());
        assert_eq!(parts.entry(), second_of_march());
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_incomplete() {
        assert_eq!(entry("30", "2", "2018"), DateEntry::Incomplete);
        assert_eq!(entry("2", "ma", "2018"), DateEntry::Incomplete);
        assert_eq!(entry("2", "3", "18"), DateEntry::Incomplete);
        assert_eq!(entry("", "", ""), DateEntry::Empty);
    }
}
