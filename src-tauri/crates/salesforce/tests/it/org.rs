//! What the org allows, what it counts, and records under a condition.

use chrono::TimeDelta;
use liaison_salesforce::{
    Beside, ConditionalUpdate, Deletion, FieldName, FieldProblemKind, NewLead, NewPerson, NewTask, ObjectName, Record,
    Salesforce, SalesforceId,
};
use liaison_sandbox::{Profile, SandboxConfig};
use serde::Deserialize;
use wiremock::matchers::{header, header_exists, headers, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{bare, client, empty, sandbox, signed_in};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: SalesforceId,
    #[serde(deserialize_with = "moment")]
    last_modified_date: chrono::DateTime<chrono::Utc>,
}

fn moment<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<chrono::DateTime<chrono::Utc>, D::Error> {
    let text = String::deserialize(deserializer)?;
    liaison_salesforce::parse_moment(&text).ok_or_else(|| serde::de::Error::custom("no moment"))
}

fn fields() -> Vec<FieldName> {
    ["Id", "LastModifiedDate"].map(|name| FieldName::new(name).unwrap()).to_vec()
}

fn object(text: &str) -> ObjectName {
    ObjectName::new(text).unwrap()
}

async fn me(salesforce: &Salesforce) -> SalesforceId {
    salesforce.user_info().await.unwrap().user_id
}

fn lead(name: &str) -> Record {
    let person = NewPerson { last_name: name.to_owned(), ..NewPerson::default() };
    NewLead { person, company: "Northwind".to_owned(), status: None }.to_record().unwrap()
}

#[tokio::test]
async fn the_probe_tells_what_the_rep_may_do() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let org = salesforce.org_capabilities(me(&salesforce).await, None).await.unwrap();
    assert!(org.event.key.is_usable() && org.task.key.is_usable() && org.call_fields());
    assert!(org.lead.required().any(|field| field.name == "Company"));
    assert!(org.closed_task_status.is_some());
    let problems = org.lead.problems_of_new(&Record::new().set("LastName", "Visser").unwrap());
    assert_eq!(problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [FieldProblemKind::Missing]);
    assert_eq!(org.lead.problems_of_new(&lead("Visser")), []);
    let mut call = NewTask::new("Call");
    call.status = org.closed_task_status.clone();
    assert_eq!(org.task.problems_of_new(&call.to_record().unwrap()), []);

    // What did not change is not sent again, and means the same.
    let again = salesforce.org_capabilities(me(&salesforce).await, Some(&org)).await.unwrap();
    assert_eq!(again, org);
}

#[tokio::test]
async fn a_bare_org_has_no_key() {
    let sandbox = sandbox(bare()).await;
    let salesforce = signed_in(&sandbox);
    let org = salesforce.org_capabilities(me(&salesforce).await, None).await.unwrap();
    assert!(!org.event.key.is_usable() && !org.campaign_member.key.is_usable());
}

#[tokio::test]
async fn every_kind_of_org_is_told_apart() {
    for profile in Profile::ALL {
        let sandbox = sandbox(SandboxConfig { profile, ..empty() }).await;
        let salesforce = signed_in(&sandbox);
        let org = salesforce.org_capabilities(me(&salesforce).await, None).await.unwrap();
        let keyed = !matches!(profile, Profile::Bare | Profile::DeployedWithoutFls);
        assert_eq!(org.task.key.is_usable(), keyed, "{profile:?}");
        assert_eq!(org.can_make_campaigns(), profile != Profile::NoMarketing, "{profile:?}");
        assert_eq!(org.call_fields(), profile != Profile::NoCallCenter, "{profile:?}");
        let person_accounts = org.account.field("IsPersonAccount").is_some();
        assert_eq!(person_accounts, profile == Profile::PersonAccounts, "{profile:?}");
        let english = org.closed_task_status.as_deref() == Some("Completed");
        assert_eq!(english, profile != Profile::NonEnglish, "{profile:?}");
        // The status that ends a Task is one that a Task can have.
        let mut task = NewTask::new("Call");
        task.status = org.closed_task_status.clone();
        assert_eq!(org.task.problems_of_new(&task.to_record().unwrap()), [], "{profile:?}");
        salesforce.create(&object("Task"), &task.to_record().unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn calls_are_counted_as_the_org_counts_them() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    salesforce.versions().await.unwrap();
    salesforce.user_info().await.unwrap();
    assert_eq!((salesforce.calls(), salesforce.usage()), (0, None));
    for _ in 0..3 {
        salesforce.count(&object("Lead")).await.unwrap();
    }
    assert_eq!(salesforce.calls(), 3);
    assert_eq!(salesforce.usage().unwrap().used, salesforce.calls());
    assert_eq!(salesforce.clone().calls(), 3);
}

#[tokio::test]
async fn counts_and_limits() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    salesforce.create(&object("Lead"), &lead("Visser")).await.unwrap();
    assert_eq!(salesforce.count(&object("Lead")).await.unwrap(), 1);
    let counts = salesforce.record_counts(&[object("Lead")]).await.unwrap();
    assert_eq!((counts[0].name.as_str(), counts[0].count), ("Lead", 1));
    if let Some(limits) = salesforce.limits().await.unwrap() {
        let daily = limits.get("DailyApiRequests").unwrap();
        assert!(daily.remaining < daily.max);
    }
}

#[tokio::test]
async fn a_record_is_read_only_if_it_changed() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let id = salesforce.create(&object("Lead"), &lead("Visser")).await.unwrap();
    let row: Row = salesforce.get(&object("Lead"), id, &fields()).await.unwrap();
    let seen = row.last_modified_date;
    let read = async || salesforce.get_if_modified::<Row>(&object("Lead"), id, &fields(), seen).await.unwrap();
    assert!(read().await.is_none());
    sandbox.shared().clock.advance_ms(5_000);
    salesforce.update(&object("Lead"), id, &Record::new().set("Title", "Director").unwrap()).await.unwrap();
    assert_eq!(read().await.map(|row| (row.id, row.last_modified_date > seen)), Some((id, true)));
}

#[tokio::test]
async fn a_change_under_a_condition_is_made_or_not() {
    let server = MockServer::start().await;
    let id: SalesforceId = "00Q000000000001".parse().unwrap();
    let mount = async |answer: ResponseTemplate| {
        Mock::given(method("PATCH"))
            .and(path(format!("/services/data/v62.0/sobjects/Lead/{id}")))
            // The matcher takes a header apart at its commas.
            .and(headers("if-unmodified-since", vec!["Fri", "15 Jan 2027 08:00:00 GMT"]))
            .respond_with(answer)
            .mount_as_scoped(&server)
            .await
    };
    let seen = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let title = Record::new().set("Title", "Director").unwrap();
    let salesforce = client(&server.uri(), "t");
    for (status, expected) in [(204, ConditionalUpdate::Done), (412, ConditionalUpdate::ChangedThere)] {
        let _answer = mount(ResponseTemplate::new(status)).await;
        let outcome = salesforce.update_if_unmodified(&object("Lead"), id, &title, seen).await.unwrap();
        assert_eq!(outcome, expected);
    }
}

#[tokio::test]
async fn an_account_is_changed_only_in_the_version_that_was_seen() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let account = object("Account");
    let id = salesforce.create(&account, &Record::new().set("Name", "Northwind").unwrap()).await.unwrap();
    let seen = salesforce.get_versioned::<Row>(&account, id, &fields(), None).await.unwrap().unwrap();
    let tag = seen.tag.unwrap();
    assert!(salesforce.get_versioned::<Row>(&account, id, &fields(), Some(&tag)).await.unwrap().is_none());
    // Both within the same second.
    for (site, expected) in [("North", ConditionalUpdate::Done), ("South", ConditionalUpdate::ChangedThere)] {
        let change = Record::new().set("Site", site).unwrap();
        assert_eq!(salesforce.update_if_version(&account, id, &change, &tag).await.unwrap(), expected, "{site}");
    }
    let now = salesforce.get_versioned::<Row>(&account, id, &fields(), Some(&tag)).await.unwrap().unwrap();
    assert_ne!(now.tag.unwrap(), tag);

    let lead_id = salesforce.create(&object("Lead"), &lead("Visser")).await.unwrap();
    let lead = salesforce.get_versioned::<Row>(&object("Lead"), lead_id, &fields(), None).await.unwrap().unwrap();
    assert_eq!((lead.record.id, lead.tag), (lead_id, None));
}

#[tokio::test]
async fn a_duplicate_is_made_only_when_told_so() {
    let server = MockServer::start().await;
    let create = || Mock::given(method("POST")).and(path("/services/data/v62.0/sobjects/Lead"));
    let saved = serde_json::json!({"id": "00Q000000000002", "success": true, "errors": []});
    create()
        .and(header("sforce-duplicate-rule-header", "allowSave=true; includeRecordDetails=true; runAsCurrentUser=true"))
        .and(header("sforce-auto-assign", "FALSE"))
        .respond_with(ResponseTemplate::new(201).set_body_json(saved))
        .with_priority(1)
        .mount(&server)
        .await;
    let found = serde_json::json!([{"errorCode": "DUPLICATES_DETECTED", "message": "Same person?", "duplicateResut":
        {"allowSave": true, "matchResults": [{"matchRecords": [{"record": {"Id": "00Q000000000001"}}]}]}}]);
    create()
        .and(header_exists("sforce-auto-assign"))
        .respond_with(ResponseTemplate::new(400).set_body_json(found))
        .mount(&server)
        .await;
    let salesforce = client(&server.uri(), "t");
    let make = async |beside| salesforce.create_beside(&object("Lead"), None, &lead("Visser"), beside).await;
    let error = make(Beside::Nobody).await.unwrap_err();
    let found = &error.refusal().unwrap().items[0].duplicates;
    assert!(found.may_save);
    assert_eq!(found.matches[0].id, "00Q000000000001".parse().unwrap());
    let id = make(Beside::Duplicates).await.unwrap();
    assert_eq!(id, "00Q000000000002".parse().unwrap());
}

#[tokio::test]
async fn many_are_read_and_deleted_by_id() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let mut ids = Vec::new();
    for name in ["Visser", "Jansen"] {
        ids.push(salesforce.create(&object("Lead"), &lead(name)).await.unwrap());
    }
    let unknown: SalesforceId = "00Q00000000ZZZZ".parse().unwrap();
    ids.insert(1, unknown);
    let rows: Vec<Option<Row>> = salesforce.get_many(&object("Lead"), &ids, &fields()).await.unwrap();
    let found: Vec<_> = rows.iter().map(|row| row.as_ref().map(|row| row.id)).collect();
    assert_eq!(found, [Some(ids[0]), None, Some(ids[2])]);

    let deleted = salesforce.delete_many(&[ids[0], ids[2]]).await.unwrap();
    assert!(deleted.iter().all(|row| *row == Ok(Deletion::Deleted)));
    let again = salesforce.delete_many(&[ids[0]]).await.unwrap();
    assert_eq!(again, [Ok(Deletion::AlreadyGone)]);
}

#[tokio::test]
async fn changed_and_deleted_ids_are_listed() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let start = sandbox.shared().clock.now() - TimeDelta::minutes(5);
    let kept = salesforce.create(&object("Lead"), &lead("Visser")).await.unwrap();
    let gone = salesforce.create(&object("Lead"), &lead("Jansen")).await.unwrap();
    salesforce.delete(&object("Lead"), gone).await.unwrap();
    let end = sandbox.shared().clock.now() + TimeDelta::minutes(5);
    let updated = salesforce.updated_ids(&object("Lead"), start, end).await.unwrap();
    assert!(updated.ids.contains(&kept) && !updated.ids.contains(&gone));
    let deleted = salesforce.deleted_ids(&object("Lead"), start, end).await.unwrap();
    assert_eq!(deleted.records.iter().map(|record| record.id).collect::<Vec<_>>(), [gone]);
    assert!(deleted.covered_utc > start);
}
