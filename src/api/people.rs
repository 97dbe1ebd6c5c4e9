//! People with an office.

use tandem_api::path;
use tandem_api::people::{AddMember, MemberView, SetOffices};
use tandem_domain::id::{PersonId, ProgramId};

use crate::api::Call;
use crate::api::error::ApiError;

/// Everybody with an office in a program.
pub async fn members(program: ProgramId) -> Result<Vec<MemberView>, ApiError> {
    Call::get(path::members(program)).send().await
}

/// Gives an office to an address.
pub async fn add(
    program: ProgramId,
    key: String,
    member: &AddMember,
) -> Result<MemberView, ApiError> {
    Call::post(path::members(program))
        .key(key)
        .body(member)
        .send()
        .await
}

/// Sets all offices of one person, if nobody changed offices since `rev`; none takes the person off.
pub async fn set_offices(
    program: ProgramId,
    person: PersonId,
    rev: i64,
    offices: &SetOffices,
) -> Result<(), ApiError> {
    Call::put(path::member(program, person))
        .if_match(rev)
        .body(offices)
        .done()
        .await
}
