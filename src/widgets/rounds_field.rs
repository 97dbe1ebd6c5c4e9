//! The same few questions several times over, such as for each position somebody had.

use std::sync::Arc;

use leptos::prelude::*;
use tandem_domain::form::answer::{Answer, Answers};
use tandem_domain::form::check::read_item;
use tandem_domain::form::definition::{Question, QuestionId};

use crate::ui::button::{Button, Look};
use crate::ui::field::{FieldGroup, Label};
use crate::widgets::question_field::{Circumstances, QuestionField};

/// Rounds of questions, one below the other.
#[component]
pub fn RoundsField(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// What is asked each time.
    questions: Vec<Question>,
    /// What one round is called.
    item: String,
    /// How many rounds at most.
    max: usize,
    /// What the answers outside decide.
    #[prop(into)]
    circumstances: Signal<Circumstances>,
    /// The answers of each round.
    #[prop(into)]
    value: Signal<Vec<Answers>>,
    /// What is wrong with them, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with the answers of all rounds at each change.
    #[prop(into)]
    on_change: Callback<Vec<Answers>>,
) -> impl IntoView {
    // A round that was asked for stays open while it is empty.
    let n_open = RwSignal::new(value.with_untracked(Vec::len).max(1));
    let n_rounds = Memo::new(move |_| value.with(Vec::len).max(n_open.get()));
    let wiring = Wiring {
        circumstances,
        value,
        on_change,
    };
    let more = item.to_lowercase();
    let group = id.clone();
    let rounds = move || {
        (0..n_rounds.get())
            .map(|idx| {
                let fields = questions
                    .iter()
                    .map(|question| wiring.field(&group, idx, question, &questions))
                    .collect_view();
                let title = format!("{item} {}", idx + 1);
                let remove = move |()| {
                    n_open.update(|n_open| *n_open = n_open.saturating_sub(1).max(1));
                    let mut items = value.get_untracked();
                    if idx < items.len() {
                        items.remove(idx);
                        on_change.run(items);
                    }
                };
                let words = format!("Remove {} {}", item.to_lowercase(), idx + 1);
                let is_alone = n_rounds.get_untracked() == 1;
                let button = (!is_alone)
                    .then(|| view! { <Button look=Look::Quiet on_press=Callback::new(remove)>{words}</Button> });
                view! {
                    <fieldset class="rounds-field__round stack">
                        <legend>{title}</legend>
                        {fields}
                        {button}
                    </fieldset>
                }
            })
            .collect_view()
    };
    let add = move |()| n_open.set(n_rounds.get_untracked() + 1);
    let add_button = move || {
        let words = format!("Add another {more}");
        (n_rounds.get() < max)
            .then(|| view! { <Button on_press=Callback::new(add)>{words}</Button> })
    };
    view! {
        <FieldGroup id label error>
            <div class="stack">{rounds} {add_button}</div>
        </FieldGroup>
    }
}

/// What every field of every round gets.
#[derive(Clone, Copy)]
struct Wiring {
    circumstances: Signal<Circumstances>,
    value: Signal<Vec<Answers>>,
    on_change: Callback<Vec<Answers>>,
}

impl Wiring {
    fn field(
        self,
        group: &str,
        idx: usize,
        question: &Question,
        questions: &[Question],
    ) -> impl IntoView + use<> {
        let own = question.id.clone();
        let all = StoredValue::new(questions.to_vec());
        let item = move || {
            self.value
                .with(|items| items.get(idx).cloned().unwrap_or_default())
        };
        let asked = own.clone();
        let is_asked = Memo::new(move |_| {
            let item = item();
            let visible = self.circumstances.with(|outside| {
                all.with_value(|all| read_item(all, &item, outside.given()).visible)
            });
            visible.contains(&asked)
        });
        let inside = Signal::derive(move || {
            let mut inside = self.circumstances.get();
            Arc::make_mut(&mut inside.answers).extend(item());
            inside
        });
        let answered = own.clone();
        let answer = Signal::derive(move || item().remove(&answered));
        let change = Callback::new(move |answer| self.change(idx, &own, answer));
        // Each round has its own names for its fields.
        let mut question = question.clone();
        question.id = QuestionId(format!("{group}-{idx}-{}", question.id));
        let no_error: Signal<Option<String>> = Signal::derive(|| None);
        move || {
            is_asked.get().then(|| {
                view! {
                    <QuestionField
                        question=question.clone()
                        circumstances=inside
                        answer
                        error=no_error
                        on_answer=change
                    />
                }
            })
        }
    }

    fn change(self, idx: usize, question: &QuestionId, answer: Option<Answer>) {
        let mut items = self.value.get_untracked();
        if items.len() <= idx {
            items.resize_with(idx + 1, Answers::new);
        }
        if let Some(item) = items.get_mut(idx) {
            match answer {
                Some(answer) => item.insert(question.clone(), answer),
                None => item.remove(question),
            };
        }
        self.on_change.run(items);
    }
}
