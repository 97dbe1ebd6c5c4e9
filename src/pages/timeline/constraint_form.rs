//! The form of what must hold between an item and another: how many days, how grave it is, why.

use leptos::prelude::*;
use tandem_domain::form::locale::L10n;
use tandem_domain::id::{ConstraintId, ItemId};
use tandem_domain::timeline::Edge;
use tandem_domain::timeline::constraint::{Constraint, Point, Severity};
use tandem_domain::timeline::wish::Act;

use super::bond_form::{EdgeSelect, OtherDate, Place, Wrong, number, propose, wrong_at};
use super::bond_words::{is_of_length, is_phase};
use super::state::TimelineState;
use crate::dom::random;
use crate::ui::button::{Button, Press};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;
use crate::ui::text_field::{Text, TextField};

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ConstraintDraft {
    own: Edge,
    is_before: bool,
    other: Option<ItemId>,
    edge: Edge,
    least: String,
    most: String,
    severity: Severity,
    why: String,
}

impl ConstraintDraft {
    fn of(id: ItemId, constraint: Option<&Constraint>) -> Self {
        let Some(constraint) = constraint else {
            return Self {
                own: Edge::Start,
                is_before: false,
                other: None,
                edge: Edge::End,
                least: String::new(),
                most: String::new(),
                severity: Severity::Warning,
                why: String::new(),
            };
        };
        // How long something lasts is counted with both its days.
        let and_one = i32::from(is_of_length(constraint));
        let is_before = constraint.after.item != id;
        let (own, other) = if is_before {
            (constraint.before, constraint.after)
        } else {
            (constraint.after, constraint.before)
        };
        Self {
            own: own.edge,
            is_before,
            other: Some(other.item),
            edge: other.edge,
            least: (constraint.min_days + and_one).to_string(),
            most: constraint
                .max_days
                .map(|days| (days + and_one).to_string())
                .unwrap_or_default(),
            severity: constraint.severity,
            why: constraint.why.text().to_owned(),
        }
    }

    fn constraint(
        &self,
        id: ItemId,
        known_as: ConstraintId,
    ) -> Result<Constraint, (Place, String)> {
        let other = self
            .other
            .ok_or_else(|| (Place::Other, "Choose the other date.".to_owned()))?;
        let wrong = |place| (place, "Write a whole number, such as 7.".to_owned());
        let least = number(&self.least).ok_or_else(|| wrong(Place::Far))?;
        let most = if self.most.trim().is_empty() {
            None
        } else {
            Some(number(&self.most).ok_or_else(|| wrong(Place::Most))?)
        };
        if most.is_some_and(|most| most < least) {
            let words = "This is less than the least.".to_owned();
            return Err((Place::Most, words));
        }
        let made = |(before, after), least, most| Constraint {
            id: Some(known_as),
            before,
            after,
            min_days: least,
            max_days: most,
            severity: self.severity,
            why: L10n::english(self.why.trim()),
        };
        let of = |edge| Point { item: id, edge };
        if other == id {
            let days = (of(Edge::Start), of(Edge::End));
            let between = |lasts: i32| (lasts - 1).max(0);
            return Ok(made(days, between(least), most.map(between)));
        }
        let own = of(self.own);
        let other = Point {
            item: other,
            edge: self.edge,
        };
        let points = if self.is_before {
            (own, other)
        } else {
            (other, own)
        };
        Ok(made(points, least, most))
    }
}

/// What has to be done so that a constraint holds instead of the one there was.
fn acts(old: Option<ConstraintId>, constraint: Constraint) -> Vec<Act> {
    let old = old.map(|constraint| Act::Unconstrain { constraint });
    let new = Act::Constrain { constraint };
    old.into_iter().chain([new]).collect()
}

/// The form of something that must hold.
#[component]
pub(super) fn ConstraintForm(
    /// What the screen knows.
    state: TimelineState,
    /// The item it is written at.
    id: ItemId,
    /// How the ids of the form begin.
    key: String,
    /// What holds so far.
    constraint: Option<Constraint>,
) -> impl IntoView {
    let old = constraint.as_ref().and_then(|constraint| constraint.id);
    let draft = RwSignal::new(ConstraintDraft::of(id, constraint.as_ref()));
    let wrong: Wrong = RwSignal::new(None);
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(known_as) = old.or_else(|| random::uuid().parse().ok()) else {
            return;
        };
        match draft.with_untracked(|draft| draft.constraint(id, known_as)) {
            Ok(constraint) => propose(state, acts(old, constraint), wrong),
            Err(problem) => wrong.set(Some(problem)),
        }
    };
    let change = Callback::new(move |(other, edge)| {
        wrong.set(None);
        draft.update(|draft| (draft.other, draft.edge) = (other, edge));
    });
    let failure = wrong_at(wrong, Place::Whole);
    let has_two = untrack(|| state.read(|view| is_phase(&view.items, id))).unwrap_or(false);
    let is_own = Memo::new(move |_| draft.with(|draft| draft.other == Some(id)));
    view! {
        <form class="item-form" novalidate on:submit=sent>
            <Own has_two is_own key=key.clone() draft wrong />
            <Days is_own key=key.clone() draft wrong />
            <OtherDate
                state
                own=id
                key=key.clone()
                label="The other date"
                item=Signal::derive(move || draft.with(|draft| draft.other))
                edge=Signal::derive(move || draft.with(|draft| draft.edge))
                wrong
                itself=has_two.then_some("Its own other day: how long it lasts")
                on_change=change
            />
            <Grave key draft />
            {move || failure.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
            <Button press=Press::Submits>"See what follows"</Button>
        </form>
    }
}

/// Which of the own dates, if there are two and the other one is not it.
#[component]
fn Own(
    /// Whether there are two.
    has_two: bool,
    /// Whether the other date is its own.
    is_own: Memo<bool>,
    /// How the ids of the form begin.
    key: String,
    /// What is written.
    draft: RwSignal<ConstraintDraft>,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let chosen = Callback::new(move |edge| draft.update(|draft| draft.own = edge));
    view! {
        <Show when=move || has_two && !is_own.get()>
            <EdgeSelect
                id=format!("{key}-own-edge")
                label=Label::new("What must hold of its")
                edge=Signal::derive(move || draft.with(|draft| draft.own))
                wrong=wrong_at(wrong, Place::Own)
                on_change=chosen
            />
        </Show>
    }
}

/// How many days, and which way.
#[component]
fn Days(
    /// Whether the other date is its own.
    is_own: Memo<bool>,
    /// How the ids of the form begin.
    key: String,
    /// What is written.
    draft: RwSignal<ConstraintDraft>,
    /// What is wrong.
    wrong: Wrong,
) -> impl IntoView {
    let least = Callback::new(move |text| {
        wrong.set(None);
        draft.update(|draft| draft.least = text);
    });
    let most = Callback::new(move |text| {
        wrong.set(None);
        draft.update(|draft| draft.most = text);
    });
    let choices = Signal::stored(vec![
        Choice::new("after", "After the other date"),
        Choice::new("before", "Before the other date"),
    ]);
    let way_key = key.clone();
    let way = Signal::derive(move || {
        let is_before = draft.with(|draft| draft.is_before);
        Some(if is_before { "before" } else { "after" }.to_owned())
    });
    let way_chosen = Callback::new(move |way: Option<String>| {
        draft.update(|draft| draft.is_before = way.as_deref() == Some("before"));
    });
    view! {
        <div class="item-form__row">
            <TextField
                id=format!("{key}-least")
                label=Label::new("At least, in days")
                text=Text::Number
                value=Signal::derive(move || draft.with(|draft| draft.least.clone()))
                error=wrong_at(wrong, Place::Far)
                on_input=least
            />
            <TextField
                id=format!("{key}-most")
                label=Label::new("At most, in days").optional()
                text=Text::Number
                value=Signal::derive(move || draft.with(|draft| draft.most.clone()))
                error=wrong_at(wrong, Place::Most)
                on_input=most
            />
            <Show when=move || !is_own.get()>
                <Select
                    id=format!("{way_key}-way")
                    label=Label::new("Which way")
                    choices=choices
                    value=way
                    on_change=way_chosen
                />
            </Show>
        </div>
    }
}

/// How grave it is if it does not hold, and why it must.
#[component]
fn Grave(
    /// How the ids of the form begin.
    key: String,
    /// What is written.
    draft: RwSignal<ConstraintDraft>,
) -> impl IntoView {
    let value = Signal::derive(move || {
        let is_error = draft.with(|draft| draft.severity) == Severity::Error;
        Some(if is_error { "error" } else { "warning" }.to_owned())
    });
    let chosen = Callback::new(move |value: String| {
        let severity = if value == "error" {
            Severity::Error
        } else {
            Severity::Warning
        };
        draft.update(|draft| draft.severity = severity);
    });
    view! {
        <TextField
            id=format!("{key}-why")
            label=Label::new("Because").hint("Goes on with the sentence: somebody has to read them.").optional()
            value=Signal::derive(move || draft.with(|draft| draft.why.clone()))
            on_input=move |text| draft.update(|draft| draft.why = text)
        />
        <RadioGroup
            id=format!("{key}-grave")
            label=Label::new("If a change breaks it")
            choices=vec![
                Choice::new("warning", "Say so"),
                Choice::new("error", "Refuse the change"),
            ]
            value
            on_change=chosen
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> ItemId {
        format!("01890000-0000-7000-8000-0000000000{number:02}")
            .parse()
            .unwrap()
    }

    fn known_as() -> ConstraintId {
        "01890000-0000-7000-8000-000000000099".parse().unwrap()
    }

    fn constraint(before: u8, after: u8) -> Constraint {
        let point = |number, edge| Point {
            item: id(number),
            edge,
        };
        Constraint {
            id: Some(known_as()),
            before: point(before, Edge::End),
            after: point(after, Edge::Start),
            min_days: 7,
            max_days: Some(21),
            severity: Severity::Error,
            why: L10n::english("somebody has to read them"),
        }
    }

    #[test]
    fn what_must_hold_is_written_as_it_is_read_from_either_side() {
        for (before, after) in [(1, 2), (2, 1)] {
            let constraint = constraint(before, after);
            let draft = ConstraintDraft::of(id(2), Some(&constraint));
            assert_eq!(draft.is_before, before == 2);
            assert_eq!(draft.constraint(id(2), known_as()), Ok(constraint));
        }
    }

    #[test]
    fn how_long_it_lasts_is_written_with_both_its_days() {
        let mut draft = ConstraintDraft::of(id(2), None);
        draft.other = Some(id(2));
        draft.least = "21".to_owned();
        let made = draft.constraint(id(2), known_as()).unwrap();
        assert_eq!(
            (made.before.edge, made.after.edge),
            (Edge::Start, Edge::End)
        );
        assert_eq!((made.min_days, made.max_days), (20, None));
        let again = ConstraintDraft::of(id(2), Some(&made));
        assert_eq!(again.least, "21");
        assert_eq!(again.constraint(id(2), known_as()), Ok(made));
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is_wrong() {
        let mut draft = ConstraintDraft::of(id(2), None);
        let place = |draft: &ConstraintDraft| draft.constraint(id(2), known_as()).unwrap_err().0;
        assert_eq!(place(&draft), Place::Other);
        draft.other = Some(id(1));
        draft.least = "a week".to_owned();
        assert_eq!(place(&draft), Place::Far);
        draft.least = "7".to_owned();
        draft.most = "3".to_owned();
        assert_eq!(place(&draft), Place::Most);
        draft.most.clear();
        let made = draft.constraint(id(2), known_as()).unwrap();
        assert_eq!((made.min_days, made.max_days), (7, None));
        assert_eq!((made.before.item, made.after.item), (id(1), id(2)));
    }

    #[test]
    fn a_changed_one_takes_the_place_of_the_old_one() {
        let new = acts(None, constraint(1, 2));
        assert_eq!(new.len(), 1);
        let changed = acts(Some(known_as()), constraint(1, 2));
        assert!(matches!(
            changed[..],
            [Act::Unconstrain { .. }, Act::Constrain { .. }]
        ));
    }
}
