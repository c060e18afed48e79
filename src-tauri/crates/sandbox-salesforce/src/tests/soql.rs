//! Queries against the seeded world and against records made for the purpose.

use liaison_sandbox_kernel::{SandboxConfig, WorldKind};
use serde_json::{Value, json};

use super::Bench;

#[tokio::test]
async fn every_refusal_has_its_code() {
    let bench = Bench::new();
    for (soql, code) in [
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
        ("SELECT Nope FROM Lead", "INVALID_FIELD"),
        ("SELECT Account.Nope FROM Contact", "INVALID_FIELD"),
        ("SELECT Nope.Name FROM Contact", "INVALID_FIELD"),
        ("SELECT Who.Nope FROM Event", "INVALID_FIELD"),
        ("SELECT Id, Id FROM Lead", "INVALID_FIELD"),
        ("SELECT Id, (SELECT Id FROM Nopes) FROM Account", "INVALID_TYPE"),
        ("SELECT Id FROM Lead WHERE Description = 'x'", "INVALID_FIELD"),
        ("SELECT Id FROM Lead ORDER BY Description", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE Name = 5", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE IsConverted = 'false'", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE NumberOfEmployees = '5'", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE CreatedDate = 2026-01-01", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE CreatedDate = '2026-01-01T00:00:00Z'", "INVALID_FIELD"),
        ("SELECT Id FROM Opportunity WHERE CloseDate = 2026-01-01T00:00:00Z", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE Id = 'abc'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Lead WHERE Id LIKE '00Q%'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Lead WHERE IsConverted > true", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Lead WHERE Name < null", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Lead OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE"),
        ("SELECT Status, Name, COUNT(Id) FROM Lead GROUP BY Status", "MALFORMED_QUERY"),
        ("SELECT SUM(Name) FROM Lead", "INVALID_FIELD"),
        ("SELECT COUNT(Id) FROM Lead GROUP BY CreatedDate", "INVALID_FIELD"),
        ("SELECT FIELDS(ALL) FROM Lead", "MALFORMED_QUERY"),
        ("SELECT FIELDS(ALL) FROM Lead LIMIT 201", "MALFORMED_QUERY"),
        ("SELECT Id FROM Lead WHERE Id IN (SELECT Name FROM Contact)", "MALFORMED_QUERY"),
        ("SELECT Id FROM Lead WHERE", "MALFORMED_QUERY"),
        ("", "MALFORMED_QUERY"),
    ] {
        let answer = bench.ask(soql).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, code), "{soql}: {}", answer.text);
    }
}

#[tokio::test]
async fn texts_show_the_place() {
    let bench = Bench::new();
    let message = bench.ask("SELECT Nope FROM Lead").await.message();
    assert!(
        message.starts_with(
            "\nSELECT Nope FROM Lead\n       ^\nERROR at Row:1:Column:8\nNo such column 'Nope' on entity 'Lead'."
        ),
        "{message}"
    );
    let message = bench.ask("select count() from XYZZY").await.message();
    assert!(
        message.starts_with(
            "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY'"
        ),
        "{message}"
    );
    let message = bench.ask("SELECT Id FROM Lead WHERE Description = 'x'").await.message();
    assert!(message.contains("field 'Description' can not be filtered in a query call"), "{message}");
}

#[tokio::test]
async fn conditions_mean_what_they_say() {
    let bench = Bench::with(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() });
    for (last, title, employees) in
        [("Alpha", Some("CEO"), 5), ("beta", None, 50), ("Gamma_1", Some("cto"), 500), ("O'Neill %", None, 0)]
    {
        bench
            .create(
                "Lead",
                json!({ "LastName": last, "Company": "Acme", "Title": title, "NumberOfEmployees": employees }),
            )
            .await;
    }
    for (condition, expected) in [
        ("LastName = 'ALPHA'", vec!["Alpha"]),
        ("LastName != 'alpha'", vec!["Gamma_1", "O'Neill %", "beta"]),
        ("Title = null", vec!["O'Neill %", "beta"]),
        ("Title != null", vec!["Alpha", "Gamma_1"]),
        ("Title != 'CEO'", vec!["Gamma_1", "O'Neill %", "beta"]),
        ("Title = ''", vec!["O'Neill %", "beta"]),
        ("LastName LIKE '%A'", vec!["Alpha", "beta"]),
        ("LastName LIKE 'gamma\\_%'", vec!["Gamma_1"]),
        ("LastName LIKE '% \\%'", vec!["O'Neill %"]),
        ("LastName = 'O\\'Neill %'", vec!["O'Neill %"]),
        ("LastName IN ('alpha', 'BETA')", vec!["Alpha", "beta"]),
        ("LastName NOT IN ('alpha', 'BETA')", vec!["Gamma_1", "O'Neill %"]),
        ("Title IN ('ceo', null)", vec!["Alpha", "O'Neill %", "beta"]),
        ("NumberOfEmployees > 5 AND NumberOfEmployees <= 500", vec!["Gamma_1", "beta"]),
        ("NumberOfEmployees IN (5, 50)", vec!["Alpha", "beta"]),
        ("LastName = 'Alpha' OR (Title = null AND NumberOfEmployees = 0)", vec!["Alpha", "O'Neill %"]),
        ("NOT (LastName = 'Alpha' OR LastName = 'beta')", vec!["Gamma_1", "O'Neill %"]),
        ("(NOT LastName LIKE 'a%') AND Title = null", vec!["O'Neill %", "beta"]),
        ("CreatedDate = TODAY", vec!["Alpha", "Gamma_1", "O'Neill %", "beta"]),
        ("CreatedDate < TODAY", vec![]),
        ("CreatedDate >= LAST_N_DAYS:1 AND CreatedDate <= TODAY", vec!["Alpha", "Gamma_1", "O'Neill %", "beta"]),
        ("CreatedDate > 2999-01-01T00:00:00Z", vec![]),
        ("Owner.Name = 'Robin Visser' AND CreatedBy.IsActive = true", vec!["Alpha", "Gamma_1", "O'Neill %", "beta"]),
    ] {
        let mut names: Vec<String> = bench
            .records(&format!("SELECT LastName FROM Lead WHERE {condition}"))
            .await
            .iter()
            .map(|record| record["LastName"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        assert_eq!(names, expected, "{condition}");
    }
}

#[tokio::test]
async fn rows_are_sorted_cut_and_counted() {
    let bench = Bench::with(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() });
    for (last, title) in [("b", Some("x")), ("A", None), ("c", Some("y"))] {
        bench.create("Lead", json!({ "LastName": last, "Company": "Acme", "Title": title })).await;
    }
    for (clauses, expected) in [
        ("ORDER BY LastName", "A b c"),
        ("ORDER BY LastName DESC", "c b A"),
        ("ORDER BY Title", "A b c"),
        ("ORDER BY Title NULLS LAST", "b c A"),
        ("ORDER BY Title DESC NULLS LAST", "c b A"),
        ("ORDER BY LastName LIMIT 1 OFFSET 1", "b"),
        ("ORDER BY LastName OFFSET 9", ""),
        ("ORDER BY LastName LIMIT 0", ""),
    ] {
        let names: Vec<Value> = bench
            .records(&format!("SELECT LastName FROM Lead {clauses}"))
            .await
            .into_iter()
            .map(|own| own["LastName"].clone())
            .collect();
        let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names.join(" "), expected, "{clauses}");
    }
    let answer = bench.ask("SELECT COUNT() FROM Lead WHERE Title != null").await.json();
    assert_eq!(answer, json!({ "totalSize": 2, "done": true, "records": [] }));
}

#[tokio::test]
async fn parents_children_and_groups() {
    let bench = Bench::new();
    let contact = bench
        .records("SELECT Id, Name, Account.Name, Account.Owner.Name, Account.Phone FROM Contact LIMIT 1")
        .await
        .remove(0);
    assert_eq!(contact["Account"]["attributes"]["type"], "Account");
    assert!(contact["Account"]["Name"].is_string() && contact["Account"]["Owner"]["Name"].is_string());
    assert!(contact.get("AccountId").is_none());

    let accounts = bench.records("SELECT Id, (SELECT LastName FROM Contacts ORDER BY LastName), (SELECT Id FROM Opportunities LIMIT 1) FROM Account").await;
    let total: u64 = accounts.iter().filter_map(|account| account["Contacts"]["totalSize"].as_u64()).sum();
    assert_eq!(total, bench.count("SELECT COUNT() FROM Contact WHERE AccountId != null").await);
    assert!(accounts.iter().any(|account| account["Opportunities"].is_null()));

    let groups = bench.records("SELECT Status, COUNT(Id) n, MAX(CreatedDate) FROM Lead GROUP BY Status HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC").await;
    assert_eq!(groups[0]["attributes"], json!({ "type": "AggregateResult" }));
    assert!(groups[0]["n"].as_i64() >= groups[1]["n"].as_i64());
    assert!(groups[0]["expr0"].is_string());
    let everything = bench.records("SELECT COUNT(Id), COUNT_DISTINCT(Status), AVG(AnnualRevenue) FROM Lead").await;
    assert_eq!(everything[0]["expr0"], json!(bench.count("SELECT COUNT() FROM Lead").await));
    assert_eq!(everything[0]["expr2"], Value::Null);

    let joined = bench
        .count(
            "SELECT COUNT() FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity WHERE IsClosed = false)",
        )
        .await;
    let rest = bench.count("SELECT COUNT() FROM Contact WHERE AccountId NOT IN (SELECT AccountId FROM Opportunity WHERE IsClosed = false)").await;
    assert!(joined > 0);
    assert_eq!(joined + rest, bench.count("SELECT COUNT() FROM Contact").await);
}

#[tokio::test]
async fn an_opportunity_names_those_with_a_role_in_it() {
    let bench = Bench::new();
    let contact = bench.records("SELECT Id FROM Contact LIMIT 1").await.remove(0)["Id"].clone();
    let body = json!({ "Name": "Refit", "StageName": "Prospecting", "CloseDate": "2027-01-31" });
    let alone = bench.create("Opportunity", body.clone()).await;
    let deal = bench.create("Opportunity", body).await;
    let role = json!({ "OpportunityId": deal, "ContactId": contact, "Role": "Evaluator" });
    bench.create("OpportunityContactRole", role).await;
    let soql = "SELECT Id, (SELECT ContactId FROM OpportunityContactRoles) FROM Opportunity WHERE Name = 'Refit'";
    let found = bench.records(soql).await;
    let roles = |id: &str| {
        let row = found.iter().find(|row| row["Id"] == json!(id)).unwrap();
        row["OpportunityContactRoles"].clone()
    };
    assert_eq!(roles(&alone), Value::Null);
    assert_eq!(roles(&deal)["records"][0]["ContactId"], contact);
    bench.delete(&format!("sobjects/Opportunity/{deal}")).await;
    assert_eq!(bench.count("SELECT COUNT() FROM OpportunityContactRole").await, 0, "it goes with its opportunity");
}

#[tokio::test]
async fn polymorphic_parents_show_what_they_are() {
    let bench = Bench::new();
    let lead = bench.lead("Poly").await;
    bench.create("Task", json!({ "Subject": "a", "WhoId": lead })).await;
    let account = bench.records("SELECT Id, Name, Phone FROM Account LIMIT 1").await.remove(0);
    bench.create("Task", json!({ "Subject": "b", "WhatId": account["Id"] })).await;
    let tasks = bench.records("SELECT Who.Name, Who.Type, What.Type, Owner.Name FROM Task ORDER BY Subject").await;
    assert_eq!((&tasks[0]["Who"]["Name"], &tasks[0]["Who"]["Type"]), (&json!("Poly"), &json!("Lead")));
    assert_eq!((&tasks[0]["What"], &tasks[1]["Who"]), (&Value::Null, &Value::Null));
    assert_eq!(tasks[1]["What"]["Type"], "Account");
    let tasks = bench
        .records("SELECT TYPEOF What WHEN Account THEN Name, Phone ELSE Name END FROM Task WHERE What.Type = 'Account'")
        .await;
    assert_eq!((&tasks[0]["What"]["Name"], &tasks[0]["What"]["Phone"]), (&account["Name"], &account["Phone"]));
}

#[tokio::test]
async fn deleted_rows_are_in_query_all_only() {
    let bench = Bench::new();
    let id = bench.lead("Gone").await;
    bench.delete(&format!("sobjects/Lead/{id}")).await;
    let soql = format!("SELECT Id, IsDeleted FROM Lead WHERE Id = '{id}'");
    assert!(bench.records(&soql).await.is_empty());
    let all = bench.get(&format!("queryAll/?{}", super::encoded("q", &soql))).await.json();
    assert_eq!(all["records"][0]["IsDeleted"], true);
}

#[tokio::test]
async fn archived_events_are_in_query_all_only() {
    let bench = Bench::new();
    bench
        .create("Event", json!({ "Subject": "Old", "StartDateTime": "2020-01-01T09:00:00Z", "DurationInMinutes": 30 }))
        .await;
    let soql = "SELECT Id FROM Event WHERE Subject = 'Old'";
    assert!(bench.records(soql).await.is_empty());
    let all = bench.get(&format!("queryAll?{}", super::encoded("q", soql))).await.json();
    assert_eq!(all["totalSize"], 1);
}

#[tokio::test]
async fn the_cursor_of_a_pull_misses_nobody() {
    let bench = Bench::new();
    let all = bench.records("SELECT Id, SystemModstamp FROM Contact ORDER BY SystemModstamp, Id").await;
    let middle = &all[all.len() / 2];
    let (stamp, id) = (middle["SystemModstamp"].as_str().unwrap(), middle["Id"].as_str().unwrap());
    let rest = bench
        .records(&format!(
            "SELECT Id, SystemModstamp FROM Contact WHERE (SystemModstamp = {stamp} AND Id > '{id}') OR SystemModstamp > {stamp} ORDER BY SystemModstamp, Id"
        ))
        .await;
    assert_eq!(rest, all[all.len() / 2 + 1..]);
    // A bulk load has left many with one and the same stamp.
    let mut stamps: Vec<&str> = all.iter().map(|record| record["SystemModstamp"].as_str().unwrap()).collect();
    stamps.dedup();
    assert!(stamps.len() + 10 < all.len());
}
