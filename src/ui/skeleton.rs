//! The shape of what is on its way, so that nothing jumps when it comes.

use leptos::prelude::*;

/// The shape that is held free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outline {
    /// Lines of text.
    #[default]
    Lines,
    /// A heading and lines of text.
    Page,
    /// Cards, one below the other.
    Cards,
    /// Rows of a table.
    Rows,
}

/// Holds the place of what is loading.
#[component]
pub fn Skeleton(
    /// What is loading, for those who listen: "Loading the applications".
    #[prop(into)]
    label: String,
    /// The shape that is held free.
    #[prop(optional)]
    outline: Outline,
    /// How many lines, cards or rows.
    #[prop(default = 3)]
    n_parts: usize,
) -> impl IntoView {
    let class = match outline {
        Outline::Lines => "skeleton",
        Outline::Page => "skeleton skeleton--page",
        Outline::Cards => "skeleton skeleton--cards",
        Outline::Rows => "skeleton skeleton--rows",
    };
    let parts = (0..n_parts)
        .map(|_| view! { <span class="skeleton__part"></span> })
        .collect_view();
    view! {
        <div class=class aria-busy="true">
            <p class="visually-hidden" role="status">{label}</p>
            {parts}
        </div>
    }
}
