//! The keyboard door. E takes hold of the item that has the keyboard; then the arrows move it by a
//! day, with Shift by a week; [ and ] choose an end; Enter puts it down, Escape puts it back. Alt is
//! left to the browser, which goes back with it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use tandem_domain::timeline::Edge;

use super::state::{Part, TimelineState};
use super::{words, work};
use crate::dom::announce;
use crate::widgets::timeline_picture::item_at;

const WEEK: i64 = 7;

/// A key went down on the picture.
pub(super) fn pressed(state: TimelineState, event: &KeyboardEvent) {
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let is_used = if state.grip().get_untracked().is_some() {
        holding(state, &event.key(), event.shift_key())
    } else {
        resting(state, event)
    };
    if is_used {
        event.prevent_default();
    }
}

fn resting(state: TimelineState, event: &KeyboardEvent) -> bool {
    if !matches!(event.key().as_str(), "e" | "E") {
        return false;
    }
    let Some(item) = item_at(event) else {
        return false;
    };
    take(state, item)
}

/// Takes hold of an item and says how it is moved.
pub(super) fn take(state: TimelineState, item: tandem_domain::id::ItemId) -> bool {
    let is_held = state.grab(item, Part::Whole);
    if is_held {
        announce::polite(&format!(
            "Holding {}. Left and right move it by a day, with Shift by a week. Brackets choose an \
             end. Enter puts it down, Escape puts it back.",
            state.name(item)
        ));
    }
    is_held
}

/// A key while something is held. Says whether it was meant for that.
fn holding(state: TimelineState, key: &str, with_shift: bool) -> bool {
    let step = if with_shift { WEEK } else { 1 };
    match key {
        "ArrowLeft" => nudge(state, -step),
        "ArrowRight" => nudge(state, step),
        "[" => state.grip_part(Part::Edge(Edge::Start)),
        "]" => state.grip_part(Part::Edge(Edge::End)),
        "Enter" | " " => put_down(state),
        "Escape" => {
            state.let_go();
            announce::polite("Put back. Nothing has changed.");
        }
        "ArrowUp" | "ArrowDown" | "Home" | "End" => (),
        "Tab" => {
            state.let_go();
            return false;
        }
        _ => return false,
    }
    if matches!(key, "[" | "]") {
        say(state);
    }
    true
}

/// Moves what is held by some days more, and says where it is then.
pub(super) fn nudge(state: TimelineState, days: i64) {
    state.nudge(days);
    if let Some(grip) = state.grip().get_untracked() {
        state.picture().reveal(grip.item);
    }
    say(state);
}

/// Puts what is held down where it is, and asks what follows.
pub(super) fn put_down(state: TimelineState) {
    if state.drop_here() {
        work::ask(state);
    } else {
        announce::polite("Put down where it was. Nothing has changed.");
    }
}

/// Says where what is held is now.
pub(super) fn say(state: TimelineState) {
    if let Some(sentence) = untrack(|| words::held(state)) {
        announce::polite(&sentence);
    }
}
