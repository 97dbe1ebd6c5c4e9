//! Files that the reader chooses.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

/// A file that was chosen.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// How large it is.
    pub bytes: f64,
    /// What it is, for sending.
    pub body: JsValue,
}

impl Chosen {
    /// The file that an input holds, taken out of it: the same file can be chosen again.
    pub fn take(event: &Event) -> Option<Self> {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        let file = input.files()?.get(0)?;
        let chosen = Self {
            name: file.name(),
            bytes: file.size(),
            body: file.clone().into(),
        };
        input.set_value("");
        Some(chosen)
    }

    /// What it says, if it is a text.
    pub async fn text(&self) -> Option<String> {
        let file: &File = self.body.dyn_ref()?;
        JsFuture::from(file.text()).await.ok()?.as_string()
    }
}
