//! The shell around every screen: contexts, header, footer, and the route table.

mod area;
mod footer;
mod header;

use futures::future::join;
use leptos::ev;
use leptos::leptos_dom::helpers::{request_animation_frame, set_interval_with_handle, set_timeout};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;
use std::time::Duration;

use crate::api;
use crate::app::area::{CommitteeArea, ManageArea, SignedInArea};
use crate::app::footer::Footer;
use crate::app::header::Header;
use crate::dom::tabs::Tabs;
use crate::dom::{address, announce, arrival, focus, storage};
use crate::pages::account::AccountPage;
use crate::pages::apply::{ApplyArea, ReviewPage, StartPage, StepPage, SubmittedPage, TasksPage};
use crate::pages::cohort::CohortPage;
use crate::pages::committee::application::ApplicationPage;
use crate::pages::committee::applications::ApplicationsPage;
use crate::pages::committee::overview::OverviewPage;
use crate::pages::demo::DemoPage;
#[cfg(feature = "gallery")]
use crate::pages::gallery::GalleryPage;
use crate::pages::home::HomePage;
use crate::pages::manage::ManagePage;
use crate::pages::manage::new_cohort::NewCohortPage;
use crate::pages::manage::outbox::OutboxPage;
use crate::pages::manage::people::PeoplePage;
use crate::pages::my_applications::MyApplicationsPage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::pairing::PairingPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::timeline::TimelinePage;
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
use crate::pages::not_found::NotFoundPage as GalleryPage;

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
            </main>
            <Footer />
            <Show when=move || session.is_demo().get()>
                <DemoBar program_now=Signal::derive(move || session.program_now()) />
            </Show>
            <div class="visually-hidden" id=announce::POLITE role="status"></div>
            <div class="visually-hidden" id=announce::ASSERTIVE role="alert"></div>
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

/// The route table: one line per screen, addresses as in `routes::Screen`.
#[component]
fn Screens() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            // Screens for everybody.
            <Route path=path!("/") view=HomePage />
            <Route path=path!("/cohorts/:cohort") view=CohortPage />
            <Route path=path!("/account") view=AccountPage />
            <Route path=path!("/demo") view=DemoPage />
            <Route path=path!("/gallery") view=GalleryPage />
            <Route path=path!("/sign-in") view=SignInPage />
            <Route path=path!("/apply/:cohort") view=StartPage />
            <ParentRoute path=path!("/apply/:cohort/:role") view=ApplyArea>
                <Route path=path!("/") view=TasksPage />
                <Route path=path!("/review") view=ReviewPage />
                <Route path=path!("/submitted") view=SubmittedPage />
                <Route path=path!("/:section/:page") view=StepPage />
            </ParentRoute>
            // Screens for people who are signed in.
            <ParentRoute path=path!("/my") view=SignedInArea>
                <Route path=path!("/applications") view=MyApplicationsPage />
                <Route path=path!("/*rest") view=NotFoundPage />
            </ParentRoute>
            // Screens for people with an office.
            <ParentRoute path=path!("/committee/:cohort") view=CommitteeArea>
                <Route path=path!("/") view=OverviewPage />
                <Route path=path!("/applications") view=ApplicationsPage />
                <Route path=path!("/applications/:id") view=ApplicationPage />
                <Route path=path!("/board") view=PairingPage />
                <Route path=path!("/timeline") view=TimelinePage />
                <Route path=path!("/*rest") view=NotFoundPage />
            </ParentRoute>
            // Screens for people who set things up.
            <ParentRoute path=path!("/manage") view=ManageArea>
                <Route path=path!("/") view=ManagePage />
                <Route path=path!("/:program/people") view=PeoplePage />
                <Route path=path!("/:program/outbox") view=OutboxPage />
                <Route path=path!("/:program/cohorts/new") view=NewCohortPage />
                <Route path=path!("/*rest") view=NotFoundPage />
            </ParentRoute>
        </Routes>
    }
}

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
