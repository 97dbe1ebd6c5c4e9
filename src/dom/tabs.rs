//! What the tabs of this browser tell each other.

use leptos::prelude::{StoredValue, UpdateValue, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A line between the tabs that opened one of the same name. Closed with the screen.
#[derive(Clone, Copy)]
pub struct Tabs {
    line: StoredValue<Option<Line>, leptos::prelude::LocalStorage>,
}

struct Line {
    channel: BroadcastChannel,
    // Holds what hears; the browser only borrows it.
    _ear: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.channel.close();
    }
}

impl Tabs {
    /// Opens a line and hears what the other tabs say. A browser that has none stays silent.
    pub fn open(name: &str, mut hear: impl FnMut(String) + 'static) -> Self {
        let ear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        let line = BroadcastChannel::new(name).ok().map(|channel| {
            channel.set_onmessage(Some(ear.as_ref().unchecked_ref()));
            Line { channel, _ear: ear }
        });
        let line = StoredValue::new_local(line);
        on_cleanup(move || {
            line.try_update_value(Option::take);
        });
        Self { line }
    }

    /// Tells the other tabs.
    pub fn say(self, text: &str) {
        self.line.try_update_value(|line| {
            if let Some(line) = line {
                // A refusal means that the line is closed: then nobody is to hear it.
                line.channel.post_message(&text.into()).ok();
            }
        });
    }
}
