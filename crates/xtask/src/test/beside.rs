//! Steps in a process of their own, beside those before them.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Child;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::test::step::Step;

/// A step that has been started and is waited for in its turn. What it prints is shown then.
pub struct Beside {
    name: &'static str,
    process: Child,
    log: PathBuf,
}

impl Beside {
    /// Which of the steps to start now: those that would otherwise wait for steps they do not need.
    pub fn among<'a>(steps: &'a [&'static Step]) -> impl Iterator<Item = &'static Step> + use<'a> {
        steps.iter().skip(1).copied().filter(|step| step.beside)
    }

    /// Starts a step as `cargo xtask test --only` would run it; it installs what it alone needs.
    pub fn start(checkout: &Checkout, step: &Step) -> Outcome<Self> {
        let folder = checkout.target().join("tmp");
        let log = folder.join(format!("step-{}.log", step.name));
        let failed = |error: std::io::Error| Failure::new(format!("{}: {error}", log.display()));
        fs::create_dir_all(&folder).map_err(failed)?;
        let file = File::create(&log).map_err(failed)?;
        let output = file.try_clone().map_err(failed)?;
        command::step(&format!(
            "Starting the step {} beside the others ({})",
            step.name,
            log.display()
        ));
        let program = std::env::current_exe().map_err(failed)?;
        let mut command = checkout.command(program);
        command.args(["test", "--only", step.name]);
        let process = command
            .stdout(output)
            .stderr(file)
            .spawn()
            .map_err(failed)?;
        Ok(Self {
            name: step.name,
            process,
            log,
        })
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Waits until it has ended, and shows what it has printed.
    pub fn wait(&mut self) -> Outcome {
        let failed =
            |error: std::io::Error| Failure::new(format!("{}: {error}", self.log.display()));
        let status = self.process.wait().map_err(failed)?;
        eprint!("{}", fs::read_to_string(&self.log).map_err(failed)?);
        if status.success() {
            return Ok(());
        }
        Err(Failure::new(format!("it ended with {status}")))
    }
}
