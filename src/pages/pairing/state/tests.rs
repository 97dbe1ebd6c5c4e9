//! What the state promises: shown at once, sent once, taken back alone, said once.

mod anew;
mod decisions;
mod earlier;
mod group;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use tandem_api::board::{BoardView, Entry, RefusedCommand, SendCommand};
use tandem_domain::application::ApplicationState;
use tandem_domain::board::{Expect, Placement};
use tandem_domain::candidate::{Candidate, Institution, Offer, SettingWish, Side};
use tandem_domain::form::definition::Slug;
use tandem_domain::id::{CohortId, PersonId, ScenarioId};
use tandem_domain::role::Role;
use tandem_domain::rule::PairFacts;
use tandem_domain::score::{Scoring, Weights};

use super::*;
use crate::pages::pairing::desk::Received;

const ANA: u8 = 1;
const BO: u8 = 2;
const CY: u8 = 3;
const DEE: u8 = 4;
const UMA: u8 = 11;
const VIC: u8 = 12;
const WES: u8 = 13;
const ME: u8 = 90;
const DANA: u8 = 91;

fn uuid(number: u8) -> String {
    format!("00000000-0000-0000-0000-0000000000{number:02x}")
}

fn id(number: u8) -> ApplicationId {
    uuid(number).parse().unwrap()
}

fn person(number: u8) -> PersonId {
    uuid(number).parse().unwrap()
}

fn command_id(number: u8) -> CommandId {
    uuid(number).parse().unwrap()
}

fn candidate(number: u8, name: &str, side: Side) -> Candidate {
    let role = match side {
        Side::Mentee { .. } => Role::Mentee,
        Side::Mentor { .. } => Role::Mentor,
    };
    Candidate {
        id: id(number),
        reference: format!(
            "{}{number:03}",
            if role == Role::Mentee { "E" } else { "M" }
        ),
        person: person(number),
        role,
        state: ApplicationState::Eligible,
        name: name.to_owned(),
        place: "US-GU".to_owned(),
        zone: "Pacific/Guam".to_owned(),
        setting: Some(Slug::from("academic")),
        situation: Some(Slug::from("library")),
        institutions: vec![Institution {
            name: format!("Library {number}"),
            parent: None,
        }],
        studies_at: None,
        teaches_at: None,
        stage: Some(1),
        modes: BTreeSet::from([Slug::from("video")]),
        hours: None,
        side,
        carried_over: false,
    }
}

fn mentee(number: u8, name: &str) -> Candidate {
    let side = Side::Mentee {
        areas: vec![Slug::from("preservation")],
        wants_setting: SettingWish::NoPreference,
    };
    candidate(number, name, side)
}

fn mentor(number: u8, name: &str, capacity: u8) -> Candidate {
    let side = Side::Mentor {
        areas: BTreeMap::from([(Slug::from("preservation"), Offer::Strong)]),
        wants_setting: SettingWish::NoPreference,
        wants_who: BTreeSet::new(),
        capacity,
    };
    candidate(number, name, side)
}

/// Uma has one place, Vic two, Wes one. Ana may not be with Wes. Bo and Vic warn.
fn view(rev: i64, placements: &[(u8, u8)]) -> BoardView {
    let mut vic = mentor(VIC, "Vic", 2);
    let mut bo = mentee(BO, "Bo");
    let part = |name: &str| Institution {
        name: name.to_owned(),
        parent: Some("State".to_owned()),
    };
    vic.institutions = vec![part("North Hall")];
    bo.institutions = vec![part("South Tower")];
    BoardView {
        scenario: uuid(70).parse::<ScenarioId>().unwrap(),
        name: "Board".to_owned(),
        cohort: uuid(71).parse::<CohortId>().unwrap(),
        rev,
        candidates: vec![
            mentee(ANA, "Ana"),
            bo,
            mentee(CY, "Cy"),
            mentee(DEE, "Dee"),
            mentor(UMA, "Uma", 1),
            vic,
            mentor(WES, "Wes", 1),
        ],
        facts: PairFacts {
            forbidden: BTreeSet::from([(id(ANA), id(WES))]),
            ..PairFacts::default()
        },
        placements: placements
            .iter()
            .map(|(mentee, mentor)| (id(*mentee), placement(*mentor)))
            .collect(),
        weights: Weights::default(),
        scoring: Scoring::default(),
        recent: Vec::new(),
        may_change: true,
        may_override: false,
        in_force: true,
        recused: false,
        looked: None,
        server_now: DateTime::UNIX_EPOCH,
    }
}

fn placement(mentor: u8) -> Placement {
    Placement {
        mentor: id(mentor),
        locked: false,
        override_reason: None,
    }
}

fn pair(mentee: u8, mentor: u8) -> Command {
    Command::Pair {
        mentee: id(mentee),
        mentor: id(mentor),
        override_reason: None,
    }
}

fn moves(mentee: u8, mentor: u8) -> Command {
    Command::Move {
        mentee: id(mentee),
        mentor: id(mentor),
        override_reason: None,
    }
}

fn unpair(mentee: u8) -> Command {
    Command::Unpair { mentee: id(mentee) }
}

fn entry(rev: i64, by: u8, command_no: u8, command: Command, inverse: Command) -> Entry {
    Entry {
        id: command_id(command_no),
        rev,
        by: person(by),
        by_name: if by == ME { "Me" } else { "Dana" }.to_owned(),
        at: DateTime::UNIX_EPOCH,
        command,
        inverse,
        undoes: None,
    }
}

/// A board with a world that records.
struct Bench {
    state: BoardState,
    said: Arc<Mutex<Vec<Say>>>,
    went: Arc<Mutex<Vec<ApplicationId>>>,
    n_fetched: Arc<Mutex<usize>>,
}

impl Bench {
    fn new(view: BoardView) -> Self {
        let said = Arc::new(Mutex::new(Vec::new()));
        let went = Arc::new(Mutex::new(Vec::new()));
        let n_fetched = Arc::new(Mutex::new(0));
        let n_ids = Arc::new(Mutex::new(100_u8));
        let (said_in, went_in, fetched_in) = (said.clone(), went.clone(), n_fetched.clone());
        let world = World {
            save: Callback::new(|()| ()),
            fetch: Callback::new(move |()| *fetched_in.lock().unwrap() += 1),
            say: Callback::new(move |say| said_in.lock().unwrap().push(say)),
            go: Callback::new(move |who| went_in.lock().unwrap().push(who)),
            new_id: Callback::new(move |()| {
                let mut n_ids = n_ids.lock().unwrap();
                *n_ids += 1;
                command_id(*n_ids)
            }),
            time: Callback::new(|_| "14:02".to_owned()),
        };
        let query = Query {
            sort: filters::Sort::Name,
            ..Query::default()
        };
        let desk = Desk::open(view, person(ME));
        Self {
            state: BoardState::new(desk, Signal::stored(query), world),
            said,
            went,
            n_fetched,
        }
    }

    fn pairs(&self) -> Vec<(u8, u8)> {
        let number = |id: ApplicationId| {
            (0..=u8::MAX)
                .find(|number| self::id(*number) == id)
                .unwrap()
        };
        self.state.desk.with_untracked(|desk| {
            let placements = desk.board().placements.iter();
            placements
                .map(|(mentee, one)| (number(*mentee), number(one.mentor)))
                .collect()
        })
    }

    fn pending(&self) -> Vec<SendCommand> {
        self.state.desk.with_untracked(|desk| {
            desk.pending()
                .iter()
                .map(|pending| pending.send.clone())
                .collect()
        })
    }

    /// The server takes the oldest pending command as this revision.
    fn confirm(&self, rev: i64) {
        let (send, inverse) = self.state.desk.with_untracked(|desk| {
            let pending = desk.pending().first().unwrap();
            (pending.send.clone(), pending.inverse.clone())
        });
        let mut confirmed = entry(rev, ME, 0, send.command, inverse);
        confirmed.id = send.id;
        confirmed.undoes = send.undoes;
        self.state.accepted(confirmed);
    }

    fn said(&self) -> Vec<Say> {
        std::mem::take(&mut *self.said.lock().unwrap())
    }

    fn decisions(&self) -> Vec<Decision> {
        self.state.decisions.get_untracked()
    }

    fn notice(&self) -> Option<String> {
        self.state.notice.get_untracked()
    }
}

fn with_bench(view: BoardView, test: impl FnOnce(&Bench)) {
    let owner = Owner::new();
    owner.with(|| test(&Bench::new(view)));
}

#[test]
fn a_command_is_shown_at_once_and_sent_with_what_was_seen() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Pointer);
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        let [sent] = &bench.pending()[..] else {
            panic!()
        };
        assert_eq!(sent.command, pair(ANA, UMA));
        assert_eq!(
            sent.expect,
            [Expect {
                mentee: id(ANA),
                mentor: None,
                locked: false
            }]
        );
    });
}

#[test]
fn one_act_says_one_sentence() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Pointer);
        let said = bench.said();
        let [Say::Polite(sentence)] = &said[..] else {
            panic!("{said:?}")
        };
        assert!(
            sentence.starts_with("Ana paired with Uma, score "),
            "{sentence}"
        );
        assert!(sentence.ends_with("3 mentees left."), "{sentence}");
    });
}

#[test]
fn a_rule_refuses_before_anything_is_sent() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, WES), Trigger::Menu);
        assert_eq!(bench.pairs(), []);
        assert_eq!(bench.pending(), []);
        let said = bench.said();
        assert!(
            matches!(&said[..], [Say::Assertive(sentence)] if sentence.contains("keeps them apart")),
            "{said:?}"
        );
        assert!(bench.notice().is_some());
    });
}

#[test]
fn the_next_in_the_queue_gets_the_keyboard() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Keyboard);
        bench.state.make(pair(DEE, VIC), Trigger::Keyboard);
        bench.state.make(moves(ANA, VIC), Trigger::Keyboard);
        let went = bench.went.lock().unwrap().clone();
        assert_eq!(
            went,
            [id(BO), id(CY), id(ANA)],
            "next, the one before the last, the moved one"
        );
    });
}

#[test]
fn the_own_command_coming_back_moves_nothing() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.confirm(8);
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        assert_eq!(bench.pending(), []);
        // The stream tells it once more.
        let again = entry(8, ME, 101, pair(ANA, UMA), unpair(ANA));
        let received = bench.state.receive(vec![again]);
        assert_eq!(received, Received::default());
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
    });
}

#[test]
fn what_others_do_comes_below_what_is_pending() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        let theirs = entry(8, DANA, 1, pair(CY, VIC), unpair(CY));
        let received = bench.state.receive(vec![theirs.clone()]);
        assert_eq!(received.others, [theirs]);
        assert_eq!(bench.pairs(), [(ANA, UMA), (CY, VIC)]);
        assert_eq!(bench.pending().len(), 1);
        assert!(bench.state.flash.get_untracked().contains(&id(CY)));
    });
}

#[test]
fn a_gap_is_fetched_and_the_command_not_sent_again_meanwhile() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.confirm(9);
        assert_eq!(*bench.n_fetched.lock().unwrap(), 1);
        assert_eq!(bench.pairs(), [(ANA, UMA)], "still shown");
        assert!(
            bench
                .state
                .desk
                .with_untracked(|desk| desk.next_to_send().is_none())
        );
        let mut mine = entry(9, ME, 0, pair(ANA, UMA), unpair(ANA));
        mine.id = bench.pending().first().unwrap().id;
        bench
            .state
            .receive(vec![entry(8, DANA, 1, pair(CY, VIC), unpair(CY)), mine]);
        assert_eq!(bench.pending(), []);
        assert_eq!(bench.pairs(), [(ANA, UMA), (CY, VIC)]);
    });
}

#[test]
fn a_refused_command_alone_is_taken_back() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.state.make(pair(CY, VIC), Trigger::Menu);
        bench.said();
        let theirs = entry(8, DANA, 1, pair(ANA, VIC), unpair(ANA));
        let refusal = Refusal::Changed {
            now: Expect {
                mentee: id(ANA),
                mentor: Some(id(VIC)),
                locked: false,
            },
        };
        let first = bench.pending().first().unwrap().id;
        bench.state.refused(
            first,
            RefusedCommand {
                refusal,
                theirs: Some(theirs),
            },
        );
        assert_eq!(bench.pairs(), [(ANA, VIC), (CY, VIC)]);
        assert_eq!(bench.pending().len(), 1);
        let [decision] = &bench.decisions()[..] else {
            panic!()
        };
        assert_eq!(
            decision.text,
            "Not saved: Dana paired Ana with Vic at 14:02."
        );
        assert_eq!(decision.again, Some(pair(ANA, UMA)));
        assert_eq!(bench.said(), [Say::Assertive(decision.text.clone())]);
    });
}

#[test]
fn doing_it_anyway_starts_from_what_the_other_did() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        let theirs = entry(8, DANA, 1, pair(ANA, VIC), unpair(ANA));
        let refusal = Refusal::Changed {
            now: Expect {
                mentee: id(ANA),
                mentor: Some(id(VIC)),
                locked: false,
            },
        };
        let first = bench.pending().first().unwrap().id;
        bench.state.refused(
            first,
            RefusedCommand {
                refusal,
                theirs: Some(theirs),
            },
        );
        bench.state.do_anyway(first);
        let [sent] = &bench.pending()[..] else {
            panic!()
        };
        assert_eq!(sent.command, moves(ANA, UMA));
        assert_eq!(
            sent.expect,
            [Expect {
                mentee: id(ANA),
                mentor: Some(id(VIC)),
                locked: false
            }]
        );
        assert_eq!(bench.decisions(), []);
    });
}

#[test]
fn a_snapshot_keeps_what_is_pending_and_an_old_one_changes_nothing() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.state.replace(view(9, &[(CY, VIC)]));
        assert_eq!(bench.pairs(), [(ANA, UMA), (CY, VIC)]);
        bench.state.replace(view(8, &[]));
        assert_eq!(bench.pairs(), [(ANA, UMA), (CY, VIC)]);
        assert_eq!(bench.state.desk.with_untracked(Desk::rev), 9);
    });
}

#[test]
fn a_pending_command_that_no_longer_fits_waits_for_the_answer() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench
            .state
            .receive(vec![entry(8, DANA, 1, pair(CY, UMA), unpair(CY))]);
        assert_eq!(bench.pairs(), [(CY, UMA)]);
        assert_eq!(bench.pending().len(), 1);
    });
}

#[test]
fn undo_and_redo_go_back_and_forth_one_step_at_a_time() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.confirm(8);
        bench.state.make(pair(CY, VIC), Trigger::Menu);
        bench.state.undo();
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        bench.state.undo();
        assert_eq!(bench.pairs(), []);
        bench.state.redo();
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        bench.state.redo();
        assert_eq!(bench.pairs(), [(ANA, UMA), (CY, VIC)]);
        bench.said();
        bench.state.redo();
        assert_eq!(
            bench.said(),
            [Say::Polite("There is nothing left.".to_owned())]
        );
    });
}

#[test]
fn a_new_command_leaves_nothing_to_redo() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.state.undo();
        bench.state.make(pair(CY, VIC), Trigger::Menu);
        bench.state.redo();
        assert_eq!(bench.pairs(), [(CY, VIC)]);
    });
}

#[test]
fn an_undo_names_what_it_undoes_and_says_what_is_now() {
    with_bench(view(7, &[(ANA, UMA)]), |bench| {
        bench.state.make(moves(ANA, VIC), Trigger::Menu);
        let first = bench.pending().first().unwrap().id;
        bench.said();
        bench.state.undo();
        assert_eq!(bench.pending().last().unwrap().undoes, Some(first));
        assert_eq!(bench.pairs(), [(ANA, UMA)]);
        assert_eq!(
            bench.said(),
            [Say::Polite("Undone: Ana is with Uma.".to_owned())]
        );
    });
}

#[test]
fn undo_is_refused_where_somebody_else_changed_it_since() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.confirm(8);
        bench
            .state
            .receive(vec![entry(9, DANA, 1, moves(ANA, VIC), moves(ANA, UMA))]);
        bench.said();
        bench.state.undo();
        assert_eq!(bench.pairs(), [(ANA, VIC)]);
        let sentence = "Not undone: Dana changed this at 14:02.".to_owned();
        assert_eq!(bench.said(), [Say::Assertive(sentence)]);
    });
}

#[test]
fn undo_still_works_where_others_changed_somebody_else() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(ANA, UMA), Trigger::Menu);
        bench.confirm(8);
        bench
            .state
            .receive(vec![entry(9, DANA, 1, pair(CY, VIC), unpair(CY))]);
        bench.state.undo();
        assert_eq!(bench.pairs(), [(CY, VIC)]);
    });
}

#[test]
fn a_warning_stops_a_member_and_asks_the_chair() {
    with_bench(view(7, &[]), |bench| {
        bench.state.make(pair(BO, VIC), Trigger::Menu);
        assert_eq!(bench.pairs(), []);
        assert!(bench.notice().unwrap().contains("Only the chair"));
    });
    let chair = BoardView {
        may_override: true,
        ..view(7, &[])
    };
    with_bench(chair, |bench| {
        bench.state.make(pair(BO, VIC), Trigger::Menu);
        assert_eq!(bench.pairs(), []);
        assert!(bench.state.ask.get_untracked().is_some());
        bench.state.override_with("They do not work together.");
        assert_eq!(bench.pairs(), [(BO, VIC)]);
        let [sent] = &bench.pending()[..] else {
            panic!()
        };
        assert!(matches!(
            &sent.command,
            Command::Pair {
                override_reason: Some(_),
                ..
            }
        ));
    });
}

#[test]
fn dropping_on_a_full_mentor_replaces_or_swaps() {
    with_bench(view(7, &[(CY, UMA)]), |bench| {
        bench
            .state
            .place(id(ANA), id(UMA), Some(id(CY)), Trigger::Pointer);
        assert_eq!(bench.pairs(), [(ANA, UMA)], "Cy is without a mentor again");
        bench.state.make(pair(CY, WES), Trigger::Menu);
        bench.state.place(id(DEE), id(WES), None, Trigger::Pointer);
        assert_eq!(bench.pairs(), [(ANA, UMA), (DEE, WES)]);
        bench.state.make(pair(CY, VIC), Trigger::Menu);
        bench
            .state
            .place(id(CY), id(UMA), Some(id(ANA)), Trigger::Pointer);
        assert_eq!(bench.pairs(), [(ANA, VIC), (CY, UMA), (DEE, WES)]);
    });
}

#[test]
fn a_locked_pair_is_not_picked_up() {
    with_bench(view(7, &[(ANA, UMA)]), |bench| {
        bench
            .state
            .make(Command::Lock { mentee: id(ANA) }, Trigger::Menu);
        bench.state.pick_up(id(ANA), Trigger::Pointer);
        assert_eq!(bench.state.held.get_untracked(), None);
        assert!(bench.notice().unwrap().contains("locked"));
    });
}

#[test]
fn cancelling_says_where_somebody_stays_and_sends_nothing() {
    with_bench(view(7, &[(ANA, UMA)]), |bench| {
        bench.state.pick_up(id(ANA), Trigger::Click);
        bench.said();
        bench.state.cancel();
        assert_eq!(
            bench.said(),
            [Say::Polite("Cancelled. Ana stays with Uma.".to_owned())]
        );
        assert_eq!(bench.pending(), []);
    });
}

#[test]
fn a_reader_picks_up_nobody() {
    let closed = BoardView {
        may_change: false,
        ..view(7, &[])
    };
    with_bench(closed, |bench| {
        bench.state.pick_up(id(ANA), Trigger::Pointer);
        assert_eq!(bench.state.held.get_untracked(), None);
    });
}

#[test]
fn places_are_ranked_by_result_with_the_refused_last() {
    with_bench(view(7, &[]), |bench| {
        let places = bench
            .state
            .desk
            .with_untracked(|desk| rank::options(desk, &[id(ANA)]));
        let last = places.last().unwrap();
        assert_eq!(last.mentor, id(WES));
        assert!(matches!(
            last.verdict,
            Verdict::Refused(Refusal::Rule { .. })
        ));
        assert_eq!(places.len(), 3);
    });
}

#[test]
fn an_alternative_says_what_stands_in_the_way() {
    with_bench(view(7, &[(CY, UMA)]), |bench| {
        bench.state.desk.with_untracked(|desk| {
            let of_ana = rank::alternative::alternatives(desk, id(ANA), 9);
            let hurdle = |mentor: u8| {
                of_ana
                    .iter()
                    .find(|one| one.partner == id(mentor))
                    .unwrap()
                    .hurdle
                    .clone()
            };
            assert_eq!(hurdle(VIC), rank::alternative::Hurdle::None);
            assert!(matches!(hurdle(UMA), rank::alternative::Hurdle::Full(_)));
            assert!(matches!(hurdle(WES), rank::alternative::Hurdle::Rules(_)));
            let of_vic = rank::alternative::alternatives(desk, id(VIC), 9);
            let cy = of_vic.iter().find(|one| one.partner == id(CY)).unwrap();
            assert!(matches!(
                cy.hurdle,
                rank::alternative::Hurdle::Elsewhere(..)
            ));
        });
    });
}

#[test]
fn several_changes_of_others_are_said_in_one_sentence() {
    with_bench(view(7, &[]), |bench| {
        bench.state.desk.with_untracked(|desk| {
            let one = entry(8, DANA, 1, pair(CY, VIC), unpair(CY));
            let other = entry(9, DANA, 2, pair(ANA, UMA), unpair(ANA));
            assert_eq!(
                words::deed::deeds(desk, std::slice::from_ref(&one)).as_deref(),
                Some("Dana paired Cy with Vic.")
            );
            assert_eq!(
                words::deed::deeds(desk, &[one, other]).as_deref(),
                Some("Dana made 2 changes.")
            );
            assert_eq!(words::deed::deeds(desk, &[]), None);
        });
    });
}

#[test]
fn searching_ignores_case_and_marks_and_finds_beginnings_of_words() {
    let mut board = view(7, &[]);
    if let Some(ana) = board.candidates.first_mut() {
        ana.name = "Añá Kealoha\u{2bb}oku".to_owned();
    }
    with_bench(board, |bench| {
        let found = |search: &str| {
            let query = Query {
                search: search.to_owned(),
                ..Query::default()
            };
            bench
                .state
                .desk
                .with_untracked(|desk| filters::mentees(desk, &query))
        };
        assert_eq!(found("ana"), [id(ANA)]);
        assert_eq!(found("KEALOHA ana"), [id(ANA)]);
        assert_eq!(found("oku"), [], "not inside a word");
        assert_eq!(found("guam preserv").len(), 4);
    });
}

#[test]
fn those_with_the_fewest_good_options_come_first() {
    with_bench(view(7, &[]), |bench| {
        let query = Query::default();
        let order = bench
            .state
            .desk
            .with_untracked(|desk| filters::mentees(desk, &query));
        assert_eq!(order.first(), Some(&id(ANA)), "Wes is closed to Ana");
    });
}

#[test]
fn the_connection_is_said_when_it_changes_only() {
    with_bench(view(7, &[]), |bench| {
        bench.state.connected(Connection::Online);
        assert_eq!(bench.said(), []);
        bench.state.connected(Connection::Offline);
        bench.state.connected(Connection::Offline);
        assert_eq!(bench.said().len(), 1);
    });
}
