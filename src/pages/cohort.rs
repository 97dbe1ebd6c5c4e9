//! A cohort's public page: its call, its dates as a picture and as a table. What changes while it is
//! open shows by itself.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use tandem_api::cohort::CohortView;
use tandem_api::path;
use tandem_api::timeline::{MovedDate, OwnDate, TimelineView};
use tandem_domain::cohort::Stage;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::Item;
use tandem_domain::timeline::today::Now;

use crate::api::error::ApiError;
use crate::api::{cohorts, timeline};
use crate::dom::{address, announce};
use crate::load::{Load, LoadFailed};
use crate::session::Session;
use crate::session::follow::follow;
use crate::ui::disclosure::Disclosure;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::widgets::call_status::CallStatus;
use crate::widgets::deadline::zone_words;
use crate::widgets::timeline_picture::TimelinePicture;
use crate::widgets::timeline_picture::items::calendar_cards;
use crate::widgets::timeline_picture::state::Picture;
use crate::widgets::timeline_standing::StandingWords;
use crate::widgets::timeline_track::{
    TimelineTable, TimelineTrack, WhenWords, certainty_words, for_reader, now_in, own_words,
};

type Both = (CohortView, TimelineView);

/// What the page knows.
#[derive(Clone, Copy)]
struct CohortState {
    both: RwSignal<Load<Both>>,
    picture: Picture,
}

impl CohortState {
    /// Takes in what the server has. What is here stays when something does not come, and what was
    /// not changed is not drawn anew.
    fn loaded(self, answer: Result<Both, ApiError>) {
        let known = self.both.try_with_untracked(|both| {
            both.ready()
                .map(|(cohort, timeline)| (cohort.rev, timeline.rev))
        });
        let is_new = match (&answer, known) {
            (_, None) | (Err(_), Some(Some(_))) => return,
            (Ok((cohort, timeline)), Some(Some(known))) => known != (cohort.rev, timeline.rev),
            (_, Some(None)) => false,
        };
        self.both.set(Load::from(answer));
        if is_new {
            announce::polite("The dates have changed.");
        }
    }

    fn read<T>(self, read: impl FnOnce(&Both) -> T) -> Option<T> {
        self.both.with(|both| both.ready().map(read))
    }
}

/// A cohort's public page.
#[component]
pub fn CohortPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()));
    let session = Session::expect();
    let state = CohortState {
        both: RwSignal::new(Load::Waiting),
        picture: Picture::new(calendar_cards(&[], &[], Now::default())),
    };
    let fetch = move |slug: String| {
        spawn_local(async move { state.loaded(load(&slug).await) });
    };
    Effect::new(move || {
        state.both.set(Load::Waiting);
        fetch(slug.get());
    });
    let again = Callback::new(move |()| fetch(slug.get_untracked()));
    let cohort = Memo::new(move |_| state.read(|(cohort, _)| cohort.id));
    follow(cohort.into(), again);
    let clock = session.program_time();
    let now = move || state.read(|(_, timeline)| now_in(&timeline.zone, clock.get()));
    let today = Memo::new(move |_| now().map(|now| now.today));
    Effect::new(move || {
        // Read, not only tracked: a memo that nobody reads hears nothing.
        today.get();
        let now = untrack(now);
        let cards = state
            .read(|(_, timeline)| Some(calendar_cards(&timeline.items, &timeline.moved, now?)));
        if let Some(cards) = cards.flatten() {
            state.picture.show(cards);
        }
    });
    let loading = Memo::new(move |_| state.both.with(|both| both.clone().map(drop)));
    move || match loading.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the cohort" outline=Outline::Page n_parts=8 /> }
                .into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
        Load::Ready(()) => view! { <Cohort state /> }.into_any(),
    }
}

async fn load(slug: &str) -> Result<Both, ApiError> {
    let cohort = cohorts::cohort(slug).await?;
    let timeline = timeline::timeline(cohort.id).await?;
    Ok((cohort, timeline))
}

/// The date of the reader's own in place of an item's.
fn own_date(timeline: &TimelineView, item: ItemId) -> Option<&OwnDate> {
    timeline.own.iter().find(|own| own.item == item)
}

/// The items as they hold for the reader.
fn own_items(timeline: &TimelineView) -> Vec<Item> {
    let items = timeline.items.iter();
    items
        .map(|item| for_reader(item, own_date(timeline, item.id)))
        .collect()
}

/// The moved dates that hold for the reader; who has a date of one's own keeps it.
fn own_moves(timeline: &TimelineView) -> Vec<MovedDate> {
    let moved = timeline.moved.iter();
    moved
        .filter(|moved| own_date(timeline, moved.moved.item).is_none())
        .cloned()
        .collect()
}

/// The page of a cohort that is here.
#[component]
fn Cohort(
    /// What the page knows.
    state: CohortState,
) -> impl IntoView {
    let now = Session::expect().program_time();
    let head = move || {
        state.read(|(cohort, _)| {
            let (kicker, title) = (cohort.program_name.clone(), cohort.title.clone());
            view! {
                <PageHeading kicker>{title}</PageHeading>
                <CallStatus cohort=cohort.clone() now />
            }
            .into_any()
        })
    };
    let standing = move || {
        let words = state.read(|(cohort, timeline)| {
            // Of a cohort that will not take place nothing is on and nothing is next.
            (cohort.stage != Stage::Cancelled).then(|| {
                let (items, moved) = (own_items(timeline), own_moves(timeline));
                let zone = timeline.zone.clone();
                view! { <StandingWords items moved zone now /> }.into_any()
            })
        });
        words.flatten()
    };
    let is_empty = Memo::new(move |_| {
        state
            .read(|(_, timeline)| timeline.items.is_empty())
            .unwrap_or(true)
    });
    view! {
        <article class="cohort">
            {head}
            <section class="cohort__dates" aria-labelledby="dates">
                <h2 id="dates">"The dates"</h2>
                <Show
                    when=move || !is_empty.get()
                    fallback=|| {
                        view! {
                            <Empty title="No dates yet">
                                <p>
                                    "The committee has not published any dates for this cohort."
                                </p>
                            </Empty>
                        }
                    }
                >
                    {standing}
                    <div class="cohort__picture">
                        <TimelinePicture picture=state.picture />
                    </div>
                    <Details state />
                    {move || table(state, now)}
                    <Subscribe state />
                </Show>
            </section>
        </article>
    }
}

fn table(state: CohortState, now: Signal<chrono::DateTime<chrono::Utc>>) -> Option<AnyView> {
    state.read(|(_, timeline)| {
        let official = timeline.zone.clone();
        let now = Signal::derive(move || now_in(&official, now.get()));
        let zone = zone_words(&timeline.zone);
        let items = timeline.items.clone();
        view! {
            <div class="cohort__printed">
                <TimelineTrack items=items.clone() now=now.get_untracked() />
            </div>
            <TimelineTable items own=timeline.own.clone() now />
            <p class="cohort__zone">{format!("Days are counted in {zone}.")}</p>
        }
        .into_any()
    })
}

/// What there is to know of the date that was chosen in the picture.
#[component]
fn Details(
    /// What the page knows.
    state: CohortState,
) -> impl IntoView {
    let now = Session::expect().program_time();
    let details = move || {
        let id = state.picture.chosen().get()?;
        state.read(|both| details(both, id, now)).flatten()
    };
    view! { <div role="status">{details}</div> }
}

fn details(
    (cohort, timeline): &Both,
    id: ItemId,
    now: Signal<chrono::DateTime<chrono::Utc>>,
) -> Option<AnyView> {
    let own = own_date(timeline, id);
    let everybodys = timeline.items.iter().find(|item| item.id == id)?;
    let item = &for_reader(everybodys, own);
    let why = own.map(|own| view! { <p>{own_words(own)}</p> });
    let (title, body) = (item.title.text().to_owned(), item.body.text().to_owned());
    let sure = certainty_words(item).filter(|_| own.is_none());
    let sure = sure.map(|words| view! { <p>{words}</p> });
    let file = path::item_file(&cohort.slug, id);
    Some(
        view! {
            <section class="cohort__details" aria-label=title>
                <h3>{title.clone()}</h3>
                <p><WhenWords when=item.when.clone() now /></p>
                {sure}
                {why}
                <p>{body}</p>
                <p>
                    <a href=file rel="external" download="">
                        "Add this date to a calendar"
                    </a>
                </p>
            </section>
        }
        .into_any(),
    )
}

/// The dates in the reader's own calendar.
#[component]
fn Subscribe(
    /// What the page knows.
    state: CohortState,
) -> impl IntoView {
    let links = state.read(|(cohort, _)| {
        let feed = path::cohort_feed(&cohort.slug);
        let host = address::host();
        let webcal = format!("webcal://{host}{feed}");
        let google = format!("https://calendar.google.com/calendar/render?cid={webcal}");
        let outlook =
            format!("https://outlook.live.com/calendar/0/addfromweb?url=https://{host}{feed}");
        view! {
            <ul class="cohort__feeds">
                <li>
                    <a href=webcal rel="external">
                        "Calendar on this device"
                    </a>
                </li>
                <li>
                    <a href=google rel="external noreferrer">
                        "Google Calendar"
                    </a>
                    " (it may take up to a day to notice a change)"
                </li>
                <li>
                    <a href=outlook rel="external noreferrer">
                        "Outlook"
                    </a>
                </li>
                <li>
                    <a href=feed rel="external">
                        "As a file"
                    </a>
                </li>
            </ul>
        }
    });
    view! { <Disclosure summary="These dates in your calendar">{links}</Disclosure> }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tandem_domain::date::ZoneName;
    use tandem_domain::form::locale::L10n;
    use tandem_domain::timeline::log::Moved;
    use tandem_domain::timeline::{Edge, Mark, When};

    use super::*;

    #[test]
    fn a_date_of_ones_own_stands_in_place_of_everybodys() {
        let on = |day: &str| When::Milestone {
            on: day.parse().unwrap(),
        };
        let ids: [ItemId; 2] = [1, 2].map(|number| {
            let id = format!("01890000-0000-7000-8000-00000000000{number}");
            id.parse().unwrap()
        });
        let item = |id| Item::planned(id, Mark::Other, on("2018-05-14"), L10n::english("A day"));
        let moved = |item| MovedDate {
            moved: Moved {
                item,
                edge: Edge::End,
                from: "2018-05-07".parse().unwrap(),
                to: "2018-05-14".parse().unwrap(),
            },
            at: DateTime::UNIX_EPOCH,
            why: String::new(),
        };
        let own = OwnDate {
            item: ids[0],
            when: on("2018-05-21"),
            reason: String::new(),
        };
        let timeline = TimelineView {
            items: ids.map(item).to_vec(),
            zone: ZoneName::aoe(),
            may_change: false,
            rev: 1,
            server_now: DateTime::UNIX_EPOCH,
            moved: ids.map(moved).to_vec(),
            own: vec![own],
            planning: None,
        };
        let whens: Vec<When> = own_items(&timeline)
            .into_iter()
            .map(|one| one.when)
            .collect();
        assert_eq!(whens, [on("2018-05-21"), on("2018-05-14")]);
        assert_eq!(own_moves(&timeline), [moved(ids[1])]);
    }
}
