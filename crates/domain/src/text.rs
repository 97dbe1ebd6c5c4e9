//! Text as people write it: normalised once, never rejected for its alphabet.
