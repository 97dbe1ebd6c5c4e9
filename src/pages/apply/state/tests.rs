//! What the leaves of the wizard see of the state.

use super::*;
use crate::pages::apply::sample::{self, view};

fn in_owner(test: impl FnOnce(ApplyState)) {
    Owner::new().with(|| test(ApplyState::open(sample::form(), view(), None, 0)));
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "what is written is an answer or nothing"
)]
fn text(words: &str) -> Option<Answer> {
    Some(Answer::Text(words.to_owned()))
}

#[test]
fn an_answer_reaches_its_field_and_no_other() {
    in_owner(|state| {
        let name = state.slip("name".into()).answer();
        let goal = state.slip("goal".into()).answer();
        state.answer(&"name".into(), text("Ada"), 0);
        assert_eq!(name.get_untracked(), text("Ada"));
        assert_eq!(goal.get_untracked(), None);
        assert_eq!(state.stirs().get_untracked(), 1);
    });
}

#[test]
fn the_same_answer_again_stirs_nothing() {
    in_owner(|state| {
        state.answer(&"name".into(), text("Ada"), 0);
        state.answer(&"name".into(), text("Ada"), 10);
        assert_eq!(state.stirs().get_untracked(), 1);
    });
}

#[test]
fn a_page_with_a_missing_answer_is_not_left() {
    in_owner(|state| {
        let form = state.form();
        let (_, page) = form.pages().next().unwrap();
        assert_eq!(state.leave(page), Passage::Blocked);
        assert_eq!(state.shown().get_untracked().len(), 1);
        assert_eq!(state.slip("goal".into()).problem().get_untracked(), None);
        state.answer(&"name".into(), text("Ada"), 0);
        assert_eq!(state.shown().get_untracked(), []);
        assert_eq!(state.leave(page), Passage::Free);
    });
}

#[test]
fn w_07_a_submission_keeps_its_key_until_it_has_arrived() {
    in_owner(|state| {
        assert_eq!(state.submit_key(|| "one".to_owned()), "one");
        assert_eq!(state.submit_key(|| "two".to_owned()), "one");
        assert_eq!(state.journal(0).unwrap().submit_key.as_deref(), Some("one"));
        state.forget_submit_key();
        assert_eq!(state.journal(0), None);
        assert_eq!(state.submit_key(|| "three".to_owned()), "three");
    });
}

#[test]
fn sending_waits_until_everything_is_saved() {
    in_owner(|state| {
        let rev = state.settled_rev();
        assert_eq!(rev.get_untracked(), Some(0));
        state.answer(&"name".into(), text("Ada"), 0);
        assert_eq!(rev.get_untracked(), None);
    });
}

#[test]
fn w_02_going_back_checks_nothing_and_clears_nothing() {
    in_owner(|state| {
        let form = state.form();
        let places = state.places().get_untracked();
        let (_, page) = form.pages().next().unwrap();
        state.answer(&"employer".into(), text("Harbor Library"), 0);
        // Back is a visit like any other: only Continue asks what is missing.
        state.visit(&places[1]);
        state.visit(&places[0]);
        assert_eq!(state.shown().get_untracked(), []);
        assert_eq!(state.attempts().get_untracked(), 0);
        assert_eq!(
            state.slip("employer".into()).answer().get_untracked(),
            text("Harbor Library")
        );
        assert_eq!(state.leave(page), Passage::Blocked);
        assert_eq!(state.attempts().get_untracked(), 1);
        state.visit(&places[1]);
        assert_eq!(state.shown().get_untracked().len(), 1);
    });
}
