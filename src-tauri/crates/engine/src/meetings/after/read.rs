//! The parts of one instance, each read by itself.

use futures::TryStreamExt;
use liaison_domain::text;
use liaison_store::tables::meeting_instances::{self as table, Details, InstanceRecord, RecordingSecrets};
use liaison_store::tables::meeting_recordings::{
    self as recordings_table, FetchedRecording, FetchedRecordings, RecordingRecord,
};
use liaison_store::tables::meeting_sessions::{self as sessions_table, MeetingSession};
use liaison_transport::TransportError;
use liaison_zoom::{
    ErrorKind, InstanceRecordings, ListStep, MeetingUuid, Participant, ParticipantStatus, PastInstance,
    RecordingStatus, ZoomError, ZoomTime,
};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::due;
use super::pull::Round;
use crate::failure::Error;

const MAX_NAME: usize = 255;
const MAX_TOPIC: usize = 300;
/// Longer summaries are cut.
const MAX_SUMMARY: usize = 20_000;
/// Files of one instance that are kept; people's own voices are not among them.
const MOST_FILES: usize = 60;

/// Why a part could not be read.
#[derive(Debug)]
pub(super) enum Unread {
    Zoom(ZoomError),
    Engine(Error),
}

impl From<ZoomError> for Unread {
    fn from(error: ZoomError) -> Self {
        Self::Zoom(error)
    }
}

impl From<Error> for Unread {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

/// Why there is nothing to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nothing {
    /// Zoom has none: not yet, no longer, or not at all.
    None,
    /// There is an answer that can't be read.
    Unreadable,
}

impl Round<'_> {
    /// An error that is about this meeting says that there is nothing to keep of it, and nothing about the next one.
    pub(super) fn nothing(&mut self, error: ZoomError) -> Result<Nothing, Unread> {
        match &error {
            ZoomError::Refused(refusal) => match refusal.kind {
                ErrorKind::NotFound | ErrorKind::Validation | ErrorKind::Other => Ok(Nothing::None),
                _ => Err(error.into()),
            },
            ZoomError::Transport(TransportError::Decode { .. } | TransportError::TooLarge) | ZoomError::Invalid(_) => {
                tracing::info!(%error, "a part of a past meeting can't be read");
                self.did.skipped += 1;
                Ok(Nothing::Unreadable)
            }
            _ => Err(error.into()),
        }
    }
}

fn exactly(one: &InstanceRecord) -> PastInstance {
    PastInstance::from(MeetingUuid::new(&one.uuid))
}

fn moment(time: Option<ZoomTime>) -> Option<i64> {
    time.and_then(ZoomTime::utc).map(|at| at.timestamp_millis())
}

/// When it really was. The record gets what was read, for what follows depends on it.
pub(super) async fn details(round: &mut Round<'_>, one: &mut InstanceRecord) -> Result<(), Unread> {
    let told = match round.zoom.api.past_meetings().get(&exactly(one)).await {
        Ok(told) => told,
        Err(error) => {
            let nothing = round.nothing(error)?;
            // Not yet; or no longer, and then what the list told is all there is.
            if due::details_settled(one, round.cx.now()) || nothing == Nothing::Unreadable {
                let (uuid, now_ms) = (one.uuid.clone(), round.cx.now_ms());
                let none = Details::default();
                round.cx.write_for(round.owner, move |tx| table::put_details(tx, &uuid, &none, now_ms)).await?;
            }
            return Ok(());
        }
    };
    let details = Details {
        topic: told.topic.as_deref().map(|topic| text::single_line(topic, MAX_TOPIC)).filter(|topic| !topic.is_empty()),
        started_utc_ms: moment(told.start_time),
        ended_utc_ms: moment(told.end_time),
        minutes: told.duration_minutes.map(i64::from),
        participants: told.participants_count.map(i64::from),
    };
    one.started_utc_ms = details.started_utc_ms.or(one.started_utc_ms);
    one.ended_utc_ms = details.ended_utc_ms;
    one.participants = details.participants;
    let (uuid, now_ms) = (one.uuid.clone(), round.cx.now_ms());
    round.cx.write_for(round.owner, move |tx| table::put_details(tx, &uuid, &details, now_ms)).await?;
    round.did.news = true;
    Ok(())
}

/// Who was there: the whole list, which takes the place of the one before.
pub(super) async fn people(round: &mut Round<'_>, one: &InstanceRecord) -> Result<(), Unread> {
    let past = round.zoom.api.past_meetings();
    let mut steps = std::pin::pin!(past.walk_participants(exactly(one)));
    let (mut sessions, mut unread) = (Vec::new(), 0);
    loop {
        match steps.try_next().await {
            Ok(Some(ListStep::Page(page))) => {
                sessions.extend(page.items.iter().map(|told| session(&one.uuid, told)));
            }
            Ok(Some(ListStep::Restarted)) => sessions.clear(),
            Ok(Some(ListStep::Complete { skipped })) => unread += skipped,
            Ok(None) => break,
            Err(error) => {
                round.nothing(error)?;
                return no_people(round, one).await;
            }
        }
    }
    round.did.skipped += u32::try_from(unread).unwrap_or(u32::MAX);
    // Of a host who stayed alone Zoom keeps no list; else a list of nobody is one that is not made yet.
    if sessions.is_empty() && one.participants.is_none_or(|count| count > 1) {
        return no_people(round, one).await;
    }
    let now = round.cx.now();
    let digest = digest(&sessions);
    let last_left = sessions.iter().filter_map(|one| one.leave_utc_ms).max();
    let settled = due::people_settled(one, &digest, last_left, now);
    round.did.news |= settled || one.digest.as_ref() != Some(&digest);
    let (uuid, now_ms) = (one.uuid.clone(), now.timestamp_millis());
    let put =
        move |tx: &liaison_store::Transaction<'_>| sessions_table::put(tx, &uuid, &sessions, &digest, settled, now_ms);
    round.cx.write_for(round.owner, put).await?;
    Ok(())
}

/// Not yet, or no longer: a list that never came is asked for no more.
async fn no_people(round: &mut Round<'_>, one: &InstanceRecord) -> Result<(), Unread> {
    let over = due::never_comes(one, round.cx.now());
    let (uuid, now_ms) = (one.uuid.clone(), round.cx.now_ms());
    round.cx.write_for(round.owner, move |tx| table::no_people(tx, &uuid, over, now_ms)).await?;
    Ok(())
}

fn session(uuid: &str, told: &Participant) -> MeetingSession {
    let clean = |text: &Option<String>| {
        text.as_deref().map(|text| text::single_line(text, MAX_NAME)).filter(|text| !text.is_empty())
    };
    MeetingSession {
        uuid: uuid.to_owned(),
        zoom_id: clean(&told.id),
        user_id: clean(&told.user_id),
        name: clean(&told.name),
        email: clean(&told.user_email),
        registrant_id: clean(&told.registrant_id),
        join_utc_ms: moment(told.join_time),
        leave_utc_ms: moment(told.leave_time),
        seconds: told.duration_seconds.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or_default(),
        internal: told.internal_user == Some(true),
        waited: told.status == Some(ParticipantStatus::InWaitingRoom),
    }
}

fn digest(sessions: &[MeetingSession]) -> String {
    let mut hash = Sha256::new();
    for one in sessions {
        for part in [&one.registrant_id, &one.zoom_id, &one.user_id, &one.email, &one.name] {
            hash.update(part.as_deref().unwrap_or_default());
            hash.update([0]);
        }
        hash.update(format!("{:?}{:?}{}{}", one.join_utc_ms, one.leave_utc_ms, one.seconds, one.waited));
    }
    text::hex(&hash.finalize()[..12])
}

/// What was recorded; of what is not there any more it is noted that it was.
pub(super) async fn recordings(round: &mut Round<'_>, one: &InstanceRecord) -> Result<(), Unread> {
    let now = round.cx.now();
    let now_ms = now.timestamp_millis();
    let uuid = one.uuid.clone();
    match round.zoom.api.recordings().of_instance(&exactly(one)).await {
        Ok(told) => {
            let mut found = fetched(&one.uuid, &told);
            let ready = found.files.iter().all(|file| file.recording.ready);
            found.settled = due::recordings_settled(one, Some(ready), now);
            let sealer = round.cx.store.sealer();
            let put =
                move |tx: &liaison_store::Transaction<'_>| recordings_table::put(tx, &sealer, &uuid, &found, now_ms);
            round.cx.write_for(round.owner, put).await?;
            round.did.news |= !one.recordings_settled;
        }
        Err(error) => {
            round.nothing(error)?;
            let settled = due::recordings_settled(one, None, now);
            let none = move |tx: &liaison_store::Transaction<'_>| recordings_table::none(tx, &uuid, settled, now_ms);
            round.cx.write_for(round.owner, none).await?;
        }
    }
    Ok(())
}

fn fetched(uuid: &str, told: &InstanceRecordings) -> FetchedRecordings {
    let files = told.recording_files.iter().flatten().filter(|file| file.deleted_time.is_none()).take(MOST_FILES);
    let file = |(place, file): (usize, &liaison_zoom::RecordingFile)| {
        let place = i64::try_from(place).unwrap_or_default();
        let own = file.id.as_deref().map_or_else(|| place.to_string(), ToOwned::to_owned);
        FetchedRecording {
            recording: RecordingRecord {
                key: format!("{uuid}:{own}"),
                uuid: uuid.to_owned(),
                place,
                file_type: file.file_type.as_deref().map(|kind| text::single_line(kind, MAX_NAME)),
                recording_type: file.recording_type.as_deref().map(|kind| text::single_line(kind, MAX_NAME)),
                started_utc_ms: moment(file.recording_start),
                ended_utc_ms: moment(file.recording_end),
                bytes: file.file_size_bytes.and_then(|bytes| i64::try_from(bytes).ok()),
                ready: file.status != Some(RecordingStatus::Processing),
            },
            play_url: file.play_url.as_ref().map(|url| SecretString::from(url.expose())),
        }
    };
    let mut seen = std::collections::HashSet::new();
    let mut files: Vec<FetchedRecording> = files.enumerate().map(file).collect();
    files.retain(|file| seen.insert(file.recording.key.clone()));
    let deleted = told.auto_delete_date.as_deref().filter(|_| told.auto_delete != Some(false));
    let day = deleted.and_then(|day| day.get(..10)?.parse::<chrono::NaiveDate>().ok());
    FetchedRecordings {
        files,
        secrets: RecordingSecrets {
            share_url: told.share_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: told.password.as_ref().map(|passcode| SecretString::from(passcode.expose())),
        },
        deleted_on: day.map(|day| day.to_string()),
        settled: false,
    }
}

/// What Zoom wrote of it, if the account has that switched on.
pub(super) async fn summary(round: &mut Round<'_>, one: &InstanceRecord) -> Result<(), Unread> {
    let told = match round.zoom.api.past_meetings().summary(&MeetingUuid::new(&one.uuid)).await {
        Ok(told) => told.text().map(|words| text::multi_line(words, MAX_SUMMARY)).filter(|words| !words.is_empty()),
        // There is none, it is switched off, or the meeting was encrypted from end to end.
        Err(error) => {
            round.nothing(error)?;
            None
        }
    };
    let settled = due::summary_settled(one, round.cx.now());
    round.did.news |= told.is_some() && told != one.summary;
    let (uuid, now_ms) = (one.uuid.clone(), round.cx.now_ms());
    let put =
        move |tx: &liaison_store::Transaction<'_>| table::put_summary(tx, &uuid, told.as_deref(), settled, now_ms);
    round.cx.write_for(round.owner, put).await?;
    Ok(())
}
