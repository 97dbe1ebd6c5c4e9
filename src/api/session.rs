//! Signing in and out, and the own account.

use tandem_api::own::Erase;
use tandem_api::path;
use tandem_api::session::{AskLink, ChangeMe, Me, Redeem, Redeemed, SessionView};
use tandem_api::timeline::CalendarToken;

use crate::api::Call;
use crate::api::error::ApiError;

/// Says who is signed in and what time it is.
pub async fn current() -> Result<SessionView, ApiError> {
    Call::get(path::SESSION).send().await
}

/// Signs out.
pub async fn end() -> Result<(), ApiError> {
    Call::delete(path::SESSION).done().await
}

/// Asks for a mail with a link and a code. Succeeds whether or not the address is known.
pub async fn ask_link(email: String) -> Result<(), ApiError> {
    Call::post(path::AUTH_LINK)
        .body(&AskLink { email })
        .done()
        .await
}

/// Signs in with a link or a code.
pub async fn redeem(redeem: Redeem) -> Result<Redeemed, ApiError> {
    Call::post(path::AUTH_REDEEM).body(&redeem).send().await
}

/// Changes the own name, if nobody changed the account since `rev`.
pub async fn change_me(rev: i64, name: String) -> Result<Me, ApiError> {
    Call::patch(path::ME)
        .if_match(rev)
        .body(&ChangeMe { name })
        .send()
        .await
}

/// Erases everything that tells who the reader is.
pub async fn erase(email: String) -> Result<(), ApiError> {
    Call::post(path::ERASURE)
        .body(&Erase { email })
        .done()
        .await
}

/// Whether there is an address of the own calendar feed.
pub async fn calendar_token() -> Result<CalendarToken, ApiError> {
    Call::get(path::CALENDAR_TOKEN).send().await
}

/// Makes a new address, which is shown this once; an earlier one ends.
pub async fn make_calendar_token() -> Result<CalendarToken, ApiError> {
    Call::post(path::CALENDAR_TOKEN).send().await
}

/// Ends the address.
pub async fn end_calendar_token() -> Result<(), ApiError> {
    Call::delete(path::CALENDAR_TOKEN).done().await
}
