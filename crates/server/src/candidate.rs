//! Reads what an applicant sent into what the board knows of somebody.
//!
//! Pure: answers, form and seasons come in, a [`Candidate`] goes out. What was not answered stays
//! unknown. This is the one place that names questions; nothing else of the server does.

pub mod question;

mod read;

use tandem_domain::apart::{Applicant, Entry};
use tandem_domain::application::ApplicationState;
use tandem_domain::availability::FreeHours;
use tandem_domain::candidate::{Candidate, Institution, Offer, Side};
use tandem_domain::date::ZoneName;
use tandem_domain::form::answer::{Answer, Answers, WeeklyHours};
use tandem_domain::form::definition::{FormDef, Kind, QuestionId};
use tandem_domain::id::{ApplicationId, PersonId};
use tandem_domain::role::Role;

use self::read::Read;
use crate::zone::Seasons;

/// An application as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The application.
    pub id: ApplicationId,
    /// Its reference.
    pub reference: &'a str,
    /// Whose it is.
    pub person: PersonId,
    /// Where it stands.
    pub state: ApplicationState,
    /// The form it was sent with.
    pub form: &'a FormDef,
    /// The answers in force.
    pub answers: &'a Answers,
    /// Left without a partner in the last cohort.
    pub carried_over: bool,
}

/// What the board knows of somebody.
pub fn candidate(sent: Sent<'_>, seasons: &Seasons) -> Candidate {
    let read = Read(sent.answers);
    let zone = zone(sent.answers);
    let situation = read.choice(question::SITUATION);
    let is = |word: &str| situation.as_ref().is_some_and(|slug| slug.0 == word);
    let (is_student, is_faculty) = (is("student"), is("faculty"));
    Candidate {
        id: sent.id,
        reference: sent.reference.to_owned(),
        person: sent.person,
        role: sent.form.role,
        state: sent.state,
        name: name(sent.answers).to_owned(),
        place: place(sent.answers).unwrap_or_default(),
        hours: zone
            .as_ref()
            .and_then(|zone| free_hours(read.hours()?, seasons.minutes_ahead(zone)?)),
        zone: zone.map_or_else(String::new, |zone| zone.0),
        setting: read.choice(question::KIND),
        institutions: institutions(sent.answers),
        studies_at: read
            .text(question::SCHOOL)
            .filter(|_| is_student)
            .map(str::to_owned),
        teaches_at: read
            .text(question::EMPLOYER)
            .filter(|_| is_faculty)
            .map(str::to_owned),
        situation,
        stage: step(sent.form, sent.answers, question::YEARS),
        modes: read.choices(question::MODES),
        side: match sent.form.role {
            Role::Mentee => Side::Mentee {
                areas: read.ranked(question::WANTS),
                wants_setting: read.wish(question::MENTEE_WISH, question::MENTEE_KINDS),
            },
            Role::Mentor => Side::Mentor {
                areas: read.offers(question::OFFERS),
                wants_setting: read.wish(question::MENTOR_WISH, question::MENTOR_KINDS),
                wants_who: read.choices(question::WHO),
                capacity: capacity(sent.form, sent.answers),
            },
        },
        carried_over: sent.carried_over,
    }
}

/// The name to use; empty until known.
pub fn name(answers: &Answers) -> &str {
    Read(answers).text(question::NAME).unwrap_or_default()
}

/// What somebody can be recognised by among people to keep apart.
pub fn applicant(answers: &Answers) -> Applicant {
    let read = Read(answers);
    let texts = |questions: [&str; 2]| {
        let texts = questions
            .into_iter()
            .filter_map(|question| read.text(question));
        texts.map(str::to_owned).collect()
    };
    let institutions = institutions(answers)
        .into_iter()
        .flat_map(|institution| std::iter::once(institution.name).chain(institution.parent));
    Applicant {
        names: texts([question::NAME, question::LEGAL_NAME]),
        emails: texts([question::EMAIL, question::EMAIL_ALT]),
        institutions: institutions.collect(),
    }
}

/// Country and state, such as `US-GU`.
pub fn place(answers: &Answers) -> Option<String> {
    match answers.get(&QuestionId::from(question::PLACE))? {
        Answer::Place {
            country,
            region: Some(region),
        } => Some(format!("{country}-{region}")),
        Answer::Place {
            country,
            region: None,
        } if !country.is_empty() => Some(country.clone()),
        _ => None,
    }
}

/// The zone of the person's hours.
pub fn zone(answers: &Answers) -> Option<ZoneName> {
    Read(answers)
        .text(question::TIME_ZONE)
        .map(|name| ZoneName(name.to_owned()))
}

/// Areas wanted or offered, first or strongest first.
pub fn areas(role: Role, answers: &Answers) -> Vec<String> {
    let read = Read(answers);
    match role {
        Role::Mentee => read
            .ranked(question::WANTS)
            .into_iter()
            .map(|slug| slug.0)
            .collect(),
        Role::Mentor => {
            let offers = read.offers(question::OFFERS);
            let of = |wanted: Offer| {
                let same = offers.iter().filter(move |(_, offer)| **offer == wanted);
                same.map(|(slug, _)| slug.0.clone()).collect::<Vec<_>>()
            };
            [of(Offer::Strong), of(Offer::Some)].concat()
        }
    }
}

/// Whether the applicant says to be on the committee or staff.
pub fn is_on_committee(answers: &Answers) -> bool {
    answers.get(&QuestionId::from(question::COMMITTEE)) == Some(&Answer::Yes(true))
}

/// The institutions somebody belongs to: employer, school, other affiliations.
pub fn institutions(answers: &Answers) -> Vec<Institution> {
    let read = Read(answers);
    let employer = read.text(question::EMPLOYER).map(|name| Institution {
        name: name.to_owned(),
        parent: read.text(question::PARENT).map(str::to_owned),
    });
    let others = read
        .text(question::SCHOOL)
        .into_iter()
        .chain(read.lines(question::OTHER));
    let others = others.map(|name| Institution {
        name: name.to_owned(),
        parent: None,
    });
    employer.into_iter().chain(others).collect()
}

/// Whom somebody asks to be kept apart from.
pub fn entries(answers: &Answers) -> Vec<Entry> {
    let people = match Read(answers).get(question::BLOCKED_PEOPLE) {
        Some(Answer::People(people)) => people.as_slice(),
        _ => &[],
    };
    let institutions = Read(answers).lines(question::BLOCKED_INSTITUTIONS);
    people
        .iter()
        .cloned()
        .map(Entry::Person)
        .chain(institutions.map(|name| Entry::Institution(name.to_owned())))
        .collect()
}

/// The reason that was chosen for an entry, in the words of the form.
pub fn reason(form: &FormDef, entry: &Entry) -> Option<String> {
    let Entry::Person(person) = entry else {
        return None;
    };
    let asked = form.question(&QuestionId::from(question::BLOCKED_PEOPLE))?;
    let Kind::People { reasons, .. } = &asked.kind else {
        return None;
    };
    let chosen = person.reason.as_ref()?;
    let reason = reasons.iter().find(|reason| reason.id == *chosen)?;
    Some(reason.label.text().to_owned())
}

/// Stated hours in UTC. "It varies" and nothing stated are unknown, which is not the same as never.
fn free_hours(hours: &WeeklyHours, minutes_ahead: &[i32]) -> Option<FreeHours> {
    let is_known = !hours.varies && !hours.blocks.is_empty();
    is_known.then(|| FreeHours::from_local(&hours.blocks, minutes_ahead))
}

/// The place of the chosen step among the choices of the form.
fn step(form: &FormDef, answers: &Answers, question: &str) -> Option<u8> {
    let chosen = Read(answers).choice(question)?;
    let Kind::Single { choices, .. } = &form.question(&QuestionId::from(question))?.kind else {
        return None;
    };
    let position = choices.iter().position(|choice| choice.id == chosen)?;
    u8::try_from(position).ok()
}

/// One is normal, so one is what an unreadable answer means.
fn capacity(form: &FormDef, answers: &Answers) -> u8 {
    step(form, answers, question::CAPACITY).map_or(1, |step| step.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tandem_domain::form::answer::{DayPart, HourBlock};
    use tandem_domain::form::definition::Slug;
    use tandem_domain::form::library::default_form;

    use super::*;

    #[test]
    fn the_default_forms_ask_what_is_read_here_in_the_words_that_are_known() {
        let forms = Role::ALL.map(|role| default_form(role).unwrap());
        let [mentee, mentor] = &forms;
        let asked = |form: &FormDef, id: &str| form.question(&QuestionId::from(id)).is_some();
        let both = [
            question::NAME,
            question::EMAIL,
            question::EMAIL_ALT,
            question::LEGAL_NAME,
            question::PLACE,
            question::TIME_ZONE,
            question::SITUATION,
            question::KIND,
            question::EMPLOYER,
            question::PARENT,
            question::OTHER,
            question::SCHOOL,
            question::YEARS,
            question::COMMITTEE,
            question::MODES,
            question::HOURS,
            question::BLOCKED_PEOPLE,
            question::BLOCKED_INSTITUTIONS,
        ];
        assert!(both.iter().all(|id| asked(mentee, id) && asked(mentor, id)));
        let of_mentee = [
            question::WANTS,
            question::MENTEE_WISH,
            question::MENTEE_KINDS,
        ];
        assert!(of_mentee.iter().all(|id| asked(mentee, id)));
        let of_mentor = [
            question::OFFERS,
            question::WHO,
            question::MENTOR_WISH,
            question::MENTOR_KINDS,
        ];
        assert!(of_mentor.iter().all(|id| asked(mentor, id)));
        let words = |form: &FormDef, id: &str| -> Vec<String> {
            let choices = match &form.question(&QuestionId::from(id)).unwrap().kind {
                Kind::Single { choices, .. } => choices,
                Kind::Grid { scale, .. } => scale,
                kind => panic!("{kind:?}"),
            };
            choices.iter().map(|choice| choice.id.0.clone()).collect()
        };
        assert_eq!(
            words(mentor, question::OFFERS),
            ["none", "some", "strong", "please_not"]
        );
        assert_eq!(words(mentor, question::CAPACITY), ["1", "2", "3"]);
        assert_eq!(
            words(mentor, question::MENTOR_WISH),
            ["any", "same", "chosen"]
        );
        assert_eq!(
            words(mentee, question::MENTEE_WISH),
            ["same", "different", "no_preference"]
        );
        let situations = words(mentee, question::SITUATION);
        assert!(situations.contains(&"student".into()) && situations.contains(&"faculty".into()));
    }

    #[test]
    fn hours_that_vary_or_were_not_stated_stay_unknown() {
        let lunch = HourBlock {
            day: 0,
            part: DayPart::Lunch,
        };
        let stated = WeeklyHours {
            blocks: [lunch].into(),
            varies: false,
        };
        let varies = WeeklyHours {
            varies: true,
            ..stated.clone()
        };
        assert_eq!(free_hours(&varies, &[0]), None);
        assert_eq!(free_hours(&WeeklyHours::default(), &[0]), None);
        let seasons = free_hours(&stated, &[-240, -300]).unwrap().seasons;
        let hours: Vec<Vec<usize>> = seasons
            .into_iter()
            .map(|week| week.iter().collect())
            .collect();
        assert_eq!(hours, [vec![32, 33, 34, 35], vec![34, 35, 36, 37]]);
    }

    #[test]
    fn a_place_is_written_with_its_state_where_it_has_one() {
        let place = |region: Option<&str>| {
            let answer = Answer::Place {
                country: "US".into(),
                region: region.map(Into::into),
            };
            place(&Answers::from([(
                QuestionId::from(question::PLACE),
                answer,
            )]))
        };
        assert_eq!(place(Some("GU")).as_deref(), Some("US-GU"));
        assert_eq!(place(None).as_deref(), Some("US"));
    }

    #[test]
    fn a_mentor_offers_what_is_strong_before_what_is_some_and_never_what_is_declined() {
        let row = |area: &str, word: &str| (Slug::from(area), Slug::from(word));
        let grid = Answer::Grid(BTreeMap::from([
            row("acquisitions", "some"),
            row("career", "please_not"),
            row("preservation", "strong"),
        ]));
        let answers = Answers::from([(QuestionId::from(question::OFFERS), grid)]);
        assert_eq!(
            areas(Role::Mentor, &answers),
            ["preservation", "acquisitions"]
        );
        assert_eq!(Read(&answers).offers(question::OFFERS).len(), 3);
    }
}
