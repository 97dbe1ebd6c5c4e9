//! The committee decides, pairs and publishes.

use std::collections::BTreeSet;

use serde_json::json;
use tandem_api::application::ApplicationList;
use tandem_api::board::{BoardView, SendCommand};
use tandem_api::path;
use tandem_api::scenario::ScenarioView;
use tandem_domain::application::ApplicationState;
use tandem_domain::board::{Board, Command};
use tandem_domain::id::{ApplicationId, CommandId};
use tandem_domain::role::Role;
use uuid::Uuid;

use super::scene::{CLIENTS, account, cohort, count, read};
use super::{Act, Again, Prepared};
use crate::server::{Browser, Request, Server};

#[test]
fn a_decision_is_made_once_with_its_note_and_mail() {
    let (prepared, people) = Prepared::on("mar-2", |server| {
        let chair = account(server, "Chairs");
        let list = chair.get(server, path::cohort_applications(cohort(server).id));
        let list: ApplicationList = read(&list.ok().body);
        let waiting = list
            .rows
            .iter()
            .filter(|row| row.state == ApplicationState::Submitted);
        let people: Vec<(ApplicationId, Request)> = waiting
            .take(CLIENTS)
            .map(|row| {
                let view = chair.get(server, path::application(row.id)).ok();
                let request = chair
                    .request("PUT", path::eligibility(row.id))
                    .header("If-Match", view.header("etag").unwrap())
                    .json(&json!({ "eligible": true }));
                (row.id, request)
            })
            .collect();
        assert_eq!(people.len(), CLIENTS);
        people
    });
    let requests: Vec<Request> = people.iter().map(|(_, request)| request.clone()).collect();
    let traces = |idx: usize| {
        let id = people[idx].0;
        vec![
            count(&format!(
                "application WHERE id = '{id}' AND state = 'eligible'"
            )),
            count(&format!(
                "event WHERE application = '{id}' AND kind = 'application.eligible'"
            )),
            count(&format!(
                "outbox WHERE dedupe LIKE 'application-eligible:{id}:%'"
            )),
        ]
    };
    // Whoever decides says what was seen; that is gone once the decision is made.
    let again = |all: &[Again<'_>]| {
        for again in all {
            assert_eq!(again.reply.status, if again.was_done { 412 } else { 200 });
        }
    };
    let act = Act {
        requests: &requests,
        traces: &traces,
        whole: &[1; 3],
        again: &again,
    };
    act.play(&prepared);
}

/// Commands that pair people, each with a mentor of its own, as somebody sends them who sees none
/// of the others yet.
fn pairs(view: &BoardView) -> Vec<SendCommand> {
    let seen = Board::new(
        view.candidates.clone(),
        view.facts.clone(),
        view.placements.iter().cloned(),
    );
    let mut after = seen.clone();
    let mut mentors = BTreeSet::new();
    let mut commands = Vec::new();
    let role = |role| view.candidates.iter().filter(move |one| one.role == role);
    for mentee in role(Role::Mentee) {
        let pair = role(Role::Mentor)
            .filter(|mentor| !mentors.contains(&mentor.id))
            .map(|mentor| Command::Pair {
                mentee: mentee.id,
                mentor: mentor.id,
                override_reason: None,
            })
            .find(|command| after.apply(command, &seen.expect(command), false).is_ok());
        let Some(command) = pair else { continue };
        if let Command::Pair { mentor, .. } = command {
            mentors.insert(mentor);
        }
        commands.push(SendCommand {
            id: CommandId(Uuid::now_v7()),
            expect: seen.expect(&command),
            command,
            undoes: None,
        });
        if commands.len() == CLIENTS {
            return commands;
        }
    }
    panic!("there are too few people to pair");
}

fn board(server: &Server, browser: &Browser) -> BoardView {
    let boards = browser.get(server, path::scenarios(cohort(server).id));
    let boards: Vec<ScenarioView> = read(&boards.ok().body);
    read(&browser.get(server, path::board(boards[0].id)).ok().body)
}

#[test]
fn a_pair_is_made_once_with_its_line_in_the_log() {
    let (prepared, (member, view)) = Prepared::on("mar-20", |server| {
        let member = account(server, "Subcommittee: ");
        let view = board(server, &member);
        (member, view)
    });
    let commands = pairs(&view);
    let send = |command| {
        member
            .request("POST", path::commands(view.scenario))
            .json(command)
    };
    let requests: Vec<Request> = commands.iter().map(send).collect();
    let (scenario, rev) = (view.scenario, view.rev);
    let traces = |idx: usize| {
        let SendCommand { id, command, .. } = &commands[idx];
        let Command::Pair { mentee, mentor, .. } = command else {
            panic!()
        };
        vec![
            count(&format!("scenario_op WHERE op_id = '{id}'")),
            count(&format!(
                "event WHERE kind = 'board.command' AND body_json LIKE '%{id}%'"
            )),
            count(&format!(
                "placement WHERE scenario = '{scenario}' AND mentee_app = '{mentee}' AND mentor_app = '{mentor}'"
            )),
        ]
    };
    let again = |all: &[Again<'_>]| {
        for again in all {
            let reply = again.reply.clone().ok();
            if let Some(before) = again.before {
                assert_eq!(reply.body, before.body, "the same entry");
            }
        }
        let after = board(all[0].server, &member);
        assert_eq!(after.rev, rev + i64::try_from(CLIENTS).unwrap());
        let revs: BTreeSet<i64> = after.recent.iter().map(|entry| entry.rev).collect();
        assert_eq!(revs.len(), after.recent.len(), "each has its own number");
    };
    let act = Act {
        requests: &requests,
        traces: &traces,
        whole: &[1; 3],
        again: &again,
    };
    act.play(&prepared);
}

/// Moves the cohort, as it is now, to a state.
fn to_state(server: &Server, browser: &Browser, state: &str) -> Request {
    let now = browser.get(server, path::cohort("2018-2019")).ok();
    browser
        .request("POST", path::transitions(cohort(server).id))
        .key(&format!("move-to-{state}"))
        .header("If-Match", now.header("etag").unwrap())
        .json(&json!({ "to": state }))
}

#[test]
fn pairs_are_published_once_with_all_mails() {
    let (prepared, (publish, cohort)) = Prepared::on("mar-20", |server| {
        let member = account(server, "Subcommittee: ");
        let view = board(server, &member);
        for command in pairs(&view) {
            let request = member.request("POST", path::commands(view.scenario));
            server.send(&request.json(&command)).ok();
        }
        let chair = account(server, "Chairs");
        server.send(&to_state(server, &chair, "sign_off")).ok();
        let officer = account(server, "Program officer");
        (to_state(server, &officer, "published"), cohort(server).id)
    });
    // The same wish, as an impatient browser sends it.
    let requests = vec![publish; CLIENTS];
    let eligible = prepared.copy().row(&[format!(
        "(SELECT count(*) FROM application WHERE cohort = '{cohort}' AND state = 'eligible')"
    )])[0];
    let traces = |_: usize| {
        vec![
            count(&format!(
                "cohort WHERE id = '{cohort}' AND state = 'published'"
            )),
            count(&format!(
                "event WHERE cohort = '{cohort}' AND kind = 'cohort.moved' AND body_json LIKE '%\"to\":\"published\"%'"
            )),
            count(&format!(
                "event WHERE cohort = '{cohort}' AND kind = 'application.settled'"
            )),
            count("outbox WHERE dedupe LIKE 'published-%'"),
            count(&format!("pair_history WHERE cohort = '{cohort}'")),
            format!(
                "{eligible} - (SELECT count(*) FROM application WHERE cohort = '{cohort}' AND state = 'eligible')"
            ),
            count("idem WHERE key = 'move-to-published'"),
        ]
    };
    let pairs = i64::try_from(CLIENTS).unwrap();
    let again = |all: &[Again<'_>]| {
        for again in all {
            let reply = again.reply.clone().ok();
            if let Some(before) = again.before {
                assert_eq!(reply.body, before.body, "the same answer");
            }
        }
    };
    let act = Act {
        requests: &requests,
        traces: &traces,
        whole: &[1, 1, eligible, eligible, pairs, eligible, 1],
        again: &again,
    };
    act.play(&prepared);
}
