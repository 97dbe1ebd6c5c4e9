//! A member in the storm: sends what comes to mind, by what it saw last, and is often too late.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tandem_api::board::{
    BoardView, CommandAccepted, Entry, EntryList, RefusedCommand, SendCommand,
};
use tandem_api::path;
use tandem_domain::board::{Board, Command, Placement, Refusal};
use tandem_domain::id::{ApplicationId, CommandId, ScenarioId};
use tandem_domain::role::Role;
use uuid::Uuid;

use super::Weather;
use crate::killed::scene::read;
use crate::server::{Browser, Reply, Request};

/// A member and what it knows.
pub struct Client {
    browser: Browser,
    scenario: ScenarioId,
    pub board: Board,
    pub rev: i64,
    mentees: Vec<ApplicationId>,
    mentors: Vec<ApplicationId>,
    is_chair: bool,
    own: Vec<Entry>,
    draw: u64,
}

impl Client {
    pub fn new(browser: Browser, view: &BoardView, is_chair: bool, seed: u64) -> Self {
        let side = |role| {
            let side = view.candidates.iter().filter(move |one| one.role == role);
            side.map(|one| one.id).collect()
        };
        Self {
            browser,
            scenario: view.scenario,
            board: Board::new(
                view.candidates.clone(),
                view.facts.clone(),
                view.placements.clone(),
            ),
            rev: view.rev,
            mentees: side(Role::Mentee),
            mentors: side(Role::Mentor),
            is_chair,
            own: Vec::new(),
            draw: seed,
        }
    }

    /// Sends commands until enough were sent, then reads what is left to read.
    pub fn play(mut self, weather: &Weather) -> Self {
        let take = |left: usize| left.checked_sub(1);
        let relaxed = Ordering::Relaxed;
        while weather.left.fetch_update(relaxed, relaxed, take).is_ok() {
            // Who has not looked for a while sends what no longer fits.
            if self.chance(55) {
                self.catch_up(weather);
            }
            let command = self.wish();
            let send = SendCommand {
                id: CommandId(Uuid::now_v7()),
                expect: self.board.expect(&command.0),
                command: command.0,
                undoes: command.1,
            };
            self.send(weather, &send);
        }
        weather.calm.wait();
        while self.catch_up(weather) > 0 {}
        self
    }

    fn send(&mut self, weather: &Weather, send: &SendCommand) {
        let request = self
            .browser
            .request("POST", path::commands(self.scenario))
            .json(send);
        if self.chance(4) {
            // The line is cut before the answer, and the same is sent again below.
            if let Some(address) = self.address(weather) {
                drop(request.begin(&address));
            }
        }
        let reply = self.insist(weather, &request);
        match reply.status {
            200 => {
                let CommandAccepted { entry } = read(&reply.body);
                assert_eq!((&entry.command, entry.id), (&send.command, send.id));
                if self.chance(5) {
                    let again = self.insist(weather, &request);
                    assert_eq!(
                        (again.status, &again.body),
                        (200, &reply.body),
                        "the same twice"
                    );
                }
                self.own.push(entry.clone());
                weather.accepted.lock().unwrap().push(entry);
            }
            409 | 422 => {
                let refused: RefusedCommand = read(&reply.body["extra"]);
                let is_race = matches!(
                    refused.refusal,
                    Refusal::Changed { .. } | Refusal::PlacesChanged { .. }
                );
                assert_eq!(reply.status == 409, is_race, "{refused:?}");
                weather.refused.lock().unwrap().insert(send.id);
            }
            _ => panic!("{send:?}: {reply:?}"),
        }
    }

    /// Reads commands of the log and applies them. Says how many there were.
    fn catch_up(&mut self, weather: &Weather) -> usize {
        let page = format!("{}?after={}", path::commands(self.scenario), self.rev);
        let request = self.browser.request("GET", page);
        let reply = self.insist(weather, &request).ok();
        let page: EntryList = read(&reply.body);
        let n_entries = page.entries.len();
        for entry in page.entries {
            assert_eq!(entry.rev, self.rev + 1, "one after the other");
            self.board.apply(&entry.command, &[], true).unwrap();
            self.rev = entry.rev;
        }
        n_entries
    }

    /// Sends until there is an answer: servers come and go.
    fn insist(&mut self, weather: &Weather, request: &Request) -> Reply {
        for _ in 0..4_000 {
            let stream = self
                .address(weather)
                .and_then(|address| request.begin(&address).ok());
            match stream.and_then(Reply::read) {
                Some(reply) if reply.status != 503 => return reply,
                _ => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        panic!("no server answers");
    }

    fn address(&mut self, weather: &Weather) -> Option<String> {
        let which = self.number(1 << 20);
        let addresses = weather.addresses.read().unwrap();
        addresses.get(which % addresses.len().max(1)).cloned()
    }

    /// Something to do, and what it undoes. Often nonsense, as far as the board goes.
    fn wish(&mut self) -> (Command, Option<CommandId>) {
        let (mentee, other) = (self.mentee(), self.mentee());
        let mentor_idx = self.number(self.mentors.len());
        let mentor = self.mentors[mentor_idx];
        let override_reason = (self.is_chair && self.chance(50)).then(|| "Both agree.".to_owned());
        let command = match self.number(100) {
            0..34 => Command::Pair {
                mentee,
                mentor,
                override_reason,
            },
            34..48 => Command::Unpair { mentee },
            48..58 => Command::Move {
                mentee,
                mentor,
                override_reason,
            },
            58..66 => Command::Swap {
                first: mentee,
                second: other,
                override_reason,
            },
            66..76 => Command::Replace {
                mentee,
                evicted: other,
                override_reason,
            },
            76..81 => Command::Lock { mentee },
            81..90 => Command::Unlock { mentee },
            90 if self.is_chair => Command::SetPlaces {
                mentor,
                was: 1,
                places: 2,
            },
            90 => Command::Forbid {
                mentee,
                mentor,
                reason: "For reasons.".to_owned(),
            },
            91 => Command::Allow { mentee, mentor },
            94..96 => two_together(mentee, other, mentor),
            92..94 => Command::Restore {
                placements: vec![
                    (mentee, self.board.placements.get(&other).cloned()),
                    (
                        other,
                        Some(Placement {
                            mentor,
                            locked: false,
                            override_reason,
                        }),
                    ),
                ],
            },
            _ => match self.own.pop() {
                Some(entry) => return (entry.inverse, Some(entry.id)),
                None => Command::Unpair { mentee },
            },
        };
        (command, None)
    }

    fn mentee(&mut self) -> ApplicationId {
        let idx = self.number(self.mentees.len());
        self.mentees[idx]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.number(100) < percent
    }

    /// A number below another, the same ones for the same seed.
    fn number(&mut self, below: usize) -> usize {
        self.draw = self
            .draw
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.draw >> 33).unwrap() % below.max(1)
    }
}

/// Takes a mentee from its mentor and pairs another, as one step.
fn two_together(mentee: ApplicationId, other: ApplicationId, mentor: ApplicationId) -> Command {
    let pair = Command::Pair {
        mentee: other,
        mentor,
        override_reason: None,
    };
    Command::Together {
        commands: vec![Command::Unpair { mentee }, pair],
    }
}
