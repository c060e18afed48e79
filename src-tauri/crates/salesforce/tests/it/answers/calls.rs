//! Every operation that has content in its answer, with an answer.

use std::future::Future;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use liaison_salesforce::{
    BulkJob, BulkOperation, Collection, Composite, ExternalKey, FieldName, GoneQuery, Graph, Lead, ObjectDescription,
    ObjectName, PeopleQuery, Polling, PullCursor, PullQuery, Query, QueryLocator, Record, ReferenceName, Salesforce,
    SalesforceError, SalesforceId, Search, SearchScope, SearchedObject, Soql, Step, StepOutcome,
};
use liaison_transport::BoxFuture;
use serde::Deserialize;
use serde_json::{Value, json};

/// What an answer holds.
pub enum Body {
    Json(Value),
    Csv(&'static str),
}

impl Body {
    pub fn text(&self) -> String {
        match self {
            Self::Json(value) => value.to_string(),
            Self::Csv(text) => (*text).to_owned(),
        }
    }

    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/json;charset=UTF-8",
            Self::Csv(_) => "text/csv",
        }
    }
}

type Make = Box<dyn Fn(Salesforce) -> BoxFuture<'static, Result<(), SalesforceError>>>;

/// An operation and a success of it.
pub struct Call {
    pub name: &'static str,
    pub status: u16,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: Body,
    /// The parts without which it is no success, as JSON pointers.
    pub needs: &'static [&'static str],
    pub make: Make,
}

fn call<F, Fut, T>(name: &'static str, body: Value, needs: &'static [&'static str], make: F) -> Call
where
    F: Fn(Salesforce) -> Fut + 'static,
    Fut: Future<Output = Result<T, SalesforceError>> + Send + 'static,
{
    let make: Make = Box::new(move |salesforce| make(salesforce).map(|answer| answer.map(drop)).boxed());
    Call { name, status: 200, headers: &[], body: Body::Json(body), needs, make }
}

fn csv<F, Fut, T>(name: &'static str, body: &'static str, make: F) -> Call
where
    F: Fn(Salesforce) -> Fut + 'static,
    Fut: Future<Output = Result<T, SalesforceError>> + Send + 'static,
{
    let headers = &[("Sforce-Locator", "null"), ("Sforce-NumberOfRecords", "1")];
    Call { headers, body: Body::Csv(body), ..call(name, Value::Null, &[], make) }
}

#[derive(Debug, Deserialize)]
struct Row {
    #[serde(rename = "Id")]
    _id: SalesforceId,
}

fn lead() -> ObjectName {
    ObjectName::new("Lead").unwrap()
}

fn lead_id() -> SalesforceId {
    "00Q000000000001EAA".parse().unwrap()
}

fn job_id() -> SalesforceId {
    "750000000000001AAA".parse().unwrap()
}

fn field(text: &str) -> FieldName {
    FieldName::new(text).unwrap()
}

fn key() -> ExternalKey {
    ExternalKey::new("lk1_1").unwrap()
}

fn name(text: &str) -> ReferenceName {
    ReferenceName::new(text).unwrap()
}

fn visser() -> Record {
    Record::new().set("LastName", "Visser").unwrap()
}

fn moment() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn soql() -> Soql {
    Query::from("Lead").select(["Id"]).build().unwrap()
}

fn create() -> Step {
    Step::Create { object: lead(), record: visser().into() }
}

fn description() -> ObjectDescription {
    let fields = json!([{"name": "LastName", "type": "string"}, {"name": "IsConverted", "type": "boolean"}]);
    serde_json::from_value(json!({"name": "Lead", "fields": fields})).unwrap()
}

fn leads() -> PullQuery<Lead> {
    PullQuery::new(&description())
}

fn people() -> PeopleQuery {
    PeopleQuery::new(liaison_domain::RecordKind::Lead, &description())
}

fn step(outcome: &StepOutcome) -> Result<(), SalesforceError> {
    let answer = outcome.as_ref().map_err(|refusal| SalesforceError::from(refusal.clone()))?;
    answer.saved().map(drop)
}

fn saved() -> Value {
    json!({"id": "00Q000000000001EAA", "success": true, "errors": []})
}

fn step_answer() -> Value {
    json!({"body": saved(), "httpHeaders": {}, "httpStatusCode": 201, "referenceId": "one"})
}

fn page() -> Value {
    let attributes = json!({"type": "Lead", "url": "/services/data/v62.0/sobjects/Lead/00Q000000000001EAA"});
    json!({"totalSize": 1, "done": true, "records": [{"attributes": attributes, "Id": "00Q000000000001EAA",
        "SystemModstamp": "2027-03-09T14:30:05.000+0000", "LastName": "Visser", "IsConverted": false}]})
}

fn job(state: &str) -> Value {
    json!({"id": "750000000000001AAA", "state": state, "object": "Lead", "operation": "insert", "apiVersion": 62.0,
        "createdDate": "2027-03-09T14:30:05.000+0000", "numberRecordsProcessed": 1, "numberRecordsFailed": 0})
}

fn done_job() -> BulkJob {
    serde_json::from_value(job("JobComplete")).unwrap()
}

const AT_ONCE: Polling = Polling { first: Duration::ZERO, longest: Duration::ZERO, total: Duration::ZERO };

/// All of them.
pub fn calls() -> Vec<Call> {
    [of_the_org(), of_queries(), of_records(), of_steps(), of_jobs()].into_iter().flatten().collect()
}

fn of_the_org() -> Vec<Call> {
    let who = || json!({"user_id": "005000000000001AAA", "organization_id": "00D000000000001EAA", "active": true});
    let ids: &[&str] = &["/user_id", "/organization_id"];
    let user = || "005000000000001AAA".parse::<SalesforceId>().unwrap();
    let organization = || "00D000000000001EAA".parse::<SalesforceId>().unwrap();
    let fields = json!([{"name": "Status", "type": "picklist", "length": 255,
        "picklistValues": [{"value": "Open", "label": "Open", "active": true}], "referenceTo": []}]);
    let kinds = json!([{"recordTypeId": "012000000000000AAA", "name": "Master", "master": true}]);
    let description = json!({"name": "Lead", "label": "Lead", "fields": fields, "recordTypeInfos": kinds});
    let end = moment() + TimeDelta::hours(1);
    let covered = "2027-03-09T14:30:00.000+0000";
    let deleted = json!({"deletedRecords": [{"id": "00Q000000000001EAA", "deletedDate": covered}],
        "earliestDateAvailable": covered, "latestDateCovered": covered});
    vec![
        call("userinfo", who(), ids, |salesforce| async move { salesforce.user_info().await }),
        call(
            "identity",
            who(),
            ids,
            move |salesforce| async move { salesforce.identity(organization(), user()).await },
        ),
        call(
            "versions",
            json!([{"label": "x", "url": "/x", "version": "62.0"}]),
            &["/0/version"],
            |salesforce| async move { salesforce.versions().await },
        ),
        call(
            "recordCount",
            json!({"sObjects": [{"name": "Lead", "count": 7}]}),
            &["/sObjects", "/sObjects/0/name", "/sObjects/0/count"],
            |salesforce| async move { salesforce.record_counts(&[lead()]).await },
        ),
        call(
            "describe",
            description,
            &["/name", "/fields", "/fields/0/name", "/fields/0/type"],
            |salesforce| async move { salesforce.describe(&lead(), None).await },
        ),
        call(
            "describe global",
            json!({"sobjects": [{"name": "Lead"}]}),
            &["/sobjects", "/sobjects/0/name"],
            |salesforce| async move { salesforce.describe_global(None).await },
        ),
        call(
            "updated",
            json!({"ids": ["00Q000000000001EAA"], "latestDateCovered": covered}),
            &["/ids", "/latestDateCovered"],
            move |salesforce| async move { salesforce.updated_ids(&lead(), moment(), end).await },
        ),
        call(
            "deleted",
            deleted,
            &["/deletedRecords", "/deletedRecords/0/id", "/earliestDateAvailable"],
            move |salesforce| async move { salesforce.deleted_ids(&lead(), moment(), end).await },
        ),
    ]
}

fn of_queries() -> Vec<Call> {
    const ROWS: &[&str] = &["/totalSize", "/done", "/records", "/records/0/Id"];
    const PAGE: &[&str] = &["/totalSize", "/done", "/records"];
    let locator = || serde_json::from_value::<QueryLocator>(json!("/services/data/v62.0/query/01g-2000")).unwrap();
    let hit = json!({"searchRecords": [{"attributes": {"type": "Lead"}, "Id": "00Q000000000001EAA"}]});
    let place = || PullCursor { system_modstamp: moment(), id: None };
    vec![
        call("query", page(), ROWS, |salesforce| async move { salesforce.query_rows::<Row>(&soql()).await }),
        call("queryAll", page(), ROWS, |salesforce| async move { salesforce.query_all_rows::<Row>(&soql()).await }),
        call(
            "further page",
            page(),
            PAGE,
            move |salesforce| async move { salesforce.query_more::<Row>(&locator()).await },
        ),
        call("count", json!({"totalSize": 7, "done": true, "records": []}), PAGE, |salesforce| async move {
            salesforce.count(&lead()).await
        }),
        call("pull", page(), PAGE, |salesforce| async move { salesforce.pull(&leads(), None, 2_000).await }),
        call(
            "pull people",
            page(),
            PAGE,
            |salesforce| async move { salesforce.pull_people(&people(), None, 2_000).await },
        ),
        call(
            "pull gone",
            page(),
            &["/totalSize", "/done", "/records", "/records/0/SystemModstamp"],
            move |salesforce| async move {
                salesforce.pull_gone(&GoneQuery::new(&description()).unwrap(), &place(), 2_000).await
            },
        ),
        call("visible ids", page(), ROWS, |salesforce| async move { salesforce.visible_ids(&lead()).await }),
        call(
            "search",
            hit,
            &["/searchRecords", "/searchRecords/0/Id", "/searchRecords/0/attributes/type"],
            |salesforce| async move {
                let object = SearchedObject { object: lead(), fields: vec![field("Name")], limit: 10 };
                salesforce.search(&Search::words("Visser", SearchScope::Name, vec![object])?).await
            },
        ),
    ]
}

fn of_records() -> Vec<Call> {
    const ID: &[&str] = &["/Id"];
    const SAVED: &[&str] = &["/id", "/success"];
    const ROW: &[&str] = &["/0", "/0/id", "/0/success"];
    let record = || json!({"attributes": {"type": "Lead"}, "Id": "00Q000000000001EAA"});
    let write = |collection: fn() -> Collection| {
        move |salesforce: Salesforce| async move { salesforce.write_collection(&lead(), &collection()).await }
    };
    let upsert = || Collection::Upsert { key_field: field("Liaison_Key__c"), rows: vec![(key(), visser())] };
    vec![
        Call {
            status: 201,
            ..call("create", saved(), SAVED, |salesforce| async move { salesforce.create(&lead(), &visser()).await })
        },
        call("upsert", saved(), SAVED, |salesforce| async move {
            salesforce.upsert(&lead(), &field("Liaison_Key__c"), &key(), &visser()).await
        }),
        call("get", record(), ID, |salesforce| async move {
            salesforce.get::<Row>(&lead(), lead_id(), &[field("Id")]).await
        }),
        call("get if modified", record(), ID, |salesforce| async move {
            salesforce.get_if_modified::<Row>(&lead(), lead_id(), &[field("Id")], moment()).await
        }),
        call("get with version", record(), ID, |salesforce| async move {
            salesforce.get_versioned::<Row>(&lead(), lead_id(), &[field("Id")], None).await
        }),
        call("get many", json!([record()]), &["/0/Id"], |salesforce| async move {
            salesforce.get_many::<Row>(&lead(), &[lead_id()], &[field("Id")]).await
        }),
        call("create many", json!([saved()]), ROW, write(|| Collection::Create(vec![visser()]))),
        call("update many", json!([saved()]), ROW, write(|| Collection::Update(vec![(lead_id(), visser())]))),
        call("upsert many", json!([saved()]), ROW, write(upsert)),
        call(
            "delete many",
            json!([saved()]),
            ROW,
            |salesforce| async move { salesforce.delete_many(&[lead_id()]).await },
        ),
    ]
}

fn of_steps() -> Vec<Call> {
    let graph = json!({"graphId": "g", "isSuccessful": true, "graphResponse": {"compositeResponse": [step_answer()]}});
    vec![
        call(
            "composite",
            json!({"compositeResponse": [step_answer()]}),
            &[
                "/compositeResponse",
                "/compositeResponse/0/referenceId",
                "/compositeResponse/0/httpStatusCode",
                "/compositeResponse/0/body",
                "/compositeResponse/0/body/id",
                "/compositeResponse/0/body/success",
            ],
            |salesforce| async move { step(&salesforce.composite(&Composite::new().step(name("one"), create())).await?[0]) },
        ),
        call(
            "batch",
            json!({"hasErrors": false, "results": [{"statusCode": 201, "result": saved()}]}),
            &["/results", "/results/0/statusCode", "/results/0/result", "/results/0/result/id"],
            |salesforce| async move { step(&salesforce.batch(&[create()], false).await?[0]) },
        ),
        call(
            "graph",
            json!({"graphs": [graph]}),
            &[
                "/graphs",
                "/graphs/0/graphId",
                "/graphs/0/isSuccessful",
                "/graphs/0/graphResponse",
                "/graphs/0/graphResponse/compositeResponse/0/body/id",
            ],
            |salesforce| async move {
                let graph = Graph::new(name("g")).step(name("one"), create());
                step(&salesforce.graphs(&[graph]).await?[0].steps[0])
            },
        ),
    ]
}

fn of_jobs() -> Vec<Call> {
    const JOB: &[&str] = &["/id", "/state"];
    const ROWS: &str = "\"Id\",\"SystemModstamp\",\"LastName\",\"IsConverted\"\n\
        \"00Q000000000001EAA\",\"2027-03-09T14:30:05.000Z\",\"Visser\",\"false\"\n";
    const DONE: &str = "\"sf__Id\",\"sf__Created\",\"LastName\"\n\"00Q000000000001EAA\",\"true\",\"Visser\"\n";
    vec![
        call("create query job", job("UploadComplete"), JOB, |salesforce| async move {
            salesforce.start_bulk_query(&soql(), false).await
        }),
        call("look at query job", job("JobComplete"), JOB, |salesforce| async move {
            salesforce.await_bulk_query(job_id(), &AT_ONCE).await
        }),
        call("create ingest job", job("Open"), JOB, |salesforce| async move {
            salesforce.create_ingest_job(&lead(), &BulkOperation::Insert).await
        }),
        call("close ingest job", job("UploadComplete"), JOB, |salesforce| async move {
            salesforce.close_ingest_job(job_id()).await
        }),
        call("abort ingest job", job("Aborted"), JOB, |salesforce| async move {
            salesforce.abort_ingest_job(job_id()).await
        }),
        csv("results of query job", ROWS, |salesforce| async move {
            salesforce.pull_in_bulk(&leads(), job_id(), None, 10).await
        }),
        csv("people of query job", ROWS, |salesforce| async move {
            salesforce.pull_people_in_bulk(&people(), job_id(), None, 10).await
        }),
        csv("results of ingest job", DONE, |salesforce| async move { salesforce.ingest_results(&done_job(), 1).await }),
    ]
}
