//! Versions of a form.

use tandem_api::form::{FormPlan, FormVersionRow, PlanForm, PublishForm};
use tandem_api::path;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::CohortId;
use tandem_domain::role::Role;

use crate::api::Call;
use crate::api::error::ApiError;

/// The versions of a form, newest first.
pub async fn versions(cohort: CohortId, role: Role) -> Result<Vec<FormVersionRow>, ApiError> {
    Call::get(path::form_versions(cohort, role)).send().await
}

/// One version of a form.
pub async fn version(cohort: CohortId, role: Role, version: u32) -> Result<FormDef, ApiError> {
    Call::get(path::form_version(cohort, role, version))
        .send()
        .await
}

/// What a new version would do.
pub async fn plan(cohort: CohortId, role: Role, form: FormDef) -> Result<FormPlan, ApiError> {
    Call::post(path::form_plan(cohort, role))
        .body(&PlanForm { form })
        .send()
        .await
}

/// Publishes a version after the one that was seen.
pub async fn publish(
    cohort: CohortId,
    role: Role,
    (seen, key): (u32, &str),
    body: &PublishForm,
) -> Result<FormVersionRow, ApiError> {
    Call::post(path::form_versions(cohort, role))
        .if_match(i64::from(seen))
        .key(key)
        .body(body)
        .send()
        .await
}
