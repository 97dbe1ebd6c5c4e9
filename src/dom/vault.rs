//! Texts that this browser keeps between visits where more has room than in its small store: one
//! database, one text a key. A browser that keeps nothing is no error.

use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "tandem";
const STORE: &str = "texts";

/// The texts under all keys that begin so, each with its key.
pub async fn read_all(prefix: &str) -> Vec<(String, String)> {
    read_range(prefix).await.unwrap_or_default()
}

async fn read_range(prefix: &str) -> Option<Vec<(String, String)>> {
    const LAST: char = '\u{ffff}';
    let store = store(IdbTransactionMode::Readonly).await?;
    let (from, to) = (JsValue::from_str(prefix), format!("{prefix}{LAST}").into());
    let range = IdbKeyRange::bound(&from, &to).ok()?;
    let (keys, texts) = (
        store.get_all_keys_with_key(&range).ok()?,
        store.get_all_with_key(&range).ok()?,
    );
    let keys: Array = settled(&keys).await?.dyn_into().ok()?;
    let texts: Array = settled(&texts).await?.dyn_into().ok()?;
    let kept = keys.iter().zip(texts.iter());
    let kept = kept.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)));
    Some(kept.collect())
}

/// Keeps texts under keys, or forgets keys: all of it or nothing.
pub async fn write(changes: Vec<(String, Option<String>)>) {
    let Some(store) = store(IdbTransactionMode::Readwrite).await else {
        return;
    };
    let mut last = None;
    for (key, text) in changes {
        let key = JsValue::from_str(&key);
        let request = match text {
            Some(text) => store.put_with_key(&JsValue::from_str(&text), &key),
            None => store.delete(&key),
        };
        last = request.ok().or(last);
    }
    if let Some(request) = last {
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
