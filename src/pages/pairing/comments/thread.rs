//! Comments one below the other: read when the first is shown and whenever the stream says so.

use leptos::prelude::*;
use leptos::task::spawn_local;
use tandem_api::comment::{CommentList, CommentView, ResolveComment};
use tandem_domain::comment::About;
use tandem_domain::id::{ApplicationId, CommentId};
use tandem_domain::role::Role;

use super::entry::Entry;
use super::{At, Comments, words};
use crate::api;
use crate::api::error::ApiError;
use crate::dom::announce;
use crate::load::Load;
use crate::pages::pairing::inspector;
use crate::pages::pairing::state::BoardState;
use crate::ui::button::{Button, Look};
use crate::ui::dialog::Dialog;
use crate::ui::local_time::LocalTime;
use crate::ui::notice::{Kind, Notice};
use crate::ui::tag::{Tag, Tone};

impl Comments {
    /// Reads them, and again whenever something was said, and marks on the board of whom.
    fn follow(self) {
        Effect::new(move || {
            let stirs = self.stirs.get();
            let read_at = self.read_at.try_update_value(|at| at.replace(stirs));
            if read_at.flatten() != Some(stirs) {
                self.fetch();
            }
        });
        let state = BoardState::expect();
        Effect::new(move || {
            let commented = self.list.with(|list| {
                let list = list.ready()?;
                Some(words::commented(&list.comments))
            });
            if let Some(commented) = commented {
                state.mark(|marks| marks.commented = commented);
            }
        });
    }

    /// Reads them anew. What is there stays until then, and if that fails.
    fn fetch(self) {
        spawn_local(async move {
            match api::comments::all(self.scenario).await {
                Ok(list) => self.receive(list),
                Err(error) => {
                    let is_here = self.list.try_with_untracked(|list| list.ready().is_some());
                    if is_here == Some(false) {
                        self.list.try_set(Load::Failed(error));
                    }
                }
            }
        });
    }

    fn receive(self, list: CommentList) {
        let sentence = self.list.try_with_untracked(|before| {
            let before = before.ready()?;
            words::mention(&before.comments, &list.comments, self.me)
        });
        if let Some(Some(sentence)) = sentence {
            announce::polite(&sentence);
        }
        self.list.try_set(Load::Ready(list));
    }

    /// Takes in one comment as the server has it now.
    pub(super) fn take_in(self, comment: CommentView) {
        self.list.try_update(|list| {
            let Some(list) = list.ready_mut() else { return };
            match list.comments.iter_mut().find(|one| one.id == comment.id) {
                Some(known) => *known = comment,
                None => list.comments.push(comment),
            }
        });
    }

    fn resolve(self, comment: CommentId, is_resolved: bool) {
        let wanted = ResolveComment {
            resolved: is_resolved,
            seen: !is_resolved,
        };
        spawn_local(async move {
            match api::comments::resolve(comment, wanted).await {
                Ok(view) => {
                    self.settled(None);
                    let words = if is_resolved {
                        "Comment resolved."
                    } else {
                        "Comment open again."
                    };
                    announce::polite(words);
                    self.take_in(view);
                }
                Err(error) => {
                    self.settled(Some(error));
                    self.fetch();
                }
            }
        });
    }

    fn take_back(self, comment: CommentId) {
        spawn_local(async move {
            match api::comments::take_back(comment).await {
                Ok(()) | Err(ApiError::NotFound) => {
                    self.settled(None);
                    announce::polite("Comment taken back.");
                    self.list.try_update(|list| {
                        if let Some(list) = list.ready_mut() {
                            list.comments.retain(|one| one.id != comment);
                        }
                    });
                }
                Err(error) => self.settled(Some(error)),
            }
        });
    }

    fn settled(self, error: Option<ApiError>) {
        self.failed.try_set(error.map(|error| error.sentence()));
    }

    fn chosen(
        self,
        is_chosen: impl Fn(About) -> bool + Copy + Send + Sync + 'static,
    ) -> Memo<Vec<CommentView>> {
        Memo::new(move |_| {
            self.list.with(|list| {
                let comments = list.ready().map(|list| list.comments.iter());
                let comments = comments.into_iter().flatten();
                comments
                    .filter(|one| is_chosen(one.about))
                    .cloned()
                    .collect()
            })
        })
    }

    fn may_write(self) -> bool {
        self.list
            .with(|list| list.ready().is_some_and(|list| list.may_write))
    }
}

/// What is said about somebody and the pairs of that person, or about the board as a whole: comments
/// one below the other, and room for another.
#[component]
pub fn Thread() -> impl IntoView {
    let comments = Comments::expect();
    comments.follow();
    let At(at) = expect_context();
    let who = at.map(|(who, _)| who);
    let chosen = comments.chosen(move |about| match who {
        Some(who) => about.concerns(who),
        None => about == About::Board {},
    });
    let title = move || match chosen.with(Vec::len) {
        0 => "Comments".to_owned(),
        n => format!("Comments ({n})"),
    };
    let failed = move || {
        let not_read = comments.list.with(|list| match list {
            Load::Failed(error) => Some(error.sentence()),
            Load::Waiting | Load::Ready(_) => None,
        });
        let words = not_read.or_else(|| comments.failed.get());
        words.map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
    };
    let subjects = subjects(at);
    view! {
        {at.is_none().then(|| view! { <Elsewhere /> })}
        <section class="comments" aria-labelledby="comments">
            <h3 class="comments__title" id="comments">{title}</h3>
            {failed}
            <ul class="comments__list">
                <For
                    each=move || chosen.get()
                    key=|one| one.id
                    let:comment
                >
                    <One comment at=who />
                </For>
            </ul>
            <Show when=move || comments.may_write()>
                <Entry subjects />
            </Show>
        </section>
    }
}

/// What something can be said about: the person and each pair the person is in, or the board.
fn subjects(at: Option<(ApplicationId, Role)>) -> Memo<Vec<About>> {
    let desk = BoardState::expect().desk();
    Memo::new(move |_| {
        let Some((who, role)) = at else {
            return vec![About::Board {}];
        };
        let pairs: Vec<About> = desk.with(|desk| match role {
            Role::Mentee => desk
                .mentor_of(who)
                .map(|mentor| About::Pair {
                    mentee: who,
                    mentor,
                })
                .into_iter()
                .collect(),
            Role::Mentor => desk
                .occupants(who)
                .map(|mentee| About::Pair {
                    mentee,
                    mentor: who,
                })
                .collect(),
        });
        [About::Person { who }].into_iter().chain(pairs).collect()
    })
}

/// People of whom something unresolved is said; those where the reader is mentioned first.
#[component]
fn Elsewhere() -> impl IntoView {
    let comments = Comments::expect();
    let state = BoardState::expect();
    let people = Memo::new(move |_| {
        let open = comments.list.with(|list| {
            let list = list.ready()?;
            Some(words::talked_about(&list.comments, comments.me))
        });
        let mut open = open.unwrap_or_default();
        // Whoever is not on the board now has no card to go to.
        open.retain(|one| state.desk().with(|desk| desk.candidate(one.who).is_some()));
        open
    });
    let rows = move || {
        people
            .get()
            .into_iter()
            .map(|one| {
                let name = state.desk().with_untracked(|desk| desk.name(one.who).to_owned());
                let who = one.who;
                view! {
                    <li class="comments__person">
                        <button
                            type="button"
                            class="inspector__person"
                            on:click=move |_| inspector::open(state, who)
                        >
                            {name}
                        </button>
                        <span class="comments__count">{words::count(one.n_open)}</span>
                        {one.mentions_me.then(|| view! { <Tag tone=Tone::Warning>"Mentions you"</Tag> })}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || !people.with(Vec::is_empty)>
            <section class="comments" aria-labelledby="open-comments">
                <h3 class="comments__title" id="open-comments">"Open comments on people"</h3>
                <ul class="comments__people">{rows}</ul>
            </section>
        </Show>
    }
}

/// One comment.
#[component]
fn One(
    /// Which.
    comment: CommentView,
    /// Who is looked at.
    at: Option<ApplicationId>,
) -> impl IntoView {
    let comments = Comments::expect();
    let desk = BoardState::expect().desk();
    let with = desk.with_untracked(|desk| words::with(desk, comment.about, at));
    let text = comments.list.with_untracked(|list| {
        let members = list.ready().map(|list| words::members(&list.members));
        words::marked(&comment.text, &members.unwrap_or_default(), comments.me)
    });
    let (id, is_own) = (comment.id, comment.by == comments.me);
    // What was said stays as it was said; whether it is settled changes.
    let settled = Memo::new(move |_| {
        comments.list.with(|list| {
            let mut all = list.ready()?.comments.iter();
            all.find(|one| one.id == id)?.resolved.clone()
        })
    });
    let is_resolved = Memo::new(move |_| settled.with(Option::is_some));
    let resolved = move || {
        settled.get().map(|by| {
            let name = words::author(by.by_name);
            view! {
                <p class="comments__resolved">"Resolved by "{name}", "<LocalTime at=by.at /></p>
            }
        })
    };
    let is_asking = RwSignal::new(false);
    let by_name = words::author(comment.by_name.clone());
    let about = StoredValue::new(format!(": comment by {by_name}"));
    view! {
        <li class="comments__one" data-resolved=move || is_resolved.get().then_some("true")>
            <p class="comments__by">
                <strong>{by_name}</strong>
                {with.map(|with| format!(" on the pair with {with}"))}
                ", "
                <LocalTime at=comment.at />
            </p>
            <p class="comments__text" dir="auto">{text}</p>
            {resolved}
            <Show when=move || comments.may_write()>
                <div class="comments__actions">
                    <Button
                        look=Look::Quiet
                        on_press=move |()| comments.resolve(id, !is_resolved.get_untracked())
                    >
                        {move || if is_resolved.get() { "Reopen" } else { "Resolve" }}
                        <span class="visually-hidden">{about.get_value()}</span>
                    </Button>
                    {is_own.then(|| view! {
                        <Button look=Look::Quiet on_press=move |()| is_asking.set(true)>
                            "Take back"
                            <span class="visually-hidden">{about.get_value()}</span>
                        </Button>
                    })}
                </div>
            </Show>
            <Dialog
                open=is_asking
                title=Signal::stored("Take this comment back?".to_owned())
                on_close=move |()| is_asking.set(false)
            >
                <p>"It is gone for everybody, and cannot be brought back."</p>
                <div class="dialog__actions">
                    <Button look=Look::Danger on_press=move |()| comments.take_back(id)>
                        "Take it back"
                    </Button>
                    <Button on_press=move |()| is_asking.set(false)>"Keep it"</Button>
                </div>
            </Dialog>
        </li>
    }
}
