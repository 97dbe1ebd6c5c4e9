//! `cargo xtask test`: every check, in one order, with one exit code. CI runs exactly this.

mod bench;
mod beside;
mod step;

use std::time::{Duration, Instant};

use crate::app::Weight;
use crate::args::TestOptions;
use crate::failure::{Failure, Outcome};
use crate::summary::{Ending, Summary};
use crate::test::bench::Bench;
use crate::test::beside::Beside;
use crate::test::step::{STEPS, Step};

/// Runs the steps and prints how each ended.
pub fn run(options: &TestOptions) -> Outcome {
    let steps = chosen(&options.only)?;
    let mut summary = Summary::default();
    let started = Instant::now();
    let mut prepared = prepare(&steps, options);
    let ending = if prepared.is_ok() {
        Ending::Passed
    } else {
        Ending::Failed
    };
    summary.add("tools", ending, started.elapsed());
    if let Ok((bench, beside)) = &mut prepared {
        for (index, step) in steps.iter().enumerate() {
            eprintln!(
                "\n==> [{}/{}] {}: {}",
                index + 1,
                steps.len(),
                step.name,
                step.about
            );
            run_step(step, bench, beside, &mut summary);
        }
    }
    eprintln!("\n{}", summary.table());
    let (bench, _) = prepared?;
    for remark in bench.remarks() {
        eprintln!("Unsteady: {remark}.\n");
    }
    if let (false, Ok(weight)) = (summary.has_failed("app"), Weight::of(&bench.checkout)) {
        eprintln!("{weight}\n");
    }
    let failures = summary.failures();
    if failures.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "these steps did not pass: {}",
        failures.join(", ")
    )))
}

/// Installs what the steps need, and starts those that run beside the others.
fn prepare(steps: &[&'static Step], options: &TestOptions) -> Outcome<(Bench, Vec<Beside>)> {
    let apart: Vec<&Step> = Beside::among(steps).collect();
    let here: Vec<&Step> = steps
        .iter()
        .copied()
        .filter(|step| apart.iter().all(|other| other.name != step.name))
        .collect();
    let bench = Bench::prepare(&here, options)?;
    let started = apart
        .into_iter()
        .map(|step| Beside::start(&bench.checkout, step));
    let beside = started.collect::<Outcome<_>>()?;
    Ok((bench, beside))
}

fn run_step(step: &Step, bench: &Bench, beside: &mut [Beside], summary: &mut Summary) {
    if let Some(missing) = step.after.iter().find(|name| summary.has_failed(name)) {
        eprintln!("Not run: it needs what the step `{missing}` makes.");
        summary.add(step.name, Ending::NotRun, Duration::ZERO);
        return;
    }
    let started = Instant::now();
    let outcome = match beside.iter_mut().find(|other| other.name() == step.name) {
        Some(running) => running.wait(),
        None => (step.run)(bench),
    };
    let ending = match outcome {
        Ok(()) => Ending::Passed,
        Err(failure) => {
            eprintln!(
                "\nFAILED {}: {failure}\nTo look at it alone or mend it: {}",
                step.name, step.fix
            );
            Ending::Failed
        }
    };
    summary.add(step.name, ending, started.elapsed());
}

/// The steps of these names, in their order; all of them if none is named.
fn chosen(names: &[String]) -> Outcome<Vec<&'static Step>> {
    if let Some(unknown) = names
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != **name))
    {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(Failure::new(format!("there is no step `{unknown}`"))
            .remedy(format!("choose from {}", known.join(", "))));
    }
    let is_chosen = |step: &&Step| names.is_empty() || names.iter().any(|name| name == step.name);
    Ok(STEPS.iter().filter(is_chosen).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: &[&str]) -> Vec<&'static str> {
        let only: Vec<String> = only.iter().map(|&name| name.to_owned()).collect();
        chosen(&only)
            .unwrap()
            .iter()
            .map(|step| step.name)
            .collect()
    }

    #[test]
    fn chosen_steps_run_in_their_own_order() {
        assert_eq!(names(&["e2e", "fmt"]), ["fmt", "e2e"]);
        assert_eq!(names(&[]).len(), STEPS.len());
        assert!(chosen(&["e2".to_owned()]).is_err());
    }

    #[test]
    fn a_step_comes_after_those_it_needs() {
        for (index, step) in STEPS.iter().enumerate() {
            for needed in step.after {
                assert!(
                    STEPS[..index].iter().any(|before| before.name == *needed),
                    "{needed}"
                );
            }
        }
    }

    #[test]
    fn what_runs_beside_the_others_needs_none_of_them() {
        let names = |only: &[&str]| -> Vec<&str> {
            let only: Vec<String> = only.iter().map(|&name| name.to_owned()).collect();
            let steps = chosen(&only).unwrap();
            Beside::among(&steps).map(|step| step.name).collect()
        };
        assert_eq!(names(&[]), ["app"]);
        assert_eq!(names(&["app", "e2e"]), [""; 0]);
        assert!(
            STEPS
                .iter()
                .all(|step| !step.beside || step.after.is_empty())
        );
    }

    #[test]
    fn the_usage_names_every_step() {
        for step in &STEPS {
            assert!(crate::args::USAGE.contains(step.name), "{}", step.name);
        }
    }
}
