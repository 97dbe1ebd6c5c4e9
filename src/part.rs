//! A part of the app that is loaded when somebody first needs it, and what stands in its place until
//! it is there. What several parts need is loaded with the first of them.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::error::ApiError;
use crate::load::Load;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::trouble::{Reason, Trouble};

/// Draws a screen of a part that is here.
pub type Draw = fn() -> AnyView;

/// A part on its way. `None` if it did not come.
pub type Fetch = Pin<Box<dyn Future<Output = Option<Draw>>>>;

/// Makes the wrappers of the screens of one part.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident: $($($module:ident)::+ => $screen:ident),+ $(,)?) => {
        $(#[$doc])*
        pub mod $part {
            $($crate::part::part!(@screen $part, crate::pages::$($module)::+::$screen, $screen);)+
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
            fn $screen() -> Result<$crate::part::Draw, leptos::wasm_split::SplitLoaderError> {
                Ok(draw)
            }

            #[cfg(debug_assertions)]
            async fn $screen() -> Result<$crate::part::Draw, std::convert::Infallible> {
                Ok(draw)
            }

            $crate::part::screen(|| Box::pin(async { $screen().await.ok() }))
        }
    };
}

pub(crate) use part;

/// A screen whose part may still have to come.
pub fn screen(fetch: fn() -> Fetch) -> AnyView {
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
