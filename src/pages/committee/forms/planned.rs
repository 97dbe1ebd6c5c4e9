//! What a changed form would do: what to mend, what differs, whom it concerns, and publishing it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_api::form::{AffectedApplication, FormPlan, PublishForm};
use tandem_domain::form::change::{Change, Class};
use tandem_domain::form::definition::{FormDef, QuestionId};
use tandem_domain::form::news::Concerned;
use tandem_domain::id::CohortId;
use tandem_domain::role::Role;

use crate::api::forms;
use crate::dom::{announce, random};
use crate::pages::committee::forms::problem;
use crate::pages::committee::forms::words::{change_words, class_words, finding_words};
use crate::pages::committee::slug;
use crate::routes::Screen;
use crate::ui::button::{Button, Look};
use crate::ui::checkbox::Checkbox;
use crate::ui::disclosure::Disclosure;
use crate::ui::field::Label;
use crate::ui::notice::{Kind, Notice};
use crate::ui::text_area::TextArea;

/// What a changed form would do.
#[component]
pub fn Planned(
    /// Of which cohort.
    cohort: CohortId,
    /// Whose form.
    role: Role,
    /// The present version.
    seen: u32,
    /// The changed form.
    form: FormDef,
    /// What it would do.
    plan: FormPlan,
    /// Called after it was published.
    on_change: Callback<()>,
) -> impl IntoView {
    let can_publish =
        plan.findings.is_empty() && plan.refused.is_empty() && !plan.difference.changes.is_empty();
    let n_lacking = plan.affected.iter().filter(|one| one.lacks).count();
    let findings = findings(&form, &plan);
    let publish = can_publish
        .then(|| view! { <Publish cohort role seen form=form.clone() n_lacking on_change /> });
    view! {
        <div class="stack forms__plan">
            <h3>"What this form would do"</h3>
            {findings}
            <Changes form changes=plan.difference.changes />
            <Affected drafts=plan.drafts sent=plan.sent affected=plan.affected />
            {publish}
        </div>
    }
}

fn findings(form: &FormDef, plan: &FormPlan) -> Option<AnyView> {
    let name = |id: &QuestionId| match form.question(id) {
        Some(question) if !question.label.text().is_empty() => {
            format!("“{}” ({id})", question.label.text())
        }
        _ => id.to_string(),
    };
    let found = plan.findings.iter().map(|finding| match &finding.question {
        Some(id) => format!("{}: {}", name(id), finding_words(&finding.code)),
        None => finding_words(&finding.code),
    });
    let refused = plan.refused.iter().filter_map(|change| {
        let id = change.question.as_ref()?;
        Some(format!(
            "{}: people have answered it. Keep it in the form as retired, or ask it anew with a \
             higher rev.",
            name(id)
        ))
    });
    let lines: Vec<_> = found
        .chain(refused)
        .map(|line| view! { <li>{line}</li> })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Notice kind=Kind::Error title="Mend this first">
                <ul class="forms__list">{lines}</ul>
            </Notice>
        }
        .into_any()
    })
}

/// What differs, by what it means for those who answer, the gravest first.
#[component]
fn Changes(
    /// The changed form.
    form: FormDef,
    /// What differs.
    changes: Vec<Change>,
) -> impl IntoView {
    if changes.is_empty() {
        return view! { <p>"It is the same as the present version."</p> }.into_any();
    }
    let mut by_class: BTreeMap<Class, Vec<String>> = BTreeMap::new();
    for change in &changes {
        let words = change_words(&form, change);
        by_class.entry(change.what.class()).or_default().push(words);
    }
    by_class
        .into_iter()
        .rev()
        .map(|(class, lines)| {
            let lines = lines
                .into_iter()
                .map(|line| view! { <li>{line}</li> })
                .collect_view();
            view! {
                <div class="forms__class">
                    <h4 class="forms__class-title">{class_words(class)}</h4>
                    <ul class="forms__list">{lines}</ul>
                </div>
            }
        })
        .collect_view()
        .into_any()
}

/// Whom it concerns: numbers of drafts, names of those who have sent theirs.
#[component]
fn Affected(
    /// Of those who have not sent theirs.
    drafts: Concerned,
    /// Of those who have.
    sent: Concerned,
    /// Those who have, by name.
    affected: Vec<AffectedApplication>,
) -> impl IntoView {
    let slug = slug();
    let names: Vec<_> = affected
        .into_iter()
        .map(|one| {
            let href = Screen::CommitteeApplication(slug.get_untracked(), one.id).to_string();
            let lacks = one.lacks.then_some(": lacks an answer now");
            view! {
                <li>
                    <a href=href>{format!("{} {}", one.reference, one.name)}</a>
                    {lacks}
                </li>
            }
        })
        .collect();
    let names = (!names.is_empty()).then(|| {
        view! {
            <Disclosure summary="Who has sent and is concerned">
                <ul class="forms__list">{names}</ul>
            </Disclosure>
        }
    });
    view! {
        <div class="forms__class">
            <h4 class="forms__class-title">"Whom it concerns"</h4>
            <ul class="forms__list">
                <li>{concerned_words(&drafts, "drafts", "Their owners read what changed before they go on.")}</li>
                <li>{concerned_words(&sent, "sent applications", "What was sent stays in force as it is.")}</li>
            </ul>
            {names}
        </div>
    }
}

fn concerned_words(concerned: &Concerned, what: &str, then: &str) -> String {
    let Concerned {
        all,
        concerned,
        stopped,
        ..
    } = concerned;
    if *concerned == 0 {
        return format!("Of {all} {what}, none is concerned.");
    }
    format!("Of {all} {what}, {concerned} are concerned, {stopped} lack an answer now. {then}")
}

/// Why, whether to tell, and the button.
#[component]
fn Publish(
    /// Of which cohort.
    cohort: CohortId,
    /// Whose form.
    role: Role,
    /// The present version.
    seen: u32,
    /// The changed form.
    form: FormDef,
    /// How many have sent theirs and lack an answer now.
    n_lacking: usize,
    /// Called after it was published.
    on_change: Callback<()>,
) -> impl IntoView {
    let note = RwSignal::new(String::new());
    let tell = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let key = StoredValue::new(random::uuid());
    let form = StoredValue::new(form);
    let publish = Action::new_local(move |(): &()| {
        let body = PublishForm {
            form: form.get_value(),
            note: note.get_untracked().trim().to_owned(),
            tell: tell.get_untracked(),
        };
        async move {
            let key = key.get_value();
            match forms::publish(cohort, role, (seen, &key), &body).await {
                Ok(row) => {
                    announce::polite(&format!("Version {} is published.", row.version));
                    on_change.run(());
                }
                Err(error) => {
                    failed.try_set(Some(error.sentence()));
                }
            }
        }
    });
    let people = if n_lacking == 1 { "person" } else { "people" };
    let ask = (n_lacking > 0).then(|| {
        view! {
            <Checkbox
                id=format!("tell-{}", role.slug())
                label=format!("Mail the {n_lacking} {people} who have sent theirs and lack an answer now")
                checked=tell
                on_change=move |ticked| tell.set(ticked)
            />
        }
    });
    view! {
        <TextArea
            id=format!("note-{}", role.slug())
            label=Label::new("Why").hint("Stands beside the version, for whoever looks later.").optional()
            on_input=move |text| note.set(text)
        />
        {ask}
        {move || failed.get().map(problem)}
        <div>
            <Button
                look=Look::Primary
                busy=publish.pending()
                on_press=move |()| {
                    publish.dispatch_local(());
                }
            >
                {format!("Publish version {}", seen + 1)}
            </Button>
        </div>
    }
}
