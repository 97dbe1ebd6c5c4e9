//! Who holds which office in a program.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;
use tandem_api::path;
use tandem_api::people::{AddMember, MemberView, SetOffices};
use tandem_api::problem::{Code, Problem};
use tandem_domain::id::{PersonId, ProgramId};
use tandem_domain::permission::{Action, Actor, Decision, Subject, may_grant};
use tandem_domain::role::Office;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::{Caller, allow};
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::http::check::Check;
use crate::http::precondition::{self, IdempotencyKey, IfMatch};
use crate::mail::{is_address, wording};
use crate::store::Tx;
use crate::store::audit::{Happening, Moment, note};
use crate::store::outbox::NewMail;
use crate::store::people::{self, Person};
use crate::store::programs::{self, Program};

/// The longest name.
const NAME_LIMIT: usize = 120;

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_members, add_member))
        .routes(routes!(set_offices, remove_member))
}

/// Everybody with an office.
#[utoipa::path(get, path = path::MEMBERS, params(("program" = String, Path)), responses(
    (status = 200, description = "The people, by name"),
    (status = 403, description = "For chair and officer", body = Problem),
))]
async fn list_members(
    State(app): State<App>,
    caller: Caller,
    Path(program): Path<ProgramId>,
) -> Result<Answer<Vec<MemberView>>, AppError> {
    let read = app.store.read(|tx| async move {
        let (program, _) = managing(&tx, &caller, program).await?;
        let members = programs::members(&tx, program.id).await?;
        let views = members
            .into_iter()
            .map(|(person, offices)| view(person, offices, program.rev));
        Ok::<_, AppError>(Answer(views.collect()))
    });
    read.await
}

/// Gives offices to an address, and mails its owner.
#[utoipa::path(post, path = path::MEMBERS, params(("program" = String, Path)),
    request_body = Object, responses(
        (status = 201, description = "Given"),
        (status = 403, description = "Not an office the caller may give", body = Problem),
))]
async fn add_member(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    Path(program): Path<ProgramId>,
    Json(new): Json<AddMember>,
) -> Result<precondition::Answer, AppError> {
    let now = app.clock.now();
    let parts = app.clone();
    let write = app.store.write(move |tx| async move {
        let (program, actor) = managing(&tx, &caller, program).await?;
        let work = add(&tx, &parts, (&caller, &actor), &program, (&new, now));
        key.once(
            &tx,
            &caller.name(),
            &new,
            now.real,
            StatusCode::CREATED,
            work,
        )
        .await
    });
    write.await
}

async fn add(
    tx: &Tx,
    app: &App,
    (caller, actor): (&Caller, &Actor),
    program: &Program,
    (new, now): (&AddMember, Moment),
) -> Result<MemberView, AppError> {
    let mut check = Check::default();
    if !is_address(&new.email) {
        check.wrong("/email", "not_an_email");
    }
    check.line("/name", &new.name, NAME_LIMIT);
    if new.offices.is_empty() {
        check.wrong("/offices", "required");
    }
    check.done()?;
    let mut person = match people::by_email(tx, &new.email).await? {
        Some(person) => person,
        None => people::create(tx, &new.email, &new.name, now.real).await?,
    };
    if person.name.is_empty() {
        people::rename(tx, person.id, &new.name).await?;
        new.name.trim().clone_into(&mut person.name);
    }
    let mut offices = people::offices_in(tx, person.id, program.id).await?;
    offices.extend(new.offices.iter().copied());
    offices.sort_unstable();
    offices.dedup();
    change(tx, actor, program, (person.id, &offices), now).await?;
    let by = caller
        .signed
        .as_ref()
        .map(|signed| signed.person.name.as_str());
    let context = json!({
        "name": person.name,
        "program": program.name,
        "by": by.filter(|name| !name.is_empty()).unwrap_or("The program officer"),
        "offices": offices.iter().map(|office| word(*office)).collect::<Vec<_>>().join(", "),
        "link": format!("{}/sign-in", app.config.public_url),
    });
    let worded = wording::write("member-added", &context)?;
    let mail = NewMail {
        program: Some(program.id),
        to_person: Some(person.id),
        to: person.email.clone(),
        template: "member-added",
        subject: worded.subject,
        body: worded.body,
        dedupe: format!("member-added:{}:{}:{}", program.id, program.rev, person.id),
        urgent: false,
    };
    app.post.put(tx, mail, now).await?;
    Ok(view(person, offices, program.rev + 1))
}

/// Sets all offices of one person; none takes the person off.
#[utoipa::path(put, path = path::MEMBER, params(("program" = String, Path), ("person" = String, Path)),
    request_body = Object, responses(
        (status = 204, description = "Set"),
        (status = 409, description = "The last officer cannot go", body = Problem),
        (status = 412, description = "Changed elsewhere meanwhile", body = Problem),
))]
async fn set_offices(
    State(app): State<App>,
    caller: Caller,
    seen: IfMatch,
    Path((program, person)): Path<(ProgramId, PersonId)>,
    Json(new): Json<SetOffices>,
) -> Result<StatusCode, AppError> {
    replace(app, caller, seen, (program, person), new.offices).await
}

/// Takes all offices from one person.
#[utoipa::path(delete, path = path::MEMBER, params(("program" = String, Path), ("person" = String, Path)),
    responses(
        (status = 204, description = "Taken"),
        (status = 409, description = "The last officer cannot go", body = Problem),
        (status = 412, description = "Changed elsewhere meanwhile", body = Problem),
))]
async fn remove_member(
    State(app): State<App>,
    caller: Caller,
    seen: IfMatch,
    Path((program, person)): Path<(ProgramId, PersonId)>,
) -> Result<StatusCode, AppError> {
    replace(app, caller, seen, (program, person), Vec::new()).await
}

async fn replace(
    app: App,
    caller: Caller,
    seen: IfMatch,
    (program, person): (ProgramId, PersonId),
    offices: Vec<Office>,
) -> Result<StatusCode, AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (program, actor) = managing(&tx, &caller, program).await?;
        if people::offices_in(&tx, person, program.id)
            .await?
            .is_empty()
        {
            return Err(AppError::NotFound);
        }
        seen.check(program.rev)?;
        change(&tx, &actor, &program, (person, &offices), now).await?;
        Ok(StatusCode::NO_CONTENT)
    });
    write.await
}

/// Gives somebody exactly these offices, if the actor may give and take what changes.
async fn change(
    tx: &Tx,
    actor: &Actor,
    program: &Program,
    (person, offices): (PersonId, &[Office]),
    now: Moment,
) -> Result<(), AppError> {
    let held = people::offices_in(tx, person, program.id).await?;
    let given = offices.iter().filter(|office| !held.contains(office));
    let taken = held.iter().filter(|office| !offices.contains(office));
    for office in given.chain(taken) {
        if may_grant(actor, *office) != Decision::Allow {
            return Err(AppError::Forbidden);
        }
    }
    programs::set_offices(tx, program.id, person, offices, now.real).await?;
    if programs::count_office(tx, program.id, Office::Officer).await? == 0 {
        return Err(AppError::Refused(Code::LastOfficer));
    }
    let happening = Happening {
        actor: actor.person,
        program: Some(program.id),
        kind: "member.changed",
        rev: program.rev + 1,
        body: json!({ "person": person, "before": held, "after": offices }),
        ..Happening::default()
    };
    note(tx, now, happening).await?;
    Ok(())
}

/// The program, for those who may change who holds which office.
async fn managing(
    tx: &Tx,
    caller: &Caller,
    program: ProgramId,
) -> Result<(Program, Actor), AppError> {
    let program = programs::find(tx, program)
        .await?
        .ok_or(AppError::NotFound)?;
    let actor = caller.actor(tx, program.id).await?;
    allow(&actor, Action::ManagePeople, &Subject::Program)?;
    Ok((program, actor))
}

fn view(person: Person, offices: Vec<Office>, rev: i64) -> MemberView {
    MemberView {
        person: person.id,
        name: person.name,
        email: person.email,
        offices,
        rev,
    }
}

/// An office, as a mail names it.
fn word(office: Office) -> &'static str {
    match office {
        Office::Subcommittee => "member of the subcommittee",
        Office::Chair => "chair of the subcommittee",
        Office::Officer => "program officer",
    }
}
