//! Usual free hours in the own zone: a tappable week, shortcuts, or "it varies".

use leptos::prelude::*;
use tandem_domain::form::answer::{DayPart, HourBlock, WeeklyHours};

use crate::ui::button::{Button, Look};
use crate::ui::checkbox::Checkbox;
use crate::ui::date_words::WEEKDAYS;
use crate::ui::field::{FieldGroup, Label};
use crate::ui::toggle_grid::{Heading, ToggleGrid};

/// The free hours of a usual week.
#[component]
pub fn WeeklyHoursField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// The zone in which the hours are meant, if it is known.
    #[prop(into)]
    zone: Signal<Option<String>>,
    /// The free hours.
    #[prop(into)]
    value: Signal<WeeklyHours>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with the free hours after each change.
    #[prop(into)]
    on_change: Callback<WeeklyHours>,
) -> impl IntoView {
    let change = move |change: &dyn Fn(&mut WeeklyHours)| {
        let mut hours = value.get_untracked();
        change(&mut hours);
        on_change.run(hours);
    };
    let places = Signal::derive(move || value.with(places));
    let toggle = move |place| change(&|hours| toggle(hours, place));
    let shortcuts = SHORTCUTS
        .into_iter()
        .map(|(words, days, part)| {
            view! {
                <Button look=Look::Secondary on_press=move |()| change(&|hours| add(hours, days.clone(), part))>
                    {words}
                </Button>
            }
        })
        .collect_view();
    let count = move || match value.with(|hours| hours.blocks.len()) {
        0 => "No times chosen yet.".to_owned(),
        1 => "1 time chosen.".to_owned(),
        count => format!("{count} times chosen."),
    };
    view! {
        <FieldGroup id=id.clone() label error>
            <div class="weekly-hours">
                {move || {
                    zone_sentence(zone.get().as_deref())
                        .map(|words| view! { <p class="weekly-hours__zone">{words}</p> })
                }}
                <div class="weekly-hours__shortcuts" role="group" aria-label="Shortcuts">
                    {shortcuts}
                    <Button look=Look::Quiet on_press=move |()| change(&|hours| hours.blocks.clear())>
                        "Clear all"
                    </Button>
                </div>
                <ToggleGrid
                    id=format!("{id}-week")
                    caption="Your usual week. Arrow keys move, space chooses."
                    rows=days()
                    columns=parts()
                    value=places
                    on_toggle=toggle
                />
                <p class="weekly-hours__count" role="status">{count}</p>
                <Checkbox
                    id=format!("{id}-varies")
                    label="It varies from week to week"
                    checked=Signal::derive(move || value.with(|hours| hours.varies))
                    on_change=move |varies| change(&|hours| hours.varies = varies)
                />
            </div>
        </FieldGroup>
    }
}

/// A shortcut: what it says, which days, which part of them.
type Shortcut = (&'static str, std::ops::Range<u8>, DayPart);

const SHORTCUTS: [Shortcut; 3] = [
    ("Weekday mornings", 0..5, DayPart::Morning),
    ("Weekday lunch times", 0..5, DayPart::Lunch),
    ("Weekday evenings", 0..5, DayPart::Evening),
];

/// Which time is meant. The question itself says that it is the own one.
fn zone_sentence(zone: Option<&str>) -> Option<String> {
    let zone = zone.filter(|zone| !zone.is_empty())?;
    Some(format!("Your time is {}.", zone.replace('_', " ")))
}

fn days() -> Vec<Heading> {
    WEEKDAYS
        .map(|name| Heading {
            name: name.to_owned(),
            short: name.chars().take(3).collect(),
        })
        .to_vec()
}

fn parts() -> Vec<Heading> {
    DayPart::ALL
        .map(|part| {
            let (name, hours) = match part {
                DayPart::Early => ("Early", "6–9"),
                DayPart::Morning => ("Morning", "9–12"),
                DayPart::Lunch => ("Lunch", "12–2"),
                DayPart::Afternoon => ("Afternoon", "2–5"),
                DayPart::Evening => ("Evening", "5–8"),
                DayPart::Late => ("Late", "8–10"),
            };
            Heading {
                name: name.to_owned(),
                short: hours.to_owned(),
            }
        })
        .to_vec()
}

fn places(hours: &WeeklyHours) -> Vec<(usize, usize)> {
    let part_idx = |part| DayPart::ALL.iter().position(|own| *own == part);
    hours
        .blocks
        .iter()
        .filter_map(|block| Some((usize::from(block.day), part_idx(block.part)?)))
        .collect()
}

fn toggle(hours: &mut WeeklyHours, (day_idx, part_idx): (usize, usize)) {
    let Some(part) = DayPart::ALL.get(part_idx).copied() else {
        return;
    };
    let Ok(day) = u8::try_from(day_idx) else {
        return;
    };
    let block = HourBlock { day, part };
    if !hours.blocks.remove(&block) {
        hours.blocks.insert(block);
    }
}

fn add(hours: &mut WeeklyHours, days: std::ops::Range<u8>, part: DayPart) {
    hours.blocks.extend(days.map(|day| HourBlock { day, part }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tap_chooses_and_a_second_takes_back() {
        let mut hours = WeeklyHours::default();
        toggle(&mut hours, (6, 4));
        assert_eq!(places(&hours), [(6, 4)]);
        assert!(hours.blocks.contains(&HourBlock {
            day: 6,
            part: DayPart::Evening
        }));
        toggle(&mut hours, (6, 4));
        assert!(hours.blocks.is_empty());
    }

    #[test]
    fn a_shortcut_adds_and_takes_nothing_away() {
        let mut hours = WeeklyHours::default();
        toggle(&mut hours, (6, 0));
        add(&mut hours, 0..5, DayPart::Evening);
        assert_eq!(hours.blocks.len(), 6);
    }

    #[test]
    fn the_zone_is_named_when_it_is_known() {
        assert_eq!(
            zone_sentence(Some("America/New_York")).as_deref(),
            Some("Your time is America/New York.")
        );
        assert_eq!(zone_sentence(None), None);
    }
}
