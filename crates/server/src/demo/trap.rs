//! What the source lacks of the cases a committee must be able to handle. Each changes one person
//! in a way that leaves the numbers of the cohort as they are.

use tandem_domain::application::ApplicationState;
use tandem_domain::role::Role;

use super::profile::{Profile, Side};

/// A paragraph of a statement that is hard to show or to read.
const HARD_TEXTS: [(&str, &str); 6] = [
    (
        "E003",
        "Our migration project is called Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsbibliothek.",
    ),
    (
        "E005",
        "What I have tried:\n• two online courses\n• a reading group of three\n• asking, and being told to wait",
    ),
    (
        "E009",
        "أود أن أتعلم من زميل يعرف كيف تُدار المكتبات الكبيرة. The sentence before says what I say in this one: I would like to learn how large libraries are run.",
    ),
    (
        "E011",
        "Our story hour reaches forty families 📚👩🏽‍💻🎉 and nobody has counted it yet.",
    ),
    (
        "E013",
        "My first script was <script>alert('hello')</script> and I have been careful since.",
    ),
    (
        "E014",
        "My colleague Dana Whitcomb says that I worry too much; I would like a second opinion.",
    ),
];

/// The mentee who cannot say when there is time.
const VARIES: &str = "E021";
/// The mentee who is on the committee or staff, and says so.
pub const ON_COMMITTEE: &str = "E023";
/// The mentee whose second address is the first in capitals.
const SHOUTS: &str = "E025";
/// The ineligible mentee who has the membership number of another.
const SECOND_ACCOUNT: (&str, &str) = ("E053", "E052");
/// The mentor who can be asked for one area only, which others decline.
const ONE_AREA: &str = "M013";

/// The mentor to whom no mail gets through.
pub const BOUNCES: &str = "M011";
/// Mentee and mentor who were a pair in the year before.
pub const FORMER_PAIR: (&str, &str) = ("E012", "M024");
/// The mentee with an account to sign in with.
pub const A_MENTEE: &str = "E012";
/// The mentor with an account to sign in with.
pub const A_MENTOR: &str = "M006";

/// Whether the application is sent in the first week: those that something happens to, or that
/// people of the demonstration sign in to see.
pub fn is_early(profile: &Profile) -> bool {
    let known = [BOUNCES, A_MENTEE, A_MENTOR];
    profile.state == ApplicationState::Withdrawn || known.contains(&profile.reference.as_str())
}

/// Changes the profiles that the traps need.
pub fn lay(profiles: &mut [Profile]) {
    let number = profiles
        .iter()
        .find(|own| own.reference == SECOND_ACCOUNT.1)
        .map(|own| own.member_no.clone());
    for profile in profiles {
        let reference = profile.reference.as_str();
        if reference == VARIES {
            profile.hours.clear();
        }
        if reference == SECOND_ACCOUNT.0
            && let Some(number) = &number
        {
            profile.member_no.clone_from(number);
        }
        if reference == FORMER_PAIR.1
            && let Side::Mentor { before, .. } = &mut profile.side
        {
            *before = true;
        }
        if reference == ONE_AREA
            && let Side::Mentor { teaches, .. } = &mut profile.side
        {
            teaches.truncate(1);
        }
    }
}

/// Changes the answers that the traps need.
pub fn lay_in_answers(profile: &Profile, answers: &mut tandem_domain::form::answer::Answers) {
    use tandem_domain::form::answer::Answer;
    use tandem_domain::form::definition::QuestionId;

    if profile.role != Role::Mentee {
        return;
    }
    let reference = profile.reference.as_str();
    if reference == ON_COMMITTEE {
        answers.insert(QuestionId::from("committee"), Answer::Yes(true));
    }
    if reference == FORMER_PAIR.0 {
        answers.insert(QuestionId::from("e_before"), Answer::one("here"));
        answers.insert(
            QuestionId::from("e_before_year"),
            Answer::Text("2017".to_owned()),
        );
    }
    if reference == SHOUTS {
        answers.insert(
            QuestionId::from("email_alt"),
            Answer::Text(profile.email.to_uppercase()),
        );
    }
    let hard = HARD_TEXTS.iter().find(|(owner, _)| *owner == reference);
    if let Some((_, text)) = hard
        && let Some(Answer::Text(statement)) = answers.get_mut(&QuestionId::from("e_statement"))
    {
        statement.push_str("\n\n");
        statement.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use tandem_domain::form::answer::{Answer, Answers};
    use tandem_domain::form::definition::QuestionId;
    use tandem_domain::form::library::default_form;

    use super::*;
    use crate::demo::answers;
    use crate::demo::source::Source;

    fn cohort() -> Vec<(Profile, Answers)> {
        let mut profiles = Profile::all(&Source::read().unwrap());
        lay(&mut profiles);
        profiles
            .into_iter()
            .map(|profile| {
                let mut answers = answers::of(&profile);
                lay_in_answers(&profile, &mut answers);
                (profile, answers)
            })
            .collect()
    }

    #[test]
    fn everything_that_was_sent_passes_the_forms_own_check() {
        for (profile, answers) in cohort() {
            let form = default_form(profile.role).unwrap();
            let problems = form.check(&answers, false);
            assert!(problems.is_empty(), "{}: {problems:?}", profile.reference);
        }
    }

    #[test]
    fn nothing_is_answered_that_is_not_asked() {
        for (profile, answers) in cohort() {
            let form = default_form(profile.role).unwrap();
            let reading = form.read(&answers, false);
            let asked: BTreeSet<_> = reading.answers.keys().collect();
            let given: BTreeSet<_> = answers.keys().collect();
            assert_eq!(asked, given, "{}", profile.reference);
        }
    }

    #[test]
    fn the_numbers_of_the_cohort_are_those_of_the_source() {
        let count = |role, state| {
            cohort()
                .iter()
                .filter(|(own, _)| own.role == role && own.state == state)
                .count()
        };
        assert_eq!(count(Role::Mentee, ApplicationState::Eligible), 50);
        assert_eq!(count(Role::Mentor, ApplicationState::Eligible), 42);
        let places: u32 = cohort()
            .iter()
            .filter(|(own, _)| own.state == ApplicationState::Eligible)
            .filter_map(|(own, _)| match own.side {
                Side::Mentor { capacity, .. } => Some(u32::from(capacity)),
                Side::Mentee { .. } => None,
            })
            .sum();
        assert_eq!(places, 49);
    }

    #[test]
    fn somebody_in_both_roles_says_the_same_in_both() {
        let mut by_person: BTreeMap<String, Vec<Answers>> = BTreeMap::new();
        for (profile, answers) in cohort() {
            by_person.entry(profile.person).or_default().push(answers);
        }
        let both: Vec<_> = by_person
            .values()
            .filter(|sheets| sheets.len() == 2)
            .collect();
        assert_eq!(both.len(), 5);
        for sheets in both {
            for (question, answer) in &sheets[0] {
                if let Some(other) = sheets[1].get(question)
                    && question.0 != "block_people"
                {
                    assert_eq!(answer, other, "{question}");
                }
            }
        }
    }

    #[test]
    fn every_trap_is_there() {
        let cohort = cohort();
        let find = |reference: &str| {
            cohort
                .iter()
                .find(|(own, _)| own.reference == reference)
                .unwrap()
        };
        let text = |reference: &str, question: &str| match find(reference)
            .1
            .get(&QuestionId::from(question))
        {
            Some(Answer::Text(text)) => text.clone(),
            other => panic!("{reference} {question}: {other:?}"),
        };
        for (reference, hard) in HARD_TEXTS {
            assert!(text(reference, "e_statement").ends_with(hard));
        }
        assert!(matches!(
            find(VARIES).1.get(&QuestionId::from("availability")),
            Some(Answer::Hours(hours)) if hours.varies
        ));
        assert_eq!(
            text(SHOUTS, "email_alt").to_lowercase(),
            text(SHOUTS, "email")
        );
        assert_eq!(
            text(SECOND_ACCOUNT.0, "member_no"),
            text(SECOND_ACCOUNT.1, "member_no")
        );
        let Side::Mentor { teaches, .. } = &find(ONE_AREA).0.side else {
            panic!()
        };
        let only = &teaches[0];
        let declined = cohort.iter().any(|(own, _)| match &own.side {
            Side::Mentor { declines, .. } => declines.contains(only),
            Side::Mentee { .. } => false,
        });
        assert!(declined, "nobody declines {only}");
    }
}
