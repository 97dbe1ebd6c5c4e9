//! What the wasm of the app weighs, screen by screen, and what it may weigh.

use std::fmt;
use std::fs;
use std::path::Path;

use crate::checkout::Checkout;
use crate::failure::{Failure, Outcome};

/// What may come at once, in bytes of gzip: the first part of the app, or another with all that it
/// shares. A slow phone connection carries this in ten seconds.
const GZIP_BUDGET: u64 = 500_000;

/// What the wasm weighs.
pub struct Weight {
    /// What every screen loads.
    first: Size,
    /// What else the screens of each part load.
    parts: Vec<(String, Size)>,
    /// Programs that run beside the app, such as workers.
    others: Vec<(String, Size)>,
}

impl Weight {
    /// Weighs the wasm of the built app.
    pub fn of(checkout: &Checkout) -> Outcome<Self> {
        let dist = checkout.dist();
        let page = fs::read_to_string(dist.join("index.html"))
            .map_err(|_| Failure::new("dist holds no app").remedy("build the app first"))?;
        let first = attribute(&page, "data-wasm")
            .ok_or_else(|| Failure::new("index.html does not name the wasm"))?
            .trim_start_matches('/');
        let mut parts = Vec::new();
        for part in attribute(&page, "data-parts")
            .unwrap_or_default()
            .split(' ')
        {
            let Some((name, files)) = part.split_once('=') else {
                continue;
            };
            let mut size = Size::default();
            for file in files.split('+') {
                size.add(&Size::of(&dist.join(file))?);
            }
            parts.push((name.to_owned(), size));
        }
        let mut others = Vec::new();
        for entry in fs::read_dir(&dist).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if Path::new(&name)
                .extension()
                .is_some_and(|end| end == "wasm")
                && !page.contains(&name)
            {
                others.push((name, Size::of(&entry.path())?));
            }
        }
        others.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(Self {
            first: Size::of(&dist.join(first))?,
            parts,
            others,
        })
    }

    /// Fails if more comes at once than a slow connection should carry.
    pub fn check(&self) -> Outcome {
        let first = ("the first part".to_owned(), self.first);
        let heavy: Vec<String> = [&first]
            .into_iter()
            .chain(&self.parts)
            .chain(&self.others)
            .filter(|(_, size)| size.gzip > GZIP_BUDGET)
            .map(|(name, size)| format!("{name} weighs {}", kilobytes(size.gzip)))
            .collect();
        if heavy.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "{self}\n{}; at most {} is allowed",
            heavy.join(", "),
            kilobytes(GZIP_BUDGET)
        ))
        .remedy("docs/weight.md says what makes the app heavy and how to find it"))
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "wasm, in KB of gzip (brotli, plain):")?;
        write!(f, "  {:12} {}", "everybody", self.first)?;
        for (name, size) in &self.parts {
            let with_first = kilobytes(self.first.gzip + size.gzip);
            write!(
                f,
                "\n  + {name:10} {size}, with the first part {with_first}"
            )?;
        }
        for (name, size) in &self.others {
            write!(f, "\n  {name:12} {size}")?;
        }
        Ok(())
    }
}

/// The size of one or several files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Size {
    plain: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn of(file: &Path) -> Outcome<Self> {
        let size = |ending: &str| {
            let mut name = file.to_path_buf().into_os_string();
            name.push(ending);
            fs::metadata(&name)
                .map(|data| data.len())
                .map_err(|error| Failure::new(format!("{}: {error}", name.display())))
        };
        let plain = size("")?;
        // What gets no smaller by it is not compressed.
        let compressed = |ending| size(ending).unwrap_or(plain);
        Ok(Self {
            plain,
            gzip: compressed(".gz"),
            brotli: compressed(".br"),
        })
    }

    fn add(&mut self, other: &Self) {
        self.plain += other.plain;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [plain, gzip, brotli] = [self.plain, self.gzip, self.brotli].map(kilobytes);
        write!(f, "{gzip} ({brotli}, {plain})")
    }
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// The value of the first attribute of this name.
fn attribute<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(first: u64, part: u64) -> Weight {
        let size = |gzip| Size {
            gzip,
            ..Size::default()
        };
        Weight {
            first: size(first),
            parts: vec![("board".to_owned(), size(part))],
            others: Vec::new(),
        }
    }

    #[test]
    fn sizes_read_in_thousands_of_bytes() {
        assert_eq!(kilobytes(80_065), "80.0");
        assert_eq!(kilobytes(499_999), "499.9");
        assert_eq!(kilobytes(999), "0.9");
    }

    #[test]
    fn each_part_is_held_to_the_budget() {
        assert!(weight(GZIP_BUDGET, GZIP_BUDGET).check().is_ok());
        let heavy = weight(1000, GZIP_BUDGET + 100).check().unwrap_err();
        assert!(heavy.to_string().contains("board weighs 500.1"), "{heavy}");
        assert!(weight(GZIP_BUDGET + 1, 1000).check().is_err());
    }

    #[test]
    fn the_page_says_what_is_loaded() {
        let page = "<template id=\"app-code\" data-parts=\"a=b.wasm\" data-wasm=\"/c.wasm\">";
        assert_eq!(attribute(page, "data-parts"), Some("a=b.wasm"));
        assert_eq!(attribute(page, "data-wasm"), Some("/c.wasm"));
        assert_eq!(attribute(page, "data-js"), None);
    }
}
