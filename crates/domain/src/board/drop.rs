//! What it means to drop a mentee on a mentor.

use super::{Board, Command, Refusal};
use crate::id::ApplicationId;

impl Board {
    /// The command that dropping a mentee means: on a free place to pair or move; on an occupant to
    /// swap, if the dragged mentee has a mentor, else to replace.
    ///
    /// Refused where a lock or a rule stands against it. Warnings do not count here: a drop on a
    /// warned pair has a meaning, and `apply` asks for the chair's reason.
    pub fn what_drop_means(
        &self,
        mentee: ApplicationId,
        mentor: ApplicationId,
        occupant: Option<ApplicationId>,
    ) -> Result<Command, Refusal> {
        let has_mentor = self.mentor_of(mentee).is_some();
        let override_reason = None;
        let command = match occupant {
            Some(occupant) if occupant == mentee => return Err(Refusal::NothingToDo { mentee }),
            Some(occupant) if self.mentor_of(occupant) != Some(mentor) => {
                return Err(Refusal::Changed {
                    now: self.seen(occupant),
                });
            }
            Some(second) if has_mentor => Command::Swap {
                first: mentee,
                second,
                override_reason,
            },
            Some(evicted) => Command::Replace {
                mentee,
                evicted,
                override_reason,
            },
            None if has_mentor => Command::Move {
                mentee,
                mentor,
                override_reason,
            },
            None => Command::Pair {
                mentee,
                mentor,
                override_reason,
            },
        };
        self.check(&command)?;
        Ok(command)
    }
}
