//! Names that nobody else makes.

use web_sys::window;

/// A random UUID, for saves, commands and idempotency keys.
pub fn uuid() -> String {
    window()
        .and_then(|window| window.crypto().ok())
        .map(|crypto| crypto.random_uuid())
        .unwrap_or_default()
}
