//! The terms of pairing that the committee sets on the board: who is kept apart, how many mentees a
//! mentor takes. They hold on every board of the cohort.

use super::{Board, Command, Refusal};
use crate::candidate::Side;
use crate::id::ApplicationId;

/// How many mentees a mentor takes at most.
pub const MOST_PLACES: u8 = 9;

/// A term as it is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terms {
    /// Whether two people are kept apart.
    Apart {
        /// The mentee and the mentor.
        pair: (ApplicationId, ApplicationId),
        /// Whether they are.
        is_kept: bool,
    },
    /// How many mentees a mentor takes.
    Places {
        /// The mentor.
        mentor: ApplicationId,
        /// How many.
        places: u8,
    },
}

impl Board {
    /// The term that a command sets, if it sets one and nothing stands in its way.
    pub fn terms(&self, command: &Command) -> Result<Option<Terms>, Refusal> {
        match command {
            Command::Forbid { mentee, mentor, .. } => self.apart((*mentee, *mentor), true),
            Command::Allow { mentee, mentor } => self.apart((*mentee, *mentor), false),
            Command::SetPlaces {
                mentor,
                was,
                places,
            } => self.places_term(*mentor, *was, *places),
            _ => Ok(None),
        }
    }

    fn apart(
        &self,
        pair: (ApplicationId, ApplicationId),
        is_kept: bool,
    ) -> Result<Option<Terms>, Refusal> {
        let (mentee, mentor) = pair;
        let unknown = |application| Refusal::Unknown { application };
        self.mentee(mentee).ok_or(unknown(mentee))?;
        self.mentor(mentor).ok_or(unknown(mentor))?;
        if self.facts.forbidden.contains(&pair) == is_kept {
            return Err(Refusal::NothingToDo { mentee });
        }
        if is_kept && self.mentor_of(mentee) == Some(mentor) {
            return Err(Refusal::InTheWay {
                mentees: vec![mentee],
            });
        }
        Ok(Some(Terms::Apart { pair, is_kept }))
    }

    fn places_term(
        &self,
        mentor: ApplicationId,
        was: u8,
        places: u8,
    ) -> Result<Option<Terms>, Refusal> {
        let known = self.mentor(mentor).ok_or(Refusal::Unknown {
            application: mentor,
        })?;
        let Side::Mentor { capacity: now, .. } = known.side else {
            return Ok(None);
        };
        if now != was {
            return Err(Refusal::PlacesChanged {
                mentor,
                places: now,
            });
        }
        if places == now || places > MOST_PLACES {
            return Err(Refusal::NothingToDo { mentee: mentor });
        }
        if self.placements.count_of(mentor) > usize::from(places) {
            return Err(Refusal::InTheWay {
                mentees: self.mentees_of(mentor).collect(),
            });
        }
        Ok(Some(Terms::Places { mentor, places }))
    }

    /// Sets a term.
    pub fn set_terms(&mut self, terms: Terms) {
        match terms {
            Terms::Apart {
                pair,
                is_kept: true,
            } => {
                self.facts.forbidden.insert(pair);
            }
            Terms::Apart {
                pair,
                is_kept: false,
            } => {
                self.facts.forbidden.remove(&pair);
            }
            Terms::Places { mentor, places } => {
                if let Some(Side::Mentor { capacity, .. }) =
                    self.candidates.get_mut(&mentor).map(|one| &mut one.side)
                {
                    *capacity = places;
                }
            }
        }
    }

    /// The term as it is now that a command would set.
    pub fn present_terms(&self, command: &Command) -> Option<Terms> {
        match command {
            Command::Forbid { mentee, mentor, .. } | Command::Allow { mentee, mentor } => {
                let pair = (*mentee, *mentor);
                let is_kept = self.facts.forbidden.contains(&pair);
                Some(Terms::Apart { pair, is_kept })
            }
            Command::SetPlaces { mentor, .. } => match self.mentor(*mentor)?.side {
                Side::Mentor { capacity, .. } => Some(Terms::Places {
                    mentor: *mentor,
                    places: capacity,
                }),
                Side::Mentee { .. } => None,
            },
            _ => None,
        }
    }
}

/// What puts a term back.
pub(super) fn inverse(command: &Command) -> Option<Command> {
    match command {
        Command::Forbid { mentee, mentor, .. } => Some(Command::Allow {
            mentee: *mentee,
            mentor: *mentor,
        }),
        Command::Allow { mentee, mentor } => Some(Command::Forbid {
            mentee: *mentee,
            mentor: *mentor,
            reason: String::new(),
        }),
        Command::SetPlaces {
            mentor,
            was,
            places,
        } => Some(Command::SetPlaces {
            mentor: *mentor,
            was: *places,
            places: *was,
        }),
        _ => None,
    }
}
