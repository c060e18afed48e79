//! What became of a meeting, for its Event in Salesforce: written once the list of people is final, and again when Zoom
//! tells more or the user says who a guest was. What was said once is not said again, whatever became of it there.

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liaison_domain::attendance::meeting::{Part, Person};
use liaison_domain::text;
use liaison_domain::zones::Zone;
use liaison_store::tables::meeting_recordings::{self as recordings, RecordingRecord};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, Urgency};
use liaison_store::tables::{meeting_events, meeting_instances as instances};
use liaison_store::{Sealer, StoreResult, Transaction};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::gather::After;
use super::show::is_worth_showing;
use crate::config::{AfterwardsLabels, CopyLabels};
use crate::context::Context;
use crate::outbox::event::Change;
use crate::outbox::event::fields::{EventFields, Payload, StoredAfter};
use crate::outbox::event::rows::event_rows;
use crate::people;
use crate::session::settings;
use crate::terms::Language;

/// How far back what Zoom tells late is written by itself.
const REACH: TimeDelta = TimeDelta::days(7);
/// People who are named; the rest is a number.
const MOST_NAMED: usize = 60;
const MAX_NAME: usize = 120;
/// Recorded files that are named; the page that plays all of them has the rest.
const MOST_FILES: usize = 20;

/// Says what became of meetings.
#[derive(Clone)]
pub(crate) struct Afterwards {
    zone: Zone,
    now_ms: i64,
    labels: Arc<dyn Fn(Language) -> CopyLabels + Send + Sync>,
    sealer: Sealer,
}

/// What was recorded, while it is there.
struct Recording {
    /// The page that plays all of it.
    link: Option<String>,
    /// The files that have a page of their own, with it.
    files: Vec<(RecordingRecord, String)>,
    /// The first day on which Zoom deletes some, ISO.
    deleted_on: Option<String>,
}

/// What is to be written, with a digest of what it says in no language.
struct Told {
    after: StoredAfter,
    digest: String,
}

impl Afterwards {
    pub fn of(cx: &Context) -> Self {
        Self {
            zone: cx.zone(),
            now_ms: cx.now_ms(),
            labels: Arc::clone(&cx.config().copy_labels),
            sealer: cx.store.sealer(),
        }
    }

    /// What is known now, for an Event that is made now.
    pub fn now(
        &self,
        tx: &Transaction<'_>,
        record: &MeetingRecord,
        event: &EventFields,
        target: &str,
    ) -> StoreResult<Option<StoredAfter>> {
        let Some(told) = self.told(tx, record, event)? else { return Ok(None) };
        meeting_events::put(tx, &record.key, target, &told.digest, self.now_ms)?;
        Ok(Some(told.after))
    }

    /// Brings the Events of lately held meetings in line; answers whether anything is to be sent.
    pub fn follow_all(&self, tx: &Transaction<'_>) -> StoreResult<bool> {
        let mut followed = false;
        for key in instances::settled_since(tx, self.now_ms - REACH.num_milliseconds())? {
            followed |= self.follow(tx, &key)?;
        }
        Ok(followed)
    }

    /// The Event of a meeting gets what became of it, if there is an Event and something new to say.
    pub fn follow(&self, tx: &Transaction<'_>, key: &str) -> StoreResult<bool> {
        let Some(record) = meetings::meeting(tx, key)? else { return Ok(false) };
        if !instances::of_meeting(tx, key)?.iter().all(|one| one.settled) {
            return Ok(false);
        }
        let Some(rows) = event_rows(tx, key)?.filter(|rows| !rows.busy) else { return Ok(false) };
        let Some(written) = rows.written else { return Ok(false) };
        let Some(told) = self.told(tx, &record, &written)? else { return Ok(false) };
        let target = rows.place.target.key.clone();
        if meeting_events::get(tx, key, &target)?.as_ref() == Some(&told.digest) {
            return Ok(false);
        }
        meeting_events::put(tx, key, &target, &told.digest, self.now_ms)?;
        let fields = EventFields { after: Some(told.after), ..written.clone() };
        if let Some((row, payload)) = rows.unsent.or(rows.change).and_then(|row| {
            let payload = Payload::read(&row.payload_json)?;
            Some((row, payload))
        }) {
            let payload = Payload { fields, ..payload };
            outbox::edit(tx, &row.op_id, &row.title, &payload.json(), None, self.now_ms)?;
            return Ok(true);
        }
        let mut row = Change::Update { fields, base: Some(written) }.operation(&rows.place, self.now_ms, 0);
        row.urgency = Urgency::Bulk;
        outbox::enqueue(tx, &row)?;
        Ok(true)
    }

    /// Nothing while people are not known: the Event would say of somebody who came that they did not.
    fn told(&self, tx: &Transaction<'_>, record: &MeetingRecord, event: &EventFields) -> StoreResult<Option<Told>> {
        if !people::are_read(tx)? {
            return Ok(None);
        }
        let Some(after) = After::of(tx, record)?.filter(After::has_people) else { return Ok(None) };
        let held = after.held();
        let (Some(first), Some(last)) = (held.first(), held.last()) else { return Ok(None) };
        let recording = self.recording(tx, &after)?;
        let settings = settings::read(tx)?;
        let labels = (self.labels)(settings.language);
        let (attendance, minutes_attended) = of_the_person(&after, event);
        let joined = after.people.iter().filter(|one| one.part != Part::Missed).count();
        let stored = StoredAfter {
            actual_start_utc_ms: Some(first.0),
            actual_end_utc_ms: Some(last.1),
            participants: u32::try_from(joined).ok(),
            attendance: attendance.map(str::to_owned),
            minutes_attended,
            lines: self.lines(&after, &held, &recording, &labels),
            passcode_of: settings.recording_passcodes.then(|| (record.key.clone(), labels.passcode)),
            recording_link: recording.link.clone(),
        };
        Ok(Some(Told { digest: digest(&after, &held, &stored, &recording), after: stored }))
    }

    fn recording(&self, tx: &Transaction<'_>, after: &After) -> StoreResult<Recording> {
        let mut found = Recording { link: None, files: Vec::new(), deleted_on: None };
        let mut days = Vec::new();
        for one in after.instances.iter().filter(|one| one.recordings_gone_utc_ms.is_none()) {
            days.extend(one.deleted_on.clone());
            let files = recordings::of_instance(tx, &one.uuid)?;
            if found.link.is_none() && !files.is_empty() {
                let secrets = instances::recording_secrets(tx, &self.sealer, &one.uuid)?;
                let link = secrets.and_then(|secrets| secrets.share_url);
                found.link = link.and_then(|url| without_query(url.expose_secret()));
            }
            for file in files.into_iter().filter(|file| file.ready && is_worth_showing(file)) {
                let played = recordings::play_url(tx, &self.sealer, &file.key)?.and_then(|(_, url)| url);
                if let Some(link) = played.and_then(|url| without_query(url.expose_secret())) {
                    found.files.push((file, link));
                }
            }
        }
        if found.link.is_some() || !found.files.is_empty() {
            found.deleted_on = days.into_iter().min();
        }
        Ok(found)
    }

    fn lines(&self, after: &After, held: &[(i64, i64)], recording: &Recording, labels: &CopyLabels) -> Vec<String> {
        let (writing, labels) = (labels.writing, &labels.afterwards);
        let mut lines = Vec::new();
        for (start, end) in held {
            let minutes = (end - start + 30_000) / 60_000;
            let when = writing.span(at(*start), at(*end), self.zone);
            lines.push(format!("{}: {when} ({minutes} {}, {})", labels.held, labels.minutes, self.zone.name()));
        }
        let here: Vec<&Person> = after.people.iter().filter(|one| one.part != Part::Missed).collect();
        let missed: Vec<&Person> = after.people.iter().filter(|one| one.part == Part::Missed).collect();
        let known = here.iter().filter(|one| one.part != Part::Guest).count();
        lines.push(format!("{}: {known} {} {}", labels.came, labels.of, known + missed.len()));
        for one in here.iter().take(MOST_NAMED) {
            let mut line = format!("- {}", text::single_line(after.name(one), MAX_NAME));
            if one.part == Part::Guest {
                let _ = write!(line, " ({})", labels.guest);
            }
            if let (Some(first), Some(last)) = (one.spans.first(), one.spans.last()) {
                let _ = write!(line, ", {}", writing.hours(at(first.0), at(last.1), self.zone));
            }
            let _ = write!(line, ", {} {}", (one.inside_ms + 30_000) / 60_000, labels.minutes);
            lines.push(line);
        }
        if here.len() > MOST_NAMED {
            lines.push(format!("- {}", labels.more.replace("{count}", &(here.len() - MOST_NAMED).to_string())));
        }
        if !missed.is_empty() {
            let mut names: Vec<String> =
                missed.iter().take(MOST_NAMED).map(|one| text::single_line(after.name(one), MAX_NAME)).collect();
            if missed.len() > MOST_NAMED {
                names.push(labels.more.replace("{count}", &(missed.len() - MOST_NAMED).to_string()));
            }
            lines.push(format!("{}: {}", labels.missed, names.join(", ")));
        }
        if let Some(link) = &recording.link {
            lines.push(format!("{}: {link}", labels.recording));
        }
        for (file, link) in recording.files.iter().take(MOST_FILES) {
            let mut line = format!("- {}", kind(file, labels));
            if let Some((start, end)) = file.started_utc_ms.zip(file.ended_utc_ms) {
                let _ = write!(line, ", {}", writing.hours(at(start), at(end), self.zone));
            }
            lines.push(format!("{line}: {link}"));
        }
        if let Some(day) = &recording.deleted_on {
            let written = NaiveDate::parse_from_str(day, "%Y-%m-%d").map(|day| writing.day(day));
            lines.push(format!("{} {}", labels.deleted_on, written.unwrap_or_else(|_| day.clone())));
        }
        lines
    }
}

/// What a recorded file is, in a word.
fn kind<'a>(file: &RecordingRecord, labels: &'a AfterwardsLabels) -> &'a str {
    match file.file_type.as_deref() {
        Some("MP4") => &labels.video,
        Some("M4A") => &labels.audio,
        Some("TRANSCRIPT") => &labels.transcript,
        Some("CC") => &labels.captions,
        Some("CHAT") => &labels.chat,
        _ => &labels.file,
    }
}

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// Whether the person of the Event came, and how long they stayed; nothing where it can't be told, as long as somebody was
/// there who may have been them.
fn of_the_person(after: &After, event: &EventFields) -> (Option<&'static str>, Option<u32>) {
    let Some(who) = &event.who else { return (None, None) };
    let is_them = |one: &&Person| {
        let expected = one.expected.map(|place| &after.expected[place]);
        let person = expected.and_then(|one| one.person.as_ref());
        person.is_some_and(|person| {
            person.salesforce_id == who.id
                || person.converted_to.as_deref().is_some_and(|id| id.ends_with(who.id.as_str()))
        })
    };
    let minutes = |one: &Person| u32::try_from((one.inside_ms + 30_000) / 60_000).ok();
    match after.people.iter().find(is_them) {
        Some(one) if one.part == Part::Missed => {
            let guests = after.people.iter().any(|one| one.part == Part::Guest);
            if guests { (None, None) } else { (Some("absent"), Some(0)) }
        }
        Some(one) => (Some("attended"), minutes(one)),
        None => (None, None),
    }
}

/// Links get no passcode with them.
fn without_query(link: &str) -> Option<String> {
    let mut url = url::Url::parse(link).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

/// What is said, in no language and no form: another language of the window, or a day that is written another way by
/// another version, is nothing new.
/// Links of single files are left out: Zoom may write one another way each time.
fn digest(after: &After, held: &[(i64, i64)], stored: &StoredAfter, recording: &Recording) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    };
    add(&format!("{held:?}"));
    for one in &after.people {
        add(after.name(one));
        add(&format!("{:?}{:?}{}", one.part, one.spans, one.inside_ms));
    }
    for part in [stored.attendance.as_deref(), stored.recording_link.as_deref(), recording.deleted_on.as_deref()] {
        add(part.unwrap_or_default());
    }
    for (file, _) in &recording.files {
        add(&format!("{:?}{:?}{:?}{}", file.file_type, file.started_utc_ms, file.ended_utc_ms, file.key));
    }
    text::hex(&hash.finalize()[..16])
}
