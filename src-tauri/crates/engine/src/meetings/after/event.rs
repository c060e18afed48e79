//! What became of a meeting, for its Event in Salesforce: written once the list of people is final, and again when Zoom
//! tells more or the user says who a guest was. What was said once is not said again, whatever became of it there.

use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liaison_domain::attendance::meeting::{Part, Person};
use liaison_domain::text;
use liaison_domain::zones::Zone;
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, Urgency};
use liaison_store::tables::{meeting_events, meeting_instances as instances, meeting_recordings as recordings};
use liaison_store::{Sealer, StoreResult, Transaction};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::gather::After;
use crate::config::CopyLabels;
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

/// Says what became of meetings.
#[derive(Clone)]
pub(crate) struct Afterwards {
    zone: Zone,
    now_ms: i64,
    labels: Arc<dyn Fn(Language) -> CopyLabels + Send + Sync>,
    sealer: Sealer,
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
        let link = self.recording(tx, &after)?;
        let deleted_on = after
            .instances
            .iter()
            .filter(|one| one.recordings_gone_utc_ms.is_none())
            .filter_map(|one| one.deleted_on.clone())
            .min()
            .filter(|_| link.is_some());
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
            lines: self.lines(&after, &held, link.as_deref(), deleted_on.as_deref(), &labels),
            passcode_of: settings.recording_passcodes.then(|| (record.key.clone(), labels.passcode)),
            recording_link: link,
        };
        Ok(Some(Told { digest: digest(&after, &held, &stored, deleted_on.as_deref()), after: stored }))
    }

    /// The page that plays what was recorded, while it is there.
    fn recording(&self, tx: &Transaction<'_>, after: &After) -> StoreResult<Option<String>> {
        for one in after.instances.iter().filter(|one| one.recordings_gone_utc_ms.is_none()) {
            if recordings::of_instance(tx, &one.uuid)?.is_empty() {
                continue;
            }
            let secrets = instances::recording_secrets(tx, &self.sealer, &one.uuid)?;
            if let Some(url) = secrets.and_then(|secrets| secrets.share_url) {
                return Ok(without_query(url.expose_secret()));
            }
        }
        Ok(None)
    }

    fn lines(
        &self,
        after: &After,
        held: &[(i64, i64)],
        link: Option<&str>,
        deleted_on: Option<&str>,
        labels: &CopyLabels,
    ) -> Vec<String> {
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
        if let Some(link) = link {
            lines.push(format!("{}: {link}", labels.recording));
        }
        if let Some(day) = deleted_on {
            let written = NaiveDate::parse_from_str(day, "%Y-%m-%d").map(|day| writing.day(day));
            lines.push(format!("{} {}", labels.deleted_on, written.unwrap_or_else(|_| day.to_owned())));
        }
        lines
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
fn digest(after: &After, held: &[(i64, i64)], stored: &StoredAfter, deleted_on: Option<&str>) -> String {
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
    for part in [stored.attendance.as_deref(), stored.recording_link.as_deref(), deleted_on] {
        add(part.unwrap_or_default());
    }
    text::hex(&hash.finalize()[..16])
}
