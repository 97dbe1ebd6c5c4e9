//! A board on the way back through its log. What was done once is not judged again: rules and people
//! have changed since, what was on the board then has not.

use super::{Command, Placement, Placements};
use crate::id::ApplicationId;

/// Who was with whom, some commands ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    placements: Placements,
    /// For each step back, the first first, what the mentees had after it was made.
    steps: Vec<Vec<(ApplicationId, Option<Placement>)>>,
}

impl Past {
    /// The present: no step back yet.
    pub fn new(present: Placements) -> Self {
        Self {
            placements: present,
            steps: Vec::new(),
        }
    }

    /// Who was with whom.
    pub fn placements(&self) -> &Placements {
        &self.placements
    }

    /// How many commands lie between this and the present.
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// Goes back before the command whose inverse this is.
    pub fn back(&mut self, inverse: &Command) {
        let mut had = Vec::new();
        take_back(&mut self.placements, inverse, &mut had);
        self.steps.push(had);
    }

    /// Goes forward again by one command. False in the present.
    pub fn forward(&mut self) -> bool {
        let Some(had) = self.steps.pop() else {
            return false;
        };
        for (mentee, place) in had.into_iter().rev() {
            self.placements.put(mentee, place);
        }
        true
    }
}

fn take_back(
    placements: &mut Placements,
    inverse: &Command,
    had: &mut Vec<(ApplicationId, Option<Placement>)>,
) {
    if let Command::Together { commands } = inverse {
        for command in commands {
            take_back(placements, command, had);
        }
        return;
    }
    for (mentee, place) in outcome(placements, inverse) {
        had.push((mentee, placements.put(mentee, place)));
    }
}

/// What an inverse of the log makes of each mentee.
fn outcome(placements: &Placements, inverse: &Command) -> Vec<(ApplicationId, Option<Placement>)> {
    let place = |mentor: ApplicationId, reason: &Option<String>| {
        Some(Placement {
            mentor,
            locked: false,
            override_reason: reason.clone(),
        })
    };
    let with_lock = |mentee: &ApplicationId, locked: bool| {
        let present = placements.get(mentee).cloned();
        vec![(
            *mentee,
            present.map(|present| Placement { locked, ..present }),
        )]
    };
    let mentor_of = |mentee: &ApplicationId| placements.get(mentee).map(|place| place.mentor);
    match inverse {
        Command::Pair {
            mentee,
            mentor,
            override_reason,
        }
        | Command::Move {
            mentee,
            mentor,
            override_reason,
        } => vec![(*mentee, place(*mentor, override_reason))],
        Command::Unpair { mentee } => vec![(*mentee, None)],
        Command::Replace {
            mentee,
            evicted,
            override_reason,
        } => {
            let mentor = mentor_of(evicted);
            let comes = mentor.and_then(|mentor| place(mentor, override_reason));
            vec![(*mentee, comes), (*evicted, None)]
        }
        Command::Swap {
            first,
            second,
            override_reason,
        } => {
            let with = |mentor: Option<ApplicationId>| {
                mentor.and_then(|mentor| place(mentor, override_reason))
            };
            vec![
                (*first, with(mentor_of(second))),
                (*second, with(mentor_of(first))),
            ]
        }
        Command::Lock { mentee } => with_lock(mentee, true),
        Command::Unlock { mentee } => with_lock(mentee, false),
        Command::Restore { placements }
        | Command::Adopt { placements, .. }
        | Command::AdoptFrom { placements, .. } => placements.clone(),
        Command::Forbid { .. }
        | Command::Allow { .. }
        | Command::SetPlaces { .. }
        | Command::Together { .. } => Vec::new(),
    }
}
