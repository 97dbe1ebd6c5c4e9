//! The sealed list: whom an entry means, what stays blocked until somebody looked, and what leaves.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tandem_domain::apart::{Applicant, Entry, Likeness, Verdict, Verdicts, blocked_pairs, guesses};
use tandem_domain::form::answer::NamedPerson;
use tandem_domain::id::PersonId;
use uuid::Uuid;

fn id(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn applicant(name: &str, email: &str, institution: &str) -> Applicant {
    Applicant {
        names: owned(&[name]),
        emails: owned(&[email]),
        institutions: owned(&[institution]),
    }
}

fn person(name: &str, contact: &str) -> Entry {
    Entry::Person(NamedPerson {
        name: name.to_owned(),
        contact: contact.to_owned(),
        reason: None,
    })
}

/// Three people, the second and third of one name.
fn people() -> BTreeMap<PersonId, Applicant> {
    BTreeMap::from([
        (
            id(1),
            applicant("Bo Li", "bo@mail.example", "Three Falls University"),
        ),
        (
            id(2),
            applicant("Ana Ortiz", "ana@mail.example", "Quartz Hill Library"),
        ),
        (
            id(3),
            applicant("Ána Ortíz", "a.ortiz@mail.example", "Bayou Grand College"),
        ),
    ])
}

fn found(entry: &Entry) -> Vec<(PersonId, Likeness)> {
    let entries = BTreeMap::from([(id(1), vec![entry.clone()])]);
    guesses(&people(), &entries, &Verdicts::new())
        .into_iter()
        .map(|guess| (guess.person, guess.likeness))
        .collect()
}

#[test]
fn an_address_means_its_owner_alone_and_at_once() {
    let entry = person("Ana Ortiz", " ANA@mail.example ");
    assert_eq!(found(&entry), [(id(2), Likeness::Address)]);
    assert_eq!(
        found(&person("a.ortiz@mail.example", "")),
        [(id(3), Likeness::Address)]
    );
    let verdicts = BTreeMap::from([((id(1), entry.key(), id(2)), Verdict::Dismissed)]);
    let entries = BTreeMap::from([(id(1), vec![entry])]);
    let guesses = guesses(&people(), &entries, &verdicts);
    assert!(guesses[0].is_blocked() && !guesses[0].is_open());
}

#[test]
fn an_address_that_nobody_has_leaves_the_name() {
    let unknown = person("Ana Ortiz", "private@elsewhere.example");
    let both = [(id(2), Likeness::Name), (id(3), Likeness::Name)];
    assert_eq!(found(&unknown), both);
}

#[test]
fn a_name_means_everybody_who_may_be_meant_and_the_institution_tells_them_apart() {
    let at_quartz = person("ortiz, ana", "quartz hill library");
    let similar = [
        (id(2), Likeness::SimilarName),
        (id(3), Likeness::SimilarName),
    ];
    assert_eq!(found(&at_quartz), similar);
    let exact = person("Ana Ortiz", "quartz hill library");
    let told = [(id(2), Likeness::Name), (id(3), Likeness::NameElsewhere)];
    assert_eq!(found(&exact), told);
    assert_eq!(found(&person("Chi Okafor", "Quartz Hill Library")), []);
    assert_eq!(found(&person("", "")), []);
}

#[test]
fn an_institution_means_everybody_there() {
    let of = |name: &str| found(&Entry::Institution(name.to_owned()));
    assert_eq!(of("QUARTZ HILL LIBRARY"), [(id(2), Likeness::Institution)]);
    assert_eq!(
        of("Quartz Hil Library"),
        [(id(2), Likeness::SimilarInstitution)]
    );
    assert_eq!(of("Meridian Stacks"), []);
}

#[test]
fn a_guess_is_blocked_until_it_is_dismissed_and_the_next_spelling_is_the_same_entry() {
    let entry = person("Ana Ortiz", "");
    let blocked = |verdicts: &Verdicts, entry: &Entry| {
        let entries = BTreeMap::from([(id(1), vec![entry.clone()])]);
        blocked_pairs(&guesses(&people(), &entries, verdicts))
    };
    let both = [(id(1), id(2)), (id(1), id(3))].into();
    assert_eq!(blocked(&Verdicts::new(), &entry), both);
    let mut verdicts = Verdicts::new();
    verdicts.insert((id(1), entry.key(), id(2)), Verdict::Confirmed);
    assert_eq!(blocked(&verdicts, &entry), both);
    verdicts.insert((id(1), entry.key(), id(3)), Verdict::Dismissed);
    let one = [(id(1), id(2))].into();
    assert_eq!(blocked(&verdicts, &entry), one);
    assert_eq!(blocked(&verdicts, &person("ANA ORTÍZ", " ")), one);
    // Somebody else who is named has not been looked at.
    assert_eq!(blocked(&verdicts, &person("Ana Ortis", "")), both);
}

#[test]
fn nobody_is_kept_apart_from_themselves() {
    let own = BTreeMap::from([(
        id(1),
        vec![Entry::Institution("Three Falls University".into())],
    )]);
    assert!(guesses(&people(), &own, &Verdicts::new()).is_empty());
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{1,8} [A-Z][a-z]{1,9}",
        "[A-Z][a-z]{1,8} [A-Z]\\. [A-Z][a-zé]{1,9}",
        "[Α-Ω][α-ω]{2,8} [Α-Ω][α-ω]{2,8}",
        "[一-龠]{2,3}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn a_name_written_in_another_way_blocks_no_less(name in names(), turned: bool, loud: bool) {
        let mut written: Vec<&str> = name.split(' ').collect();
        if turned {
            written.reverse();
        }
        let written = written.join(" ");
        let written = if loud { written.to_uppercase() } else { written };
        let people = BTreeMap::from([(id(2), applicant(&name, "x@mail.example", ""))]);
        let entries = BTreeMap::from([(id(1), vec![person(&written, "")])]);
        let found = guesses(&people, &entries, &Verdicts::new());
        prop_assert_eq!(blocked_pairs(&found).len(), 1, "{} / {}", name, written);
    }

    #[test]
    fn from_outside_nobody_can_tell_who_asked(one in names(), other in names()) {
        let people = BTreeMap::from([
            (id(1), applicant(&one, "one@mail.example", "")),
            (id(2), applicant(&other, "other@mail.example", "")),
        ]);
        let asks = |who: u128, name: &str| {
            let entries = BTreeMap::from([(id(who), vec![person(name, "")])]);
            blocked_pairs(&guesses(&people, &entries, &Verdicts::new()))
        };
        prop_assert_eq!(asks(1, &other), asks(2, &one));
    }

    #[test]
    fn more_entries_never_lift_a_block(names in prop::collection::vec(names(), 1..5)) {
        let people: BTreeMap<PersonId, Applicant> = names
            .iter()
            .zip(2..)
            .map(|(name, number)| (id(number), applicant(name, "", "")))
            .collect();
        let mut entries = Vec::new();
        let mut before = 0;
        for name in &names {
            entries.push(person(name, ""));
            let all = BTreeMap::from([(id(1), entries.clone())]);
            let blocked = blocked_pairs(&guesses(&people, &all, &Verdicts::new())).len();
            prop_assert!(blocked >= before && blocked > 0);
            before = blocked;
        }
    }
}
