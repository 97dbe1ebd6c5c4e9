//! What this browser keeps between visits: small texts by key. A full or forbidden store is no
//! error, only a store that keeps nothing.
//!
//! On a computer that others use, too, the texts live in the memory of the tab alone. All tabs and
//! the server read of it in one cookie, which ends with the browser.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use js_sys::Reflect;
use web_sys::{Document, Storage};

use crate::dom::vault;

/// Under this, everything kept of applications stands.
pub const DRAFTS: &str = "tandem.draft.";

const SHARED: &str = "tandem-shared=1";

thread_local! {
    static IS_SHARED: Cell<Option<bool>> = const { Cell::new(None) };
    static IS_ENDED: Cell<bool> = const { Cell::new(false) };
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// The text kept under a key.
pub fn read(key: &str) -> Option<String> {
    if is_shared() {
        return MEMORY.with_borrow(|memory| memory.get(key).cloned());
    }
    store()?.get_item(key).ok().flatten()
}

/// Keeps a text under a key. False if the browser would not.
pub fn write(key: &str, text: &str) -> bool {
    if IS_ENDED.get() {
        return false;
    }
    if is_shared() {
        MEMORY.with_borrow_mut(|memory| memory.insert(key.to_owned(), text.to_owned()));
        return true;
    }
    store().is_some_and(|store| store.set_item(key, text).is_ok())
}

/// Forgets a key.
pub fn remove(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.remove(key));
    if let Some(store) = store() {
        store.remove_item(key).ok();
    }
}

/// The keys that begin so.
pub fn keys_with(prefix: &str) -> Vec<String> {
    if is_shared() {
        return MEMORY.with_borrow(|memory| {
            let all = memory.keys().filter(|key| key.starts_with(prefix));
            all.cloned().collect()
        });
    }
    stored_keys_with(prefix)
}

/// Somebody signs out: forgets everything, and keeps nothing more until the page is opened anew.
pub fn end() {
    IS_ENDED.set(true);
    MEMORY.with_borrow_mut(BTreeMap::clear);
    for key in stored_keys_with("") {
        remove(&key);
    }
    vault::forget_all();
    say_shared(false);
}

/// Whether others use this computer, too.
pub fn is_shared() -> bool {
    IS_SHARED.get().unwrap_or_else(look)
}

/// Looks again whether others use this computer, too: another tab may have said so.
pub fn look() -> bool {
    let is_said = document()
        .and_then(|document| Reflect::get(&document, &"cookie".into()).ok())
        .and_then(|cookies| cookies.as_string())
        .is_some_and(|cookies| cookies.split(';').any(|pair| pair.trim() == SHARED));
    if is_said {
        into_memory();
    }
    IS_SHARED.set(Some(is_said));
    is_said
}

/// The reader says whether others use this computer, too.
pub fn set_shared(is_shared: bool) {
    say_shared(is_shared);
    look();
}

fn say_shared(is_shared: bool) {
    let until = if is_shared { "" } else { "; Max-Age=0" };
    let line = format!("{SHARED}; Path=/; SameSite=Strict{until}");
    if let Some(document) = document() {
        // A browser without cookies signs nobody in either.
        Reflect::set(&document, &"cookie".into(), &line.into()).ok();
    }
}

/// What was kept for the next visit is kept for this one only.
fn into_memory() {
    for key in stored_keys_with(DRAFTS) {
        if let Some(text) = store().and_then(|store| store.get_item(&key).ok().flatten()) {
            MEMORY.with_borrow_mut(|memory| {
                memory.entry(key.clone()).or_insert(text);
            });
        }
        if let Some(store) = store() {
            store.remove_item(&key).ok();
        }
    }
}

fn stored_keys_with(prefix: &str) -> Vec<String> {
    let Some(store) = store() else {
        return Vec::new();
    };
    let n_keys = store.length().unwrap_or(0);
    (0..n_keys)
        .filter_map(|key_idx| store.key(key_idx).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect()
}

fn store() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
