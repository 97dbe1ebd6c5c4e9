//! The head of every page: whose program this is, where one can go, who one is.

use leptos::prelude::*;
use leptos_router::components::A;
use tandem_api::session::Me;

use crate::load::Load;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::mark::Mark;

/// The head of every page. Its size is that of the static head in `index.html`.
#[component]
pub fn Header() -> impl IntoView {
    let session = Session::expect();
    let program = session.program();
    let name = move || {
        program.with(|program| {
            program
                .as_ref()
                .map_or_else(|| "Tandem".to_owned(), |program| program.name.clone())
        })
    };
    let state = Memo::new(move |_| session.state().get().map(|view| view.me));
    let association =
        move || program.with(|program| program.as_ref().map(|program| program.association.clone()));
    view! {
        <header class="header">
            <div class="header__inner">
                <a class="header__brand" href=Screen::Home.to_string()>
                    <Mark />
                    <span class="header__names">
                        <span class="header__name">{name}</span>
                        <span class="header__association">{association}</span>
                    </span>
                </a>
                <nav class="header__nav" aria-label="Main">
                    {move || match state.get() {
                        Load::Ready(me) => view! { <Links me /> }.into_any(),
                        Load::Failed(_) => {
                            view! { <ul class="header__links"><HomeLink /></ul> }.into_any()
                        }
                        Load::Waiting => ().into_any(),
                    }}
                </nav>
            </div>
        </header>
    }
}

/// Where this reader can go.
#[component]
fn Links(
    /// Who is signed in, if anybody is.
    me: Option<Me>,
) -> impl IntoView {
    let session = Session::expect();
    let cohort = session.cohort();
    let in_committee = me.as_ref().is_some_and(|me| !me.offices.is_empty());
    let can_manage = session.can_manage().get_untracked() == Some(true);
    let is_signed_in = me.is_some();
    let committee = move || {
        cohort.get().filter(|_| in_committee).map(|cohort| {
            let href = Screen::CommitteeOverview(cohort.slug).to_string();
            view! { <li><A href=href>"Committee"</A></li> }
        })
    };
    let (screen, person, short) = me.map_or_else(
        || (Screen::SignIn, "Sign in".to_owned(), "Sign in"),
        |me| {
            let name = if me.name.is_empty() {
                me.email
            } else {
                me.name
            };
            (Screen::Account, name, "Account")
        },
    );
    view! {
        <ul class="header__links">
            <HomeLink />
            {is_signed_in
                .then(|| {
                    view! { <li><A href=Screen::MyApplications.to_string()>"My applications"</A></li> }
                })}
            {committee}
            {can_manage
                .then(|| view! { <li><A href=Screen::Manage.to_string()>"Manage"</A></li> })}
            <li class="header__account">
                <A href=screen.to_string()>
                    <span class="header__person">{person}</span>
                    <span class="header__person-short">{short}</span>
                </A>
            </li>
        </ul>
    }
}

/// The way to the start page.
#[component]
fn HomeLink() -> impl IntoView {
    view! {
        <li>
            <A href=Screen::Home.to_string() exact=true>
                "Program"
            </A>
        </li>
    }
}
