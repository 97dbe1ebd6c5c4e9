//! Secrets: how they are made, and the only form in which they are kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::hex;

/// The letters of a code (Crockford's base 32): none is taken for another.
const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A secret of 256 bits, as it goes into a cookie or a link.
pub fn secret() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A code of 40 bits that people type, without its hyphen.
pub fn code() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes)?;
    let letter = |byte: u8| {
        CODE_LETTERS
            .get(usize::from(byte & 31))
            .map_or('0', |b| char::from(*b))
    };
    Ok(bytes.into_iter().map(letter).collect())
}

/// A code as it is read best.
pub fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

/// A code as it was meant: without spaces and hyphens, look-alikes replaced.
pub fn read_code(typed: &str) -> String {
    typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => 'V',
            other => other,
        })
        .collect()
}

/// What is kept of a secret.
pub fn hash(secret: &str) -> String {
    hex::of(&Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_as_people_type_it() {
        let code = code().unwrap();
        assert_eq!(code.len(), 8);
        let typed = format!(" {} ", spaced(&code).to_lowercase());
        assert_eq!(read_code(&typed), code);
        assert_eq!(read_code("oil0-1abc"), "0110".to_owned() + "1ABC");
    }

    #[test]
    fn no_two_secrets_are_the_same() {
        assert_ne!(secret().unwrap(), secret().unwrap());
        assert_eq!(hash("a").len(), 64);
    }
}
