//! Puts the app in place of the static page that the server sent.

// The whole app is one type here; see `lib.rs`.
#![recursion_limit = "512"]

use leptos::prelude::*;
use tandem::App;
use wasm_bindgen::JsCast;

fn main() {
    console_error_panic_hook::set_once();
    let Some(place) = document().get_element_by_id("app") else {
        return;
    };
    place.replace_children_with_node_0();
    mount_to(place.unchecked_into(), App).forget();
}
