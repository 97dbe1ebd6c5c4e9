//! The project's own commands: `cargo xtask run`, `cargo xtask test` and `cargo xtask dev`, and
//! `cargo xtask parts`, with which trunk ends a build.
//!
//! Knows the checkout and the tools on this machine; depends on no crate of the project, so that
//! it compiles in seconds on a machine that has nothing but Rust.

mod app;
mod args;
mod calendars;
mod checkout;
mod command;
mod dev;
mod e2e;
mod failure;
mod npm;
mod parts;
mod postgres;
mod run;
mod summary;
mod system;
mod test;
mod tool;
mod toolchain;
mod version;

use std::io::Write;
use std::process::ExitCode;

use crate::args::Task;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args::parse(&words) {
        Ok(Task::Help) => {
            return match writeln!(std::io::stdout(), "{}", args::USAGE) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::FAILURE,
            };
        }
        Ok(Task::Run(options)) => run::run(&options),
        Ok(Task::Test(options)) => test::run(&options),
        Ok(Task::Dev(options)) => dev::run(&options),
        Ok(Task::Parts) => parts::finish(),
        Err(message) => {
            eprintln!("{message}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
