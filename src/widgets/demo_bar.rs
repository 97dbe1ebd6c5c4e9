//! Says on every page of a demonstration that it is one.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::routes::Screen;

/// The line at the foot of every page of a demonstration.
#[component]
pub fn DemoBar(
    /// Program time at the server.
    #[prop(into)]
    program_now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let day = move || program_now.get().format("%-d %B %Y").to_string();
    view! {
        <aside class="demo-bar" aria-label="Demonstration">
            <p class="demo-bar__text">
                <strong>"Demonstration"</strong>
                " with fictional people. The program's date is "
                <time class="demo-bar__day">{day}</time>
                "."
            </p>
            <a class="demo-bar__link" href=Screen::Demo.to_string()>
                "Accounts, clock and mail"
            </a>
        </aside>
    }
}
