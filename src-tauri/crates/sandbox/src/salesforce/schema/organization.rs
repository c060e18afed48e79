//! Organization: the company that the org belongs to; one row, read-only.

use super::activity::ZONES;
use super::field::{Choice, Field, choice, labelled};
use super::{Definition, ORDINARY, STAMPS};

const EDITIONS: &[Choice] = &[choice("Developer Edition"), choice("Enterprise Edition"), choice("Unlimited Edition")];
const LOCALES: &[Choice] = &[labelled("en_US", "English (United States)"), labelled("nl_NL", "Dutch (Netherlands)")];

const OWN: &[Field] = &[
    Field::id("Organization ID"),
    Field::text("Name", "Name", 80).required().names_the_record(),
    Field::text("Country", "Country", 80),
    Field::phone("Phone", "Phone"),
    Field::text("PrimaryContact", "Primary Contact", 80),
    Field::picklist("DefaultLocaleSidKey", "Locale", 40, LOCALES).required().restricted(),
    Field::picklist("TimeZoneSidKey", "Time Zone", 40, ZONES).required().restricted(),
    Field::picklist("LanguageLocaleKey", "Language", 40, LOCALES).required().restricted(),
    Field::int("FiscalYearStartMonth", "Fiscal Year Starts In", 9),
    Field::picklist("OrganizationType", "Edition", 40, EDITIONS).restricted(),
    Field::text("NamespacePrefix", "Namespace Prefix", 15),
    Field::text("InstanceName", "Instance Name", 5),
    Field::boolean("IsSandbox", "Is Sandbox"),
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
