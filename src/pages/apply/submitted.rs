//! The receipt: the reference, what happens next and when, and the other role. Of an application
//! that was taken back it says so.

use leptos::prelude::*;
use tandem_api::application::MyApplication;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::Calendar;
use tandem_domain::date::Deadline;
use tandem_domain::permission::Action as Allowed;

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
    let closes = own.closes.clone();
    let is_editable = state.is_editable();
    let (heading, lead) = opening(&own);
    let onward = (own.state != ApplicationState::Withdrawn).then(|| {
        view! {
            <p>{move || receipt_words(&email, is_editable.get())}</p>
            {move || calendar().map(|calendar| view! { <Next calendar closes=closes.clone() /> })}
            <OtherRole own=own.clone() />
        }
    });
    view! {
        <PageHeading lead>{heading}</PageHeading>
        <Facts own=own.clone() />
        {onward}
        <div class="row">
            <ButtonLink href=Screen::MyApplications.to_string() look=Look::Primary>
                "My applications"
            </ButtonLink>
            <ButtonLink href=Screen::ApplyReview(own.cohort_slug.clone(), own.role).to_string()>
                "Read your answers"
            </ButtonLink>
        </div>
    }
}

/// What the reader can quote: the reference, the moment and the fingerprint.
#[component]
fn Facts(
    /// The application.
    own: MyApplication,
) -> impl IntoView {
    // The receipt in hand is newer than what was read of the application; after a reload there is
    // none.
    let receipt = ApplyState::expect().receipt();
    let known = own.content_hash;
    let hash = move || {
        let receipt = receipt.get().map(|receipt| receipt.content_hash);
        receipt.or_else(|| known.clone())
    };
    view! {
        <dl class="receipt">
            <div class="receipt__line">
                <dt>"Reference"</dt>
                <dd class="receipt__reference">{own.reference}</dd>
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
    }
}

/// The heading, and the sentence below it.
fn opening(own: &MyApplication) -> (&'static str, String) {
    let role = state_words::role(own.role).0.to_lowercase();
    if own.state == ApplicationState::Withdrawn {
        let taken = format!("You took your application as a {role} back: it counts no more.");
        // The same as may take it back may bring it back.
        let words = if own.may.contains(&Allowed::WithdrawApplication) {
            format!("{taken} You can bring it back under My applications.")
        } else {
            taken
        };
        ("Application taken back", words)
    } else {
        let words = format!("Thank you. Your application as a {role} has arrived.");
        ("Application sent", words)
    }
}

fn receipt_words(email: &str, is_editable: bool) -> String {
    let receipt = format!("A receipt goes to {email}.");
    if is_editable {
        format!(
            "{receipt} Until applications close you can change your answers and send again; the \
             version sent last counts."
        )
    } else {
        receipt
    }
}

/// What happens next, with dates.
#[component]
fn Next(
    /// The cohort's dates.
    calendar: Calendar,
    /// When applications close for this one.
    closes: Deadline,
) -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby="next">
            <h2 id="next">"What happens next"</h2>
            <ol class="receipt__steps">
                <li>{format!("Applications close: {}.", official(&closes))}</li>
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::apply::sample;

    #[test]
    fn who_took_an_application_back_is_not_thanked_for_it() {
        let mut own = sample::view().application;
        own.state = ApplicationState::Submitted;
        let (heading, lead) = opening(&own);
        assert_eq!(heading, "Application sent");
        assert!(lead.starts_with("Thank you."), "{lead}");
        own.state = ApplicationState::Withdrawn;
        let (heading, lead) = opening(&own);
        assert_eq!(heading, "Application taken back");
        assert!(!lead.contains("Thank you"), "{lead}");
        assert!(!lead.contains("bring it back"), "{lead}");
        own.may = vec![Allowed::WithdrawApplication];
        assert!(opening(&own).1.contains("bring it back"));
    }

    #[test]
    fn nobody_is_told_to_change_answers_that_can_only_be_read() {
        assert!(receipt_words("ana@example.org", true).contains("send again"));
        assert!(!receipt_words("ana@example.org", false).contains("send again"));
    }
}
