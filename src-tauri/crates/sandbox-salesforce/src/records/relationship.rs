//! `/sobjects/T/ID/Relationship`: from a record to its parent or its children
//! (REST API guide, "sObject Relationships").

use super::super::call::{Call, Reply};
use super::super::data::Work;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::FieldType;
use super::super::soql::rest as query;
use super::rest;

/// Follows one relationship after the other; the last one may lead to many.
pub fn follow(
    call: &Call,
    work: &mut Work<'_>,
    name: &'static str,
    id: RecordId,
    relationships: &[&str],
) -> Result<Reply, Refusal> {
    let Some((first, others)) = relationships.split_first() else { return rest::one(call, work, name, id) };
    let object = work.database.object(name).ok_or_else(Refusal::not_found)?;
    if let Some((place, _)) = object.find_relationship(first) {
        let row = work.database.live(name, id).ok_or_else(Refusal::not_found)?;
        let parent = row.get(place).as_id().and_then(|id| work.database.any(id));
        let (target, parent) = parent.filter(|(_, row)| !row.deleted).ok_or_else(Refusal::not_found)?;
        let (target, parent) = (target.name(), parent.id);
        return follow(call, work, target, parent, others);
    }
    let children = work.database.schema.children_of(name).find_map(|(child, _, field)| {
        let is_it = field.children.is_some_and(|own| own.eq_ignore_ascii_case(first));
        is_it.then_some((child, field.name))
    });
    let (child, lookup) = children.filter(|_| others.is_empty()).ok_or_else(Refusal::not_found)?;
    if !call.is_read() {
        return Err(call.not_allowed("GET,HEAD"));
    }
    let fields: Vec<&str> = match call.parameter("fields") {
        Some(list) => rest::selected(child, list)?.into_iter().map(|place| child.fields[place].name).collect(),
        None => child.fields.iter().filter(|field| field.kind != FieldType::Address).map(|field| field.name).collect(),
    };
    let source = format!("SELECT {} FROM {} WHERE {lookup} = '{id}'", fields.join(", "), child.name());
    query::answer(call, work, &source, false)
}
