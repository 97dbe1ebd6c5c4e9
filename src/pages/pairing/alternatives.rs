//! The best other partners of somebody, in order, each with what stands in the way.

use leptos::prelude::*;
use tandem_domain::board::Command;
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use super::desk::Desk;
use super::inspector::ScoredName;
use super::rank::Verdict;
use super::rank::alternative::{Alternative, Hurdle, alternatives};
use super::state::{BoardState, Trigger};
use super::words;

/// The id of the heading.
pub(super) const HEADING: &str = "alternatives-heading";

const N_MOST: usize = 6;

/// The best other partners of somebody.
#[component]
pub(super) fn Alternatives(
    /// Who.
    who: ApplicationId,
    /// Which side.
    role: Role,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let list = Memo::new(move |_| desk.with(|desk| alternatives(desk, who, N_MOST)));
    let title = Memo::new(move |_| {
        let has_partner = desk.with(|desk| match role {
            Role::Mentee => desk.mentor_of(who).is_some(),
            Role::Mentor => desk.n_occupants(who) > 0,
        });
        match (has_partner, role) {
            (true, _) => "Best alternatives",
            (false, Role::Mentee) => "Best mentors",
            (false, Role::Mentor) => "Best mentees",
        }
    });
    view! {
        <section class="alternatives">
            <h3 class="alternatives__title" id=HEADING tabindex="-1">{move || title.get()}</h3>
            <ol class="alternatives__list">
                {move || {
                    let list = list.get();
                    list.into_iter()
                        .map(|one| view! { <Line who role one /> })
                        .collect_view()
                }}
            </ol>
            <Show when=move || list.with(Vec::is_empty)>
                <p class="alternatives__none">"Nobody else is on the board."</p>
            </Show>
        </section>
    }
}

/// One of them.
#[component]
fn Line(
    /// Whose alternative it is.
    who: ApplicationId,
    /// Which side that is.
    role: Role,
    /// The alternative.
    one: Alternative,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let (mentee, mentor) = match role {
        Role::Mentee => (who, one.partner),
        Role::Mentor => (one.partner, who),
    };
    let hurdle = desk.with_untracked(|desk| words::hurdle_words(desk, &one.hurdle));
    let is_forbidden = matches!(one.hurdle, Hurdle::Rules(_));
    let verdict = one.verdict;
    let may_place =
        desk.with_untracked(Desk::may_change) && matches!(verdict, Verdict::Does { .. });
    let action = match &verdict {
        Verdict::Does { .. } => {
            desk.with_untracked(|desk| words::verdict_words(desk, mentee, &verdict))
        }
        _ => String::new(),
    };
    let name = desk.with_untracked(|desk| desk.name(one.partner).to_owned());
    let apart = desk.with_untracked(|desk| apart(desk, mentee, mentor));
    view! {
        <li class="alternatives__line" data-forbidden=is_forbidden.then_some("true")>
            <ScoredName who=one.partner score=one.score />
            <p class="alternatives__hurdle">
                {is_forbidden.then_some("Not possible: ")} {hurdle}
            </p>
            {may_place.then(|| view! {
                <button
                    type="button"
                    class="alternatives__place"
                    aria-label=format!("{action}: {name}")
                    on:click=move |_| state.place(mentee, mentor, None, Trigger::Menu)
                >
                    {action.clone()}
                </button>
            })}
            {apart.map(|command| view! { <KeepApart command name=name.clone() /> })}
        </li>
    }
}

/// The command that keeps two people apart, or lets them be paired again; none where neither fits.
fn apart(desk: &Desk, mentee: ApplicationId, mentor: ApplicationId) -> Option<Command> {
    let is_kept = desk.board().facts.forbidden.contains(&(mentee, mentor));
    let command = if is_kept {
        Command::Allow { mentee, mentor }
    } else {
        Command::Forbid {
            mentee,
            mentor,
            reason: String::new(),
        }
    };
    desk.may_set_terms().then_some(command)
}

/// Keeps two people apart, or no longer.
#[component]
fn KeepApart(
    /// What it does.
    command: Command,
    /// The partner's name.
    name: String,
) -> impl IntoView {
    let state = BoardState::expect();
    let words = match command {
        Command::Allow { .. } => "Allow again",
        _ => "Keep apart",
    };
    view! {
        <button
            type="button"
            class="alternatives__apart"
            aria-label=format!("{words}: {name}")
            on:click=move |_| state.make(command.clone(), Trigger::Menu)
        >
            {words}
        </button>
    }
}
