//! A screen that cannot be shown: what happened, what is safe, what to do.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::routes::Screen;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::heading::PageHeading;
use crate::ui::mark::Mark;

/// Why the screen cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is here.
    NotFound,
    /// It is for others.
    Forbidden,
    /// Nobody is signed in.
    SignedOut,
    /// The server cannot be reached.
    Offline,
    /// The server took too long.
    Slow,
    /// The server failed; the id to quote, if there is one.
    Failed(String),
    /// The page is older than the server.
    Outdated,
    /// A part of the app did not come.
    Part,
    /// The cohort is at another stage.
    Stage,
    /// Something else, in a sentence.
    Other(String),
}

impl Reason {
    /// A heading and a sentence.
    fn words(&self) -> (&'static str, String) {
        let (title, sentence) = match self {
            Self::NotFound => (
                "Nothing is filed here",
                "The address may be mistyped, or what stood here has been taken away. \
                 Nothing of yours is lost.",
            ),
            Self::Forbidden => (
                "You do not have access to this page",
                "You are signed in, but it belongs to people with another office in the program. \
                 If you should see it, ask the program officer.",
            ),
            Self::SignedOut => (
                "Please sign in",
                "This page is only for people who are signed in. What you wrote before is kept.",
            ),
            Self::Offline => (
                "The server cannot be reached",
                "There seems to be no connection. What was saved is safe; try again when you are \
                 back online.",
            ),
            Self::Slow => (
                "The server is slow to answer",
                "It took longer than usual. What was saved is safe; try again in a moment.",
            ),
            Self::Failed(_) => (
                "Something went wrong on our side",
                "The server could not do this. What was saved is safe; try again in a moment.",
            ),
            Self::Outdated => (
                "This page is out of date",
                "The server has changed since you opened it. Reload the page to go on; what was \
                 saved is safe.",
            ),
            Self::Part => (
                "This part did not load",
                "The connection may have dropped, or Tandem was renewed since you opened this \
                 page. What was saved is safe: try again, or reload the page.",
            ),
            Self::Stage => (
                "Not at this stage",
                "This page belongs to another stage of the cohort than the present one. The \
                 cohort's dates say when each begins and ends.",
            ),
            Self::Other(sentence) => ("This is not possible now", sentence.as_str()),
        };
        (title, sentence.to_owned())
    }

    fn can_retry(&self) -> bool {
        match self {
            Self::Offline | Self::Slow | Self::Failed(_) | Self::Part | Self::Other(_) => true,
            Self::NotFound | Self::Forbidden | Self::SignedOut | Self::Outdated | Self::Stage => {
                false
            }
        }
    }
}

/// Stands in for a screen that cannot be shown.
#[component]
pub fn Trouble(
    /// Why.
    reason: Reason,
    /// Called when the reader wants to try again.
    #[prop(optional_no_strip)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let (title, sentence) = reason.words();
    let quote = match &reason {
        Reason::Failed(id) if !id.is_empty() => Some(id.clone()),
        _ => None,
    };
    let retry = on_retry.filter(|_| reason.can_retry()).map(
        |on_retry| view! { <Button look=Look::Primary on_press=on_retry>"Try again"</Button> },
    );
    view! {
        <section class="trouble">
            <Mark />
            <div class="trouble__text">
                <PageHeading>{title}</PageHeading>
                <p>{sentence}</p>
                {quote
                    .map(|id| {
                        view! {
                            <p class="trouble__quote">
                                "If it stays, tell the program officer this number: " <code>{id}</code>
                            </p>
                        }
                    })}
                <div class="trouble__actions">{retry} <WayOut reason /></div>
            </div>
        </section>
    }
}

/// The link that leads on.
#[component]
fn WayOut(
    /// Why the screen cannot be shown.
    reason: Reason,
) -> impl IntoView {
    let location = use_location();
    match reason {
        Reason::SignedOut => {
            let next = Signal::derive(move || {
                let here = format!(
                    "{}{}",
                    location.pathname.get(),
                    query(&location.search.get())
                );
                Screen::SignInThen(here).to_string()
            });
            view! { <ButtonLink href=next look=Look::Primary>"Sign in"</ButtonLink> }.into_any()
        }
        Reason::Outdated => view! { <Reload look=Look::Primary /> }.into_any(),
        Reason::Part => view! { <Reload look=Look::Secondary /> }.into_any(),
        _ => {
            view! { <ButtonLink href=Screen::Home.to_string()>"Go to the start page"</ButtonLink> }
                .into_any()
        }
    }
}

/// Begins the page anew.
#[component]
fn Reload(
    /// How much it asks for attention.
    look: Look,
) -> impl IntoView {
    // A plain reload: the router must not answer this one.
    view! {
        <a class=look.class() href="" rel="external">
            "Reload the page"
        </a>
    }
}

fn query(search: &str) -> String {
    if search.is_empty() {
        String::new()
    } else {
        format!("?{}", search.trim_start_matches('?'))
    }
}
