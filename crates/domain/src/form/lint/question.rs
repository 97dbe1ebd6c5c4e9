//! One question by itself: its words, choices and limits.

use super::condition::Reach;
use super::{FindingCode, Lint};
use crate::form::definition::{Choice, Kind, Question, Required, Slug, TextLimit};

impl Lint<'_> {
    pub(super) fn question(&mut self, question: &Question) {
        let id = Some(&question.id);
        if question.label.is_empty() {
            self.find(id, FindingCode::NoLabel);
        }
        if question.why.is_empty() && question.kind != Kind::Info {
            self.find(id, FindingCode::NoWhy);
        }
        self.choices(question);
        if limits(&question.kind).any(|is_in_order| !is_in_order) {
            self.find(id, FindingCode::LimitsInDisorder);
        }
        self.conditions(question);
    }

    fn choices(&mut self, question: &Question) {
        let id = &question.id;
        for choices in question.kind.lists() {
            if choices.is_empty() {
                self.find(Some(id), FindingCode::NoChoices);
            }
            self.repeated(Some(id), choices.iter().map(|choice| &choice.id));
            for choice in choices {
                let Some(cond) = &choice.visible else {
                    continue;
                };
                self.mentions(question, cond, Reach::Earlier);
                if !self.can_hold(cond) {
                    let choice = choice.id.clone();
                    self.find(Some(id), FindingCode::ChoiceNeverOffered { choice });
                }
            }
        }
        let named = |named: &mut dyn Iterator<Item = &Slug>, choices: &[Choice]| {
            let is_unknown = |slug: &&Slug| choices.iter().all(|choice| choice.id != **slug);
            named.filter(is_unknown).cloned().collect::<Vec<_>>()
        };
        let unknown = match &question.kind {
            Kind::Multi {
                choices, exclusive, ..
            } => named(&mut exclusive.iter(), choices),
            Kind::Grid {
                scale,
                needs_one_of,
                ..
            } => named(&mut needs_one_of.iter(), scale),
            _ => Vec::new(),
        };
        for choice in unknown {
            self.find(
                Some(id),
                FindingCode::UnknownChoice {
                    named: id.clone(),
                    choice,
                },
            );
        }
    }

    fn conditions(&mut self, question: &Question) {
        let id = Some(&question.id);
        let is_reachable = question.visible.as_ref().is_none_or(|cond| {
            self.mentions(question, cond, Reach::Earlier);
            self.can_hold(cond)
        });
        if !is_reachable {
            self.find(id, FindingCode::Unreachable);
        }
        let is_required = question.required != Required::Never;
        if is_required && (!is_reachable || question.kind == Kind::Info) {
            self.find(id, FindingCode::RequiredButNeverAsked);
        }
        if let Required::If(cond) = &question.required {
            self.mentions(question, cond, Reach::SamePage);
        }
        for share in &question.shared {
            self.mentions(question, &share.when, Reach::Anywhere);
        }
    }
}

/// Of each limit of a question, whether it is in order.
fn limits(kind: &Kind) -> impl Iterator<Item = bool> + use<> {
    let text = |limit: &TextLimit| {
        limit.min.unwrap_or(0) <= limit.max && limit.max <= limit.hard && limit.hard > 0
    };
    let (first, second) = match kind {
        Kind::ShortText { limit } | Kind::LongText { limit } => (text(limit), true),
        Kind::Lines { max, limit } => (*max > 0, text(limit)),
        Kind::Links { max } | Kind::DateRanges { max } | Kind::People { max, .. } => {
            (*max > 0, true)
        }
        Kind::Single { other, .. } => (true, other.as_ref().is_none_or(text)),
        Kind::Multi {
            choices,
            min,
            max,
            other,
            ..
        } => {
            let most = choices.len() + usize::from(other.is_some());
            let is_counted = min <= max && *max > 0 && usize::from(*min) <= most;
            (is_counted, other.as_ref().is_none_or(text))
        }
        Kind::Rank { choices, min, max } => (
            min <= max && *max > 0 && usize::from(*min) <= choices.len(),
            true,
        ),
        Kind::WeeklyHours { min_blocks } => (*min_blocks <= 42, true),
        _ => (true, true),
    };
    [first, second].into_iter()
}
