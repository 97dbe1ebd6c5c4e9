//! A part of the page that scrolls in both directions, and knows what can be seen of it. A mouse may
//! take hold of what is inside and move it.

use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::dom::focus;
pub use crate::dom::pane::Seen;
use crate::dom::pane::{self, SizeWatch};

/// What scrolls, and where it stands.
#[derive(Clone, Copy)]
pub struct PaneState {
    element: NodeRef<html::Div>,
    seen: RwSignal<Seen>,
    hold: StoredValue<Option<Hold>>,
    watch: StoredValue<Option<SizeWatch>, LocalStorage>,
}

/// A mouse that moves what is inside.
#[derive(Debug, Clone, Copy)]
struct Hold {
    pointer_id: i32,
    from: (i32, i32),
    scrolled: (i32, i32),
}

impl Default for PaneState {
    fn default() -> Self {
        Self::new()
    }
}

impl PaneState {
    /// A pane that is not on the page yet.
    pub fn new() -> Self {
        Self {
            element: NodeRef::new(),
            seen: RwSignal::new(Seen::default()),
            hold: StoredValue::new(None),
            watch: StoredValue::new_local(None),
        }
    }

    /// What can be seen.
    pub fn seen(self) -> ReadSignal<Seen> {
        self.seen.read_only()
    }

    /// Looks again at what can be seen.
    pub fn look(self) {
        if let Some(element) = self.element.get_untracked() {
            let seen = pane::seen(&element);
            if self
                .seen
                .try_get_untracked()
                .is_some_and(|known| known != seen)
            {
                self.seen.set(seen);
            }
        }
    }

    /// Shows what is inside, which is this large now, from a point.
    pub fn show(self, size: (i32, i32), at: (i32, i32)) {
        if let Some(element) = self.element.get_untracked() {
            pane::show(&element, size, at);
        }
        self.look();
    }

    /// Shows what is inside from a point.
    pub fn go(self, at: (i32, i32)) {
        if let Some(element) = self.element.get_untracked() {
            pane::go(&element, at);
        }
        self.look();
    }

    /// Where the pane stands in the window: its left and its upper edge.
    pub fn corner(self) -> (i32, i32) {
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
        self.element.get_untracked().map_or((0, 0), |element| {
            let rect = element.get_bounding_client_rect();
            (rect.left().round() as i32, rect.top().round() as i32)
        })
    }

    /// Gives the keyboard to the element of an id, without scrolling.
    pub fn focus_inside(self, id: &str) {
        focus::by_id_in_place(id);
    }

    fn mounted(self, element: &Element) {
        let watch = SizeWatch::new(element, move || self.look());
        self.watch.set_value(watch);
        self.look();
    }

    fn pressed(self, event: &PointerEvent) {
        let is_mouse = event.pointer_type() == "mouse" && event.button() == 0;
        if !is_mouse || event.default_prevented() || is_on_control(event) {
            return;
        }
        let seen = self.seen.get_untracked();
        self.hold.set_value(Some(Hold {
            pointer_id: event.pointer_id(),
            from: (event.client_x(), event.client_y()),
            scrolled: (seen.x, seen.y),
        }));
        if let Some(element) = self.element.get_untracked() {
            // It only refuses a pointer that has just gone up.
            element.set_pointer_capture(event.pointer_id()).ok();
        }
    }

    fn moved(self, event: &PointerEvent) {
        let hold = self.hold.try_get_value().flatten();
        if let (Some(hold), Some(element)) = (hold, self.element.get_untracked())
            && hold.pointer_id == event.pointer_id()
        {
            let x = hold.scrolled.0 - (event.client_x() - hold.from.0);
            let y = hold.scrolled.1 - (event.client_y() - hold.from.1);
            pane::go(&element, (x, y));
        }
    }

    fn released(self) {
        self.hold.try_set_value(None);
    }
}

fn is_on_control(event: &PointerEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("button, a, input, select").ok().flatten())
        .is_some()
}

/// A part of the page that scrolls in both directions. Its first child is as large as what is inside.
#[component]
pub fn Pane(
    /// Where it stands.
    state: PaneState,
    /// What it is called.
    label: &'static str,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    Effect::new(move || {
        if let Some(element) = state.element.get() {
            state.mounted(&element);
        }
    });
    view! {
        <div
            class="scroll-pane"
            node_ref=state.element
            role="region"
            aria-label=label
            tabindex="0"
            on:scroll=move |_| state.look()
            on:pointerdown=move |event| state.pressed(&event)
            on:pointermove=move |event| state.moved(&event)
            on:pointerup=move |_| state.released()
            on:pointercancel=move |_| state.released()
        >
            {children()}
        </div>
    }
}
