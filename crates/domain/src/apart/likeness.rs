//! When one name may be another, written in another way: other order, other alphabet, initials,
//! a letter wrong, a name left out. Wide on purpose: an officer looks at each.

use crate::rule::name::distance;
use crate::text::fold;

/// Letters of other alphabets as they are commonly written in Latin ones. Rough, and enough to
/// recognise a name.
const LETTERS: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('ґ', "g"),
    ('д', "d"),
    ('е', "e"),
    ('є', "ye"),
    ('ё', "yo"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('і', "i"),
    ('ї', "yi"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('ђ', "dj"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('џ', "dz"),
    ('α', "a"),
    ('β', "v"),
    ('γ', "g"),
    ('δ', "d"),
    ('ε', "e"),
    ('ζ', "z"),
    ('η', "i"),
    ('θ', "th"),
    ('ι', "i"),
    ('κ', "k"),
    ('λ', "l"),
    ('μ', "m"),
    ('ν', "n"),
    ('ξ', "x"),
    ('ο', "o"),
    ('π', "p"),
    ('ρ', "r"),
    ('σ', "s"),
    ('τ', "t"),
    ('υ', "y"),
    ('φ', "f"),
    ('χ', "ch"),
    ('ψ', "ps"),
    ('ω', "o"),
];

/// Pairs of letters that stand for one letter with dots or a stroke.
const PAIRS: &[(&str, &str)] = &[("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];

/// From how many letters on one may be wrong, and two.
const ONE_WRONG: usize = 5;
const TWO_WRONG: usize = 9;

/// Whether a name that somebody wrote may be another's. It does not matter which comes first.
pub fn is_likely_name(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    let (few, many) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    if few.is_empty() {
        return false;
    }
    if few.concat() == many.concat() {
        return true;
    }
    let is_whole = |part: &&String| part.chars().count() > 1;
    // Initials alone tell nobody apart.
    few.iter().any(|part| is_whole(&part)) && fits(few, many) && shares_a_whole_part(few, many)
}

/// Whether each part finds a partner of its own, exact ones first.
fn fits(few: &[String], many: &[String]) -> bool {
    let mut left: Vec<&String> = many.iter().collect();
    let mut open: Vec<&String> = Vec::new();
    for part in few {
        match left.iter().position(|other| *other == part) {
            Some(idx) => {
                left.remove(idx);
            }
            None => open.push(part),
        }
    }
    open.into_iter().all(|part| {
        let idx = left.iter().position(|other| is_like(part, other));
        if let Some(idx) = idx {
            left.remove(idx);
        }
        idx.is_some()
    })
}

fn shares_a_whole_part(few: &[String], many: &[String]) -> bool {
    few.iter()
        .filter(|part| part.chars().count() > 1)
        .any(|part| {
            many.iter()
                .any(|other| other.chars().count() > 1 && is_like(part, other))
        })
}

/// Whether two parts of names are one part: the same, an initial, or a letter or two wrong.
fn is_like(one: &str, other: &str) -> bool {
    let (length, other_length) = (one.chars().count(), other.chars().count());
    let shorter = length.min(other_length);
    if one == other {
        return true;
    }
    if shorter == 1 {
        return one.chars().next() == other.chars().next();
    }
    let allowed = match shorter {
        ..ONE_WRONG => 0,
        ONE_WRONG..TWO_WRONG => 1,
        _ => 2,
    };
    allowed > 0 && length.abs_diff(other_length) <= allowed && distance(one, other) <= allowed
}

/// The parts of a name in Latin letters, without accents.
fn parts(name: &str) -> Vec<String> {
    let mut latin = String::new();
    for c in fold(name).chars() {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, written)) => latin.push_str(written),
            None => latin.push(c),
        }
    }
    latin
        .split_whitespace()
        .map(|part| {
            PAIRS.iter().fold(part.to_owned(), |part, (pair, letter)| {
                part.replace(pair, letter)
            })
        })
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_recognised_in_another_spelling() {
        for (one, other) in [
            ("Ana Ortiz", "ÁNA ORTIZ"),
            ("Ortiz, Ana", "Ana Ortiz"),
            ("A. Ortiz", "Ana Ortiz"),
            ("Ana Ortiz", "Ana Maria Ortiz"),
            ("Ana Ortíz-Lee", "Ana Ortiz"),
            ("Ortiz", "Ana Ortiz"),
            ("Jürgen Müller", "Juergen Mueller"),
            ("Åsa Nygård", "Aasa Nygaard"),
            ("Ольга Щукина", "Olga Shchukina"),
            ("Νίκος Παππάς", "Nikos Pappas"),
            ("Katherine Pasternak", "Katharine Pasternack"),
            ("王小明", "王 小明"),
        ] {
            assert!(is_likely_name(one, other), "{one} / {other}");
            assert!(is_likely_name(other, one), "{other} / {one}");
        }
    }

    #[test]
    fn other_people_are_left_alone() {
        for (one, other) in [
            ("Ana Ortiz", "Ana Lopez"),
            ("Ana Ortiz", "Bo Ortiz"),
            ("A. O.", "Ana Ortiz"),
            ("Li", "Lu"),
            ("Ng", "N. Gupta"),
            ("", "Ana Ortiz"),
            ("…", "Ana Ortiz"),
            ("王小明", "李小明"),
        ] {
            assert!(!is_likely_name(one, other), "{one} / {other}");
            assert!(!is_likely_name(other, one), "{other} / {one}");
        }
    }
}
