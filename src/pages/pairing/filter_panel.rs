//! What narrows the lists, behind one word of the toolbar.

use leptos::prelude::*;
use tandem_domain::candidate::Candidate;
use tandem_domain::form::definition::Slug;

use super::facets::{self, Facets, OneOf};
use super::filters::Query;
use super::part;
use super::state::BoardState;
use crate::ui::button::{Button, Look};
use crate::ui::icon::{Icon, Shape};

/// What narrows the lists.
#[component]
pub(super) fn FilterPanel(
    /// Called with what is asked for now.
    on_query: Callback<Query>,
) -> impl IntoView {
    let query = BoardState::expect().query();
    let count = Memo::new(move |_| query.with(|query| query.facets.count()));
    let summary = move || match count.get() {
        0 => "Filters".to_owned(),
        count => format!("Filters ({count})"),
    };
    // What people name is gathered from everybody, so not before somebody asks for it.
    let is_opened = RwSignal::new(false);
    provide_context(Change { query, on_query });
    view! {
        <details class="filter-panel" on:toggle=move |_| is_opened.set(true)>
            <summary class="filter-panel__summary">
                <Icon shape=Shape::ChevronDown />
                {summary}
            </summary>
            <div class="filter-panel__body" role="group" aria-label="Filters">
                <Show when=move || is_opened.get()>{part::aside::FilterChoices()}</Show>
            </div>
        </details>
    }
}

/// What can be chosen there.
///
/// # Panics
/// Outside the panel.
#[component]
pub fn FilterChoices() -> impl IntoView {
    let change: Change = expect_context();
    let none = move |()| change.make(|facets| *facets = Facets::default());
    view! {
        {of_both(change)}
        {of_one(change)}
        <Button look=Look::Quiet on_press=none>"No filters"</Button>
    }
}

/// Reads what is asked for and asks for something else.
#[derive(Clone, Copy)]
struct Change {
    query: Signal<Query>,
    on_query: Callback<Query>,
}

impl Change {
    fn read<T: Send + Sync + 'static>(self, read: fn(&Facets) -> T) -> Signal<T> {
        Signal::derive(move || self.query.with(|query| read(&query.facets)))
    }

    fn make(self, change: impl FnOnce(&mut Facets)) {
        let mut wanted = self.query.get_untracked();
        change(&mut wanted.facets);
        self.on_query.run(wanted);
    }

    fn with<T: 'static>(self, set: fn(&mut Facets, T)) -> Callback<T> {
        Callback::new(move |value| self.make(|facets| set(facets, value)))
    }
}

/// What narrows both lists.
fn of_both(change: Change) -> AnyView {
    view! {
        {named(
            ("filter-area", "Area", "Any area"),
            facets::areas,
            change.read(|facets| facets.area.clone()),
            change.with(|facets, slug| facets.area = slug),
        )}
        {named(
            ("filter-setting", "Kind of institution", "Any kind of institution"),
            facets::settings,
            change.read(|facets| facets.setting.clone()),
            change.with(|facets, slug| facets.setting = slug),
        )}
        {named(
            ("filter-mode", "Way to talk", "Any way to talk"),
            facets::modes,
            change.read(|facets| facets.mode.clone()),
            change.with(|facets, slug| facets.mode = slug),
        )}
    }
    .into_any()
}

/// What narrows or orders one list.
fn of_one(change: Change) -> AnyView {
    view! {
        {one_of(
            ("filter-standing", "Mentees"),
            change.read(|facets| facets.standing),
            change.with(|facets, one| facets.standing = one),
        )}
        {one_of(
            ("filter-fit", "Score of the mentees"),
            change.read(|facets| facets.fit),
            change.with(|facets, one| facets.fit = one),
        )}
        {one_of(
            ("filter-places", "Places of the mentors"),
            change.read(|facets| facets.places),
            change.with(|facets, one| facets.places = one),
        )}
        {one_of(
            ("filter-mentors", "Order of the mentors"),
            change.read(|facets| facets.mentor_sort),
            change.with(|facets, one| facets.mentor_sort = one),
        )}
    }
    .into_any()
}

/// What people name, to choose one of.
fn named(
    (id, label, any): (&'static str, &'static str, &'static str),
    of: fn(&Candidate) -> Vec<&Slug>,
    value: Signal<Option<Slug>>,
    on_change: Callback<Option<Slug>>,
) -> AnyView {
    let desk = BoardState::expect().desk();
    let line = |(slug, words): (Slug, String)| {
        let own = slug.clone();
        let is_chosen = move || value.with(|value| value.as_ref() == Some(&own));
        view! { <option value=slug.0 prop:selected=is_chosen>{words}</option> }
    };
    // Once: a command changes who is where, not what people name.
    let choices = desk.with_untracked(|desk| facets::named(desk, of));
    let lines = choices.into_iter().map(line).collect_view();
    let changed = move |event| {
        let chosen = event_target_value(&event);
        on_change.run((!chosen.is_empty()).then_some(Slug(chosen)));
    };
    select(
        (id, label),
        view! {
            <select class="select__input toolbar__select" id=id on:change=changed>
                <option value="" prop:selected=move || value.with(Option::is_none)>{any}</option>
                {lines}
            </select>
        }
        .into_any(),
    )
}

/// One of a few.
fn one_of<T: OneOf + Send + Sync>(
    (id, label): (&'static str, &'static str),
    value: Signal<T>,
    on_change: Callback<T>,
) -> AnyView {
    let lines = T::ALL
        .iter()
        .map(|one| {
            let (slug, words) = one.words();
            let is_chosen = move || value.get() == *one;
            view! { <option value=slug prop:selected=is_chosen>{words}</option> }
        })
        .collect_view();
    let changed = move |event| {
        on_change.run(T::from_slug(Some(&event_target_value(&event))));
    };
    select(
        (id, label),
        view! {
            <select class="select__input toolbar__select" id=id on:change=changed>
                {lines}
            </select>
        }
        .into_any(),
    )
}

fn select((id, label): (&'static str, &'static str), control: AnyView) -> AnyView {
    view! {
        <div class="filter-panel__field">
            <label class="filter-panel__label" for=id>{label}</label>
            <div class="select">{control}</div>
        </div>
    }
    .into_any()
}
