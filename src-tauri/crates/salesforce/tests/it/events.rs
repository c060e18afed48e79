//! A calendar entry's way to Salesforce and back, and what can happen to it.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{
    Change, Condition, Deletion, Disposition, EventChange, ExternalKey, KEY_FIELD, NewEvent, ObjectName, Query, Record,
    Resolution, Salesforce, SalesforceId, ShowAs,
};
use liaison_sandbox::{AfterEffect, FaultRule, SandboxConfig, Service};
use serde::Deserialize;

use crate::support::{bare, effects, sandbox, signed_in};

#[derive(Debug, Deserialize)]
struct Row {
    #[serde(rename = "Id")]
    id: SalesforceId,
}

async fn some(salesforce: &Salesforce, object: &str) -> SalesforceId {
    let soql = Query::from(object).select(["Id"]).limit(1).build().unwrap();
    salesforce.query_rows::<Row>(&soql).await.unwrap()[0].id
}

async fn unconverted_lead(salesforce: &Salesforce) -> SalesforceId {
    let soql =
        Query::from("Lead").select(["Id"]).filter(Condition::equals("IsConverted", false)).limit(1).build().unwrap();
    salesforce.query_rows::<Row>(&soql).await.unwrap()[0].id
}

fn key(text: &str) -> ExternalKey {
    ExternalKey::new(text).unwrap()
}

/// A whole second: Salesforce keeps no milliseconds of a start.
fn tomorrow() -> DateTime<Utc> {
    DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap() + TimeDelta::days(1)
}

fn offer() -> NewEvent {
    let mut event = NewEvent::new("Offer <b>& more</b>", tomorrow(), tomorrow() + TimeDelta::minutes(45));
    event.location = Some("https://zoom.us/j/98765432101?pwd=x".to_owned());
    event.description = Some("Line one\nLine two".to_owned());
    event.show_as = Some(ShowAs::Busy);
    event
}

#[tokio::test]
async fn an_entry_is_pushed_once_changed_and_deleted() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let events = salesforce.events();
    let mut event = offer();
    event.who = Some(unconverted_lead(&salesforce).await);

    let first = events.upsert(&key("lk1_a"), &event).await.unwrap();
    assert!(first.created);
    let second = events.upsert(&key("lk1_a"), &event).await.unwrap();
    assert_eq!((second.id, second.created), (first.id, false));
    let read = events.get(first.id, true).await.unwrap();
    assert_eq!(read.subject.as_deref(), Some("Offer <b>& more</b>"));
    assert_eq!((read.start_date_time, read.end_date_time), (Some(event.start_utc), Some(event.end_utc)));
    assert_eq!((read.who_id, read.key.as_deref()), (event.who, Some("lk1_a")));
    assert_eq!(read.description.as_deref(), Some("Line one\nLine two"));
    assert!(read.system_modstamp.is_some() && read.owner_id.is_some());

    let change = EventChange {
        subject: Some("Second offer".to_owned()),
        times_utc: Some((event.start_utc, event.start_utc + TimeDelta::minutes(30))),
        location: Change::Clear,
        ..EventChange::default()
    };
    events.update(first.id, &change).await.unwrap();
    let changed = events.get(first.id, false).await.unwrap();
    assert_eq!((changed.subject.as_deref(), changed.location), (Some("Second offer"), None));
    assert_eq!(changed.description, read.description);

    assert_eq!(events.delete(first.id).await.unwrap(), Deletion::Deleted);
    assert_eq!(events.delete(first.id).await.unwrap(), Deletion::AlreadyGone);
    assert!(events.update(first.id, &change).await.unwrap_err().is_gone());
    let found = events.find_by_key(&key("lk1_a")).await.unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].is_deleted && found[0].id == first.id);
    assert_eq!(events.find_by_key(&key("lk1_b")).await.unwrap(), []);
}

#[tokio::test]
async fn a_lost_answer_to_a_keyed_push_makes_nothing_twice() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let path = format!("/services/data/v62.0/sobjects/Event/{KEY_FIELD}/*");
    let lost = FaultRule::on(Service::Salesforce, "PATCH", &path).after(AfterEffect::Reset).times(1);
    sandbox.faults().add_all(vec![lost]).unwrap();
    let pushed = signed_in(&sandbox).events().upsert(&key("lk1_c"), &offer()).await.unwrap();
    assert!(!pushed.created, "the repeat found what the first one made");
    assert_eq!(effects(&sandbox, "Event.created"), 1);
}

#[tokio::test]
async fn a_lost_answer_without_a_key_is_found_and_not_repeated() {
    let sandbox = sandbox(bare()).await;
    let salesforce = signed_in(&sandbox);
    let me = salesforce.user_info().await.unwrap().user_id;
    let event = offer();
    assert_eq!(salesforce.events().find_at_start(event.start_utc, me).await.unwrap(), []);

    let lost = FaultRule::on(Service::Salesforce, "POST", "/services/data/v62.0/sobjects/Event")
        .after(AfterEffect::Reset)
        .times(1);
    sandbox.faults().add_all(vec![lost]).unwrap();
    let error = salesforce.events().create(&event).await.unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
    assert_eq!(effects(&sandbox, "Event.created"), 1);
    let found = salesforce.events().find_at_start(event.start_utc, me).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].location, event.location);
    let deleted = found[0].id;
    salesforce.events().delete(deleted).await.unwrap();
    let found = salesforce.events().find_at_start(event.start_utc, me).await.unwrap();
    assert!(found[0].is_deleted && found[0].id == deleted);
}

#[tokio::test]
async fn a_taken_key_names_the_record_that_has_it() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let first = salesforce.events().upsert(&key("lk1_d"), &offer()).await.unwrap();
    let again = offer().to_record().unwrap().set(KEY_FIELD, "lk1_d").unwrap();
    let error = salesforce.create(&ObjectName::new("Event").unwrap(), &again).await.unwrap_err();
    let Some(Disposition::Resolve(Resolution::DuplicateValue { field, existing })) = error.disposition() else {
        panic!("{error}")
    };
    assert_eq!((field.as_deref(), existing), (Some(KEY_FIELD), Some(first.id)));
}

#[tokio::test]
async fn what_salesforce_refuses_waits_for_a_person() {
    let sandbox = sandbox(bare()).await;
    let salesforce = signed_in(&sandbox);
    let event = ObjectName::new("Event").unwrap();
    let parked = |error: liaison_salesforce::SalesforceError| match error.disposition() {
        Some(Disposition::Park { code, message, fields }) => {
            assert!(!message.is_empty(), "{code} without a reason");
            (code, fields)
        }
        other => panic!("{error}: {other:?}"),
    };
    let unknown = offer().to_record().unwrap().set("Nothing__c", 1).unwrap();
    assert_eq!(parked(salesforce.create(&event, &unknown).await.unwrap_err()).0, "INVALID_FIELD");
    let no_end = Record::new()
        .set("Subject", "Offer")
        .and_then(|record| record.set_moment("StartDateTime", tomorrow()))
        .unwrap();
    parked(salesforce.create(&event, &no_end).await.unwrap_err());
    let account = some(&salesforce, "Account").await;
    let account_as_person = offer().to_record().unwrap().set("WhoId", account).unwrap();
    let (code, fields) = parked(salesforce.create(&event, &account_as_person).await.unwrap_err());
    assert_eq!((code.as_str(), fields), ("FIELD_INTEGRITY_EXCEPTION", vec!["WhoId".to_owned()]));
    assert_eq!(effects(&sandbox, "Event.created"), 0);

    let error = salesforce.events().upsert(&key("lk1_e"), &offer()).await.unwrap_err();
    assert!(error.refusal().unwrap().has_code("NOT_FOUND"), "an org without our field: {error}");
    assert!(!error.is_gone());
}
