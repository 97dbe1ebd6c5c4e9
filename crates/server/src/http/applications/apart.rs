//! People to keep apart: what applicants write, matched with who else has applied.
//!
//! An address matches exactly, a name or an institution once case, accents and punctuation are
//! taken away. What matches keeps two people apart; what matches nobody waits for those who come
//! later. Who asked and why stays in the table of blocks.

use std::collections::BTreeMap;

use tandem_domain::form::answer::{Answers, NamedPerson};
use tandem_domain::id::PersonId;
use tandem_domain::text::{email_norm, fold, same_name};

use crate::candidate;
use crate::http::scene::Scene;
use crate::store::applications::{self, submissions};
use crate::store::pairings::blocks::{self, Block};
use crate::store::{Stored, Tx, people};

/// What a block by institution has in place of one of the form's reasons.
const INSTITUTION: &str = "institution";

/// Brings the blocks of one person up to date with what everybody has sent.
pub async fn bring_up_to_date(tx: &Tx, scene: &Scene, person: PersonId) -> Stored<()> {
    let cohort = scene.cohort.id;
    let mut everybody = everybody(tx, scene).await?;
    let Some(own) = everybody.remove(&person) else {
        return Ok(());
    };
    blocks::lift_declared_by(tx, cohort, person).await?;
    for (other, known) in everybody {
        let asked = own.asks_to_avoid(&known).map(|reason| (person, reason));
        let asked = asked.or_else(|| known.asks_to_avoid(&own).map(|reason| (other, reason)));
        let Some((declared_by, reason)) = asked else {
            continue;
        };
        let block = Block {
            people: (person, other),
            declared_by: Some(declared_by),
            reason,
        };
        blocks::add(tx, cohort, &block, scene.now.real).await?;
    }
    Ok(())
}

/// Everybody who has sent something to the cohort.
async fn everybody(tx: &Tx, scene: &Scene) -> Stored<BTreeMap<PersonId, Known>> {
    let sent = submissions::last_of_cohort(tx, scene.cohort.id).await?;
    let mut everybody: BTreeMap<PersonId, Known> = BTreeMap::new();
    for application in applications::of_cohort(tx, scene.cohort.id).await? {
        let Some(submission) = sent.get(&application.id) else {
            continue;
        };
        let known = everybody.entry(application.person).or_default();
        known.learn(&submission.answers()?);
    }
    let ids: Vec<PersonId> = everybody.keys().copied().collect();
    for person in people::find_all(tx, &ids).await? {
        if let Some(known) = everybody.get_mut(&person.id) {
            known.names.push(person.email);
        }
    }
    Ok(everybody)
}

/// What somebody said of themselves and of others, in both roles.
#[derive(Debug, Default)]
struct Known {
    names: Vec<String>,
    institutions: Vec<String>,
    people_to_avoid: Vec<NamedPerson>,
    institutions_to_avoid: Vec<String>,
}

impl Known {
    fn learn(&mut self, answers: &Answers) {
        self.names
            .extend(candidate::known_as(answers).map(str::to_owned));
        for institution in candidate::institutions(answers) {
            self.institutions.push(institution.name);
            self.institutions.extend(institution.parent);
        }
        self.people_to_avoid
            .extend_from_slice(candidate::blocked_people(answers));
        let institutions = candidate::blocked_institutions(answers).map(str::to_owned);
        self.institutions_to_avoid.extend(institutions);
    }

    /// Why this person asks to be kept apart from the other; none if not.
    fn asks_to_avoid(&self, other: &Self) -> Option<String> {
        let named = self
            .people_to_avoid
            .iter()
            .find(|person| other.is_named(person));
        if let Some(person) = named {
            return Some(
                person
                    .reason
                    .clone()
                    .map_or_else(String::new, |reason| reason.0),
            );
        }
        let is_theirs = |name: &String| other.institutions.iter().any(|own| same_name(name, own));
        self.institutions_to_avoid
            .iter()
            .any(is_theirs)
            .then(|| INSTITUTION.to_owned())
    }

    /// Whether this is who was named. With an address only the address counts: two people may have
    /// one name.
    fn is_named(&self, person: &NamedPerson) -> bool {
        let contact = person.contact.trim();
        if contact.contains('@') {
            let address = email_norm(contact);
            return self.names.iter().any(|own| email_norm(own) == address);
        }
        let name = fold(&person.name);
        let is_name = !name.is_empty() && self.names.iter().any(|own| fold(own) == name);
        let is_there = || self.institutions.iter().any(|own| same_name(contact, own));
        is_name && (contact.is_empty() || self.institutions.is_empty() || is_there())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str], institutions: &[&str]) -> Known {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Known {
            names: owned(names),
            institutions: owned(institutions),
            ..Known::default()
        }
    }

    fn named(name: &str, contact: &str) -> NamedPerson {
        NamedPerson {
            name: name.into(),
            contact: contact.into(),
            reason: None,
        }
    }

    #[test]
    fn an_address_matches_whatever_its_case_and_the_name_beside_it() {
        let ana = known(&["Ana Ortiz", "Ana@mail.example"], &["Quartz Hill"]);
        assert!(ana.is_named(&named("My boss", "ana@MAIL.example")));
        assert!(!ana.is_named(&named("Ana Ortiz", "other@mail.example")));
    }

    #[test]
    fn a_name_matches_without_accents_and_only_at_the_institution_that_is_given() {
        let ana = known(&["Ána O’Ortiz"], &["Quartz Hill Library"]);
        assert!(ana.is_named(&named("ana oortiz", "")));
        assert!(ana.is_named(&named("Ana O'Ortiz", "quartz hill library")));
        assert!(!ana.is_named(&named("Ana O'Ortiz", "Elsewhere")));
        assert!(!ana.is_named(&named("", "")));
    }

    #[test]
    fn an_institution_keeps_everybody_there_apart() {
        let ana = known(&["Ana"], &["Quartz Hill Library"]);
        let mut bo = known(&["Bo"], &[]);
        assert_eq!(bo.asks_to_avoid(&ana), None);
        bo.institutions_to_avoid.push("QUARTZ HILL LIBRARY.".into());
        assert_eq!(bo.asks_to_avoid(&ana).as_deref(), Some(INSTITUTION));
    }
}
