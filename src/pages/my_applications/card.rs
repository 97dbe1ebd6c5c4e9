//! One of the own applications.

use leptos::prelude::*;
use tandem_api::application::{MyApplication, NextStep, Partner, Step, Who};
use tandem_domain::application::ApplicationState;
use tandem_domain::permission::Action as Allowed;
use tandem_domain::role::Role;

use crate::api::applications;
use crate::api::error::ApiError;
use crate::dom::{announce, intl};
use crate::pages::my_applications::answer_info::AnswerInfo;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::checkbox::Checkbox;
use crate::ui::date_words::long_day;
use crate::ui::dialog::Dialog;
use crate::ui::notice::{Kind, Notice};
use crate::ui::tag::Tag;
use crate::ui::text_area::TextArea;
use crate::widgets::deadline::DeadlineWords;
use crate::widgets::state_words;

/// One of the own applications.
#[component]
pub fn ApplicationCard(
    /// Which.
    own: MyApplication,
    /// Called after it has changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let (state, tone) = state_words::application_state(own.state);
    let (role, role_tone) = state_words::role(own.role);
    let id = format!("application-{}", own.id);
    let (labelled_by, slug) = (id.clone(), own.role.slug());
    let request = own
        .info_request
        .clone()
        .filter(|request| request.answer.is_none());
    let reason = own.reason.clone().filter(|reason| !reason.is_empty());
    let for_request = own.clone();
    view! {
        <article class="application-card" data-role=slug aria-labelledby=labelled_by>
            <header class="application-card__head">
                <h2 class="application-card__title" id=id>
                    {format!("{role} application, {}", own.cohort_title)}
                </h2>
                <p class="row">
                    <Tag tone=role_tone>{role}</Tag>
                    <Tag tone>{state}</Tag>
                    {own.reference.clone().map(|reference| view! { <span>"Reference " {reference}</span> })}
                </p>
            </header>
            <Facts own=own.clone() />
            {(own.state == ApplicationState::Draft && own.may.contains(&Allowed::EditApplication))
                .then(|| view! { <Reminders own=own.clone() /> })}
            {reason
                .map(|reason| {
                    view! {
                        <div class="application-card__reason">
                            <h3>"The reason that was given"</h3>
                            <p>{reason}</p>
                        </div>
                    }
                })}
            {request
                .map(|request| {
                    view! { <AnswerInfo own=for_request request on_change /> }
                })}
            <Ways own on_change />
        </article>
    }
}

/// What was sent, what comes next, who acts.
#[component]
fn Facts(
    /// Which application.
    own: MyApplication,
) -> impl IntoView {
    let session = Session::expect();
    let now = Signal::derive(move || session.program_now());
    let closes = own.closes.instant;
    let is_draft = own.state == ApplicationState::Draft;
    let unsent = (!is_draft && own.changed_since_submitted).then(|| {
        view! {
            <Notice kind=Kind::Warning>
                <p>"You have changed answers since you sent it. The version you sent stays in force until you send the changes."</p>
            </Notice>
        }
    });
    view! {
        <dl class="application-card__facts">
            {partners(own.role, own.partners)}
            <div>
                <dt>"Next"</dt>
                <dd>{next_words(&own.next, own.state)}</dd>
            </div>
            {own
                .next
                .by
                .filter(|_| !is_draft)
                .map(|day| {
                    view! {
                        <div>
                            <dt>"By"</dt>
                            <dd>{long_day(day)}</dd>
                        </div>
                    }
                })}
            <div>
                <dt>"Who acts"</dt>
                <dd>{who_words(own.next.who)}</dd>
            </div>
            {is_draft
                .then(|| {
                    view! {
                        <div>
                            <dt>
                                {move || if now.get() < closes {
                                    "Applications close"
                                } else {
                                    "Applications closed"
                                }}
                            </dt>
                            <dd>
                                <DeadlineWords deadline=own.closes.clone() now />
                            </dd>
                        </div>
                    }
                })}
            {own
                .submitted_at
                .map(|at| {
                    view! {
                        <div>
                            <dt>"Sent"</dt>
                            <dd>{intl::moment_for_reader(at)}</dd>
                        </div>
                    }
                })}
            {is_draft
                .then(|| {
                    view! {
                        <div>
                            <dt>"Written"</dt>
                            <dd>{format!("{} % of the required answers", own.percent)}</dd>
                        </div>
                    }
                })}
        </dl>
        {unsent}
    }
}

/// With whom the applicant is paired, and where to write to them.
fn partners(own: Role, partners: Vec<Partner>) -> Option<impl IntoView> {
    let words = match (own, partners.len()) {
        (_, 0) => return None,
        (Role::Mentee, _) => "Your mentor",
        (Role::Mentor, 1) => "Your mentee",
        (Role::Mentor, _) => "Your mentees",
    };
    let each = partners
        .into_iter()
        .map(|partner| {
            let href = format!("mailto:{}", partner.email);
            view! {
                <dd>
                    <span dir="auto">{partner.name}</span>
                    ", "
                    <a href=href>{partner.email}</a>
                </dd>
            }
        })
        .collect_view();
    Some(view! {
        <div>
            <dt>{words}</dt>
            {each}
        </div>
    })
}

fn who_words(who: Who) -> &'static str {
    match who {
        Who::You => "You",
        Who::Committee => "The committee",
        Who::Nobody => "Nobody: nothing is waiting",
    }
}

fn next_words(next: &NextStep, state: ApplicationState) -> &'static str {
    match next.what {
        Step::ConfirmAddress => "Confirm your e-mail address with the mail you got",
        Step::FinishAndSubmit => "Finish writing, review and send",
        Step::Review => "The committee reads the applications",
        Step::AnswerQuestion => "Answer the question of the committee below",
        Step::Pairing => "Pairs are made; you hear the result either way",
        Step::ProgramStart => "The program begins",
        Step::TooLate => "Applications have closed; this one was not sent",
        Step::Nothing if state == ApplicationState::Withdrawn => "You took this application back",
        Step::Nothing => "Nothing more for this application",
    }
}

/// Whether reminders come before the deadline.
#[component]
fn Reminders(
    /// Which application.
    own: MyApplication,
) -> impl IntoView {
    let wanted = RwSignal::new(own.reminders);
    let id = own.id;
    let say = Action::new_local(move |now: &bool| {
        let now = *now;
        async move {
            if applications::want_reminders(id, now).await.is_err() {
                wanted.try_set(!now);
            }
        }
    });
    view! {
        <Checkbox
            id=format!("reminders-{id}")
            label="Remind me by mail a week, two days and six hours before applications close"
            checked=wanted
            on_change=move |now| {
                wanted.set(now);
                say.dispatch_local(now);
            }
        />
    }
}

/// What the owner can do with it.
#[component]
fn Ways(
    /// Which application.
    own: MyApplication,
    /// Called after it has changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let may = |action: Allowed| own.may.contains(&action);
    let tasks = Screen::ApplyTasks(own.cohort_slug.clone(), own.role).to_string();
    let review = Screen::ApplyReview(own.cohort_slug.clone(), own.role).to_string();
    let is_draft = own.state == ApplicationState::Draft;
    let can_write = may(Allowed::EditApplication);
    let main = match (can_write, is_draft) {
        (true, true) => {
            view! { <ButtonLink href=tasks look=Look::Primary>"Go on writing"</ButtonLink> }
        }
        (true, false) => view! { <ButtonLink href=tasks>"Read or change answers"</ButtonLink> },
        (false, _) => view! { <ButtonLink href=review>"Read your answers"</ButtonLink> },
    };
    let is_withdrawn = own.state == ApplicationState::Withdrawn;
    let can_withdraw = may(Allowed::WithdrawApplication);
    let can_delete = may(Allowed::DeleteDraft) && is_draft;
    view! {
        <div class="row">
            {main}
            {(can_withdraw && is_withdrawn).then(|| view! { <Restore own=own.clone() on_change /> })}
            {(can_withdraw && !is_withdrawn && !is_draft)
                .then(|| view! { <Withdraw own=own.clone() on_change /> })}
            {can_delete.then(|| view! { <Delete own=own.clone() on_change /> })}
        </div>
    }
}

/// Says what went wrong, or that it went well and reads the list again.
fn settle(
    result: Result<(), ApiError>,
    done: &'static str,
    trouble: RwSignal<Option<String>>,
    on_change: Callback<()>,
) {
    match result {
        Ok(()) => {
            announce::polite(done);
            on_change.try_run(());
        }
        Err(error) => {
            trouble.try_set(Some(error.sentence()));
        }
    }
}

fn trouble_words(trouble: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        trouble
            .get()
            .map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
    }
}

/// Takes an application back, after a question.
#[component]
fn Withdraw(
    /// Which application.
    own: MyApplication,
    /// Called after it has changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let trouble = RwSignal::new(None);
    let (id, rev) = (own.id, own.rev);
    let field = format!("withdraw-{id}");
    let withdraw = Action::new_local(move |(): &()| async move {
        let result = applications::withdraw(id, rev, reason.get_untracked()).await;
        settle(
            result,
            "Your application is taken back.",
            trouble,
            on_change,
        );
    });
    view! {
        <Button look=Look::Quiet on_press=move |()| is_open.set(true)>
            "Take back"
        </Button>
        <Dialog
            open=is_open
            title=Signal::derive(|| "Take this application back?".to_owned())
            on_close=move |()| is_open.set(false)
        >
            <p>"The committee no longer considers it. Until applications close you can bring it back with one press; nothing you wrote is lost."</p>
            <TextArea
                id=field.clone()
                label=crate::ui::field::Label::new("Why, if you want to say").optional()
                on_input=move |text| reason.set(text)
            />
            {trouble_words(trouble)}
            <div class="dialog__actions">
                <Button
                    look=Look::Danger
                    busy=withdraw.pending()
                    on_press=move |()| {
                        withdraw.dispatch_local(());
                    }
                >
                    "Take it back"
                </Button>
                <Button on_press=move |()| is_open.set(false)>"Keep it"</Button>
            </div>
        </Dialog>
    }
}

/// Brings an application back.
#[component]
fn Restore(
    /// Which application.
    own: MyApplication,
    /// Called after it has changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let trouble = RwSignal::new(None);
    let (id, rev) = (own.id, own.rev);
    let restore = Action::new_local(move |(): &()| async move {
        let result = applications::restore(id, rev).await;
        settle(result, "Your application is back.", trouble, on_change);
    });
    view! {
        <Button
            look=Look::Primary
            busy=restore.pending()
            on_press=move |()| {
                restore.dispatch_local(());
            }
        >
            "Bring it back"
        </Button>
        {trouble_words(trouble)}
    }
}

/// Deletes a draft, after a question.
#[component]
fn Delete(
    /// Which application.
    own: MyApplication,
    /// Called after it has changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let trouble = RwSignal::new(None);
    let (id, draft_rev) = (own.id, own.draft_rev);
    let delete = Action::new_local(move |(): &()| async move {
        let result = applications::delete_draft(id, draft_rev).await;
        settle(result, "The draft is deleted.", trouble, on_change);
    });
    view! {
        <Button look=Look::Quiet on_press=move |()| is_open.set(true)>
            "Delete the draft"
        </Button>
        <Dialog
            open=is_open
            title=Signal::derive(|| "Delete this draft?".to_owned())
            on_close=move |()| is_open.set(false)
        >
            <p>"Everything you wrote in it is erased and cannot be brought back."</p>
            {trouble_words(trouble)}
            <div class="dialog__actions">
                <Button
                    look=Look::Danger
                    busy=delete.pending()
                    on_press=move |()| {
                        delete.dispatch_local(());
                    }
                >
                    "Delete it"
                </Button>
                <Button on_press=move |()| is_open.set(false)>"Keep it"</Button>
            </div>
        </Dialog>
    }
}
