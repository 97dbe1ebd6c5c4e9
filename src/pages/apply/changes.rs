//! "What changed": read once before writing goes on, after the form got a new version.

use leptos::prelude::*;
use tandem_api::application::{DraftView, FormNews};
use tandem_domain::form::definition::{Audience, FormDef};
use tandem_domain::form::forward::Again;
use tandem_domain::form::news::{News, NewsOf};

use crate::api::applications;
use crate::dom::intl;
use crate::routes::Screen;
use crate::ui::button::{Button, Look};
use crate::ui::heading::{PageHeading, PageTitle};
use crate::ui::notice::{Kind, Notice};
use crate::widgets::problem_words::problem_words;

/// What new versions of the form changed for this applicant.
#[component]
pub fn Changes(
    /// The form as it is now.
    form: FormDef,
    /// The draft in it.
    draft: DraftView,
    /// Called once it has been read.
    on_read: Callback<()>,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let id = draft.application.id;
    let read = Action::new_local(move |(): &()| async move {
        match applications::form_news_read(id).await {
            Ok(()) => on_read.run(()),
            Err(error) => {
                trouble.try_set(Some(error.sentence()));
            }
        }
    });
    let place = (
        draft.application.cohort_slug.clone(),
        draft.application.role,
    );
    let versions = draft
        .news
        .into_iter()
        .map(|news| view! { <Version form=form.clone() news place=place.clone() /> })
        .collect_view();
    view! {
        <PageTitle title="What changed – Mentoring application" />
        <div class="page page--text changes">
            <PageHeading lead="The committee has changed the form since you were last here. Nothing you wrote is lost.">
                "What changed"
            </PageHeading>
            {versions}
            {move || {
                trouble
                    .get()
                    .map(|words| view! { <Notice kind=Kind::Error><p>{words}</p></Notice> })
            }}
            <div>
                <Button
                    look=Look::Primary
                    busy=read.pending()
                    on_press=move |()| {
                        read.dispatch_local(());
                    }
                >
                    "Go on with the form"
                </Button>
            </div>
        </div>
    }
}

/// What one version changed.
#[component]
fn Version(
    /// The form as it is now.
    form: FormDef,
    /// What changed.
    news: FormNews,
    /// The cohort's name in addresses, and the role.
    place: (String, tandem_domain::role::Role),
) -> impl IntoView {
    let lines = news
        .lines
        .iter()
        .map(|line| {
            let label = line.label.text().to_owned();
            let label = match href(&form, line, &place) {
                Some(href) => view! { <a href=href>{label}</a> }.into_any(),
                None => label.into_any(),
            };
            view! { <li class="changes__line">{label} <span>{words(&form, line)}</span></li> }
        })
        .collect_view();
    view! {
        <section class="stack" aria-label=format!("Version {}", news.version)>
            <p class="changes__when">{format!("On {}", intl::moment_for_reader(news.at))}</p>
            <ul class="changes__lines">{lines}</ul>
        </section>
    }
}

fn href(
    form: &FormDef,
    line: &News,
    (cohort, role): &(String, tandem_domain::role::Role),
) -> Option<String> {
    let page = line.page.as_ref()?;
    let (section, page) = form.pages().find(|(_, known)| known.id == *page)?;
    let (section, page) = (section.id.0.clone(), page.id.0.clone());
    Some(Screen::ApplyPage(cohort.clone(), *role, section, page).to_string())
}

fn words(form: &FormDef, line: &News) -> String {
    match &line.what {
        NewsOf::New { restored: true, .. } => {
            "is asked again; your earlier answer is back.".to_owned()
        }
        NewsOf::New { required: true, .. } => "is new. Please answer it.".to_owned(),
        NewsOf::New { .. } => "is new, and optional.".to_owned(),
        NewsOf::NowRequired => "must be answered now.".to_owned(),
        NewsOf::Again { why } => again(*why).to_owned(),
        NewsOf::NowWrong { problem } => {
            let question = form.question(&line.question);
            let problem = question.map(|question| problem_words(question, problem));
            format!("needs another look. {}", problem.unwrap_or_default())
        }
        NewsOf::Opened { to } => {
            let readers: Vec<&str> = to.iter().map(|audience| reader(*audience)).collect();
            format!("is now also read by {}.", readers.join(" and "))
        }
        NewsOf::Gone => {
            "is no longer asked. Your answer is kept aside and read by nobody.".to_owned()
        }
        NewsOf::Reworded => "has other words. Your answer stays.".to_owned(),
    }
}

fn again(why: Again) -> &'static str {
    match why {
        Again::Meaning => "means something else now. Please answer it again.",
        Again::Kind => "takes another kind of answer now. Please answer it again.",
        Again::Text => "has another text to agree to. Please read and agree again.",
        Again::Choice => "no longer offers something you chose. The rest of your answer stays.",
    }
}

fn reader(audience: Audience) -> &'static str {
    match audience {
        Audience::Officer => "the program officer",
        Audience::Chair => "the chair",
        Audience::Subcommittee => "the people who pair",
        Audience::Liaison => "your liaison",
        Audience::Partner => "your match once pairs are announced",
        Audience::Statistics => "statistics",
    }
}
