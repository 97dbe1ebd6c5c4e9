//! The structure of the sources: who may know whom, and where what belongs.
//!
//! Each test lists every breach it finds, with file and line, so that one run is enough to mend all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the app may use of the app.
const APP: &[(&str, &[&str])] = &[
    (
        "app",
        &[
            "app", "pages", "widgets", "ui", "api", "dom", "session", "routes", "load", "part",
        ],
    ),
    (
        "pages",
        &[
            "pages", "widgets", "ui", "api", "dom", "session", "routes", "load", "part",
        ],
    ),
    // The macro names itself, and the screens that it wraps.
    ("part", &["widgets", "ui", "api", "load", "pages", "part"]),
    // Whoever was signed out meanwhile signs in where they are.
    ("session", &["session", "widgets", "api", "dom", "load"]),
    // A failed load is shown by the widget for trouble.
    ("load", &["api", "widgets"]),
    ("widgets", &["widgets", "ui", "routes"]),
    ("ui", &["ui", "dom"]),
    ("api", &["api"]),
    ("dom", &["dom"]),
    ("routes", &[]),
    // The build script.
    ("link", &[]),
];

/// What a module of the server must not use of the server.
const SERVER_WITHOUT: &[(&str, &[&str])] = &[
    (
        "store",
        &["http", "auth", "mail", "live", "command", "app", "error"],
    ),
    (
        "clock",
        &["http", "auth", "mail", "live", "command", "app", "error"],
    ),
    (
        "zone",
        &[
            "http", "auth", "mail", "live", "command", "app", "error", "store",
        ],
    ),
    ("mail", &["http", "auth", "command"]),
    ("live", &["http", "auth", "command"]),
];

/// What each package may use of the project.
const PACKAGES: &[(&str, &[&str])] = &[
    ("crates/matching", &[]),
    ("crates/domain", &["tandem-matching"]),
    ("crates/api", &["tandem-domain"]),
    (".", &["tandem-api", "tandem-domain", "tandem-matching"]),
    (
        "crates/server",
        &["tandem-api", "tandem-domain", "tandem-matching"],
    ),
    ("crates/conformance", &["tandem-domain"]),
    (
        "crates/faults",
        &["tandem", "tandem-api", "tandem-domain", "tandem-server"],
    ),
    ("crates/solver", &["tandem-domain"]),
    ("crates/xtask", &[]),
];

/// What would give the domain a clock, chance, a log, a browser or other tasks to wait for.
const NOT_IN_DOMAIN: &[&str] = &[
    "Utc::now",
    "Local::now",
    "Instant::now",
    "SystemTime",
    "now_v7",
    "new_v4",
    "getrandom",
    "tokio",
    "tracing",
    "wasm_bindgen",
    "std::fs",
    "std::net",
    "async fn",
    ".await",
];

/// The only files that react to a signal by doing something outside the reactive graph.
const EFFECTS: &[&str] = &[
    "src/app.rs",
    "src/load.rs",
    "src/pages/pairing.rs",
    "src/pages/pairing/board.rs",
    "src/pages/apply.rs",
    "src/pages/apply/autosave.rs",
    "src/pages/apply/countdown.rs",
    "src/pages/apply/start.rs",
    "src/pages/apply/step.rs",
    "src/pages/pairing/comments/thread.rs",
    "src/pages/pairing/list.rs",
    "src/pages/pairing/panes.rs",
    "src/pages/pairing/past.rs",
    "src/pages/pairing/picker.rs",
    "src/pages/pairing/since.rs",
    "src/pages/pairing/what_if.rs",
    "src/pages/cohort.rs",
    "src/pages/timeline.rs",
    "src/session/follow.rs",
    "src/ui/date_field.rs",
    "src/ui/dialog.rs",
    "src/ui/error_summary.rs",
    "src/ui/field.rs",
    "src/ui/heading.rs",
    "src/ui/menu.rs",
    "src/ui/pane.rs",
    "src/ui/text_area.rs",
    "src/ui/text_field.rs",
    "src/widgets/date_ranges.rs",
    "src/widgets/lines_field.rs",
    "src/widgets/month_field.rs",
    "src/widgets/people_field.rs",
    "src/widgets/text_count.rs",
];

/// What the browser library is needed for outside `src/dom`: the types of elements and events.
const ELEMENT_TYPES: &[&str] = &["Element", "Event"];

#[test]
fn packages_depend_in_one_direction() {
    let mut breaches = Vec::new();
    for (package, allowed) in PACKAGES {
        let manifest = read(&Path::new(package).join("Cargo.toml"));
        for name in dependencies(&manifest) {
            let is_ours = name.starts_with("tandem") || name == "xtask";
            if is_ours && !allowed.contains(&name) {
                breaches.push(format!("{package}/Cargo.toml depends on {name}"));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn the_domain_has_no_clock_no_chance_and_no_outside() {
    let breaches = find("crates/domain/src", |_, line| {
        contains_any(line, NOT_IN_DOMAIN)
    });
    assert_none(&breaches);
}

#[test]
fn the_solver_needs_nothing_and_counts_exactly() {
    let manifest = read(Path::new("crates/matching/Cargo.toml"));
    assert!(!manifest.contains("\n[dependencies"), "{manifest}");
    let is_inexact = |line: &str| line.contains("f64") || line.contains("f32");
    let breaches = find("crates/matching/src", |_, line| {
        contains_any(line, NOT_IN_DOMAIN) || is_inexact(line) || line.contains("std::thread")
    });
    assert_none(&breaches);
}

#[test]
fn modules_of_the_app_know_only_those_below_them() {
    let mut breaches = Vec::new();
    for file in rust_files("src") {
        let Some(owner) = module_of(&file, "src") else {
            continue;
        };
        let Some((_, allowed)) = APP.iter().find(|(module, _)| *module == owner) else {
            breaches.push(format!(
                "{}: the module is not in the table of this test",
                file.display()
            ));
            continue;
        };
        for (line, used) in modules_used(&read(&file)) {
            if !allowed.contains(&used.as_str()) {
                breaches.push(format!(
                    "{}:{line}: {owner} must not know {used}",
                    file.display()
                ));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn no_page_knows_another_page() {
    let mut breaches = Vec::new();
    for file in rust_files("src/pages") {
        let Some(owner) = module_of(&file, "src/pages") else {
            continue;
        };
        for (index, line) in code_lines(&read(&file)) {
            for (at, _) in line.match_indices("crate::pages::") {
                let used = first_name(&line[at + "crate::pages::".len()..]);
                if used != owner {
                    breaches.push(format!("{}:{index}: {owner} uses {used}", file.display()));
                }
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn modules_of_the_server_know_nothing_above_them() {
    let mut breaches = Vec::new();
    for file in rust_files("crates/server/src") {
        let Some(owner) = module_of(&file, "crates/server/src") else {
            continue;
        };
        let Some((_, denied)) = SERVER_WITHOUT.iter().find(|(module, _)| *module == owner) else {
            continue;
        };
        for (line, used) in modules_used(&read(&file)) {
            if denied.contains(&used.as_str()) {
                breaches.push(format!(
                    "{}:{line}: {owner} must not know {used}",
                    file.display()
                ));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn only_the_store_speaks_to_the_database() {
    let breaches = find("crates/server/src", |file, line| {
        !is_in(file, "crates/server/src/store") && line.contains("sea_orm::")
    });
    assert_none(&breaches);
}

#[test]
fn requests_are_sent_from_one_place() {
    let breaches = find("src", |file, line| {
        !is_in(file, "src/api") && line.contains("gloo_net")
    });
    assert_none(&breaches);
}

#[test]
fn the_browser_is_called_from_one_place() {
    let is_call = |file: &Path, line: &str| {
        let is_allowed = is_in(file, "src/dom") || is_in(file, "src/api");
        !is_allowed && line.contains("web_sys") && !names_only_element_types(line)
    };
    assert_none(&find("src", is_call));
}

#[test]
fn effects_stand_in_listed_files_only() {
    let has_effect = |line: &str| line.contains("Effect::new") || line.contains("Effect::watch");
    let is_listed = |file: &Path| EFFECTS.iter().any(|listed| file == Path::new(listed));
    let mut breaches = find("src", |file, line| has_effect(line) && !is_listed(file));
    for listed in EFFECTS {
        let text = fs::read_to_string(root().join(listed)).unwrap_or_default();
        if !has_effect(&text) {
            breaches.push(format!(
                "{listed}: is listed in this test and has no effect"
            ));
        }
    }
    assert_none(&breaches);
}

#[test]
fn no_view_holds_styles_or_raw_markup() {
    let held = [
        "inner_html",
        " style=\"",
        " style={",
        "set_inner_html",
        "insert_adjacent_html",
    ];
    assert_none(&find("src", |_, line| contains_any(line, &held)));
}

#[test]
fn modules_are_named_by_their_file() {
    let mut breaches = Vec::new();
    for folder in ["src", "crates", "tests"] {
        for file in rust_files(folder) {
            let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let is_snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let is_vague =
                ["utils", "util", "helpers", "common", "misc", "types"].contains(&&*stem);
            if stem == "mod" || is_vague || !stem.chars().all(is_snake) {
                breaches.push(format!(
                    "{}: name it after the one thing it holds",
                    file.display()
                ));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn every_stylesheet_is_linked_once_in_the_order_of_the_layers() {
    let linked = linked_stylesheets();
    let mut breaches = Vec::new();
    for file in files("style", "css") {
        let count = linked.iter().filter(|link| Path::new(link) == file).count();
        if count != 1 {
            breaches.push(format!(
                "{} is linked {count} times in index.html",
                file.display()
            ));
        }
    }
    let layers = layer_order();
    let mut last = 0;
    for link in &linked {
        if link == "style/layers.css" {
            continue;
        }
        let used = layers_used(&read(Path::new(link)));
        let [layer] = used.iter().collect::<Vec<_>>()[..] else {
            breaches.push(format!(
                "{link} stands in {} layers, not in one",
                used.len()
            ));
            continue;
        };
        let Some(position) = layers.iter().position(|known| known == layer) else {
            breaches.push(format!("{link}: style/layers.css names no layer {layer}"));
            continue;
        };
        if position < last {
            breaches.push(format!(
                "{link}: layer {layer} comes before those linked above it"
            ));
        }
        last = last.max(position);
    }
    assert_eq!(linked.first().map(String::as_str), Some("style/layers.css"));
    assert_none(&breaches);
}

#[test]
fn a_block_is_styled_beside_its_namesake() {
    let mut breaches = Vec::new();
    for folder in ["ui", "widgets", "pages"] {
        for sheet in files(&format!("style/{folder}"), "css") {
            let place = Path::new("src").join(sheet.strip_prefix("style").unwrap());
            // What several parts of one screen share belongs to the screen.
            let screen = place.parent().filter(|_| place.components().count() > 3);
            let rust = screen.unwrap_or(&place).with_extension("rs");
            if !root().join(&rust).is_file() {
                breaches.push(format!(
                    "{}: there is no {}",
                    sheet.display(),
                    rust.display()
                ));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn colours_are_named_in_one_file() {
    let mut breaches = Vec::new();
    for file in files("style", "css") {
        if file == Path::new("style/tokens.css") {
            continue;
        }
        let text = without_comments(&read(&file));
        for (index, line) in text.lines().enumerate() {
            let Some((_, value)) = line.split_once(": ") else {
                continue;
            };
            if let Some(colour) = colour_literal(value) {
                breaches.push(format!("{}:{}: {colour}", file.display(), index + 1));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn each_rule_has_a_test_of_its_name_and_a_line_that_breaks_it() {
    let mut tests = String::new();
    for folder in ["src", "crates", "tests"] {
        for file in rust_files(folder) {
            tests.push_str(&read(&file));
        }
    }
    for file in files("tests/e2e", "mjs") {
        tests.push_str(&read(&file));
    }
    let mut breaches = Vec::new();
    for (letter, rules, register, list) in [
        ("W", 26, "docs/wizard-tests.md", MUTANTS[0]),
        ("T", 11, "docs/timeline-tests.md", MUTANTS[1]),
    ] {
        let (rows, mutants) = (read(Path::new(register)), read(Path::new(list)));
        for number in 1..=rules {
            let name = format!("{letter}-{number:02}");
            let function = format!("{}_{number:02}_", letter.to_lowercase());
            if !tests.contains(&format!("fn {function}")) {
                breaches.push(format!("{name}: no test is called `{function}…`"));
            }
            if !rows.contains(&format!("| {name} |")) {
                breaches.push(format!("{name}: not in {register}"));
            }
            if !mutants.contains(&format!("\"id\": \"{name}\"")) {
                breaches.push(format!("{name}: {list} does not break it"));
            }
        }
    }
    assert_none(&breaches);
}

/// The lines that are broken to see that tests notice.
const MUTANTS: [&str; 2] = ["tests/mutants/mutants.json", "tests/mutants/timeline.json"];

#[test]
fn every_line_to_break_is_still_there_once() {
    let mut breaches = Vec::new();
    for list in MUTANTS {
        let mutants: serde_json::Value = serde_json::from_str(&read(Path::new(list))).unwrap();
        for mutant in mutants.as_array().unwrap() {
            let text = |name: &str| mutant[name].as_str().unwrap();
            let count = read(Path::new(text("file"))).matches(text("from")).count();
            if count != 1 {
                breaches.push(format!("{}: {count} times in {}", text("id"), text("file")));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn w_24_no_field_is_hidden_to_catch_programs() {
    let traps = ["type=\"hidden\"", "honeypot", "kind=\"hidden\""];
    assert_none(&find("src", |_, line| contains_any(line, &traps)));
}

#[test]
fn the_checks_find_what_they_look_for() {
    let source = "use crate::{api, pages::home};\n// crate::dom\nlet a = crate::ui::b();\n";
    let used: Vec<_> = modules_used(source)
        .into_iter()
        .map(|(_, module)| module)
        .collect();
    assert_eq!(used, ["api", "pages", "ui"]);
    assert_eq!(
        colour_literal("1px solid #a1b2c3;"),
        Some("#a1b2c3".to_owned())
    );
    assert_eq!(colour_literal("rgb(0 0 0 / 10%);"), Some("rgb(".to_owned()));
    assert_eq!(colour_literal("white;"), Some("white".to_owned()));
    assert_eq!(
        colour_literal("var(--color-white) CanvasText transparent;"),
        None
    );
    assert!(names_only_element_types(
        "use web_sys::{Element, HtmlElement, PointerEvent};"
    ));
    assert!(!names_only_element_types("let w = web_sys::window();"));
    let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\nb = \"1\"\n\
                    [dependencies.c]\nversion = \"1\"\n[features]\nd = []\n";
    assert_eq!(dependencies(manifest), ["a", "b", "c"]);
    let sheet = "@layer ui {\n  .a {}\n}\n@layer pages {\n}\n";
    assert_eq!(layers_used(sheet).len(), 2);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &Path) -> String {
    fs::read_to_string(root().join(file))
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

/// The files below a folder with this ending, relative to the root.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| found == ending) {
                found.extend(path.strip_prefix(root()).map(Path::to_path_buf));
            }
        }
    }
    found.sort();
    found
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    files(folder, "rs")
}

/// Whether a file is `module.rs` or stands in the folder `module`.
fn is_in(file: &Path, module: &str) -> bool {
    file.starts_with(module) || file == Path::new(module).with_extension("rs")
}

/// The module below `folder` that a file belongs to; none for `lib.rs` and `main.rs`.
fn module_of(file: &Path, folder: &str) -> Option<String> {
    let first = file.strip_prefix(folder).ok()?.components().next()?;
    let name = first.as_os_str().to_str()?.trim_end_matches(".rs");
    (!["lib", "main"].contains(&name)).then(|| name.to_owned())
}

/// The lines that are code, with their numbers.
fn code_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = source
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Every breach of a rule that looks at one line of code at a time.
fn find(folder: &str, is_breach: impl Fn(&Path, &str) -> bool) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in rust_files(folder) {
        for (index, line) in code_lines(&read(&file)) {
            if is_breach(&file, line) {
                breaches.push(format!("{}:{index}: {}", file.display(), line.trim()));
            }
        }
    }
    breaches
}

fn contains_any(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| line.contains(word))
}

/// The modules of the own crate that a source names after `crate::`.
fn modules_used(source: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for (index, line) in code_lines(source) {
        for (at, path) in line.match_indices("crate::") {
            let is_whole = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = &line[at + path.len()..];
            if !is_whole {
                continue;
            }
            match rest.strip_prefix('{') {
                Some(group) => {
                    let names = group.trim_end_matches(['}', ';']).split(',');
                    used.extend(names.map(|name| (index, first_name(name.trim()).to_owned())));
                }
                None => used.push((index, first_name(rest).to_owned())),
            }
        }
    }
    // `crate::App` and the like: an item of the root, not a module.
    used.retain(|(_, name)| name.starts_with(|c: char| c.is_ascii_lowercase()));
    used
}

fn first_name(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default()
}

/// Whether a line that names the browser library names only types of elements and events of it.
fn names_only_element_types(line: &str) -> bool {
    line.match_indices("web_sys::").all(|(at, path)| {
        let rest = &line[at + path.len()..];
        let names = rest.strip_prefix('{').map_or(first_name(rest), |group| {
            group.split('}').next().unwrap_or_default()
        });
        names.split(',').all(|name| {
            ELEMENT_TYPES
                .iter()
                .any(|ending| name.trim().ends_with(ending))
        })
    })
}

/// The names of all dependencies of a manifest, those for tests included.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut is_list = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            is_list = section.ends_with("dependencies") && !section.starts_with("workspace");
            if let Some((_, name)) = section.split_once("dependencies.") {
                names.push(name);
            }
        } else if is_list && !line.starts_with('#') && line.contains('=') {
            names.extend(line.split(['.', '=', ' ']).next());
        }
    }
    names
}

fn linked_stylesheets() -> Vec<String> {
    let page = read(Path::new("index.html"));
    let links = page
        .split("<link")
        .skip(1)
        .filter(|link| link.contains("rel=\"css\""));
    links
        .filter_map(|link| link.split_once("href=\"")?.1.split_once('"'))
        .map(|(href, _)| href.to_owned())
        .collect()
}

fn layer_order() -> Vec<String> {
    let text = without_comments(&read(Path::new("style/layers.css")));
    let list = text
        .trim()
        .trim_start_matches("@layer ")
        .trim_end_matches(';');
    list.split(',')
        .map(|layer| layer.trim().to_owned())
        .collect()
}

/// The layers that the top level of a stylesheet stands in; what stands in none counts as one.
fn layers_used(sheet: &str) -> BTreeSet<String> {
    let mut layers = BTreeSet::new();
    let mut depth = 0_usize;
    for line in without_comments(sheet).lines() {
        if depth == 0 && line.contains('{') {
            let name = line.trim().strip_prefix("@layer ").unwrap_or("(none)");
            layers.insert(name.trim_end_matches('{').trim().to_owned());
        }
        depth += line.matches('{').count();
        depth = depth.saturating_sub(line.matches('}').count());
    }
    layers
}

/// A stylesheet with its comments blanked, line for line.
fn without_comments(sheet: &str) -> String {
    let mut text = String::new();
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        text.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    text + rest
}

/// The first colour in a value that is not a token.
fn colour_literal(value: &str) -> Option<String> {
    let functions = [
        "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
    ];
    let names = [
        "white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow",
    ];
    let words = value.split(|c: char| c.is_whitespace() || ",;)/".contains(c));
    for word in words {
        if let Some(function) = functions
            .iter()
            .find(|function| word.starts_with(**function))
        {
            return Some((*function).to_owned());
        }
        let is_hex = word.strip_prefix('#').is_some_and(|digits| {
            (3..=8).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit())
        });
        if is_hex || names.contains(&word) {
            return Some(word.to_owned());
        }
    }
    None
}
