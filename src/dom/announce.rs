//! Says something to those who listen instead of look. The two regions stand in the shell
//! (`app.rs`) from the start, because a region that is added together with its text is not read.

use web_sys::window;

/// The element that is read when the listener pauses.
pub const POLITE: &str = "announcer-polite";
/// The element that is read at once.
pub const ASSERTIVE: &str = "announcer-assertive";

/// Says it when the listener pauses.
pub fn polite(sentence: &str) {
    say(POLITE, sentence);
}

/// Says it at once. Only for what went wrong.
pub fn assertive(sentence: &str) {
    say(ASSERTIVE, sentence);
}

fn say(id: &str, sentence: &str) {
    let Some(region) = window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id))
    else {
        return;
    };
    // The same sentence twice is only read twice if the text differs.
    let is_same = region.text_content().as_deref() == Some(sentence);
    let mark = if is_same { "\u{a0}" } else { "" };
    region.set_text_content(Some(&format!("{sentence}{mark}")));
}
