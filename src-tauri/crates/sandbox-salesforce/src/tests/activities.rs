//! Events and Tasks: Who and What, times, what follows, the echo; campaign members.

use serde_json::{Value, json};

use super::Bench;

fn event(changes: &Value) -> Value {
    let mut body = json!({
        "Subject": "Meeting",
        "StartDateTime": "2026-12-01T09:00:00Z",
        "EndDateTime": "2026-12-01T09:45:00.000+0000",
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn ids(bench: &Bench) -> (String, String, String, String) {
    let contact = bench.records("SELECT Id, AccountId FROM Contact LIMIT 1").await.remove(0);
    let lead = bench.records("SELECT Id FROM Lead WHERE IsConverted = false LIMIT 1").await.remove(0);
    let opportunity = bench.records("SELECT Id, AccountId FROM Opportunity LIMIT 1").await.remove(0);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&lead["Id"]), text(&contact["Id"]), text(&contact["AccountId"]), text(&opportunity["Id"]))
}

#[tokio::test]
async fn two_of_start_end_and_duration_give_the_third() {
    let bench = Bench::new();
    let id = bench.create("Event", event(&json!({}))).await;
    let made = bench.read("Event", &id).await;
    assert_eq!(made["DurationInMinutes"], 45);
    assert_eq!(made["ActivityDate"], "2026-12-01");
    assert_eq!(made["ActivityDateTime"], made["StartDateTime"]);
    assert_eq!(made["EndDate"], "2026-12-01");
    assert_eq!((&made["ShowAs"], &made["EventSubtype"]), (&json!("Busy"), &json!("Event")));

    let path = format!("sobjects/Event/{id}");
    assert_eq!(bench.patch(&path, json!({ "StartDateTime": "2026-12-02T09:00:00+0100" })).await.status, 204);
    let moved = bench.read("Event", &id).await;
    assert_eq!(moved["StartDateTime"], "2026-12-02T08:00:00.000+0000");
    assert_eq!(moved["EndDateTime"], "2026-12-02T08:45:00.000+0000");
    bench.patch(&path, json!({ "EndDateTime": "2026-12-02T09:00:00Z" })).await;
    assert_eq!(bench.read("Event", &id).await["DurationInMinutes"], 60);
}

#[tokio::test]
async fn times_that_do_not_fit_are_refused() {
    let bench = Bench::new();
    let integrity = "FIELD_INTEGRITY_EXCEPTION";
    for (changes, code, field) in [
        (json!({ "EndDateTime": "2026-12-01T08:00:00Z" }), integrity, "EndDateTime"),
        (json!({ "DurationInMinutes": 30 }), integrity, "DurationInMinutes"),
        (json!({ "EndDateTime": "2026-12-16T09:00:00Z" }), integrity, "EndDateTime"),
        (json!({ "ActivityDateTime": "2026-12-01T10:00:00Z" }), integrity, "ActivityDateTime"),
        (json!({ "EndDateTime": null }), "REQUIRED_FIELD_MISSING", "EndDateTime"),
        (json!({ "StartDateTime": null }), "REQUIRED_FIELD_MISSING", "StartDateTime"),
        (json!({ "IsReminderSet": true }), "REQUIRED_FIELD_MISSING", "ReminderDateTime"),
        (json!({ "ShowAs": "Asleep" }), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "ShowAs"),
        (json!({ "IsAllDayEvent": null }), "INVALID_TYPE_ON_FIELD_IN_RECORD", "IsAllDayEvent"),
    ] {
        let answer = bench.post("sobjects/Event", event(&changes)).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{changes}: {}", answer.text);
        assert_eq!(answer.json()[0]["fields"], json!([field]), "{changes}");
    }
    let answer = bench.post("sobjects/Event", event(&json!({ "StartDateTime": "2026-12-01T09:00:00" }))).await;
    assert_eq!(answer.code(), "JSON_PARSER_ERROR");
}

#[tokio::test]
async fn an_all_day_event_needs_a_day_only() {
    let bench = Bench::new();
    let id =
        bench.create("Event", json!({ "Subject": "Fair", "IsAllDayEvent": true, "ActivityDate": "2026-12-24" })).await;
    let made = bench.read("Event", &id).await;
    assert_eq!(made["StartDateTime"], "2026-12-24T00:00:00.000+0000");
    assert_eq!((&made["DurationInMinutes"], &made["EndDate"]), (&json!(1440), &json!("2026-12-24")));
}

#[tokio::test]
async fn who_and_what_follow_their_rules() {
    let bench = Bench::new();
    let (lead, contact, account, opportunity) = ids(&bench).await;
    for (changes, field) in [
        (json!({ "WhoId": account }), "WhoId"),
        (json!({ "WhatId": contact }), "WhatId"),
        (json!({ "WhoId": lead, "WhatId": account }), "WhatId"),
        (json!({ "WhoId": lead, "IsPrivate": true }), "IsPrivate"),
    ] {
        let answer = bench.post("sobjects/Event", event(&changes)).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "FIELD_INTEGRITY_EXCEPTION"), "{changes}");
        assert_eq!(answer.json()[0]["fields"], json!([field]), "{changes}");
    }
    let answer = bench.post("sobjects/Event", event(&json!({ "WhoId": account }))).await;
    assert_eq!(answer.message(), format!("Name ID: id value of incorrect type: {account}"));

    let with_contact = bench.create("Event", event(&json!({ "WhoId": contact }))).await;
    assert_eq!(bench.read("Event", &with_contact).await["AccountId"], json!(account));
    let with_deal = bench.create("Event", event(&json!({ "WhoId": contact, "WhatId": opportunity }))).await;
    let expected = bench.read("Opportunity", &opportunity).await["AccountId"].clone();
    assert_eq!(bench.read("Event", &with_deal).await["AccountId"], expected);
    let with_lead = bench.create("Event", event(&json!({ "WhoId": lead }))).await;
    assert_eq!(bench.read("Event", &with_lead).await["AccountId"], Value::Null);
    let found = bench
        .records(&format!("SELECT Who.Name, Who.Type FROM Event WHERE Who.Type = 'Lead' AND Id = '{with_lead}'"))
        .await;
    assert_eq!(found[0]["Who"]["Type"], "Lead");
}

#[tokio::test]
async fn an_activity_echoes_on_its_person() {
    let bench = Bench::new();
    let id = bench.lead("Echo").await;
    let before = bench.read("Lead", &id).await;
    assert_eq!(before["LastActivityDate"], Value::Null);
    bench.shared.clock.advance_ms(10_000);
    bench.create("Event", event(&json!({ "WhoId": id, "Liaison_Key__c": "k1" }))).await;
    let after = bench.read("Lead", &id).await;
    assert_eq!(after["LastActivityDate"], "2026-12-01");
    assert_ne!(after["SystemModstamp"], before["SystemModstamp"]);
    assert_eq!(after["LastModifiedDate"], before["LastModifiedDate"]);
    let created = bench.effects("Event.created");
    assert_eq!(created.len(), 1);
    assert_eq!((&created[0].detail["key"], &created[0].detail["WhoId"]), (&json!("k1"), &json!(id)));
    // Deleting the person takes the event along.
    bench.delete(&format!("sobjects/Lead/{id}")).await;
    let answer = bench.get(&format!("sobjects/Event/{}", created[0].id)).await;
    assert_eq!(answer.code(), "ENTITY_IS_DELETED");
}

#[tokio::test]
async fn a_task_closes_with_its_status() {
    let bench = Bench::new();
    let id = bench.create("Task", json!({ "Subject": "Call", "Status": "Completed", "TaskSubtype": "Call", "CallType": "Outbound", "CallDurationInSeconds": 61 })).await;
    let task = bench.read("Task", &id).await;
    assert_eq!((&task["IsClosed"], &task["Priority"]), (&json!(true), &json!("Normal")));
    assert!(task["CompletedDateTime"].is_string());
    let answer = bench.patch(&format!("sobjects/Task/{id}"), json!({ "TaskSubtype": "Task" })).await;
    assert_eq!(answer.code(), "INVALID_FIELD_FOR_INSERT_UPDATE");
    bench.patch(&format!("sobjects/Task/{id}"), json!({ "Status": "In Progress" })).await;
    assert_eq!(bench.read("Task", &id).await["CompletedDateTime"], Value::Null);
}

#[tokio::test]
async fn a_person_is_a_member_once_and_an_unknown_status_is_silently_the_default() {
    let bench = Bench::new();
    let campaign = bench.create("Campaign", json!({ "Name": "Webinar" })).await;
    let lead = bench.lead("Member").await;
    let member = json!({ "CampaignId": campaign, "LeadId": lead, "Status": "Attended with bells on" });
    let id = bench.create("CampaignMember", member.clone()).await;
    let made = bench.read("CampaignMember", &id).await;
    assert_eq!((&made["Status"], &made["HasResponded"]), (&json!("Sent"), &json!(false)));
    assert_eq!(
        (&made["Name"], &made["Type"], &made["CompanyOrAccount"]),
        (&json!("Member"), &json!("Lead"), &json!("Acme"))
    );
    let again = bench.post("sobjects/CampaignMember", member).await;
    assert_eq!((again.status, again.code().as_str()), (400, "DUPLICATE_VALUE"));
    assert_eq!(again.message(), "Already a campaign member.");
    bench.patch(&format!("sobjects/CampaignMember/{id}"), json!({ "Status": "Responded" })).await;
    assert_eq!(bench.read("CampaignMember", &id).await["HasResponded"], true);
    let counts = bench.read("Campaign", &campaign).await;
    assert_eq!((&counts["NumberOfLeads"], &counts["NumberOfResponses"]), (&json!(1), &json!(1)));
    bench.patch(&format!("sobjects/Lead/{lead}"), json!({ "LastName": "Renamed" })).await;
    assert_eq!(bench.read("CampaignMember", &id).await["LastName"], "Renamed");
    bench.delete(&format!("sobjects/CampaignMember/{id}")).await;
    assert_eq!(bench.read("Campaign", &campaign).await["NumberOfLeads"], 0);
    let nobody = bench.post("sobjects/CampaignMember", json!({ "CampaignId": campaign })).await;
    assert_eq!(nobody.code(), "FIELD_INTEGRITY_EXCEPTION");
}
