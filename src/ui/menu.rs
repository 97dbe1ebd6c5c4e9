//! A button with a list of things to do (ARIA menu button pattern).

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::dom::focus::{self, Step};
use crate::ui::icon::{Icon, Shape};

const ITEM: &str = "[role='menuitem']";

/// Something to do.
#[derive(Debug, Clone)]
pub struct MenuItem {
    label: String,
    note: Option<String>,
    is_possible: bool,
    on_choose: Callback<()>,
}

impl MenuItem {
    /// An item that calls this when it is chosen.
    pub fn new(label: impl Into<String>, on_choose: Callback<()>) -> Self {
        Self {
            label: label.into(),
            note: None,
            is_possible: true,
            on_choose,
        }
    }

    /// Adds a quiet line below.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Says that it cannot be chosen now, and why. It can still be read.
    #[must_use]
    pub fn impossible(mut self, why: impl Into<String>) -> Self {
        self.is_possible = false;
        self.note(why)
    }
}

/// A button with a list of things to do.
#[component]
pub fn Menu(
    /// What the button says.
    #[prop(into)]
    label: String,
    /// The things to do.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// Shows only a picture; the label is then read out.
    #[prop(optional)]
    compact: bool,
    /// Its place in the tab order, where the list around it moves the keyboard itself.
    #[prop(into, optional)]
    tab_index: Option<Signal<i32>>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let entry = StoredValue::new(Step::First);
    let list = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    Effect::new(move || {
        if let Some(list) = list.get() {
            focus::step(&list, ITEM, entry.get_value());
        }
    });
    let open_at = move |step| {
        entry.set_value(step);
        is_open.set(true);
    };
    let close = Callback::new(move |()| {
        is_open.set(false);
        if let Some(button) = button.get_untracked() {
            focus::give(&button);
        }
    });
    let on_button_key = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::First,
            "ArrowUp" => Step::Last,
            _ => return,
        };
        event.prevent_default();
        open_at(step);
    };
    let face = if compact {
        view! { <Icon shape=Shape::More /> }.into_any()
    } else {
        view! { {label.clone()} <Icon shape=Shape::ChevronDown /> }.into_any()
    };
    view! {
        <div class="menu">
            <button
                type="button"
                class=if compact { "menu__button menu__button--compact" } else { "button menu__button" }
                node_ref=button
                aria-label=compact.then(|| label.clone())
                aria-haspopup="menu"
                tabindex=move || tab_index.map(|tab_index| tab_index.get())
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| {
                    if is_open.get_untracked() { is_open.set(false) } else { open_at(Step::First) }
                }
                on:keydown=on_button_key
            >
                {face}
            </button>
            <Show when=move || is_open.get()>
                <MenuList label=label.clone() items list button is_open=is_open on_close=close />
            </Show>
        </div>
    }
}

/// The things to do, while the menu is open.
#[component]
fn MenuList(
    /// What the button says.
    label: String,
    /// The things to do.
    items: Signal<Vec<MenuItem>>,
    /// Where the list stands.
    list: NodeRef<html::Div>,
    /// The button it belongs to.
    button: NodeRef<html::Button>,
    /// Whether it is open; the keyboard's leaving closes it.
    is_open: RwSignal<bool>,
    /// Called to close it and give the keyboard back to the button.
    on_close: Callback<()>,
) -> impl IntoView {
    let left = move |event: ev::FocusEvent| {
        let goes_to = event
            .related_target()
            .and_then(|target| target.dyn_into().ok());
        let inside_list = list
            .get_untracked()
            .is_some_and(|list| list.contains(goes_to.as_ref()));
        let on_button = button
            .get_untracked()
            .is_some_and(|button| button.contains(goes_to.as_ref()));
        if !inside_list && !on_button {
            is_open.set(false);
        }
    };
    view! {
        <div
            class="menu__list"
            role="menu"
            aria-label=label
            node_ref=list
            on:keydown=move |event| on_list_key(&event, list, on_close, is_open)
            on:focusout=left
        >
            {move || items.get().into_iter().map(|item| line(item, on_close)).collect_view()}
        </div>
    }
}

fn on_list_key(
    event: &ev::KeyboardEvent,
    list: NodeRef<html::Div>,
    close: Callback<()>,
    is_open: RwSignal<bool>,
) {
    let key = event.key();
    let mut letters = key.chars();
    let step = match key.as_str() {
        "ArrowDown" => Step::Next,
        "ArrowUp" => Step::Previous,
        "Home" => Step::First,
        "End" => Step::Last,
        "Escape" => {
            event.prevent_default();
            // The dialog around the menu stays open.
            event.stop_propagation();
            close.run(());
            return;
        }
        "Tab" => {
            is_open.set(false);
            return;
        }
        _ => match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_alphanumeric() => Step::Letter(letter),
            _ => return,
        },
    };
    event.prevent_default();
    if let Some(list) = list.get_untracked() {
        focus::step(&list, ITEM, step);
    }
}

fn line(item: MenuItem, close: Callback<()>) -> impl IntoView {
    let MenuItem {
        label,
        note,
        is_possible,
        on_choose,
    } = item;
    let chosen = move |_| {
        if is_possible {
            close.run(());
            on_choose.run(());
        }
    };
    view! {
        <button
            type="button"
            class="menu__item"
            role="menuitem"
            tabindex="-1"
            aria-disabled=(!is_possible).then_some("true")
            on:click=chosen
        >
            <span>{label}</span>
            {note.map(|note| view! { <span class="menu__note">{note}</span> })}
        </button>
    }
}
