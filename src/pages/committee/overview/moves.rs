//! The moves of a cohort: what each causes, what stands in its way, and making it.

use leptos::prelude::*;
use tandem_api::cohort::{CausedMail, CohortView, MakeTransition, PossibleTransition};
use tandem_domain::cohort::CohortState;

use super::broken_pairs::{BrokenPairs, broken_pairs};
use super::words::{Direction, direction, move_words, note_words, who_words};
use crate::api::cohorts;
use crate::api::error::ApiError;
use crate::dom::random;
use crate::routes::Screen;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::text_area::TextArea;
use crate::widgets::state_words::cohort_state;

/// What is said in place of the mails to whoever stays away from people of the cohort.
const UNTOLD: &str = "You stay away from people of this cohort, so you are not shown which mails \
    this sends and what stands in its way. Others of the committee are.";

/// One move that exists from here.
#[component]
pub(super) fn Move(
    /// Which cohort.
    cohort: CohortView,
    /// Where to, and what it causes.
    step: PossibleTransition,
    /// Called after it has been made.
    on_moved: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let from = cohort.state;
    let look = match direction(from, step.to) {
        Direction::Onward => Look::Primary,
        Direction::Back => Look::Secondary,
        Direction::Out => Look::Danger,
    };
    let notes = step
        .notes
        .iter()
        .map(|note| view! { <li>{note_words(note)}</li> })
        .collect_view();
    let is_possible = step.allowed && step.broken.is_empty();
    let board = Screen::CommitteeBoard(cohort.slug.clone()).to_string();
    let broken = (!step.broken.is_empty())
        .then(|| view! { <BrokenPairs pairs=step.broken.clone() to=step.to board /> });
    let asked = StoredValue::new((cohort, step.clone()));
    view! {
        <div class="move">
            <div class="move__head">
                <h3 class="move__title">{move_words(from, step.to)}</h3>
                <Button
                    look
                    disabled=Signal::derive(move || !is_possible)
                    on_press=move |()| open.set(true)
                >
                    {format!("Move to “{}” …", cohort_state(step.to))}
                </Button>
            </div>
            {(!step.allowed)
                .then(|| view! { <p class="move__who">{who_words(from, step.to)}</p> })}
            <ul class="move__notes">{notes}</ul>
            {broken}
            <Dialog
                open
                title=format!("{}?", move_words(from, step.to))
                on_close=move |()| open.set(false)
            >
                {move || {
                    let (cohort, step) = asked.get_value();
                    view! {
                        <Confirm
                            cohort
                            step
                            on_done=move |()| {
                                open.set(false);
                                on_moved.run(());
                            }
                        />
                    }
                }}
            </Dialog>
        </div>
    }
}

/// What a move causes, the reason, and the button that makes it.
#[component]
fn Confirm(
    /// Which cohort.
    cohort: CohortView,
    /// Where to, and what it causes.
    step: PossibleTransition,
    /// Called after it has been made.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let failed = RwSignal::new(None::<ApiError>);
    let board = Screen::CommitteeBoard(cohort.slug.clone()).to_string();
    let needs_reason = step.needs_reason;
    let key = StoredValue::new(random::uuid());
    let (id, rev, to) = (cohort.id, cohort.rev, step.to);
    let send = Action::new_local(move |body: &MakeTransition| {
        let body = body.clone();
        async move {
            match cohorts::make_transition(id, rev, key.get_value(), &body).await {
                Ok(_) => on_done.run(()),
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        }
    });
    let missing = RwSignal::new(None::<String>);
    let confirm = Callback::new(move |()| {
        let reason = reason.get_untracked().trim().to_owned();
        if needs_reason && reason.is_empty() {
            missing.set(Some(
                "Say why; everybody on the committee can read it.".to_owned(),
            ));
            return;
        }
        send.dispatch_local(MakeTransition { to, reason });
    });
    let label = if needs_reason {
        Label::new("Why")
    } else {
        Label::new("Why").optional()
    };
    view! {
        <div class="stack">
            {if step.recused {
                view! { <p>{UNTOLD}</p> }.into_any()
            } else {
                view! { <Mails mails=step.mails /> }.into_any()
            }}
            <TextArea
                id="move-reason"
                label
                error=missing
                on_input=move |text| {
                    missing.set(None);
                    reason.set(text);
                }
            />
            {move || failed.get().map(|error| view! { <Failure error to board=board.clone() /> })}
            <div class="dialog__actions">
                <Button look=Look::Primary busy=send.pending() on_press=confirm>
                    {format!("Move to “{}”", cohort_state(to))}
                </Button>
            </div>
        </div>
    }
}

/// Why a move was not made.
#[component]
fn Failure(
    /// What the server said.
    error: ApiError,
    /// Where the cohort would be moved to.
    to: CohortState,
    /// The address of the board.
    board: String,
) -> impl IntoView {
    match broken_pairs(&error) {
        Some(pairs) => view! { <BrokenPairs pairs to board /> }.into_any(),
        None => view! { <Notice kind=Kind::Error>{error.sentence()}</Notice> }.into_any(),
    }
}

/// The mails that a move sends, with an example of each.
#[component]
fn Mails(
    /// The mails.
    mails: Vec<CausedMail>,
) -> impl IntoView {
    if mails.is_empty() {
        return view! { <p>"No mail is sent."</p> }.into_any();
    }
    mails
        .into_iter()
        .map(|mail| {
            let people = if mail.recipients == 1 {
                "person"
            } else {
                "people"
            };
            view! {
                <div class="move__mail">
                    <p>
                        <strong>{mail.subject}</strong>
                        {format!(" goes to {} {people}.", mail.recipients)}
                    </p>
                    <Disclosure summary="Read an example">
                        <pre class="move__example">{mail.example}</pre>
                    </Disclosure>
                </div>
            }
        })
        .collect_view()
        .into_any()
}
