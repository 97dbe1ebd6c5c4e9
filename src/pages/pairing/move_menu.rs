//! Everything that can be done with a mentee, as a menu on the card.

use leptos::prelude::*;
use tandem_domain::board::Command;
use tandem_domain::id::ApplicationId;

use super::desk::Desk;
use super::inspector;
use super::state::{BoardState, Picking, Trigger};
use crate::ui::menu::{Menu, MenuItem};

/// Everything that can be done with a mentee.
#[component]
pub(super) fn MoveMenu(
    /// Who.
    mentee: ApplicationId,
    /// Its place in the tab order.
    tab_index: Signal<i32>,
) -> impl IntoView {
    let state = BoardState::expect();
    let name = state
        .desk()
        .with_untracked(|desk| desk.name(mentee).to_owned());
    let items = Signal::derive(move || state.desk().with(|desk| items(state, desk, mentee)));
    view! {
        <div class="mentee-card__menu" on:click=|event| event.stop_propagation()>
            <Menu label=format!("Actions for {name}") items compact=true tab_index />
        </div>
    }
}

fn items(state: BoardState, desk: &Desk, mentee: ApplicationId) -> Vec<MenuItem> {
    let placement = desk.placement(mentee);
    let is_locked = placement.is_some_and(|placement| placement.locked);
    let why_not = match (desk.may_change(), placement.is_some(), is_locked) {
        (false, _, _) => Some("The board cannot be changed now"),
        (true, _, true) => Some("The pair is locked"),
        _ => None,
    };
    let make =
        move |command: Command| Callback::new(move |()| state.make(command.clone(), Trigger::Menu));
    let guarded = |item: MenuItem, needs_pair: bool| match why_not {
        Some(why_not) => item.impossible(why_not),
        None if needs_pair && placement.is_none() => item.impossible("Has no mentor yet"),
        None => item,
    };
    let pair = MenuItem::new(
        if placement.is_some() {
            "Move to …"
        } else {
            "Pair with …"
        },
        Callback::new(move |()| state.pick_from(Picking::Mentor(mentee))),
    );
    let unpair = MenuItem::new("Unpair", make(Command::Unpair { mentee }));
    let swap = MenuItem::new(
        "Swap with …",
        Callback::new(move |()| state.pick_from(Picking::Swap(mentee))),
    );
    let lock = if is_locked {
        MenuItem::new("Unlock", make(Command::Unlock { mentee }))
    } else {
        MenuItem::new("Lock", make(Command::Lock { mentee }))
    };
    let lock = match (desk.may_change(), placement.is_some()) {
        (false, _) => lock.impossible("The board cannot be changed now"),
        (true, false) => lock.impossible("Has no mentor yet"),
        (true, true) => lock,
    };
    let why = MenuItem::new(
        if placement.is_some() {
            "Why this pair?"
        } else {
            "Show details"
        },
        Callback::new(move |()| inspector::open(state, mentee)),
    );
    vec![
        guarded(pair, false),
        guarded(unpair, true),
        guarded(swap, true),
        lock,
        select(state, desk, mentee),
        why,
    ]
}

/// Chooses somebody among several, or no longer.
fn select(state: BoardState, desk: &Desk, mentee: ApplicationId) -> MenuItem {
    let is_selected = state.selected().with(|selected| selected.contains(&mentee));
    let label = if is_selected {
        "Select no longer"
    } else {
        "Select"
    };
    let item = MenuItem::new(label, Callback::new(move |()| state.toggle(mentee)));
    if desk.may_change() {
        item
    } else {
        item.impossible("The board cannot be changed now")
    }
}
