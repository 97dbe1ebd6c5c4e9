//! Work beside the page: a worker that hears text and says text.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, MessageEvent};

/// A worker that runs. Ends when it is dropped, whatever it is doing.
pub struct Worker {
    thread: web_sys::Worker,
    // Hold what hears; the browser only borrows it.
    _ear: Closure<dyn FnMut(MessageEvent)>,
    _trouble: Closure<dyn FnMut(Event)>,
}

/// What a worker does that its owner hears of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It says something.
    Text(String),
    /// It could not start, or broke down.
    Broken,
}

impl Worker {
    /// Starts one from a script. None where the browser has no workers.
    pub fn start(script: &str, hear: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let worker = web_sys::Worker::new(script).ok()?;
        let on_break = hear.clone();
        let ear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(Heard::Text(text));
            }
        });
        let trouble = Closure::<dyn FnMut(Event)>::new(move |_| on_break(Heard::Broken));
        worker.set_onmessage(Some(ear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(trouble.as_ref().unchecked_ref()));
        Some(Self {
            thread: worker,
            _ear: ear,
            _trouble: trouble,
        })
    }

    /// Says something to it.
    pub fn say(&self, text: &str) {
        // A string can always be copied to the other side.
        self.thread.post_message(&text.into()).ok();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.thread.terminate();
    }
}
