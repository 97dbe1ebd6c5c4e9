//! What rules and warnings say of all pairs of two lists, whoever else is placed where. What depends
//! on something that people have in common with others is asked once for all who are alike.

use super::{HARD_RULES, HardRule, Known, Pair, PairFacts, Read, WARNINGS, Warning};
use crate::alike::Alike;
use crate::candidate::Candidate;

/// What a rule or warning looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// These two people alone.
    Two,
    /// The institutions they belong to.
    Institutions,
    /// Areas wanted and offered.
    Areas,
    /// Where one studies and the other teaches.
    Schools,
    /// Their situations.
    Situations,
    /// Ways to talk.
    Modes,
    /// Others on the board: not looked at here.
    Others,
}

fn of_rule(rule: HardRule) -> Subject {
    match rule {
        HardRule::SamePerson
        | HardRule::DeclaredBlock
        | HardRule::PreviousPair
        | HardRule::NoSharedHour
        | HardRule::NotEligible
        | HardRule::ForbiddenByCommittee => Subject::Two,
        HardRule::SameInstitution | HardRule::ParentInstitution => Subject::Institutions,
        HardRule::OwnFaculty => Subject::Schools,
        HardRule::DeclinesFirstArea | HardRule::NoSharedArea => Subject::Areas,
        HardRule::Reciprocal | HardRule::Capacity => Subject::Others,
    }
}

fn of_warning(warning: Warning) -> Subject {
    match warning {
        Warning::CommonParent | Warning::SimilarName => Subject::Institutions,
        Warning::VendorAndCustomer => Subject::Situations,
        Warning::NoCommonMode => Subject::Modes,
    }
}

/// Which of the rules (from the lowest bit) and warnings (from bit 16) speak against a pair.
type Bits = u32;

const FIRST_WARNING: usize = 16;

/// What rules and warnings say of all pairs of two lists.
pub(crate) struct Verdicts<'a> {
    mentees: Vec<Known<'a>>,
    mentors: Vec<Known<'a>>,
    facts: &'a PairFacts,
    alike: [Alike<Bits>; 5],
}

impl<'a> Verdicts<'a> {
    /// Asks everything that is the same for people who are alike.
    pub(crate) fn of(
        mentees: &[&'a Candidate],
        mentors: &[&'a Candidate],
        facts: &'a PairFacts,
    ) -> Self {
        let read = |people: &[&'a Candidate]| -> Vec<Known<'a>> {
            people.iter().map(|one| Known::of(one)).collect()
        };
        let (known_mentees, known_mentors) = (read(mentees), read(mentors));
        let ask = |subject: Subject| {
            let (mentees, mentors) = (&known_mentees, &known_mentors);
            move |row: usize, column: usize| match (mentees.get(row), mentors.get(column)) {
                (Some(mentee), Some(mentor)) => bits(subject, mentee, mentor, facts),
                _ => 0,
            }
        };
        let rows = || mentees.iter().copied();
        let columns = || mentors.iter().copied();
        let alike = [
            Alike::of(
                rows().map(|one| &one.institutions),
                columns().map(|one| &one.institutions),
                ask(Subject::Institutions),
            ),
            Alike::of(
                rows().map(Candidate::wanted),
                columns().map(Candidate::offered),
                ask(Subject::Areas),
            ),
            Alike::of(
                rows().map(|one| (&one.studies_at, &one.teaches_at)),
                columns().map(|one| (&one.studies_at, &one.teaches_at)),
                ask(Subject::Schools),
            ),
            Alike::of(
                rows().map(|one| &one.situation),
                columns().map(|one| &one.situation),
                ask(Subject::Situations),
            ),
            Alike::of(
                rows().map(|one| &one.modes),
                columns().map(|one| &one.modes),
                ask(Subject::Modes),
            ),
        ];
        Self {
            mentees: known_mentees,
            mentors: known_mentors,
            facts,
            alike,
        }
    }

    /// The most telling rule that forbids a pair, else the first warning against it, by the places of
    /// the two in the lists.
    pub(crate) fn first(&self, row: usize, column: usize) -> Option<Result<Warning, HardRule>> {
        let (mentee, mentor) = (self.mentees.get(row)?, self.mentors.get(column)?);
        let alike = self.alike.iter().filter_map(|alike| alike.at(row, column));
        let two = bits(Subject::Two, mentee, mentor, self.facts);
        let bits = alike.fold(two, |all, some| all | some);
        if bits == 0 {
            return None;
        }
        let first = bits.trailing_zeros() as usize;
        let rule = HARD_RULES.get(first).filter(|_| first < FIRST_WARNING);
        let warning = first.checked_sub(FIRST_WARNING);
        let warning = warning.and_then(|first| WARNINGS.get(first));
        rule.map(|(rule, _)| Err(*rule))
            .or_else(|| warning.map(|(warning, _)| Ok(*warning)))
    }
}

/// What the rules and warnings about one subject say of a pair.
fn bits(subject: Subject, mentee: &Known<'_>, mentor: &Known<'_>, facts: &PairFacts) -> Bits {
    let pair = Pair::alone(mentee, mentor, facts);
    let read = Read::of(&pair, mentee, mentor);
    let mut bits = 0;
    for (at, (rule, forbids)) in HARD_RULES.iter().enumerate() {
        if of_rule(*rule) == subject && forbids(&read) {
            bits |= 1 << at;
        }
    }
    for (at, (warning, speaks)) in WARNINGS.iter().enumerate() {
        if of_warning(*warning) == subject && speaks(&read) {
            bits |= 1 << (FIRST_WARNING + at);
        }
    }
    bits
}
