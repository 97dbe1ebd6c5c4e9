//! People to keep apart from, each with where they are found and a reason.

use leptos::prelude::*;
use tandem_domain::form::answer::NamedPerson;
use tandem_domain::form::definition::{Choice as Offered, Slug};

use crate::ui::choice::Choice;
use crate::ui::field::{FieldGroup, Label};
use crate::ui::repeater::{Entries, Repeater};
use crate::ui::select::Select;
use crate::ui::text_field::TextField;

/// People to keep apart from.
#[component]
pub fn PeopleField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// How many there can be.
    max: usize,
    /// The reasons to choose from.
    reasons: Vec<Offered>,
    /// The people.
    #[prop(into)]
    value: Signal<Vec<NamedPerson>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with all people after each change.
    #[prop(into)]
    on_change: Callback<Vec<NamedPerson>>,
) -> impl IntoView {
    let entries = Entries::new(value.get_untracked());
    Effect::new(move || entries.replace(value.get()));
    let reasons = reasons
        .iter()
        .map(|reason| Choice::new(reason.id.0.clone(), reason.label.text()))
        .collect();
    provide_context(Reasons(reasons));
    view! {
        <FieldGroup id=id.clone() label error>
            <Repeater
                id
                noun="person"
                entries
                max
                entry=person_entry
                on_change=move |()| on_change.run(entries.values())
            />
        </FieldGroup>
    }
}

/// The reasons that the entries offer.
#[derive(Clone)]
struct Reasons(Vec<Choice>);

fn person_entry(
    id: String,
    entries: Entries<NamedPerson>,
    key: u32,
    on_change: Callback<()>,
) -> AnyView {
    let reasons = use_context::<Reasons>()
        .map(|reasons| reasons.0)
        .unwrap_or_default();
    let has_reasons = !reasons.is_empty();
    let change = move |change: &dyn Fn(&mut NamedPerson)| {
        entries.change(key, change);
        on_change.run(());
    };
    let reason = Signal::derive(move || entries.get(key).reason.map(|reason| reason.0));
    let set_reason = move |reason: Option<String>| {
        change(&|person| person.reason = reason.clone().map(Slug));
    };
    view! {
        <div class="people-field__person">
            <TextField
                id=format!("{id}-{key}-name")
                label="Name"
                value=Signal::derive(move || entries.get(key).name)
                on_input=move |name: String| change(&|person| person.name.clone_from(&name))
            />
            <TextField
                id=format!("{id}-{key}-contact")
                label=Label::new("E-mail or institution").optional()
                value=Signal::derive(move || entries.get(key).contact)
                on_input=move |contact: String| {
                    change(&|person| person.contact.clone_from(&contact));
                }
            />
            {has_reasons
                .then(|| {
                    view! {
                        <Select
                            id=format!("{id}-{key}-reason")
                            label=Label::new("Reason").optional()
                            choices=reasons
                            value=reason
                            placeholder="Choose a reason"
                            on_change=set_reason
                        />
                    }
                })}
        </div>
    }
    .into_any()
}
