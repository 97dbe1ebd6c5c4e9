//! Every building block in its states, for those who draw and check them. Only in builds with the
//! feature `gallery`.

mod fields;
pub mod many_dates;
mod messages;
mod overlays;

use leptos::prelude::*;

use crate::pages::gallery::fields::{ChoiceSamples, TextSamples, TickSamples};
use crate::pages::gallery::messages::{MessageSamples, TableSample, WordSamples};
use crate::pages::gallery::overlays::{ButtonSamples, OverlaySamples};
use crate::ui::back_link::{BackLink, Breadcrumb};
use crate::ui::heading::{PageHeading, PageTitle};
use crate::widgets::trouble::{Reason, Trouble};

/// All building blocks, one below the other.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let trail = vec![
        ("Program".to_owned(), "/".to_owned()),
        ("2018–2019".to_owned(), "/cohorts/2018-2019".to_owned()),
    ];
    view! {
        <PageTitle title="Gallery" />
        <div class="page page--aside">
            <div class="stack stack--loose">
                <BackLink href="/">"The program"</BackLink>
                <Breadcrumb trail />
                <PageHeading
                    kicker="Building blocks"
                    lead="Each in the states it can have: at rest, in use, wrong, empty, on its way."
                >
                    "Gallery: Nguyễn Thị Ánh, Ọláolúwa, Kaʻiulani"
                </PageHeading>
                <ButtonSamples />
                <TextSamples />
                <ChoiceSamples />
                <TickSamples />
                <OverlaySamples />
            </div>
            <div class="stack stack--loose">
                <MessageSamples />
                <WordSamples />
            </div>
        </div>
        <div class="page">
            <TableSample />
            <Trouble reason=Reason::Failed("0198-7f3c".to_owned()) on_retry=Some(Callback::new(|()| ())) />
            <Trouble reason=Reason::SignedOut on_retry=None />
        </div>
    }
}
