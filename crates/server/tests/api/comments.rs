//! What members say about people, pairs and boards: who reads it, who is told, and what it outlives.

use axum::http::Method;
use serde_json::{Value, json};
use tandem_api::comment::{CommentList, CommentView};
use tandem_api::path;
use tandem_domain::cohort::CohortState;
use tandem_domain::comment::LONGEST;
use tandem_domain::id::{ApplicationId, CommentId, PersonId};
use tandem_domain::role::{Office, Role};
use tandem_server::store::{StoreError, erasing};
use uuid::Uuid;

use crate::story::{Story, text};
use crate::support::Browser;

struct Committee {
    story: Story,
    sam: Browser,
    sam_id: PersonId,
    tia: Browser,
    ana: ApplicationId,
    cy: ApplicationId,
}

impl Committee {
    async fn new() -> Self {
        let story = Story::new().await;
        let seat = [(story.program, vec![Office::Subcommittee])];
        let (sam, sam_id) = story.app.signed_in_as("sam@example.org", &seat).await;
        let (tia, _) = story.app.signed_in_as("tia@example.org", &seat).await;
        let own = |name: &str| [("employer", text(name))];
        let ana = story
            .eligible("ana@mail.example", Role::Mentee, &own("A"))
            .await;
        let cy = story
            .eligible("cy@mail.example", Role::Mentor, &own("B"))
            .await;
        story.set_state(CohortState::Pairing).await;
        Self {
            ana: ana.id,
            cy: cy.id,
            story,
            sam,
            sam_id,
            tia,
        }
    }

    async fn said(&self, by: &Browser) -> Vec<CommentView> {
        let list: CommentList = by.get(self.here()).await.read();
        list.comments
    }

    fn here(&self) -> String {
        path::comments(self.story.scenario)
    }

    fn about_ana(&self, number: u128, words: &str) -> Value {
        let about = json!({ "kind": "person", "who": self.ana });
        json!({ "id": id(number), "about": about, "text": words })
    }
}

fn id(number: u128) -> CommentId {
    CommentId(Uuid::from_u128(number))
}

#[tokio::test]
async fn a_comment_is_read_by_all_and_mailed_to_whom_it_mentions_without_its_words() {
    let all = Committee::new().await;
    let sent = all.about_ana(1, "@Tia, she moves in June. Ask desk@tia.example. ");
    let made: CommentView = all.sam.post(all.here(), &sent).await.read();
    assert_eq!(made.by_name, "sam");
    assert_eq!(all.said(&all.tia).await, std::slice::from_ref(&made));
    let mail = all.story.app.last_mail_to("tia@example.org").await;
    assert!(mail.row.subject.starts_with("sam mentions you"), "{mail:?}");
    assert!(!mail.body.contains("June"), "{}", mail.body);
    // The same again is the same, and no second mail.
    let n_mails = all.story.app.mails().await.len();
    let again: CommentView = all.sam.post(all.here(), &sent).await.read();
    assert_eq!(again, made);
    assert_eq!(all.story.app.mails().await.len(), n_mails);
    let other = all.about_ana(1, "Something else.");
    let reply = all.sam.post(all.here(), &other).await;
    reply.refused(422, "idempotency_key_reused");
    assert_eq!(all.said(&all.tia).await.len(), 1);
}

#[tokio::test]
async fn a_comment_is_resolved_by_anybody_once_and_taken_back_by_its_author() {
    let all = Committee::new().await;
    let sent = all.about_ana(1, "So.");
    all.sam.post(all.here(), &sent).await.read::<CommentView>();
    let one = path::comment(id(1));
    let resolve = json!({ "resolved": true, "seen": false });
    let now: CommentView = all.tia.put(&one, &resolve).await.read();
    assert_eq!(now.resolved.map(|by| by.by_name).as_deref(), Some("tia"));
    // Whoever wants what is so already gets it; whoever saw it otherwise is told.
    all.sam.put(&one, &resolve).await.read::<CommentView>();
    let open = json!({ "resolved": false, "seen": false });
    all.sam.put(&one, &open).await.refused(409, "conflict");
    let open = json!({ "resolved": false, "seen": true });
    let now: CommentView = all.sam.put(&one, &open).await.read();
    assert_eq!(now.resolved, None);
    let theirs = all.tia.send(Method::DELETE, &one).await;
    theirs.refused(403, "forbidden");
    assert_eq!(all.sam.send(Method::DELETE, &one).await.status, 204);
    assert!(all.said(&all.tia).await.is_empty());
}

#[tokio::test]
async fn a_comment_needs_words_and_somebody_here() {
    let all = Committee::new().await;
    let about = |about: Value| json!({ "id": id(1), "about": about, "text": "So." });
    let nobody = Uuid::nil();
    for (sent, pointer) in [
        (all.about_ana(1, " \n "), "/text"),
        (all.about_ana(1, &"x".repeat(LONGEST + 1)), "/text"),
        (all.about_ana(1, "a\u{7}b"), "/text"),
        (about(json!({ "kind": "person", "who": nobody })), "/about"),
        // The wrong way round.
        (
            about(json!({ "kind": "pair", "mentee": all.cy, "mentor": all.ana })),
            "/about",
        ),
    ] {
        let reply = all.sam.post(all.here(), &sent).await;
        reply.refused(422, "invalid");
        let said = reply.body.to_string();
        assert!(said.contains(pointer), "{said}");
    }
    assert!(all.said(&all.sam).await.is_empty());
    let pair = about(json!({ "kind": "pair", "mentee": all.ana, "mentor": all.cy }));
    all.sam.post(all.here(), &pair).await.read::<CommentView>();
    let board = json!({ "id": id(2), "about": { "kind": "board" }, "text": "So." });
    all.sam.post(all.here(), &board).await.read::<CommentView>();
    assert_eq!(all.said(&all.sam).await.len(), 2);
}

#[tokio::test]
async fn whoever_stays_away_from_somebody_reads_no_comment_and_is_told_of_none() {
    let all = Committee::new().await;
    let sent = all.about_ana(1, "Hard to place.");
    all.tia.post(all.here(), &sent).await.read::<CommentView>();
    let cy = all.cy;
    let read = all.story.app.app.store.read(async |tx| {
        let found = tandem_server::store::applications::by_id(&tx, cy).await?;
        Ok::<_, StoreError>(found.unwrap().person)
    });
    // Of somebody whom no comment is about.
    let conflict = json!({ "person": read.await.unwrap() });
    let declared = all
        .sam
        .post(path::conflicts(all.story.cohort), &conflict)
        .await;
    assert_eq!(declared.status, 200);
    let n_mails = all.story.app.mails().await.len();
    let sent = all.about_ana(2, "@sam, what do you think?");
    let made: CommentView = all.tia.post(all.here(), &sent).await.read();
    assert_eq!(made.mentions, [all.sam_id]);
    assert_eq!(all.story.app.mails().await.len(), n_mails);
    all.sam.get(all.here()).await.refused(403, "forbidden");
    let own = all.about_ana(3, "So.");
    all.sam
        .post(all.here(), &own)
        .await
        .refused(403, "forbidden");
    let resolve = json!({ "resolved": true, "seen": false });
    for known in [id(1), id(9)] {
        let one = path::comment(known);
        all.sam.put(&one, &resolve).await.refused(404, "not_found");
        let taken = all.sam.send(Method::DELETE, &one).await;
        taken.refused(404, "not_found");
    }
}

#[tokio::test]
async fn what_was_said_about_somebody_goes_with_the_application() {
    let all = Committee::new().await;
    let pair = json!({ "kind": "pair", "mentee": all.ana, "mentor": all.cy });
    let of_pair = json!({ "id": id(1), "about": pair, "text": "So." });
    all.sam
        .post(all.here(), &of_pair)
        .await
        .read::<CommentView>();
    let of_ana = all.about_ana(2, "So.");
    all.sam
        .post(all.here(), &of_ana)
        .await
        .read::<CommentView>();
    let cy = all.cy;
    let erase = move |tx| async move { erasing::application(&tx, cy).await };
    let erased = all.story.app.app.store.write::<_, StoreError, _, _>(erase);
    erased.await.unwrap();
    let left = all.said(&all.sam).await;
    assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [id(2)]);
}
