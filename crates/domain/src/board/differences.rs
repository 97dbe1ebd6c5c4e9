//! How two boards of the same people differ, and the command that brings some of it over.

use serde::{Deserialize, Serialize};

use super::{AdoptedFrom, Command, Expect, Placement, Placements};
use crate::id::ApplicationId;
use crate::order;

/// A mentee who has another mentor on one board than on the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Who.
    pub mentee: ApplicationId,
    /// The place on the one board.
    pub from: Option<Placement>,
    /// The place on the other.
    pub to: Option<Placement>,
    /// The score of the one, 0 to 1000.
    pub before: Option<u16>,
    /// The score of the other.
    pub after: Option<u16>,
}

/// Who has another mentor on the one board than on the other, by id. Locks and reasons alone are no
/// difference. `score` is that of a mentee and a mentor, where both are known.
pub fn differences(
    one: &Placements,
    other: &Placements,
    score: impl Fn(ApplicationId, ApplicationId) -> Option<u16>,
) -> Vec<Difference> {
    let mentor = |place: Option<&Placement>| place.map(|place| place.mentor);
    let mentees = order::set(one.keys().chain(other.keys()).copied());
    let differ = mentees
        .into_iter()
        .filter(|mentee| mentor(one.get(mentee)) != mentor(other.get(mentee)));
    let difference = |mentee: ApplicationId| {
        let (from, to) = (one.get(&mentee), other.get(&mentee));
        let score = |place| mentor(place).and_then(|mentor| score(mentee, mentor));
        Difference {
            mentee,
            before: score(from),
            after: score(to),
            from: from.cloned(),
            to: to.cloned(),
        }
    };
    differ.map(difference).collect()
}

impl Difference {
    /// By how much the score changes; nothing where one of the two is not known though there is a
    /// pair. Being without a mentor scores nothing.
    pub fn points(&self) -> Option<i32> {
        let side = |place: &Option<Placement>, score: Option<u16>| match place {
            Some(_) => score.map(i32::from),
            None => Some(0),
        };
        Some(side(&self.to, self.after)? - side(&self.from, self.before)?)
    }

    /// Whether the pair on the one board is locked: nothing is adopted over it.
    pub fn is_locked(&self) -> bool {
        self.from.as_ref().is_some_and(|place| place.locked)
    }

    /// What its reader saw on the one board.
    pub fn expect(&self) -> Expect {
        Expect {
            mentee: self.mentee,
            mentor: self.from.as_ref().map(|place| place.mentor),
            locked: self.is_locked(),
        }
    }
}

impl Command {
    /// What brings differences from the other board onto the one, with what is expected there. Locks
    /// do not come over: what is locked is decided where it is.
    pub fn adopting<'a>(
        from: AdoptedFrom,
        chosen: impl IntoIterator<Item = &'a Difference>,
    ) -> (Self, Vec<Expect>) {
        let mut placements = Vec::new();
        let mut expect = Vec::new();
        for difference in chosen {
            let place = difference.to.clone().map(|place| Placement {
                locked: false,
                ..place
            });
            placements.push((difference.mentee, place));
            expect.push(difference.expect());
        }
        (Self::AdoptFrom { from, placements }, expect)
    }
}
