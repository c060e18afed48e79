//! Task: a Zoom Phone call becomes one.

use super::activity::{RECURRENCE_RULE, SUBJECTS, WHAT, WHO};
use super::field::{Choice, Default, Field, choice, labelled};
use super::{DELETED, Definition, ORDINARY, STAMPS};

const STATUSES: &[Choice] = &[
    choice("Not Started"),
    choice("In Progress"),
    choice("Completed"),
    choice("Waiting on someone else"),
    choice("Deferred"),
];
const PRIORITIES: &[Choice] = &[choice("High"), choice("Normal"), choice("Low")];
const CALL_TYPES: &[Choice] = &[choice("Internal"), choice("Inbound"), choice("Outbound")];
const SUBTYPES: &[Choice] = &[
    choice("Task"),
    choice("Email"),
    labelled("ListEmail", "List Email"),
    choice("Cadence"),
    choice("Call"),
    choice("LinkedIn"),
];
const REGENERATED: &[Choice] = &[
    labelled("RecurrenceRegenerateAfterDueDate", "After due date"),
    labelled("RecurrenceRegenerateAfterToday", "After date completed"),
    labelled("RecurrenceRegenerated", "Task closed"),
];

const OWN: &[Field] = &[
    Field::id("Activity ID"),
    WHO.children("Tasks").cascading(),
    WHAT.children("Tasks").cascading(),
    Field::combobox("Subject", "Subject", SUBJECTS).write().names_the_record(),
    Field::date("ActivityDate", "Due Date Only").write(),
    Field::picklist("Status", "Status", 255, STATUSES).write().required().defaults_to(Default::Choice("Not Started")),
    Field::picklist("Priority", "Priority", 255, PRIORITIES).write().required().defaults_to(Default::Choice("Normal")),
    Field::boolean("IsHighPriority", "High Priority"),
    Field::reference("OwnerId", "Assigned To ID", &["Group", "User"], "Owner")
        .write()
        .required()
        .defaults_to(Default::Platform),
    Field::long_text("Description", "Description", 32_000).write(),
    Field::reference("AccountId", "Account ID", &["Account"], "Account"),
    Field::boolean("IsClosed", "Closed"),
    Field::boolean("IsArchived", "Archived"),
    Field::int("CallDurationInSeconds", "Call Duration", 8).write(),
    Field::picklist("CallType", "Call Type", 40, CALL_TYPES).write().restricted(),
    Field::text("CallDisposition", "Call Result", 255).write(),
    Field::text("CallObject", "Call Object Identifier", 255).write(),
    Field::date_time("ReminderDateTime", "Reminder Date/Time").write(),
    Field::boolean("IsReminderSet", "Reminder Set").write(),
    Field::reference("RecurrenceActivityId", "Recurrence Activity ID", &["Task"], ""),
    Field::boolean("IsRecurrence", "Create Recurring Series of Tasks").create(),
    Field::date("RecurrenceStartDateOnly", "Recurrence Start").write(),
    Field::date("RecurrenceEndDateOnly", "Recurrence End").write(),
];

const TAIL: &[Field] = &[
    Field::picklist("RecurrenceRegeneratedType", "Repeat This Task", 40, REGENERATED).write().restricted(),
    Field::picklist("TaskSubtype", "Task Subtype", 40, SUBTYPES).create().restricted(),
    Field::date_time("CompletedDateTime", "Completed Date"),
];

pub(super) const TASK: Definition = Definition {
    name: "Task",
    label: "Task",
    plural: "Tasks",
    prefix: "00T",
    feed: true,
    scopes: &[("everything", "All tasks"), ("mine", "My tasks"), ("team", "My team's tasks")],
    fields: &[OWN, RECURRENCE_RULE, TAIL, DELETED, STAMPS],
    ..ORDINARY
};
