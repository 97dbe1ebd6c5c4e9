//! The sealed list of people to keep apart, for the program officer: what applicants asked for, whom
//! it may mean, and the two answers to each guess.

use leptos::prelude::*;
use tandem_api::apart::{JudgeSealed, SealedEntry, SealedGuess, SealedList, SealedPerson};
use tandem_domain::apart::{Entry, Likeness, Verdict};
use tandem_domain::id::CohortId;

use crate::api::error::ApiError;
use crate::api::{cohorts, committee};
use crate::dom::announce;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look};
use crate::ui::empty::Empty;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::tag::{Tag, Tone};

/// The sealed list of a cohort.
#[component]
pub fn ApartPage() -> impl IntoView {
    let slug = slug();
    let list = Fetched::new(move || Box::pin(load(slug.get())));
    move || match list.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the list" outline=Outline::Page n_parts=6 /> }
                .into_any()
        }
        Load::Ready((cohort, list)) => {
            let list = RwSignal::new(list);
            view! { <Sealed cohort list slug /> }.into_any()
        }
        Load::Failed(error) => view! { <LoadFailed error on_retry=list.again() /> }.into_any(),
    }
}

async fn load(slug: String) -> Result<(CohortId, SealedList), ApiError> {
    let cohort = cohorts::cohort(&slug).await?;
    let list = committee::apart(cohort.id).await?;
    Ok((cohort.id, list))
}

/// The list that is here.
#[component]
fn Sealed(
    /// Of which cohort.
    cohort: CohortId,
    /// What applicants asked for.
    list: RwSignal<SealedList>,
    /// The cohort's name in addresses.
    slug: Memo<String>,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let judge = Action::new_local(move |judged: &JudgeSealed| {
        let judged = judged.clone();
        async move {
            match committee::judge_apart(cohort, &judged).await {
                Ok(now) => {
                    trouble.try_set(None);
                    list.try_set(now);
                    announce::polite(verdict_words(judged.verdict));
                }
                Err(error) => {
                    trouble.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let n_open = move || {
        list.with(|list| {
            let guesses = list.entries.iter().flat_map(|entry| &entry.guesses);
            guesses.filter(|guess| guess.is_open()).count()
        })
    };
    let lead = move || match n_open() {
        0 => "Nothing waits for you. Every pair that is kept apart is certain or confirmed."
            .to_owned(),
        1 => "1 guess waits for you. Until you answer, the pair is kept apart.".to_owned(),
        n => format!("{n} guesses wait for you. Until you answer, each pair is kept apart."),
    };
    let entries = move || {
        let list = list.get();
        if list.entries.is_empty() {
            return view! {
                <Empty title="Nobody asked to be kept apart">
                    <p>"What applicants write under “People to keep apart” stands here once it is sent."</p>
                </Empty>
            }
            .into_any();
        }
        list.entries
            .into_iter()
            .map(|entry| view! { <EntryCard entry judge /> })
            .collect_view()
            .into_any()
    };
    view! {
        <article class="page page--text sealed">
            <BackLink href=Screen::CommitteeOverview(slug.get_untracked()).to_string()>"Overview"</BackLink>
            <PageHeading>"People to keep apart"</PageHeading>
            <p>"Only you as program officer read this page. The people who pair see that a combination is blocked, and neither why nor by whom."</p>
            <p role="status">{lead}</p>
            {move || {
                trouble
                    .get()
                    .map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
            }}
            {entries}
        </article>
    }
}

/// One wish with whom it may mean.
#[component]
fn EntryCard(
    /// The wish.
    entry: SealedEntry,
    /// What the officer says to a guess.
    judge: Action<JudgeSealed, ()>,
) -> impl IntoView {
    let nobody = entry.guesses.is_empty().then(|| {
        view! { <p class="sealed__nobody">"Nobody like this has applied so far. Whoever comes later is looked at too."</p> }
    });
    let about = (entry.declared_by.id, entry.key.clone());
    let guesses = entry
        .guesses
        .iter()
        .cloned()
        .map(|guess| {
            let (declared_by, key) = about.clone();
            let (person, seen) = (guess.person.id, guess.verdict);
            let say = Callback::new(move |verdict: Option<Verdict>| {
                judge.dispatch_local(JudgeSealed {
                    declared_by,
                    key: key.clone(),
                    person,
                    verdict,
                    seen,
                });
            });
            view! { <Guess guess busy=judge.pending() on_say=say /> }
        })
        .collect_view();
    view! {
        <section class="sealed__entry">
            <h2 class="sealed__wish" dir="auto">{wish_words(&entry.entry)}</h2>
            <p class="sealed__by">
                {format!("Asked by {}", person_words(&entry.declared_by))}
                {entry.reason.map(|reason| format!(". Reason: {reason}"))}
            </p>
            {nobody}
            <ul class="sealed__guesses">{guesses}</ul>
        </section>
    }
}

/// Somebody who may be meant, and what can be said to it.
#[component]
fn Guess(
    /// Who, and why.
    guess: SealedGuess,
    /// Whether an answer is on its way.
    busy: Memo<bool>,
    /// Called with the answer.
    on_say: Callback<Option<Verdict>>,
) -> impl IntoView {
    let is_certain = guess.likeness == Likeness::Address;
    let (state, tone) = match (guess.is_blocked, guess.is_open()) {
        (true, true) => ("Kept apart until you answer", Tone::Warning),
        (true, false) => ("Kept apart", Tone::Error),
        (false, _) => ("Not meant", Tone::Neutral),
    };
    let name = guess.person.name.clone();
    let hidden =
        |name: String| view! { <span class="visually-hidden">{format!(": {name}")}</span> };
    let answers = match guess.verdict {
        _ if is_certain => ().into_any(),
        None => {
            let other = name.clone();
            view! {
                <Button
                    look=Look::Primary
                    busy
                    on_press=move |()| on_say.run(Some(Verdict::Confirmed))
                >
                    "Is meant"
                    {hidden(name)}
                </Button>
                <Button busy on_press=move |()| on_say.run(Some(Verdict::Dismissed))>
                    "Is not meant"
                    {hidden(other)}
                </Button>
            }
            .into_any()
        }
        Some(_) => view! {
            <Button look=Look::Quiet busy on_press=move |()| on_say.run(None)>
                "Take this answer back"
                {hidden(name)}
            </Button>
        }
        .into_any(),
    };
    view! {
        <li class="sealed__guess">
            <div>
                <p class="sealed__person" dir="auto">{person_words(&guess.person)}</p>
                <p class="sealed__why">{likeness_words(guess.likeness)}</p>
            </div>
            <div class="row">
                <Tag tone>{state}</Tag>
                {answers}
            </div>
        </li>
    }
}

fn wish_words(entry: &Entry) -> String {
    match entry {
        Entry::Person(person) if person.contact.trim().is_empty() => person.name.clone(),
        Entry::Person(person) => format!("{} ({})", person.name, person.contact),
        Entry::Institution(name) => format!("Anybody at {name}"),
    }
}

fn person_words(person: &SealedPerson) -> String {
    let references = person.references.join(", ");
    match &person.institution {
        Some(institution) => format!("{}, {institution} ({references})", person.name),
        None => format!("{} ({references})", person.name),
    }
}

fn likeness_words(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Address => "The address is theirs: kept apart for good.",
        Likeness::Name => "The name is theirs.",
        Likeness::NameElsewhere => "The name is theirs; the institution is another one.",
        Likeness::SimilarName => "The name is like theirs.",
        Likeness::Institution => "They belong to this institution.",
        Likeness::SimilarInstitution => "They belong to an institution of a similar name.",
    }
}

fn verdict_words(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Confirmed) => "Confirmed: the two are kept apart.",
        Some(Verdict::Dismissed) => "Dismissed: this is not who was meant.",
        None => "Taken back: the guess waits for an answer again.",
    }
}
