//! What narrows both lists beside the search, and in which order mentors stand. All of it stands in
//! the address.

use std::cmp::Reverse;

use tandem_domain::candidate::{Candidate, Offer};
use tandem_domain::form::definition::Slug;
use tandem_domain::id::ApplicationId;
use tandem_domain::order;
use tandem_domain::role::Role;
use tandem_domain::score::Band;

use super::desk::Desk;
use crate::widgets::person_chip::slug_words;

/// One of a few that can be chosen, with a word for the address and words for the screen.
pub(super) trait OneOf: Copy + PartialEq + Default + 'static {
    /// In the order they are offered; the first is the usual.
    const ALL: &'static [Self];

    /// The word in the address and the words on the screen.
    fn words(self) -> (&'static str, &'static str);

    /// Reads the word in the address; what is unknown means the usual.
    fn from_slug(slug: Option<&str>) -> Self {
        let mut all = Self::ALL.iter().copied();
        all.find(|one| Some(one.words().0) == slug)
            .unwrap_or_default()
    }
}

/// How a mentee stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Standing {
    /// However.
    #[default]
    Any,
    /// In a pair.
    Paired,
    /// In a pair that a warning speaks against.
    Warned,
    /// In a pair that breaks a rule by now.
    Broken,
    /// Left without a partner last time.
    LeftOver,
    /// Changed by others since this member last looked.
    News,
    /// Somebody said something of the mentee, or of the pair, that is not resolved.
    Commented,
}

impl OneOf for Standing {
    const ALL: &'static [Self] = &[
        Self::Any,
        Self::Paired,
        Self::Warned,
        Self::Broken,
        Self::LeftOver,
        Self::News,
        Self::Commented,
    ];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Any => ("any", "However they stand"),
            Self::Paired => ("paired", "In a pair"),
            Self::Warned => ("warned", "In a pair with a warning"),
            Self::Broken => ("broken", "In a pair that breaks a rule"),
            Self::LeftOver => ("left-over", "Left over last time"),
            Self::News => ("news", "Changed since you last looked"),
            Self::Commented => ("commented", "With open comments"),
        }
    }
}

/// The score of a mentee's pair; for one without a mentor, of the best that is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fit {
    /// Whatever.
    #[default]
    Any,
    /// In this band.
    In(Band),
}

impl OneOf for Fit {
    const ALL: &'static [Self] = &[
        Self::Any,
        Self::In(Band::Strong),
        Self::In(Band::Good),
        Self::In(Band::Fair),
        Self::In(Band::Weak),
    ];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Any => ("any", "Any score"),
            Self::In(Band::Strong) => ("strong", "Strong"),
            Self::In(Band::Good) => ("good", "Good"),
            Self::In(Band::Fair) => ("fair", "Fair"),
            Self::In(Band::Weak) => ("weak", "Weak"),
        }
    }
}

/// How many places a mentor has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Places {
    /// Any number.
    #[default]
    Any,
    /// At least one.
    Left,
    /// None.
    Full,
    /// All of them.
    Nobody,
}

impl OneOf for Places {
    const ALL: &'static [Self] = &[Self::Any, Self::Left, Self::Full, Self::Nobody];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Any => ("any", "Any places"),
            Self::Left => ("left", "A place left"),
            Self::Full => ("full", "Every place taken"),
            Self::Nobody => ("nobody", "Nobody there yet"),
        }
    }
}

/// In which order mentors are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum MentorSort {
    /// By name, those who take nobody last.
    #[default]
    Name,
    /// Most free places first.
    Free,
    /// The weakest pair first.
    Weakest,
    /// Those who suit the mentee in focus best first.
    Fit,
}

impl OneOf for MentorSort {
    const ALL: &'static [Self] = &[Self::Name, Self::Free, Self::Weakest, Self::Fit];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("name", "Mentors by name"),
            Self::Free => ("free", "Most places left first"),
            Self::Weakest => ("weakest", "Weakest pair first"),
            Self::Fit => ("fit", "Best for the mentee in focus first"),
        }
    }
}

/// What narrows the lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Facets {
    /// An area that a mentee lists or a mentor offers.
    pub(super) area: Option<Slug>,
    /// A kind of institution.
    pub(super) setting: Option<Slug>,
    /// A way to talk.
    pub(super) mode: Option<Slug>,
    /// How mentees stand.
    pub(super) standing: Standing,
    /// The scores of mentees.
    pub(super) fit: Fit,
    /// The places of mentors.
    pub(super) places: Places,
    /// The order of mentors.
    pub(super) mentor_sort: MentorSort,
}

impl Facets {
    /// Reads what stands in the address.
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let slug = |name| get(name).filter(|word| !word.is_empty()).map(Slug);
        Self {
            area: slug("area"),
            setting: slug("setting"),
            mode: slug("mode"),
            standing: Standing::from_slug(get("standing").as_deref()),
            fit: Fit::from_slug(get("fit").as_deref()),
            places: Places::from_slug(get("places").as_deref()),
            mentor_sort: MentorSort::from_slug(get("mentors").as_deref()),
        }
    }

    /// What stands in the address: each name, and its word unless it is the usual.
    pub(super) fn written(&self) -> [(&'static str, Option<String>); 7] {
        let slug = |slug: &Option<Slug>| slug.as_ref().map(|slug| slug.0.clone());
        [
            ("area", slug(&self.area)),
            ("setting", slug(&self.setting)),
            ("mode", slug(&self.mode)),
            ("standing", word(self.standing)),
            ("fit", word(self.fit)),
            ("places", word(self.places)),
            ("mentors", word(self.mentor_sort)),
        ]
    }

    /// How many narrow the lists.
    pub(super) fn count(&self) -> usize {
        let narrows = self.written().into_iter();
        let narrows = narrows.filter(|(name, word)| *name != "mentors" && word.is_some());
        narrows.count()
    }

    /// Whether everybody is what is asked for.
    fn finds_all(&self) -> bool {
        matches!(
            self,
            Self {
                area: None,
                setting: None,
                mode: None,
                standing: Standing::Any,
                fit: Fit::Any,
                places: Places::Any,
                mentor_sort: _,
            }
        )
    }

    /// Whether somebody is what is asked for, whichever side it is of.
    pub(super) fn finds(&self, candidate: &Candidate) -> bool {
        let has_area = |area: &Slug| {
            candidate.wanted().contains(area)
                || candidate.offered().is_some_and(|offered| {
                    matches!(offered.get(area), Some(Offer::Strong | Offer::Some))
                })
        };
        self.area.as_ref().is_none_or(has_area)
            && (self.setting.is_none() || candidate.setting == self.setting)
            && (self.mode.as_ref()).is_none_or(|mode| candidate.modes.contains(mode))
    }

    /// Whether a mentee is what is asked for.
    pub(super) fn finds_mentee(&self, desk: &Desk, mentee: ApplicationId) -> bool {
        if self.finds_all() {
            return true;
        }
        let pair = || Some((mentee, desk.mentor_of(mentee)?));
        let Some(candidate) = desk.candidate(mentee) else {
            return false;
        };
        let stands = match self.standing {
            Standing::Any => true,
            Standing::Paired => pair().is_some(),
            Standing::Warned => {
                pair().is_some_and(|(one, other)| !desk.board().warnings(one, other).is_empty())
            }
            Standing::Broken => {
                pair().is_some_and(|(one, other)| !desk.board().rules(one, other).is_empty())
            }
            Standing::LeftOver => candidate.carried_over,
            Standing::News => desk.marks().news.contains(&mentee),
            Standing::Commented => desk.marks().commented.contains(&mentee),
        };
        let fits = match self.fit {
            Fit::Any => true,
            Fit::In(band) => best_score(desk, mentee).is_some_and(|score| Band::of(score) == band),
        };
        stands && fits && self.finds(candidate)
    }

    /// Whether a mentor is what is asked for.
    pub(super) fn finds_mentor(&self, desk: &Desk, mentor: ApplicationId) -> bool {
        if self.finds_all() {
            return true;
        }
        let has_places = match self.places {
            Places::Any => true,
            Places::Left => desk.n_free(mentor) > 0,
            Places::Full => desk.n_free(mentor) == 0,
            Places::Nobody => desk.n_occupants(mentor) == 0,
        };
        has_places && desk.candidate(mentor).is_some_and(|one| self.finds(one))
    }

    /// Puts mentors in order; they come by name. `focus` is the mentee in focus.
    pub(super) fn sort_mentors(
        &self,
        desk: &Desk,
        mentors: &mut Vec<ApplicationId>,
        focus: Option<ApplicationId>,
    ) {
        let takes_nobody = |mentor: &ApplicationId| desk.capacity(*mentor) == 0;
        match (self.mentor_sort, focus) {
            (MentorSort::Free, _) => {
                order::sort_by_key(mentors, |mentor| Reverse(desk.n_free(*mentor)));
            }
            (MentorSort::Weakest, _) => order::sort_by_key(mentors, |mentor| {
                let scores = desk.occupants(*mentor).map(|one| desk.score(one, *mentor));
                scores.min().unwrap_or(u16::MAX)
            }),
            (MentorSort::Fit, Some(mentee)) => order::sort_by_key(mentors, |mentor| {
                (takes_nobody(mentor), Reverse(desk.score(mentee, *mentor)))
            }),
            (MentorSort::Name | MentorSort::Fit, _) => {
                order::sort_by_key(mentors, takes_nobody);
            }
        }
    }
}

/// The score of a mentee's pair; for one without a mentor of the best that is possible, where there
/// are not too many to know it.
fn best_score(desk: &Desk, mentee: ApplicationId) -> Option<u16> {
    match desk.mentor_of(mentee) {
        Some(mentor) => Some(desk.score(mentee, mentor)),
        None if desk.table().knows_all() => Some(desk.table().outlook(desk.board(), mentee).best),
        None => None,
    }
}

fn word<T: OneOf>(one: T) -> Option<String> {
    (one != T::default()).then(|| one.words().0.to_owned())
}

/// What both sides name of one kind, for a list to choose from: by their words.
pub(super) fn named(desk: &Desk, of: fn(&Candidate) -> Vec<&Slug>) -> Vec<(Slug, String)> {
    let sides = [Role::Mentee, Role::Mentor].map(|role| desk.side(role));
    let people = sides.into_iter().flatten();
    let slugs = order::set(people.filter_map(|one| desk.candidate(*one)).flat_map(of));
    let mut named: Vec<(Slug, String)> = slugs
        .into_iter()
        .map(|slug| (slug.clone(), slug_words(slug)))
        .collect();
    order::sort_by_key(&mut named, |(_, words)| words.clone());
    named
}

/// The areas of somebody.
pub(super) fn areas(candidate: &Candidate) -> Vec<&Slug> {
    let offered = candidate.offered().into_iter().flat_map(|one| one.keys());
    candidate.wanted().iter().chain(offered).collect()
}

/// The kind of institution of somebody.
pub(super) fn settings(candidate: &Candidate) -> Vec<&Slug> {
    candidate.setting.iter().collect()
}

/// The ways to talk of somebody.
pub(super) fn modes(candidate: &Candidate) -> Vec<&Slug> {
    candidate.modes.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_address_is_read_back() {
        let facets = Facets {
            area: Some(Slug::from("preservation")),
            setting: None,
            mode: Some(Slug::from("video")),
            standing: Standing::Warned,
            fit: Fit::In(Band::Fair),
            places: Places::Left,
            mentor_sort: MentorSort::Weakest,
        };
        let written = facets.written();
        let get = |wanted: &str| {
            let found = written.iter().find(|(name, _)| *name == wanted);
            found.and_then(|(_, word)| word.clone())
        };
        assert_eq!(Facets::read(get), facets);
        assert_eq!(facets.count(), 5);
        let usual = Facets::read(|_| Some("nonsense".to_owned()).filter(|_| false));
        assert_eq!(usual, Facets::default());
        assert!(usual.written().iter().all(|(_, word)| word.is_none()));
    }
}
