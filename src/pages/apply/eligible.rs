//! Who may apply, asked before anything is written: so that nobody writes an application in vain.
//! A no leads to a page that says why and what else there is; it is no mistake.

use leptos::leptos_dom::helpers::request_animation_frame;
use leptos::prelude::*;
use tandem_domain::form::definition::Condition;

use crate::dom::focus;
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::heading::{PageHeading, PageTitle};
use crate::widgets::contact::Contact;

/// The conditions, and the two ways on.
#[component]
pub fn Eligible(
    /// What must be true.
    conditions: Vec<Condition>,
    /// Whether the application is being begun.
    busy: Memo<bool>,
    /// Called when all of it is true.
    #[prop(into)]
    on_yes: Callback<()>,
    /// Called to go back to role and address.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let is_declined = RwSignal::new(false);
    request_animation_frame(|| {
        focus::heading();
    });
    let conditions = StoredValue::new(conditions);
    move || {
        if is_declined.get() {
            let back = move |()| is_declined.set(false);
            view! { <NotThisTime conditions=conditions.get_value() on_back=back /> }.into_any()
        } else {
            let statements = conditions
                .get_value()
                .into_iter()
                .map(|condition| view! { <li>{condition.statement.text().to_owned()}</li> })
                .collect_view();
            let decline = move |()| {
                is_declined.set(true);
                request_animation_frame(|| {
                    focus::heading();
                });
            };
            view! {
                <PageTitle title="Before you begin" />
                <PageHeading lead="Is all of this true of you?">"Before you begin"</PageHeading>
                <ul class="start__conditions">{statements}</ul>
                <div class="row">
                    <Button look=Look::Primary busy on_press=on_yes>
                        "Yes, all of it"
                    </Button>
                    <Button on_press=decline>"No, not all of it"</Button>
                    <Button look=Look::Quiet on_press=on_back>
                        "Back"
                    </Button>
                </div>
            }
            .into_any()
        }
    }
}

/// Why this program is not for the reader now, and what else there is.
#[component]
fn NotThisTime(
    /// What must be true.
    conditions: Vec<Condition>,
    /// Called to answer again.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let program = Session::expect().program();
    let contact = move || {
        program.get().map(|program| {
            view! {
                <p>"If you are not sure, write to the program: " <Contact contact=program.contact /></p>
            }
        })
    };
    let lines = conditions
        .into_iter()
        .map(|condition| {
            view! {
                <div>
                    <dt>{condition.statement.text().to_owned()}</dt>
                    <dd>{condition.otherwise.text().to_owned()}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <PageTitle title="This program may not be for you this time" />
        <PageHeading lead="Better to know it now than after the long questions. Nothing was saved and nothing was sent.">
            "This program may not be for you this time"
        </PageHeading>
        <dl class="start__otherwise">{lines}</dl>
        {contact}
        <div class="row">
            <Button on_press=on_back>"Answer again"</Button>
            <ButtonLink href=Screen::Home.to_string()>"To the start page"</ButtonLink>
        </div>
    }
}
