//! What comes from npm by its lock file: wasm-opt for the build; a driver for the browser, axe and
//! prettier for the tests.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::version::Version;

/// The oldest Node.js that the packages run on.
const NODE: &str = "20";

/// Installs the packages if they are not those of the lock file, and returns their programs' folder.
pub fn ensure(checkout: &Checkout) -> Outcome<PathBuf> {
    command::step("Checking Node.js and the packages from npm");
    ensure_node()?;
    let programs = checkout.path("tests/e2e/node_modules/.bin");
    if !programs.join("wasm-opt").exists() || !is_installed(checkout, "tests/e2e")? {
        install(checkout, "tests/e2e")?;
    }
    Ok(programs)
}

/// Installs the form engine that ours is held against, if it is not that of the lock file.
pub fn ensure_oracle(checkout: &Checkout) -> Outcome {
    if is_installed(checkout, "tests/oracle")? {
        return Ok(());
    }
    install(checkout, "tests/oracle")
}

fn stamp(checkout: &Checkout, folder: &str) -> PathBuf {
    checkout.path(folder).join("node_modules/.installed-from")
}

fn lock(checkout: &Checkout, folder: &str) -> Outcome<String> {
    checkout.read(&format!("{folder}/package-lock.json"))
}

fn is_installed(checkout: &Checkout, folder: &str) -> Outcome<bool> {
    let lock = lock(checkout, folder)?;
    let installed = fs::read_to_string(stamp(checkout, folder));
    Ok(installed.is_ok_and(|installed| installed == lock))
}

fn ensure_node() -> Outcome {
    let printed = command::read(Command::new("node").arg("--version")).unwrap_or_default();
    let is_enough = Version::parse(&printed)
        .zip(Version::parse(NODE))
        .is_some_and(|(found, asked)| found >= asked);
    if is_enough && command::on_path("npm").is_some() {
        return Ok(());
    }
    Err(
        Failure::new(format!("Node.js {NODE} or newer, with npm, is not there"))
            .remedy("install it from https://nodejs.org or with your system's package manager"),
    )
}

fn install(checkout: &Checkout, folder: &str) -> Outcome {
    command::step(&format!("Installing the packages of {folder} from npm"));
    let mut npm = Command::new("npm");
    npm.current_dir(checkout.path(folder)).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]);
    command::run(&mut npm).map_err(|failure| {
        failure.remedy(format!(
            "check the network, then run `npm ci --ignore-scripts` in {folder}"
        ))
    })?;
    let stamp = stamp(checkout, folder);
    fs::write(&stamp, lock(checkout, folder)?)
        .map_err(|error| Failure::new(format!("could not write {}: {error}", stamp.display())))
}
