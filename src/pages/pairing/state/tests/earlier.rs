//! The board as it was: for reading only, while everything else goes on below.

use super::*;

/// Two pairs were made since the board stood empty.
fn log() -> [Entry; 2] {
    [
        entry(6, DANA, 1, pair(ANA, UMA), unpair(ANA)),
        entry(7, DANA, 2, pair(BO, VIC), unpair(BO)),
    ]
}

#[test]
fn what_was_is_shown_and_nothing_can_be_done_to_it() {
    with_bench(view(7, &[(ANA, UMA), (BO, VIC)]), |bench| {
        bench.state.look_back(&log(), 1);
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        assert!(!bench.state.desk.with_untracked(Desk::may_change));
        bench.state.make(pair(CY, WES), Trigger::Menu);
        bench.state.undo();
        let refused = Say::Assertive(words::EARLIER.to_owned());
        assert_eq!(bench.said(), [refused.clone(), refused]);
        assert_eq!(bench.pending(), []);
        bench.state.look_back(&log(), 2);
        assert_eq!(bench.pairs(), []);
        bench.state.look_back(&log(), 1);
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        bench.state.look_back(&log(), 0);
        assert_eq!(bench.pairs(), [(ANA, UMA), (BO, VIC)]);
        assert!(bench.state.desk.with_untracked(Desk::may_change));
    });
}

#[test]
fn what_others_do_meanwhile_goes_on_below() {
    with_bench(view(7, &[(ANA, UMA), (BO, VIC)]), |bench| {
        bench.state.look_back(&log(), 2);
        let later = entry(8, DANA, 3, unpair(ANA), pair(ANA, UMA));
        bench.state.receive(vec![later]);
        assert_eq!(bench.pairs(), []);
        bench.state.look_back(&log(), 1);
        assert_eq!(bench.pairs(), [(ANA, UMA)], "as it was, not as it is");
        bench.state.look_back(&[], 0);
        assert_eq!(bench.pairs(), [(BO, VIC)]);
    });
}

#[test]
fn what_is_on_its_way_is_no_part_of_what_was() {
    with_bench(view(7, &[(ANA, UMA), (BO, VIC)]), |bench| {
        bench.state.make(unpair(ANA), Trigger::Menu);
        bench.state.look_back(&log(), 1);
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        bench.state.look_back(&[], 0);
        assert_eq!(bench.pairs(), [(BO, VIC)]);
    });
}
