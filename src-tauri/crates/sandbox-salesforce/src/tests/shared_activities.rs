//! An org with Shared Activities: several people of one activity, and the relations behind them.

use liaison_sandbox_kernel::{Profile, SandboxConfig};
use serde_json::{Value, json};

use super::Bench;

fn bench() -> Bench {
    Bench::with(SandboxConfig { profile: Profile::SharedActivities, ..SandboxConfig::default() })
}

async fn contacts(bench: &Bench, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(bench.create("Contact", json!({ "LastName": format!("Guest {number}") })).await);
    }
    ids
}

fn meeting(more: &Value) -> Value {
    let mut body = json!({ "StartDateTime": "2030-01-01T10:00:00Z", "DurationInMinutes": 30 });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// Related record, IsParent, IsInvitee, IsWhat of every relation of an event.
async fn relations(bench: &Bench, event: &str) -> Vec<(String, bool, bool, bool)> {
    let query = format!(
        "SELECT RelationId, IsParent, IsInvitee, IsWhat FROM EventRelation WHERE EventId = '{event}' ORDER BY Id"
    );
    let flag = |row: &Value, name: &str| row[name].as_bool().unwrap();
    let rows = bench.records(&query).await;
    rows.iter()
        .map(|row| {
            let related = row["RelationId"].as_str().unwrap().to_owned();
            (related, flag(row, "IsParent"), flag(row, "IsInvitee"), flag(row, "IsWhat"))
        })
        .collect()
}

#[tokio::test]
async fn the_list_of_people_is_an_unknown_column_without_the_feature() {
    let bench = Bench::new();
    let guest = contacts(&bench, 1).await;
    let refused = bench.post("sobjects/Event", meeting(&json!({ "EventWhoIds": guest }))).await;
    assert_eq!(refused.code(), "INVALID_FIELD");
    assert_eq!(refused.message(), "No such column 'EventWhoIds' on sobject of type Event");
    assert_eq!(bench.get("sobjects/TaskRelation/describe").await.status, 404);
}

#[tokio::test]
async fn the_first_of_the_people_is_the_who_and_each_has_a_relation() {
    let bench = bench();
    let guests = contacts(&bench, 3).await;
    let account = bench.create("Account", json!({ "Name": "Hosts" })).await;
    let body = meeting(&json!({ "EventWhoIds": guests[..2], "WhatId": account }));
    let event = bench.create("Event", body).await;
    let row = bench.read("Event", &event).await;
    assert_eq!((&row["WhoId"], &row["WhoCount"], &row["WhatCount"]), (&json!(guests[0]), &json!(2), &json!(1)));
    let own = |id: &String, is_what| (id.clone(), true, false, is_what);
    let expected = [own(&guests[0], false), own(&guests[1], false), own(&account, true)];
    assert_eq!(relations(&bench, &event).await, expected);

    // Another Who takes the place of the first; without a Who the next one moves up.
    bench.patch(&format!("sobjects/Event/{event}"), json!({ "WhoId": guests[2] })).await;
    let related: Vec<String> = relations(&bench, &event).await.into_iter().map(|own| own.0).collect();
    assert_eq!(related, [guests[1].clone(), account.clone(), guests[2].clone()]);
    bench.patch(&format!("sobjects/Event/{event}"), json!({ "WhoId": null })).await;
    let row = bench.read("Event", &event).await;
    assert_eq!((&row["WhoId"], &row["WhoCount"]), (&json!(guests[1]), &json!(1)));
    // The activity takes its relations along.
    bench.delete(&format!("sobjects/Event/{event}")).await;
    assert_eq!(relations(&bench, &event).await, []);
}

#[tokio::test]
async fn an_invitee_is_nobody_the_event_is_about() {
    let bench = bench();
    let guests = contacts(&bench, 2).await;
    let event = bench.create("Event", meeting(&json!({ "WhoId": guests[0] }))).await;
    let invited = json!({ "EventId": event, "RelationId": guests[1], "Status": "Accepted" });
    let invited = bench.create("EventRelation", invited).await;
    let expected = [(guests[0].clone(), true, false, false), (guests[1].clone(), false, true, false)];
    assert_eq!(relations(&bench, &event).await, expected);
    assert_eq!(bench.read("Event", &event).await["WhoCount"], 1);
    bench.patch(&format!("sobjects/EventRelation/{invited}"), json!({ "IsParent": true })).await;
    assert_eq!(bench.read("Event", &event).await["WhoCount"], 2);
    // One row for somebody who is both; it stays while one of the two holds.
    bench.patch(&format!("sobjects/Event/{event}"), json!({ "EventWhoIds": [guests[0]] })).await;
    assert_eq!(relations(&bench, &event).await, expected);
}

#[tokio::test]
async fn an_activity_has_fifty_contacts_or_one_lead() {
    let bench = bench();
    let guests = contacts(&bench, 51).await;
    let lead = bench.lead("Alone").await;
    bench.create("Task", json!({ "TaskWhoIds": guests[..50] })).await;
    for people in [json!(guests), json!([lead, guests[0]])] {
        let refused = bench.post("sobjects/Task", json!({ "TaskWhoIds": people })).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "FIELD_INTEGRITY_EXCEPTION"), "{}", refused.text);
    }
    let task = bench.create("Task", json!({ "TaskWhoIds": [lead] })).await;
    let related = bench.records(&format!("SELECT RelationId FROM TaskRelation WHERE TaskId = '{task}'")).await;
    assert_eq!((related.len(), &related[0]["RelationId"]), (1, &json!(lead)));
    let account = bench.create("Account", json!({ "Name": "No person" })).await;
    let refused = bench.post("sobjects/Task", json!({ "TaskWhoIds": [account] })).await;
    assert_eq!(refused.code(), "FIELD_INTEGRITY_EXCEPTION");
}
