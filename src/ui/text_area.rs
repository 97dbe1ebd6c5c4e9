//! Text of several lines that grows with what is written.

use leptos::html;
use leptos::prelude::*;

use crate::dom::{focus, style};
use crate::ui::field::{Field, Label, invalid};

/// Text of several lines. What is typed is never replaced while the keyboard is in the field.
#[component]
pub fn TextArea(
    /// The id of the control, also its name.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// What it holds at first, and whenever it changes elsewhere.
    #[prop(into, optional)]
    value: Signal<String>,
    /// What is wrong with it, if anything.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// A line below about its length: "120 of 150–300 words".
    #[prop(into, optional)]
    count: Option<Signal<String>>,
    /// Called with the whole text at each letter.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when the reader leaves the field.
    #[prop(into, optional)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let described_by = label.described_by(&id, error);
    let area = NodeRef::<html::Textarea>::new();
    let replica = RwSignal::new(value.get_untracked());
    Effect::new(move || {
        let value = value.get();
        let Some(area) = area.get() else { return };
        if focus::may_replace(&area.value(), &value, focus::is_active(&area)) {
            area.set_value(&value);
        }
    });
    let typed = move |event| {
        let text = event_target_value(&event);
        if !style::text_areas_grow() {
            replica.set(text.clone());
        }
        on_input.run(text);
    };
    view! {
        <Field id=id.clone() label error>
            // The replica gives the height in browsers without `field-sizing`.
            <div class="text-area" data-replica=move || replica.get()>
                <textarea
                    node_ref=area
                    class="text-area__input"
                    id=id.clone()
                    name=id
                    dir="auto"
                    rows="4"
                    spellcheck="true"
                    prop:value=value.get_untracked()
                    aria-describedby=move || described_by.get()
                    aria-invalid=move || invalid(error)
                    on:input=typed
                    on:blur=move |_| {
                        if let Some(on_leave) = on_leave {
                            on_leave.run(());
                        }
                    }
                ></textarea>
            </div>
            {count.map(|count| view! { <p class="text-area__count">{move || count.get()}</p> })}
        </Field>
    }
}
