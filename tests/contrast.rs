//! Computes the contrast of every pair of colours that stands together on a screen, by day and by
//! night, from `style/tokens.css` (WCAG 2.2: 1.4.3 for text, 1.4.11 for lines that carry meaning).

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops where something is missing"
)]

use std::collections::BTreeMap;
use std::path::Path;

const GROUNDS: &[&str] = &["surface", "surface-raised", "surface-sunken"];

const TEXTS: &[&str] = &[
    "text",
    "text-soft",
    "accent",
    "accent-strong",
    "mentor",
    "mentee",
    "warning",
    "danger",
    "success",
];

const LINES: &[&str] = &[
    "control-line",
    "mentor-line",
    "mentee-line",
    "warning-line",
    "focus",
];

const WASHED: &[&str] = &["accent", "mentor", "mentee", "warning", "danger", "success"];

const FILLED: &[(&str, &str)] = &[
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-danger", "danger"),
];

#[test]
fn text_is_readable_on_every_ground() {
    let tokens = Tokens::read();
    for ground in GROUNDS {
        for text in TEXTS {
            tokens.check(text, ground, 4.5);
        }
    }
    for (text, ground) in FILLED {
        tokens.check(text, ground, 4.5);
    }
}

#[test]
fn text_is_readable_on_every_wash() {
    let tokens = Tokens::read();
    for name in WASHED {
        let wash = format!("{name}-wash");
        for text in [name, "text", "text-soft"] {
            tokens.check(text, &wash, 4.5);
        }
    }
}

#[test]
fn lines_that_carry_meaning_are_seen() {
    let tokens = Tokens::read();
    for ground in GROUNDS {
        for line in LINES {
            tokens.check(line, ground, 3.0);
        }
    }
    tokens.check("warning-line", "warning-wash", 3.0);
}

#[test]
fn black_on_white_is_the_greatest_contrast() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
}

/// The colours of `tokens.css`.
struct Tokens {
    palette: BTreeMap<String, String>,
    /// Name to the palette's names by day and by night.
    pairs: BTreeMap<String, (String, String)>,
}

impl Tokens {
    fn read() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("style/tokens.css");
        let text = std::fs::read_to_string(file).unwrap();
        let mut tokens = Self {
            palette: BTreeMap::new(),
            pairs: BTreeMap::new(),
        };
        for line in text.lines() {
            let Some((name, value)) = line.trim().trim_end_matches(';').split_once(": ") else {
                continue;
            };
            if let Some(name) = name.strip_prefix("--_") {
                tokens.palette.insert(name.to_owned(), value.to_owned());
            } else if let Some(name) = name.strip_prefix("--color-") {
                let names: Vec<&str> = value
                    .split("var(--_")
                    .skip(1)
                    .filter_map(|rest| rest.split(')').next())
                    .collect();
                if let [day, night] = names[..] {
                    let pair = (day.to_owned(), night.to_owned());
                    tokens.pairs.insert(name.to_owned(), pair);
                }
            }
        }
        tokens
    }

    fn check(&self, front: &str, ground: &str, least: f64) {
        let (front_day, front_night) = self.colours(front);
        let (ground_day, ground_night) = self.colours(ground);
        for (time, front_colour, ground_colour) in [
            ("day", front_day, ground_day),
            ("night", front_night, ground_night),
        ] {
            let found = contrast(front_colour, ground_colour);
            assert!(
                found >= least,
                "{front} on {ground} by {time}: {found:.2} is below {least}"
            );
        }
    }

    fn colours(&self, name: &str) -> (&str, &str) {
        let (day, night) = &self.pairs[name];
        (&self.palette[day], &self.palette[night])
    }
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').unwrap();
    let channel = |start: usize| {
        let value = u8::from_str_radix(&digits[start..start + 2], 16).unwrap();
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}
