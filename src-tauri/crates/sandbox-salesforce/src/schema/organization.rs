//! Organization: the company that the org belongs to; one row, read-only.

use super::activity::ZONES;
use super::field::{Choice, Default, Field, choice, labelled};
use super::{Definition, ORDINARY, STAMPS};

const EDITIONS: &[Choice] = &[choice("Developer Edition"), choice("Enterprise Edition"), choice("Unlimited Edition")];
const LOCALES: &[Choice] = &[labelled("en_US", "English (United States)"), labelled("nl_NL", "Dutch (Netherlands)")];
const SKINS: &[Choice] = &[choice("Theme3"), choice("Theme4")];
const CASE_ORIGINS: &[Choice] = &[choice("Phone"), choice("Email"), choice("Web")];

const RECORD_ACCESS: &[Choice] = &[
    labelled("None", "Private"),
    labelled("Read", "Read Only"),
    labelled("Edit", "Read/Write"),
    labelled("ReadEditTransfer", "Read/Write/Transfer"),
    labelled("ControlledByParent", "Controlled By Parent"),
    labelled("All", "Full Access"),
];
const CALENDAR_ACCESS: &[Choice] = &[
    labelled("HideDetails", "Hide Details"),
    labelled("HideDetailsInsert", "Hide Details and Add Events"),
    labelled("ShowDetails", "Show Details"),
    labelled("ShowDetailsInsert", "Show Details and Add Events"),
    labelled("AllowEdits", "Full Access"),
];
const PRICE_BOOK_ACCESS: &[Choice] =
    &[labelled("None", "No Access"), labelled("Read", "View Only"), labelled("ReadSelect", "Use")];

/// What everybody in the org may do with the records of others.
const fn access(name: &'static str, label: &'static str, choices: &'static [Choice], own: &'static str) -> Field {
    Field::picklist(name, label, 40, choices).restricted().defaults_to(Default::Choice(own))
}

const OWN: &[Field] = &[
    Field::id("Organization ID"),
    Field::text("Name", "Name", 80).required().names_the_record(),
    Field::text("Division", "Division", 80),
    Field::lines("Street", "Street", 255).part_of("Address"),
    Field::text("City", "City", 40).part_of("Address"),
    Field::text("State", "State/Province", 80).part_of("Address"),
    Field::text("PostalCode", "Zip/Postal Code", 20).part_of("Address"),
    Field::text("Country", "Country", 80).part_of("Address"),
    Field::double("Latitude", "Latitude", 18, 15).part_of("Address"),
    Field::double("Longitude", "Longitude", 18, 15).part_of("Address"),
    Field::text("GeocodeAccuracy", "Geocode Accuracy", 40).part_of("Address"),
    Field::address("Address", "Address"),
    Field::phone("Phone", "Phone"),
    Field::phone("Fax", "Fax"),
    Field::text("PrimaryContact", "Primary Contact", 80),
    Field::picklist("DefaultLocaleSidKey", "Locale", 40, LOCALES).required().restricted(),
    Field::picklist("TimeZoneSidKey", "Time Zone", 40, ZONES).required().restricted(),
    Field::picklist("LanguageLocaleKey", "Language", 40, LOCALES).required().restricted(),
    Field::boolean("ReceivesInfoEmails", "Info Emails"),
    Field::boolean("ReceivesAdminInfoEmails", "Info Emails Admin"),
    Field::boolean("PreferencesRequireOpportunityProducts", "RequireOpportunityProducts"),
    Field::boolean("PreferencesTransactionSecurityPolicy", "TransactionSecurityPolicy"),
    Field::boolean("PreferencesTerminateOldestSession", "TerminateOldestSession"),
    Field::boolean("PreferencesConsentManagementEnabled", "ConsentManagementEnabled"),
    Field::boolean("PreferencesAutoSelectIndividualOnMerge", "AutoSelectIndividualOnMerge"),
    Field::boolean("PreferencesLightningLoginEnabled", "LightningLoginEnabled"),
    Field::boolean("PreferencesOnlyLLPermUserAllowed", "OnlyLLPermUserAllowed"),
    Field::int("FiscalYearStartMonth", "Fiscal Year Starts In", 9),
    Field::boolean("UsesStartDateAsFiscalYearName", "Fiscal Year Name by Start"),
    access("DefaultAccountAccess", "Default Account Access", RECORD_ACCESS, "Edit"),
    access("DefaultContactAccess", "Default Contact Access", RECORD_ACCESS, "ControlledByParent"),
    access("DefaultOpportunityAccess", "Default Opportunity Access", RECORD_ACCESS, "Edit"),
    access("DefaultLeadAccess", "Default Lead Access", RECORD_ACCESS, "ReadEditTransfer"),
    access("DefaultCaseAccess", "Default Case Access", RECORD_ACCESS, "ReadEditTransfer"),
    access("DefaultCalendarAccess", "Default Calendar Access", CALENDAR_ACCESS, "HideDetailsInsert"),
    access("DefaultPricebookAccess", "Default Price Book Access", PRICE_BOOK_ACCESS, "ReadSelect"),
    access("DefaultCampaignAccess", "Default Campaign Access", RECORD_ACCESS, "All"),
    Field::url("DelegatedAuthenticationServiceUrl", "Delegated Authentication Service URL"),
    Field::email("ComplianceBccEmail", "Compliance BCC Email"),
    access("UiSkin", "UI Skin", SKINS, "Theme3"),
    Field::text("SignupCountryIsoCode", "Signup Country", 2),
    Field::date_time("TrialExpirationDate", "Trial Expiration Date"),
    Field::int("NumKnowledgeService", "Knowledge Licenses", 9).defaults_to(Default::Number(0)),
    Field::picklist("OrganizationType", "Edition", 40, EDITIONS).restricted(),
    Field::text("NamespacePrefix", "Namespace Prefix", 15),
    Field::text("InstanceName", "Instance Name", 5),
    Field::boolean("IsSandbox", "Is Sandbox"),
    access("WebToCaseDefaultOrigin", "Web to Cases Default Origin", CASE_ORIGINS, "Web"),
    Field::int("MonthlyPageViewsUsed", "Monthly Page Views Used", 9).defaults_to(Default::Number(0)),
    Field::int("MonthlyPageViewsEntitlement", "Monthly Page Views Allowed", 9).defaults_to(Default::Number(0)),
    Field::boolean("IsReadOnly", "Is Read Only"),
];

pub(super) const ORGANIZATION: Definition = Definition {
    name: "Organization",
    label: "Organization",
    plural: "Organizations",
    prefix: "00D",
    createable: false,
    updateable: false,
    deletable: false,
    replicateable: false,
    searchable: false,
    undeletable: false,
    mru: false,
    fields: &[OWN, STAMPS],
    ..ORDINARY
};
