//! The conversation with the solver: one question at a time, answered in a worker beside the page,
//! or by the server where there is no worker.

use leptos::prelude::*;
use leptos::task::spawn_local;
use tandem_api::matching::AskBoard;
use tandem_domain::id::ScenarioId;
use tandem_domain::matching::{Answer, Ask, How, Problem, Progress, Question, Told, Trouble};

use super::words;
use crate::api::{self, json};
use crate::dom::worker::{Heard, Worker};

/// The script of the worker, as the build names it.
const SCRIPT: &str = "/tandem-solver_loader.js";

/// How the conversation stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::pages::pairing) enum Talk {
    /// Nothing was asked.
    #[default]
    Silent,
    /// The answer is being worked out.
    Working(Option<Progress>),
    /// The answer.
    Answered(Box<Answer>),
    /// There is none, and why.
    Failed(String),
}

impl Talk {
    /// What is told by the worker, as how the conversation stands then; nothing that changes it not.
    fn of(told: Told) -> Option<Self> {
        match told {
            Told::Ready => None,
            Told::Progress(progress) => Some(Self::Working(Some(progress))),
            Told::Answer(answer) => Some(Self::Answered(Box::new(answer))),
            Told::Trouble(trouble) => Some(Self::Failed(words::trouble(&trouble))),
            Told::Malformed(_) => Some(Self::Failed(words::OUTDATED.to_owned())),
        }
    }

    /// Whether an answer is being worked out.
    pub(in crate::pages::pairing) fn is_working(&self) -> bool {
        matches!(self, Self::Working(_))
    }
}

/// The worker, and what it is to be asked once it listens.
#[derive(Default)]
struct Line {
    worker: Option<Worker>,
    is_ready: bool,
    waiting: Option<Asked>,
    /// Counts questions, so that late answers of the server are let go.
    count: u64,
}

#[derive(Clone)]
struct Asked {
    problem: Problem,
    how: How,
    question: Question,
}

/// A conversation with the solver. Ends with the part of the page that began it.
#[derive(Clone, Copy)]
pub(in crate::pages::pairing) struct Consult {
    scenario: ScenarioId,
    talk: RwSignal<Talk>,
    line: StoredValue<Line, LocalStorage>,
}

impl Consult {
    /// Nothing asked yet, no worker started.
    pub(in crate::pages::pairing) fn new(scenario: ScenarioId) -> Self {
        let line = StoredValue::new_local(Line::default());
        on_cleanup(move || {
            line.try_update_value(|line| line.worker = None);
        });
        Self {
            scenario,
            talk: RwSignal::new(Talk::Silent),
            line,
        }
    }

    /// How it stands.
    pub(in crate::pages::pairing) fn talk(self) -> RwSignal<Talk> {
        self.talk
    }

    /// Asks; whatever was asked before is given up.
    pub(in crate::pages::pairing) fn ask(self, problem: Problem, how: How, question: Question) {
        self.cancel();
        self.talk.set(Talk::Working(None));
        let asked = Asked {
            problem,
            how,
            question,
        };
        let has_worker = self.line.try_update_value(|line| {
            line.count += 1;
            line.waiting = Some(asked.clone());
            if line.worker.is_none() {
                line.is_ready = false;
                line.worker = Worker::start(SCRIPT, move |heard| self.hear(heard));
            }
            line.worker.is_some()
        });
        match has_worker {
            Some(true) => self.send(),
            Some(false) => self.ask_server(asked),
            None => (),
        }
    }

    /// Gives up what is being worked out: the worker is ended, the next question starts another.
    pub(in crate::pages::pairing) fn cancel(self) {
        if self.talk.with_untracked(Talk::is_working) {
            self.line.try_update_value(|line| {
                line.worker = None;
                line.waiting = None;
                line.count += 1;
            });
            self.talk.set(Talk::Silent);
        }
    }

    fn send(self) {
        self.line.try_update_value(|line| {
            let (true, Some(worker), Some(asked)) = (line.is_ready, &line.worker, &line.waiting)
            else {
                return;
            };
            let ask = Ask {
                problem: asked.problem.clone(),
                how: asked.how,
                question: asked.question.clone(),
            };
            if let Ok(text) = serde_json::to_string(&ask) {
                worker.say(&text);
            }
        });
    }

    fn hear(self, heard: Heard) {
        let told = match heard {
            Heard::Text(text) => json::read::<Told>(&text),
            Heard::Broken => None,
        };
        match told {
            Some(Told::Ready) => {
                self.line.try_update_value(|line| line.is_ready = true);
                self.send();
            }
            Some(told) => {
                let talk = Talk::of(told);
                if talk.as_ref().is_some_and(|talk| !talk.is_working()) {
                    self.line.try_update_value(|line| line.waiting = None);
                }
                if let Some(talk) = talk {
                    self.talk.try_set(talk);
                }
            }
            // It broke down, or speaks another version: the server knows the answer as well.
            None => {
                let waiting = self.line.try_update_value(|line| {
                    line.worker = None;
                    line.waiting.take()
                });
                if let Some(Some(asked)) = waiting {
                    self.ask_server(asked);
                }
            }
        }
    }

    fn ask_server(self, asked: Asked) {
        let count = self.line.try_with_value(|line| line.count);
        let body = AskBoard {
            how: asked.how,
            question: asked.question,
        };
        spawn_local(async move {
            let answer = api::board::ask(self.scenario, &body).await;
            if self.line.try_with_value(|line| line.count) != count {
                return;
            }
            let talk = match answer {
                Ok(answer) => Talk::Answered(Box::new(answer)),
                Err(error) => Talk::Failed(refused(&error).unwrap_or_else(|| error.sentence())),
            };
            self.talk.try_set(talk);
        });
    }
}

/// The words for why the server has no answer, where it says why.
fn refused(error: &api::error::ApiError) -> Option<String> {
    let api::error::ApiError::Refused(problem) = error else {
        return None;
    };
    let trouble: Trouble = serde_json::from_value(problem.extra.clone()?).ok()?;
    Some(words::trouble(&trouble))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_worker_tells_moves_the_conversation_on() {
        assert_eq!(Talk::of(Told::Ready), None);
        let progress = Progress {
            step: 1,
            steps: 4,
            done: 3,
            of: 9,
        };
        let talk = Talk::of(Told::Progress(progress)).unwrap();
        assert!(talk.is_working());
        let answer = Answer::MorePlaces {
            mentors: Vec::new(),
        };
        let answered = Talk::of(Told::Answer(answer.clone()));
        assert_eq!(answered, Some(Talk::Answered(Box::new(answer))));
        let failed = Talk::of(Told::Trouble(Trouble::TooLarge));
        assert!(matches!(failed, Some(Talk::Failed(_))));
    }
}
