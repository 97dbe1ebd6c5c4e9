//! Conditions: what they name, and whether they can ever hold.

use super::{FindingCode, Lint};
use crate::form::condition::Cond;
use crate::form::definition::{Choice, Kind, Question, QuestionId, Slug};

/// How far a condition may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To questions before its own: else one pass in order would not settle it.
    Earlier,
    /// To questions up to the end of its own page: later ones are not yet answered there.
    SamePage,
    /// To every question.
    Anywhere,
}

impl Lint<'_> {
    /// Finds what a condition of a question names in vain.
    pub(super) fn mentions(&mut self, question: &Question, cond: &Cond, reach: Reach) {
        for named in cond.mentions() {
            let Some(there) = self.place(named) else {
                let named = named.clone();
                self.find(Some(&question.id), FindingCode::UnknownQuestion { named });
                continue;
            };
            let is_in_reach = self.place(&question.id).is_none_or(|here| match reach {
                Reach::Earlier => there.question_idx < here.question_idx,
                Reach::SamePage => there.page_idx <= here.page_idx,
                Reach::Anywhere => true,
            });
            if !is_in_reach {
                let named = named.clone();
                self.find(Some(&question.id), FindingCode::ForwardReference { named });
            }
        }
        self.parts(question, cond);
    }

    /// Finds names of choices that are not there, and kinds that do not fit.
    fn parts(&mut self, question: &Question, cond: &Cond) {
        let codes: Vec<FindingCode> = match cond {
            Cond::All(conds) | Cond::Any(conds) => {
                for cond in conds {
                    self.parts(question, cond);
                }
                return;
            }
            Cond::Not(cond) => return self.parts(question, cond),
            Cond::Answered(_) | Cond::Returning => return,
            Cond::Has(named, choice) => self.unknown(named, std::slice::from_ref(choice)),
            Cond::HasAny(named, choices) => self.unknown(named, choices),
            Cond::Row(named, row, steps) => {
                let mut codes = self.unknown(named, std::slice::from_ref(row));
                codes.extend(self.unknown_steps(named, steps));
                codes
            }
            Cond::Yes(named) => self.unless_kind(named, |kind| {
                matches!(kind, Kind::Confirm | Kind::YesNo | Kind::Consent { .. })
            }),
            Cond::Country(named, _) => self.unless_kind(named, |kind| *kind == Kind::Place),
            Cond::Varies(named) => {
                self.unless_kind(named, |kind| matches!(kind, Kind::WeeklyHours { .. }))
            }
            Cond::AtLeast(named, _) | Cond::AtMost(named, _) => self.unless_kind(named, |kind| {
                matches!(kind, Kind::Number { .. } | Kind::Scale { .. })
            }),
            Cond::CountAtLeast(named, _) => self.unless_kind(named, |kind| *kind != Kind::Info),
        };
        for code in codes {
            self.find(Some(&question.id), code);
        }
    }

    fn unless_kind(&self, named: &QuestionId, fits: impl Fn(&Kind) -> bool) -> Vec<FindingCode> {
        let is_fine = self
            .place(named)
            .is_none_or(|place| fits(&place.question.kind));
        if is_fine {
            Vec::new()
        } else {
            vec![FindingCode::WrongKind {
                named: named.clone(),
            }]
        }
    }

    fn unknown(&self, named: &QuestionId, wanted: &[Slug]) -> Vec<FindingCode> {
        let Some(place) = self.place(named) else {
            return Vec::new();
        };
        match &place.question.kind {
            Kind::Single { choices, .. }
            | Kind::Multi { choices, .. }
            | Kind::Rank { choices, .. }
            | Kind::Grid { rows: choices, .. } => not_among(choices, named, wanted),
            _ => vec![FindingCode::WrongKind {
                named: named.clone(),
            }],
        }
    }

    fn unknown_steps(&self, named: &QuestionId, steps: &[Slug]) -> Vec<FindingCode> {
        match self.place(named).map(|place| &place.question.kind) {
            Some(Kind::Grid { scale, .. }) => not_among(scale, named, steps),
            Some(_) => vec![FindingCode::WrongKind {
                named: named.clone(),
            }],
            None => Vec::new(),
        }
    }

    /// Whether some answers make it hold, as far as can be told without trying them all: `false` is
    /// certain.
    pub(super) fn can_hold(&self, cond: &Cond) -> bool {
        match cond {
            Cond::All(conds) => {
                let is_denied = |cond: &Cond| conds.contains(&Cond::Not(Box::new(cond.clone())));
                conds
                    .iter()
                    .all(|cond| self.can_hold(cond) && !is_denied(cond))
            }
            Cond::Any(conds) => conds.iter().any(|cond| self.can_hold(cond)),
            Cond::Not(cond) => !always_holds(cond),
            Cond::Returning => true,
            Cond::Has(named, choice) => {
                self.can_be_asked(named)
                    && self.unknown(named, std::slice::from_ref(choice)).is_empty()
            }
            Cond::HasAny(named, choices) => {
                let is_known =
                    |choice| self.unknown(named, std::slice::from_ref(choice)).is_empty();
                self.can_be_asked(named) && choices.iter().any(is_known)
            }
            Cond::Row(named, _, steps) => self.can_be_asked(named) && !steps.is_empty(),
            Cond::Answered(named)
            | Cond::Yes(named)
            | Cond::CountAtLeast(named, _)
            | Cond::AtLeast(named, _)
            | Cond::AtMost(named, _)
            | Cond::Country(named, _)
            | Cond::Varies(named) => self.can_be_asked(named),
        }
    }

    /// Whether a question is asked at all. A circle of conditions asks nothing.
    fn can_be_asked(&self, named: &QuestionId) -> bool {
        let Some(place) = self.place(named) else {
            return false;
        };
        let Some(cond) = &place.question.visible else {
            return true;
        };
        let is_settled = cond.mentions().into_iter().all(|other| {
            self.place(other)
                .is_some_and(|other| other.question_idx < place.question_idx)
        });
        is_settled && self.can_hold(cond)
    }
}

fn always_holds(cond: &Cond) -> bool {
    match cond {
        Cond::All(conds) => conds.iter().all(always_holds),
        Cond::Any(conds) => conds.iter().any(always_holds),
        Cond::Not(cond) => matches!(cond.as_ref(), Cond::Any(conds) if conds.is_empty()),
        Cond::CountAtLeast(..)
        | Cond::AtLeast(..)
        | Cond::AtMost(..)
        | Cond::Has(..)
        | Cond::HasAny(..)
        | Cond::Row(..)
        | Cond::Answered(_)
        | Cond::Yes(_)
        | Cond::Country(..)
        | Cond::Varies(_)
        | Cond::Returning => false,
    }
}

fn not_among(choices: &[Choice], named: &QuestionId, wanted: &[Slug]) -> Vec<FindingCode> {
    wanted
        .iter()
        .filter(|slug| choices.iter().all(|choice| choice.id != **slug))
        .map(|slug| FindingCode::UnknownChoice {
            named: named.clone(),
            choice: slug.clone(),
        })
        .collect()
}
