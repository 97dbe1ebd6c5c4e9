//! The mails of a program: what waits, what went, what failed.

use leptos::prelude::*;
use tandem_api::outbox::{MailRow, MailState};
use tandem_domain::id::{MailId, ProgramId};

use crate::api::error::ApiError;
use crate::api::outbox;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::manage::program_id;
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::local_time::LocalTime;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::table::{Narrow, Table};
use crate::ui::tag::{Tag, Tone};

/// The mails of a program.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let program = program_id();
    let n_listed = RwSignal::new(AT_FIRST);
    let mails = Fetched::new(move || Box::pin(load(program.get())));
    let again = mails.again();
    move || match mails.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the mails" outline=Outline::Rows n_parts=8 /> }
                .into_any()
        }
        Load::Ready((program, mails)) => {
            view! { <Mails program mails n_listed on_change=again /> }.into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=again /> }.into_any(),
    }
}

async fn load(program: Option<ProgramId>) -> Result<(ProgramId, Vec<MailRow>), ApiError> {
    let program = program.ok_or(ApiError::NotFound)?;
    Ok((program, outbox::mails(program).await?))
}

/// The mails that are here.
#[component]
fn Mails(
    /// Of which program.
    program: ProgramId,
    /// Newest first.
    mails: Vec<MailRow>,
    /// How many of them are listed.
    n_listed: RwSignal<usize>,
    /// Called after a change.
    on_change: Callback<()>,
) -> impl IntoView {
    let reading = RwSignal::new(None::<MailId>);
    let are_kept = mails.iter().any(|mail| mail.state == MailState::Local);
    let lead = if are_kept {
        "This server sends no mails: they are kept here and read here."
    } else {
        "Every mail of the program, and what became of it. Mails about where somebody stands wait ten \
         minutes before they go: hold back what should not go."
    };
    let body = if mails.is_empty() {
        view! {
            <Empty title="No mails yet">
                <p>"Every mail that the program sends stands here, with its text and its fate."</p>
            </Empty>
        }
        .into_any()
    } else {
        let (stuck, others): (Vec<MailRow>, Vec<MailRow>) =
            mails.into_iter().partition(|mail| is_stuck(mail.state));
        let stuck = (!stuck.is_empty()).then(|| {
            let title = match stuck.len() {
                1 => "1 mail did not go".to_owned(),
                n_stuck => format!("{n_stuck} mails did not go"),
            };
            view! {
                <Notice kind=Kind::Error title>
                    <p>"Look at what is wrong, then try again; until then nothing more is done."</p>
                </Notice>
                <List title="Not gone" program mails=stuck n_listed reading on_change />
            }
        });
        view! {
            {stuck}
            <List title="Mails" program mails=others n_listed reading on_change />
        }
        .into_any()
    };
    view! {
        <article class="page page--wide outbox">
            <BackLink href=Screen::Manage.to_string()>"Manage"</BackLink>
            <PageHeading lead>"Mails"</PageHeading>
            {body}
            <Dialog
                open=Signal::derive(move || reading.get().is_some())
                title="The mail"
                on_close=move |()| reading.set(None)
            >
                {move || reading.get().map(|mail| view! { <Letter program mail /> })}
            </Dialog>
        </article>
    }
}

/// Whether somebody has to look at it, since it is not tried again by itself.
fn is_stuck(state: MailState) -> bool {
    Deed::of(state).contains(&Deed::Retry)
}

/// So many mails are listed before one asks for more.
const AT_FIRST: usize = 50;

/// A table of mails, the newest at first.
#[component]
fn List(
    /// What it lists.
    title: &'static str,
    /// Of which program.
    program: ProgramId,
    /// Newest first.
    mails: Vec<MailRow>,
    /// How many are listed; stays when the mails are read again.
    n_listed: RwSignal<usize>,
    /// The mail that is open.
    reading: RwSignal<Option<MailId>>,
    /// Called after a change.
    on_change: Callback<()>,
) -> impl IntoView {
    let n_all = mails.len();
    let mails = StoredValue::new(mails);
    let listed = move || {
        mails.with_value(|mails| {
            mails
                .iter()
                .take(n_listed.get())
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let row = move |mail| view! { <Row program mail reading on_change /> };
    let more = move || {
        (n_listed.get() < n_all).then(|| {
            let words = format!("Show older ones ({} of {n_all} are listed)", n_listed.get());
            let more = move |()| n_listed.update(|n_listed| *n_listed += AT_FIRST);
            view! { <p><Button on_press=more>{words}</Button></p> }
        })
    };
    (n_all > 0).then(|| {
        view! {
            <Table caption=title narrow=Narrow::Stacks heads=HEADS>
                <For each=listed key=|mail| mail.id children=row />
            </Table>
            {more}
        }
    })
}

const HEADS: [&str; 5] = ["Subject", "To", "State", "When", "Actions"];

/// One mail in the table.
#[component]
fn Row(
    /// Of which program.
    program: ProgramId,
    /// Which.
    mail: MailRow,
    /// The mail that is open.
    reading: RwSignal<Option<MailId>>,
    /// Called after a change.
    on_change: Callback<()>,
) -> impl IntoView {
    let (state, tone) = state_words(mail.state);
    let [subject, to, state_head, when, actions] = HEADS;
    view! {
        <tr>
            <th scope="row" data-label=subject>{mail.subject}</th>
            <td data-label=to>{mail.to}</td>
            <td data-label=state_head>
                <Tag tone>{state}</Tag>
                {mail.last_error.map(|error| view! { <p class="outbox__error">{error}</p> })}
            </td>
            <td data-label=when><LocalTime at=mail.sent_at.unwrap_or(mail.due_at) /></td>
            <td data-label=actions>
                <Deeds program mail=mail.id state=mail.state reading on_change />
            </td>
        </tr>
    }
}

/// What can be done with a mail beside reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Retry,
    Hold,
    Send,
}

impl Deed {
    /// What a mail in a state allows.
    fn of(state: MailState) -> &'static [Self] {
        match state {
            MailState::Failed | MailState::Ambiguous => &[Self::Retry],
            MailState::Waiting => &[Self::Hold, Self::Send],
            MailState::Held => &[Self::Send],
            MailState::Sending | MailState::Sent | MailState::Local | MailState::Dropped => &[],
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Retry => "Try again",
            Self::Hold => "Hold back",
            Self::Send => "Send now",
        }
    }
}

/// The buttons of a mail, and why one of them did nothing.
#[component]
fn Deeds(
    /// Of which program.
    program: ProgramId,
    /// Which.
    mail: MailId,
    /// What has become of it so far.
    state: MailState,
    /// The mail that is open.
    reading: RwSignal<Option<MailId>>,
    /// Called after a change.
    on_change: Callback<()>,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let act = Action::new_local(move |deed: &Deed| {
        let deed = *deed;
        async move {
            let done = match deed {
                Deed::Retry => outbox::retry(program, mail).await,
                Deed::Hold => outbox::decide(program, mail, false).await,
                Deed::Send => outbox::decide(program, mail, true).await,
            };
            match done {
                Ok(()) => on_change.run(()),
                Err(error) => {
                    trouble.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let deeds = Deed::of(state)
        .iter()
        .map(|deed| {
            let press = move |()| {
                act.dispatch_local(*deed);
            };
            view! { <Button busy=act.pending() on_press=press>{deed.words()}</Button> }
        })
        .collect_view();
    view! {
        <div class="row">
            <Button look=Look::Quiet on_press=move |()| reading.set(Some(mail))>"Read"</Button>
            {deeds}
        </div>
        {move || {
            trouble.get().map(|words| view! { <p class="outbox__error" role="alert">{words}</p> })
        }}
    }
}

/// The text of a mail.
#[component]
fn Letter(
    /// Of which program.
    program: ProgramId,
    /// Which.
    mail: MailId,
) -> impl IntoView {
    let text = Fetched::new(move || Box::pin(outbox::mail(program, mail)));
    move || match text.get() {
        Load::Waiting => view! { <Skeleton label="Loading the mail" /> }.into_any(),
        Load::Ready(mail) => view! {
            <p class="outbox__subject">{mail.row.subject}</p>
            <pre class="outbox__body">{mail.body}</pre>
        }
        .into_any(),
        Load::Failed(ApiError::Forbidden) => {
            view! { <p>"Only the program officer reads the text of mails."</p> }.into_any()
        }
        Load::Failed(error) => view! { <p>{error.sentence()}</p> }.into_any(),
    }
}

fn state_words(state: MailState) -> (&'static str, Tone) {
    match state {
        MailState::Waiting => ("Waiting", Tone::Neutral),
        MailState::Sending => ("Being sent", Tone::Accent),
        MailState::Sent => ("Sent", Tone::Success),
        MailState::Failed => ("Failed", Tone::Error),
        MailState::Ambiguous => ("Perhaps sent", Tone::Warning),
        MailState::Local => ("Kept here", Tone::Neutral),
        MailState::Held => ("Held back", Tone::Warning),
        MailState::Dropped => ("Not needed any more", Tone::Neutral),
    }
}
