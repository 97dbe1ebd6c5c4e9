//! What the timeline screen knows: the dates as saved, and a wish that is being looked at.

use chrono::NaiveDate;
use leptos::prelude::*;
use tandem_api::cohort::CohortView;
use tandem_api::timeline::{ChangeDates, PlanView, TimelineView};
use tandem_domain::id::ItemId;
use tandem_domain::timeline::wish::Edit;
use tandem_domain::timeline::{Edge, Item, When};

use crate::api::error::ApiError;
use crate::load::Load;
use crate::ui::date_field::DateEntry;
use crate::ui::date_words::long_day;

/// Which date is to be moved.
pub type Target = (ItemId, Edge);

/// What the timeline screen knows.
#[derive(Clone, Copy)]
pub struct TimelineState {
    cohort: RwSignal<Option<CohortView>>,
    timeline: RwSignal<Load<TimelineView>>,
    target: RwSignal<Option<Target>>,
    wish: RwSignal<DateEntry>,
    plan: RwSignal<Option<Result<PlanView, ApiError>>>,
    done: RwSignal<Option<String>>,
}

impl TimelineState {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            cohort: RwSignal::new(None),
            timeline: RwSignal::new(Load::Waiting),
            target: RwSignal::new(None),
            wish: RwSignal::new(DateEntry::Empty),
            plan: RwSignal::new(None),
            done: RwSignal::new(None),
        }
    }

    /// Takes in what the server has.
    pub fn loaded(self, answer: Result<(CohortView, TimelineView), ApiError>) {
        match answer {
            Ok((cohort, timeline)) => {
                self.cohort.try_set(Some(cohort));
                self.timeline.try_set(Load::Ready(timeline));
                self.plan.try_set(None);
            }
            Err(error) => {
                self.timeline.try_set(Load::Failed(error));
            }
        }
    }

    /// Whether the timeline is on its way, here, or did not come.
    pub fn loading(self) -> Memo<Load<()>> {
        let timeline = self.timeline;
        Memo::new(move |_| timeline.with(|load| load.clone().map(drop)))
    }

    /// The cohort, once it is here.
    pub fn cohort(self) -> ReadSignal<Option<CohortView>> {
        self.cohort.read_only()
    }

    /// The timeline as saved; an empty one until it is here.
    pub fn timeline(self) -> Memo<TimelineView> {
        let timeline = self.timeline;
        Memo::new(move |_| {
            timeline
                .with(|load| load.ready().cloned())
                .unwrap_or_else(|| TimelineView {
                    items: Vec::new(),
                    zone: tandem_domain::date::ZoneName(String::new()),
                    may_change: false,
                    rev: 0,
                    server_now: chrono::DateTime::UNIX_EPOCH,
                    moved: Vec::new(),
                    own: Vec::new(),
                    planning: None,
                })
        })
    }

    /// The dates that can be moved, each with its name.
    pub fn movable(self) -> Vec<(Target, String)> {
        self.timeline.with(|load| {
            load.ready()
                .map_or_else(Vec::new, |view| movable(&view.items))
        })
    }

    /// What was done last, in a sentence.
    pub fn done(self) -> ReadSignal<Option<String>> {
        self.done.read_only()
    }

    /// What a change would do, or why it cannot be asked.
    pub fn plan(self) -> ReadSignal<Option<Result<PlanView, ApiError>>> {
        self.plan.read_only()
    }

    /// The date that is to be moved.
    pub fn target(self) -> ReadSignal<Option<Target>> {
        self.target.read_only()
    }

    /// The day the chosen date has now.
    pub fn present_day(self) -> Option<NaiveDate> {
        let (id, edge) = self.target.get()?;
        self.timeline.with(|load| {
            let item = load.ready()?.items.iter().find(|item| item.id == id)?;
            let (start, end) = item.when.days();
            Some(if edge == Edge::Start { start } else { end })
        })
    }

    /// Chooses the date to move.
    pub fn choose(self, target: Option<Target>) {
        self.target.set(target);
        self.wish
            .set(self.present_day().map_or(DateEntry::Empty, DateEntry::Day));
        self.plan.set(None);
        self.done.set(None);
    }

    /// Takes in what is typed. A plan for another day is no longer true.
    pub fn write(self, entry: DateEntry) {
        self.wish.set(entry);
        self.plan.set(None);
    }

    /// The change that is wished, or a sentence that says what is missing.
    pub fn wished(self) -> Result<ChangeDates, String> {
        let Some((item, edge)) = self.target.get_untracked() else {
            return Err("Choose the date to move.".to_owned());
        };
        match self.wish.get_untracked() {
            DateEntry::Day(to) if self.present_day() == Some(to) => {
                Err("This is the day it already has.".to_owned())
            }
            DateEntry::Day(to) => Ok(ChangeDates {
                edits: vec![Edit { item, edge, to }],
                ..ChangeDates::default()
            }),
            DateEntry::Empty => Err("Enter the new day.".to_owned()),
            DateEntry::Incomplete => {
                Err("Enter a day of the calendar, such as 9 March 2018.".to_owned())
            }
        }
    }

    /// Takes in what a change would do.
    pub fn planned(self, answer: Result<PlanView, ApiError>) {
        self.plan.try_set(Some(answer));
    }

    /// Takes in the timeline after a change.
    pub fn changed(self, answer: Result<TimelineView, ApiError>) {
        match answer {
            Ok(view) => {
                let moved = self.plan.with_untracked(|plan| match plan {
                    Some(Ok(plan)) => plan.shifts.first().map(|shift| shift.to),
                    _ => None,
                });
                self.timeline.try_set(Load::Ready(view));
                self.done.try_set(Some(moved.map_or_else(
                    || "The dates are saved.".to_owned(),
                    |day| format!("Saved: the new day is {}.", long_day(day)),
                )));
                self.plan.try_set(None);
                self.target.try_set(None);
            }
            Err(error) => {
                self.plan.try_set(Some(Err(error)));
            }
        }
    }
}

fn movable(items: &[Item]) -> Vec<(Target, String)> {
    items
        .iter()
        .flat_map(|item| {
            let name = item.title.text();
            match item.when {
                When::Phase { .. } => vec![
                    ((item.id, Edge::Start), format!("{name}: first day")),
                    ((item.id, Edge::End), format!("{name}: last day")),
                ],
                When::Milestone { .. } | When::Meeting { .. } => {
                    vec![((item.id, Edge::End), name.to_owned())]
                }
                When::Due(_) => vec![((item.id, Edge::End), format!("{name}: last day"))],
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use tandem_domain::form::locale::L10n;
    use tandem_domain::timeline::Mark;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn with_one_milestone(test: impl FnOnce(TimelineState, ItemId)) {
        Owner::new().with(|| {
            let id = ItemId("01890000-0000-7000-8000-000000000001".parse().unwrap());
            let state = TimelineState::new();
            state.timeline.set(Load::Ready(TimelineView {
                items: vec![Item::planned(
                    id,
                    Mark::PairingComplete,
                    When::Milestone {
                        on: day("2018-05-14"),
                    },
                    L10n::english("Pairs are known"),
                )],
                zone: tandem_domain::date::ZoneName::aoe(),
                may_change: true,
                rev: 3,
                server_now: chrono::DateTime::UNIX_EPOCH,
                moved: Vec::new(),
                own: Vec::new(),
                planning: None,
            }));
            test(state, id);
        });
    }

    #[test]
    fn a_wish_needs_another_day_than_the_present_one() {
        with_one_milestone(|state, id| {
            assert!(state.wished().is_err());
            state.choose(Some((id, Edge::End)));
            assert_eq!(
                state.wished(),
                Err("This is the day it already has.".to_owned())
            );
            state.write(DateEntry::Day(day("2018-05-15")));
            let change = state.wished().unwrap();
            assert_eq!(
                change.edits,
                [Edit {
                    item: id,
                    edge: Edge::End,
                    to: day("2018-05-15")
                }]
            );
        });
    }

    #[test]
    fn a_plan_is_forgotten_when_the_day_is_typed_anew() {
        with_one_milestone(|state, id| {
            state.choose(Some((id, Edge::End)));
            state.planned(Ok(PlanView::default()));
            assert!(state.plan().get_untracked().is_some());
            state.write(DateEntry::Incomplete);
            assert!(state.plan().get_untracked().is_none());
        });
    }

    #[test]
    fn a_refused_change_keeps_the_dates_and_says_why() {
        with_one_milestone(|state, id| {
            state.choose(Some((id, Edge::End)));
            state.changed(Err(ApiError::Stale));
            assert_eq!(state.plan().get_untracked(), Some(Err(ApiError::Stale)));
            assert_eq!(state.timeline().get_untracked().rev, 3);
        });
    }
}
