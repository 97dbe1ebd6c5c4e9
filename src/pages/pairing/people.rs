//! Everybody of a snapshot, in order and with the words they are found by: made once, so that a
//! list of thousands is narrowed while somebody types.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tandem_domain::board::Board;
use tandem_domain::candidate::{Candidate, Side};
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;
use tandem_domain::text::fold;

use crate::widgets::person_chip::{place_words, slug_words};

/// Everybody of a snapshot.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    mentees: Vec<ApplicationId>,
    mentors: Vec<ApplicationId>,
    rank: BTreeMap<ApplicationId, usize>,
    words: OnceLock<BTreeMap<ApplicationId, String>>,
}

impl People {
    /// The people of a board.
    pub(super) fn of(board: &Board) -> Self {
        let mut named: Vec<(String, &Candidate)> = board
            .candidates
            .values()
            .map(|one| (sort_key(&one.name), one))
            .collect();
        named.sort_by(|(a, one), (b, other)| (a, &one.reference).cmp(&(b, &other.reference)));
        let of = |role: Role| {
            let side = named.iter().filter(|(_, one)| one.role == role);
            side.map(|(_, one)| one.id).collect()
        };
        Self {
            mentees: of(Role::Mentee),
            mentors: of(Role::Mentor),
            rank: (0..)
                .zip(&named)
                .map(|(rank, (_, one))| (one.id, rank))
                .collect(),
            words: OnceLock::new(),
        }
    }

    /// One side, by name.
    pub(super) fn side(&self, role: Role) -> &[ApplicationId] {
        match role {
            Role::Mentee => &self.mentees,
            Role::Mentor => &self.mentors,
        }
    }

    /// Where somebody stands in the order of names.
    pub(super) fn rank(&self, who: ApplicationId) -> usize {
        self.rank.get(&who).copied().unwrap_or(usize::MAX)
    }

    /// What is searched for, ready to be compared with everybody; nothing if it is blank.
    pub(super) fn search<'a>(&'a self, board: &Board, wanted: &str) -> Option<Search<'a>> {
        let wanted: Vec<String> = fold(wanted)
            .split_whitespace()
            .map(|word| format!(" {word}"))
            .collect();
        let words = || {
            let known = board.candidates.values();
            known.map(|one| (one.id, known_words(one))).collect()
        };
        (!wanted.is_empty()).then(|| Search {
            wanted,
            words: self.words.get_or_init(words),
        })
    }
}

/// Words that each must begin a word of what is known of somebody.
#[derive(Debug)]
pub(super) struct Search<'a> {
    wanted: Vec<String>,
    words: &'a BTreeMap<ApplicationId, String>,
}

impl Search<'_> {
    /// Whether somebody is meant.
    pub(super) fn finds(&self, who: ApplicationId) -> bool {
        self.words
            .get(&who)
            .is_some_and(|known| self.wanted.iter().all(|wanted| known.contains(wanted)))
    }
}

/// The folded name; the quick way for names without accents.
fn sort_key(name: &str) -> String {
    if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        fold(name)
    }
}

/// Name, reference, institutions, areas and place, folded, each word after a blank.
fn known_words(candidate: &Candidate) -> String {
    let areas: Vec<String> = match &candidate.side {
        Side::Mentee { areas, .. } => areas.iter().map(slug_words).collect(),
        Side::Mentor { areas, .. } => areas.keys().map(slug_words).collect(),
    };
    let institutions = candidate.institutions.iter().map(|one| one.name.as_str());
    let place = place_words(&candidate.place);
    let known: Vec<&str> = [candidate.name.as_str(), candidate.reference.as_str()]
        .into_iter()
        .chain(institutions)
        .chain(areas.iter().map(String::as_str))
        .chain([place.as_str()])
        .collect();
    format!(" {}", fold(&known.join(" ")))
}
