//! Several of the same: entries that can be added and taken away, with the keyboard led along.

use leptos::leptos_dom::helpers::request_animation_frame;
use leptos::prelude::*;

use crate::dom::{announce, focus};
use crate::ui::button::{Button, Look};

/// Entries that keep their identity while others come and go.
pub struct Entries<T: Send + Sync + 'static> {
    rows: RwSignal<Vec<(u32, T)>>,
    n_made: StoredValue<u32>,
}

// Derived, these would ask for a `T` that is `Copy`.
impl<T: Send + Sync + 'static> Clone for Entries<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Entries<T> {}

impl<T: Clone + PartialEq + Default + Send + Sync + 'static> Entries<T> {
    /// These entries, or one blank one where there is none.
    pub fn new(values: Vec<T>) -> Self {
        let entries = Self {
            rows: RwSignal::new(Vec::new()),
            n_made: StoredValue::new(0),
        };
        entries.replace(values);
        entries
    }

    /// Takes other entries, unless they are the same: what changed elsewhere.
    pub fn replace(self, values: Vec<T>) {
        let is_same = self.rows.with_untracked(|rows| {
            rows.iter()
                .map(|(_, value)| value)
                .filter(|value| **value != T::default())
                .eq(&values)
        });
        if is_same && !self.rows.with_untracked(Vec::is_empty) {
            return;
        }
        let values = if values.is_empty() {
            vec![T::default()]
        } else {
            values
        };
        let rows = values
            .into_iter()
            .map(|value| (self.next_key(), value))
            .collect();
        self.rows.set(rows);
    }

    /// The keys of the entries, in order.
    pub fn keys(self) -> Memo<Vec<u32>> {
        Memo::new(move |_| {
            self.rows
                .with(|rows| rows.iter().map(|(key, _)| *key).collect())
        })
    }

    /// One entry.
    pub fn get(self, key: u32) -> T {
        self.rows
            .with(|rows| find(rows, key).cloned().unwrap_or_default())
    }

    /// Changes one entry.
    pub fn change(self, key: u32, change: impl FnOnce(&mut T)) {
        self.rows.update(|rows| {
            if let Some((_, value)) = rows.iter_mut().find(|(own, _)| *own == key) {
                change(value);
            }
        });
    }

    /// All entries that hold something, in order.
    pub fn values(self) -> Vec<T> {
        self.rows.with_untracked(|rows| {
            let values = rows.iter().map(|(_, value)| value.clone());
            values.filter(|value| *value != T::default()).collect()
        })
    }

    fn add(self) -> u32 {
        let key = self.next_key();
        self.rows.update(|rows| rows.push((key, T::default())));
        key
    }

    /// Takes an entry away and says which one stands in its place, or before it.
    fn remove(self, key: u32) -> Option<u32> {
        let mut neighbour = None;
        self.rows.update(|rows| {
            let Some(row_idx) = rows.iter().position(|(own, _)| *own == key) else {
                return;
            };
            rows.remove(row_idx);
            if rows.is_empty() {
                rows.push((self.next_key(), T::default()));
            }
            let last_idx = rows.len() - 1;
            neighbour = rows.get(row_idx.min(last_idx)).map(|(own, _)| *own);
        });
        neighbour
    }

    fn next_key(self) -> u32 {
        self.n_made
            .try_update_value(|n_made| {
                *n_made += 1;
                *n_made
            })
            .unwrap_or_default()
    }
}

/// The entries one below the other, and the button that adds one.
#[component]
pub fn Repeater<T, V>(
    /// The id of the group; the controls of entry `key` begin with `{id}-{key}`.
    id: String,
    /// What an entry is: "person", "place".
    noun: &'static str,
    /// The entries.
    entries: Entries<T>,
    /// How many there can be.
    max: usize,
    /// Draws the entry of a key.
    entry: fn(String, Entries<T>, u32, Callback<()>) -> V,
    /// Called after each change.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView
where
    T: Clone + PartialEq + Default + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let keys = entries.keys();
    let group = StoredValue::new(id);
    let is_full = move || keys.with(Vec::len) >= max;
    let add = move |()| {
        let key = entries.add();
        focus_later(format!("{}-{key}", group.get_value()));
    };
    let remove = move |key: u32| {
        let neighbour = entries.remove(key);
        on_change.run(());
        announce::polite(&format!("Removed the {noun}."));
        if let Some(key) = neighbour {
            focus_later(format!("{}-{key}", group.get_value()));
        }
    };
    view! {
        <div class="repeater">
            <ol class="repeater__entries">
                <For each=move || keys.get() key=|key| *key let:key>
                    <li class="repeater__entry" id=format!("{}-{key}", group.get_value())>
                        {entry(group.get_value(), entries, key, on_change)}
                        <Show when=move || {
                            keys.with(|keys| keys.len() > 1) || entries.get(key) != T::default()
                        }>
                            <Button look=Look::Quiet on_press=move |()| remove(key)>
                                "Remove"
                                <span class="visually-hidden">
                                    {move || {
                                        let number = keys
                                            .with(|keys| keys.iter().position(|own| *own == key));
                                        format!(" {noun} {}", number.unwrap_or_default() + 1)
                                    }}
                                </span>
                            </Button>
                        </Show>
                    </li>
                </For>
            </ol>
            <Show
                when=move || !is_full()
                fallback=move || {
                    view! { <p class="repeater__full">{format!("You can name up to {max}.")}</p> }
                }
            >
                <Button on_press=add>{format!("Add another {noun}")}</Button>
            </Show>
        </div>
    }
}

fn find<T>(rows: &[(u32, T)], key: u32) -> Option<&T> {
    rows.iter()
        .find(|(own, _)| *own == key)
        .map(|(_, value)| value)
}

/// After the browser has drawn what changed.
fn focus_later(id: String) {
    request_animation_frame(move || focus::field(&id));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn there_is_always_an_entry_to_write_in() {
        Owner::new().with(|| {
            let entries = Entries::<String>::new(Vec::new());
            let keys = entries.keys().get_untracked();
            assert_eq!(keys.len(), 1);
            entries.change(keys[0], |line| "Harbor Library".clone_into(line));
            assert_eq!(entries.values(), words(&["Harbor Library"]));
            entries.remove(keys[0]);
            assert_eq!(entries.values(), Vec::<String>::new());
            assert_eq!(entries.keys().get_untracked().len(), 1);
        });
    }

    #[test]
    fn taking_one_away_leads_to_its_neighbour() {
        Owner::new().with(|| {
            let entries = Entries::new(words(&["a", "b", "c"]));
            let keys = entries.keys().get_untracked();
            assert_eq!(entries.remove(keys[1]), Some(keys[2]));
            assert_eq!(entries.remove(keys[2]), Some(keys[0]));
        });
    }

    #[test]
    fn the_own_words_coming_back_disturb_nothing() {
        Owner::new().with(|| {
            let entries = Entries::new(words(&["a"]));
            entries.add();
            let keys = entries.keys().get_untracked();
            entries.replace(words(&["a"]));
            assert_eq!(entries.keys().get_untracked(), keys);
            entries.replace(words(&["b"]));
            assert_ne!(entries.keys().get_untracked(), keys);
        });
    }
}
