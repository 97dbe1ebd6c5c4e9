//! A server without a socket, and browsers that talk to it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use chrono::{DateTime, Duration, Utc};
use http_body_util::BodyExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tandem_api::outbox::MailView;
use tandem_domain::id::{PersonId, ProgramId};
use tandem_domain::role::Office;
use tandem_server::App;
use tandem_server::auth::token;
use tandem_server::clock::Clock;
use tandem_server::config::Config;
use tandem_server::store::sessions::Kind;
use tandem_server::store::{Location, Store, StoreError, outbox, people, programs, sessions};
use tower::ServiceExt;

/// A server on a database of its own, whose clock stands still at noon UTC on 5 February 2018.
pub struct TestApp {
    pub app: App,
    pub clock: Clock,
    /// Where the data is, for a second server on the same.
    pub location: Location,
    router: Router,
    _folder: tempfile::TempDir,
}

/// A browser with its cookies.
pub struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

/// The moment at which the clock of a test stands.
pub fn noon() -> DateTime<Utc> {
    "2018-02-05T12:00:00Z".parse().unwrap()
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with_config(Config::local("http://127.0.0.1:8080")).await
    }

    pub async fn with_config(config: Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = match std::env::var("TEST_POSTGRES_URL") {
            Ok(url) => Location::Postgres(fresh_database(&url).await),
            Err(_) => Location::in_folder(folder.path()),
        };
        let store = Store::open(&location).await.unwrap();
        let clock = Clock::fixed(noon());
        let app = App::new(store, clock.clone(), config).await.unwrap();
        let router = tandem_server::http::app(app.clone()).unwrap();
        Self {
            app,
            clock,
            location,
            router,
            _folder: folder,
        }
    }

    /// The same database, as a server that starts now serves it.
    pub async fn served_anew(mut self) -> Self {
        self.clock = Clock::fixed(self.clock.real());
        self.restart().await;
        self
    }

    /// The server ends as if it were killed, and another one starts on the same database.
    pub async fn restart(&mut self) {
        let config = self.app.config.clone();
        let app = App::new(self.app.store.clone(), self.clock.clone(), config)
            .await
            .unwrap();
        self.router = tandem_server::http::app(app.clone()).unwrap();
        self.app = app;
    }

    /// Lets time pass, real and program time alike.
    pub fn wait(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// A browser nobody is signed in with.
    pub fn visitor(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: Mutex::default(),
        }
    }

    /// A browser in which the owner of an address is signed in; the account is made if need be.
    pub async fn signed_in(&self, email: &str) -> Browser {
        self.signed_in_as(email, &[]).await.0
    }

    /// A browser of somebody who may found programs.
    pub async fn founder(&self, email: &str) -> Browser {
        let (browser, person) = self.signed_in_as(email, &[]).await;
        self.app
            .store
            .write(move |tx| async move { people::make_founder(&tx, person).await })
            .await
            .unwrap();
        browser
    }

    /// A browser of somebody with exactly these offices in a program.
    pub async fn member(&self, email: &str, program: ProgramId, offices: &[Office]) -> Browser {
        self.signed_in_as(email, &[(program, offices.to_vec())])
            .await
            .0
    }

    /// A browser of somebody with offices, and who that is.
    pub async fn signed_in_as(
        &self,
        email: &str,
        offices: &[(ProgramId, Vec<Office>)],
    ) -> (Browser, PersonId) {
        let secret = token::secret().unwrap();
        let hash = token::hash(&secret);
        let (email, offices, now) = (email.to_owned(), offices.to_vec(), self.clock.real());
        let person = self
            .app
            .store
            .write(move |tx| async move {
                let name = email.split('@').next().unwrap_or_default().to_owned();
                let person = match people::by_email(&tx, &email).await? {
                    Some(person) => person,
                    None => people::create(&tx, &email, &name, now).await?,
                };
                for (program, offices) in offices {
                    programs::set_offices(&tx, program, person.id, &offices, now).await?;
                }
                sessions::begin(&tx, &hash, person.id, Kind::Confirmed, now).await?;
                Ok::<_, StoreError>(person.id)
            })
            .await
            .unwrap();
        let browser = self.visitor();
        browser.keep("tandem", &secret);
        (browser, person)
    }

    /// All mails in the outbox with their text, newest first.
    pub async fn mails(&self) -> Vec<MailView> {
        self.app
            .store
            .read(|tx| async move { outbox::all(&tx, 1000).await })
            .await
            .unwrap()
    }

    /// The newest mail to an address.
    pub async fn last_mail_to(&self, email: &str) -> MailView {
        let mails = self.mails().await;
        mails
            .into_iter()
            .find(|mail| mail.row.to == email)
            .expect("a mail to the address")
    }
}

impl Browser {
    /// Puts a cookie into the jar.
    pub fn keep(&self, name: &str, value: &str) {
        self.cookies
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
    }

    /// What the jar has under a name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    pub async fn get(&self, path: impl AsRef<str>) -> Reply {
        self.send(Method::GET, path).await
    }

    /// A request without a body.
    pub async fn send(&self, method: Method, path: impl AsRef<str>) -> Reply {
        let request = Request::builder().method(method).uri(path.as_ref());
        self.request(request.body(Body::empty()).unwrap()).await
    }

    /// Deletes what the sender saw at a revision.
    pub async fn delete(&self, path: impl AsRef<str>, rev: i64) -> Reply {
        let request = Request::builder()
            .method(Method::DELETE)
            .uri(path.as_ref())
            .header(header::IF_MATCH, format!("\"{rev}\""));
        self.request(request.body(Body::empty()).unwrap()).await
    }

    /// Posts with a new idempotency key.
    pub async fn post(&self, path: impl AsRef<str>, body: &impl Serialize) -> Reply {
        let key = uuid::Uuid::now_v7().to_string();
        self.send_json(Method::POST, path, body, &[("idempotency-key", &key)])
            .await
    }

    pub async fn patch(&self, path: impl AsRef<str>, body: &impl Serialize) -> Reply {
        self.send_json(Method::PATCH, path, body, &[]).await
    }

    pub async fn put(&self, path: impl AsRef<str>, body: &impl Serialize) -> Reply {
        self.send_json(Method::PUT, path, body, &[]).await
    }

    /// A request with a body and further headers.
    pub async fn send_json(
        &self,
        method: Method,
        path: impl AsRef<str>,
        body: &impl Serialize,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path.as_ref())
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = serde_json::to_vec(body).unwrap();
        self.request(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a request as it is, with the cookies of the jar.
    pub async fn request(&self, mut request: Request<Body>) -> Reply {
        if let Some(line) = self.line() {
            request
                .headers_mut()
                .insert(header::COOKIE, line.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.take(line.to_str().unwrap());
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Reply {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// Sends a request and gives back its status alone, without waiting for the body.
    pub async fn status(&self, mut request: Request<Body>) -> StatusCode {
        if let Some(line) = self.line() {
            request
                .headers_mut()
                .insert(header::COOKIE, line.parse().unwrap());
        }
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    /// The cookies of the jar, as a request carries them.
    fn line(&self) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn take(&self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        if attributes.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Reply {
    /// The code of a problem, or nothing.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body of a success.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        serde_json::from_value(self.body.clone()).unwrap()
    }

    /// Asserts a refusal.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status.as_u16(), self.code()),
            (status, code),
            "{}",
            self.body
        );
    }
}

/// Makes a database on the server that `url` leads to, and gives back its URL.
async fn fresh_database(url: &str) -> String {
    use sea_orm::ConnectionTrait;
    let name = format!("tandem_test_{}", uuid::Uuid::now_v7().simple());
    let admin = sea_orm::Database::connect(url).await.unwrap();
    let make = format!("CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
    admin.execute_unprepared(&make).await.unwrap();
    admin.close().await.unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}
