//! One question of a form with the control for its kind of answer. Turns what is typed and chosen
//! into an answer; what becomes of it, the screen decides.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::condition::Given;
use tandem_domain::form::definition::{
    Choice as Offered, FormDef, Kind, Question, QuestionId, Required,
};

use crate::ui::field::{Label, Size};
use crate::widgets::question_control::Control;
use crate::widgets::seen_by::SeenBy;

/// The question of the time zone, which free hours are shown in.
const ZONE: &str = "time_zone";

/// What the answers so far decide about a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Circumstances {
    /// The answers so far; those that decide nothing may be missing.
    pub answers: Arc<Answers>,
    /// Whether the person took part in an earlier cohort.
    pub returning: bool,
}

impl Circumstances {
    /// The questions whose answers make a difference to others.
    pub fn looks_at(form: &FormDef) -> BTreeSet<QuestionId> {
        let mut looked_at = form.deciding();
        looked_at.insert(ZONE.into());
        looked_at
    }

    /// Whether the question must be answered now.
    pub fn requires(&self, question: &Question) -> bool {
        question.is_required(self.given(), None)
    }

    /// The choices that are offered now.
    pub fn offered(&self, choices: &[Offered]) -> Vec<Offered> {
        let is_offered = |choice: &&Offered| choice.is_offered(self.given());
        choices.iter().filter(is_offered).cloned().collect()
    }

    /// The time zone that was given, by the form's own question.
    pub fn zone(&self) -> Option<String> {
        match self.answers.get(&ZONE.into()) {
            Some(Answer::Text(zone)) => Some(zone.clone()),
            _ => None,
        }
    }

    /// What conditions look at.
    pub fn given(&self) -> Given<'_> {
        Given {
            answers: &self.answers,
            returning: self.returning,
        }
    }
}

/// How a question stands on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Among others.
    #[default]
    Among,
    /// Alone, below the page's own heading.
    Alone,
    /// Alone, and its words are the page's heading.
    Heading,
}

/// One question.
#[component]
pub fn QuestionField(
    /// Which.
    question: Question,
    /// How it stands on its page.
    #[prop(optional)]
    standing: Standing,
    /// What the answers so far decide about it.
    #[prop(into)]
    circumstances: Signal<Circumstances>,
    /// The answer.
    #[prop(into)]
    answer: Signal<Option<Answer>>,
    /// What is wrong with it, in words, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with the answer after each change.
    #[prop(into)]
    on_answer: Callback<Option<Answer>>,
) -> impl IntoView {
    if question.kind == Kind::Info {
        return view! { <Info question /> }.into_any();
    }
    let label = label(&question, standing, circumstances);
    let seen_by = question.clone();
    view! {
        <div class="question-field">
            <Control question label circumstances answer error on_answer />
            <SeenBy question=seen_by />
        </div>
    }
    .into_any()
}

/// A text between the questions.
#[component]
fn Info(
    /// Which.
    question: Question,
) -> impl IntoView {
    let hint = question.hint.text().to_owned();
    view! {
        <div class="question-field question-field--info">
            <p class="question-field__lead">{question.label.text().to_owned()}</p>
            {(!hint.is_empty()).then(|| view! { <p>{hint}</p> })}
        </div>
    }
}

/// The id of the control or group of a question.
pub fn field_id(question: &Question) -> String {
    format!("q-{}", question.id)
}

fn label(question: &Question, standing: Standing, circumstances: Signal<Circumstances>) -> Label {
    let size = match standing {
        Standing::Among => Size::Normal,
        Standing::Alone => Size::Large,
        Standing::Heading => Size::Page,
    };
    let label = Label::new(question.label.text())
        .hint(question.hint.text())
        .size(size);
    match question.required {
        Required::If(_) => {
            // What is answered on the same page may decide it.
            let question = question.clone();
            let is_optional =
                Memo::new(move |_| circumstances.with(|now| !now.requires(&question)));
            label.optional_while(is_optional)
        }
        _ if circumstances.with_untracked(|now| now.requires(question)) => label,
        _ => label.optional(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_may_be_required_by_another_answer() {
        let json = r#"{"id":"member_no","kind":"phone","label":"Number",
                       "required":{"if":{"not":{"yes":"joining"}}}}"#;
        let question: Question = serde_json::from_str(json).unwrap();
        let mut now = Circumstances::default();
        assert!(now.requires(&question));
        now.answers = Arc::new([("joining".into(), Answer::Yes(true))].into());
        assert!(!now.requires(&question));
    }

    #[test]
    fn what_is_answered_beside_it_makes_a_question_optional() {
        let json = r#"{"id":"member_no","kind":"phone","label":"Number",
                       "required":{"if":{"not":{"yes":"joining"}}}}"#;
        let question: Question = serde_json::from_str(json).unwrap();
        Owner::new().with(|| {
            let now = RwSignal::new(Circumstances::default());
            let label = label(&question, Standing::Among, now.into());
            let is_optional = label.is_optional().unwrap();
            assert!(!is_optional.get_untracked());
            let joining = [("joining".into(), Answer::Yes(true))].into();
            now.update(|now| now.answers = Arc::new(joining));
            assert!(is_optional.get_untracked());
        });
    }

    #[test]
    fn choices_depend_on_what_was_answered() {
        let json = r#"[{"id":"a","label":"A"},
                       {"id":"b","label":"B","visible":{"has":["areas","cataloging"]}}]"#;
        let choices: Vec<Offered> = serde_json::from_str(json).unwrap();
        let mut now = Circumstances::default();
        assert_eq!(now.offered(&choices).len(), 1);
        let areas = Answer::Ranked(vec!["cataloging".into()]);
        now.answers = Arc::new([("areas".into(), areas)].into());
        assert_eq!(now.offered(&choices).len(), 2);
    }
}
