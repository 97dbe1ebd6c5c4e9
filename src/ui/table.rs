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

/// A table in its frame.
#[component]
pub fn Table(
    /// What the table shows; stands above it.
    #[prop(into)]
    caption: String,
    /// What it does on a narrow page.
    #[prop(optional)]
    narrow: Narrow,
    /// What the columns show; cells of a table that stacks repeat it in `data-label`.
    #[prop(into)]
    heads: Vec<&'static str>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let class = match narrow {
        Narrow::Scrolls => "table",
        Narrow::Stacks => "table table--stacks",
    };
    let name = caption.clone();
    let heads = heads
        .into_iter()
        .map(|head| view! { <th scope="col">{head}</th> })
        .collect_view();
    view! {
        <div class="table-frame" role="region" aria-label=name tabindex="0">
            <table class=class>
                <caption class="table__caption">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
