//! The call of a cohort: whether applications are accepted, until when, and the two doors.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use tandem_api::cohort::CohortView;
use tandem_domain::cohort::Stage;

use crate::routes::Screen;
use crate::ui::button::{ButtonLink, Look};
use crate::ui::date_words::{day, long_day};
use crate::ui::local_time::LocalTime;
use crate::widgets::deadline::DeadlineWords;

/// The call of a cohort in words, and the doors while it is open.
#[component]
pub fn CallStatus(
    /// Which cohort.
    cohort: CohortView,
    /// The program's time.
    #[prop(into)]
    now: Signal<DateTime<Utc>>,
) -> impl IntoView {
    let title = stage_title(cohort.stage, &cohort.title);
    let words = match cohort.stage {
        Stage::Open => view! {
            <p class="call-status__words">
                "Applications close on " <DeadlineWords deadline=cohort.calendar.closes.clone() now />
            </p>
        }
        .into_any(),
        Stage::Announced => view! {
            <p class="call-status__words">
                "Applications open on " <LocalTime at=cohort.calendar.opens /> "."
            </p>
        }
        .into_any(),
        _ => view! { <p class="call-status__words">{stage_words(&cohort)}</p> }.into_any(),
    };
    let doors = (cohort.stage == Stage::Open).then(|| view! { <Doors slug=cohort.slug.clone() /> });
    view! {
        <section class="call-status" aria-label="The call">
            <h2 class="call-status__title">{title}</h2>
            {words}
            {doors}
        </section>
    }
}

/// The two equal doors.
#[component]
fn Doors(
    /// The cohort's name in addresses.
    slug: String,
) -> impl IntoView {
    let mentee = format!("{}?role=mentee", Screen::Apply(slug.clone()));
    let mentor = format!("{}?role=mentor", Screen::Apply(slug));
    view! {
        <div class="call-status__doors">
            <div class="call-status__door" data-role="mentee">
                <h3 class="call-status__role">"Find a mentor"</h3>
                <p>"You want to learn from a colleague who has been where you are going."</p>
                <ButtonLink href=mentee look=Look::Primary>"Apply as a mentee"</ButtonLink>
            </div>
            <div class="call-status__door" data-role="mentor">
                <h3 class="call-status__role">"Be a mentor"</h3>
                <p>"You can give a colleague two hours a month and what you have learned."</p>
                <ButtonLink href=mentor look=Look::Primary>"Apply as a mentor"</ButtonLink>
            </div>
        </div>
        <p class="call-status__both">
            "You may do both: mentor one colleague and be the mentee of another. It takes about \
             fifteen minutes; every answer is saved as you type."
        </p>
    }
}

fn stage_title(stage: Stage, title: &str) -> String {
    match stage {
        Stage::Draft => format!("{title}: being prepared"),
        Stage::Announced => format!("{title}: the call opens soon"),
        Stage::Open => format!("{title}: applications are open"),
        Stage::Closed => format!("{title}: applications are closed"),
        Stage::Review => format!("{title}: applications are being read"),
        Stage::Pairing | Stage::SignOff => format!("{title}: pairs are being made"),
        Stage::Published => format!("{title}: the pairs are known"),
        Stage::Running => format!("{title}: the program is under way"),
        Stage::Evaluation => format!("{title}: the program has ended"),
        Stage::Completed => format!("{title}: completed"),
        Stage::Cancelled => format!("{title}: cancelled"),
    }
}

fn stage_words(cohort: &CohortView) -> String {
    let calendar = &cohort.calendar;
    match cohort.stage {
        Stage::Draft => "The dates are not public yet.".to_owned(),
        Stage::Closed | Stage::Review => format!(
            "The subcommittee reads every application. Pairs are known by {}.",
            long_day(calendar.pairing_complete)
        ),
        Stage::Pairing | Stage::SignOff => format!(
            "The subcommittee is pairing mentees with mentors. Everybody hears by {}.",
            long_day(calendar.pairing_complete)
        ),
        Stage::Published => format!("The program begins on {}.", long_day(calendar.starts)),
        Stage::Running => {
            format!(
                "It runs from {} to {}.",
                day(calendar.starts),
                day(calendar.ends)
            )
        }
        Stage::Evaluation => format!(
            "It ended on {}. Thank you to everybody.",
            day(calendar.ends)
        ),
        Stage::Completed => {
            format!(
                "It ran from {} to {}.",
                day(calendar.starts),
                day(calendar.ends)
            )
        }
        Stage::Cancelled => "This cohort does not take place.".to_owned(),
        Stage::Announced | Stage::Open => String::new(),
    }
}
