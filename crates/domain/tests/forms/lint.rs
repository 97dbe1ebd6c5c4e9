//! What the lint finds, each in a small form that has just this wrong.

use serde_json::{Value, json};
use tandem_domain::form::definition::FormDef;
use tandem_domain::form::lint::lint;

/// The findings in a form of two pages.
fn findings(first: &Value, second: &Value) -> Vec<String> {
    let form = json!({
        "role": "mentee", "version": 1, "title": "T", "intro": "I",
        "sections": [{ "id": "s", "title": "S", "pages": [
            { "id": "one", "heading": "One", "questions": first },
            { "id": "two", "heading": "Two", "questions": second },
        ]}],
    });
    let form: FormDef = serde_json::from_value(form).unwrap();
    let say = |finding: &Value| {
        let question = finding["question"].as_str().unwrap_or("form");
        format!("{question} {}", finding["code"].as_str().unwrap())
    };
    lint(&form)
        .iter()
        .map(|finding| say(&serde_json::to_value(finding).unwrap()))
        .collect()
}

fn yes_no(id: &str) -> Value {
    json!({ "id": id, "kind": "yes_no", "label": "L", "why": "W" })
}

fn choice(id: &str) -> Value {
    let choices = json!([{ "id": "x", "label": "X" }, { "id": "y", "label": "Y" }]);
    json!({ "id": id, "kind": { "single": { "choices": choices } }, "label": "L", "why": "W" })
}

fn with(mut question: Value, key: &str, value: Value) -> Value {
    question[key] = value;
    question
}

#[test]
fn a_form_in_order_has_no_findings() {
    let second = with(yes_no("b"), "visible", json!({ "has": ["a", "x"] }));
    assert_eq!(
        findings(&json!([choice("a")]), &json!([second])),
        Vec::<String>::new()
    );
}

#[test]
fn names_are_used_once() {
    let found = findings(&json!([yes_no("a")]), &json!([yes_no("a")]));
    assert_eq!(found, ["a repeated_question"]);
    let twice = json!({ "single": { "choices": [{ "id": "x", "label": "X" }, { "id": "x", "label": "Y" }] } });
    let found = findings(
        &json!([with(yes_no("a"), "kind", twice)]),
        &json!([yes_no("b")]),
    );
    assert_eq!(found, ["a repeated_name"]);
}

#[test]
fn a_page_asks_something() {
    assert_eq!(findings(&json!([]), &json!([yes_no("a")])), ["form empty"]);
}

#[test]
fn every_question_has_words_and_a_reason() {
    let bare = json!({ "id": "a", "kind": "yes_no", "label": "" });
    assert_eq!(
        findings(&json!([bare]), &json!([yes_no("b")])),
        ["a no_label", "a no_why"]
    );
    let info = json!({ "id": "a", "kind": "info", "label": "L" });
    assert_eq!(
        findings(&json!([info]), &json!([yes_no("b")])),
        Vec::<String>::new()
    );
}

#[test]
fn conditions_look_back_at_what_is_there() {
    let of = |cond: Value| {
        let second = with(yes_no("b"), "visible", cond);
        findings(&json!([choice("a")]), &json!([second, yes_no("c")]))
    };
    assert_eq!(
        of(json!({ "yes": "nowhere" })),
        ["b unknown_question", "b unreachable"]
    );
    assert_eq!(
        of(json!({ "has": ["a", "z"] })),
        ["b unknown_choice", "b unreachable"]
    );
    assert_eq!(of(json!({ "yes": "a" })), ["b wrong_kind"]);
    assert_eq!(
        of(json!({ "not": { "yes": "c" } })),
        ["b forward_reference"]
    );
    assert_eq!(
        of(json!({ "not": { "yes": "b" } })),
        ["b forward_reference"]
    );
    assert_eq!(of(json!({ "any": [] })), ["b unreachable"]);
    let contradiction = json!({ "all": [{ "answered": "a" }, { "not": { "answered": "a" } }] });
    assert_eq!(of(contradiction), ["b unreachable"]);
}

#[test]
fn what_hangs_on_an_unreachable_question_is_unreachable() {
    let second = with(yes_no("b"), "visible", json!({ "any": [] }));
    let third = with(yes_no("c"), "visible", json!({ "yes": "b" }));
    let found = findings(&json!([choice("a")]), &json!([second, third]));
    assert_eq!(found, ["b unreachable", "c unreachable"]);
}

#[test]
fn what_is_never_asked_is_not_required() {
    let hidden = with(yes_no("b"), "visible", json!({ "any": [] }));
    let required = with(hidden, "required", json!("always"));
    let found = findings(&json!([choice("a")]), &json!([required]));
    assert_eq!(found, ["b unreachable", "b required_but_never_asked"]);
}

#[test]
fn what_is_required_hangs_on_no_later_page() {
    let on = |id: &str| with(yes_no("a"), "required", json!({ "if": { "yes": id } }));
    let same_page = findings(&json!([on("b"), yes_no("b")]), &json!([yes_no("c")]));
    assert_eq!(same_page, Vec::<String>::new());
    let later = findings(&json!([on("c"), yes_no("b")]), &json!([yes_no("c")]));
    assert_eq!(later, ["a forward_reference"]);
}

#[test]
fn choices_are_there_and_limits_in_order() {
    let of = |kind: Value| {
        findings(
            &json!([with(yes_no("a"), "kind", kind)]),
            &json!([yes_no("b")]),
        )
    };
    let x = json!([{ "id": "x", "label": "X" }]);
    assert_eq!(of(json!({ "single": { "choices": [] } })), ["a no_choices"]);
    let limit = |min: u32, max: u32, hard: u32| {
        of(
            json!({ "long_text": { "limit": { "unit": "words", "min": min, "max": max, "hard": hard } } }),
        )
    };
    assert_eq!(limit(1, 5, 5), Vec::<String>::new());
    assert_eq!(limit(6, 5, 5), ["a limits_in_disorder"]);
    assert_eq!(limit(1, 5, 4), ["a limits_in_disorder"]);
    assert_eq!(
        of(json!({ "multi": { "choices": x, "min": 2, "max": 3 } })),
        ["a limits_in_disorder"]
    );
    assert_eq!(
        of(json!({ "rank": { "choices": x, "min": 2, "max": 1 } })),
        ["a limits_in_disorder"]
    );
    let alone = json!({ "multi": { "choices": x, "max": 1, "exclusive": "z" } });
    assert_eq!(of(alone), ["a unknown_choice"]);
}

#[test]
fn more_pages_than_people_finish_are_found() {
    let pages: Vec<Value> = (0..21)
        .map(|idx| json!({ "id": format!("p{idx}"), "heading": "H", "questions": [yes_no(&format!("q{idx}"))] }))
        .collect();
    let form = json!({
        "role": "mentor", "version": 1, "title": "T", "intro": "I",
        "sections": [{ "id": "s", "title": "S", "pages": pages }],
    });
    let form: FormDef = serde_json::from_value(form).unwrap();
    assert_eq!(lint(&form).len(), 1);
}
