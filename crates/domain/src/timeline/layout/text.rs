//! How wide a line of text is set, from widths that were measured once.

/// The widths of the letters of a typeface at one size, in 64ths of a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letters {
    /// From the space to the tilde.
    plain: Vec<i32>,
    /// Any other letter that has a width of its own.
    other: i32,
    /// Letters of scripts that are set on a square.
    square: i32,
}

const FIRST: u32 = 0x20;
/// How many letters are measured one by one.
pub const MEASURED: usize = 95;

impl Letters {
    /// The letters whose widths are measured one by one, in order.
    pub fn measured() -> impl Iterator<Item = char> {
        (FIRST..).take(MEASURED).filter_map(char::from_u32)
    }

    /// Takes in the widths of [`Letters::measured`] in 64ths of a pixel, and the size of the type
    /// in pixels.
    pub fn new(plain: Vec<i32>, size: i32) -> Self {
        let widest_common = plain.get(('m' as u32 - FIRST) as usize).copied();
        Self {
            other: widest_common.unwrap_or(size * 64).max(size * 32),
            square: size * 64 + size * 8,
            plain,
        }
    }

    /// How wide a text is set, in pixels; never less than it is.
    pub fn width(&self, text: &str) -> i32 {
        let sum: i32 = text.chars().map(|letter| self.letter(letter)).sum();
        (sum + 63) / 64 + 1
    }

    fn letter(&self, letter: char) -> i32 {
        let code = u32::from(letter);
        let plain = code
            .checked_sub(FIRST)
            .and_then(|place| self.plain.get(place as usize));
        match plain {
            Some(width) => *width,
            // Marks that stand above or below the letter before them.
            None if (0x300..0x370).contains(&code) => 0,
            None if code >= 0x2e80 => self.square,
            None => self.other,
        }
    }
}
