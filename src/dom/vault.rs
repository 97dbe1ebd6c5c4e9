//! Texts that this browser keeps between visits where more has room than in its small store: one
//! database, one text a key. A browser that keeps nothing is no error.

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "tandem";
const STORE: &str = "texts";

/// The text kept under a key.
pub async fn read(key: &str) -> Option<String> {
    let store = store(IdbTransactionMode::Readonly).await?;
    let request = store.get(&JsValue::from_str(key)).ok()?;
    settled(&request).await?.as_string()
}

/// Keeps a text under a key, or forgets the key.
pub async fn write(key: String, text: Option<String>) {
    let Some(store) = store(IdbTransactionMode::Readwrite).await else {
        return;
    };
    let key = JsValue::from_str(&key);
    let request = match text {
        Some(text) => store.put_with_key(&JsValue::from_str(&text), &key),
        None => store.delete(&key),
    };
    if let Ok(request) = request {
        settled(&request).await;
    }
}

/// Forgets everything: at sign-out.
pub fn forget_all() {
    if let Some(factory) = web_sys::window().and_then(|window| window.indexed_db().ok().flatten()) {
        factory.delete_database(DATABASE).ok();
    }
}

async fn store(mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    let factory = web_sys::window()?.indexed_db().ok().flatten()?;
    let request = factory.open_with_u32(DATABASE, 1).ok()?;
    let opening = request.clone();
    let make = Closure::once(move || {
        let database = opening
            .result()
            .ok()
            .and_then(|made| made.dyn_into::<IdbDatabase>().ok());
        if let Some(database) = database {
            database.create_object_store(STORE).ok();
        }
    });
    request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    let database: IdbDatabase = settled(&request).await?.dyn_into().ok()?;
    // Another tab may want to delete it at sign-out: an open one would stand in the way.
    let closing = database.clone();
    let close = Closure::once_into_js(move || closing.close());
    database.set_onversionchange(Some(close.unchecked_ref()));
    let transaction = database.transaction_with_str_and_mode(STORE, mode).ok()?;
    transaction.object_store(STORE).ok()
}

/// What a request comes to; nothing if it fails.
async fn settled(request: &IdbRequest) -> Option<JsValue> {
    let promise = Promise::new(&mut |done, failed| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&failed));
    });
    JsFuture::from(promise).await.ok()?;
    request.result().ok()
}
