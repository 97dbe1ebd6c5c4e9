//! What the chosen item follows, what follows it, and what must hold of it: each a sentence, with the
//! ways to change it.

use leptos::prelude::*;
use tandem_domain::id::ItemId;
use tandem_domain::timeline::constraint::{Constraint, Severity};
use tandem_domain::timeline::rule::Rule;
use tandem_domain::timeline::wish::Act;
use tandem_domain::timeline::{Item, Status};

use super::constraint_form::ConstraintForm;
use super::rule_form::RuleForm;
use super::state::TimelineState;
use super::{bond_words, work};
use crate::ui::button::{Button, Look};
use crate::ui::disclosure::Disclosure;

/// Everything an item is tied by, in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Bonds {
    rule: Option<(Rule, String)>,
    followers: Vec<String>,
    constraints: Vec<(Constraint, String)>,
    is_cancelled: bool,
}

impl Bonds {
    fn of(items: &[Item], constraints: &[Constraint], id: ItemId) -> Self {
        let own = items.iter().find(|item| item.id == id);
        let rule = own.and_then(|item| item.rule);
        let follows = |item: &&Item| item.rule.is_some_and(|rule| rule.anchor == id);
        let names = |one: &&Constraint| one.before.item == id || one.after.item == id;
        Self {
            rule: rule.map(|rule| (rule, bond_words::rule(items, id, &rule))),
            followers: items
                .iter()
                .filter(follows)
                .map(|item| item.title.text().to_owned())
                .collect(),
            constraints: constraints
                .iter()
                .filter(names)
                .map(|one| (one.clone(), bond_words::constraint(items, id, one)))
                .collect(),
            is_cancelled: own.is_some_and(|item| item.status == Status::Cancelled),
        }
    }
}

/// What the item is tied by.
#[component]
pub(super) fn BondList(
    /// What the screen knows.
    state: TimelineState,
    /// Which item.
    id: ItemId,
) -> impl IntoView {
    let bonds = Memo::new(move |_| {
        let bonds = state.read(|view| {
            let planning = view.planning.as_ref();
            let constraints = planning.map_or(&[][..], |planning| &planning.constraints[..]);
            Bonds::of(&view.items, constraints, id)
        });
        bonds.unwrap_or_default()
    });
    move || list(state, id, bonds.get())
}

fn list(state: TimelineState, id: ItemId, bonds: Bonds) -> AnyView {
    let can_add = !bonds.is_cancelled;
    let has_rule = bonds.rule.is_some();
    let followers = followers(&bonds.followers);
    let rule = bonds.rule.map(|(rule, sentence)| {
        let form = view! { <RuleForm state id rule=Some(rule) /> }.into_any();
        line(state, sentence, None, form, Act::Release { item: id })
    });
    let constraints = bonds
        .constraints
        .into_iter()
        .filter_map(|(constraint, sentence)| {
            let known_as = constraint.id?;
            let act = Act::Unconstrain {
                constraint: known_as,
            };
            let grave = match constraint.severity {
                Severity::Error => "A change that breaks this is refused.",
                Severity::Warning => "A change that breaks this is saved with a warning.",
            };
            let key = format!("bond-{known_as}");
            let form =
                view! { <ConstraintForm state id key constraint=Some(constraint) /> }.into_any();
            Some(line(state, sentence, Some(grave), form, act))
        });
    let lines: Vec<AnyView> = rule.into_iter().chain(constraints).collect();
    // A list of nothing would be read out as one.
    let lines = (!lines.is_empty())
        .then(|| view! { <ul class="item-bonds__list" role="list">{lines}</ul> });
    let new_rule = (can_add && !has_rule).then(|| {
        view! {
            <Disclosure summary="Let it follow another date" has_form=true>
                <RuleForm state id rule=None />
            </Disclosure>
        }
    });
    let new_constraint = can_add.then(|| {
        view! {
            <Disclosure summary="Say what must hold" has_form=true>
                <ConstraintForm state id key="bond-new".to_owned() constraint=None />
            </Disclosure>
        }
    });
    view! {
        <div class="item-bonds">
            {lines}
            {followers}
            {new_rule}
            {new_constraint}
        </div>
    }
    .into_any()
}

fn followers(names: &[String]) -> Option<AnyView> {
    (!names.is_empty()).then(|| {
        let names: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
        let verb = if names.len() == 1 {
            "follows"
        } else {
            "follow"
        };
        let words = format!("{} {verb} it.", names.join(", "));
        view! { <p class="item-panel__state">{words}</p> }.into_any()
    })
}

/// A sentence, how grave it is, and the ways to change and remove it.
fn line(
    state: TimelineState,
    sentence: String,
    grave: Option<&'static str>,
    form: AnyView,
    removal: Act,
) -> AnyView {
    let remove = Callback::new(move |()| work::act(state, removal.clone()));
    let of = format!(": {sentence}");
    view! {
        <li class="item-bonds__line">
            <p>
                {sentence} " " {grave.map(|grave| view! { <span class="item-panel__state">{grave}</span> })}
            </p>
            <Disclosure summary="Change this" has_form=true>{form}</Disclosure>
            <Button look=Look::Quiet on_press=remove>
                "Remove"
                <span class="visually-hidden">{of}</span>
            </Button>
        </li>
    }
    .into_any()
}
