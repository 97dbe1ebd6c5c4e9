//! A time zone: one from the browser's list, with the browser's guess offered and the time there.

use leptos::prelude::*;

use crate::ui::button::Button;
use crate::ui::choice::Choice;
use crate::ui::field::Label;
use crate::ui::local_time::{reader_zone_name, time_there, zone_names};
use crate::ui::select::Select;

/// A time zone by its IANA name.
#[component]
pub fn ZoneField(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// The zone.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with the zone after each change.
    #[prop(into)]
    on_change: Callback<Option<String>>,
) -> impl IntoView {
    let guess = reader_zone_name();
    let choices = choices(zone_names(), &guess, value.get_untracked().as_deref());
    let there = move || {
        let time = value
            .get()
            .map(|zone| time_there(&zone))
            .unwrap_or_default();
        (!time.is_empty()).then(|| format!("The time there now: {time}."))
    };
    let offered = guess.clone();
    let suggestion = move || {
        let guess = offered.clone();
        let can_offer = value.with(Option::is_none) && !guess.is_empty();
        can_offer.then(|| {
            let words = format!("Use {}, as this device says", named(&guess));
            view! { <Button on_press=move |()| on_change.run(Some(guess.clone()))>{words}</Button> }
        })
    };
    view! {
        <div class="zone-field">
            <Select id label choices value error placeholder="Choose a time zone" on_change />
            {suggestion}
            <p class="zone-field__now" role="status">
                {there}
            </p>
        </div>
    }
}

/// All zones by name. What is chosen or guessed is among them, whatever this browser knows.
fn choices(zones: Vec<String>, guess: &str, chosen: Option<&str>) -> Vec<Choice> {
    let mut zones = zones;
    for extra in [Some(guess), chosen].into_iter().flatten() {
        if !extra.is_empty() && !zones.iter().any(|zone| zone == extra) {
            zones.push(extra.to_owned());
        }
    }
    zones.sort();
    zones
        .into_iter()
        .map(|zone| Choice::new(zone.clone(), named(&zone)))
        .collect()
}

/// "New York (America)" would hide the region by which people look: "America / New York".
fn named(zone: &str) -> String {
    zone.replace('_', " ").replace('/', " / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_always_offered() {
        let zones = vec!["America/New_York".to_owned()];
        let choices = choices(zones, "Pacific/Guam", Some("Asia/Ho_Chi_Minh"));
        let values: Vec<_> = choices.iter().map(|choice| choice.value.as_str()).collect();
        assert_eq!(
            values,
            ["America/New_York", "Asia/Ho_Chi_Minh", "Pacific/Guam"]
        );
        assert_eq!(choices[0].label, "America / New York");
    }
}
