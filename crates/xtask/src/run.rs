//! `cargo xtask run`: from a fresh checkout to a running Tandem.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::args::RunOptions;
use crate::checkout::Checkout;
use crate::failure::{Failure, Outcome};
use crate::summary::spoken;
use crate::{app, command, npm, tool, toolchain};

/// Says in a data folder that it was filled with the demo, for the words at the start only: what
/// the server may do is decided by the mark in its database.
const DEMO_NOTE: &str = "filled-with-the-demo";

/// Installs what is missing, builds, and turns into the server.
pub fn run(options: &RunOptions) -> Outcome {
    let started = Instant::now();
    let checkout = Checkout::find()?;
    ensure_free(options.port)?;
    toolchain::ensure(&checkout)?;
    let npm_programs = npm::ensure(&checkout)?;
    let tools = tool::ensure(&checkout)?;
    app::build(&checkout, &tools, &npm_programs)?;
    command::step("Building the server (release; the first time some minutes)");
    command::run(&mut checkout.cargo(&["build", "--release", "-p", "tandem-server"]))?;
    let server = checkout.server("release");
    let data = data_folder(&checkout, options.data.as_deref());
    if options.demo {
        seed_demo(&checkout, &server, &data)?;
    }
    command::step(&format!(
        "Ready after {}, starting the server",
        spoken(started.elapsed())
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
    fs::write(unfinished.join(DEMO_NOTE), "").map_err(failed)?;
    if data.exists() {
        fs::remove_dir(data).map_err(failed)?;
    }
    fs::rename(&unfinished, data).map_err(failed)
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// What a person needs to know to begin.
fn welcome(options: &RunOptions, server: &Path, data: &Path) -> String {
    let address = address(options.port);
    let is_demo = options.database_url.is_none() && data.join(DEMO_NOTE).exists();
    let sign_in = if is_demo {
        format!("choose one of the demo accounts at {address}/demo, no password")
    } else {
        let place = match options.database_url {
            Some(_) => "--database-url URL".to_owned(),
            None => format!("--data {}", data.display()),
        };
        format!(
            "make the first officer and a link to sign in once with\n            \
             {} create-officer {place} --public-url {address} \\\n              \
             --email you@example.org --name \"Your Name\"",
            server.display()
        )
    };
    let kept = match options.database_url {
        Some(_) => "in the database of --database-url".to_owned(),
        None if is_demo => format!("{} (delete it to start the demo anew)", data.display()),
        None => data.display().to_string(),
    };
    format!(
        "\n  Tandem    {address}\n  Sign in   {sign_in}\n  Data      {kept}\n  Stop      Ctrl-C\n"
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_the_demo_names_no_demo_accounts() {
        let options = RunOptions {
            port: 9000,
            data: None,
            database_url: None,
            demo: true,
        };
        let words = welcome(
            &options,
            Path::new("tandem-server"),
            Path::new("/no/such/folder"),
        );
        assert!(
            words.contains("create-officer --data /no/such/folder"),
            "{words}"
        );
        assert!(!words.contains("demo accounts"), "{words}");
    }

    #[test]
    fn the_address_of_a_database_is_not_shown() {
        let database_url = Some("postgres://me:secret@db/tandem".to_owned());
        let options = RunOptions {
            port: 9000,
            data: None,
            database_url,
            demo: false,
        };
        let words = welcome(&options, Path::new("tandem-server"), Path::new("data"));
        assert!(
            words.contains("--database-url URL") && !words.contains("secret"),
            "{words}"
        );
    }
}
