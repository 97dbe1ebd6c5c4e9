//! Mails of a program: who reads them, and how they go out.

use std::sync::{Arc, Mutex};

use axum::http::{Method, StatusCode};
use chrono::Duration;
use serde_json::json;
use tandem_api::outbox::{MailRow, MailState, MailView};
use tandem_api::path;
use tandem_domain::id::ProgramId;
use tandem_domain::role::Office;
use tandem_server::config::Config;
use tandem_server::mail::worker::{Sent, send_next};
use tandem_server::store::{StoreError, people, programs};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::story::Story;
use crate::support::{Browser, TestApp};

/// What the mail server of a test does with the next mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behaviour {
    Accept,
    NotNow,
    Never,
    HangUpAfterData,
}

/// A mail server that takes what comes and behaves as told.
struct Sink {
    behaviour: Mutex<Behaviour>,
    taken: Mutex<Vec<String>>,
}

impl Sink {
    async fn new() -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let sink = Arc::new(Self {
            behaviour: Behaviour::Accept.into(),
            taken: Mutex::default(),
        });
        let server = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        (sink, url)
    }

    fn will(&self, behaviour: Behaviour) {
        *self.behaviour.lock().unwrap() = behaviour;
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let behaviour = *self.behaviour.lock().unwrap();
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut mail: Option<String> = None;
        writer.write_all(b"220 sink\r\n").await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            let answer = match &mut mail {
                Some(_) if line == "." && behaviour == Behaviour::HangUpAfterData => return None,
                Some(text) if line == "." => {
                    self.taken.lock().unwrap().push(text.clone());
                    mail = None;
                    "250 taken"
                }
                Some(text) => {
                    text.push_str(&line);
                    text.push('\n');
                    continue;
                }
                None if line.starts_with("DATA") => {
                    mail = Some(String::new());
                    "354 go on"
                }
                None if line.starts_with("RCPT") && behaviour == Behaviour::NotNow => "451 later",
                None if line.starts_with("RCPT") && behaviour == Behaviour::Never => "550 never",
                None if line.starts_with("QUIT") => "221 bye",
                None => "250 fine",
            };
            writer
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .ok()?;
        }
        Some(())
    }
}

struct Mailing {
    app: TestApp,
    sink: Arc<Sink>,
    program: ProgramId,
    officer: Browser,
}

impl Mailing {
    async fn new() -> Self {
        let (sink, url) = Sink::new().await;
        let mut config = Config::local("http://127.0.0.1:8080");
        config.smtp_url = Some(url);
        let app = TestApp::with_config(config).await;
        let now = app.clock.real();
        let made = app.app.store.write(move |tx| async move {
            let new = programs::NewProgram {
                slug: "p",
                name: "P",
                association: "A",
                about: "",
                contact: "c",
            };
            programs::create(&tx, new, now).await
        });
        let program = made.await.unwrap().id;
        let officer = app
            .member("olga@example.org", program, &[Office::Officer])
            .await;
        Self {
            app,
            sink,
            program,
            officer,
        }
    }

    /// Causes a mail nobody waits for.
    async fn cause(&self) {
        let body = json!({ "email": "sam@example.org", "name": "Sam", "offices": ["chair"] });
        let reply = self.officer.post(path::members(self.program), &body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
    }

    async fn row(&self) -> MailRow {
        let rows: Vec<MailRow> = self.officer.get(path::outbox(self.program)).await.read();
        rows.into_iter()
            .find(|row| row.to == "sam@example.org")
            .unwrap()
    }
}

#[tokio::test]
async fn a_mail_goes_out_once() {
    let mailing = Mailing::new().await;
    mailing.cause().await;
    assert_eq!(mailing.row().await.state, MailState::Waiting);
    assert_eq!(
        send_next(&mailing.app.app).await.unwrap(),
        Some(Sent::Ordinary)
    );
    assert_eq!(send_next(&mailing.app.app).await.unwrap(), None);
    let taken = mailing.sink.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].contains("To: sam@example.org"), "{}", taken[0]);
    let row = mailing.row().await;
    assert!(row.state == MailState::Sent && row.sent_at.is_some() && row.attempts == 1);
    assert!(
        taken[0].contains(&format!("Message-ID: <{}@127.0.0.1>", row.id)),
        "{}",
        taken[0]
    );
}

#[tokio::test]
async fn a_refusal_for_now_is_tried_again_later() {
    let mailing = Mailing::new().await;
    mailing.sink.will(Behaviour::NotNow);
    mailing.cause().await;
    send_next(&mailing.app.app).await.unwrap();
    let row = mailing.row().await;
    assert!(row.state == MailState::Waiting && row.due_at > mailing.app.clock.real());
    assert_eq!(
        send_next(&mailing.app.app).await.unwrap(),
        None,
        "not before its time"
    );
    mailing.sink.will(Behaviour::Accept);
    mailing.app.wait(Duration::minutes(2));
    send_next(&mailing.app.app).await.unwrap();
    assert_eq!(
        (mailing.row().await.state, mailing.sink.taken().len()),
        (MailState::Sent, 1)
    );
}

#[tokio::test]
async fn a_refusal_for_good_waits_for_a_person() {
    let mailing = Mailing::new().await;
    mailing.sink.will(Behaviour::Never);
    mailing.cause().await;
    send_next(&mailing.app.app).await.unwrap();
    let row = mailing.row().await;
    assert_eq!(row.state, MailState::Failed);
    assert!(row.last_error.unwrap().contains("never"));
    mailing.sink.will(Behaviour::Accept);
    let address = path::mail_retry(mailing.program, row.id);
    let reply = mailing.officer.send(Method::POST, &address).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    send_next(&mailing.app.app).await.unwrap();
    assert_eq!(mailing.row().await.state, MailState::Sent);
    mailing
        .officer
        .send(Method::POST, &address)
        .await
        .refused(409, "wrong_state");
}

#[tokio::test]
async fn a_mail_that_may_have_gone_is_not_sent_again_of_itself() {
    let mailing = Mailing::new().await;
    mailing.sink.will(Behaviour::HangUpAfterData);
    mailing.cause().await;
    send_next(&mailing.app.app).await.unwrap();
    assert_eq!(mailing.row().await.state, MailState::Ambiguous);
    mailing.app.wait(Duration::days(2));
    mailing.sink.will(Behaviour::Accept);
    assert_eq!(send_next(&mailing.app.app).await.unwrap(), None);
}

#[tokio::test]
async fn a_sign_in_mail_is_sent_again_and_its_secret_is_forgotten() {
    let mailing = Mailing::new().await;
    let now = mailing.app.clock.real();
    let account = move |tx| async move { people::create(&tx, "ana@example.org", "Ana", now).await };
    mailing
        .app
        .app
        .store
        .write::<_, StoreError, _, _>(account)
        .await
        .unwrap();
    mailing.sink.will(Behaviour::HangUpAfterData);
    let visitor = mailing.app.visitor();
    visitor
        .post(path::AUTH_LINK, &json!({ "email": "ana@example.org" }))
        .await;
    assert_eq!(
        send_next(&mailing.app.app).await.unwrap(),
        Some(Sent::Urgent)
    );
    mailing.sink.will(Behaviour::Accept);
    mailing.app.wait(Duration::minutes(2));
    send_next(&mailing.app.app).await.unwrap();
    assert!(mailing.sink.taken()[0].contains("#t="));
    let mail = mailing.app.last_mail_to("ana@example.org").await;
    assert_eq!((mail.row.state, mail.body.as_str()), (MailState::Sent, ""));
    let rows: Vec<MailRow> = mailing
        .officer
        .get(path::outbox(mailing.program))
        .await
        .read();
    assert!(
        rows.iter().all(|row| row.to != "ana@example.org"),
        "nobody else's business"
    );
}

#[tokio::test]
async fn without_smtp_the_officer_reads_the_mails_and_the_chair_only_their_subjects() {
    let story = Story::new().await;
    let (officer, chair) = (story.officer().await, story.chair().await);
    let visitor = story.app.visitor();
    visitor
        .post(
            path::AUTH_LINK,
            &json!({ "email": "carl@association.example" }),
        )
        .await;
    let rows: Vec<MailRow> = chair.get(path::outbox(story.program)).await.read();
    assert_eq!((rows.len(), rows[0].state), (1, MailState::Local));
    let address = path::mail(story.program, rows[0].id);
    assert!(
        officer
            .get(&address)
            .await
            .read::<MailView>()
            .body
            .contains("#t=")
    );
    chair.get(&address).await.refused(403, "forbidden");
    let sam = story.subcommittee().await;
    sam.get(path::outbox(story.program))
        .await
        .refused(403, "forbidden");
    visitor
        .get(path::outbox(story.program))
        .await
        .refused(401, "signed_out");
}
