//! One page of an application: its questions, and the ways on.

use std::sync::Arc;

use leptos::ev;
use leptos::leptos_dom::helpers::request_animation_frame;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use tandem_domain::form::definition::{FormDef, Kind, Page, Question, QuestionId, Section};
use tandem_domain::form::prefill::Source;

use crate::api::applications;
use crate::api::error::ApiError;
use crate::dom::{announce, clock, focus, intl};
use crate::pages::apply::draft::Settlement;
use crate::pages::apply::review::Row;
use crate::pages::apply::state::{ApplyState, Passage, Slip};
use crate::pages::apply::tasks::page_href;
use crate::pages::apply::way::{self, Place};
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, ButtonLink, Look, Press};
use crate::ui::error_summary::{ErrorSummary, Mistake};
use crate::ui::file_input::Chosen;
use crate::ui::heading::{PageHeading, PageTitle};
use crate::widgets::answers::answer_words;
use crate::widgets::conflict_card::{ConflictCard, Keep};
use crate::widgets::file_field::{FileDesk, Sending, Trouble};
use crate::widgets::problem_words::problem_words;
use crate::widgets::question_field::{QuestionField, Standing, field_id};

/// The page that the address names, or the nearest one that asks something.
#[component]
pub fn StepPage() -> impl IntoView {
    let state = ApplyState::expect();
    let params = use_params_map();
    let navigate = use_navigate();
    let places = state.places();
    let wanted = Memo::new(move |_| {
        params.with(|params| {
            let section = params.get("section").unwrap_or_default();
            let page = params.get("page").unwrap_or_default();
            Place { section, page }
        })
    });
    // Which page is shown depends on the address alone: what is answered on it must not take it away.
    let here = Memo::new(move |_| {
        let wanted = wanted.get();
        places.with_untracked(|places| way::nearest(&state.form(), places, &wanted))
    });
    Effect::new(move || {
        let Some(here) = here.get() else { return };
        state.visit(&here);
        state.hurry(clock::millis());
        if here != wanted.get_untracked() {
            let replace = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&page_href(state, &here), replace);
        }
    });
    let is_editable = state.is_editable();
    // The field that had the keyboard is gone once the page can only be read.
    Effect::new(move |was_editable: Option<bool>| {
        let is_editable = is_editable.get();
        if was_editable == Some(true) && !is_editable {
            request_animation_frame(|| {
                focus::heading();
            });
        }
        is_editable
    });
    // Keyed, so that no input of one page lives on in the next with what was typed before.
    view! {
        <For each=move || here.get() key=Place::clone let:here>
            {page_of(&state.form(), &here)
                .map(|(section, page)| {
                    move || {
                        let (section, page, here) = (section.clone(), page.clone(), here.clone());
                        if is_editable.get() {
                            view! { <QuestionPage section page here /> }.into_any()
                        } else {
                            view! { <AnswerPage section page here /> }.into_any()
                        }
                    }
                })}
        </For>
    }
}

fn page_of(form: &Arc<FormDef>, place: &Place) -> Option<(Section, Page)> {
    form.pages()
        .find(|(section, page)| Place::of(section, page) == *place)
        .map(|(section, page)| (section.clone(), page.clone()))
}

/// The questions of a page.
#[component]
fn QuestionPage(
    /// Its section.
    section: Section,
    /// The page.
    page: Page,
    /// Its place in the form.
    here: Place,
) -> impl IntoView {
    let state = ApplyState::expect();
    provide_file_desk(state);
    let navigate = use_navigate();
    let from_review =
        use_query_map().with_untracked(|query| query.get("from").as_deref() == Some("review"));
    let mistakes = mistakes(state, &page);
    let titled = title(&section, &page);
    let title = Signal::derive(move || {
        let error = if mistakes.with(Vec::is_empty) {
            ""
        } else {
            "Error: "
        };
        format!("{error}{titled}")
    });
    let back = back_href(state, &here, from_review);
    let go = {
        let (page, here) = (page.clone(), here.clone());
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            if state.leave(&page) == Passage::Free {
                state.hurry(clock::millis());
                navigate(
                    &next_href(state, &here, from_review),
                    NavigateOptions::default(),
                );
            }
        }
    };
    let heading = heading_of(&page);
    let words = if from_review {
        "Save and go back to the review"
    } else {
        "Continue"
    };
    let intro = intro(&section, &page);
    let questions = questions(&page, heading.is_none());
    view! {
        <PageTitle title />
        <BackLink href=back>"Back"</BackLink>
        <ErrorSummary mistakes attempt=state.attempts() />
        <form class="step" novalidate on:submit=go>
            <p class="step__section">{section_line(state, &section)}</p>
            {heading.map(|heading| view! { <h1 class="heading__title" tabindex="-1">{heading}</h1> })}
            {(!intro.is_empty()).then(|| view! { <p class="step__intro">{intro}</p> })}
            {questions}
            <div class="step__actions">
                <Button look=Look::Primary press=Press::Submits>
                    {words}
                </Button>
                <A href=Screen::MyApplications.to_string()>"Save and come back later"</A>
            </div>
        </form>
    }
}

/// Ten megabytes over a slow line.
const FILE_PATIENCE_MS: u32 = 5 * 60 * 1_000;

/// How files of this page reach the server.
fn provide_file_desk(state: ApplyState) {
    let id = state.id();
    provide_context(FileDesk::new(move |sending: Sending| {
        spawn_local(async move {
            let Chosen { name, body, .. } = &sending.chosen;
            let address = applications::upload_address(id, &sending.question, name);
            let arrived = sending
                .transfer
                .post(&address, body, FILE_PATIENCE_MS, sending.on_progress)
                .await;
            let answer = applications::uploaded(arrived).map_err(|error| match error {
                ApiError::Invalid { fields, .. } if !fields.is_empty() => {
                    Trouble::Problem(fields.into_iter().map(|found| found.code).collect())
                }
                other => Trouble::Words(other.sentence()),
            });
            // Gone with the screen: the file is there, and named nowhere.
            sending.on_done.try_run(answer);
        });
    }));
}

/// The questions of a page with what was answered, to be read only.
#[component]
fn AnswerPage(
    /// Its section.
    section: Section,
    /// The page.
    page: Page,
    /// Its place in the form.
    here: Place,
) -> impl IntoView {
    let state = ApplyState::expect();
    let back = back_href(state, &here, false);
    let next = next_href(state, &here, false);
    let is_answered = |question: &&Question| question.kind != Kind::Info;
    let rows = page
        .questions
        .iter()
        .filter(is_answered)
        .cloned()
        .map(|question| {
            let is_asked = state.is_asked(question.id.clone());
            let place = here.clone();
            view! {
                <Show when=move || is_asked.get()>
                    <Row question=question.clone() place=place.clone() />
                </Show>
            }
        })
        .collect_view();
    view! {
        <PageTitle title=title(&section, &page) />
        <BackLink href=back>"Back"</BackLink>
        <p class="step__section step__section--read">{section_line(state, &section)}</p>
        <PageHeading>{page.heading.text().to_owned()}</PageHeading>
        <section class="review" aria-labelledby="answers">
            <h2 class="visually-hidden" id="answers">
                "Your answers"
            </h2>
            <div class="review__rows">{rows}</div>
        </section>
        <div class="step__actions">
            <ButtonLink href=next look=Look::Primary>
                "Continue"
            </ButtonLink>
            <A href=Screen::MyApplications.to_string()>"My applications"</A>
        </div>
    }
}

/// The page's own heading, unless its only question says the same.
fn heading_of(page: &Page) -> Option<String> {
    let heading = page.heading.text();
    let says_it = |question: &Question| question.label.text() == heading;
    match page.questions.as_slice() {
        [only] if says_it(only) && is_labelled(only) => None,
        _ => Some(heading.to_owned()),
    }
}

/// What comes before the questions: on the first page of a section, the section's own words too.
fn intro(section: &Section, page: &Page) -> String {
    let is_first = section
        .pages
        .first()
        .is_some_and(|first| first.id == page.id);
    let of_section = if is_first { section.intro.text() } else { "" };
    let both = [of_section, page.intro.text()];
    both.into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Whether the control shows the question's words as its label or legend.
fn is_labelled(question: &Question) -> bool {
    !matches!(question.kind, Kind::Confirm | Kind::Info | Kind::TimeZone)
}

fn title(section: &Section, page: &Page) -> String {
    format!(
        "{} – {} – Mentoring application",
        page.heading.text(),
        section.title.text()
    )
}

fn section_line(state: ApplyState, section: &Section) -> String {
    let form = state.form();
    let number = form
        .sections
        .iter()
        .position(|own| own.id == section.id)
        .unwrap_or_default()
        + 1;
    format!(
        "Section {number} of {}: {}",
        form.sections.len(),
        section.title.text()
    )
}

fn mistakes(state: ApplyState, page: &Page) -> Memo<Vec<Mistake>> {
    let questions = page.questions.clone();
    let shown = state.shown();
    Memo::new(move |_| {
        shown.with(|shown| {
            let mistake = |question: &Question| {
                let found = shown
                    .iter()
                    .find(|problem| problem.question == question.id)?;
                Some(Mistake::new(
                    field_id(question),
                    problem_words(question, &found.code),
                ))
            };
            questions.iter().filter_map(mistake).collect()
        })
    })
}

fn back_href(state: ApplyState, here: &Place, from_review: bool) -> String {
    let (cohort, role) = state
        .application()
        .with_untracked(|own| (own.cohort_slug.clone(), own.role));
    if from_review {
        return Screen::ApplyReview(cohort, role).to_string();
    }
    let previous = state
        .places()
        .with_untracked(|places| way::previous(places, here));
    previous.map_or_else(
        || Screen::ApplyTasks(cohort, role).to_string(),
        |place| page_href(state, &place),
    )
}

fn next_href(state: ApplyState, here: &Place, from_review: bool) -> String {
    let (cohort, role) = state
        .application()
        .with_untracked(|own| (own.cohort_slug.clone(), own.role));
    let review = Screen::ApplyReview(cohort, role).to_string();
    if from_review {
        return review;
    }
    let next = state
        .places()
        .with_untracked(|places| way::next(places, here));
    next.map_or(review, |place| page_href(state, &place))
}

fn questions(page: &Page, is_heading: bool) -> Vec<AnyView> {
    let n_questions = page.questions.len();
    let standing = match (n_questions, is_heading) {
        (1, true) => Standing::Heading,
        (1, false) => Standing::Alone,
        _ => Standing::Among,
    };
    page.questions
        .iter()
        .map(|question| view! { <Asked question=question.clone() standing /> }.into_any())
        .collect()
}

/// A question while it is asked, with what was changed elsewhere.
#[component]
fn Asked(
    /// Which.
    question: Question,
    /// How it stands on its page.
    standing: Standing,
) -> impl IntoView {
    let state = ApplyState::expect();
    let is_asked = state.is_asked(question.id.clone());
    let circumstances = state.circumstances();
    move || {
        is_asked.get().then(|| {
            let id = question.id.clone();
            let slip = state.slip(id.clone());
            let (answer, problem) = (slip.answer(), slip.problem());
            let own = question.clone();
            let error = Memo::new(move |_| problem.get().map(|code| problem_words(&own, &code)));
            let on_answer = Callback::new(move |answer| {
                state.answer(&id, answer, clock::millis());
            });
            view! {
                <div class="step__question">
                    <QuestionField
                        question=question.clone()
                        standing
                        circumstances
                        answer
                        error
                        on_answer
                    />
                    <FromBefore question=question.clone() slip />
                    <Elsewhere question=question.clone() slip />
                </div>
            }
        })
    }
}

/// Where an answer came from that nobody typed here; one of the last cohort is confirmed.
#[component]
fn FromBefore(
    /// Which question.
    question: Question,
    /// What it shows.
    slip: Slip,
) -> impl IntoView {
    let state = ApplyState::expect();
    let source = slip.source();
    let (id, label) = (question.id, question.label.text().to_owned());
    move || {
        let source = source.get()?;
        let words = match source {
            Source::LastCohort => "From your last application. Is this still right?",
            Source::Account => "From your account.",
            Source::OtherRole => "From your other application: a change counts for both.",
        };
        let keep = (source == Source::LastCohort).then(|| {
            let (id, label) = (id.clone(), label.clone());
            let keep = move |()| {
                state.confirm(&id, clock::millis());
                announce::polite("Kept.");
            };
            view! {
                <Button on_press=keep>
                    "Keep it"
                    <span class="visually-hidden">{format!(": {label}")}</span>
                </Button>
                <span>"or change it above."</span>
            }
        });
        Some(view! { <div class="step__before"><span>{words}</span> {keep}</div> })
    }
}

/// What was changed elsewhere, beside the question it is about.
#[component]
fn Elsewhere(
    /// Which question.
    question: Question,
    /// What it shows.
    slip: Slip,
) -> impl IntoView {
    let state = ApplyState::expect();
    let id: QuestionId = question.id.clone();
    let (conflict, answer) = (slip.conflict(), slip.answer());
    move || {
        conflict.get().map(|conflict| {
            let kind = question.kind.clone();
            let theirs = conflict.theirs.as_ref();
            let theirs = theirs
                .map(|answer| answer_words(&kind, answer))
                .unwrap_or_default();
            let can_keep_both = is_long(&question);
            let mine = Signal::derive(move || {
                answer
                    .with(|answer| answer.as_ref().map(|answer| answer_words(&kind, answer)))
                    .unwrap_or_default()
            });
            let at = conflict.at.map(intl::time_for_reader).unwrap_or_default();
            let id = id.clone();
            let on_decide = move |keep| state.settle(&id, settlement(keep), clock::millis());
            view! { <ConflictCard mine theirs at can_keep_both on_decide /> }
        })
    }
}

fn is_long(question: &Question) -> bool {
    matches!(question.kind, Kind::LongText { .. })
}

fn settlement(keep: Keep) -> Settlement {
    match keep {
        Keep::Mine => Settlement::Mine,
        Keep::Theirs => Settlement::Theirs,
        Keep::Both => Settlement::Both,
    }
}
