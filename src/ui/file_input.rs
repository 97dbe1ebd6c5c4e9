//! A button that lets the reader choose a file. Dropping one on it is the browser's own doing.

use leptos::prelude::*;

pub use crate::dom::file::Chosen;
pub use crate::dom::transfer::Transfer;

use crate::ui::field::{Field, Label, invalid};

/// An input for one file.
#[component]
pub fn FileInput(
    /// The id of the control, also its name.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// The endings that the browser offers first, such as `.pdf,.docx`.
    #[prop(into)]
    accept: String,
    /// What is wrong, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Called with the file that was chosen.
    #[prop(into)]
    on_choose: Callback<Chosen>,
) -> impl IntoView {
    let described_by = label.described_by(&id, error);
    view! {
        <Field id=id.clone() label error>
            <input
                class="file-input"
                type="file"
                id=id.clone()
                name=id
                accept=accept
                aria-describedby=described_by
                aria-invalid=move || invalid(error)
                on:change=move |event| {
                    if let Some(chosen) = Chosen::take(&event) {
                        on_choose.run(chosen);
                    }
                }
            />
        </Field>
    }
}
