//! Records from raw rows: read with the types of their fields, kept as they are, and only what they
//! leave out is derived.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::{FieldType, Object};
use super::database::Database;
use super::derive::{self, Context};
use super::input;
use super::relations;
use super::row::Row;

/// Stamps of a record that does not give its own, in the order in which one follows the other.
const MOMENTS: [&str; 3] = ["CreatedDate", "LastModifiedDate", "SystemModstamp"];

/// Puts one row in, as it is; answers with its id.
pub fn put(
    database: &mut Database,
    object: &str,
    given: &Map<String, Value>,
    (user, now): (RecordId, DateTime<Utc>),
) -> Result<RecordId, Refusal> {
    let schema = Arc::clone(&database.schema);
    let object = schema.object(object).ok_or_else(|| Refusal::no_such_type(object))?;
    let id = match given.get("Id").and_then(Value::as_str) {
        None => database.fresh_id(object.definition.prefix),
        Some(text) => RecordId::read(text).map_err(|refusal| refusal.on("Id"))?,
    };
    if id.prefix() != object.definition.prefix {
        let text = format!("{}: id value of incorrect type: {id}", object.fields[0].label);
        return Err(Refusal::new("MALFORMED_ID", text).on("Id"));
    }
    let mut row = Row::with_defaults(object, id);
    for field in ["OwnerId", "CreatedById", "LastModifiedById"] {
        row.set_named(object, field, Cell::Id(user));
    }
    for (place, cell) in cells(object, given)? {
        row.set(place, cell);
    }
    let mut stamp = now;
    for field in MOMENTS {
        stamp = row.named(object, field).as_moment().unwrap_or(stamp);
        row.set_named(object, field, Cell::Moment(stamp));
    }
    row.deleted = row.named(object, "IsDeleted").is_true();
    database.put(object.name(), row);
    Ok(id)
}

/// Checks where a row leads to and derives what it leaves out. What it gives stays.
pub fn settle(
    database: &mut Database,
    object: &str,
    id: RecordId,
    given: &Map<String, Value>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let schema = Arc::clone(&database.schema);
    let object = schema.object(object).ok_or_else(|| Refusal::no_such_type(object))?;
    let Some(mut row) = database.row(object.name(), id).cloned() else { return Err(Refusal::not_found()) };
    let cells = cells(object, given)?;
    let mut draft = input::Draft::default();
    for (place, cell) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
        if let (Cell::Id(target), false) = (cell, object.fields[*place].kind == FieldType::Id) {
            check_target(database, &object.fields[*place], *target)?;
        }
        draft.set(*place, cell.clone());
    }
    derive::apply(Context { database, object, draft: &draft, before: None, now }, &mut row)?;
    // A derivation fills what is missing; it corrects nothing that the row says.
    for (place, cell) in cells {
        row.set(place, cell);
    }
    if let Some((key, _)) = Database::unique_keys(object, &row)
        .into_iter()
        .find(|(key, value)| database.by_key(object.name(), key, value).is_some_and(|holder| holder != id))
    {
        return Err(Refusal::new("DUPLICATE_VALUE", format!("another record has this {key}")).on(key));
    }
    database.put(object.name(), row);
    Ok(())
}

/// A row may point to what is deleted, converted or inactive, but not to nothing.
fn check_target(database: &Database, field: &super::super::schema::Field, id: RecordId) -> Result<(), Refusal> {
    match relations::check_target(database, field, id) {
        Err(refusal)
            if ["ENTITY_IS_DELETED", "CANNOT_UPDATE_CONVERTED_LEAD", "INACTIVE_OWNER_OR_USER"]
                .contains(&refusal.code) =>
        {
            Ok(())
        }
        other => other,
    }
}

fn cells(object: &Object, given: &Map<String, Value>) -> Result<Vec<(usize, Cell)>, Refusal> {
    let mut cells = Vec::new();
    for (name, value) in given.iter().filter(|(name, _)| !["attributes", "Id"].contains(&name.as_str())) {
        let (place, field) =
            object.find(name).ok_or_else(|| Refusal::no_such_column(name, object.name()).on(name.clone()))?;
        if field.kind == FieldType::Address {
            continue;
        }
        cells.push((place, input::read_value(field, value).map_err(|refusal| named(refusal, field.name))?));
    }
    Ok(cells)
}

fn named(refusal: Refusal, field: &str) -> Refusal {
    if refusal.fields.is_empty() { refusal.on(field) } else { refusal }
}
