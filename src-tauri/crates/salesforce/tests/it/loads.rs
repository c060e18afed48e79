//! Bulk jobs, searches and graphs against the sandbox.

use std::collections::HashSet;
use std::time::Duration;

use liaison_domain::RecordKind;
use liaison_salesforce::{
    BulkOperation, BulkState, Collection, ExternalKey, FieldName, GoneQuery, Graph, KEY_FIELD, Lead, LinkedRecord,
    NewLead, NewPerson, ObjectName, PeopleQuery, Person, Polling, PullQuery, Record, ReferenceName, Salesforce,
    SalesforceId, SearchedObject, Sheet, Step,
};
use liaison_sandbox::SandboxConfig;

use crate::support::{effects, empty, sandbox, signed_in};

fn object(text: &str) -> ObjectName {
    ObjectName::new(text).unwrap()
}

fn polling() -> Polling {
    Polling { first: Duration::from_millis(50), longest: Duration::from_millis(200), total: Duration::from_mins(1) }
}

fn name(text: &str) -> ReferenceName {
    ReferenceName::new(text).unwrap()
}

/// Everybody by REST and by Bulk query: the same people, saying the same.
#[tokio::test]
async fn a_pull_in_bulk_brings_what_a_pull_by_pages_brings() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    for kind in [RecordKind::Lead, RecordKind::Contact] {
        let described = salesforce.describe(&object(kind.object()), None).await.unwrap();
        let query = PeopleQuery::new(kind, &described.changed().unwrap());
        let page = salesforce.pull_people(&query, None, 2_000).await.unwrap();
        assert!(!page.has_more);

        let started = salesforce.start_bulk_query(&query.whole().unwrap(), false).await.unwrap();
        let job = salesforce.await_bulk_query(started.id, &polling()).await.unwrap();
        assert_eq!(job.state, BulkState::JobComplete, "{:?}", job.error_message);
        let (mut people, mut from) = (Vec::new(), None);
        loop {
            let page = salesforce.pull_people_in_bulk(&query, job.id, from.as_ref(), 50).await.unwrap();
            assert_eq!(page.skipped, []);
            people.extend(page.rows);
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        let told = |people: &[Person]| -> HashSet<(SalesforceId, String)> {
            people.iter().map(|person| (person.id(), person.extras().field_hash.to_string())).collect()
        };
        assert_eq!(people.len(), page.people.len());
        assert_eq!(told(&people), told(&page.people));
        assert!(job.cursor().unwrap().system_modstamp >= page.cursor.unwrap().system_modstamp);
    }
}

fn sheet(range: std::ops::Range<usize>, bad: usize) -> Sheet {
    let key_field = FieldName::new(KEY_FIELD).unwrap();
    let mut sheet = Sheet::new(vec![key_field.clone(), FieldName::new("Subject").unwrap()]).unwrap();
    for number in range {
        let subject = if number == bad { "x".repeat(256) } else { format!("Call, \"{number}\"\nand more") };
        let record = Record::new().set("Subject", subject).unwrap();
        let key = ExternalKey::new(format!("lk1_{number}")).unwrap();
        assert!(sheet.push(&record.with_key(&key_field, &key)).unwrap());
    }
    sheet
}

#[tokio::test]
async fn a_job_upserts_what_it_can_and_names_what_it_cannot() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let upsert = BulkOperation::Upsert { key_field: FieldName::new(KEY_FIELD).unwrap() };
    for (round, made) in [(1, 299), (2, 0)] {
        let job = salesforce.start_ingest(&object("Task"), &upsert, sheet(0..300, 7)).await.unwrap();
        let job = salesforce.await_ingest_job(job.id, &polling()).await.unwrap();
        assert_eq!((&job.state, job.number_records_failed), (&BulkState::JobComplete, 1), "round {round}");
        let rows = salesforce.ingest_results(&job, 300).await.unwrap();
        let created = rows.iter().filter(|row| matches!(&row.outcome, Some(Ok(saved)) if saved.created)).count();
        assert_eq!(created, made, "round {round}");
        let failed: Vec<_> = rows.iter().filter(|row| matches!(row.outcome, Some(Err(_)))).collect();
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0].cell(KEY_FIELD), Some("lk1_7"));
        let refusal = failed[0].outcome.as_ref().unwrap().as_ref().unwrap_err();
        assert_eq!(
            (refusal.items[0].code.as_str(), &refusal.items[0].fields),
            ("STRING_TOO_LONG", &vec!["Subject".to_owned()])
        );
    }
    assert_eq!(effects(&sandbox, "Task.created"), 299);
}

#[tokio::test]
async fn an_aborted_job_did_nothing() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let job = salesforce.create_ingest_job(&object("Task"), &BulkOperation::Insert).await.unwrap();
    assert_eq!(job.state, BulkState::Open);
    assert_eq!(salesforce.abort_ingest_job(job.id).await.unwrap().state, BulkState::Aborted);
    assert_eq!(effects(&sandbox, "Task.created"), 0);
}

async fn make_lead(salesforce: &Salesforce, name: &str, phone: &str) -> SalesforceId {
    let phone = Some(phone.to_owned());
    let person = NewPerson { last_name: name.to_owned(), phone, ..NewPerson::default() };
    let lead = NewLead { person, company: "Northwind".to_owned(), status: None };
    salesforce.create(&object("Lead"), &lead.to_record().unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_number_that_was_typed_otherwise_is_found() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let id = make_lead(&salesforce, "Visser", "(415) 555-0123").await;
    make_lead(&salesforce, "Jansen", "(415) 555-0199").await;
    // The index runs behind.
    sandbox.shared().clock.advance_ms(3_600_000);
    let fields = ["Name", "Phone"].map(|name| FieldName::new(name).unwrap()).to_vec();
    let leads = [SearchedObject { object: object("Lead"), fields, limit: 10 }];
    let hits = salesforce.search_phone(&["+1 415 555 0123", "4155550123"], &leads).await.unwrap();
    let found: Vec<_> = hits.iter().map(|hit| (hit.object.as_str(), hit.id, hit.text("Phone"))).collect();
    assert_eq!(found, [("Lead", id, Some("(415) 555-0123"))]);
}

#[tokio::test]
async fn a_graph_that_fails_leaves_the_others_alone() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let lead = |name: &str| {
        let record = Record::new().set("LastName", name).and_then(|record| record.set("Company", "Northwind"));
        Step::Create { object: object("Lead"), record: record.unwrap().into() }
    };
    let task = |subject: String| {
        let record = LinkedRecord::new(Record::new().set("Subject", subject).unwrap());
        let record = record.link(FieldName::new("WhoId").unwrap(), name("lead"));
        Step::Create { object: object("Task"), record }
    };
    let graph = |text: &str, subject: String| {
        Graph::new(name(text)).step(name("lead"), lead(text)).step(name("task"), task(subject))
    };
    let graphs = [graph("good", "Call".to_owned()), graph("bad", "x".repeat(256))];
    let outcomes = salesforce.graphs(&graphs).await.unwrap();
    assert_eq!(outcomes.iter().map(|outcome| outcome.successful).collect::<Vec<_>>(), [true, false]);
    assert_eq!((effects(&sandbox, "Lead.created"), effects(&sandbox, "Task.created")), (1, 1));
    let (_, refusal) = liaison_salesforce::cause(&outcomes[1].steps).unwrap();
    assert_eq!(refusal.code(), "STRING_TOO_LONG");
}

/// A hidden object, its deletions and its pulls go by the same description.
#[tokio::test]
async fn what_a_job_made_is_pulled_and_what_a_job_deleted_is_gone() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let id = make_lead(&salesforce, "Visser", "1").await;
    let description = salesforce.describe(&object("Lead"), None).await.unwrap().changed().unwrap();
    let page = salesforce.pull(&PullQuery::<Lead>::new(&description), None, 2_000).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.record.id).collect::<Vec<_>>(), [id]);

    sandbox.shared().clock.advance_ms(60_000);
    let mut doomed = Sheet::new(vec![FieldName::new("Id").unwrap()]).unwrap();
    doomed.push(&Record::new().with_id(id)).unwrap();
    let job = salesforce.start_ingest(&object("Lead"), &BulkOperation::Delete, doomed).await.unwrap();
    let job = salesforce.await_ingest_job(job.id, &polling()).await.unwrap();
    assert!(salesforce.ingest_results(&job, 1).await.unwrap()[0].outcome.as_ref().unwrap().is_ok());
    let gone = GoneQuery::new(&description).unwrap();
    let page = salesforce.pull_gone(&gone, &page.cursor.unwrap(), 2_000).await.unwrap();
    assert_eq!(page.records.iter().map(|record| record.id).collect::<Vec<_>>(), [id]);
    let none = salesforce.write_collection(&object("Lead"), &Collection::Update(vec![(id, Record::new())])).await;
    assert!(none.unwrap()[0].is_err());
}
