//! Reads what the server and this browser's storage hold.
//!
//! `serde_json` compiles its parser into every type it reads, twice into those that carry their kind
//! in a field. Here the text is read once, by code that knows no type, and the types only pick
//! their fields from what was read. Why it did not fit is not said: whoever asks can do nothing about
//! it but reload.

mod fit;
mod parse;

use serde::de::DeserializeOwned;

/// Reads a value; nothing if the text is not JSON or does not fit.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(parse::parse(text)?).ok()
}

/// A JSON value. Numbers are whole: nothing on the wire has a fraction.
#[derive(Debug, Clone, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Natural(u64),
    Negative(i64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{DateTime, Utc};
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::{Value, json};
    use tandem_api::problem::Problem;
    use tandem_domain::form::answer::Answers;
    use tandem_domain::form::check::FieldProblem;
    use tandem_domain::form::definition::FormDef;
    use tandem_domain::form::library;
    use tandem_domain::role::Role;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Tagged {
        Plain,
        Wide { count: u8, by: Option<String> },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Named {
        Plain,
        One(i16),
        Two(u8, u8),
        Wide { count: u64 },
    }

    /// Both readers say the same of this text.
    fn same<T: DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
        assert_eq!(read::<T>(text), serde_json::from_str(text).ok(), "{text}");
    }

    fn whole() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(Value::from_iter),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(value in whole()) {
            prop_assert_eq!(read::<Value>(&value.to_string()), Some(value.clone()));
            prop_assert_eq!(read::<Value>(&format!(" {value:#}\n")), Some(value));
        }

        #[test]
        fn what_is_no_json_is_not_read(text in r#"[\[\]{},:"\\ua0-9trfn e.+-]{0,12}"#) {
            let theirs = serde_json::from_str::<Value>(&text).ok();
            let has_fraction = text.contains(['.', 'e', 'E']) || text.contains("-0");
            if !has_fraction && text.len() < 18 {
                prop_assert_eq!(read::<Value>(&text), theirs);
            }
        }
    }

    #[test]
    fn every_shape_of_type_is_read_as_serde_json_reads_it() {
        for text in [
            r#"{"kind":"plain"}"#,
            r#"{"count":3,"kind":"wide","more":[1,{"a":null}]}"#,
            r#"{"kind":"wide","count":300}"#,
            r#"{"kind":"other"}"#,
            r#"{"count":3}"#,
            "[]",
        ] {
            same::<Tagged>(text);
        }
        for text in [
            r#""plain""#,
            r#"{"plain":null}"#,
            r#"{"one":-7}"#,
            r#"{"one":70000}"#,
            r#"{"two":[1,2]}"#,
            r#"{"two":[1,2,3]}"#,
            r#"{"two":[1]}"#,
            r#"{"wide":{"count":18446744073709551615}}"#,
            r#"{"wide":{"count":-1}}"#,
            r#"{"one":1,"two":[1,2]}"#,
            r#""one""#,
            r#""none""#,
            "7",
        ] {
            same::<Named>(text);
        }
        same::<BTreeMap<Role, Option<[u8; 2]>>>(r#"{"mentee":[1,2],"mentor":null}"#);
        same::<BTreeMap<Role, u8>>(r#"{"nobody":1}"#);
        same::<DateTime<Utc>>(r#""2018-03-02T23:50:00Z""#);
        same::<DateTime<Utc>>(r#""2018""#);
        same::<(String, char)>(r#"["\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t","x"]"#);
        same::<String>(r#""\ud83d""#);
        same::<Vec<()>>("[null,null]");
    }

    #[test]
    fn forms_answers_and_problems_are_read_whole() {
        for role in Role::ALL {
            let form = library::default_form(role).unwrap();
            let text = serde_json::to_string(&form).unwrap();
            assert_eq!(read::<FormDef>(&text), Some(form));
        }
        let answers = json!({
            "name": {"text": "Ada"}, "yes": {"yes": true}, "areas": {"ranked": ["a", "b"]},
            "any": {"some": {"choices": ["x"], "other": "y"}}, "when": {"year_month": {"year": 2018, "month": 3}},
        });
        same::<Answers>(&answers.to_string());
        let problem = json!({
            "type": "about:blank", "title": "t", "status": 422, "code": "invalid", "detail": "",
            "instance": "r-1", "errors": [{"pointer": "/a", "code": "required"}],
            "fields": [{"question": "name", "code": "too_long", "count": 3, "max": 2}],
            "extra": {"any": ["thing", 1, {"deep": true}]},
        });
        same::<Problem>(&problem.to_string());
        same::<FieldProblem>(r#"{"question":"name","code":"required"}"#);
    }

    #[test]
    fn no_depth_of_nesting_breaks_the_page() {
        let deep = "[".repeat(100_000);
        assert_eq!(read::<Value>(&deep), None);
        assert_eq!(
            read::<Value>(&format!("{deep}{}", "]".repeat(100_000))),
            None
        );
    }
}
