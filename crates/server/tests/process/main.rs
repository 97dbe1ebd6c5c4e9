//! The server as a process: its commands, how it stops, and what survives when it is killed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what helpers of tests cannot do is a failed test"
)]

#[path = "../api/answers.rs"]
mod answers;
mod killed;
mod server;
mod storm;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tandem_api::path;

use self::server::{SERVER, Server};

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
