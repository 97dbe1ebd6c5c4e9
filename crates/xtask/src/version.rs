//! Reads version numbers from the places that state them.

use std::fmt;

/// A version as far as we compare it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// Reads `1.95`, `1.95.0` or `1.96.0-nightly`.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers = text
            .trim()
            .trim_start_matches('v')
            .split(['-', '+'])
            .next()?;
        let mut numbers = numbers.split('.').map(str::parse::<u32>);
        let major = numbers.next()?.ok()?;
        let minor = numbers.next().unwrap_or(Ok(0)).ok()?;
        let patch = numbers.next().unwrap_or(Ok(0)).ok()?;
        Some(Self {
            major,
            minor,
            patch,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The second word of what `program --version` prints.
pub fn printed(output: &str) -> Option<&str> {
    output.lines().next()?.split_whitespace().nth(1)
}

/// The `rust-version` that a Cargo.toml asks for.
pub fn asked_of_rust(cargo_toml: &str) -> Option<Version> {
    let value = cargo_toml
        .lines()
        .find_map(|line| value_of(line, "rust-version"))?;
    Version::parse(value)
}

/// The version of a package in Cargo.lock.
pub fn locked<'a>(cargo_lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = cargo_lock.lines();
    lines.find(|line| value_of(line, "name") == Some(package))?;
    value_of(lines.next()?, "version")
}

/// The value of a line `key = "value"`.
fn value_of<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let (name, value) = line.split_once('=')?;
    if name.trim() != key {
        return None;
    }
    value.trim().strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_and_not_by_letter() {
        assert!(Version::parse("1.95").unwrap() < Version::parse("1.100.0").unwrap());
        assert_eq!(Version::parse("1.95"), Version::parse("1.95.0"));
        assert_eq!(
            Version::parse("1.96.0-nightly").unwrap().to_string(),
            "1.96.0"
        );
        assert_eq!(Version::parse("v20.20.2").unwrap().to_string(), "20.20.2");
    }

    #[test]
    fn what_is_no_version_is_not_taken_for_one() {
        assert_eq!(Version::parse(""), None);
        assert_eq!(Version::parse("stable"), None);
        assert_eq!(Version::parse("1.x"), None);
    }

    #[test]
    fn the_printed_version_is_the_second_word() {
        assert_eq!(
            printed("rustc 1.95.0 (59807616e 2026-04-14)"),
            Some("1.95.0")
        );
        assert_eq!(printed("wasm-bindgen 0.2.130\n"), Some("0.2.130"));
        assert_eq!(printed("trunk"), None);
    }

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "wasm"), None);
    }

    #[test]
    fn the_rust_version_is_read_from_the_workspace() {
        let manifest = "[workspace.package]\nversion = \"0.1.0\"\nrust-version = \"1.95\"\n";
        assert_eq!(asked_of_rust(manifest), Version::parse("1.95.0"));
        assert_eq!(
            asked_of_rust("[package]\nrust-version.workspace = true\n"),
            None
        );
    }
}
