//! Describe: complete, and only what this org has.

use serde_json::{Value, json};

use super::Bench;

fn field<'a>(describe: &'a Value, name: &str) -> &'a Value {
    describe["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap_or(&Value::Null)
}

#[tokio::test]
async fn the_key_is_described_where_it_is_deployed() {
    let describe = Bench::new().get("sobjects/Event/describe").await.json();
    let key = field(&describe, "Liaison_Key__c");
    for flag in ["externalId", "unique", "createable", "updateable", "caseSensitive", "custom", "filterable"] {
        assert_eq!(key[flag], true, "{flag}");
    }
    assert_eq!(key["length"], 80);
    let describe = Bench::bare().get("sobjects/Event/describe").await.json();
    assert!(field(&describe, "Liaison_Key__c").is_null());
}

#[tokio::test]
async fn flags_say_what_the_object_reference_says() {
    let bench = Bench::new();
    let event = bench.get("sobjects/Event/describe").await.json();
    assert_eq!((&event["keyPrefix"], &event["createable"]), (&json!("00U"), &json!(true)));
    assert_eq!(field(&event, "WhoId")["referenceTo"], json!(["Contact", "Lead"]));
    assert_eq!(field(&event, "WhoId")["polymorphicForeignKey"], true);
    assert_eq!(field(&event, "Description")["filterable"], false);
    assert_eq!(field(&event, "Subject")["type"], "combobox");
    assert_eq!(field(&event, "ShowAs")["restrictedPicklist"], true);
    assert_eq!(field(&event, "StartDateTime")["soapType"], "xsd:dateTime");
    assert_eq!(event["recordTypeInfos"][0]["recordTypeId"], "012000000000000AAA");
    let lead = bench.get("sobjects/Lead/describe").await.json();
    let children: Vec<&Value> =
        lead["childRelationships"].as_array().unwrap().iter().map(|child| &child["childSObject"]).collect();
    assert!(children.contains(&&json!("Event")) && children.contains(&&json!("CampaignMember")));
    assert_eq!(field(&lead, "LastName")["compoundFieldName"], "Name");
    let user = bench.get("sobjects/User/describe").await.json();
    assert_eq!((&user["createable"], &user["updateable"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn the_global_list_has_every_object_and_can_be_asked_for_if_it_changed() {
    let bench = Bench::new();
    let answer = bench.get("sobjects/").await;
    let names: Vec<String> = answer.json()["sobjects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["name"].as_str().unwrap().to_owned())
        .collect();
    for name in ["Lead", "Contact", "Account", "Opportunity", "User", "Event", "Task", "Campaign", "CampaignMember"] {
        assert!(names.contains(&name.to_owned()), "{name}");
    }
    for path in ["sobjects", "sobjects/Lead/describe"] {
        let modified = bench.get(path).await.header("last-modified").to_owned();
        let request = bench.request("GET", path).header("if-modified-since", modified);
        let answer = bench.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((answer.status, answer.text.as_str()), (304, ""), "{path}");
        let request = bench.request("GET", path).header("if-modified-since", "Sat, 01 Jan 2000 00:00:00 GMT");
        assert_eq!(bench.send(request.body(axum::body::Body::empty()).unwrap()).await.status, 200);
    }
}
