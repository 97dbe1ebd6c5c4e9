//! What the solver proposes of a board, and what it says of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tandem_domain::board::{Board, Command, Placement};
use tandem_domain::candidate::Side;
use tandem_domain::form::definition::Slug;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::{
    Answer, Bar, CancelToken, Goal, How, Judge, Keeping, PersonAnswer, PlanAnswer, Problem,
    Progress, Question, Stands, Trouble, Watch, answer,
};
use tandem_domain::role::Role;
use tandem_domain::rule::Pair;
use tandem_domain::score::{Scoring, Weights, score};

use crate::people::{
    any_board, any_command, application, board, evenings, load, mentee, mentor, pair, set_areas,
    set_offers,
};

fn ask(problem: &Problem, how: How, question: &Question) -> Result<Answer, Trouble> {
    let token = CancelToken::new();
    let mut unheard = |_: Progress| ();
    answer(
        problem,
        how,
        question,
        &mut Watch::new(&token, &mut unheard),
    )
}

fn plan_of(problem: &Problem, how: How) -> PlanAnswer {
    let question = Question::Plans {
        goals: vec![how.goal],
    };
    match ask(problem, how, &question) {
        Ok(Answer::Plans { mut plans, .. }) => plans.remove(0),
        other => panic!("{other:?}"),
    }
}

fn person_of(problem: &Problem, who: ApplicationId) -> PersonAnswer {
    match ask(problem, free(Goal::Balanced), &Question::Person { who }) {
        Ok(Answer::Person(person)) => *person,
        other => panic!("{other:?}"),
    }
}

/// Only locked pairs stay.
fn free(goal: Goal) -> How {
    How {
        goal,
        keeping: Keeping::Locked,
        another: 0,
    }
}

fn at_floor(floor: u16) -> Scoring {
    Scoring {
        floor,
        ..Scoring::default()
    }
}

fn any_goal() -> impl Strategy<Value = Goal> {
    prop::sample::select(Goal::ALL.to_vec())
}

fn any_keeping() -> impl Strategy<Value = Keeping> {
    prop_oneof![
        Just(Keeping::Locked),
        Just(Keeping::Present),
        Just(Keeping::Most),
        (0..3u32).prop_map(Keeping::AllBut),
    ]
}

/// Boards with some pairs on them, some of them locked, some of people who withdrew since.
fn any_started() -> impl Strategy<Value = Board> {
    let commands = prop::collection::vec((any_command(), any::<bool>()), 0..14);
    (any_board(), commands).prop_map(|(mut board, commands)| {
        for (command, chair) in commands {
            board.apply(&command, &[], chair).ok();
        }
        board
    })
}

fn any_scoring() -> impl Strategy<Value = Scoring> {
    let floor = prop::sample::select(vec![0u16, 350, 700, 850]);
    (floor, prop::sample::select(vec![0u16, 40]), 0..5u32).prop_map(|(floor, load, seed)| Scoring {
        floor,
        load,
        seed,
        ..Scoring::default()
    })
}

/// Everything of the plan as one command.
fn adoption(plan: &PlanAnswer) -> Command {
    let placements = plan.changes.iter().map(|change| {
        let placement = change.to.map(|mentor| Placement {
            mentor,
            locked: false,
            override_reason: None,
        });
        (change.mentee, placement)
    });
    Command::Adopt {
        goal: plan.goal,
        placements: placements.collect(),
    }
}

fn is_eligible(board: &Board, id: ApplicationId) -> bool {
    board.candidates[&id].state.may_be_paired()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_member_can_adopt_what_is_proposed(
        board in any_started(),
        scoring in any_scoring(),
        goal in any_goal(),
        keeping in any_keeping(),
    ) {
        let problem = Problem::of(&board, &scoring);
        let how = How { goal, keeping, another: 0 };
        let question = Question::Plans { goals: vec![goal] };
        let plan = match ask(&problem, how, &question) {
            Ok(Answer::Plans { mut plans, .. }) => plans.remove(0),
            Err(Trouble::NeedsChanges { fewest }) => {
                prop_assert!(matches!(keeping, Keeping::AllBut(most) if fewest > most));
                return Ok(());
            }
            other => panic!("{other:?}"),
        };
        prop_assert!(plan.certified);
        let mut after = board.clone();
        let command = adoption(&plan);
        if !plan.changes.is_empty() {
            let inverse = after.apply(&command, &after.expect(&command), false);
            prop_assert!(inverse.is_ok(), "{:?} by {:?}", inverse, command);
            let mut back = after.clone();
            let restore = inverse.unwrap();
            let restored = back.apply(&restore, &back.expect(&restore), true);
            // What a rule has come to forbid since cannot be put back.
            if restored.is_ok() {
                prop_assert_eq!(&back.placements, &board.placements);
            }
        }
        // What is on the board now is the plan and what was broken before.
        let planned: BTreeSet<_> = plan.pairs.iter().map(|pair| (pair.mentee, pair.mentor)).collect();
        let fixed: BTreeSet<_> = plan.fixed.iter().copied().collect();
        let on_board: BTreeSet<_> = after.placements.iter()
            .map(|(mentee, had)| (*mentee, had.mentor)).collect();
        prop_assert_eq!(&planned | &fixed, on_board);
        for (mentor, taken) in load(&after) {
            let Side::Mentor { capacity, .. } = after.candidates[&mentor].side else { unreachable!() };
            prop_assert!(taken <= usize::from(capacity));
        }
        // Locked pairs stand where they stood.
        for (mentee, had) in board.placements.iter().filter(|(_, had)| had.locked) {
            prop_assert_eq!(after.placements.get(mentee), Some(had));
        }
        if keeping == Keeping::Present {
            for (mentee, had) in &board.placements {
                prop_assert_eq!(after.mentor_of(*mentee), Some(had.mentor));
            }
        }
        // Nothing new is below the floor or stands against a rule or a warning.
        for change in &plan.changes {
            if let Some(mentor) = change.to {
                prop_assert!(change.after.unwrap() >= scoring.floor);
                prop_assert_eq!(after.rules(change.mentee, mentor), []);
                prop_assert_eq!(after.warnings(change.mentee, mentor), []);
            }
        }
        // The figures are those of the pairs.
        let total: i64 = plan.pairs.iter().map(|pair| {
            let (one, other) = (&board.candidates[&pair.mentee], &board.candidates[&pair.mentor]);
            i64::from(score(one, other, &scoring.weights).total)
        }).sum();
        prop_assert_eq!(plan.figures.total, total);
        prop_assert_eq!(plan.figures.pairs as usize, plan.pairs.len());
        prop_assert_eq!(plan.figures.unmatched as usize, plan.unmatched.len());
        prop_assert_eq!(plan.figures.changes as usize, plan.changes.len());
    }

    #[test]
    fn the_reasons_of_a_person_are_those_of_every_partner(
        board in any_started(),
        scoring in any_scoring(),
    ) {
        let problem = Problem::of(&board, &scoring);
        let held: BTreeSet<ApplicationId> = plan_of(&problem, free(Goal::Balanced)).fixed
            .into_iter().map(|(mentee, _)| mentee).collect();
        for candidate in board.candidates.values() {
            let is_asked = candidate.state.may_be_paired() && !held.contains(&candidate.id);
            if candidate.role == Role::Mentee && !is_asked {
                let question = Question::Person { who: candidate.id };
                prop_assert_eq!(
                    ask(&problem, How::default(), &question),
                    Err(Trouble::Nobody(candidate.id))
                );
                continue;
            }
            let told = person_of(&problem, candidate.id);
            let reasons = &told.reasons;
            let rules: u32 = reasons.rules.iter().map(|(_, count)| count).sum();
            let warned: u32 = reasons.warned.iter().map(|(_, count)| count).sum();
            let sum = reasons.in_plan + rules + warned + reasons.below_floor + reasons.taken + reasons.free;
            prop_assert_eq!(sum, reasons.of);
            let partners = board.candidates.values().filter(|one| one.role != candidate.role);
            let partners = partners.filter(|one| match one.role {
                Role::Mentor => true,
                Role::Mentee => is_eligible(&board, one.id) && !held.contains(&one.id),
            });
            prop_assert_eq!(reasons.of as usize, partners.count());
            prop_assert_eq!(told.pairs.len(), reasons.in_plan as usize);
            let all_cost = told.kindest.iter().all(|one| matches!(one.stands, Stands::Costs { .. }));
            prop_assert!(all_cost);
            // Nobody stays without a mentor while an acceptable one is free.
            if candidate.role == Role::Mentee && told.pairs.is_empty() {
                prop_assert_eq!(reasons.free, 0);
            }
        }
    }

    #[test]
    fn one_more_place_and_a_lost_mentor_are_told_as_they_come(
        board in any_started(),
        goal in prop::sample::select(vec![Goal::Balanced, Goal::Total]),
    ) {
        let problem = Problem::of(&board, &Scoring::default());
        let Ok(Answer::MorePlaces { mentors }) = ask(&problem, free(goal), &Question::MorePlaces) else {
            panic!();
        };
        let before = plan_of(&problem, free(goal));
        let has_both_roles = {
            let mut people: Vec<_> = board.candidates.values().map(|one| one.person).collect();
            people.sort_unstable();
            people.windows(2).any(|two| two[0] == two[1])
        };
        // Whoever is in both roles may make the plan with a change another than the best change.
        prop_assume!(!has_both_roles);
        for more in &mentors {
            let mut board = board.clone();
            if let Side::Mentor { capacity, .. } = &mut board.candidates.get_mut(&more.mentor).unwrap().side {
                *capacity += 1;
            }
            let after = plan_of(&Problem::of(&board, &Scoring::default()), free(goal));
            let by = i64::from(after.figures.unmatched) - i64::from(before.figures.unmatched);
            prop_assert_eq!(by, more.effect.unmatched);
            prop_assert_eq!(after.figures.total - before.figures.total, more.effect.points);
            prop_assert_eq!(more.chain.first().and_then(|change| change.to), Some(more.mentor));
        }
        for mentor in board.candidates.values().filter(|one| one.role == Role::Mentor) {
            let question = Question::WithoutMentor { mentor: mentor.id };
            let Ok(Answer::WithoutMentor(loss)) = ask(&problem, free(goal), &question) else { panic!() };
            prop_assert!(loss.effect.unmatched >= 0);
            prop_assert!(loss.moves.iter().all(|change| change.to != Some(mentor.id)));
        }
    }

    #[test]
    fn nobody_is_with_the_same_person_both_ways(board in any_board(), goal in any_goal()) {
        let mut board = board;
        // The first two mentees are also the first two mentors, who may have each other.
        for number in [1, 2] {
            let person = board.candidates[&application(number)].person;
            board.candidates.get_mut(&application(100 + number)).unwrap().person = person;
        }
        let plan = plan_of(&Problem::of(&board, &at_floor(0)), free(goal));
        let person = |id: ApplicationId| board.candidates[&id].person;
        for one in &plan.pairs {
            let reverse = plan.pairs.iter().any(|other| {
                person(other.mentee) == person(one.mentor) && person(other.mentor) == person(one.mentee)
            });
            prop_assert!(!reverse, "{:?}", plan.pairs);
        }
    }

    #[test]
    fn judging_all_at_once_is_judging_each(board in any_board(), area in 0u16..60, time in 0u16..60) {
        let weights = Weights { area, time, ..Weights::default() };
        let side = |role| -> Vec<_> {
            board.candidates.values().filter(|one| one.role == role).collect()
        };
        let (mentees, mentors) = (side(Role::Mentee), side(Role::Mentor));
        let judge = Judge::new(&mentees, &mentors, &board.facts);
        for (row, mentee) in mentees.iter().enumerate() {
            for (column, mentor) in mentors.iter().enumerate() {
                let alone = Pair {
                    mentee, mentor, facts: &board.facts, is_reciprocal: false, is_full: false,
                };
                let warned = alone.warnings().first().map(|warning| Bar::Warned(*warning));
                let expected = alone.rules().first().map(|rule| Bar::Rule(*rule)).or(warned);
                prop_assert_eq!(judge.bar(row, column), expected);
                let [found] = judge.scores(row, column, [&weights]);
                prop_assert_eq!(found, score(mentee, mentor, &weights).total);
            }
        }
    }

    #[test]
    fn the_order_of_the_people_changes_nothing(
        (board, order) in any_started().prop_flat_map(|board| {
            let people: Vec<_> = board.candidates.values().cloned().collect();
            (Just(board), Just(people).prop_shuffle())
        }),
        goal in any_goal(),
    ) {
        let problem = Problem::of(&board, &Scoring::default());
        let shuffled = Problem { candidates: order, ..problem.clone() };
        prop_assert_eq!(plan_of(&problem, free(goal)), plan_of(&shuffled, free(goal)));
    }
}

/// Mentees 1 to 3 all want cataloging; mentor 101 leads it, mentor 102 supports it.
fn three_for_two() -> Board {
    let mut strong = mentor(101, 1);
    set_offers(
        &mut strong,
        &[("cataloging", tandem_domain::candidate::Offer::Strong)],
    );
    let mut some = mentor(102, 1);
    set_offers(
        &mut some,
        &[("cataloging", tandem_domain::candidate::Offer::Some)],
    );
    let mut people = vec![strong, some];
    for number in 1..=3 {
        let mut mentee = mentee(number);
        set_areas(&mut mentee, &["cataloging"]);
        people.push(mentee);
    }
    board(people)
}

#[test]
fn who_has_nobody_is_told_all_reasons_and_what_would_help() {
    let mut board = three_for_two();
    let mut far = mentor(103, 1);
    far.hours = Some(evenings(720));
    board.candidates.insert(far.id, far);
    let problem = Problem::of(&board, &Scoring::default());
    let plan = plan_of(&problem, free(Goal::Balanced));
    assert_eq!(plan.unmatched.len(), 1);
    let told = person_of(&problem, plan.unmatched[0]);
    assert_eq!((told.reasons.of, told.reasons.taken), (3, 2));
    assert_eq!(
        told.reasons.rules,
        [(tandem_domain::rule::HardRule::NoSharedHour, 1)]
    );
    let shortage = told.shortage.unwrap();
    assert_eq!(
        (shortage.mentees.len(), shortage.places, shortage.unmatched),
        (3, 2, 1)
    );
    assert_eq!(shortage.mentors, [application(101), application(102)]);
    // There are as many places as mentees who list it, so the area is not what is scarce.
    assert_eq!(told.area, None);
}

#[test]
fn a_scarce_area_is_named() {
    let problem = Problem::of(&three_for_two(), &Scoring::default());
    let plan = plan_of(&problem, free(Goal::Balanced));
    let told = person_of(&problem, plan.unmatched[0]);
    let area = told.area.unwrap();
    assert_eq!(area.area, Slug::from("cataloging"));
    assert_eq!(
        (area.listed, area.unmatched, area.places, area.strong_places),
        (3, 1, 2, 1)
    );
    assert!(area.is_scarce());
}

#[test]
fn a_pair_is_explained_by_what_it_would_cost() {
    let board = three_for_two();
    let problem = Problem::of(&board, &Scoring::default());
    let plan = plan_of(&problem, free(Goal::Total));
    let pair_of = |mentee: ApplicationId, mentor: ApplicationId| {
        let question = Question::Pair { mentee, mentor };
        match ask(&problem, free(Goal::Total), &question) {
            Ok(Answer::Pair(pair)) => *pair,
            other => panic!("{other:?}"),
        }
    };
    let placed = plan.pairs[0];
    let Stands::InPlan {
        without: Some(without),
        ..
    } = pair_of(placed.mentee, placed.mentor).stands
    else {
        panic!();
    };
    assert!(without.unmatched == 0 && without.points <= 0);
    let Stands::Costs {
        effect,
        moves,
        taken_by,
    } = pair_of(plan.unmatched[0], application(101)).stands
    else {
        panic!();
    };
    assert_eq!((effect.unmatched, effect.points), (0, 0));
    assert_eq!(moves[0].mentee, plan.unmatched[0]);
    assert_eq!(taken_by.len(), 1);
}

#[test]
fn the_floor_and_warnings_bar_a_proposal_and_say_so() {
    let mut board = three_for_two();
    for candidate in board
        .candidates
        .values_mut()
        .filter(|one| one.role == Role::Mentor)
    {
        candidate.modes = [Slug::from("phone")].into();
    }
    let problem = Problem::of(&board, &Scoring::default());
    let plan = plan_of(&problem, free(Goal::Balanced));
    assert!(plan.pairs.is_empty());
    let told = person_of(&problem, application(1));
    assert_eq!(
        told.best[0].stands,
        Stands::Barred {
            bar: Bar::Warned(tandem_domain::rule::Warning::NoCommonMode)
        }
    );
    let problem = Problem::of(&three_for_two(), &at_floor(1000));
    let told = person_of(&problem, application(1));
    assert_eq!(told.reasons.below_floor, 2);
    let (nearest, missing) = told.reasons.nearest.unwrap();
    assert_eq!(nearest, application(101));
    let board = three_for_two();
    let (one, other) = (
        &board.candidates[&application(1)],
        &board.candidates[&nearest],
    );
    assert_eq!(
        missing,
        1000 - score(one, other, &Scoring::default().weights).total
    );
    // Letting one pair below the floor stand is what helps.
    assert_eq!(
        told.shortage.unwrap().let_stand[0].bar,
        Bar::BelowFloor(missing)
    );
}

#[test]
fn as_little_changes_as_can_be() {
    let mut board = three_for_two();
    board.apply(&pair(1, 102), &[], false).unwrap();
    let problem = Problem::of(&board, &Scoring::default());
    let keeping = |keeping| {
        plan_of(
            &problem,
            How {
                keeping,
                ..free(Goal::Total)
            },
        )
    };
    for kept in [Keeping::Present, Keeping::Most, Keeping::AllBut(0)] {
        let plan = keeping(kept);
        assert_eq!(plan.changes.len(), 1, "{kept:?}");
        assert_eq!(plan.changes[0].from, None);
    }
}

#[test]
fn equally_good_plans_differ_by_the_seed_and_are_found_fragile() {
    let problem = Problem::of(&three_for_two(), &Scoring::default());
    let plans: BTreeSet<_> = (0..12)
        .map(|another| {
            let plan = plan_of(
                &problem,
                How {
                    another,
                    ..free(Goal::Balanced)
                },
            );
            (plan.figures.total, plan.unmatched)
        })
        .collect();
    assert!(plans.len() > 1);
    assert_eq!(
        plans
            .iter()
            .map(|plan| plan.0)
            .collect::<BTreeSet<_>>()
            .len(),
        1
    );
    let Ok(Answer::Firmness { mentees }) = ask(&problem, free(Goal::Balanced), &Question::Firmness)
    else {
        panic!();
    };
    assert!(
        mentees
            .iter()
            .all(|one| one.of == 20 && one.same_by_seed <= one.same)
    );
    assert!(mentees.iter().any(|one| one.same_by_seed < 8));
}

#[test]
fn a_cancelled_question_has_no_answer_and_a_watched_one_tells_how_far_it_is() {
    let problem = Problem::of(&three_for_two(), &Scoring::default());
    let question = Question::Plans {
        goals: Goal::ALL.to_vec(),
    };
    let token = CancelToken::new();
    let mut heard = Vec::new();
    let mut on_progress = |progress: Progress| heard.push(progress);
    let mut watch = Watch::new(&token, &mut on_progress);
    answer(&problem, How::default(), &question, &mut watch).unwrap();
    assert_eq!(heard.first().map(|one| (one.step, one.steps)), Some((1, 4)));
    assert_eq!(heard.last().map(|one| one.step), Some(4));
    token.cancel();
    let mut unheard = |_: Progress| ();
    let mut watch = Watch::new(&token, &mut unheard);
    assert_eq!(
        answer(&problem, How::default(), &question, &mut watch),
        Err(Trouble::Cancelled)
    );
}

#[test]
fn questions_and_answers_go_over_the_wire_unchanged() {
    let problem = Problem::of(&three_for_two(), &Scoring::default());
    let text = serde_json::to_string(&problem).unwrap();
    assert_eq!(serde_json::from_str::<Problem>(&text).unwrap(), problem);
    let questions = [
        Question::Plans {
            goals: vec![Goal::MaxMin],
        },
        Question::Person {
            who: application(1),
        },
        Question::Pair {
            mentee: application(1),
            mentor: application(101),
        },
        Question::MorePlaces,
        Question::WithoutMentor {
            mentor: application(101),
        },
        Question::Firmness,
    ];
    for question in questions {
        let text = serde_json::to_string(&question).unwrap();
        assert_eq!(serde_json::from_str::<Question>(&text).unwrap(), question);
        let told = ask(&problem, How::default(), &question).unwrap();
        let text = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), told);
    }
}
