//! Puts together what the data files keep apart.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::LibraryError;
use crate::role::Role;

/// Everything that layouts may name.
#[derive(Debug)]
pub(super) struct Library {
    role: Role,
    sections: Map<String, Value>,
    questions: Map<String, Value>,
    lists: Lists,
}

#[derive(Debug, Deserialize)]
struct Lists {
    conditions: Map<String, Value>,
    choices: Map<String, Value>,
    topics: Map<String, Value>,
}

/// Reads a data file.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, LibraryError> {
    serde_json::from_str(text).map_err(|error| LibraryError::Shape(error.to_string()))
}

impl Library {
    pub(super) fn read(role: Role) -> Result<Self, LibraryError> {
        Ok(Self {
            role,
            sections: parse(include_str!("../../../forms/sections.json"))?,
            questions: parse(include_str!("../../../forms/questions.json"))?,
            lists: parse(include_str!("../../../forms/lists.json"))?,
        })
    }

    /// The value with everything that it names put in its place.
    pub(super) fn resolve(&self, value: Value) -> Result<Value, LibraryError> {
        match value {
            Value::Array(values) => values
                .into_iter()
                .map(|value| self.resolve(value))
                .collect(),
            Value::Object(object) => self.resolve_object(object),
            plain => Ok(plain),
        }
    }

    fn resolve_object(&self, object: Map<String, Value>) -> Result<Value, LibraryError> {
        let mut entries = object.iter();
        if let (Some((key, value)), None) = (entries.next(), entries.next()) {
            match (key.as_str(), value) {
                ("list", Value::String(name)) => return named(&self.lists.choices, "list", name),
                ("condition", Value::String(name)) => {
                    return self.resolve(named(&self.lists.conditions, "condition", name)?);
                }
                ("topics", condition) => return self.topics(condition),
                // Known before anything is asked: always or never.
                ("role", Value::String(role)) => {
                    let is_it = role == self.role.slug();
                    return Ok(if is_it {
                        json!({ "all": [] })
                    } else {
                        json!({ "any": [] })
                    });
                }
                _ => {}
            }
        }
        object
            .into_iter()
            .map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("sections", Value::Array(sections)) => self.sections(sections)?,
                    ("questions", Value::Array(questions)) => self.questions(questions)?,
                    (_, value) => self.resolve(value)?,
                };
                Ok((key, value))
            })
            .collect()
    }

    fn sections(&self, sections: Vec<Value>) -> Result<Value, LibraryError> {
        let put_in = |section| match section {
            Value::String(name) => self.resolve(named(&self.sections, "section", &name)?),
            written => self.resolve(written),
        };
        sections.into_iter().map(put_in).collect()
    }

    fn questions(&self, questions: Vec<Value>) -> Result<Value, LibraryError> {
        let put_in = |question| {
            let Value::String(id) = question else {
                return self.resolve(question);
            };
            let mut question = self.resolve(named(&self.questions, "question", &id)?)?;
            if let Value::Object(question) = &mut question {
                let variants = question.remove("variants");
                let own = variants.as_ref().and_then(|all| all.get(self.role.slug()));
                if let Some(Value::Object(own)) = own {
                    question.extend(own.clone());
                }
                question.insert("id".to_owned(), Value::String(id));
            }
            Ok(question)
        };
        questions.into_iter().map(put_in).collect()
    }

    /// The topics of every area in the order of the areas, each under the condition with `$area`
    /// replaced, and under its own.
    fn topics(&self, condition: &Value) -> Result<Value, LibraryError> {
        let mut choices = Vec::new();
        let Value::Array(areas) = named(&self.lists.choices, "list", "areas")? else {
            return Err(LibraryError::Shape("areas are no list".to_owned()));
        };
        for area in areas {
            let id = area.get("id").and_then(Value::as_str).unwrap_or_default();
            let Value::Array(topics) = named(&self.lists.topics, "topics", id)? else {
                return Err(LibraryError::Shape(format!("topics of {id} are no list")));
            };
            let condition = fill_in(condition, id);
            for mut topic in topics {
                if let Value::Object(topic) = &mut topic {
                    let visible = match topic.remove("visible") {
                        Some(own) => json!({ "all": [condition, own] }),
                        None => condition.clone(),
                    };
                    topic.insert("visible".to_owned(), visible);
                    topic.insert(
                        "group".to_owned(),
                        area.get("label").cloned().unwrap_or_default(),
                    );
                }
                choices.push(topic);
            }
        }
        Ok(Value::Array(choices))
    }
}

fn named(
    entries: &Map<String, Value>,
    what: &'static str,
    name: &str,
) -> Result<Value, LibraryError> {
    let entry = entries.get(name).cloned();
    entry.ok_or_else(|| LibraryError::Unknown {
        what,
        name: name.to_owned(),
    })
}

fn fill_in(condition: &Value, area: &str) -> Value {
    match condition {
        Value::String(text) if text == "$area" => Value::String(area.to_owned()),
        Value::Array(values) => values.iter().map(|value| fill_in(value, area)).collect(),
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), fill_in(value, area)))
            .collect(),
        plain => plain.clone(),
    }
}
