//! A person in one line, and the words for what is known of a person: place, kind of institution,
//! areas.

use leptos::prelude::*;
use tandem_domain::candidate::Candidate;
use tandem_domain::form::definition::Slug;
use tandem_domain::form::place;
use tandem_domain::role::Role;

/// A short name as words: "`cataloging_metadata`" is "Cataloging and metadata".
pub fn slug_words(slug: &Slug) -> String {
    let words = match slug.0.as_str() {
        "cataloging_metadata" => "Cataloging and metadata",
        "leadership_management" => "Leadership and management",
        "lis_faculty" => "Library school faculty",
        "between_jobs" => "Between jobs",
        "video" => "Video call",
        "email" => "E-mail",
        "in_person" => "In person",
        other => return sentence_case(&other.replace(['_', '-'], " ")),
    };
    words.to_owned()
}

fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The role as people say it.
pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::Mentee => "mentee",
        Role::Mentor => "mentor",
    }
}

/// Where somebody is and works, in one line: "Academic · Guam".
pub fn place_line(candidate: &Candidate) -> String {
    let setting = candidate
        .setting
        .as_ref()
        .or(candidate.situation.as_ref())
        .map(slug_words);
    let place = Some(place_words(&candidate.place)).filter(|place| !place.is_empty());
    setting
        .into_iter()
        .chain(place)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A place in as few words as tell it: "US-GU" is "Guam"; unknown codes stay as they are.
pub fn place_words(code: &str) -> String {
    let name = match code.split_once('-') {
        Some((place::UNITED_STATES, state)) => place::state_name(state),
        _ => place::country_name(code),
    };
    name.unwrap_or(code).to_owned()
}

/// A person in one line: a mark of the role, the name, what else fits.
#[component]
pub fn PersonChip(
    /// The name.
    #[prop(into)]
    name: String,
    /// Which side.
    role: Role,
    /// A quiet word after the name.
    #[prop(into, optional)]
    note: Option<String>,
) -> impl IntoView {
    view! {
        <span class="person-chip" data-role=role.slug()>
            <span class="visually-hidden">{format!("{}: ", role_word(role))}</span>
            <span class="person-chip__name">{name}</span>
            {note.map(|note| view! { <span class="person-chip__note">{note}</span> })}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_become_words() {
        assert_eq!(
            slug_words(&Slug::from("electronic_resources")),
            "Electronic resources"
        );
        assert_eq!(
            slug_words(&Slug::from("cataloging_metadata")),
            "Cataloging and metadata"
        );
        assert_eq!(slug_words(&Slug::from("")), "");
    }

    #[test]
    fn places_have_their_names() {
        assert_eq!(place_words("US-GU"), "Guam");
        assert_eq!(place_words("CA"), "Canada");
        assert_eq!(place_words("US-WY"), "Wyoming");
        assert_eq!(place_words("CA-ON"), "CA-ON");
        assert_eq!(place_words("US-ZZ"), "US-ZZ");
    }
}
