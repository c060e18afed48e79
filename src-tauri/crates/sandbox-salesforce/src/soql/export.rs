//! A query as a flat table: what a bulk query can ask and how its cells are written.

use chrono::{DateTime, Utc};

use super::super::cell::Cell;
use super::super::org::Org;
use super::super::records::{Database, Row};
use super::super::refusal::Refusal;
use super::super::schema::{FieldType, Object};
use super::binding::{self, Setting};
use super::path::pseudo_value;
use super::plan::{Output, Plan, Shown};
use super::{parser, run};

/// A header and its rows, as text.
#[derive(Debug)]
pub struct Export {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Refuses what a bulk query cannot do; answers with the object that it reads.
pub fn check_export(
    database: &Database,
    source: &str,
    org: &Org,
    now: DateTime<Utc>,
    all: bool,
) -> Result<&'static str, Refusal> {
    plan(database, source, org, now, all).map(|plan| plan.object)
}

/// Runs a query into a table.
pub fn export(database: &Database, source: &str, org: &Org, now: DateTime<Utc>, all: bool) -> Result<Export, Refusal> {
    let plan = plan(database, source, org, now, all)?;
    let (Output::Records(shown), Some(object)) = (&plan.output, database.object(plan.object)) else {
        return Err(Refusal::not_found());
    };
    let mut columns = Vec::new();
    name_columns(database, object, shown, "", &mut columns);
    let rows = run::rows(database, &plan, org.user_id, all)
        .into_iter()
        .map(|row| {
            let mut cells = Vec::with_capacity(columns.len());
            fill(database, Some(row), shown, &mut cells);
            cells
        })
        .collect();
    Ok(Export { columns, rows })
}

fn plan(database: &Database, source: &str, org: &Org, now: DateTime<Utc>, all: bool) -> Result<Plan, Refusal> {
    let parsed = parser::parse(source)?;
    let setting = Setting { database, source, now, zone: org.zone, user: org.user_id, all };
    let plan = binding::bind(setting, &parsed)?;
    let unsupported = |text: &str| Err(Refusal::new("API_ERROR", format!("{text} not supported in Bulk Query")));
    let Output::Records(shown) = &plan.output else { return unsupported("Aggregate Relationships") };
    if parsed.offset.is_some() {
        return unsupported("OFFSET clause");
    }
    for entry in shown {
        match entry {
            Shown::Children { .. } => return unsupported("Nested queries are"),
            Shown::TypeOf { .. } => return unsupported("TYPEOF clause"),
            Shown::Field { place, .. } if is_compound(database, plan.object, *place) => {
                let text = "Selecting compound data not supported in Bulk Query";
                return Err(Refusal::new("FUNCTIONALITY_NOT_ENABLED", text).with_status(400));
            }
            _ => {}
        }
    }
    Ok(plan)
}

fn is_compound(database: &Database, object: &str, place: usize) -> bool {
    let field = database.object(object).and_then(|object| object.fields.get(place));
    field.is_some_and(|field| field.kind == FieldType::Address)
}

fn name_columns(database: &Database, object: &Object, shown: &[Shown], prefix: &str, columns: &mut Vec<String>) {
    for entry in shown {
        match entry {
            Shown::Field { place, alias, .. } => {
                let own = object.fields[*place].name;
                columns.push(format!("{prefix}{}", alias.as_deref().unwrap_or(own)));
            }
            Shown::Parent { relationship, target, shown, .. } => {
                if let Some(target) = database.object(target) {
                    name_columns(database, target, shown, &format!("{prefix}{relationship}."), columns);
                }
            }
            Shown::Pseudo { relationship, fields, .. } => {
                columns.extend(fields.iter().map(|field| format!("{prefix}{relationship}.{field}")));
            }
            Shown::TypeOf { .. } | Shown::Children { .. } => {}
        }
    }
}

fn fill(database: &Database, row: Option<&Row>, shown: &[Shown], cells: &mut Vec<String>) {
    let parent = |lookup: usize| {
        let id = row?.get(lookup).as_id()?;
        database.any(id).map(|(_, parent)| parent)
    };
    for entry in shown {
        match entry {
            Shown::Field { place, applied, .. } => cells.push(row.map_or_else(String::new, |row| {
                let cell = row.get(*place);
                applied.map_or_else(|| text(cell), |applied| text(&applied.to(cell)))
            })),
            Shown::Parent { lookup, shown, .. } => fill(database, parent(*lookup), shown, cells),
            Shown::Pseudo { lookup, fields, .. } => {
                let parent = parent(*lookup);
                cells.extend(fields.iter().map(|field| {
                    parent.map_or_else(String::new, |parent| text(&pseudo_value(database, parent, field)))
                }));
            }
            Shown::TypeOf { .. } | Shown::Children { .. } => {}
        }
    }
}

/// dateTimes of bulk results end in `Z`.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Moment(at) => at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
        Cell::Text(text) => text.to_string(),
        Cell::Id(id) => id.as_str().to_owned(),
        Cell::Flag(_) | Cell::Whole(_) | Cell::Real(_) | Cell::Day(_) => match cell.to_json() {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        },
    }
}
