//! Members who are concerned themselves: whoever applied has no board, and whoever has a conflict
//! with single people reads it as if these were not there, down to the last byte.

use axum::http::Method;
use serde_json::json;
use tandem_api::board::{BoardView, CommandAccepted, ConflictView, SendCommand};
use tandem_api::cohort::PossibleTransition;
use tandem_api::path;
use tandem_api::scenario::ScenarioView;
use tandem_domain::board::{Command, Expect};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::{ApplicationId, CommandId, PersonId, ScenarioId};
use tandem_domain::role::{Office, Role};
use tandem_server::store::StoreError;
use tandem_server::store::conflicts::{self, Conflict};
use uuid::Uuid;

use crate::story::{Applicant, Story, text};
use crate::support::{Browser, Reply};

async fn eligible(story: &Story, name: &str, role: Role) -> ApplicationId {
    let own = [("employer", text(&format!("Library of {name}")))];
    let email = format!("{name}@mail.example");
    story.eligible(&email, role, &own).await.id
}

fn pair(number: u128, mentee: ApplicationId, mentor: ApplicationId) -> SendCommand {
    SendCommand {
        id: CommandId(Uuid::from_u128(number)),
        command: Command::Pair {
            mentee,
            mentor,
            override_reason: None,
        },
        expect: vec![Expect {
            mentee,
            mentor: None,
            locked: false,
        }],
        undoes: None,
    }
}

fn lock(number: u128, mentee: ApplicationId, mentor: ApplicationId) -> SendCommand {
    SendCommand {
        id: CommandId(Uuid::from_u128(number)),
        command: Command::Lock { mentee },
        expect: vec![Expect {
            mentee,
            mentor: Some(mentor),
            locked: false,
        }],
        undoes: None,
    }
}

async fn done(story: &Story, by: &Browser, sent: &SendCommand) {
    let reply = by.post(path::commands(story.scenario), sent).await;
    reply.read::<CommandAccepted>();
}

async fn conflict(story: &Story, member: PersonId, person: PersonId) {
    let (cohort, now) = (story.cohort, story.app.clock.real());
    let work = move |tx| async move {
        conflicts::add(&tx, cohort, Conflict { member, person }, (member, now)).await
    };
    story
        .app
        .app
        .store
        .write::<_, StoreError, _, _>(work)
        .await
        .unwrap();
}

/// Everything that a member can read about a cohort.
async fn crawl(story: &Story, by: &Browser, copy: ScenarioId) -> Vec<(String, Reply)> {
    let (cohort, scenario) = (story.cohort, story.scenario);
    let mut replies = Vec::new();
    for path in [
        path::cohort(cohort.to_string()),
        path::scenarios(cohort),
        path::board(scenario),
        path::commands(scenario),
        format!("{}?after=1", path::commands(scenario)),
        path::cohort_applications(cohort),
        path::conflicts(cohort),
        path::timeline(cohort),
        path::transitions(cohort),
        path::board(copy),
        path::commands(copy),
        path::comparison(cohort, &[scenario, copy]),
        path::comparison(cohort, &[copy, scenario]),
        path::plan(copy),
    ] {
        let reply = by.get(&path).await;
        replies.push((path, reply));
    }
    replies
}

/// What a member gets who asks, adopts, looks at how pairs are scored and says to be here.
async fn acted(story: &Story, by: &Browser) -> Vec<(String, Reply)> {
    let scenario = story.scenario;
    let question = json!({ "question": { "plans": { "goals": ["balanced", "total"] } } });
    let nobody = Uuid::from_u128(99);
    let adopted = json!({
        "id": nobody,
        "pairs": [],
        "mentees": [nobody],
        "expect": [{ "mentee": nobody, "mentor": null, "locked": false }],
    });
    let here = json!({ "focus": null, "holding": null });
    let (asks, adopts) = (path::questions(scenario), path::plans(scenario));
    let (scores, presence) = (path::scoring(story.cohort), path::presence(scenario));
    vec![
        (asks.clone(), by.post(&asks, &question).await),
        (adopts.clone(), by.post(&adopts, &adopted).await),
        (scores.clone(), by.get(&scores).await),
        (presence.clone(), by.put(&presence, &here).await),
    ]
}

/// A text with a number in place of each id, in the order in which they come.
fn with_numbered_ids(text: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    // Ids stand between quotes, or between the parts of an address.
    for part in text.split_inclusive(['"', '/', ' ', '?', '=', ',']) {
        let word = part.trim_end_matches(['"', '/', ' ', '?', '=', ',']);
        if word.parse::<Uuid>().is_ok() {
            let number = known
                .iter()
                .position(|one| *one == word)
                .unwrap_or_else(|| {
                    known.push(word);
                    known.len() - 1
                });
            parts.push(part.replace(word, &format!("id{number}")));
        } else {
            parts.push(part.to_owned());
        }
    }
    parts.concat()
}

/// Takes a locked pair apart on another board.
async fn on_copy(
    story: &Story,
    by: &Browser,
    copy: ScenarioId,
    (number, mentee, mentor): (u128, ApplicationId, ApplicationId),
) {
    let address = path::commands(copy);
    assert_ne!(copy, story.scenario);
    for (number, locked, command) in [
        (number, true, Command::Unlock { mentee }),
        (number + 1, false, Command::Unpair { mentee }),
    ] {
        let sent = SendCommand {
            id: CommandId(Uuid::from_u128(number)),
            command,
            expect: vec![Expect {
                mentee,
                mentor: Some(mentor),
                locked,
            }],
            undoes: None,
        };
        by.post(&address, &sent).await.read::<CommandAccepted>();
    }
}

/// What a member in conflict with Xen and Yul reads, and hears over the stream.
async fn told(office: Office, with_hidden: bool) -> Vec<String> {
    let story = Story::new().await;
    let seats = [(story.program, vec![office])];
    let (member, sam) = story.app.signed_in_as("sam@example.org", &seats).await;
    let (_, xen) = story.app.signed_in_as("xen@mail.example", &[]).await;
    let (_, yul) = story.app.signed_in_as("yul@mail.example", &[]).await;
    conflict(&story, sam, xen).await;
    conflict(&story, sam, yul).await;
    let ana = eligible(&story, "ana", Role::Mentee).await;
    let cy = eligible(&story, "cy", Role::Mentor).await;
    eligible(&story, "dee", Role::Mentor).await;
    let hidden = if with_hidden {
        let xen = eligible(&story, "xen", Role::Mentee).await;
        Some((xen, eligible(&story, "yul", Role::Mentor).await))
    } else {
        None
    };
    story.set_state(CohortState::Pairing).await;
    let chair = story.chair().await;
    let _running = story.live();
    let topics = format!("cohort:{},scenario:{}", story.cohort, story.scenario);
    let stream = story.listen(&member, &topics, None).await;
    if let Some((xen, yul)) = hidden {
        done(&story, &chair, &pair(11, xen, yul)).await;
    }
    done(&story, &chair, &pair(1, ana, cy)).await;
    let rev = json!({ "rev": 1 });
    let seen = member.put(path::looked(story.scenario), &rev).await;
    assert_eq!(seen.status, 204);
    if let Some((xen, yul)) = hidden {
        done(&story, &chair, &lock(12, xen, yul)).await;
    }
    done(&story, &chair, &lock(2, ana, cy)).await;
    let heard = stream.bytes(2).await;
    let name = json!({ "name": "Another" });
    let copy: ScenarioView = chair
        .post(path::scenarios(story.cohort), &name)
        .await
        .read();
    if let Some((xen, yul)) = hidden {
        on_copy(&story, &chair, copy.id, (31, xen, yul)).await;
    }
    on_copy(&story, &chair, copy.id, (41, ana, cy)).await;
    // The chair is looking at somebody whom the member must not see.
    let focus = hidden.map(|(xen, _)| xen);
    let here = json!({ "focus": focus, "holding": focus });
    let seen = chair.put(path::presence(story.scenario), &here).await;
    assert_eq!(seen.status, 200);
    let mut replies = crawl(&story, &member, copy.id).await;
    replies.extend(acted(&story, &member).await);
    replies.extend(moves_told(&story, &member, hidden.map(|(xen, _)| xen)).await);
    let heard = with_numbered_ids(&heard);
    replies.iter().map(as_read).chain([heard]).collect()
}

/// The moves that a member is told of while the committee pairs and while the officer looks at the
/// pairs, after one of these whom the member must not see has withdrawn.
async fn moves_told(
    story: &Story,
    by: &Browser,
    hidden: Option<ApplicationId>,
) -> Vec<(String, Reply)> {
    if let Some(id) = hidden {
        let browser = story.app.signed_in("xen@mail.example").await;
        let role = Role::Mentee;
        Applicant { browser, id, role }.withdraw().await;
    }
    let path = path::transitions(story.cohort);
    let pairing = by.get(&path).await;
    story.set_state(CohortState::SignOff).await;
    let signing_off = by.get(&path).await;
    vec![(path.clone(), pairing), (path, signing_off)]
}

/// All of a reply that a member reads.
fn as_read((path, reply): &(String, Reply)) -> String {
    let mut body = reply.body.to_string();
    if !reply.status.is_success() {
        // Each refusal is numbered.
        body = body.replace(&reply.body["instance"].to_string(), "");
    }
    let tag = reply.header("etag");
    with_numbered_ids(&format!("{path} {} {tag} {body}", reply.status))
}

#[tokio::test]
async fn a_member_in_conflict_reads_the_same_bytes_with_and_without_the_people() {
    for office in [Office::Subcommittee, Office::Chair, Office::Officer] {
        let (with, without) = (told(office, true).await, told(office, false).await);
        for (with, without) in with.iter().zip(&without) {
            assert_eq!(with, without, "{office:?}");
        }
        said_something(&with);
    }
}

/// It answered, and refused, as it should; so the bytes say something.
fn said_something(with: &[String]) {
    let status = |path: &str| {
        let found = with.iter().find(|one| one.contains(path));
        found.unwrap().split_whitespace().nth(1).unwrap().to_owned()
    };
    let paths = ["/questions", "/plans ", "/scoring", "/presence"];
    assert_eq!(paths.map(status), ["200", "403", "200", "200"]);
    let comparison = with.iter().find(|one| one.contains("comparison")).unwrap();
    assert!(comparison.contains("\"differences\":[{"), "{comparison}");
    assert!(with[2].contains("\"recused\":true"), "{}", with[2]);
    assert!(with[2].contains("\"rev\":2"), "{}", with[2]);
    assert!(with[2].contains("\"looked\":1"), "{}", with[2]);
    assert!(with[1].contains("\"pairs\":1"), "{}", with[1]);
    let heard = with.last().unwrap();
    assert_eq!(heard.matches("\"kind\":\"board\"").count(), 2, "{heard}");
}

#[tokio::test]
async fn a_member_in_conflict_changes_nothing() {
    let story = Story::new().await;
    let ana = eligible(&story, "ana", Role::Mentee).await;
    let cy = eligible(&story, "cy", Role::Mentor).await;
    story.set_state(CohortState::Pairing).await;
    let sam = story.subcommittee().await;
    let board: BoardView = sam.get(path::board(story.scenario)).await.read();
    let person = board
        .candidates
        .iter()
        .find(|one| one.id == ana)
        .unwrap()
        .person;
    let known: Vec<ConflictView> = sam
        .post(path::conflicts(story.cohort), &json!({ "person": person }))
        .await
        .read();
    assert_eq!(known.len(), 1);
    let board: BoardView = sam.get(path::board(story.scenario)).await.read();
    assert!(board.candidates.iter().all(|one| one.id != ana));
    assert!(!board.may_change && board.recused);
    let refused = sam
        .post(path::commands(story.scenario), &pair(1, ana, cy))
        .await;
    refused.refused(403, "forbidden");
    sam.get(path::application(ana))
        .await
        .refused(404, "not_found");
    // Who has declared one does not lift it; the officer does.
    let lift = path::conflict(story.cohort, known[0].member, person);
    let own = sam.send(Method::DELETE, &lift).await;
    own.refused(403, "forbidden");
    let officer = story.officer().await;
    assert_eq!(officer.send(Method::DELETE, &lift).await.status, 204);
    let board: BoardView = sam.get(path::board(story.scenario)).await.read();
    assert!(board.may_change && !board.recused);
}

#[tokio::test]
async fn a_chair_in_conflict_does_not_set_how_pairs_are_scored() {
    let story = Story::new().await;
    story.set_state(CohortState::Pairing).await;
    let seats = [(story.program, vec![Office::Chair])];
    let (chair, tia) = story.app.signed_in_as("tia@example.org", &seats).await;
    let (_, xen) = story.app.signed_in_as("xen@mail.example", &[]).await;
    conflict(&story, tia, xen).await;
    let address = path::scoring(story.cohort);
    let known = chair.get(&address).await;
    assert_eq!(known.body["may_change"], false);
    let headers = [("if-match", known.header("etag"))];
    let scoring = &known.body["scoring"];
    let set = chair.send_json(Method::PUT, &address, scoring, &headers);
    set.await.refused(403, "forbidden");
}

#[tokio::test]
async fn an_officer_in_conflict_does_not_learn_who_else_stays_away_from_that_person() {
    let story = Story::new().await;
    let app = &story.app;
    let seats = [(story.program, vec![Office::Subcommittee])];
    let (_, sam) = app.signed_in_as("sam@example.org", &seats).await;
    let seats = [(story.program, vec![Office::Officer])];
    let (officer, olga) = app.signed_in_as("olga@example.org", &seats).await;
    let (_, xen) = story.app.signed_in_as("xen@mail.example", &[]).await;
    let (_, yul) = story.app.signed_in_as("yul@mail.example", &[]).await;
    for (member, person) in [(sam, xen), (sam, yul), (olga, xen)] {
        conflict(&story, member, person).await;
    }
    let known: Vec<ConflictView> = officer.get(path::conflicts(story.cohort)).await.read();
    let mut known: Vec<_> = known.iter().map(|one| (one.member, one.person)).collect();
    known.sort_unstable();
    let mut expected = vec![(sam, yul), (olga, xen)];
    expected.sort_unstable();
    assert_eq!(known, expected);
}

/// A member who has applied; with others, of whom two are paired and one has withdrawn since.
async fn applied_as(office: Office, with_others: bool) -> (Story, Browser) {
    let story = Story::new().await;
    story.sent("sam@example.org", Role::Mentor).await;
    let seats = [(story.program, vec![office])];
    let (sam, _) = story.app.signed_in_as("sam@example.org", &seats).await;
    if with_others {
        let ana = eligible(&story, "ana", Role::Mentee).await;
        let cy = eligible(&story, "cy", Role::Mentor).await;
        story.set_state(CohortState::Pairing).await;
        done(&story, &story.chair().await, &pair(1, ana, cy)).await;
        let browser = story.app.signed_in("ana@mail.example").await;
        let (id, role) = (ana, Role::Mentee);
        Applicant { browser, id, role }.withdraw().await;
    }
    (story, sam)
}

/// What a member who has applied is told about the committee's work.
async fn applicants_answers(office: Office, with_others: bool, state: CohortState) -> Vec<String> {
    let (story, sam) = applied_as(office, with_others).await;
    story.set_state(state).await;
    let mut told = Vec::new();
    for path in [
        path::scenarios(story.cohort),
        path::comparison(story.cohort, &[story.scenario, story.scenario]),
        path::board(story.scenario),
        path::commands(story.scenario),
        path::cohort_applications(story.cohort),
        format!("{}?topics=scenario:{}", path::STREAM, story.scenario),
    ] {
        let reply = sam.get(&path).await;
        let body = reply.body.to_string();
        let instance = reply.body["instance"].to_string();
        told.push(format!("{} {}", reply.status, body.replace(&instance, "")));
    }
    told
}

#[tokio::test]
async fn a_member_who_applied_gets_one_answer_whatever_there_is() {
    let of_subcommittee = Office::Subcommittee;
    let answers = applicants_answers(of_subcommittee, true, CohortState::Pairing).await;
    assert!(
        answers.iter().all(|answer| answer.starts_with("403")),
        "{answers:?}"
    );
    for state in [
        CohortState::Pairing,
        CohortState::Review,
        CohortState::SignOff,
    ] {
        for (office, with_others) in [
            (Office::Subcommittee, true),
            (Office::Subcommittee, false),
            (Office::Chair, true),
            (Office::Officer, true),
        ] {
            let told = applicants_answers(office, with_others, state).await;
            assert_eq!(told, answers, "{office:?}");
        }
    }
}

#[tokio::test]
async fn who_applied_and_moves_the_cohort_is_told_the_moves_and_nothing_of_the_board() {
    for (office, state, to) in [
        (Office::Chair, CohortState::Pairing, CohortState::SignOff),
        (
            Office::Officer,
            CohortState::SignOff,
            CohortState::Published,
        ),
    ] {
        let mut told = Vec::new();
        for with_others in [true, false] {
            let (story, sam) = applied_as(office, with_others).await;
            story.set_state(state).await;
            let moves = sam.get(path::transitions(story.cohort)).await;
            told.push(moves.body.clone());
            if with_others {
                refused_without_names(&story, &sam, to).await;
            }
        }
        assert_eq!(told[0], told[1]);
        let moves: Vec<PossibleTransition> = serde_json::from_value(told.remove(0)).unwrap();
        assert!(moves.iter().any(|one| one.to == to && one.allowed));
        assert!(moves.iter().all(|one| one.recused && one.mails.is_empty()));
    }
}

/// A move that a broken pair stands in the way of is refused, and nobody is named.
async fn refused_without_names(story: &Story, by: &Browser, to: CohortState) {
    let seen = by.get(path::cohort(story.cohort.to_string())).await;
    let key = Uuid::now_v7().to_string();
    let headers = [
        ("if-match", seen.header("etag")),
        ("idempotency-key", key.as_str()),
    ];
    let body = json!({ "to": to, "reason": "" });
    let address = path::transitions(story.cohort);
    let reply = by.send_json(Method::POST, address, &body, &headers).await;
    reply.refused(422, "refused");
    assert!(reply.body["extra"].is_null(), "{}", reply.body);
}
