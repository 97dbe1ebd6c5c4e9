//! Everything that can be filled in.

use leptos::prelude::*;

use crate::ui::checkbox::Checkbox;
use crate::ui::choice::{CheckboxGroup, Choice, Flow, RadioGroup};
use crate::ui::date_field::DateField;
use crate::ui::error_summary::{ErrorSummary, Mistake};
use crate::ui::field::{Label, Size};
use crate::ui::save_line::{SaveLine, SaveState};
use crate::ui::select::Select;
use crate::ui::text_area::TextArea;
use crate::ui::text_field::{Text, TextField};

/// Text, in a line and in many.
#[component]
pub fn TextSamples() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let ignore = Callback::new(|_: String| ());
    let wrong = Some("Write an address such as name@example.org.".to_owned());
    let mistakes = vec![
        Mistake::new("sample-email", "Write an address such as name@example.org."),
        Mistake::new("sample-setting", "Choose the kind of library you work in."),
    ];
    let count = Signal::derive(move || {
        let n_words = text.with(|text| text.split_whitespace().count());
        format!("{n_words} of 150 to 300 words")
    });
    let offline = SaveState::Offline { on_device: true };
    view! {
        <ErrorSummary mistakes=mistakes attempt=0 />
        <TextField
            id="sample-name"
            label=Label::new("Your name").hint("As it should stand on a card.")
            text=Text::Name
            value=text
            on_input=move |value| text.set(value)
        />
        <TextField
            id="sample-email"
            label="E-mail address"
            text=Text::Email
            error=wrong
            on_input=ignore
        />
        <TextField id="sample-code" label="Code from the mail" text=Text::Code on_input=ignore />
        <TextArea
            id="sample-statement"
            label=Label::new("What would you like to learn in these eleven months?")
                .hint("Your mentor reads this first. Be as concrete as you can.")
                .size(Size::Large)
            value=text
            count=count
            on_input=move |value| text.set(value)
        />
        <SaveLine state=SaveState::Untouched />
        <SaveLine state=SaveState::Saving />
        <SaveLine state=SaveState::Saved("14:32".to_owned()) />
        <SaveLine state=offline on_retry=|()| () />
        <SaveLine state=SaveState::Failed("The server took too long.".to_owned()) on_retry=|()| () />
    }
}

/// Things to choose from.
#[component]
pub fn ChoiceSamples() -> impl IntoView {
    let setting = RwSignal::new(Some("academic".to_owned()));
    let settings = [
        ("academic", "University or college library"),
        ("public", "Public library"),
        ("special", "Special library, archive or museum"),
    ];
    let settings = settings
        .map(|(value, label)| Choice::new(value, label))
        .to_vec();
    view! {
        <RadioGroup
            id="sample-setting"
            label="Where do you work?"
            choices=settings.clone()
            value=setting
            error=Some("Choose the kind of library you work in.".to_owned())
            on_change=move |value| setting.set(Some(value))
        />
        <RadioGroup
            id="sample-remote"
            label=Label::new("May your partner live elsewhere?").optional()
            choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
            value=None
            flow=Flow::Inline
            on_change=|_| ()
        />
        <Select
            id="sample-select"
            label="Kind of library"
            choices=settings
            value=setting
            placeholder="Choose one"
            on_change=move |value| setting.set(value)
        />
        <DateField
            id="sample-date"
            label=Label::new("Applications close").hint("For example 2 March 2018.")
            value=None
            on_change=|_| ()
        />
    }
}

/// Things to tick.
#[component]
pub fn TickSamples() -> impl IntoView {
    let areas = RwSignal::new(vec!["cataloguing".to_owned()]);
    let agreed = RwSignal::new(false);
    let area_choices = [
        "Cataloguing",
        "Instruction",
        "Open access",
        "Leadership",
        "Archives",
    ]
    .map(|label| Choice::new(label.to_lowercase(), label))
    .to_vec();
    view! {
        <CheckboxGroup
            id="sample-areas"
            label="Areas"
            choices=area_choices
            value=areas
            flow=Flow::Columns
            on_change=move |value| areas.set(value)
        />
        <Checkbox
            id="sample-agree"
            label="I will meet my partner at least once a month."
            checked=agreed
            on_change=move |value| agreed.set(value)
        />
    }
}
