//! Checks that a plan keeps the rules and that no plan is better, from the instance and the
//! certificate alone. Nothing of the solver's state or path plays a part.

use crate::cost::{Prices, Scale};
use crate::index::{Column, Each, Key, Mentee, Mentor};
use crate::instance::Instance;
use crate::plan::{Certificate, Cover, Duals, Objective, Plan, Value};
use crate::score::SCORE_LIMIT;
use crate::stable::blocking_pairs;

/// Why a plan is not proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The plan or its certificate is not of the size of the instance.
    Size,
    /// The certificate is of another kind than the objective needs.
    Kind,
    /// Somebody has a mentor who does not exist, or whom they may not have.
    Forbidden(Mentee),
    /// Somebody who has withdrawn has a mentor.
    Withdrawn(Mentee),
    /// A locked pair was parted.
    LockBroken(Mentee),
    /// A mentor has more mentees than places.
    Overfull(Mentor),
    /// The figures are not those of the plan.
    Figures,
    /// The prices are made for a range that leaves out scores.
    Range,
    /// A mentee's price is above what staying unmatched costs, or out of all measure.
    MenteePrice(Mentee),
    /// A place has a price above zero or out of all measure, or has a price and is free.
    PlacePrice(Mentor),
    /// A pair costs less than its two prices: a better plan may use it.
    Underpriced(Mentee, Mentor),
    /// A pair of the plan costs more than its two prices.
    NotTight(Mentee, Mentor),
    /// Somebody stays unmatched whose price says that this is too dear.
    NotWorthLeaving(Mentee),
    /// A cover leaves a pair out that may be.
    Uncovered(Mentee, Mentor),
    /// A cover allows for more pairs than it should.
    CoverTooLarge,
    /// Two people would rather have each other.
    Blocking(Mentee, Mentor),
    /// The instance is too large for exact arithmetic.
    TooLarge,
}

impl std::error::Error for Flaw {}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the plan is not proven: {self:?}")
    }
}

/// Proves that a plan keeps the rules and is the best there is for its objective.
///
/// # Errors
/// The first flaw found.
pub fn certify(instance: &Instance, plan: &Plan) -> Result<(), Flaw> {
    check_rules(instance, plan)?;
    if plan.value != Value::of(instance, &plan.mentors) {
        return Err(Flaw::Figures);
    }
    match (plan.objective, &plan.certificate) {
        (Objective::Balanced | Objective::Total, Certificate::Duals(duals)) => {
            check_duals(instance, plan, duals, None)
        }
        (
            Objective::MaxMin,
            Certificate::MaxMin {
                fewest_unmatched,
                greatest_lowest,
                duals,
            },
        ) => {
            check_max_min(instance, plan, fewest_unmatched, greatest_lowest.as_ref())?;
            check_duals(instance, plan, duals, plan.value.lowest)
        }
        (Objective::FewestBlockingPairs, Certificate::NoBlockingPair) => {
            match blocking_pairs(instance, &plan.mentors).first() {
                Some(&(mentee, mentor)) => Err(Flaw::Blocking(mentee, mentor)),
                None => Ok(()),
            }
        }
        _ => Err(Flaw::Kind),
    }
}

fn check_rules(instance: &Instance, plan: &Plan) -> Result<(), Flaw> {
    if plan.mentors.len() != instance.n_mentees() {
        return Err(Flaw::Size);
    }
    let mut n_mentees = Each::<Mentor, u32>::filled(instance.n_mentors(), 0);
    for (mentee, locked) in instance.locked.iter() {
        let mentor = plan.mentor_of(mentee);
        if locked.is_some() && mentor != *locked {
            return Err(Flaw::LockBroken(mentee));
        }
        let Some(mentor) = mentor else {
            continue;
        };
        if !instance.is_present[mentee] {
            return Err(Flaw::Withdrawn(mentee));
        }
        if instance.scores().get(mentee, mentor).is_none() {
            return Err(Flaw::Forbidden(mentee));
        }
        n_mentees[mentor] += 1;
        if n_mentees[mentor] > instance.capacity[mentor] {
            return Err(Flaw::Overfull(mentor));
        }
    }
    Ok(())
}

/// The conditions of complementary slackness, which hold for no plan but the best.
fn check_duals(
    instance: &Instance,
    plan: &Plan,
    duals: &Duals,
    floor: Option<i32>,
) -> Result<(), Flaw> {
    if duals.mentees.len() != instance.n_mentees() || duals.places.len() != instance.n_columns() {
        return Err(Flaw::Size);
    }
    let range = instance.scores().range();
    let is_wide_enough =
        range.is_none_or(|(low, high)| duals.range.0 <= low && high <= duals.range.1);
    let is_in_limits = duals.range.0 >= -SCORE_LIMIT && duals.range.1 <= SCORE_LIMIT;
    if !is_wide_enough || !is_in_limits {
        return Err(Flaw::Range);
    }
    let scale = Scale::of(instance, plan.objective, duals.range).map_err(|_| Flaw::TooLarge)?;
    let prices = Prices::<i128>::of(instance, &scale, floor).ok_or(Flaw::TooLarge)?;
    let u = Each::<Mentee, i128>::new(duals.mentees.clone());
    let v = Each::<Column, i128>::new(duals.places.clone());
    let seats = check_places(instance, plan, &prices, &v)?;
    for mentee in u.keys().filter(|&mentee| instance.is_free(mentee)) {
        let unmatched = prices.unmatched(instance, mentee);
        if u[mentee] > unmatched || u[mentee] < -prices.largest() {
            return Err(Flaw::MenteePrice(mentee));
        }
        if seats[mentee].is_none() && u[mentee] != unmatched {
            return Err(Flaw::NotWorthLeaving(mentee));
        }
        let mut flaw = None;
        instance.scores().each_of_mentee(mentee, |mentor, score| {
            let Some(cost) = prices.pair(instance, mentee, mentor, score) else {
                return;
            };
            for (step, load) in prices.load.iter().enumerate() {
                let column = instance.column(mentor, step);
                let reduced = cost + load - u[mentee] - v[column];
                if reduced < 0 {
                    flaw.get_or_insert(Flaw::Underpriced(mentee, mentor));
                } else if reduced > 0 && seats[mentee] == Some(column) {
                    flaw.get_or_insert(Flaw::NotTight(mentee, mentor));
                }
            }
        });
        if let Some(flaw) = flaw {
            return Err(flaw);
        }
    }
    Ok(())
}

/// Seats every mentee in the cheapest place left and checks the prices of the places.
fn check_places(
    instance: &Instance,
    plan: &Plan,
    prices: &Prices<i128>,
    v: &Each<Column, i128>,
) -> Result<Each<Mentee, Option<Column>>, Flaw> {
    let places = v.keys().map(|column| instance.places_of(column));
    let mut left = Each::<Column, u32>::new(places.collect());
    let mut seats = Each::filled(instance.n_mentees(), None);
    for (mentee, mentor) in plan.pairs().filter(|&(mentee, _)| instance.is_free(mentee)) {
        let steps = (0..instance.n_steps()).map(|step| instance.column(mentor, step));
        let column = steps.into_iter().find(|&column| left[column] > 0);
        let column = column.ok_or(Flaw::Overfull(mentor))?;
        left[column] -= 1;
        seats[mentee] = Some(column);
    }
    for column in v.keys() {
        let is_in_measure = (-2 * prices.largest()..=0).contains(&v[column]);
        if !is_in_measure || (left[column] > 0 && v[column] < 0) {
            return Err(Flaw::PlacePrice(instance.mentor_of(column)));
        }
    }
    Ok(seats)
}

fn check_max_min(
    instance: &Instance,
    plan: &Plan,
    fewest_unmatched: &Cover,
    greatest_lowest: Option<&Cover>,
) -> Result<(), Flaw> {
    let is_free = |&(mentee, _): &(Mentee, Mentor)| instance.is_free(mentee);
    let n_pairs = plan.pairs().filter(is_free).count();
    let n_pairs = u64::try_from(n_pairs).map_err(|_| Flaw::TooLarge)?;
    if check_cover(instance, fewest_unmatched, None)? > n_pairs {
        return Err(Flaw::CoverTooLarge);
    }
    let Some(lowest) = plan.value.lowest else {
        return Ok(());
    };
    let of_lock = |(mentee, mentor): (Mentee, Mentor)| {
        instance.locked[mentee].is_some() && instance.scores().get(mentee, mentor) == Some(lowest)
    };
    if plan.pairs().any(of_lock) {
        return Ok(());
    }
    let cover = greatest_lowest.ok_or(Flaw::Kind)?;
    if check_cover(instance, cover, Some(lowest))? >= n_pairs {
        return Err(Flaw::CoverTooLarge);
    }
    Ok(())
}

/// How many pairs above a score there can be at most, by this cover.
fn check_cover(instance: &Instance, cover: &Cover, above: Option<i32>) -> Result<u64, Flaw> {
    let mut has_mentee = Each::<Mentee, bool>::filled(instance.n_mentees(), false);
    let mut has_mentor = Each::<Mentor, bool>::filled(instance.n_mentors(), false);
    let mut size = 0;
    for &mentee in &cover.mentees {
        instance.check_mentee(mentee).map_err(|_| Flaw::Size)?;
        has_mentee[mentee] = true;
        size += 1;
    }
    for &mentor in &cover.mentors {
        instance.check_mentor(mentor).map_err(|_| Flaw::Size)?;
        has_mentor[mentor] = true;
        size += u64::from(instance.free_places(mentor));
    }
    let mentees = (0..instance.n_mentees()).map(Mentee::of);
    for mentee in mentees.filter(|&mentee| instance.is_free(mentee) && !has_mentee[mentee]) {
        let mut flaw = None;
        instance.scores().each_of_mentee(mentee, |mentor, score| {
            if !has_mentor[mentor] && above.is_none_or(|above| score > above) {
                flaw.get_or_insert(Flaw::Uncovered(mentee, mentor));
            }
        });
        if let Some(flaw) = flaw {
            return Err(flaw);
        }
    }
    Ok(size)
}
