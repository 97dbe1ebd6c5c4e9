//! What must be there before anything is built: Rust, the wasm target, a C compiler.

use std::path::Path;
use std::process::Command;

use crate::checkout::Checkout;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::system::{self, Package};
use crate::version::{self, Version};

const WASM: &str = "wasm32-unknown-unknown";

/// Checks Rust and the C compiler, and adds the wasm target if it is missing.
pub fn ensure(checkout: &Checkout) -> Outcome {
    command::step("Checking Rust, its wasm target and a C compiler");
    ensure_rust(checkout)?;
    ensure_wasm_target()?;
    system::ensure(&[Package {
        name: "build-essential",
        why: "the C compiler that the database's parts are built with",
        found: command::on_path("cc").is_some(),
    }])
}

fn ensure_rust(checkout: &Checkout) -> Outcome {
    let manifest = checkout.read("Cargo.toml")?;
    let asked = version::asked_of_rust(&manifest)
        .ok_or_else(|| Failure::new("Cargo.toml names no rust-version"))?;
    let printed = command::read(Command::new("rustc").arg("--version")).unwrap_or_default();
    let found = version::printed(&printed)
        .and_then(Version::parse)
        .ok_or_else(|| {
            Failure::new("rustc does not answer").remedy("install Rust from https://rustup.rs")
        })?;
    if found >= asked {
        return Ok(());
    }
    Err(Failure::new(format!(
        "Tandem needs Rust {asked} or newer; this is {found}"
    ))
    .remedy("run `rustup update stable`, then start again"))
}

fn ensure_wasm_target() -> Outcome {
    let sysroot = command::read(Command::new("rustc").args(["--print", "sysroot"]))
        .ok_or_else(|| Failure::new("rustc does not say where its libraries are"))?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    command::step("Adding the wasm target to Rust");
    let added = command::run(Command::new("rustup").args(["target", "add", WASM]));
    added.map_err(|failure| {
        failure.remedy(format!(
            "check the network and run `rustup target add {WASM}`; a Rust that did not come from \
             rustup has the target in a package of its own (Debian: libstd-rust-dev-wasm32)"
        ))
    })
}
