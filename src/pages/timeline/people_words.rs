//! Who hears of a change before it is saved, and where it shows.

use chrono::DateTime;
use tandem_api::timeline::PlanView;
use tandem_domain::timeline::{Item, Status};

use super::words::count;

/// What people notice of a change that is news to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noticed {
    /// Nothing, because nobody was told of what changes.
    NobodyWasTold,
    /// Nothing, because what they see stays as it is.
    Nothing,
    /// What they see of it is different.
    Shown,
}

impl Noticed {
    /// What people notice of items that were so and will be so.
    pub(super) fn of(before: &[Item], after: &[Item]) -> Self {
        let was = |item: &Item| before.iter().find(|one| one.id == item.id);
        let is_gone = |item: &&Item| after.iter().all(|one| one.id != item.id);
        let gone = before.iter().filter(is_gone);
        let changed: Vec<(Option<&Item>, Option<&Item>)> = after
            .iter()
            .map(|item| (was(item), Some(item)))
            .chain(gone.map(|item| (Some(item), None)))
            .filter(|(was, is)| was != is)
            .collect();
        let seen: Vec<_> = changed
            .iter()
            .map(|(was, is)| (as_seen(*was), as_seen(*is)))
            .collect();
        if seen.iter().any(|(was, is)| was != is) {
            Self::Shown
        } else if seen.is_empty() || seen.iter().any(|(was, _)| was.is_some()) {
            Self::Nothing
        } else {
            Self::NobodyWasTold
        }
    }
}

/// An item as people see it who were told of it: without what only the committee sees.
fn as_seen(item: Option<&Item>) -> Option<Item> {
    let told = item.filter(|item| item.status != Status::Planned)?;
    Some(Item {
        locked: false,
        rule: None,
        sequence: 0,
        changed_at: DateTime::UNIX_EPOCH,
        ..told.clone()
    })
}

/// To how many people a change is news, and what others notice of it.
pub(super) fn people(plan: &PlanView, noticed: Noticed) -> String {
    if plan.people == 0 {
        let words = match noticed {
            Noticed::NobodyWasTold => {
                "Nobody was told of this yet: no mail is sent, no calendar changes."
            }
            Noticed::Nothing => "No mail is sent, and no calendar changes.",
            Noticed::Shown => {
                "No mail is sent. What people see of it, on the timeline or in their calendars, \
                 changes."
            }
        };
        return words.to_owned();
    }
    let n = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let n_mails: u32 = plan.mails.iter().map(|mail| mail.recipients).sum();
    format!(
        "This is news to {}. {} sent, and the change shows in {}.",
        count(n(plan.people), "person", "people"),
        count(n(n_mails), "mail is", "mails are"),
        count(
            n(plan.feeds),
            "calendar of their own",
            "calendars of their own"
        ),
    )
}

#[cfg(test)]
mod tests {
    use tandem_domain::form::locale::L10n;
    use tandem_domain::timeline::{Certainty, InCalendar, Mark, When};

    use super::*;

    fn day() -> Item {
        let id = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let on = "2018-05-14".parse().unwrap();
        let when = When::Milestone { on };
        Item::planned(id, Mark::Other, when, L10n::english("Welcome call"))
    }

    fn noticed(before: &Item, change: impl FnOnce(&mut Item)) -> Noticed {
        let mut after = before.clone();
        after.sequence += 1;
        change(&mut after);
        Noticed::of(std::slice::from_ref(before), &[after])
    }

    #[test]
    fn what_is_said_of_a_told_date_is_seen_by_people() {
        let (planned, told) = (day(), day().announced());
        let rename = |item: &mut Item| item.title = L10n::english("Hello");
        assert_eq!(noticed(&planned, rename), Noticed::NobodyWasTold);
        assert_eq!(noticed(&told, rename), Noticed::Shown);
        let hide = |item: &mut Item| item.in_calendar = InCalendar::Hidden;
        assert_eq!(noticed(&told, hide), Noticed::Shown);
        let doubt = |item: &mut Item| item.certainty = Certainty::Tentative;
        assert_eq!(noticed(&told, doubt), Noticed::Shown);
        let announce = |item: &mut Item| item.status = Status::Announced;
        assert_eq!(noticed(&planned, announce), Noticed::Shown);
        assert_eq!(noticed(&told, |item| item.locked = true), Noticed::Nothing);
        assert_eq!(Noticed::of(&[], &[planned]), Noticed::NobodyWasTold);
        assert_eq!(Noticed::of(&[told], &[]), Noticed::Shown);
        assert_eq!(Noticed::of(&[], &[]), Noticed::Nothing);
    }

    #[test]
    fn those_who_hear_for_the_first_time_are_not_said_to_have_been_told() {
        let plan = PlanView {
            people: 3,
            feeds: 1,
            ..PlanView::default()
        };
        let words = people(&plan, Noticed::Shown);
        assert!(words.starts_with("This is news to 3 people."), "{words}");
        let nobody = people(&PlanView::default(), Noticed::Shown);
        assert!(!nobody.contains("told"), "{nobody}");
    }
}
