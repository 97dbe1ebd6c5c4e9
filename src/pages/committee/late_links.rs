//! Links by which somebody may apply, or go on with a draft, after the call has closed.

use leptos::prelude::*;
use tandem_api::window::{LateLinkView, MakeLateLink};
use tandem_domain::id::{CohortId, LateLinkId};

use crate::api::error::ApiError;
use crate::api::{cohorts, committee};
use crate::dom::{announce, intl, random};
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::committee::application::time::{TimeForm, refusal};
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look};
use crate::ui::field::Label;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::text_field::{Text, TextField};
use crate::widgets::deadline::official;

/// The late links of a cohort.
#[component]
pub fn LateLinksPage() -> impl IntoView {
    let slug = slug();
    let loaded = Fetched::new(move || Box::pin(load(slug.get())));
    let reload = loaded.again();
    move || match loaded.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the late links" outline=Outline::Page n_parts=4 /> }
                .into_any()
        }
        Load::Ready((cohort, links)) => {
            view! { <Links cohort links slug on_change=reload /> }.into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=reload /> }.into_any(),
    }
}

async fn load(slug: String) -> Result<(CohortId, Vec<LateLinkView>), ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    let links = committee::late_links(cohort.id).await?;
    Ok((cohort.id, links))
}

/// The links that are here, and making another.
#[component]
fn Links(
    /// Of which cohort.
    cohort: CohortId,
    /// Newest first.
    links: Vec<LateLinkView>,
    /// The cohort's name in addresses.
    slug: Memo<String>,
    /// Called after something changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let rows = links
        .into_iter()
        .map(|link| view! { <Link link on_change /> })
        .collect_view();
    view! {
        <article class="page page--text late-links">
            <BackLink href=Screen::CommitteeOverview(slug.get_untracked()).to_string()>"Overview"</BackLink>
            <PageHeading lead="A late link lets one person begin, or go on with a draft, and send until the day you choose. It goes by mail and works for whoever opens it first. For somebody who has sent already, grant more time on the page of the application.">
                "Late links"
            </PageHeading>
            <New cohort on_change />
            <ul class="stack">{rows}</ul>
        </article>
    }
}

/// One link.
#[component]
fn Link(
    /// Which.
    link: LateLinkView,
    /// Called after it was taken back.
    on_change: Callback<()>,
) -> impl IntoView {
    let failed = RwSignal::new(None::<String>);
    let revoke = Action::new_local(move |id: &LateLinkId| {
        let id = *id;
        async move {
            match committee::revoke_late_link(id).await {
                Ok(()) => on_change.run(()),
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let state = match (link.is_revoked, link.used_at) {
        (true, _) => "Taken back.".to_owned(),
        (false, Some(at)) => format!("Used {}.", intl::moment_for_reader(at)),
        (false, None) => "Not used yet.".to_owned(),
    };
    let (id, can_revoke) = (link.id, !link.is_revoked && link.used_at.is_none());
    view! {
        <li class="stack stack--tight late-links__link">
            <p>
                <strong>{link.email.clone()}</strong>
                {format!(" until {}. {state}", official(&link.until))}
            </p>
            <p class="late-links__why">{format!("{}: {}", link.by, link.reason)}</p>
            {can_revoke
                .then(|| {
                    view! {
                        <div>
                            <Button
                                look=Look::Quiet
                                busy=revoke.pending()
                                on_press=move |()| {
                                    revoke.dispatch_local(id);
                                }
                            >
                                "Take it back"
                                <span class="visually-hidden">{format!(": {}", link.email)}</span>
                            </Button>
                        </div>
                    }
                })}
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })}
        </li>
    }
}

/// Makes a link.
#[component]
fn New(
    /// Of which cohort.
    cohort: CohortId,
    /// Called after it was made.
    on_change: Callback<()>,
) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let key = StoredValue::new(random::uuid());
    let make = Action::new_local(move |wish: &MakeLateLink| {
        let wish = wish.clone();
        async move {
            match committee::make_late_link(cohort, &key.get_value(), &wish).await {
                Ok(_) => {
                    announce::polite("The late link is on its way.");
                    on_change.run(());
                }
                Err(error) => {
                    wrong.try_set(Some(refusal(&error)));
                }
            }
        }
    });
    view! {
        <section class="stack" aria-labelledby="new-link">
            <h2 id="new-link">"Make a late link"</h2>
            <TextField
                id="late-email"
                label=Label::new("Their e-mail address")
                text=Text::Email
                error=wrong
                on_input=move |text| {
                    wrong.set(None);
                    email.set(text);
                }
            />
            <TimeForm id="late" words="Send the late link" busy=make.pending() on_grant=Callback::new(move |(last_day, reason)| {
                make.dispatch_local(MakeLateLink {
                    email: email.get_untracked().trim().to_owned(),
                    last_day,
                    reason,
                });
            }) />
        </section>
    }
}
