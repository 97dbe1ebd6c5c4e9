//! The keys of the board. Keys of one letter count only while a card has the keyboard.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use tandem_domain::board::Command;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::alternatives::HEADING as ALTERNATIVES;
use super::inspector;
use super::narrow::Side;
use super::panes::Panes;
use super::state::{BoardState, Trigger};
use super::toolbar::SEARCH;
use crate::dom::focus;

/// Keys that count wherever the keyboard is, unless it is where text is written.
pub(super) fn anywhere(state: BoardState, event: &KeyboardEvent) {
    let has_control = event.ctrl_key() || event.meta_key();
    if !has_control || event.alt_key() || is_in_text(event) {
        return;
    }
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => {
            event.prevent_default();
            state.undo();
        }
        ("z", true) | ("y", false) => {
            event.prevent_default();
            state.redo();
        }
        _ => (),
    }
}

/// Keys on a card, and Escape in the inspector.
pub(super) fn on_board(
    state: BoardState,
    event: &KeyboardEvent,
    panes: Panes,
    on_help: Callback<()>,
) {
    let key = event.key();
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        let is_all = key.eq_ignore_ascii_case("a") && !event.alt_key() && card(event).is_some();
        if let (true, Some(side)) = (is_all, pane(event)) {
            event.prevent_default();
            state.select(&panes.order(side));
        }
        return;
    }
    let Some(who) = card(event) else {
        if key == "Escape" && is_in_inspector(event) {
            inspector::close(state);
        }
        return;
    };
    let is_done = match key.as_str() {
        "Enter" => {
            inspector::open(state, who);
            true
        }
        " " => {
            state.toggle(who);
            true
        }
        // What is held is let go first, by the listener of the window.
        "Escape" if state.held().get_untracked().is_none() => {
            state.select_nobody();
            true
        }
        "?" => {
            on_help.run(());
            true
        }
        "/" => focus::by_id(SEARCH),
        _ => {
            pane(event).is_some_and(|side| step(state, panes, (side, who), event))
                || letter(state, who, &key)
        }
    };
    if is_done {
        event.prevent_default();
    }
}

/// Moves the keyboard; with Shift everybody on the way is chosen.
fn step(
    state: BoardState,
    panes: Panes,
    (side, who): (Side, ApplicationId),
    event: &KeyboardEvent,
) -> bool {
    let Some(target) = panes.step(side, who, &event.key()) else {
        return false;
    };
    if event.shift_key() {
        let order = panes.order(side);
        if !state.is_anchored() {
            state.select_to(who, &order);
        }
        state.select_to(target, &order);
    }
    true
}

/// The pane of the card that has the keyboard: somebody may have a card in two.
fn pane(event: &KeyboardEvent) -> Option<Side> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let pane = element.closest("[data-pane]").ok().flatten()?;
    Side::from_slug(&pane.get_attribute("data-pane")?)
}

fn letter(state: BoardState, who: ApplicationId, key: &str) -> bool {
    let (role, placement, may_change, partner) = state.desk().with_untracked(|desk| {
        let role = desk.candidate(who).map(|candidate| candidate.role);
        let partner = match role {
            Some(Role::Mentor) => desk.occupants(who).next(),
            _ => desk.mentor_of(who),
        };
        (
            role,
            desk.placement(who).cloned(),
            desk.may_change(),
            partner,
        )
    });
    if key == "g" {
        if let Some(partner) = partner {
            state.go(partner);
        }
        return true;
    }
    if key == "s" {
        inspector::open_at(state, who, ALTERNATIVES);
        return true;
    }
    if role != Some(Role::Mentee) || !may_change {
        return false;
    }
    let is_locked = placement.as_ref().is_some_and(|placement| placement.locked);
    match (key, placement.is_some(), is_locked) {
        ("m", _, _) => state.pick_up(who, Trigger::Keyboard),
        ("l", true, true) => state.make(Command::Unlock { mentee: who }, Trigger::Keyboard),
        ("l", true, false) => state.make(Command::Lock { mentee: who }, Trigger::Keyboard),
        // Where there is no pair the refusal says so.
        ("u", _, _) | ("l", false, _) => {
            state.make(Command::Unpair { mentee: who }, Trigger::Keyboard);
        }
        _ => return false,
    }
    true
}

/// The card that has the keyboard itself, not something inside it.
fn card(event: &KeyboardEvent) -> Option<ApplicationId> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.get_attribute("data-card")?.parse().ok()
}

fn is_in_inspector(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("[data-pane='inspector']").ok().flatten())
        .is_some()
}

fn is_in_text(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| {
            element
                .matches("input, textarea, select, dialog *")
                .unwrap_or(false)
        })
}
