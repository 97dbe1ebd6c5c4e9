//! The story of the demonstration's board: who stays without a mentor, why, and whom to ask.

use std::collections::BTreeSet;

use tandem_domain::board::Board;
use tandem_domain::candidate::{Candidate, Side};
use tandem_domain::form::definition::Slug;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::{
    Answer, CancelToken, Goal, How, Keeping, PersonAnswer, PlanAnswer, Problem, Progress, Question,
    Watch, answer,
};
use tandem_domain::score::Scoring;

use super::content::board;
use super::demo;

fn ask(problem: &Problem, question: &Question) -> Answer {
    let token = CancelToken::new();
    let mut unheard = |_: Progress| ();
    let how = How {
        goal: Goal::Balanced,
        keeping: Keeping::Locked,
        another: 0,
    };
    answer(
        problem,
        how,
        question,
        &mut Watch::new(&token, &mut unheard),
    )
    .unwrap()
}

fn plan(problem: &Problem) -> PlanAnswer {
    let goals = vec![Goal::Balanced];
    let Answer::Plans { mut plans, .. } = ask(problem, &Question::Plans { goals }) else {
        panic!();
    };
    plans.remove(0)
}

fn person(problem: &Problem, who: ApplicationId) -> PersonAnswer {
    let Answer::Person(person) = ask(problem, &Question::Person { who }) else {
        panic!();
    };
    *person
}

fn lists(candidate: &Candidate, area: &Slug) -> bool {
    matches!(&candidate.side, Side::Mentee { areas, .. } if areas.contains(area))
}

#[tokio::test]
async fn explore() {
    let app = demo("mar-20").await;
    let view = board(&app).await;
    let all = Board::new(view.candidates, view.facts, view.placements);
    println!("placed {}", all.placements.len());
    for floor in [
        0, 350, 450, 500, 550, 600, 650, 700, 725, 750, 775, 800, 825, 850, 875,
    ] {
        let scoring = Scoring {
            floor,
            ..Scoring::default()
        };
        let problem = Problem::of(&all, &scoring);
        let plan = plan(&problem);
        let electronic = Slug::from("electronic_resources");
        let who: Vec<_> = plan
            .unmatched
            .iter()
            .map(|id| {
                let c = &all.candidates[id];
                let told = person(&problem, *id);
                format!(
                    "{}{}[{}]",
                    c.reference,
                    if lists(c, &electronic) { "*" } else { "" },
                    told.area.map_or_else(|| "-".into(), |a| a.area.0)
                )
            })
            .collect();
        println!("floor {floor}: {:?} unmatched {who:?}", plan.figures);
        let Answer::MorePlaces { mentors } = ask(&problem, &Question::MorePlaces) else {
            panic!()
        };
        println!(
            "   ask {:?}",
            mentors
                .iter()
                .take(3)
                .map(|m| (all.candidates[&m.mentor].reference.clone(), m.effect))
                .collect::<Vec<_>>()
        );
        for r in ["E006", "M006"] {
            let c = all.candidates.values().find(|c| c.reference == r).unwrap();
            let p = plan
                .pairs
                .iter()
                .find(|p| p.mentee == c.id || p.mentor == c.id);
            println!(
                "   {r} {:?}",
                p.map(|p| (
                    all.candidates[&p.mentee].reference.clone(),
                    all.candidates[&p.mentor].reference.clone(),
                    p.score,
                    all.candidates[&p.mentee].hours.as_ref().map(|h| h
                        .shared(all.candidates[&p.mentor].hours.as_ref().unwrap())
                        .iter()
                        .map(|w| w.count())
                        .collect::<Vec<_>>())
                ))
            );
        }
    }
    let stands = tandem_domain::matching::areas(
        &Problem::of(&all, &Scoring::default()).candidates,
        &BTreeSet::new(),
    );
    for s in stands {
        println!("{s:?}");
    }
    panic!("look");
}
