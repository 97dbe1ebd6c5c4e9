//! One of many, in the browser's own list.

use leptos::prelude::*;

use crate::ui::choice::Choice;
use crate::ui::field::{Field, Label, invalid};

/// One of many. Begins with an empty line unless something is chosen.
#[component]
pub fn Select(
    /// The id of the control, also its name.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// What can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value that is chosen, or nothing.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// What the empty line says; without it there is no empty line.
    #[prop(into, optional)]
    placeholder: Option<String>,
    /// What is wrong, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// Called with the value that is chosen, nothing for the empty line.
    #[prop(into)]
    on_change: Callback<Option<String>>,
) -> impl IntoView {
    let described_by = label.described_by(&id, error);
    let empty_line = placeholder.map(|words| {
        view! {
            <option value="" prop:selected=move || value.with(Option::is_none)>
                {words}
            </option>
        }
    });
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                view! {
                    <option
                        value=choice.value
                        prop:selected=move || value.with(|value| value.as_ref() == Some(&own))
                    >
                        {choice.label}
                    </option>
                }
            })
            .collect_view()
    };
    let changed = move |event| {
        let chosen = event_target_value(&event);
        on_change.run(Some(chosen).filter(|chosen| !chosen.is_empty()));
    };
    view! {
        <Field id=id.clone() label error>
            <div class="select">
                <select
                    class="select__input"
                    id=id.clone()
                    name=id
                    aria-describedby=move || described_by.get()
                    aria-invalid=move || invalid(error)
                    on:change=changed
                >
                    {empty_line}
                    {options}
                </select>
            </div>
        </Field>
    }
}
