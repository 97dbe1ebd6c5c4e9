//! `cargo xtask run`: from a fresh checkout to a running Tandem.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::args::RunOptions;
use crate::checkout::Checkout;
use crate::failure::{Failure, Outcome};
use crate::{app, command, npm, tool, toolchain};

/// Installs what is missing, builds, and turns into the server.
pub fn run(options: &RunOptions) -> Outcome {
    let started = Instant::now();
    let checkout = Checkout::find()?;
    ensure_free(options.port)?;
    toolchain::ensure(&checkout)?;
    let npm_programs = npm::ensure(&checkout)?;
    let tools = tool::ensure(&checkout)?;
    app::build(&checkout, &tools, &npm_programs)?;
    command::step("Building the server (release)");
    command::run(&mut checkout.cargo(&["build", "--release", "-p", "tandem-server"]))?;
    let server = checkout.server("release");
    let data = data_folder(&checkout, options.data.as_deref());
    if options.demo {
        seed_demo(&checkout, &server, &data)?;
    }
    command::step(&format!(
        "Ready after {} s, starting the server",
        started.elapsed().as_secs()
    ));
    eprintln!("{}", welcome(options, &server, &data));
    let mut serve = checkout.command(&server);
    serve
        .arg("serve")
        .args(["--bind", &format!("127.0.0.1:{}", options.port)])
        .arg("--data")
        .arg(&data)
        .arg("--web")
        .arg(checkout.dist())
        .args(["--public-url", &address(options.port)]);
    if let Some(url) = &options.database_url {
        serve.args(["--database-url", url]);
    }
    become_the(serve)
}

/// Fails early, with a remedy, if another program listens on the port.
pub fn ensure_free(port: u16) -> Outcome {
    TcpListener::bind(("127.0.0.1", port))
        .map(drop)
        .map_err(|error| {
            Failure::new(format!(
                "cannot listen on port {port} of 127.0.0.1: {error}"
            ))
            .remedy("stop the program that uses it, or choose another with `--port`")
        })
}

/// The folder that keeps the database.
pub fn data_folder(checkout: &Checkout, chosen: Option<&Path>) -> PathBuf {
    let folder = chosen.map_or_else(|| checkout.path(".data"), Path::to_path_buf);
    std::path::absolute(&folder).unwrap_or(folder)
}

/// Fills a new data folder with the demo program; an existing one is left as it is.
///
/// The folder gets its name only when it is complete, so an interrupted start leaves no half demo.
pub fn seed_demo(checkout: &Checkout, server: &Path, data: &Path) -> Outcome {
    let is_new = fs::read_dir(data).map_or(true, |mut entries| entries.next().is_none());
    if !is_new {
        return Ok(());
    }
    command::step(&format!("Filling {} with the demo program", data.display()));
    let mut name = data.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    let unfinished = data.with_file_name(name);
    let failed = |error: std::io::Error| {
        Failure::new(format!("could not make {}: {error}", data.display()))
            .remedy("choose a folder you may write to with `--data`")
    };
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(failed)?;
    }
    fs::create_dir_all(&unfinished).map_err(failed)?;
    let mut seed = checkout.command(server);
    command::run(seed.args(["seed", "--demo", "--data"]).arg(&unfinished))?;
    if data.exists() {
        fs::remove_dir(data).map_err(failed)?;
    }
    fs::rename(&unfinished, data).map_err(failed)
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn welcome(options: &RunOptions, server: &Path, data: &Path) -> String {
    let address = address(options.port);
    let sign_in = if options.demo {
        format!(
            "Sign in   choose one of the demo accounts at {address}/sign-in (no password)\n  \
             Data      {} (delete it to start the demo anew)",
            data.display()
        )
    } else {
        let database = options.database_url.as_ref().map_or_else(
            || format!("--data {}", data.display()),
            |_| "--database-url …".into(),
        );
        format!(
            "Sign in   a one-time link for the first program officer comes from\n            \
             {} create-officer {database} --help",
            server.display()
        )
    };
    format!("\n  Tandem    {address}\n  {sign_in}\n  Stop      Ctrl-C\n")
}

/// Replaces this process by the server, so that one process runs and gets the signals.
#[cfg(unix)]
fn become_the(mut serve: Command) -> Outcome {
    use std::os::unix::process::CommandExt;

    let error = serve.exec();
    Err(Failure::new(format!("could not start the server: {error}")))
}

/// Waits for the server.
#[cfg(not(unix))]
fn become_the(mut serve: Command) -> Outcome {
    command::run(&mut serve)
}
