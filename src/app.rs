//! The shell around every screen: contexts, header, footer, and the route table.

mod area;
mod footer;
mod header;
mod part;

use futures::future::join;
use leptos::ev;
use leptos::leptos_dom::helpers::{request_animation_frame, set_interval_with_handle, set_timeout};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{PossibleRouteMatch, path};
use std::sync::Arc;
use std::time::Duration;

use crate::api;
use crate::app::area::{CommitteeArea, ManageArea, SignedInArea};
use crate::app::footer::Footer;
use crate::app::header::Header;
use crate::app::part::apply::{
    ApplyArea, MyApplicationsPage, ReviewPage, StartPage, StepPage, SubmittedPage, TasksPage,
};
use crate::app::part::board::PairingPage;
use crate::app::part::committee::{
    ApartPage, ApplicationPage, ApplicationsPage, ConflictsPage, DaysPage, FormsPage,
    LateLinksPage, ManagePage, NewCohortPage, NextCohortPage, OutboxPage, OverviewPage, PeoplePage,
};
use crate::app::part::timeline::TimelinePage;
use crate::dom::tabs::Tabs;
use crate::dom::{address, announce, arrival, focus, storage};
use crate::pages::account::AccountPage;
use crate::pages::cohort::CohortPage;
use crate::pages::demo::DemoPage;
#[cfg(feature = "gallery")]
use crate::pages::gallery::{GalleryPage, many_dates::ManyDatesPage};
use crate::pages::home::HomePage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::sign_in::SignInPage;
use crate::routes::Screen;
use crate::session::Session;
use crate::session::sign_out::SignOut;
use crate::ui::button::Button;
use crate::ui::heading::PageHeading;
use crate::widgets::demo_bar::DemoBar;
use crate::widgets::leaving::LeavingDialog;
use crate::widgets::shared_bar::SharedBar;

/// Not in the app that people use.
#[cfg(not(feature = "gallery"))]
use crate::pages::not_found::{NotFoundPage as GalleryPage, NotFoundPage as ManyDatesPage};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::provide();
    let ask = move || {
        spawn_local(async move {
            let (view, programs) = join(api::session::current(), api::cohorts::programs()).await;
            session.receive(view, programs);
        });
    };
    // Signing in or out in one tab is known in the others.
    let tabs = Tabs::open(
        "session",
        move |said| if said == OVER { leave() } else { ask() },
    );
    Effect::new(move || {
        if session.asked().get() > 0 {
            tabs.say("changed");
        }
        ask();
    });
    Effect::new(move || {
        if session.is_over().get() {
            tabs.say(OVER);
            leave();
        }
    });
    // A browser that cannot count time shows how much is left as it was at first.
    set_interval_with_handle(move || session.tick(), TICK).ok();
    view! {
        <Router>
            <Arrival />
            <SkipLink />
            <Header />
            <SharedComputer />
            <main class="shell__main" id="main" tabindex="-1">
                <ErrorBoundary fallback=|_| {
                    view! { <Broken /> }
                }>
                    <Screens />
                </ErrorBoundary>
                // In a landmark, like everything that is said.
                <div class="visually-hidden" id=announce::POLITE role="status"></div>
                <div class="visually-hidden" id=announce::ASSERTIVE role="alert"></div>
            </main>
            <Footer />
            <Show when=move || session.is_demo().get()>
                <DemoBar program_now=Signal::derive(move || session.program_now()) />
            </Show>
        </Router>
    }
}

/// What one tab tells the others when the reader signs out.
const OVER: &str = "over";

/// How often what counts down looks at the clock.
const TICK: Duration = Duration::from_secs(10);

/// Takes what the browser keeps with it, and opens the start page anew, with nothing in memory.
fn leave() {
    storage::end();
    address::leave_for(&Screen::Home.to_string());
}

/// The line of a computer that others use, too. Draws nothing on one's own.
#[component]
fn SharedComputer() -> impl IntoView {
    let session = Session::expect();
    let me = session.me();
    let sign_out = SignOut::begin();
    view! {
        <Show when=move || session.is_shared().get()>
            <SharedBar
                signed_in=Signal::derive(move || me.with(Option::is_some))
                busy=sign_out.is_busy()
                error=sign_out.error()
                on_leave=move |()| sign_out.press()
            />
            <LeavingDialog
                open=sign_out.asks()
                on_stay=move |()| sign_out.stay()
                on_leave=move |()| sign_out.all_the_same()
            />
        </Show>
    }
}

/// A screen of the route table. All are one type, so that the router is compiled once.
macro_rules! page {
    ($screen:ident) => {
        (|| $screen().into_any()) as fn() -> AnyView
    };
}

/// The route table: one line per screen, addresses as in `routes::Screen`.
#[component]
fn Screens() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            // Screens for everybody.
            <Route path=at(path!("/")) view=page!(HomePage) />
            <Route path=at(path!("/cohorts/:cohort")) view=page!(CohortPage) />
            <Route path=at(path!("/account")) view=page!(AccountPage) />
            <Route path=at(path!("/demo")) view=page!(DemoPage) />
            <Route path=at(path!("/gallery")) view=page!(GalleryPage) />
            <Route path=at(path!("/gallery/dates")) view=page!(ManyDatesPage) />
            <Route path=at(path!("/sign-in")) view=page!(SignInPage) />
            <Route path=at(path!("/apply/:cohort")) view=page!(StartPage) />
            <ParentRoute path=at(path!("/apply/:cohort/:role")) view=page!(ApplyArea)>
                <Route path=at(path!("/")) view=page!(TasksPage) />
                <Route path=at(path!("/review")) view=page!(ReviewPage) />
                <Route path=at(path!("/submitted")) view=page!(SubmittedPage) />
                <Route path=at(path!("/:section/:page")) view=page!(StepPage) />
            </ParentRoute>
            // Screens for people who are signed in.
            <ParentRoute path=at(path!("/my")) view=page!(SignedInArea)>
                <Route path=at(path!("/applications")) view=page!(MyApplicationsPage) />
                <Route path=at(path!("/*rest")) view=page!(NotFoundPage) />
            </ParentRoute>
            // Screens for people with an office.
            <ParentRoute path=at(path!("/committee/:cohort")) view=page!(CommitteeArea)>
                <Route path=at(path!("/")) view=page!(OverviewPage) />
                <Route path=at(path!("/applications")) view=page!(ApplicationsPage) />
                <Route path=at(path!("/applications/:id")) view=page!(ApplicationPage) />
                <Route path=at(path!("/apart")) view=page!(ApartPage) />
                <Route path=at(path!("/conflicts")) view=page!(ConflictsPage) />
                <Route path=at(path!("/forms")) view=page!(FormsPage) />
                <Route path=at(path!("/late-links")) view=page!(LateLinksPage) />
                <Route path=at(path!("/board")) view=page!(PairingPage) />
                <Route path=at(path!("/board/:scenario")) view=page!(PairingPage) />
                <Route path=at(path!("/timeline")) view=page!(TimelinePage) />
                <Route path=at(path!("/*rest")) view=page!(NotFoundPage) />
            </ParentRoute>
            // Screens for people who set things up.
            <ParentRoute path=at(path!("/manage")) view=page!(ManageArea)>
                <Route path=at(path!("/")) view=page!(ManagePage) />
                <Route path=at(path!("/:program/people")) view=page!(PeoplePage) />
                <Route path=at(path!("/:program/days")) view=page!(DaysPage) />
                <Route path=at(path!("/:program/outbox")) view=page!(OutboxPage) />
                <Route path=at(path!("/:program/cohorts/new")) view=page!(NewCohortPage) />
                <Route path=at(path!("/cohorts/:cohort/next")) view=page!(NextCohortPage) />
                <Route path=at(path!("/*rest")) view=page!(NotFoundPage) />
            </ParentRoute>
        </Routes>
    }
}

/// An address of the route table. All are one type, so that the router is compiled once.
fn at(path: impl PossibleRouteMatch + Send + Sync + 'static) -> Address {
    Arc::new(path)
}

/// See [`at`].
type Address = Arc<dyn PossibleRouteMatch + Send + Sync>;

/// The first stop of the keyboard: past the header.
#[component]
fn SkipLink() -> impl IntoView {
    let skip = move |event: ev::MouseEvent| {
        event.prevent_default();
        focus::by_id("main");
    };
    view! {
        <a class="skip-link" href="#main" on:click=skip>
            "Skip to the content"
        </a>
    }
}

/// Takes the keyboard to the first heading after each change of screen. Draws nothing.
#[component]
fn Arrival() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |seen: Option<String>| {
        let path = path.get();
        if seen.is_some_and(|seen| seen != path) {
            arrival::begin();
            request_animation_frame(arrival::settle);
            set_timeout(arrival::settle, Duration::from_millis(200));
        }
        path
    });
    let keys = window_event_listener(ev::keydown, |_| arrival::end());
    let pointer = window_event_listener(ev::pointerdown, |_| arrival::end());
    on_cleanup(move || {
        keys.remove();
        pointer.remove();
    });
}

/// Something failed that no screen expected.
#[component]
fn Broken() -> impl IntoView {
    let reload = |()| {
        // A refusal to reload leaves this message in place, which is still true.
        window().location().reload().ok();
    };
    view! {
        <section class="trouble">
            <div class="trouble__text">
                <PageHeading>"Something went wrong in this page"</PageHeading>
                <p>"What was saved is safe. Reload the page to go on."</p>
                <Button on_press=reload>"Reload the page"</Button>
            </div>
        </section>
    }
}
