//! Whom one writes to about a program, as the association words it.

use leptos::prelude::*;

/// A link if it is an address, and not, say, a name or a desk.
#[component]
pub fn Contact(
    /// As the association words it.
    contact: String,
) -> impl IntoView {
    if is_address(&contact) {
        let href = format!("mailto:{contact}");
        view! { <a href=href>{contact}</a> }.into_any()
    } else {
        contact.into_any()
    }
}

fn is_address(contact: &str) -> bool {
    contact.contains('@') && !contact.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_alone_is_written_to_by_a_click() {
        assert!(is_address("mentoring@example.org"));
        for words in ["The desk", "Ana, ana@example.org", ""] {
            assert!(!is_address(words), "{words}");
        }
    }
}
