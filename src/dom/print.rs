//! Paper.

use web_sys::window;

/// Opens the browser's own dialog for printing, which also writes PDFs.
pub fn print() {
    if let Some(window) = window() {
        // A browser without printers does nothing.
        window.print().ok();
    }
}
