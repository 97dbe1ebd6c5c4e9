//! The pointer door: what the browser reports goes into the drag machine, what the machine answers
//! goes into `TimelineState`. All work of a drag happens once per frame, from the last report.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::Edge;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::state::{Part, TimelineState};
use super::{keys, work};
use crate::dom::drag::{self, Drag, HOLD_MS, Input, Output, Pointer};
use crate::dom::hit::Point;

/// How near an edge of the picture it begins to scroll, in pixels, and how far it does per frame.
const NEAR: i32 = 44;
const FAR: i32 = 14;

/// What is taken hold of.
type Hold = (ItemId, Part);

/// What a drag needs between two reports.
#[derive(Default)]
struct Carry {
    drag: Drag<Hold>,
    from: i32,
    at: i32,
    scrolled: i32,
    has_frame: bool,
    hold: Option<TimeoutHandle>,
}

/// The pointer door.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    state: TimelineState,
    root: NodeRef<html::Div>,
    carry: StoredValue<Carry, LocalStorage>,
}

impl Hand {
    /// The door of a picture whose root takes the pointer.
    pub(super) fn new(state: TimelineState, root: NodeRef<html::Div>) -> Self {
        Self {
            state,
            root,
            carry: StoredValue::new_local(Carry::default()),
        }
    }

    /// A pointer went down somewhere on the picture.
    pub(super) fn down(self, event: &PointerEvent) {
        if event.button() != 0 || !event.is_primary() {
            self.feed(Input::Another);
            return;
        }
        if let Some(item) = held_at(event) {
            self.feed(Input::Down {
                pointer_id: event.pointer_id(),
                pointer: Pointer::from_type(&event.pointer_type()),
                at: point(event),
                part: drag::Part::Card,
                item,
            });
        }
    }

    /// A pointer moved.
    pub(super) fn moved(self, event: &PointerEvent) {
        self.feed(Input::Move {
            pointer_id: event.pointer_id(),
            at: point(event),
        });
    }

    /// A pointer went up.
    pub(super) fn up(self, event: &PointerEvent) {
        self.feed(Input::Up {
            pointer_id: event.pointer_id(),
            at: point(event),
        });
    }

    /// The browser took a pointer away.
    pub(super) fn taken(self, event: &PointerEvent) {
        self.feed(Input::Taken {
            pointer_id: event.pointer_id(),
        });
    }

    /// Escape, or the window lost the focus.
    pub(super) fn abort(self) {
        self.feed(Input::Abort);
    }

    /// Whether something follows the pointer, so that the page must not scroll or open menus.
    pub(super) fn is_carrying(self) -> bool {
        self.carry
            .try_with_value(|carry| carry.drag.lifted().is_some())
            .unwrap_or(false)
    }

    fn feed(self, input: Input<Hold>) {
        let Some(output) = self.carry.try_update_value(|carry| carry.drag.step(input)) else {
            return;
        };
        match output {
            Output::Nothing => (),
            Output::Wait => {
                let rested = move || self.feed(Input::Rested);
                let hold = set_timeout_with_handle(rested, Duration::from_millis(HOLD_MS)).ok();
                self.carry.update_value(|carry| carry.hold = hold);
            }
            Output::Forget => self.forget(),
            Output::Lift {
                pointer_id,
                item: (item, part),
                at,
            } => self.lift(pointer_id, item, part, at),
            Output::Follow { at } => {
                self.carry.update_value(|carry| carry.at = x(at));
                self.ask_frame();
            }
            Output::Drop { at, .. } => {
                self.forget();
                self.carry.update_value(|carry| carry.at = x(at));
                self.state.carry(self.days());
                if self.state.drop_here() {
                    work::ask(self.state);
                }
            }
            Output::Cancel { .. } => {
                self.forget();
                self.state.let_go();
            }
        }
    }

    fn forget(self) {
        let hold = self
            .carry
            .try_update_value(|carry| carry.hold.take())
            .flatten();
        if let Some(hold) = hold {
            hold.clear();
        }
    }

    fn lift(self, pointer_id: i32, item: ItemId, part: Part, at: Point) {
        self.forget();
        if !self.state.grab(item, part) {
            self.carry.update_value(|carry| carry.drag = Drag::Idle);
            return;
        }
        if let Some(root) = self.root.get_untracked() {
            // It only refuses a pointer that has just gone up, and then `Up` follows.
            root.set_pointer_capture(pointer_id).ok();
        }
        let scrolled = self.state.picture().pane().seen().get_untracked().x;
        self.carry.update_value(|carry| {
            carry.from = x(at);
            carry.at = x(at);
            carry.scrolled = scrolled;
        });
    }

    fn ask_frame(self) {
        let is_asked = self
            .carry
            .try_update_value(|carry| std::mem::replace(&mut carry.has_frame, true));
        if is_asked == Some(false) {
            request_animation_frame(move || self.frame());
        }
    }

    fn frame(self) {
        let Some(Some(at)) = self.carry.try_update_value(|carry| {
            carry.has_frame = false;
            carry.drag.lifted().map(|_| carry.at)
        }) else {
            return;
        };
        let pane = self.state.picture().pane();
        let seen = pane.seen().get_untracked();
        let (left, _) = pane.corner();
        let by = if at < left + NEAR {
            -FAR
        } else if at > left + seen.width - NEAR {
            FAR
        } else {
            0
        };
        if by != 0 {
            pane.go((seen.x + by, seen.y));
            if pane.seen().get_untracked().x != seen.x {
                self.ask_frame();
            }
        }
        let before = self.state.grip().get_untracked().map(|grip| grip.days);
        self.state.carry(self.days());
        if self.state.grip().get_untracked().map(|grip| grip.days) != before {
            keys::say(self.state);
        }
    }

    /// How many days the pointer is away from where it took hold.
    fn days(self) -> i64 {
        let picture = self.state.picture();
        let scrolled = picture.pane().seen().get_untracked().x;
        let px = self
            .carry
            .try_with_value(|carry| carry.at - carry.from + scrolled - carry.scrolled)
            .unwrap_or(0);
        i64::from(picture.scale().days(px))
    }
}

fn point(event: &PointerEvent) -> Point {
    Point {
        x: f64::from(event.client_x()),
        y: f64::from(event.client_y()),
    }
}

fn x(at: Point) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
    let x = at.x.round() as i32;
    x
}

/// What would be taken hold of here: an end of a phase, or all of an item.
fn held_at(event: &PointerEvent) -> Option<Hold> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let find = |selector| element.closest(selector).ok().flatten();
    let item = find("[data-item]")?
        .get_attribute("data-item")?
        .parse()
        .ok()?;
    let edge = find("[data-edge]").and_then(|edge| edge.get_attribute("data-edge"));
    let part = match edge.as_deref() {
        Some("start") => Part::Edge(Edge::Start),
        Some("end") => Part::Edge(Edge::End),
        _ => Part::Whole,
    };
    Some((item, part))
}
