//! Orgs that are set up in other ways.

use serde_json::{Value, json};

use super::Bench;
use crate::{Profile, SandboxConfig};

fn bench(profile: Profile) -> Bench {
    Bench::with(SandboxConfig { profile, ..SandboxConfig::default() })
}

async fn field(bench: &Bench, object: &str, name: &str) -> Value {
    let describe = bench.get(&format!("sobjects/{object}/describe")).await.json();
    let fields = describe["fields"].as_array().unwrap();
    fields.iter().find(|field| field["name"] == name).cloned().unwrap_or_default()
}

#[tokio::test]
async fn without_access_the_key_might_as_well_not_be_there() {
    let bench = bench(Profile::DeployedWithoutFls);
    assert!(field(&bench, "Task", "Liaison_Key__c").await.is_null());
    assert_eq!(bench.post("sobjects/Task", json!({ "Liaison_Key__c": "x" })).await.code(), "INVALID_FIELD");
}

#[tokio::test]
async fn a_rep_without_the_marketing_right_adds_members_only() {
    let bench = bench(Profile::NoMarketing);
    let describe = bench.get("sobjects/Campaign/describe").await.json();
    assert_eq!((&describe["createable"], &describe["updateable"]), (&json!(false), &json!(false)));
    let refused = bench.post("sobjects/Campaign", json!({ "Name": "Mine" })).await;
    assert_eq!(refused.code(), "INVALID_TYPE_FOR_OPERATION");
    let users = bench.records("SELECT UserPermissionsMarketingUser FROM User LIMIT 1").await;
    assert_eq!(users[0]["UserPermissionsMarketingUser"], false);
    let campaign = bench.records("SELECT Id FROM Campaign LIMIT 1").await[0]["Id"].clone();
    let lead = bench.lead("Guest").await;
    bench.create("CampaignMember", json!({ "CampaignId": campaign, "LeadId": lead })).await;
}

#[tokio::test]
async fn an_org_without_a_call_centre_has_no_call_fields() {
    let bench = bench(Profile::NoCallCenter);
    for name in ["CallDurationInSeconds", "CallType", "CallDisposition", "CallObject"] {
        assert!(field(&bench, "Task", name).await.is_null(), "{name}");
    }
    assert_eq!(bench.post("sobjects/Task", json!({ "CallType": "Outbound" })).await.code(), "INVALID_FIELD");
    bench.create("Task", json!({ "Liaison_Key__c": "call", "Status": "Completed" })).await;
}

#[tokio::test]
async fn a_person_account_has_a_contact_that_follows_it() {
    let bench = bench(Profile::PersonAccounts);
    assert!(bench.count("SELECT COUNT() FROM Account WHERE IsPersonAccount = true").await > 0);
    let body =
        json!({ "FirstName": "Ida", "LastName": "Person", "PersonEmail": "ida@example.com", "Phone": "020-5550101" });
    let account = bench.create("Account", body).await;
    let row = bench.read("Account", &account).await;
    assert_eq!((&row["Name"], &row["IsPersonAccount"]), (&json!("Ida Person"), &json!(true)));
    let contact = bench.read("Contact", row["PersonContactId"].as_str().unwrap()).await;
    assert_eq!((&contact["Email"], &contact["AccountId"]), (&json!("ida@example.com"), &json!(account)));
    bench.patch(&format!("sobjects/Account/{account}"), json!({ "PersonEmail": "new@example.com" })).await;
    let contact = bench.read("Contact", row["PersonContactId"].as_str().unwrap()).await;
    assert_eq!(contact["Email"], "new@example.com");
    bench.create("Account", json!({ "Name": "A company" })).await;
    assert_eq!(bench.post("sobjects/Account", json!({ "Phone": "1" })).await.code(), "REQUIRED_FIELD_MISSING");
}

#[tokio::test]
async fn a_german_org_has_german_values_and_texts() {
    let bench = bench(Profile::NonEnglish);
    let closed = bench.records("SELECT ApiName FROM TaskStatus WHERE IsClosed = true").await;
    assert_eq!(closed[0]["ApiName"], "Abgeschlossen");
    let task = bench.create("Task", json!({ "Priority": "Hoch" })).await;
    let row = bench.read("Task", &task).await;
    assert_eq!(
        (&row["Status"], &row["IsClosed"], &row["IsHighPriority"]),
        (&json!("Nicht begonnen"), &json!(false), &json!(true))
    );
    bench.patch(&format!("sobjects/Task/{task}"), json!({ "Status": "Abgeschlossen" })).await;
    assert_eq!(bench.read("Task", &task).await["IsClosed"], true);
    let long = "x".repeat(256);
    assert!(bench.post("sobjects/Task", json!({ "Subject": long })).await.message().starts_with("Betreff: "));
    let campaign = bench.create("Campaign", json!({ "Name": "Rundgang" })).await;
    let lead = bench.lead("Gast").await;
    let member = json!({ "CampaignId": campaign, "LeadId": lead, "Status": "Responded" });
    let member = bench.create("CampaignMember", member).await;
    assert_eq!(bench.read("CampaignMember", &member).await["Status"], "Gesendet");
    assert_eq!(field(&bench, "Task", "CallType").await["picklistValues"][0]["label"], "Intern");
}
