//! What the committee does with a cohort: see where it stands, read and decide applications.

pub mod apart;
pub mod application;
pub mod applications;
pub mod conflicts;
pub mod forms;
pub mod late_links;
pub mod overview;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The cohort's name in the address.
fn slug() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()))
}
