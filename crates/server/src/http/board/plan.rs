//! The plan of a board as a file for a spreadsheet: every mentee, with or without a mentor, and the
//! mentors whose places are free.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use tandem_api::path;
use tandem_api::problem::Problem;
use tandem_domain::board::Board;
use tandem_domain::candidate::Candidate;
use tandem_domain::id::ScenarioId;
use tandem_domain::permission::Action;
use tandem_domain::role::Role;
use tandem_domain::score::{Weights, score};

use super::reader::Reader;
use super::{load, on_board};
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::http::body::Path;
use crate::store::pairings::scoring;

const HEAD: [&str; 8] = [
    "Mentee",
    "Name",
    "Institution",
    "Mentor",
    "Name",
    "Institution",
    "Score",
    "Remarks",
];

/// The plan as comma-separated values.
#[utoipa::path(get, path = path::PLAN, params(("scenario" = String, Path)), responses(
    (status = 200, description = "A row for each mentee, then free places", content_type = "text/csv"),
    (status = 404, description = "No such board", body = Problem),
))]
pub(super) async fn read_plan(
    State(app): State<App>,
    caller: Caller,
    Path(scenario): Path<ScenarioId>,
) -> Result<impl IntoResponse, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, scenario) = on_board(&tx, &caller, now, scenario).await?;
        scene.allow(Action::SeeBoard)?;
        let reader = Reader::of(&tx, &scene).await?;
        let board = reader.without_hidden(load::board(&tx, &scene, &scenario).await?);
        let name = format!("attachment; filename=\"plan-{}.csv\"", scene.cohort.slug);
        let head = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ];
        let weights = scoring::of(&tx, scene.cohort.id).await?.scoring.weights;
        Ok::<_, AppError>((head, plan(&board, &weights)))
    });
    read.await
}

fn plan(board: &Board, weights: &Weights) -> String {
    let mut people: Vec<&Candidate> = board.candidates.values().collect();
    people.sort_by(|one, other| one.reference.cmp(&other.reference));
    let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
    for mentee in people.iter().filter(|one| one.role == Role::Mentee) {
        let place = board.placements.get(&mentee.id);
        let mentor = place.and_then(|place| board.mentor(place.mentor));
        let remarks = place.map_or_else(String::new, |place| {
            let locked = place.locked.then_some("locked");
            let stands = place.override_reason.as_deref();
            let remarks = locked.into_iter().chain(stands);
            remarks.collect::<Vec<_>>().join("; ")
        });
        let points = mentor.map(|mentor| score(mentee, mentor, weights).total);
        let points = points.map_or_else(String::new, |points| (points / 10).to_string());
        let [mentee, mentor] = [Some(*mentee), mentor].map(cells);
        rows.push([mentee.as_slice(), &mentor, &[points, remarks]].concat());
    }
    for mentor in people.iter().filter(|one| one.role == Role::Mentor) {
        let n_free = board.capacity_left(mentor.id);
        if n_free > 0 {
            let [nobody, mentor] = [None, Some(*mentor)].map(cells);
            let free = format!("free places: {n_free}");
            rows.push([nobody.as_slice(), &mentor, &[String::new(), free]].concat());
        }
    }
    let lines = rows.iter().map(|row| {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        format!("{}\r\n", cells.join(","))
    });
    // Spreadsheets read it as UTF-8 by the mark at its beginning.
    format!("\u{feff}{}", lines.collect::<String>())
}

fn cells(person: Option<&Candidate>) -> [String; 3] {
    person.map_or_else(Default::default, |person| {
        let institution = person.institutions.first();
        [
            person.reference.clone(),
            person.name.clone(),
            institution.map_or_else(String::new, |one| one.name.clone()),
        ]
    })
}

/// A cell that stays one, and that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_neither_split_nor_taken_for_a_formula() {
        assert_eq!(quoted("Ana \"Nan\", Cruz"), "\"Ana \"\"Nan\"\", Cruz\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("@home"), "\"'@home\"");
        assert_eq!(quoted(""), "\"\"");
    }
}
