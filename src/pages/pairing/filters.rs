//! Which mentees are listed and in which order. All of it stands in the address, so that a link
//! shows the same list.

use std::cmp::Reverse;

use tandem_domain::candidate::{Candidate, Side};
use tandem_domain::id::ApplicationId;
use tandem_domain::order;
use tandem_domain::role::Role;
use tandem_domain::text::fold;

use super::desk::Desk;
use crate::widgets::person_chip::{place_words, slug_words};

/// Which mentees are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Show {
    /// Those without a mentor.
    #[default]
    Unpaired,
    /// All.
    All,
    /// Those in a locked pair.
    Locked,
}

impl Show {
    /// In the order they are offered.
    pub(super) const ALL: [Self; 3] = [Self::Unpaired, Self::All, Self::Locked];

    /// The word in the address.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Unpaired => "unpaired",
            Self::All => "all",
            Self::Locked => "locked",
        }
    }

    /// The word on the screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Unpaired => "Unpaired",
            Self::All => "All",
            Self::Locked => "Locked",
        }
    }

    /// Reads the word in the address; what is unknown means the usual.
    pub(super) fn from_slug(slug: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|one| Some(one.slug()) == slug)
            .unwrap_or_default()
    }
}

/// In which order mentees are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sort {
    /// Those with the fewest good options first: the hard cases.
    #[default]
    Hardest,
    /// By name.
    Name,
    /// By score: of the pair, else of the best possible; the lowest first.
    Score,
}

impl Sort {
    /// In the order they are offered.
    pub(super) const ALL: [Self; 3] = [Self::Hardest, Self::Name, Self::Score];

    /// The word in the address.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Hardest => "hardest",
            Self::Name => "name",
            Self::Score => "score",
        }
    }

    /// The words on the screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Hardest => "Fewest good options first",
            Self::Name => "By name",
            Self::Score => "Lowest score first",
        }
    }

    /// Reads the word in the address; what is unknown means the usual.
    pub(super) fn from_slug(slug: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|one| Some(one.slug()) == slug)
            .unwrap_or_default()
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Query {
    /// Which mentees.
    pub(super) show: Show,
    /// In which order.
    pub(super) sort: Sort,
    /// Words that each must begin a word of name, place, institution or area.
    pub(super) search: String,
}

/// The mentees that are listed, in order.
pub(super) fn mentees(desk: &Desk, query: &Query) -> Vec<ApplicationId> {
    let mut mentees: Vec<&Candidate> = desk
        .side(Role::Mentee)
        .into_iter()
        .filter(|mentee| match query.show {
            Show::All => true,
            Show::Unpaired => desk.placement(*mentee).is_none(),
            Show::Locked => desk
                .placement(*mentee)
                .is_some_and(|placement| placement.locked),
        })
        .filter_map(|mentee| desk.candidate(mentee))
        .filter(|mentee| matches(mentee, &query.search))
        .collect();
    let name = |mentee: &Candidate| fold(&mentee.name);
    match query.sort {
        Sort::Name => order::sort_by_key(&mut mentees, |mentee| name(mentee)),
        Sort::Hardest => order::sort_by_key(&mut mentees, |mentee| {
            let table = desk.table();
            (table.n_good(mentee.id), table.best(mentee.id), name(mentee))
        }),
        Sort::Score => order::sort_by_key(&mut mentees, |mentee| {
            let score = match desk.mentor_of(mentee.id) {
                Some(mentor) => desk.score(mentee.id, mentor),
                None => desk.table().best(mentee.id),
            };
            (score, name(mentee))
        }),
    }
    mentees.into_iter().map(|mentee| mentee.id).collect()
}

/// The mentors that are listed: free places first, then by name. Searching finds those who match
/// and those whose mentees do.
pub(super) fn mentors(desk: &Desk, search: &str) -> Vec<ApplicationId> {
    let mut mentors: Vec<&Candidate> = desk
        .side(Role::Mentor)
        .into_iter()
        .filter_map(|mentor| desk.candidate(mentor))
        .filter(|mentor| {
            let mut occupants = desk.occupants(mentor.id).into_iter();
            matches(mentor, search)
                || occupants.any(|one| {
                    desk.candidate(one)
                        .is_some_and(|mentee| matches(mentee, search))
                })
        })
        .collect();
    order::sort_by_key(&mut mentors, |mentor| {
        (Reverse(desk.capacity(mentor.id) > 0), fold(&mentor.name))
    });
    mentors.into_iter().map(|mentor| mentor.id).collect()
}

/// Whether every word of the search begins a word of what is known of somebody.
fn matches(candidate: &Candidate, search: &str) -> bool {
    let search = fold(search);
    let mut wanted = search.split_whitespace().peekable();
    if wanted.peek().is_none() {
        return true;
    }
    let areas: Vec<String> = match &candidate.side {
        Side::Mentee { areas, .. } => areas.iter().map(slug_words).collect(),
        Side::Mentor { areas, .. } => areas.keys().map(slug_words).collect(),
    };
    let institutions = candidate.institutions.iter().map(|one| one.name.as_str());
    let known: Vec<&str> = [candidate.name.as_str(), candidate.reference.as_str()]
        .into_iter()
        .chain(institutions)
        .chain(areas.iter().map(String::as_str))
        .collect();
    let known = fold(&format!(
        "{} {}",
        known.join(" "),
        place_words(&candidate.place)
    ));
    let words: Vec<&str> = known.split_whitespace().collect();
    wanted.all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}
