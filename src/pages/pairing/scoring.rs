//! How pairs are scored: everybody on the committee reads it, the chair sets it.

use leptos::context::Provider;
use leptos::prelude::*;
use tandem_api::matching::ScoringView;
use tandem_domain::id::CohortId;
use tandem_domain::score::scoring::{MOST_LOAD, MOST_WEIGHT};
use tandem_domain::score::{Component, FULL, Preset, Scoring};

use super::part::{self, Done};
use super::state::BoardState;
use crate::api;
use crate::api::error::ApiError;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::notice::{Kind, Notice};
use crate::widgets::match_reasons::component_words;

/// The button, and the dialog behind it.
#[component]
pub(super) fn ScoringOfCohort() -> impl IntoView {
    let is_open = RwSignal::new(false);
    let title = Signal::stored("How pairs are scored".to_owned());
    view! {
        <Button on_press=move |()| is_open.set(true)>"Scoring"</Button>
        <Dialog open=is_open title on_close=move |()| is_open.set(false)>
            <Provider value=Done(Callback::new(move |()| is_open.set(false)))>
                {part::suggest::ScoringForm()}
            </Provider>
        </Dialog>
    }
}

/// What is set, what is typed, and what became of sending it.
#[derive(Clone, Copy)]
struct Edit {
    cohort: CohortId,
    seen: RwSignal<Option<ScoringView>>,
    typed: RwSignal<Scoring>,
    trouble: RwSignal<Option<String>>,
    is_sending: RwSignal<bool>,
}

impl Edit {
    fn new(cohort: CohortId) -> Self {
        Self {
            cohort,
            seen: RwSignal::new(None),
            typed: RwSignal::new(Scoring::default()),
            trouble: RwSignal::new(None),
            is_sending: RwSignal::new(false),
        }
    }

    fn read(self) {
        leptos::task::spawn_local(async move {
            self.take(api::board::scoring(self.cohort).await);
        });
    }

    fn take(self, answer: Result<ScoringView, ApiError>) -> bool {
        self.is_sending.try_set(false);
        match answer {
            Ok(view) => {
                self.typed.try_set(view.scoring.clone());
                self.seen.try_set(Some(view));
                true
            }
            Err(ApiError::Stale) => {
                let why = "Somebody has changed the scoring meanwhile. This is how it stands now.";
                self.trouble.try_set(Some(why.to_owned()));
                self.read();
                false
            }
            Err(error) => {
                self.trouble.try_set(Some(error.sentence()));
                false
            }
        }
    }

    fn send(self, on_done: Callback<()>) {
        let Some(version) = self
            .seen
            .with_untracked(|seen| seen.as_ref().map(|one| one.version))
        else {
            return;
        };
        let scoring = self.typed.get_untracked();
        if let Some(why) = fault(&scoring) {
            self.trouble.set(Some(why.to_owned()));
            return;
        }
        self.trouble.set(None);
        self.is_sending.set(true);
        leptos::task::spawn_local(async move {
            let answer = api::board::set_scoring(self.cohort, version, &scoring).await;
            if self.take(answer) {
                on_done.run(());
            }
        });
    }
}

fn fault(scoring: &Scoring) -> Option<&'static str> {
    use tandem_domain::score::ScoringFault as Fault;
    scoring.faults().first().map(|fault| match fault {
        Fault::NoWeight => "Something has to weigh more than 0.",
        Fault::Weight => "Weights go from 0 to 100.",
        Fault::Floor => "The floor goes from 0 to 100.",
        Fault::Load => "A second mentee costs 0 to 50 points.",
    })
}

/// The weights, the floor, the load, the draw.
#[component]
pub fn ScoringForm() -> impl IntoView {
    let on_done = Done::expect();
    let state = BoardState::expect();
    let edit = Edit::new(state.cohort());
    edit.read();
    let may_change = Signal::derive(move || {
        edit.seen
            .with(|seen| seen.as_ref().is_some_and(|one| one.may_change))
    });
    let weights = Component::ALL
        .map(|component| weight(edit, may_change, component))
        .collect_view();
    view! {
        <div class="scoring">
            <p>
                "A score is the weighted mean of what is known of a pair. What somebody did not \
                state is not counted."
            </p>
            {move || edit.trouble.get().map(|why| view! {
                <Notice kind=Kind::Warning><p>{why}</p></Notice>
            })}
            {move || may_change.get().then(|| presets(edit))}
            <fieldset class="scoring__weights">
                <legend>"What each part weighs"</legend>
                {weights}
            </fieldset>
            {rest(edit, may_change)}
            <p class="scoring__by">{move || edit.seen.with(|seen| seen.as_ref().map(set_by))}</p>
            <Show when=move || may_change.get()>
                <div class="dialog__actions">
                    <Button
                        look=Look::Primary
                        busy=edit.is_sending
                        on_press=move |()| edit.send(on_done)
                    >
                        "Set for everybody"
                    </Button>
                </div>
            </Show>
        </div>
    }
}

fn set_by(view: &ScoringView) -> String {
    match &view.by_name {
        Some(name) => format!("Version {}, set by {name}.", view.version),
        None => "As programs usually have it; nobody has changed it.".to_owned(),
    }
}

fn presets(edit: Edit) -> AnyView {
    let buttons = Preset::ALL
        .map(|preset| preset_button(edit, preset))
        .collect_view();
    view! {
        <div class="toolbar__choices" role="group" aria-label="Weights to begin with">
            {buttons}
        </div>
    }
    .into_any()
}

fn preset_button(edit: Edit, preset: Preset) -> AnyView {
    let words = match preset {
        Preset::Usual => "Usual",
        Preset::TopicsFirst => "Topics first",
        Preset::CareerFirst => "Career first",
        Preset::EasyToMeet => "Easy to meet",
    };
    let is_chosen = move || {
        edit.typed
            .with(|typed| Preset::of(typed.weights) == Some(preset))
            .to_string()
    };
    view! {
        <button
            type="button"
            class="toolbar__choice"
            aria-pressed=is_chosen
            on:click=move |_| edit.typed.update(|typed| typed.weights = preset.weights())
        >
            {words}
        </button>
    }
    .into_any()
}

fn weight(edit: Edit, may_change: Signal<bool>, component: Component) -> AnyView {
    let read = move || {
        let mut weights = edit.typed.with(|typed| typed.weights);
        *weights.of(component)
    };
    let write = move |value: u16| {
        edit.typed
            .update(|typed| *typed.weights.of(component) = value);
    };
    number(
        component_words(component),
        (Signal::derive(read), MOST_WEIGHT, 1),
        may_change,
        Callback::new(write),
    )
}

fn rest(edit: Edit, may_change: Signal<bool>) -> AnyView {
    let floor = Signal::derive(move || edit.typed.with(|typed| typed.floor));
    let load = Signal::derive(move || edit.typed.with(|typed| typed.load));
    let set_floor = Callback::new(move |value| edit.typed.update(|typed| typed.floor = value));
    let set_load = Callback::new(move |value| edit.typed.update(|typed| typed.load = value));
    view! {
        <fieldset class="scoring__weights">
            <legend>"What is proposed"</legend>
            {number("Nothing below this score (floor)", (floor, FULL, 10), may_change, set_floor)}
            {number("Points a second mentee costs", (load, MOST_LOAD, 10), may_change, set_load)}
        </fieldset>
    }
    .into_any()
}

/// A slider with its number. Scores are shown as a tenth of what is stored.
fn number(
    label: &'static str,
    (value, most, step): (Signal<u16>, u16, u16),
    may_change: Signal<bool>,
    on_change: Callback<u16>,
) -> AnyView {
    let changed = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            on_change.run(value);
        }
    };
    view! {
        <label class="scoring__line">
            <span>{label}</span>
            <input
                type="range"
                min="0"
                max=most.to_string()
                step=step.to_string()
                prop:value=move || value.get().to_string()
                disabled=move || !may_change.get()
                on:input=changed
            />
            <output class="scoring__number">{move || value.get() / step}</output>
        </label>
    }
    .into_any()
}
