//! The sealed list: what binds at once, what waits for the officer, and that nothing of it leaves.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::{Value, json};
use tandem_api::apart::{JudgeSealed, SealedEntry, SealedGuess, SealedList};
use tandem_api::application::DraftSaved;
use tandem_api::path;
use tandem_domain::apart::{Entry, Likeness, Verdict};
use tandem_domain::cohort::CohortState;
use tandem_domain::form::answer::{Answer, NamedPerson};
use tandem_domain::id::ApplicationId;
use tandem_domain::role::Role;
use tandem_domain::rule::PairFacts;

use crate::story::{Applicant, Story, avoid, text};
use crate::support::{Browser, Reply};

async fn list(by: &Browser, story: &Story) -> SealedList {
    by.get(path::apart(story.cohort)).await.read()
}

async fn judge(
    by: &Browser,
    story: &Story,
    entry: &SealedEntry,
    (guess_idx, verdict): (usize, Option<Verdict>),
) -> Reply {
    let judged = JudgeSealed {
        declared_by: entry.declared_by.id,
        key: entry.key.clone(),
        person: entry.guesses[guess_idx].person.id,
        verdict,
        seen: entry.guesses[guess_idx].verdict,
    };
    by.put(path::apart(story.cohort), &judged).await
}

async fn blocked(story: &Story) -> Vec<(ApplicationId, ApplicationId)> {
    let board = story
        .subcommittee()
        .await
        .get(path::board(story.scenario))
        .await;
    let facts: PairFacts = serde_json::from_value(board.body["facts"].clone()).unwrap();
    facts.blocked.into_iter().collect()
}

fn named(name: &str) -> [(&str, Answer); 1] {
    [("preferred_name", text(name))]
}

#[tokio::test]
async fn a_name_keeps_every_likely_pair_apart_until_the_officer_dismisses_it() {
    let story = Story::new().await;
    let own = [("block_people", avoid("Cy Lopez", ""))];
    let ana = story.eligible("ana@mail.example", Role::Mentee, &own).await;
    let cy = named("Cy Lopez");
    let cy = story.eligible("cy@mail.example", Role::Mentor, &cy).await;
    let other = named("Lopez, Cy");
    let other = story
        .eligible("cyl@mail.example", Role::Mentor, &other)
        .await;
    story.set_state(CohortState::Pairing).await;
    let officer = story.officer().await;
    let SealedList { entries } = list(&officer, &story).await;
    let [entry] = entries.as_slice() else {
        panic!("{entries:?}");
    };
    assert_eq!(entry.declared_by.references, ["E001"]);
    assert_eq!(entry.reason.as_deref(), Some("Hiring"));
    assert!(matches!(&entry.entry, Entry::Person(person) if person.name == "Cy Lopez"));
    assert!(entry.guesses.iter().all(SealedGuess::is_open));
    assert_eq!(blocked(&story).await, [(ana.id, cy.id), (ana.id, other.id)]);
    let meant = entry
        .guesses
        .iter()
        .position(|guess| guess.likeness == Likeness::Name)
        .unwrap();
    let dismissed = (1 - meant, Some(Verdict::Dismissed));
    judge(&officer, &story, entry, dismissed)
        .await
        .read::<SealedList>();
    let confirmed = (meant, Some(Verdict::Confirmed));
    let now: SealedList = judge(&officer, &story, entry, confirmed).await.read();
    assert!(
        !now.entries[0].guesses.iter().any(SealedGuess::is_open),
        "{now:?}"
    );
    assert_eq!(blocked(&story).await, [(ana.id, cy.id)]);
    // What was said can be taken back: then the pair is blocked again. Not by an officer who has
    // not seen it.
    let back = (1 - meant, None);
    judge(&officer, &story, entry, back)
        .await
        .refused(409, "conflict");
    assert_eq!(blocked(&story).await, [(ana.id, cy.id)]);
    judge(&officer, &story, &now.entries[0], back)
        .await
        .read::<SealedList>();
    assert_eq!(blocked(&story).await.len(), 2);
}

#[tokio::test]
async fn an_address_binds_at_once_and_no_verdict_lifts_it() {
    let story = Story::new().await;
    let own = [("block_people", avoid("The boss", " CY@mail.example "))];
    let ana = story.eligible("ana@mail.example", Role::Mentee, &own).await;
    let cy = story.eligible("cy@mail.example", Role::Mentor, &[]).await;
    story.set_state(CohortState::Pairing).await;
    assert_eq!(blocked(&story).await, [(ana.id, cy.id)]);
    let officer = story.officer().await;
    let entry = list(&officer, &story).await.entries.remove(0);
    assert!(!entry.guesses[0].is_open() && entry.guesses[0].is_blocked);
    let dismissed = (0, Some(Verdict::Dismissed));
    let now: SealedList = judge(&officer, &story, &entry, dismissed).await.read();
    assert!(now.entries[0].guesses[0].is_blocked);
    assert_eq!(blocked(&story).await, [(ana.id, cy.id)]);
}

#[tokio::test]
async fn a_verdict_is_of_one_entry_and_outlives_a_new_sending() {
    let story = Story::new().await;
    let own = [("block_people", avoid("Cy Lopez", ""))];
    let ana = story.sent_with("ana@mail.example", Role::Mentee, &own);
    let ana = ana.await;
    let cy = named("Cy Lopez");
    let cy = story.sent_with("cy@mail.example", Role::Mentor, &cy).await;
    let officer = story.officer().await;
    let entry = list(&officer, &story).await.entries.remove(0);
    judge(&officer, &story, &entry, (0, Some(Verdict::Dismissed)))
        .await
        .read::<SealedList>();
    let send_anew = async |who: &Applicant, answers: &[(&str, Option<Answer>)]| {
        who.save(answers).await;
        assert_eq!(who.submit().await.status, 201);
    };
    send_anew(&ana, &[("member_no", Some(text("7")))]).await;
    send_anew(&cy, &[("member_no", Some(text("8")))]).await;
    let now = list(&officer, &story).await;
    assert_eq!(
        now.entries[0].guesses[0].verdict,
        Some(Verdict::Dismissed),
        "the same words mean the same"
    );
    // Other words are another wish, and wait again; the old one is no longer there to judge.
    send_anew(&ana, &[("block_people", Some(avoid("Cy", "Quartz Hill")))]).await;
    let now = list(&officer, &story).await;
    assert!(now.entries[0].guesses[0].is_open(), "{now:?}");
    judge(&officer, &story, &entry, (0, Some(Verdict::Confirmed)))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn an_officer_does_not_read_who_asked_to_be_kept_apart_from_the_officer() {
    let story = Story::new().await;
    let olga = "olga@association.example";
    let own = [("block_people", avoid("Olga", olga))];
    story
        .sent_with("ana@mail.example", Role::Mentee, &own)
        .await;
    story.sent(olga, Role::Mentor).await;
    assert_eq!(list(&story.officer().await, &story).await.entries, []);
    let second = story
        .app
        .member(
            "pat@association.example",
            story.program,
            &[tandem_domain::role::Office::Officer],
        )
        .await;
    assert_eq!(list(&second, &story).await.entries.len(), 1);
}

/// What every role but the officer can read of a cohort and its people.
async fn everything(story: &Story, who: &Browser, applications: &[ApplicationId]) -> Vec<Value> {
    let mut addresses = vec![
        path::SESSION.to_owned(),
        path::MY_APPLICATIONS.to_owned(),
        path::PROGRAMS.to_owned(),
        path::members(story.program),
        path::program_cohorts(story.program),
        path::outbox(story.program),
        path::cohort(story.cohort),
        path::transitions(story.cohort),
        path::timeline(story.cohort),
        path::form(story.cohort, Role::Mentee),
        path::form(story.cohort, Role::Mentor),
        path::cohort_applications(story.cohort),
        path::apart(story.cohort),
        path::scenarios(story.cohort),
        path::board(story.scenario),
        path::commands(story.scenario),
    ];
    addresses.extend(applications.iter().map(|id| path::application(*id)));
    addresses.extend(applications.iter().map(|id| path::draft(*id)));
    let mut bodies = Vec::new();
    for address in addresses {
        bodies.push(who.get(address).await.body);
    }
    bodies
}

/// Ids, hashes and moments of a world replaced by where they first stand, so that two worlds in
/// which the same happened read the same.
fn without_names_of_this_world(bodies: &[Value]) -> String {
    let text = serde_json::to_string(bodies).unwrap();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let is_part = |c: char| c.is_ascii_hexdigit() || c == '-';
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(is_part) {
        let (before, tail) = rest.split_at(at);
        let end = tail.find(|c| !is_part(c)).unwrap_or(tail.len());
        let (word, after) = tail.split_at(end);
        plain.push_str(before);
        if word.len() >= 32 {
            let next = known.len();
            let idx = *known.entry(word.to_owned()).or_insert(next);
            plain.push('#');
            plain.push_str(&idx.to_string());
        } else {
            plain.push_str(word);
        }
        rest = after;
    }
    plain + rest
}

/// A world in which one of two people asked to be kept apart from the other.
async fn world(asks: Role) -> (Story, [ApplicationId; 2]) {
    let story = Story::new().await;
    let wish = |role: Role, address: &str| {
        let wish = Some(("block_people", avoid("Somebody", address)));
        wish.filter(|_| role == asks)
            .into_iter()
            .collect::<Vec<_>>()
    };
    let ana = wish(Role::Mentee, "cy@mail.example");
    let cy = wish(Role::Mentor, "ana@mail.example");
    let ana = story.eligible("ana@mail.example", Role::Mentee, &ana).await;
    let cy = story.eligible("cy@mail.example", Role::Mentor, &cy).await;
    story.set_state(CohortState::Pairing).await;
    (story, [ana.id, cy.id])
}

#[tokio::test]
async fn which_of_two_asked_cannot_be_told_from_anything_the_committee_reads() {
    let mut read = Vec::new();
    for asks in Role::ALL {
        let (story, both) = world(asks).await;
        assert_eq!(blocked(&story).await, [(both[0], both[1])]);
        let chair = story.chair().await;
        let pair = json!({
            "id": uuid::Uuid::now_v7(), "expect": [],
            "command": { "kind": "pair", "mentee": both[0], "mentor": both[1] },
        });
        let refused = chair.post(path::commands(story.scenario), &pair).await;
        let mut bodies = everything(&story, &chair, &both).await;
        bodies.extend(everything(&story, &story.subcommittee().await, &both).await);
        bodies.push(refused.body["extra"].clone());
        read.push(without_names_of_this_world(&bodies));
    }
    assert_eq!(read[0], read[1]);
}

#[tokio::test]
async fn no_byte_of_a_wish_is_read_by_anybody_but_its_author_and_the_officer() {
    let markers = ["Zebrafish Quill", "Marmalade Institute", "vexing-owl"];
    let story = Story::new().await;
    let wishes = Answer::People(vec![
        NamedPerson {
            name: markers[0].into(),
            contact: "vexing-owl@mail.example".into(),
            reason: Some("family_friend".into()),
        },
        NamedPerson {
            name: "Cy".into(),
            contact: "cy@mail.example".into(),
            reason: None,
        },
    ]);
    let institutions = Answer::Lines(vec![markers[1].into()]);
    let own = [("block_people", wishes), ("block_inst", institutions)];
    let ana = story.eligible("ana@mail.example", Role::Mentee, &own).await;
    let cy = story.eligible("cy@mail.example", Role::Mentor, &[]).await;
    let both = [ana.id, cy.id];
    let readers = [
        story.app.visitor(),
        story.app.signed_in("bo@mail.example").await,
        cy.browser,
        story.subcommittee().await,
        story.chair().await,
        story.app.founder("fay@example.org").await,
    ];
    let officer = story.officer().await;
    for state in CohortState::ALL {
        story.set_state(state).await;
        for reader in &readers {
            let read = serde_json::to_string(&everything(&story, reader, &both).await).unwrap();
            for marker in markers {
                assert!(!read.contains(marker), "{marker} while {state:?}: {read}");
            }
            let pair = json!({
                "id": uuid::Uuid::now_v7(), "expect": [],
                "command": { "kind": "pair", "mentee": both[0], "mentor": both[1] },
            });
            let refused = reader.post(path::commands(story.scenario), &pair).await;
            assert!(!refused.status.is_success() && !refused.body.to_string().contains("owl"));
        }
    }
    for mail in story.app.mails().await {
        let text = serde_json::to_string(&mail).unwrap();
        assert!(!markers.iter().any(|marker| text.contains(marker)));
    }
    // The search would find it: the officer and the author read all of it.
    story.set_state(CohortState::Pairing).await;
    let officers = officer
        .get(path::apart(story.cohort))
        .await
        .body
        .to_string();
    let authors = ana.browser.get(path::draft(ana.id)).await.body.to_string();
    for marker in markers {
        assert!(officers.contains(marker) && authors.contains(marker));
    }
}

#[tokio::test]
async fn a_wish_that_is_still_a_draft_binds_nobody_and_is_read_by_nobody() {
    let story = Story::new().await;
    let ana = story.applicant("ana@mail.example", Role::Mentee).await;
    let saved: DraftSaved = ana
        .save(&[("block_people", Some(avoid("Cy", "cy@mail.example")))])
        .await;
    assert_eq!(saved.results.len(), 1);
    story.sent("cy@mail.example", Role::Mentor).await;
    assert_eq!(list(&story.officer().await, &story).await.entries, []);
    let refused = story
        .chair()
        .await
        .send(Method::GET, path::apart(story.cohort))
        .await;
    refused.refused(403, "forbidden");
}
