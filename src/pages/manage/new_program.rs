//! The form that founds a program.

use leptos::prelude::*;
use tandem_api::cohort::NewProgram;

use crate::api::cohorts;
use crate::dom::random;
use crate::pages::manage::entry::{Entry, slug_of};
use crate::session::Session;
use crate::ui::button::{Button, Look, Press};
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::text_area::TextArea;
use crate::ui::text_field::{Text, TextField};

/// The form that founds a program.
#[component]
pub fn NewProgramForm() -> impl IntoView {
    let session = Session::expect();
    let entry = Entry::new(&[]);
    let key = RwSignal::new(random::uuid());
    let send = Action::new_local(move |program: &NewProgram| {
        let program = program.clone();
        async move {
            match cohorts::create_program(key.get_untracked(), &program).await {
                Ok(_) => {
                    key.try_set(random::uuid());
                    session.refresh();
                }
                Err(error) => entry.refused(&error),
            }
        }
    });
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if entry.settle(missing(entry)) {
            send.dispatch_local(program(entry));
        }
    };
    view! {
        <section class="stack" aria-labelledby="new-program">
            <h2 id="new-program">"Found a program"</h2>
            <form class="stack" novalidate on:submit=submitted>
                <Fields entry />
                {move || {
                    entry.failure().get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })
                }}
                <div>
                    <Button look=Look::Primary press=Press::Submits busy=send.pending()>
                        "Found the program"
                    </Button>
                </div>
            </form>
        </section>
    }
}

/// What is asked of a program.
#[component]
fn Fields(
    /// What is typed, and what is wrong.
    entry: Entry,
) -> impl IntoView {
    view! {
        <TextField
            id="name"
            label=Label::new("Name").hint("As members know it: “Mentoring Program”.")
            value=entry.value("name")
            error=entry.error("name")
            on_input=entry.write("name")
        />
        <TextField
            id="association"
            label=Label::new("Association").hint("Who runs it.")
            error=entry.error("association")
            on_input=entry.write("association")
        />
        <TextArea
            id="about"
            label=Label::new("What it is")
                .hint("A paragraph or two for the start page: what it offers, who may apply.")
            error=entry.error("about")
            on_input=entry.write("about")
        />
        <TextField
            id="contact"
            label=Label::new("Address for questions")
            text=Text::Email
            error=entry.error("contact")
            on_input=entry.write("contact")
        />
    }
}

fn missing(entry: Entry) -> Vec<(&'static str, String)> {
    [
        ("name", "Give the program a name."),
        ("association", "Say which association runs it."),
        ("about", "Say in a sentence or two what it is."),
        ("contact", "Give an address for questions."),
    ]
    .into_iter()
    .filter(|(name, _)| entry.trimmed(name).is_empty())
    .map(|(name, words)| (name, words.to_owned()))
    .collect()
}

fn program(entry: Entry) -> NewProgram {
    let name = entry.trimmed("name");
    NewProgram {
        slug: slug_of(&name),
        name,
        association: entry.trimmed("association"),
        about: entry.trimmed("about"),
        contact: entry.trimmed("contact"),
    }
}
