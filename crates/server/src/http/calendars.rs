//! Calendar files, outside of the API: a cohort's public dates, one date, and somebody's own dates
//! behind a secret address. Calendar programs have no session.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use chrono::Duration;
use sha2::{Digest, Sha256};
use tandem_api::path;
use tandem_domain::application::ApplicationState;
use tandem_domain::cohort::Stage;
use tandem_domain::id::{CohortId, ItemId, PersonId};
use tandem_domain::permission::Action;
use tandem_domain::timeline::log::Delta;
use tandem_domain::timeline::news::is_told;
use tandem_domain::timeline::person::replaced;
use tandem_domain::timeline::reader::Reader;
use tandem_domain::timeline::{Item, Status};

use super::body::Path;
use super::scene::Scene;
use super::timeline::{view, words};
use crate::app::App;
use crate::auth::{Caller, token};
use crate::error::AppError;
use crate::hex;
use crate::http::check::is_slug;
use crate::ics::{Calendar, Event, Source, Standing, TOMBSTONE_DAYS};
use crate::store::cohorts::{self, Cohort};
use crate::store::{Tx, applications, calendar_tokens, people, programs, timeline};

/// The routes of this file; none of them is part of the API's description.
pub fn routes() -> [(&'static str, MethodRouter<App>); 3] {
    [
        (path::COHORT_FEED, get(cohort_feed)),
        (path::ITEM_FILE, get(item_file)),
        (path::OWN_FEED, get(own_feed)),
    ]
}

async fn cohort_feed(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let slug = name_of(&file)?.to_owned();
    let parts = app.clone();
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let cohort = by_slug(&tx, &slug).await?;
        let scene = Scene::of_cohort(&tx, &Caller::nobody(), now, cohort.id).await?;
        scene.allow(Action::SeeCohort)?;
        let feed = Feed::of(&tx, &parts, &scene, None, Reader::visitor()).await?;
        Ok::<_, AppError>(Calendar {
            name: feed.name.clone(),
            events: feed.events(),
        })
    });
    let calendar = read.await?;
    Ok(answer(
        &headers,
        &calendar,
        "public, max-age=0, must-revalidate",
    ))
}

/// Somebody's own dates. The address is a secret; whoever has it is its owner.
async fn own_feed(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let hash = token::hash(name_of(&file)?);
    let parts = app.clone();
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let owner = calendar_tokens::owner(&tx, &hash).await?;
        let owner = owner.ok_or(AppError::NotFound)?;
        let cohorts = cohorts_of(&tx, owner).await?;
        // Whoever takes part in nothing any more has no dates, and no address.
        if cohorts.is_empty() {
            return Err(AppError::NotFound);
        }
        let mut events = Vec::new();
        for (cohort, in_committee) in cohorts {
            let mut scene = Scene::of_cohort(&tx, &Caller::nobody(), now, cohort).await?;
            scene.actor.person = Some(owner);
            if scene.allow(Action::SeeCohort).is_err() && !in_committee {
                continue;
            }
            let reader = Reader {
                in_committee,
                ..view::reader(&tx, &scene).await?
            };
            let feed = Feed::of(&tx, &parts, &scene, Some(owner), reader).await?;
            events.extend(feed.events());
        }
        Ok(Calendar {
            name: "Mentoring: your dates".to_owned(),
            events,
        })
    });
    let calendar = read.await?;
    Ok(answer(
        &headers,
        &calendar,
        "private, max-age=0, must-revalidate",
    ))
}

/// One date, as the caller may see it, to be opened by a calendar program.
async fn item_file(
    State(app): State<App>,
    caller: Caller,
    Path((slug, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let item: ItemId = name_of(&file)?.parse().map_err(|_| AppError::NotFound)?;
    let parts = app.clone();
    let now = app.clock.now();
    let read = app.store.read(|tx| async move {
        let cohort = by_slug(&tx, &slug).await?;
        let scene = Scene::of_cohort(&tx, &caller, now, cohort.id).await?;
        scene.allow(Action::SeeCohort)?;
        let reader = view::reader(&tx, &scene).await?;
        let feed = Feed::of(&tx, &parts, &scene, scene.actor.person, reader).await?;
        let events = feed.events_of(item);
        if events.is_empty() {
            return Err(AppError::NotFound);
        }
        let name = feed.name;
        Ok(Calendar { name, events })
    });
    let calendar = read.await?;
    let mut response = answer(&headers, &calendar, "private, no-cache");
    let name = format!("attachment; filename=\"{item}.ics\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// What a reader's calendar shows of one cohort.
struct Feed {
    name: String,
    items: Vec<Item>,
    changes: Vec<(chrono::DateTime<chrono::Utc>, Delta)>,
    reader: Reader,
    now: chrono::DateTime<chrono::Utc>,
    host: String,
    url: String,
    title: String,
    since: chrono::DateTime<chrono::Utc>,
    /// Whether the whole cohort will not take place.
    is_off: bool,
}

impl Feed {
    async fn of(
        tx: &Tx,
        app: &App,
        scene: &Scene,
        person: Option<PersonId>,
        reader: Reader,
    ) -> Result<Self, AppError> {
        let cohort: &Cohort = &scene.cohort;
        let program = programs::find(tx, cohort.program)
            .await?
            .ok_or(AppError::NotFound)?;
        let mut items = timeline::find(tx, cohort.id).await?.items;
        if let Some(person) = person {
            let own = view::own_dates(tx, scene, person, &items).await?;
            items = replaced(items, &own);
        }
        let changes = timeline::changes(tx, cohort.id).await?;
        let public = &app.config.public_url;
        let host = public.split_once("://").map_or(&**public, |(_, host)| host);
        Ok(Self {
            name: format!("{} {}", program.name, cohort.title),
            items,
            changes: changes
                .into_iter()
                .map(|change| (change.at, change.delta))
                .collect(),
            reader,
            now: scene.now.program,
            host: host.split(['/', ':']).next().unwrap_or_default().to_owned(),
            url: format!("{public}/cohorts/{}", cohort.slug),
            title: cohort.title.clone(),
            since: cohort.created_at,
            is_off: scene.stage == Stage::Cancelled,
        })
    }

    fn source(&self) -> Source<'_> {
        Source {
            host: &self.host,
            url: &self.url,
            title: &self.title,
            since: self.since,
            words: words::dates,
        }
    }

    /// Whether the reader was told, and whether that is still worth an entry.
    fn shows(&self, item: &Item) -> bool {
        let is_over = item.status == Status::Cancelled
            && item.changed_at < self.now - Duration::days(TOMBSTONE_DAYS);
        is_told(item, &self.reader) && !is_over
    }

    fn events_of(&self, item: ItemId) -> Vec<Event> {
        let found = self.items.iter().find(|one| one.id == item);
        found
            .filter(|item| self.shows(item))
            .map_or_else(Vec::new, |item| self.entries(item))
    }

    /// The entries of an item; of a cohort that was cancelled each is cancelled, and programs are
    /// told so by a higher number. Nothing follows a cancelling, so that one higher is enough.
    fn entries(&self, item: &Item) -> Vec<Event> {
        let mut entries = self.source().events(item);
        if self.is_off {
            for entry in &mut entries {
                entry.sequence += 1;
                entry.standing = Standing::Cancelled;
            }
        }
        entries
    }

    /// All entries, and for a while those that were there and are no more, as cancelled.
    fn events(&self) -> Vec<Event> {
        let source = self.source();
        let shown = self.items.iter().filter(|item| self.shows(item));
        let mut events: Vec<Event> = shown.flat_map(|item| self.entries(item)).collect();
        let mut known: BTreeSet<String> = events.iter().map(|event| event.uid.clone()).collect();
        let from = self.now - Duration::days(TOMBSTONE_DAYS);
        for (at, delta) in self.changes.iter().filter(|(at, _)| *at >= from) {
            for changed in &delta.items {
                let Some(before) = &changed.before else {
                    continue;
                };
                if !is_told(before, &self.reader) {
                    continue;
                }
                let sequence = changed
                    .after
                    .as_ref()
                    .map_or(before.sequence + 1, |after| after.sequence);
                for gone in source.events(before) {
                    if known.insert(gone.uid.clone()) {
                        events.push(Event {
                            sequence,
                            changed_at: *at,
                            standing: Standing::Cancelled,
                            ..gone
                        });
                    }
                }
            }
        }
        events
    }
}

/// The cohorts that somebody takes part in or works for, and whether it is as one of the committee.
async fn cohorts_of(tx: &Tx, person: PersonId) -> Result<Vec<(CohortId, bool)>, AppError> {
    let mut found: Vec<(CohortId, bool)> = Vec::new();
    for held in people::offices(tx, person).await? {
        for cohort in cohorts::of_program(tx, held.program).await? {
            if !found.iter().any(|(known, _)| *known == cohort.id) {
                found.push((cohort.id, true));
            }
        }
    }
    for own in applications::of_person(tx, person).await? {
        let is_over = matches!(
            own.state,
            ApplicationState::Withdrawn | ApplicationState::Ineligible
        );
        if !is_over && !found.iter().any(|(known, _)| *known == own.cohort) {
            found.push((own.cohort, false));
        }
    }
    Ok(found)
}

async fn by_slug(tx: &Tx, slug: &str) -> Result<Cohort, AppError> {
    if !is_slug(slug) {
        return Err(AppError::NotFound);
    }
    let found = cohorts::by_slug(tx, slug).await?;
    found.ok_or(AppError::NotFound)
}

fn name_of(file: &str) -> Result<&str, AppError> {
    file.strip_suffix(".ics").ok_or(AppError::NotFound)
}

/// The file with a tag made of its bytes; 304 for whoever has them already.
fn answer(headers: &HeaderMap, calendar: &Calendar, cache: &'static str) -> Response {
    let body = calendar.write();
    let digest = hex::of(&Sha256::digest(body.as_bytes()));
    let tag = format!("\"{}\"", digest.get(..32).unwrap_or(&digest));
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    let known = known.filter_map(|value| value.to_str().ok()).any(|tags| {
        let mut tags = tags.split(',').map(str::trim);
        tags.any(|known| known == "*" || known.trim_start_matches("W/") == tag)
    });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
        (kind, body).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    // Calendars are read by programs of other origins.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}
