//! What this browser keeps between visits: small texts by key. A full or forbidden store is no
//! error, only a store that keeps nothing.

use web_sys::Storage;

/// The text kept under a key.
pub fn read(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Keeps a text under a key. False if the browser would not.
pub fn write(key: &str, text: &str) -> bool {
    store().is_some_and(|store| store.set_item(key, text).is_ok())
}

/// Forgets a key.
pub fn remove(key: &str) {
    if let Some(store) = store() {
        store.remove_item(key).ok();
    }
}

/// The keys that begin so.
pub fn keys_with(prefix: &str) -> Vec<String> {
    let Some(store) = store() else {
        return Vec::new();
    };
    let n_keys = store.length().unwrap_or(0);
    (0..n_keys)
        .filter_map(|key_idx| store.key(key_idx).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect()
}

/// Forgets all keys that begin so: at sign-out.
pub fn remove_all(prefix: &str) {
    for key in keys_with(prefix) {
        remove(&key);
    }
}

fn store() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
