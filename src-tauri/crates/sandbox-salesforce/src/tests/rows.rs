//! Raw rows, what colleagues do, and rights that are granted during a run.

use liaison_sandbox_kernel::{Profile, SandboxConfig, WorldKind};
use serde_json::{Value, json};

use super::Bench;
use crate::SalesforceRows;

fn empty(profile: Profile) -> Bench {
    Bench::with(SandboxConfig { world: WorldKind::Empty, profile, ..SandboxConfig::default() })
}

fn rows(value: Value) -> SalesforceRows {
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn rows_are_answered_as_they_were_given_and_may_lead_forwards() {
    let bench = empty(Profile::Deployed);
    let ids = bench.salesforce.load(&rows(json!({
        "Account": [{ "Id": "001Lz00000000abIAA", "Name": "Acme" }],
        "Contact": [{
            "attributes": { "type": "Contact" }, "LastName": "Köhler", "FirstName": "Änne", "AccountId": "001Lz00000000abIAA",
            "Email": "aenne@acme.example", "CreatedDate": "2024-02-03T04:05:06.000+0000",
            "SystemModstamp": "2025-01-01T00:00:00.000+0000",
        }],
        "Event": [{ "Subject": "Call", "WhatId": "001Lz00000000abIAA", "StartDateTime": "2026-11-27T09:00:00Z",
                    "DurationInMinutes": 30, "Liaison_Key__c": "k1" }],
    })));
    let ids = ids.unwrap();
    let contact = bench.read("Contact", &ids["Contact"][0]).await;
    assert_eq!(
        (&contact["Name"], &contact["CreatedDate"]),
        (&json!("Änne Köhler"), &json!("2024-02-03T04:05:06.000+0000"))
    );
    assert_eq!(contact["LastModifiedDate"], contact["CreatedDate"]);
    assert_eq!(contact["SystemModstamp"], "2025-01-01T00:00:00.000+0000");
    let event = bench.read("Event", &ids["Event"][0]).await;
    assert_eq!(
        (&event["EndDateTime"], &event["AccountId"]),
        (&json!("2026-11-27T09:30:00.000+0000"), &json!("001Lz00000000abIAA"))
    );
    assert_eq!(bench.get("sobjects/Event/Liaison_Key__c/k1").await.status, 200);
    assert_eq!(bench.count("SELECT COUNT() FROM Contact WHERE Account.Name = 'Acme'").await, 1);
    assert!(bench.effects("Contact.created").is_empty());
}

#[tokio::test]
async fn a_wrong_row_is_named_and_nothing_is_loaded() {
    let bench = empty(Profile::Deployed);
    let good = json!({ "LastName": "Novák", "Company": "Acme" });
    for (wrong, place) in [
        (json!({ "Lead": [good, { "Nope": 1 }] }), "Lead[1].Nope: INVALID_FIELD"),
        (json!({ "Lead": [good, { "Id": "003Lz00000000abIAA" }] }), "Lead[1].Id: MALFORMED_ID"),
        (json!({ "Lead": [good, { "Email": "x" }] }), "Lead[1].Email: INVALID_EMAIL_ADDRESS"),
        (json!({ "Lead": [good, { "CreatedDate": 5 }] }), "Lead[1].CreatedDate: JSON_PARSER_ERROR"),
        (
            json!({ "Contact": [{ "LastName": "X", "AccountId": "001Lz00000000abIAA" }], "Lead": [good] }),
            "Contact[0].AccountId: INVALID_CROSS_REFERENCE_KEY",
        ),
        (json!({ "Lead": [good], "Nonsense": [{}] }), "Nonsense[0]: INVALID_TYPE"),
    ] {
        let error = bench.salesforce.load(&rows(wrong)).unwrap_err().to_string();
        assert!(error.starts_with(place), "{place}: {error}");
    }
    assert_eq!(bench.count("SELECT COUNT() FROM Lead").await, 0);
    let twice =
        json!({ "Task": [{ "Subject": "a", "Liaison_Key__c": "k" }, { "Subject": "b", "Liaison_Key__c": "k" }] });
    assert!(bench.salesforce.load(&rows(twice)).unwrap_err().to_string().contains("DUPLICATE_VALUE"));
    assert_eq!(bench.get("sobjects/Task/Liaison_Key__c/k").await.status, 404);
    bench.salesforce.load(&rows(json!({ "Lead": [good] }))).unwrap();
    assert_eq!(bench.count("SELECT COUNT() FROM Lead").await, 1);
}

#[tokio::test]
async fn renaming_an_account_leaves_its_contacts_untouched() {
    let mut bench = empty(Profile::Deployed);
    let account = bench.create("Account", json!({ "Name": "Acme" })).await;
    let contact = bench.create("Contact", json!({ "LastName": "Novák", "AccountId": account })).await;
    let before = bench.read("Contact", &contact).await;
    let stamp = bench.read("Account", &account).await["SystemModstamp"].clone();
    bench.wait(60_000);
    let fields = json!({ "Name": "Apex" });
    bench.salesforce.edit_record(&account, fields.as_object().unwrap()).unwrap();
    let renamed = bench.read("Account", &account).await;
    assert_eq!(renamed["Name"], "Apex");
    assert_ne!(renamed["SystemModstamp"], stamp);
    assert_ne!(renamed["LastModifiedById"], before["LastModifiedById"]);
    assert_eq!(bench.read("Contact", &contact).await, before);
    assert_eq!(bench.records("SELECT Account.Name FROM Contact").await[0]["Account"]["Name"], "Apex");
}

#[tokio::test]
async fn colleagues_make_change_and_delete_records() {
    let bench = empty(Profile::Deployed);
    let fields = json!({ "LastName": "Novák", "Company": "Acme" });
    let id = bench.salesforce.create_record("Lead", fields.as_object().unwrap()).unwrap();
    assert_ne!(bench.read("Lead", &id).await["OwnerId"], json!(bench.salesforce.org().user_id.as_str()));
    bench.salesforce.delete_record(&id).unwrap();
    assert_eq!(bench.get(&format!("sobjects/Lead/{id}")).await.code(), "ENTITY_IS_DELETED");
    assert!(bench.salesforce.delete_record(&id).unwrap_err().starts_with("ENTITY_IS_DELETED"));
    assert!(bench.salesforce.edit_record("00QLz00000000zzMAA", fields.as_object().unwrap()).is_err());
}

#[tokio::test]
async fn an_administrator_grants_a_right_during_the_run() {
    let bench = empty(Profile::NoMarketing);
    let campaign = json!({ "Name": "Roadmap" });
    assert_eq!(bench.post("sobjects/Campaign", campaign.clone()).await.code(), "INVALID_TYPE_FOR_OPERATION");
    let marketing = "SELECT UserPermissionsMarketingUser FROM User WHERE IsActive = true LIMIT 1";
    assert_eq!(bench.records(marketing).await[0]["UserPermissionsMarketingUser"], false);
    bench.salesforce.set_profile(Profile::Deployed);
    assert_eq!(bench.records(marketing).await[0]["UserPermissionsMarketingUser"], true);
    assert_eq!(bench.get("sobjects/Campaign/describe").await.json()["createable"], true);
    assert_eq!(bench.post("sobjects/Campaign", campaign.clone()).await.status, 201);
    bench.salesforce.set_profile(Profile::DeployedWithoutFls);
    assert_eq!(bench.post("sobjects/Task", json!({ "Liaison_Key__c": "x" })).await.code(), "INVALID_FIELD");
    bench.salesforce.set_profile(Profile::Deployed);
    assert_eq!(bench.post("sobjects/Task", json!({ "Liaison_Key__c": "x" })).await.status, 201);
}
