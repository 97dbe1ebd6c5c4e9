//! Builds the browser app into `dist`, in release: in parts, with every file compressed beforehand.

mod weight;

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::tool::Tools;

pub use crate::app::weight::Weight;

/// What the app is built from. A change in any of it builds the app anew.
const INPUTS: [&str; 15] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "index.html",
    "src",
    "style",
    "public",
    "crates/matching",
    "crates/domain",
    "crates/api",
    "crates/solver",
    "crates/xtask/src/app.rs",
    "crates/xtask/src/parts.rs",
    "crates/xtask/src/tool.rs",
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
    eprintln!("{}", Weight::of(checkout)?);
    fs::write(&stamp, print)
        .map_err(|error| Failure::new(format!("could not write {}: {error}", stamp.display())))
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
