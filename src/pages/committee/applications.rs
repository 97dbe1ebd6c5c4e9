//! The applications of a cohort, as a list.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::query_signal;
use tandem_api::application::{ApplicationList, ApplicationRow};
use tandem_domain::application::ApplicationState;
use tandem_domain::role::Role;

use crate::api::error::ApiError;
use crate::api::{cohorts, committee};
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::ui::choice::Choice;
use crate::ui::date_words::short_day;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::select::Select;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::table::{Narrow, Table};
use crate::ui::tag::Tag;
use crate::ui::text_field::{Text, TextField};
use crate::widgets::person_chip::place_words;
use crate::widgets::state_words;

/// All sent applications of a cohort.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let slug = slug();
    let list = Fetched::new(move || Box::pin(load(slug.get())));
    move || match list.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the applications" outline=Outline::Rows n_parts=10 /> }
                .into_any()
        }
        Load::Ready((title, list)) => view! { <Applications title slug list /> }.into_any(),
        Load::Failed(error) => view! { <LoadFailed error on_retry=list.again() /> }.into_any(),
    }
}

async fn load(slug: String) -> Result<(String, ApplicationList), ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    let list = committee::applications(cohort.id).await?;
    Ok((cohort.title, list))
}

/// The list that is here, with its filters. Filters stand in the address.
#[component]
fn Applications(
    /// The cohort's name.
    title: String,
    /// The cohort's name in addresses.
    slug: Memo<String>,
    /// The applications.
    list: ApplicationList,
) -> impl IntoView {
    let (role, set_role) = query_signal::<String>("role");
    let (state, set_state) = query_signal::<String>("state");
    let sought = RwSignal::new(String::new());
    let drafts = draft_words(&list);
    let rows = StoredValue::new(list.rows);
    let shown = Memo::new(move |_| {
        let (role, state, sought) = (role.get(), state.get(), sought.get().to_lowercase());
        rows.with_value(|rows| {
            rows.iter()
                .filter(|row| matches(row, role.as_deref(), state.as_deref(), &sought))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let count = move || match shown.with(Vec::len) {
        1 => "1 application".to_owned(),
        count => format!("{count} applications"),
    };
    let roles = Role::ALL
        .map(|role| Choice::new(role.slug(), state_words::role(role).0))
        .to_vec();
    let states = STATES
        .map(|state| Choice::new(state_slug(state), state_words::application_state(state).0))
        .to_vec();
    view! {
        <article class="page page--wide applications">
            <PageHeading kicker=title lead=drafts>"Applications"</PageHeading>
            <form class="applications__filters" role="search" on:submit=|event| event.prevent_default()>
                <TextField
                    id="sought"
                    label="Name, institution or reference"
                    text=Text::Search
                    on_input=move |text| sought.set(text)
                />
                <Select
                    id="role"
                    label="Role"
                    choices=roles
                    value=role
                    placeholder="Every role"
                    on_change=move |value| set_role.set(value)
                />
                <Select
                    id="state"
                    label="State"
                    choices=states
                    value=state
                    placeholder="Every state"
                    on_change=move |value| set_state.set(value)
                />
            </form>
            <p role="status">{count}</p>
            {move || {
                let rows = shown.get();
                if rows.is_empty() {
                    view! { <NoneShown is_filtered=role.get().is_some() || state.get().is_some() || !sought.get().is_empty() /> }
                        .into_any()
                } else {
                    view! { <List rows slug=slug.get() /> }.into_any()
                }
            }}
        </article>
    }
}

const STATES: [ApplicationState; 8] = [
    ApplicationState::Submitted,
    ApplicationState::LatePending,
    ApplicationState::NeedsInfo,
    ApplicationState::Eligible,
    ApplicationState::Ineligible,
    ApplicationState::Withdrawn,
    ApplicationState::Matched,
    ApplicationState::Unmatched,
];

/// Nothing to show.
#[component]
fn NoneShown(
    /// Whether a filter is set.
    is_filtered: bool,
) -> impl IntoView {
    if is_filtered {
        view! {
            <Empty title="No application fits">
                <p>"Try another role or state, or fewer letters."</p>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <Empty title="No applications yet">
                <p>"Each application stands here from the moment it is sent. Drafts are only counted."</p>
            </Empty>
        }
        .into_any()
    }
}

const HEADS: [&str; 7] = [
    "Reference",
    "Name",
    "Role",
    "Institution",
    "Place",
    "State",
    "Sent",
];

/// The rows.
#[component]
fn List(
    /// In order of their reference.
    rows: Vec<ApplicationRow>,
    /// The cohort's name in addresses.
    slug: String,
) -> impl IntoView {
    let [
        reference,
        name,
        role_head,
        institution,
        place,
        state_head,
        sent_head,
    ] = HEADS;
    let rows = rows
        .into_iter()
        .map(|row| {
            let href = Screen::CommitteeApplication(slug.clone(), row.id).to_string();
            let (role, role_tone) = state_words::role(row.role);
            let (state, state_tone) = state_words::application_state(row.state);
            let sent = row
                .submitted_at
                .map(|at| short_day(at.date_naive()))
                .unwrap_or_default();
            view! {
                <tr>
                    <td data-label=reference>{row.reference}</td>
                    <th scope="row" data-label=name>
                        <A href=href>{row.name}</A>
                    </th>
                    <td data-label=role_head><Tag tone=role_tone>{role}</Tag></td>
                    <td data-label=institution>{row.institution.unwrap_or_default()}</td>
                    <td data-label=place>{row.place.as_deref().map(place_words)}</td>
                    <td data-label=state_head>
                        <Tag tone=state_tone>{state}</Tag>
                        {row.late.then(|| view! { " " <Tag>"late"</Tag> })}
                    </td>
                    <td data-label=sent_head>{sent}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table caption="Applications" narrow=Narrow::Stacks heads=HEADS>
            {rows}
        </Table>
    }
}

fn matches(row: &ApplicationRow, role: Option<&str>, state: Option<&str>, sought: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(sought);
    role.is_none_or(|role| row.role.slug() == role)
        && state.is_none_or(|state| state_slug(row.state) == state)
        && (has(&row.name) || has(&row.reference) || row.institution.as_deref().is_some_and(has))
}

fn state_slug(state: ApplicationState) -> &'static str {
    match state {
        ApplicationState::Draft => "draft",
        ApplicationState::Submitted => "submitted",
        ApplicationState::LatePending => "late",
        ApplicationState::NeedsInfo => "needs-info",
        ApplicationState::Eligible => "eligible",
        ApplicationState::Ineligible => "ineligible",
        ApplicationState::Withdrawn => "withdrawn",
        ApplicationState::Matched => "paired",
        ApplicationState::Unmatched => "unpaired",
    }
}

fn draft_words(list: &ApplicationList) -> String {
    let count = |role| list.drafts.get(&role).copied().unwrap_or(0);
    match (count(Role::Mentee), count(Role::Mentor)) {
        (0, 0) => "Nobody has begun an application without sending it.".to_owned(),
        (mentee, mentor) => format!(
            "Begun and not sent: {mentee} as mentee, {mentor} as mentor. Only their owners can \
             read drafts."
        ),
    }
}
