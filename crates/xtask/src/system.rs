//! Packages of the operating system. They are installed only as root and with apt, named first;
//! otherwise the reader is told which command to run.

use std::process::Command;

use crate::command;
use crate::failure::{Failure, Outcome};

/// A Debian package that something here needs.
pub struct Package {
    /// Its name in Debian.
    pub name: &'static str,
    /// What it is needed for.
    pub why: &'static str,
    /// Whether what we need of it is already on this machine.
    pub found: bool,
}

/// Installs the packages that are missing.
pub fn ensure(packages: &[Package]) -> Outcome {
    let missing: Vec<&Package> = packages.iter().filter(|package| !package.found).collect();
    if missing.is_empty() {
        return Ok(());
    }
    command::step("These packages of the system are missing:");
    for package in &missing {
        eprintln!("      {}: {}", package.name, package.why);
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let install = format!(
        "apt-get install --no-install-recommends {}",
        names.join(" ")
    );
    if command::on_path("apt-get").is_none() {
        return Err(
            Failure::new(format!("missing: {}", names.join(", "))).remedy(
                "install them with your system's package manager (the names are Debian's), \
             then start again",
            ),
        );
    }
    if !is_root() {
        return Err(Failure::new(format!("missing: {}", names.join(", ")))
            .remedy(format!("run `sudo {install}`, then start again")));
    }
    command::step("Installing them with apt");
    let network = |failure: Failure| {
        failure.remedy(format!(
            "check the network and apt's sources, then run `{install}`"
        ))
    };
    command::run(Command::new("apt-get").args(["update", "-q"])).map_err(network)?;
    command::run(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-q", "-y", "--no-install-recommends"])
            .args(&names),
    )
    .map_err(network)
}

/// Whether this process runs as root.
pub fn is_root() -> bool {
    command::read(Command::new("id").arg("-u")).as_deref() == Some("0")
}
