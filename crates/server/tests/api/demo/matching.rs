//! The story of the demonstration's board: who stays without a mentor, why, and whom to ask.

use tandem_domain::board::Board;
use tandem_domain::candidate::{Candidate, Side};
use tandem_domain::form::definition::Slug;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::{
    Answer, CancelToken, Goal, How, Keeping, PersonAnswer, PlanAnswer, Problem, Progress, Question,
    Watch, answer,
};
use tandem_server::demo::world::FLOOR;

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

/// The board as it is proposed for, with the floor that the demonstration's chair has set.
async fn problem() -> (Board, Problem) {
    let app = demo("mar-20").await;
    let view = board(&app).await;
    let all = Board::new(view.candidates, view.facts, view.placements);
    assert!(all.placements.is_empty());
    assert_eq!(view.scoring.floor, FLOOR);
    let problem = Problem::of(&all, &view.scoring);
    (all, problem)
}

/// With the floor of the demonstration several mentees stay without a mentor; most of them list
/// electronic resources, the explanation says so, and asking the first mentor it names helps one.
#[tokio::test]
async fn some_stay_without_a_mentor_for_want_of_electronic_resources() {
    let (all, problem) = problem().await;
    let plan = plan(&problem);
    assert!(plan.certified);
    let n_unmatched = plan.unmatched.len();
    assert!((3..=12).contains(&n_unmatched), "{n_unmatched}");
    let electronic = Slug::from("electronic_resources");
    let want = |who: &&ApplicationId| lists(&all.candidates[*who], &electronic);
    let of_them: Vec<ApplicationId> = plan.unmatched.iter().filter(want).copied().collect();
    assert!(
        of_them.len() * 2 > n_unmatched,
        "{} of {n_unmatched}",
        of_them.len()
    );
    for who in &of_them {
        let told = person(&problem, *who);
        let area = told.area.expect("an area is scarce");
        assert_eq!(area.area, electronic);
        assert!(area.listed > area.places && area.unmatched as usize == of_them.len());
        assert!(told.shortage.is_some() || told.reasons.taken == 0);
        assert_eq!(told.reasons.of, 42);
    }
    let Answer::MorePlaces { mentors } = ask(&problem, &Question::MorePlaces) else {
        panic!();
    };
    assert_eq!(mentors[0].effect.unmatched, -1);
    assert_eq!(mentors[0].chain[0].to, Some(mentors[0].mentor));
    let mut asked = all.clone();
    let mentor = asked.candidates.get_mut(&mentors[0].mentor).unwrap();
    if let Side::Mentor { capacity, .. } = &mut mentor.side {
        *capacity += 1;
    }
    let more = self::plan(&Problem::of(&asked, &problem.scoring));
    assert_eq!(more.pairs.len(), plan.pairs.len() + 1);
}

/// Both people of Guam get a partner, with an hour in common in every season.
#[tokio::test]
async fn the_two_of_guam_are_paired_with_hours_in_common_all_year() {
    let (all, problem) = problem().await;
    let plan = plan(&problem);
    for reference in ["E006", "M006"] {
        let mut everybody = all.candidates.values();
        let who = everybody.find(|one| one.reference == reference).unwrap();
        let mut pairs = plan.pairs.iter();
        let pair = pairs
            .find(|pair| pair.mentee == who.id || pair.mentor == who.id)
            .expect(reference);
        let hours = |id: &ApplicationId| all.candidates[id].hours.clone().expect("stated hours");
        let shared = hours(&pair.mentee).shared(&hours(&pair.mentor));
        assert!(shared.len() >= 2, "summer and winter");
        for season in shared {
            assert!(season.count() >= 2, "{reference}");
        }
    }
}
