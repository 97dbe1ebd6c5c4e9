//! What comes from npm by its lock file: wasm-opt for the build; a driver for the browser, axe and
//! prettier for the tests.

use std::fs;
use std::path::{Path, PathBuf};
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
    let folder = checkout.path("tests/e2e");
    let lock = checkout.read("tests/e2e/package-lock.json")?;
    let programs = folder.join("node_modules/.bin");
    let stamp = folder.join("node_modules/.installed-from");
    let is_current = fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock);
    if is_current && programs.join("wasm-opt").exists() {
        return Ok(programs);
    }
    install(&folder)?;
    fs::write(&stamp, lock)
        .map_err(|error| Failure::new(format!("could not write {}: {error}", stamp.display())))?;
    Ok(programs)
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

fn install(folder: &Path) -> Outcome {
    command::step("Installing the packages from npm");
    let mut npm = Command::new("npm");
    npm.current_dir(folder)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    command::run(&mut npm).map_err(|failure| {
        failure.remedy("check the network, then run `npm ci --ignore-scripts` in tests/e2e")
    })
}
