//! A server as a process of its own, and browsers that reach it through sockets.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

pub const SERVER: &str = env!("CARGO_BIN_EXE_tandem-server");

pub struct Server {
    pub child: Child,
    pub address: String,
}

/// What is sent.
#[derive(Clone)]
pub struct Request {
    method: &'static str,
    path: String,
    headers: String,
    body: String,
}

/// What came back, whole.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

/// A browser with its cookies.
#[derive(Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// Starts with further words on its command line.
    pub fn start_with(data: &Path, words: &[&str]) -> Self {
        let mut child = Command::new(SERVER)
            .args(["serve", "--bind", "127.0.0.1:0", "--relaxed-limits"])
            .arg("--data")
            .arg(data)
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .unwrap()
            .to_owned();
        Self { child, address }
    }

    /// Sends a request and gives back what came.
    pub fn send(&self, request: &Request) -> Reply {
        let stream = request.begin(&self.address).unwrap();
        Reply::read(stream).expect("a whole answer")
    }

    /// Sends a request and gives back status, head and body.
    pub fn ask(
        &self,
        method: &'static str,
        path: &str,
        headers: &str,
        body: &Value,
    ) -> (u16, String, Value) {
        let mut request = Request::new(method, path);
        request.headers.push_str(headers);
        if !body.is_null() {
            request.body = body.to_string();
        }
        let reply = self.send(&request);
        (reply.status, reply.head, reply.body)
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Stops it in order.
    pub fn stop(mut self) {
        self.signal("-TERM");
        assert!(self.child.wait().unwrap().success());
    }

    /// Kills it, and waits until nothing of it is left.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone, in most tests.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Request {
    pub fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: String::new(),
            body: String::new(),
        }
    }

    pub fn json(mut self, body: &impl serde::Serialize) -> Self {
        self.body = json!(body).to_string();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers = format!("{}{name}: {value}\r\n", self.headers);
        self
    }

    pub fn key(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// Sends it, and does not wait for what comes back.
    pub fn begin(&self, address: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(address)?;
        let text = format!(
            "{} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n{}\r\n{}",
            self.method,
            self.path,
            self.body.len(),
            self.headers,
            self.body,
        );
        stream.write_all(text.as_bytes())?;
        Ok(stream)
    }
}

impl Reply {
    /// Waits for what comes back; nothing if it breaks off.
    pub fn read(mut stream: TcpStream) -> Option<Self> {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let length = header(head, "content-length").next();
        if length.is_some_and(|length| length.parse() != Ok(body.len())) {
            return None;
        }
        Some(Self {
            status,
            head: head.to_owned(),
            body: serde_json::from_str(body).unwrap_or(Value::Null),
        })
    }

    pub fn header<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        header(&self.head, name).next()
    }

    /// The same, if it says that all went well.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!((200..300).contains(&self.status), "{self:?}");
        self
    }
}

fn header<'a>(head: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

impl Browser {
    /// A request with the cookies of this browser.
    pub fn request(&self, method: &'static str, path: impl Into<String>) -> Request {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = Request::new(method, path);
        if pairs.is_empty() {
            return request;
        }
        request.header("Cookie", &pairs.join("; "))
    }

    /// Keeps the cookies that came with an answer.
    pub fn keep(&mut self, reply: &Reply) {
        for line in header(&reply.head, "set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Reads something.
    pub fn get(&self, server: &Server, path: impl Into<String>) -> Reply {
        server.send(&self.request("GET", path))
    }

    /// Posts something with a key, which must go well, and keeps the cookies that come back.
    #[track_caller]
    pub fn post(
        &mut self,
        server: &Server,
        path: impl Into<String>,
        (key, body): (&str, &Value),
    ) -> Reply {
        let request = self.request("POST", path).key(key).json(body);
        let reply = server.send(&request).ok();
        self.keep(&reply);
        reply
    }
}
