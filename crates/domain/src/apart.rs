//! The sealed list of people to keep apart: whom a name, an address or an institution may mean, and
//! what is blocked until an officer has looked.
//!
//! An address that somebody has means that person, at once and for good. A name or an institution
//! means likely people; each is blocked until the officer dismisses the guess. Who asked and why
//! stays with the officer: what leaves towards the board are pairs of people, and nothing else.

mod likeness;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::form::answer::NamedPerson;
use crate::id::PersonId;
use crate::order;
use crate::rule::name::Name;
use crate::text::{email_norm, fold};

pub use self::likeness::is_likely_name;

/// What is known of somebody who has applied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applicant {
    /// The names they gave: to use, on the membership.
    pub names: Vec<String>,
    /// Their addresses.
    pub emails: Vec<String>,
    /// Where they work or study, and the larger organisations above.
    pub institutions: Vec<String>,
}

/// Somebody or somewhere that an applicant asks to be kept apart from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A person, by name and perhaps address or institution.
    Person(NamedPerson),
    /// Everybody at an institution.
    Institution(String),
}

/// How an entry may mean somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The address is theirs: certain.
    Address,
    /// The name is theirs, and the institution where one is given.
    Name,
    /// The name is theirs; the institution that was given is not one they named.
    NameElsewhere,
    /// The name is like theirs.
    SimilarName,
    /// The institution is theirs.
    Institution,
    /// The institution is like theirs.
    SimilarInstitution,
}

/// What the officer says to a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// This is who was meant.
    Confirmed,
    /// Somebody else was meant.
    Dismissed,
}

/// What one entry comes to, for the officer's queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Who asked.
    pub declared_by: PersonId,
    /// The entry's key, under which verdicts are kept.
    pub entry: String,
    /// Who may be meant.
    pub person: PersonId,
    /// Why.
    pub likeness: Likeness,
    /// What the officer said; nothing yet.
    pub verdict: Option<Verdict>,
}

/// What the officer said, by who asked, entry and person.
pub type Verdicts = BTreeMap<(PersonId, String, PersonId), Verdict>;

impl Entry {
    /// What the entry says, in the form in which it is remembered: the same words written in
    /// another way are the same entry.
    pub fn key(&self) -> String {
        match self {
            Self::Person(person) => format!("p:{}|{}", fold(&person.name), contact_key(person)),
            Self::Institution(name) => format!("i:{}", fold(name)),
        }
    }

    /// How the entry may mean somebody; not at all, if nothing comes back.
    pub fn likeness(&self, applicant: &Applicant) -> Option<Likeness> {
        match self {
            Self::Person(person) => of_person(person, applicant),
            Self::Institution(name) => of_institution(name, applicant),
        }
    }
}

impl Guess {
    /// Whether the pair is blocked. An address is certain; of a guess, only a dismissal lifts it.
    pub fn is_blocked(&self) -> bool {
        self.likeness == Likeness::Address || self.verdict != Some(Verdict::Dismissed)
    }

    /// Whether the officer has to look.
    pub fn is_open(&self) -> bool {
        self.likeness != Likeness::Address && self.verdict.is_none()
    }
}

/// Everybody whom the entries of all applicants may mean. An address that somebody has means
/// nobody else, however many have the name.
pub fn guesses(
    applicants: &BTreeMap<PersonId, Applicant>,
    entries: &BTreeMap<PersonId, Vec<Entry>>,
    verdicts: &Verdicts,
) -> Vec<Guess> {
    let mut guesses = Vec::new();
    for (declared_by, entries) in entries {
        let keys = order::set(entries.iter().map(Entry::key));
        for key in keys {
            let Some(entry) = entries.iter().find(|entry| entry.key() == key) else {
                continue;
            };
            let mut found: Vec<(PersonId, Likeness)> = applicants
                .iter()
                .filter(|(person, _)| *person != declared_by)
                .filter_map(|(person, applicant)| Some((*person, entry.likeness(applicant)?)))
                .collect();
            if found
                .iter()
                .any(|(_, likeness)| *likeness == Likeness::Address)
            {
                found.retain(|(_, likeness)| *likeness == Likeness::Address);
            }
            guesses.extend(found.into_iter().map(|(person, likeness)| Guess {
                declared_by: *declared_by,
                entry: key.clone(),
                person,
                likeness,
                verdict: verdicts.get(&(*declared_by, key.clone(), person)).copied(),
            }));
        }
    }
    guesses
}

/// The pairs of people who may not be paired, each once, the lesser id first: all that may leave
/// the officer's view. From either side it looks the same.
pub fn blocked_pairs(guesses: &[Guess]) -> BTreeSet<(PersonId, PersonId)> {
    guesses
        .iter()
        .filter(|guess| guess.is_blocked())
        .map(|guess| {
            let (one, other) = (guess.declared_by, guess.person);
            (one.min(other), one.max(other))
        })
        .collect()
}

fn contact_key(person: &NamedPerson) -> String {
    if is_address(&person.contact) {
        email_norm(&person.contact)
    } else {
        fold(&person.contact)
    }
}

fn is_address(contact: &str) -> bool {
    contact.contains('@')
}

fn of_person(person: &NamedPerson, applicant: &Applicant) -> Option<Likeness> {
    let contact = person.contact.trim();
    // Some write the address where the name belongs.
    let addresses = [contact, person.name.trim()]
        .into_iter()
        .filter(|text| is_address(text));
    for address in addresses {
        let address = email_norm(address);
        if applicant
            .emails
            .iter()
            .any(|own| email_norm(own) == address)
        {
            return Some(Likeness::Address);
        }
    }
    let is_theirs = |name: &String| !fold(name).is_empty() && fold(name) == fold(&person.name);
    if applicant.names.iter().any(is_theirs) {
        let is_elsewhere = !contact.is_empty()
            && !is_address(contact)
            && !applicant.institutions.is_empty()
            && of_institution(contact, applicant).is_none();
        return Some(if is_elsewhere {
            Likeness::NameElsewhere
        } else {
            Likeness::Name
        });
    }
    applicant
        .names
        .iter()
        .any(|own| is_likely_name(&person.name, own))
        .then_some(Likeness::SimilarName)
}

fn of_institution(name: &str, applicant: &Applicant) -> Option<Likeness> {
    let wanted = Name::of(name);
    let own: Vec<Name> = applicant
        .institutions
        .iter()
        .map(|own| Name::of(own))
        .collect();
    if own.iter().any(|own| own.is_same(&wanted)) {
        return Some(Likeness::Institution);
    }
    let is_like = own.iter().any(|own| own.is_similar(&wanted));
    is_like.then_some(Likeness::SimilarInstitution)
}
