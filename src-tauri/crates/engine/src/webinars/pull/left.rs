//! What webinars leave behind: questions, polls, recordings, who watched them on demand, and whom Zoom calls absent. Read while Zoom has it, and
//! read again until it no longer changes.

use std::fmt::Debug;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use futures::TryStreamExt as _;
use liaison_domain::text;
use liaison_store::tables::webinar_left::{
    self as table, AbsenteeRecord, FetchedRecording, LeftPart, LeftRows, PartRecord, RecordingRecord, SaidRecord,
    ViewerRecord,
};
use liaison_store::tables::webinar_sessions::{self as sessions, InstanceRecord};
use liaison_zoom::{
    InstanceRecordings, ListStep, MeetingUuid, PastInstance, PollAnswers, QuestionsOfOne, RecordingDays,
    RecordingStatus, RecordingView, Registrant, ZoomError, ZoomTime,
};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::attendance::{missing_right, short};
use super::{Known, Round};
use crate::failure::Error;
use crate::pull::access::Failed;
use crate::pull::is_older;
use crate::webinars::stored::MoreSettings;

/// The first look is so long after the end; the pause between two grows with their age.
const FIRST: TimeDelta = TimeDelta::minutes(5);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(12);
/// A right that is missing is asked for again after this time.
const RIGHT_AGAIN: TimeDelta = TimeDelta::hours(24);
/// Two readings that say the same settle what was said, once so much time has passed.
const SAID_AFTER: TimeDelta = TimeDelta::hours(1);
/// Recordings are still being made for so long; after the second time nothing comes any more.
const RECORDED_AFTER: TimeDelta = TimeDelta::hours(24);
const OVER_AFTER: TimeDelta = TimeDelta::days(3);
/// Zoom tells who watched for a month at most in one question.
const WATCHED_FOR: TimeDelta = TimeDelta::days(30);
/// Zoom answers nothing about what is older.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(364);
/// Lists of one round; the next one takes the rest.
const MOST_LISTS: u32 = 20;
const MAX_LINE: usize = 255;
const MAX_TEXT: usize = 4_000;

impl Round<'_> {
    /// What is due of all webinars; answers whether that was all.
    pub(super) async fn left(&mut self, known: &[Known]) -> Result<bool, Failed> {
        let mut rest = MOST_LISTS;
        for one in known {
            if rest == 0 {
                return Ok(false);
            }
            let read = self.left_of(one, false).await?;
            rest = rest.saturating_sub(read);
        }
        Ok(true)
    }

    /// What is due of one webinar; answers how many lists were asked for.
    pub(super) async fn left_of(&mut self, one: &Known, anyway: bool) -> Result<u32, Failed> {
        let (cx, key, now) = (self.cx, one.record.key.clone(), self.cx.now());
        let on_demand = MoreSettings::read(one.record.settings_json.as_deref()).on_demand == Some(true);
        let (instances, parts) = cx
            .store
            .read(move |db| {
                let all = sessions::of_webinar(db, &key)?;
                let held = sessions::instances(db, &key)?.into_iter().map(|instance| {
                    let own = all.iter().filter(|session| session.uuid == instance.uuid);
                    let left = own.filter_map(|session| session.leave_utc_ms).max();
                    (instance, left)
                });
                Ok((held.collect::<Vec<_>>(), table::parts(db, &key)?))
            })
            .await
            .map_err(Error::from)?;
        let mut asked = 0;
        for (instance, left) in &instances {
            let began = instance.started_utc_ms.or(one.record.start_utc_ms).unwrap_or_default();
            let ended = left.unwrap_or(began + one.record.minutes * 60_000);
            let age = TimeDelta::milliseconds(now.timestamp_millis() - ended);
            if age < FIRST || age > FORGOTTEN_AFTER {
                continue;
            }
            let offered = |part: &LeftPart| match part {
                LeftPart::Viewers => on_demand,
                LeftPart::Absentees => one.has_form(),
                _ => true,
            };
            for part in LeftPart::ALL.into_iter().filter(offered) {
                let before = parts.iter().find(|known| known.uuid == instance.uuid && known.part == part);
                if !before.is_none_or(|before| is_due(before, age, anyway, now)) {
                    continue;
                }
                asked += 1;
                self.part(one, instance, part, (began, age), before).await?;
            }
        }
        Ok(asked)
    }

    async fn part(
        &mut self,
        one: &Known,
        instance: &InstanceRecord,
        part: LeftPart,
        (began_ms, age): (i64, TimeDelta),
        before: Option<&PartRecord>,
    ) -> Result<(), Failed> {
        let (cx, webinar) = (self.cx, one.record.key.clone());
        let now_ms = cx.now_ms();
        let blank = PartRecord {
            uuid: instance.uuid.clone(),
            part,
            read_utc_ms: now_ms,
            digest: None,
            settled: false,
            missing: None,
        };
        let noted = match self.rows(&webinar, instance, part, began_ms).await {
            Ok(rows) => {
                let (digest, ready) = digest(&rows);
                let same = before.is_some_and(|before| before.digest.as_ref() == Some(&digest));
                let settled = match part {
                    LeftPart::Questions | LeftPart::Polls | LeftPart::Absentees => {
                        age >= OVER_AFTER || same && age >= SAID_AFTER
                    }
                    LeftPart::Recordings => age >= OVER_AFTER || same && ready && age >= RECORDED_AFTER,
                    LeftPart::Viewers => age >= WATCHED_FOR,
                };
                let (uuid, sealer) = (instance.uuid.clone(), cx.store.sealer());
                cx.write_for(self.owner, move |tx| table::put(tx, &sealer, &uuid, part, &rows)).await?;
                self.news |= !same;
                PartRecord { digest: Some(digest), settled, ..blank }
            }
            // Not yet, or never.
            Err(error) if error.is_not_found() => PartRecord { settled: age >= OVER_AFTER, ..blank },
            Err(error) => {
                let missing = missing_right(&error);
                self.pass_over(error)?;
                PartRecord { missing, ..blank }
            }
        };
        Ok(cx.write_for(self.owner, move |tx| table::note(tx, &webinar, &noted)).await?)
    }

    async fn rows(
        &mut self,
        webinar: &str,
        instance: &InstanceRecord,
        part: LeftPart,
        began_ms: i64,
    ) -> Result<LeftRows, ZoomError> {
        let past = self.zoom.api.webinars().past();
        let named = PastInstance::from(MeetingUuid::new(&instance.uuid));
        Ok(match part {
            LeftPart::Questions => {
                let told = past.questions(&named).await?.questions.unwrap_or_default();
                LeftRows::Said(told.iter().flat_map(|one| asked(webinar, &instance.uuid, one)).collect())
            }
            LeftPart::Polls => {
                let told = past.polls(&named).await?.questions.unwrap_or_default();
                LeftRows::Said(told.iter().flat_map(|one| answered(webinar, &instance.uuid, one)).collect())
            }
            LeftPart::Recordings => {
                let told = self.zoom.api.recordings().of_instance(&named).await?;
                LeftRows::Recordings(recordings(webinar, &instance.uuid, &told))
            }
            LeftPart::Viewers => {
                let from = day(began_ms);
                let to = from.map(|from| (from + WATCHED_FOR).min(self.cx.now().date_naive()));
                let steps = self.zoom.api.recordings().walk_views(named, RecordingDays { from, to });
                let mut steps = std::pin::pin!(steps);
                let (mut rows, mut unread) = (Vec::new(), 0);
                while let Some(step) = steps.try_next().await? {
                    match step {
                        ListStep::Page(page) => {
                            rows.extend(page.items.iter().map(|told| viewer(webinar, &instance.uuid, told)));
                        }
                        ListStep::Restarted => rows.clear(),
                        ListStep::Complete { skipped } => unread += skipped,
                    }
                }
                self.skipped += u32::try_from(unread).unwrap_or(u32::MAX);
                LeftRows::Viewers(rows)
            }
            LeftPart::Absentees => {
                let mut steps = std::pin::pin!(past.walk_absentees(named, None));
                let (mut rows, mut unread) = (Vec::new(), 0);
                while let Some(step) = steps.try_next().await? {
                    match step {
                        ListStep::Page(page) => {
                            rows.extend(page.items.iter().map(|told| absentee(webinar, &instance.uuid, told)));
                        }
                        ListStep::Restarted => rows.clear(),
                        ListStep::Complete { skipped } => unread += skipped,
                    }
                }
                self.skipped += u32::try_from(unread).unwrap_or(u32::MAX);
                LeftRows::Absentees(rows)
            }
        })
    }
}

fn is_due(before: &PartRecord, age: TimeDelta, anyway: bool, now: DateTime<Utc>) -> bool {
    if before.settled {
        return false;
    }
    let again = if before.missing.is_some() { RIGHT_AGAIN } else { (age / 4).clamp(FIRST, LONGEST_PAUSE) };
    anyway || is_older(Some(before.read_utc_ms), again, now)
}

fn day(ms: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp_millis(ms).map(|at| at.date_naive()).filter(|day| day.year() > 1970)
}

/// What a list came to, without what is secret in it; and whether Zoom is done with it.
fn digest(rows: &LeftRows) -> (String, bool) {
    fn of(rows: &impl Debug) -> String {
        short(&Sha256::digest(format!("{rows:?}")))
    }
    match rows {
        LeftRows::Said(rows) => (of(rows), true),
        LeftRows::Viewers(rows) => (of(rows), true),
        LeftRows::Absentees(rows) => (of(rows), true),
        LeftRows::Recordings(rows) => {
            let rows: Vec<&RecordingRecord> = rows.iter().map(|one| &one.recording).collect();
            (of(&rows), rows.iter().all(|one| one.ready))
        }
    }
}

fn line(told: Option<&str>) -> Option<String> {
    told.map(|told| text::single_line(told, MAX_LINE)).filter(|told| !told.is_empty())
}

fn lines(told: Option<&str>) -> Option<String> {
    told.map(|told| text::multi_line(told, MAX_TEXT)).filter(|told| !told.is_empty())
}

fn moment(time: Option<ZoomTime>) -> Option<i64> {
    time.and_then(ZoomTime::utc).map(|at| at.timestamp_millis())
}

fn asked(webinar: &str, uuid: &str, one: &QuestionsOfOne) -> Vec<SaidRecord> {
    let said = one.question_details.iter().flatten().filter_map(|said| {
        Some(SaidRecord {
            uuid: uuid.to_owned(),
            part: "questions".to_owned(),
            webinar_key: webinar.to_owned(),
            name: line(one.name.as_deref()),
            email: line(one.email.as_deref()),
            question: lines(said.question.as_deref())?,
            answer: lines(said.answer.as_deref()),
            said_utc_ms: None,
        })
    });
    said.collect()
}

fn answered(webinar: &str, uuid: &str, one: &PollAnswers) -> Vec<SaidRecord> {
    let said = one.question_details.iter().flatten().filter_map(|said| {
        Some(SaidRecord {
            uuid: uuid.to_owned(),
            part: "polls".to_owned(),
            webinar_key: webinar.to_owned(),
            name: line(one.name.as_deref()),
            email: line(one.email.as_deref()),
            question: lines(said.question.as_deref())?,
            answer: lines(said.answer.as_deref()),
            said_utc_ms: moment(said.date_time),
        })
    });
    said.collect()
}

fn recordings(webinar: &str, uuid: &str, told: &InstanceRecordings) -> Vec<FetchedRecording> {
    let deletes = told.auto_delete != Some(false);
    let deletion_day = told
        .auto_delete_date
        .as_deref()
        .filter(|_| deletes)
        .and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().map(|day| day.to_string()));
    let files = told.recording_files.iter().flatten().filter(|file| file.deleted_time.is_none());
    let fetched = files.enumerate().map(|(place, file)| FetchedRecording {
        recording: RecordingRecord {
            key: format!("{uuid}:{}", file.id.clone().unwrap_or_else(|| place.to_string())),
            uuid: uuid.to_owned(),
            webinar_key: webinar.to_owned(),
            started_utc_ms: moment(file.recording_start),
            ended_utc_ms: moment(file.recording_end),
            file_type: line(file.file_type.as_deref()),
            recording_type: line(file.recording_type.as_deref()),
            bytes: file.file_size_bytes.and_then(|bytes| i64::try_from(bytes).ok()),
            ready: file.status.as_ref() != Some(&RecordingStatus::Processing),
            deletion_day: deletion_day.clone(),
        },
        play_url: file.play_url.as_ref().map(|url| SecretString::from(url.expose())),
        passcode: told.password.as_ref().map(|passcode| SecretString::from(passcode.expose())),
    });
    fetched.collect()
}

fn viewer(webinar: &str, uuid: &str, told: &RecordingView) -> ViewerRecord {
    ViewerRecord {
        uuid: uuid.to_owned(),
        webinar_key: webinar.to_owned(),
        name: line(told.name.as_deref()),
        email: line(told.email.as_deref()),
        watched_utc_ms: moment(told.date_time),
        seconds: told.seconds.map_or(0, i64::from),
    }
}

fn absentee(webinar: &str, uuid: &str, told: &Registrant) -> AbsenteeRecord {
    AbsenteeRecord {
        uuid: uuid.to_owned(),
        webinar_key: webinar.to_owned(),
        registrant_id: line(told.id.as_deref()),
        email: line(Some(&told.email)),
    }
}
