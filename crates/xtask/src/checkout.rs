//! Where things are: the checkout, the build folder, the tool cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::version;

/// The checkout these commands work on.
pub struct Checkout {
    root: PathBuf,
    target: PathBuf,
}

impl Checkout {
    /// Finds the checkout from the place of this package in it.
    pub fn find() -> Outcome<Self> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .ancestors()
            .nth(2)
            .ok_or_else(|| Failure::new("start this as `cargo xtask` from the checkout"))?
            .to_path_buf();
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let target = std::path::absolute(&target).unwrap_or(target);
        Ok(Self { root, target })
    }

    /// A path in the checkout.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo's build folder.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The built app.
    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The server's program file in a build profile's folder.
    pub fn server(&self, profile_folder: &str) -> PathBuf {
        let name = format!("tandem-server{}", std::env::consts::EXE_SUFFIX);
        self.target.join(profile_folder).join(name)
    }

    /// A file's text.
    pub fn read(&self, relative: &str) -> Outcome<String> {
        fs::read_to_string(self.path(relative))
            .map_err(|error| Failure::new(format!("could not read {relative}: {error}")))
    }

    /// The version of a package in Cargo.lock.
    pub fn locked(&self, package: &str) -> Outcome<String> {
        let lock = self.read("Cargo.lock")?;
        version::locked(&lock, package)
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("Cargo.lock names no {package}")))
    }

    /// A command that starts at the top of the checkout.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// A cargo command.
    pub fn cargo(&self, words: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(words);
        command
    }
}

/// The folder that keeps the tools between checkouts.
pub fn tool_cache() -> Outcome<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    folder("TANDEM_TOOLS")
        .map(PathBuf::from)
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| PathBuf::from(cache).join("tandem/tools")))
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache/tandem/tools")))
        .ok_or_else(|| {
            Failure::new("there is no home folder to keep tools in")
                .remedy("set TANDEM_TOOLS to a folder")
        })
}
