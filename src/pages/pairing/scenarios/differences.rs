//! How two boards differ, a line for each mentee with a box; and bringing what is ticked over.

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_api::board::{RefusedCommand, SendCommand};
use tandem_domain::board::{AdoptedFrom, Board, Difference, Placement, Refusal};
use tandem_domain::id::{ApplicationId, ScenarioId};
use tandem_domain::order;

use super::selection::Selection;
use crate::api;
use crate::api::error::ApiError;
use crate::dom::announce;
use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::state::BoardState;
use crate::pages::pairing::words;
use crate::ui::button::{Button, Look};
use crate::ui::notice::{Kind, Notice};
use crate::widgets::score_bar::shown;

/// Everybody's name.
type Names = BTreeMap<ApplicationId, String>;

/// From where to where, and what that is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages::pairing) struct Sides {
    /// Where the differences come from.
    pub(in crate::pages::pairing) from: AdoptedFrom,
    /// Onto which board they go.
    pub(in crate::pages::pairing) onto: ScenarioId,
    /// What that board is called in a sentence.
    pub(in crate::pages::pairing) onto_name: String,
    /// What the button does.
    pub(in crate::pages::pairing) verb: &'static str,
}

/// How two boards differ.
#[component]
pub(in crate::pages::pairing) fn Differences(
    /// What differs.
    rows: Vec<Difference>,
    /// The names of those who may not be on this page's board.
    names: Names,
    /// From where to where.
    sides: Sides,
    /// Called when the boards have changed: they are to be looked at again.
    on_changed: Callback<()>,
) -> impl IntoView {
    let state = BoardState::expect();
    let rows = state
        .desk()
        .with_untracked(|desk| sorted(rows, |who| name(desk, &names, who)));
    let n_rows = rows.len();
    let selection = RwSignal::new(Selection::new(rows.clone()));
    let trouble = RwSignal::new(None::<String>);
    let lines = rows
        .iter()
        .map(|row| {
            let words = state
                .desk()
                .with_untracked(|desk| Words::of(desk, &names, row));
            view! { <Line row=row.clone() words selection /> }
        })
        .collect_view();
    let verb = sides.verb;
    let may_change = state.desk().with_untracked(Desk::may_change_present);
    let adopt = Action::new_local(move |(): &()| {
        let (sides, selection) = (sides.clone(), selection.get_untracked());
        async move { adopt(state, sides, selection, trouble, on_changed).await }
    });
    let is_none = Signal::derive(move || selection.with(|one| one.count() == 0));
    view! {
        {(n_rows == 0).then(|| view! { <p>"There is no difference."</p> })}
        {(may_change && n_rows > 1).then(|| view! { <AllOrNone selection /> })}
        <ul class="suggest__changes">{lines}</ul>
        <div role="alert">{move || trouble.get().map(|why| view! {
            <Notice kind=Kind::Warning><p>{why}</p></Notice>
        })}</div>
        {(may_change && n_rows > 0).then(|| view! {
            <div class="dialog__actions">
                <Button
                    look=Look::Primary
                    busy=adopt.pending()
                    disabled=is_none
                    on_press=move |()| { adopt.dispatch_local(()); }
                >
                    {move || selection.with(|one| button(verb, one))}
                </Button>
            </div>
        })}
    }
}

/// Ticks all boxes, or none.
#[component]
fn AllOrNone(
    /// What is ticked.
    selection: RwSignal<Selection>,
) -> impl IntoView {
    view! {
        <div class="row">
            <Button look=Look::Quiet on_press=move |()| selection.update(Selection::choose_all)>
                "Tick all"
            </Button>
            <Button look=Look::Quiet on_press=move |()| selection.update(Selection::choose_none)>
                "Tick none"
            </Button>
        </div>
    }
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words {
    name: String,
    from: String,
    to: String,
    points: Option<String>,
    locked: bool,
}

impl Words {
    fn of(desk: &Desk, names: &Names, row: &Difference) -> Self {
        let side = |place: &Option<Placement>, score: Option<u16>| match (place, score) {
            (Some(place), Some(score)) => {
                format!("{}, {}", name(desk, names, place.mentor), shown(score))
            }
            (Some(place), None) => name(desk, names, place.mentor),
            (None, _) => "no mentor".to_owned(),
        };
        Self {
            name: name(desk, names, row.mentee),
            from: side(&row.from, row.before),
            to: side(&row.to, row.after),
            points: points(row),
            locked: row.is_locked(),
        }
    }
}

/// By how many points people read that the score changes, where there is a pair on both boards.
fn points(row: &Difference) -> Option<String> {
    let (before, after) = (row.before?, row.after?);
    let (before, after) = (i32::from(shown(before)), i32::from(shown(after)));
    Some(match after - before {
        0 => "±0".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => format!("−{}", less.abs()),
    })
}

/// One mentee, with a box.
#[component]
fn Line(
    /// What differs.
    row: Difference,
    /// What stands in it.
    words: Words,
    /// What is ticked.
    selection: RwSignal<Selection>,
) -> impl IntoView {
    let mentee = row.mentee;
    let id = format!("adopt-{mentee}");
    let ticked = move |event| {
        let is_chosen = event_target_checked(&event);
        selection.update(|selection| selection.set(mentee, is_chosen));
    };
    view! {
        <li class="suggest__change">
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=move || selection.with(|one| one.has(mentee))
                disabled=words.locked
                on:change=ticked
            />
            <label for=id>
                <span class="suggest__name">{words.name}</span>
                <span class="suggest__from">{words.from}</span>
                <span aria-hidden="true">" → "</span>
                <span class="visually-hidden">" goes to "</span>
                <span class="suggest__to">{words.to}</span>
                {words.points.map(|points| view! {
                    " "<span class="scenarios__points">{points}</span>
                })}
                {words.locked.then_some(" Locked: unlock the pair to change it.")}
            </label>
        </li>
    }
}

async fn adopt(
    state: BoardState,
    sides: Sides,
    selection: Selection,
    trouble: RwSignal<Option<String>>,
    on_changed: Callback<()>,
) {
    let onto = match board(state, sides.onto).await {
        Ok(board) => board,
        Err(error) => {
            trouble.try_set(Some(error.sentence()));
            return;
        }
    };
    let (command, expect) = selection.command(&onto, sides.from.clone());
    let count = command.concerned().len();
    let send = SendCommand {
        id: state.new_id(),
        command,
        expect,
        undoes: None,
    };
    match api::board::change(sides.onto, &send).await {
        Ok(accepted) => {
            trouble.try_set(None);
            if sides.onto == state.scenario() {
                state.look_back(&[], 0);
                state.adopted(accepted.entry);
            } else {
                announce::polite(&adopted(count, &sides.onto_name));
            }
            on_changed.try_run(());
        }
        Err(error) => {
            let why = state
                .desk()
                .try_with_untracked(|desk| refused(desk, state, &error));
            trouble.try_set(why);
            state.catch_up();
        }
    }
}

/// The board that something is adopted onto: this page's, or as the server has it.
async fn board(state: BoardState, onto: ScenarioId) -> Result<Board, ApiError> {
    if onto == state.scenario() {
        return Ok(state.desk().with_untracked(|desk| desk.present().clone()));
    }
    let view = api::board::board(onto).await?;
    Ok(Board::new(view.candidates, view.facts, view.placements))
}

/// Why nothing was adopted: whom it is about, and what stands against it.
fn refused(desk: &Desk, state: BoardState, error: &ApiError) -> String {
    let ApiError::Refused(problem) = error else {
        return error.sentence();
    };
    let refused = problem
        .extra
        .clone()
        .and_then(|extra| serde_json::from_value::<RefusedCommand>(extra).ok());
    let Some(RefusedCommand { refusal, theirs }) = refused else {
        return error.sentence();
    };
    let why = words::refused(desk, &refusal);
    let theirs = theirs.map(|entry| {
        let (deed, time) = (words::deed::deed(desk, &entry), state.time(entry.at));
        format!(" {deed} at {time}.")
    });
    let again = match refusal {
        Refusal::Changed { .. } => " Compare again to see how the boards stand.",
        _ => " Untick that line to adopt the others.",
    };
    format!(
        "Nothing was done. {why}{}{again}",
        theirs.unwrap_or_default()
    )
}

fn name(desk: &Desk, names: &Names, who: ApplicationId) -> String {
    names
        .get(&who)
        .cloned()
        .unwrap_or_else(|| desk.name(who).to_owned())
}

fn sorted(mut rows: Vec<Difference>, name: impl Fn(ApplicationId) -> String) -> Vec<Difference> {
    order::sort_by_key(&mut rows, |row| name(row.mentee));
    rows
}

fn button(verb: &str, selection: &Selection) -> String {
    match selection.count() {
        1 => format!("{verb} 1 change"),
        count if selection.is_all() => format!("{verb} all {count} changes"),
        count => format!("{verb} {count} changes"),
    }
}

fn adopted(count: usize, onto: &str) -> String {
    let changes = match count {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    format!("Adopted {changes} onto {onto}. Undo there takes them back as one step.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(before: Option<u16>, after: Option<u16>) -> Difference {
        Difference {
            mentee: "00000000-0000-0000-0000-000000000001".parse().unwrap(),
            from: None,
            to: None,
            before,
            after,
        }
    }

    #[test]
    fn the_difference_is_that_of_the_numbers_people_read() {
        assert_eq!(points(&row(Some(709), Some(840))).as_deref(), Some("+14"));
        assert_eq!(points(&row(Some(840), Some(709))).as_deref(), Some("−14"));
        assert_eq!(points(&row(Some(700), Some(709))).as_deref(), Some("±0"));
        assert_eq!(points(&row(None, Some(709))), None);
    }
}
