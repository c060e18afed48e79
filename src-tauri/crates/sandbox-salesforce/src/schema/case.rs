//! Case.

use super::field::{Choice, Default, Field, choice};
use super::{DELETED, Definition, LAST_SEEN, ORDINARY, STAMPS};

const STATUSES: &[Choice] = &[choice("New"), choice("Working"), choice("Escalated"), choice("Closed")];
const ORIGINS: &[Choice] = &[choice("Phone"), choice("Email"), choice("Web")];
const PRIORITIES: &[Choice] = &[choice("High"), choice("Medium"), choice("Low")];
const TYPES: &[Choice] = &[choice("Mechanical"), choice("Electrical"), choice("Other")];
const REASONS: &[Choice] = &[choice("Installation"), choice("Performance"), choice("Breakdown"), choice("Other")];

const OWN: &[Field] = &[
    Field::id("Case ID"),
    Field::reference("MasterRecordId", "Master Record ID", &["Case"], "MasterRecord"),
    Field::text("CaseNumber", "Case Number", 30)
        .required()
        .lookup()
        .names_the_record()
        .ungroupable()
        .defaults_to(Default::Platform),
    Field::reference("ContactId", "Contact ID", &["Contact"], "Contact").write().children("Cases"),
    Field::reference("AccountId", "Account ID", &["Account"], "Account").write().children("Cases"),
    Field::reference("ParentId", "Parent Case ID", &["Case"], "Parent").write().children("Cases"),
    Field::text("SuppliedName", "Name", 80).write(),
    Field::email("SuppliedEmail", "Email Address").write(),
    Field::text("SuppliedPhone", "Phone", 40).write(),
    Field::text("SuppliedCompany", "Company", 80).write(),
    Field::picklist("Type", "Case Type", 40, TYPES).write(),
    Field::picklist("Status", "Status", 40, STATUSES).write().defaults_to(Default::Choice("New")),
    Field::picklist("Reason", "Case Reason", 40, REASONS).write(),
    Field::picklist("Origin", "Case Origin", 40, ORIGINS).write(),
    Field::text("Subject", "Subject", 255).write(),
    Field::picklist("Priority", "Priority", 40, PRIORITIES).write().defaults_to(Default::Choice("Medium")),
    Field::long_text("Description", "Description", 32_000).write(),
    Field::boolean("IsClosed", "Closed"),
    Field::date_time("ClosedDate", "Closed Date"),
    Field::boolean("IsEscalated", "Escalated").write(),
    Field::reference("OwnerId", "Owner ID", &["Group", "User"], "Owner")
        .write()
        .required()
        .defaults_to(Default::Platform),
    Field::phone("ContactPhone", "Contact Phone"),
    Field::phone("ContactMobile", "Contact Mobile"),
    Field::email("ContactEmail", "Contact Email"),
    Field::phone("ContactFax", "Contact Fax"),
    Field::lines("Comments", "Internal Comments", 4_000).write().unfilterable().ungroupable(),
];

pub(super) const CASE: Definition = Definition {
    name: "Case",
    label: "Case",
    plural: "Cases",
    prefix: "500",
    feed: true,
    scopes: &[("everything", "All cases"), ("mine", "My cases"), ("team", "My team's cases")],
    fields: &[OWN, DELETED, STAMPS, LAST_SEEN],
    ..ORDINARY
};
