//! What a lookup may point to: the right object, an existing row, and the Who and What rules of
//! activities (Object Reference, Event and Task).

use serde_json::{Map, Value};

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::{Field, Object};
use super::database::Database;
use super::row::Row;

/// Checks one lookup that the body names.
pub fn check_target(database: &Database, field: &Field, id: RecordId) -> Result<(), Refusal> {
    let target = database.schema.by_prefix(id.prefix());
    let Some(target) = target.filter(|target| field.reference_to.contains(&target.name())) else {
        return Err(Refusal::integrity(field.name, format!("{}: id value of incorrect type: {id}", field.label)));
    };
    match database.row(target.name(), id) {
        None => Err(Refusal::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id").on(field.name)),
        Some(row) if row.deleted => Err(Refusal::deleted().on(field.name)),
        Some(row) if field.name == "WhoId" && row.named(target, "IsConverted").is_true() => {
            Err(Refusal::new("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead").on(field.name))
        }
        Some(row) if target.name() == "User" && !row.named(target, "IsActive").is_true() => {
            Err(Refusal::new("INACTIVE_OWNER_OR_USER", "operation performed with inactive user").on(field.name))
        }
        Some(_) => Ok(()),
    }
}

/// Finds the row that a nested object such as `"Account": {"Key__c": "v"}` means.
pub fn resolve_nested(database: &Database, field: &Field, nested: &Map<String, Value>) -> Result<RecordId, Refusal> {
    let named_type = nested.get("attributes").and_then(|attributes| attributes.get("type")).and_then(Value::as_str);
    let target = match (named_type, field.reference_to) {
        (Some(name), targets) if targets.iter().any(|target| target.eq_ignore_ascii_case(name)) => name,
        (None, [only]) => only,
        _ => {
            let text = format!("The relationship of {} needs attributes.type with one of its objects", field.name);
            return Err(Refusal::new("INVALID_FIELD", text).on(field.name));
        }
    };
    let object = database.object(target).ok_or_else(|| Refusal::no_such_type(target))?;
    let mut keys = nested.iter().filter(|(name, _)| *name != "attributes");
    let (Some((name, value)), None) = (keys.next(), keys.next()) else {
        let text = format!("More or less than 1 external id field specified in the relationship of {}", field.name);
        return Err(Refusal::new("INVALID_FIELD", text).on(field.name));
    };
    let found = object.find(name).filter(|(_, own)| own.external_id || own.id_lookup);
    let (Some((place, _)), Some(value)) = (found, value.as_str()) else {
        return Err(Refusal::new(
            "INVALID_FIELD",
            format!("{name} is not an External ID or indexed field for {target}"),
        ));
    };
    match database.holding(object, place, value).as_slice() {
        [only] => Ok(*only),
        [] => {
            let text = format!("Foreign key external ID: {value} not found for field {name} in entity {target}");
            Err(Refusal::new("INVALID_FIELD", text))
        }
        _ => {
            let text = format!("Foreign key external ID: {value} was found several times in entity {target}");
            Err(Refusal::new("DUPLICATE_EXTERNAL_ID", text))
        }
    }
}

/// A Lead as Who stands alone; private events stand alone too.
pub fn check_activity(object: &Object, row: &Row) -> Result<(), Refusal> {
    let who = row.named(object, "WhoId").as_id();
    let what = row.named(object, "WhatId").as_id();
    if who.is_some_and(|id| id.prefix() == "00Q") && what.is_some() {
        let text = "Related To ID: an activity of a lead cannot be related to another record";
        return Err(Refusal::integrity("WhatId", text));
    }
    if row.named(object, "IsPrivate").is_true() && (who.is_some() || what.is_some()) {
        return Err(Refusal::integrity("IsPrivate", "Private: a private event cannot be related to other records"));
    }
    Ok(())
}

/// The account of an activity: that of What, else that of the contact.
pub fn account_of_activity(database: &Database, object: &Object, row: &Row) -> Cell {
    let from = |id: RecordId| match database.any(id) {
        Some((target, _)) if target.name() == "Account" => Cell::Id(id),
        Some((target, row)) if ["Opportunity", "Contact", "Case"].contains(&target.name()) => {
            row.named(target, "AccountId").clone()
        }
        _ => Cell::Empty,
    };
    match row.named(object, "WhatId").as_id().map(from) {
        Some(account) if !account.is_empty() => account,
        _ => row.named(object, "WhoId").as_id().map_or(Cell::Empty, from),
    }
}
