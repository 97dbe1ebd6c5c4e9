//! Why a pair scores what it scores, line by line, adding up; and the words for rules and warnings.

use leptos::prelude::*;
use tandem_domain::candidate::Offer;
use tandem_domain::rule::{HardRule, Warning};
use tandem_domain::score::{Component, Part, Reason, Score};

use crate::widgets::person_chip::slug_words;
use crate::widgets::score_bar::{ScoreBar, exact};

/// What a rule says of two people.
pub fn rule_words(rule: HardRule) -> &'static str {
    match rule {
        HardRule::SamePerson => "Both are the same person",
        HardRule::Reciprocal => "They are already paired the other way round",
        HardRule::SameInstitution => "They work at the same institution",
        HardRule::ParentInstitution => "One works for the institution the other belongs to",
        HardRule::DeclaredBlock => "One of the two asked not to be paired with the other",
        HardRule::OwnFaculty => "A student and faculty of the same school",
        HardRule::PreviousPair => "They were a pair in an earlier cohort",
        HardRule::DeclinesFirstArea => "The mentor would rather not take the mentee’s first area",
        HardRule::NoSharedArea => "No area in common",
        HardRule::NoSharedHour => "No free hour in common all year",
        HardRule::Capacity => "All places of the mentor are taken",
        HardRule::NotEligible => "One of the two may not be paired at present",
        HardRule::ForbiddenByCommittee => "The committee keeps them apart",
    }
}

/// What a warning says of two people.
pub fn warning_words(warning: Warning) -> &'static str {
    match warning {
        Warning::CommonParent => "Their institutions belong to one system",
        Warning::VendorAndCustomer => "One sells to the kind of place where the other works",
        Warning::NoCommonMode => "No way to talk in common",
        Warning::SimilarName => "Their institutions have similar names",
    }
}

/// What a line of a score is about.
pub fn component_words(component: Component) -> &'static str {
    match component {
        Component::Area => "Areas",
        Component::Stage => "Experience",
        Component::Setting => "Kind of institution",
        Component::Time => "Time in common",
        Component::Mode => "Ways to talk",
        Component::Mentor => "The mentor’s wishes",
    }
}

/// Why a line of a score came out as it did.
pub fn reason_words(reason: &Reason) -> String {
    match reason {
        Reason::Areas(areas) => {
            let lines: Vec<String> = areas
                .iter()
                .zip(["1st", "2nd", "3rd", "4th", "5th"])
                .map(|((area, offer), rank)| {
                    format!("{rank} {}: {}", slug_words(area), offer_words(*offer))
                })
                .collect();
            lines.join("; ")
        }
        Reason::Gap(0) => "Same number of years in the field".to_owned(),
        Reason::Gap(1) => "The mentor is one step further on".to_owned(),
        Reason::Gap(steps @ 2..) => format!("The mentor is {steps} steps further on"),
        Reason::Gap(_) => "The mentee has more years in the field".to_owned(),
        Reason::Wish { fulfilled: true } => "As wished".to_owned(),
        Reason::Wish { fulfilled: false } => "Not as wished".to_owned(),
        Reason::HalfWish => "One of two wishes".to_owned(),
        Reason::NoPreference => "Nothing in particular was wished".to_owned(),
        Reason::SharedHalfHours(half_hours) => {
            format!(
                "{} free hours a week in common, all year",
                hours(*half_hours)
            )
        }
        Reason::Modes(modes) if modes.is_empty() => "None in common".to_owned(),
        Reason::Modes(modes) => modes.iter().map(slug_words).collect::<Vec<_>>().join(", "),
        Reason::Unknown => "Not stated, so not counted".to_owned(),
    }
}

fn offer_words(offer: Option<Offer>) -> &'static str {
    match offer {
        Some(Offer::Strong) => "the mentor can lead",
        Some(Offer::Some) => "the mentor can support",
        Some(Offer::PleaseNot) => "the mentor would rather not",
        None => "the mentor does not offer it",
    }
}

fn hours(half_hours: u16) -> String {
    match half_hours % 2 {
        0 => (half_hours / 2).to_string(),
        _ => format!("{}.5", half_hours / 2),
    }
}

/// A score with its parts and reasons. The points add up to the total.
#[component]
pub fn MatchReasons(
    /// The score.
    score: Score,
) -> impl IntoView {
    let total = score.total;
    let carried = (score.carried_over > 0).then(|| {
        view! {
            <Line
                name="Left without a partner last time"
                points=format!("+{}", exact(score.carried_over))
                reason="The committee gives them a little more".to_owned()
            />
        }
    });
    let lines = score
        .parts
        .into_iter()
        .map(|part| view! { <PartLine part /> })
        .collect_view();
    view! {
        <div class="match-reasons">
            <p class="match-reasons__total">
                <ScoreBar score=total />
            </p>
            <dl class="match-reasons__parts">
                {lines} {carried}
                <div class="match-reasons__line match-reasons__line--sum">
                    <dt class="match-reasons__name">"Together"</dt>
                    <dd class="match-reasons__points">{exact(total)} " of 100"</dd>
                </div>
            </dl>
        </div>
    }
}

/// One part of a score.
#[component]
fn PartLine(
    /// The part.
    part: Part,
) -> impl IntoView {
    let points = part.points.map_or_else(
        || "–".to_owned(),
        |points| format!("{} of {}", exact(points), exact(part.of)),
    );
    view! {
        <Line name=component_words(part.component) points reason=reason_words(&part.reason) />
    }
}

/// A name, points, and the reason below.
#[component]
fn Line(
    /// What it is about.
    name: &'static str,
    /// Points, in words.
    points: String,
    /// Why.
    reason: String,
) -> impl IntoView {
    view! {
        <div class="match-reasons__line">
            <dt class="match-reasons__name">{name}</dt>
            <dd class="match-reasons__points">{points}</dd>
            <dd class="match-reasons__reason">{reason}</dd>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_what_was_compared() {
        let areas = Reason::Areas(vec![
            ("preservation".into(), Some(Offer::Strong)),
            ("acquisitions".into(), None),
        ]);
        assert_eq!(
            reason_words(&areas),
            "1st Preservation: the mentor can lead; 2nd Acquisitions: the mentor does not offer it"
        );
        assert_eq!(
            reason_words(&Reason::SharedHalfHours(7)),
            "3.5 free hours a week in common, all year"
        );
        assert_eq!(
            reason_words(&Reason::Gap(-1)),
            "The mentee has more years in the field"
        );
    }

    #[test]
    fn what_is_unknown_says_so() {
        assert_eq!(reason_words(&Reason::Unknown), "Not stated, so not counted");
    }
}
