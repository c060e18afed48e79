//! Describe answers: the tables as JSON, with every flag that the REST API sends
//! (REST API guide, "sObject Describe" and "Describe Global").

use serde_json::{Map, Value, json};

use super::{Default, Field, FieldType, Object, Schema};

/// Body of `GET /services/data/vXX.0/sobjects`.
pub fn describe_global(schema: &Schema, version: &str) -> Value {
    let objects: Vec<Value> = schema.objects().iter().map(|object| object_summary(object, version)).collect();
    json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects })
}

/// One entry of describe global; also `objectDescribe` of `GET /sobjects/T`.
pub fn object_summary(object: &Object, version: &str) -> Value {
    let mut summary = flags(object);
    summary.insert("urls".to_owned(), urls(object, version, None));
    Value::Object(summary)
}

/// Body of `GET /services/data/vXX.0/sobjects/T/describe`.
pub fn describe_object(schema: &Schema, object: &Object, version: &str, instance: &str) -> Value {
    let mut answer = flags(object);
    let definition = object.definition;
    let scopes: Vec<Value> =
        definition.scopes.iter().map(|(name, label)| json!({ "label": label, "name": name })).collect();
    let fields: Vec<Value> = object.fields.iter().map(|field| describe_field(object, field)).collect();
    let rest = json!({
        "actionOverrides": [],
        "associateEntityType": null,
        "associateParentEntity": null,
        "childRelationships": child_relationships(schema, object),
        "compactLayoutable": definition.mru,
        "defaultImplementation": null,
        "extendedBy": null,
        "extendsInterfaces": null,
        "fields": fields,
        "implementedBy": null,
        "implementsInterfaces": null,
        "listviewable": null,
        "lookupLayoutable": null,
        "namedLayoutInfos": [],
        "networkScopeFieldName": null,
        "recordTypeInfos": [{
            "active": true,
            "available": true,
            "defaultRecordTypeMapping": true,
            "developerName": "Master",
            "master": true,
            "name": "Master",
            "recordTypeId": "012000000000000AAA",
            "urls": { "layout": format!("{}/describe/layouts/012000000000000AAA", base(object, version)) },
        }],
        "searchLayoutable": definition.searchable,
        "sobjectDescribeOption": "FULL",
        "supportedScopes": scopes,
        "urls": urls(object, version, Some(instance)),
    });
    if let Value::Object(rest) = rest {
        answer.extend(rest);
    }
    Value::Object(answer)
}

fn base(object: &Object, version: &str) -> String {
    format!("/services/data/{version}/sobjects/{}", object.name())
}

fn urls(object: &Object, version: &str, instance: Option<&str>) -> Value {
    let base = base(object, version);
    let mut urls = json!({
        "compactLayouts": format!("{base}/describe/compactLayouts"),
        "rowTemplate": format!("{base}/{{ID}}"),
        "approvalLayouts": format!("{base}/describe/approvalLayouts"),
        "listviews": format!("{base}/listviews"),
        "describe": format!("{base}/describe"),
        "quickActions": format!("{base}/quickActions"),
        "layouts": format!("{base}/describe/layouts"),
        "sobject": base,
    });
    match object.name() {
        "Case" => {
            urls["caseArticleSuggestions"] = json!(format!("{base}/suggestedArticles"));
            urls["caseRowArticleSuggestions"] = json!(format!("{base}/{{ID}}/suggestedArticles"));
        }
        "User" => {
            urls["namedLayouts"] = json!(format!("{base}/describe/namedLayouts/{{LayoutName}}"));
            urls["passwordUtilities"] = json!(format!("{base}/{{ID}}/password"));
        }
        "Event" if instance.is_some() => {
            urls["eventSeriesUpdates"] = json!(format!("{base}/{{ID}}/fromThisEventOnwards"));
        }
        _ => {}
    }
    if let Some(instance) = instance {
        urls["uiDetailTemplate"] = json!(format!("{instance}/{{ID}}"));
        urls["uiEditTemplate"] = json!(format!("{instance}/{{ID}}/e"));
        urls["uiNewRecord"] = json!(format!("{instance}/{}/e", object.definition.prefix));
    }
    urls
}

fn flags(object: &Object) -> Map<String, Value> {
    let definition = object.definition;
    let flags = json!({
        "activateable": false,
        "associateEntityType": null,
        "associateParentEntity": null,
        "createable": definition.createable,
        "custom": definition.name.ends_with("__c"),
        "customSetting": false,
        "deepCloneable": false,
        "deletable": definition.deletable,
        "deprecatedAndHidden": false,
        "feedEnabled": definition.feed,
        "hasSubtypes": false,
        "isInterface": false,
        "isSubtype": false,
        "keyPrefix": definition.prefix,
        "label": definition.label,
        "labelPlural": definition.plural,
        "layoutable": definition.mru,
        "mergeable": definition.mergeable,
        "mruEnabled": definition.mru,
        "name": definition.name,
        "queryable": true,
        "replicateable": definition.replicateable,
        "retrieveable": true,
        "searchable": definition.searchable,
        "triggerable": definition.createable,
        "undeletable": definition.undeletable,
        "updateable": definition.updateable,
    });
    match flags {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn child_relationships(schema: &Schema, object: &Object) -> Vec<Value> {
    schema
        .children_of(object.name())
        .map(|(child, _, field)| {
            json!({
                "cascadeDelete": field.cascade,
                "childSObject": child.name(),
                "deprecatedAndHidden": false,
                "field": field.name,
                "junctionIdListNames": [],
                "junctionReferenceTo": [],
                "relationshipName": field.children,
                "restrictedDelete": false,
            })
        })
        .collect()
}

/// Flags that are the same for every field of this org.
fn constant_flags() -> Value {
    json!({
        "aiPredictionField": false,
        "calculatedFormula": null,
        "cascadeDelete": false,
        "controllerName": null,
        "defaultValueFormula": null,
        "dependentPicklist": false,
        "deprecatedAndHidden": false,
        "displayLocationInDecimal": false,
        "encrypted": false,
        "filteredLookupInfo": null,
        "formulaTreatNullNumberAsZero": false,
        "highScaleNumber": false,
        "htmlFormatted": false,
        "inlineHelpText": null,
        "mask": null,
        "maskType": null,
        "referenceTargetField": null,
        "relationshipOrder": null,
        "restrictedDelete": false,
        "writeRequiresMasterRead": false,
    })
}

fn describe_field(object: &Object, field: &Field) -> Value {
    let mut flags = constant_flags();
    let own = json!({
        "aggregatable": is_aggregatable(object, field),
        "autoNumber": field.name == "CaseNumber",
        "byteLength": byte_length(object, field),
        "calculated": field.calculated,
        "caseSensitive": field.case_sensitive,
        "compoundFieldName": field.compound,
        "createable": field.createable,
        "custom": field.custom,
        "defaultValue": default_value(field),
        "defaultedOnCreate": field.is_defaulted(),
        "digits": field.digits,
        "externalId": field.external_id,
        "extraTypeInfo": extra_type_info(object, field),
        "filterable": field.filterable,
        "groupable": field.groupable,
        "idLookup": field.id_lookup,
        "label": field.label,
        "length": field.length,
        "name": field.name,
        "nameField": field.names_record,
        "namePointing": field.is_polymorphic(),
        "nillable": field.nillable,
        "permissionable": is_permissionable(object, field),
        "picklistValues": picklist_values(field),
        "polymorphicForeignKey": field.is_polymorphic(),
        "precision": field.precision,
        "queryByDistance": field.kind == FieldType::Address,
        "referenceTo": field.reference_to,
        "relationshipName": field.relationship.or_else(|| relationship_of_a_text(field)),
        "restrictedPicklist": field.restricted,
        "scale": field.scale,
        "searchPrefilterable": is_search_prefilterable(field),
        "soapType": soap_type(field.kind),
        "sortable": field.sortable,
        "type": type_name(field.kind),
        "unique": field.unique,
        "updateable": field.updateable,
    });
    if let (Value::Object(flags), Value::Object(own)) = (&mut flags, own) {
        flags.extend(own);
    }
    flags
}

fn picklist_values(field: &Field) -> Vec<Value> {
    field
        .picklist
        .iter()
        .map(|choice| {
            json!({
                "active": true,
                "defaultValue": field.default == Default::Choice(choice.value),
                "label": choice.label,
                "validFor": null,
                "value": choice.value,
            })
        })
        .collect()
}

/// Whether field-level security can hide it. Of an activity it can hide a few fields only.
fn is_permissionable(object: &Object, field: &Field) -> bool {
    const OF_ACTIVITIES: [&str; 5] = ["WhoId", "WhatId", "Location", "IsAllDayEvent", "Description"];
    const OF_CALCULATED: [(&str, &str); 2] = [("Case", "ClosedDate"), ("Opportunity", "ExpectedRevenue")];
    const NEVER: [&str; 7] = [
        "OwnerId",
        "Status",
        "Comments",
        "IsUnreadByOwner",
        "EmailBouncedReason",
        "EmailBouncedDate",
        "ForecastCategoryName",
    ];
    if ["Event", "Task"].contains(&object.name()) {
        return field.custom || OF_ACTIVITIES.contains(&field.name);
    }
    if OF_CALCULATED.contains(&(object.name(), field.name)) {
        return true;
    }
    let changed = field.updateable || field.kind == FieldType::Address;
    let names = field.names_record || field.compound == Some("Name");
    changed && !names && !field.is_required_on_create() && !NEVER.contains(&field.name)
}

/// Lookups to business objects; not owners, users, merge winners or series.
fn is_search_prefilterable(field: &Field) -> bool {
    field.kind == FieldType::Reference
        && field.relationship.is_some()
        && !["OwnerId", "MasterRecordId"].contains(&field.name)
        && field.reference_to != ["User"]
}

/// Texts that were lookups once and have kept the name of the way.
fn relationship_of_a_text(field: &Field) -> Option<&'static str> {
    match field.name {
        "JigsawCompanyId" => Some("JigsawCompany"),
        "JigsawContactId" => Some("JigsawContact"),
        _ => None,
    }
}

fn is_aggregatable(object: &Object, field: &Field) -> bool {
    match (object.name(), field.name) {
        ("Event", "ActivityDate") => return false,
        ("Case", "Comments") => return true,
        _ => {}
    }
    match field.kind {
        FieldType::Boolean | FieldType::Address | FieldType::MultiPicklist => false,
        FieldType::TextArea => field.filterable,
        _ => true,
    }
}

fn byte_length(object: &Object, field: &Field) -> usize {
    match field.kind {
        // Both count bytes and not characters.
        _ if [("Case", "Comments"), ("Opportunity", "Fiscal")].contains(&(object.name(), field.name)) => field.length,
        FieldType::Id | FieldType::Reference => 18,
        _ => field.length * 3,
    }
}

fn default_value(field: &Field) -> Value {
    match field.default {
        Default::Flag(flag) => json!(flag),
        Default::Choice(value) => json!(value),
        Default::Number(number) => json!(number),
        Default::Nothing | Default::Platform => Value::Null,
    }
}

fn extra_type_info(object: &Object, field: &Field) -> Option<&'static str> {
    let name_part = field.compound == Some("Name") || (field.names_record && object.has("LastName"));
    match field.kind {
        FieldType::TextArea => Some("plaintextarea"),
        FieldType::Url if field.name.contains("Photo") => Some("imageurl"),
        FieldType::Text if object.name() == "Account" && field.names_record => Some("switchablepersonname"),
        FieldType::Text | FieldType::Picklist if name_part => Some("personname"),
        _ => None,
    }
}

fn soap_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Id | FieldType::Reference => "tns:ID",
        FieldType::Boolean => "xsd:boolean",
        FieldType::Int => "xsd:int",
        FieldType::Double | FieldType::Currency | FieldType::Percent => "xsd:double",
        FieldType::Date => "xsd:date",
        FieldType::DateTime => "xsd:dateTime",
        FieldType::Address => "urn:address",
        _ => "xsd:string",
    }
}

/// The name of a type in describe, as in `string` or `datetime`.
pub fn type_name(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Id => "id",
        FieldType::Reference => "reference",
        FieldType::Text => "string",
        FieldType::TextArea => "textarea",
        FieldType::Combobox => "combobox",
        FieldType::Picklist => "picklist",
        FieldType::MultiPicklist => "multipicklist",
        FieldType::Phone => "phone",
        FieldType::Email => "email",
        FieldType::Url => "url",
        FieldType::Boolean => "boolean",
        FieldType::Int => "int",
        FieldType::Double => "double",
        FieldType::Currency => "currency",
        FieldType::Percent => "percent",
        FieldType::Date => "date",
        FieldType::DateTime => "datetime",
        FieldType::Address => "address",
    }
}
