//! Account.

use super::contact::{CLEAN_STATUSES, GEOCODE, LEAD_SOURCES};
use super::field::{Choice, Default, Field, choice};
use super::{DELETED, Definition, LAST_SEEN, ORDINARY, STAMPS};

pub(super) const INDUSTRIES: &[Choice] = &[
    choice("Agriculture"),
    choice("Banking"),
    choice("Construction"),
    choice("Consulting"),
    choice("Education"),
    choice("Energy"),
    choice("Food & Beverage"),
    choice("Healthcare"),
    choice("Insurance"),
    choice("Manufacturing"),
    choice("Retail"),
    choice("Technology"),
    choice("Transportation"),
    choice("Other"),
];

pub(super) const RATINGS: &[Choice] = &[choice("Hot"), choice("Warm"), choice("Cold")];

const TYPES: &[Choice] = &[
    choice("Prospect"),
    choice("Customer - Direct"),
    choice("Customer - Channel"),
    choice("Channel Partner / Reseller"),
    choice("Installation Partner"),
    choice("Technology Partner"),
    choice("Other"),
];

const OWNERSHIPS: &[Choice] = &[choice("Public"), choice("Private"), choice("Subsidiary"), choice("Other")];

const OWN: &[Field] = &[
    Field::id("Account ID"),
    Field::reference("MasterRecordId", "Master Record ID", &["Account"], "MasterRecord"),
    Field::text("Name", "Account Name", 255).write().required().names_the_record().part_of("Name"),
    Field::picklist("Type", "Account Type", 40, TYPES).write(),
    Field::reference("ParentId", "Parent Account ID", &["Account"], "Parent").write().children("ChildAccounts"),
    Field::lines("BillingStreet", "Billing Street", 255).write().part_of("BillingAddress"),
    Field::text("BillingCity", "Billing City", 40).write().part_of("BillingAddress"),
    Field::text("BillingState", "Billing State/Province", 80).write().part_of("BillingAddress"),
    Field::text("BillingPostalCode", "Billing Zip/Postal Code", 20).write().part_of("BillingAddress"),
    Field::text("BillingCountry", "Billing Country", 80).write().part_of("BillingAddress"),
    Field::double("BillingLatitude", "Billing Latitude", 18, 15).write().part_of("BillingAddress"),
    Field::double("BillingLongitude", "Billing Longitude", 18, 15).write().part_of("BillingAddress"),
    Field::picklist("BillingGeocodeAccuracy", "Billing Geocode Accuracy", 40, GEOCODE)
        .write()
        .restricted()
        .part_of("BillingAddress"),
    Field::address("BillingAddress", "Billing Address"),
    Field::lines("ShippingStreet", "Shipping Street", 255).write().part_of("ShippingAddress"),
    Field::text("ShippingCity", "Shipping City", 40).write().part_of("ShippingAddress"),
    Field::text("ShippingState", "Shipping State/Province", 80).write().part_of("ShippingAddress"),
    Field::text("ShippingPostalCode", "Shipping Zip/Postal Code", 20).write().part_of("ShippingAddress"),
    Field::text("ShippingCountry", "Shipping Country", 80).write().part_of("ShippingAddress"),
    Field::double("ShippingLatitude", "Shipping Latitude", 18, 15).write().part_of("ShippingAddress"),
    Field::double("ShippingLongitude", "Shipping Longitude", 18, 15).write().part_of("ShippingAddress"),
    Field::picklist("ShippingGeocodeAccuracy", "Shipping Geocode Accuracy", 40, GEOCODE)
        .write()
        .restricted()
        .part_of("ShippingAddress"),
    Field::address("ShippingAddress", "Shipping Address"),
];

const BUSINESS: &[Field] = &[
    Field::phone("Phone", "Account Phone").write(),
    Field::phone("Fax", "Account Fax").write(),
    Field::text("AccountNumber", "Account Number", 40).write(),
    Field::url("Website", "Website").write(),
    Field::url("PhotoUrl", "Photo URL"),
    Field::text("Sic", "SIC Code", 20).write(),
    Field::picklist("Industry", "Industry", 40, INDUSTRIES).write(),
    Field::currency("AnnualRevenue", "Annual Revenue", 0).write(),
    Field::int("NumberOfEmployees", "Employees", 8).write(),
    Field::picklist("Ownership", "Ownership", 40, OWNERSHIPS).write(),
    Field::text("TickerSymbol", "Ticker Symbol", 20).write(),
    Field::long_text("Description", "Account Description", 32_000).write(),
    Field::picklist("Rating", "Account Rating", 40, RATINGS).write(),
    Field::text("Site", "Account Site", 80).write(),
    Field::reference("OwnerId", "Owner ID", &["User"], "Owner").write().required().defaults_to(Default::Platform),
    Field::date("LastActivityDate", "Last Activity"),
    Field::text("Jigsaw", "Data.com Key", 20).write(),
    Field::text("JigsawCompanyId", "Jigsaw Company ID", 20),
    Field::picklist("CleanStatus", "Clean Status", 40, CLEAN_STATUSES).write().restricted(),
    Field::picklist("AccountSource", "Account Source", 40, LEAD_SOURCES).write(),
    Field::text("DunsNumber", "D-U-N-S Number", 9).write(),
    Field::text("Tradestyle", "Tradestyle", 255).write(),
    Field::text("NaicsCode", "NAICS Code", 8).write(),
    Field::text("NaicsDesc", "NAICS Description", 120).write(),
    Field::text("YearStarted", "Year Started", 4).write(),
    Field::text("SicDesc", "SIC Description", 80).write(),
];

pub(super) const ACCOUNT: Definition = Definition {
    name: "Account",
    label: "Account",
    plural: "Accounts",
    prefix: "001",
    mergeable: true,
    feed: true,
    scopes: &[("everything", "All accounts"), ("mine", "My accounts"), ("team", "My team's accounts")],
    fields: &[OWN, BUSINESS, DELETED, STAMPS, LAST_SEEN],
    ..ORDINARY
};
