//! What our metadata package (`salesforce-package`) adds to an org. Custom fields of Activity show
//! up on both Event and Task.

use super::field::Field;

/// API name of our external-id field.
pub const KEY_FIELD: &str = "Liaison_Key__c";

const KEY: Field = Field::key(KEY_FIELD, "Liaison Key", 80);
const ACTUAL_START: Field = Field::date_time("Liaison_Actual_Start__c", "Actual Start").write().custom();
const ACTUAL_END: Field = Field::date_time("Liaison_Actual_End__c", "Actual End").write().custom();
const RECORDING: Field = Field::url("Liaison_Recording_Link__c", "Recording Link").write().custom();
const PARTICIPANTS: Field = Field::double("Liaison_Participants__c", "Participants", 6, 0).write().custom();
const ATTENDANCE: Field = Field::text("Liaison_Attendance__c", "Attendance", 40).write().custom();
const MINUTES: Field = Field::double("Liaison_Minutes_Attended__c", "Minutes Attended", 6, 0).write().custom();

const OF_ACTIVITY: &[Field] = &[KEY, ACTUAL_START, ACTUAL_END, RECORDING, PARTICIPANTS, ATTENDANCE, MINUTES];

const OF_CAMPAIGN: &[Field] = &[KEY, ACTUAL_START, ACTUAL_END, RECORDING, PARTICIPANTS];

const OF_CAMPAIGN_MEMBER: &[Field] = &[
    KEY,
    Field::text("Liaison_Registrant_Id__c", "Registrant ID", 80).write().custom(),
    Field::text("Liaison_Registration_Status__c", "Registration Status", 40).write().custom(),
    Field::url("Liaison_Join_Link__c", "Join Link").write().custom(),
    ATTENDANCE,
    Field::date_time("Liaison_Joined__c", "First Joined").write().custom(),
    Field::date_time("Liaison_Left__c", "Last Left").write().custom(),
    MINUTES,
];

const OF_LEAD: &[Field] = &[KEY];

/// What an object has more of where the package is deployed.
pub(super) fn fields(object: &str) -> &'static [Field] {
    match object {
        "Event" | "Task" => OF_ACTIVITY,
        "Campaign" => OF_CAMPAIGN,
        "CampaignMember" => OF_CAMPAIGN_MEMBER,
        "Lead" => OF_LEAD,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::*;
    use crate::schema::type_name;
    use crate::schema::{FieldType, Schema};
    use liaison_sandbox_kernel::Profile;

    /// Objects of the package, and where their fields show up.
    const OBJECTS: [(&str, &[&str]); 4] = [
        ("Activity", &["Event", "Task"]),
        ("Campaign", &["Campaign"]),
        ("CampaignMember", &["CampaignMember"]),
        ("Lead", &["Lead"]),
    ];

    fn package() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../salesforce-package/force-app/main/default")
    }

    /// The text of an element, of which there is one at most.
    fn element<'a>(xml: &'a str, name: &str) -> &'a str {
        let rest = xml.split_once(&format!("<{name}>")).map_or("", |(_, rest)| rest);
        rest.split_once(&format!("</{name}>")).map_or("", |(text, _)| text)
    }

    /// A field as the package has it, in the terms of describe.
    fn described(xml: &str) -> String {
        let kind = match element(xml, "type") {
            "Text" => "string",
            "Number" => "double",
            "Url" => "url",
            "DateTime" => "datetime",
            other => panic!("the package has a field of type {other}: teach this test, and the profile, about it"),
        };
        let number = |name: &str| element(xml, name).parse().unwrap_or(0);
        let length = if kind == "url" { 255 } else { number("length") };
        let is = |name: &str| element(xml, name) == "true";
        let flags = [is("externalId"), is("unique"), is("caseSensitive"), is("required")];
        let (name, label) = (element(xml, "fullName"), element(xml, "label"));
        format!("{name} {label:?} {kind} {length} {} {} {flags:?}", number("precision"), number("scale"))
    }

    fn own(field: &Field) -> String {
        let (kind, length) = (type_name(field.kind), if field.kind == FieldType::DateTime { 0 } else { field.length });
        let flags = [field.external_id, field.unique, field.case_sensitive, !field.nillable];
        let (name, label) = (field.name, field.label);
        format!("{name} {label:?} {kind} {length} {} {} {flags:?}", field.precision, field.scale)
    }

    /// The org has fields of its own besides.
    fn custom<'a>(schema: &'a Schema, object: &str) -> impl Iterator<Item = &'a Field> {
        let ours = |field: &&Field| field.custom && field.name.starts_with("Liaison_");
        schema.object(object).unwrap().fields.iter().filter(ours)
    }

    #[test]
    fn a_deployed_org_has_exactly_the_fields_of_the_package() {
        let schema = Schema::new(Profile::Deployed);
        for (source, objects) in OBJECTS {
            let folder = package().join("objects").join(source).join("fields");
            let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
            let wanted: BTreeSet<String> =
                files.map(|file| described(&std::fs::read_to_string(file).unwrap())).collect();
            for object in objects {
                assert_eq!(custom(&schema, object).map(own).collect::<BTreeSet<_>>(), wanted, "{object}");
            }
        }
        let folders = std::fs::read_dir(package().join("objects")).unwrap().count();
        assert_eq!(folders, OBJECTS.len());
    }

    #[test]
    fn the_permission_set_gives_the_rep_every_field_that_the_profile_shows() {
        let set = package().join("permissionsets/Liaison.permissionset-meta.xml");
        let set = std::fs::read_to_string(set).unwrap();
        let granted: BTreeSet<String> = set
            .split("<fieldPermissions>")
            .skip(1)
            .filter(|row| element(row, "editable") == "true" && element(row, "readable") == "true")
            .map(|row| element(row, "field").to_owned())
            .collect();
        let schema = Schema::new(Profile::Deployed);
        let objects = OBJECTS.iter().flat_map(|(_, objects)| *objects);
        let shown = objects.flat_map(|object| {
            custom(&schema, object)
                .filter(|field| field.createable && field.updateable)
                .map(move |field| format!("{object}.{}", field.name))
        });
        assert_eq!(shown.collect::<BTreeSet<_>>(), granted);
    }

    #[test]
    fn without_the_package_or_access_to_it_an_org_has_no_field_of_ours() {
        for profile in [Profile::Bare, Profile::DeployedWithoutFls] {
            let schema = Schema::new(profile);
            for object in schema.objects() {
                let found: Vec<&str> = custom(&schema, object.name()).map(|field| field.name).collect();
                assert!(found.is_empty(), "{profile:?}: {found:?}");
            }
        }
    }
}
