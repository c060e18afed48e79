//! Shared Activities: an activity belongs to several people, and relations say who takes part in
//! which way (Object Reference, Event, EventRelation, Task and TaskRelation).
//!
//! Not here: the read-only views `EventWhoRelation` and `TaskWhoRelation`.

use super::field::{Default, Field};
use super::{DELETED, Definition, ORDINARY, STAMPS};

const COUNTS: &[Field] = &[Field::int("WhoCount", "Name Count", 9), Field::int("WhatCount", "Related To Count", 9)];

const RELATED: &[&str] = &["Account", "Calendar", "Campaign", "Case", "Contact", "Lead", "Opportunity", "User"];

const OF_RELATION: &[Field] = &[
    Field::boolean("IsWhat", "Is What"),
    Field::boolean("IsParent", "Is Parent").write(),
    // True for a relation that says nothing about itself: older programs know invitees only.
    Field::boolean("IsInvitee", "Is Invitee").write().defaults_to(Default::Platform),
    Field::reference("AccountId", "Account ID", &["Account"], "Account"),
];

const TASK_RELATION_FIELDS: &[Field] = &[
    Field::id("Task Relation ID"),
    Field::reference("RelationId", "Relation ID", RELATED, "Relation")
        .create()
        .required()
        .children("TaskRelations")
        .cascading(),
    Field::reference("TaskId", "Task ID", &["Task"], "Task").create().required().children("TaskRelations").cascading(),
    Field::boolean("IsWhat", "Is What"),
    Field::reference("AccountId", "Account ID", &["Account"], "Account"),
];

pub(super) const TASK_RELATION: Definition = Definition {
    name: "TaskRelation",
    label: "Task Relation",
    plural: "Task Relations",
    prefix: "0RT",
    searchable: false,
    undeletable: false,
    mru: false,
    updateable: false,
    fields: &[TASK_RELATION_FIELDS, DELETED, STAMPS],
    ..ORDINARY
};

/// Adds what an object has more of, and lets relations name records that are no people.
pub(super) fn share(object: &str, fields: &mut Vec<Field>) {
    match object {
        "Event" | "Task" => fields.extend_from_slice(COUNTS),
        "EventRelation" => {
            fields.extend_from_slice(OF_RELATION);
            for field in fields.iter_mut().filter(|field| field.name == "RelationId") {
                field.reference_to = RELATED;
            }
        }
        _ => {}
    }
}
