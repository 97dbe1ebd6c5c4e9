//! The own applications: where each stands in words, what comes next and who acts, what the
//! committee asks, and the ways to take one back or bring it back.

mod answer_info;
mod card;

use leptos::prelude::*;

use crate::api::applications;
use crate::load::{Load, LoadFailed};
use crate::pages::my_applications::card::ApplicationCard;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::empty::Empty;
use crate::ui::heading::{PageHeading, PageTitle};
use crate::ui::skeleton::{Outline, Skeleton};

/// The own applications.
#[component]
pub fn MyApplicationsPage() -> impl IntoView {
    let mine = RwSignal::new(Load::Waiting);
    let read = Action::new_local(move |(): &()| async move {
        mine.try_set(applications::mine().await.into());
    });
    read.dispatch_local(());
    let again = Callback::new(move |()| {
        read.dispatch_local(());
    });
    view! {
        <PageTitle title="My applications" />
        <div class="page page--text">
            <PageHeading>"My applications"</PageHeading>
            {move || match mine.get() {
                Load::Waiting => {
                    view! { <Skeleton label="Loading your applications" outline=Outline::Cards /> }
                        .into_any()
                }
                Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
                Load::Ready(all) if all.is_empty() => view! { <NoApplication /> }.into_any(),
                Load::Ready(all) => {
                    all.into_iter()
                        .map(|own| view! { <ApplicationCard own on_change=again /> })
                        .collect_view()
                        .into_any()
                }
            }}
        </div>
    }
}

/// Nothing was begun.
#[component]
fn NoApplication() -> impl IntoView {
    let cohort = Session::expect().cohort();
    let door = move || {
        cohort.get().map(|cohort| {
            view! {
                <ButtonLink href=Screen::Apply(cohort.slug).to_string() look=Look::Primary>
                    {format!("Apply to the {} cohort", cohort.title)}
                </ButtonLink>
            }
        })
    };
    view! {
        <Empty title="You have not begun an application">
            <p>"Once you have, this page says where it stands, what comes next and who acts."</p>
            {door}
        </Empty>
    }
}
