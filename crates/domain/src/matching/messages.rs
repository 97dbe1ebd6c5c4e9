//! The messages of a worker that answers questions: a question comes in as text, what is told of it
//! goes out as text.
//!
//! The worker has no state: each message brings the board it is about. It is stopped by ending it.

use serde::{Deserialize, Serialize};
use tandem_matching::CancelToken;

use super::ask::{Answer, Progress, Question, Trouble, Watch, answer};
use super::wanted::{How, Problem};

/// A message to the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The board.
    pub problem: Problem,
    /// How the plan is made that the question is about.
    #[serde(default)]
    pub how: How,
    /// What is asked.
    pub question: Question,
}

/// A message of the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// It listens now.
    Ready,
    /// How far the answer has come.
    Progress(Progress),
    /// The answer.
    Answer(Answer),
    /// There is none.
    Trouble(Trouble),
    /// The message could not be read.
    Malformed(String),
}

/// Answers a message; says meanwhile how far it is.
pub fn tell(message: &str, mut say: impl FnMut(&Told)) {
    let ask: Ask = match serde_json::from_str(message) {
        Ok(ask) => ask,
        Err(error) => return say(&Told::Malformed(error.to_string())),
    };
    let token = CancelToken::new();
    let answer = {
        let mut on_progress = |progress| say(&Told::Progress(progress));
        let mut watch = Watch::new(&token, &mut on_progress);
        answer(&ask.problem, ask.how, &ask.question, &mut watch)
    };
    match answer {
        Ok(answer) => say(&Told::Answer(answer)),
        Err(trouble) => say(&Told::Trouble(trouble)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str) -> Vec<Told> {
        let mut heard = Vec::new();
        tell(message, |told| heard.push(told.clone()));
        heard
    }

    #[test]
    fn what_is_no_question_is_said_to_be_none() {
        for message in ["", "{}", "[]", r#"{"problem":{},"question":"more_places"}"#] {
            assert!(
                matches!(told(message)[..], [Told::Malformed(_)]),
                "{message}"
            );
        }
    }

    #[test]
    fn a_question_is_answered_after_word_of_the_progress() {
        let problem = Problem {
            candidates: Vec::new(),
            facts: crate::rule::PairFacts::default(),
            placements: Vec::new(),
            scoring: crate::score::Scoring::default(),
        };
        let ask = Ask {
            problem,
            how: How::default(),
            question: Question::MorePlaces,
        };
        let message = serde_json::to_string(&ask).unwrap_or_default();
        let heard = told(&message);
        let (last, before) = heard.split_last().unwrap();
        assert_eq!(
            *last,
            Told::Answer(Answer::MorePlaces {
                mentors: Vec::new()
            })
        );
        assert!(before.iter().all(|one| matches!(one, Told::Progress(_))));
    }
}
