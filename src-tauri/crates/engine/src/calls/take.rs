//! Takes legs in: what belongs to one call is put together and folded anew, in the transaction of the page.

use std::collections::{BTreeSet, HashMap};

use liaison_domain::calls::{self, Call, Direction, Leg, Me, Outcome, Side};
use liaison_domain::phone::{self, NoNumber, PhoneNumber, Reading, Regions};
use liaison_store::tables::call_legs::{self, LegRecord, Names};
use liaison_store::tables::calls::{CallRecord, CallRow};
use liaison_store::tables::{call_notes, calls as table};
use liaison_store::{Connection, StoreResult, Transaction};

use super::settle;
use super::stored::{DETAILS, Details, LEG, leg_text};
use super::whose;

/// More rounds than any chain of legs that tie calls together needs.
const MOST_ROUNDS: usize = 4;

/// Takes legs in, and finds out whose the new calls are where it is known who is there; answers how many calls are new
/// or say something new.
pub(super) fn take(tx: &Transaction<'_>, legs: Vec<Leg>, me: &Me, now_ms: i64) -> StoreResult<usize> {
    if legs.is_empty() {
        return Ok(0);
    }
    let regions = whose::regions(tx)?;
    let known = related(tx, &legs)?;
    let before: HashMap<&str, (Leg, &str)> = known
        .iter()
        .filter_map(|record| Some((record.id.as_str(), (read(record)?, record.call_key.as_str()))))
        .collect();
    let groups = calls::group(before.values().map(|(leg, _)| leg.clone()).chain(legs));
    let (mut changed, mut stored) = (0, Vec::new());
    for legs in groups {
        let key = calls::key(&legs);
        let same = |leg: &Leg| before.get(leg.id.as_str()).is_some_and(|(kept, call)| kept == leg && *call == key);
        if legs.iter().all(same) {
            continue;
        }
        changed += 1;
        let records: Vec<LegRecord> = legs.iter().map(|leg| record(leg, &key)).collect();
        call_legs::put(tx, &records)?;
        match calls::fold(&legs, me) {
            Some(call) => stored.push((table::store(tx, &row(&call, regions))?, spelled(&call, regions))),
            None => table::remove(tx, &key)?,
        }
        // Legs that seemed to be of another call.
        let kept = legs.iter().filter_map(|leg| before.get(leg.id.as_str()));
        let others: BTreeSet<&str> = kept.map(|(_, call)| *call).filter(|call| *call != key).collect();
        for other in others {
            call_notes::give_everything(tx, other, &key)?;
            table::remove(tx, other)?;
        }
    }
    if settle::is_anybody_known(tx)? {
        let rows: Vec<i64> = stored.iter().map(|(row, _)| *row).collect();
        settle::all(tx, &table::unmatched_of(tx, &rows)?, now_ms)?;
    }
    for (row, spelled) in &stored {
        table::index(tx, *row, spelled)?;
    }
    Ok(changed)
}

/// All legs that are kept of the calls that these belong to.
fn related(db: &Connection, legs: &[Leg]) -> StoreResult<Vec<LegRecord>> {
    let ids: Vec<String> = legs.iter().map(|leg| leg.id.clone()).collect();
    let mut uuids: BTreeSet<String> = legs.iter().filter_map(|leg| leg.uuid.clone()).collect();
    let mut call_ids: BTreeSet<String> = legs.iter().filter_map(|leg| leg.call_id.clone()).collect();
    let mut known = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let (these, those) = (uuids.iter().cloned().collect::<Vec<_>>(), call_ids.iter().cloned().collect::<Vec<_>>());
        known = call_legs::related(db, Names { ids: &ids, uuids: &these, call_ids: &those })?;
        let names = (uuids.len(), call_ids.len());
        uuids.extend(known.iter().filter_map(|leg| leg.uuid.clone()));
        call_ids.extend(known.iter().filter_map(|leg| leg.call_id.clone()));
        if names == (uuids.len(), call_ids.len()) {
            break;
        }
    }
    Ok(known)
}

fn read(record: &LegRecord) -> Option<Leg> {
    let leg = serde_json::from_str(&record.leg_json);
    if leg.is_err() {
        tracing::warn!(version = record.version, "a leg could not be read and is taken anew");
    }
    leg.ok()
}

fn record(leg: &Leg, key: &str) -> LegRecord {
    LegRecord {
        id: leg.id.clone(),
        call_key: key.to_owned(),
        uuid: leg.uuid.clone(),
        call_id: leg.call_id.clone(),
        start_utc_ms: leg.start_ms,
        version: LEG,
        leg_json: leg_text(leg),
    }
}

fn row(call: &Call, regions: Regions) -> CallRecord {
    let (line, ending) = reached(call, regions).ok().as_ref().and_then(line).unzip();
    let inbound = call.direction == Direction::Inbound;
    CallRecord {
        key: call.key.clone(),
        uuid: call.uuid.clone(),
        start_utc_ms: call.ring_ms.or(call.answer_ms).or(call.end_ms).unwrap_or_default(),
        answer_utc_ms: call.answer_ms,
        end_utc_ms: call.end_ms,
        outbound: !inbound,
        internal: call.internal,
        outcome: call.outcome.name().to_owned(),
        talk_s: call.talk_s.into(),
        hold_s: call.hold_s.into(),
        wait_s: call.wait_s.into(),
        number: call.other.number.clone().or_else(|| call.other.extension.clone()),
        line,
        ending,
        other_name: call.other.name.clone(),
        complete: call.complete,
        version: DETAILS,
        details_json: serde_json::to_string(&Details::of(call)).unwrap_or_default(),
        has_voicemail: inbound && (call.outcome == Outcome::Voicemail || !call.voicemails.is_empty()),
        missed: inbound && matches!(call.outcome, Outcome::Missed | Outcome::Busy),
    }
}

/// A call whose number may be read otherwise than before: by another country or by newer rules.
pub(super) fn reread(
    tx: &Transaction<'_>,
    row: &mut CallRow,
    number: Option<&PhoneNumber>,
    regions: Regions,
) -> StoreResult<()> {
    let line = number.and_then(line);
    if line == row.call.line.zip(row.call.ending) {
        return Ok(());
    }
    let details = Details::read(&row.call.details_json);
    let written = [row.call.number.as_deref(), details.other.extension.as_deref()];
    table::reline(tx, &row.call.key, line, &digits(number, written, regions))?;
    (row.call.line, row.call.ending) = line.unzip();
    Ok(())
}

/// A number's line and its ending.
fn line(number: &PhoneNumber) -> Option<(i64, i64)> {
    Some((i64::try_from(number.key().digits()).ok()?, i64::try_from(number.ending()).ok()?))
}

/// The number at the other end, or why there is none.
fn reached(call: &Call, regions: Regions) -> Result<PhoneNumber, NoNumber> {
    if call.other.side() == Side::Inside {
        return Err(NoNumber::ShortCode);
    }
    number(call.other.number.as_deref(), call.hidden, regions)
}

/// What Zoom tells of the other end as a number. One with two readings is the first of them, which links nobody.
pub(super) fn number(text: Option<&str>, hidden: bool, regions: Regions) -> Result<PhoneNumber, NoNumber> {
    let Some(text) = text else {
        return Err(if hidden { NoNumber::Withheld } else { NoNumber::Unknown });
    };
    match phone::read(text, regions).into_iter().next() {
        Some(Reading::Number(number)) => Ok(number),
        Some(Reading::Candidates(numbers)) => numbers.into_iter().next().ok_or(NoNumber::Garbled),
        Some(Reading::None(reason)) => Err(reason),
        None => Err(NoNumber::Empty),
    }
}

/// The digits by which the number is found.
fn spelled(call: &Call, regions: Regions) -> String {
    let written = [call.other.number.as_deref(), call.other.extension.as_deref()];
    digits(reached(call, regions).ok().as_ref(), written, regions)
}

/// As it is dialled abroad and at home, and as it is written.
fn digits(number: Option<&PhoneNumber>, written: [Option<&str>; 2], regions: Regions) -> String {
    let only = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut all: Vec<String> = Vec::new();
    if let Some(number) = number {
        all.push(number.key().digits().to_string());
        all.push(only(&number.format(regions.user)));
    }
    all.extend(written.into_iter().flatten().map(only));
    all.retain(|digits| !digits.is_empty());
    all.dedup();
    all.join(" ")
}
