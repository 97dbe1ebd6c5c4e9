//! Room for another comment.

use leptos::prelude::*;
use tandem_api::comment::MakeComment;
use tandem_domain::comment::{About, LONGEST};
use tandem_domain::id::CommentId;

use super::{Comments, words};
use crate::api;
use crate::dom::{announce, random};
use crate::pages::pairing::state::BoardState;
use crate::ui::button::{Button, Press};
use crate::ui::choice::Choice;
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::select::Select;
use crate::ui::text_area::TextArea;

/// What is being written, and what it is about.
#[derive(Clone, Copy)]
struct Draft {
    comments: Comments,
    about: Memo<About>,
    /// Another text, or another subject, has another id: only the same again is a repeat.
    id: StoredValue<String>,
    wrong: RwSignal<Option<String>>,
}

impl Draft {
    fn text(self) -> String {
        let about = self.about.get();
        let drafts = self.comments.drafts;
        drafts.with(|drafts| drafts.get(&about).cloned().unwrap_or_default())
    }

    fn write(self, text: String) {
        self.wrong.set(None);
        self.id.set_value(random::uuid());
        self.comments.drafts.update(|drafts| {
            drafts.insert(self.about.get_untracked(), text);
        });
    }

    /// Says whether it can be sent; if not, why stands beside it.
    fn is_fine(self) -> bool {
        let problem = words::problem(&untrack(|| self.text()));
        let is_fine = problem.is_none();
        self.wrong.set(problem);
        is_fine
    }

    async fn send(self) {
        let Self { comments, id, .. } = self;
        let about = self.about.get_untracked();
        let Ok(id_now) = id.get_value().parse::<CommentId>() else {
            return;
        };
        let comment = MakeComment {
            id: id_now,
            about,
            text: untrack(|| self.text()),
        };
        match api::comments::make(comments.scenario, &comment).await {
            Ok(view) => {
                id.try_set_value(random::uuid());
                // What was typed while it was on its way stays.
                comments.drafts.try_update(|drafts| {
                    if drafts.get(&about) == Some(&comment.text) {
                        drafts.remove(&about);
                    }
                });
                announce::polite("Comment added.");
                comments.take_in(view);
            }
            Err(error) => {
                self.wrong.try_set(Some(error.sentence()));
            }
        }
    }
}

/// Room for another comment.
#[component]
pub(super) fn Entry(
    /// What it can be about; the first is what it is about at first.
    subjects: Memo<Vec<About>>,
) -> impl IntoView {
    let comments = Comments::expect();
    let subject = RwSignal::new(None::<About>);
    let about = Memo::new(move |_| {
        let subjects = subjects.get();
        let chosen = subject.get().filter(|one| subjects.contains(one));
        let chosen = chosen.or_else(|| subjects.first().copied());
        chosen.unwrap_or(About::Board {})
    });
    let draft = Draft {
        comments,
        about,
        id: StoredValue::new(random::uuid()),
        wrong: RwSignal::new(None),
    };
    let send = Action::new_local(move |(): &()| draft.send());
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if draft.is_fine() && !send.pending().get_untracked() {
            send.dispatch_local(());
        }
    };
    let is_written = subjects.with_untracked(|subjects| {
        let drafts = comments.drafts;
        drafts.with_untracked(|drafts| subjects.iter().any(|one| drafts.contains_key(one)))
    });
    let text = Signal::derive(move || draft.text());
    let count =
        Signal::derive(move || words::left(text.with(|text| text.chars().count()), LONGEST));
    let choose = move |one| {
        draft.id.set_value(random::uuid());
        subject.set(Some(one));
    };
    let mention =
        move |name: String| draft.write(words::with_mention(&text.get_untracked(), &name));
    view! {
        <Disclosure summary="Say something" open=is_written>
            <form class="stack stack--tight" novalidate on:submit=submitted>
                <Subject subjects about on_choose=choose />
                <TextArea
                    id="comment-text"
                    label=Label::new("Comment").hint("Only the committee reads it.")
                    value=text
                    error=draft.wrong
                    count
                    on_input=move |text| draft.write(text)
                />
                <Mention on_choose=mention />
                <div>
                    <Button press=Press::Submits busy=send.pending()>"Add the comment"</Button>
                </div>
            </form>
        </Disclosure>
    }
}

/// What the comment is about, where that can be chosen.
#[component]
fn Subject(
    /// What it can be about.
    subjects: Memo<Vec<About>>,
    /// What it is about now.
    about: Memo<About>,
    /// Called with another choice.
    #[prop(into)]
    on_choose: Callback<About>,
) -> impl IntoView {
    let desk = BoardState::expect().desk();
    let choices = Signal::derive(move || {
        let subjects = subjects.get().into_iter().enumerate();
        desk.with(|desk| {
            subjects
                .map(|(place, one)| Choice::new(place.to_string(), words::subject(desk, one)))
                .collect()
        })
    });
    let value = Signal::derive(move || {
        let about = about.get();
        let place = subjects.with(|subjects| subjects.iter().position(|one| *one == about));
        place.map(|place| place.to_string())
    });
    let chosen = move |place: Option<String>| {
        let place = place.and_then(|place| place.parse::<usize>().ok());
        let one = place.and_then(|place| subjects.with_untracked(|all| all.get(place).copied()));
        if let Some(one) = one {
            on_choose.run(one);
        }
    };
    view! {
        <Show when=move || subjects.with(|subjects| subjects.len() > 1)>
            <Select id="comment-about" label="About" choices value on_change=chosen />
        </Show>
    }
}

/// Puts a member's name into the text.
#[component]
fn Mention(
    /// Called with the name.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let comments = Comments::expect();
    let choices = Signal::derive(move || {
        comments.list.with(|list| {
            let members = list.ready().map(|list| list.members.iter());
            let others = members
                .into_iter()
                .flatten()
                .filter(|member| member.id != comments.me);
            others
                .map(|member| Choice::new(member.name.clone(), member.name.clone()))
                .collect()
        })
    });
    let chosen = RwSignal::new(None::<String>);
    let choose = move |name: Option<String>| {
        // The list stands at its empty line again, ready for the next.
        chosen.set(name.clone());
        chosen.set(None);
        if let Some(name) = name {
            on_choose.run(name);
        }
    };
    view! {
        <Select
            id="comment-mention"
            label=Label::new("Mention a member").hint("They get a mail. Writing @ and the name does the same.")
            choices
            value=chosen
            placeholder="Choose…"
            on_change=choose
        />
    }
}
