//! A new board: a copy of one, under a name of its own.

use leptos::prelude::*;
use tandem_api::scenario::{NAME, NewScenario, ScenarioView};

use crate::api;
use crate::api::error::ApiError;
use crate::dom::{focus, random};
use crate::pages::pairing::state::BoardState;
use crate::ui::button::{Button, Press};
use crate::ui::field::Label;
use crate::ui::text_field::TextField;

/// Asks for a name and makes a copy of the board on the page.
#[component]
pub(in crate::pages::pairing) fn NewBoard(
    /// The id of the field for the name.
    id: &'static str,
    /// As the board was at this revision, or as it is now.
    #[prop(into)]
    at_rev: Callback<(), Option<i64>>,
    /// What the button says.
    verb: &'static str,
    /// Called with the new board.
    #[prop(into)]
    on_made: Callback<ScenarioView>,
    /// Called when none is wanted after all, where that can be said.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let state = BoardState::expect();
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    // The same again is a repeat; another board, or an older one, is not.
    let key = StoredValue::new((String::new(), None));
    let send = Action::new_local(move |(): &()| {
        let new = NewScenario {
            name: name.get_untracked(),
            copy_of: Some(state.scenario()),
            at_rev: at_rev.run(()),
        };
        let wanted = Some((new.name.clone(), new.at_rev));
        key.update_value(|(key, of)| {
            if *of != wanted {
                *key = random::uuid();
                *of = wanted;
            }
        });
        async move {
            let (key, _) = key.get_value();
            match api::scenarios::make(state.cohort(), &key, &new).await {
                Ok(made) => {
                    on_made.try_run(made);
                }
                Err(fault) => {
                    error.try_set(Some(name_words(&fault).unwrap_or_else(|| fault.sentence())));
                    focus::by_id(id);
                }
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        error.set(None);
        send.dispatch_local(());
    };
    let cancel = on_cancel.map(|cancel| view! { <Button on_press=cancel>"Cancel"</Button> });
    view! {
        <form class="scenarios__form" on:submit=submit novalidate>
            <TextField
                id
                label=Label::new("Name of the new scenario")
                error
                on_input=move |text| name.set(text)
            />
            <div class="dialog__actions">
                <Button press=Press::Submits busy=send.pending()>{verb}</Button>
                {cancel}
            </div>
        </form>
    }
}

/// What is wrong with a name, if that is what is wrong.
pub(super) fn name_words(error: &ApiError) -> Option<String> {
    let ApiError::Invalid { places, .. } = error else {
        return None;
    };
    let fault = places.iter().find(|fault| fault.pointer == "/name")?;
    Some(match fault.code.as_str() {
        "taken" => "Another board of this cohort has this name.".to_owned(),
        "required" => "Give it a name.".to_owned(),
        "too_long" => format!("A name has {NAME} characters at most."),
        _ => "A name is one line of text.".to_owned(),
    })
}
