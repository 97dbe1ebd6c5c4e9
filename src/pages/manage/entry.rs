//! What is typed into a form of the set-up, field by field, and what is wrong with it.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::api::error::ApiError;

/// Texts by field, and what is wrong with each. Fields go by their name in the body.
#[derive(Clone, Copy)]
pub struct Entry {
    texts: RwSignal<BTreeMap<&'static str, String>>,
    errors: RwSignal<BTreeMap<String, String>>,
    failure: RwSignal<Option<String>>,
}

impl Entry {
    /// Begins with these texts.
    pub fn new(texts: &[(&'static str, &str)]) -> Self {
        let texts = texts
            .iter()
            .map(|(name, text)| (*name, (*text).to_owned()))
            .collect();
        Self {
            texts: RwSignal::new(texts),
            errors: RwSignal::new(BTreeMap::new()),
            failure: RwSignal::new(None),
        }
    }

    /// What a field holds.
    pub fn text(self, name: &'static str) -> String {
        self.texts
            .with_untracked(|texts| texts.get(name).cloned().unwrap_or_default())
    }

    /// What a field holds, trimmed.
    pub fn trimmed(self, name: &'static str) -> String {
        self.text(name).trim().to_owned()
    }

    /// What a field holds at first and after a change from elsewhere.
    pub fn value(self, name: &'static str) -> Signal<String> {
        Signal::derive(move || {
            self.texts
                .with(|texts| texts.get(name).cloned().unwrap_or_default())
        })
    }

    /// Takes in what is typed. The field is no longer called wrong.
    pub fn write(self, name: &'static str) -> Callback<String> {
        Callback::new(move |text| {
            self.texts.update(|texts| {
                texts.insert(name, text);
            });
            self.errors.update(|errors| {
                errors.remove(name);
            });
        })
    }

    /// What is wrong with a field.
    pub fn error(self, name: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.errors.with(|errors| errors.get(name).cloned()))
    }

    /// What went wrong as a whole.
    pub fn failure(self) -> ReadSignal<Option<String>> {
        self.failure.read_only()
    }

    /// Says what is wrong before anything is sent. True when nothing is.
    pub fn settle(self, problems: Vec<(&'static str, String)>) -> bool {
        let is_fine = problems.is_empty();
        self.failure.set(None);
        self.errors.set(
            problems
                .into_iter()
                .map(|(name, words)| (name.to_owned(), words))
                .collect(),
        );
        is_fine
    }

    /// Takes in what the server refused: beside the field where it names one.
    pub fn refused(self, error: &ApiError) {
        let ApiError::Invalid { places, .. } = error else {
            self.failure.try_set(Some(error.sentence()));
            return;
        };
        let named: BTreeMap<_, _> = places
            .iter()
            .map(|place| {
                (
                    place.pointer.trim_start_matches('/').to_owned(),
                    words(&place.code),
                )
            })
            .collect();
        self.failure
            .try_set(Some("Please look at what is marked.".to_owned()));
        self.errors.try_set(named);
    }
}

fn words(code: &str) -> String {
    match code {
        "required" => "This is needed.",
        "taken" | "already_exists" => "This is taken already.",
        "too_long" => "This is too long.",
        "not_a_slug" => "Use lower-case letters, digits and hyphens.",
        "not_an_email" => "Write an address such as name@example.org.",
        "unknown_zone" | "not_a_time_zone" => "This is not a time zone the server knows.",
        "out_of_order" => "This day is out of order with the others.",
        _ => "This is not right.",
    }
    .to_owned()
}

/// A name for addresses made from a title: "2018–2019 cohort" becomes "2018-2019-cohort".
pub fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use tandem_api::problem::Pointer;

    use super::*;

    #[test]
    fn a_name_for_addresses_has_letters_digits_and_hyphens_only() {
        assert_eq!(slug_of("2018–2019 cohort"), "2018-2019-cohort");
        assert_eq!(slug_of("  Łódź!  "), "d");
        assert_eq!(slug_of(""), "");
    }

    #[test]
    fn a_refusal_stands_beside_its_field_until_it_is_typed_anew() {
        Owner::new().with(|| {
            let entry = Entry::new(&[("slug", "x")]);
            entry.refused(&ApiError::Invalid {
                fields: vec![],
                places: vec![Pointer {
                    pointer: "/slug".to_owned(),
                    code: "taken".to_owned(),
                }],
            });
            assert_eq!(
                entry.error("slug").get_untracked().as_deref(),
                Some("This is taken already.")
            );
            entry.write("slug").run("y".to_owned());
            assert_eq!(entry.error("slug").get_untracked(), None);
            assert_eq!(entry.trimmed("slug"), "y");
        });
    }
}
