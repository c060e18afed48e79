//! How fast a first pull of people is, next to the least it could cost.
//!
//! A sandbox holds `--people N`. Two ways take turns over the same queries: the typed client, and a
//! bare HTTP client that reads the same pages as plain JSON. The figure to look at is the ratio.
//! With `--bulk` the typed client also pulls through a Bulk query.

use std::error::Error;
use std::io::Write as _;
use std::time::{Duration, Instant};

use liaison_domain::RecordKind;
use liaison_salesforce::{
    BULK_PULL_THRESHOLD, ObjectDescription, ObjectName, PeopleCursor, PeopleQuery, Polling, Salesforce, parse_moment,
};
use liaison_sandbox::{Sandbox, SandboxConfig};
use serde_json::Value;

#[path = "support/mod.rs"]
mod support;

use support::{Failure, client, number};

const PAGE: u32 = 2_000;

/// What one run took.
struct Run {
    people: usize,
    calls: u64,
    took: Duration,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let people = number("--people", 10_000)?;
    let runs = number("--runs", 3)?;
    let sandbox = Sandbox::start(SandboxConfig { people: Some(people), ..SandboxConfig::default() }).await?;
    let (typed, mut bare) = (client(&sandbox)?, Bare::new(&sandbox)?);
    let kinds = [RecordKind::Lead, RecordKind::Contact];
    let mut queries = Vec::new();
    for kind in kinds {
        queries.push(PeopleQuery::new(kind, &describe(&typed, kind).await?));
    }
    let (mut of_typed, mut of_bare) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        of_typed.push(pull_typed(&typed, &queries).await?);
        of_bare.push(bare.pull(&queries).await?);
    }
    let mut out = std::io::stdout().lock();
    let typed_median = report(&mut out, "typed client", &mut of_typed)?;
    let bare_median = report(&mut out, "plain HTTP and JSON", &mut of_bare)?;
    writeln!(out, "ratio {:.2}", typed_median.as_secs_f64() / bare_median.as_secs_f64())?;
    if std::env::args().any(|word| word == "--bulk") {
        let run = pull_in_bulk(&typed, &queries).await?;
        report(&mut out, "typed client, Bulk query", &mut [run])?;
        writeln!(out, "Bulk is used from {BULK_PULL_THRESHOLD} people on")?;
    }
    Ok(())
}

async fn describe(salesforce: &Salesforce, kind: RecordKind) -> Result<ObjectDescription, Failure> {
    let described = salesforce.describe(&ObjectName::new(kind.object())?, None).await?;
    described.changed().ok_or_else(|| "no description".into())
}

async fn pull_typed(salesforce: &Salesforce, queries: &[PeopleQuery]) -> Result<Run, Failure> {
    let (start, before, mut people) = (Instant::now(), salesforce.calls(), 0);
    for query in queries {
        let mut place = None;
        loop {
            let page = salesforce.pull_people(query, place.as_ref(), PAGE).await?;
            if !page.skipped.is_empty() {
                return Err("a row could not be read".into());
            }
            people += page.people.len();
            place = page.cursor;
            if !page.has_more {
                break;
            }
        }
    }
    Ok(Run { people, calls: salesforce.calls() - before, took: start.elapsed() })
}

async fn pull_in_bulk(salesforce: &Salesforce, queries: &[PeopleQuery]) -> Result<Run, Failure> {
    let (start, before, mut people) = (Instant::now(), salesforce.calls(), 0);
    let polling = Polling { first: Duration::from_millis(200), ..Polling::default() };
    for query in queries {
        let job = salesforce.start_bulk_query(&query.whole()?, false).await?;
        let job = salesforce.await_bulk_query(job.id, &polling).await?;
        let mut from = None;
        loop {
            let page = salesforce.pull_people_in_bulk(query, job.id, from.as_ref(), 20_000).await?;
            people += page.rows.len();
            from = page.next;
            if from.is_none() {
                break;
            }
        }
    }
    Ok(Run { people, calls: salesforce.calls() - before, took: start.elapsed() })
}

/// The floor: the same queries, no types, no limits, no checks.
struct Bare {
    http: reqwest::Client,
    base: String,
    token: String,
    calls: u64,
}

impl Bare {
    fn new(sandbox: &Sandbox) -> Result<Self, Failure> {
        let info = sandbox.info(true);
        let text = |name: &str| info["salesforce"][name].as_str().map(str::to_owned).ok_or("the sandbox tells less");
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build()?;
        Ok(Self { http, base: text("instance")?, token: text("access_token")?, calls: 0 })
    }

    async fn pull(&mut self, queries: &[PeopleQuery]) -> Result<Run, Failure> {
        let (start, before, mut people) = (Instant::now(), self.calls, 0);
        for query in queries {
            let mut place = None;
            loop {
                let soql = query.page(place.as_ref(), PAGE)?;
                let page = self.page(soql.as_str()).await?;
                let rows = page["records"].as_array().map_or(&[][..], Vec::as_slice);
                people += rows.len();
                place = rows.last().and_then(place_of);
                if rows.len() < PAGE as usize || place.is_none() {
                    break;
                }
            }
        }
        Ok(Run { people, calls: self.calls - before, took: start.elapsed() })
    }

    async fn page(&mut self, soql: &str) -> Result<Value, Failure> {
        self.calls += 1;
        let address = format!("{}/services/data/v62.0/query", self.base);
        let request = self.http.get(address).query(&[("q", soql)]).bearer_auth(&self.token);
        let bytes = request.send().await?.error_for_status()?.bytes().await?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

fn place_of(row: &Value) -> Option<PeopleCursor> {
    let system_modstamp = parse_moment(row["SystemModstamp"].as_str()?)?;
    Some(PeopleCursor { system_modstamp, id: row["Id"].as_str()?.parse().ok() })
}

fn report(
    out: &mut impl std::io::Write,
    name: &str,
    runs: &mut [Run],
) -> Result<Duration, Box<dyn Error + Send + Sync>> {
    runs.sort_by_key(|run| run.took);
    let median = &runs[runs.len() / 2];
    let rate = support::per_second(median.people, median.took);
    writeln!(
        out,
        "{name}: {} people in {} ms, {rate} people/s, {} calls",
        median.people,
        median.took.as_millis(),
        median.calls
    )?;
    Ok(median.took)
}
