//! Why somebody stays unmatched whatever is done, and what would help.
//!
//! Mentees who together can only use fewer places than they are break Hall's condition (1935).
//! Such a set is found by following moves from an unmatched mentee as far as they lead; it falls
//! apart into groups that share no mentor (the decomposition of Dulmage and Mendelsohn, 1958).

use crate::flow::Flow;
use crate::index::{Each, Key, Mentee, Mentor};
use crate::instance::Instance;

/// Mentees who can only use places that are too few for them.
///
/// Each of the three remedies, taken once, gives one mentee more a mentor; no other single place,
/// lifted rule or lifted lock does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The mentees, in order. Any of them may be the one who goes without.
    pub mentees: Vec<Mentee>,
    /// The mentors whom they may have, in order. Remedy: one more place with any of them.
    pub mentors: Vec<Mentor>,
    /// How many places these mentors have that no lock holds.
    pub places: u32,
    /// By how many the mentees are more than the places.
    pub n_unmatched: u32,
    /// The mentors with whom a place can be made free. Remedy: to allow any pair of one of the
    /// mentees with one of these.
    pub open: Vec<Mentor>,
    /// Locked pairs whose place one of the mentees could use, while the locked mentee would find
    /// another. Remedy: to lift any of these locks.
    pub locks: Vec<(Mentee, Mentor)>,
}

/// The groups of mentees for whom there are too few places; none if everybody can have one.
pub fn shortages(instance: &Instance) -> Vec<Shortage> {
    let flow = Flow::new(instance, i32::MIN, None).finish(instance);
    let open = open_mentors(instance, &flow);
    let mut group_of = Each::<Mentor, Option<usize>>::filled(instance.n_mentors(), None);
    let mut groups: Vec<Group> = Vec::new();
    for (mentee, mentor) in flow.mentors().iter() {
        if mentor.is_none() && instance.is_free(mentee) {
            let group = Group::around(instance, &flow, mentee);
            add(&mut groups, &mut group_of, group);
        }
    }
    let groups = groups.into_iter().filter(|group| !group.mentees.is_empty());
    groups.map(|group| group.told(instance, &open)).collect()
}

#[derive(Clone, Debug, Default)]
struct Group {
    mentees: Vec<Mentee>,
    mentors: Vec<Mentor>,
    n_unmatched: u32,
}

impl Group {
    /// All who can be reached by moves that begin with an unmatched mentee.
    fn around(instance: &Instance, flow: &Flow, unmatched: Mentee) -> Self {
        let mut is_seen = Each::<Mentor, bool>::filled(instance.n_mentors(), false);
        let mut group = Self {
            mentees: vec![unmatched],
            mentors: Vec::new(),
            n_unmatched: 1,
        };
        let mut at = 0;
        while let Some(&mentee) = group.mentees.get(at) {
            at += 1;
            instance.scores().each_of_mentee(mentee, |mentor, _| {
                if !is_seen[mentor] {
                    is_seen[mentor] = true;
                    group.mentors.push(mentor);
                    group.mentees.extend_from_slice(flow.members(mentor));
                }
            });
        }
        group
    }

    fn told(mut self, instance: &Instance, open: &Each<Mentor, bool>) -> Shortage {
        self.mentees.sort_unstable();
        self.mentors.sort_unstable();
        let places = self
            .mentors
            .iter()
            .map(|&mentor| instance.free_places(mentor));
        let could_go = |mentee: Mentee| {
            let mut could = false;
            let scores = instance.scores();
            scores.each_of_mentee(mentee, |mentor, _| could |= open[mentor]);
            could
        };
        let locks = instance.locked.iter().filter_map(|(mentee, mentor)| {
            let mentor = (*mentor)?;
            let is_of_group = self.mentors.binary_search(&mentor).is_ok();
            (is_of_group && could_go(mentee)).then_some((mentee, mentor))
        });
        Shortage {
            places: places.sum(),
            n_unmatched: self.n_unmatched,
            open: open.keys().filter(|&mentor| open[mentor]).collect(),
            locks: locks.collect(),
            mentees: self.mentees,
            mentors: self.mentors,
        }
    }
}

/// Adds a group, joined with all it shares a mentor with.
fn add(groups: &mut Vec<Group>, group_of: &mut Each<Mentor, Option<usize>>, mut group: Group) {
    let name = groups.len();
    let mut shared: Vec<usize> = Vec::new();
    for &mentor in &group.mentors {
        shared.extend(group_of[mentor]);
    }
    shared.sort_unstable();
    shared.dedup();
    for other in shared {
        if let Some(other) = groups.get_mut(other) {
            let other = std::mem::take(other);
            group.n_unmatched += other.n_unmatched;
            group.mentees.extend(other.mentees);
            group.mentors.extend(other.mentors);
        }
    }
    group.mentees.sort_unstable();
    group.mentees.dedup();
    group.mentors.sort_unstable();
    group.mentors.dedup();
    for &mentor in &group.mentors {
        group_of[mentor] = Some(name);
    }
    groups.push(group);
}

/// The mentors with a free place, or from whom somebody can go where that leads to one.
fn open_mentors(instance: &Instance, flow: &Flow) -> Each<Mentor, bool> {
    let has_room = |mentor: Mentor| {
        let members = u32::try_from(flow.members(mentor).len()).unwrap_or(u32::MAX);
        members < instance.free_places(mentor)
    };
    let mentors = (0..instance.n_mentors()).map(Mentor::of);
    let mut is_open = Each::<Mentor, bool>::new(mentors.map(has_room).collect());
    let mut queue: Vec<Mentor> = is_open.keys().filter(|&mentor| is_open[mentor]).collect();
    while let Some(mentor) = queue.pop() {
        instance.scores().each_of_mentor(mentor, |mentee, _| {
            if let Some(left) = flow.mentors()[mentee]
                && !is_open[left]
            {
                is_open[left] = true;
                queue.push(left);
            }
        });
    }
    is_open
}
