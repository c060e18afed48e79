//! Meetings: the whole list each time, series spelt out, details of the days around today.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use futures::{StreamExt, TryStreamExt};
use liaison_domain::{MeetingKey, text};
use liaison_store::tables::cursors;
use liaison_store::tables::meetings::{self, CompleteList, FetchedMeeting, Invitee, MeetingRecord, MeetingSecrets};
use liaison_zoom::{
    ListStep, ListType, Meeting, MeetingId, MeetingList, MeetingSummary, MeetingType, OccurrenceStatus,
    UpcomingMeeting, ZoomTime,
};
use secrecy::SecretString;

use crate::context::{Context, Owner, ZoomAccount};
use crate::error::CommandError;
use crate::pull::{Pull, Pulled, zoom_failed};
use crate::terms::{Provider, Tag};

/// Details (passcode, waiting room, who is invited) are fetched for this stretch around now.
const DETAILS_BEFORE: TimeDelta = TimeDelta::hours(12);
const DETAILS_AFTER: TimeDelta = TimeDelta::days(7);
/// Details fetched in one round; the next round takes the rest.
const MOST_DETAILS: usize = 60;
/// The cursor whose completion tells how old the copy is.
const MEETINGS: &str = "zoom.meetings";
const AT_ONCE: usize = 4;
const MAX_TOPIC: usize = 300;
const MAX_AGENDA: usize = 4_000;

/// The rep's meetings.
pub(crate) struct Meetings;

impl Pull for Meetings {
    fn service(&self) -> Provider {
        Provider::Zoom
    }

    fn tag(&self) -> Tag {
        Tag::Meetings
    }

    fn cursors(&self) -> &'static [&'static str] {
        &[MEETINGS]
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, CommandError>> {
        Box::pin(async move {
            let zoom = cx.zoom().ok_or(CommandError::NotConnected { provider: Provider::Zoom })?;
            pull(cx, &zoom).await?;
            Ok(Pulled::Whole)
        })
    }
}

/// Pulls the list to its end; only then is a meeting that was not in it taken for deleted.
async fn pull(cx: &Arc<Context>, zoom: &ZoomAccount) -> Result<(), CommandError> {
    let failed = zoom_failed(cx);
    let owner = &cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
    let mut began = cx.now_ms();
    let mut generation = next_generation(cx).await?;
    let mut series = BTreeSet::new();
    let mut done = 0_u32;
    let mut unread = 0;
    {
        let mut steps = std::pin::pin!(zoom.api.meetings().walk(MeetingList::of(ListType::Scheduled)));
        while let Some(step) = steps.try_next().await.map_err(&failed)? {
            match step {
                ListStep::Page(page) => {
                    let now_ms = cx.now_ms();
                    let (recurring, single): (Vec<_>, Vec<_>) =
                        page.items.iter().partition(|item| item.meeting_type == Some(MeetingType::RecurringFixedTime));
                    series.extend(recurring.iter().map(|item| item.id));
                    let rows: Vec<_> = single.into_iter().map(|item| summary(item, zoom, now_ms)).collect();
                    done += u32::try_from(page.items.len()).unwrap_or(0);
                    store_page(cx, owner, rows, generation).await?;
                    cx.status().progress(Provider::Zoom, done);
                    cx.changed(&[Tag::Meetings, Tag::Session]);
                }
                ListStep::Restarted => {
                    (began, generation) = (cx.now_ms(), generation + 1);
                    series.clear();
                }
                ListStep::Complete { skipped } => unread += skipped,
            }
        }
    }
    let complete = pull_series(cx, zoom, owner, &series, generation).await?;
    pull_invited(cx, zoom, owner, generation).await?;
    if unread > 0 {
        tracing::warn!(unread, "meetings in the list could not be read; nothing is taken for deleted");
    }
    finish(cx, owner, generation, began, complete && unread == 0).await?;
    pull_details(cx, zoom, owner).await
}

async fn next_generation(cx: &Context) -> Result<i64, CommandError> {
    Ok(cx.store.read(meetings::last_generation).await? + 1)
}

/// Page and cursor in one transaction.
async fn store_page(
    cx: &Context,
    owner: &Owner,
    rows: Vec<FetchedMeeting>,
    generation: i64,
) -> Result<(), CommandError> {
    let (sealer, now_ms) = (cx.store.sealer(), cx.now_ms());
    cx.write_for(owner, move |tx| {
        meetings::upsert_page(tx, &sealer, &rows, generation)?;
        cursors::set(tx, MEETINGS, &generation.to_string(), now_ms)
    })
    .await?;
    Ok(())
}

/// The list names a series once for each date, without telling which occurrence; the series itself
/// knows. Answers whether all could be read.
async fn pull_series(
    cx: &Context,
    zoom: &ZoomAccount,
    owner: &Owner,
    series: &BTreeSet<MeetingId>,
    generation: i64,
) -> Result<bool, CommandError> {
    let failed = zoom_failed(cx);
    let mut fetched = futures::stream::iter(series.iter().copied())
        .map(|id| async move { zoom.api.meetings().get(id).await })
        .buffer_unordered(AT_ONCE);
    let mut complete = true;
    while let Some(answer) = fetched.next().await {
        match answer {
            Ok(meeting) => store_page(cx, owner, occurrences(&meeting, cx.now_ms()), generation).await?,
            Err(error) if error.is_not_found() => complete = false,
            Err(error) => return Err(failed(error)),
        }
    }
    Ok(complete)
}

/// Meetings of the next 24 hours that somebody else hosts.
async fn pull_invited(cx: &Context, zoom: &ZoomAccount, owner: &Owner, generation: i64) -> Result<(), CommandError> {
    let page = match zoom.api.meetings().upcoming().await {
        Ok(page) => page,
        // A permission of its own; without it only one's own meetings are shown.
        Err(error) if matches!(error.kind(), Some(liaison_zoom::ErrorKind::ScopeMissing { .. })) => return Ok(()),
        Err(error) => return Err(zoom_failed(cx)(error)),
    };
    let now_ms = cx.now_ms();
    let rows = page.items.iter().filter(|item| item.is_host == Some(false)).map(|item| invited(item, now_ms)).collect();
    store_page(cx, owner, rows, generation).await
}

async fn finish(
    cx: &Context,
    owner: &Owner,
    generation: i64,
    began_utc_ms: i64,
    complete: bool,
) -> Result<(), CommandError> {
    let now_ms = cx.now_ms();
    cx.write_for(owner, move |tx| {
        if complete {
            let list = CompleteList { generation, from_utc_ms: began_utc_ms, began_utc_ms, ended_utc_ms: now_ms };
            meetings::mark_unseen_gone(tx, &list)?;
        }
        cursors::complete(tx, MEETINGS, &generation.to_string(), now_ms)
    })
    .await?;
    cx.changed(&[Tag::Meetings]);
    Ok(())
}

async fn pull_details(cx: &Arc<Context>, zoom: &ZoomAccount, owner: &Owner) -> Result<(), CommandError> {
    let failed = zoom_failed(cx);
    let now = cx.now();
    let (from, to) = ((now - DETAILS_BEFORE).timestamp_millis(), (now + DETAILS_AFTER).timestamp_millis());
    let wanted: BTreeSet<u64> = cx
        .store
        .read(move |db| meetings::meetings_between(db, from, to))
        .await?
        .into_iter()
        .filter(|meeting| meeting.is_host && meeting.waiting_room.is_none())
        .filter_map(|meeting| u64::try_from(meeting.meeting_id).ok())
        .take(MOST_DETAILS)
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut answers = futures::stream::iter(wanted)
        .map(|number| async move { zoom.api.meetings().get(MeetingId(number)).await })
        .buffer_unordered(AT_ONCE);
    let mut rows = Vec::new();
    while let Some(answer) = answers.next().await {
        match answer {
            Ok(meeting) => rows.push(fetched(&meeting, cx.now_ms())),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(failed(error)),
        }
    }
    let (sealer, generation) = (cx.store.sealer(), next_generation(cx).await? - 1);
    cx.write_for(owner, move |tx| meetings::upsert_page(tx, &sealer, &rows, generation)).await?;
    cx.changed(&[Tag::Meetings]);
    Ok(())
}

/// A whole meeting as the store keeps it.
pub(crate) fn fetched(meeting: &Meeting, now_ms: i64) -> FetchedMeeting {
    let settings = meeting.settings.as_ref();
    FetchedMeeting {
        meeting: MeetingRecord {
            uuid: meeting.uuid.as_ref().map(|uuid| uuid.as_str().to_owned()),
            agenda: Some(text::multi_line(meeting.agenda.as_deref().unwrap_or_default(), MAX_AGENDA)),
            start_utc_ms: moment(meeting.start_time, meeting.timezone.as_deref()),
            minutes: i64::from(meeting.duration_minutes.unwrap_or(0)),
            timezone: meeting.timezone.clone(),
            status: meeting.status.as_ref().map(|status| status.as_str().to_owned()),
            host_id: meeting.host_id.clone(),
            host_email: meeting.host_email.clone(),
            waiting_room: Some(settings.and_then(|settings| settings.waiting_room).unwrap_or(false)),
            invitees: settings
                .and_then(|settings| settings.meeting_invitees.as_ref())
                .map(|all| all.iter().map(|invitee| Invitee { email: invitee.email.clone(), name: None }).collect()),
            created_utc_ms: meeting.created_at.and_then(ZoomTime::utc).map(|at| at.timestamp_millis()),
            ..blank(meeting.id, meeting.topic.as_deref(), meeting.meeting_type, now_ms)
        },
        secrets: MeetingSecrets {
            join_url: meeting.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: meeting.passcode.as_ref().map(|passcode| SecretString::from(passcode.expose())),
        },
    }
}

/// A series, one row for each occurrence that still takes place.
fn occurrences(meeting: &Meeting, now_ms: i64) -> Vec<FetchedMeeting> {
    let whole = fetched(meeting, now_ms);
    let Some(dates) = &meeting.occurrences else { return vec![whole] };
    dates
        .iter()
        .filter(|date| date.status != Some(OccurrenceStatus::Deleted))
        .map(|date| {
            let id = date.id.as_str().to_owned();
            let mut row = whole.clone();
            row.meeting.key = MeetingKey::new(meeting.id.0, Some(id.clone())).to_string();
            row.meeting.occurrence_id = Some(id);
            row.meeting.start_utc_ms = moment(date.start_time, meeting.timezone.as_deref());
            row.meeting.minutes = date.duration_minutes.map_or(row.meeting.minutes, i64::from);
            row
        })
        .collect()
}

fn summary(item: &MeetingSummary, zoom: &ZoomAccount, now_ms: i64) -> FetchedMeeting {
    FetchedMeeting {
        meeting: MeetingRecord {
            uuid: item.uuid.as_ref().map(|uuid| uuid.as_str().to_owned()),
            start_utc_ms: moment(item.start_time, item.timezone.as_deref()),
            minutes: i64::from(item.duration_minutes.unwrap_or(0)),
            timezone: item.timezone.clone(),
            host_id: item.host_id.clone(),
            is_host: item.host_id.as_deref().is_none_or(|host| host == zoom.user_id),
            created_utc_ms: item.created_at.and_then(ZoomTime::utc).map(|at| at.timestamp_millis()),
            ..blank(item.id, item.topic.as_deref(), item.meeting_type, now_ms)
        },
        secrets: MeetingSecrets {
            join_url: item.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: None,
        },
    }
}

fn invited(item: &UpcomingMeeting, now_ms: i64) -> FetchedMeeting {
    FetchedMeeting {
        meeting: MeetingRecord {
            start_utc_ms: moment(item.start_time, item.timezone.as_deref()),
            minutes: i64::from(item.duration_minutes.unwrap_or(0)),
            timezone: item.timezone.clone(),
            is_host: false,
            ..blank(item.id, item.topic.as_deref(), item.meeting_type, now_ms)
        },
        secrets: MeetingSecrets {
            join_url: item.join_url.as_ref().map(|url| SecretString::from(url.expose())),
            passcode: item.passcode.as_ref().map(|passcode| SecretString::from(passcode.expose())),
        },
    }
}

fn blank(id: MeetingId, topic: Option<&str>, kind: Option<MeetingType>, now_ms: i64) -> MeetingRecord {
    MeetingRecord {
        key: MeetingKey::new(id.0, None).to_string(),
        meeting_id: i64::try_from(id.0).unwrap_or(i64::MAX),
        occurrence_id: None,
        uuid: None,
        topic: text::single_line(topic.unwrap_or_default(), MAX_TOPIC),
        agenda: None,
        start_utc_ms: None,
        minutes: 0,
        timezone: None,
        kind: kind.map_or(0, MeetingType::number),
        status: None,
        host_id: None,
        host_email: None,
        is_host: true,
        waiting_room: None,
        invitees: None,
        created_utc_ms: None,
        fetched_utc_ms: now_ms,
        gone_utc_ms: None,
    }
}

/// A wall time without `Z` is local to the meeting's zone.
fn moment(time: Option<ZoomTime>, zone: Option<&str>) -> Option<i64> {
    let at: Option<DateTime<Utc>> = match time? {
        ZoomTime::Utc(at) => Some(at),
        ZoomTime::Local(wall) => match liaison_domain::wall_time::resolve(wall, liaison_domain::zones::parse(zone?)?) {
            liaison_domain::wall_time::WallTime::At(at)
            | liaison_domain::wall_time::WallTime::Twice { earlier: at, .. } => Some(at),
            liaison_domain::wall_time::WallTime::Missing { .. } => None,
        },
    };
    at.map(|at| at.timestamp_millis())
}
