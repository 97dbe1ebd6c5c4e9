//! What an application begins with: the account, the answers in the other role, and those of the
//! last cohort. What comes from the last cohort waits until its owner says that it is still right.

use std::cmp::Reverse;

use tandem_domain::application::ApplicationState;
use tandem_domain::form::answer::Answers;
use tandem_domain::form::definition::FormDef;
use tandem_domain::form::prefill::{Account, Source, prefill};
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;

use crate::error::AppError;
use crate::http::scene::Scene;
use crate::store::applications::answers::{self, Kept, KeptAnswers};
use crate::store::applications::{self, Application, submissions};
use crate::store::audit::Moment;
use crate::store::people::Person;
use crate::store::{Stored, Tx, cohorts};

/// The answers that an application to this form begins with.
pub async fn of(
    tx: &Tx,
    scene: &Scene,
    person: &Person,
    (form, other): (&FormDef, Option<&Application>),
) -> Stored<KeptAnswers> {
    let account = Account {
        name: &person.name,
        email: &person.email,
    };
    let other_role = match other {
        Some(other) => of_other_role(tx, other).await?,
        None => None,
    };
    let last_cohort = of_last_cohort(tx, scene, person, form.role).await?;
    let known = prefill(
        form,
        account,
        other_role.as_ref().map(|(form, answers)| (form, answers)),
        last_cohort.as_ref().map(|(form, answers)| (form, answers)),
    );
    let kept = known.into_iter().map(|(question, (value, source))| {
        let kept = Kept {
            source: Some(source),
            ..Kept::new(Some(value), 1, scene.now.real)
        };
        (question, kept)
    });
    Ok(kept.collect())
}

/// Adds what is known of somebody to a draft that was begun before it was known who it is. What
/// was written in it stays.
pub async fn fill_in(
    tx: &Tx,
    person: &Person,
    application: ApplicationId,
    now: Moment,
) -> Result<(), AppError> {
    let Some(mut application) = applications::by_id(tx, application).await? else {
        return Ok(());
    };
    let (cohort, role) = (application.cohort, application.role);
    let is_draft = application.state == ApplicationState::Draft;
    let (Some(cohort), Some(form), true) = (
        cohorts::find(tx, cohort).await?,
        cohorts::form(tx, cohort, role).await?,
        is_draft,
    ) else {
        return Ok(());
    };
    let scene = Scene::of_server(cohort, now)?;
    let own = applications::of_person_in(tx, person.id, application.cohort).await?;
    let other = own.iter().find(|own| own.role != role);
    let mut known = of(tx, &scene, person, (&form, other)).await?;
    let written = answers::of(tx, application.id).await?;
    known.retain(|question, _| !written.contains_key(question));
    if known.is_empty() {
        return Ok(());
    }
    application.draft_rev += 1;
    for kept in known.values_mut() {
        kept.rev = application.draft_rev;
    }
    answers::put(tx, application.id, &known).await?;
    Ok(applications::update(tx, &application).await?)
}

/// The form and answers of the other role, without those that still wait to be confirmed there.
async fn of_other_role(tx: &Tx, other: &Application) -> Stored<Option<(FormDef, Answers)>> {
    let Some(form) = cohorts::form(tx, other.cohort, other.role).await? else {
        return Ok(None);
    };
    let mut kept = answers::of(tx, other.id).await?;
    kept.retain(|_, kept| kept.source != Some(Source::LastCohort));
    Ok(Some((form, answers::answers(&kept))))
}

/// What the person sent last to another cohort of the program, in this role if there is a choice.
async fn of_last_cohort(
    tx: &Tx,
    scene: &Scene,
    person: &Person,
    role: Role,
) -> Stored<Option<(FormDef, Answers)>> {
    if !person.confirmed {
        return Ok(None);
    }
    let others = cohorts::of_program(tx, scene.cohort.program).await?;
    let mut own = applications::of_person(tx, person.id).await?;
    own.retain(|own| {
        let is_there = others.iter().any(|cohort| cohort.id == own.cohort);
        is_there && own.cohort != scene.cohort.id
    });
    let starts = |own: &Application| {
        let cohort = others.iter().find(|cohort| cohort.id == own.cohort);
        cohort.map(|cohort| cohort.calendar.starts)
    };
    own.sort_by_key(|own| Reverse((starts(own), own.role == role)));
    for application in own {
        let Some(sent) = submissions::last(tx, application.id).await? else {
            continue;
        };
        let version = sent.form_version;
        let form = cohorts::form_version(tx, application.cohort, application.role, version).await?;
        if let Some(form) = form {
            return Ok(Some((form, sent.answers()?)));
        }
    }
    Ok(None)
}
