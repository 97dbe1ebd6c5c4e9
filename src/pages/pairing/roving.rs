//! One stop of the Tab key for each pane; inside it the arrow keys move. Works on the list that is
//! shown, not on the page.

use leptos::prelude::*;
use tandem_domain::id::ApplicationId;

/// Where the keyboard is inside a pane.
#[derive(Clone, Copy)]
pub(super) struct Roving {
    order: Signal<Vec<ApplicationId>>,
    chosen: RwSignal<Option<ApplicationId>>,
    present: Memo<Option<ApplicationId>>,
}

impl Roving {
    /// A pane that lists these.
    pub(super) fn new(order: Signal<Vec<ApplicationId>>) -> Self {
        let chosen = RwSignal::new(None);
        let present = Memo::new(move |_| {
            order.with(|order| {
                let chosen = chosen.get().filter(|chosen| order.contains(chosen));
                chosen.or_else(|| order.first().copied())
            })
        });
        Self {
            order,
            chosen,
            present,
        }
    }

    /// The stop of the Tab key: 0 for the present one, -1 for all others.
    pub(super) fn tab_index(self, id: ApplicationId) -> Signal<i32> {
        let present = self.present;
        Signal::derive(move || if present.get() == Some(id) { 0 } else { -1 })
    }

    /// The keyboard is here now.
    pub(super) fn choose(self, id: ApplicationId) {
        if self.chosen.get_untracked() != Some(id) {
            self.chosen.set(Some(id));
        }
    }

    /// Where a key leads from here.
    pub(super) fn target(self, from: ApplicationId, key: &str) -> Option<ApplicationId> {
        self.order.with_untracked(|order| target(order, from, key))
    }

    /// Everybody in the pane, in order.
    pub(super) fn order(self) -> Vec<ApplicationId> {
        self.order.get_untracked()
    }

    /// Who has the tab stop.
    pub(super) fn present(self) -> Signal<Option<ApplicationId>> {
        self.present.into()
    }
}

fn target(order: &[ApplicationId], from: ApplicationId, key: &str) -> Option<ApplicationId> {
    const PAGE: usize = 8;
    let from_idx = order.iter().position(|one| *one == from)?;
    let last_idx = order.len().checked_sub(1)?;
    let to_idx = match key {
        "ArrowDown" => from_idx + 1,
        "ArrowUp" => from_idx.checked_sub(1)?,
        "PageDown" => (from_idx + PAGE).min(last_idx),
        "PageUp" => from_idx.saturating_sub(PAGE),
        "Home" => 0,
        "End" => last_idx,
        _ => return None,
    };
    order.get(to_idx).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(n_ids: u8) -> Vec<ApplicationId> {
        (1..=n_ids)
            .map(|number| {
                format!("00000000-0000-0000-0000-0000000000{number:02}")
                    .parse()
                    .unwrap()
            })
            .collect()
    }

    #[test]
    fn arrows_stop_at_the_ends() {
        let order = ids(3);
        assert_eq!(target(&order, order[0], "ArrowDown"), Some(order[1]));
        assert_eq!(target(&order, order[2], "ArrowDown"), None);
        assert_eq!(target(&order, order[0], "ArrowUp"), None);
        assert_eq!(target(&order, order[1], "End"), Some(order[2]));
        assert_eq!(target(&order, order[2], "Home"), Some(order[0]));
    }

    #[test]
    fn pages_stay_inside_the_list() {
        let order = ids(12);
        assert_eq!(target(&order, order[0], "PageDown"), Some(order[8]));
        assert_eq!(target(&order, order[8], "PageDown"), Some(order[11]));
        assert_eq!(target(&order, order[3], "PageUp"), Some(order[0]));
    }

    #[test]
    fn whoever_left_the_list_gives_its_place_to_the_first() {
        let owner = Owner::new();
        owner.with(|| {
            let order = RwSignal::new(ids(3));
            let roving = Roving::new(order.into());
            let [first, second, _] = ids(3)[..] else {
                panic!()
            };
            roving.choose(second);
            assert_eq!(roving.tab_index(second).get_untracked(), 0);
            order.update(|order| order.retain(|one| *one != second));
            assert_eq!(roving.tab_index(first).get_untracked(), 0);
        });
    }
}
