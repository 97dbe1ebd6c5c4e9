//! What the solver says of the person in focus: why this pair, what else, why nobody.

use leptos::prelude::*;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::{
    Answer, How, Keeping, LossAnswer, Other, PairAnswer, PersonAnswer, Question,
};
use tandem_domain::role::Role;

use super::consult::{Consult, Talk};
use super::plans::Working;
use super::reasons::{ReasonList, ShortageOf};
use super::{state, words};
use crate::pages::pairing::desk::Desk;
use crate::pages::pairing::inspector::ScoredName;
use crate::ui::button::Button;
use crate::widgets::score_bar::ScoreBar;

/// The questions about a person, and their answers.
#[component]
pub(in crate::pages::pairing) fn Why(
    /// Who.
    who: ApplicationId,
    /// Which side.
    role: Role,
) -> impl IntoView {
    let consult = Consult::new(state().scenario());
    let state = state();
    let ask = move |question: Question| {
        let problem = state.desk().with_untracked(Desk::problem);
        let how = How {
            keeping: Keeping::Locked,
            ..How::default()
        };
        consult.ask(problem, how, question);
    };
    let content = move || match consult.talk().get() {
        Talk::Answered(answer) => match *answer {
            Answer::Person(person) => view! { <Person person=*person role /> }.into_any(),
            Answer::WithoutMentor(loss) => view! { <Loss loss /> }.into_any(),
            Answer::Pair(pair) => pair_answer(&pair),
            _ => ().into_any(),
        },
        _ => ().into_any(),
    };
    let is_asked = move || consult.talk().with(|talk| *talk != Talk::Silent);
    view! {
        <section class="suggest-why">
            <h3 class="alternatives__title">"What the solver says"</h3>
            <div class="inspector__actions">
                <Button on_press=move |()| ask(Question::Person { who })>
                    {match role {
                        Role::Mentee => "Why, and what else?",
                        Role::Mentor => "Who else, and at what cost?",
                    }}
                </Button>
                {(role == Role::Mentor).then(|| view! {
                    <Button on_press=move |()| ask(Question::WithoutMentor { mentor: who })>
                        "What if we lose this mentor?"
                    </Button>
                })}
            </div>
            {why_not(who, role, Callback::new(ask))}
            <Show when=is_asked><Working consult /></Show>
            {content}
        </section>
    }
}

/// How many names are offered to choose from; more are for the search of the board.
const MOST_NAMES: usize = 400;

/// Asks about the pair with one partner.
fn why_not(who: ApplicationId, role: Role, ask: Callback<Question>) -> AnyView {
    let names: Vec<(ApplicationId, String)> = state().desk().with_untracked(|desk| {
        let partners = desk.side(role.other()).iter().copied().take(MOST_NAMES);
        partners
            .map(|one| (one, desk.name(one).to_owned()))
            .collect()
    });
    let lines = names
        .iter()
        .map(|(one, name)| view! { <option value=one.to_string()>{name.clone()}</option> })
        .collect_view();
    let changed = move |event| {
        let Ok(partner) = event_target_value(&event).parse::<ApplicationId>() else {
            return;
        };
        let (mentee, mentor) = match role {
            Role::Mentee => (who, partner),
            Role::Mentor => (partner, who),
        };
        ask.run(Question::Pair { mentee, mentor });
    };
    view! {
        <label class="suggest-why__not">
            <span>"Why not …"</span>
            <span class="select">
                <select class="select__input" on:change=changed>
                    <option value="">"Choose somebody"</option>
                    {lines}
                </select>
            </span>
        </label>
    }
    .into_any()
}

/// The answer about a pair.
fn pair_answer(pair: &PairAnswer) -> AnyView {
    let (names, stands) = state().desk().with_untracked(|desk| {
        (
            format!("{} with {}", desk.name(pair.mentee), desk.name(pair.mentor)),
            words::stands(desk, &pair.stands),
        )
    });
    view! {
        <p><strong>{names}</strong> " " <ScoreBar score=pair.score /></p>
        <p>{stands}</p>
    }
    .into_any()
}

/// The answer about a person.
#[component]
fn Person(
    /// The answer.
    person: PersonAnswer,
    /// Which side the person is on.
    role: Role,
) -> impl IntoView {
    let has_pairs = !person.pairs.is_empty();
    let title = match (has_pairs, role) {
        (true, _) => "In the best plan",
        (false, Role::Mentee) => "Why nobody is free",
        (false, Role::Mentor) => "Nobody in the best plan",
    };
    let pairs = person
        .pairs
        .iter()
        .map(|pair| {
            let partner = match role {
                Role::Mentee => pair.mentor,
                Role::Mentor => pair.mentee,
            };
            view! { <p><ScoredName who=partner score=pair.score /></p> }
        })
        .collect_view();
    view! {
        <h4 class="suggest__subtitle">{title}</h4>
        {pairs}
        {person.area.as_ref().map(|area| view! { <p class="suggest__area">{words::area(area)}</p> })}
        <ReasonList reasons=person.reasons role />
        {person.shortage.map(|shortage| view! { <ShortageOf shortage /> })}
        <Others title="Suit best, whatever it means for others" others=person.best />
        <Others title="Cost the cohort least" others=person.kindest />
    }
}

/// Other partners, each with how the pair stands.
#[component]
fn Others(
    /// In which order.
    title: &'static str,
    /// Who.
    others: Vec<Other>,
) -> impl IntoView {
    if others.is_empty() {
        return ().into_any();
    }
    let lines = others
        .into_iter()
        .map(|other| {
            let stands = state()
                .desk()
                .with_untracked(|desk| words::stands(desk, &other.stands));
            view! {
                <li class="alternatives__line">
                    <ScoredName who=other.partner score=other.score />
                    <p class="alternatives__hurdle">{stands}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <h4 class="suggest__subtitle">{title}</h4>
        <ol class="alternatives__list">{lines}</ol>
    }
    .into_any()
}

/// What the loss of a mentor would mean.
#[component]
fn Loss(
    /// The answer.
    loss: LossAnswer,
) -> impl IntoView {
    let chain = state()
        .desk()
        .with_untracked(|desk| words::chain(desk, &loss.moves));
    view! {
        <p>"Without this mentor: " {words::change(&loss.effect)} ". " {chain}</p>
    }
}
