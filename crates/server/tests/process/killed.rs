//! The server is killed while requests are under way, after none, one, two … of them were answered.
//!
//! Whatever was answered is there when it starts again; what was not is there wholly or not at all;
//! and sending everything once more ends with each effect exactly once.

mod applicant;
mod committee;
pub mod scene;

use std::fs;
use std::sync::{Barrier, mpsc};
use std::thread;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use tempfile::TempDir;

use crate::server::{Reply, Request, Server};

const FILE: &str = "tandem.db";

/// A data folder with everything that comes before the requests.
struct Prepared(TempDir);

impl Prepared {
    /// A small demonstration on a day, and what `prepare` does in it.
    fn on<T>(day: &str, prepare: impl FnOnce(&Server) -> T) -> (Self, T) {
        let folder = tempfile::tempdir().unwrap();
        let people = ["--mentees", "12", "--mentors", "9"];
        let seed = [&["seed", "--demo", "--day", day][..], &people].concat();
        let output = crate::run(folder.path(), &seed);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let server = Server::start(folder.path());
        let made = prepare(&server);
        // In order, so that everything is in the one file.
        server.stop();
        (Self(folder), made)
    }

    fn copy(&self) -> Data {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(self.0.path().join(FILE), folder.path().join(FILE)).unwrap();
        Data(folder)
    }
}

/// A copy for one round.
struct Data(TempDir);

impl Data {
    fn server(&self) -> Server {
        Server::start(self.0.path())
    }

    /// A row of numbers, read beside the server.
    fn row(&self, columns: &[String]) -> Vec<i64> {
        let file = self.0.path().join(FILE);
        let sql = format!("SELECT {}", columns.join(", "));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let url = format!("sqlite://{}?mode=ro", file.display());
            let database = Database::connect(url).await.unwrap();
            let statement = Statement::from_string(DbBackend::Sqlite, sql);
            let row = database.query_one_raw(statement).await.unwrap().unwrap();
            database.close().await.unwrap();
            (0..columns.len())
                .map(|idx| row.try_get_by_index(idx).unwrap())
                .collect()
        })
    }
}

/// Requests to send at once, and how to tell what became of them.
struct Act<'a> {
    requests: &'a [Request],
    /// Columns that are all zero before a request is fulfilled.
    traces: &'a dyn Fn(usize) -> Vec<String>,
    /// What they are once it is.
    whole: &'a [i64],
    /// Judges the answers to the requests when they are sent once more.
    again: &'a dyn Fn(&[Again<'_>]),
}

/// A request that was sent once more.
struct Again<'a> {
    server: &'a Server,
    /// What came back before the server was killed, if anything did.
    before: Option<&'a Reply>,
    /// Whether it had been fulfilled by then.
    was_done: bool,
    /// What came back now.
    reply: Reply,
}

impl Act<'_> {
    /// Plays a round for each number of answers after which the server may be killed.
    fn play(&self, prepared: &Prepared) {
        for enough in 0..self.requests.len() {
            self.round(&prepared.copy(), enough);
        }
    }

    fn round(&self, data: &Data, enough: usize) {
        let before = answered_until_killed(data.server(), enough, self.requests);
        assert!(before.iter().flatten().count() >= enough);
        let server = data.server();
        let mut done = Vec::new();
        for (idx, reply) in before.iter().enumerate() {
            let traces = data.row(&(self.traces)(idx));
            let is_done = traces == self.whole;
            assert!(
                is_done || traces.iter().all(|trace| *trace == 0),
                "killed after {enough}: {idx} was done by half: {traces:?}"
            );
            if let Some(reply) = reply {
                reply.clone().ok();
                assert!(
                    is_done,
                    "killed after {enough}: {idx} was answered and is lost"
                );
            }
            done.push(is_done);
        }
        let all: Vec<Again<'_>> = before
            .iter()
            .zip(self.requests)
            .zip(done)
            .map(|((before, request), was_done)| Again {
                server: &server,
                before: before.as_ref(),
                was_done,
                reply: server.send(request),
            })
            .collect();
        for idx in 0..self.requests.len() {
            let traces = data.row(&(self.traces)(idx));
            assert_eq!(traces, self.whole, "killed after {enough}: {idx}, once");
        }
        (self.again)(&all);
    }
}

/// Sends all requests at once and kills the server as soon as enough of them were answered. Gives
/// back what was answered whole. Whoever sends the last one never listens: what comes back is lost.
fn answered_until_killed(
    server: Server,
    enough: usize,
    requests: &[Request],
) -> Vec<Option<Reply>> {
    let address = server.address.clone();
    let all_sent = Barrier::new(requests.len() + 1);
    let (answered, answers) = mpsc::channel();
    thread::scope(|scope| {
        let send = |(idx, request)| {
            let listens = idx + 1 < requests.len();
            let (address, all_sent, answered) = (&address, &all_sent, answered.clone());
            scope.spawn(move || {
                let stream = Request::begin(request, address).unwrap();
                all_sent.wait();
                let reply = Some(stream).filter(|_| listens).and_then(Reply::read)?;
                answered.send(()).ok();
                Some(reply)
            })
        };
        let clients: Vec<_> = requests.iter().enumerate().map(send).collect();
        all_sent.wait();
        assert_eq!(answers.iter().take(enough).count(), enough);
        server.kill();
        clients
            .into_iter()
            .map(|client| client.join().unwrap())
            .collect()
    })
}
