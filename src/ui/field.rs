//! Label, hint and error around a control, wired so that a screen reader says all three.

use leptos::html;
use leptos::prelude::*;

use crate::dom::arrival;
use crate::ui::icon::{Icon, Shape};

/// How large the label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// One of several fields on a screen.
    #[default]
    Normal,
    /// The first of few.
    Large,
    /// The question is the screen: the label is its first heading.
    Page,
}

/// What stands above a control.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    text: String,
    hint: Option<String>,
    optional: Option<Signal<bool>>,
    size: Size,
}

impl Label {
    /// A label of these words, for an answer that is needed.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Adds a quiet line of help below.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into()).filter(|hint: &String| !hint.is_empty());
        self
    }

    /// Adds a sentence to the line of help.
    #[must_use]
    pub fn and_hint(self, more: &str) -> Self {
        let hint = match &self.hint {
            Some(hint) => format!("{hint} {more}"),
            None => more.to_owned(),
        };
        self.hint(hint)
    }

    /// The line of help.
    pub fn hint_text(&self) -> Option<String> {
        self.hint.clone()
    }

    /// Whether it says "(optional)"; nothing if it never does.
    pub fn is_optional(&self) -> Option<Signal<bool>> {
        self.optional
    }

    /// Says "(optional)" behind the words.
    #[must_use]
    pub fn optional(self) -> Self {
        self.optional_while(Signal::stored(true))
    }

    /// Says "(optional)" behind the words while this holds.
    #[must_use]
    pub fn optional_while(mut self, holds: impl Into<Signal<bool>>) -> Self {
        self.optional = Some(holds.into());
        self
    }

    /// Sets how large it is.
    #[must_use]
    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// The id of the hint below a control of this id, if there is a hint.
    pub fn hint_id(&self, id: &str) -> Option<String> {
        self.hint.as_ref().map(|_| format!("{id}-hint"))
    }

    /// What describes a control of this id: hint and error, as far as they are there.
    pub fn described_by(&self, id: &str, error: Signal<Option<String>>) -> Signal<Option<String>> {
        let hint_id = self.hint_id(id);
        let error_id = format!("{id}-error");
        Signal::derive(move || {
            let error_id = error.with(Option::is_some).then(|| error_id.clone());
            match (hint_id.clone(), error_id) {
                (Some(hint_id), Some(error_id)) => Some(format!("{hint_id} {error_id}")),
                (hint_id, error_id) => hint_id.or(error_id),
            }
        })
    }

    fn words(&self) -> impl IntoView + use<> {
        let optional = self.optional.map(|holds| {
            // The space stands outside, or names that are put together have none.
            let words = || {
                (
                    " ",
                    view! { <span class="field__optional">"(optional)"</span> },
                )
            };
            move || holds.get().then(words)
        });
        (self.text.clone(), optional)
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// A single control with its label. The control itself carries `id`, `aria-describedby`
/// (from `Label::described_by`) and `aria-invalid`.
#[component]
pub fn Field(
    /// The id of the control inside.
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// What is wrong with the answer, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// The control.
    children: Children,
) -> impl IntoView {
    let words = label.words();
    let name = view! {
        <label class="field__label" for=id.clone()>
            {words}
        </label>
    };
    let heading = match label.size {
        Size::Page => view! { <QuestionHeading>{name}</QuestionHeading> }.into_any(),
        Size::Normal | Size::Large => name.into_any(),
    };
    view! {
        <div class=field_class(label.size) data-invalid=move || invalid(error)>
            {heading}
            <Hint id=id.clone() text=label.hint />
            <FieldError id error />
            {children()}
        </div>
    }
}

/// Several controls that answer one question, with the question as their legend.
#[component]
pub fn FieldGroup(
    /// The id of the group; an error summary points here.
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// What is wrong with the answer, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let described_by = label.described_by(&id, error);
    let group_id = id.clone();
    let words = label.words();
    let legend = match label.size {
        Size::Page => view! { <QuestionHeading>{words}</QuestionHeading> }.into_any(),
        Size::Normal | Size::Large => words.into_any(),
    };
    view! {
        <fieldset
            class=field_class(label.size)
            id=group_id
            aria-describedby=move || described_by.get()
            data-invalid=move || invalid(error)
        >
            <legend class="field__label">{legend}</legend>
            <Hint id=id.clone() text=label.hint />
            <FieldError id error />
            {children()}
        </fieldset>
    }
}

/// A question that is the first heading of its screen.
#[component]
fn QuestionHeading(
    /// The question.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            arrival::with_heading(&heading);
        }
    });
    view! {
        <h1 class="field__heading" tabindex="-1" node_ref=heading>
            {children()}
        </h1>
    }
}

/// The quiet line of help below a label.
#[component]
fn Hint(
    /// The id of the control.
    id: String,
    /// The help.
    text: Option<String>,
) -> impl IntoView {
    text.map(|text| {
        view! {
            <p class="field__hint" id=format!("{id}-hint")>
                {text}
            </p>
        }
    })
}

/// What is wrong with an answer, between label and control.
#[component]
pub fn FieldError(
    /// The id of the control.
    id: String,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! {
                <p class="field__error" id=format!("{id}-error")>
                    <Icon shape=Shape::Error />
                    <span class="visually-hidden">"Problem: "</span>
                    {error}
                </p>
            }
        })
    }
}

fn field_class(size: Size) -> &'static str {
    match size {
        Size::Normal => "field",
        Size::Large => "field field--large",
        Size::Page => "field field--page",
    }
}

/// The value of `aria-invalid` (or `data-invalid`) for a control with this error.
pub fn invalid(error: Signal<Option<String>>) -> Option<&'static str> {
    error.with(Option::is_some).then_some("true")
}
