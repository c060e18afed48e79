//! Event and EventRelation.

use super::activity::{RECURRENCE_RULE, SUBJECTS, WHAT, WHO};
use super::field::{Choice, Default, Field, choice, labelled};
use super::{DELETED, Definition, ORDINARY, STAMPS};

const SHOW_AS: &[Choice] = &[choice("Busy"), labelled("OutOfOffice", "Out of Office"), choice("Free")];
const GROUP_TYPES: &[Choice] = &[
    labelled("0", "Non-Group Event"),
    labelled("1", "Group Event"),
    labelled("2", "Proposed Event"),
    labelled("3", "IsRecurrence2 Series Pattern"),
];
const SUBTYPES: &[Choice] = &[choice("Event")];
const PATTERN_VERSIONS: &[Choice] = &[labelled("1", "RFC 5545 v4 RRULE"), labelled("2", "RFC 5545 v4 RRULE, extended")];
const ANSWERS: &[Choice] = &[choice("New"), choice("Declined"), choice("Accepted")];

const SCOPES: &[(&str, &str)] = &[("everything", "All events"), ("mine", "My events"), ("team", "My team's events")];

const OWN: &[Field] = &[
    Field::id("Activity ID"),
    WHO.children("Events").cascading(),
    WHAT.children("Events").cascading(),
    Field::combobox("Subject", "Subject", SUBJECTS).write().names_the_record(),
    Field::text("Location", "Location", 255).write(),
    Field::boolean("IsAllDayEvent", "All-Day Event").write(),
    Field::date_time("ActivityDateTime", "Due Date Time").write(),
    Field::date("ActivityDate", "Due Date Only").write(),
    Field::int("DurationInMinutes", "Duration", 8).write(),
    Field::date_time("StartDateTime", "Start Date Time").write(),
    Field::date_time("EndDateTime", "End Date Time").write(),
    Field::date("EndDate", "End Date"),
    Field::long_text("Description", "Description", 32_000).write(),
    Field::reference("AccountId", "Account ID", &["Account"], "Account"),
    Field::reference("OwnerId", "Assigned To ID", &["Calendar", "User"], "Owner")
        .write()
        .required()
        .defaults_to(Default::Platform),
    Field::boolean("IsPrivate", "Private").write(),
    Field::picklist("ShowAs", "Show Time As", 40, SHOW_AS).write().restricted().defaults_to(Default::Choice("Busy")),
    Field::boolean("IsChild", "Is Child"),
    Field::boolean("IsGroupEvent", "Is Group Event"),
    Field::picklist("GroupEventType", "Group Event Type", 40, GROUP_TYPES)
        .restricted()
        .defaults_to(Default::Choice("0")),
    Field::boolean("IsArchived", "Archived"),
    Field::reference("RecurrenceActivityId", "Recurrence Activity ID", &["Event"], ""),
    Field::boolean("IsRecurrence", "Create Recurring Series of Events").create(),
    Field::date_time("RecurrenceStartDateTime", "Recurrence Start").write(),
    Field::date("RecurrenceEndDateOnly", "Recurrence End").write(),
];

const TAIL: &[Field] = &[
    Field::date_time("ReminderDateTime", "Reminder Date/Time").write(),
    Field::boolean("IsReminderSet", "Reminder Set").write(),
    Field::picklist("EventSubtype", "Event Subtype", 40, SUBTYPES).create().restricted(),
    Field::boolean("IsRecurrence2Exclusion", "Historical Event, Not Following Recurrence"),
    Field::long_text("Recurrence2PatternText", "Recurrence Pattern", 512).create(),
    Field::picklist("Recurrence2PatternVersion", "Pattern Version", 40, PATTERN_VERSIONS).restricted(),
    Field::boolean("IsRecurrence2", "Repeat"),
    Field::boolean("IsRecurrence2Exception", "Is Exception"),
    Field::date_time("Recurrence2PatternStartDate", "Recurrence Pattern Start Date"),
    Field::text("Recurrence2PatternTimeZone", "Recurrence Pattern Time Zone Reference", 255),
];

pub(super) const EVENT: Definition = Definition {
    name: "Event",
    label: "Event",
    plural: "Events",
    prefix: "00U",
    scopes: SCOPES,
    fields: &[OWN, RECURRENCE_RULE, TAIL, DELETED, STAMPS],
    ..ORDINARY
};

const RELATION: &[Field] = &[
    Field::id("Event Relation ID"),
    Field::reference("RelationId", "Relation ID", &["Calendar", "Contact", "Lead", "User"], "Relation")
        .create()
        .required()
        .children("EventRelations")
        .cascading(),
    Field::reference("EventId", "Event ID", &["Event"], "Event")
        .create()
        .required()
        .children("EventRelations")
        .cascading(),
    Field::picklist("Status", "Status", 40, ANSWERS).write().restricted().defaults_to(Default::Choice("New")),
    Field::date_time("RespondedDate", "Response Date").write(),
    Field::text("Response", "Comment", 255).write(),
];

pub(super) const EVENT_RELATION: Definition = Definition {
    name: "EventRelation",
    label: "Event Relation",
    plural: "Event Relations",
    prefix: "0RE",
    searchable: false,
    undeletable: false,
    mru: false,
    fields: &[RELATION, DELETED, STAMPS],
    ..ORDINARY
};
