//! What other people's clients ask for and the rep's own does not: doubled slashes, the columns of
//! a query, its plan, the profile of a user, the deletion of what was never there.

use serde_json::{Value, json};

use super::{Bench, encoded};

#[tokio::test]
async fn doubled_slashes_are_one_slash_everywhere() {
    let bench = Bench::new();
    let lead = bench.lead("Novak").await;
    let plain = bench.get(&format!("/services/data/v62.0/sobjects/Lead/{lead}")).await;
    for path in [
        format!("//services/data/v62.0/sobjects/Lead/{lead}"),
        format!("/services//data/v62.0/sobjects//Lead/{lead}"),
        format!("///services/data//v62.0/sobjects/Lead/{lead}//"),
    ] {
        let answer = bench.get(&path).await;
        assert_eq!((answer.status, &answer.text), (200, &plain.text), "{path}");
    }
    assert_eq!(bench.get("//services/data").await.text, bench.get("/services/data").await.text);
    let count = bench.get(&format!("//services/data/v62.0/query?{}", encoded("q", "SELECT COUNT() FROM Lead"))).await;
    assert_eq!(count.status, 200, "{}", count.text);
    assert_eq!(
        bench.get("//services/oauth2/userinfo").await.status,
        bench.get("/services/oauth2/userinfo").await.status
    );
    let url = format!("//services/data//v62.0/sobjects/Lead/{lead}");
    let request = json!({ "method": "GET", "url": url, "referenceId": "a" });
    let composite = bench.post("composite", json!({ "compositeRequest": [request] })).await.json();
    assert_eq!(composite["compositeResponse"][0]["body"]["LastName"], "Novak");
}

#[tokio::test]
async fn a_key_with_slashes_in_it_stays_as_it_is() {
    let bench = Bench::new();
    let key = "sobjects/Task/Liaison_Key__c/a%2F%2Fb";
    assert_eq!(bench.patch(key, json!({ "Subject": "x" })).await.status, 201);
    assert_eq!(bench.get(&format!("/services//data/v62.0/{key}")).await.json()["Liaison_Key__c"], "a//b");
}

async fn columns(bench: &Bench, soql: &str) -> Value {
    let answer = bench.get(&format!("query?{}&columns=true", encoded("q", soql))).await;
    assert_eq!(answer.status, 200, "{soql}: {}", answer.text);
    answer.json()
}

#[tokio::test]
async fn the_columns_of_a_query_are_described() {
    let bench = Bench::new();
    let all =
        columns(&bench, "SELECT Id, LastName, DoNotCall, Account.Name, (SELECT Subject FROM Tasks) FROM Contact").await;
    assert_eq!((&all["entityName"], &all["keyPrefix"]), (&json!("Contact"), &json!("003")));
    assert_eq!((&all["idSelected"], &all["groupBy"]), (&json!(true), &json!(false)));
    let [id, name, flag, account, tasks] = all["columnMetadata"].as_array().unwrap().as_slice() else {
        panic!("{all}");
    };
    assert_eq!((&id["columnName"], &id["apexType"], &id["updatable"]), (&json!("Id"), &json!("Id"), &json!(false)));
    assert_eq!(
        (&name["textType"], &name["insertable"], &name["joinColumns"]),
        (&json!(true), &json!(true), &json!([]))
    );
    assert_eq!((&flag["booleanType"], &flag["custom"]), (&json!(true), &json!(false)));
    assert_eq!((&account["aggregate"], &account["foreignKeyName"]), (&json!(false), &json!("AccountId")));
    assert_eq!(account["joinColumns"][0]["columnName"], "Name");
    assert_eq!((&tasks["aggregate"], &tasks["columnName"]), (&json!(true), &json!("Tasks")));
    assert_eq!(tasks["joinColumns"][0]["columnName"], "Subject");
}

#[tokio::test]
async fn aggregates_are_columns_with_a_name_to_show() {
    let bench = Bench::new();
    let all =
        columns(&bench, "SELECT StageName, COUNT(Id), SUM(Amount) total FROM Opportunity GROUP BY StageName").await;
    let shown: Vec<(&Value, &Value, &Value)> = all["columnMetadata"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| (&column["columnName"], &column["displayName"], &column["aggregate"]))
        .collect();
    let expected = [("StageName", "StageName", false), ("expr0", "count(Id)", true), ("total", "sum(Amount)", true)]
        .map(|(name, display, aggregate)| (json!(name), json!(display), json!(aggregate)));
    assert_eq!(shown, expected.iter().map(|(a, b, c)| (a, b, c)).collect::<Vec<_>>());
    assert_eq!(all["groupBy"], true);
    assert_eq!(columns(&bench, "SELECT COUNT() FROM Lead").await["columnMetadata"], json!([]));
    let wrong = bench.get(&format!("query?{}&columns=true", encoded("q", "SELECT Nope FROM Lead"))).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (400, "INVALID_FIELD"));
}

async fn explained(bench: &Bench, soql: &str) -> Value {
    let answer = bench.get(&format!("query?{}", encoded("explain", soql))).await;
    assert_eq!(answer.status, 200, "{soql}: {}", answer.text);
    answer.json()
}

#[tokio::test]
async fn a_query_is_explained_and_not_run() {
    let bench = Bench::new();
    let lead = bench.lead("Novak").await;
    let total = bench.count("SELECT COUNT() FROM Lead").await;
    let by_id = explained(&bench, &format!("SELECT Id FROM Lead WHERE Id = '{lead}' AND City = 'Utrecht'")).await;
    let cheapest = &by_id["plans"][0];
    assert_eq!((&cheapest["leadingOperationType"], &cheapest["fields"]), (&json!("Index"), &json!(["Id"])));
    assert_eq!((&cheapest["cardinality"], &cheapest["sobjectCardinality"]), (&json!(1), &json!(total)));
    assert_eq!(cheapest["sobjectType"], "Lead");
    assert!(cheapest["relativeCost"].as_f64().unwrap() < 1.0);
    assert_eq!(cheapest["notes"][0]["fields"], json!(["City"]));
    assert_eq!(cheapest["notes"][0]["tableEnumOrId"], "Lead");
    let scan = explained(&bench, "SELECT Id FROM Lead WHERE City = 'Utrecht'").await;
    assert_eq!(scan["plans"].as_array().unwrap().len(), 1);
    assert_eq!(scan["plans"][0]["leadingOperationType"], "TableScan");
    let wrong = bench.get(&format!("query?{}", encoded("explain", "SELECT FROM"))).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (400, "MALFORMED_QUERY"));
}

#[tokio::test]
async fn a_user_has_a_profile() {
    let bench = Bench::new();
    let users = bench.records("SELECT Id, ProfileId, Profile.Name FROM User WHERE IsActive = true").await;
    assert!(users.iter().all(|user| user["Profile"]["Name"] == "Standard User"));
    let profile = bench.read("Profile", users[0]["ProfileId"].as_str().unwrap()).await;
    assert_eq!((&profile["Name"], &profile["PermissionsModifyAllData"]), (&json!("Standard User"), &json!(false)));
    assert_eq!(bench.count("SELECT COUNT() FROM Profile").await, 2);
    let described = bench.get("sobjects/Profile/describe").await.json();
    assert_eq!((&described["keyPrefix"], &described["updateable"]), (&json!("00e"), &json!(false)));
    assert_eq!(described["childRelationships"][0]["relationshipName"], "Users");
}

#[tokio::test]
async fn deleting_tells_what_never_was_from_what_is_gone_and_from_what_is_no_id() {
    let bench = Bench::new();
    let lead = bench.lead("Novak").await;
    let nobody = crate::ids::RecordId::numbered("00Q", *b"Lz", 999_999_999);
    let unknown = bench.delete(&format!("sobjects/Lead/{nobody}")).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "INVALID_CROSS_REFERENCE_KEY"));
    assert_eq!(unknown.message(), "invalid cross reference id");
    assert_eq!(bench.delete(&format!("sobjects/Lead/{lead}")).await.status, 204);
    let again = bench.delete(&format!("sobjects/Lead/{lead}")).await;
    assert_eq!((again.status, again.code().as_str()), (404, "ENTITY_IS_DELETED"));
    assert_eq!(bench.delete("sobjects/Lead/00Q").await.code(), "NOT_FOUND");
    assert_eq!(bench.get(&format!("sobjects/Lead/{nobody}")).await.code(), "NOT_FOUND");
    assert_eq!(bench.patch(&format!("sobjects/Lead/{nobody}"), json!({})).await.code(), "NOT_FOUND");
}
