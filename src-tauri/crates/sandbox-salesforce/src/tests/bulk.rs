//! Bulk jobs: CSV in, CSV out, and states that take time.

use axum::body::Body;
use serde_json::{Value, json};

use super::{Answer, Bench, encoded};

async fn put_csv(bench: &Bench, job: &str, csv: &str) -> Answer {
    let request = bench.request("PUT", &format!("jobs/ingest/{job}/batches")).header("content-type", "text/csv");
    bench.send(request.body(Body::from(csv.to_owned())).unwrap()).await
}

async fn open(bench: &Bench, body: Value) -> String {
    let answer = bench.post("jobs/ingest", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["state"], "Open");
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn load(bench: &Bench, body: Value, csv: &str) -> String {
    let job = open(bench, body).await;
    assert_eq!(put_csv(bench, &job, csv).await.status, 201);
    let closed = bench.patch(&format!("jobs/ingest/{job}"), json!({ "state": "UploadComplete" })).await;
    assert_eq!(closed.json()["state"], "UploadComplete", "{}", closed.text);
    job
}

async fn state(bench: &Bench, job: &str) -> Value {
    bench.get(&format!("jobs/ingest/{job}")).await.json()
}

#[tokio::test]
async fn a_job_waits_works_and_is_complete_with_failed_rows() {
    let bench = Bench::new();
    bench.salesforce.set_bulk_pace(crate::Pace { queued_ms: 60_000, chunk_ms: 60_000 });
    let mut csv = "Subject,Status,CallType,Liaison_Key__c\n".to_owned();
    for number in 0..398 {
        csv += &["\"Call, ", &number.to_string(), "\",Completed,Outbound,b", &number.to_string(), "\n"].concat();
    }
    csv.push_str("Odd,Completed,Sideways,odd\nTwin,Completed,,b0\n");
    let job = load(&bench, json!({ "object": "Task", "operation": "insert" }), &csv).await;
    assert_eq!(state(&bench, &job).await["state"], "UploadComplete");
    assert!(bench.effects("Task.created").is_empty());
    bench.shared.clock.advance_ms(125_000);
    let info = state(&bench, &job).await;
    assert_eq!((&info["state"], &info["numberRecordsProcessed"]), (&json!("InProgress"), &json!(200)));
    assert_eq!(info["apiVersion"], json!(62.0));
    bench.shared.clock.advance_ms(60_000);
    let info = state(&bench, &job).await;
    assert_eq!((&info["state"], &info["numberRecordsProcessed"]), (&json!("JobComplete"), &json!(400)));
    assert_eq!(info["numberRecordsFailed"], 2);
    assert_eq!(bench.effects("Task.created").len(), 398);
    let saved = bench.get(&format!("jobs/ingest/{job}/successfulResults")).await;
    assert_eq!(saved.header("content-type"), "text/csv");
    assert!(saved.text.starts_with("\"sf__Id\",\"sf__Created\",\"Subject\""), "{}", &saved.text[..80]);
    assert_eq!(saved.text.lines().count(), 399);
    assert!(saved.text.lines().nth(1).unwrap().contains("\"true\",\"Call, 397\""), "the last row comes first");
    let failed = bench.get(&format!("jobs/ingest/{job}/failedResults")).await.text;
    assert!(failed.contains("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Call Type: bad value"), "{failed}");
    assert!(failed.contains(":CallType --\",\"Odd\""), "{failed}");
    assert!(failed.contains("\"DUPLICATE_VALUE:duplicate value found: Liaison_Key__c"), "{failed}");
    let rest = bench.get(&format!("jobs/ingest/{job}/unprocessedrecords")).await.text;
    assert_eq!(rest.lines().count(), 1);
}

#[tokio::test]
async fn upserts_update_and_deletes_go_by_their_columns() {
    let bench = Bench::new();
    let old =
        bench.create("Task", json!({ "Liaison_Key__c": "old", "Subject": "Before", "Description": "Kept" })).await;
    let lead = bench.lead("Caller").await;
    let upsert = json!({ "object": "Task", "operation": "upsert", "externalIdFieldName": "liaison_key__c",
        "lineEnding": "CRLF", "columnDelimiter": "SEMICOLON" });
    let csv = format!(
        "Liaison_Key__c;Subject;Description;WhoId\r\nold;After;;#N/A\r\nnew;New;\"two\nlines\";{lead}\r\ntwin;1;;\r\ntwin;2;;\r\n"
    );
    let job = load(&bench, upsert, &csv).await;
    bench.shared.clock.advance_ms(60_000);
    let info = state(&bench, &job).await;
    assert_eq!((&info["numberRecordsProcessed"], &info["numberRecordsFailed"]), (&json!(4), &json!(2)), "{info}");
    let task = bench.read("Task", &old).await;
    assert_eq!((&task["Subject"], &task["Description"]), (&json!("After"), &json!("Kept")));
    let made = bench.records("SELECT Description, WhoId FROM Task WHERE Liaison_Key__c = 'new'").await;
    assert_eq!((&made[0]["Description"], &made[0]["WhoId"]), (&json!("two\nlines"), &json!(lead)));
    let delete = json!({ "object": "Task", "operation": "delete" });
    let job = load(&bench, delete, &format!("Id\n{old}\n{lead}\n")).await;
    bench.shared.clock.advance_ms(60_000);
    let info = state(&bench, &job).await;
    assert_eq!(info["numberRecordsFailed"], 1, "a lead is no task");
    assert_eq!(bench.get(&format!("sobjects/Task/{old}")).await.code(), "ENTITY_IS_DELETED");
}

#[tokio::test]
async fn a_parent_is_named_by_its_key() {
    let bench = Bench::new();
    let lead = bench.lead("Guest").await;
    let body = json!({ "Name": "Webinar" });
    bench.patch("sobjects/Campaign/Liaison_Key__c/w1", body).await;
    let csv = format!("Campaign.Liaison_Key__c,LeadId,Status\nw1,{lead},Responded\nw2,{lead},Sent\n");
    let job = load(&bench, json!({ "object": "CampaignMember", "operation": "insert" }), &csv).await;
    bench.shared.clock.advance_ms(60_000);
    assert_eq!(state(&bench, &job).await["numberRecordsFailed"], 1);
    assert_eq!(bench.count("SELECT COUNT() FROM CampaignMember WHERE Campaign.Name = 'Webinar'").await, 1);
}

#[tokio::test]
async fn a_job_that_cannot_be_read_fails_as_a_whole() {
    let bench = Bench::new();
    let body = || json!({ "object": "Lead", "operation": "insert" });
    for (csv, reason) in [
        ("LastName,Shoe\nA,B\n", "InvalidBatch : Field name not found : Shoe"),
        ("LastName,Company\r\nA,B\r\n", "ClientInputError : LineEnding is invalid"),
        ("LastName,Company\nA,B,C\n", "InvalidBatch : Failed to parse CSV"),
    ] {
        let job = load(&bench, body(), csv).await;
        bench.shared.clock.advance_ms(60_000);
        let info = state(&bench, &job).await;
        assert_eq!(info["state"], "Failed", "{csv}");
        assert!(info["errorMessage"].as_str().unwrap().starts_with(reason), "{info}");
    }
    assert!(bench.effects("Lead.created").is_empty());
}

#[tokio::test]
async fn wrong_steps_are_refused() {
    let bench = Bench::new();
    for (body, code) in [
        (json!({ "operation": "insert" }), "INVALIDJOB"),
        (json!({ "object": "Nope", "operation": "insert" }), "INVALIDJOB"),
        (json!({ "object": "Task", "operation": "replace" }), "INVALIDJOB"),
        (json!({ "object": "Task", "operation": "upsert" }), "INVALIDJOB"),
        (json!({ "object": "Task", "operation": "upsert", "externalIdFieldName": "Subject" }), "INVALIDJOB"),
        (json!({ "object": "Task", "operation": "hardDelete" }), "FEATURENOTENABLED"),
        (json!({ "object": "Task", "operation": "insert", "contentType": "XML" }), "INVALIDJOB"),
        (json!({ "object": "Task", "operation": "insert", "color": "red" }), "JSON_PARSER_ERROR"),
    ] {
        let answer = bench.post("jobs/ingest", body.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{body}");
    }
    let job = open(&bench, json!({ "object": "Task", "operation": "insert" })).await;
    let path = format!("jobs/ingest/{job}");
    assert_eq!(bench.patch(&path, json!({ "state": "UploadComplete" })).await.code(), "INVALIDJOBSTATE");
    assert_eq!(bench.delete(&path).await.code(), "INVALIDJOBSTATE");
    assert_eq!(put_csv(&bench, &job, "Subject\nA\n").await.status, 201);
    assert_eq!(put_csv(&bench, &job, "Subject\nB\n").await.code(), "INVALIDJOBSTATE");
    assert_eq!(bench.patch(&path, json!({ "state": "Aborted" })).await.json()["state"], "Aborted");
    bench.shared.clock.advance_ms(60_000);
    assert_eq!(state(&bench, &job).await["state"], "Aborted");
    let given_back = bench.get(&format!("{path}/unprocessedrecords")).await.text;
    assert_eq!(given_back, "\"Subject\"\n\"A\"\n");
    assert_eq!(bench.delete(&path).await.status, 204);
    assert_eq!(bench.get(&path).await.status, 404);
    let request = bench.request("PUT", &format!("{path}/batches")).header("content-type", "application/json");
    assert_eq!(bench.send(request.body(Body::from("{}")).unwrap()).await.status, 404);
}

#[tokio::test]
async fn a_query_is_read_in_pages_by_its_locator() {
    let bench = Bench::new();
    let query = "SELECT Id, Name, CreatedDate, IsConverted, Owner.Name FROM Lead ORDER BY Id";
    let made = bench.post("jobs/query", json!({ "operation": "query", "query": query })).await;
    assert_eq!((made.status, &made.json()["state"]), (200, &json!("UploadComplete")), "{}", made.text);
    let job = made.json()["id"].as_str().unwrap().to_owned();
    let results = format!("jobs/query/{job}/results");
    assert_eq!(bench.get(&results).await.status, 404, "there are no results yet");
    bench.shared.clock.advance_ms(60_000);
    let info = bench.get(&format!("jobs/query/{job}")).await.json();
    assert_eq!(info["state"], "JobComplete");
    let expected = bench.count("SELECT COUNT() FROM Lead").await;
    assert_eq!(info["numberRecordsProcessed"], expected);
    let (mut rows, mut locator) = (Vec::new(), String::new());
    while locator != "null" {
        let own = if locator.is_empty() { String::new() } else { format!("&{}", encoded("locator", &locator)) };
        let page = bench.get(&format!("{results}?maxRecords=40{own}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        let mut lines = page.text.lines();
        assert_eq!(lines.next(), Some("\"Id\",\"Name\",\"CreatedDate\",\"IsConverted\",\"Owner.Name\""));
        let own: Vec<String> = lines.map(str::to_owned).collect();
        assert_eq!(page.header("sforce-numberofrecords"), own.len().to_string());
        rows.extend(own);
        page.header("sforce-locator").clone_into(&mut locator);
    }
    assert_eq!(rows.len() as u64, expected);
    assert!(rows.windows(2).all(|pair| pair[0] < pair[1]), "no row twice");
    assert!(rows[0].contains("Z\",\"false\",\""), "{}", rows[0]);
    assert_eq!(bench.get(&format!("{results}?locator=nonsense")).await.code(), "INVALIDLOCATOR");
}

#[tokio::test]
async fn bulk_queries_do_less_than_queries() {
    let bench = Bench::new();
    for query in [
        "SELECT COUNT(Id) FROM Lead",
        "SELECT COUNT() FROM Lead",
        "SELECT Id FROM Lead LIMIT 5 OFFSET 5",
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
        "SELECT TYPEOF What WHEN Account THEN Name END FROM Event",
    ] {
        let answer = bench.post("jobs/query", json!({ "operation": "query", "query": query })).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "API_ERROR"), "{query}");
    }
    let answer = bench.post("jobs/query", json!({ "operation": "query", "query": "SELECT Address FROM Lead" })).await;
    assert_eq!(answer.code(), "FUNCTIONALITY_NOT_ENABLED");
    let answer = bench.post("jobs/query", json!({ "operation": "query", "query": "SELECT" })).await;
    assert_eq!(answer.code(), "MALFORMED_QUERY");
}
