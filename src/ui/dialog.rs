//! A question over the page, in the browser's own dialog: it keeps the keyboard inside, closes
//! with Escape and gives the keyboard back to where it was.

use leptos::html;
use leptos::prelude::*;

use crate::dom::focus;
use crate::ui::icon::{Icon, Shape};

/// A dialog over the page. Its buttons stand in a `div` of the class `dialog__actions`.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The question or the name.
    #[prop(into)]
    title: Signal<String>,
    /// Called when the reader wants to leave without deciding.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it says; there only while it is open.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let opener = StoredValue::new_local(None);
    let give_back = move || {
        if let Some(Some(element)) = opener.try_update_value(Option::take) {
            focus::give(&element);
        }
    };
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                opener.set_value(focus::active());
                // It only refuses when the element has left the page.
                dialog.show_modal().ok();
            }
            (false, true) => {
                dialog.close();
                give_back();
            }
            _ => (),
        }
    });
    on_cleanup(give_back);
    let cancelled = move |event: leptos::ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-label=move || title.get() on:cancel=cancelled>
            <div class="dialog__head">
                <h2 class="dialog__title" tabindex="-1" autofocus=true>
                    {move || title.get()}
                </h2>
                <button
                    type="button"
                    class="dialog__close"
                    aria-label="Close"
                    on:click=move |_| on_close.run(())
                >
                    <Icon shape=Shape::Cross />
                </button>
            </div>
            <Show when=move || open.get()>
                <div class="dialog__body">{children()}</div>
            </Show>
        </dialog>
    }
}
