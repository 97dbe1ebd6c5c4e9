//! Starting other programs: announced, with their own output, and with a plain failure.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};

/// Names the step that begins now.
pub fn step(what: &str) {
    eprintln!("==> {what}");
}

/// Runs a program with its output shown and fails if the program fails.
pub fn run(command: &mut Command) -> Outcome {
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("could not start {}: {error}", words(command))))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} ended with {status}",
        words(command)
    )))
}

/// What a program prints, trimmed, or `None` if it is missing or fails.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The command as a person would type it.
fn words(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The file of a program on `PATH`.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

/// `PATH` with some folders put in front.
pub fn path_with<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Outcome<OsString> {
    let before = std::env::var_os("PATH").unwrap_or_default();
    let folders = folders.into_iter().map(Path::to_path_buf);
    std::env::join_paths(folders.chain(std::env::split_paths(&before)))
        .map_err(|error| Failure::new(format!("a folder cannot stand in PATH: {error}")))
}
