//! The worker's ends of the two lines.

use tandem_domain::matching::{Told, tell};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Answers every message from now on, and says that it listens.
pub fn listen() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mouth = scope.clone();
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data().as_string().unwrap_or_default();
        tell(&message, |told| post(&mouth, told));
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // Heard as long as the worker lives.
    hear.forget();
    post(&scope, &Told::Ready);
}

fn post(scope: &DedicatedWorkerGlobalScope, told: &Told) {
    let text = serde_json::to_string(told).unwrap_or_default();
    // A string can always be copied to the other side.
    scope.post_message(&JsValue::from_str(&text)).ok();
}
