//! `cargo xtask parts`: what trunk calls at the end of a build (Trunk.toml). Takes the wasm of a
//! release build apart at the places that `part!` marks, makes each part small, and
//! compresses every file beforehand.
//!
//! The parts share one memory and one table of functions, so they all come from one compilation:
//! wasm-split reads in its relocations what needs what.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use crate::checkout::Checkout;
use crate::failure::{Failure, Outcome};
use crate::{command, npm, tool};

/// The program that is taken apart: the binary of the root package.
const APP: &str = "tandem";

/// What wasm-split calls the script that loads parts.
const LINK: &str = "__wasm_split.js";

/// Smallest first. What the browsers we support have must be named.
const OPTIMISE: [&str; 10] = [
    "-Oz",
    // Instances of one generic function side by side: gzip finds what they share.
    "--reorder-functions-by-name",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Finishes the build that trunk says it has made; a build for development stays as it is.
pub fn finish() -> Outcome {
    let of_trunk = |name| {
        std::env::var_os(name).ok_or_else(|| {
            Failure::new(format!("{name} is not set")).remedy("trunk calls this: `trunk build`")
        })
    };
    if of_trunk("TRUNK_PROFILE")? != "release" {
        return Ok(());
    }
    let staging = PathBuf::from(of_trunk("TRUNK_STAGING_DIR")?);
    let checkout = Checkout::find()?;
    let programs = npm::ensure(&checkout)?;
    let tools = tool::ensure(&checkout)?;
    command::step("Taking the app apart and making its parts small");
    let work = checkout.target().join("parts");
    let app = TakenApart::new(&checkout, &tools, &work)?;
    shrink(&programs.join("wasm-opt"), &app.wasm_files()?)?;
    app.put_into(&staging)?;
    command::step("Compressing the app's files");
    let script = checkout.path("crates/xtask/src/precompress.mjs");
    command::run(checkout.command("node").arg(script).arg(&staging))
}

/// The app in parts, in a folder of its own.
struct TakenApart {
    folder: PathBuf,
    /// The script that loads parts, as wasm-split wrote it.
    link: String,
}

impl TakenApart {
    /// Takes the program that cargo has built apart and binds its first part to the browser.
    fn new(checkout: &Checkout, tools: &tool::Tools, folder: &Path) -> Outcome<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| failed(folder, &error))?;
        }
        let whole = checkout
            .target()
            .join("wasm32-unknown-unknown/wasm")
            .join(APP)
            .with_extension("wasm");
        let apart = folder.join("apart");
        command::run(
            Command::new(&tools.wasm_split)
                .arg(&whole)
                .arg(&apart)
                .args(["--out-name", APP]),
        )?;
        command::run(
            Command::new(tools.bindgen_folder.join("wasm-bindgen"))
                .args(["--target=web", "--no-typescript", "--keep-lld-exports"])
                .args(["--no-demangle", "--out-name", APP, "--out-dir"])
                .arg(folder)
                .arg(apart.join(APP).with_extension("wasm")),
        )?;
        let link = read(&apart.join(LINK))?;
        for stem in Link(&link).stems() {
            let name = format!("{stem}.wasm");
            let file = apart.join(&name);
            fs::rename(&file, folder.join(&name)).map_err(|error| failed(&file, &error))?;
        }
        let folder = folder.to_path_buf();
        Ok(Self { folder, link })
    }

    /// Every wasm file.
    fn wasm_files(&self) -> Outcome<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.folder).map_err(|error| failed(&self.folder, &error))?;
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|file| file.extension().is_some_and(|ending| ending == "wasm"))
            .collect();
        files.sort();
        Ok(files)
    }

    /// Puts the files in the place of trunk's, each under a name that changes with its content.
    fn put_into(&self, staging: &Path) -> Outcome {
        let mut everything = DefaultHasher::new();
        self.link.hash(&mut everything);
        let mut link = self.link.clone();
        let mut names = BTreeMap::new();
        for stem in Link(&self.link).stems() {
            let bytes = read_bytes(&self.folder.join(format!("{stem}.wasm")))?;
            bytes.hash(&mut everything);
            let name = format!("{}-{:016x}.wasm", plain_name(&stem), hash_of(&bytes));
            link = link.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{name}\""));
            write(&staging.join(&name), &bytes)?;
            names.insert(stem, name);
        }
        let main = read_bytes(&self.folder.join(format!("{APP}_bg.wasm")))?;
        let script = read(&self.folder.join(format!("{APP}.js")))?;
        main.hash(&mut everything);
        script.hash(&mut everything);
        let print = format!("{:016x}", everything.finish());
        // The two scripts import each other: they carry the same print.
        let link_name = format!("parts-{print}.js");
        let link = link.replace(
            &format!("from \"./{APP}.js\""),
            &format!("from \"./{APP}-{print}.js\""),
        );
        let import = format!("from \"./{LINK}\"");
        if !script.contains(&import) {
            return Err(Failure::new("the app's script does not import its parts"));
        }
        let script = script.replace(&import, &format!("from \"./{link_name}\""));
        write(&staging.join(link_name), link.as_bytes())?;
        replace(staging, ".js", &print, script.as_bytes())?;
        replace(staging, "_bg.wasm", &print, &main)?;
        let preload = Link(&self.link).needs(&names);
        mark_page(&staging.join("index.html"), &print, &preload)
    }
}

/// The script with which wasm-split loads parts.
struct Link<'a>(&'a str);

impl Link<'_> {
    /// The files it loads, without their ending.
    fn stems(&self) -> Vec<String> {
        let mut stems: Vec<String> = self
            .0
            .split("\"./")
            .skip(1)
            .filter_map(|rest| rest.split_once(".wasm\"").map(|(stem, _)| stem.to_owned()))
            .filter(|stem| !stem.contains('\n'))
            .collect();
        stems.sort();
        stems.dedup();
        stems
    }

    /// What each part needs, as `part=file+file`, separated by spaces.
    fn needs(&self, names: &BTreeMap<String, String>) -> String {
        let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (stem, name) in names {
            if let Some(part) = stem.strip_prefix("split_") {
                needs.entry(part).or_default().push(name);
                continue;
            }
            // What several parts need is announced by a comment that lists them.
            let declared = format!("\nconst __{stem} = ");
            let parts = self
                .0
                .split_once(&declared)
                .and_then(|(before, _)| before.rsplit('\n').next())
                .and_then(|line| line.strip_prefix("/* ")?.strip_suffix(" */"))
                .unwrap_or_default();
            for part in parts.split(", ").filter(|part| !part.is_empty()) {
                needs.entry(part).or_default().push(name);
            }
        }
        needs
            .into_iter()
            .map(|(part, files)| format!("{part}={}", files.join("+")))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn plain_name(stem: &str) -> &str {
    match stem.strip_prefix("split_") {
        Some(part) => part,
        None => "shared",
    }
}

/// Makes wasm files small, several at a time.
fn shrink(wasm_opt: &Path, files: &[PathBuf]) -> Outcome {
    let waiting = Mutex::new(files.iter());
    let n_workers = std::thread::available_parallelism().map_or(1, usize::from);
    let next = || waiting.lock().ok()?.next();
    let work = || -> Outcome {
        while let Some(file) = next() {
            command::run(
                Command::new(wasm_opt)
                    .args(OPTIMISE)
                    .arg(file)
                    .arg("-o")
                    .arg(file),
            )?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..n_workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err(Failure::new("making the parts small was cut short")))
        })
    })
}

/// Writes a file of the app in the place of the one that trunk wrote.
fn replace(staging: &Path, ending: &str, print: &str, bytes: &[u8]) -> Outcome {
    let entries = fs::read_dir(staging).map_err(|error| failed(staging, &error))?;
    for file in entries.flatten().map(|entry| entry.path()) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let rest = name
            .strip_prefix(&format!("{APP}-"))
            .and_then(|rest| rest.strip_suffix(ending));
        if rest.is_some_and(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            fs::remove_file(&file).map_err(|error| failed(&file, &error))?;
        }
    }
    write(&staging.join(format!("{APP}-{print}{ending}")), bytes)
}

/// Names the new files in the page, and says which part needs which.
fn mark_page(page: &Path, print: &str, preload: &str) -> Outcome {
    let html = read(page)?;
    let (old, _) = html
        .split_once("_bg.wasm")
        .and_then(|(before, after)| Some((before.rsplit_once(&format!("{APP}-"))?.1, after)))
        .ok_or_else(|| Failure::new("index.html does not name the wasm"))?;
    let html = html
        .replace(&format!("{APP}-{old}"), &format!("{APP}-{print}"))
        .replace(
            "<template id=\"app-code\"",
            &format!("<template id=\"app-code\" data-parts=\"{preload}\""),
        );
    write(page, html.as_bytes())
}

fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| failed(file, &error))
}

fn read_bytes(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| failed(file, &error))
}

fn write(file: &Path, bytes: &[u8]) -> Outcome {
    fs::write(file, bytes).map_err(|error| failed(file, &error))
}

fn failed(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK_SCRIPT: &str = "import { initSync } from \"./tandem.js\";\n\
        /* apply, my */\n\
        const __chunk_3 = makeLoad(() => { fetch(new URL(\"./chunk_3.wasm\", import.meta.url)) }, []);\n\
        export const __wasm_split_load_my = wrapAsyncCb(makeLoad(() => { fetch(new URL(\"./split_my.wasm\", import.meta.url)) }, [__chunk_3]));\n\
        export const __wasm_split_load_apply = wrapAsyncCb(makeLoad(() => { fetch(new URL(\"./split_apply.wasm\", import.meta.url)) }, [__chunk_3]));\n";

    #[test]
    fn a_part_needs_its_own_file_and_what_it_shares() {
        let link = Link(LINK_SCRIPT);
        assert_eq!(link.stems(), ["chunk_3", "split_apply", "split_my"]);
        let names = link
            .stems()
            .into_iter()
            .map(|stem| (stem.clone(), format!("{}.wasm", plain_name(&stem))))
            .collect();
        assert_eq!(
            link.needs(&names),
            "apply=shared.wasm+apply.wasm my=shared.wasm+my.wasm"
        );
    }
}
