//! The receipt: the reference, what happens next and when, and the other role.

use leptos::prelude::*;
use tandem_api::application::MyApplication;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::Calendar;

use crate::dom::intl;
use crate::pages::apply::state::ApplyState;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::date_words::long_day;
use crate::ui::heading::PageHeading;
use crate::widgets::deadline::official;
use crate::widgets::state_words;

/// The receipt.
#[component]
pub fn SubmittedPage() -> impl IntoView {
    let state = ApplyState::expect();
    let application = state.application();
    move || {
        let own = application.get();
        if own.state == ApplicationState::Draft {
            view! { <NotSent own /> }.into_any()
        } else {
            view! { <Sent own /> }.into_any()
        }
    }
}

/// Came here before anything was sent.
#[component]
fn NotSent(
    /// The application.
    own: MyApplication,
) -> impl IntoView {
    let review = Screen::ApplyReview(own.cohort_slug, own.role).to_string();
    view! {
        <PageHeading lead="Your answers are saved, but the application has not been sent.">
            "Not sent yet"
        </PageHeading>
        <p>
            <ButtonLink href=review look=Look::Primary>
                "Review and send"
            </ButtonLink>
        </p>
    }
}

/// What was sent.
#[component]
fn Sent(
    /// The application.
    own: MyApplication,
) -> impl IntoView {
    let state = ApplyState::expect();
    let session = Session::expect();
    let role = state_words::role(own.role).0.to_lowercase();
    // The receipt in hand is newer than what was read of the application; after a reload there is
    // none.
    let receipt = state.receipt();
    let known = own.content_hash.clone();
    let hash = move || {
        let receipt = receipt.get().map(|receipt| receipt.content_hash);
        receipt.or_else(|| known.clone())
    };
    let calendar = {
        let cohort = own.cohort;
        move || {
            session.programs().with(|programs| {
                let all = programs
                    .ready()?
                    .iter()
                    .flat_map(|program| &program.cohorts);
                all.into_iter()
                    .find(|one| one.id == cohort)
                    .map(|one| one.calendar.clone())
            })
        }
    };
    let email = session
        .me()
        .get_untracked()
        .map(|me| me.email)
        .unwrap_or_default();
    let lead = format!("Thank you. Your application as a {role} has arrived.");
    view! {
        <PageHeading lead>"Application sent"</PageHeading>
        <dl class="receipt">
            <div class="receipt__line">
                <dt>"Reference"</dt>
                <dd class="receipt__reference">{own.reference.clone()}</dd>
            </div>
            {own
                .submitted_at
                .map(|at| {
                    view! {
                        <div class="receipt__line">
                            <dt>"Arrived"</dt>
                            <dd>{intl::moment_for_reader(at)}</dd>
                        </div>
                    }
                })}
            {move || {
                hash()
                    .map(|hash| {
                        view! {
                            <div class="receipt__line">
                                <dt>"Fingerprint of what was sent"</dt>
                                <dd class="receipt__hash">{hash}</dd>
                            </div>
                        }
                    })
            }}
        </dl>
        <p>{format!("A receipt goes to {email}. Until applications close you can change your answers and send again; the version sent last counts.")}</p>
        {move || calendar().map(|calendar| view! { <Next calendar /> })}
        <OtherRole own=own.clone() />
        <div class="row">
            <ButtonLink href=Screen::MyApplications.to_string() look=Look::Primary>
                "My applications"
            </ButtonLink>
            <ButtonLink href=Screen::ApplyReview(own.cohort_slug.clone(), own.role).to_string()>
                "Read what was sent"
            </ButtonLink>
        </div>
    }
}

/// What happens next, with dates.
#[component]
fn Next(
    /// The cohort's dates.
    calendar: Calendar,
) -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby="next">
            <h2 id="next">"What happens next"</h2>
            <ol class="receipt__steps">
                <li>{format!("Applications close: {}.", official(&calendar.closes))}</li>
                <li>"The committee reads every application. If something is unclear, you get a mail and see the question under My applications."</li>
                <li>
                    {format!("Pairs are made by {}. You hear the result either way.", long_day(calendar.pairing_complete))}
                </li>
                <li>{format!("The program begins on {}.", long_day(calendar.starts))}</li>
            </ol>
        </section>
    }
}

/// The other role, for those who might do both.
#[component]
fn OtherRole(
    /// The application that was sent.
    own: MyApplication,
) -> impl IntoView {
    let state = ApplyState::expect();
    let other = own.role.other();
    let word = state_words::role(other).0.to_lowercase();
    let (href, words) = if state.is_shared() {
        let href = Screen::ApplyTasks(own.cohort_slug, other).to_string();
        (href, format!("Go on with your {word} application"))
    } else {
        let href = Screen::Apply(own.cohort_slug).to_string();
        (href, format!("Apply as a {word} too"))
    };
    view! {
        <p class="receipt__other">
            {format!("You can also take part as a {word}: questions that both forms ask are answered already. ")}
            <a href=href>{words}</a> "."
        </p>
    }
}
