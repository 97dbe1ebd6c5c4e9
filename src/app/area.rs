//! Parts of the app that are not for everybody. The server decides; this only saves a round trip
//! and says so in the reader's words.

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use leptos_router::hooks::use_params_map;

use crate::load::{Load, LoadFailed};
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::trouble::{Reason, Trouble};

/// Screens for people who are signed in.
#[component]
pub fn SignedInArea() -> impl IntoView {
    let is_member = Session::expect().known();
    let may_enter = Signal::derive(move || is_member.with(Option::is_some).then_some(true));
    view! { <Guard may_enter /> }
}

/// Screens for people with an office, with the ways through a cohort above them.
#[component]
pub fn CommitteeArea() -> impl IntoView {
    let session = Session::expect();
    let in_committee = session.in_committee();
    view! {
        <Show when=move || in_committee.get() == Some(true)>
            <CommitteeNav />
        </Show>
        <Guard may_enter=in_committee />
    }
}

/// Screens for people who set things up.
#[component]
pub fn ManageArea() -> impl IntoView {
    view! { <Guard may_enter=Session::expect().can_manage() /> }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    Asking,
    Unreachable,
    SignedOut,
    Forbidden,
    Open,
}

/// Shows the screen, or why not. The screen is not built anew when only the session is read again.
#[component]
fn Guard(
    /// Whether somebody signed in may see it; nothing while that is not known.
    may_enter: Signal<Option<bool>>,
) -> impl IntoView {
    let session = Session::expect();
    let state = session.state();
    let known = session.known();
    let gate = Memo::new(move |_| match (known.get(), may_enter.get()) {
        (Some(None), _) => Gate::SignedOut,
        (Some(Some(_)), Some(true)) => Gate::Open,
        (Some(Some(_)), Some(false)) => Gate::Forbidden,
        _ if state.with(|state| matches!(state, Load::Failed(_))) => Gate::Unreachable,
        _ => Gate::Asking,
    });
    move || match gate.get() {
        Gate::Open => view! { <Outlet /> }.into_any(),
        Gate::SignedOut => view! { <Trouble reason=Reason::SignedOut on_retry=None /> }.into_any(),
        Gate::Forbidden => view! { <Trouble reason=Reason::Forbidden on_retry=None /> }.into_any(),
        Gate::Unreachable => match state.get_untracked() {
            Load::Failed(error) => {
                view! { <LoadFailed error on_retry=move |()| session.refresh() /> }.into_any()
            }
            Load::Waiting | Load::Ready(_) => ().into_any(),
        },
        Gate::Asking => view! {
            <div class="page">
                <Skeleton label="Loading the page" outline=Outline::Page />
            </div>
        }
        .into_any(),
    }
}

/// The ways through one cohort.
#[component]
fn CommitteeNav() -> impl IntoView {
    let params = use_params_map();
    let programs = Session::expect().programs();
    let slug = Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()));
    let title = move || {
        programs.with(|programs| {
            programs
                .ready()
                .into_iter()
                .flatten()
                .flat_map(|program| &program.cohorts)
                .find(|cohort| cohort.slug == slug.get())
                .map(|cohort| cohort.title.clone())
        })
    };
    let link = move |screen: fn(String) -> Screen, exact: bool, words: &'static str| {
        view! {
            <li>
                <A href=move || screen(slug.get()).to_string() exact=exact>
                    {words}
                </A>
            </li>
        }
    };
    view! {
        <nav class="area-nav" aria-label="This cohort">
            <p class="area-nav__title">{title}</p>
            <ul class="area-nav__links">
                {link(Screen::CommitteeOverview, true, "Overview")}
                {link(Screen::CommitteeApplications, false, "Applications")}
                {link(Screen::CommitteeBoard, false, "Board")}
                {link(Screen::CommitteeTimeline, false, "Timeline")}
            </ul>
        </nav>
    }
}
