//! Where the keyboard is: moved after a change of screen, after a failed form, after a move.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Gives the keyboard to the element of that id. False if there is none.
pub fn by_id(id: &str) -> bool {
    find(&format!("[id=\"{id}\"]")).is_some_and(|element| {
        give(&element);
        true
    })
}

/// Gives the keyboard to the element of that id, without scrolling. False if there is none.
pub fn by_id_in_place(id: &str) -> bool {
    find(&format!("[id=\"{id}\"]")).is_some_and(|element| {
        give_in_place(&element);
        true
    })
}

/// Gives the keyboard to the first heading of the screen, without scrolling. False if there is none.
pub fn heading() -> bool {
    find("main h1[tabindex='-1']").is_some_and(|element| {
        give_in_place(&element);
        true
    })
}

/// Whether the keyboard already is inside the main part, put there by the screen itself.
pub fn is_in_main() -> bool {
    active().is_some_and(|element| element.closest("main").ok().flatten().is_some())
}

/// Shows the label of a field or group first, then gives the keyboard to its first control.
/// `id` is the control's or the group's.
pub fn field(id: &str) {
    let Some(target) = find(&format!("[id=\"{id}\"]")) else {
        return;
    };
    let control = if target
        .matches("input, select, textarea, button, a")
        .unwrap_or(false)
    {
        Some(target.clone())
    } else {
        target
            .query_selector("input, select, textarea, button")
            .ok()
            .flatten()
            .and_then(|element| element.dyn_into::<HtmlElement>().ok())
    };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Start);
    let label = find(&format!("label[for=\"{id}\"]"));
    label
        .as_ref()
        .unwrap_or(&target)
        .scroll_into_view_with_scroll_into_view_options(&options);
    give_in_place(control.as_ref().unwrap_or(&target));
}

/// The element that has the keyboard, to give it back later.
pub fn active() -> Option<HtmlElement> {
    web_sys::window()?
        .document()?
        .active_element()?
        .dyn_into()
        .ok()
}

/// Whether this element has the keyboard.
pub fn is_active(element: &Element) -> bool {
    active().is_some_and(|active| active.is_same_node(Some(element)))
}

/// Whether a text that came from elsewhere may take the place of what a field shows: never while
/// somebody writes in it, or the caret jumps and a word that is being composed is broken off.
pub fn may_replace(shown: &str, came: &str, is_written_in: bool) -> bool {
    shown != came && !is_written_in
}

/// Gives the keyboard to an element and lets the browser bring it into view.
pub fn give(element: &HtmlElement) {
    // A refusal means that the element is gone: then there is nothing to focus.
    element.focus().ok();
}

/// Gives the keyboard to an element without scrolling.
pub fn give_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).ok();
}

fn find(selector: &str) -> Option<HtmlElement> {
    web_sys::window()?
        .document()?
        .query_selector(selector)
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

/// Where to go among the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The first.
    First,
    /// The last.
    Last,
    /// The one after the present one, or the first.
    Next,
    /// The one before the present one, or the last.
    Previous,
    /// The next one that begins with this letter.
    Letter(char),
}

/// Moves the keyboard among the items inside an element.
pub fn step(container: &Element, selector: &str, step: Step) {
    let Ok(nodes) = container.query_selector_all(selector) else {
        return;
    };
    let items: Vec<HtmlElement> = (0..nodes.length())
        .filter_map(|item_idx| nodes.get(item_idx)?.dyn_into().ok())
        .collect();
    let present = items.iter().position(|item| is_active(item));
    let labels: Vec<String> = items
        .iter()
        .map(|item| item.text_content().unwrap_or_default())
        .collect();
    if let Some(item) = target(&labels, present, step).and_then(|item_idx| items.get(item_idx)) {
        give(item);
    }
}

fn target(labels: &[String], present: Option<usize>, step: Step) -> Option<usize> {
    let n_items = labels.len();
    if n_items == 0 {
        return None;
    }
    match step {
        Step::First => Some(0),
        Step::Last => Some(n_items - 1),
        Step::Next => Some(present.map_or(0, |item_idx| (item_idx + 1) % n_items)),
        Step::Previous => {
            Some(present.map_or(n_items - 1, |item_idx| (item_idx + n_items - 1) % n_items))
        }
        Step::Letter(letter) => {
            let start = present.map_or(0, |item_idx| item_idx + 1);
            (0..n_items)
                .map(|offset| (start + offset) % n_items)
                .find(|item_idx| {
                    labels
                        .get(*item_idx)
                        .is_some_and(|label| begins(label, letter))
                })
        }
    }
}

fn begins(label: &str, letter: char) -> bool {
    label
        .trim_start()
        .chars()
        .next()
        .is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Vec<String> {
        ["Pair with", "Unpair", "Lock", "Look"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn w_25_nothing_is_replaced_while_somebody_writes() {
        assert!(may_replace("かんじ", "漢字", false));
        assert!(!may_replace("かんじ", "漢字", true));
        assert!(!may_replace("漢字", "漢字", false));
    }

    #[test]
    fn the_last_item_is_followed_by_the_first() {
        assert_eq!(target(&labels(), Some(3), Step::Next), Some(0));
        assert_eq!(target(&labels(), Some(0), Step::Previous), Some(3));
    }

    #[test]
    fn a_letter_goes_to_the_next_that_begins_with_it() {
        assert_eq!(target(&labels(), None, Step::Letter('l')), Some(2));
        assert_eq!(target(&labels(), Some(2), Step::Letter('L')), Some(3));
        assert_eq!(target(&labels(), Some(3), Step::Letter('l')), Some(2));
        assert_eq!(target(&labels(), None, Step::Letter('z')), None);
    }

    #[test]
    fn an_empty_list_has_nowhere_to_go() {
        assert_eq!(target(&[], None, Step::First), None);
    }
}
