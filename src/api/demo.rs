//! The demonstration.

use tandem_api::demo::{DemoSignIn, DemoView, SetDemoClock};
use tandem_api::outbox::MailView;
use tandem_api::path;
use tandem_domain::id::PersonId;

use crate::api::Call;
use crate::api::error::ApiError;

/// The accounts and days.
pub async fn demo() -> Result<DemoView, ApiError> {
    Call::get(path::DEMO).send().await
}

/// Signs in as one of the accounts.
pub async fn sign_in(person: PersonId) -> Result<(), ApiError> {
    Call::post(path::DEMO_SIGN_IN)
        .body(&DemoSignIn { person })
        .done()
        .await
}

/// Moves the rehearsal clock.
pub async fn set_clock(clock: &SetDemoClock) -> Result<DemoView, ApiError> {
    Call::post(path::DEMO_CLOCK).body(clock).send().await
}

/// All mails of the demonstration with their texts, newest first.
pub async fn mails() -> Result<Vec<MailView>, ApiError> {
    Call::get(path::DEMO_MAIL).send().await
}
