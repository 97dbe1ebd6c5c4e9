//! Before writing: who may apply and by when, the role, the address. Then one writes on at once.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use tandem_api::application::{MyApplication, StartApplications};
use tandem_api::cohort::CohortView;
use tandem_api::problem::Code;
use tandem_domain::cohort::Stage;
use tandem_domain::form::definition::Condition;
use tandem_domain::id::CohortId;
use tandem_domain::role::Role;

use crate::api::error::ApiError;
use crate::api::{applications, cohorts};
use crate::dom::random;
use crate::load::{Load, LoadFailed};
use crate::pages::apply::eligible::Eligible;
use crate::pages::apply::late::Late;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{Button, Look, Press};
use crate::ui::choice::{Choice, RadioGroup};
use crate::ui::error_summary::{ErrorSummary, Mistake};
use crate::ui::field::Label;
use crate::ui::heading::{PageHeading, PageTitle};
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::text_field::{Text, TextField};
use crate::widgets::call_status::CallStatus;
use crate::widgets::deadline::{DeadlineWords, OtherZones, official};
use crate::widgets::sign_in_form::SharedTick;
use crate::widgets::state_words;

const ROLE: &str = "start-role";
const EMAIL: &str = "start-email";

/// Before writing.
#[component]
pub fn StartPage() -> impl IntoView {
    let session = Session::expect();
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()));
    let loaded = RwSignal::new(Load::Waiting);
    // Whoever comes by a late link brings its secret in the part of the address no server sees.
    let late = Late::from_address();
    let load = Action::new_local(move |(slug, is_known): &(String, bool)| {
        let (slug, is_known) = (slug.clone(), *is_known);
        async move {
            late.open().await;
            loaded.try_set(find(&slug, is_known).await.into());
        }
    });
    let person = Memo::new(move |_| session.known().get().map(|me| me.map(|me| me.id)));
    Effect::new(move || {
        if let Some(person) = person.get() {
            load.dispatch_local((slug.get(), person.is_some()));
        }
    });
    let retry = Callback::new(move |()| {
        session.refresh();
        let is_known = person.get_untracked().flatten().is_some();
        load.dispatch_local((slug.get_untracked(), is_known));
    });
    view! {
        <PageTitle title="Apply" />
        <div class="page page--text start">
            {move || match (loaded.get(), person.get(), session.state().get()) {
                (Load::Ready((cohort, mine)), ..) => view! { <Start cohort mine late /> }.into_any(),
                (Load::Failed(error), ..) | (_, None, Load::Failed(error)) => {
                    view! { <LoadFailed error on_retry=retry /> }.into_any()
                }
                _ => {
                    view! { <Skeleton label="Loading the call" outline=Outline::Page n_parts=6 /> }
                        .into_any()
                }
            }}
        </div>
    }
}

async fn find(slug: &str, is_known: bool) -> Result<(CohortView, Vec<MyApplication>), ApiError> {
    let cohort = cohorts::cohort(slug).await?;
    if !is_known {
        return Ok((cohort, Vec::new()));
    }
    let mine = match applications::mine().await {
        Ok(mine) => mine
            .into_iter()
            .filter(|own| own.cohort == cohort.id)
            .collect(),
        Err(ApiError::SignedOut) => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok((cohort, mine))
}

/// The call, and what the reader has begun; then, in their place, who may apply.
#[component]
fn Start(
    /// The cohort.
    cohort: CohortView,
    /// The reader's applications to it.
    mine: Vec<MyApplication>,
    /// What a late link opens.
    late: Late,
) -> impl IntoView {
    let is_open = cohort.stage == Stage::Open;
    let is_late = late.until().is_some();
    let begun: Vec<Role> = mine.iter().map(|own| own.role).collect();
    let can_begin = (is_open || is_late) && begun.len() < Role::ALL.len();
    let asked = RwSignal::new(None::<Asked>);
    let call = StoredValue::new((cohort.clone(), mine));
    view! {
        {move || {
            let (cohort, mine) = call.get_value();
            asked.with(Option::is_none).then(|| view! { <Call cohort mine late /> })
        }}
        {can_begin.then(|| view! { <Begin cohort begun late asked /> })}
    }
}

/// What is asked of whoever wants to begin: the wish, and what must be true.
type Asked = (StartApplications, Vec<Condition>);

/// The call, and what the reader has begun.
#[component]
fn Call(
    /// The cohort.
    cohort: CohortView,
    /// The reader's applications to it.
    mine: Vec<MyApplication>,
    /// What a late link opens.
    late: Late,
) -> impl IntoView {
    let session = Session::expect();
    let now = session.program_time();
    let kicker = cohort.program_name.clone();
    let title = format!("Apply to the {} cohort", cohort.title);
    let deadline = cohort.calendar.closes.clone();
    let slug = cohort.slug.clone();
    let own = mine
        .iter()
        .map(|own| {
            let href = Screen::ApplyTasks(slug.clone(), own.role).to_string();
            let role = state_words::role(own.role).0;
            let (state, _) = state_words::application_state(own.state);
            view! {
                <li>
                    <a href=href>{format!("{role} application")}</a>
                    {format!(": {}", state.to_lowercase())}
                </li>
            }
        })
        .collect_view();
    let has_own = !mine.is_empty();
    let facts = if cohort.stage == Stage::Open {
        view! { <Facts deadline now /> }.into_any()
    } else {
        view! { <CallStatus cohort=cohort.clone() now /> }.into_any()
    };
    view! {
        <PageHeading kicker>{title}</PageHeading>
        {facts}
        <LateNotice late />
        {has_own
            .then(|| {
                view! {
                    <section class="start__own" aria-labelledby="own">
                        <h2 id="own">"What you have begun"</h2>
                        <ul>{own}</ul>
                    </section>
                }
            })}
    }
}

/// What a late link opens, or why it opens nothing.
#[component]
fn LateNotice(
    /// The link.
    late: Late,
) -> impl IntoView {
    let opened = late.until().map(|until| {
        let words = official(&until);
        view! {
            <Notice kind=Kind::Success>
                <p>{format!("You came by a late link: your application is accepted until {words}.")}</p>
            </Notice>
        }
    });
    let refused = late.trouble().map(|words| {
        view! {
            <Notice kind=Kind::Error>
                <p>{words}</p>
            </Notice>
        }
    });
    (opened, refused)
}

/// Who may apply, and by when.
#[component]
fn Facts(
    /// When applications close.
    deadline: tandem_domain::date::Deadline,
    /// The program's time.
    now: Signal<chrono::DateTime<chrono::Utc>>,
) -> impl IntoView {
    view! {
        <div class="prose">
            <p>
                "Members of the association may apply, at any stage of their career, from any country. "
                "If you are about to join, apply now: membership counts from the start of the program."
            </p>
            <p>"Applications close on " <DeadlineWords deadline=deadline.clone() now /></p>
            <OtherZones deadline />
            <p>
                "It takes about fifteen minutes. Every answer is saved as you type; you can stop, and go on "
                "here or on another device."
            </p>
        </div>
    }
}

/// Role and address.
#[component]
fn Begin(
    /// The cohort.
    cohort: CohortView,
    /// The roles in which the reader has begun already.
    begun: Vec<Role>,
    /// What a late link opens.
    late: Late,
    /// What is asked of whoever wants to begin.
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let session = Session::expect();
    let me = session.me();
    // Whoever comes through one of the two doors has chosen already.
    let door = use_query_map().with_untracked(|query| query.get("role"));
    let role = RwSignal::new(door.filter(|slug| Role::from_slug(slug).is_some()));
    let email = RwSignal::new(String::new());
    let attempt = RwSignal::new(0_u32);
    let mistakes = RwSignal::new(Vec::<Mistake>::new());
    let trouble = RwSignal::new(None::<String>);
    let begin = begin_action(cohort.clone(), trouble);
    let id = cohort.id;
    // Who may apply is asked first; where a form asks nothing of the kind, one writes at once.
    let ask = Action::new_local(move |wish: &StartApplications| {
        let wish = wish.clone();
        async move {
            match conditions(id, &wish.roles).await {
                Ok(conditions) if conditions.is_empty() => {
                    begin.dispatch_local(wish);
                }
                Ok(conditions) => {
                    asked.try_set(Some((wish, conditions)));
                }
                Err(error) => {
                    trouble.try_set(Some(words(&error)));
                }
            }
        }
    });
    let is_busy = Memo::new(move |_| begin.pending().get() || ask.pending().get());
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let address = me
            .with_untracked(Option::is_none)
            .then(|| email.get_untracked());
        let found = check(role.get_untracked().as_deref(), address.as_deref());
        mistakes.set(found.clone());
        attempt.update(|attempt| *attempt += 1);
        if found.is_empty() {
            let roles = roles(&role.get_untracked().unwrap_or_default());
            let email = address.map(|address| address.trim().to_owned());
            let wish = StartApplications {
                roles,
                email,
                late: late.secret(),
            };
            ask.dispatch_local(wish);
        }
    };
    let error = move |target: &'static str| {
        Signal::derive(move || {
            mistakes.with(|all| {
                all.iter()
                    .find(|one| one.target == target)
                    .map(|one| one.message.clone())
            })
        })
    };
    // An error goes as soon as it is mended.
    let mended = move |target: &'static str| {
        mistakes.update(|all| all.retain(|one| one.target != target));
    };
    let eligible = move || {
        asked.get().map(|(wish, conditions)| {
            let yes = move |()| {
                begin.dispatch_local(wish.clone());
            };
            view! {
                <Eligible
                    conditions
                    busy=is_busy
                    on_yes=yes
                    on_back=move |()| asked.set(None)
                />
                {move || {
                    trouble.get().map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
                }}
            }
        })
    };
    view! {
        {eligible}
        <ErrorSummary mistakes attempt />
        <form
            class="stack stack--loose"
            novalidate
            hidden=move || asked.with(Option::is_some)
            on:submit=sent
        >
            <RadioGroup
                id=ROLE
                label=Label::new("I want to take part as …")
                choices=choices(&begun)
                value=role
                error=error(ROLE)
                on_change=move |value| {
                    role.set(Some(value));
                    mended(ROLE);
                }
            />
            <Show when=move || me.with(Option::is_none)>
                <TextField
                    id=EMAIL
                    label=Label::new("Your e-mail address")
                        .hint("We send a link and a code, so that you can go on elsewhere. There is no password.")
                    text=Text::Email
                    error=error(EMAIL)
                    on_input=move |text| {
                        email.set(text);
                        mended(EMAIL);
                    }
                />
                <SharedTick
                    id="start-shared"
                    shared=session.is_shared()
                    on_change=move |is_shared| session.set_shared(is_shared)
                />
            </Show>
            {move || {
                trouble.get().map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
            }}
            <div>
                <Button look=Look::Primary press=Press::Submits busy=is_busy>
                    "Start writing"
                </Button>
            </div>
        </form>
    }
}

/// What must be true of everybody who applies in these roles, each once.
async fn conditions(cohort: CohortId, roles: &[Role]) -> Result<Vec<Condition>, ApiError> {
    let mut all: Vec<Condition> = Vec::new();
    for role in roles {
        let form = applications::form(cohort, *role).await?;
        for condition in form.eligibility {
            if all.iter().all(|known| known.id != condition.id) {
                all.push(condition);
            }
        }
    }
    Ok(all)
}

/// Begins the applications and goes to the first page. The key stays until it has succeeded.
fn begin_action(
    cohort: CohortView,
    trouble: RwSignal<Option<String>>,
) -> Action<StartApplications, ()> {
    let session = Session::expect();
    let navigate = use_navigate();
    let key = StoredValue::new(None::<(StartApplications, String)>);
    Action::new_local(move |body: &StartApplications| {
        let body = body.clone();
        let (id, slug) = (cohort.id, cohort.slug.clone());
        let navigate = navigate.clone();
        let own_key = key.with_value(|key| match key {
            Some((asked, key)) if *asked == body => key.clone(),
            _ => random::uuid(),
        });
        key.set_value(Some((body.clone(), own_key.clone())));
        async move {
            trouble.try_set(None);
            match applications::start(id, &own_key, &body).await {
                Ok(_) => {
                    let role = body.roles.first().copied().unwrap_or(Role::Mentee);
                    let to = first_page(id, &slug, role).await;
                    navigate(&to, NavigateOptions::default());
                    // Afterwards: this screen is drawn anew once it is known who the reader is.
                    session.refresh();
                }
                Err(error) => {
                    key.try_update_value(|key| key.take_if(|_| !error.is_passing()));
                    trouble.try_set(Some(words(&error)));
                }
            }
        }
    })
}

/// The first page of the form, or the task list where the form does not come.
async fn first_page(cohort: CohortId, slug: &str, role: Role) -> String {
    let first = applications::form(cohort, role)
        .await
        .ok()
        .and_then(|form| {
            let (section, page) = form.pages().next()?;
            Some((section.id.0.clone(), page.id.0.clone()))
        });
    match first {
        Some((section, page)) => {
            Screen::ApplyPage(slug.to_owned(), role, section, page).to_string()
        }
        None => Screen::ApplyTasks(slug.to_owned(), role).to_string(),
    }
}

fn words(error: &ApiError) -> String {
    match error.code() {
        Some(Code::DeadlinePassed | Code::WrongState) => {
            "Applications are not open now.".to_owned()
        }
        Some(Code::AlreadyExists) => {
            "There is an application of this address already. Sign in to go on with it.".to_owned()
        }
        Some(Code::Invalid) if error.is_about("/email") => {
            "Enter an e-mail address in full, such as name@example.org.".to_owned()
        }
        _ => error.sentence(),
    }
}

fn choices(begun: &[Role]) -> Vec<Choice> {
    let mentee = Choice::new("mentee", "A mentee").hint("You want to learn from a colleague.");
    let mentor = Choice::new("mentor", "A mentor").hint("You offer your experience.");
    let both = Choice::new("both", "Both").hint(
        "A mentor for one colleague and a mentee of another. What both forms ask, you answer once.",
    );
    match begun {
        [] => vec![mentee, mentor, both],
        [Role::Mentee] => vec![mentor],
        _ => vec![mentee],
    }
}

fn roles(choice: &str) -> Vec<Role> {
    Role::from_slug(choice).map_or_else(|| Role::ALL.to_vec(), |role| vec![role])
}

fn check(role: Option<&str>, email: Option<&str>) -> Vec<Mistake> {
    let no_role = role.is_none().then(|| {
        Mistake::new(
            ROLE,
            "Choose whether you want to be a mentee, a mentor, or both.",
        )
    });
    let wrong_email = email.filter(|email| !tandem_domain::form::syntax::is_email(email.trim()));
    let wrong_email = wrong_email.map(|_| {
        Mistake::new(
            EMAIL,
            "Enter an e-mail address in full, such as name@example.org.",
        )
    });
    no_role.into_iter().chain(wrong_email).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_and_address_are_needed() {
        assert_eq!(check(None, Some("")).len(), 2);
        assert_eq!(check(Some("both"), Some("ada@example")).len(), 1);
        assert_eq!(check(Some("both"), Some(" ada@example.org ")), []);
        assert_eq!(check(Some("mentee"), None), []);
    }

    #[test]
    fn a_role_that_was_begun_is_not_offered_again() {
        let values = |begun: &[Role]| -> Vec<String> {
            choices(begun)
                .into_iter()
                .map(|choice| choice.value)
                .collect()
        };
        assert_eq!(values(&[]), ["mentee", "mentor", "both"]);
        assert_eq!(values(&[Role::Mentee]), ["mentor"]);
        assert_eq!(values(&[Role::Mentor]), ["mentee"]);
        assert_eq!(roles("both"), Role::ALL);
        assert_eq!(roles("mentor"), [Role::Mentor]);
    }
}
