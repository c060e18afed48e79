//! Calls for measurements that need many of them: those of half a year, matched with people already.

use liaison_domain::calls::Outcome;
use liaison_store::tables::call_links::{self, CallLink, Decision, LinkedRecord};
use liaison_store::tables::calls::{self, CallRecord, CallRow, Settled, Standing};
use liaison_store::tables::people::PersonRecord;
use liaison_store::tables::{calls_search, cursors};
use liaison_store::{Store, StoreResult, Transaction};

const PAGE: usize = 2_000;
/// What Zoom keeps, a little less so that the first one is still among it.
const PAST_MS: i64 = 179 * 24 * 3_600_000;
/// Every so many calls one is nobody's.
const STRANGERS: usize = 20;

/// Stores calls spread over half a year until now, most of them linked with one of the people in turn, as if they had
/// been pulled and matched: a program that starts on them has nothing to match.
pub fn keep_calls(store: &Store, count: usize, people: &[PersonRecord], now_ms: i64) -> StoreResult<()> {
    // The index of the search is made once, at the end.
    store.write_now(calls_search::fall_behind)?;
    let apart_ms = PAST_MS / i64::try_from(count).unwrap_or(i64::MAX).max(1);
    let indices: Vec<usize> = (0..count).collect();
    for page in indices.chunks(PAGE) {
        store.write_now(|tx| {
            for &index in page {
                let start_ms = now_ms - (i64::try_from(index).unwrap_or(0) + 1) * apart_ms;
                keep_call(tx, index, person_of(index, people), start_ms)?;
            }
            Ok(())
        })?;
    }
    store.write_now(|tx| {
        calls_search::catch_up(tx)?;
        cursors::complete(tx, "calls.matched", "", now_ms)?;
        let place = format!(r#"{{"version":1,"syncedMs":{now_ms},"backToMs":{}}}"#, now_ms - PAST_MS);
        cursors::complete(tx, "zoom.calls", &place, now_ms)
    })
}

/// With whom a call was; nobody for a stranger.
fn person_of(index: usize, people: &[PersonRecord]) -> Option<&PersonRecord> {
    if index.is_multiple_of(STRANGERS) {
        return None;
    }
    people.get(index * 7 % people.len().max(1))
}

/// In the order in which a pull does it: by what it is found is written once it is known whose it is.
fn keep_call(tx: &Transaction<'_>, index: usize, with: Option<&PersonRecord>, start_ms: i64) -> StoreResult<()> {
    let known = with.and_then(|person| person.phones.first()).map(|phone| phone.number.clone());
    let number = known.unwrap_or_else(|| format!("+3161{:07}", index % 10_000_000));
    let call = call(index, with, number, start_ms);
    let row = calls::store(tx, &call)?;
    let new = CallRow {
        row,
        call: call.clone(),
        standing: Standing::New,
        to_link: false,
        record_id: None,
        record_name: None,
        company: None,
        logged: false,
    };
    calls::settle(tx, &new, &settled(with))?;
    if let Some(person) = with {
        call_links::add(tx, &link(&call, person))?;
    }
    let number = call.number.unwrap_or_default();
    let at_home = number.trim_start_matches("+31");
    calls::index(tx, row, &format!("31{at_home} 0{at_home}"))
}

/// Every second one is outgoing, and nobody answered every tenth.
fn call(index: usize, with: Option<&PersonRecord>, number: String, start_ms: i64) -> CallRecord {
    let missed = index % 10 == 3;
    let line: Option<i64> = number.trim_start_matches('+').parse().ok();
    CallRecord {
        key: format!("call-{index:09}"),
        uuid: None,
        start_utc_ms: start_ms,
        answer_utc_ms: (!missed).then_some(start_ms + 5_000),
        end_utc_ms: Some(start_ms + 65_000),
        outbound: index.is_multiple_of(2),
        internal: false,
        outcome: if missed { Outcome::Missed } else { Outcome::Answered }.name().to_owned(),
        talk_s: if missed { 0 } else { 60 },
        hold_s: 0,
        wait_s: 5,
        line,
        ending: line.map(|line| line % 10_000_000),
        number: Some(number),
        other_name: with.is_none().then(|| format!("Caller {}", index % 1_000)),
        complete: true,
        version: 1,
        details_json: "{}".to_owned(),
        has_voicemail: false,
        missed,
    }
}

fn settled(with: Option<&PersonRecord>) -> Settled {
    Settled {
        standing: if with.is_some() { Standing::Linked } else { Standing::Nobody },
        to_link: with.is_none(),
        record_id: with.map(|person| person.salesforce_id.clone()),
        record_name: with.map(|person| person.name.clone()),
        company: with.and_then(|person| person.company.clone()),
    }
}

fn link(call: &CallRecord, person: &PersonRecord) -> CallLink {
    CallLink {
        call_key: call.key.clone(),
        decision: Decision::Automatic,
        record: Some(LinkedRecord {
            kind: person.record.object().to_owned(),
            id: person.salesforce_id.clone(),
            name: person.name.clone(),
        }),
        version: 1,
        reason_json: "{}".to_owned(),
        run_id: None,
        decided_utc_ms: call.start_utc_ms,
    }
}
