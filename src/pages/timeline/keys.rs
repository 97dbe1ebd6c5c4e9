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

/// What a key means on the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    /// Take hold of the item that has the keyboard.
    Take,
    /// Move what is held by so many days.
    Days(i64),
    /// Go on with this end of it.
    End(Edge),
    /// Put it down here.
    PutDown,
    /// Put it back where it was.
    PutBack,
    /// Put it back, and let the browser go on to what comes next.
    Leave,
    /// Nothing, but the browser shall not scroll either.
    Stay,
}

/// The keys that were down beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Beside {
    alt: bool,
    command: bool,
    shift: bool,
}

/// What a key means; nothing, if it is the browser's.
fn meaning(key: &str, beside: Beside, is_holding: bool) -> Option<Meant> {
    // Alt with an arrow goes back a page, whatever is held.
    if beside.alt || beside.command {
        return None;
    }
    if !is_holding {
        return matches!(key, "e" | "E").then_some(Meant::Take);
    }
    let step = if beside.shift { WEEK } else { 1 };
    Some(match key {
        "ArrowLeft" => Meant::Days(-step),
        "ArrowRight" => Meant::Days(step),
        "[" => Meant::End(Edge::Start),
        "]" => Meant::End(Edge::End),
        "Enter" | " " => Meant::PutDown,
        "Escape" => Meant::PutBack,
        "Tab" => Meant::Leave,
        "ArrowUp" | "ArrowDown" | "Home" | "End" => Meant::Stay,
        _ => return None,
    })
}

/// A key went down on the picture.
pub(super) fn pressed(state: TimelineState, event: &KeyboardEvent) {
    let beside = Beside {
        alt: event.alt_key(),
        command: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
    };
    let is_holding = state.grip().get_untracked().is_some();
    let is_used = match meaning(&event.key(), beside, is_holding) {
        None => false,
        Some(Meant::Take) => item_at(event).is_some_and(|item| take(state, item)),
        Some(meant) => held(state, meant),
    };
    if is_used {
        event.prevent_default();
    }
}

/// Does what a key means to what is held. Says whether the browser shall leave it alone.
fn held(state: TimelineState, meant: Meant) -> bool {
    match meant {
        Meant::Days(days) => nudge(state, days),
        Meant::End(edge) => {
            state.grip_part(Part::Edge(edge));
            say(state);
        }
        Meant::PutDown => put_down(state),
        Meant::PutBack => {
            state.let_go();
            announce::polite("Put back. Nothing has changed.");
        }
        Meant::Leave => state.let_go(),
        Meant::Take | Meant::Stay => (),
    }
    meant != Meant::Leave
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

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Beside = Beside {
        alt: false,
        command: false,
        shift: false,
    };

    #[test]
    fn t_09_going_back_a_page_moves_nothing() {
        let back = Beside { alt: true, ..PLAIN };
        for is_holding in [false, true] {
            for key in ["ArrowLeft", "ArrowRight", "e", "Enter"] {
                assert_eq!(meaning(key, back, is_holding), None, "{key}");
            }
        }
        // Nor does the key that some keyboards have for it.
        assert_eq!(meaning("BrowserBack", PLAIN, true), None);
        assert_eq!(meaning("Backspace", PLAIN, true), None);
    }

    #[test]
    fn keys_mean_something_only_to_what_is_held() {
        let shift = Beside {
            shift: true,
            ..PLAIN
        };
        assert_eq!(meaning("e", PLAIN, false), Some(Meant::Take));
        assert_eq!(meaning("ArrowLeft", PLAIN, false), None);
        assert_eq!(meaning("ArrowLeft", PLAIN, true), Some(Meant::Days(-1)));
        assert_eq!(meaning("ArrowRight", shift, true), Some(Meant::Days(7)));
        assert_eq!(meaning("]", PLAIN, true), Some(Meant::End(Edge::End)));
        assert_eq!(meaning("Tab", PLAIN, true), Some(Meant::Leave));
        assert_eq!(meaning("x", PLAIN, true), None);
    }
}
