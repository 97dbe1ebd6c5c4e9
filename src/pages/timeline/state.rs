//! What the timeline screen knows: the dates as saved, a wish that is being made, and what would
//! follow from it. Pointer, keyboard, table and forms all end in the same wish.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use leptos::prelude::*;
use tandem_api::cohort::CohortView;
use tandem_api::timeline::{ChangeDates, ChangeView, PlanView, TimelineView};
use tandem_domain::id::{ChangeId, ItemId};
use tandem_domain::timeline::layout::scale::number;
use tandem_domain::timeline::plan::{Plan, Refused, Setting, Timeline, plan};
use tandem_domain::timeline::today::Now;
use tandem_domain::timeline::wish::{Act, Edit, EditError, Policy};
use tandem_domain::timeline::{Edge, Item, When};

use crate::api::error::ApiError;
use crate::load::Load;
use crate::widgets::timeline_picture::items::calendar_cards;
use crate::widgets::timeline_picture::state::{Moved, Picture};

/// What of an item is taken hold of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// One end of a phase.
    Edge(Edge),
}

/// An item that is held, and how many days it was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grip {
    /// Which.
    pub item: ItemId,
    /// What of it.
    pub part: Part,
    /// How many days later; negative is earlier.
    pub days: i64,
}

/// What is asked of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// What would follow; the answer is on its way.
    Waiting,
    /// What would follow.
    Answered(Box<PlanView>),
    /// It did not come.
    Failed(ApiError),
}

/// What was done last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// That it was done, in a sentence.
    pub sentence: String,
    /// The revision of the timeline it led to.
    pub rev: i64,
}

/// What the timeline screen knows.
#[derive(Clone, Copy)]
pub struct TimelineState {
    cohort: RwSignal<Option<CohortView>>,
    view: RwSignal<Load<TimelineView>>,
    now: RwSignal<Now>,
    wish: RwSignal<ChangeDates>,
    local: RwSignal<Option<Result<Plan, Refused>>>,
    asked: RwSignal<Asked>,
    /// The revision that the question is about, whatever was loaded since.
    asked_of: RwSignal<Option<i64>>,
    grip: RwSignal<Option<Grip>>,
    done: RwSignal<Option<Done>>,
    log: RwSignal<Load<Vec<ChangeView>>>,
    picture: Picture,
}

impl TimelineState {
    /// Nothing is known yet.
    pub fn new() -> Self {
        let now = Now::default();
        Self {
            cohort: RwSignal::new(None),
            view: RwSignal::new(Load::Waiting),
            now: RwSignal::new(now),
            wish: RwSignal::new(ChangeDates::default()),
            local: RwSignal::new(None),
            asked: RwSignal::new(Asked::Nothing),
            asked_of: RwSignal::new(None),
            grip: RwSignal::new(None),
            done: RwSignal::new(None),
            log: RwSignal::new(Load::Waiting),
            picture: Picture::new(calendar_cards(&[], &[], now)),
        }
    }

    /// Takes in what the server has. Whoever holds an item goes on holding it.
    pub fn loaded(self, cohort: CohortView, view: TimelineView, now: Now) {
        self.cohort.try_set(Some(cohort));
        self.now.try_set(now);
        self.replace(view);
    }

    /// Time goes on. On another day the picture is another one.
    pub fn time_passes(self, now: Now) {
        let Some(before) = self.now.try_get_untracked().filter(|before| *before != now) else {
            return;
        };
        self.now.set(now);
        if before.today != now.today {
            self.draw();
        }
    }

    /// The timeline did not come. What is here stays.
    pub fn failed(self, error: ApiError) {
        if self.view.with_untracked(|view| view.ready().is_none()) {
            self.view.try_set(Load::Failed(error));
        }
    }

    fn replace(self, view: TimelineView) {
        self.view.set(Load::Ready(view));
        self.draw();
    }

    fn draw(self) {
        let now = self.now.get_untracked();
        let cards = untrack(|| self.read(|view| calendar_cards(&view.items, &view.moved, now)));
        if let Some(cards) = cards {
            self.picture.show(cards);
        }
        self.look_ahead();
    }

    /// Whether the timeline is on its way, here, or did not come.
    pub fn loading(self) -> Memo<Load<()>> {
        let view = self.view;
        Memo::new(move |_| view.with(|load| load.clone().map(drop)))
    }

    /// The cohort, once it is here.
    pub fn cohort(self) -> ReadSignal<Option<CohortView>> {
        self.cohort.read_only()
    }

    /// Now in the cohort's zone.
    pub fn now(self) -> ReadSignal<Now> {
        self.now.read_only()
    }

    /// Reads something of the timeline as saved.
    pub fn read<T>(self, read: impl FnOnce(&TimelineView) -> T) -> Option<T> {
        self.view.with(|view| view.ready().map(read))
    }

    /// Whether the reader may change dates.
    pub fn may_change(self) -> bool {
        self.read(|view| view.may_change && view.planning.is_some())
            .unwrap_or(false)
    }

    /// An item as saved.
    pub fn item(self, id: ItemId) -> Option<Item> {
        self.read(|view| view.items.iter().find(|item| item.id == id).cloned())
            .flatten()
    }

    /// The name of an item.
    pub fn name(self, id: ItemId) -> String {
        self.item(id)
            .map_or_else(String::new, |item| item.title.text().to_owned())
    }

    /// The picture.
    pub fn picture(self) -> Picture {
        self.picture
    }

    /// What is held.
    pub fn grip(self) -> ReadSignal<Option<Grip>> {
        self.grip.read_only()
    }

    /// What was done last.
    pub fn done(self) -> ReadSignal<Option<Done>> {
        self.done.read_only()
    }

    /// The change that was done last, if it can be undone; nothing until the log has it. An undoing
    /// is undone in the log.
    pub fn undoable(self) -> Option<ChangeId> {
        let rev = self.done.with(|done| done.as_ref().map(|done| done.rev))?;
        self.log.with(|log| {
            let mut log = log.ready()?.iter();
            let own = log.find(|change| change.rev == rev && change.undoes.is_none())?;
            own.can_undo.then_some(own.id)
        })
    }

    /// The changes there were.
    pub fn log(self) -> RwSignal<Load<Vec<ChangeView>>> {
        self.log
    }

    /// What is wished.
    pub fn wish(self) -> ReadSignal<ChangeDates> {
        self.wish.read_only()
    }

    /// What would follow, as this browser reckons.
    pub fn local(self) -> ReadSignal<Option<Result<Plan, Refused>>> {
        self.local.read_only()
    }

    /// The revision that the question is about: what is confirmed is what was shown.
    pub fn asked_of(self) -> Option<i64> {
        self.asked_of.get_untracked()
    }

    /// What is asked of the server.
    pub fn asked(self) -> ReadSignal<Asked> {
        self.asked.read_only()
    }

    /// Takes hold of an item. Says whether it can be moved.
    pub fn grab(self, item: ItemId, part: Part) -> bool {
        if !untrack(|| self.may_change()) || untrack(|| self.item(item)).is_none() {
            return false;
        }
        self.picture.visit(item);
        self.picture.hold(Some(item));
        self.grip.set(Some(Grip {
            item,
            part,
            days: 0,
        }));
        true
    }

    /// Takes hold of another part of what is held.
    pub fn grip_part(self, part: Part) {
        if let Some(grip) = self.grip.get_untracked() {
            self.grip.set(Some(Grip {
                part,
                days: 0,
                ..grip
            }));
            self.carry(0);
        }
    }

    /// Moves what is held to so many days after where it was.
    pub fn carry(self, days: i64) {
        let Some(grip) = self.grip.get_untracked() else {
            return;
        };
        if grip.days == days && days != 0 {
            return;
        }
        let Some(item) = untrack(|| self.item(grip.item)) else {
            return self.let_go();
        };
        self.grip.set(Some(Grip { days, ..grip }));
        let edits = moved(&item, grip.part, days);
        self.wish.update(|wish| wish.edits = edits);
        self.look_ahead();
    }

    /// Moves what is held by some days more.
    pub fn nudge(self, days: i64) {
        if let Some(grip) = self.grip.get_untracked() {
            self.carry(grip.days + days);
        }
    }

    /// Lets go of what is held without moving it.
    pub fn let_go(self) {
        self.grip.set(None);
        self.picture.hold(None);
        self.forget();
    }

    /// Lets go of what is held where it is now. Says whether anything moved; if nothing did, nothing
    /// is wished.
    pub fn drop_here(self) -> bool {
        let has_moved = self.grip.get_untracked().is_some_and(|grip| grip.days != 0);
        if has_moved {
            self.grip.set(None);
            self.picture.hold(None);
        } else {
            self.let_go();
        }
        has_moved
    }

    /// Wishes one date; the day it has is no wish.
    pub fn put(self, item: ItemId, edge: Edge, to: NaiveDate) {
        let present = untrack(|| self.item(item)).and_then(|item| item.date(edge));
        self.wish.update(|wish| {
            wish.edits
                .retain(|edit| (edit.item, edit.edge) != (item, edge));
            if present != Some(to) {
                wish.edits.push(Edit { item, edge, to });
            }
        });
        self.look_ahead();
    }

    /// Wishes that something becomes of items.
    pub fn act(self, acts: Vec<Act>) {
        self.wish.update(|wish| wish.acts = acts);
        self.look_ahead();
    }

    /// Why acts could not be done, as far as this browser knows.
    pub fn refusal(self, acts: &[Act]) -> Option<EditError> {
        let today = self.now.get_untracked().today;
        let wish = ChangeDates {
            acts: acts.to_vec(),
            ..ChangeDates::default()
        };
        let planned = self.read(|view| ahead(view, &wish, today)).flatten()?;
        let refused = planned.err()?;
        refused.refusals.into_iter().next().map(|one| one.error)
    }

    /// What happens to the dates around.
    pub fn follow(self, policy: Policy) {
        self.wish.update(|wish| wish.policy = policy);
        self.look_ahead();
    }

    /// Lets an item move that would stay, or not.
    pub fn tick(self, item: ItemId, may_move: bool) {
        let wished = |wish: &ChangeDates| {
            let edits = wish.edits.iter().map(|edit| edit.item);
            edits
                .chain(wish.acts.iter().filter_map(Act::item))
                .collect::<Vec<_>>()
        };
        self.wish.update(|wish| {
            let mut ticked = wish.ticked.take().unwrap_or_else(|| wished(wish));
            ticked.retain(|known| *known != item);
            if may_move {
                ticked.push(item);
            }
            wish.ticked = Some(ticked);
        });
        self.look_ahead();
    }

    /// Says why.
    pub fn note(self, note: String) {
        self.wish.update(|wish| wish.note = note);
    }

    /// Whether anything is wished.
    pub fn has_wish(self) -> bool {
        self.wish
            .with(|wish| !wish.edits.is_empty() || !wish.acts.is_empty())
    }

    /// Wishes nothing.
    pub fn forget(self) {
        self.wish.set(ChangeDates::default());
        self.asked.set(Asked::Nothing);
        self.look_ahead();
    }

    /// The server is being asked what would follow.
    pub fn ask(self) {
        self.done.set(None);
        self.asked_of.set(untrack(|| self.read(|view| view.rev)));
        self.asked.set(Asked::Waiting);
    }

    /// The server has answered what would follow.
    pub fn answered(self, answer: Result<PlanView, ApiError>) {
        // Whoever closed the question in the meantime does not want the answer.
        if self
            .asked
            .try_with_untracked(|asked| *asked == Asked::Nothing)
            != Some(false)
        {
            return;
        }
        self.asked.set(match answer {
            Ok(plan) => Asked::Answered(Box::new(plan)),
            Err(error) => Asked::Failed(error),
        });
    }

    /// The change is saved, or was refused.
    pub fn saved(self, answer: Result<TimelineView, ApiError>, sentence: String) -> bool {
        match answer {
            Ok(view) => {
                let rev = view.rev;
                self.forget();
                self.replace(view);
                self.done.set(Some(Done { sentence, rev }));
                true
            }
            Err(error) => {
                self.asked.try_set(Asked::Failed(error));
                false
            }
        }
    }

    /// Plans the wish as the server would, and shows where dates would go.
    fn look_ahead(self) {
        let today = self.now.get_untracked().today;
        let planned = self.wish.with_untracked(|wish| {
            let is_empty = wish.edits.is_empty() && wish.acts.is_empty();
            let view = (!is_empty).then(|| untrack(|| self.read(|view| ahead(view, wish, today))));
            view.flatten().flatten()
        });
        let moved = planned
            .as_ref()
            .and_then(|planned| planned.as_ref().ok())
            .map(on_the_move)
            .unwrap_or_default();
        self.picture.shift(moved);
        self.local.set(planned);
    }
}

/// The dates that moving a part of an item by some days asks for.
fn moved(item: &Item, part: Part, days: i64) -> Vec<Edit> {
    if days == 0 {
        return Vec::new();
    }
    let edges: &[Edge] = match (&item.when, part) {
        (When::Phase { .. }, Part::Whole) => &[Edge::Start, Edge::End],
        (When::Phase { .. }, Part::Edge(Edge::Start)) => &[Edge::Start],
        _ => &[Edge::End],
    };
    let edit = |edge: &Edge| {
        let to = item.date(*edge)?.checked_add_signed(Duration::days(days))?;
        Some(Edit {
            item: item.id,
            edge: *edge,
            to,
        })
    };
    edges.iter().filter_map(edit).collect()
}

fn ahead(
    view: &TimelineView,
    wish: &ChangeDates,
    today: NaiveDate,
) -> Option<Result<Plan, Refused>> {
    let planning = view.planning.as_ref()?;
    let timeline = Timeline {
        items: view.items.clone(),
        constraints: planning.constraints.clone(),
    };
    let setting = Setting {
        today,
        now: view.server_now,
        closures: &planning.closures,
    };
    Some(plan(&timeline, &wish.wish(), setting))
}

fn on_the_move(plan: &Plan) -> Vec<Moved> {
    let days = |item: &Item| item.when.days();
    let before: BTreeMap<ItemId, _> = plan
        .before
        .items
        .iter()
        .map(|item| (item.id, days(item)))
        .collect();
    let moved = plan.after.items.iter().filter_map(|item| {
        let (first, last) = days(item);
        let was = before.get(&item.id)?;
        (*was != (first, last)).then(|| Moved {
            id: item.id,
            first: number(first),
            last: number(last),
        })
    });
    moved.collect()
}

#[cfg(test)]
mod tests;
