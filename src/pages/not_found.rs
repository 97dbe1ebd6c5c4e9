//! Nothing is at this address.

use leptos::prelude::*;

use crate::widgets::trouble::{Reason, Trouble};

/// Says that nothing is at this address, and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Trouble reason=Reason::NotFound on_retry=None />
    }
}
