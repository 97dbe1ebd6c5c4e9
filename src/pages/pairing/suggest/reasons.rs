//! Why nobody is free: what is with every partner, who competes for the same places, what helps.

use leptos::prelude::*;
use tandem_domain::id::ApplicationId;
use tandem_domain::matching::{Reasons, ShortageAnswer};
use tandem_domain::role::Role;

use super::{state, words};
use crate::pages::pairing::desk::Desk;
use crate::widgets::match_reasons::{rule_words, warning_words};
use crate::widgets::score_bar::exact;

/// What is with every partner; the counts sum to all of them.
#[component]
pub(super) fn ReasonList(
    /// The counts.
    reasons: Reasons,
    /// Which side the person is on.
    role: Role,
) -> impl IntoView {
    let partners = match role {
        Role::Mentee => "mentors",
        Role::Mentor => "mentees",
    };
    let lines = state()
        .desk()
        .with_untracked(|desk| reason_lines(desk, &reasons));
    let lines = lines
        .into_iter()
        .map(|(count, what)| view! { <li><strong>{count}</strong> " " {what}</li> })
        .collect_view();
    view! {
        <p>{format!("Of {} {partners}:", reasons.of)}</p>
        <ul class="suggest__reasons">{lines}</ul>
    }
}

fn reason_lines(desk: &Desk, reasons: &Reasons) -> Vec<(u32, String)> {
    let mut lines = vec![(reasons.in_plan, "in the best plan together".to_owned())];
    lines.push((reasons.taken, "would do, and are with others".to_owned()));
    lines.push((reasons.free, "would do and are free".to_owned()));
    let nearest = reasons.nearest.map_or_else(String::new, |(who, missing)| {
        format!("; {} misses it by {}", desk.name(who), exact(missing))
    });
    lines.push((reasons.below_floor, format!("below the floor{nearest}")));
    for (rule, count) in &reasons.rules {
        lines.push((*count, format!("not possible: {}", rule_words(*rule))));
    }
    for (warning, count) in &reasons.warned {
        let what = warning_words(*warning);
        lines.push((*count, format!("need the chair’s word: {what}")));
    }
    lines.retain(|(count, _)| *count > 0);
    lines
}

/// The people among whom there are too few places, and what would help.
#[component]
pub(super) fn ShortageOf(
    /// The shortage.
    shortage: ShortageAnswer,
) -> impl IntoView {
    let (sentence, remedies) = state().desk().with_untracked(|desk| {
        let names = |people: &[ApplicationId]| {
            let names: Vec<&str> = people.iter().map(|one| desk.name(*one)).collect();
            names.join(", ")
        };
        let sentence = format!(
            "These {} mentees can only use {} places: {}.",
            shortage.mentees.len(),
            shortage.places,
            names(&shortage.mentees)
        );
        let mut remedies = vec![format!(
            "One more place with any of: {}",
            names(&shortage.mentors)
        )];
        for remedy in &shortage.let_stand {
            let why = words::bar(remedy.bar, desk.floor());
            remedies.push(format!(
                "{} with {} by hand. {why}",
                desk.name(remedy.mentee),
                desk.name(remedy.mentor)
            ));
        }
        for (mentee, mentor) in &shortage.unlock {
            remedies.push(format!(
                "Unlock {} and {}",
                desk.name(*mentee),
                desk.name(*mentor)
            ));
        }
        (sentence, remedies)
    });
    let remedies = remedies
        .into_iter()
        .map(|remedy| view! { <li>{remedy}</li> })
        .collect_view();
    view! {
        <p>{sentence}</p>
        <p>"What would give one of them a mentor:"</p>
        <ul class="suggest__reasons">{remedies}</ul>
    }
}
