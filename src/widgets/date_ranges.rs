//! Stretches of days, such as absences: first and last day of each.

use chrono::NaiveDate;
use leptos::prelude::*;
use tandem_domain::form::answer::DayRange;

use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::field::{FieldGroup, Label};
use crate::ui::repeater::{Entries, Repeater};

/// A stretch that may not be whole yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Stretch {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

/// Stretches of days.
#[component]
pub fn DateRanges(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// How many there can be.
    max: usize,
    /// The stretches.
    #[prop(into)]
    value: Signal<Vec<DayRange>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with all whole stretches after each change.
    #[prop(into)]
    on_change: Callback<Vec<DayRange>>,
) -> impl IntoView {
    let entries = Entries::new(stretches(&value.get_untracked()));
    Effect::new(move || {
        let ranges = value.get();
        // What is half written here is not whole there: only other whole ones replace it.
        if whole(&entries.values()) != ranges {
            entries.replace(stretches(&ranges));
        }
    });
    view! {
        <FieldGroup id=id.clone() label error>
            <Repeater
                id
                noun="absence"
                entries
                max
                entry=stretch_entry
                on_change=move |()| on_change.run(whole(&entries.values()))
            />
        </FieldGroup>
    }
}

fn stretch_entry(
    id: String,
    entries: Entries<Stretch>,
    key: u32,
    on_change: Callback<()>,
) -> AnyView {
    let change = move |change: &dyn Fn(&mut Stretch)| {
        entries.change(key, change);
        on_change.run(());
    };
    let none = Signal::derive(|| None::<String>);
    view! {
        <div class="date-ranges__stretch">
            <DateField
                id=format!("{id}-{key}-from")
                label="First day"
                value=Signal::derive(move || entries.get(key).from)
                error=none
                on_change=move |entry| change(&|stretch| stretch.from = day(entry))
            />
            <DateField
                id=format!("{id}-{key}-to")
                label="Last day"
                value=Signal::derive(move || entries.get(key).to)
                error=none
                on_change=move |entry| change(&|stretch| stretch.to = day(entry))
            />
        </div>
    }
    .into_any()
}

fn day(entry: DateEntry) -> Option<NaiveDate> {
    match entry {
        DateEntry::Day(day) => Some(day),
        DateEntry::Empty | DateEntry::Incomplete => None,
    }
}

fn stretches(ranges: &[DayRange]) -> Vec<Stretch> {
    ranges
        .iter()
        .map(|range| Stretch {
            from: Some(range.from),
            to: Some(range.to),
        })
        .collect()
}

fn whole(stretches: &[Stretch]) -> Vec<DayRange> {
    stretches
        .iter()
        .filter_map(|stretch| {
            Some(DayRange {
                from: stretch.from?,
                to: stretch.to?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_stretches_count() {
        let from = "2018-07-01".parse().unwrap();
        let to = "2018-07-28".parse().unwrap();
        let half = Stretch {
            from: Some(from),
            to: None,
        };
        let both = Stretch {
            from: Some(from),
            to: Some(to),
        };
        assert_eq!(whole(&[half, both]), [DayRange { from, to }]);
    }
}
