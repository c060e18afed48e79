//! Contact.

use super::field::{Choice, Default, Field, choice, labelled};
use super::{DELETED, Definition, LAST_SEEN, ORDINARY, STAMPS};

pub(super) const SALUTATIONS: &[Choice] =
    &[choice("Mr."), choice("Ms."), choice("Mrs."), choice("Dr."), choice("Prof."), choice("Mx.")];

pub(super) const LEAD_SOURCES: &[Choice] =
    &[choice("Web"), choice("Phone Inquiry"), choice("Partner Referral"), choice("Purchased List"), choice("Other")];

pub(super) const GEOCODE: &[Choice] = &[
    choice("Address"),
    labelled("NearAddress", "Near Address"),
    choice("Block"),
    choice("Street"),
    labelled("ExtendedZip", "Extended Zip"),
    choice("Zip"),
    choice("Neighborhood"),
    choice("City"),
    choice("County"),
    choice("State"),
    choice("Unknown"),
];

pub(super) const CLEAN_STATUSES: &[Choice] = &[
    labelled("Matched", "In Sync"),
    choice("Different"),
    labelled("Acknowledged", "Reviewed"),
    labelled("NotFound", "Not Found"),
    choice("Inactive"),
    labelled("Pending", "Not Compared"),
    labelled("SelectMatch", "Select Match"),
    choice("Skipped"),
];

const PERSON: &[Field] = &[
    Field::id("Contact ID"),
    Field::reference("MasterRecordId", "Master Record ID", &["Contact"], "MasterRecord"),
    Field::reference("AccountId", "Account ID", &["Account"], "Account").write().children("Contacts").cascading(),
    Field::text("LastName", "Last Name", 80).write().required().part_of("Name"),
    Field::text("FirstName", "First Name", 40).write().part_of("Name"),
    Field::picklist("Salutation", "Salutation", 40, SALUTATIONS).write().part_of("Name"),
    Field::text("Name", "Full Name", 121).required().names_the_record(),
];

const ADDRESSES: &[Field] = &[
    Field::lines("OtherStreet", "Other Street", 255).write().part_of("OtherAddress"),
    Field::text("OtherCity", "Other City", 40).write().part_of("OtherAddress"),
    Field::text("OtherState", "Other State/Province", 80).write().part_of("OtherAddress"),
    Field::text("OtherPostalCode", "Other Zip/Postal Code", 20).write().part_of("OtherAddress"),
    Field::text("OtherCountry", "Other Country", 80).write().part_of("OtherAddress"),
    Field::double("OtherLatitude", "Other Latitude", 18, 15).write().part_of("OtherAddress"),
    Field::double("OtherLongitude", "Other Longitude", 18, 15).write().part_of("OtherAddress"),
    Field::picklist("OtherGeocodeAccuracy", "Other Geocode Accuracy", 40, GEOCODE)
        .write()
        .restricted()
        .part_of("OtherAddress"),
    Field::address("OtherAddress", "Other Address"),
    Field::lines("MailingStreet", "Mailing Street", 255).write().part_of("MailingAddress"),
    Field::text("MailingCity", "Mailing City", 40).write().part_of("MailingAddress"),
    Field::text("MailingState", "Mailing State/Province", 80).write().part_of("MailingAddress"),
    Field::text("MailingPostalCode", "Mailing Zip/Postal Code", 20).write().part_of("MailingAddress"),
    Field::text("MailingCountry", "Mailing Country", 80).write().part_of("MailingAddress"),
    Field::double("MailingLatitude", "Mailing Latitude", 18, 15).write().part_of("MailingAddress"),
    Field::double("MailingLongitude", "Mailing Longitude", 18, 15).write().part_of("MailingAddress"),
    Field::picklist("MailingGeocodeAccuracy", "Mailing Geocode Accuracy", 40, GEOCODE)
        .write()
        .restricted()
        .part_of("MailingAddress"),
    Field::address("MailingAddress", "Mailing Address"),
];

const REACH: &[Field] = &[
    Field::phone("Phone", "Business Phone").write(),
    Field::phone("Fax", "Business Fax").write(),
    Field::phone("MobilePhone", "Mobile Phone").write(),
    Field::phone("HomePhone", "Home Phone").write(),
    Field::phone("OtherPhone", "Other Phone").write(),
    Field::phone("AssistantPhone", "Asst. Phone").write(),
    Field::reference("ReportsToId", "Reports To ID", &["Contact"], "ReportsTo").write(),
    Field::email("Email", "Email").write().lookup(),
    Field::text("Title", "Title", 128).write(),
    Field::text("Department", "Department", 80).write(),
    Field::text("AssistantName", "Assistant's Name", 40).write(),
    Field::picklist("LeadSource", "Lead Source", 255, LEAD_SOURCES).write(),
    Field::date("Birthdate", "Birthdate").write(),
    Field::long_text("Description", "Contact Description", 32_000).write(),
    Field::reference("OwnerId", "Owner ID", &["User"], "Owner").write().required().defaults_to(Default::Platform),
    Field::boolean("HasOptedOutOfEmail", "Email Opt Out").write(),
    Field::boolean("HasOptedOutOfFax", "Fax Opt Out").write(),
    Field::boolean("DoNotCall", "Do Not Call").write(),
    Field::date("LastActivityDate", "Last Activity"),
    Field::date_time("LastCURequestDate", "Last Stay-in-Touch Request Date"),
    Field::date_time("LastCUUpdateDate", "Last Stay-in-Touch Save Date"),
    Field::text("EmailBouncedReason", "Email Bounced Reason", 255).write(),
    Field::date_time("EmailBouncedDate", "Email Bounced Date").write(),
    Field::boolean("IsEmailBounced", "Is Email Bounced"),
    Field::url("PhotoUrl", "Photo URL"),
    Field::text("Jigsaw", "Data.com Key", 20).write(),
    Field::text("JigsawContactId", "Jigsaw Contact ID", 20),
    Field::picklist("CleanStatus", "Clean Status", 40, CLEAN_STATUSES).write().restricted(),
];

const INTERESTS: &[Choice] = &[choice("Integrations"), choice("Pricing"), choice("Security"), choice("Webinars")];

/// What this org has added to its people: a telephone number, an address and a list of interests.
pub(super) const ADDED: &[Field] = &[
    Field::phone("Direct_Line__c", "Direct Line").write().custom(),
    Field::email("Second_Email__c", "Second Email").write().custom(),
    Field::multi_picklist("Interests__c", "Interests", INTERESTS).write().restricted().custom(),
];

pub(super) const CONTACT: Definition = Definition {
    name: "Contact",
    label: "Contact",
    plural: "Contacts",
    prefix: "003",
    mergeable: true,
    feed: true,
    scopes: &[("everything", "All contacts"), ("mine", "My contacts"), ("team", "My team's contacts")],
    fields: &[PERSON, ADDRESSES, REACH, ADDED, DELETED, STAMPS, LAST_SEEN],
    ..ORDINARY
};
