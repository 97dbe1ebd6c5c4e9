//! Four members change one board at once, with cuts, duplicates and servers that are killed: every
//! invariant holds, nothing is done twice or half, and everybody ends with what the server has.
//!
//! `STORM=10000 cargo test -p tandem-server --test process storm` plays it at full length; without
//! the number a short form is played. With `TEST_POSTGRES_URL` it is also played on PostgreSQL with
//! two servers on one database.

mod client;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command as Process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database};
use tandem_api::board::{BoardView, Entry, EntryList};
use tandem_api::path;
use tandem_api::scenario::ScenarioView;
use tandem_domain::board::Board;
use tandem_domain::id::CommandId;
use uuid::Uuid;

use self::client::Client;
use crate::killed::scene::{account, cohort, read};
use crate::server::{Browser, SERVER, Server};

/// Who takes part: two of the subcommittee, the chair, and the first of them in a second window.
const PARTS: [&str; 4] = [
    "Subcommittee: ",
    "Subcommittee too",
    "Chairs",
    "Subcommittee: ",
];

/// How many commands are sent in the tests; `STORM` says another number.
const SHORT: usize = 240;

/// The servers that clients may ask, by address; none while they are down.
type Addresses = RwLock<Vec<String>>;

/// What the clients share.
pub struct Weather {
    addresses: Addresses,
    left: AtomicUsize,
    /// What the server said it took, by the id of the command.
    accepted: Mutex<Vec<Entry>>,
    /// What it refused, so that it must be in no log.
    refused: Mutex<BTreeSet<CommandId>>,
    /// Where the clients meet once each has the answer to the last command it sent.
    calm: Barrier,
}

struct Place<'a> {
    data: &'a Path,
    database: Option<&'a str>,
    n_servers: usize,
}

impl Place<'_> {
    fn words(&self) -> Vec<&str> {
        let database = self.database.map(|url| ["--database-url", url]);
        database.into_iter().flatten().collect()
    }

    fn start(&self) -> Vec<Server> {
        (0..self.n_servers)
            .map(|_| Server::start_with(self.data, &self.words()))
            .collect()
    }

    fn seed(&self) {
        let output = Process::new(SERVER)
            .args([
                "seed",
                "--demo",
                "--day",
                "mar-20",
                "--mentees",
                "18",
                "--mentors",
                "12",
            ])
            .arg("--data")
            .arg(self.data)
            .args(self.words())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

fn n_commands() -> usize {
    std::env::var("STORM").map_or(SHORT, |number| number.parse().unwrap())
}

fn board(server: &Server, browser: &Browser) -> BoardView {
    let boards = browser.get(server, path::scenarios(cohort(server).id));
    let boards: Vec<ScenarioView> = read(&boards.ok().body);
    read(&browser.get(server, path::board(boards[0].id)).ok().body)
}

fn storm(place: &Place<'_>) {
    place.seed();
    let mut servers = place.start();
    let browsers = PARTS.map(|part| account(&servers[0], part));
    let start = board(&servers[0], &browsers[0]);
    let weather = Weather {
        addresses: RwLock::new(servers.iter().map(|one| one.address.clone()).collect()),
        left: AtomicUsize::new(n_commands()),
        accepted: Mutex::default(),
        refused: Mutex::default(),
        calm: Barrier::new(PARTS.len()),
    };
    let began = Instant::now();
    let (ends, n_kills) = thread::scope(|scope| {
        let clients: Vec<_> = browsers
            .into_iter()
            .zip(1_usize..)
            .map(|(browser, seed)| {
                let client = Client::new(browser, &start, PARTS[seed - 1] == "Chairs", seed as u64);
                let weather = &weather;
                scope.spawn(move || client.play(weather))
            })
            .collect();
        let n_kills = kill_twice(place, &mut servers, &weather);
        let ends = clients.into_iter().map(|client| client.join().unwrap());
        (ends.collect::<Vec<_>>(), n_kills)
    });
    let reader = account(&servers[0], "Chairs");
    let end = board(&servers[0], &reader);
    for client in &ends {
        assert_eq!(client.rev, end.rev, "everybody has seen everything");
        let pairs: Vec<_> = client.board.placements.clone().into_iter().collect();
        assert_eq!(pairs, end.placements, "a screen differs from the server");
    }
    judge(&servers[0], &reader, &start, &end, &weather);
    report(place, &weather, (began, n_kills));
}

fn report(place: &Place<'_>, weather: &Weather, (began, n_kills): (Instant, usize)) {
    let n_accepted = weather.accepted.lock().unwrap().len();
    eprintln!(
        "storm: {} commands by {} clients on {} servers, {n_accepted} taken, {} refused, \
         {n_kills} kills, {} ms",
        n_commands(),
        PARTS.len(),
        place.n_servers,
        weather.refused.lock().unwrap().len(),
        began.elapsed().as_millis(),
    );
    assert!(
        n_accepted * 10 > n_commands(),
        "too little happened: {n_accepted}"
    );
}

/// Kills a server and starts another when a third and when two thirds of the commands are sent.
fn kill_twice(place: &Place<'_>, servers: &mut Vec<Server>, weather: &Weather) -> usize {
    let shares = [2, 1];
    for share in shares {
        let enough = n_commands() * share / 3;
        while weather.left.load(Ordering::Relaxed) > enough {
            thread::sleep(Duration::from_millis(2));
        }
        let killed = servers.pop().unwrap();
        let mut addresses = weather.addresses.write().unwrap();
        addresses.retain(|one| *one != killed.address);
        drop(addresses);
        killed.kill();
        let again = Server::start_with(place.data, &place.words());
        let mut addresses = weather.addresses.write().unwrap();
        addresses.push(again.address.clone());
        servers.insert(0, again);
    }
    shares.len()
}

/// The log, read from the beginning, leads to the board by commands that each were allowed.
fn judge(server: &Server, reader: &Browser, start: &BoardView, end: &BoardView, weather: &Weather) {
    let mut log: Vec<Entry> = Vec::new();
    let mut rev = start.rev;
    while rev < end.rev {
        let page = format!("{}?after={rev}", path::commands(end.scenario));
        let page: EntryList = read(&reader.get(server, page).ok().body);
        rev = page.entries.last().unwrap().rev;
        log.extend(page.entries);
    }
    let revs: Vec<i64> = log.iter().map(|entry| entry.rev).collect();
    assert_eq!(
        revs,
        (start.rev + 1..=end.rev).collect::<Vec<_>>(),
        "no gap, no double"
    );
    let facts = start.facts.clone();
    let mut replayed = Board::new(start.candidates.clone(), facts, start.placements.clone());
    for entry in &log {
        let seen = replayed.expect(&entry.command);
        let inverse = replayed.apply(&entry.command, &seen, true);
        assert_eq!(inverse.as_ref(), Ok(&entry.inverse), "{entry:?}");
        assert_eq!(replayed.breaches(), [], "{entry:?}");
    }
    let pairs: Vec<_> = replayed.placements.into_iter().collect();
    assert_eq!(pairs, end.placements);
    for entry in weather.accepted.lock().unwrap().iter() {
        assert!(log.contains(entry), "acknowledged and lost: {entry:?}");
    }
    let refused = weather.refused.lock().unwrap();
    let is_refused = |entry: &&Entry| refused.contains(&entry.id);
    assert_eq!(log.iter().find(is_refused), None, "refused and done");
}

#[test]
fn four_members_at_once_keep_every_rule_and_end_with_the_same_board() {
    let data = tempfile::tempdir().unwrap();
    storm(&Place {
        data: data.path(),
        database: None,
        n_servers: 1,
    });
}

#[test]
fn two_servers_on_one_database_keep_every_rule_too() {
    let Ok(postgres) = std::env::var("TEST_POSTGRES_URL") else {
        return;
    };
    let name = format!("tandem_storm_{}", Uuid::now_v7().simple());
    run_sql(&postgres, &format!("CREATE DATABASE {name}"));
    let (server, _) = postgres.rsplit_once('/').unwrap();
    let url = format!("{server}/{name}");
    let data = tempfile::tempdir().unwrap();
    storm(&Place {
        data: data.path(),
        database: Some(&url),
        n_servers: 2,
    });
    run_sql(&postgres, &format!("DROP DATABASE {name} WITH (FORCE)"));
}

fn run_sql(url: &str, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let database = Database::connect(url).await.unwrap();
        database.execute_unprepared(sql).await.unwrap();
        database.close().await.unwrap();
    });
}
