//! The part of the address that no server sees, and leaving for another one.

use wasm_bindgen::JsValue;
use web_sys::window;

/// Takes the value of a name out of the fragment (`#t=…`) and clears the fragment, so that a
/// secret stays neither in the address bar nor in the history.
pub fn take_from_fragment(name: &str) -> Option<String> {
    let window = window()?;
    let location = window.location();
    let value = value_of(&location.hash().ok()?, name)?;
    let clean = format!("{}{}", location.pathname().ok()?, location.search().ok()?);
    let history = window.history().ok()?;
    let state = history.state().unwrap_or(JsValue::NULL);
    // A refusal leaves the secret where it was: it still works only once.
    history
        .replace_state_with_url(&state, "", Some(&clean))
        .ok();
    Some(value)
}

/// Opens an address anew, with nothing of this page left in memory or in the history.
pub fn leave_for(address: &str) {
    if let Some(window) = window() {
        // A refusal leaves this page open, which knows nobody any more.
        window.location().replace(address).ok();
    }
}

/// The name and port of the server that this page came from.
pub fn host() -> String {
    window()
        .and_then(|window| window.location().host().ok())
        .unwrap_or_default()
}

fn value_of(fragment: &str, name: &str) -> Option<String> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    fragment.split('&').find_map(|pair| {
        let (own, value) = pair.split_once('=')?;
        (own == name && !value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_found_by_its_name() {
        assert_eq!(value_of("#t=abc", "t").as_deref(), Some("abc"));
        assert_eq!(value_of("#a=1&t=abc", "t").as_deref(), Some("abc"));
        assert_eq!(value_of("#t=", "t"), None);
        assert_eq!(value_of("", "t"), None);
    }
}
