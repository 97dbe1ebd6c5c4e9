//! A question of the committee, and its answer: a text, and changes to the named questions only.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::try_join;
use leptos::ev;
use leptos::prelude::*;
use tandem_api::application::{AnswerInfo as Body, InfoRequestView, MyApplication};
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::definition::{FormDef, Question, QuestionId};

use crate::api::applications;
use crate::api::error::ApiError;
use crate::dom::announce;
use crate::load::{Load, LoadFailed};
use crate::ui::button::{Button, Look, Press};
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::Skeleton;
use crate::ui::text_area::TextArea;
use crate::widgets::problem_words::problem_words;
use crate::widgets::question_field::{Circumstances, QuestionField};

/// The named questions and the answers to all.
type Asked = (Vec<Question>, Answers, bool);

/// The question of the committee with the place for the answer.
#[component]
pub fn AnswerInfo(
    /// Which application.
    own: MyApplication,
    /// What is asked.
    request: InfoRequestView,
    /// Called once it is answered.
    on_change: Callback<()>,
) -> impl IntoView {
    let asked = RwSignal::new(Load::<Asked>::Waiting);
    let named = request.questions.clone();
    let (id, cohort, role) = (own.id, own.cohort, own.role);
    let read = Action::new_local(move |(): &()| {
        let named = named.clone();
        async move {
            let both = try_join(applications::form(cohort, role), applications::draft(id)).await;
            let found =
                both.map(|(form, draft)| (chosen(&form, &named), draft.answers, draft.returning));
            asked.try_set(found.into());
        }
    });
    read.dispatch_local(());
    let text = request.text.clone();
    view! {
        <section class="answer-info" aria-label="The committee asks">
            <h3>"The committee asks"</h3>
            <blockquote class="answer-info__question">{text}</blockquote>
            {move || match asked.get() {
                Load::Waiting => view! { <Skeleton label="Loading the questions" /> }.into_any(),
                Load::Failed(error) => {
                    let again = Callback::new(move |()| {
                        read.dispatch_local(());
                    });
                    view! { <LoadFailed error on_retry=again /> }.into_any()
                }
                Load::Ready(asked) => {
                    let (own, request) = (own.clone(), request.clone());
                    view! { <AnswerForm own request asked on_change /> }.into_any()
                }
            }}
        </section>
    }
}

fn chosen(form: &FormDef, named: &[QuestionId]) -> Vec<Question> {
    form.questions()
        .filter(|question| named.contains(&question.id))
        .cloned()
        .collect()
}

/// The answer.
#[component]
fn AnswerForm(
    /// Which application.
    own: MyApplication,
    /// What is asked.
    request: InfoRequestView,
    /// The named questions with the answers so far.
    asked: Asked,
    /// Called once it is answered.
    on_change: Callback<()>,
) -> impl IntoView {
    let (questions, answers, returning) = asked;
    let before = answers.clone();
    let answers = RwSignal::new(answers);
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<ApiError>);
    let words = StoredValue::new(questions.clone());
    let named: Vec<QuestionId> = questions
        .iter()
        .map(|question| question.id.clone())
        .collect();
    let (id, request_id) = (own.id, request.id);
    let send = Action::new_local(move |(): &()| {
        let changes = changes(&before, &answers.get_untracked(), &named);
        let body = Body {
            text: text.get_untracked().trim().to_owned(),
            changes,
        };
        async move {
            match applications::answer_info(id, request_id, &body).await {
                Ok(()) => {
                    announce::polite("Your answer has arrived.");
                    on_change.try_run(());
                }
                Err(error) => {
                    wrong.try_set(Some(error));
                }
            }
        }
    });
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !send.pending().get_untracked() {
            wrong.set(None);
            send.dispatch_local(());
        }
    };
    let circumstances = Memo::new(move |_| Circumstances {
        answers: Arc::new(answers.get()),
        returning,
    });
    let fields = questions
        .into_iter()
        .map(|question| view! { <Named question circumstances answers wrong /> })
        .collect_view();
    let trouble = move || {
        let error = wrong.get()?;
        let sentence = words.with_value(|questions| trouble(&error, questions));
        Some(view! { <Notice kind=Kind::Error><p>{sentence}</p></Notice> })
    };
    view! {
        <form class="stack" novalidate on:submit=sent>
            {fields}
            <TextArea
                id=format!("info-{}", request.id)
                label=Label::new("Your answer")
                on_input=move |words| text.set(words)
            />
            {trouble}
            <div>
                <Button look=Look::Primary press=Press::Submits busy=send.pending()>
                    "Send the answer"
                </Button>
            </div>
        </form>
    }
}

/// One of the questions that may be changed.
#[component]
fn Named(
    /// Which.
    question: Question,
    /// What the answers decide about it.
    circumstances: Memo<Circumstances>,
    /// All answers.
    answers: RwSignal<Answers>,
    /// What the server found wrong.
    wrong: RwSignal<Option<ApiError>>,
) -> impl IntoView {
    let id = question.id.clone();
    let own = question.clone();
    let answer = Memo::new(move |_| answers.with(|answers| answers.get(&id).cloned()));
    let error = Memo::new(move |_| {
        wrong.with(|error| match error {
            Some(ApiError::Invalid { fields, .. }) => {
                let found = fields.iter().find(|problem| problem.question == own.id)?;
                Some(problem_words(&own, &found.code))
            }
            _ => None,
        })
    });
    let id = question.id.clone();
    let change = move |answer: Option<Answer>| {
        answers.update(|answers| {
            match answer {
                Some(answer) => answers.insert(id.clone(), answer),
                None => answers.remove(&id),
            };
        });
    };
    view! { <QuestionField question circumstances answer error on_answer=change /> }
}

fn trouble(error: &ApiError, questions: &[Question]) -> String {
    match error {
        ApiError::Invalid { fields, .. } if fields.is_empty() => {
            "Write an answer to the committee first.".to_owned()
        }
        ApiError::Invalid { fields, .. } => fields
            .iter()
            .filter_map(|problem| {
                let question = questions.iter().find(|one| one.id == problem.question)?;
                Some(problem_words(question, &problem.code))
            })
            .collect::<Vec<_>>()
            .join(" "),
        other => other.sentence(),
    }
}

fn changes(
    before: &Answers,
    after: &Answers,
    named: &[QuestionId],
) -> BTreeMap<QuestionId, Option<Answer>> {
    named
        .iter()
        .filter(|id| before.get(*id) != after.get(*id))
        .map(|id| (id.clone(), after.get(id).cloned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_named_and_changed_is_sent() {
        let text = |words: &str| Answer::Text(words.to_owned());
        let before: Answers = [("a".into(), text("1")), ("b".into(), text("1"))].into();
        let after: Answers = [("a".into(), text("2")), ("c".into(), text("3"))].into();
        let named = ["a".into(), "b".into()];
        let sent = changes(&before, &after, &named);
        assert_eq!(
            sent,
            [("a".into(), Some(text("2"))), ("b".into(), None)].into()
        );
    }
}
