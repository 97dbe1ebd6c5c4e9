//! The parts of the app that are loaded when somebody first needs them. What the start page needs
//! is there already; what several parts need is loaded with the first of them.
//!
//! A screen stands in exactly one list below. Its wrapper has the name of the screen and stands in
//! the route table in its place. `src/loader.js` says at which addresses a part is loaded together
//! with the app, so that it need not be waited for.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::error::ApiError;
use crate::load::Load;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::trouble::{Reason, Trouble};

/// Draws a screen of a part that is here.
type Draw = fn() -> AnyView;

/// A part on its way. `None` if it did not come.
type Fetch = Pin<Box<dyn Future<Output = Option<Draw>>>>;

/// Makes the wrappers of the screens of one part.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident: $($($module:ident)::+ => $screen:ident),+ $(,)?) => {
        $(#[$doc])*
        pub mod $part {
            $(part!(@screen $part, crate::pages::$($module)::+::$screen, $screen);)+
        }
    };
    (@screen $part:ident, $page:path, $screen:ident) => {
        #[doc = concat!("`", stringify!($screen), "`, once its part is here.")]
        #[allow(non_snake_case, reason = "it stands for a component")]
        pub fn $screen() -> leptos::prelude::AnyView {
            fn draw() -> leptos::prelude::AnyView {
                leptos::prelude::IntoAny::into_any($page())
            }

            #[cfg(not(debug_assertions))]
            #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
            fn $screen() -> Result<super::Draw, leptos::wasm_split::SplitLoaderError> {
                Ok(draw)
            }

            #[cfg(debug_assertions)]
            async fn $screen() -> Result<super::Draw, std::convert::Infallible> {
                Ok(draw)
            }

            super::screen(|| Box::pin(async { $screen().await.ok() }))
        }
    };
}

part! {
    /// Writing an application, and what became of it.
    apply:
    apply => ApplyArea,
    apply => ReviewPage,
    apply => StartPage,
    apply => StepPage,
    apply => SubmittedPage,
    apply => TasksPage,
    my_applications => MyApplicationsPage,
}

part! {
    /// Setting a program up, and reading and deciding applications.
    committee:
    committee::apart => ApartPage,
    committee::application => ApplicationPage,
    committee::applications => ApplicationsPage,
    committee::forms => FormsPage,
    committee::late_links => LateLinksPage,
    committee::overview => OverviewPage,
    manage => ManagePage,
    manage::new_cohort => NewCohortPage,
    manage::outbox => OutboxPage,
    manage::people => PeoplePage,
}

part! {
    /// Pairing.
    board:
    pairing => PairingPage,
}

part! {
    /// The dates as the committee sees them.
    timeline:
    timeline => TimelinePage,
}

/// A screen whose part may still have to come.
fn screen(fetch: fn() -> Fetch) -> AnyView {
    let part = RwSignal::new(Load::Waiting);
    let load = move || {
        part.set(Load::Waiting);
        spawn_local(async move {
            let draw = fetch().await.ok_or(ApiError::Offline);
            part.try_set(Load::from(draw));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    (move || match part.get() {
        Load::Ready(draw) => draw(),
        Load::Waiting => {
            view! { <Skeleton label="Loading the page" outline=Outline::Page n_parts=6 /> }
                .into_any()
        }
        Load::Failed(_) => {
            view! { <Trouble reason=Reason::Part on_retry=Some(retry) /> }.into_any()
        }
    })
    .into_any()
}
