//! Files of applicants: uploaded once, kept in the database, served so that they never run.
//!
//! What a file is, its bytes decide. A file is named in an answer; whoever may read the answer may
//! fetch the file.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tandem_api::path;
use tandem_api::problem::{Code, Problem};
use tandem_domain::form::answer::{Answer, Answers, Upload};
use tandem_domain::form::check::{FieldProblem, ProblemCode};
use tandem_domain::form::definition::{FileFormat, Kind, QuestionId};
use tandem_domain::id::{ApplicationId, CohortId, PersonId};
use tandem_domain::permission::Action;
use tandem_domain::text::normalise;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::draft::Draft;
use super::list;
use crate::app::App;
use crate::auth::Caller;
use crate::error::AppError;
use crate::hex;
use crate::http::body::{Path, Query, Raw};
use crate::http::scene::Scene;
use crate::store::applications::{self, Application, answers, submissions};
use crate::store::uploads::{self, Kept};
use crate::store::{Stored, Tx};

/// The largest file that any form may ask for, and a little more for the request.
const LARGEST: usize = 10 * 1024 * 1024 + 1024;
/// How many files somebody may keep for a cohort, those of earlier sendings among them.
const FILES: usize = 40;
/// How long a name may be, in characters.
const NAME: usize = 120;
/// How long a file stays that no answer names.
const FORGOTTEN: Duration = Duration::days(1);
/// Nothing in a file runs, whatever opens it.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/// The routes of this file.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(upload_file))
        .layer(DefaultBodyLimit::max(LARGEST))
        .merge(OpenApiRouter::new().routes(routes!(fetch_file)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    question: String,
    name: String,
}

/// Keeps a file. The same file again is the same upload. Name it in the answer by what comes back.
#[utoipa::path(post, path = path::FILES, params(
    ("application" = String, Path),
    ("question" = String, Query, description = "The question it is for"),
    ("name" = String, Query, description = "Its name at its owner"),
), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses(
    (status = 201, description = "The upload, as it stands in an answer"),
    (status = 409, description = "The deadline has passed", body = Problem),
    (status = 413, description = "Larger than any form asks for", body = Problem),
    (status = 422, description = "Another format, too large, or too many; see `fields`",
     body = Problem),
))]
async fn upload_file(
    State(app): State<App>,
    caller: Caller,
    Path(application): Path<ApplicationId>,
    Query(about): Query<About>,
    Raw(content): Raw,
) -> Result<(StatusCode, axum::Json<Upload>), AppError> {
    let now = app.clock.now();
    let write = app.store.write(move |tx| async move {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        scene.allow_on(Action::SeeOwnApplication, &application)?;
        let asked = scene.allow_on(Action::EditApplication, &application);
        asked.or_else(|error| {
            let answers = scene.allow_on(Action::AnswerInfo, &application);
            answers.map_err(|_| error)
        })?;
        let upload = keep(&tx, &scene, &application, (&about, content)).await?;
        Ok::<_, AppError>((StatusCode::CREATED, axum::Json(upload)))
    });
    write.await
}

async fn keep(
    tx: &Tx,
    scene: &Scene,
    application: &Application,
    (about, content): (&About, Bytes),
) -> Result<Upload, AppError> {
    let question = QuestionId(about.question.clone());
    let wrong = |code| {
        AppError::Fields(vec![FieldProblem {
            question: QuestionId(about.question.clone()),
            code,
        }])
    };
    let draft = Draft::load(tx, scene, application).await?;
    let Some(Kind::File {
        formats, max_bytes, ..
    }) = draft.form.question(&question).map(|asked| &asked.kind)
    else {
        return Err(AppError::invalid("/question", "unknown_question"));
    };
    let bytes = u32::try_from(content.len()).unwrap_or(u32::MAX);
    if bytes > *max_bytes {
        return Err(wrong(ProblemCode::FileTooLarge { max: *max_bytes }));
    }
    let format = sniff(&content).filter(|format| formats.contains(format));
    let format = format.ok_or_else(|| wrong(ProblemCode::WrongFormat))?;
    let sha256 = hex::of(&Sha256::digest(&content));
    let is_old = |kept: &Kept| scene.now.real - kept.at >= FORGOTTEN;
    let own = forget_unnamed(tx, application.person, application.cohort, is_old).await?;
    let same = own
        .iter()
        .find(|kept| kept.question == question && kept.sha256 == sha256);
    if let Some(same) = same {
        return Ok(same.upload.clone());
    }
    if own.len() >= FILES {
        let max = u32::try_from(FILES).unwrap_or(u32::MAX);
        let count = max + 1;
        return Err(wrong(ProblemCode::TooMany { count, max }));
    }
    let upload = Upload {
        id: uuid::Uuid::now_v7().to_string(),
        name: name(&about.name),
        bytes,
        format,
    };
    let new = Kept {
        upload: upload.clone(),
        person: application.person,
        question,
        sha256,
        at: scene.now.real,
    };
    uploads::insert(tx, application.cohort, &new, content.to_vec()).await?;
    Ok(upload)
}

/// Deletes a draft with its answers, and the files that nothing else of its owner names.
pub(super) async fn delete_draft(tx: &Tx, draft: &Application) -> Stored<()> {
    let (person, cohort) = (draft.person, draft.cohort);
    let own = named_by(tx, draft.id).await?;
    applications::delete(tx, draft.id).await?;
    let others = applications::of_person_in(tx, person, cohort).await?;
    let is_over = |kept: &Kept| others.is_empty() || own.contains(&kept.upload.id);
    forget_unnamed(tx, person, cohort, is_over).await?;
    Ok(())
}

/// The files that an application names or has named when it was sent.
async fn named_by(tx: &Tx, application: ApplicationId) -> Stored<BTreeSet<String>> {
    let mut named = BTreeSet::new();
    for kept in answers::of(tx, application).await?.into_values() {
        let other = kept.other.map(|other| other.value);
        for answer in kept.value.into_iter().chain(other) {
            named.extend(files(&answer).into_iter().map(|file| file.id.clone()));
        }
    }
    for sent in submissions::all(tx, application).await? {
        let answers = sent.answers()?;
        let of_answers = answers.values().flat_map(files);
        named.extend(of_answers.map(|file| file.id.clone()));
    }
    Ok(named)
}

/// The files of somebody for a cohort, after those were removed that are over and that none of the
/// applications names.
async fn forget_unnamed(
    tx: &Tx,
    person: PersonId,
    cohort: CohortId,
    is_over: impl Fn(&Kept) -> bool,
) -> Stored<Vec<Kept>> {
    let mut named = BTreeSet::new();
    for own in applications::of_person_in(tx, person, cohort).await? {
        named.append(&mut named_by(tx, own.id).await?);
    }
    let mut left = Vec::new();
    for kept in uploads::of_person_in(tx, person, cohort).await? {
        if is_over(&kept) && !named.contains(&kept.upload.id) {
            uploads::delete(tx, &kept.upload.id).await?;
        } else {
            left.push(kept);
        }
    }
    Ok(left)
}

/// The files that an answer names.
pub fn files(answer: &Answer) -> Vec<&Upload> {
    match answer {
        Answer::Files { files, .. } => files.iter().collect(),
        Answer::Items(items) => items
            .iter()
            .flat_map(Answers::values)
            .flat_map(files)
            .collect(),
        _ => Vec::new(),
    }
}

/// What the bytes say it is. A text is what is none of the others and holds nothing but text.
fn sniff(content: &[u8]) -> Option<FileFormat> {
    if content.is_empty() {
        return None;
    }
    match infer::get(content).map(|found| found.mime_type()) {
        Some("application/pdf") => Some(FileFormat::Pdf),
        Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document") => {
            Some(FileFormat::Docx)
        }
        Some("application/vnd.oasis.opendocument.text") => Some(FileFormat::Odt),
        Some(kind) if kind != "text/plain" => None,
        _ => {
            let text = std::str::from_utf8(content).ok()?;
            let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
            text.chars().all(is_text).then_some(FileFormat::Txt)
        }
    }
}

/// A name without folders and without what nobody sees.
fn name(written: &str) -> String {
    let last = written.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain: String = normalise(&plain).chars().take(NAME).collect();
    let plain = plain.trim().trim_start_matches('.').to_owned();
    if plain.is_empty() {
        "file".to_owned()
    } else {
        plain
    }
}

/// A file, for its owner and for whoever may read the answer that names it.
#[utoipa::path(get, path = path::FILE, params(
    ("application" = String, Path), ("file" = String, Path),
), responses(
    (status = 200, description = "The file, always to be saved and never shown",
     content_type = "application/octet-stream"),
    (status = 404, description = "No such file, or not for you", body = Problem),
))]
async fn fetch_file(
    State(app): State<App>,
    caller: Caller,
    Path((application, file)): Path<(ApplicationId, String)>,
) -> Result<Response, AppError> {
    let now = app.clock.now();
    let read = app.store.read(async |tx| {
        let (scene, application) = Scene::of_application(&tx, &caller, now, application).await?;
        let kept = uploads::find(&tx, &file).await?;
        let is_own = scene.actor.person == Some(application.person);
        if is_own {
            scene.allow_on(Action::SeeOwnApplication, &application)?;
        } else {
            scene.allow_on(Action::ReadApplication, &application)?;
        }
        let kept = kept.filter(|kept| kept.person == application.person);
        let kept = kept.ok_or(AppError::NotFound)?;
        if !is_own {
            let seen = list::read_view(&tx, &scene, &application).await?.answers;
            let mut named = seen.values().flat_map(files);
            if !named.any(|named| named.id == kept.upload.id) {
                return Err(AppError::NotFound);
            }
        }
        let content = uploads::content(&tx, &kept.upload.id).await?;
        Ok::<_, AppError>((kept.upload.name, content.ok_or(AppError::NotFound)?))
    });
    let (name, content) = read.await?;
    served(&name, content)
}

fn served(name: &str, content: Vec<u8>) -> Result<Response, AppError> {
    let mut response = content.into_response();
    let headers = response.headers_mut();
    let octets = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, octets);
    let policy = HeaderValue::from_static(POLICY);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    let noopen = HeaderName::from_static("x-download-options");
    headers.insert(noopen, HeaderValue::from_static("noopen"));
    let disposition = HeaderValue::from_str(&disposition(name));
    let disposition = disposition.map_err(|_| AppError::Refused(Code::Internal))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// To be saved, under its name: in plain letters for old browsers, as it is for others (RFC 6266).
fn disposition(name: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
    let plain: String = name
        .chars()
        .map(|c| if is_plain(&c) { c } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_what_a_file_is() {
        assert_eq!(sniff(b"%PDF-1.7\n..."), Some(FileFormat::Pdf));
        assert_eq!(
            sniff("Käthe Müller, 2018\r\n".as_bytes()),
            Some(FileFormat::Txt)
        );
        for other in [
            &b""[..],
            b"MZ\x90\x00\x03\x00\x00\x00",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            b"PK\x03\x04plain zip",
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            b"caf\xe9",
            b"a\0b",
        ] {
            let found = sniff(other);
            let is_harmless = found.is_none() || found == Some(FileFormat::Txt);
            assert!(is_harmless, "{found:?}");
        }
        assert_eq!(sniff(b"<!DOCTYPE html><script>alert(1)</script>"), None);
    }

    #[test]
    fn a_name_keeps_its_letters_and_loses_its_folders() {
        assert_eq!(name("C:\\Users\\me\\Žižek CV.pdf"), "Žižek CV.pdf");
        assert_eq!(name("../../etc/passwd"), "passwd");
        assert_eq!(
            name("a\r\nSet-Cookie: x\u{202e}fdp.exe"),
            "aSet-Cookie: xfdp.exe"
        );
        assert_eq!(name("..."), "file");
        assert_eq!(
            disposition("Žižek \"CV\".pdf"),
            "attachment; filename=\"_i_ek _CV_.pdf\"; \
             filename*=UTF-8''%C5%BDi%C5%BEek%20%22CV%22.pdf"
        );
    }
}
