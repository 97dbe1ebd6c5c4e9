//! The time of day of a deadline or a meeting and the zone it is read in, with what that is for the
//! reader.

use leptos::prelude::*;
use tandem_api::timeline::{ResolveTime, ResolvedTime};
use tandem_domain::date::{Deadline, ZoneName};

use super::item_draft::{Draft, unresolved};
use crate::api::timeline;
use crate::load::{Fetched, Load};
use crate::ui::choice::Choice;
use crate::ui::field::{Field, Label, invalid};
use crate::ui::local_time::zone_names;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;
use crate::ui::text_field::{Text, TextField};
use crate::widgets::deadline::{DeadlineWords, MeetingWords};
use crate::widgets::timeline_warning::clocks;

/// Time of day, zone, and the length of a meeting.
#[component]
pub(super) fn TimeFields(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
    /// Whether it is a deadline, not a meeting.
    is_due: bool,
    /// What is wrong with the time.
    time_error: Signal<Option<String>>,
    /// What is wrong with the length.
    minutes_error: Signal<Option<String>>,
) -> impl IntoView {
    let minutes = (!is_due).then(|| {
        view! {
            <TextField
                id=format!("{key}-minutes")
                label=Label::new("Minutes")
                text=Text::Number
                value=draft.with_untracked(|draft| draft.minutes.clone())
                error=minutes_error
                on_input=move |text| draft.update(|draft| draft.minutes = text)
            />
        }
    });
    let zones = zones(
        zone_names(),
        &draft.with_untracked(|draft| draft.zone.clone()),
    );
    let zone = Signal::derive(move || Some(draft.with(|draft| draft.zone.0.clone())));
    let zone_chosen = Callback::new(move |zone: Option<String>| {
        draft.update(|draft| draft.zone = ZoneName(zone.unwrap_or_default()));
    });
    view! {
        <div class="item-form__row">
            <TimeInput key draft is_due error=time_error /> {minutes}
        </div>
        <Select
            id=format!("{key}-zone")
            label=Label::new("Read in the zone")
            choices=Signal::stored(zones)
            value=zone
            on_change=zone_chosen
        />
        <Meaning draft is_due />
    }
}

/// The time of day.
#[component]
fn TimeInput(
    /// How the ids of the form begin.
    key: &'static str,
    /// What is written.
    draft: RwSignal<Draft>,
    /// Whether it is a deadline.
    is_due: bool,
    /// What is wrong with it.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("{key}-time");
    let label = if is_due {
        Label::new("Last minute that counts")
    } else {
        Label::new("It begins at")
    };
    let described_by = label.described_by(&id, error);
    let written = move |event| {
        let time = event_target_value(&event).parse().ok();
        draft.update(|draft| draft.time = time);
    };
    let value = move || {
        let time = draft.with(|draft| draft.time);
        time.map(|time| time.format("%H:%M").to_string())
    };
    view! {
        <Field id=id.clone() label error>
            <input
                type="time"
                class="text-field text-field--short"
                id=id
                aria-describedby=move || described_by.get()
                aria-invalid=move || invalid(error)
                prop:value=value
                on:change=written
            />
        </Field>
    }
}

/// All zones that this browser knows, after the one that is kindest to whoever is late.
fn zones(names: Vec<String>, chosen: &ZoneName) -> Vec<Choice> {
    let mut names = names;
    if !chosen.is_aoe() && !names.contains(&chosen.0) {
        names.push(chosen.0.clone());
    }
    names.sort();
    let choice = |name: String| {
        let words = name.replace('_', " ").replace('/', " / ");
        Choice::new(name, words)
    };
    let everywhere = Choice::new(ZoneName::AOE, "Anywhere on Earth");
    [everywhere]
        .into_iter()
        .chain(names.into_iter().map(choice))
        .collect()
}

/// When that is: as it will be announced, for the reader, and what clocks do there.
#[component]
fn Meaning(
    /// What is written.
    draft: RwSignal<Draft>,
    /// Whether it is a deadline.
    is_due: bool,
) -> impl IntoView {
    let time = Memo::new(move |_| {
        draft.with(|draft| {
            let (civil, zone) = (draft.civil()?, draft.zone.clone());
            Some(ResolveTime { civil, zone })
        })
    });
    let resolved = Fetched::new(move || {
        let time = time.get();
        Box::pin(async move {
            match time {
                Some(time) => timeline::resolve(&time).await.map(Some),
                None => Ok(None),
            }
        })
    });
    let minutes = Memo::new(move |_| {
        let minutes = draft.with(|draft| draft.minutes.trim().parse());
        minutes.unwrap_or(0)
    });
    let said = move || match resolved.get() {
        Load::Ready(Some(resolved)) => {
            let time = time.get_untracked()?;
            let at = Deadline {
                instant: resolved.instant,
                ..unresolved(time.civil, &time.zone)
            };
            Some(meaning(at, &resolved, minutes.get(), is_due))
        }
        Load::Ready(None) | Load::Waiting => None,
        Load::Failed(error) => {
            Some(view! { <Notice kind=Kind::Warning>{error.sentence()}</Notice> }.into_any())
        }
    };
    view! {
        <div class="item-form__meaning" role="status">
            {said}
        </div>
    }
}

fn meaning(at: Deadline, resolved: &ResolvedTime, minutes: u32, is_due: bool) -> AnyView {
    let mind = clocks(resolved.clocks, resolved.day)
        .map(|words| view! { <Notice kind=Kind::Warning>{words}</Notice> });
    let now = resolved.server_now;
    let words = if is_due {
        view! { <DeadlineWords deadline=at now=Signal::stored(now) /> }.into_any()
    } else {
        view! { <MeetingWords start=at minutes /> }.into_any()
    };
    view! {
        <p>{words}</p>
        {mind}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anywhere_on_earth_is_offered_first_and_the_chosen_zone_always() {
        let known = vec!["America/Chicago".to_owned()];
        let chosen = ZoneName("Pacific/Guam".to_owned());
        let values: Vec<String> = zones(known, &chosen)
            .into_iter()
            .map(|choice| choice.value)
            .collect();
        assert_eq!(values, ["AoE", "America/Chicago", "Pacific/Guam"]);
    }
}
