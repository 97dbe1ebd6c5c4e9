//! Small instances, and what trying every plan finds of them.

use proptest::prelude::*;
use tandem_matching::{Instance, Keep, Mentee, Mentor, Objective, Scores};

/// A small instance, kept as plain figures so that the tests compute with nothing of the solver.
#[derive(Clone, Debug, Default)]
pub struct Case {
    pub capacity: Vec<u32>,
    pub score: Vec<Vec<Option<i32>>>,
    pub mentor_score: Option<Vec<Vec<Option<i32>>>>,
    pub locked: Vec<(usize, usize)>,
    pub load: Vec<i32>,
    pub reference: Option<(Vec<Option<usize>>, Keep)>,
    pub seed: u64,
    /// Kept as lists instead of a full table.
    pub as_lists: bool,
}

/// The mentor of each mentee.
pub type Choice = Vec<Option<usize>>;

impl Case {
    pub fn instance(&self) -> Instance {
        let scores = if self.as_lists {
            let list = |row: &Vec<Option<i32>>| {
                let pairs = row.iter().enumerate();
                pairs
                    .filter_map(|(j, score)| score.map(|score| (mentor(j), score)))
                    .rev()
                    .collect()
            };
            Scores::lists(self.capacity.len(), self.score.iter().map(list).collect()).unwrap()
        } else {
            full(self.capacity.len(), &self.score)
        };
        let mut instance = Instance::new(scores, self.capacity.clone())
            .unwrap()
            .with_seed(self.seed)
            .with_load(&self.load)
            .unwrap();
        if let Some(score) = &self.mentor_score {
            let scores = full(self.capacity.len(), score);
            instance = instance.with_mentor_scores(scores).unwrap();
        }
        if let Some((reference, keep)) = &self.reference {
            let mentors = reference.iter().map(|j| j.map(mentor)).collect();
            instance = instance.with_reference(mentors, *keep).unwrap();
        }
        for &(i, j) in &self.locked {
            instance.lock(mentee(i), mentor(j)).unwrap();
        }
        instance
    }

    /// Every plan that keeps the rules.
    pub fn choices(&self) -> Vec<Choice> {
        let mut found = Vec::new();
        let mut left = self.capacity.clone();
        self.extend(&mut Vec::new(), &mut left, &mut found);
        found
    }

    fn extend(&self, choice: &mut Choice, left: &mut Vec<u32>, found: &mut Vec<Choice>) {
        let i = choice.len();
        let Some(row) = self.score.get(i) else {
            found.push(choice.clone());
            return;
        };
        let lock = self.locked.iter().find(|lock| lock.0 == i);
        if lock.is_none() {
            choice.push(None);
            self.extend(choice, left, found);
            choice.pop();
        }
        for j in 0..row.len() {
            let is_allowed = row[j].is_some() && lock.is_none_or(|lock| lock.1 == j);
            if is_allowed && left[j] > 0 {
                left[j] -= 1;
                choice.push(Some(j));
                self.extend(choice, left, found);
                choice.pop();
                left[j] += 1;
            }
        }
    }

    pub fn scores_of(&self, choice: &Choice) -> Vec<i64> {
        let pairs = choice.iter().enumerate();
        pairs
            .filter_map(|(i, j)| Some(i64::from(self.score[i][(*j)?].unwrap())))
            .collect()
    }

    pub fn load_of(&self, choice: &Choice) -> i64 {
        let costs = |j: usize| {
            let count = choice.iter().filter(|chosen| **chosen == Some(j)).count();
            let cost = |k: usize| self.load.get(k).or(self.load.last()).copied().unwrap_or(0);
            (0..count).map(|k| i64::from(cost(k))).sum::<i64>()
        };
        (0..self.capacity.len()).map(costs).sum()
    }

    pub fn changes_of(&self, choice: &Choice) -> i64 {
        let Some((reference, _)) = &self.reference else {
            return 0;
        };
        let both = reference.iter().zip(choice);
        let count = both.filter(|(before, now)| before.is_some() && before != now);
        count.count() as i64
    }

    /// The figures in their order; less is better. For all objectives but the last.
    pub fn rank(&self, objective: Objective, choice: &Choice) -> Vec<i64> {
        let scores = self.scores_of(choice);
        let keep = self.reference.as_ref().map(|reference| reference.1);
        let changes = self.changes_of(choice);
        let mut rank = vec![choice.iter().filter(|j| j.is_none()).count() as i64];
        if objective == Objective::MaxMin {
            rank.push(-scores.iter().min().copied().unwrap_or(0));
        }
        if keep == Some(Keep::First) {
            rank.push(changes);
        }
        if objective == Objective::Balanced {
            for band in [500, 600, 700] {
                rank.push(scores.iter().filter(|score| **score < band).count() as i64);
            }
        }
        let mut points = scores.iter().sum::<i64>() - self.load_of(choice);
        if let Some(Keep::Points(each)) = keep {
            points -= changes * i64::from(each);
        }
        rank.push(-points);
        rank
    }

    pub fn best(&self, objective: Objective) -> Vec<i64> {
        let choices = self.choices();
        let ranks = choices.iter().map(|choice| self.rank(objective, choice));
        ranks.min().unwrap()
    }

    /// Whether a pair would rather have each other, from the definition.
    pub fn has_blocking_pair(&self, choice: &Choice) -> bool {
        let is_locked = |i: usize| self.locked.iter().any(|lock| lock.0 == i);
        let other_side = self.mentor_score.as_ref().unwrap_or(&self.score);
        let is_blocking = |i: usize, j: usize| {
            let Some(score) = self.score[i][j] else {
                return false;
            };
            let mentee_wants = choice[i].is_none_or(|now| self.score[i][now].unwrap() < score);
            let held = (0..choice.len()).filter(|&k| choice[k] == Some(j));
            let held: Vec<usize> = held.collect();
            let for_mentor = |k: usize| other_side[k][j].or(self.score[k][j]).unwrap();
            let mentor_wants = held.len() < self.capacity[j] as usize
                || held
                    .iter()
                    .any(|&k| !is_locked(k) && for_mentor(k) < for_mentor(i));
            !is_locked(i) && mentee_wants && mentor_wants
        };
        (0..choice.len()).any(|i| (0..self.capacity.len()).any(|j| is_blocking(i, j)))
    }
}

pub fn mentee(i: usize) -> Mentee {
    Mentee(u32::try_from(i).unwrap())
}

pub fn mentor(j: usize) -> Mentor {
    Mentor(u32::try_from(j).unwrap())
}

pub fn choice_of(mentors: &[Option<Mentor>]) -> Choice {
    let numbers = mentors.iter().map(|j| j.map(|j| j.0 as usize));
    numbers.collect()
}

fn full(n_mentors: usize, score: &[Vec<Option<i32>>]) -> Scores {
    Scores::full(n_mentors, score.iter().map(|row| row.iter().copied())).unwrap()
}

/// Scores of several kinds: few values, so that there are ties; around the bands; negative; wide.
fn score() -> impl Strategy<Value = i32> {
    prop_oneof![
        4 => 0..4i32,
        4 => prop::sample::select(vec![0, 400, 499, 500, 550, 599, 600, 650, 699, 700, 900, 1000]),
        2 => -20..20i32,
        1 => -1_000_000..=1_000_000i32,
    ]
}

fn table(n: usize, m: usize, share: f64) -> impl Strategy<Value = Vec<Vec<Option<i32>>>> {
    let cell = prop::option::weighted(share, score());
    prop::collection::vec(prop::collection::vec(cell, m), n)
}

/// Instances of up to five mentees and four mentors, empty sides among them.
pub fn cases() -> impl Strategy<Value = Case> {
    let sizes = (
        0..=5usize,
        0..=4usize,
        prop::sample::select(vec![0.3, 0.7, 0.95, 0.999]),
    );
    sizes.prop_flat_map(|(n, m, share)| {
        let people = (
            prop::collection::vec(0..=3u32, m),
            table(n, m, share),
            prop::option::weighted(0.3, table(n, m, 0.8)),
            prop::collection::vec((0..n.max(1), 0..m.max(1)), 0..3),
        );
        let rest = (
            prop::option::weighted(0.3, prop::collection::vec(0..300i32, 1..4)),
            prop::option::weighted(
                0.3,
                (
                    prop::collection::vec(prop::option::weighted(0.7, 0..m.max(1)), n),
                    prop_oneof![Just(Keep::First), (0..50i32).prop_map(Keep::Points)],
                ),
            ),
            any::<u64>(),
            any::<bool>(),
        );
        (people, rest).prop_map(move |(people, (load, reference, seed, as_lists))| {
            let (capacity, score, mentor_score, locks) = people;
            let mut load = load.unwrap_or_default();
            load.sort_unstable();
            let mut case = Case {
                capacity,
                score,
                mentor_score,
                load,
                reference: reference.filter(|_| m > 0),
                seed,
                as_lists,
                locked: Vec::new(),
            };
            for (i, j) in locks {
                case.try_lock(i, j);
            }
            case
        })
    })
}

impl Case {
    /// Locks a pair if that is possible.
    pub fn try_lock(&mut self, i: usize, j: usize) {
        let is_allowed = self
            .score
            .get(i)
            .and_then(|row| row.get(j))
            .copied()
            .flatten();
        let n_locks = self.locked.iter().filter(|lock| lock.1 == j).count();
        let is_free = self.locked.iter().all(|lock| lock.0 != i);
        if is_allowed.is_some() && is_free && n_locks < self.capacity[j] as usize {
            self.locked.push((i, j));
        }
    }
}
