//! The task list: the sections of an application and how far each has come.

use leptos::prelude::*;
use tandem_api::application::MyApplication;
use tandem_domain::form::definition::Section;

use crate::pages::apply::state::ApplyState;
use crate::pages::apply::way::{self, Place, Standing};
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::heading::{PageHeading, PageTitle};
use crate::widgets::deadline::{DeadlineWords, OtherZones};
use crate::widgets::state_words;

/// The task list.
#[component]
pub fn TasksPage() -> impl IntoView {
    let state = ApplyState::expect();
    let session = Session::expect();
    let application = state.application().get_untracked();
    let form = state.form();
    let now = session.program_time();
    let is_editable = state.is_editable();
    let closes = application.closes.clone();
    let standings = state.standings();
    let count = move || {
        let (n_done, n_all) = standings.with(|all| way::completed(all));
        format!("{n_done} of {n_all} sections completed.")
    };
    let sections = form
        .sections
        .iter()
        .enumerate()
        .map(|(section_idx, section)| view! { <Task section=section.clone() section_idx /> })
        .collect_view();
    let kicker = format!(
        "{} · {}",
        application.program_name, application.cohort_title
    );
    let role = state_words::role(application.role).0;
    let intro = form.intro.text().to_owned();
    view! {
        <PageTitle title=format!("{role} application") />
        <PageHeading kicker>{format!("{role} application")}</PageHeading>
        <Show when=move || is_editable.get()>
            <p class="tasks__intro">{intro.clone()}</p>
            <p class="tasks__deadline">
                "Applications close on " <DeadlineWords deadline=closes.clone() now />
            </p>
            <OtherZones deadline=closes.clone() />
        </Show>
        <p class="tasks__count" role="status">
            {count}
        </p>
        <ol class="tasks">{sections}</ol>
        <Onward application=application.clone() />
        <OtherRole application />
    }
}

/// One section.
#[component]
fn Task(
    /// Which.
    section: Section,
    /// Its place in the form.
    section_idx: usize,
) -> impl IntoView {
    let state = ApplyState::expect();
    let places = state.places();
    let standings = state.standings();
    let standing = Memo::new(move |_| {
        standings.with(|all| {
            all.get(section_idx)
                .copied()
                .unwrap_or(Standing::NotStarted)
        })
    });
    let own = section.id.0.clone();
    let first = Memo::new(move |_| {
        places.with(|places| places.iter().find(|place| place.section == own).cloned())
    });
    let title = section.title.text().to_owned();
    let status_id = format!("task-{}", section.id);
    let described_by = status_id.clone();
    move || {
        let title = title.clone();
        let status_id = status_id.clone();
        let described_by = described_by.clone();
        first.get().map(|place| {
            view! {
                <li class="tasks__task">
                    <a class="tasks__link" href=page_href(state, &place) aria-describedby=described_by>
                        {title}
                    </a>
                    <span
                        class="tasks__status"
                        id=status_id
                        data-standing=move || standing.get().slug()
                    >
                        {move || standing.get().words()}
                    </span>
                </li>
            }
        })
    }
}

/// Where to go on.
#[component]
fn Onward(
    /// The application.
    application: MyApplication,
) -> impl IntoView {
    let state = ApplyState::expect();
    let role = application.role;
    let review = Screen::ApplyReview(application.cohort_slug, role).to_string();
    let n_problems = state.n_problems();
    let is_editable = state.is_editable();
    let places = state.places();
    let go_on = move || {
        let last = state
            .return_place()
            .filter(|place| places.with(|places| places.contains(place)));
        last.or_else(|| places.with(|places| places.first().cloned()))
    };
    let is_ready = move || n_problems.get() == 0;
    view! {
        <div class="row">
            {move || {
                let href = go_on().map(|place| page_href(state, &place))?;
                (!is_ready() && is_editable.get())
                    .then(|| {
                        view! {
                            <ButtonLink href look=Look::Primary>
                                "Go on writing"
                            </ButtonLink>
                        }
                    })
            }}
            {move || {
                let is_next = is_ready() || !is_editable.get();
                let look = if is_next { Look::Primary } else { Look::Secondary };
                let words = if is_editable.get() { "Review and send" } else { "Read your answers" };
                view! {
                    <ButtonLink href=review.clone() look>
                        {words}
                    </ButtonLink>
                }
            }}
        </div>
    }
}

/// Somebody in both roles: what the two applications share.
#[component]
fn OtherRole(
    /// This application.
    application: MyApplication,
) -> impl IntoView {
    let state = ApplyState::expect();
    let other = application.role.other();
    let href = Screen::ApplyTasks(application.cohort_slug, other).to_string();
    let word = state_words::role(other).0.to_lowercase();
    state.is_shared().then(|| {
        view! {
            <p class="tasks__other">
                "You also apply as a " {word.clone()}
                ". Questions that both forms ask are answered once and count for both. "
                <a href=href>{format!("Open the {word} application")}</a> "."
            </p>
        }
    })
}

/// The address of a page of this application.
pub fn page_href(state: ApplyState, place: &Place) -> String {
    let (cohort, role) = state
        .application()
        .with_untracked(|own| (own.cohort_slug.clone(), own.role));
    Screen::ApplyPage(cohort, role, place.section.clone(), place.page.clone()).to_string()
}
