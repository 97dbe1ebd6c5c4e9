//! The pointer door: what the browser reports goes into the drag machine, what the machine answers
//! goes into `BoardState`. All work of a drag happens once per frame, from the last report.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use tandem_domain::id::ApplicationId;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::list::List;
use super::panes::Panes;
use super::state::{BoardState, Over, Trigger};
use crate::dom::drag::{Drag, HOLD_MS, Input, Output, Part, Pointer};
use crate::dom::hit::{Point, Rect, scroll_speed};
use crate::dom::measure;

/// The ghost hangs a little below and beside the pointer, so that the target stays visible.
const OFFSET: Point = Point { x: 14.0, y: 12.0 };

/// Less than a frame of the quickest usual screen, in milliseconds.
const SHORT_FRAME_MS: f64 = 6.0;

/// What a drag needs between two reports.
#[derive(Default)]
struct Carry {
    drag: Drag<ApplicationId>,
    /// Where the lists of mentees and of mentors can be seen, as measured when the drag began.
    rects: [Rect; 2],
    is_stale: bool,
    has_frame: bool,
    at: Point,
    near_edge_since: Option<(usize, f64)>,
    last_frame: f64,
    hold: Option<TimeoutHandle>,
}

/// The pointer door.
#[derive(Clone, Copy)]
pub(super) struct Lift {
    state: BoardState,
    panes: Panes,
    root: NodeRef<html::Div>,
    ghost: NodeRef<html::Div>,
    carry: StoredValue<Carry, LocalStorage>,
}

impl Lift {
    /// The door of a board whose root takes the pointer.
    pub(super) fn new(
        state: BoardState,
        panes: Panes,
        root: NodeRef<html::Div>,
        ghost: NodeRef<html::Div>,
    ) -> Self {
        Self {
            state,
            panes,
            root,
            ghost,
            carry: StoredValue::new_local(Carry::default()),
        }
    }

    /// A pointer went down somewhere on the board.
    pub(super) fn down(self, event: &PointerEvent) {
        if event.button() != 0 {
            self.feed(Input::Another);
            return;
        }
        if !event.is_primary() {
            return;
        }
        if let Some((item, part)) = liftable(event) {
            self.feed(Input::Down {
                pointer_id: event.pointer_id(),
                pointer: Pointer::from_type(&event.pointer_type()),
                at: point(event),
                part,
                item,
            });
        }
    }

    /// A pointer went down anywhere on the page: a second finger means something else.
    pub(super) fn joined(self, event: &PointerEvent) {
        if !event.is_primary() {
            self.feed(Input::Another);
        }
    }

    /// A pointer moved. Another button that joins the first is told as a move.
    pub(super) fn moved(self, event: &PointerEvent) {
        const MAIN: u16 = 1;
        if event.buttons() & !MAIN != 0 {
            self.feed(Input::Another);
            return;
        }
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

    /// Whether a card follows the pointer, so that the page must not scroll or open menus.
    pub(super) fn is_lifted(self) -> bool {
        self.carry
            .try_with_value(|carry| carry.drag.lifted().is_some())
            .unwrap_or(false)
    }

    /// The page around the panes has scrolled or changed its size.
    pub(super) fn shifted(self) {
        self.carry.try_update_value(|carry| carry.is_stale = true);
    }

    fn feed(self, input: Input<ApplicationId>) {
        let Some(output) = self.carry.try_update_value(|carry| carry.drag.step(input)) else {
            return;
        };
        match output {
            Output::Nothing => (),
            Output::Wait => self.wait(),
            Output::Forget => self.forget(),
            Output::Lift {
                pointer_id,
                item,
                at,
            } => self.lift(pointer_id, item, at),
            Output::Follow { at } => {
                self.carry.update_value(|carry| carry.at = at);
                self.follow();
            }
            Output::Drop { item, at } => {
                self.forget();
                self.let_go(item, at);
            }
            Output::Cancel { .. } => {
                self.forget();
                self.state.cancel();
            }
        }
    }

    fn wait(self) {
        let rested = move || self.feed(Input::Rested);
        let hold = set_timeout_with_handle(rested, Duration::from_millis(HOLD_MS)).ok();
        self.carry.update_value(|carry| carry.hold = hold);
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

    fn lift(self, pointer_id: i32, item: ApplicationId, at: Point) {
        self.forget();
        self.state.pick_up(item, Trigger::Pointer);
        if self.state.held().get_untracked().is_none() {
            self.carry.update_value(|carry| carry.drag = Drag::Idle);
            return;
        }
        if let Some(root) = self.root.get_untracked() {
            // It only refuses a pointer that has just gone up, and then `Up` follows.
            root.set_pointer_capture(pointer_id).ok();
        }
        self.carry.update_value(|carry| {
            carry.at = at;
            carry.is_stale = true;
            carry.near_edge_since = None;
            carry.last_frame = measure::now_ms();
        });
        self.ask_frame();
    }

    /// Browsers report moves once a frame, when it begins, so the work belongs into that frame and
    /// costs no other. What is reported oftener waits for the next.
    fn follow(self) {
        let since = self
            .carry
            .with_value(|carry| measure::now_ms() - carry.last_frame);
        if since >= SHORT_FRAME_MS {
            self.frame();
        } else {
            self.ask_frame();
        }
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
        let Some(true) = self.carry.try_update_value(|carry| {
            carry.has_frame = false;
            carry.drag.lifted().is_some()
        }) else {
            return;
        };
        self.measure();
        let scrolls = self.scroll();
        let at = self.carry.with_value(|carry| carry.at);
        let over = self.over(at);
        if let Some(ghost) = self.ghost.get_untracked() {
            measure::move_to(
                &ghost,
                Point {
                    x: at.x + OFFSET.x,
                    y: at.y + OFFSET.y,
                },
            );
        }
        self.state.hover(over);
        if scrolls {
            self.ask_frame();
        }
    }

    fn lists(self) -> [List; 2] {
        [self.panes.mentees, self.panes.mentors]
    }

    fn measure(self) {
        let lists = self.lists();
        self.carry.update_value(|carry| {
            if std::mem::take(&mut carry.is_stale) {
                let rect = |list: List| list.scroller().map(|pane| measure::rect(&pane));
                carry.rects = lists.map(|list| rect(list).unwrap_or_default());
            }
        });
    }

    /// What the point is over: arithmetic on the rows, so that a drag reads no layout.
    fn over(self, at: Point) -> Option<Over> {
        let [mentees, mentors] = self.carry.with_value(|carry| carry.rects);
        if mentees.contains(at) {
            return Some(Over::Pool);
        }
        if !mentors.contains(at) {
            return None;
        }
        let list = self.panes.mentors;
        let (mentor, y) = list.at(at.y - mentors.top)?;
        let near = self.state.desk().with_untracked(|desk| {
            let berth_idx = list.sizes().berth_at(y, desk.n_occupants(mentor))?;
            desk.occupants(mentor).nth(berth_idx)
        });
        Some(Over::Mentor(mentor, near))
    }

    /// Scrolls the list under the pointer if it is near an edge. Says whether it goes on.
    fn scroll(self) -> bool {
        let now = measure::now_ms();
        let pull = self
            .carry
            .try_update_value(|carry| carry.pull(now))
            .flatten();
        let Some((list_idx, pixels)) = pull else {
            return false;
        };
        let list = self.lists().get(list_idx).copied();
        list.is_some_and(|list| list.scroll_by(pixels))
    }

    fn let_go(self, item: ApplicationId, at: Point) {
        self.measure();
        match self.over(at) {
            Some(Over::Mentor(mentor, near)) => {
                self.state.place(item, mentor, near, Trigger::Pointer);
            }
            Some(Over::Pool) => self.state.put_back(item, Trigger::Pointer),
            None => self.state.cancel(),
        }
    }
}

impl Carry {
    /// Which list is to be scrolled since the last frame, and by how many pixels.
    fn pull(&mut self, now: f64) -> Option<(usize, f64)> {
        let elapsed = (now - std::mem::replace(&mut self.last_frame, now)).clamp(0.0, 50.0);
        let began = self.near_edge_since.take();
        let list_idx = self.rects.iter().position(|rect| rect.contains(self.at))?;
        let since = match began {
            Some((same_idx, since)) if same_idx == list_idx => since,
            _ => now,
        };
        let speed = scroll_speed(self.rects.get(list_idx)?, self.at, now - since);
        if speed == 0.0 {
            return None;
        }
        self.near_edge_since = Some((list_idx, since));
        let pixels = speed * elapsed / 1000.0;
        // Less than half a pixel would be rounded away for ever.
        let is_too_little = pixels.abs() < 1.0;
        Some((
            list_idx,
            if is_too_little {
                speed.signum()
            } else {
                pixels
            },
        ))
    }
}

fn point(event: &PointerEvent) -> Point {
    Point {
        x: f64::from(event.client_x()),
        y: f64::from(event.client_y()),
    }
}

/// Who would be lifted here, unless the pointer is on something that is pressed.
fn liftable(event: &PointerEvent) -> Option<(ApplicationId, Part)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let find = |selector| element.closest(selector).ok().flatten();
    let part = match (
        find("[data-grip]"),
        find("button, a, input, select, textarea, [role=menu]"),
    ) {
        (Some(_), _) => Part::Grip,
        (None, None) => Part::Card,
        (None, Some(_)) => return None,
    };
    let item = find("[data-lift]")?
        .get_attribute("data-lift")?
        .parse()
        .ok()?;
    Some((item, part))
}
