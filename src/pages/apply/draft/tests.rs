//! Two devices, two tabs, a crash and a slow network meet in one draft.

use tandem_domain::date::{Deadline, ZoneName};
use tandem_domain::form::check::FieldProblem;

use super::*;

fn id(name: &str) -> QuestionId {
    QuestionId::from(name)
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

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs
        .iter()
        .map(|(name, words)| (id(name), Answer::Text((*words).to_owned())))
        .collect()
}

fn moment() -> DateTime<Utc> {
    "2018-02-05T14:02:00Z".parse().unwrap()
}

fn saved(rev: i64, results: &[(&str, FieldResult)]) -> DraftSaved {
    DraftSaved {
        form_version: 1,
        met: rev - 1,
        rev,
        results: results
            .iter()
            .map(|(name, result)| (id(name), result.clone()))
            .collect(),
        server_now: moment(),
        saved_at: moment(),
        closes: Deadline {
            civil: "2018-03-03T00:00:00".parse().unwrap(),
            zone: ZoneName::aoe(),
            instant: "2018-03-03T12:00:00Z".parse().unwrap(),
            grace_minutes: 0,
        },
    }
}

fn conflict(theirs: &str) -> FieldResult {
    FieldResult::Conflict {
        theirs: text(theirs),
        at: moment(),
    }
}

#[test]
fn only_what_changed_is_sent() {
    let mut draft = Draft::open(answers(&[("name", "Ada"), ("goal", "x")]), 3, None);
    assert!(draft.answer(&id("goal"), text("y")));
    assert!(!draft.answer(&id("name"), text("Ada")));
    let save = draft.take(op(1), 1, None).unwrap();
    assert_eq!(save.base_rev, 3);
    assert_eq!(save.changes, BTreeMap::from([(id("goal"), text("y"))]));
}

#[test]
fn w_06_one_save_at_a_time_and_the_rest_follows() {
    let mut draft = Draft::open(Answers::new(), 0, None);
    draft.answer(&id("goal"), text("a"));
    draft.take(op(1), 1, None).unwrap();
    draft.answer(&id("goal"), text("ab"));
    assert_eq!(draft.take(op(2), 1, None), None);
    assert_eq!(
        draft.saved(saved(1, &[("goal", FieldResult::Ok)])),
        Adopted::Whole
    );
    let next = draft.take(op(2), 1, None).unwrap();
    assert_eq!(next.base_rev, 1);
    assert_eq!(next.changes, BTreeMap::from([(id("goal"), text("ab"))]));
    draft.saved(saved(2, &[("goal", FieldResult::Ok)]));
    assert!(!draft.has_unsaved());
}

#[test]
fn a_save_without_an_answer_is_repeated_under_its_id() {
    let mut draft = Draft::open(Answers::new(), 0, None);
    draft.answer(&id("goal"), text("a"));
    let first = draft.take(op(1), 1, None).unwrap();
    draft.answer(&id("goal"), text("ab"));
    assert_eq!(draft.again(), Some(first));
}

#[test]
fn a_cleared_answer_is_sent_as_nothing() {
    let mut draft = Draft::open(answers(&[("goal", "x")]), 3, None);
    draft.answer(&id("goal"), text(""));
    let save = draft.take(op(1), 1, None).unwrap();
    assert_eq!(save.changes, BTreeMap::from([(id("goal"), None)]));
}

#[test]
fn a_conflict_waits_for_the_reader_and_holds_nothing_else_back() {
    let mut draft = Draft::open(answers(&[("goal", "old")]), 3, None);
    draft.answer(&id("goal"), text("mine"));
    draft.answer(&id("name"), text("Ada"));
    draft.take(op(1), 1, None);
    draft.saved(saved(
        5,
        &[("goal", conflict("theirs")), ("name", FieldResult::Ok)],
    ));
    assert_eq!(draft.answers().get(&id("goal")).cloned(), text("mine"));
    draft.answer(&id("goal"), text("mine and more"));
    assert_eq!(draft.take(op(2), 1, None), None);
    draft.settle(&id("goal"), Settlement::Mine);
    let save = draft.take(op(2), 1, None).unwrap();
    assert_eq!(save.base_rev, 5);
    assert_eq!(
        save.changes,
        BTreeMap::from([(id("goal"), text("mine and more"))])
    );
}

#[test]
fn using_the_other_text_needs_no_save() {
    let mut draft = Draft::open(Answers::new(), 3, None);
    draft.answer(&id("goal"), text("mine"));
    draft.take(op(1), 1, None);
    draft.saved(saved(5, &[("goal", conflict("theirs"))]));
    draft.settle(&id("goal"), Settlement::Theirs);
    assert_eq!(draft.answers().get(&id("goal")).cloned(), text("theirs"));
    assert!(!draft.has_unsaved());
}

#[test]
fn both_texts_can_be_kept() {
    let mut draft = Draft::open(Answers::new(), 3, None);
    draft.answer(&id("goal"), text("mine"));
    draft.take(op(1), 1, None);
    draft.saved(saved(5, &[("goal", conflict("theirs"))]));
    draft.settle(&id("goal"), Settlement::Both);
    assert_eq!(
        draft.answers().get(&id("goal")).cloned(),
        text("mine\n\ntheirs")
    );
    assert!(draft.has_unsent());
}

fn also_written(words: &str) -> BTreeMap<QuestionId, OtherAnswer> {
    let other = OtherAnswer {
        theirs: text(words).unwrap(),
        at: moment(),
    };
    [(id("goal"), other)].into()
}

#[test]
fn what_else_was_written_in_a_joined_draft_stays_until_a_decision_is_saved() {
    for (settlement, expected) in [
        (Settlement::Mine, "new"),
        (Settlement::Theirs, "old"),
        (Settlement::Both, "new\n\nold"),
    ] {
        let mut draft = Draft::open(answers(&[("goal", "new")]), 3, None);
        draft.hold(also_written("old"), 3);
        let conflict = &draft.conflicts()[&id("goal")];
        assert_eq!(
            (&conflict.theirs, conflict.at),
            (&text("old"), Some(moment()))
        );
        assert!(draft.take(op(1), 1, None).is_none(), "nothing is decided");
        draft.settle(&id("goal"), settlement);
        let save = draft.take(op(1), 1, None).unwrap();
        assert_eq!(save.changes[&id("goal")], text(expected));
        draft.saved(saved(4, &[("goal", FieldResult::Ok)]));
        assert!(!draft.has_unsaved());
    }
}

#[test]
fn what_was_decided_elsewhere_is_not_asked_again() {
    let open = || {
        let mut draft = Draft::open(answers(&[("goal", "new")]), 3, None);
        draft.hold(also_written("old"), 3);
        draft
    };
    let mut kept = open();
    kept.refresh(&answers(&[("goal", "new")]), 4);
    kept.hold(BTreeMap::new(), 4);
    assert!(!kept.has_unsaved());
    let mut other = open();
    other.heard([(id("goal"), text("old"))].into(), (3, 4));
    assert_eq!(other.answers()[&id("goal")], text("old").unwrap());
    assert!(!other.has_unsaved());
    let mut typed_on = open();
    typed_on.answer(&id("goal"), text("newer"));
    typed_on.refresh(&answers(&[("goal", "new")]), 4);
    typed_on.hold(BTreeMap::new(), 4);
    let save = typed_on.take(op(1), 1, None).unwrap();
    assert_eq!(save.changes[&id("goal")], text("newer"));
}

#[test]
fn what_else_was_written_survives_a_reload_with_what_was_typed_since() {
    let mut before = Draft::open(answers(&[("goal", "new")]), 3, None);
    before.hold(also_written("old"), 3);
    before.answer(&id("goal"), text("newer"));
    let journal = before.journal(0, None).unwrap();
    let mut after = Draft::open(answers(&[("goal", "new")]), 3, Some(&journal));
    after.hold(also_written("old"), 3);
    assert_eq!(after.answers()[&id("goal")], text("newer").unwrap());
    assert_eq!(after.conflicts()[&id("goal")].theirs, text("old"));
    assert!(after.take(op(1), 1, None).is_none(), "nothing is decided");
}

#[test]
fn the_same_words_elsewhere_are_no_conflict() {
    let mut draft = Draft::open(Answers::new(), 3, None);
    draft.answer(&id("goal"), text("same"));
    draft.take(op(1), 1, None);
    draft.saved(saved(5, &[("goal", conflict("same"))]));
    assert!(draft.conflicts().is_empty());
    assert!(!draft.has_unsaved());
}

#[test]
fn a_gap_in_the_revisions_asks_for_what_others_saved() {
    let mut draft = Draft::open(answers(&[("name", "Ada")]), 3, None);
    draft.answer(&id("goal"), text("a"));
    draft.take(op(1), 1, None);
    assert_eq!(
        draft.saved(saved(7, &[("goal", FieldResult::Ok)])),
        Adopted::WithGap
    );
    draft.refresh(&answers(&[("name", "Ada L."), ("goal", "a")]), 7);
    assert_eq!(draft.answers().get(&id("name")).cloned(), text("Ada L."));
    assert!(!draft.has_unsaved());
}

#[test]
fn a_save_that_changed_nothing_takes_no_revision_of_others_for_its_own() {
    let mut draft = Draft::open(answers(&[("name", "Ada")]), 3, None);
    draft.answer(&id("goal"), text("a"));
    draft.take(op(1), 1, None);
    // Another device has said the same, and more, as revision 4.
    let nothing_new = DraftSaved {
        met: 4,
        ..saved(4, &[("goal", FieldResult::Ok)])
    };
    assert_eq!(draft.saved(nothing_new), Adopted::WithGap);
    let mut tab = Draft::open(answers(&[("name", "Ada")]), 3, None);
    let told = [(id("goal"), text("a"))].into();
    assert_eq!(tab.heard(told, (4, 4)), Adopted::WithGap);
    assert_eq!(tab.rev(), 3);
}

#[test]
fn a_refused_save_does_not_come_back_over_what_a_tab_saved_meanwhile() {
    let mut draft = Draft::open(answers(&[("goal", "old")]), 3, None);
    draft.answer(&id("goal"), text("mine"));
    draft.take(op(1), 1, None);
    draft.heard([(id("goal"), text("theirs"))].into(), (3, 4));
    draft.take_back();
    assert_eq!(draft.take(op(2), 1, None), None);
    assert_eq!(
        draft.conflicts()[&id("goal")].theirs,
        text("theirs"),
        "the reader decides"
    );
}

#[test]
fn words_that_the_server_would_not_keep_stay_on_this_device() {
    let mut draft = Draft::open(answers(&[("goal", "old")]), 3, None);
    draft.answer(&id("goal"), text("far too long"));
    draft.take(op(1), 1, None);
    let code = ProblemCode::TooLong { count: 9, max: 8 };
    let problem = FieldProblem {
        question: id("goal"),
        code,
    };
    draft.saved(saved(3, &[("goal", FieldResult::Invalid(problem))]));
    assert!(draft.has_unsaved(), "not on the server");
    assert!(!draft.has_unsent(), "and not sent again as it is");
    let journal = draft.journal(1, None);
    let mut reopened = Draft::open(answers(&[("goal", "old")]), 3, journal.as_ref());
    assert_eq!(
        reopened.answers()[&id("goal")],
        text("far too long").unwrap()
    );
    reopened.answer(&id("goal"), text("short"));
    assert_eq!(
        reopened.take(op(2), 1, None).unwrap().changes[&id("goal")],
        text("short")
    );
}

#[test]
fn what_others_saved_never_replaces_what_is_being_written() {
    let mut draft = Draft::open(answers(&[("name", "Ada")]), 3, None);
    draft.answer(&id("name"), text("Ada K."));
    draft.refresh(&answers(&[("name", "Ada L.")]), 4);
    assert_eq!(draft.answers().get(&id("name")).cloned(), text("Ada K."));
    let expected = Conflict {
        theirs: text("Ada L."),
        at: None,
    };
    assert_eq!(draft.conflicts().get(&id("name")), Some(&expected));
    assert_eq!(draft.take(op(1), 1, None), None);
}

#[test]
fn w_03_after_a_crash_the_kept_words_are_sent_again() {
    let mut before = Draft::open(answers(&[("goal", "old")]), 3, None);
    before.answer(&id("goal"), text("a"));
    before.take(op(1), 1, None);
    before.answer(&id("goal"), text("ab"));
    let journal = before.journal(0, None).unwrap();

    // Whether or not the server took the save that was on its way, it is no stranger's change.
    for on_server in ["old", "a"] {
        let mut after = Draft::open(answers(&[("goal", on_server)]), 4, Some(&journal));
        assert!(after.conflicts().is_empty());
        let save = after.take(op(2), 1, None).unwrap();
        assert_eq!(save.changes, BTreeMap::from([(id("goal"), text("ab"))]));
    }
    let arrived = Draft::open(answers(&[("goal", "ab")]), 5, Some(&journal));
    assert!(!arrived.has_unsaved());
}

#[test]
fn after_a_crash_another_device_is_noticed() {
    let mut before = Draft::open(answers(&[("goal", "old")]), 3, None);
    before.answer(&id("goal"), text("mine"));
    let journal = before.journal(0, None).unwrap();
    let after = Draft::open(answers(&[("goal", "theirs")]), 9, Some(&journal));
    assert_eq!(after.answers().get(&id("goal")).cloned(), text("mine"));
    assert_eq!(after.conflicts().len(), 1);
    let again = after.journal(0, None).unwrap();
    let reloaded = Draft::open(answers(&[("goal", "theirs")]), 9, Some(&again));
    assert_eq!(reloaded.conflicts().len(), 1);
}

/// What is left of tabs that closed before anything was saved, the newest last.
fn left_by(tabs: &[&str]) -> Journal {
    let kept = |words: &&str| Kept {
        mine: text(words),
        own: vec![text("saved")],
        also: Vec::new(),
    };
    let all = tabs.iter().map(kept);
    let joined = all.reduce(|older, newer| newer.over(older)).unwrap();
    Journal {
        changes: [(id("goal"), joined)].into(),
        ..Journal::default()
    }
}

#[test]
fn of_two_tabs_that_closed_with_other_words_the_reader_decides() {
    let saved = answers(&[("goal", "saved")]);
    for (settlement, expected) in [
        (Settlement::Mine, "new"),
        (Settlement::Theirs, "old"),
        (Settlement::Both, "new\n\nold"),
    ] {
        let journal = left_by(&["old", "new"]);
        let opened = Draft::open(saved.clone(), 3, Some(&journal));
        // Nothing is lost by a reload before that.
        let journal = opened.journal(0, None);
        let mut draft = Draft::open(saved.clone(), 3, journal.as_ref());
        assert_eq!(draft, opened);
        assert_eq!(draft.answers()[&id("goal")], text("new").unwrap());
        assert_eq!(draft.conflicts()[&id("goal")].theirs, text("old"));
        assert!(draft.take(op(1), 1, None).is_none(), "nothing is decided");
        draft.settle(&id("goal"), settlement);
        let save = draft.take(op(1), 1, None).unwrap();
        assert_eq!(save.changes[&id("goal")], text(expected));
        let kept = draft.journal(0, None).unwrap().changes;
        assert_eq!(kept[&id("goal")].also, []);
    }
}

#[test]
fn the_words_of_several_tabs_and_of_another_device_come_one_after_the_other() {
    let journal = left_by(&["first", "second", "third"]);
    let mut draft = Draft::open(answers(&[("goal", "elsewhere")]), 9, Some(&journal));
    let mut met = Vec::new();
    while let Some(conflict) = draft.conflicts().get(&id("goal")) {
        met.push(conflict.theirs.clone().unwrap());
        draft.settle(&id("goal"), Settlement::Mine);
    }
    let met: Vec<_> = met.into_iter().map(Some).collect();
    assert_eq!(met, [text("elsewhere"), text("second"), text("first")]);
    let save = draft.take(op(1), 1, None).unwrap();
    assert_eq!(save.changes[&id("goal")], text("third"));
}

#[test]
fn a_refused_save_waits_again_with_all_its_words() {
    let mut draft = Draft::open(Answers::new(), 0, None);
    draft.answer(&id("goal"), text("a"));
    draft.take(op(1), 1, None);
    draft.take_back();
    assert!(draft.has_unsent());
    assert_eq!(draft.take(op(2), 1, None).unwrap().changes.len(), 1);
}

#[test]
fn a_half_filled_person_is_kept() {
    use tandem_domain::form::answer::NamedPerson;
    let mut draft = Draft::open(Answers::new(), 0, None);
    let person = NamedPerson {
        contact: "Harbor College".to_owned(),
        ..NamedPerson::default()
    };
    assert!(draft.answer(&id("block_people"), Some(Answer::People(vec![person]))));
    let blank = Answer::People(vec![NamedPerson::default()]);
    draft.answer(&id("block_people"), Some(blank));
    assert_eq!(draft.answers().get(&id("block_people")), None);
}

#[test]
fn w_05_nothing_is_kept_once_the_server_has_everything() {
    let mut draft = Draft::open(Answers::new(), 0, None);
    assert_eq!(draft.journal(0, None), None);
    draft.answer(&id("goal"), text("a"));
    assert!(draft.journal(0, None).is_some());
    draft.take(op(1), 1, None);
    assert!(draft.journal(0, None).is_some());
    draft.saved(saved(1, &[("goal", FieldResult::Ok)]));
    assert_eq!(draft.journal(0, None), None);
    assert!(draft.journal(0, Some("key".to_owned())).is_some());
}
