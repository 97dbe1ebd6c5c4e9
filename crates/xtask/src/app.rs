//! Builds the browser app into `dist`, in release, with every file compressed beforehand.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::tool::Tools;

/// What the app is built from. A change in any of it builds the app anew.
const INPUTS: [&str; 11] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "src",
    "style",
    "public",
    "crates/domain",
    "crates/api",
    "crates/xtask/src/app.rs",
    "crates/xtask/src/precompress.mjs",
];

/// Builds the app, unless nothing has changed since `dist` was built.
///
/// `npm_programs` is the folder that holds wasm-opt.
pub fn build(checkout: &Checkout, tools: &Tools, npm_programs: &Path) -> Outcome {
    let stamp = checkout.target().join("xtask-app.stamp");
    let print = fingerprint(checkout);
    let is_current = fs::read_to_string(&stamp).is_ok_and(|last| last == print);
    if is_current && checkout.dist().join("index.html").is_file() {
        command::step("The app is built already, nothing changed");
        return Ok(());
    }
    command::step("Building the app (release wasm; the first time some minutes)");
    let path = command::path_with([tools.bindgen_folder.as_path(), npm_programs])?;
    let mut trunk = checkout.command(&tools.trunk);
    trunk
        .env("PATH", path)
        .env_remove("NO_COLOR")
        .env("RUST_BACKTRACE", "0")
        .args(["build", "--release", "--skip-version-check", "--dist"])
        .arg(checkout.dist());
    command::run(&mut trunk)?;
    command::step("Compressing the app's files");
    let script = checkout.path("crates/xtask/src/precompress.mjs");
    command::run(checkout.command("node").arg(script).arg(checkout.dist()))?;
    eprintln!("      {}", Weight::of(checkout)?);
    fs::write(&stamp, print)
        .map_err(|error| Failure::new(format!("could not write {}: {error}", stamp.display())))
}

/// What the wasm weighs.
pub struct Weight {
    plain: u64,
    gzip: u64,
    brotli: u64,
}

impl Weight {
    /// Weighs the wasm of the built app.
    pub fn of(checkout: &Checkout) -> Outcome<Self> {
        let no_app = || Failure::new("dist holds no wasm").remedy("build the app first");
        let wasm = fs::read_dir(checkout.dist())
            .map_err(|_| no_app())?
            .flatten()
            .map(|entry| entry.path())
            .find(|file| file.extension().is_some_and(|ending| ending == "wasm"))
            .ok_or_else(no_app)?;
        let size = |ending: &str| {
            let mut file = wasm.clone().into_os_string();
            file.push(ending);
            let file = PathBuf::from(file);
            fs::metadata(&file)
                .map(|data| data.len())
                .map_err(|error| Failure::new(format!("{}: {error}", file.display())))
        };
        Ok(Self {
            plain: size("")?,
            gzip: size(".gz")?,
            brotli: size(".br")?,
        })
    }

    /// Fails if the wasm is heavier than a slow connection should carry.
    pub fn check(&self) -> Outcome {
        if self.gzip <= GZIP_BUDGET {
            return Ok(());
        }
        Err(Failure::new(format!(
            "{self}; at most {} is allowed",
            kilobytes(GZIP_BUDGET)
        ))
        .remedy("look for a new dependency or a large generic with `cargo tree -p tandem`"))
    }
}

/// What the app may weigh today. The goal is 500 KB; until it is reached this is the present weight
/// with little room, so that nothing makes it heavier unnoticed.
const GZIP_BUDGET: u64 = 1_150_000;

impl std::fmt::Display for Weight {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [plain, gzip, brotli] = [self.plain, self.gzip, self.brotli].map(kilobytes);
        write!(f, "wasm: {gzip} gzip, {brotli} brotli, {plain} plain")
    }
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

/// Changes whenever one of the inputs does: names, lengths and times of all of them.
fn fingerprint(checkout: &Checkout) -> String {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&checkout.path(input), &mut files);
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn collect(path: &Path, files: &mut Vec<(PathBuf, u64, Option<SystemTime>)>) {
    let Ok(data) = fs::metadata(path) else { return };
    if data.is_file() {
        files.push((path.to_path_buf(), data.len(), data.modified().ok()));
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_in_thousands_of_bytes() {
        assert_eq!(kilobytes(80_065), "80.0 KB");
        assert_eq!(kilobytes(499_999), "499.9 KB");
        assert_eq!(kilobytes(999), "0.9 KB");
    }

    #[test]
    fn the_budget_is_on_the_gzip_size() {
        let weight = |gzip| Weight {
            plain: 2_000_000,
            gzip,
            brotli: 300_000,
        };
        assert!(weight(GZIP_BUDGET).check().is_ok());
        assert!(weight(GZIP_BUDGET + 1).check().is_err());
    }
}
