//! What each event does to an application being written.

use tandem_api::application::FieldResult;
use tandem_api::problem::Problem;
use tandem_domain::application::ApplicationState;

use super::*;
use crate::pages::apply::sample::{self, deadline, view};

fn work() -> Work {
    Work::open(sample::form(), view(), None, 0)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "what is written is an answer or nothing"
)]
fn text(words: &str) -> Option<Answer> {
    Some(Answer::Text(words.to_owned()))
}

fn op(number: u32) -> OperationId {
    format!("00000000-0000-0000-0000-{number:012}")
        .parse()
        .unwrap()
}

fn saved(rev: i64, ids: &[&str]) -> DraftSaved {
    DraftSaved {
        form_version: 1,
        met: rev - 1,
        rev,
        results: ids
            .iter()
            .map(|id| (QuestionId::from(*id), FieldResult::Ok))
            .collect(),
        server_now: "2018-02-05T14:02:00Z".parse().unwrap(),
        saved_at: "2018-02-05T14:02:00Z".parse().unwrap(),
        closes: deadline(),
    }
}

fn refusal(code: Code) -> ApiError {
    ApiError::from(Problem {
        kind: String::new(),
        title: String::new(),
        status: code.status(),
        code,
        detail: String::new(),
        instance: String::new(),
        errors: Vec::new(),
        fields: Vec::new(),
        extra: None,
    })
}

#[test]
fn typing_is_saved_after_a_pause_and_says_so() {
    let mut work = work();
    assert_eq!(work.stand, Stand::Untouched);
    assert!(work.answer(&"name".into(), text("Ada"), 1_000));
    assert_eq!(work.stand, Stand::Saving);
    assert_eq!(work.wait_ms(1_000), Some(800));
    work.next_save(op(1)).unwrap();
    assert_eq!(work.wait_ms(5_000), None);
    work.answered(Ok(saved(1, &["name"])), 5_000, 0);
    assert!(matches!(work.stand, Stand::Saved(_)));
    assert_eq!(work.wait_ms(5_000), None);
}

#[test]
fn what_was_typed_during_a_save_is_saved_next() {
    let mut work = work();
    work.answer(&"name".into(), text("A"), 0);
    work.next_save(op(1)).unwrap();
    work.answer(&"name".into(), text("Ad"), 900);
    work.answered(Ok(saved(1, &["name"])), 1_000, 0);
    assert_eq!(work.stand, Stand::Saving);
    assert_eq!(work.wait_ms(1_000), Some(700));
    assert_eq!(work.next_save(op(2)).unwrap().base_rev, 1);
}

#[test]
fn without_a_connection_the_same_save_is_tried_again() {
    let mut work = work();
    work.answer(&"name".into(), text("Ada"), 0);
    let first = work.next_save(op(1)).unwrap();
    work.answered(Err(ApiError::Offline), 1_000, 500);
    assert_eq!(work.stand, Stand::Offline);
    assert!(work.draft.journal(0, None).is_some());
    assert!(work.wait_ms(1_000).unwrap() > 0);
    assert!(work.hurry(1_100));
    assert_eq!(work.wait_ms(1_100), Some(0));
    assert_eq!(work.next_save(op(2)).unwrap(), first);
    assert_eq!(work.stand, Stand::Offline);
    work.answered(Ok(saved(1, &["name"])), 2_000, 0);
    assert!(matches!(work.stand, Stand::Saved(_)));
}

#[test]
fn w_04_after_the_session_ends_typing_goes_on_and_is_saved_at_sign_in() {
    let mut work = work();
    work.answer(&"name".into(), text("Ada"), 0);
    let first = work.next_save(op(1)).unwrap();
    work.answered(Err(ApiError::SignedOut), 1_000, 0);
    work.answer(&"goal".into(), text("Learn"), 2_000);
    assert_eq!(work.stand, Stand::SignedOut);
    assert_eq!(work.wait_ms(60_000), None);
    work.signed_in(61_000);
    assert_eq!(work.wait_ms(61_000), Some(0));
    assert_eq!(work.next_save(op(2)).unwrap(), first);
    work.answered(Ok(saved(1, &["name"])), 61_100, 0);
    assert_eq!(work.next_save(op(3)).unwrap().changes.len(), 1);
}

#[test]
fn after_the_deadline_the_words_stay_and_nothing_is_sent() {
    let mut work = work();
    work.answer(&"name".into(), text("Ada"), 0);
    work.next_save(op(1)).unwrap();
    work.answered(Err(refusal(Code::DeadlinePassed)), 1_000, 0);
    assert_eq!(work.stand, Stand::Closed(Code::DeadlinePassed));
    assert!(!work.is_editable());
    assert_eq!(work.wait_ms(100_000), None);
    assert_eq!(
        work.draft.answers().get(&"name".into()).cloned(),
        text("Ada")
    );
}

/// An application that was sent with what stands at this revision.
fn sent(rev: i64) -> DraftView {
    let mut view = view();
    view.rev = rev;
    view.application.state = ApplicationState::Submitted;
    view.application.submitted_at = Some(view.server_now);
    view
}

#[test]
fn what_is_saved_after_sending_can_be_sent_at_once() {
    let mut work = Work::open(sample::form(), sent(3), None, 0);
    work.answer(&"name".into(), text("Ada"), 0);
    work.next_save(op(1)).unwrap();
    // The server had the same already.
    let nothing_new = DraftSaved {
        met: 3,
        ..saved(3, &["name"])
    };
    work.answered(Ok(nothing_new), 0, 0);
    assert!(!work.application.changed_since_submitted);
    work.answer(&"name".into(), text("Ada L."), 0);
    work.next_save(op(2)).unwrap();
    work.answered(Ok(saved(4, &["name"])), 0, 0);
    assert!(work.application.changed_since_submitted);
    // What was asked for before that save says nothing about it.
    work.refreshed(sent(3));
    assert!(work.application.changed_since_submitted);
    work.refreshed(sent(4));
    assert!(!work.application.changed_since_submitted, "sent again");
}

#[test]
fn what_another_tab_saves_after_sending_can_be_sent_at_once() {
    let mut work = Work::open(sample::form(), sent(3), None, 0);
    work.heard([("name".into(), text("Ada"))].into(), (2, 3));
    assert!(!work.application.changed_since_submitted, "known already");
    work.heard([("name".into(), text("Ada"))].into(), (3, 4));
    assert!(work.application.changed_since_submitted);
    let mut draft = Work::open(sample::form(), view(), None, 0);
    draft.heard([("name".into(), text("Ada"))].into(), (0, 1));
    assert!(!draft.application.changed_since_submitted, "never sent");
}

#[test]
fn more_time_opens_the_page_again_and_what_waited_is_sent() {
    let mut work = work();
    work.answer(&"name".into(), text("Ada"), 0);
    work.next_save(op(1)).unwrap();
    work.answered(Err(refusal(Code::DeadlinePassed)), 1_000, 0);
    let mut closed = view();
    closed.editable = false;
    work.refreshed(closed);
    assert!(!work.is_editable());
    work.refreshed(view());
    assert!(work.is_editable());
    assert_eq!(work.stand, Stand::Saving);
    assert_eq!(work.wait_ms(60_000), Some(0));
    let save = work.next_save(op(2)).unwrap();
    assert_eq!(save.changes[&QuestionId::from("name")], text("Ada"));
    let mut idle = Work::open(sample::form(), view(), None, 0);
    idle.stand = Stand::Closed(Code::DeadlinePassed);
    idle.refreshed(view());
    assert_eq!(idle.stand, Stand::Untouched);
}

#[test]
fn a_session_that_ended_shows_also_while_the_draft_is_fetched() {
    let mut work = work();
    assert!(!work.not_refreshed(&ApiError::SignedOut));
    assert_eq!(work.stand, Stand::Untouched, "nothing needs it");
    work.answer(&"name".into(), text("Ada"), 0);
    work.fell_behind();
    assert!(work.not_refreshed(&ApiError::Offline), "tried again");
    assert_eq!(work.stand, Stand::Offline);
    assert!(!work.not_refreshed(&ApiError::SignedOut), "not yet");
    assert_eq!(work.stand, Stand::SignedOut);
    work.signed_in(61_000);
    assert!(work.needs_refresh);
    work.refreshed(view());
    assert_eq!(work.wait_ms(61_000), Some(0));
    assert!(work.next_save(op(1)).is_some());
}

#[test]
fn w_11_an_error_is_shown_on_the_attempt_to_go_on_and_goes_when_mended() {
    let mut work = work();
    work.answer(&"employer".into(), text("Harbor Library"), 0);
    assert!(work.shown.is_empty());
    let form = Arc::clone(&work.form);
    let (_, page) = form.pages().next().unwrap();
    let missing = FieldProblem {
        question: "name".into(),
        code: ProblemCode::Required,
    };
    work.leave(page, &[missing]);
    assert_eq!(work.shown.len(), 1);
    assert_eq!(work.n_attempts, 1);
    work.answer(&"name".into(), text("Ada"), 0);
    assert!(work.shown.is_empty());
}

#[test]
fn what_another_tab_saved_appears_unless_it_is_being_written() {
    let mut work = work();
    work.heard([("name".into(), text("Ada"))].into(), (0, 1));
    assert_eq!(
        work.draft.answers().get(&"name".into()).cloned(),
        text("Ada")
    );
    assert!(!work.needs_refresh);
    work.heard([("name".into(), text("Ada L."))].into(), (4, 5));
    assert!(work.needs_refresh);
    work.answer(&"goal".into(), text("Learn"), 0);
    assert_eq!(work.wait_ms(60_000), None);
    let mut fresh = view();
    fresh.rev = 5;
    fresh.answers = [("name".into(), Answer::Text("Ada L.".to_owned()))].into();
    work.refreshed(fresh);
    assert_eq!(work.next_save(op(1)).unwrap().base_rev, 5);
}

#[test]
fn what_another_tab_has_saved_is_no_trouble_any_more() {
    let mut work = work();
    work.answer(&"name".into(), text("Ada"), 0);
    work.next_save(op(1)).unwrap();
    work.answered(Err(refusal(Code::Conflict)), 1_000, 0);
    assert!(matches!(work.stand, Stand::Failed(_)));
    work.heard([("name".into(), text("Ada"))].into(), (0, 1));
    assert_eq!(work.stand, Stand::Untouched);
}

#[test]
fn what_came_from_last_year_stops_sending_until_it_is_kept_or_changed() {
    let given = |words: &str| Answer::Text(words.to_owned());
    let mut view = view();
    view.answers = [
        ("name".into(), given("Ada")),
        ("goal".into(), given("Lead")),
    ]
    .into();
    view.prefilled = [
        ("name".into(), Source::LastCohort),
        ("goal".into(), Source::Account),
    ]
    .into();
    view.rev = 1;
    let mut work = Work::open(sample::form(), view, None, 0);
    let waits = |work: &Work| {
        let problems = work
            .problems(&work.form.read(work.draft.answers(), work.returning))
            .into_iter();
        problems
            .filter(|found| found.code == ProblemCode::Unconfirmed)
            .map(|found| found.question.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(waits(&work), ["name"]);
    work.confirm(&"name".into(), 0);
    assert!(waits(&work).is_empty());
    let save = work.next_save(op(1)).unwrap();
    let name = &save.changes[&QuestionId::from("name")];
    assert_eq!(*name, text("Ada"), "sent as it stands");
    assert!(!save.changes.contains_key(&QuestionId::from("goal")));
}

#[test]
fn it_is_noticed_when_the_form_got_a_newer_version() {
    let mut work = work();
    work.answer(&"name".into(), text("Ada"), 0);
    work.next_save(op(1)).unwrap();
    work.answered(Ok(saved(1, &["name"])), 0, 0);
    assert!(!work.is_outdated);
    work.answer(&"name".into(), text("Bo"), 0);
    work.next_save(op(2)).unwrap();
    let newer = DraftSaved {
        form_version: 2,
        ..saved(2, &["name"])
    };
    work.answered(Ok(newer), 0, 0);
    assert!(work.is_outdated);
}
