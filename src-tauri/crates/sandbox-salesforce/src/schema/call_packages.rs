//! What packages that log calls add to an org. Fields of Activity show up on both Event and Task.
//!
//! Zoom's of today (`ZVC__`) makes a Task refer to its call log, and Zoom's number of the call stands in that.
//! RingCentral's (`rcsfl__`) keeps its own numbers on the Task. Both as public programs ask for them. Of Zoom's of
//! before (`zoom_app__`) only the namespace is known: one text stands for what it keeps.

use super::field::{Default, Field};
use super::{DELETED, Definition, ORDINARY, STAMPS};

const CALL_LOG_FIELDS: &[Field] = &[
    Field::id("Record ID"),
    Field::reference("OwnerId", "Owner ID", &["Group", "User"], "Owner")
        .write()
        .required()
        .defaults_to(Default::Platform),
    Field::text("Name", "Zoom Call Log Name", 80).write().names_the_record(),
    Field::text("ZVC__Call_ID__c", "Call ID", 255).write().custom(),
    Field::text("ZVC__Call_Result__c", "Call Result", 255).write().custom(),
    Field::text("ZVC__Call_Type__c", "Call Type", 255).write().custom(),
];

pub(super) const CALL_LOG: Definition = Definition {
    name: "ZVC__Zoom_Call_Log__c",
    label: "Zoom Call Log",
    plural: "Zoom Call Logs",
    prefix: "a01",
    searchable: false,
    mru: false,
    fields: &[CALL_LOG_FIELDS, DELETED, STAMPS],
    ..ORDINARY
};

const OF_ACTIVITY: &[Field] = &[
    Field::reference("ZVC__Zoom_Call_Log__c", "Zoom Call Log", &["ZVC__Zoom_Call_Log__c"], "ZVC__Zoom_Call_Log__r")
        .write()
        .custom(),
    Field::text("zoom_app__Call_Id__c", "Call ID", 255).write().custom(),
    Field::text("rcsfl__CALL_UUID__c", "Call UUID", 255).write().custom(),
    Field::text("rcsfl__CALL_UNIQUE_ID__c", "Call Unique ID", 255).write().custom(),
];

/// What an object has more of where the packages are installed.
pub(super) fn fields(object: &str) -> &'static [Field] {
    if ["Event", "Task"].contains(&object) { OF_ACTIVITY } else { &[] }
}
