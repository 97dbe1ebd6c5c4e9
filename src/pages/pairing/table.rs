//! Everything on the board as one plain table: for reading from top to bottom, for the browser's own
//! search, for paper. All rows are in the page, however many there are.

use leptos::prelude::*;
use tandem_api::path;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use super::desk::Desk;
use super::filters;
use super::inspector;
use super::state::BoardState;
use super::words;
use crate::dom::print;
use crate::ui::button::Button;
use crate::widgets::person_chip::place_line;
use crate::widgets::score_bar::{shown, word};

/// Everything on the board as a table.
#[component]
pub fn PlanTable() -> impl IntoView {
    let state = BoardState::expect();
    let (query, scenario) = (state.query(), state.scenario());
    let mentees = move || {
        state.desk().with(|desk| {
            query.with(|query| mentee_rows(state, desk, &filters::mentees(desk, query)))
        })
    };
    let free = move || {
        state.desk().with(|desk| {
            let mentors = query.with(|query| filters::mentors(desk, query, None));
            let free = mentors.into_iter().filter(|one| desk.n_free(*one) > 0);
            free_rows(state, desk, &free.collect::<Vec<_>>())
        })
    };
    view! {
        <div class="plan">
            <div class="plan__tools">
                // The file is of the present.
                <Show when=move || !state.desk().with(Desk::is_earlier)>
                    <a class="button" href=path::plan(scenario) download="">"Save as CSV"</a>
                </Show>
                <Button on_press=|()| print::print()>"Print"</Button>
            </div>
            <table class="plan__table">
                <caption class="plan__caption">"Mentees and their mentors"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Mentee"</th>
                        <th scope="col">"Kind and place"</th>
                        <th scope="col">"Mentor"</th>
                        <th scope="col">"Score"</th>
                        <th scope="col">"Remarks"</th>
                    </tr>
                </thead>
                <tbody>{mentees}</tbody>
            </table>
            <table class="plan__table">
                <caption class="plan__caption">"Free places"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Mentor"</th>
                        <th scope="col">"Kind and place"</th>
                        <th scope="col">"Places"</th>
                    </tr>
                </thead>
                <tbody>{free}</tbody>
            </table>
        </div>
    }
}

fn mentee_rows(state: BoardState, desk: &Desk, mentees: &[ApplicationId]) -> AnyView {
    let row = |mentee: &ApplicationId| {
        let place = desk.placement(*mentee);
        let score = place.map(|place| desk.score(*mentee, place.mentor));
        let score = score.map(|score| format!("{} {}", shown(score), word(score)));
        let remarks = place.map(|place| {
            let breaks = desk.board().rules(*mentee, place.mentor);
            words::pair_remarks(place, !breaks.is_empty())
        });
        let mentor = place.map(|place| person(state, desk, place.mentor));
        view! {
            <tr>
                <th scope="row">{person(state, desk, *mentee)}</th>
                <td>{desk.candidate(*mentee).map(place_line)}</td>
                <td>{mentor}</td>
                <td>{score}</td>
                <td>{remarks}</td>
            </tr>
        }
    };
    mentees.iter().map(row).collect_view().into_any()
}

fn free_rows(state: BoardState, desk: &Desk, mentors: &[ApplicationId]) -> AnyView {
    let row = |mentor: &ApplicationId| {
        view! {
            <tr>
                <th scope="row">{person(state, desk, *mentor)}</th>
                <td>{desk.candidate(*mentor).map(place_line)}</td>
                <td>{words::places_free(desk, *mentor)}</td>
            </tr>
        }
    };
    mentors.iter().map(row).collect_view().into_any()
}

/// A name that opens the person in the inspector.
fn person(state: BoardState, desk: &Desk, who: ApplicationId) -> AnyView {
    let Some(candidate) = desk.candidate(who) else {
        return "Somebody".into_any();
    };
    let role = match candidate.role {
        Role::Mentee => "plan__person plan__person--mentee",
        Role::Mentor => "plan__person plan__person--mentor",
    };
    view! {
        <button type="button" class=role on:click=move |_| inspector::open(state, who)>
            {candidate.name.clone()}
            " "
            <span class="plan__reference">{candidate.reference.clone()}</span>
        </button>
    }
    .into_any()
}
