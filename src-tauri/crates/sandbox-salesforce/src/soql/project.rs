//! Rows of a plan as the JSON of an answer.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::super::ids::RecordId;
use super::super::records::rest::{attributes, field_json, record_url};
use super::super::records::{Database, Row};
use super::super::schema::Object;
use super::path::pseudo_value;
use super::plan::{Plan, Shown};
use super::run;

/// What is the same for all records of an answer.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub database: &'a Database,
    /// `/services/data/v68.0`.
    pub base: &'a str,
    pub user: RecordId,
    pub all: bool,
}

/// The records of one page.
pub fn records(frame: Frame<'_>, object: &str, rows: &[&Row], shown: &[Shown]) -> Vec<Value> {
    let children: Vec<ChildRows<'_>> = shown
        .iter()
        .filter_map(|entry| match entry {
            Shown::Children { lookup, plan, .. } => Some(child_rows(frame, *lookup, plan)),
            _ => None,
        })
        .collect();
    rows.iter().map(|row| record(frame, object, row, shown, &children)).collect()
}

/// Sorted rows of a sub-query by their parent.
type ChildRows<'a> = HashMap<RecordId, Vec<&'a Row>>;

fn child_rows<'a>(frame: Frame<'a>, lookup: usize, plan: &Plan) -> ChildRows<'a> {
    let found = run::matching(frame.database, plan, frame.user, frame.all);
    let mut by_parent: ChildRows<'a> = HashMap::new();
    for row in run::sorted(frame.database, found, &plan.order) {
        if let Some(parent) = row.get(lookup).as_id() {
            by_parent.entry(parent).or_default().push(row);
        }
    }
    by_parent
}

fn record(frame: Frame<'_>, object: &str, row: &Row, shown: &[Shown], children: &[ChildRows<'_>]) -> Value {
    let mut record = Map::new();
    record.insert("attributes".to_owned(), attributes(object, &record_url(frame.base, object, row.id)));
    let Some(schema) = frame.database.object(object) else { return Value::Object(record) };
    let mut next_child = children.iter();
    for entry in shown {
        match entry {
            Shown::Field { place, alias, applied } => {
                let name = alias.clone().unwrap_or_else(|| schema.fields[*place].name.to_owned());
                let value = applied.map(|applied| applied.to(row.get(*place)).to_json());
                record.insert(name, value.unwrap_or_else(|| field_json(schema, row, *place)));
            }
            Shown::Parent { relationship, lookup, target, shown } => {
                let parent = parent_of(frame, row, *lookup);
                let value = parent.map_or(Value::Null, |parent| self::record(frame, target, parent, shown, &[]));
                record.insert((*relationship).to_owned(), value);
            }
            Shown::Pseudo { relationship, lookup, fields } => {
                let parent = parent_of(frame, row, *lookup);
                let value = parent.map_or(Value::Null, |parent| pseudo(frame, parent, fields, "Name"));
                record.insert((*relationship).to_owned(), value);
            }
            Shown::TypeOf { relationship, lookup, branches, otherwise } => {
                let parent = parent_of(frame, row, *lookup);
                let value = parent.map_or(Value::Null, |parent| type_of(frame, parent, branches, otherwise));
                record.insert((*relationship).to_owned(), value);
            }
            Shown::Children { relationship, plan, .. } => {
                let rows = next_child.next().and_then(|by_parent| by_parent.get(&row.id));
                record.insert((*relationship).to_owned(), child_answer(frame, rows, plan));
            }
        }
    }
    Value::Object(record)
}

fn parent_of<'a>(frame: Frame<'a>, row: &Row, lookup: usize) -> Option<&'a Row> {
    frame.database.any(row.get(lookup).as_id()?).map(|(_, parent)| parent)
}

fn pseudo(frame: Frame<'_>, parent: &Row, fields: &[&'static str], shown_type: &str) -> Value {
    let object = frame.database.schema.by_prefix(parent.id.prefix()).map_or("Name", Object::name);
    let mut value = Map::new();
    value.insert("attributes".to_owned(), attributes(shown_type, &record_url(frame.base, object, parent.id)));
    for field in fields {
        value.insert((*field).to_owned(), pseudo_value(frame.database, parent, field).to_json());
    }
    Value::Object(value)
}

fn type_of(
    frame: Frame<'_>,
    parent: &Row,
    branches: &[(&'static str, Vec<Shown>)],
    otherwise: &[&'static str],
) -> Value {
    let object = frame.database.schema.by_prefix(parent.id.prefix()).map_or("Name", Object::name);
    match branches.iter().find(|(name, _)| *name == object) {
        Some((name, shown)) => record(frame, name, parent, shown, &[]),
        None => pseudo(frame, parent, otherwise, object),
    }
}

fn child_answer(frame: Frame<'_>, rows: Option<&Vec<&Row>>, plan: &Plan) -> Value {
    let super::plan::Output::Records(shown) = &plan.output else { return Value::Null };
    let rows = run::cut(rows.cloned().unwrap_or_default(), plan);
    if rows.is_empty() {
        return Value::Null;
    }
    let records = records(frame, plan.object, &rows, shown);
    json!({ "totalSize": records.len(), "done": true, "records": records })
}
