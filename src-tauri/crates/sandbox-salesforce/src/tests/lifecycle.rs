//! Conversions, merges, the recycle bin; and fields that come and go.

use axum::body::Body;
use liaison_sandbox_kernel::Profile;
use serde_json::json;

use super::Bench;

#[tokio::test]
async fn a_converted_lead_names_its_contact_and_hands_everything_over() {
    let bench = Bench::new();
    let lead =
        bench.create("Lead", json!({ "LastName": "Ready", "Company": "Acme", "Email": "r@acme.example.com" })).await;
    let task = bench.create("Task", json!({ "WhoId": lead })).await;
    let campaign = bench.create("Campaign", json!({ "Name": "Tour" })).await;
    bench.create("CampaignMember", json!({ "CampaignId": campaign, "LeadId": lead })).await;
    let made = bench.salesforce.convert_lead(&lead, None, None).unwrap();
    let row = bench.read("Lead", &lead).await;
    assert_eq!((&row["IsConverted"], &row["ConvertedContactId"]), (&json!(true), &json!(made.contact.as_str())));
    let contact = bench.read("Contact", made.contact.as_str()).await;
    assert_eq!((&contact["LastName"], &contact["Email"]), (&json!("Ready"), &json!("r@acme.example.com")));
    assert_eq!(contact["AccountId"], made.account.as_str());
    let task = bench.read("Task", &task).await;
    assert_eq!((&task["WhoId"], &task["AccountId"]), (&json!(made.contact.as_str()), &json!(made.account.as_str())));
    let members =
        bench.records("SELECT LeadId, ContactId, Type FROM CampaignMember WHERE Campaign.Name = 'Tour'").await;
    assert_eq!(members.len(), 1);
    assert_eq!((&members[0]["LeadId"], &members[0]["Type"]), (&json!(lead), &json!("Contact")));
    let refused = bench.patch(&format!("sobjects/Lead/{lead}"), json!({ "Title": "CEO" })).await;
    assert_eq!(refused.code(), "CANNOT_UPDATE_CONVERTED_LEAD");
    assert!(bench.salesforce.convert_lead(&lead, None, None).is_err());
    assert_eq!(bench.effects("Lead.converted").len(), 1);
}

#[tokio::test]
async fn two_members_of_one_campaign_become_one() {
    let bench = Bench::new();
    let lead = bench.lead("Twin").await;
    let contact = bench.create("Contact", json!({ "LastName": "Twin" })).await;
    let campaign = bench.create("Campaign", json!({ "Name": "Tour" })).await;
    bench.create("CampaignMember", json!({ "CampaignId": campaign, "LeadId": lead })).await;
    bench.create("CampaignMember", json!({ "CampaignId": campaign, "ContactId": contact })).await;
    bench.salesforce.convert_lead(&lead, Some(&contact), None).unwrap();
    assert_eq!(bench.count("SELECT COUNT() FROM CampaignMember WHERE Campaign.Name = 'Tour'").await, 1);
}

#[tokio::test]
async fn the_loser_of_a_merge_names_the_winner() {
    let bench = Bench::new();
    let (winner, loser) = (bench.lead("Winner").await, bench.lead("Loser").await);
    let task = bench.create("Task", json!({ "WhoId": loser })).await;
    bench.salesforce.merge(&winner, std::slice::from_ref(&loser)).unwrap();
    assert_eq!(bench.get(&format!("sobjects/Lead/{loser}")).await.code(), "ENTITY_IS_DELETED");
    let query = super::encoded("q", &format!("SELECT IsDeleted, MasterRecordId FROM Lead WHERE Id = '{loser}'"));
    let row = bench.get(&format!("queryAll?{query}")).await.json()["records"][0].clone();
    assert_eq!((&row["IsDeleted"], &row["MasterRecordId"]), (&json!(true), &json!(winner)));
    assert_eq!(bench.read("Task", &task).await["WhoId"], json!(winner));
    assert!(bench.salesforce.merge(&winner, std::slice::from_ref(&winner)).is_err());
}

#[tokio::test]
async fn what_is_purged_is_in_no_list_and_what_is_restored_is_back() {
    let bench = Bench::new();
    let (gone, back) = (bench.lead("Gone").await, bench.lead("Back").await);
    bench.salesforce.purge(&gone).unwrap();
    assert_eq!(bench.get(&format!("sobjects/Lead/{gone}")).await.code(), "NOT_FOUND");
    let query = super::encoded("q", "SELECT Id FROM Lead WHERE LastName IN ('Gone', 'Back')");
    assert_eq!(bench.get(&format!("queryAll?{query}")).await.json()["totalSize"], 1);
    bench.delete(&format!("sobjects/Lead/{back}")).await;
    bench.salesforce.restore(&back).unwrap();
    assert_eq!(bench.read("Lead", &back).await["IsDeleted"], false);
    assert!(bench.salesforce.restore(&gone).is_err());
}

#[tokio::test]
async fn a_field_can_go_and_come_back_during_a_run() {
    let bench = Bench::new();
    let task = bench.create("Task", json!({ "Liaison_Key__c": "k", "Subject": "Kept" })).await;
    let modified = bench.get("sobjects/Task/describe").await.header("last-modified").to_owned();
    bench.salesforce.remove_field("Task", "Liaison_Key__c").unwrap();
    assert!(bench.salesforce.remove_field("Task", "Liaison_Key__c").is_err());
    let request = bench.request("GET", "sobjects/Task/describe").header("if-modified-since", modified);
    let describe = bench.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(describe.status, 200, "the schema has changed since");
    assert!(!describe.text.contains("Liaison_Key__c"));
    assert_eq!(bench.ask("SELECT Liaison_Key__c FROM Task").await.code(), "INVALID_FIELD");
    assert_eq!(bench.post("sobjects/Task", json!({ "Liaison_Key__c": "x" })).await.code(), "INVALID_FIELD");
    assert_eq!(bench.patch("sobjects/Task/Liaison_Key__c/k", json!({})).await.code(), "NOT_FOUND");
    assert_eq!(bench.read("Task", &task).await["Subject"], "Kept");
    assert_eq!(bench.read("Task", &task).await["Status"], "Not Started");
    bench.salesforce.restore_fields();
    assert_eq!(bench.read("Task", &task).await["Liaison_Key__c"], "k");
    assert_eq!(bench.post("sobjects/Task", json!({ "Liaison_Key__c": "k" })).await.code(), "DUPLICATE_VALUE");
}

#[tokio::test]
async fn the_package_can_be_deployed_during_a_run() {
    let bench = Bench::bare();
    let event = json!({ "StartDateTime": "2026-12-01T10:00:00Z", "DurationInMinutes": 30, "Subject": "Before" });
    let event = bench.create("Event", event).await;
    let before = bench.read("Event", &event).await;
    bench.salesforce.set_profile(Profile::Deployed);
    let mut after = bench.read("Event", &event).await;
    let is_ours = |name: &str| name.starts_with("Liaison_");
    let ours = after.as_object().unwrap().iter().filter(|(name, _)| is_ours(name));
    assert!(ours.clone().count() > 1 && ours.clone().all(|(_, value)| value.is_null()));
    after.as_object_mut().unwrap().retain(|name, _| !is_ours(name));
    assert_eq!(after, before);
    let answer = bench.patch(&format!("sobjects/Event/{event}"), json!({ "Liaison_Key__c": "k" })).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
}
