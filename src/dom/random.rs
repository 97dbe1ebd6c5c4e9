//! Names that nobody else makes.

use web_sys::window;

/// A random UUID, for saves, commands and idempotency keys.
pub fn uuid() -> String {
    window()
        .and_then(|window| window.crypto().ok())
        .map(|crypto| crypto.random_uuid())
        .unwrap_or_default()
}

/// A whole number from nought up to, but not including, this one.
pub fn below(end: u32) -> u32 {
    // From 0 to below 1, so that the product is below `end`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small whole number"
    )]
    let number = (js_sys::Math::random() * f64::from(end)) as u32;
    number
}
