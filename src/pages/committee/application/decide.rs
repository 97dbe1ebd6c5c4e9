//! Deciding about an application: eligible, not eligible, or ask first.

use leptos::prelude::*;
use tandem_api::application::{AskInfo, DecideEligibility};
use tandem_domain::application::ApplicationState;
use tandem_domain::form::definition::{FormDef, Kind as QuestionKind, QuestionId, Section};
use tandem_domain::id::ApplicationId;

use crate::api::committee;
use crate::api::error::ApiError;
use crate::dom::random;
use crate::ui::button::{Button, Look};
use crate::ui::choice::{CheckboxGroup, Choice};
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::text_area::TextArea;

/// What can be decided, as far as the reader may.
#[component]
pub fn Decide(
    /// Which application.
    id: ApplicationId,
    /// The revision that was read.
    rev: i64,
    /// How it stands.
    state: ApplicationState,
    /// Whether the reader may decide.
    may_decide: bool,
    /// Whether the reader may ask.
    may_ask: bool,
    /// The form it answers.
    form: FormDef,
    /// Called after something was decided.
    on_change: Callback<()>,
) -> impl IntoView {
    let decide = may_decide.then(|| view! { <Eligibility id rev state on_change /> });
    let ask = may_ask.then(|| view! { <Ask id rev form on_change /> });
    (decide.is_some() || ask.is_some()).then(|| {
        view! {
            <section class="stack decide" aria-labelledby="decide">
                <h2 id="decide">"Decide"</h2>
                {decide}
                {ask}
            </section>
        }
    })
}

/// May this person be paired?
#[component]
fn Eligibility(
    /// Which application.
    id: ApplicationId,
    /// The revision that was read.
    rev: i64,
    /// How it stands.
    state: ApplicationState,
    /// Called after it was decided.
    on_change: Callback<()>,
) -> impl IntoView {
    // What was decided before is not offered again.
    let may_accept = state != ApplicationState::Eligible;
    let may_refuse = state != ApplicationState::Ineligible;
    let reason = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<ApiError>);
    let send = Action::new_local(move |decision: &DecideEligibility| {
        let decision = decision.clone();
        async move {
            let answer = committee::decide(id, rev, &decision).await;
            settle(answer.map(drop), failed, on_change);
        }
    });
    let choose = move |eligible: bool| {
        let reason = reason.get_untracked().trim().to_owned();
        if !eligible && reason.is_empty() {
            missing.set(Some("Give a reason; the applicant reads it.".to_owned()));
            return;
        }
        send.dispatch_local(DecideEligibility { eligible, reason });
    };
    let button = move |eligible, look, words: &'static str| {
        view! {
            <Button look busy=send.pending() on_press=move |()| choose(eligible)>
                {words}
            </Button>
        }
    };
    view! {
        <p>
            {match state {
                ApplicationState::Eligible => "Found eligible. You can still decide otherwise: ",
                ApplicationState::Ineligible => "Found not eligible. You can still decide otherwise: ",
                _ => "Only people found eligible reach the board. ",
            }}
            "The applicant gets a mail."
        </p>
        <TextArea
            id="eligibility-reason"
            label=if may_accept {
                Label::new("Reason").hint("A no needs one. The applicant reads it.").optional()
            } else {
                Label::new("Reason").hint("The applicant reads it.")
            }
            error=missing
            on_input=move |text| {
                missing.set(None);
                reason.set(text);
            }
        />
        <div class="row">
            {may_accept.then(|| button(true, Look::Primary, "Eligible"))}
            {may_refuse.then(|| button(false, Look::Danger, "Not eligible"))}
        </div>
        <Failure failed on_reload=on_change />
    }
}

/// Asks the applicant, and names the answers that may be changed.
#[component]
fn Ask(
    /// Which application.
    id: ApplicationId,
    /// The revision that was read.
    rev: i64,
    /// The form it answers.
    form: FormDef,
    /// Called after it was asked.
    on_change: Callback<()>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let questions = RwSignal::new(Vec::<String>::new());
    let missing = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<ApiError>);
    let key = StoredValue::new(random::uuid());
    let send = Action::new_local(move |question: &AskInfo| {
        let question = question.clone();
        async move {
            let answer = committee::ask(id, rev, key.get_value(), &question).await;
            settle(answer, failed, on_change);
        }
    });
    let ask = Callback::new(move |()| {
        let text = text.get_untracked().trim().to_owned();
        if text.is_empty() {
            missing.set(Some("Write what you want to know.".to_owned()));
            return;
        }
        let questions = questions
            .get_untracked()
            .iter()
            .map(|id| QuestionId::from(id.as_str()))
            .collect();
        send.dispatch_local(AskInfo { text, questions });
    });
    let sections = StoredValue::new(form.sections);
    view! {
        <Disclosure summary="Ask the applicant first">
            <div class="stack">
                <TextArea
                    id="ask-text"
                    label=Label::new("Your question").hint("Goes to the applicant by mail.")
                    error=missing
                    on_input=move |words| {
                        missing.set(None);
                        text.set(words);
                    }
                />
                <Changeable sections=sections.get_value() questions />
                <Button busy=send.pending() on_press=ask>
                    "Send the question"
                </Button>
                <Failure failed on_reload=on_change />
            </div>
        </Disclosure>
    }
}

/// The answers that the applicant may change with the answer, folded section by section.
#[component]
fn Changeable(
    /// The sections of the form.
    sections: Vec<Section>,
    /// The questions that are named.
    questions: RwSignal<Vec<String>>,
) -> impl IntoView {
    let parts = sections
        .into_iter()
        .map(|section| {
            let choices: Vec<Choice> = section
                .pages
                .iter()
                .flat_map(|page| &page.questions)
                .filter(|question| question.kind != QuestionKind::Info)
                .map(|question| Choice::new(question.id.0.clone(), question.label.text()))
                .collect();
            let own: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
            let chosen = move |chosen: Vec<String>| {
                questions.update(|all| {
                    all.retain(|id| !own.contains(id));
                    all.extend(chosen);
                });
            };
            view! {
                <Disclosure summary=section.title.text()>
                    <CheckboxGroup
                        id=format!("ask-{}", section.id)
                        label=Label::new("Which may be changed?")
                        choices
                        value=questions
                        on_change=chosen
                    />
                </Disclosure>
            }
        })
        .collect_view();
    let count = move || match questions.with(Vec::len) {
        0 => "No answer may be changed, only your question is answered.".to_owned(),
        1 => "1 answer may be changed.".to_owned(),
        count => format!("{count} answers may be changed."),
    };
    view! {
        <fieldset class="decide__changeable">
            <legend class="field__label">"Answers that may be changed"</legend>
            {parts}
            <p class="field__hint" role="status">
                {count}
            </p>
        </fieldset>
    }
}

/// Why it was not done.
#[component]
fn Failure(
    /// Why, if it was not.
    failed: RwSignal<Option<ApiError>>,
    /// Called to see the application as it is now.
    on_reload: Callback<()>,
) -> impl IntoView {
    move || {
        failed.get().map(|error| {
            view! {
                <Notice kind=Kind::Error>
                    <p>{error.sentence()}</p>
                    {(error == ApiError::Stale)
                        .then(|| view! { <Button on_press=on_reload>"Show it as it is now"</Button> })}
                </Notice>
            }
        })
    }
}

fn settle(
    answer: Result<(), ApiError>,
    failed: RwSignal<Option<ApiError>>,
    on_change: Callback<()>,
) {
    match answer {
        Ok(()) => on_change.run(()),
        Err(error) => {
            failed.try_set(Some(error));
        }
    }
}
