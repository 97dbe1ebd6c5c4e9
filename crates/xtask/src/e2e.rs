//! The browser tests: Node's test runner drives Chromium against the real server.

use std::fs;
use std::io::IsTerminal;
use std::path::PathBuf;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::system::Package;

/// Chromium from Debian, or what stands for it on other systems.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

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
        name: "chromium",
        why,
        found: browser().is_some(),
    }
}

fn browser() -> Option<PathBuf> {
    std::env::var_os("TANDEM_CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| BROWSERS.into_iter().find_map(command::on_path))
}

/// Runs the browser tests whose names hold `spec`.
pub fn run(checkout: &Checkout, database: &Database<'_>, spec: Option<&str>) -> Outcome {
    let specs = specs(checkout, database, spec)?;
    let browser = browser().ok_or_else(|| Failure::new("there is no Chromium"))?;
    let reporter = if std::io::stdout().is_terminal() {
        "spec"
    } else {
        "tap"
    };
    let mut node = checkout.command("node");
    node.args([
        "--test",
        "--test-concurrency=1",
        &format!("--test-reporter={reporter}"),
    ])
    .args(&specs)
    .env("TANDEM_SERVER", checkout.server("debug"))
    .env("TANDEM_WEB", checkout.dist())
    .env("TANDEM_CHROMIUM", browser)
    .env_remove("TANDEM_POSTGRES_URL");
    if let Database::Postgres(url) = database {
        node.env("TANDEM_POSTGRES_URL", url);
    }
    command::run(&mut node)
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
    fn the_walks_run_against_postgresql_too() {
        let postgres = Database::Postgres("postgres://localhost");
        assert!(is_wanted("walk-apply.spec.mjs", &postgres, None));
        assert!(is_wanted("page.spec.mjs", &postgres, None));
        assert!(!is_wanted("pictures.spec.mjs", &postgres, None));
    }
}
