//! Several mentees at once: one command, one undo, one sentence.

use super::*;
use crate::pages::pairing::state::selection::ForAll;

fn selected(bench: &Bench) -> Vec<ApplicationId> {
    let selected = bench.state.selected.get_untracked();
    selected.into_iter().collect()
}

#[test]
fn a_range_reaches_from_the_last_choice_over_what_is_listed() {
    with_bench(view(7, &[]), |bench| {
        let order = [ANA, BO, CY, DEE].map(id);
        bench.state.toggle(id(BO));
        bench.state.select_to(id(DEE), &order);
        assert_eq!(selected(bench), [BO, CY, DEE].map(id));
        bench.state.toggle(id(CY));
        assert_eq!(selected(bench), [BO, DEE].map(id));
        let last = bench.said().pop();
        let expected = "Cy not selected. 2 selected.".to_owned();
        assert_eq!(last, Some(Say::Polite(expected)));
        bench.state.toggle(id(VIC));
        assert_eq!(selected(bench), [BO, DEE].map(id), "mentors are not chosen");
        bench.state.select_nobody();
        assert_eq!(selected(bench), []);
    });
}

#[test]
fn a_group_fills_the_free_places_and_the_rest_stays_chosen() {
    with_bench(view(7, &[]), |bench| {
        for one in [ANA, CY, DEE] {
            bench.state.toggle(id(one));
        }
        bench.said();
        bench.state.place(id(DEE), id(VIC), None, Trigger::Pointer);
        assert_eq!(bench.pairs().len(), 2);
        assert_eq!(bench.pending().len(), 1, "one command for all");
        assert_eq!(selected(bench).len(), 1);
        let expected =
            "2 mentees paired with Vic. 2 mentees left. 1 not placed: no place left.".to_owned();
        assert_eq!(bench.said(), [Say::Polite(expected)]);
        bench.state.undo();
        assert_eq!(bench.pairs(), []);
        bench.state.redo();
        assert_eq!(bench.pairs().len(), 2);
    });
}

#[test]
fn whom_a_rule_or_a_warning_keeps_away_stays() {
    with_bench(view(7, &[]), |bench| {
        for one in [ANA, DEE] {
            bench.state.toggle(id(one));
        }
        bench.state.place(id(ANA), id(WES), None, Trigger::Click);
        assert_eq!(bench.pairs(), [(DEE, WES)], "Ana may not be with Wes");
        bench.state.undo();
        for one in [BO, DEE] {
            bench.state.toggle(id(one));
        }
        bench.state.place(id(BO), id(VIC), None, Trigger::Click);
        assert_eq!(
            bench.pairs(),
            [(ANA, VIC), (DEE, VIC)],
            "Bo needs the chair"
        );
    });
}

#[test]
fn somebody_who_is_not_chosen_is_moved_alone() {
    with_bench(view(7, &[]), |bench| {
        bench.state.toggle(id(ANA));
        bench.state.toggle(id(CY));
        bench.state.place(id(DEE), id(VIC), None, Trigger::Pointer);
        assert_eq!(bench.pairs(), [(DEE, VIC)]);
    });
}

#[test]
fn all_pairs_that_are_chosen_are_locked_and_unlocked_and_taken_apart_in_one_step() {
    with_bench(view(7, &[(ANA, UMA), (CY, VIC)]), |bench| {
        for one in [ANA, CY, DEE] {
            bench.state.toggle(id(one));
        }
        let again = |bench: &Bench| {
            for one in [ANA, CY] {
                if !selected(bench).contains(&id(one)) {
                    bench.state.toggle(id(one));
                }
            }
        };
        bench.state.do_for_all(ForAll::Lock, Trigger::Menu);
        assert_eq!(bench.pending().len(), 1);
        again(bench);
        assert_eq!(bench.state.for_all(ForAll::Unpair), None, "locked");
        bench.state.do_for_all(ForAll::Unlock, Trigger::Menu);
        again(bench);
        bench.said();
        bench.state.do_for_all(ForAll::Unpair, Trigger::Menu);
        assert_eq!(bench.pairs(), []);
        let expected = "2 mentees unpaired. 4 mentees left.".to_owned();
        assert_eq!(bench.said(), [Say::Polite(expected)]);
        bench.state.undo();
        assert_eq!(bench.pairs(), [(ANA, UMA), (CY, VIC)]);
    });
}

#[test]
fn the_places_of_a_group_are_ranked_by_how_many_find_room() {
    with_bench(view(7, &[(BO, UMA)]), |bench| {
        let places = bench
            .state
            .desk
            .with_untracked(|desk| rank::options(desk, &[ANA, CY, DEE].map(id)));
        let order: Vec<ApplicationId> = places.iter().map(|place| place.mentor).collect();
        assert_eq!(order, [VIC, WES, UMA].map(id), "two find room, one, none");
    });
}
