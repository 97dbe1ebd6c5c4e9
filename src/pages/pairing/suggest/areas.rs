//! What is asked for and offered, area by area.

use leptos::prelude::*;
use tandem_domain::matching::AreaStand;

use crate::widgets::person_chip::slug_words;

/// Supply and demand by area, the scarcest first.
#[component]
pub(super) fn Areas(
    /// How each area stands.
    areas: Vec<AreaStand>,
) -> impl IntoView {
    let rows = areas
        .into_iter()
        .map(|stand| {
            let scarce = stand.is_scarce().then_some("true");
            view! {
                <tr data-scarce=scarce>
                    <th scope="row">
                        {slug_words(&stand.area)}
                        {stand.is_scarce().then_some(" (too few places)")}
                    </th>
                    <td>{stand.listed}</td>
                    <td>{stand.first}</td>
                    <td>{stand.places}</td>
                    <td>{stand.strong_places}</td>
                    <td>{stand.unmatched}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="suggest__areas">
            <summary>"Supply and demand by area"</summary>
            <div class="suggest__wide" tabindex="0" role="region" aria-label="Areas">
                <table class="suggest__figures">
                    <thead>
                        <tr>
                            <th scope="col">"Area"</th>
                            <th scope="col">"Mentees list it"</th>
                            <th scope="col">"as the first"</th>
                            <th scope="col">"Places offered"</th>
                            <th scope="col">"of these leading"</th>
                            <th scope="col">"Listed by those without a mentor"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
