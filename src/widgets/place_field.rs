//! Where somebody lives: a country and, in the United States, a state.

use leptos::prelude::*;
use tandem_domain::form::place::{COUNTRIES, UNITED_STATES, US_STATES};
use tandem_domain::order;

use crate::ui::choice::Choice;
use crate::ui::field::{FieldGroup, Label};
use crate::ui::select::Select;

/// A country and perhaps a state, by their codes.
pub type PlaceValue = (Option<String>, Option<String>);

/// Where somebody lives.
#[component]
pub fn PlaceField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// Country and state.
    #[prop(into)]
    value: Signal<PlaceValue>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with country and state after each change.
    #[prop(into)]
    on_change: Callback<PlaceValue>,
) -> impl IntoView {
    let country = Signal::derive(move || value.get().0);
    let region = Signal::derive(move || value.get().1);
    let has_states = move || country.get().as_deref() == Some(UNITED_STATES);
    let set_country = move |country: Option<String>| on_change.run((country, None));
    let set_region = move |region: Option<String>| on_change.run((country.get_untracked(), region));
    let state_id = format!("{id}-state");
    view! {
        <FieldGroup id=id.clone() label error>
            <div class="place-field">
                <Select
                    id=format!("{id}-country")
                    label="Country"
                    choices=choices(COUNTRIES)
                    value=country
                    placeholder="Choose a country"
                    on_change=set_country
                />
                <Show when=has_states>
                    <Select
                        id=state_id.clone()
                        label="State or territory"
                        choices=choices(US_STATES)
                        value=region
                        placeholder="Choose a state"
                        on_change=set_region
                    />
                </Show>
            </div>
        </FieldGroup>
    }
}

/// By name; the country with most members first.
fn choices(list: &[(&str, &str)]) -> Vec<Choice> {
    let mut list: Vec<_> = list.to_vec();
    order::sort_by_key(&mut list, |(code, name)| (*code != UNITED_STATES, *name));
    list.into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_of_most_members_comes_first() {
        let choices = choices(COUNTRIES);
        assert_eq!(choices[0].value, UNITED_STATES);
        assert_eq!(choices[1].label, "Afghanistan");
        assert_eq!(choices.len(), COUNTRIES.len());
    }
}
