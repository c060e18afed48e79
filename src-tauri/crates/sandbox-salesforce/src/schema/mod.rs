//! The objects of the org, written down as tables: one file an object.
//!
//! Field names, types and flags are facts of the public Object Reference and of describe answers.
//! Not the data: rows are in [`super::records`].

mod account;
mod activity;
mod call_packages;
mod campaign;
mod case;
mod contact;
#[cfg(feature = "control")]
mod currency;
mod deployed;
mod describe;
mod event;
mod field;
#[cfg(feature = "control")]
mod german;
mod lead;
mod opportunity;
mod organization;
#[cfg(feature = "control")]
mod person_account;
mod profile;
mod shared_activities;
mod status;
mod task;
mod user;
mod user_profile;

use std::collections::HashMap;

use liaison_sandbox_kernel::config::Profile;

pub use deployed::KEY_FIELD;
pub use describe::{describe_global, describe_object, object_summary, type_name};
pub use field::{Choice, Default, Field, FieldType};
pub use opportunity::{stage, stage_names};

/// What an object is, without its fields.
#[expect(clippy::struct_excessive_bools, reason = "describe has each of them as a flag of its own")]
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    pub name: &'static str,
    pub label: &'static str,
    pub plural: &'static str,
    pub prefix: &'static str,
    pub createable: bool,
    pub updateable: bool,
    pub deletable: bool,
    pub mergeable: bool,
    pub replicateable: bool,
    pub searchable: bool,
    pub undeletable: bool,
    pub mru: bool,
    pub feed: bool,
    pub scopes: &'static [(&'static str, &'static str)],
    pub fields: &'static [&'static [Field]],
}

/// Flags of an ordinary business object; the tables change what differs.
const ORDINARY: Definition = Definition {
    name: "",
    label: "",
    plural: "",
    prefix: "",
    createable: true,
    updateable: true,
    deletable: true,
    mergeable: false,
    replicateable: true,
    searchable: true,
    undeletable: true,
    mru: true,
    feed: false,
    scopes: &[],
    fields: &[],
};

/// Created and modified by whom and when; every object has these.
const STAMPS: &[Field] = &[
    Field::date_time("CreatedDate", "Created Date").required().defaults_to(Default::Platform),
    Field::reference("CreatedById", "Created By ID", &["User"], "CreatedBy").required().defaults_to(Default::Platform),
    Field::date_time("LastModifiedDate", "Last Modified Date").required().defaults_to(Default::Platform),
    Field::reference("LastModifiedById", "Last Modified By ID", &["User"], "LastModifiedBy")
        .required()
        .defaults_to(Default::Platform),
    Field::date_time("SystemModstamp", "System Modstamp").required().defaults_to(Default::Platform),
];

const DELETED: &[Field] = &[Field::boolean("IsDeleted", "Deleted")];

const LAST_SEEN: &[Field] = &[
    Field::date_time("LastViewedDate", "Last Viewed Date"),
    Field::date_time("LastReferencedDate", "Last Referenced Date"),
];

/// One object with the fields that this user may see.
#[derive(Debug)]
pub struct Object {
    pub definition: Definition,
    pub fields: Vec<Field>,
    /// Places of the fields that no two rows may share a value of.
    pub unique: Vec<usize>,
    exact: HashMap<&'static str, usize>,
    by_name: HashMap<String, usize>,
}

impl Object {
    fn new(definition: Definition, fields: Vec<Field>) -> Self {
        let by_name =
            fields.iter().enumerate().map(|(place, field)| (field.name.to_ascii_lowercase(), place)).collect();
        let exact = fields.iter().enumerate().map(|(place, field)| (field.name, place)).collect();
        let unique = fields.iter().enumerate().filter(|(_, field)| field.unique).map(|(place, _)| place).collect();
        Self { definition, fields, unique, exact, by_name }
    }

    pub fn name(&self) -> &'static str {
        self.definition.name
    }

    /// Place of a field, by its API name in any case.
    pub fn place(&self, name: &str) -> Option<usize> {
        let exact = self.exact.get(name);
        exact.or_else(|| self.by_name.get(&name.to_ascii_lowercase())).copied()
    }

    /// Place and field.
    pub fn find(&self, name: &str) -> Option<(usize, &Field)> {
        self.place(name).map(|place| (place, &self.fields[place]))
    }

    /// The lookup that a relationship name goes through, as `Account` in `Account.Name`.
    pub fn find_relationship(&self, name: &str) -> Option<(usize, &Field)> {
        self.fields
            .iter()
            .enumerate()
            .find(|(_, field)| field.relationship.is_some_and(|own| own.eq_ignore_ascii_case(name)))
    }

    /// The field that names a record: `Name`, `Subject`, `CaseNumber`.
    pub fn name_field(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.names_record)
    }

    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }
}

const DEFINITIONS: [Definition; 18] = [
    account::ACCOUNT,
    campaign::CAMPAIGN,
    campaign::CAMPAIGN_MEMBER,
    status::CAMPAIGN_MEMBER_STATUS,
    case::CASE,
    contact::CONTACT,
    event::EVENT,
    event::EVENT_RELATION,
    lead::LEAD,
    opportunity::OPPORTUNITY,
    opportunity::OPPORTUNITY_CONTACT_ROLE,
    organization::ORGANIZATION,
    user_profile::PROFILE,
    task::TASK,
    shared_activities::TASK_RELATION,
    status::TASK_STATUS,
    user::USER,
    call_packages::CALL_LOG,
];

/// Every object of the org.
#[derive(Debug)]
pub struct Schema {
    objects: Vec<Object>,
}

impl Schema {
    pub fn new(profile: Profile) -> Self {
        Self::without(profile, &[])
    }

    /// The same without some fields: object and field, in any case.
    pub fn without(profile: Profile, removed: &[(String, String)]) -> Self {
        let there = DEFINITIONS.iter().filter(|definition| profile::has(profile, definition));
        let objects = there.map(|definition| {
            let (definition, mut fields) = profile::seen(profile, definition);
            fields.retain(|field| {
                let is_it = |(object, name): &(String, String)| {
                    object.eq_ignore_ascii_case(definition.name) && name.eq_ignore_ascii_case(field.name)
                };
                !removed.iter().any(is_it)
            });
            Object::new(definition, fields)
        });
        Self { objects: objects.collect() }
    }

    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// By API name in any case.
    pub fn object(&self, name: &str) -> Option<&Object> {
        let exact = self.objects.iter().find(|object| object.name() == name);
        exact.or_else(|| self.objects.iter().find(|object| object.name().eq_ignore_ascii_case(name)))
    }

    pub fn by_prefix(&self, prefix: &str) -> Option<&Object> {
        self.objects.iter().find(|object| object.definition.prefix == prefix)
    }

    /// Objects and lookups that point to `parent`.
    pub fn children_of<'a>(&'a self, parent: &'a str) -> impl Iterator<Item = (&'a Object, usize, &'a Field)> + 'a {
        self.objects.iter().flat_map(move |object| {
            object
                .fields
                .iter()
                .enumerate()
                .filter(move |(_, field)| field.reference_to.contains(&parent))
                .map(move |(place, field)| (object, place, field))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_there_only_where_it_was_deployed() {
        for (profile, expected) in [
            (Profile::Bare, false),
            (Profile::Deployed, true),
            (Profile::DeployedWithoutFls, false),
            (Profile::NonEnglish, true),
        ] {
            let schema = Schema::new(profile);
            for name in ["Task", "Event", "Campaign", "CampaignMember", "Lead"] {
                assert_eq!(schema.object(name).unwrap().has(KEY_FIELD), expected, "{name}");
            }
            assert!(!schema.object("Contact").unwrap().has(KEY_FIELD));
        }
    }

    #[test]
    fn no_field_is_named_twice_and_every_prefix_is_its_own() {
        for profile in Profile::ALL {
            each_name_is_its_own(&Schema::new(profile));
        }
    }

    fn each_name_is_its_own(schema: &Schema) {
        let mut prefixes = std::collections::HashSet::new();
        for object in schema.objects() {
            assert_eq!(object.fields.len(), object.by_name.len(), "{}", object.name());
            assert!(prefixes.insert(object.definition.prefix), "{}", object.name());
            assert_eq!(object.fields[0].name, "Id");
        }
    }

    #[test]
    fn the_required_fields_are_those_of_the_reference() {
        let schema = Schema::new(Profile::Bare);
        let required = |name: &str| -> Vec<&str> {
            let object = schema.object(name).unwrap();
            object.fields.iter().filter(|field| field.is_required_on_create()).map(|field| field.name).collect()
        };
        assert_eq!(required("Lead"), ["LastName", "Company"]);
        assert_eq!(required("Contact"), ["LastName"]);
        assert_eq!(required("Opportunity"), ["Name", "StageName", "CloseDate"]);
        assert!(required("Event").is_empty());
        assert!(required("Task").is_empty());
        assert_eq!(required("CampaignMember"), ["CampaignId"]);
        assert_eq!(required("OpportunityContactRole"), ["OpportunityId", "ContactId"]);
    }
}
