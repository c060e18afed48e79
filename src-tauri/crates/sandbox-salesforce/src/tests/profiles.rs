//! Orgs that are set up in other ways.

use liaison_sandbox_kernel::{Profile, SandboxConfig};
use serde_json::{Value, json};

use super::Bench;

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

#[tokio::test]
async fn every_field_of_the_package_can_be_written_where_it_is_deployed() {
    let bench = Bench::new();
    let ours = |describe: &Value| -> Vec<(String, String)> {
        let fields = describe["fields"].as_array().unwrap().iter();
        let own = fields.filter(|field| field["custom"] == true);
        own.map(|field| [&field["name"], &field["type"]].map(|text| text.as_str().unwrap().to_owned()).into()).collect()
    };
    let campaign = bench.create("Campaign", json!({ "Name": "Webinar" })).await;
    let lead = bench.lead("Guest").await;
    for (object, mut body) in [
        ("Event", json!({ "StartDateTime": "2030-01-01T10:00:00Z", "DurationInMinutes": 30 })),
        ("Task", json!({})),
        ("Campaign", json!({ "Name": "Another" })),
        ("CampaignMember", json!({ "CampaignId": campaign, "LeadId": lead })),
    ] {
        let fields = ours(&bench.get(&format!("sobjects/{object}/describe")).await.json());
        assert!(fields.len() > 4, "{object}");
        for (name, kind) in &fields {
            body[name] = match kind.as_str() {
                "double" => json!(12.0),
                "datetime" => json!("2030-01-01T10:01:00.000+0000"),
                "url" => json!("https://example.com/rec"),
                _ => json!("value"),
            };
        }
        let id = bench.create(object, body.clone()).await;
        let row = bench.read(object, &id).await;
        for (name, _) in &fields {
            assert_eq!(row[name], body[name], "{object}.{name}");
        }
    }
    let refused = bench.post("sobjects/Task", json!({ "Liaison_Attendance__c": "x".repeat(41) })).await;
    assert_eq!(refused.code(), "STRING_TOO_LONG");
    let hidden = self::bench(Profile::DeployedWithoutFls);
    for (object, body) in [
        ("Task", json!({ "Liaison_Attendance__c": "attended" })),
        ("Campaign", json!({ "Name": "A", "Liaison_Participants__c": 1 })),
    ] {
        assert_eq!(hidden.post(&format!("sobjects/{object}"), body).await.code(), "INVALID_FIELD", "{object}");
    }
}

#[tokio::test]
async fn an_org_with_several_currencies_names_one_on_every_record() {
    let bench = bench(Profile::MultiCurrency);
    let described = field(&bench, "Opportunity", "CurrencyIsoCode").await;
    assert_eq!((&described["restrictedPicklist"], &described["defaultedOnCreate"]), (&json!(true), &json!(true)));
    assert_eq!(described["picklistValues"][0]["value"], "EUR");
    assert_eq!(bench.count("SELECT COUNT() FROM Opportunity WHERE CurrencyIsoCode = null").await, 0);
    let lead = bench.lead("Buyer").await;
    assert_eq!(bench.read("Lead", &lead).await["CurrencyIsoCode"], "EUR");
    let unknown = bench.post("sobjects/Campaign", json!({ "Name": "A", "CurrencyIsoCode": "XXX" })).await;
    assert_eq!(unknown.code(), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    let campaign = bench.create("Campaign", json!({ "Name": "A", "CurrencyIsoCode": "USD" })).await;
    assert_eq!(bench.read("Campaign", &campaign).await["CurrencyIsoCode"], "USD");
    // Records that were there before the feature have the corporate currency.
    let other = Bench::new();
    assert!(field(&other, "Lead", "CurrencyIsoCode").await.is_null());
    other.salesforce.set_profile(Profile::MultiCurrency);
    assert_eq!(other.count("SELECT COUNT() FROM Lead WHERE CurrencyIsoCode != 'EUR'").await, 0);
}

#[tokio::test]
async fn where_call_loggers_are_installed_a_task_refers_to_their_log() {
    let number = "7018317023722949162";
    let installed = bench(Profile::CallPackages);
    let log = installed.create("ZVC__Zoom_Call_Log__c", json!({ "ZVC__Call_ID__c": number })).await;
    let body = json!({ "ZVC__Zoom_Call_Log__c": log, "rcsfl__CALL_UUID__c": "s-1", "zoom_app__Call_Id__c": number });
    let task = installed.create("Task", body).await;
    assert_eq!(installed.read("Task", &task).await["rcsfl__CALL_UUID__c"], "s-1");
    let named = installed.records("SELECT ZVC__Zoom_Call_Log__r.ZVC__Call_ID__c FROM Task").await;
    assert!(named.iter().any(|row| row["ZVC__Zoom_Call_Log__r"]["ZVC__Call_ID__c"] == number), "{named:?}");
    assert_eq!(installed.get("sobjects/ZVC__Zoom_Call_Log__c/describe").await.json()["custom"], true);
    let other = Bench::new();
    assert_eq!(other.post("sobjects/Task", json!({ "rcsfl__CALL_UUID__c": "s-1" })).await.code(), "INVALID_FIELD");
}
