//! Calendar files, as the server's tests write them, read by the parsers of other people: ical.js
//! from npm, and four from `PyPI`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::system::Package;

/// Where the parsers are listed, and how they are run.
const FOLDER: &str = "tests/calendars";

/// Reads every file with every parser.
pub fn read(checkout: &Checkout) -> Outcome {
    let files = files(checkout)?;
    let folder = checkout.path(FOLDER);
    if !folder.join("node_modules/ical.js").exists() {
        let words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        command::run(Command::new("npm").current_dir(&folder).args(words))?;
    }
    command::run(
        Command::new("node")
            .arg(folder.join("parse.mjs"))
            .args(&files),
    )?;
    let python = python(checkout)?;
    command::run(
        Command::new(python)
            .arg(folder.join("parse.py"))
            .args(&files),
    )
}

/// The Python that four of the parsers are written in.
pub fn python_package() -> Package {
    let makes_environments =
        command::read(Command::new("python3").args(["-c", "import ensurepip"]));
    Package {
        name: "python3-venv",
        why: "the calendar parsers of other people",
        found: makes_environments.is_some(),
    }
}

fn files(checkout: &Checkout) -> Outcome<Vec<PathBuf>> {
    let folder = checkout.target().join("tmp/calendars");
    let found = fs::read_dir(&folder).into_iter().flatten().flatten();
    let files = found.map(|entry| entry.path());
    let is_calendar = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "ics");
    let mut files: Vec<PathBuf> = files.filter(is_calendar).collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(format!(
            "the server's tests wrote no file to {}",
            folder.display()
        )));
    }
    Ok(files)
}

/// A Python of its own with the parsers of the list, made anew when the list changes.
fn python(checkout: &Checkout) -> Outcome<PathBuf> {
    let list = checkout.read("tests/calendars/requirements.txt")?;
    let home = checkout.target().join("calendar-parsers");
    let (python, stamp) = (home.join("bin/python"), home.join("installed-from"));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == list) {
        return Ok(python);
    }
    command::step("Installing the calendar parsers from PyPI");
    command::run(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&home),
    )
    .map_err(|failure| failure.remedy("install your system's package for Python's venv"))?;
    let listed = checkout.path("tests/calendars/requirements.txt");
    let words = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ];
    command::run(Command::new(&python).args(words).arg(listed))
        .map_err(|failure| failure.remedy("check the network, then try again"))?;
    fs::write(&stamp, list)
        .map_err(|error| Failure::new(format!("could not write {}: {error}", stamp.display())))?;
    Ok(python)
}
