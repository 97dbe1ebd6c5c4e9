//! The score of every pair that may be.

use crate::index::{Each, Key, Mentee, Mentor};

/// The lowest and the highest score there may be.
pub const SCORE_LIMIT: i32 = 1_000_000;

/// Stands in a full table for a pair that may not be.
const FORBIDDEN: i32 = i32::MIN;

/// The scores of the pairs that may be, kept as a full table or as lists.
///
/// A full table is right when most pairs may be; lists are right when few may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    n_mentees: usize,
    n_mentors: usize,
    kept: Kept,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    /// Row after row.
    Full(Vec<i32>),
    /// The allowed mentors of each mentee with their score, and the allowed mentees of each mentor.
    Lists {
        rows: Each<Mentee, Vec<(Mentor, i32)>>,
        columns: Each<Mentor, Vec<(Mentee, i32)>>,
    },
}

/// What is wrong with scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreError {
    /// A row has not one score for each mentor.
    Ragged {
        /// The mentee of the row.
        mentee: Mentee,
        /// How many scores it has.
        found: usize,
        /// How many mentors there are.
        expected: usize,
    },
    /// A score lies outside ±[`SCORE_LIMIT`].
    OutOfRange {
        /// The mentee of the pair.
        mentee: Mentee,
        /// The mentor of the pair.
        mentor: Mentor,
        /// The score.
        score: i32,
    },
    /// A list names a mentor who does not exist.
    NoSuchMentor {
        /// The mentee of the list.
        mentee: Mentee,
        /// The name that stands for nobody.
        mentor: Mentor,
    },
    /// A list names a mentor twice.
    Twice {
        /// The mentee of the list.
        mentee: Mentee,
        /// The mentor named twice.
        mentor: Mentor,
    },
    /// There are more people than can be counted in 32 bits.
    TooMany,
}

impl std::error::Error for ScoreError {}

impl std::fmt::Display for ScoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ragged {
                mentee,
                found,
                expected,
            } => write!(
                f,
                "row {} has {found} scores, but there are {expected} mentors",
                mentee.0
            ),
            Self::OutOfRange {
                mentee,
                mentor,
                score,
            } => write!(
                f,
                "score {score} of mentee {} with mentor {} is outside ±{SCORE_LIMIT}",
                mentee.0, mentor.0
            ),
            Self::NoSuchMentor { mentee, mentor } => write!(
                f,
                "the list of mentee {} names mentor {}, who does not exist",
                mentee.0, mentor.0
            ),
            Self::Twice { mentee, mentor } => write!(
                f,
                "the list of mentee {} names mentor {} twice",
                mentee.0, mentor.0
            ),
            Self::TooMany => f.write_str("there are too many people"),
        }
    }
}

impl Scores {
    /// Scores from one row for each mentee; `None` forbids a pair.
    ///
    /// # Errors
    /// A row of another length than `n_mentors`, or a score outside ±[`SCORE_LIMIT`].
    pub fn full<R, I>(n_mentors: usize, rows: R) -> Result<Self, ScoreError>
    where
        R: IntoIterator<Item = I>,
        I: IntoIterator<Item = Option<i32>>,
    {
        let mut cells = Vec::new();
        let mut n_mentees = 0;
        for row in rows {
            let mentee = Mentee::of(n_mentees);
            let start = cells.len();
            for score in row {
                let mentor = Mentor::of(cells.len() - start);
                cells.push(match score {
                    None => FORBIDDEN,
                    Some(score) => in_range(mentee, mentor, score)?,
                });
            }
            let found = cells.len() - start;
            if found != n_mentors {
                return Err(ScoreError::Ragged {
                    mentee,
                    found,
                    expected: n_mentors,
                });
            }
            n_mentees += 1;
        }
        check_counts(n_mentees, n_mentors)?;
        Ok(Self {
            n_mentees,
            n_mentors,
            kept: Kept::Full(cells),
        })
    }

    /// Scores from one list for each mentee of the mentors who may be, in any order.
    ///
    /// # Errors
    /// A mentor who does not exist or stands twice in a list, or a score outside ±[`SCORE_LIMIT`].
    pub fn lists(n_mentors: usize, lists: Vec<Vec<(Mentor, i32)>>) -> Result<Self, ScoreError> {
        check_counts(lists.len(), n_mentors)?;
        let mut rows = Each::new(lists);
        let mut columns = Each::filled(n_mentors, Vec::new());
        for mentee in rows.keys() {
            let row: &mut Vec<(Mentor, i32)> = &mut rows[mentee];
            row.sort_unstable();
            let mut last = None;
            for &(mentor, score) in &*row {
                if !columns.has(mentor) {
                    return Err(ScoreError::NoSuchMentor { mentee, mentor });
                }
                if last == Some(mentor) {
                    return Err(ScoreError::Twice { mentee, mentor });
                }
                last = Some(mentor);
                columns[mentor].push((mentee, in_range(mentee, mentor, score)?));
            }
        }
        Ok(Self {
            n_mentees: rows.len(),
            n_mentors,
            kept: Kept::Lists { rows, columns },
        })
    }

    /// How many mentees there are.
    pub fn n_mentees(&self) -> usize {
        self.n_mentees
    }

    /// How many mentors there are.
    pub fn n_mentors(&self) -> usize {
        self.n_mentors
    }

    /// The score of a pair, if it may be.
    pub fn get(&self, mentee: Mentee, mentor: Mentor) -> Option<i32> {
        if mentee.at() >= self.n_mentees || mentor.at() >= self.n_mentors {
            return None;
        }
        match &self.kept {
            Kept::Full(cells) => cells
                .get(mentee.at() * self.n_mentors + mentor.at())
                .copied()
                .filter(|&score| score != FORBIDDEN),
            Kept::Lists { rows, .. } => {
                let row = &rows[mentee];
                let at = row.binary_search_by_key(&mentor, |pair| pair.0).ok()?;
                row.get(at).map(|pair| pair.1)
            }
        }
    }

    /// Gives a pair another score, or forbids it. Both people exist, the score is in range.
    pub(crate) fn set(&mut self, mentee: Mentee, mentor: Mentor, score: Option<i32>) {
        match &mut self.kept {
            Kept::Full(cells) => {
                if let Some(cell) = cells.get_mut(mentee.at() * self.n_mentors + mentor.at()) {
                    *cell = score.unwrap_or(FORBIDDEN);
                }
            }
            Kept::Lists { rows, columns } => {
                put(&mut rows[mentee], mentor, score);
                put(&mut columns[mentor], mentee, score);
            }
        }
    }

    /// Calls back with every mentor this mentee may have, in order.
    #[inline]
    pub(crate) fn each_of_mentee(&self, mentee: Mentee, mut visit: impl FnMut(Mentor, i32)) {
        match &self.kept {
            Kept::Full(cells) => {
                let start = mentee.at() * self.n_mentors;
                let row = cells.get(start..start + self.n_mentors).unwrap_or(&[]);
                for (at, &score) in row.iter().enumerate() {
                    if score != FORBIDDEN {
                        visit(Mentor::of(at), score);
                    }
                }
            }
            Kept::Lists { rows, .. } => {
                for &(mentor, score) in &rows[mentee] {
                    visit(mentor, score);
                }
            }
        }
    }

    /// Calls back with every mentee this mentor may have, in order.
    #[inline]
    pub(crate) fn each_of_mentor(&self, mentor: Mentor, mut visit: impl FnMut(Mentee, i32)) {
        match &self.kept {
            Kept::Full(cells) => {
                let column = cells
                    .iter()
                    .skip(mentor.at())
                    .step_by(self.n_mentors.max(1));
                for (at, &score) in column.enumerate() {
                    if score != FORBIDDEN {
                        visit(Mentee::of(at), score);
                    }
                }
            }
            Kept::Lists { columns, .. } => {
                for &(mentee, score) in &columns[mentor] {
                    visit(mentee, score);
                }
            }
        }
    }

    /// The lowest and the highest score of a pair that may be.
    pub(crate) fn range(&self) -> Option<(i32, i32)> {
        let mut range: Option<(i32, i32)> = None;
        for at in 0..self.n_mentees {
            self.each_of_mentee(Mentee::of(at), |_, score| {
                let (low, high) = range.unwrap_or((score, score));
                range = Some((low.min(score), high.max(score)));
            });
        }
        range
    }
}

fn check_counts(n_mentees: usize, n_mentors: usize) -> Result<(), ScoreError> {
    let is_small = |count: usize| u32::try_from(count).is_ok_and(|count| count < u32::MAX / 4);
    if is_small(n_mentees) && is_small(n_mentors) {
        Ok(())
    } else {
        Err(ScoreError::TooMany)
    }
}

fn in_range(mentee: Mentee, mentor: Mentor, score: i32) -> Result<i32, ScoreError> {
    if (-SCORE_LIMIT..=SCORE_LIMIT).contains(&score) {
        Ok(score)
    } else {
        Err(ScoreError::OutOfRange {
            mentee,
            mentor,
            score,
        })
    }
}

/// Sets, adds or removes the entry of a sorted list.
fn put<K: Ord + Copy>(list: &mut Vec<(K, i32)>, key: K, score: Option<i32>) {
    match (list.binary_search_by_key(&key, |pair| pair.0), score) {
        (Ok(at), Some(score)) => {
            if let Some(pair) = list.get_mut(at) {
                pair.1 = score;
            }
        }
        (Ok(at), None) => {
            list.remove(at);
        }
        (Err(at), Some(score)) => list.insert(at, (key, score)),
        (Err(_), None) => (),
    }
}
