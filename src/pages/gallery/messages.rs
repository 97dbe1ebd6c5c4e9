//! Everything that only says something.

use leptos::prelude::*;

use crate::ui::button::{Button, Look};
use crate::ui::disclosure::Disclosure;
use crate::ui::empty::Empty;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::table::{Narrow, Table};
use crate::ui::tag::{Tag, Tone};

/// Notices, the empty place, what is on its way.
#[component]
pub fn MessageSamples() -> impl IntoView {
    view! {
        <Notice>"Applications open on 29 January."</Notice>
        <Notice kind=Kind::Success title="Sent">
            "Your application M2-0417 is in."
        </Notice>
        <Notice kind=Kind::Warning title="Two days left">
            "Applications close on Friday, 2 March, Anywhere on Earth."
        </Notice>
        <Notice kind=Kind::Error title="Not saved">
            "The server cannot be reached. What you typed is kept on this device."
        </Notice>
        <Empty title="No applications yet">
            <p>"They appear here as soon as the call is open and somebody sends one."</p>
            <Button look=Look::Primary>"Open the call"</Button>
        </Empty>
        <Skeleton label="Loading the text" />
        <Skeleton label="Loading the cards" outline=Outline::Cards n_parts=2 />
    }
}

/// Tags and a disclosure.
#[component]
pub fn WordSamples() -> impl IntoView {
    view! {
        <div class="row">
            <Tag>"Draft"</Tag>
            <Tag tone=Tone::Accent>"Submitted"</Tag>
            <Tag tone=Tone::Success>"Eligible"</Tag>
            <Tag tone=Tone::Warning>"Information asked"</Tag>
            <Tag tone=Tone::Error>"Not eligible"</Tag>
            <Tag tone=Tone::Mentor>"Mentor"</Tag>
            <Tag tone=Tone::Mentee>"Mentee"</Tag>
        </div>
        <Disclosure summary="Who reads my answers?">
            <p>"The subcommittee, and your partner what is marked for them."</p>
        </Disclosure>
    }
}

/// A table that becomes cards on a narrow page.
#[component]
pub fn TableSample() -> impl IntoView {
    let rows = [
        ("Ọláolúwa Adébáyọ̀", "Mentee", "12 February 2018", "86"),
        ("Nguyễn Thị Ánh Dương", "Mentor", "1 March 2018", "7"),
    ]
    .map(|(name, role, date, points)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label="Role">{role}</td>
                <td data-label="Sent">
                    <time>{date}</time>
                </td>
                <td data-label="Points">
                    {points}
                </td>
            </tr>
        }
    });
    view! {
        <Table
            caption="Applications"
            narrow=Narrow::Stacks
            heads=["Name", "Role", "Sent", "Points"]
        >
            {rows}
        </Table>
    }
}
