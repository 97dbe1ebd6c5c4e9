//! A small demonstration, as browsers find it.

use serde_json::{Value, json};
use tandem_api::cohort::CohortView;
use tandem_api::demo::DemoView;
use tandem_api::path;

use crate::server::{Browser, Server};

/// How many requests are under way at once.
pub const CLIENTS: usize = 4;

pub fn read<T: serde::de::DeserializeOwned>(body: &Value) -> T {
    serde_json::from_value(body.clone()).unwrap()
}

pub fn cohort(server: &Server) -> CohortView {
    let reply = Browser::default().get(server, path::cohort("2018-2019"));
    read(&reply.ok().body)
}

/// A browser in which an account of the demonstration is signed in.
pub fn account(server: &Server, part: &str) -> Browser {
    let mut browser = Browser::default();
    let view: DemoView = read(&browser.get(server, path::DEMO).ok().body);
    let mut accounts = view.accounts.iter();
    let account = accounts.find(|one| one.part.starts_with(part)).unwrap();
    let body = json!({ "person": account.person });
    browser.post(server, path::DEMO_SIGN_IN, ("not-needed", &body));
    browser
}

/// How many rows there are, as a column.
pub fn count(rows: &str) -> String {
    format!("(SELECT count(*) FROM {rows})")
}
