//! Pulling and finding people.

use std::collections::HashSet;

use chrono::TimeDelta;
use futures::StreamExt;
use liaison_domain::RecordKind;
use liaison_salesforce::{
    Condition, ObjectName, PeopleCursor, PeopleQuery, Person, Query, QueryStep, Record, Salesforce, SalesforceId,
};
use liaison_sandbox::SandboxConfig;
use serde::Deserialize;

use crate::support::{sandbox, signed_in};

#[derive(Debug, Deserialize)]
struct Row {
    #[serde(rename = "Id")]
    id: SalesforceId,
}

async fn people_query(salesforce: &Salesforce, kind: RecordKind) -> PeopleQuery {
    let object = ObjectName::new(kind.object()).unwrap();
    let description = salesforce.describe(&object, None).await.unwrap().changed().unwrap();
    PeopleQuery::new(kind, &description)
}

/// Pulls to the end; gives everybody and the place where it ended.
async fn pull(salesforce: &Salesforce, query: &PeopleQuery, size: u32) -> (Vec<Person>, Option<PeopleCursor>) {
    let (mut everybody, mut place) = (Vec::new(), None);
    loop {
        let page = salesforce.pull_people(query, place.as_ref(), size).await.unwrap();
        assert_eq!(page.skipped, []);
        assert!(page.people.len() <= size as usize);
        everybody.extend(page.people);
        place = page.cursor;
        if !page.has_more {
            return (everybody, place);
        }
    }
}

async fn count(salesforce: &Salesforce, object: &str) -> usize {
    let soql = Query::from(object).select(["Id"]).build().unwrap();
    salesforce.query_rows::<Row>(&soql).await.unwrap().iter().map(|row| row.id).collect::<HashSet<_>>().len()
}

#[tokio::test]
async fn everybody_is_pulled_once_in_order() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    for kind in [RecordKind::Lead, RecordKind::Contact] {
        let query = people_query(&salesforce, kind).await;
        let (everybody, _) = pull(&salesforce, &query, 37).await;
        let ids: HashSet<_> = everybody.iter().map(Person::id).collect();
        assert_eq!(ids.len(), everybody.len());
        assert_eq!(ids.len(), count(&salesforce, kind.object()).await);
        assert!(everybody.is_sorted_by_key(|person| (person.system_modstamp(), person.id())));
        assert!(everybody.iter().all(|person| match person {
            Person::Lead(lead) => lead.last_name.is_some() && lead.owner.is_some(),
            Person::Contact(contact) => contact.last_name.is_some() && contact.owner.is_some(),
        }));
    }
}

#[tokio::test]
async fn a_later_pull_brings_what_changed() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let query = people_query(&salesforce, RecordKind::Lead).await;
    let (everybody, place) = pull(&salesforce, &query, 500).await;
    let place = place.unwrap();
    let nothing = salesforce.pull_people(&query, Some(&place), 500).await.unwrap();
    assert_eq!((nothing.people.len(), nothing.has_more, nothing.cursor), (0, false, Some(place)));

    sandbox.shared().clock.advance_ms(60_000);
    let changed = everybody[3].id();
    let title = Record::new().set("Title", "Director").unwrap();
    salesforce.update(&ObjectName::new("Lead").unwrap(), changed, &title).await.unwrap();
    let page = salesforce.pull_people(&query, Some(&place), 500).await.unwrap();
    let [Person::Lead(lead)] = page.people.as_slice() else { panic!("{:?}", page.people) };
    assert_eq!((lead.id, lead.title.as_deref()), (changed, Some("Director")));

    let earlier = place.with_overlap(TimeDelta::minutes(10));
    let overlapping = salesforce.pull_people(&query, Some(&earlier), 500).await.unwrap();
    assert!(overlapping.people.iter().any(|person| person.id() == changed));
}

#[tokio::test]
async fn thousands_come_in_pages_of_salesforces_choice() {
    let sandbox = sandbox(SandboxConfig { people: Some(5_000), ..SandboxConfig::default() }).await;
    let salesforce = signed_in(&sandbox);
    let mut seen = HashSet::new();
    let mut total = 0;
    for object in ["Lead", "Contact"] {
        let soql = Query::from(object).select(["Id", "Name"]).build().unwrap();
        let steps: Vec<_> = salesforce.walk_query::<Row>(soql).collect().await;
        for step in &steps[..steps.len() - 1] {
            let Ok(QueryStep::Page(page)) = step else { panic!("{step:?}") };
            assert!(page.records.len() <= 2_000);
            total += page.records.len();
            seen.extend(page.records.iter().map(|row| row.id));
        }
        assert!(matches!(steps.last(), Some(Ok(QueryStep::Complete { skipped: 0 }))));
    }
    assert_eq!((seen.len(), total), (5_000, 5_000));
}

/// If a value changed the query's shape, other people would be found, or none, or the query would
/// not parse.
#[tokio::test]
async fn hostile_values_find_whom_they_name() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let query = people_query(&salesforce, RecordKind::Lead).await;
    let (everybody, _) = pull(&salesforce, &query, 2_000).await;
    let names: Vec<String> = everybody.into_iter().filter_map(last_name).collect();
    for value in [
        "' OR Id != null OR LastName = '",
        "\\' OR Id != null --",
        "\\",
        "x\\' OR LastName LIKE \\'%",
        "\n' OR Id != null",
        "%",
        "_%",
        "_",
        "'",
        "\"",
        "\u{0}'",
        "\u{2019} OR Id != null",
        "') OR (Id != null",
    ] {
        let same = names.iter().filter(|name| name.as_str() == value).count();
        let holding = names.iter().filter(|name| name.contains(value)).count();
        for (condition, expected) in [
            (Condition::equals("LastName", value), same),
            (Condition::is_in("LastName", [value]), same),
            (Condition::contains("LastName", value), holding),
        ] {
            let soql = Query::from("Lead").select(["Id"]).filter(condition).build().unwrap();
            let found = salesforce.query_rows::<Row>(&soql).await.unwrap();
            assert_eq!(found.len(), expected, "{value:?} in {}", soql.as_str());
        }
    }
}

fn last_name(person: Person) -> Option<String> {
    match person {
        Person::Lead(lead) => lead.last_name,
        Person::Contact(contact) => contact.last_name,
    }
}

#[tokio::test]
async fn every_name_of_the_world_is_found_by_itself() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let query = people_query(&salesforce, RecordKind::Lead).await;
    let (everybody, _) = pull(&salesforce, &query, 2_000).await;
    let odd = |name: &String| !name.chars().all(|character| character.is_ascii_alphabetic());
    let odd_names: Vec<String> = everybody.into_iter().filter_map(last_name).filter(odd).collect();
    assert!(!odd_names.is_empty());
    for name in odd_names {
        let soql =
            Query::from("Lead").select(["LastName"]).filter(Condition::equals("LastName", &name)).build().unwrap();
        let found = salesforce.query_rows::<serde_json::Value>(&soql).await.unwrap();
        assert!(found.iter().any(|row| row["LastName"] == name), "{name}");
    }
}
