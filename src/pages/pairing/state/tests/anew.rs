//! A page that stays open while its reader comes to stay away from somebody.

use super::*;

/// The board without Bo, for somebody who is in conflict with Bo and is counted fewer commands.
fn without_bo(rev: i64, placements: &[(u8, u8)]) -> BoardView {
    let mut view = view(rev, placements);
    view.candidates.retain(|one| one.id != id(BO));
    view.may_change = false;
    view.recused = true;
    view
}

#[test]
fn a_reader_who_is_counted_fewer_commands_gets_the_board_anew_and_goes_on_from_there() {
    with_bench(view(7, &[(ANA, UMA), (BO, VIC)]), |bench| {
        bench.state.look_at(Some(id(BO)));
        bench.state.pick_up(id(BO), Trigger::Click);
        bench.state.begin_anew(without_bo(2, &[(ANA, UMA)]));
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        bench.state.desk.with_untracked(|desk| {
            assert!(desk.rev() == 2 && !desk.may_change());
            assert_eq!(desk.candidate(id(BO)), None);
        });
        assert_eq!(bench.state.looked_at.get_untracked(), None);
        assert_eq!(bench.state.held.get_untracked(), None);
        assert_eq!(bench.notice().as_deref(), Some(words::RECUSED));
        let next = entry(3, DANA, 1, pair(CY, VIC), unpair(CY));
        let received = bench.state.receive(vec![next]);
        assert!(!received.has_gap);
        assert_eq!(bench.pairs(), [(ANA, UMA), (CY, VIC)]);
    });
}

#[test]
fn what_the_board_was_is_not_shown_to_whoever_stays_away_from_somebody_since() {
    with_bench(view(7, &[(ANA, UMA), (BO, VIC)]), |bench| {
        let log = [entry(7, DANA, 1, pair(ANA, UMA), unpair(ANA))];
        bench.state.look_back(&log, 1);
        bench.state.begin_anew(without_bo(1, &[(ANA, UMA)]));
        assert!(!bench.state.desk.with_untracked(Desk::is_earlier));
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
    });
}

#[test]
fn what_is_said_of_kept_changes_is_true_of_the_computer() {
    for said in [words::kept_offline(true), words::kept_signed_out(true)] {
        assert!(said.contains("on this page") && said.contains("do not close it"));
    }
    for said in [words::kept_offline(false), words::kept_signed_out(false)] {
        assert!(said.contains("on this device for three days") && !said.contains("close"));
    }
}

#[test]
fn whoever_has_no_board_any_more_is_not_told_that_somebody_removed_it_for_sure() {
    with_bench(view(7, &[]), |bench| {
        bench.state.connected(Connection::Gone);
        bench.state.connected(Connection::Gone);
        let said = bench.said();
        assert!(
            matches!(&said[..], [Say::Assertive(text)] if text.contains("or you have no part")),
            "{said:?}"
        );
    });
}
