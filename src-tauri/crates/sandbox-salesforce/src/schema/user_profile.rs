//! Profile: what a group of users may do, by name. Not [`super::profile`], which is how orgs differ.

use super::field::{Choice, Field, choice, labelled};
use super::{Definition, LAST_SEEN, ORDINARY, STAMPS};

const TYPES: &[Choice] = &[choice("Standard"), choice("Guest"), labelled("PowerPartner", "Partner")];

const OWN: &[Field] = &[
    Field::id("Profile ID"),
    Field::text("Name", "Name", 255).required().names_the_record(),
    Field::boolean("PermissionsEditTask", "Edit Tasks"),
    Field::boolean("PermissionsEditEvent", "Edit Events"),
    Field::boolean("PermissionsApiEnabled", "API Enabled"),
    Field::boolean("PermissionsModifyAllData", "Modify All Data"),
    Field::picklist("UserType", "User Type", 40, TYPES).restricted(),
    Field::text("Description", "Description", 255),
];

pub(super) const PROFILE: Definition = Definition {
    name: "Profile",
    label: "Profile",
    plural: "Profile",
    prefix: "00e",
    createable: false,
    updateable: false,
    deletable: false,
    replicateable: false,
    searchable: false,
    undeletable: false,
    mru: false,
    fields: &[OWN, STAMPS, LAST_SEEN],
    ..ORDINARY
};
