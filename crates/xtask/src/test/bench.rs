//! What the steps work with: installed and started as far as the chosen steps need it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::args::TestOptions;
use crate::calendars;
use crate::checkout::Checkout;
use crate::command;
use crate::e2e;
use crate::failure::{Failure, Outcome};
use crate::postgres::{self, Postgres};
use crate::system::{self, Package};
use crate::test::step::Step;
use crate::tool::{self, Tools};
use crate::{npm, toolchain};

/// What a step may need before it can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Rust, its wasm target and a C compiler.
    Rust,
    /// The packages from npm.
    Npm,
    /// The form engine that ours is held against.
    Oracle,
    /// trunk and wasm-bindgen.
    Tools,
    /// A Python that makes environments.
    Python,
    /// Chromium.
    Browser,
    /// A running PostgreSQL.
    Postgres,
    /// The server's program.
    Server,
}

/// What the steps work with.
pub struct Bench {
    /// The sources.
    pub checkout: Checkout,
    /// A part of the names of the browser tests to run.
    pub spec: Option<String>,
    tools: Option<Tools>,
    npm_programs: Option<PathBuf>,
    postgres: Option<Postgres>,
    remarks: RefCell<Vec<String>>,
}

impl Bench {
    /// Installs and starts what the steps need, and nothing else.
    pub fn prepare(steps: &[&Step], options: &TestOptions) -> Outcome<Self> {
        let mut bench = Self {
            checkout: Checkout::find()?,
            spec: options.spec.clone(),
            tools: None,
            npm_programs: None,
            postgres: None,
            remarks: RefCell::default(),
        };
        let is_needed = |need| steps.iter().any(|step| step.needs.contains(&need));
        if is_needed(Need::Rust) || is_needed(Need::Server) {
            toolchain::ensure(&bench.checkout)?;
        }
        let mut packages = Vec::new();
        if is_needed(Need::Browser) {
            packages.push(e2e::browser_package());
        }
        if is_needed(Need::Postgres) {
            packages.push(postgres_package());
        }
        if is_needed(Need::Python) {
            packages.push(calendars::python_package());
        }
        system::ensure(&packages)?;
        if is_needed(Need::Npm) {
            bench.npm_programs = Some(npm::ensure(&bench.checkout)?);
        }
        if is_needed(Need::Oracle) {
            npm::ensure_oracle(&bench.checkout)?;
        }
        if is_needed(Need::Tools) {
            bench.tools = Some(tool::ensure(&bench.checkout)?);
        }
        // The step `build` builds the server as it builds the tests.
        if is_needed(Need::Server) && !steps.iter().any(|step| step.name == "build") {
            command::step("Building the server (dev)");
            command::run(&mut bench.checkout.cargo(&["build", "-p", "tandem-server"]))?;
        }
        if is_needed(Need::Postgres) {
            bench.postgres = Some(Postgres::start()?);
        }
        Ok(bench)
    }

    /// Notes what whoever reads the summary has to know although nothing failed.
    pub fn remark(&self, remark: String) {
        self.remarks.borrow_mut().push(remark);
    }

    /// What was noted.
    pub fn remarks(&self) -> Vec<String> {
        self.remarks.borrow().clone()
    }

    /// The running PostgreSQL.
    pub fn postgres(&self) -> Outcome<&Postgres> {
        self.postgres.as_ref().ok_or_else(|| missing("PostgreSQL"))
    }

    /// The folder of the programs from npm.
    pub fn npm_programs(&self) -> Outcome<&Path> {
        self.npm_programs
            .as_deref()
            .ok_or_else(|| missing("the packages from npm"))
    }

    /// The programs that build the app.
    pub fn tools(&self) -> Outcome<&Tools> {
        self.tools
            .as_ref()
            .ok_or_else(|| missing("trunk and wasm-bindgen"))
    }
}

fn missing(what: &str) -> Failure {
    Failure::new(format!("this step does not say that it needs {what}"))
}

fn postgres_package() -> Package {
    let why = "the second database that everything is tested on";
    Package {
        name: "postgresql",
        why,
        found: postgres::programs_folder().is_some(),
    }
}
