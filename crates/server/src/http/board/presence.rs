//! Who else is at a board now.

use std::collections::BTreeMap;

use axum::extract::State;
use tandem_api::board::{HereView, SayHere};
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::id::{PersonId, ScenarioId};
use tandem_domain::permission::Action;

use super::on_board;
use super::reader::Reader;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::{Json, Path};
use crate::store::people;

/// Says that the caller is here, and answers who else is. To be said again every few seconds.
#[utoipa::path(put, path = path::PRESENCE, params(("scenario" = String, Path)),
    request_body = Object, responses(
    (status = 200, description = "Who else is here"),
    (status = 404, description = "No such board", body = Problem),
))]
pub(super) async fn say_here(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
    Json(sent): Json<SayHere>,
) -> Result<axum::Json<Vec<HereView>>, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::SeeBoard)?;
        let me = caller.require()?.person.id;
        let said = (me, sent.focus, sent.holding);
        let others = app.presence.note(scenario.id, said, now.real);
        let ids: Vec<PersonId> = others.iter().map(|here| here.person).collect();
        let people = people::find_all(&tx, &ids).await?;
        let names: BTreeMap<PersonId, String> = people
            .into_iter()
            .map(|person| (person.id, person.name))
            .collect();
        let reader = Reader::of(&tx, &scene).await?;
        let seen = |who: Option<_>| who.filter(|who| reader.sees(who));
        let views = others.into_iter().map(|here| HereView {
            name: names.get(&here.person).cloned().unwrap_or_default(),
            person: here.person,
            focus: seen(here.focus),
            holding: seen(here.holding),
        });
        Ok::<_, AppError>(axum::Json(views.collect()))
    });
    read.await
}
