//! Draws building blocks without a browser and looks at what a screen reader would be told.
//! Needs the feature `ssr`: `cargo test -p tandem --no-default-features --features ssr --test components`.
#![cfg(feature = "ssr")]

use leptos::prelude::*;
use tandem::ui::button::Button;
use tandem::ui::choice::{Choice, RadioGroup};
use tandem::ui::error_summary::{ErrorSummary, Mistake};
use tandem::ui::field::{Label, Size};
use tandem::ui::notice::{Kind, Notice};
use tandem::ui::text_area::TextArea;
use tandem::ui::text_field::{Text, TextField};

fn drawn<V: IntoView + 'static>(draw: impl FnOnce() -> V) -> String {
    Owner::new().with(|| draw().into_view().to_html())
}

#[test]
fn a_field_is_described_by_its_hint_and_its_error() {
    let html = drawn(|| {
        view! {
            <TextField
                id="email"
                label=Label::new("E-mail address").hint("We write only about the program.")
                text=Text::Email
                error=Some("Write an address.".to_owned())
                on_input=|_| ()
            />
        }
    });
    assert!(
        html.contains("aria-describedby=\"email-hint email-error\""),
        "{html}"
    );
    assert!(html.contains("id=\"email-hint\""), "{html}");
    assert!(html.contains("id=\"email-error\""), "{html}");
    assert!(html.contains("aria-invalid=\"true\""), "{html}");
    assert!(html.contains("dir=\"auto\""), "{html}");
    assert!(html.contains("for=\"email\""), "{html}");
    assert!(html.contains("autocomplete=\"email\""), "{html}");
}

#[test]
fn a_field_without_hint_and_error_is_described_by_nothing() {
    let html = drawn(|| {
        view! { <TextArea id="goals" label="Goals" on_input=|_| () /> }
    });
    assert!(!html.contains("aria-describedby"), "{html}");
    assert!(!html.contains("aria-invalid"), "{html}");
}

#[test]
fn a_question_that_is_the_screen_is_its_first_heading() {
    let html = drawn(|| {
        view! {
            <TextField
                id="name"
                label=Label::new("Your name").size(Size::Page).optional()
                on_input=|_| ()
            />
        }
    });
    assert!(html.contains("<h1"), "{html}");
    assert!(html.contains("(optional)"), "{html}");
}

#[test]
fn choices_share_a_name_and_a_legend() {
    let html = drawn(|| {
        let choices = vec![Choice::new("yes", "Yes"), Choice::new("no", "No")];
        view! {
            <RadioGroup id="remote" label="Remote?" choices value=None on_change=|_| () />
        }
    });
    assert_eq!(html.matches("name=\"remote\"").count(), 2, "{html}");
    assert!(html.contains("<fieldset"), "{html}");
    assert!(html.contains("<legend"), "{html}");
}

#[test]
fn w_12_the_summary_links_each_mistake_to_its_field() {
    let html = drawn(|| {
        let mistakes = vec![Mistake::new("email", "Write an address.")];
        view! { <ErrorSummary mistakes=mistakes attempt=1 /> }
    });
    assert!(html.contains("There is a problem"), "{html}");
    assert!(html.contains("href=\"#email\""), "{html}");
    assert!(html.contains("role=\"alert\""), "{html}");
}

#[test]
fn nothing_wrong_draws_no_summary() {
    let html = drawn(|| view! { <ErrorSummary mistakes=Vec::new() attempt=1 /> });
    assert!(!html.contains("There is a problem"), "{html}");
}

#[test]
fn a_disabled_button_stays_in_the_tab_order() {
    let html = drawn(|| view! { <Button disabled=true>"Send"</Button> });
    assert!(html.contains("aria-disabled=\"true\""), "{html}");
    assert!(!html.contains(" disabled"), "{html}");
    assert!(html.contains("type=\"button\""), "{html}");
}

#[test]
fn only_an_error_interrupts_the_listener() {
    let error = drawn(|| view! { <Notice kind=Kind::Error>"Not saved."</Notice> });
    let note = drawn(|| view! { <Notice>"Applications are open."</Notice> });
    assert!(error.contains("role=\"alert\""), "{error}");
    assert!(!note.contains("role"), "{note}");
}
