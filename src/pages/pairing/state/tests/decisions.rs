//! What was not taken waits for a decision, and after a time without a connection is told at once.

use super::*;
use crate::pages::pairing::outbox::Waiting;

/// The server refuses the oldest pending command: Dana has put its mentee to Vic.
fn refuse(bench: &Bench, rev: i64) -> CommandId {
    let sent = bench.pending().first().unwrap().clone();
    let mentee = sent.command.concerned().first().copied().unwrap();
    let theirs = Command::Pair {
        mentee,
        mentor: id(VIC),
        override_reason: None,
    };
    let theirs = entry(rev, DANA, 50, theirs, Command::Unpair { mentee });
    let refusal = Refusal::Changed {
        now: Expect {
            mentee,
            mentor: Some(id(VIC)),
            locked: false,
        },
    };
    let refused = RefusedCommand {
        refusal,
        theirs: Some(theirs),
    };
    bench.state.refused(sent.id, refused);
    sent.id
}

#[test]
fn each_change_that_was_refused_waits_for_its_own_decision() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.state.make(pair(CY, WES), Trigger::Menu);
        let first = refuse(bench, 8);
        let second = refuse(bench, 9);
        let waiting: Vec<CommandId> = bench.decisions().iter().map(|one| one.id).collect();
        assert_eq!(waiting, [first, second]);
        bench.state.keep_theirs(first);
        bench.state.do_anyway(second);
        assert_eq!(bench.decisions(), []);
        assert_eq!(bench.pairs(), [(ANA, VIC), (CY, WES)]);
    });
}

#[test]
fn what_waited_for_the_connection_is_told_in_one_sentence() {
    with_bench(view(7, &[]), |bench| {
        bench.state.connected(Connection::Offline);
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.state.make(pair(CY, WES), Trigger::Menu);
        bench.said();
        bench.state.connected(Connection::Online);
        assert_eq!(bench.said(), [], "not before it is known");
        bench.confirm(8);
        refuse(bench, 9);
        let expected = "Back online. 1 change sent. 1 needs your decision.".to_owned();
        assert_eq!(bench.said(), [Say::Polite(expected)]);
        assert_eq!(bench.decisions().len(), 1);
    });
}

#[test]
fn a_connection_that_comes_back_with_nothing_waiting_is_told_at_once() {
    with_bench(view(7, &[]), |bench| {
        bench.state.connected(Connection::Offline);
        bench.said();
        bench.state.connected(Connection::Online);
        assert_eq!(bench.said(), [Say::Polite("Back online.".to_owned())]);
    });
}

#[test]
fn several_things_are_done_anyway_as_far_as_they_still_can_be() {
    with_bench(view(7, &[]), |bench| {
        let both = Command::together(vec![pair(ANA, UMA), pair(DEE, WES)]).unwrap();
        bench.state.make(both, Trigger::Menu);
        let refused = refuse(bench, 8);
        assert_eq!(bench.pairs(), [(ANA, VIC)]);
        bench.state.do_anyway(refused);
        assert_eq!(bench.pairs(), [(ANA, UMA), (DEE, WES)]);
    });
}

#[test]
fn what_was_not_decided_is_asked_and_said_again() {
    let waiting = kept_after_a_refusal();
    with_bench(view(8, &[(ANA, VIC)]), |bench| {
        bench.state.resume(waiting);
        assert_eq!(bench.decisions().len(), 1);
        let expected = "1 change needs your decision".to_owned();
        assert_eq!(bench.said(), [Say::Polite(expected)]);
    });
}

/// What a device keeps after a change was refused.
fn kept_after_a_refusal() -> Waiting {
    let mut kept = Waiting::default();
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        refuse(bench, 8);
        kept = bench.state.waiting().unwrap();
    });
    kept
}
