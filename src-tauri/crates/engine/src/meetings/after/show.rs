//! From what is known of a past meeting to what is shown of it.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liaison_domain::attendance::meeting::{Answer, Basis, Part, Person, Why};
use liaison_domain::wall_time;
use liaison_domain::zones::Zone;
use liaison_store::tables::meeting_instances::{self as instances, InstanceRecord};
use liaison_store::tables::meeting_recordings::{self as recordings, RecordingRecord};
use liaison_store::tables::meetings::MeetingRecord;
use liaison_store::{Connection, Sealer, StoreResult};

use super::gather::After;
use super::view::{
    AfterBasis, AfterPart, AfterPerson, AfterState, MayBe, MayBeWhy, MeetingAfter, MeetingRecordings, RecordingFile,
    TimeSpan,
};
use super::{Held, Recorded, SummedUp};
use crate::context::Context;
use crate::pull::access::{self, RoomAccess};
use crate::terms::UtcMs;

/// A meeting of which Zoom tells nothing by then was not held.
const TOLD_BY: TimeDelta = TimeDelta::days(1);

/// What can be read, and when it is.
#[derive(Clone)]
pub(crate) struct Reading {
    held: RoomAccess,
    recorded: RoomAccess,
    summed_up: RoomAccess,
    now: DateTime<Utc>,
    zone: Zone,
    sealer: Sealer,
}

impl Reading {
    pub fn of(cx: &Context) -> Self {
        Self {
            held: access::now::<Held>(cx),
            recorded: access::now::<Recorded>(cx),
            summed_up: access::now::<SummedUp>(cx),
            now: cx.now(),
            zone: cx.zone(),
            sealer: cx.store.sealer(),
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub fn access(&self) -> RoomAccess {
        self.held.clone()
    }
}

/// How far what is known is; `None` while it is not over.
pub(super) fn state(record: &MeetingRecord, after: Option<&After>, now: DateTime<Utc>) -> Option<AfterState> {
    let start = record.start_utc_ms.unwrap_or(i64::MAX);
    let end = start.saturating_add(record.minutes.max(1).saturating_mul(60_000));
    match after {
        Some(after) if after.has_people() && after.is_settled() => Some(AfterState::Settled),
        Some(after) if after.has_people() => Some(AfterState::Provisional),
        Some(after) if after.is_settled() => Some(AfterState::NeverTold),
        None if record.gone_utc_ms.is_some() || !record.is_host || end > now.timestamp_millis() => None,
        None if now.timestamp_millis() - end > TOLD_BY.num_milliseconds() => Some(AfterState::NotHeld),
        // Also one that ended before its planned end.
        Some(_) | None => Some(AfterState::Waiting),
    }
}

/// What became of a meeting; `None` while it is not over, or where Zoom tells nothing to this user.
pub(crate) fn after(db: &Connection, record: &MeetingRecord, reading: &Reading) -> StoreResult<Option<MeetingAfter>> {
    let after = After::of(db, record)?;
    let Some(state) = state(record, after.as_ref(), reading.now) else { return Ok(None) };
    let Some(after) = after else { return Ok(Some(nothing(state, reading))) };
    let held = after.held();
    let count = |wanted: fn(&Person) -> bool| {
        u32::try_from(after.people.iter().filter(|one| wanted(one)).count()).unwrap_or(u32::MAX)
    };
    let came = count(|one| matches!(one.part, Part::Own | Part::Came));
    let summaries: Vec<&str> = after.instances.iter().filter_map(|one| one.summary.as_deref()).collect();
    Ok(Some(MeetingAfter {
        state,
        access: reading.held.clone(),
        minutes: u32::try_from(held.iter().map(|(start, end)| (end - start + 30_000) / 60_000).sum::<i64>())
            .unwrap_or_default(),
        came: if after.has_people() { came } else { 0 },
        of: came + count(|one| one.part == Part::Missed),
        guests: count(|one| one.part == Part::Guest),
        axis: axis(&held, &after),
        people: if after.has_people() { people(&after) } else { Vec::new() },
        as_of: after.instances.iter().filter_map(|one| one.people_utc_ms).min().map(UtcMs),
        recordings: recorded(db, &after.instances, reading)?,
        summary: (!summaries.is_empty()).then(|| summaries.join("\n\n")),
        summary_access: reading.summed_up.clone(),
        held: held.into_iter().map(span).collect(),
    }))
}

fn nothing(state: AfterState, reading: &Reading) -> MeetingAfter {
    MeetingAfter {
        state,
        access: reading.held.clone(),
        held: Vec::new(),
        minutes: 0,
        came: 0,
        of: 0,
        guests: 0,
        axis: None,
        people: Vec::new(),
        as_of: None,
        recordings: MeetingRecordings {
            access: reading.recorded.clone(),
            files: Vec::new(),
            coming: false,
            deleted_on: None,
            days_left: None,
            gone: false,
            has_passcode: false,
        },
        summary: None,
        summary_access: reading.summed_up.clone(),
    }
}

fn span((start, end): (i64, i64)) -> TimeSpan {
    TimeSpan { start: UtcMs(start), end: UtcMs(end) }
}

/// From the first who came to the last who left.
fn axis(held: &[(i64, i64)], after: &After) -> Option<TimeSpan> {
    let inside = after.people.iter().flat_map(|one| one.spans.iter());
    let all: Vec<&(i64, i64)> = held.iter().chain(inside).collect();
    let start = all.iter().map(|(start, _)| *start).min()?;
    let end = all.iter().map(|(_, end)| *end).max()?;
    Some(span((start, end)))
}

fn people(after: &After) -> Vec<AfterPerson> {
    let mut shown: Vec<AfterPerson> = after.people.iter().map(|one| person(after, one)).collect();
    let place = |part: AfterPart| match part {
        AfterPart::You => 0,
        AfterPart::Came => 1,
        AfterPart::Colleague => 2,
        AfterPart::Guest => 3,
        AfterPart::Missed => 4,
    };
    shown.sort_by(|one, other| {
        (place(one.part), std::cmp::Reverse(one.seconds), &one.name).cmp(&(
            place(other.part),
            std::cmp::Reverse(other.seconds),
            &other.name,
        ))
    });
    let mut seen = HashSet::new();
    for (number, one) in shown.iter_mut().enumerate() {
        // An id is a key of the list: two that nobody can tell apart still have two.
        if !seen.insert(one.id.clone()) {
            one.id = format!("{}#{number}", one.id);
        }
    }
    shown
}

fn person(after: &After, one: &Person) -> AfterPerson {
    let name = after.name(one).to_owned();
    let expected = one.expected.map(|place| &after.expected[place]);
    let part = match one.part {
        Part::Own if after.is_user(one) => AfterPart::You,
        Part::Own => AfterPart::Colleague,
        Part::Came if expected.is_some_and(|who| who.colleague) => AfterPart::Colleague,
        Part::Came => AfterPart::Came,
        Part::Missed => AfterPart::Missed,
        Part::Guest => AfterPart::Guest,
    };
    AfterPerson {
        id: if one.sessions.is_empty() {
            format!("missed:{}", expected.map(|who| who.key.as_str()).unwrap_or_default())
        } else {
            one.guest.clone()
        },
        part,
        used: after.used(one).filter(|used| *used != name).map(ToOwned::to_owned),
        email: after.email(one).map(ToOwned::to_owned),
        person: expected.and_then(|who| who.person.as_ref()).map(|person| person.id.clone()),
        basis: one.basis.map(|basis| match basis {
            Basis::Address => AfterBasis::Address,
            Basis::Answer => AfterBasis::Answer,
            Basis::Intent => AfterBasis::Intent,
        }),
        said_of: expected.filter(|_| one.basis == Some(Basis::Answer)).and_then(|who| {
            let of_them = after.answers.iter().filter(|said| said.is_them);
            let guest = of_them.into_iter().find(|said| said.email.eq_ignore_ascii_case(&who.key))?;
            Some(guest.guest.clone())
        }),
        not_them: if part == AfterPart::Guest { refused(after, one) } else { Vec::new() },
        seconds: u32::try_from(one.inside_ms / 1_000).unwrap_or_default(),
        spans: one.spans.iter().copied().map(span).collect(),
        may_be: one
            .may_be
            .iter()
            .map(|may_be| MayBe {
                key: after.expected[may_be.expected].key.clone(),
                name: after.expected[may_be.expected].name.clone(),
                why: match may_be.why {
                    Why::Gap => MayBeWhy::Gap,
                    Why::Name => MayBeWhy::Name,
                    Why::Only => MayBeWhy::Only,
                },
            })
            .collect(),
        name,
    }
}

/// Of whom the user said that a guest is not them.
fn refused(after: &After, guest: &Person) -> Vec<String> {
    let said = after.answers.iter().filter(|said| !said.is_them && said.guest == guest.guest);
    let who = |said: &Answer| after.expected.iter().find(|who| said.email.eq_ignore_ascii_case(&who.key));
    said.filter_map(who).map(|who| who.name.clone()).collect()
}

fn recorded(db: &Connection, all: &[InstanceRecord], reading: &Reading) -> StoreResult<MeetingRecordings> {
    let mut files = Vec::new();
    let mut has_passcode = false;
    for one in all {
        let found = recordings::of_instance(db, &one.uuid)?;
        if !found.is_empty() && one.recordings_gone_utc_ms.is_none() {
            let secrets = instances::recording_secrets(db, &reading.sealer, &one.uuid)?;
            has_passcode |= secrets.is_some_and(|secrets| secrets.passcode.is_some());
        }
        files.extend(found.into_iter().map(|file| (one, file)));
    }
    let here = |one: &&InstanceRecord| one.recordings_gone_utc_ms.is_none();
    let deleted_on = all.iter().filter(here).filter_map(|one| one.deleted_on.as_deref()).min().map(ToOwned::to_owned);
    let today = wall_time::local_date(reading.now, reading.zone);
    let day = deleted_on.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
    Ok(MeetingRecordings {
        access: reading.recorded.clone(),
        coming: all.iter().any(|one| !one.recordings_settled && one.recordings_utc_ms.is_some()),
        days_left: day.and_then(|day| i32::try_from((day - today).num_days()).ok()),
        deleted_on,
        gone: !files.is_empty() && files.iter().all(|(one, _)| one.recordings_gone_utc_ms.is_some()),
        files: files
            .into_iter()
            .filter(|(_, file)| is_worth_showing(file))
            .map(|(one, file)| shown(file, one.recordings_gone_utc_ms.is_none()))
            .collect(),
        has_passcode,
    })
}

/// Timelines, thumbnails and the like are for programs.
pub(super) fn is_worth_showing(file: &RecordingRecord) -> bool {
    let kind = file.recording_type.as_deref().unwrap_or_default();
    !matches!(kind, "timeline" | "thumbnail" | "summary_next_steps" | "summary_smart_chapters")
        && !matches!(file.file_type.as_deref(), Some("TIMELINE"))
}

fn shown(file: RecordingRecord, there: bool) -> RecordingFile {
    let length = file.started_utc_ms.zip(file.ended_utc_ms).map(|(start, end)| (end - start) / 1_000);
    RecordingFile {
        id: file.key,
        kind: file.recording_type.unwrap_or_default(),
        file_type: file.file_type.unwrap_or_default(),
        start: file.started_utc_ms.map(UtcMs),
        end: file.ended_utc_ms.map(UtcMs),
        seconds: length.and_then(|seconds| u32::try_from(seconds).ok()),
        kilobytes: file.bytes.and_then(|bytes| u32::try_from((bytes + 999) / 1_000).ok()),
        ready: file.ready && there,
    }
}
