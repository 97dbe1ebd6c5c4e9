//! Says on every page of a demonstration that it is one.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use tandem_domain::date::ZoneName;

use crate::routes::Screen;
use crate::ui::date_words::day;
use crate::widgets::timeline_track::today_in;

/// The line at the foot of every page of a demonstration.
#[component]
pub fn DemoBar(
    /// Program time at the server.
    #[prop(into)]
    program_now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let today = move || day(today_in(&ZoneName::aoe(), program_now.get()));
    view! {
        <aside class="demo-bar" aria-label="Demonstration">
            <p class="demo-bar__text">
                <strong>"Demonstration"</strong>
                " with fictional people. The program's date is "
                <time class="demo-bar__day">{today}</time>
                "."
            </p>
            <a class="demo-bar__link" href=Screen::Demo.to_string()>
                "Accounts, clock and mail"
            </a>
        </aside>
    }
}
