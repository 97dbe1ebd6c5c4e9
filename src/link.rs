//! The build script: a release build of the app keeps its relocations, by which `cargo xtask parts`
//! takes it apart.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut cargo = io::stdout();
    writeln!(cargo, "cargo::rerun-if-changed=src/link.rs")?;
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_FAMILY", "wasm") {
        writeln!(cargo, "cargo::rustc-link-arg-bins=--emit-relocs")?;
    }
    Ok(())
}
