//! Shared Activities: `EventWhoIds` and `TaskWhoIds`, and the relations that follow from them and
//! from Who and What. Without that feature none of it happens: the lists are unknown columns.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::{Object, Schema};
use super::database::Database;
use super::row::Row;
use super::write::{Writer, whole_second};

/// An activity has so many contacts, or one lead.
const MOST_CONTACTS: usize = 50;

/// How one kind of activity names its relations.
struct Kind {
    activity: &'static str,
    relation: &'static str,
    parent: &'static str,
    list: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind { activity: "Event", relation: "EventRelation", parent: "EventId", list: "EventWhoIds" },
    Kind { activity: "Task", relation: "TaskRelation", parent: "TaskId", list: "TaskWhoIds" },
];

fn kind_of(object: &Object) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.activity == object.name() && object.has("WhoCount"))
}

/// A body, and the people that it lists apart from its fields.
pub struct Taken<'a> {
    pub body: Cow<'a, Map<String, Value>>,
    /// Nothing where the body has no list; the relations then follow the Who.
    pub people: Option<Vec<RecordId>>,
}

/// Takes the list of people out of a body. Its first is the Who, unless the body names another.
pub fn take<'a>(database: &Database, object: &Object, body: &'a Map<String, Value>) -> Result<Taken<'a>, Refusal> {
    let untouched = Taken { body: Cow::Borrowed(body), people: None };
    let Some(kind) = kind_of(object) else { return Ok(untouched) };
    let Some(name) = body.keys().find(|name| name.eq_ignore_ascii_case(kind.list)) else { return Ok(untouched) };
    let mut rest = body.clone();
    let listed = match rest.remove(name) {
        Some(Value::Array(listed)) => listed,
        Some(Value::Null) | None => Vec::new(),
        Some(_) => return Err(Refusal::parser(format!("{}: a list of ids is required", kind.list))),
    };
    let mut people = listed.iter().map(|value| person(database, kind, value)).collect::<Result<Vec<_>, _>>()?;
    if let Some(who) = rest.get("WhoId").and_then(Value::as_str).and_then(RecordId::parse) {
        people.retain(|id| *id != who);
        people.insert(0, who);
    } else if let Some(first) = people.first() {
        rest.insert("WhoId".to_owned(), Value::from(first.as_str()));
    }
    check_people(&people)?;
    Ok(Taken { body: Cow::Owned(rest), people: Some(people) })
}

/// One entry of the list: a contact or lead that is there.
fn person(database: &Database, kind: &Kind, value: &Value) -> Result<RecordId, Refusal> {
    let id = RecordId::read(value.as_str().unwrap_or_default())?;
    if !is_person(id) {
        return Err(Refusal::integrity(kind.list, format!("Name ID: id value of incorrect type: {id}")));
    }
    match database.any(id) {
        Some((_, row)) if row.deleted => Err(Refusal::deleted().on(kind.list)),
        Some(_) => Ok(id),
        None => Err(Refusal::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id").on(kind.list)),
    }
}

fn is_person(id: RecordId) -> bool {
    ["003", "00Q"].contains(&id.prefix())
}

fn check_people(people: &[RecordId]) -> Result<(), Refusal> {
    let leads = people.iter().filter(|id| id.prefix() == "00Q").count();
    if people.len() > MOST_CONTACTS || (leads > 0 && people.len() > 1) {
        let text = format!("Name ID: an activity has up to {MOST_CONTACTS} contacts or one lead");
        return Err(Refusal::integrity("WhoId", text));
    }
    Ok(())
}

/// An invitation or another relation on its way in.
pub fn relation(
    database: &Database,
    object: &Object,
    row: &mut Row,
    named: impl Fn(&str) -> bool,
) -> Result<(), Refusal> {
    if !object.has("IsWhat") {
        return Ok(());
    }
    let Some(related) = row.named(object, "RelationId").as_id() else { return Ok(()) };
    let is_person = is_person(related);
    row.set_named(object, "IsWhat", Cell::Flag(!is_person && related.prefix() != "005"));
    row.set_named(object, "AccountId", account_of(database, related));
    if object.has("IsInvitee") {
        let is_parent = row.named(object, "IsParent").is_true();
        if !named("IsInvitee") && row.named(object, "IsInvitee").is_empty() {
            row.set_named(object, "IsInvitee", Cell::Flag(!is_parent));
        }
        if is_parent && is_person {
            let mut people = people_of(database, object, row.named(object, "EventId").as_id());
            people.retain(|id| *id != related);
            people.push(related);
            check_people(&people)?;
        }
    }
    Ok(())
}

fn account_of(database: &Database, id: RecordId) -> Cell {
    match database.any(id) {
        Some((target, _)) if target.name() == "Account" => Cell::Id(id),
        Some((target, row)) if target.has("AccountId") => row.named(target, "AccountId").clone(),
        _ => Cell::Empty,
    }
}

fn people_of(database: &Database, relations: &Object, activity: Option<RecordId>) -> Vec<RecordId> {
    parents_of(database, relations, activity)
        .filter_map(|row| row.named(relations, "RelationId").as_id())
        .filter(|id| is_person(*id))
        .collect()
}

/// Relations of an activity that stand for its Who and What; not those of mere invitees.
fn parents_of<'a>(
    database: &'a Database,
    relations: &'a Object,
    activity: Option<RecordId>,
) -> impl Iterator<Item = &'a Row> {
    let parent = if relations.name() == "TaskRelation" { "TaskId" } else { "EventId" };
    database.rows(relations.name()).filter(move |row| {
        let own = activity.is_some() && row.named(relations, parent).as_id() == activity;
        own && !row.deleted && (!relations.has("IsParent") || row.named(relations, "IsParent").is_true())
    })
}

impl Writer<'_> {
    /// Brings the relations of an activity in line with its Who, its What and the people listed.
    pub(super) fn relate(
        &mut self,
        object: &Object,
        id: RecordId,
        before: Option<&Row>,
        listed: Option<Vec<RecordId>>,
    ) {
        let schema = Arc::clone(&self.database.schema);
        let Some((kind, relations)) = kind_of(object).and_then(|kind| Some((kind, schema.object(kind.relation)?)))
        else {
            return;
        };
        let Some(mut row) = self.database.live(object.name(), id).cloned() else { return };
        let who = row.named(object, "WhoId").as_id();
        let what = row.named(object, "WhatId").as_id();
        let people = listed.unwrap_or_else(|| {
            let earlier = before.and_then(|before| before.named(object, "WhoId").as_id());
            let mut people = people_of(self.database, relations, Some(id));
            people.retain(|own| Some(*own) != earlier && Some(*own) != who);
            who.into_iter().chain(people).collect()
        });
        let wanted: Vec<RecordId> = people.iter().copied().chain(what).collect();
        let held: Vec<Row> = parents_of(self.database, relations, Some(id)).cloned().collect();
        for gone in &held {
            let related = gone.named(relations, "RelationId").as_id();
            if related.is_some_and(|related| wanted.contains(&related)) {
                continue;
            }
            if gone.named(relations, "IsInvitee").is_true() {
                let mut invited = gone.clone();
                invited.set_named(relations, "IsParent", Cell::Flag(false));
                self.database.put(relations.name(), invited);
            } else {
                self.bury(&schema, relations, gone.id, "deleted");
            }
        }
        for related in wanted {
            if !held.iter().any(|row| row.named(relations, "RelationId").as_id() == Some(related)) {
                self.add_relation(kind, relations, id, related);
            }
        }
        // The Who that went makes room for the next one.
        row.set_named(object, "WhoId", people.first().map_or(Cell::Empty, |id| Cell::Id(*id)));
        row.set_named(object, "WhoCount", Cell::Whole(i64::try_from(people.len()).unwrap_or(i64::MAX)));
        row.set_named(object, "WhatCount", Cell::Whole(i64::from(what.is_some())));
        self.database.put(object.name(), row);
    }

    fn add_relation(&mut self, kind: &Kind, relations: &Object, activity: RecordId, related: RecordId) {
        let invited = self.database.rows(relations.name()).find(|row| {
            !row.deleted
                && row.named(relations, kind.parent).as_id() == Some(activity)
                && row.named(relations, "RelationId").as_id() == Some(related)
        });
        let mut row = match invited.cloned() {
            Some(invited) => invited,
            None => self.blank(relations),
        };
        row.set_named(relations, kind.parent, Cell::Id(activity));
        row.set_named(relations, "RelationId", Cell::Id(related));
        row.set_named(relations, "IsParent", Cell::Flag(true));
        row.set_named(relations, "IsWhat", Cell::Flag(!is_person(related)));
        if row.named(relations, "IsInvitee").is_empty() {
            row.set_named(relations, "IsInvitee", Cell::Flag(false));
        }
        row.set_named(relations, "AccountId", account_of(self.database, related));
        row.set_named(relations, "LastModifiedById", Cell::Id(self.user));
        row.set_named(relations, "LastModifiedDate", Cell::Moment(whole_second(self.now)));
        row.set_named(relations, "SystemModstamp", Cell::Moment(whole_second(self.now)));
        self.database.put(relations.name(), row);
    }

    /// A relation was written or deleted: the activity counts its people again.
    pub(super) fn recount(&mut self, schema: &Schema, relations: &Object, relation: &Row) {
        let Some(kind) = KINDS.iter().find(|kind| kind.relation == relations.name()) else { return };
        let Some(object) = schema.object(kind.activity).filter(|object| object.has("WhoCount")) else { return };
        let Some(id) = relation.named(relations, kind.parent).as_id() else { return };
        let Some(mut row) = self.database.live(object.name(), id).cloned() else { return };
        let people = people_of(self.database, relations, Some(id));
        let who = row.named(object, "WhoId").as_id().filter(|who| people.contains(who)).or(people.first().copied());
        row.set_named(object, "WhoId", who.map_or(Cell::Empty, Cell::Id));
        row.set_named(object, "WhoCount", Cell::Whole(i64::try_from(people.len()).unwrap_or(i64::MAX)));
        self.database.put(object.name(), row);
    }
}
