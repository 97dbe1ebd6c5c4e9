//! Founds the program of a demonstration: its committee, its accounts, and the cohort in the words
//! of the set-up screen.

use std::collections::BTreeMap;

use tandem_domain::id::PersonId;
use tandem_domain::role::Office;
use tandem_domain::timeline::closure::Closures;

use super::play::actor;
use super::world::{CHAIR, MEMBERS, OFFICER, World};
use crate::error::AppError;
use crate::http::programs::set_up;
use crate::store::Tx;
use crate::store::audit::{self, Happening, Moment};
use crate::store::people;
use crate::store::programs::{self, NewProgram, Program};

const PROGRAM: NewProgram<'static> = NewProgram {
    slug: "mentoring",
    name: "Mentoring Program",
    association: "Association of Cedar Valley Librarians",
    about: "The Mentoring Program brings together librarians who want to learn something with \
            colleagues who have done it for a while. A pair talks about once a month for eleven \
            months, by video, by phone or in person. Mentees and mentors from every kind of \
            library are welcome, and so are students, vendors, faculty of library schools and \
            people between positions.\n\nA subcommittee of volunteers reads all applications and \
            makes the pairs by hand, with care for what people want to learn, for when they have \
            time, and for whom they would rather not meet.",
    contact: "mentoring@cedarvalley.example",
};

/// A program with its people.
pub struct Founded {
    /// The program.
    pub program: Program,
    /// The officer.
    pub officer: PersonId,
    /// Everybody who applies, by address.
    pub people: BTreeMap<String, PersonId>,
}

/// Founds the program, gives offices and accounts, and sets the cohort up.
pub async fn found(tx: &Tx, world: &World, now: Moment) -> Result<Founded, AppError> {
    let officer = people::create(tx, OFFICER.email, OFFICER.name, now.real)
        .await?
        .id;
    people::make_founder(tx, officer).await?;
    let mut program = programs::create(tx, PROGRAM, now.real).await?;
    programs::set_offices(tx, program.id, officer, &[OFFICER.office], now.real).await?;
    audit::note(
        tx,
        now,
        in_program(officer, &program, "program.founded", program.rev),
    )
    .await?;
    let closures = Closures {
        days: world.year.conferences(),
        ..Closures::default()
    };
    program.rev = programs::set_closures(tx, &program, &closures).await?;
    let happening = in_program(officer, &program, "program.days_set", program.rev);
    audit::note(tx, now, happening).await?;
    program.closures = closures;
    let [first, second] = MEMBERS;
    for member in [CHAIR, first, second] {
        let person = people::create(tx, member.email, member.name, now.real)
            .await?
            .id;
        programs::set_offices(tx, program.id, person, &[member.office], now.real).await?;
        let rev = program.rev + 1;
        let mut happening = in_program(officer, &program, "member.changed", rev);
        happening.body =
            serde_json::json!({ "person": person, "before": [], "after": [member.office] });
        audit::note(tx, now, happening).await?;
    }
    let mut accounts = BTreeMap::new();
    for applicant in &world.applicants {
        let profile = &applicant.profile;
        // Somebody in both roles stands there twice.
        if !accounts.contains_key(&profile.email) {
            let person = people::create(tx, &profile.email, &profile.name, now.real).await?;
            accounts.insert(profile.email.clone(), person.id);
        }
    }
    let setter_up = actor(officer, &[Office::Officer]);
    set_up(tx, (&setter_up, &program), &world.year.cohort(), now).await?;
    Ok(Founded {
        program,
        officer,
        people: accounts,
    })
}

fn in_program(officer: PersonId, program: &Program, kind: &'static str, rev: i64) -> Happening {
    Happening {
        actor: Some(officer),
        program: Some(program.id),
        kind,
        rev,
        ..Happening::default()
    }
}
