//! `cargo xtask test`: every check, in one order, with one exit code. CI runs exactly this.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::app::{self, Weight};
use crate::args::TestOptions;
use crate::checkout::Checkout;
use crate::command;
use crate::e2e::{self, Database};
use crate::failure::{Failure, Outcome};
use crate::postgres::{self, Postgres};
use crate::summary::{Ending, Summary};
use crate::system::{self, Package};
use crate::{npm, tool, toolchain};

/// A check: its name, what it looks at, and what to type when it fails.
struct Step {
    name: &'static str,
    about: &'static str,
    fix: &'static str,
    /// The steps whose results it uses.
    after: &'static [&'static str],
    run: fn(&Bench) -> Outcome,
}

const STEPS: [Step; 10] = [
    Step {
        name: "fmt",
        about: "Rust is formatted",
        fix: "cargo fmt --all",
        after: &[],
        run: |bench| command::run(&mut bench.checkout.cargo(&["fmt", "--all", "--check"])),
    },
    Step {
        name: "prettier",
        about: "CSS and JavaScript are formatted",
        fix: "tests/e2e/node_modules/.bin/prettier --write style tests/e2e src/loader.js crates/xtask/src",
        after: &[],
        run: prettier,
    },
    Step {
        name: "clippy",
        about: "lints on this machine's target",
        fix: "cargo clippy --workspace --all-targets",
        after: &[],
        run: |bench| bench.clippy(&["--workspace", "--all-targets"]),
    },
    Step {
        name: "clippy-wasm",
        about: "lints of the app on wasm",
        fix: "cargo clippy -p tandem --target wasm32-unknown-unknown",
        after: &[],
        run: |bench| bench.clippy(&["-p", "tandem", "--target", "wasm32-unknown-unknown"]),
    },
    Step {
        name: "doc",
        about: "the documentation's links lead somewhere",
        fix: "cargo doc --workspace --no-deps",
        after: &[],
        run: |bench| {
            let words = ["doc", "--workspace", "--no-deps", "--locked", "-q"];
            command::run(
                bench
                    .checkout
                    .cargo(&words)
                    .env("RUSTDOCFLAGS", "-D warnings"),
            )
        },
    },
    Step {
        name: "build",
        about: "the server and all tests build",
        fix: "cargo test --workspace --no-run",
        after: &[],
        run: build,
    },
    Step {
        name: "rust",
        about: "unit, property, structure and server tests, on SQLite and PostgreSQL",
        fix: "cargo test -p <the package>",
        after: &["build"],
        run: rust,
    },
    Step {
        name: "app",
        about: "the app builds and its wasm is small enough",
        fix: "cargo xtask test --only app",
        after: &[],
        run: build_app,
    },
    Step {
        name: "e2e",
        about: "the app in Chromium against the server on SQLite",
        fix: "cargo xtask test --only app,e2e --spec <part of the file's name>",
        after: &["build", "app"],
        run: |bench| e2e::run(&bench.checkout, &Database::Sqlite, bench.spec.as_deref()),
    },
    Step {
        name: "e2e-postgres",
        about: "the walks again, against the server on PostgreSQL",
        fix: "cargo xtask test --only app,e2e-postgres",
        after: &["build", "app"],
        run: |bench| {
            let url = bench.postgres()?.url();
            e2e::run(
                &bench.checkout,
                &Database::Postgres(&url),
                bench.spec.as_deref(),
            )
        },
    },
];

/// Runs the steps and prints how each ended.
pub fn run(options: &TestOptions) -> Outcome {
    let steps = chosen(&options.only)?;
    let mut summary = Summary::default();
    let started = Instant::now();
    let prepared = Bench::prepare(&steps, options);
    let ending = if prepared.is_ok() {
        Ending::Passed
    } else {
        Ending::Failed
    };
    summary.add("tools", ending, started.elapsed());
    if let Ok(bench) = &prepared {
        for (index, step) in steps.iter().enumerate() {
            eprintln!(
                "\n==> [{}/{}] {}: {}",
                index + 1,
                steps.len(),
                step.name,
                step.about
            );
            run_step(step, bench, &mut summary);
        }
    }
    eprintln!("\n{}", summary.table());
    if let Ok(weight) = Checkout::find().and_then(|checkout| Weight::of(&checkout)) {
        eprintln!("{weight}");
    }
    prepared?;
    let failures = summary.failures();
    if failures.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "these steps did not pass: {}",
        failures.join(", ")
    )))
}

fn run_step(step: &Step, bench: &Bench, summary: &mut Summary) {
    if let Some(missing) = step.after.iter().find(|name| summary.has_failed(name)) {
        eprintln!("Not run: it needs what the step `{missing}` makes.");
        summary.add(step.name, Ending::NotRun, Duration::ZERO);
        return;
    }
    let started = Instant::now();
    let ending = match (step.run)(bench) {
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

/// What the steps work with.
struct Bench {
    checkout: Checkout,
    spec: Option<String>,
    tools: Option<tool::Tools>,
    npm_programs: Option<PathBuf>,
    postgres: Option<Postgres>,
}

impl Bench {
    /// Installs and starts what the chosen steps need, and nothing else.
    fn prepare(steps: &[&Step], options: &TestOptions) -> Outcome<Self> {
        let checkout = Checkout::find()?;
        let any = |names: &[&str]| steps.iter().any(|step| names.contains(&step.name));
        if any(&[
            "clippy",
            "clippy-wasm",
            "doc",
            "rust",
            "app",
            "e2e",
            "e2e-postgres",
        ]) {
            toolchain::ensure(&checkout)?;
        }
        let mut packages = Vec::new();
        if any(&["e2e", "e2e-postgres"]) {
            packages.push(e2e::browser_package());
        }
        let is_postgres_used = any(&["rust", "e2e-postgres"]);
        if is_postgres_used {
            packages.push(Package {
                name: "postgresql",
                why: "the second database that everything is tested on",
                found: postgres::programs_folder().is_some(),
            });
        }
        system::ensure(&packages)?;
        let npm_programs = if any(&["prettier", "app", "e2e", "e2e-postgres"]) {
            Some(npm::ensure(&checkout)?)
        } else {
            None
        };
        let tools = if any(&["app"]) {
            Some(tool::ensure(&checkout)?)
        } else {
            None
        };
        let postgres = if is_postgres_used {
            Some(Postgres::start()?)
        } else {
            None
        };
        let is_server_built = any(&["build"]);
        if any(&["e2e", "e2e-postgres"]) && !is_server_built {
            command::step("Building the server (dev)");
            command::run(&mut checkout.cargo(&["build", "-p", "tandem-server"]))?;
        }
        Ok(Self {
            checkout,
            spec: options.spec.clone(),
            tools,
            npm_programs,
            postgres,
        })
    }

    fn clippy(&self, which: &[&str]) -> Outcome {
        let mut cargo = self.checkout.cargo(&["clippy", "--locked"]);
        command::run(cargo.args(which).args(["--", "-D", "warnings"]))
    }

    fn postgres(&self) -> Outcome<&Postgres> {
        self.postgres
            .as_ref()
            .ok_or_else(|| Failure::new("PostgreSQL was not started"))
    }

    fn npm_programs(&self) -> Outcome<&PathBuf> {
        self.npm_programs
            .as_ref()
            .ok_or_else(|| Failure::new("nothing was installed from npm"))
    }
}

fn prettier(bench: &Bench) -> Outcome {
    let mut prettier = Command::new(bench.npm_programs()?.join("prettier"));
    prettier.current_dir(bench.checkout.root());
    command::run(prettier.args([
        "--check",
        "--log-level=warn",
        "style/**/*.css",
        "tests/e2e/**/*.{mjs,json}",
        "src/loader.js",
        "crates/xtask/src/*.mjs",
    ]))
}

/// One cargo call for all packages, so that nothing is built twice with different features; it
/// builds the server that the browser tests start, too.
const TESTS: [&str; 4] = ["test", "--workspace", "--locked", "--no-fail-fast"];

fn build(bench: &Bench) -> Outcome {
    command::run(bench.checkout.cargo(&TESTS).arg("--no-run"))?;
    let server = bench.checkout.server("debug");
    if server.is_file() {
        return Ok(());
    }
    Err(Failure::new(format!("{} was not built", server.display())))
}

fn rust(bench: &Bench) -> Outcome {
    let mut cargo = bench.checkout.cargo(&TESTS);
    command::run(cargo.env("TEST_POSTGRES_URL", bench.postgres()?.url()))
}

fn build_app(bench: &Bench) -> Outcome {
    let tools = bench
        .tools
        .as_ref()
        .ok_or_else(|| Failure::new("trunk was not installed"))?;
    app::build(&bench.checkout, tools, bench.npm_programs()?)?;
    Weight::of(&bench.checkout)?.check()
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
    fn the_usage_names_every_step() {
        for step in &STEPS {
            assert!(crate::args::USAGE.contains(step.name), "{}", step.name);
        }
    }
}
