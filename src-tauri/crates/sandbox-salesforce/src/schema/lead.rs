//! Lead.

use super::account::{INDUSTRIES, RATINGS};
use super::contact::{ADDED, CLEAN_STATUSES, GEOCODE, LEAD_SOURCES, SALUTATIONS};
use super::field::{Choice, Default, Field, choice};
use super::{DELETED, Definition, LAST_SEEN, ORDINARY, STAMPS};

const STATUSES: &[Choice] = &[
    choice("Open - Not Contacted"),
    choice("Working - Contacted"),
    choice("Closed - Converted"),
    choice("Closed - Not Converted"),
];

const PERSON: &[Field] = &[
    Field::id("Lead ID"),
    Field::reference("MasterRecordId", "Master Record ID", &["Lead"], "MasterRecord"),
    Field::text("LastName", "Last Name", 80).write().required().part_of("Name"),
    Field::text("FirstName", "First Name", 40).write().part_of("Name"),
    Field::picklist("Salutation", "Salutation", 40, SALUTATIONS).write().part_of("Name"),
    Field::text("Name", "Full Name", 121).required().names_the_record(),
    Field::text("Title", "Title", 128).write(),
    Field::text("Company", "Company", 255).write().required(),
    Field::lines("Street", "Street", 255).write().part_of("Address"),
    Field::text("City", "City", 40).write().part_of("Address"),
    Field::text("State", "State/Province", 80).write().part_of("Address"),
    Field::text("PostalCode", "Zip/Postal Code", 20).write().part_of("Address"),
    Field::text("Country", "Country", 80).write().part_of("Address"),
    Field::double("Latitude", "Latitude", 18, 15).write().part_of("Address"),
    Field::double("Longitude", "Longitude", 18, 15).write().part_of("Address"),
    Field::picklist("GeocodeAccuracy", "Geocode Accuracy", 40, GEOCODE).write().restricted().part_of("Address"),
    Field::address("Address", "Address"),
    Field::phone("Phone", "Phone").write(),
    Field::phone("MobilePhone", "Mobile Phone").write(),
    Field::phone("Fax", "Fax").write(),
    Field::email("Email", "Email").write().lookup(),
    Field::url("Website", "Website").write(),
    Field::url("PhotoUrl", "Photo URL"),
    Field::boolean("HasOptedOutOfEmail", "Email Opt Out").write(),
    Field::boolean("HasOptedOutOfFax", "Fax Opt Out").write(),
    Field::boolean("DoNotCall", "Do Not Call").write(),
];

const BUSINESS: &[Field] = &[
    Field::long_text("Description", "Description", 32_000).write(),
    Field::picklist("LeadSource", "Lead Source", 255, LEAD_SOURCES).write(),
    Field::picklist("Status", "Status", 255, STATUSES)
        .write()
        .required()
        .defaults_to(Default::Choice("Open - Not Contacted")),
    Field::picklist("Industry", "Industry", 255, INDUSTRIES).write(),
    Field::picklist("Rating", "Rating", 255, RATINGS).write(),
    Field::currency("AnnualRevenue", "Annual Revenue", 0).write(),
    Field::int("NumberOfEmployees", "Employees", 8).write(),
    Field::reference("OwnerId", "Owner ID", &["Group", "User"], "Owner")
        .write()
        .required()
        .defaults_to(Default::Platform),
    Field::boolean("IsConverted", "Converted").create(),
    Field::date("ConvertedDate", "Converted Date"),
    Field::reference("ConvertedAccountId", "Converted Account ID", &["Account"], "ConvertedAccount"),
    Field::reference("ConvertedContactId", "Converted Contact ID", &["Contact"], "ConvertedContact"),
    Field::reference("ConvertedOpportunityId", "Converted Opportunity ID", &["Opportunity"], "ConvertedOpportunity"),
    Field::boolean("IsUnreadByOwner", "Unread By Owner").write(),
    Field::date("LastActivityDate", "Last Activity"),
    Field::text("Jigsaw", "Data.com Key", 20).write(),
    Field::text("JigsawContactId", "Jigsaw Contact ID", 20),
    Field::picklist("CleanStatus", "Clean Status", 40, CLEAN_STATUSES).write().restricted(),
    Field::text("CompanyDunsNumber", "Company D-U-N-S Number", 9).write(),
    Field::text("EmailBouncedReason", "Email Bounced Reason", 255).update(),
    Field::date_time("EmailBouncedDate", "Email Bounced Date").update(),
];

pub(super) const LEAD: Definition = Definition {
    name: "Lead",
    label: "Lead",
    plural: "Leads",
    prefix: "00Q",
    mergeable: true,
    feed: true,
    scopes: &[("everything", "All leads"), ("mine", "My leads"), ("team", "My team's leads")],
    fields: &[PERSON, BUSINESS, ADDED, DELETED, STAMPS, LAST_SEEN],
    ..ORDINARY
};
