//! Publishing a new version of a form, in one transaction: the version, every draft carried over,
//! the news for its owner, the log, and the mails.

use serde_json::json;
use tandem_api::form::{FormVersionRow, PublishForm};
use tandem_api::problem::Code;
use tandem_domain::application::ApplicationState;
use tandem_domain::form::definition::FormDef;
use tandem_domain::form::news::{News, what_changed};
use tandem_domain::role::Role;

use super::{both, plan};
use crate::app::App;
use crate::error::AppError;
use crate::http::applications::draft;
use crate::http::applications::mails::{self, Mail};
use crate::http::precondition::IfMatch;
use crate::http::scene::Scene;
use crate::store::applications::answers::{self, Kept, KeptAnswers};
use crate::store::applications::{self, Application, versions};
use crate::store::audit::{self, Happening};
use crate::store::{Stored, Tx, cohorts, people};

pub(super) async fn publish(
    app: &App,
    tx: &Tx,
    scene: &Scene,
    (role, seen): (Role, IfMatch),
    wish: &PublishForm,
) -> Result<FormVersionRow, AppError> {
    let (present, next) = both(tx, scene, role, wish.form.clone()).await?;
    seen.check(i64::from(present.version))?;
    let planned = plan(tx, scene, &present, &next).await?;
    if !planned.findings.is_empty() || !planned.refused.is_empty() {
        return Err(AppError::with(Code::Invalid, &planned));
    }
    if planned.difference.changes.is_empty() {
        return Err(AppError::invalid("/form", "unchanged"));
    }
    cohorts::keep_form(tx, scene.cohort.id, &next).await?;
    let returning = draft::returning(tx, scene).await?;
    for mut application in applications::of_cohort(tx, scene.cohort.id).await? {
        if application.role != role {
            continue;
        }
        let returning = returning.contains(&application.person);
        carry_over(tx, scene, &mut application, (&present, &next, returning)).await?;
        let lacks = planned
            .affected
            .iter()
            .any(|affected| affected.id == application.id && affected.lacks);
        let is_told = wish.tell && lacks && application.state == ApplicationState::Submitted;
        if is_told {
            application.rev += 1;
            applications::update(tx, &application).await?;
            mails::put(app, tx, scene, &application, Mail::FormChanged).await?;
        }
    }
    let by = scene.actor.person.ok_or(AppError::SignedOut)?;
    let happening = Happening {
        actor: Some(by),
        program: Some(scene.cohort.program),
        cohort: Some(scene.cohort.id),
        kind: "form.published",
        rev: i64::from(next.version),
        body: json!({ "role": role.slug(), "version": next.version }),
        reason: wish.note.trim().to_owned(),
        ..Happening::default()
    };
    audit::note(tx, scene.now, happening).await?;
    let by = people::find(tx, by).await?;
    Ok(FormVersionRow {
        version: next.version,
        at: Some(scene.now.program),
        by: by.map(|person| person.name).unwrap_or_default(),
        note: wish.note.trim().to_owned(),
    })
}

/// Brings the draft of an application to the next version. What its owner did not change does not
/// count as changed since it was sent.
async fn carry_over(
    tx: &Tx,
    scene: &Scene,
    application: &mut Application,
    (present, next, returning): (&FormDef, &FormDef, bool),
) -> Stored<()> {
    let kept = answers::of(tx, application.id).await?;
    let given = answers::answers(&kept);
    let aside = versions::aside(tx, application.id).await?;
    let (forwarded, news) = what_changed(present, next, (&given, &aside), returning);
    let was_sent = application.submitted_rev == Some(application.draft_rev);
    let rev = application.draft_rev + 1;
    let mut changed = KeptAnswers::new();
    for id in given.keys().chain(forwarded.kept.keys()) {
        let now = forwarded.kept.get(id);
        if given.get(id) != now {
            let source = kept.get(id).and_then(|kept| kept.source);
            let answer = Kept {
                source,
                ..Kept::new(now.cloned(), rev, scene.now.real)
            };
            changed.insert(id.clone(), answer);
        }
    }
    if !changed.is_empty() {
        answers::put(tx, application.id, &changed).await?;
        application.draft_rev = rev;
        application.submitted_rev = application
            .submitted_rev
            .map(|sent| if was_sent { rev } else { sent });
    }
    if forwarded.aside != aside {
        versions::keep_aside(tx, application.id, &forwarded.aside).await?;
    }
    if is_told(application, &news) {
        let at = scene.now.program;
        versions::add_news(tx, application.id, (next.version, &news), at).await?;
    }
    application.form_version = next.version;
    applications::update(tx, application).await
}

/// Who can no longer write in an application is not asked to read what changed in it.
fn is_told(application: &Application, news: &[News]) -> bool {
    let is_written = matches!(
        application.state,
        ApplicationState::Draft | ApplicationState::Submitted
    );
    is_written && !news.is_empty()
}
