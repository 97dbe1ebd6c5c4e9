//! Cohorts below one another: by the calendar, or by the day the program starts.

use leptos::prelude::*;
use leptos::task::spawn_local;
use tandem_api::cohort::CohortView;
use tandem_api::timeline::TimelineView;

use super::state::TimelineState;
use crate::api::error::ApiError;
use crate::api::timeline;
use crate::session::Session;
use crate::ui::button::Button;
use crate::ui::choice::{Choice, Flow, RadioGroup};
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::widgets::timeline_picture::TimelinePicture;
use crate::widgets::timeline_picture::items::{Cohort, by_calendar, by_start};
use crate::widgets::timeline_picture::state::Picture;

/// How many cohorts are shown below one another.
const SHOWN: usize = 6;

/// What was fetched to be compared.
type Fetched = Vec<(CohortView, TimelineView)>;

/// This cohort beside the others of its program.
#[component]
pub(super) fn Compare(
    /// What the screen knows.
    state: TimelineState,
) -> impl IntoView {
    let fetched = RwSignal::new(None::<Result<Fetched, ApiError>>);
    let session = Session::expect();
    let others = move || {
        let own = state.cohort().get();
        session.programs().with(|programs| {
            let program = programs.ready().into_iter().flatten();
            let mut program =
                program.filter(|program| own.as_ref().is_some_and(|own| own.program == program.id));
            program
                .next()
                .map(|program| program.cohorts.clone())
                .unwrap_or_default()
        })
    };
    let has_others = move || others().len() > 1;
    let fetch = Callback::new(move |()| {
        let cohorts = untrack(others);
        spawn_local(async move {
            fetched.try_set(Some(fetch(cohorts).await));
        });
    });
    let content = move || match fetched.get() {
        None => view! { <Button on_press=fetch>"Show the cohorts"</Button> }.into_any(),
        Some(Err(error)) => view! { <p>{error.sentence()}</p> }.into_any(),
        Some(Ok(cohorts)) => {
            let today = state.now().get_untracked().today;
            view! { <Side cohorts today /> }.into_any()
        }
    };
    view! {
        <Show when=has_others>
            <Disclosure summary="Beside other cohorts" has_form=true>{content}</Disclosure>
        </Show>
    }
}

async fn fetch(cohorts: Vec<CohortView>) -> Result<Fetched, ApiError> {
    let mut fetched = Vec::new();
    for cohort in cohorts.into_iter().take(SHOWN) {
        let timeline = timeline::timeline(cohort.id).await?;
        fetched.push((cohort, timeline));
    }
    Ok(fetched)
}

/// The cohorts below one another.
#[component]
fn Side(
    /// Which.
    cohorts: Fetched,
    /// Today in the zone of this cohort.
    today: chrono::NaiveDate,
) -> impl IntoView {
    let cohorts = StoredValue::new(cohorts);
    let cards = move |is_by_start: bool| {
        cohorts.with_value(|cohorts| {
            let cohorts: Vec<Cohort<'_>> = cohorts
                .iter()
                .map(|(cohort, timeline)| Cohort {
                    name: &cohort.title,
                    starts: cohort.calendar.starts,
                    items: &timeline.items,
                })
                .collect();
            if is_by_start {
                by_start(&cohorts)
            } else {
                by_calendar(&cohorts, today)
            }
        })
    };
    let picture = Picture::another(cards(true));
    let axis = RwSignal::new("start".to_owned());
    let choices = vec![
        Choice::new("start", "By the start of the program"),
        Choice::new("calendar", "By the calendar"),
    ];
    let chosen = Callback::new(move |value: String| {
        picture.show(cards(value == "start"));
        axis.set(value);
    });
    view! {
        <RadioGroup
            id="axis"
            label=Label::new("How they are laid out")
            choices
            value=Signal::derive(move || Some(axis.get()))
            flow=Flow::Inline
            on_change=chosen
        />
        <TimelinePicture picture label="The cohorts as a picture" />
    }
}
