//! `cargo xtask dev`: the app with hot reload, the API beside it.

use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use crate::args::DevOptions;
use crate::checkout::Checkout;
use crate::failure::{Failure, Outcome};
use crate::{command, npm, run, tool, toolchain};

/// Where Trunk.toml's proxy looks for the API.
const API_PORT: u16 = 8080;

/// Builds the server, starts it, and lets trunk build, serve and reload the app.
pub fn run(options: &DevOptions) -> Outcome {
    let checkout = Checkout::find()?;
    if options.port == API_PORT {
        return Err(Failure::new(format!("port {API_PORT} is the API's"))
            .remedy("choose another port for the app"));
    }
    run::ensure_free(API_PORT)?;
    run::ensure_free(options.port)?;
    toolchain::ensure(&checkout)?;
    let npm_programs = npm::ensure(&checkout)?;
    let tools = tool::ensure(&checkout)?;
    command::step("Building the server (dev)");
    command::run(&mut checkout.cargo(&["build", "-p", "tandem-server"]))?;
    let server = checkout.server("debug");
    let data = run::data_folder(&checkout, options.data.as_deref());
    if options.demo {
        run::seed_demo(&checkout, &server, &data)?;
    }
    let address = format!("http://127.0.0.1:{}", options.port);
    command::step(&format!("The app will be at {address} (stop with Ctrl-C)"));
    let mut serve = checkout.command(&server);
    serve
        .args([
            "serve",
            "--bind",
            &format!("127.0.0.1:{API_PORT}"),
            "--public-url",
            &address,
        ])
        .arg("--data")
        .arg(&data);
    let mut trunk = checkout.command(&tools.trunk);
    trunk
        .env(
            "PATH",
            command::path_with([tools.bindgen_folder.as_path(), &npm_programs])?,
        )
        .env_remove("NO_COLOR")
        .env("RUST_BACKTRACE", "0")
        .args([
            "serve",
            "--skip-version-check",
            "--port",
            &options.port.to_string(),
            "--dist",
        ])
        .arg(checkout.target().join("dev-dist"));
    run_both(serve, trunk)
}

/// Runs two programs until one of them ends, then ends the other.
fn run_both(first: Command, second: Command) -> Outcome {
    let mut first = Guard::start(first)?;
    let mut second = Guard::start(second)?;
    while !(first.has_ended()? || second.has_ended()?) {
        thread::sleep(Duration::from_millis(200));
    }
    Err(Failure::new(
        "the server or trunk has ended; its last lines say why",
    ))
}

/// A program that ends with its guard.
struct Guard(Child);

impl Guard {
    fn start(mut command: Command) -> Outcome<Self> {
        command
            .spawn()
            .map(Self)
            .map_err(|error| Failure::new(format!("could not start {command:?}: {error}")))
    }

    fn has_ended(&mut self) -> Outcome<bool> {
        let status = self.0.try_wait();
        status
            .map(|status| status.is_some())
            .map_err(|error| Failure::new(error.to_string()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Both fail only for a program that has ended already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
