//! The scores of all pairs of two lists, without their reasons: what components find is found once
//! for all who are alike in what a component looks at.

use super::component::{Finding, area, mentor_wishes, mode, setting, stage, time};
use super::{Weights, mean, with_carry_over};
use crate::alike::Alike;
use crate::candidate::{Candidate, SettingWish, Side};
use crate::form::definition::Slug;

/// What the components find in every pair, in their order; time is found for each pair anew.
pub(crate) struct Parts<'a> {
    mentees: Vec<&'a Candidate>,
    mentors: Vec<&'a Candidate>,
    area: Alike<Option<u16>>,
    stage: Alike<Option<u16>>,
    setting: Alike<Option<u16>>,
    mode: Alike<Option<u16>>,
    mentor: Alike<Option<u16>>,
}

impl<'a> Parts<'a> {
    /// Finds everything that people have in common with others.
    pub(crate) fn of(mentees: &[&'a Candidate], mentors: &[&'a Candidate]) -> Self {
        let two = |find: fn(&Candidate, &Candidate) -> Finding| {
            move |row: usize, column: usize| {
                let (mentee, mentor) = (mentees.get(row)?, mentors.get(column)?);
                find(mentee, mentor).value
            }
        };
        let rows = || mentees.iter().copied();
        let columns = || mentors.iter().copied();
        Self {
            area: Alike::of(
                rows().map(Candidate::wanted),
                columns().map(Candidate::offered),
                two(area),
            ),
            stage: Alike::of(
                rows().map(|one| one.stage),
                columns().map(|one| one.stage),
                two(stage),
            ),
            setting: Alike::of(
                rows().map(|one| (wish(one), &one.setting)),
                columns().map(|one| &one.setting),
                two(setting),
            ),
            mode: Alike::of(
                rows().map(|one| &one.modes),
                columns().map(|one| &one.modes),
                two(mode),
            ),
            mentor: Alike::of(
                rows().map(|one| (&one.situation, one.stage, &one.setting)),
                columns().map(|one| (wants_who(one), wish(one), &one.setting)),
                two(mentor_wishes),
            ),
            mentees: mentees.to_vec(),
            mentors: mentors.to_vec(),
        }
    }

    /// The score of a pair under each of these weights, by the places of the two in the lists.
    pub(crate) fn totals<const N: usize>(
        &self,
        row: usize,
        column: usize,
        weights: [&Weights; N],
    ) -> [u16; N] {
        let (Some(mentee), Some(mentor)) = (self.mentees.get(row), self.mentors.get(column)) else {
            return [0; N];
        };
        let values = [
            self.area.at(row, column).flatten(),
            self.stage.at(row, column).flatten(),
            self.setting.at(row, column).flatten(),
            time(mentee, mentor).value,
            self.mode.at(row, column).flatten(),
            self.mentor.at(row, column).flatten(),
        ];
        weights.map(|weights| {
            let known = weights.all().into_iter().zip(values);
            let base = mean(known.filter_map(|(weight, value)| Some((weight, value?))));
            with_carry_over(base, mentee).0
        })
    }
}

fn wish(candidate: &Candidate) -> &SettingWish {
    match &candidate.side {
        Side::Mentee { wants_setting, .. } | Side::Mentor { wants_setting, .. } => wants_setting,
    }
}

fn wants_who(mentor: &Candidate) -> Option<&std::collections::BTreeSet<Slug>> {
    match &mentor.side {
        Side::Mentor { wants_who, .. } => Some(wants_who),
        Side::Mentee { .. } => None,
    }
}
