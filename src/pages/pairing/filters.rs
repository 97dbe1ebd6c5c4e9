//! Which mentees are listed and in which order. All of it stands in the address, so that a link
//! shows the same list.

use tandem_domain::id::ApplicationId;
use tandem_domain::order;
use tandem_domain::role::Role;

use super::desk::Desk;
use super::facets::Facets;

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

/// How the board is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum View {
    /// Cards that say what matters, in two lists.
    #[default]
    Cards,
    /// The same lists with a line a card.
    Compact,
    /// One plain table of everything.
    Table,
}

impl View {
    /// In the order they are offered.
    pub(super) const ALL: [Self; 3] = [Self::Cards, Self::Compact, Self::Table];

    /// The word in the address.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Cards => "cards",
            Self::Compact => "compact",
            Self::Table => "table",
        }
    }

    /// The word on the screen.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Cards => "Cards",
            Self::Compact => "Compact",
            Self::Table => "Table",
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
    /// How the board is drawn.
    pub(super) view: View,
    /// What else narrows the lists.
    pub(super) facets: Facets,
}

/// The mentees that are listed, in order.
pub(super) fn mentees(desk: &Desk, query: &Query) -> Vec<ApplicationId> {
    let search = desk.people().search(desk.board(), &query.search);
    let mut mentees: Vec<ApplicationId> = desk
        .people()
        .side(Role::Mentee)
        .iter()
        .copied()
        .filter(|mentee| match query.show {
            Show::All => true,
            Show::Unpaired => desk.placement(*mentee).is_none(),
            Show::Locked => desk
                .placement(*mentee)
                .is_some_and(|placement| placement.locked),
        })
        .filter(|mentee| search.as_ref().is_none_or(|search| search.finds(*mentee)))
        .filter(|mentee| query.facets.finds_mentee(desk, *mentee))
        .collect();
    // Everybody stands in the order of names already, and these sorts keep it among equals.
    match query.sort {
        Sort::Hardest if desk.table().knows_all() => order::sort_by_key(&mut mentees, |mentee| {
            let outlook = desk.table().outlook(desk.board(), *mentee);
            (outlook.n_good, outlook.best)
        }),
        Sort::Score => order::sort_by_key(&mut mentees, |mentee| match desk.mentor_of(*mentee) {
            Some(mentor) => desk.score(*mentee, mentor),
            None if desk.table().knows_all() => desk.table().outlook(desk.board(), *mentee).best,
            None => u16::MAX,
        }),
        Sort::Name | Sort::Hardest => {}
    }
    mentees
}

/// The mentors that are listed, in order. Searching finds those who match and those whose mentees
/// do. `focus` is the mentee in focus.
pub(super) fn mentors(
    desk: &Desk,
    query: &Query,
    focus: Option<ApplicationId>,
) -> Vec<ApplicationId> {
    let search = desk.people().search(desk.board(), &query.search);
    let mut mentors: Vec<ApplicationId> = desk
        .people()
        .side(Role::Mentor)
        .iter()
        .copied()
        .filter(|mentor| {
            search.as_ref().is_none_or(|search| {
                search.finds(*mentor) || desk.occupants(*mentor).any(|one| search.finds(one))
            })
        })
        .filter(|mentor| query.facets.finds_mentor(desk, *mentor))
        .collect();
    query.facets.sort_mentors(desk, &mut mentors, focus);
    mentors
}
