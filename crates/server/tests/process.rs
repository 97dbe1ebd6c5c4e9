//! The server as a process: its commands, how it stops, and what survives when it is killed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what helpers of tests cannot do is a failed test"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};
use tandem_api::path;

const SERVER: &str = env!("CARGO_BIN_EXE_tandem-server");

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(SERVER)
            .args(["serve", "--bind", "127.0.0.1:0", "--data"])
            .arg(data)
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

    /// Sends a request and gives back status, head and body.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &Value) -> (u16, String, Value) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n{body}",
            self.address,
            body.len(),
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (
            status,
            head.to_owned(),
            serde_json::from_str(body).unwrap_or(Value::Null),
        )
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &id])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone, in most tests.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn run(data: &Path, args: &[&str]) -> Output {
    Command::new(SERVER)
        .args(args)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap()
}

fn sign_in(server: &Server, data: &Path) -> String {
    let output = run(
        data,
        &[
            "create-officer",
            "--email",
            "fay@example.org",
            "--name",
            "Fay",
        ],
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let link = String::from_utf8(output.stdout).unwrap();
    let (_, token) = link.trim().split_once("#t=").unwrap();
    let (status, head, body) =
        server.ask("POST", path::AUTH_REDEEM, "", &json!({ "token": token }));
    assert_eq!(
        (status, &body["me"]["founder"]),
        (200, &json!(true)),
        "{body}"
    );
    let cookie = head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap();
    format!("Cookie: {}\r\n", cookie.split(';').next().unwrap())
}

fn found(server: &Server, cookie: &str, slug: &str) -> u16 {
    let headers = format!("{cookie}Idempotency-Key: found-{slug}\r\n");
    let body = json!({
        "slug": slug, "name": "N", "association": "A", "about": "", "contact": "c",
    });
    server.ask("POST", path::PROGRAMS, &headers, &body).0
}

fn slugs(server: &Server) -> Vec<String> {
    let (_, _, programs) = server.ask("GET", path::PROGRAMS, "", &Value::Null);
    let programs = programs.as_array().unwrap().iter();
    programs
        .map(|program| program["slug"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn an_empty_server_is_set_up_with_a_link_from_its_own_machine() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let cookie = sign_in(&server, data.path());
    assert_eq!(found(&server, &cookie, "islands"), 201);
    assert_eq!(slugs(&server), ["islands"]);
    let file = data.path().join("setup-link.txt");
    let link = std::fs::read_to_string(&file).unwrap();
    let (_, token) = link.trim().split_once("#t=").unwrap();
    let again = server.ask("POST", path::AUTH_REDEEM, "", &json!({ "token": token }));
    assert_eq!(
        (again.0, &again.2["code"]),
        (410, &json!("gone")),
        "it works once"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let cookie = sign_in(&server, data.path());
    for round in 0..5 {
        let server = Server::start(data.path());
        assert_eq!(found(&server, &cookie, &format!("p{round}")), 201);
        server.signal("-KILL");
    }
    assert_eq!(slugs(&server), ["p0", "p1", "p2", "p3", "p4"]);
}

#[test]
fn a_server_that_is_told_to_stop_stops_in_order() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path());
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    assert!(
        !data.path().join("tandem.db-wal").exists(),
        "the log was written back"
    );
}

#[test]
fn a_copy_is_made_while_the_server_runs() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let cookie = sign_in(&server, data.path());
    assert_eq!(found(&server, &cookie, "islands"), 201);
    let copy = data.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    let file = copy.join("tandem.db");
    let output = run(data.path(), &["backup", "--to", file.to_str().unwrap()]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(found(&server, &cookie, "later"), 201);
    assert_eq!(slugs(&Server::start(&copy)), ["islands"]);
    let again = run(data.path(), &["backup", "--to", file.to_str().unwrap()]);
    assert!(!again.status.success(), "an existing file is kept");
}

#[test]
fn on_postgresql_a_copy_is_for_its_own_tool() {
    let data = tempfile::tempdir().unwrap();
    let url = "postgres://127.0.0.1:1/tandem";
    let output = run(
        data.path(),
        &["backup", "--to", "copy.db", "--database-url", url],
    );
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("pg_dump"));
}

#[test]
fn other_machines_are_served_with_https_only() {
    let data = tempfile::tempdir().unwrap();
    let output = run(data.path(), &["serve", "--bind", "0.0.0.0:0"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("https"));
}

#[test]
fn a_demonstration_is_for_this_machine_only_and_is_not_filled_twice() {
    let data = tempfile::tempdir().unwrap();
    assert!(run(data.path(), &["seed", "--demo"]).status.success());
    let bind = ["serve", "--bind", "0.0.0.0:0", "--insecure"];
    let output = run(data.path(), &bind);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("loopback only"));
    let again = run(data.path(), &["seed", "--demo"]);
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"));
}
