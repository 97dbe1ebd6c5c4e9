//! The form of what a date follows: which other date, how far from it, on which kind of day.

use chrono::Weekday;
use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::Edge;
use tandem_domain::timeline::rule::{Offset, Rule, Sets, Snap};
use tandem_domain::timeline::wish::Act;

use super::bond_form::{OtherDate, Place, Wrong, number, propose, wrong_at};
use super::bond_words::is_phase;
use super::state::TimelineState;
use crate::ui::button::{Button, Press};
use crate::ui::checkbox::Checkbox;
use crate::ui::choice::Choice;
use crate::ui::date_words::WEEKDAYS;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;
use crate::ui::text_field::{Text, TextField};

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RuleDraft {
    anchor: Option<ItemId>,
    edge: Edge,
    is_before: bool,
    months: String,
    days: String,
    working: bool,
    snap: Snap,
    sets: Sets,
}

impl RuleDraft {
    fn of(rule: Option<&Rule>) -> Self {
        let Some(rule) = rule else {
            return Self {
                anchor: None,
                edge: Edge::End,
                is_before: false,
                months: String::new(),
                days: String::new(),
                working: false,
                snap: Snap::None,
                sets: Sets::Whole,
            };
        };
        let Offset {
            months,
            days,
            working,
        } = rule.offset;
        let is_before = months < 0 || (months == 0 && days < 0);
        let sign = if is_before { -1 } else { 1 };
        let text = |number: i32| {
            if number == 0 {
                String::new()
            } else {
                number.to_string()
            }
        };
        Self {
            anchor: Some(rule.anchor),
            edge: rule.edge,
            is_before,
            months: text(sign * i32::from(months)),
            days: text(sign * days),
            working,
            snap: rule.snap,
            sets: rule.sets,
        }
    }

    fn rule(&self) -> Result<Rule, (Place, String)> {
        let anchor = self
            .anchor
            .ok_or_else(|| (Place::Other, "Choose the date it follows.".to_owned()))?;
        let wrong = || (Place::Far, "Write whole numbers, such as 14.".to_owned());
        let sign: i32 = if self.is_before { -1 } else { 1 };
        let signed = |text: &str| number(text).and_then(|number| number.checked_mul(sign));
        let months = signed(&self.months).ok_or_else(wrong)?;
        let offset = Offset {
            months: i16::try_from(months).map_err(|_| wrong())?,
            days: signed(&self.days).ok_or_else(wrong)?,
            working: self.working,
        };
        Ok(Rule {
            anchor,
            edge: self.edge,
            offset,
            snap: self.snap,
            sets: self.sets,
        })
    }
}

/// The form of what an item follows.
#[component]
pub(super) fn RuleForm(
    /// What the screen knows.
    state: TimelineState,
    /// Whose dates follow.
    id: ItemId,
    /// What they follow so far.
    rule: Option<Rule>,
) -> impl IntoView {
    let draft = RwSignal::new(RuleDraft::of(rule.as_ref()));
    let wrong: Wrong = RwSignal::new(None);
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match draft.with_untracked(RuleDraft::rule) {
            Ok(rule) => propose(state, vec![Act::Anchor { item: id, rule }], wrong),
            Err(problem) => wrong.set(Some(problem)),
        }
    };
    let change = Callback::new(move |(anchor, edge)| {
        wrong.set(None);
        draft.update(|draft| (draft.anchor, draft.edge) = (anchor, edge));
    });
    let has_two = untrack(|| state.read(|view| is_phase(&view.items, id))).unwrap_or(false);
    let failure = wrong_at(wrong, Place::Whole);
    view! {
        <form class="item-form" novalidate on:submit=sent>
            <OtherDate
                state
                own=id
                key="rule"
                label="It follows"
                item=Signal::derive(move || draft.with(|draft| draft.anchor))
                edge=Signal::derive(move || draft.with(|draft| draft.edge))
                wrong
                on_change=change
            />
            <Far draft wrong />
            <OnDay draft />
            {has_two.then(|| view! { <WhatItSets draft wrong /> })}
            {move || failure.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
            <Button press=Press::Submits>"See what follows"</Button>
        </form>
    }
}

/// How far from the other date.
#[component]
fn Far(
    /// What is written.
    draft: RwSignal<RuleDraft>,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let choices = vec![
        Choice::new("after", "After it"),
        Choice::new("before", "Before it"),
    ];
    let way = Signal::derive(move || {
        let is_before = draft.with(|draft| draft.is_before);
        Some(if is_before { "before" } else { "after" }.to_owned())
    });
    let way_chosen = Callback::new(move |way: Option<String>| {
        draft.update(|draft| draft.is_before = way.as_deref() == Some("before"));
    });
    let days = Callback::new(move |text| {
        wrong.set(None);
        draft.update(|draft| draft.days = text);
    });
    let months = Callback::new(move |text| {
        wrong.set(None);
        draft.update(|draft| draft.months = text);
    });
    view! {
        <div class="item-form__row">
            <TextField
                id="rule-days"
                label=Label::new("Days")
                text=Text::Number
                value=Signal::derive(move || draft.with(|draft| draft.days.clone()))
                error=wrong_at(wrong, Place::Far)
                on_input=days
            />
            <TextField
                id="rule-months"
                label=Label::new("Months").optional()
                text=Text::Number
                value=Signal::derive(move || draft.with(|draft| draft.months.clone()))
                on_input=months
            />
            <Select
                id="rule-way"
                label=Label::new("Which way")
                choices=Signal::stored(choices)
                value=way
                on_change=way_chosen
            />
        </div>
        <Checkbox
            id="rule-working"
            label="Count working days only"
            checked=Signal::derive(move || draft.with(|draft| draft.working))
            on_change=move |is| draft.update(|draft| draft.working = is)
        />
    }
}

/// On which kind of day it ends up.
#[component]
fn OnDay(
    /// What is written.
    draft: RwSignal<RuleDraft>,
) -> impl IntoView {
    let mut choices = vec![
        Choice::new("any", "Any day"),
        Choice::new("working", "A working day"),
    ];
    choices.extend(WEEKDAYS.map(|name| Choice::new(name, format!("A {name}"))));
    let value = Signal::derive(move || Some(snap_value(draft.with(|draft| draft.snap)).to_owned()));
    let chosen = Callback::new(move |value: Option<String>| {
        draft.update(|draft| draft.snap = snap(value.as_deref().unwrap_or_default()));
    });
    view! {
        <Select
            id="rule-on"
            label=Label::new("It falls on").hint("The first such day from there on.")
            choices=Signal::stored(choices)
            value
            on_change=chosen
        />
    }
}

fn snap_value(snap: Snap) -> &'static str {
    match snap {
        Snap::None => "any",
        Snap::NextWorkingDay => "working",
        Snap::Weekday(day) => WEEKDAYS
            .get(day.num_days_from_monday() as usize)
            .copied()
            .unwrap_or_default(),
    }
}

fn snap(value: &str) -> Snap {
    match value {
        "working" => Snap::NextWorkingDay,
        name => name.parse::<Weekday>().map_or(Snap::None, Snap::Weekday),
    }
}

/// What of a phase follows.
#[component]
fn WhatItSets(
    /// What is written.
    draft: RwSignal<RuleDraft>,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let choices = vec![
        Choice::new("whole", "All of it; its length stays"),
        Choice::new("start", "Its first day alone"),
        Choice::new("end", "Its last day alone"),
    ];
    let value = Signal::derive(move || {
        let value = match draft.with(|draft| draft.sets) {
            Sets::Whole => "whole",
            Sets::Start => "start",
            Sets::End => "end",
        };
        Some(value.to_owned())
    });
    let chosen = Callback::new(move |value: Option<String>| {
        let sets = match value.as_deref() {
            Some("start") => Sets::Start,
            Some("end") => Sets::End,
            _ => Sets::Whole,
        };
        wrong.set(None);
        draft.update(|draft| draft.sets = sets);
    });
    view! {
        <Select
            id="rule-sets"
            label=Label::new("What of it follows")
            choices=Signal::stored(choices)
            value
            error=wrong_at(wrong, Place::Own)
            on_change=chosen
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor() -> ItemId {
        "01890000-0000-7000-8000-000000000001".parse().unwrap()
    }

    #[test]
    fn a_rule_is_written_as_it_is_read() {
        let offsets = [(0, 14), (0, -14), (1, 0), (-2, -3), (1, -5), (0, 0)];
        let snaps = [
            Snap::None,
            Snap::NextWorkingDay,
            Snap::Weekday(Weekday::Fri),
        ];
        for (months, days) in offsets {
            for snap in snaps {
                let rule = Rule {
                    anchor: anchor(),
                    edge: Edge::Start,
                    offset: Offset {
                        months,
                        days,
                        working: days > 0,
                    },
                    snap,
                    sets: Sets::End,
                };
                assert_eq!(RuleDraft::of(Some(&rule)).rule(), Ok(rule));
            }
        }
        for on in [
            Snap::None,
            Snap::NextWorkingDay,
            Snap::Weekday(Weekday::Wed),
        ] {
            assert_eq!(snap(snap_value(on)), on);
        }
    }

    #[test]
    fn what_is_missing_is_said_where_it_is_missing() {
        let mut draft = RuleDraft::of(None);
        assert_eq!(draft.rule().unwrap_err().0, Place::Other);
        draft.anchor = Some(anchor());
        draft.days = "soon".to_owned();
        assert_eq!(draft.rule().unwrap_err().0, Place::Far);
        draft.days = "14".to_owned();
        assert_eq!(draft.rule().unwrap().offset.days, 14);
    }
}
