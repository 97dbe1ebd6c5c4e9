//! The address of the own calendar feed: made, shown once, copied, replaced and ended.

use leptos::prelude::*;
use tandem_api::timeline::CalendarToken;

use crate::api::error::ApiError;
use crate::api::session as api;
use crate::dom::{announce, clipboard};
use crate::load::{Fetched, Load};
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, Label};
use crate::ui::local_time::LocalTime;
use crate::ui::notice::{Kind, Notice};

/// What is to become of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Make,
    Replace,
    End,
}

/// How the address stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    /// There is none.
    None,
    /// There is one, which nobody can be shown any more.
    Kept,
    /// It was just made.
    Shown(String),
}

impl Standing {
    fn of(token: &CalendarToken) -> Self {
        match (&token.url, token.since) {
            (Some(url), _) => Self::Shown(url.clone()),
            (None, Some(_)) => Self::Kept,
            (None, None) => Self::None,
        }
    }
}

/// The address that calendar programs ask.
fn subscribed(url: &str) -> String {
    match url.split_once("://") {
        Some((_, rest)) => format!("webcal://{rest}"),
        None => url.to_owned(),
    }
}

/// The own calendar address.
#[component]
pub(super) fn OwnCalendar() -> impl IntoView {
    let kept = Fetched::new(move || Box::pin(api::calendar_token()));
    let newer = RwSignal::new(None::<CalendarToken>);
    let asked = RwSignal::new(None::<Deed>);
    let failed = RwSignal::new(None::<String>);
    let act = Action::new_local(move |deed: &Deed| {
        let deed = *deed;
        async move {
            match perform(deed).await {
                Ok(token) => {
                    announce::polite(match deed {
                        Deed::End => "The address is ended.",
                        Deed::Make | Deed::Replace => "The address is made. It is shown this once.",
                    });
                    newer.try_set(Some(token));
                }
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let press = Callback::new(move |deed| {
        failed.set(None);
        asked.set(None);
        act.dispatch_local(deed);
    });
    let busy = act.pending();
    let body = move || match (newer.get(), kept.get()) {
        (Some(token), _) | (None, Load::Ready(token)) => address(&token, asked, press, busy),
        (None, Load::Failed(error)) => {
            let again = kept.again();
            view! {
                <Notice kind=Kind::Error>
                    <p>{error.sentence()}</p>
                    <Button on_press=again>"Try again"</Button>
                </Notice>
            }
            .into_any()
        }
        // As tall as what will most often stand here.
        (None, Load::Waiting) => view! {
            <div>
                <Button busy=Signal::stored(true)>"Make an address"</Button>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="stack" aria-labelledby="own-calendar">
            <h2 id="own-calendar">"Your dates in your calendar"</h2>
            <p>
                "A calendar program that knows your address shows the dates that concern you, and follows when they move. Programs look every few hours, some once a day. Whoever has the address can read these dates, so keep it to yourself."
            </p>
            {body}
            {move || failed.get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })}
            <Sure asked press />
        </section>
    }
}

async fn perform(deed: Deed) -> Result<CalendarToken, ApiError> {
    match deed {
        Deed::Make | Deed::Replace => api::make_calendar_token().await,
        Deed::End => api::end_calendar_token().await.map(|()| CalendarToken {
            since: None,
            url: None,
        }),
    }
}

fn address(
    token: &CalendarToken,
    asked: RwSignal<Option<Deed>>,
    press: Callback<Deed>,
    busy: Memo<bool>,
) -> AnyView {
    let since = token.since;
    let shown = match Standing::of(token) {
        Standing::None => {
            let make = Callback::new(move |()| press.run(Deed::Make));
            return view! {
                <div>
                    <Button busy on_press=make>
                        "Make an address"
                    </Button>
                </div>
            }
            .into_any();
        }
        Standing::Kept => view! {
            <p>
                "You have an address since " {since.map(|at| view! { <LocalTime at /> })}
                ". It was shown when it was made; if you no longer have it, replace it."
            </p>
        }
        .into_any(),
        Standing::Shown(url) => view! { <Shown url /> }.into_any(),
    };
    let replace = Callback::new(move |()| asked.set(Some(Deed::Replace)));
    let end = Callback::new(move |()| asked.set(Some(Deed::End)));
    view! {
        {shown}
        <div class="row">
            <Button busy on_press=replace>
                "Replace the address"
            </Button>
            <Button look=Look::Quiet busy on_press=end>
                "End it"
            </Button>
        </div>
    }
    .into_any()
}

/// The address, this once.
#[component]
fn Shown(
    /// The address.
    url: String,
) -> impl IntoView {
    let said = RwSignal::new("");
    let webcal = subscribed(&url);
    let text = StoredValue::new(url.clone());
    let copy = Action::new_local(move |(): &()| async move {
        let is_copied = clipboard::copy(&text.get_value()).await;
        said.try_set(if is_copied {
            "Copied."
        } else {
            "This browser does not let us. Select the address and copy it."
        });
    });
    let press = Callback::new(move |()| {
        copy.dispatch_local(());
    });
    let label = Label::new("Your address")
        .hint("Shown this once. Give it to your calendar program as a calendar from the web.");
    view! {
        <Field id="calendar-address".to_owned() label error=Signal::stored(None::<String>)>
            <input
                class="text-field"
                id="calendar-address"
                type="url"
                readonly
                value=url
                aria-describedby="calendar-address-hint"
            />
        </Field>
        <div class="row">
            <Button look=Look::Primary on_press=press>
                "Copy it"
            </Button>
            <a class="button" href=webcal rel="external">
                "Open it in a calendar program"
            </a>
            <span role="status">{said}</span>
        </div>
    }
}

/// Asks before an address that programs may know stops.
#[component]
fn Sure(
    /// What was asked for.
    asked: RwSignal<Option<Deed>>,
    /// Called with what shall be done.
    press: Callback<Deed>,
) -> impl IntoView {
    let open = Signal::derive(move || asked.with(Option::is_some));
    let ends = move || asked.get() == Some(Deed::End);
    let title = Signal::derive(move || {
        let verb = if ends() { "End" } else { "Replace" };
        format!("{verb} your calendar address?")
    });
    let close = Callback::new(move |()| asked.set(None));
    let go = Callback::new(move |()| {
        if let Some(deed) = asked.get_untracked() {
            press.run(deed);
        }
    });
    let verb = move || if ends() { "End it" } else { "Replace it" };
    view! {
        <Dialog open title on_close=close>
            <p>"Calendars that use the present address get nothing more from then on."</p>
            <div class="dialog__actions">
                <Button look=Look::Danger on_press=go>
                    {verb}
                </Button>
                <Button on_press=close>"Keep it"</Button>
            </div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_only_in_the_answer_that_makes_it() {
        let token = |since: Option<&str>, url: Option<&str>| CalendarToken {
            since: since.map(|at| at.parse().unwrap()),
            url: url.map(str::to_owned),
        };
        assert_eq!(Standing::of(&token(None, None)), Standing::None);
        let at = Some("2018-03-02T12:00:00Z");
        assert_eq!(Standing::of(&token(at, None)), Standing::Kept);
        let url = "https://example.org/cal/x.ics";
        assert_eq!(
            Standing::of(&token(at, Some(url))),
            Standing::Shown(url.to_owned())
        );
        assert_eq!(subscribed(url), "webcal://example.org/cal/x.ics");
    }
}
