//! Countries, and the states of the one country whose members are told apart by state.

mod list;

use super::answer::Answer;

pub use self::list::{COUNTRIES, US_STATES};

/// The country that has states.
pub const UNITED_STATES: &str = "US";

/// Territories of the United States that ISO lists as countries.
const TERRITORIES: &[&str] = &["AS", "GU", "MP", "PR", "VI"];

/// The English name of a country.
pub fn country_name(code: &str) -> Option<&'static str> {
    find(COUNTRIES, code)
}

/// The name of a state of the United States.
pub fn state_name(code: &str) -> Option<&'static str> {
    find(US_STATES, code)
}

/// A place in words: `Guam, United States`.
pub fn name(country: &str, region: Option<&str>) -> Option<String> {
    let country_name = country_name(country)?;
    match region
        .filter(|_| country == UNITED_STATES)
        .and_then(state_name)
    {
        Some(state) => Some(format!("{state}, {country_name}")),
        None => Some(country_name.to_owned()),
    }
}

/// Whether the country is known and, where it has states, the state is given.
pub fn is_known(country: &str, region: Option<&str>) -> bool {
    let has_state = region.is_some_and(|region| state_name(region).is_some());
    country_name(country).is_some() && (country != UNITED_STATES || has_state)
}

/// The place as it counts: codes in capitals, a state only where there are states. Whoever finds
/// Guam among the countries means the same as who finds it among the states.
pub(super) fn settle(country: &str, region: Option<&str>) -> Answer {
    let country = country.trim().to_ascii_uppercase();
    let region = region.map(|region| region.trim().to_ascii_uppercase());
    if TERRITORIES.contains(&country.as_str()) {
        return Answer::Place {
            country: UNITED_STATES.to_owned(),
            region: Some(country),
        };
    }
    let region = region.filter(|region| country == UNITED_STATES && !region.is_empty());
    Answer::Place { country, region }
}

fn find(list: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    list.iter()
        .find(|(known, _)| *known == code)
        .map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_lists_are_whole_and_name_nothing_twice() {
        let codes = |list: &[(&'static str, &str)]| {
            list.iter()
                .map(|(code, _)| *code)
                .collect::<BTreeSet<_>>()
                .len()
        };
        assert_eq!((COUNTRIES.len(), codes(COUNTRIES)), (249, 249));
        assert_eq!((US_STATES.len(), codes(US_STATES)), (59, 59));
        assert!(TERRITORIES.iter().all(|code| state_name(code).is_some()));
    }

    #[test]
    fn the_united_states_need_a_state_and_others_none() {
        assert!(is_known("US", Some("GU")));
        assert!(!is_known("US", None));
        assert!(!is_known("US", Some("ON")));
        assert!(is_known("CA", None));
        assert!(!is_known("XX", None));
        assert!(!is_known("", None));
    }

    #[test]
    fn a_territory_is_the_same_place_in_both_lists() {
        assert_eq!(settle("gu", None), settle("US", Some("gu")));
        assert_eq!(settle("CA", Some("ON")), settle("CA", None));
        assert_eq!(
            name("US", Some("GU")).as_deref(),
            Some("Guam, United States")
        );
    }
}
