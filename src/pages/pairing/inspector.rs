//! The right pane: the person or pair in focus, with the reasons of the score and the best
//! alternatives; nobody in focus, how the board stands as a whole.

use leptos::prelude::*;
use tandem_domain::board::{Command, MOST_PLACES};
use tandem_domain::candidate::{Candidate, SettingWish, Side};
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use super::alternatives::Alternatives;
use super::comments::PersonComments;
use super::desk::{Desk, Power};
use super::mentor_row::offered;
use super::overview::Overview;
use super::state::{BoardState, Trigger};
use super::suggest::why::Why;
use super::words;
use crate::dom::focus;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::Button;
use crate::ui::icon::{Icon, Shape};
use crate::ui::notice::{Kind, Notice};
use crate::ui::tag::{Tag, Tone};
use crate::widgets::match_reasons::{MatchReasons, rule_words, warning_words};
use crate::widgets::person_chip::{PersonChip, place_line, role_word, slug_words};
use crate::widgets::score_bar::ScoreBar;

const HEADING: &str = "inspector-heading";

/// Shows somebody and takes the keyboard there.
pub(super) fn open(state: BoardState, who: ApplicationId) {
    open_at(state, who, HEADING);
}

/// Shows somebody and takes the keyboard to one of the headings there.
pub(super) fn open_at(state: BoardState, who: ApplicationId, heading: &'static str) {
    state.look_at(Some(who));
    request_animation_frame(move || {
        focus::by_id(heading);
    });
}

/// Closes it and gives the keyboard back to the card.
pub(super) fn close(state: BoardState) {
    let who = state.looked_at().get_untracked();
    state.look_at(None);
    if let Some(who) = who {
        state.go(who);
    }
}

/// The person or pair in focus.
#[component]
pub(super) fn Inspector() -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let who = Memo::new(move |_| {
        let who = state.looked_at().get()?;
        desk.with(|desk| desk.candidate(who).map(|candidate| (who, candidate.role)))
    });
    let content = move || match who.get() {
        Some((who, role)) => view! { <Person who role /> }.into_any(),
        None => view! { <Overview /> }.into_any(),
    };
    view! {
        <section
            class="pane pane--inspector"
            data-pane="inspector"
            data-open=move || who.get().is_some().then_some("true")
            aria-label="In focus"
        >
            <div class="pane__list inspector" tabindex="0">{content}</div>
        </section>
    }
}

/// One person, and the pairs the person is in.
#[component]
fn Person(
    /// Who.
    who: ApplicationId,
    /// Which side.
    role: Role,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let candidate = Memo::new(move |_| desk.with(|desk| desk.candidate(who).cloned()));
    let head = move || {
        candidate
            .get()
            .map(|candidate| view! { <PersonHead candidate /> })
    };
    let pairs = Memo::new(move |_| {
        desk.with(|desk| match role {
            Role::Mentee => desk
                .mentor_of(who)
                .map(|mentor| (who, mentor))
                .into_iter()
                .collect(),
            Role::Mentor => desk
                .occupants(who)
                .map(|mentee| (mentee, who))
                .collect::<Vec<_>>(),
        })
    });
    view! {
        <div class="inspector__close">
            <button type="button" class="inspector__button" on:click=move |_| close(state)>
                <Icon shape=Shape::Cross />
                "Close"
            </button>
        </div>
        {head}
        <Show when=move || role == Role::Mentor && desk.with(|desk| desk.power() == Power::Overrides && desk.may_set_terms())>
            <Places mentor=who />
        </Show>
        <For each=move || pairs.get() key=|pair| *pair let:pair>
            <PairReasons mentee=pair.0 mentor=pair.1 asked=role />
        </For>
        <PersonComments who role />
        <Alternatives who role />
        <Why who role />
    }
}

/// How many mentees a mentor takes: the chair agrees it with the mentor.
#[component]
fn Places(
    /// The mentor.
    mentor: ApplicationId,
) -> impl IntoView {
    let state = BoardState::expect();
    let places = Memo::new(move |_| {
        let places = state.desk().with(|desk| desk.capacity(mentor));
        u8::try_from(places).unwrap_or(MOST_PLACES)
    });
    let set = move |wanted: Option<u8>| {
        let was = places.get_untracked();
        if let Some(places) = wanted.filter(|places| *places <= MOST_PLACES) {
            let command = Command::SetPlaces {
                mentor,
                was,
                places,
            };
            state.make(command, Trigger::Menu);
        }
    };
    view! {
        <div class="inspector__places" role="group" aria-label="Places">
            <Button on_press=move |()| set(places.get_untracked().checked_sub(1))>"One place less"</Button>
            <p class="inspector__count">
                {move || format!("{} {}", places.get(), if places.get() == 1 { "place" } else { "places" })}
            </p>
            <Button on_press=move |()| set(places.get_untracked().checked_add(1))>"One place more"</Button>
        </div>
    }
}

/// The name and what is known.
#[component]
fn PersonHead(
    /// Who.
    candidate: Candidate,
) -> impl IntoView {
    let cohort = Session::expect().cohort();
    let who = candidate.id;
    let tone = match candidate.role {
        Role::Mentee => Tone::Mentee,
        Role::Mentor => Tone::Mentor,
    };
    let facts = facts(&candidate)
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div class="inspector__fact">
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <header class="inspector__head" data-role=candidate.role.slug()>
            <p class="inspector__kicker">
                <Tag tone>{role_word(candidate.role)}</Tag>
                " "
                {candidate.reference.clone()}
            </p>
            <h2 class="inspector__name" id=HEADING tabindex="-1">{candidate.name.clone()}</h2>
            <p class="inspector__line">{place_line(&candidate)}</p>
        </header>
        <dl class="inspector__facts">{facts}</dl>
        {move || {
            let slug = cohort.with(|cohort| cohort.as_ref().map(|cohort| cohort.slug.clone()));
            let href = slug.map(|slug| Screen::CommitteeApplication(slug, who).to_string());
            href.map(|href| view! { <p class="inspector__line"><a href=href>"Read the application"</a></p> })
        }}
    }
}

fn facts(candidate: &Candidate) -> Vec<(&'static str, String)> {
    let institutions: Vec<&str> = candidate
        .institutions
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let modes: Vec<String> = candidate.modes.iter().map(slug_words).collect();
    let (areas, wish) = match &candidate.side {
        Side::Mentee {
            areas,
            wants_setting,
        } => {
            let ranked = areas.iter().enumerate();
            let ranked = ranked.map(|(idx, area)| format!("{} {}", idx + 1, slug_words(area)));
            (ranked.collect::<Vec<_>>().join("; "), wants_setting)
        }
        Side::Mentor {
            areas,
            wants_setting,
            ..
        } => (offered(areas).join("; "), wants_setting),
    };
    let hours = match candidate.hours {
        Some(_) => "Stated",
        None => "Not stated",
    };
    let zone = crate::widgets::deadline::city(&candidate.zone);
    [
        ("Works at", institutions.join("; ")),
        (
            "Studies at",
            candidate.studies_at.clone().unwrap_or_default(),
        ),
        ("Areas", areas),
        ("Would like", wish_words(wish)),
        ("Ways to talk", modes.join(", ")),
        ("Free hours", format!("{hours}, {zone} time")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

fn wish_words(wish: &SettingWish) -> String {
    match wish {
        SettingWish::Unknown => String::new(),
        SettingWish::NoPreference => "Any kind of institution".to_owned(),
        SettingWish::Same => "Somebody from the same kind of institution".to_owned(),
        SettingWish::Different(kinds) if kinds.is_empty() => {
            "Somebody from another kind of institution".to_owned()
        }
        SettingWish::Different(kinds) => {
            format!(
                "Somebody from: {}",
                kinds.iter().map(slug_words).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// A pair: why it scores what it scores, what speaks against it, what can be done with it.
#[component]
fn PairReasons(
    /// The mentee.
    mentee: ApplicationId,
    /// The mentor.
    mentor: ApplicationId,
    /// Whose side is in focus: the other one is named.
    asked: Role,
) -> impl IntoView {
    let state = BoardState::expect();
    let desk = state.desk();
    let other = match asked {
        Role::Mentee => mentor,
        Role::Mentor => mentee,
    };
    let name = desk.with_untracked(|desk| desk.name(other).to_owned());
    let placement = Memo::new(move |_| desk.with(|desk| desk.placement(mentee).cloned()));
    let is_locked =
        Memo::new(move |_| placement.with(|one| one.as_ref().is_some_and(|one| one.locked)));
    let rules = Memo::new(move |_| desk.with(|desk| desk.board().rules(mentee, mentor)));
    let warnings = Memo::new(move |_| desk.with(|desk| desk.board().warnings(mentee, mentor)));
    let reason =
        move || placement.with(|one| one.as_ref().and_then(|one| one.override_reason.clone()));
    let score = Memo::new(move |_| {
        desk.with(|desk| {
            let (one, other) = (desk.candidate(mentee)?, desk.candidate(mentor)?);
            Some(desk.table().parts(one, other))
        })
    });
    view! {
        <section class="inspector__pair">
            <h3 class="inspector__with">"With " <PersonChip name role=asked.other() /></h3>
            {move || rules.get().into_iter().map(|rule| view! {
                <Notice kind=Kind::Error><p>{rule_words(rule)}". Lift the cause or unpair them."</p></Notice>
            }).collect_view()}
            {move || warnings.get().into_iter().map(|warning| view! {
                <Notice kind=Kind::Warning>
                    <p>{warning_words(warning)}"."</p>
                    {reason().map(|reason| view! { <p>"The chair let it stand: “" {reason} "”"</p> })}
                </Notice>
            }).collect_view()}
            {move || score.get().map(|score| view! { <MatchReasons score /> })}
            <Show when=move || desk.with(Desk::may_change)>
                <PairActions mentee is_locked />
            </Show>
        </section>
    }
}

/// Lock and unpair.
#[component]
fn PairActions(
    /// The mentee of the pair.
    mentee: ApplicationId,
    /// Whether it is locked.
    is_locked: Memo<bool>,
) -> impl IntoView {
    let state = BoardState::expect();
    let lock = move |()| {
        let command = if is_locked.get_untracked() {
            Command::Unlock { mentee }
        } else {
            Command::Lock { mentee }
        };
        state.make(command, Trigger::Menu);
    };
    let unpair = move |()| state.make(Command::Unpair { mentee }, Trigger::Menu);
    view! {
        <div class="inspector__actions">
            <Button on_press=lock>
                <Icon shape=Shape::Lock />
                {move || if is_locked.get() { "Unlock this pair" } else { "Lock this pair" }}
            </Button>
            <Button on_press=unpair disabled=is_locked>"Unpair"</Button>
        </div>
    }
}

/// A line with a score that is used by the lists of the inspector.
#[component]
pub(super) fn ScoredName(
    /// Who.
    who: ApplicationId,
    /// 0 to 1000.
    score: u16,
) -> impl IntoView {
    let state = BoardState::expect();
    let name = state
        .desk()
        .with_untracked(|desk| desk.name(who).to_owned());
    let label = state
        .desk()
        .with_untracked(|desk| words::card_name(desk, who));
    view! {
        <button
            type="button"
            class="inspector__person"
            title=label
            on:click=move |_| open(state, who)
        >
            {name}
        </button>
        <ScoreBar score />
    }
}
