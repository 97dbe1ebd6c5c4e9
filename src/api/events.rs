//! The stream of events: says that something changed, never what.

use futures::StreamExt;
use futures::future::{AbortHandle, abortable};
use futures::stream::select;
use gloo_net::eventsource::futures::EventSource;
use leptos::task::spawn_local;
use tandem_api::event::{Event, Topic};
use tandem_api::path;

use crate::api::json;

/// A stream that is open. Ends when it is dropped.
#[derive(Debug)]
pub struct Stream {
    abort: AbortHandle,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// What a stream reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The connection stands, for the first time or again: what changed before may not be told.
    Opened,
    /// Something changed.
    Event(Event),
    /// The connection broke. The browser tries again by itself unless it was refused.
    Broken,
}

/// Opens a stream. `report` is called until the answer is dropped. None if it cannot be opened.
pub fn open(topics: &[Topic], report: impl Fn(Report) + 'static) -> Option<Stream> {
    let topics: Vec<String> = topics.iter().map(ToString::to_string).collect();
    let address = format!("{}?topics={}", path::STREAM, topics.join(","));
    let mut source = EventSource::new(&address).ok()?;
    let opened = source.subscribe("open").ok()?.map(|told| (true, told));
    let messages = source.subscribe("message").ok()?;
    let mut told = select(opened, messages.map(|told| (false, told)));
    let (reading, abort) = abortable(async move {
        // The stream ends only with its source, which lives in here.
        let _source = source;
        while let Some((is_opening, message)) = told.next().await {
            match message {
                Ok(_) if is_opening => report(Report::Opened),
                Ok((_, message)) => {
                    let text = message.data().as_string().unwrap_or_default();
                    if let Some(event) = json::read(&text) {
                        report(Report::Event(event));
                    }
                }
                // Both hear of it; it is reported once.
                Err(_) if is_opening => (),
                Err(_) => report(Report::Broken),
            }
        }
    });
    spawn_local(async move {
        // Aborted is how it is meant to end.
        let _ended = reading.await;
    });
    Some(Stream { abort })
}
