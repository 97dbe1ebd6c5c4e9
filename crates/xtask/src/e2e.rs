//! The browser tests: Node's test runner drives Chromium against the real server.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::thread;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::system::Package;

/// Chromium from Debian, or what stands for it on other systems. Without a window to draw it does
/// the same for a quarter less.
const BROWSERS: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "chrome",
];

/// The database that the tested server uses.
pub enum Database<'a> {
    /// One file for each server.
    Sqlite,
    /// A new database for each server, made through this address.
    Postgres(&'a str),
}

/// The browser as a package of the system.
pub fn browser_package() -> Package {
    let why = "the browser of the end-to-end tests (TANDEM_CHROMIUM may name another)";
    Package {
        name: "chromium-headless-shell",
        why,
        found: browser().is_some(),
    }
}

fn browser() -> Option<PathBuf> {
    std::env::var_os("TANDEM_CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| BROWSERS.into_iter().find_map(command::on_path))
}

/// So many files that failed are run again; more are no accident.
const FEW: usize = 3;

/// So many files run side by side at most: each has a browser and a server of its own.
const MOST_AT_ONCE: usize = 4;

/// Runs the browser tests whose names hold `spec`, several files at once, and what failed a second
/// time, one file after the other. What passes only then is answered: it is unsteady and waits to be
/// mended, but holds up nobody else's work.
pub fn run(
    checkout: &Checkout,
    database: &Database<'_>,
    spec: Option<&str>,
) -> Outcome<Vec<String>> {
    let specs = specs(checkout, database, spec)?;
    let failures = checkout.target().join("tmp/failed-browser-tests");
    // One more than there are cores: a page that waits leaves its core to another.
    let at_once = thread::available_parallelism().map_or(1, usize::from) + 1;
    let at_once = at_once.min(MOST_AT_ONCE);
    let Err(failure) = run_files(checkout, database, &specs, &failures, at_once) else {
        return Ok(Vec::new());
    };
    let failed = failed_files(&fs::read_to_string(&failures).unwrap_or_default());
    if failed.is_empty() || failed.len() > FEW {
        return Err(failure);
    }
    let names = failed.iter().filter_map(|file| file.file_name());
    let names: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    command::step(&format!("once more: {}", names.join(", ")));
    run_files(checkout, database, &failed, &failures, 1)?;
    Ok(names)
}

/// Runs these files, so many at once; those in which something failed are written to `failures`.
fn run_files(
    checkout: &Checkout,
    database: &Database<'_>,
    specs: &[PathBuf],
    failures: &Path,
    at_once: usize,
) -> Outcome {
    let browser = browser().ok_or_else(|| Failure::new("there is no Chromium"))?;
    if let Some(folder) = failures.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
    }
    let reporter = if std::io::stdout().is_terminal() {
        "spec"
    } else {
        "tap"
    };
    let listing = checkout.path("tests/e2e/failed-files.mjs");
    let mut node = checkout.command("node");
    node.arg("--test")
        .arg(format!("--test-concurrency={at_once}"))
        .arg(format!("--test-reporter={reporter}"))
        .arg("--test-reporter-destination=stdout")
        .arg(format!("--test-reporter={}", listing.display()))
        .arg(format!(
            "--test-reporter-destination={}",
            failures.display()
        ))
        .args(specs)
        .env("TANDEM_SERVER", checkout.server("debug"))
        .env("TANDEM_WEB", checkout.dist())
        .env("TANDEM_CHROMIUM", browser)
        .env_remove("TANDEM_POSTGRES_URL");
    if let Database::Postgres(url) = database {
        node.env("TANDEM_POSTGRES_URL", url);
    }
    command::run(&mut node)
}

/// Each file once, in the order in which they failed.
fn failed_files(listed: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for file in listed.lines().map(PathBuf::from) {
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

fn specs(
    checkout: &Checkout,
    database: &Database<'_>,
    spec: Option<&str>,
) -> Outcome<Vec<PathBuf>> {
    let folder = checkout.path("tests/e2e");
    let mut specs: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|file| {
            let name = file
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            is_wanted(name, database, spec)
        })
        .collect();
    specs.sort();
    if specs.is_empty() {
        return Err(Failure::new("no browser test has such a name"));
    }
    Ok(specs)
}

/// Against PostgreSQL run the page as such and the walks: what they save goes through every table.
fn is_wanted(name: &str, database: &Database<'_>, spec: Option<&str>) -> bool {
    let is_for_database = match database {
        Database::Sqlite => true,
        Database::Postgres(_) => name.starts_with("page.") || name.starts_with("walk-"),
    };
    name.ends_with(".spec.mjs") && is_for_database && spec.is_none_or(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spec_files_of_the_asked_name_run() {
        let sqlite = Database::Sqlite;
        assert!(is_wanted("walk-apply.spec.mjs", &sqlite, None));
        assert!(is_wanted("walk-apply.spec.mjs", &sqlite, Some("apply")));
        assert!(!is_wanted("walk-apply.spec.mjs", &sqlite, Some("board")));
        assert!(!is_wanted("support.mjs", &sqlite, None));
    }

    #[test]
    fn a_file_in_which_two_tests_failed_is_run_again_once() {
        let files = failed_files("/a/walk.spec.mjs\n/a/page.spec.mjs\n/a/walk.spec.mjs\n");
        let expected = ["/a/walk.spec.mjs", "/a/page.spec.mjs"].map(PathBuf::from);
        assert_eq!(files, expected);
        assert!(failed_files("").is_empty());
    }

    #[test]
    fn the_walks_run_against_postgresql_too() {
        let postgres = Database::Postgres("postgres://localhost");
        assert!(is_wanted("walk-apply.spec.mjs", &postgres, None));
        assert!(is_wanted("page.spec.mjs", &postgres, None));
        assert!(!is_wanted("pictures.spec.mjs", &postgres, None));
    }
}
