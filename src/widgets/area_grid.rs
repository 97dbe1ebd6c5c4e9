//! One step of a scale for each of several rows, such as how well somebody knows an area.

use std::collections::BTreeMap;

use leptos::prelude::*;
use tandem_domain::form::definition::{Choice as Offered, Slug};

use crate::ui::choice::{Choice, Flow, RadioGroup};
use crate::ui::field::{FieldGroup, Label};

/// Rows of radio buttons under one question.
#[component]
pub fn AreaGrid(
    /// The id of the group.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    label: Label,
    /// The rows.
    rows: Vec<Offered>,
    /// The steps.
    scale: Vec<Offered>,
    /// The step of each row that was answered.
    #[prop(into)]
    value: Signal<BTreeMap<Slug, Slug>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with all steps after each change.
    #[prop(into)]
    on_change: Callback<BTreeMap<Slug, Slug>>,
) -> impl IntoView {
    let steps: Vec<Choice> = scale
        .iter()
        .map(|step| Choice::new(step.id.0.clone(), step.label.text()))
        .collect();
    let rows = rows
        .into_iter()
        .map(|row| {
            let own = row.id.clone();
            let step = Signal::derive(move || {
                value.with(|steps| steps.get(&own).map(|step| step.0.clone()))
            });
            let own = row.id.clone();
            let change = move |step: String| {
                let mut steps = value.get_untracked();
                steps.insert(own.clone(), Slug(step));
                on_change.run(steps);
            };
            view! {
                <div class="area-grid__row">
                    <RadioGroup
                        id=format!("{id}-{}", row.id)
                        label=Label::new(row.label.text())
                        choices=steps.clone()
                        value=step
                        flow=Flow::Inline
                        on_change=change
                    />
                </div>
            }
        })
        .collect_view();
    view! {
        <FieldGroup id=id.clone() label error>
            <div class="area-grid">{rows}</div>
        </FieldGroup>
    }
}
