//! Questions to the solver, plans that are adopted, and how a cohort scores its pairs.

use axum::http::Method;
use serde_json::{Value, json};
use tandem_api::board::{BoardView, CommandAccepted, RefusedCommand, SendCommand};
use tandem_api::matching::{AdoptPlan, AskBoard, ScoringView};
use tandem_api::path;
use tandem_domain::board::{Command, Expect, Refusal};
use tandem_domain::cohort::CohortState;
use tandem_domain::id::{ApplicationId, CommandId};
use tandem_domain::matching::{Answer, Goal, How, Keeping, PlanAnswer, Question};
use tandem_domain::role::Role;
use tandem_domain::score::{Preset, Scoring};
use tandem_server::store::audit;
use uuid::Uuid;

use crate::story::{Story, text};
use crate::support::{Browser, Reply};

/// Three mentees and two mentors of five institutions, all eligible, with the board open.
struct Five {
    story: Story,
    mentees: Vec<ApplicationId>,
    mentors: Vec<ApplicationId>,
}

impl Five {
    async fn new() -> Self {
        let story = Story::new().await;
        let mut sides = [Vec::new(), Vec::new()];
        for (name, role) in [
            ("ana", Role::Mentee),
            ("bo", Role::Mentee),
            ("cy", Role::Mentee),
            ("dee", Role::Mentor),
            ("eli", Role::Mentor),
        ] {
            let own = [
                ("employer", text(&format!("Library of {name}"))),
                ("employer_parent", text(&format!("County of {name}"))),
            ];
            let sent = story
                .eligible(&format!("{name}@mail.example"), role, &own)
                .await;
            sides[usize::from(role == Role::Mentor)].push(sent.id);
        }
        story.set_state(CohortState::Pairing).await;
        let [mentees, mentors] = sides;
        Self {
            story,
            mentees,
            mentors,
        }
    }

    async fn board(&self) -> BoardView {
        let member = self.story.subcommittee().await;
        member.get(path::board(self.story.scenario)).await.read()
    }

    async fn ask(&self, by: &Browser, how: How, question: Question) -> Reply {
        let asked = AskBoard { how, question };
        by.post(path::questions(self.story.scenario), &asked).await
    }

    async fn plan(&self, by: &Browser, how: How) -> PlanAnswer {
        let goals = vec![how.goal];
        let answer: Answer = self.ask(by, how, Question::Plans { goals }).await.read();
        match answer {
            Answer::Plans { mut plans, .. } => plans.remove(0),
            other => panic!("{other:?}"),
        }
    }

    async fn adopt(&self, by: &Browser, body: &AdoptPlan) -> Reply {
        by.post(path::plans(self.story.scenario), body).await
    }

    async fn set(&self, by: &Browser, seen: i64, scoring: &Value) -> Reply {
        let tag = format!("\"{seen}\"");
        let headers = [("if-match", tag.as_str())];
        let path = path::scoring(self.story.cohort);
        by.send_json(Method::PUT, path, scoring, &headers).await
    }
}

fn free(mentee: ApplicationId) -> Expect {
    Expect {
        mentee,
        mentor: None,
        locked: false,
    }
}

/// The whole of a plan for people who are all free.
fn whole(plan: &PlanAnswer, how: How) -> AdoptPlan {
    let mentees: Vec<_> = plan.changes.iter().map(|change| change.mentee).collect();
    AdoptPlan {
        id: CommandId(Uuid::now_v7()),
        how,
        pairs: plan
            .pairs
            .iter()
            .map(|pair| (pair.mentee, pair.mentor))
            .collect(),
        expect: mentees.iter().copied().map(free).collect(),
        mentees,
    }
}

#[tokio::test]
async fn a_plan_is_adopted_once_by_anybody_who_may_pair_and_can_be_undone() {
    let five = Five::new().await;
    let member = five.story.subcommittee().await;
    let how = How::default();
    let plan = five.plan(&member, how).await;
    assert!(plan.certified);
    assert_eq!((plan.pairs.len(), plan.unmatched.len()), (2, 1));
    let body = whole(&plan, how);
    let officer = five.story.officer().await;
    five.adopt(&officer, &body).await.refused(403, "forbidden");
    let accepted: CommandAccepted = five.adopt(&member, &body).await.read();
    let again: CommandAccepted = five.adopt(&member, &body).await.read();
    assert_eq!(accepted, again);
    let board = five.board().await;
    assert_eq!((board.rev, board.placements.len()), (accepted.entry.rev, 2));
    // What is noted says how to make the plan again.
    let noted = five
        .story
        .app
        .app
        .store
        .read(async |tx| audit::after(&tx, 0, 1000).await);
    let noted = noted.await.unwrap();
    let adopted: Vec<_> = noted
        .iter()
        .filter(|noted| noted.kind == "board.plan_adopted")
        .collect();
    assert_eq!(adopted.len(), 1);
    assert_eq!(adopted[0].body["certified"], true);
    assert_eq!(adopted[0].body["total"], plan.figures.total);
    assert_eq!(adopted[0].body["how"], json!(how));
    // One command takes all of it back.
    let undo = SendCommand {
        id: CommandId(Uuid::now_v7()),
        command: accepted.entry.inverse.clone(),
        expect: board
            .placements
            .iter()
            .map(|(mentee, placement)| Expect {
                mentee: *mentee,
                mentor: Some(placement.mentor),
                locked: false,
            })
            .collect(),
        undoes: Some(accepted.entry.id),
    };
    let undone = member
        .post(path::commands(five.story.scenario), &undo)
        .await;
    undone.read::<CommandAccepted>();
    assert_eq!(five.board().await.placements, []);
}

#[tokio::test]
async fn a_part_of_a_plan_can_be_adopted() {
    let five = Five::new().await;
    let member = five.story.subcommittee().await;
    let plan = five.plan(&member, How::default()).await;
    let mut body = whole(&plan, How::default());
    body.mentees.truncate(1);
    body.expect.truncate(1);
    five.adopt(&member, &body).await.read::<CommandAccepted>();
    let placed = five.board().await.placements;
    assert_eq!(placed.len(), 1);
    assert_eq!((placed[0].0, placed[0].1.mentor), body.pairs[0]);
    // The same id for another part is another wish.
    let other = AdoptPlan {
        mentees: vec![plan.pairs[1].mentee],
        ..body.clone()
    };
    let reply = five.adopt(&member, &other).await;
    reply.refused(422, "idempotency_key_reused");
    // What is there already is nothing to do.
    body.id = CommandId(Uuid::now_v7());
    let reply = five.adopt(&member, &body).await;
    reply.refused(422, "refused");
    let refused: RefusedCommand = serde_json::from_value(reply.body["extra"].clone()).unwrap();
    let mentee = body.mentees[0];
    assert_eq!(refused.refusal, Refusal::NothingToDo { mentee });
}

#[tokio::test]
async fn what_is_not_the_best_plan_now_is_not_adopted() {
    let five = Five::new().await;
    let member = five.story.subcommittee().await;
    let how = How::default();
    let plan = five.plan(&member, how).await;
    // A plan somebody made up.
    let mut made_up = whole(&plan, how);
    let swapped: Vec<_> = made_up.pairs.iter().map(|pair| pair.1).rev().collect();
    for (pair, mentor) in made_up.pairs.iter_mut().zip(swapped) {
        pair.1 = mentor;
    }
    let reply = five.adopt(&member, &made_up).await;
    reply.refused(409, "conflict");
    let now: PlanAnswer = serde_json::from_value(reply.body["extra"].clone()).unwrap();
    assert_eq!(now, plan);
    // A plan that was best until somebody paired the third mentee.
    let command = Command::Pair {
        mentee: plan.unmatched[0],
        mentor: plan.pairs[0].mentor,
        override_reason: None,
    };
    let sent = SendCommand {
        id: CommandId(Uuid::now_v7()),
        command,
        expect: vec![free(plan.unmatched[0])],
        undoes: None,
    };
    let other = five.story.chair().await;
    let done = other.post(path::commands(five.story.scenario), &sent).await;
    done.read::<CommandAccepted>();
    let reply = five.adopt(&member, &whole(&plan, how)).await;
    reply.refused(409, "conflict");
    // What its sender saw of a mentee counts, too: with all pairs held, the plan is one change.
    let plan = five.plan(&member, how).await;
    let mut stale = whole(&plan, how);
    stale.expect[0].mentor = Some(five.mentors[0]);
    five.adopt(&member, &stale).await.refused(409, "conflict");
    assert_eq!(five.board().await.placements.len(), 1);
}

#[tokio::test]
async fn a_plan_comes_by_its_own_way_only() {
    let five = Five::new().await;
    let member = five.story.subcommittee().await;
    let sent = SendCommand {
        id: CommandId(Uuid::now_v7()),
        command: Command::Adopt {
            goal: Goal::Total,
            placements: Vec::new(),
        },
        expect: Vec::new(),
        undoes: None,
    };
    let reply = member
        .post(path::commands(five.story.scenario), &sent)
        .await;
    reply.refused(422, "invalid");
    let mut nobody = whole(&five.plan(&member, How::default()).await, How::default());
    nobody.mentees.clear();
    five.adopt(&member, &nobody).await.refused(422, "invalid");
}

/// The name of a question, which is that of its answer.
fn kind(question: &Value) -> String {
    match question {
        Value::String(name) => name.clone(),
        other => other.as_object().unwrap().keys().next().unwrap().clone(),
    }
}

#[tokio::test]
async fn every_question_has_an_answer() {
    let five = Five::new().await;
    let member = five.story.subcommittee().await;
    let (mentee, mentor) = (five.mentees[0], five.mentors[0]);
    for question in [
        Question::Plans {
            goals: Goal::ALL.to_vec(),
        },
        Question::Person { who: mentee },
        Question::Person { who: mentor },
        Question::Pair { mentee, mentor },
        Question::MorePlaces,
        Question::WithoutMentor { mentor },
        Question::Firmness,
    ] {
        let kind = kind(&json!(question));
        let answer = five.ask(&member, How::default(), question).await;
        assert!(answer.read::<Value>().get(&kind).is_some(), "{kind}");
    }
    let nobody = Question::Person {
        who: ApplicationId(Uuid::nil()),
    };
    let reply = five.ask(&member, How::default(), nobody).await;
    reply.refused(404, "not_found");
    let too_few = How {
        keeping: Keeping::AllBut(0),
        ..How::default()
    };
    let goals = vec![Goal::Balanced];
    let reply = five.ask(&member, too_few, Question::Plans { goals }).await;
    assert_eq!(reply.status, 200, "nobody loses a mentor who has none");
    let body = json!({ "question": "oracle" });
    let reply = member
        .post(path::questions(five.story.scenario), &body)
        .await;
    assert!(reply.status.is_client_error());
    assert_eq!(five.board().await.rev, 0, "questions change nothing");
}

#[tokio::test]
async fn the_chair_sets_how_pairs_are_scored_and_every_version_is_kept() {
    let five = Five::new().await;
    let (member, chair) = (five.story.subcommittee().await, five.story.chair().await);
    let path = path::scoring(five.story.cohort);
    let shown = member.get(&path).await;
    assert_eq!(shown.header("etag"), "\"0\"");
    let view: ScoringView = shown.read();
    assert_eq!(view.scoring, Scoring::default());
    assert!(!view.may_change && view.by_name.is_none());
    let wanted = Scoring {
        weights: Preset::EasyToMeet.weights(),
        floor: 1000,
        load: 40,
        seed: 7,
    };
    let body = json!(wanted);
    five.set(&member, 0, &body).await.refused(403, "forbidden");
    five.set(&chair, 3, &body).await.refused(412, "stale");
    let set: ScoringView = five.set(&chair, 0, &body).await.read();
    assert_eq!((set.version, &set.scoring), (1, &wanted));
    assert!(set.may_change && set.by_name.is_some() && set.at.is_some());
    five.set(&chair, 0, &body).await.refused(412, "stale");
    let board = five.board().await;
    assert_eq!((board.weights, &board.scoring), (wanted.weights, &wanted));
    // A floor of all points leaves nobody to propose.
    let plan = five.plan(&member, How::default()).await;
    assert_eq!(plan.pairs.len(), 0);
    for (wrong, pointer) in [
        (json!({ "floor": 1001 }), "/floor"),
        (json!({ "load": 501 }), "/load"),
        (
            json!({ "weights": { "area": 0, "stage": 0, "setting": 0, "time": 0, "mode": 0, "mentor": 0 } }),
            "/weights",
        ),
    ] {
        let mut body = json!(wanted);
        for (key, value) in wrong.as_object().unwrap() {
            body[key] = value.clone();
        }
        let reply = five.set(&chair, 1, &body).await;
        reply.refused(422, "invalid");
        assert_eq!(reply.body["errors"][0]["pointer"], pointer);
    }
    let second: ScoringView = five.set(&chair, 1, &json!(Scoring::default())).await.read();
    assert_eq!(second.version, 2);
}

#[tokio::test]
async fn a_plan_made_under_another_scoring_is_not_adopted() {
    let five = Five::new().await;
    let (member, chair) = (five.story.subcommittee().await, five.story.chair().await);
    let plan = five.plan(&member, How::default()).await;
    let strict = json!(Scoring {
        floor: 1000,
        ..Scoring::default()
    });
    five.set(&chair, 0, &strict).await.read::<ScoringView>();
    let reply = five.adopt(&member, &whole(&plan, How::default())).await;
    reply.refused(409, "conflict");
}
