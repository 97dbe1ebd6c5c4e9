//! A cohort as the committee sees it: where it stands, what is to do, and its next states.

use leptos::prelude::*;
use leptos_router::components::A;
use tandem_api::cohort::{
    CausedMail, CohortView, MakeTransition, PossibleTransition, TransitionNote,
};
use tandem_domain::cohort::CohortState;
use tandem_domain::permission::Action as Permitted;

use crate::api::cohorts;
use crate::api::error::ApiError;
use crate::dom::random;
use crate::load::LoadFailed;
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::text_area::TextArea;
use crate::widgets::key_dates::KeyDates;
use crate::widgets::state_words::{cohort_state, stage};
use crate::widgets::timeline_track::today_in;

/// A cohort as the committee sees it.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let slug = slug();
    let both = LocalResource::new(move || load(slug.get()));
    let reload = Callback::new(move |()| {
        both.refetch();
        Session::expect().refresh();
    });
    view! {
        <Transition fallback=|| {
            view! { <Skeleton label="Loading the cohort" outline=Outline::Page n_parts=6 /> }
        }>
            {move || Suspend::new(async move {
                match both.await {
                    Ok((cohort, moves)) => {
                        view! { <Overview cohort moves on_moved=reload /> }.into_any()
                    }
                    Err(error) => view! { <LoadFailed error on_retry=reload /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// A cohort, and its moves for those who move it.
type Found = (CohortView, Option<Vec<PossibleTransition>>);

async fn load(slug: String) -> Result<Found, ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    if !cohort.may.contains(&Permitted::MoveCohort) {
        return Ok((cohort, None));
    }
    let moves = cohorts::transitions(cohort.id).await?;
    Ok((cohort, Some(moves)))
}

/// The overview of a cohort that is here.
#[component]
fn Overview(
    /// Which.
    cohort: CohortView,
    /// Where it can go, for those who move it.
    moves: Option<Vec<PossibleTransition>>,
    /// Called after it has been moved.
    on_moved: Callback<()>,
) -> impl IntoView {
    let today = today_in(&cohort.zone, Session::expect().program_now());
    let slug = cohort.slug.clone();
    let ways = [
        (
            "Read and decide applications",
            Screen::CommitteeApplications(slug.clone()),
        ),
        (
            "Pair people on the board",
            Screen::CommitteeBoard(slug.clone()),
        ),
        (
            "See and move dates",
            Screen::CommitteeTimeline(slug.clone()),
        ),
        ("The public page", Screen::Cohort(slug)),
    ]
    .map(|(words, screen)| view! { <li><A href=screen.to_string()>{words}</A></li> })
    .collect_view();
    let state = format!(
        "The cohort is in the state “{}”. Only people move it; what opens and closes by date does \
         so by itself.",
        cohort_state(cohort.state),
    );
    let steps = moves.map(|moves| {
        let steps = moves
            .into_iter()
            .map(|step| view! { <Move cohort=cohort.clone() step on_moved /> })
            .collect_view();
        view! {
            <section class="stack" aria-labelledby="moves">
                <h2 id="moves">"What comes next"</h2>
                <p>{state}</p>
                {steps}
            </section>
        }
    });
    view! {
        <article class="page overview">
            <PageHeading kicker=cohort.program_name.clone() lead=stage(cohort.stage)>
                {cohort.title.clone()}
            </PageHeading>
            <KeyDates calendar=cohort.calendar.clone() today />
            <ul class="overview__ways">{ways}</ul>
            {steps}
        </article>
    }
}

/// One move that exists from here.
#[component]
fn Move(
    /// Which cohort.
    cohort: CohortView,
    /// Where to, and what it causes.
    step: PossibleTransition,
    /// Called after it has been made.
    on_moved: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let look = if step.to == CohortState::Cancelled {
        Look::Danger
    } else {
        Look::Secondary
    };
    let notes = step
        .notes
        .iter()
        .map(|note| view! { <li>{note_words(note)}</li> })
        .collect_view();
    let asked = StoredValue::new((cohort, step.clone()));
    view! {
        <div class="move">
            <div class="move__head">
                <h3 class="move__title">{move_words(step.to)}</h3>
                <Button
                    look
                    disabled=Signal::derive(move || !step.allowed)
                    on_press=move |()| open.set(true)
                >
                    {format!("Move to “{}” …", cohort_state(step.to))}
                </Button>
            </div>
            {(!step.allowed)
                .then(|| view! { <p class="move__who">"Another office makes this move."</p> })}
            <ul class="move__notes">{notes}</ul>
            <Dialog
                open
                title=format!("{}?", move_words(step.to))
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
    let failed = RwSignal::new(None::<String>);
    let needs_reason = step.needs_reason;
    let key = StoredValue::new(random::uuid());
    let (id, rev, to) = (cohort.id, cohort.rev, step.to);
    let send = Action::new_local(move |body: &MakeTransition| {
        let body = body.clone();
        async move {
            match cohorts::make_transition(id, rev, key.get_value(), &body).await {
                Ok(_) => on_done.run(()),
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
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
            <Mails mails=step.mails />
            <TextArea
                id="move-reason"
                label
                error=missing
                on_input=move |text| {
                    missing.set(None);
                    reason.set(text);
                }
            />
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
            <div class="dialog__actions">
                <Button look=Look::Primary busy=send.pending() on_press=confirm>
                    {format!("Move to “{}”", cohort_state(to))}
                </Button>
            </div>
        </div>
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

fn move_words(to: CohortState) -> &'static str {
    match to {
        CohortState::Draft => "Back to the draft",
        CohortState::Announced => "Make the cohort public",
        CohortState::Review => "Begin the review",
        CohortState::Pairing => "Open the board",
        CohortState::SignOff => "Propose the board for sign-off",
        CohortState::Published => "Tell everybody",
        CohortState::Completed => "Close the cohort for good",
        CohortState::Cancelled => "Cancel the cohort",
    }
}

fn note_words(note: &TransitionNote) -> String {
    match note {
        TransitionNote::StillOpen => "Applications are still being accepted.".to_owned(),
        TransitionNote::Undecided { count: 1 } => "1 application is not decided yet.".to_owned(),
        TransitionNote::Undecided { count } => format!("{count} applications are not decided yet."),
        TransitionNote::WithoutPartner { count: 1 } => "1 mentee has no mentor.".to_owned(),
        TransitionNote::WithoutPartner { count } => format!("{count} mentees have no mentor."),
    }
}
