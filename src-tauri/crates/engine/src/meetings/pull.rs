//! Meetings: the whole list each time, series spelt out, details of the days around today.

mod record;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use futures::{StreamExt, TryStreamExt};
use liaison_store::tables::cursors;
use liaison_store::tables::meetings::{self, CompleteList, FetchedMeeting, MeetingRecord};
use liaison_transport::TransportError;
use liaison_zoom::{ErrorKind, ListStep, ListType, Meeting, MeetingId, MeetingList, MeetingType, ZoomError};

pub(crate) use record::fetched;

use crate::context::{Context, Owner, ZoomAccount};
use crate::failure::Error;
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen, zoom_failed};
use crate::terms::{Provider, Tag};
use record::{invited, occurrences, summary};

/// Details (passcode, waiting room, who is invited) are fetched for this stretch around now.
const DETAILS_BEFORE: TimeDelta = TimeDelta::hours(12);
const DETAILS_AFTER: TimeDelta = TimeDelta::days(7);
/// The list does not tell that they changed. Those of the coming hours are read again after the first time, the
/// others after the second.
const COMING: TimeDelta = TimeDelta::hours(12);
const FRESH_COMING: TimeDelta = TimeDelta::minutes(10);
const FRESH_LATER: TimeDelta = TimeDelta::hours(6);
/// Details fetched in one round; the next round takes the rest.
const MOST_DETAILS: usize = 60;
/// How far the list of invitations reaches, a little less than Zoom says.
const INVITED_AHEAD: TimeDelta = TimeDelta::minutes(23 * 60 + 50);
/// Meetings that Zoom fails to tell of before it is taken for being in trouble altogether.
const MOST_TROUBLE: u32 = 3;
/// The cursor whose completion tells how old the copy is.
const MEETINGS: &str = "zoom.meetings";
const AT_ONCE: usize = 4;
const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(2), watched: TimeDelta::minutes(2), unwatched: TimeDelta::minutes(10) };

/// The rep's meetings.
pub(crate) struct Meetings;

impl Pull for Meetings {
    fn name(&self) -> &'static str {
        "meetings"
    }

    fn service(&self) -> Provider {
        Provider::Zoom
    }

    fn tag(&self) -> Tag {
        Tag::Meetings
    }

    fn cursors(&self) -> &'static [&'static str] {
        &[MEETINGS]
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            let zoom = cx.zoom().ok_or(Error::NotConnected { provider: Provider::Zoom })?;
            let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
            Round { cx, zoom: &zoom, owner: &owner, skipped: HashSet::new(), unread: 0, trouble: 0, unseen: false }
                .run()
                .await
        })
    }
}

/// One round.
struct Round<'a> {
    cx: &'a Arc<Context>,
    zoom: &'a ZoomAccount,
    owner: &'a Owner,
    /// Meetings that could not be read.
    skipped: HashSet<MeetingId>,
    /// Rows of lists that could not be read; nobody knows which meetings they are.
    unread: usize,
    /// How often Zoom failed to tell of one meeting.
    trouble: u32,
    /// A list could not be looked at.
    unseen: bool,
}

impl Round<'_> {
    /// Pulls each list to its end; only then is a meeting that was not in it taken for deleted.
    async fn run(mut self) -> Result<Pulled, Error> {
        let began = self.cx.now();
        let (generation, hosted) = self.hosted(began).await?;
        let invited = self.invited(generation).await?;
        let now_ms = self.cx.now_ms();
        self.cx
            .write_for(self.owner, move |tx| {
                for list in [hosted, invited].into_iter().flatten() {
                    meetings::mark_unseen_gone(tx, &list)?;
                }
                cursors::complete(tx, MEETINGS, &generation.to_string(), now_ms)
            })
            .await?;
        self.details().await?;
        let skipped = u32::try_from(self.skipped.len() + self.unread).unwrap_or(u32::MAX);
        Ok(Pulled { ending: Ending::Whole, skipped, unseen: self.unseen, news: false })
    }

    /// What the user hosts, with the generation of the pages. A list with rows that can't be read is not complete.
    async fn hosted(&mut self, began: DateTime<Utc>) -> Result<(i64, Option<CompleteList>), Error> {
        let failed = zoom_failed(self.cx);
        let mut began_ms = began.timestamp_millis();
        let mut generation = self.cx.store.read(meetings::last_generation).await? + 1;
        let mut series = BTreeSet::new();
        let (mut done, mut unread) = (0_u32, 0);
        {
            let mut steps = std::pin::pin!(self.zoom.api.meetings().walk(MeetingList::of(ListType::Scheduled)));
            while let Some(step) = steps.try_next().await.map_err(&failed)? {
                match step {
                    ListStep::Page(page) => {
                        let now_ms = self.cx.now_ms();
                        let (recurring, single): (Vec<_>, Vec<_>) = page
                            .items
                            .iter()
                            .partition(|item| item.meeting_type == Some(MeetingType::RecurringFixedTime));
                        series.extend(recurring.iter().map(|item| item.id));
                        let rows: Vec<_> = single.into_iter().map(|item| summary(item, self.zoom, now_ms)).collect();
                        done += u32::try_from(page.items.len()).unwrap_or(0);
                        self.store(rows, generation).await?;
                        self.cx.status().progress(Provider::Zoom, done);
                        self.cx.changed(&[Tag::Progress]);
                    }
                    ListStep::Restarted => {
                        (began_ms, generation) = (self.cx.now_ms(), generation + 1);
                        series.clear();
                    }
                    ListStep::Complete { skipped } => unread += skipped,
                }
            }
        }
        self.unread += unread;
        self.series(&series, generation).await?;
        let ended_utc_ms = self.cx.now_ms();
        let list = CompleteList {
            hosted: true,
            generation,
            from_utc_ms: began_ms,
            to_utc_ms: None,
            began_utc_ms: began_ms,
            ended_utc_ms,
        };
        Ok((generation, (unread == 0).then_some(list)))
    }

    /// The list names a series once for each date, without telling which occurrence; the series itself knows.
    async fn series(&mut self, series: &BTreeSet<MeetingId>, generation: i64) -> Result<(), Error> {
        let zoom = self.zoom;
        let mut answers = futures::stream::iter(series.iter().copied())
            .map(|id| async move { (id, zoom.api.meetings().get(id).await) })
            .buffer_unordered(AT_ONCE);
        while let Some((id, answer)) = answers.next().await {
            if let Some(meeting) = self.read(id, answer)? {
                self.store(occurrences(&meeting, self.cx.now_ms()), generation).await?;
            } else {
                let number = i64::try_from(id.0).unwrap_or(i64::MAX);
                self.cx.write_for(self.owner, move |tx| meetings::spare(tx, number, generation)).await?;
            }
        }
        Ok(())
    }

    /// Meetings of the next 24 hours that somebody else hosts; `None` when they could not be looked at.
    async fn invited(&mut self, generation: i64) -> Result<Option<CompleteList>, Error> {
        let began = self.cx.now();
        let page = match self.zoom.api.meetings().upcoming().await {
            Ok(page) => page,
            // A permission of its own; without it only one's own meetings are seen.
            Err(error) if is_scope_missing(&error) || is_of_the_record(&error) => {
                tracing::info!(%error, "invitations could not be looked at");
                self.unseen = true;
                return Ok(None);
            }
            Err(error) => return Err(zoom_failed(self.cx)(error)),
        };
        self.unread += page.skipped.len();
        self.store(invited(&page.items, self.cx.now_ms()), generation).await?;
        let began_ms = began.timestamp_millis();
        Ok(page.skipped.is_empty().then(|| CompleteList {
            hosted: false,
            generation,
            from_utc_ms: began_ms,
            to_utc_ms: Some((began + INVITED_AHEAD).timestamp_millis()),
            began_utc_ms: began_ms,
            ended_utc_ms: self.cx.now_ms(),
        }))
    }

    async fn details(&mut self) -> Result<(), Error> {
        let now = self.cx.now();
        let (from, to) = ((now - DETAILS_BEFORE).timestamp_millis(), (now + DETAILS_AFTER).timestamp_millis());
        let mut wanted: Vec<MeetingId> = Vec::new();
        for meeting in self.cx.store.read(move |db| meetings::meetings_between(db, from, to)).await? {
            let id = MeetingId(u64::try_from(meeting.meeting_id).unwrap_or_default());
            if is_detail_due(&meeting, now) && !wanted.contains(&id) && !self.skipped.contains(&id) {
                wanted.push(id);
            }
        }
        wanted.truncate(MOST_DETAILS);
        let zoom = self.zoom;
        let mut answers = futures::stream::iter(wanted)
            .map(|id| async move { (id, zoom.api.meetings().get(id).await) })
            .buffer_unordered(AT_ONCE);
        let mut rows = Vec::new();
        while let Some((id, answer)) = answers.next().await {
            if let Some(meeting) = self.read(id, answer)? {
                rows.extend(occurrences(&meeting, self.cx.now_ms()));
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
        let generation = self.cx.store.read(meetings::last_generation).await?;
        self.store(rows, generation).await?;
        Ok(())
    }

    /// One meeting's answer; `None` when it is not there or can't be read, which says nothing of the others.
    fn read(&mut self, id: MeetingId, answer: Result<Meeting, ZoomError>) -> Result<Option<Meeting>, Error> {
        let error = match answer {
            Ok(meeting) => return Ok(Some(meeting)),
            // It was deleted since it was listed.
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => error,
        };
        let trouble = matches!(error.kind(), Some(ErrorKind::Server));
        self.trouble += u32::from(trouble);
        if is_scope_missing(&error) {
            self.unseen = true;
        } else if is_of_the_record(&error) || trouble && self.trouble <= MOST_TROUBLE {
            tracing::warn!(%error, "a meeting could not be read");
            self.skipped.insert(id);
        } else {
            return Err(zoom_failed(self.cx)(error));
        }
        Ok(None)
    }

    /// Page and cursor in one transaction.
    async fn store(&self, rows: Vec<FetchedMeeting>, generation: i64) -> Result<(), Error> {
        let (sealer, now_ms) = (self.cx.store.sealer(), self.cx.now_ms());
        self.cx
            .write_for(self.owner, move |tx| {
                meetings::upsert_page(tx, &sealer, &rows, generation)?;
                cursors::set(tx, MEETINGS, &generation.to_string(), now_ms)
            })
            .await
    }
}

fn is_detail_due(meeting: &MeetingRecord, now: DateTime<Utc>) -> bool {
    let Some(read) = meeting.details_utc_ms.and_then(DateTime::from_timestamp_millis) else { return meeting.is_host };
    let start = meeting.start_utc_ms.and_then(DateTime::from_timestamp_millis).unwrap_or(now);
    let fresh = if start - now <= COMING { FRESH_COMING } else { FRESH_LATER };
    // A reading that lies ahead is left over from a clock that went wrong.
    meeting.is_host && (read > now || now - read >= fresh)
}

fn is_scope_missing(error: &ZoomError) -> bool {
    matches!(error.kind(), Some(ErrorKind::ScopeMissing { .. }))
}

/// Whether an error is about the record that was asked for, and says nothing about the next one.
fn is_of_the_record(error: &ZoomError) -> bool {
    match error {
        ZoomError::Transport(error) => matches!(error, TransportError::Decode { .. } | TransportError::TooLarge),
        ZoomError::Invalid(_) => true,
        ZoomError::EndlessList { .. } => false,
        ZoomError::Refused(refusal) => !matches!(
            refusal.kind,
            ErrorKind::ScopeMissing { .. }
                | ErrorKind::TokenRejected
                | ErrorKind::RateLimited { .. }
                | ErrorKind::DailyEditLimit
                | ErrorKind::Server
        ),
    }
}
