//! Campaign and CampaignMember: a webinar and the people in it.

use super::contact::{LEAD_SOURCES, SALUTATIONS};
use super::field::{Choice, Default, Field, choice};
use super::{DELETED, Definition, LAST_SEEN, ORDINARY, STAMPS};

const TYPES: &[Choice] = &[
    choice("Conference"),
    choice("Webinar"),
    choice("Trade Show"),
    choice("Email"),
    choice("Partners"),
    choice("Other"),
];

const STATUSES: &[Choice] = &[choice("Planned"), choice("In Progress"), choice("Completed"), choice("Aborted")];

const MEMBER_STATUSES: &[Choice] = &[choice("Sent"), choice("Responded")];

const fn count(name: &'static str, label: &'static str) -> Field {
    Field::int(name, label, 8).required().defaults_to(Default::Number(0))
}

const OWN: &[Field] = &[
    Field::id("Campaign ID"),
    Field::text("Name", "Name", 80).write().required().lookup().names_the_record(),
    Field::reference("ParentId", "Parent Campaign ID", &["Campaign"], "Parent").write().children("ChildCampaigns"),
    Field::picklist("Type", "Type", 40, TYPES).write(),
    Field::picklist("Status", "Status", 40, STATUSES).write().defaults_to(Default::Choice("Planned")),
    Field::date("StartDate", "Start Date").write(),
    Field::date("EndDate", "End Date").write(),
    Field::currency("ExpectedRevenue", "Expected Revenue", 0).write(),
    Field::currency("BudgetedCost", "Budgeted Cost", 0).write(),
    Field::currency("ActualCost", "Actual Cost", 0).write(),
    Field::percent("ExpectedResponse", "Expected Response (%)", 10, 2).write(),
    Field::double("NumberSent", "Num Sent", 18, 0).write(),
    Field::boolean("IsActive", "Active").write(),
    Field::long_text("Description", "Description", 32_000).write(),
    count("NumberOfLeads", "Leads in Campaign"),
    count("NumberOfConvertedLeads", "Converted Leads in Campaign"),
    count("NumberOfContacts", "Contacts in Campaign"),
    count("NumberOfResponses", "Responses in Campaign"),
    count("NumberOfOpportunities", "Opportunities in Campaign"),
    count("NumberOfWonOpportunities", "Won Opportunities in Campaign"),
    Field::currency("AmountAllOpportunities", "Value Opportunities in Campaign", 0)
        .required()
        .defaults_to(Default::Number(0)),
    Field::currency("AmountWonOpportunities", "Value Won Opportunities in Campaign", 0)
        .required()
        .defaults_to(Default::Number(0)),
    Field::reference("OwnerId", "Owner ID", &["User"], "Owner").write().required().defaults_to(Default::Platform),
    Field::date("LastActivityDate", "Last Activity"),
];

pub(super) const CAMPAIGN: Definition = Definition {
    name: "Campaign",
    label: "Campaign",
    plural: "Campaigns",
    prefix: "701",
    scopes: &[("everything", "All campaigns"), ("mine", "My campaigns")],
    fields: &[OWN, DELETED, STAMPS, LAST_SEEN],
    ..ORDINARY
};

/// Everything after the status is a mirror of the Lead or Contact.
const MEMBER: &[Field] = &[
    Field::id("Campaign Member ID"),
    Field::reference("CampaignId", "Campaign ID", &["Campaign"], "Campaign")
        .create()
        .required()
        .children("CampaignMembers")
        .cascading(),
    Field::reference("LeadId", "Lead ID", &["Lead"], "Lead").create().children("CampaignMembers").cascading(),
    Field::reference("ContactId", "Contact ID", &["Contact"], "Contact")
        .create()
        .children("CampaignMembers")
        .cascading(),
    Field::picklist("Status", "Status", 40, MEMBER_STATUSES).write().defaults_to(Default::Platform),
    Field::boolean("HasResponded", "Responded"),
    Field::date("FirstRespondedDate", "First Responded Date"),
    Field::picklist("Salutation", "Salutation", 40, SALUTATIONS),
    Field::text("Name", "Full Name", 121).names_the_record(),
    Field::text("FirstName", "First Name", 40),
    Field::text("LastName", "Last Name", 80),
    Field::text("Title", "Title", 128),
    Field::lines("Street", "Street", 255),
    Field::text("City", "City", 40),
    Field::text("State", "State/Province", 80),
    Field::text("PostalCode", "Zip/Postal Code", 20),
    Field::text("Country", "Country", 80),
    Field::email("Email", "Email"),
    Field::phone("Phone", "Phone"),
    Field::phone("Fax", "Fax"),
    Field::phone("MobilePhone", "Mobile"),
    Field::long_text("Description", "Description", 32_000),
    Field::boolean("DoNotCall", "Do Not Call"),
    Field::boolean("HasOptedOutOfEmail", "Email Opt Out"),
    Field::boolean("HasOptedOutOfFax", "Fax Opt Out"),
    Field::picklist("LeadSource", "Lead Source", 255, LEAD_SOURCES),
    Field::text("CompanyOrAccount", "Company (Account)", 255),
    Field::picklist("Type", "Type", 40, &[choice("Lead"), choice("Contact")]),
    Field::reference("LeadOrContactId", "Related Record ID", &["Contact", "Lead"], "LeadOrContact"),
    Field::reference("LeadOrContactOwnerId", "Related Record Owner ID", &["Group", "User"], "LeadOrContactOwner"),
];

pub(super) const CAMPAIGN_MEMBER: Definition = Definition {
    name: "CampaignMember",
    label: "Campaign Member",
    plural: "Campaign Members",
    prefix: "00v",
    searchable: false,
    undeletable: false,
    mru: false,
    fields: &[MEMBER, DELETED, STAMPS],
    ..ORDINARY
};
