//! Who came: every instance of a webinar, read again until Zoom's list no longer changes.
//!
//! Zoom has a list some minutes after the end, first with durations of nought, and none after a year.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use futures::TryStreamExt;
use liaison_domain::text;
use liaison_store::tables::webinar_sessions::{self as table, InstanceRecord, SessionRecord};
use liaison_store::tables::webinars::{self, WebinarPart};
use liaison_zoom::{ErrorKind, ListStep, MeetingUuid, Participant, PastInstance, WebinarId, ZoomError, ZoomTime};
use sha2::{Digest, Sha256};

use super::roster::Unread;
use super::{Known, LONGEST, Round, number};
use crate::failure::Error;
use crate::pull::access::Failed;
use crate::pull::is_older;
use crate::terms::Tag;

/// Whether it was held again, is asked so often for so long after its end.
const INSTANCES_AGAIN: TimeDelta = TimeDelta::minutes(15);
const INSTANCES_UNTIL: TimeDelta = TimeDelta::days(2);
/// Two readings that say the same settle a list, once so much time has passed since the last who left.
const SETTLES_AFTER: TimeDelta = TimeDelta::hours(1);
/// After so long nothing changes any more, whatever it looks like.
const SETTLED_AFTER: TimeDelta = TimeDelta::days(3);
const FIRST_AGAIN: TimeDelta = TimeDelta::minutes(5);
/// Lists of one round; the next one takes the rest.
const MOST_LISTS: u32 = 20;
const MAX_NAME: usize = 255;

/// The webinars of which Zoom does not tell who came, because a right is missing, and which. Every round asks anew, so it
/// is forgotten when the program ends.
#[derive(Default)]
pub(crate) struct Withheld(Mutex<HashMap<String, String>>);

impl Withheld {
    /// The scope, by Zoom's name; empty where it named none.
    pub fn of(&self, webinar: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(webinar).cloned()
    }

    /// What an attempt has found out; answers whether that is news.
    fn note(&self, webinar: &str, missing: Option<&str>) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match missing {
            Some(scope) => all.insert(webinar.to_owned(), scope.to_owned()),
            None => all.remove(webinar),
        };
        before.as_deref() != missing
    }
}

/// The right that a refusal is for want of.
pub(super) fn missing_right(error: &ZoomError) -> Option<String> {
    match error.kind() {
        Some(ErrorKind::ScopeMissing { scopes }) => Some(scopes.first().cloned().unwrap_or_default()),
        Some(ErrorKind::Forbidden) => Some(String::new()),
        _ => None,
    }
}

impl Round<'_> {
    /// What is due of all webinars; answers whether that was all.
    pub(super) async fn attendance(&mut self, known: &[Known]) -> Result<bool, Failed> {
        let mut left = MOST_LISTS;
        for one in known.iter().filter(|one| one.has_ended_once(self.cx.now())) {
            if left == 0 {
                return Ok(false);
            }
            let read = self.attendance_of(one, false).await?;
            left = left.saturating_sub(read);
        }
        Ok(true)
    }

    /// What is due of one webinar; answers how many lists were read.
    pub(super) async fn attendance_of(&mut self, one: &Known, anyway: bool) -> Result<u32, Failed> {
        let (cx, now) = (self.cx, self.cx.now());
        if !one.has_ended_once(now) {
            return Ok(0);
        }
        let (mut asked, mut missing) = (false, None);
        if anyway || one.instances_due(now) {
            asked = true;
            missing = self.instances(one).await?;
        }
        let key = one.record.key.clone();
        let instances = cx.store.read(move |db| table::instances(db, &key)).await.map_err(Error::from)?;
        let mut read = 0;
        for instance in instances.iter().filter(|instance| !instance.settled && (anyway || is_due(instance, now))) {
            read += 1;
            match self.participants(one, instance).await {
                Ok(()) => {}
                Err(Unread::Zoom(error)) if error.is_not_found() => {
                    // Not yet, or no longer: a list that never came is asked for no more.
                    let (uuid, now_ms) = (instance.uuid.clone(), cx.now_ms());
                    let started = instance.started_utc_ms.unwrap_or_default();
                    let over = now_ms - started > SETTLED_AFTER.num_milliseconds();
                    cx.write_for(self.owner, move |tx| table::note_looked(tx, &uuid, over, now_ms)).await?;
                }
                Err(error) => {
                    if let Unread::Zoom(error) = &error {
                        missing = missing.or_else(|| missing_right(error));
                    }
                    self.pass_over_any(error)?;
                }
            }
        }
        let withheld = cx.state::<Withheld>();
        if (asked || read > 0) && withheld.note(&one.record.key, missing.as_deref()) {
            cx.changed(&[Tag::Webinars]);
        }
        Ok(read)
    }

    /// Answers the right that is missing, where one is.
    async fn instances(&mut self, one: &Known) -> Result<Option<String>, Failed> {
        let cx = self.cx;
        let mut told = match self.zoom.api.webinars().past().instances(WebinarId(number(&one.record))).await {
            Ok(page) => page
                .items
                .into_iter()
                .map(|instance| {
                    let started = instance.start_time.and_then(ZoomTime::utc).map(|at| at.timestamp_millis());
                    (instance.uuid.as_str().to_owned(), started)
                })
                .collect::<Vec<_>>(),
            Err(error) if error.is_not_found() => Vec::new(),
            Err(error) => {
                let missing = missing_right(&error);
                return self.pass_over(error).map(|()| missing);
            }
        };
        told.retain(|(uuid, _)| !uuid.is_empty());
        let (key, now_ms) = (one.record.key.clone(), cx.now_ms());
        let added = cx
            .write_for(self.owner, move |tx| {
                webinars::was_read(tx, &key, WebinarPart::Instances, now_ms)?;
                table::add_instances(tx, &key, &told)
            })
            .await?;
        self.news |= added > 0;
        Ok(None)
    }

    async fn participants(&mut self, one: &Known, instance: &InstanceRecord) -> Result<(), Unread> {
        let (cx, webinar) = (self.cx, &one.record.key);
        let past = self.zoom.api.webinars().past();
        let mut steps = std::pin::pin!(past.walk_participants(PastInstance::from(MeetingUuid::new(&instance.uuid))));
        let (mut sessions, mut unread) = (Vec::new(), 0);
        while let Some(step) = steps.try_next().await? {
            match step {
                ListStep::Page(page) => {
                    sessions.extend(page.items.iter().map(|told| session(webinar, &instance.uuid, told)));
                }
                ListStep::Restarted => sessions.clear(),
                ListStep::Complete { skipped } => unread += skipped,
            }
        }
        self.skipped += u32::try_from(unread).unwrap_or(u32::MAX);
        let now = cx.now();
        let digest = digest(&sessions);
        let settled = is_settled(instance, &sessions, &digest, now);
        let (uuid, now_ms) = (instance.uuid.clone(), now.timestamp_millis());
        let changed = instance.digest.as_ref() != Some(&digest);
        cx.write_for(self.owner, move |tx| table::put(tx, &uuid, &sessions, &digest, settled, now_ms)).await?;
        self.news |= changed;
        Ok(())
    }
}

impl Known {
    fn has_ended_once(&self, now: DateTime<Utc>) -> bool {
        let now_ms = now.timestamp_millis();
        let spans = self.spans();
        // A series without times may have been held at any time.
        spans.is_empty() || spans.iter().any(|(start, _)| *start < now_ms)
    }

    fn instances_due(&self, now: DateTime<Utc>) -> bool {
        let now_ms = now.timestamp_millis();
        let begun = self.spans().into_iter().filter(|(start, _)| *start < now_ms);
        let lately =
            begun.map(|(_, end)| end).max().is_none_or(|end| now_ms - end < INSTANCES_UNTIL.num_milliseconds());
        match self.ages.instances_utc_ms {
            None => true,
            Some(_) if lately => is_older(self.ages.instances_utc_ms, INSTANCES_AGAIN, now),
            // Once more after the time in which it may have been held again.
            Some(read) => {
                let spans = self.spans().into_iter().filter(|(start, _)| *start < now_ms);
                spans.map(|(_, end)| end).max().is_some_and(|end| read < end + INSTANCES_UNTIL.num_milliseconds())
            }
        }
    }
}

/// The pause between two readings grows with the age of the last one.
fn is_due(instance: &InstanceRecord, now: DateTime<Utc>) -> bool {
    let Some(read) = instance.read_utc_ms else { return true };
    let age = read - instance.started_utc_ms.unwrap_or(read);
    let again = TimeDelta::milliseconds((age / 4).max(0)).clamp(FIRST_AGAIN, TimeDelta::hours(12));
    is_older(Some(read), again, now)
}

fn is_settled(instance: &InstanceRecord, sessions: &[SessionRecord], digest: &str, now: DateTime<Utc>) -> bool {
    let now_ms = now.timestamp_millis();
    let last = sessions.iter().filter_map(|one| one.leave_utc_ms).max();
    let began = instance.started_utc_ms.unwrap_or(now_ms);
    let ended = last.unwrap_or(began + LONGEST.num_milliseconds());
    let same = instance.digest.as_deref() == Some(digest) && !sessions.is_empty();
    (same && now_ms - ended >= SETTLES_AFTER.num_milliseconds()) || now_ms - ended >= SETTLED_AFTER.num_milliseconds()
}

fn digest(sessions: &[SessionRecord]) -> String {
    let mut hash = Sha256::new();
    for one in sessions {
        for part in [&one.registrant_id, &one.zoom_id, &one.user_id, &one.email, &one.name] {
            hash.update(part.as_deref().unwrap_or_default());
            hash.update([0]);
        }
        hash.update(format!("{:?}{:?}{}", one.join_utc_ms, one.leave_utc_ms, one.seconds));
    }
    short(&hash.finalize())
}

/// The beginning of a hash, as it is kept.
pub(super) fn short(hash: &[u8]) -> String {
    text::hex(&hash[..12])
}

fn session(webinar: &str, uuid: &str, told: &Participant) -> SessionRecord {
    let clean = |text: &Option<String>| {
        text.as_deref().map(|text| text::single_line(text, MAX_NAME)).filter(|text| !text.is_empty())
    };
    let moment = |time: Option<ZoomTime>| time.and_then(ZoomTime::utc).map(|at| at.timestamp_millis());
    SessionRecord {
        uuid: uuid.to_owned(),
        webinar_key: webinar.to_owned(),
        zoom_id: clean(&told.id),
        user_id: clean(&told.user_id),
        name: clean(&told.name),
        email: clean(&told.user_email),
        registrant_id: clean(&told.registrant_id),
        join_utc_ms: moment(told.join_time),
        leave_utc_ms: moment(told.leave_time),
        seconds: told.duration_seconds.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or_default(),
        internal: told.internal_user == Some(true),
    }
}
