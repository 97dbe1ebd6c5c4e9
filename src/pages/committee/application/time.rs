//! More time for one application: what was granted, and granting it.

use leptos::prelude::*;
use tandem_api::application::ApplicationView;
use tandem_api::window::GrantExtension;
use tandem_domain::application::window::Personal;
use tandem_domain::id::ApplicationId;

use crate::api::committee;
use crate::api::error::ApiError;
use crate::dom::announce;
use crate::ui::button::{Button, Look};
use crate::ui::date_field::{DateEntry, DateField};
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::text_area::TextArea;
use crate::widgets::deadline::official;

/// More time for one application.
#[component]
pub fn MoreTime(
    /// Which application.
    id: ApplicationId,
    /// The revision that was read.
    rev: i64,
    /// What was granted already.
    granted: Option<Personal>,
    /// Called after something changed.
    on_change: Callback<()>,
) -> impl IntoView {
    let failed = RwSignal::new(None::<ApiError>);
    let settle = move |answer: Result<ApplicationView, ApiError>, done: &'static str| match answer {
        Ok(_) => {
            announce::polite(done);
            on_change.run(());
        }
        Err(error) => {
            failed.try_set(Some(error));
        }
    };
    let end = Action::new_local(move |(): &()| async move {
        settle(
            committee::end_extension(id, rev).await,
            "The extra time is taken back.",
        );
    });
    let grant = Action::new_local(move |wish: &GrantExtension| {
        let wish = wish.clone();
        async move {
            settle(
                committee::grant_extension(id, rev, &wish).await,
                "More time is granted, and a mail tells the applicant.",
            );
        }
    });
    let present = granted.map(|granted| {
        view! {
            <p>{format!("This application can be changed and sent until {}.", official(&granted.until))}</p>
            <div>
                <Button
                    look=Look::Quiet
                    busy=end.pending()
                    on_press=move |()| {
                        end.dispatch_local(());
                    }
                >
                    "Take the extra time back"
                </Button>
            </div>
        }
    });
    view! {
        <section class="stack" aria-labelledby="more-time">
            <h2 id="more-time">"More time"</h2>
            {present}
            <Disclosure summary="Grant more time">
                <TimeForm id="extension" words="Grant more time" busy=grant.pending() on_grant=Callback::new(move |(last_day, reason)| {
                    grant.dispatch_local(GrantExtension { last_day, reason });
                }) />
            </Disclosure>
            {move || {
                failed
                    .get()
                    .map(|error| view! { <Notice kind=Kind::Error><p>{refusal(&error)}</p></Notice> })
            }}
        </section>
    }
}

/// The last day and the reason, for an extension and for a late link.
#[component]
pub fn TimeForm(
    /// What the ids of the fields begin with.
    id: &'static str,
    /// What its button says.
    words: &'static str,
    /// Whether an answer is on its way.
    busy: Memo<bool>,
    /// Called with the last day and the reason.
    on_grant: Callback<(chrono::NaiveDate, String)>,
) -> impl IntoView {
    let day = RwSignal::new(DateEntry::Empty);
    let reason = RwSignal::new(String::new());
    let no_day = RwSignal::new(None::<String>);
    let no_reason = RwSignal::new(None::<String>);
    let grant = move |()| {
        let text = reason.get_untracked().trim().to_owned();
        let DateEntry::Day(last_day) = day.get_untracked() else {
            no_day.set(Some("Enter the last day, such as 9 March 2018.".to_owned()));
            return;
        };
        if text.is_empty() {
            no_reason.set(Some("Say why; the committee reads it.".to_owned()));
            return;
        }
        on_grant.run((last_day, text));
    };
    view! {
        <div class="stack">
            <DateField
                id=format!("{id}-day")
                label=Label::new("The last day").hint("Until the end of this day, read where the deadline of the call is read.")
                value=None
                error=no_day
                on_change=move |entry| {
                    no_day.set(None);
                    day.set(entry);
                }
            />
            <TextArea
                id=format!("{id}-reason")
                label=Label::new("Why").hint("The committee reads it, the applicant does not.")
                error=no_reason
                on_input=move |text| {
                    no_reason.set(None);
                    reason.set(text);
                }
            />
            <div>
                <Button look=Look::Primary busy on_press=grant>
                    {words}
                </Button>
            </div>
        </div>
    }
}

/// Why more time was not granted.
pub fn refusal(error: &ApiError) -> String {
    match error {
        ApiError::Invalid { places, .. } if places.iter().any(|one| one.pointer == "/last_day") => {
            "This day gives no more time: it must lie ahead, and after the call has closed."
                .to_owned()
        }
        ApiError::Invalid { places, .. } if places.iter().any(|one| one.pointer == "/email") => {
            "Enter an e-mail address in full, such as name@example.org.".to_owned()
        }
        other => other.sentence(),
    }
}
