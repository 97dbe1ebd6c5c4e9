//! The forms of a cohort: which version is asked, what a changed one would do, and publishing it.

mod planned;
mod words;

use leptos::prelude::*;
use tandem_api::cohort::CohortView;
use tandem_api::form::{FormPlan, FormVersionRow};
use tandem_api::path;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::CohortId;
use tandem_domain::permission::Action as Permitted;
use tandem_domain::role::Role;

use crate::api::error::ApiError;
use crate::api::{cohorts, forms};
use crate::dom::file::Chosen;
use crate::dom::intl;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::committee::forms::planned::Planned;
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::file_input::FileInput;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::state_words;

/// The forms of a cohort.
#[component]
pub fn FormsPage() -> impl IntoView {
    let slug = slug();
    let loaded = Fetched::new(move || Box::pin(load(slug.get())));
    let reload = loaded.again();
    move || match loaded.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the forms" outline=Outline::Page n_parts=6 /> }
                .into_any()
        }
        Load::Ready((cohort, both)) => view! { <Forms cohort both on_change=reload /> }.into_any(),
        Load::Failed(error) => view! { <LoadFailed error on_retry=reload /> }.into_any(),
    }
}

/// The versions of each role's form.
type Both = Vec<(Role, Vec<FormVersionRow>)>;

async fn load(slug: String) -> Result<(CohortView, Both), ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    let mut both = Vec::new();
    for role in Role::ALL {
        both.push((role, forms::versions(cohort.id, role).await?));
    }
    Ok((cohort, both))
}

/// The forms that are here.
#[component]
fn Forms(
    /// Of which cohort.
    cohort: CohortView,
    /// Role by role.
    both: Both,
    /// Called after a version was published.
    on_change: Callback<()>,
) -> impl IntoView {
    let may_change = cohort.may.contains(&Permitted::ChangeForms);
    let cards = both
        .into_iter()
        .map(|(role, versions)| {
            view! { <RoleForm cohort=cohort.id role versions may_change on_change /> }
        })
        .collect_view();
    let closed = (!may_change).then(|| {
        view! {
            <Notice>
                <p>"Questions are changed until applications close. Every version stays here to be read."</p>
            </Notice>
        }
    });
    view! {
        <article class="page page--text forms">
            <BackLink href=Screen::CommitteeOverview(cohort.slug).to_string()>"Overview"</BackLink>
            <PageHeading lead="A form is a file. Download it, change it, and upload it again: before anything happens you read what differs and whom it concerns.">
                "Forms"
            </PageHeading>
            {closed}
            {cards}
        </article>
    }
}

/// The form of one role.
#[component]
fn RoleForm(
    /// Of which cohort.
    cohort: CohortId,
    /// Whose form.
    role: Role,
    /// Newest first.
    versions: Vec<FormVersionRow>,
    /// Whether the reader may publish another.
    may_change: bool,
    /// Called after a version was published.
    on_change: Callback<()>,
) -> impl IntoView {
    let mut rows = versions.into_iter();
    let present = rows.next();
    let seen = present.as_ref().map_or(1, |row| row.version);
    let earlier: Vec<_> = rows
        .map(|row| view! { <li><Version cohort role row /></li> })
        .collect();
    let earlier = (!earlier.is_empty()).then(|| {
        view! {
            <Disclosure summary="Earlier versions">
                <ul class="stack stack--tight">{earlier}</ul>
            </Disclosure>
        }
    });
    let heading = format!("form-{}", role.slug());
    let section = heading.clone();
    view! {
        <section class="stack forms__role" aria-labelledby=section>
            <h2 id=heading>{format!("{} form", state_words::role(role).0)}</h2>
            {present.map(|row| view! { <p><Version cohort role row /></p> })}
            {earlier}
            {may_change.then(|| view! { <Upload cohort role seen on_change /> })}
        </section>
    }
}

/// One version with its file.
#[component]
fn Version(
    /// Of which cohort.
    cohort: CohortId,
    /// Whose form.
    role: Role,
    /// Which.
    row: FormVersionRow,
) -> impl IntoView {
    let href = path::form_version(cohort, role, row.version);
    let published = row.at.map(|at| {
        let by = if row.by.is_empty() {
            String::new()
        } else {
            format!(" by {}", row.by)
        };
        format!(", published {}{by}", intl::moment_for_reader(at))
    });
    let note = (!row.note.is_empty()).then(|| format!(": {}", row.note));
    view! {
        {format!("Version {}", row.version)}
        {published}
        {note}
        ". "
        <a href=href download="">
            "Download"
            <span class="visually-hidden">
                {format!(" version {} of the {} form", row.version, role.slug())}
            </span>
        </a>
    }
}

/// A changed form: chosen, read, planned.
#[component]
fn Upload(
    /// Of which cohort.
    cohort: CohortId,
    /// Whose form.
    role: Role,
    /// The present version.
    seen: u32,
    /// Called after a version was published.
    on_change: Callback<()>,
) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let plan = RwSignal::new(None::<(FormDef, FormPlan)>);
    let read = Action::new_local(move |chosen: &Chosen| {
        let chosen = chosen.clone();
        async move {
            plan.try_set(None);
            let found = read(chosen, cohort, role).await;
            match found {
                Ok(found) => {
                    error.try_set(None);
                    plan.try_set(Some(found));
                }
                Err(words) => {
                    error.try_set(Some(words));
                }
            }
        }
    });
    let choose = Callback::new(move |chosen: Chosen| {
        read.dispatch_local(chosen);
    });
    view! {
        <FileInput
            id=format!("upload-{}", role.slug())
            label=Label::new("Upload a changed form").hint("Nothing changes for anybody before you publish it.")
            accept=".json,application/json"
            error
            on_choose=choose
        />
        <p role="status">{move || read.pending().get().then_some("Reading the form …")}</p>
        {move || {
            plan.get()
                .map(|(form, plan)| {
                    view! { <Planned cohort role seen form plan on_change /> }
                })
        }}
    }
}

async fn read(chosen: Chosen, cohort: CohortId, role: Role) -> Result<(FormDef, FormPlan), String> {
    let text = chosen.text().await;
    let text = text.ok_or_else(|| format!("{} could not be read.", chosen.name))?;
    let form: FormDef = serde_json::from_str(&text)
        .map_err(|error| format!("{} is not a form: {error}.", chosen.name))?;
    if form.role != role {
        return Err(format!(
            "{} is the {} form. Upload it there.",
            chosen.name,
            form.role.slug()
        ));
    }
    match forms::plan(cohort, role, form.clone()).await {
        Ok(plan) => Ok((form, plan)),
        Err(error) => Err(error.sentence()),
    }
}

/// Shown above what is wrong with a form.
fn problem(words: String) -> impl IntoView {
    view! {
        <Notice kind=Kind::Error>
            <p>{words}</p>
        </Notice>
    }
}
