//! Several steps in one call.

use liaison_salesforce::{
    Composite, Condition, FieldName, Graph, LinkedRecord, ObjectName, Query, Record, ReferenceName, SalesforceId, Step,
    Target, cause,
};
use serde::Deserialize;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{client, effects, empty, sandbox, signed_in};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    id: SalesforceId,
    #[serde(default)]
    last_name: Option<String>,
}

fn name(text: &str) -> ReferenceName {
    ReferenceName::new(text).unwrap()
}

fn object(text: &str) -> ObjectName {
    ObjectName::new(text).unwrap()
}

fn lead(last_name: &str) -> Step {
    let record =
        Record::new().set("LastName", last_name).and_then(|record| record.set("Company", "Northwind")).unwrap();
    Step::Create { object: object("Lead"), record: record.into() }
}

fn task_of(step: &str, subject: &str) -> Step {
    let record = LinkedRecord::new(Record::new().set("Subject", subject).unwrap());
    Step::Create { object: object("Task"), record: record.link(FieldName::new("WhoId").unwrap(), name(step)) }
}

#[tokio::test]
async fn a_later_step_uses_what_an_earlier_one_made() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let fields = vec![FieldName::new("Id").unwrap(), FieldName::new("LastName").unwrap()];
    let soql = Query::from("Lead").select(["Id"]).filter(Condition::equals("LastName", "O'Neil & @{x.id}+")).build();
    let composite = Composite::new()
        .all_or_none()
        .step(name("lead"), lead("Visser"))
        .step(name("task"), task_of("lead", "Call back"))
        .step(name("read"), Step::Read { object: object("Lead"), target: Target::Made(name("lead")), fields })
        .step(name("query"), Step::Query(soql.unwrap()));
    let before = salesforce.calls();
    let outcomes = salesforce.composite(&composite).await.unwrap();
    assert_eq!(salesforce.calls() - before, 1);
    let made = outcomes[0].as_ref().unwrap().saved().unwrap();
    assert!(made.created && outcomes[1].as_ref().unwrap().saved().unwrap().created);
    let read: Row = outcomes[2].as_ref().unwrap().record().unwrap();
    assert_eq!((read.id, read.last_name.as_deref()), (made.id, Some("Visser")));
    assert_eq!(outcomes[3].as_ref().unwrap().page::<Row>().unwrap().total_size, 0);
    assert_eq!((effects(&sandbox, "Lead.created"), effects(&sandbox, "Task.created")), (1, 1));
}

#[tokio::test]
async fn all_or_none_leaves_nothing_behind_and_names_the_cause() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let composite = Composite::new()
        .all_or_none()
        .step(name("lead"), lead("Visser"))
        .step(name("task"), task_of("lead", &"x".repeat(256)));
    let outcomes = salesforce.composite(&composite).await.unwrap();
    let (index, refusal) = cause(&outcomes).unwrap();
    assert_eq!((index, refusal.code()), (1, "STRING_TOO_LONG"));
    assert!(outcomes[0].is_err());
    assert_eq!(effects(&sandbox, "Lead.created"), 0);
}

#[tokio::test]
async fn one_row_of_a_collection_takes_everything_back() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let tasks = ["Call".to_owned(), "x".repeat(256)].map(|subject| Record::new().set("Subject", subject).unwrap());
    let many = Step::CreateAll { object: object("Task"), records: tasks.into_iter().map(Into::into).collect() };
    let composite = Composite::new().all_or_none().step(name("lead"), lead("Visser")).step(name("tasks"), many);
    let outcomes = salesforce.composite(&composite).await.unwrap();
    let rows = outcomes[1].as_ref().unwrap().rows(2).unwrap();
    assert!(outcomes[0].is_err() && rows.iter().all(Result::is_err));
    let codes: Vec<_> = rows.iter().map(|row| row.as_ref().unwrap_err().items[0].code.as_str()).collect();
    assert_eq!(codes, ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "STRING_TOO_LONG"]);
    assert_eq!((effects(&sandbox, "Lead.created"), effects(&sandbox, "Task.created")), (0, 0));
}

#[tokio::test]
async fn a_batch_costs_what_it_holds() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    salesforce.count(&object("Lead")).await.unwrap();
    let (used, calls) = (salesforce.usage().unwrap().used, salesforce.calls());
    let count = |text: &str| Step::Query(Query::from(text).build_count().unwrap());
    let steps = [lead("Visser"), lead(&"x".repeat(81)), count("Lead")];
    let outcomes = salesforce.batch(&steps, false).await.unwrap();
    assert!(outcomes[0].as_ref().unwrap().saved().unwrap().created);
    assert_eq!(outcomes[1].as_ref().unwrap_err().code(), "STRING_TOO_LONG");
    assert_eq!(outcomes[2].as_ref().unwrap().page::<Row>().unwrap().total_size, 1);
    assert_eq!(salesforce.calls() - calls, 3);
    assert_eq!(salesforce.usage().unwrap().used - used, 3);

    let halted = salesforce.batch(&[lead(""), lead("Visser")], true).await.unwrap();
    assert!(halted[0].is_err());
    assert_eq!(halted[1].as_ref().unwrap_err().code(), "BATCH_PROCESSING_HALTED");
    assert!(salesforce.batch(&[task_of("lead", "x")], false).await.is_err());
}

#[tokio::test]
async fn a_query_of_any_length_is_answered() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let id = match salesforce.batch(&[lead("Visser")], true).await.unwrap().remove(0) {
        Ok(answer) => answer.saved().unwrap().id,
        Err(refusal) => panic!("{refusal}"),
    };
    // Percent-encoding trebles what these hold.
    let names = (0..800).map(|number| format!("Ünïcödé & '{number}' +")).chain(["Visser".to_owned()]);
    let soql =
        Query::from("Lead").select(["Id", "LastName"]).filter(Condition::is_in("LastName", names)).build().unwrap();
    let found = salesforce.query_rows::<Row>(&soql).await.unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
    let all = salesforce.query_all_rows::<Row>(&soql).await.unwrap();
    assert_eq!(all.len(), 1);
    let wrong = Query::from("Lead").select(["Nothing__c"]).filter(Condition::equals("LastName", "é".repeat(4_000)));
    let error = salesforce.query::<Row>(&wrong.build().unwrap()).await.unwrap_err();
    assert_eq!(error.refusal().map(liaison_salesforce::Refusal::code), Some("INVALID_FIELD"));
}

#[tokio::test]
async fn graphs_succeed_and_fail_one_by_one() {
    let server = MockServer::start().await;
    let saved = |reference: &str, id: &str| {
        serde_json::json!({"body": {"id": id, "success": true, "errors": []}, "httpHeaders": {}, "httpStatusCode": 201,
            "referenceId": reference})
    };
    let refused = serde_json::json!({"body": [{"errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "No."}],
        "httpHeaders": {}, "httpStatusCode": 400, "referenceId": "lead"});
    let graph = |id: &str, good: bool, step: serde_json::Value| serde_json::json!({"graphId": id, "isSuccessful": good, "graphResponse": {"compositeResponse": [step]}});
    let answer = serde_json::json!({"graphs": [graph("one", true, saved("lead", "00Q000000000001")),
        graph("two", false, refused)]});
    Mock::given(method("POST"))
        .and(path("/services/data/v62.0/composite/graph"))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&server)
        .await;
    let graphs = ["one", "two"].map(|graph| Graph::new(name(graph)).step(name("lead"), lead("Visser")));
    let salesforce = client(&server.uri(), "t");
    let outcomes = salesforce.graphs(&graphs).await.unwrap();
    assert!(outcomes[0].successful && !outcomes[1].successful);
    assert!(outcomes[0].steps[0].as_ref().unwrap().saved().unwrap().created);
    assert_eq!(outcomes[1].steps[0].as_ref().unwrap_err().code(), "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    let query = Graph::new(name("one")).step(name("q"), Step::Query(Query::from("Lead").build_count().unwrap()));
    assert!(salesforce.graphs(&[query]).await.is_err());
    assert!(salesforce.graphs(&graphs[..1]).await.unwrap_err().outcome_unknown());
}
