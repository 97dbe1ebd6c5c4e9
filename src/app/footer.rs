//! The foot of every page: whom to ask.

use leptos::prelude::*;

use crate::session::Session;
use crate::ui::mark::Mark;
use crate::widgets::contact::Contact;

/// The foot of every page.
#[component]
pub fn Footer() -> impl IntoView {
    let program = Session::expect().program();
    let contact = move || {
        let contact = program.get().map(|program| program.contact)?;
        Some(view! { <p>"Questions about the program: " <Contact contact /></p> })
    };
    let association = move || {
        program
            .get()
            .map(|program| view! { <p>{program.association}</p> })
    };
    view! {
        <footer class="footer">
            <div class="footer__inner">
                <div class="footer__who">{association} {contact}</div>
                <p class="footer__tandem">
                    <Mark />
                    "Tandem, for mentoring programs"
                </p>
            </div>
        </footer>
    }
}
