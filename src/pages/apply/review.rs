//! All answers before sending, section by section, each with the way to change it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use tandem_api::application::MyApplication;
use tandem_api::problem::Code;
use tandem_domain::application::ApplicationState;
use tandem_domain::form::definition::{Kind as QuestionKind, Question, Section};

use crate::api::applications;
use crate::api::error::ApiError;
use crate::dom::{clock, intl, print, random};
use crate::pages::apply::as_committee::AsCommittee;
use crate::pages::apply::confirm::{ConfirmForm, unconfirmed};
use crate::pages::apply::state::ApplyState;
use crate::pages::apply::tasks::page_href;
use crate::pages::apply::way::Place;
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look};
use crate::ui::error_summary::{ErrorSummary, Mistake};
use crate::ui::heading::{PageHeading, PageTitle};
use crate::ui::notice::{Kind, Notice};
use crate::widgets::answers::{AnswerWords, answer_words};
use crate::widgets::problem_words::problem_words;
use crate::widgets::seen_by::seen_by_words;
use crate::widgets::state_words;

/// All answers before sending.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let state = ApplyState::expect();
    state.hurry(clock::millis());
    let application = state.application();
    let (cohort, role) = application.with_untracked(|own| (own.cohort_slug.clone(), own.role));
    let tasks = Screen::ApplyTasks(cohort.clone(), role).to_string();
    let shown = state.shown();
    let mistakes = Memo::new(move |_| {
        let form = state.form();
        shown.with(|shown| {
            let words = shown.iter().filter_map(|problem| {
                let question = form.question(&problem.question)?;
                Some(Mistake::new(
                    row_id(question),
                    problem_words(question, &problem.code),
                ))
            });
            words.collect::<Vec<_>>()
        })
    });
    let sections = state
        .form()
        .sections
        .iter()
        .map(|section| view! { <SectionReview section=section.clone() /> })
        .collect_view();
    let is_sent = is_sent(state);
    let receipt = Screen::ApplySubmitted(cohort, role).to_string();
    if !state.is_editable().get_untracked() {
        return view! {
            <PageTitle title="Your answers – Mentoring application" />
            <BackLink href=tasks>"All sections"</BackLink>
            <PageHeading>"Your answers"</PageHeading>
            <PaperHead />
            {sections}
            <Print />
        }
        .into_any();
    }
    view! {
        <PageTitle title="Review – Mentoring application" />
        <BackLink href=tasks>"All sections"</BackLink>
        <ErrorSummary mistakes attempt=state.attempts() />
        <PageHeading lead="Read your answers once more. You can change each of them, also after sending, until applications close.">
            "Review your application"
        </PageHeading>
        <PaperHead />
        {sections}
        <AsCommittee />
        <Print />
        <Show when=move || is_sent.get() fallback=move || view! { <Sending /> }>
            <AlreadySent receipt=receipt.clone() />
        </Show>
    }
    .into_any()
}

/// Whether all that stands here was sent. What is on its way to the server was not.
fn is_sent(state: ApplyState) -> Memo<bool> {
    let (application, settled) = (state.application(), state.settled_rev());
    let is_same =
        |own: &MyApplication| own.state != ApplicationState::Draft && !own.changed_since_submitted;
    Memo::new(move |_| settled.with(Option::is_some) && application.with(is_same))
}

/// What stands at the top of the sheet on paper: whose application this is, and what was sent.
#[component]
fn PaperHead() -> impl IntoView {
    let state = ApplyState::expect();
    let application = state.application();
    let words = move || {
        application.with(|own| {
            let role = state_words::role(own.role).0;
            let sent = match (&own.reference, own.submitted_at) {
                (Some(reference), Some(at)) => {
                    format!(", {reference}, sent {}", intl::moment_for_reader(at))
                }
                _ => ", not sent".to_owned(),
            };
            let changed = if own.changed_since_submitted {
                "; changed since"
            } else {
                ""
            };
            format!(
                "{} {}: {role} application{sent}{changed}",
                own.program_name, own.cohort_title
            )
        })
    };
    view! { <p class="review__paper">{words}</p> }
}

/// Prints the sheet.
#[component]
fn Print() -> impl IntoView {
    view! {
        <div>
            <Button look=Look::Quiet on_press=|()| print::print()>
                "Print or save as PDF"
            </Button>
        </div>
    }
}

/// Nothing has changed since it was sent.
#[component]
fn AlreadySent(
    /// The address of the receipt.
    receipt: String,
) -> impl IntoView {
    view! {
        <Notice>
            <p>"You have already sent this application, and nothing has changed since."</p>
            <p>
                <a href=receipt>"See the receipt"</a>
            </p>
        </Notice>
    }
}

/// One section with its answers.
#[component]
fn SectionReview(
    /// Which.
    section: Section,
) -> impl IntoView {
    let state = ApplyState::expect();
    let id = format!("review-{}", section.id);
    let labelled_by = id.clone();
    let rows = section
        .pages
        .iter()
        .flat_map(|page| {
            let place = Place::of(&section, page);
            page.questions
                .iter()
                .filter(|question| question.kind != QuestionKind::Info)
                .map(move |question| (question.clone(), place.clone()))
        })
        .map(|(question, place)| {
            let is_asked = state.is_asked(question.id.clone());
            view! {
                <Show when=move || is_asked.get()>
                    <Row question=question.clone() place=place.clone() />
                </Show>
            }
        })
        .collect_view();
    view! {
        <section class="review" aria-labelledby=labelled_by>
            <h2 class="review__title" id=id>
                {section.title.text().to_owned()}
            </h2>
            <div class="review__rows">{rows}</div>
        </section>
    }
}

/// One question with its answer.
#[component]
pub fn Row(
    /// Which.
    question: Question,
    /// Its page.
    place: Place,
) -> impl IntoView {
    let state = ApplyState::expect();
    let slip = state.slip(question.id.clone());
    let (answer, problem) = (slip.answer(), slip.problem());
    let is_editable = state.is_editable();
    let change = format!("{}?from=review", page_href(state, &place));
    let label = question.label.text().to_owned();
    let hidden = label.clone();
    let kind = question.kind.clone();
    let words = move || {
        let words = answer.with(|answer| {
            answer
                .as_ref()
                .map(|answer| answer_words(&kind, answer))
                .unwrap_or_default()
        });
        if words.is_empty() {
            view! { <p class="review__nothing">"Not provided"</p> }.into_any()
        } else {
            view! { <AnswerWords words /> }.into_any()
        }
    };
    let seen_by = seen_by_words(&question);
    let id = row_id(&question);
    let own = question.clone();
    let wrong = move || {
        problem.get().map(|code| {
            view! { <p class="review__problem">"Problem: " {problem_words(&own, &code)}</p> }
        })
    };
    view! {
        <div class="review__row" id=id data-invalid=move || problem.with(Option::is_some).then_some("true")>
            <h3 class="review__question">{label}</h3>
            <div class="review__answer">
                {wrong} {words} <p class="review__seen">{seen_by}</p>
            </div>
            <Show when=move || is_editable.get()>
                <a class="review__change" href=change.clone()>
                    "Change"
                    <span class="visually-hidden">{format!(": {hidden}")}</span>
                </a>
            </Show>
        </div>
    }
}

fn row_id(question: &Question) -> String {
    format!("review-{}", question.id)
}

/// What stands in the way of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Obstacle {
    /// Answers are still on their way to the server.
    Unsaved,
    /// Answers are missing or wrong; they are shown.
    Problems,
    /// The address is not confirmed.
    Unconfirmed,
    /// Something else, in words.
    Other(String),
}

/// The end of the review: the check by the server, the button, and what stands in the way.
#[component]
fn Sending() -> impl IntoView {
    let state = ApplyState::expect();
    let navigate = use_navigate();
    let obstacle = RwSignal::new(None);
    let email = unconfirmed();
    let send = Action::new_local(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            match send(state).await {
                Ok(to) => {
                    let replace = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate(&to, replace);
                }
                Err(found) => {
                    obstacle.try_set(Some(found));
                }
            }
        }
    });
    let pressed = move |()| {
        obstacle.set(None);
        send.dispatch_local(());
    };
    let in_the_way = move || {
        let words = match obstacle.get()? {
            Obstacle::Problems => {
                "Some answers are missing or need another look. They are listed at the top and \
                 marked above."
                    .to_owned()
            }
            Obstacle::Unsaved => {
                "Some answers are still on their way to the server. Try again in a moment."
                    .to_owned()
            }
            Obstacle::Unconfirmed if email.with(Option::is_none) => return None,
            Obstacle::Unconfirmed => {
                "Confirm your address first: type the code from the mail below.".to_owned()
            }
            Obstacle::Other(words) => words,
        };
        Some(view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
    };
    let again = move || {
        let is_again = state.application().with(|own| own.reference.is_some());
        if is_again {
            "Send the changes"
        } else {
            "Send the application"
        }
    };
    let is_editable = state.is_editable();
    view! {
        <section class="review__sending" aria-labelledby="sending">
            <h2 class="review__title" id="sending">
                "Send"
            </h2>
            {move || {
                email
                    .get()
                    .map(|email| {
                        view! {
                            <div class="review__confirm">
                                <p>"Your address is not confirmed yet. The application can be sent once it is."</p>
                                <ConfirmForm id="review-confirm" email />
                            </div>
                        }
                    })
            }}
            {in_the_way}
            <Show when=move || is_editable.get()>
                <Button look=Look::Primary busy=send.pending() on_press=pressed>
                    {again}
                </Button>
            </Show>
        </section>
    }
}

/// Checks at the server, then sends. Gives the address of the receipt.
async fn send(state: ApplyState) -> Result<String, Obstacle> {
    let id = state.id();
    let refused_answers = state.refused();
    if !refused_answers.is_empty() {
        state.show_all(&refused_answers);
        return Err(Obstacle::Problems);
    }
    let Some(rev) = state.settled_rev().get_untracked() else {
        state.hurry(clock::millis());
        return Err(Obstacle::Unsaved);
    };
    let check = applications::check(id)
        .await
        .map_err(|error| other(&error))?;
    if !check.problems.is_empty() {
        state.show_all(&check.problems);
        return Err(Obstacle::Problems);
    }
    if !check.confirmed {
        return Err(Obstacle::Unconfirmed);
    }
    let key = state.submit_key(random::uuid);
    match applications::submit(id, &key, (rev, state.form().version)).await {
        Ok(receipt) => {
            state.forget_submit_key();
            state.keep_receipt(receipt);
            reread(state).await;
            let (cohort, role) = state
                .application()
                .with_untracked(|own| (own.cohort_slug.clone(), own.role));
            Ok(Screen::ApplySubmitted(cohort, role).to_string())
        }
        Err(error) => Err(refused(state, error).await),
    }
}

async fn reread(state: ApplyState) {
    // The receipt is in hand; what the list says is read again on the next screen anyway.
    if let Ok(view) = applications::draft(state.id()).await {
        state.refreshed(view);
    }
}

async fn refused(state: ApplyState, error: ApiError) -> Obstacle {
    match (error.code(), error) {
        (_, ApiError::Invalid { fields, .. }) if !fields.is_empty() => {
            state.forget_submit_key();
            state.show_all(&fields);
            Obstacle::Problems
        }
        (Some(Code::Unconfirmed), _) => Obstacle::Unconfirmed,
        (Some(Code::Stale | Code::Conflict), _) => {
            state.forget_submit_key();
            reread(state).await;
            Obstacle::Other(
                "Answers were changed on another device or in another tab. They are shown above \
                 now: look at them, then send."
                    .to_owned(),
            )
        }
        (Some(Code::FormVersionChanged), _) => {
            state.forget_submit_key();
            Obstacle::Other(
                "The committee has changed the form since you opened this page. Load the page \
                 again to read what changed; everything you wrote is saved."
                    .to_owned(),
            )
        }
        (Some(Code::IdempotencyKeyReused), _) => {
            state.forget_submit_key();
            Obstacle::Other("Please press the button once more.".to_owned())
        }
        (Some(code @ Code::DeadlinePassed), _) => {
            state.closed(code);
            Obstacle::Other(
                "The deadline has passed. The application was not sent; what you wrote stays \
                 readable here. Write to the program if something kept you from sending in time."
                    .to_owned(),
            )
        }
        (_, error) => other(&error),
    }
}

fn other(error: &ApiError) -> Obstacle {
    Obstacle::Other(error.sentence())
}
