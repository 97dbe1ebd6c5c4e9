//! The checks, in the order they run.

use crate::app::{self, Weight};
use crate::calendars;
use crate::command;
use crate::e2e::{self, Database};
use crate::failure::{Failure, Outcome};
use crate::test::bench::{Bench, Need};

/// A check.
pub struct Step {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What it looks at.
    pub about: &'static str,
    /// What to type to mend it or to look at it alone.
    pub fix: &'static str,
    /// What has to be installed or started before.
    pub needs: &'static [Need],
    /// The steps whose results it uses.
    pub after: &'static [&'static str],
    /// Whether it may run beside the steps before it: it waits for none of them, and for most of its
    /// time one core of two has nothing to do.
    pub beside: bool,
    /// Does it.
    pub run: fn(&Bench) -> Outcome,
}

/// All of them. What fails fast comes first.
pub const STEPS: [Step; 14] = [
    Step {
        name: "fmt",
        about: "Rust is formatted",
        fix: "cargo fmt --all",
        needs: &[],
        after: &[],
        beside: false,
        run: |bench| command::run(&mut bench.checkout.cargo(&["fmt", "--all", "--check"])),
    },
    Step {
        name: "prettier",
        about: "CSS and JavaScript are formatted",
        fix: "tests/e2e/node_modules/.bin/prettier --write style tests bench src/loader.js",
        needs: &[Need::Npm],
        after: &[],
        beside: false,
        run: prettier,
    },
    Step {
        name: "clippy",
        about: "lints on this machine's target",
        fix: "cargo clippy --workspace --all-targets",
        needs: &[Need::Rust],
        after: &[],
        beside: false,
        run: |bench| clippy(bench, &["--workspace", "--all-targets"]),
    },
    Step {
        name: "clippy-wasm",
        about: "lints of the app on wasm",
        fix: "cargo clippy -p tandem --target wasm32-unknown-unknown",
        needs: &[Need::Rust],
        after: &[],
        beside: false,
        run: |bench| {
            clippy(
                bench,
                &["-p", "tandem", "--target", "wasm32-unknown-unknown"],
            )
        },
    },
    Step {
        name: "doc",
        about: "the documentation's links lead somewhere",
        fix: "cargo doc --workspace --no-deps",
        needs: &[Need::Rust],
        after: &[],
        beside: false,
        run: doc,
    },
    Step {
        name: "build",
        about: "the server and all tests build",
        fix: "cargo test --workspace --no-run",
        needs: &[Need::Rust],
        after: &[],
        beside: false,
        run: build,
    },
    Step {
        name: "rust",
        about: "unit, property, structure and server tests, on SQLite",
        fix: "cargo xtask test --only build,rust",
        needs: &[Need::Rust],
        after: &["build"],
        beside: false,
        run: |bench| command::run(bench.checkout.cargo(&TESTS).env_remove(POSTGRES)),
    },
    Step {
        name: "rust-postgres",
        about: "the server tests again, on PostgreSQL",
        fix: "cargo xtask test --only build,rust-postgres",
        needs: &[Need::Rust, Need::Postgres],
        after: &["build"],
        beside: false,
        run: rust_postgres,
    },
    Step {
        name: "calendars",
        about: "five parsers of other people read the calendar files alike",
        fix: "cargo xtask test --only build,rust,calendars",
        needs: &[Need::Npm, Need::Python],
        after: &["rust"],
        beside: false,
        run: |bench| calendars::read(&bench.checkout),
    },
    Step {
        name: "components",
        about: "the building blocks drawn without a browser",
        fix: "cargo xtask test --only components",
        needs: &[Need::Rust],
        after: &[],
        beside: false,
        run: components,
    },
    Step {
        name: "conformance",
        about: "the form engine decides the same in WebAssembly, and as survey-core does",
        fix: "CASES=20000 node --test tests/oracle/*.mjs",
        needs: &[Need::Rust, Need::Npm, Need::Oracle],
        after: &["build"],
        beside: false,
        run: conformance,
    },
    Step {
        name: "app",
        about: "the app builds and its wasm is small enough",
        fix: "cargo xtask test --only app",
        needs: &[Need::Rust, Need::Npm, Need::Tools],
        after: &[],
        beside: true,
        run: build_app,
    },
    Step {
        name: "e2e",
        about: "the app in Chromium against the server on SQLite",
        fix: "cargo xtask test --only app,e2e --spec PART-OF-THE-FILE-NAME",
        needs: &[Need::Npm, Need::Oracle, Need::Browser, Need::Server],
        after: &["build", "app"],
        beside: false,
        run: |bench| browser(bench, &Database::Sqlite),
    },
    Step {
        name: "e2e-postgres",
        about: "the walks again, against the server on PostgreSQL",
        fix: "cargo xtask test --only app,e2e-postgres",
        needs: &[Need::Npm, Need::Browser, Need::Server, Need::Postgres],
        after: &["build", "app"],
        beside: false,
        run: |bench| {
            let url = bench.postgres()?.url();
            browser(bench, &Database::Postgres(&url))
        },
    },
];

fn browser(bench: &Bench, database: &Database<'_>) -> Outcome {
    for name in e2e::run(&bench.checkout, database, bench.spec.as_deref())? {
        bench.remark(format!(
            "{name} failed at first and passed when it ran again"
        ));
    }
    Ok(())
}

fn prettier(bench: &Bench) -> Outcome {
    let mut prettier = bench
        .checkout
        .command(bench.npm_programs()?.join("prettier"));
    command::run(prettier.args([
        "--check",
        "--log-level=warn",
        "style/**/*.css",
        "tests/e2e/**/*.{mjs,json}",
        "tests/{oracle,mutants}/*.{mjs,json}",
        "bench/**/*.{mjs,jsx,json}",
        "src/loader.js",
        "crates/xtask/src/*.mjs",
    ]))
}

fn clippy(bench: &Bench, which: &[&str]) -> Outcome {
    let mut cargo = bench.checkout.cargo(&["clippy", "--locked"]);
    command::run(cargo.args(which).args(["--", "-D", "warnings"]))
}

fn doc(bench: &Bench) -> Outcome {
    let mut cargo = bench
        .checkout
        .cargo(&["doc", "--workspace", "--no-deps", "--locked", "-q"]);
    command::run(cargo.env("RUSTDOCFLAGS", "-D warnings"))
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

/// Says where tests find a PostgreSQL.
const POSTGRES: &str = "TEST_POSTGRES_URL";

/// Whatever opens a database. All packages once more, so that nothing is built with other features.
fn rust_postgres(bench: &Bench) -> Outcome {
    let mut cargo = bench.checkout.cargo(&TESTS);
    cargo.args(["--test", "api", "--test", "process", "--test", "faults"]);
    command::run(cargo.env(POSTGRES, bench.postgres()?.url()))
}

/// Drawing to text is a feature that the app itself does not have.
fn components(bench: &Bench) -> Outcome {
    let words = ["test", "-p", "tandem", "--locked", "--test", "components"];
    let mut cargo = bench.checkout.cargo(&words);
    command::run(cargo.args(["--no-default-features", "--features", "ssr"]))
}

/// The short form: enough cases that a rule which differs shows within seconds.
fn conformance(bench: &Bench) -> Outcome {
    let mut node = bench.checkout.command("node");
    node.args(["--test", "--test-concurrency=1", "--test-reporter=tap"])
        .args(["same-in-wasm.mjs", "surveyjs.mjs"].map(|file| format!("tests/oracle/{file}")));
    command::run(node.env("CASES", "600"))
}

fn build_app(bench: &Bench) -> Outcome {
    app::build(&bench.checkout, bench.tools()?, bench.npm_programs()?)?;
    Weight::of(&bench.checkout)?.check()
}
