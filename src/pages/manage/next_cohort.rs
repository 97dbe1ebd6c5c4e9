//! The next cohort from the last one: the same days of the week, some years later, named and set up.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use tandem_api::cohort::CohortView;
use tandem_api::problem::Code;
use tandem_api::timeline::{NextCohort, NextDates};
use tandem_domain::id::CohortId;
use tandem_domain::timeline::{Item, When};

use crate::api::cohorts;
use crate::api::error::ApiError;
use crate::dom::random;
use crate::load::{Fetched, Load, LoadFailed};
use crate::pages::manage::entry::{Entry, slug_of};
use crate::routes::Screen;
use crate::session::Session;
use crate::ui::back_link::BackLink;
use crate::ui::button::{Button, Look, Press};
use crate::ui::choice::Choice;
use crate::ui::date_words::long_day;
use crate::ui::field::Label;
use crate::ui::heading::PageHeading;
use crate::ui::notice::{Kind, Notice};
use crate::ui::select::Select;
use crate::ui::skeleton::{Outline, Skeleton};
use crate::ui::text_field::TextField;
use crate::widgets::deadline::official;
use crate::widgets::timeline_warning::about_date;

/// How many years later there is a choice of.
const YEARS: [(u8, &str); 5] = [
    (1, "A year later"),
    (2, "2 years later"),
    (3, "3 years later"),
    (4, "4 years later"),
    (5, "5 years later"),
];

/// The next cohort's dates, and setting it up.
#[component]
pub fn NextCohortPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("cohort").unwrap_or_default()));
    let last = Fetched::new(move || {
        let slug = slug.get();
        // With its dates, so that nothing moves once they come.
        Box::pin(async move {
            let last = cohorts::cohort(&slug).await?;
            let next = cohorts::next_dates(last.id, 1).await?;
            Ok((last, next))
        })
    });
    move || match last.get() {
        Load::Waiting => {
            view! { <Skeleton label="Loading the cohort" outline=Outline::Page n_parts=4 /> }
                .into_any()
        }
        Load::Ready((last, next)) => view! { <Next last next /> }.into_any(),
        Load::Failed(error) => {
            let again = last.again();
            view! { <LoadFailed error on_retry=again /> }.into_any()
        }
    }
}

/// The name a cohort has so many years later: every year in the name counts on.
fn later_title(title: &str, years: u8) -> String {
    let mut later = String::new();
    let mut digits = String::new();
    for letter in title.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        match digits.parse::<u32>() {
            Ok(year) if digits.len() == 4 => later.push_str(&(year + u32::from(years)).to_string()),
            _ => later.push_str(&digits),
        }
        digits.clear();
        if letter != '\0' {
            later.push(letter);
        }
    }
    later
}

/// The page once the last cohort is here.
#[component]
fn Next(
    /// The cohort whose dates it takes over.
    last: CohortView,
    /// The dates a year later.
    next: NextDates,
) -> impl IntoView {
    let id = last.id;
    let years = RwSignal::new(1_u8);
    let dates = RwSignal::new(Load::Ready(next));
    let reckon = Action::new_local(move |wanted: &u8| {
        let wanted = *wanted;
        async move {
            let next = cohorts::next_dates(id, wanted).await;
            // Of several answers on their way only the last counts.
            if years.try_get_untracked() == Some(wanted) {
                dates.try_set(Load::from(next));
            }
        }
    });
    let entry = Entry::new(&[("title", &later_title(&last.title, 1))]);
    let title = StoredValue::new(last.title.clone());
    let chosen = Callback::new(move |value: Option<String>| {
        let wanted = value.and_then(|value| value.parse().ok()).unwrap_or(1);
        // A name that somebody wrote stays.
        let was = title.with_value(|title| later_title(title, years.get_untracked()));
        if entry.text("title") == was {
            let now = title.with_value(|title| later_title(title, wanted));
            entry.write("title").run(now);
        }
        years.set(wanted);
        reckon.dispatch_local(wanted);
    });
    let list = move || match dates.get() {
        Load::Waiting => ().into_any(),
        Load::Failed(error) => {
            let again = Callback::new(move |()| {
                reckon.dispatch_local(years.get_untracked());
            });
            view! { <LoadFailed error on_retry=again /> }.into_any()
        }
        Load::Ready(next) => proposed(&next),
    };
    let choices = YEARS.map(|(years, words)| Choice::new(years.to_string(), words));
    view! {
        <article class="page page--text next-cohort">
            <BackLink href=Screen::Manage.to_string()>"Manage"</BackLink>
            <PageHeading
                kicker=last.title
                lead="The same dates on the same days of the week, with the rules between them and the same forms. It starts as a draft that only the committee sees; nobody is told of anything, and every date can be moved."
            >
                "The next cohort"
            </PageHeading>
            <Select
                id="years"
                label=Label::new("When")
                choices=Signal::stored(choices.to_vec())
                value=Signal::derive(move || Some(years.get().to_string()))
                on_change=chosen
            />
            <section class="stack" aria-labelledby="next-dates">
                <h2 id="next-dates">"Its dates"</h2>
                {list}
            </section>
            <NameForm last=id years entry />
        </article>
    }
}

/// The dates as they would be, and what to mind of them.
fn proposed(next: &NextDates) -> AnyView {
    let mut items: Vec<&Item> = next.items.iter().collect();
    items.sort_unstable_by_key(|item| item.when.days());
    let name = |id| {
        let item = next.items.iter().find(|item| item.id == id);
        item.map_or("", |item| item.title.text())
    };
    let mut mind: Vec<String> = next
        .warnings
        .iter()
        .map(|warning| about_date(warning, name(warning.item)))
        .collect();
    mind.dedup();
    let mind = (!mind.is_empty()).then(|| {
        let lines = mind.into_iter().map(|line| view! { <li>{line}</li> });
        view! {
            <Notice kind=Kind::Warning title="To mind">
                <ul class="next-cohort__mind">{lines.collect_view()}</ul>
            </Notice>
        }
    });
    let rows = items
        .into_iter()
        .map(|item| {
            view! {
                <div class="next-cohort__date">
                    <dt class="next-cohort__name">{item.title.text().to_owned()}</dt>
                    <dd>{days(&item.when)}</dd>
                </div>
            }
        })
        .collect_view();
    let weeks = format!("Everything is {} weeks later.", next.days / 7);
    view! {
        <p>{weeks}</p>
        <dl class="next-cohort__dates">{rows}</dl>
        {mind}
    }
    .into_any()
}

/// Days with their weekdays.
fn days(when: &When) -> String {
    let (first, last) = when.days();
    match when {
        When::Due(deadline) => format!("until {}", official(deadline)),
        _ if first == last => long_day(first),
        _ => format!("{} to {}", long_day(first), long_day(last)),
    }
}

/// Its name, and setting it up.
#[component]
fn NameForm(
    /// The cohort whose dates it takes over.
    last: CohortId,
    /// How many years later.
    years: RwSignal<u8>,
    /// What is typed, and what is wrong.
    entry: Entry,
) -> impl IntoView {
    let navigate = use_navigate();
    let send = Action::new_local(move |new: &NextCohort| {
        let (new, navigate) = (new.clone(), navigate.clone());
        async move {
            match cohorts::make_next(last, random::uuid(), &new).await {
                Ok(cohort) => {
                    Session::expect().refresh();
                    let timeline = Screen::CommitteeTimeline(cohort.slug).to_string();
                    navigate(&timeline, leptos_router::NavigateOptions::default());
                }
                Err(error) => refuse(entry, &error),
            }
        }
    });
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let title = entry.trimmed("title");
        let slug = slug_of(&title);
        if slug.is_empty() {
            let words = "Give the cohort a name with letters or digits.".to_owned();
            entry.settle(vec![("title", words)]);
            return;
        }
        entry.settle(Vec::new());
        let years = years.get_untracked();
        send.dispatch_local(NextCohort { slug, title, years });
    };
    view! {
        <form class="stack stack--loose" novalidate on:submit=submitted>
            <TextField
                id="title"
                label=Label::new("Its name")
                value=entry.value("title")
                error=entry.error("title")
                on_input=entry.write("title")
            />
            {move || {
                entry.failure().get().map(|words| view! { <Notice kind=Kind::Error>{words}</Notice> })
            }}
            <div>
                <Button look=Look::Primary press=Press::Submits busy=send.pending()>
                    "Set up the cohort"
                </Button>
            </div>
        </form>
    }
}

fn refuse(entry: Entry, error: &ApiError) {
    if error.code() == Some(Code::AlreadyExists) {
        let words = "There is a cohort of this name already.".to_owned();
        entry.settle(vec![("title", words)]);
    } else {
        entry.refused(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_years_of_a_name_count_on() {
        assert_eq!(later_title("2018–2019", 1), "2019–2020");
        assert_eq!(later_title("Class of 2018", 3), "Class of 2021");
        assert_eq!(later_title("Cohort 7", 1), "Cohort 7");
    }
}
