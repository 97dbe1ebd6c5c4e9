//! Applicants send, and confirm their address.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tandem_api::application::{DraftView, MyApplication, SaveDraft, StartedApplications};
use tandem_api::outbox::MailView;
use tandem_api::path;
use tandem_domain::form::answer::Answer;
use tandem_domain::form::definition::FormDef;
use tandem_domain::id::{ApplicationId, OperationId};
use tandem_domain::role::Role;
use uuid::Uuid;

use super::scene::{CLIENTS, cohort, count, read};
use super::{Act, Again, Prepared};
use crate::answers::complete;
use crate::server::{Browser, Request, Server};

/// Somebody nobody knows begins to apply as a mentee.
fn newcomer(server: &Server, email: &str) -> (Browser, ApplicationId) {
    let mut browser = Browser::default();
    let body = json!({ "roles": ["mentee"], "email": email });
    let address = path::cohort_applications(cohort(server).id);
    let key = format!("start-{}", Uuid::now_v7());
    let reply = browser.post(server, address, (&key, &body));
    let started: StartedApplications = read(&reply.body);
    (browser, started.applications[0].id)
}

/// The code of the last mail to an address.
fn code(server: &Server, email: &str) -> Value {
    let mails: Vec<MailView> = read(&Browser::default().get(server, path::DEMO_MAIL).body);
    let mail = mails.into_iter().find(|mail| mail.row.to == email).unwrap();
    let (_, rest) = mail.body.split_once("code there: ").unwrap();
    json!({ "code": rest.lines().next().unwrap() })
}

/// Saves answers upon what is there, and gives back the revision then.
fn save(
    server: &Server,
    browser: &Browser,
    (id, answers): (ApplicationId, impl IntoIterator<Item = (String, Answer)>),
) -> i64 {
    let draft: DraftView = read(&browser.get(server, path::draft(id)).ok().body);
    let sent = SaveDraft {
        op_id: OperationId(Uuid::now_v7()),
        base_rev: draft.rev,
        form_version: draft.form_version,
        changes: answers
            .into_iter()
            .map(|(question, answer)| (question.as_str().into(), Some(answer)))
            .collect(),
        return_page: None,
    };
    let request = browser.request("PATCH", path::draft(id)).json(&sent);
    let saved = server.send(&request).ok().body;
    let results = saved["results"].as_object().unwrap();
    assert!(results.values().all(|result| result == "ok"), "{saved}");
    saved["rev"].as_i64().unwrap()
}

#[test]
fn an_application_is_sent_once_with_its_receipt() {
    let (prepared, people) = Prepared::on("feb-5", |server| {
        let form = path::form(cohort(server).id, Role::Mentee);
        let form: FormDef = read(&Browser::default().get(server, form).body);
        let ready = |idx: usize| {
            let email = format!("sends{idx}@mail.example");
            let (mut browser, id) = newcomer(server, &email);
            let answers = complete(&form).into_iter();
            let answers = answers.filter(|(question, _)| question.0 != "email");
            let answers = answers.map(|(question, answer)| (question.0, answer));
            let rev = save(server, &browser, (id, answers));
            let code = code(server, &email);
            browser.post(server, path::AUTH_REDEEM, ("not-needed", &code));
            (browser, id, rev)
        };
        (0..CLIENTS).map(ready).collect::<Vec<_>>()
    });
    let requests: Vec<Request> = people
        .iter()
        .map(|(browser, id, rev)| {
            let request = browser.request("POST", path::submissions(*id));
            request
                .key(&format!("send-{id}"))
                .json(&json!({ "rev": rev }))
        })
        .collect();
    let again = |all: &[Again<'_>]| {
        let mut references = BTreeSet::new();
        for again in all {
            let reply = again.reply.clone().ok();
            if let Some(before) = again.before {
                assert_eq!(reply.body, before.body, "the same receipt");
            }
            references.insert(reply.body["reference"].to_string());
        }
        assert_eq!(references.len(), CLIENTS, "{references:?}");
    };
    let act = Act {
        requests: &requests,
        traces: &|idx| traces_of_sending(people[idx].1),
        whole: &[1; 5],
        again: &again,
    };
    act.play(&prepared);
}

/// What sending an application under its own key leaves behind.
fn traces_of_sending(id: ApplicationId) -> Vec<String> {
    vec![
        count(&format!(
            "application WHERE id = '{id}' AND state = 'submitted' AND reference IS NOT NULL
             AND submitted_rev = draft_rev"
        )),
        count(&format!("submission WHERE application = '{id}'")),
        count(&format!(
            "outbox WHERE dedupe LIKE 'application-received:{id}:%'"
        )),
        count(&format!(
            "event WHERE application = '{id}' AND kind = 'application.submitted'"
        )),
        count(&format!("idem WHERE key = 'send-{id}'")),
    ]
}

/// The first two have an account already, and a draft in it.
fn has_account(idx: usize) -> bool {
    idx < 2
}

fn email(idx: usize) -> String {
    format!("confirms{idx}@mail.example")
}

#[test]
fn an_address_is_confirmed_once_with_the_drafts_of_its_browser() {
    let (prepared, people) = Prepared::on("feb-5", |server| {
        let begun = |idx: usize| {
            if has_account(idx) {
                let (mut browser, _) = newcomer(server, &email(idx));
                let code = code(server, &email(idx));
                browser.post(server, path::AUTH_REDEEM, ("not-needed", &code));
            }
            let (browser, id) = newcomer(server, &email(idx));
            let answer = ("member_no".to_owned(), Answer::Text(format!("no. {idx}")));
            save(server, &browser, (id, [answer]));
            let code = code(server, &email(idx));
            (browser, id, code)
        };
        (0..CLIENTS).map(begun).collect::<Vec<_>>()
    });
    let requests: Vec<Request> = people
        .iter()
        .map(|(browser, _, code)| browser.request("POST", path::AUTH_REDEEM).json(code))
        .collect();
    let again = |all: &[Again<'_>]| {
        for (idx, again) in all.iter().enumerate() {
            assert_eq!(again.reply.status, if again.was_done { 410 } else { 200 });
            let mut signed_in = Browser::default();
            match again.before {
                Some(before) => signed_in.keep(before),
                // The answer is lost with its cookie. The draft is not: the owner signs in anew.
                None if again.was_done => {
                    signed_in = signs_in(again.server, &people[idx].0, &email(idx));
                }
                None => signed_in.keep(&again.reply),
            }
            let mine = signed_in.get(again.server, path::MY_APPLICATIONS).ok();
            let mine: Vec<MyApplication> = read(&mine.body);
            assert_eq!(mine.len(), 1);
            let draft = signed_in.get(again.server, path::draft(mine[0].id)).ok();
            let number = draft.body["answers"]["member_no"].to_string();
            assert!(number.contains(&format!("no. {idx}")), "{number}");
        }
    };
    let act = Act {
        requests: &requests,
        traces: &|idx| traces_of_confirming(idx, people[idx].1),
        whole: &[1; 5],
        again: &again,
    };
    act.play(&prepared);
}

/// What confirming an address leaves behind, where `id` is the draft of the browser.
fn traces_of_confirming(idx: usize, id: ApplicationId) -> Vec<String> {
    let email = email(idx);
    let owner = format!("(SELECT id FROM person WHERE email_norm = '{email}')");
    let joined = count(&format!(
        "application a JOIN answer w ON w.application = a.id
         WHERE a.person = {owner} AND w.question = 'member_no' AND w.value_json LIKE '%no. {idx}%'"
    ));
    let sessions = count(&format!("session WHERE person = {owner}"));
    let noted = count(&format!(
        "event WHERE kind = 'session.begun' AND actor = {owner}"
    ));
    let others = i32::from(has_account(idx));
    let settled = if has_account(idx) {
        let drafts = count(&format!("application WHERE id = '{id}'"));
        format!("1 - {drafts}")
    } else {
        count(&format!("person WHERE email_norm = '{email}'"))
    };
    // Nobody is left who only claims the address.
    let claiming = count(&format!(
        "person WHERE email = '{email}' AND email_norm IS NULL"
    ));
    vec![
        joined,
        format!("{sessions} - {others}"),
        format!("{noted} - {others}"),
        settled,
        format!("1 - {claiming}"),
    ]
}

/// Asks for a link in a browser and types its code.
fn signs_in(server: &Server, browser: &Browser, email: &str) -> Browser {
    let body = json!({ "email": email });
    let ask = browser.request("POST", path::AUTH_LINK).json(&body);
    server.send(&ask).ok();
    let redeem = browser.request("POST", path::AUTH_REDEEM);
    let redeem = redeem.json(&code(server, email));
    let mut signed_in = Browser::default();
    signed_in.keep(&server.send(&redeem).ok());
    signed_in
}
