//! Large answers, and large worlds.

use std::collections::HashSet;

use liaison_sandbox_kernel::{SandboxConfig, WorldKind};

use super::Bench;

fn crowd(people: usize) -> Bench {
    Bench::with(SandboxConfig { people: Some(people), ..SandboxConfig::default() })
}

#[tokio::test]
async fn five_thousand_people_come_in_pages_each_once() {
    let bench = crowd(5_000);
    let mut seen = HashSet::new();
    let mut pages = Vec::new();
    for object in ["Lead", "Contact"] {
        let soql = format!("SELECT Id, SystemModstamp FROM {object} ORDER BY SystemModstamp, Id");
        let mut answer = bench.ask(&soql).await.json();
        let total = answer["totalSize"].as_u64().unwrap();
        let mut last = String::new();
        let mut read = 0;
        loop {
            let records = answer["records"].as_array().unwrap();
            pages.push(records.len());
            read += records.len() as u64;
            for record in records {
                let key = format!("{} {}", record["SystemModstamp"].as_str().unwrap(), record["Id"].as_str().unwrap());
                assert!(key > last, "out of order");
                last = key;
                assert!(seen.insert(record["Id"].as_str().unwrap().to_owned()), "twice");
            }
            let Some(next) = answer["nextRecordsUrl"].as_str() else {
                assert_eq!(answer["done"], true);
                break;
            };
            assert!(next.starts_with("/services/data/v62.0/query/01g"));
            answer = bench.get(next).await.json();
        }
        assert_eq!(read, total);
    }
    assert_eq!(seen.len(), 5_000);
    assert!(pages.iter().all(|size| *size <= 2_000) && pages.contains(&2_000));
}

#[tokio::test]
async fn a_locator_dies_of_idleness_and_belongs_to_its_version() {
    let bench = crowd(5_000);
    let first = bench.ask("SELECT Id FROM Contact").await.json();
    let next = first["nextRecordsUrl"].as_str().unwrap().to_owned();
    let other_version = bench.get(&next.replace("v62.0", "v61.0")).await;
    assert_eq!((other_version.status, other_version.code().as_str()), (400, "INVALID_QUERY_LOCATOR"));
    assert_eq!(bench.get(&next).await.status, 200);
    assert_eq!(bench.get(&next).await.status, 200, "a page can be read again");
    bench.shared.clock.advance_ms(16 * 60 * 1_000);
    let late = bench.get(&next).await;
    assert_eq!((late.status, late.code().as_str()), (400, "INVALID_QUERY_LOCATOR"));
    assert_eq!(bench.get("query/nonsense").await.code(), "INVALID_QUERY_LOCATOR");
}

#[tokio::test]
async fn the_size_of_a_page_is_a_hint() {
    let bench = Bench::new();
    let soql = super::encoded("q", "SELECT Id FROM Contact");
    for (size, expected) in [("250", 250), ("1", 200), ("9999", 2_000)] {
        let request =
            bench.request("GET", &format!("query/?{soql}")).header("sforce-query-options", format!("batchSize={size}"));
        let answer = bench.send(request.body(axum::body::Body::empty()).unwrap()).await.json();
        let total = usize::try_from(answer["totalSize"].as_u64().unwrap()).unwrap();
        assert_eq!(answer["records"].as_array().unwrap().len(), total.min(expected));
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_records() {
    let soql = "SELECT Id, Name, Email, Phone, Owner.Name FROM Lead";
    let (a, b) = (Bench::new().records(soql).await, Bench::new().records(soql).await);
    assert_eq!(a, b);
    let other = Bench::with(SandboxConfig { seed: 2, ..SandboxConfig::default() }).records(soql).await;
    assert_ne!(a, other);
}

#[tokio::test]
async fn an_empty_world_has_its_user_and_nobody_else() {
    let bench = Bench::with(SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() });
    for object in ["Lead", "Contact", "Account", "Opportunity", "Campaign", "Event", "Task"] {
        assert_eq!(bench.count(&format!("SELECT COUNT() FROM {object}")).await, 0, "{object}");
    }
    assert!(bench.count("SELECT COUNT() FROM User WHERE IsActive = true").await >= 1);
    assert_eq!(bench.count("SELECT COUNT() FROM TaskStatus WHERE IsClosed = true").await, 1);
}
