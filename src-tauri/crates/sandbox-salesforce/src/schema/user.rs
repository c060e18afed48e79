//! User: read-only for a rep.

use super::activity::ZONES;
use super::field::{Choice, Field, choice, labelled};
use super::{Definition, ORDINARY, STAMPS};

const LOCALES: &[Choice] = &[
    labelled("en_US", "English (United States)"),
    labelled("en_GB", "English (United Kingdom)"),
    labelled("nl_NL", "Dutch (Netherlands)"),
];
const LANGUAGES: &[Choice] = &[labelled("en_US", "English"), labelled("nl_NL", "Dutch")];
const ENCODINGS: &[Choice] = &[labelled("UTF-8", "Unicode (UTF-8)")];
const TYPES: &[Choice] = &[choice("Standard"), choice("Guest"), labelled("PowerPartner", "Partner")];

const OWN: &[Field] = &[
    Field::id("User ID"),
    Field::text("Username", "Username", 80).required().lookup(),
    Field::text("LastName", "Last Name", 80).required().part_of("Name"),
    Field::text("FirstName", "First Name", 40).part_of("Name"),
    Field::text("Name", "Full Name", 121).required().names_the_record(),
    Field::text("CompanyName", "Company Name", 80),
    Field::text("Department", "Department", 80),
    Field::text("Title", "Title", 80),
    Field::email("Email", "Email").required().lookup(),
    Field::phone("Phone", "Phone"),
    Field::phone("MobilePhone", "Mobile"),
    Field::text("Alias", "Alias", 8).required(),
    Field::text("CommunityNickname", "Nickname", 40).required(),
    Field::boolean("IsActive", "Active"),
    Field::picklist("TimeZoneSidKey", "Time Zone", 40, ZONES).required().restricted(),
    Field::picklist("LocaleSidKey", "Locale", 40, LOCALES).required().restricted(),
    Field::picklist("EmailEncodingKey", "Email Encoding", 40, ENCODINGS).required().restricted(),
    Field::picklist("LanguageLocaleKey", "Language", 40, LANGUAGES).required().restricted(),
    Field::picklist("UserType", "User Type", 40, TYPES).restricted(),
    Field::text("FederationIdentifier", "SAML Federation ID", 512),
    Field::boolean("UserPermissionsMarketingUser", "Marketing User"),
    Field::boolean("UserPermissionsCallCenterAutoLogin", "Auto-login To Call Center"),
    Field::reference("ProfileId", "Profile ID", &["Profile"], "Profile").required().children("Users"),
    Field::reference("ManagerId", "Manager ID", &["User"], "Manager"),
    Field::date_time("LastLoginDate", "Last Login"),
    Field::url("SmallPhotoUrl", "Small-sized profile photo thumbnail"),
    Field::url("FullPhotoUrl", "Full-sized Photo"),
];

pub(super) const USER: Definition = Definition {
    name: "User",
    label: "User",
    plural: "Users",
    prefix: "005",
    createable: false,
    updateable: false,
    deletable: false,
    undeletable: false,
    fields: &[OWN, STAMPS],
    ..ORDINARY
};
