//! One thing to say yes to.

use leptos::prelude::*;

use crate::ui::field::{FieldError, invalid};

/// One box with its sentence.
#[component]
pub fn Checkbox(
    /// The id of the input, also its name.
    #[prop(into)]
    id: String,
    /// The sentence one says yes to.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// What is wrong, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Called with what it now is.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    view! {
        <div class="field" data-invalid=move || invalid(error)>
            <FieldError id=id.clone() error />
            <div class="choice">
                <input
                    class="choice__input"
                    type="checkbox"
                    id=id.clone()
                    name=id.clone()
                    prop:checked=move || checked.get()
                    aria-invalid=move || invalid(error)
                    aria-describedby=move || {
                        error.with(Option::is_some).then(|| error_id.clone())
                    }
                    on:change=move |event| on_change.run(event_target_checked(&event))
                />
                <label class="choice__label" for=id>
                    {move || label.get()}
                </label>
            </div>
        </div>
    }
}
