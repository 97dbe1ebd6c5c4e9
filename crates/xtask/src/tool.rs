//! The programs from crates.io that build the app, each in exactly one version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::checkout::{self, Checkout};
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::summary::spoken;
use crate::version;

/// The version of trunk that Trunk.toml and index.html are written for.
const TRUNK: &str = "0.21.14";

/// The version of wasm-split that understands the marks of the `wasm_split_helpers` in Cargo.lock.
const WASM_SPLIT: &str = "0.2.4";

/// Where the tools that build the app are.
pub struct Tools {
    /// The program file of trunk.
    pub trunk: PathBuf,
    /// The folder with wasm-bindgen.
    pub bindgen_folder: PathBuf,
    /// The program file of wasm-split.
    pub wasm_split: PathBuf,
}

/// Finds the tools, and builds those that are not there in the right version.
pub fn ensure(checkout: &Checkout) -> Outcome<Tools> {
    let bindgen = checkout.locked("wasm-bindgen")?;
    command::step(&format!(
        "Checking trunk {TRUNK}, wasm-bindgen {bindgen} and wasm-split {WASM_SPLIT}"
    ));
    let trunk = find_or_install(&Program {
        package: "trunk",
        file: "trunk",
        version: TRUNK,
        // What it fetches from the network is not wanted.
        options: &["--no-default-features"],
        // It mostly starts the others.
        opt_level: "0",
    })?;
    let bindgen = find_or_install(&Program {
        package: "wasm-bindgen-cli",
        file: "wasm-bindgen",
        version: &bindgen,
        options: &[],
        opt_level: "1",
    })?;
    let wasm_split = find_or_install(&Program {
        package: "wasm_split_cli_support",
        file: "wasm-split-cli",
        version: WASM_SPLIT,
        options: &["--features", "build-binary"],
        opt_level: "1",
    })?;
    // Nothing is built there any more. What cannot be removed is in nobody's way.
    fs::remove_dir_all(build_folder()?).ok();
    let bindgen_folder = bindgen.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Tools {
        trunk,
        bindgen_folder,
        wasm_split,
    })
}

/// A program from crates.io.
struct Program<'a> {
    package: &'a str,
    file: &'a str,
    version: &'a str,
    /// Further options of `cargo install`.
    options: &'a [&'a str],
    /// How much is optimised: as little as its work allows, since it works for seconds and is built
    /// for minutes.
    opt_level: &'a str,
}

/// Where all of them are built: what two have in common is built once, and a build that was broken
/// off goes on from there.
fn build_folder() -> Outcome<PathBuf> {
    Ok(checkout::tool_cache()?.join("build"))
}

fn find_or_install(program: &Program<'_>) -> Outcome<PathBuf> {
    let Program {
        package,
        file,
        version,
        ..
    } = *program;
    let file_name = format!("{file}{}", std::env::consts::EXE_SUFFIX);
    let home = checkout::tool_cache()?.join(format!("{package}-{version}"));
    let cached = home.join("bin").join(&file_name);
    let found = [
        Some(cached.clone()),
        command::on_path(&file_name),
        in_cargo_home(&file_name),
    ]
    .into_iter()
    .flatten()
    .find(|file| is_version(file, version) || is_installed(program, &home, file));
    if let Some(file) = found {
        return Ok(file);
    }
    install(program, &home)?;
    if is_version(&cached, version) || is_installed(program, &home, &cached) {
        return Ok(cached);
    }
    Err(
        Failure::new(format!("{} is not {file} {version}", cached.display()))
            .remedy(format!("delete {} and start again", home.display())),
    )
}

fn in_cargo_home(file_name: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))?;
    Some(home.join("bin").join(file_name))
}

fn is_version(file: &Path, version: &str) -> bool {
    let output = file
        .is_file()
        .then(|| command::read(Command::new(file).arg("--version")));
    output.flatten().as_deref().and_then(version::printed) == Some(version)
}

/// Whether cargo notes that it put the file there from the right version: for programs that do not
/// say which one they are.
fn is_installed(program: &Program<'_>, home: &Path, file: &Path) -> bool {
    let note = fs::read_to_string(home.join(".crates.toml")).unwrap_or_default();
    let entry = format!("\"{} {} (", program.package, program.version);
    file.starts_with(home) && file.is_file() && note.contains(&entry)
}

/// Builds a tool from crates.io into its own folder of the cache.
fn install(program: &Program<'_>, home: &Path) -> Outcome {
    let Program {
        package, version, ..
    } = *program;
    command::step(&format!(
        "Building {package} {version} (once, some minutes)"
    ));
    let started = Instant::now();
    // On the path, or cargo says that it should be; Tandem finds it where it is.
    let path = command::path_with([home.join("bin").as_path()])?;
    let build = build_folder()?;
    let install = || {
        let mut install = install_command(program, home);
        install.env("PATH", &path).env("CARGO_TARGET_DIR", &build);
        install
    };
    let locked = command::run(install().arg("--locked"));
    if locked.is_err() {
        command::step(
            "That is no harm: trying again with the newest versions of what it depends on",
        );
        command::run(&mut install()).map_err(|failure| {
            failure.remedy(format!(
                "check the network and the free space, and that a C compiler is installed; \
                 `cargo install {package} --version {version}` by hand will do as well"
            ))
        })?;
    }
    command::step(&format!("Built {package} in {}", spoken(started.elapsed())));
    Ok(())
}

fn install_command(program: &Program<'_>, home: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .env("CARGO_PROFILE_RELEASE_LTO", "false")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", program.opt_level)
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .args(["install", program.package, "--version", program.version])
        .args(program.options)
        .arg("--root")
        .arg(home);
    command
}
