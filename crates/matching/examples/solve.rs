//! Reads an instance as JSON from standard input and prints the best plan, so that anyone can
//! check the solver with other tools.
//!
//! `{"capacity":[…],"score":[[int or null,…],…],"locked":[[i,j],…],"seed":n,"objective":"total"}`
//! gives `{"pairs":[[i,j,score],…],"total":n,"unmatched":[…],"certified":true}`. Rows are mentees,
//! `null` is forbidden, scores lie within ±1,000,000. Without `locked`, `seed` and `objective`
//! nothing is locked, the seed is 0 and the objective `total`; the others are `balanced`,
//! `maxmin` and `stable`. A malformed instance, and whatever else stands in the way of an answer,
//! gets a message on standard error and exit code 2.

use std::io::{Read, Write};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use tandem_matching::{Instance, Mentee, Mentor, Objective, Plan, Scores, certify, solve};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    capacity: Vec<i64>,
    score: Vec<Vec<Option<i64>>>,
    #[serde(default)]
    locked: Vec<(i64, i64)>,
    #[serde(default)]
    seed: i128,
    objective: Option<String>,
}

#[derive(Serialize)]
struct Output {
    pairs: Vec<(u32, u32, i32)>,
    total: i64,
    unmatched: Vec<u32>,
    certified: bool,
}

fn main() -> ExitCode {
    let mut text = Vec::new();
    let outcome = match std::io::stdin().read_to_end(&mut text) {
        Ok(_) => answer(&text),
        Err(error) => Err(format!("standard input cannot be read: {error}")),
    };
    let printed = outcome.and_then(|line| {
        let mut out = std::io::stdout();
        let printed = writeln!(out, "{line}").and_then(|()| out.flush());
        printed.map_err(|error| format!("the plan cannot be printed: {error}"))
    });
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Where nobody can be told, the code still says it.
            writeln!(std::io::stderr(), "{message}").ok();
            ExitCode::from(2)
        }
    }
}

/// The plan for an instance as one line of JSON, or what is wrong with the instance.
fn answer(text: &[u8]) -> Result<String, String> {
    // A list of the five values in order would be read as well.
    if !text.trim_ascii_start().starts_with(b"{") {
        return Err("the instance is malformed: it is not a JSON object".to_owned());
    }
    let input: Input = serde_json::from_slice(text)
        .map_err(|error| format!("the instance is malformed: {error}"))?;
    let objective = match input.objective.as_deref() {
        None | Some("total") => Objective::Total,
        Some("balanced") => Objective::Balanced,
        Some("maxmin") => Objective::MaxMin,
        Some("stable") => Objective::FewestBlockingPairs,
        Some(unknown) => return Err(format!("there is no objective {unknown:?}")),
    };
    let instance = instance(&input)?;
    drop(input);
    let plan = solve(&instance, objective).map_err(|error| error.to_string())?;
    serde_json::to_string(&output(&instance, &plan)).map_err(|error| error.to_string())
}

fn instance(input: &Input) -> Result<Instance, String> {
    let capacity = input.capacity.iter().enumerate().map(|(j, &places)| {
        if places < 0 {
            return Err(format!("the capacity of mentor {j} is negative: {places}"));
        }
        // More places than there are mentees are as good as any number.
        Ok(u32::try_from(places).unwrap_or(u32::MAX))
    });
    let capacity: Vec<u32> = capacity.collect::<Result<_, _>>()?;
    for (i, row) in input.score.iter().enumerate() {
        for (j, score) in row.iter().enumerate() {
            if score.is_some_and(|score| !(-1_000_000..=1_000_000).contains(&score)) {
                return Err(format!(
                    "the score of mentee {i} with mentor {j} is outside ±1000000"
                ));
            }
        }
    }
    let in_range = |score: &Option<i64>| score.and_then(|score| i32::try_from(score).ok());
    let rows = input.score.iter().map(|row| row.iter().map(in_range));
    let scores = Scores::full(capacity.len(), rows).map_err(|error| error.to_string())?;
    let seed = u64::try_from(input.seed)
        .map_err(|_| format!("the seed must lie between 0 and {}", u64::MAX))?;
    let mut instance = Instance::new(scores, capacity)
        .map_err(|error| error.to_string())?
        .with_seed(seed);
    for &(i, j) in &input.locked {
        let nobody = |_| format!("the lock [{i},{j}] names somebody who does not exist");
        let mentee = Mentee(u32::try_from(i).map_err(nobody)?);
        let mentor = Mentor(u32::try_from(j).map_err(nobody)?);
        instance
            .lock(mentee, mentor)
            .map_err(|error| format!("the lock [{i},{j}] is not possible: {error}"))?;
    }
    Ok(instance)
}

fn output(instance: &Instance, plan: &Plan) -> Output {
    let with_score = |(mentee, mentor): (Mentee, Mentor)| {
        let score = instance.scores().get(mentee, mentor)?;
        Some((mentee.0, mentor.0, score))
    };
    Output {
        pairs: plan.pairs().filter_map(with_score).collect(),
        total: plan.value.total,
        unmatched: plan
            .unmatched(instance)
            .iter()
            .map(|mentee| mentee.0)
            .collect(),
        certified: certify(instance, plan).is_ok(),
    }
}
