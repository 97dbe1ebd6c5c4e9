//! Server-sent events: what changed and its number, never the content.
//!
//! A stream hears what its caller was allowed to hear when it opened. Before each change it tells,
//! and every few seconds, it asks again, and ends when the answer is another one.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event as Line, Sse};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tandem_api::event::{Event, Topic};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::id::CohortId;
use tandem_domain::permission::Action;
use tandem_domain::recusal::Recusal;
use tokio::sync::{broadcast, mpsc};
use tokio_stream::wrappers::ReceiverStream;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::board::on_board;
use super::board::reader::Reader;
use super::body::Query;
use super::scene::{Scene, stays_away};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::live::{Change, Subscription};
use crate::store::{StoreError, Stored, Tx, audit, sessions};

/// How often a sign of life is sent and the permission asked again.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How far behind a returning client may be before it has to fetch everything again.
const BEHIND: u64 = 500;
/// How many topics one stream may have.
const TOPICS: usize = 20;
/// What stands for every number where none are told. It was never given out, so whoever comes back
/// with it fetches everything again.
const UNNUMBERED: i64 = -1;
/// How long a client waits before it comes back.
const RETRY: Duration = Duration::from_secs(1);

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(stream))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    topics: String,
    #[serde(default)]
    after: Option<i64>,
}

/// What changes, as it changes.
#[utoipa::path(get, path = path::STREAM, params(
    ("topics" = String, Query, description = "`me`, `cohort:ID`, `scenario:ID`, with commas"),
    ("after" = Option<i64>, Query, description = "The last number seen; `Last-Event-ID` wins"),
), responses(
    (status = 200, description = "Server-sent events", content_type = "text/event-stream"),
    (status = 404, description = "One of the topics does not exist", body = Problem),
))]
async fn stream(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let topics = topics(&wanted.topics)?;
    let changes = app.live.subscribe().ok_or(AppError::Refused(Code::Busy))?;
    let subscriptions = subscriptions(&app, &caller, &topics).await?;
    let seen = last_event_id(&headers).or(wanted.after);
    let seen = match seen {
        Some(_) if !subscriptions.is_numbered => Some(UNNUMBERED),
        seen => seen,
    };
    let (sender, receiver) = mpsc::channel(16);
    let stream = Stream {
        app,
        caller,
        topics,
        subscriptions,
        sender,
    };
    // Known before the answer begins: whoever reads anything once it has begun misses nothing.
    let missed = stream.missed(seen).await?;
    tokio::spawn(stream.run(changes, missed));
    let mut response = Sse::new(ReceiverStream::new(receiver)).into_response();
    // Proxies must not wait until there is more.
    let unbuffered = (
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    response.headers_mut().insert(unbuffered.0, unbuffered.1);
    Ok(response)
}

fn topics(list: &str) -> Result<Vec<Topic>, AppError> {
    let topics: Result<Vec<Topic>, _> = list.split(',').map(str::parse).collect();
    topics
        .ok()
        .filter(|topics| topics.len() <= TOPICS)
        .ok_or_else(|| {
            AppError::Explained(
                Code::BadRequest,
                "A topic is me, cohort:ID or scenario:ID.".to_owned(),
            )
        })
}

fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}

/// What a caller may hear.
#[derive(Debug, Default, PartialEq, Eq)]
struct Allowed {
    subscriptions: Vec<Subscription>,
    /// The people of cohorts from whom the caller stays away.
    recusals: Vec<(CohortId, Recusal)>,
    /// Whether changes have numbers. These count what happens anywhere, so they are only for those
    /// who stay away from nothing, whatever they listen to.
    is_numbered: bool,
}

impl Allowed {
    fn note(&mut self, scene: &Scene) {
        let recusal = (scene.cohort.id, scene.actor.recusal.clone());
        if recusal.1.is_any() && !self.recusals.contains(&recusal) {
            self.recusals.push(recusal);
        }
    }

    fn sees_all(&self) -> bool {
        self.recusals.is_empty()
    }

    /// Whether a change may be told as far as the people go whom it is about.
    fn may_know(&self, change: &Change) -> bool {
        let Some(owner) = change.owner() else {
            return true;
        };
        let here = self
            .recusals
            .iter()
            .filter(|(cohort, _)| change.is_in(*cohort));
        let is_own = self.subscriptions.contains(&Subscription::Own(owner));
        is_own || here.into_iter().all(|(_, recusal)| !recusal.hides(owner))
    }
}

/// What the caller may hear of these topics now.
async fn subscriptions(app: &App, caller: &Caller, topics: &[Topic]) -> Result<Allowed, AppError> {
    let read = app.store.read(async |tx| {
        let mut allowed = Allowed::default();
        for topic in topics {
            allow(app, &tx, caller, *topic, &mut allowed).await?;
        }
        let stays_away = match caller.person() {
            Some(person) => stays_away(&tx, person).await?,
            None => false,
        };
        allowed.is_numbered = !stays_away;
        Ok::<_, AppError>(allowed)
    });
    read.await
}

async fn allow(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    topic: Topic,
    allowed: &mut Allowed,
) -> Result<(), AppError> {
    let now = app.clock.now();
    match topic {
        Topic::Me => {
            let me = Subscription::Own(caller.require()?.person.id);
            allowed.subscriptions.push(me);
        }
        Topic::Cohort(cohort) => {
            let scene = Scene::of_cohort(tx, caller, now, cohort).await?;
            scene.allow(Action::SeeCohort)?;
            allowed.subscriptions.push(Subscription::Cohort(cohort));
            allowed.note(&scene);
            if scene.may(Action::SeeBoard) {
                allowed.subscriptions.push(Subscription::Boards(cohort));
            }
            if scene.may(Action::ListApplications) {
                allowed
                    .subscriptions
                    .push(Subscription::Applications(cohort));
            }
        }
        Topic::Scenario(scenario) => {
            let (scene, _) = on_board(tx, caller, now, scenario).await?;
            scene.allow(Action::SeeBoard)?;
            allowed.subscriptions.push(Subscription::Board(scenario));
            if scene.may(Action::ReadComments) {
                let comments = Subscription::Comments(scene.cohort.id);
                allowed.subscriptions.push(comments);
            }
            allowed.note(&scene);
        }
    }
    Ok(())
}

/// Why a stream ends: the client has gone, or is to come back.
enum End {
    Gone,
    ComeBack,
}

struct Stream {
    app: App,
    caller: Caller,
    topics: Vec<Topic>,
    subscriptions: Allowed,
    sender: mpsc::Sender<Result<Line, Infallible>>,
}

/// The last number, and the changes since the one that was seen unless they are too many.
type Missed = (i64, Option<Vec<Change>>);

impl Stream {
    async fn run(self, changes: broadcast::Receiver<Arc<Change>>, missed: Missed) {
        if let Err(End::ComeBack) = self.tell(changes, missed).await {
            // Nobody may be there to hear it.
            self.send(Line::default().retry(RETRY)).await.ok();
        }
    }

    async fn tell(
        &self,
        mut changes: broadcast::Receiver<Arc<Change>>,
        missed: Missed,
    ) -> Result<(), End> {
        let mut last = self.begin(missed).await?;
        let mut heartbeat = tokio::time::interval(HEARTBEAT);
        heartbeat.tick().await;
        loop {
            tokio::select! {
                () = self.sender.closed() => return Err(End::Gone),
                () = self.app.live.stopped() => return Err(End::ComeBack),
                _ = heartbeat.tick() => {
                    self.still_allowed().await?;
                    // A comment keeps proxies from closing.
                    self.send(Line::default().comment("")).await?;
                }
                change = changes.recv() => match change {
                    Ok(change) if change.seq > last => {
                        last = change.seq;
                        if self.concerns(&change) {
                            self.still_allowed().await?;
                            self.event(change.seq, &change.event).await?;
                        }
                    }
                    Ok(_) => {}
                    Err(broadcast::error::RecvError::Lagged(_)) => self.resync(last).await?,
                    Err(broadcast::error::RecvError::Closed) => return Err(End::ComeBack),
                },
            }
        }
    }

    /// Sends what was missed, and says the number from which on changes are heard.
    async fn begin(&self, (last, missed): Missed) -> Result<i64, End> {
        match missed {
            Some(missed) => {
                for change in missed.iter().filter(|change| self.concerns(change)) {
                    self.event(change.seq, &change.event).await?;
                }
                self.send(self.numbered(last).retry(RETRY)).await?;
            }
            None => self.resync(last).await?,
        }
        Ok(last)
    }

    /// What somebody missed who has seen everything up to a number.
    async fn missed(&self, seen: Option<i64>) -> Stored<Missed> {
        let read = self.app.store.read(async |tx| {
            let last = audit::last(&tx).await?;
            let Some(seen) = seen else {
                return Ok((last, Some(Vec::new())));
            };
            // A number that was never given out comes from another database.
            let is_near = (0..=last).contains(&seen) && last.abs_diff(seen) <= BEHIND;
            if !is_near {
                return Ok((last, None));
            }
            let missed = audit::after(&tx, seen, BEHIND).await?;
            Ok::<_, StoreError>((last, Some(missed.iter().filter_map(Change::of).collect())))
        });
        read.await
    }

    fn concerns(&self, change: &Change) -> bool {
        let mut wanted = self.subscriptions.subscriptions.iter();
        wanted.any(|subscription| change.concerns(*subscription))
            && self.subscriptions.may_know(change)
    }

    async fn resync(&self, last: i64) -> Result<(), End> {
        self.event(last, &Event::Resync).await
    }

    async fn event(&self, seq: i64, event: &Event) -> Result<(), End> {
        let Some(event) = self.as_seen(event).await? else {
            return Ok(());
        };
        let line = self.numbered(seq).json_data(&event);
        self.send(line.map_err(|_| End::ComeBack)?).await
    }

    /// A line with its number, for those who may know how much happens.
    fn numbered(&self, seq: i64) -> Line {
        let number = if self.subscriptions.is_numbered {
            seq
        } else {
            UNNUMBERED
        };
        Line::default().id(number.to_string())
    }

    /// An event with the revision the listener knows it by; nothing if there is none.
    async fn as_seen(&self, event: &Event) -> Result<Option<Event>, End> {
        let Event::Board {
            scenario,
            rev,
            command,
        } = event
        else {
            return Ok(Some(event.clone()));
        };
        if self.subscriptions.sees_all() {
            return Ok(Some(event.clone()));
        }
        let now = self.app.clock.now();
        let read = self.app.store.read(async |tx| {
            let (scene, _) = on_board(&tx, &self.caller, now, *scenario).await?;
            let reader = Reader::of(&tx, &scene).await?;
            Ok::<_, AppError>(reader.rev_of(&tx, *scenario, (*command, *rev)).await?)
        });
        let rev = read.await.map_err(|_| End::ComeBack)?;
        Ok(rev.map(|rev| Event::Board {
            scenario: *scenario,
            rev,
            command: *command,
        }))
    }

    /// Whoever lost the right to listen is sent away.
    async fn still_allowed(&self) -> Result<(), End> {
        let is_signed_in = match &self.caller.signed {
            None => Ok(true),
            Some(signed) => {
                let hash = signed.session.hash.clone();
                let read = self
                    .app
                    .store
                    .read(async |tx| sessions::find(&tx, &hash).await);
                read.await.map(|session| session.is_some())
            }
        };
        let allowed = subscriptions(&self.app, &self.caller, &self.topics).await;
        let is_same = allowed.is_ok_and(|allowed| allowed == self.subscriptions);
        if !is_same || !is_signed_in.unwrap_or(false) {
            return Err(End::ComeBack);
        }
        Ok(())
    }

    async fn send(&self, line: Line) -> Result<(), End> {
        self.sender.send(Ok(line)).await.map_err(|_| End::Gone)
    }
}
