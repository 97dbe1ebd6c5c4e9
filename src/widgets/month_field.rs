//! A month of a year.

use leptos::prelude::*;

use crate::ui::choice::Choice;
use crate::ui::date_words::MONTHS;
use crate::ui::field::{FieldGroup, Label};
use crate::ui::select::Select;
use crate::ui::text_field::{Text, TextField};

/// A month of a year.
#[component]
pub fn MonthField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// Year and month, if both are given.
    #[prop(into)]
    value: Signal<Option<(i32, u32)>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with year and month once both are there, and with nothing while one is missing.
    #[prop(into)]
    on_change: Callback<Option<(i32, u32)>>,
) -> impl IntoView {
    let parts = RwSignal::new(parts_of(value.get_untracked()));
    Effect::new(move || {
        let value = value.get();
        if value.is_some() && parts.with_untracked(whole) != value {
            parts.set(parts_of(value));
        }
    });
    let changed = move || on_change.run(parts.with_untracked(whole));
    let set_month = move |month: Option<String>| {
        parts.update(|parts| parts.0 = month);
        changed();
    };
    let set_year = move |year: String| {
        parts.update(|parts| parts.1 = year);
        changed();
    };
    let choices: Vec<Choice> = (1..=12)
        .zip(MONTHS)
        .map(|(number, name)| Choice::new(number.to_string(), name))
        .collect();
    view! {
        <FieldGroup id=id.clone() label error>
            <div class="month-field">
                <Select
                    id=format!("{id}-month")
                    label="Month"
                    choices
                    value=Signal::derive(move || parts.get().0)
                    placeholder="Choose a month"
                    on_change=set_month
                />
                <TextField
                    id=format!("{id}-year")
                    label="Year"
                    text=Text::Number
                    value=Signal::derive(move || parts.get().1)
                    on_input=set_year
                />
            </div>
        </FieldGroup>
    }
}

type Parts = (Option<String>, String);

fn parts_of(value: Option<(i32, u32)>) -> Parts {
    value.map_or_else(Parts::default, |(year, month)| {
        (Some(month.to_string()), year.to_string())
    })
}

fn whole(parts: &Parts) -> Option<(i32, u32)> {
    let (month, year) = parts;
    let year = year.trim();
    let year = (year.len() == 4).then(|| year.parse().ok())??;
    Some((year, month.as_ref()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_month_is_no_answer_yet() {
        assert_eq!(whole(&(Some("5".to_owned()), "20".to_owned())), None);
        assert_eq!(whole(&(None, "2019".to_owned())), None);
        assert_eq!(
            whole(&(Some("5".to_owned()), " 2019 ".to_owned())),
            Some((2019, 5))
        );
    }
}
