//! A table that scrolls inside its own frame when the page is narrow.

use leptos::prelude::*;

/// How a table behaves on a narrow page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Narrow {
    /// Scrolls sideways in its frame.
    #[default]
    Scrolls,
    /// Each row becomes a card; cells name themselves by `data-label`.
    Stacks,
}

/// The frame of a table. Children are `thead` and `tbody`; numeric cells carry `class="table__number"`.
#[component]
pub fn Table(
    /// What the table shows; stands above it.
    #[prop(into)]
    caption: String,
    /// What it does on a narrow page.
    #[prop(optional)]
    narrow: Narrow,
    /// `thead` and `tbody`.
    children: Children,
) -> impl IntoView {
    let class = match narrow {
        Narrow::Scrolls => "table",
        Narrow::Stacks => "table table--stacks",
    };
    let name = caption.clone();
    view! {
        <div class="table-frame" role="region" aria-label=name tabindex="0">
            <table class=class>
                <caption class="table__caption">{caption}</caption>
                {children()}
            </table>
        </div>
    }
}
