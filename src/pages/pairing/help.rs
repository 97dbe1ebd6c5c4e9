//! How to work with the board: four equal ways, and the keys.

use leptos::prelude::*;

use crate::ui::dialog::Dialog;

const KEYS: [(&str, &str); 16] = [
    ("Tab", "From pane to pane"),
    ("Up and down", "From card to card"),
    ("Enter", "Show the person with the reasons"),
    ("Space", "Select, or no longer"),
    ("Shift + Up and down", "Select from card to card"),
    ("Ctrl + A", "Select everybody who is listed"),
    (
        "Ctrl + Click, Shift + Click",
        "Select one more, or all up to there",
    ),
    ("M", "Pick up, then choose a mentor from a list, best first"),
    ("L", "Lock or unlock the pair"),
    ("U", "Take the mentee from the mentor"),
    ("S", "Show the best partners"),
    ("G", "Go to the partner"),
    ("/", "Search"),
    ("Escape", "Cancel, or back to the card"),
    ("Ctrl + Z", "Undo the last thing you did"),
    ("Ctrl + Shift + Z", "Do it again"),
];

/// How to work with the board.
#[component]
pub(super) fn Help(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when it is to be closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let title = Signal::stored("How the board works".to_owned());
    view! {
        <Dialog open title on_close>
            <div class="help">
                <p>
                    "There are four ways to pair people. All do the same, all can be undone, and \
                    everybody on the committee sees it at once."
                </p>
                <ul class="help__ways">
                    <li>"Drag a mentee to a mentor."</li>
                    <li>"Choose “Pick up”, then a mentor."</li>
                    <li>"Press M on a card, then choose from the list."</li>
                    <li>"Open the menu of a card."</li>
                </ul>
                <p>
                    "Where a mentor is full, the mentee who is pointed at changes places or goes \
                    back to those without a mentor. It is shown before you let go."
                </p>
                <p>
                    "What is done with several who are selected is one step: everybody who fits is \
                    placed, and one undo takes it all back. Without a keyboard, “Select” is in the \
                    menu of a card."
                </p>
                <dl class="help__keys">
                    {KEYS
                        .map(|(key, does)| view! {
                            <div class="help__key"><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>
                        })
                        .collect_view()}
                </dl>
                <p>"Keys of one letter count only while a card has the keyboard."</p>
            </div>
        </Dialog>
    }
}
