//! What stands around the panes when there is something to know: below them who is being placed,
//! above them what was not saved, and that the connection is gone.

use leptos::prelude::*;

use super::state::{BoardState, Connection, Picking, Trigger};
use super::what_if::WhatIfLine;
use super::words;
use crate::dom::storage;
use crate::routes::Screen;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::notice::{Kind, Notice};

/// Who is being placed by clicks, and the way out.
#[component]
pub(super) fn Placing() -> impl IntoView {
    let state = BoardState::expect();
    let name = Memo::new(move |_| {
        let held = state
            .held()
            .get()
            .filter(|held| held.trigger == Trigger::Click)?;
        let name = match state.group(held.mentee).as_slice() {
            [one] => state.desk().with(|desk| desk.name(*one).to_owned()),
            group => words::group::mentees(group.len()),
        };
        Some((held.mentee, name))
    });
    move || {
        name.get().map(|(mentee, name)| {
            view! {
                <div class="placing">
                    <p class="placing__text">
                        "Placing " <strong>{name}</strong> ". Choose a mentor."
                    </p>
                    <Button on_press=move |()| state.pick_from(Picking::Mentor(mentee))>
                        "Choose from a list"
                    </Button>
                    <Button on_press=move |()| state.cancel()>"Cancel"</Button>
                    <WhatIfLine />
                </div>
            }
        })
    }
}

/// Why the last thing was not done.
#[component]
pub(super) fn Problem() -> impl IntoView {
    let state = BoardState::expect();
    move || {
        state.notice().get().map(|text| {
            view! {
                // The announcer has read it; a second live region would say it twice.
                <Notice kind=Kind::Warning>
                    <p>{text}</p>
                    <div class="row">
                        <Button look=Look::Quiet on_press=move |()| state.read_notice()>"Close"</Button>
                    </div>
                </Notice>
            }
        })
    }
}

/// That the connection is gone.
#[component]
pub(super) fn Offline() -> impl IntoView {
    let state = BoardState::expect();
    let n_waiting = Memo::new(move |_| state.desk().with(|desk| desk.pending().len()));
    move || match state.connection().get() {
        Connection::Online => ().into_any(),
        Connection::Offline => {
            let waiting = move || match n_waiting.get() {
                0 => String::new(),
                1 => " 1 change waits.".to_owned(),
                n_waiting => format!(" {n_waiting} changes wait."),
            };
            view! {
                <Notice kind=Kind::Warning title="No connection">
                    <p>
                        {words::kept_offline(storage::is_shared())}
                        {waiting}
                    </p>
                </Notice>
            }
            .into_any()
        }
        Connection::Gone => view! {
            <Notice kind=Kind::Warning title=words::GONE>
                <p>{words::WHY_GONE}</p>
            </Notice>
        }
        .into_any(),
        Connection::SignedOut => view! {
            <Notice kind=Kind::Warning title="You are signed out">
                <p>{words::kept_signed_out(storage::is_shared())}</p>
                <ButtonLink href=Screen::SignIn.to_string()>"Sign in"</ButtonLink>
            </Notice>
        }
        .into_any(),
    }
}
