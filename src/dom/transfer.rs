//! A file on its way to the server: how far it is, and the way to stop it. `fetch` does not tell how
//! much of a body has left, so this is an `XMLHttpRequest`.

use js_sys::Promise;
use leptos::prelude::{Callable, Callback};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

/// See the module. Clones are the same transfer.
#[derive(Debug, Clone)]
pub struct Transfer(Option<XmlHttpRequest>);

impl Transfer {
    /// A transfer that has not begun.
    pub fn prepare() -> Self {
        Self(XmlHttpRequest::new().ok())
    }

    /// Stops it; whoever waits hears that nothing arrived.
    pub fn stop(&self) {
        if let Some(request) = &self.0 {
            // Refused only before it has begun, when there is nothing to stop.
            request.abort().ok();
        }
    }

    /// Posts a file as it is, and says now and then how many hundredths have left. Answers with the
    /// status and the text; with nothing, if it did not arrive or was given up.
    pub async fn post(
        &self,
        path: &str,
        file: &JsValue,
        patience_ms: u32,
        on_progress: Callback<u8>,
    ) -> Option<(u16, String)> {
        let request = self.0.as_ref()?;
        request.open("POST", path).ok()?;
        request.set_timeout(patience_ms);
        for (name, value) in [
            ("Accept", "application/json"),
            ("Content-Type", "application/octet-stream"),
        ] {
            request.set_request_header(name, value).ok()?;
        }
        let tell = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() {
                // Gone with the screen: then nobody looks.
                on_progress.try_run(hundredths(event.loaded(), event.total()));
            }
        });
        let upload = request.upload().ok()?;
        upload.set_onprogress(Some(tell.as_ref().unchecked_ref()));
        let end = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        request
            .send_with_opt_blob(Some(file.dyn_ref::<Blob>()?))
            .ok()?;
        JsFuture::from(end).await.ok()?;
        upload.set_onprogress(None);
        let status = request.status().ok().filter(|status| *status != 0)?;
        Some((status, request.response_text().ok()??))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of a whole in hundredths"
)]
fn hundredths(part: f64, whole: f64) -> u8 {
    (part / whole.max(1.0) * 100.0).clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_between_nothing_and_all() {
        assert_eq!(hundredths(0.0, 0.0), 0);
        assert_eq!(hundredths(1_999.0, 10_000.0), 19);
        assert_eq!(hundredths(12.0, 10.0), 100);
    }
}
