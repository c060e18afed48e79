//! What this user may do in this org, read from descriptions.
//!
//! An org without our fields, or a user without rights to them, is an ordinary case: Liaison then
//! works in a guarded mode. So nothing here is an error.

mod object;
mod org;
mod task;

pub use object::{FieldCapability, FieldProblem, FieldProblemKind, ObjectCapability};
pub use org::OrgCapabilities;
pub use task::TaskCapability;

use crate::error::SalesforceError;
use crate::{FieldType, ObjectDescription, ObjectName, Salesforce};

/// Our external-id field on activities: Text 80, unique, case-sensitive.
pub const KEY_FIELD: &str = "Liaison_Key__c";

/// How many people an activity is about; only orgs with Shared Activities have it (Object Reference, "Event").
const COUNT_FIELD: &str = "WhoCount";

/// Shortest key field that holds our keys.
const KEY_LENGTH: u32 = 64;

/// What this user may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// Calendar entries.
    pub event: ActivityCapability,
    /// Tasks.
    pub task: ActivityCapability,
}

/// What this user may do with one kind of activity.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own")]
pub struct ActivityCapability {
    /// The user may make records.
    pub createable: bool,
    /// The user may change records.
    pub updateable: bool,
    /// Whether our key can be stored.
    pub key: KeyField,
    /// An activity may be about several Contacts: the org has Shared Activities.
    pub shared: bool,
    /// The package's fields of what became of it can all be written.
    pub afterwards: bool,
    /// Fields that must be given when a record is made, by API name. Beyond the standard ones an
    /// administrator may have added some.
    pub required: Vec<String>,
}

/// Whether our key can be stored. The first obstacle counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyField {
    /// It can: pushes are safe against repeats.
    Usable,
    /// The org has no such field, or this user may not see it.
    Absent,
    /// The field exists and is no text.
    NotText,
    /// The field is too short for our keys.
    TooShort,
    /// Records cannot be addressed by the field.
    NotExternalId,
    /// Two records may share a key.
    NotUnique,
    /// This user may not write the field.
    ReadOnly,
}

impl KeyField {
    /// Whether pushes are safe against repeats.
    #[must_use]
    pub fn is_usable(self) -> bool {
        self == Self::Usable
    }

    /// Reads the description of an object that should have the field.
    #[must_use]
    pub fn of(object: &ObjectDescription) -> Self {
        let Some(field) = object.field(KEY_FIELD) else {
            return Self::Absent;
        };
        if field.field_type != FieldType::Text {
            Self::NotText
        } else if field.length < KEY_LENGTH {
            Self::TooShort
        } else if !field.external_id {
            Self::NotExternalId
        } else if !field.unique {
            Self::NotUnique
        } else if !field.createable {
            Self::ReadOnly
        } else {
            Self::Usable
        }
    }
}

impl ActivityCapability {
    /// Reads the description of an activity; `None` when this user may not see the object at all.
    #[must_use]
    pub fn of(object: Option<&ObjectDescription>) -> Self {
        let Some(object) = object else {
            return Self {
                createable: false,
                updateable: false,
                key: KeyField::Absent,
                shared: false,
                afterwards: false,
                required: Vec::new(),
            };
        };
        Self {
            createable: object.createable,
            updateable: object.updateable,
            key: KeyField::of(object),
            shared: object.field(COUNT_FIELD).is_some(),
            afterwards: crate::objects::afterwards::are_usable(object),
            required: object.required().map(|field| field.name.clone()).collect(),
        }
    }
}

impl Salesforce {
    /// Asks what this user may do. Two descriptions, some hundred kB: ask once a day or on doubt.
    pub async fn capabilities(&self) -> Result<Capabilities, SalesforceError> {
        let (event, task) = (self.seen("Event").await?, self.seen("Task").await?);
        Ok(Capabilities { event: ActivityCapability::of(event.as_ref()), task: ActivityCapability::of(task.as_ref()) })
    }

    /// Leads as this user sees them; `None` when they may not see them at all.
    pub async fn lead_description(&self) -> Result<Option<ObjectDescription>, SalesforceError> {
        self.seen("Lead").await
    }

    async fn seen(&self, name: &'static str) -> Result<Option<ObjectDescription>, SalesforceError> {
        let object = ObjectName::known(name);
        match self.describe(&object, None).await {
            Ok(described) => Ok(described.changed()),
            // To a user without rights the object does not exist.
            Err(error) if error.refusal().is_some_and(|refusal| refusal.has_code("NOT_FOUND")) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn key_field() -> Value {
        json!({
            "name": "Liaison_Key__c", "type": "string", "length": 80, "externalId": true,
            "unique": true, "createable": true, "nillable": true, "referenceTo": null,
        })
    }

    fn event(fields: &[Value]) -> ObjectDescription {
        let object = json!({"name": "Event", "createable": true, "updateable": true, "fields": fields});
        serde_json::from_value(object).unwrap()
    }

    fn with(name: &str, value: Value) -> KeyField {
        let mut field = key_field();
        field[name] = value;
        KeyField::of(&event(&[field]))
    }

    #[test]
    fn the_first_obstacle_is_named() {
        assert!(KeyField::of(&event(&[key_field()])).is_usable());
        assert_eq!(KeyField::of(&event(&[])), KeyField::Absent);
        assert_eq!(with("type", json!("double")), KeyField::NotText);
        assert_eq!(with("length", json!(18)), KeyField::TooShort);
        assert_eq!(with("externalId", json!(false)), KeyField::NotExternalId);
        assert_eq!(with("unique", json!(false)), KeyField::NotUnique);
        assert_eq!(with("createable", json!(false)), KeyField::ReadOnly);
        assert_eq!(with("name", json!("liaison_key__c")), KeyField::Usable);
    }

    #[test]
    fn required_fields_are_those_nobody_else_fills_in() {
        let field = |name: &str, field_type: &str, nillable: bool, defaulted: bool| {
            json!({"name": name, "type": field_type, "createable": true, "nillable": nillable,
                   "defaultedOnCreate": defaulted})
        };
        let object = event(&[
            field("Region__c", "picklist", false, false),
            field("OwnerId", "reference", false, true),
            field("IsPrivate", "boolean", false, false),
            field("Subject", "combobox", true, false),
        ]);
        assert_eq!(ActivityCapability::of(Some(&object)).required, ["Region__c"]);
    }

    #[test]
    fn an_org_that_counts_people_shares_its_activities() {
        let count = json!({"name": "WhoCount", "type": "int", "createable": false, "nillable": true});
        assert!(ActivityCapability::of(Some(&event(&[count]))).shared);
        assert!(!ActivityCapability::of(Some(&event(&[key_field()]))).shared);
    }

    #[test]
    fn an_invisible_object_allows_nothing() {
        let capability = ActivityCapability::of(None);
        assert!(!capability.createable && !capability.key.is_usable());
    }
}
