//! Meetings: the whole list each time; those whole of which it tells something new, or that begin soon.

mod listed;
mod record;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use futures::{StreamExt, TryStreamExt};
use liaison_store::Transaction;
use liaison_store::tables::cursors;
use liaison_store::tables::meetings::{self, CompleteList, FetchedMeeting};
use liaison_transport::TransportError;
use liaison_zoom::{ErrorKind, ListStep, ListType, Meeting, MeetingId, MeetingList, ZoomError};

#[cfg(test)]
pub(crate) use record::blank;
pub(crate) use record::{moment, occurrences};

use crate::context::{Context, Owner, ZoomAccount};
use crate::failure::Error;
use crate::meetings::kept_links;
use crate::pull::{Ending, InVain, Pull, Pulled, Rhythm, Seen, zoom_failed};
use crate::terms::{Provider, Tag};
use listed::{Listed, Occasion, is_series};
use record::{invited, summary};

/// Single meetings read whole in one round; the next round takes the rest.
const MOST_DETAILS: usize = 60;
/// What is over and could not be read is asked for again after this time: nothing waits for it.
const REFUSED_AGAIN: TimeDelta = TimeDelta::days(1);
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
            let (wishes, answered) = (cx.wishes().borrow().asked, cx.state::<Answered>());
            let asked = answered.0.load(Ordering::Relaxed) != wishes;
            let pulled = Round {
                cx,
                zoom: &zoom,
                owner: &owner,
                asked,
                listed: Listed::default(),
                skipped: HashSet::new(),
                unread: 0,
                trouble: 0,
                unseen: false,
                news: false,
            }
            .run()
            .await?;
            answered.0.store(wishes, Ordering::Relaxed);
            if pulled.news {
                cx.told();
            }
            Ok(pulled)
        })
    }
}

/// Meetings that could not be read.
#[derive(Default)]
struct Refused(InVain);

/// How often somebody had wanted to see what is new when the last round began.
#[derive(Default)]
struct Answered(AtomicU64);

/// One round.
struct Round<'a> {
    cx: &'a Arc<Context>,
    zoom: &'a ZoomAccount,
    owner: &'a Owner,
    /// Somebody wants to see what is new.
    asked: bool,
    /// What the lists told.
    listed: Listed,
    /// Meetings that could not be read.
    skipped: HashSet<MeetingId>,
    /// Rows of lists that could not be read; nobody knows which meetings they are.
    unread: usize,
    /// How often Zoom failed to tell of one meeting.
    trouble: u32,
    /// A list could not be looked at.
    unseen: bool,
    /// Something that was known is told otherwise, or no longer.
    news: bool,
}

impl Round<'_> {
    /// Pulls each list to its end; only then is a meeting that was not in it taken for deleted.
    async fn run(mut self) -> Result<Pulled, Error> {
        let began = self.cx.now();
        let (generation, hosted) = self.hosted(began).await?;
        let invited = self.invited(generation).await?;
        let due = self.due().await?;
        let series = self.listed.series();
        let (dates, single): (Vec<_>, Vec<_>) = due.into_iter().partition(|id| series.contains(id));
        self.spare(series.difference(&dates.iter().copied().collect()), generation).await?;
        self.whole(dates, generation).await?;
        let now_ms = self.cx.now_ms();
        let gone = self
            .cx
            .write_for(self.owner, move |tx| {
                let mut gone = 0;
                for list in [hosted, invited].into_iter().flatten() {
                    gone += meetings::mark_unseen_gone(tx, &list)?;
                }
                cursors::complete(tx, MEETINGS, &generation.to_string(), now_ms)?;
                Ok(gone)
            })
            .await?;
        self.news |= gone > 0;
        let read = self.whole(single.into_iter().take(MOST_DETAILS).collect(), generation).await;
        // What is gone stands in the copy, whatever becomes of the rest.
        if read.is_err() && self.news {
            self.cx.told();
        }
        read?;
        let now_ms = self.cx.now_ms();
        let restored = self.cx.write_for(self.owner, move |tx| kept_links::restore(tx, now_ms)).await?;
        if restored > 0 {
            tracing::info!(restored, "links that were kept in Zoom are back");
        }
        let skipped = u32::try_from(self.skipped.len() + self.unread).unwrap_or(u32::MAX);
        Ok(Pulled { ending: Ending::Whole, skipped, unseen: self.unseen, news: self.news })
    }

    /// What the user hosts, with the generation of the pages. A list with rows that can't be read is not complete.
    async fn hosted(&mut self, began: DateTime<Utc>) -> Result<(i64, Option<CompleteList>), Error> {
        let failed = zoom_failed(self.cx);
        let mut began_ms = began.timestamp_millis();
        let mut generation = self.cx.store.read(meetings::last_generation).await? + 1;
        let (mut done, mut unread) = (0_u32, 0);
        {
            let mut steps = std::pin::pin!(self.zoom.api.meetings().walk(MeetingList::of(ListType::Scheduled)));
            while let Some(step) = steps.try_next().await.map_err(&failed)? {
                match step {
                    ListStep::Page(page) => {
                        let now_ms = self.cx.now_ms();
                        let mut rows = Vec::new();
                        for item in &page.items {
                            let row = summary(item, &self.zoom.user_id, now_ms);
                            let series = is_series(item);
                            if series || row.meeting.is_host {
                                self.listed.hosted(item, &row);
                            }
                            // Of a series it does not tell which date; the series itself knows.
                            rows.extend((!series).then_some(row));
                        }
                        done += u32::try_from(page.items.len()).unwrap_or(0);
                        self.store(rows, Vec::new(), generation).await?;
                        self.cx.status().progress(Provider::Zoom, done);
                        self.cx.changed(&[Tag::Progress]);
                    }
                    ListStep::Restarted => {
                        (began_ms, generation) = (self.cx.now_ms(), generation + 1);
                        self.listed.clear();
                    }
                    ListStep::Complete { skipped } => unread += skipped,
                }
            }
        }
        self.unread += unread;
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
        for item in &page.items {
            self.listed.upcoming(item);
        }
        self.store(invited(&page.items, self.cx.now_ms()), Vec::new(), generation).await?;
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

    /// Which meetings are to be read whole.
    async fn due(&mut self) -> Result<Vec<MeetingId>, Error> {
        let ids: Vec<i64> = self.listed.ids().map(number).collect();
        let known = self.cx.store.read(move |db| meetings::known_details(db, &ids)).await?;
        let occasion = Occasion { now: self.cx.now(), asked: self.asked };
        let known = |id| known.get(&number(id)).cloned();
        self.news |= self.listed.has_news(known);
        let mut due = self.listed.due(occasion, known);
        let refused = self.cx.state::<Refused>();
        due.retain(|id| !self.listed.is_over(*id, occasion.now) || refused.0.is_due(id.0, REFUSED_AGAIN, occasion.now));
        Ok(due)
    }

    /// The list named these series, and there is nothing new of them: their dates still take place.
    async fn spare(&self, series: impl Iterator<Item = &MeetingId>, generation: i64) -> Result<(), Error> {
        let numbers: Vec<i64> = series.copied().map(number).collect();
        let spare = move |tx: &Transaction<'_>| numbers.iter().try_for_each(|id| meetings::spare(tx, *id, generation));
        self.cx.write_for(self.owner, spare).await
    }

    /// Reads meetings whole; of a series, each of its dates. Those that can't be read are not taken for gone.
    async fn whole(&mut self, ids: Vec<MeetingId>, generation: i64) -> Result<(), Error> {
        let zoom = self.zoom;
        let mut answers = futures::stream::iter(ids)
            .map(|id| async move { (id, zoom.api.meetings().get(id).await) })
            .buffer_unordered(AT_ONCE);
        let mut unread = BTreeSet::new();
        while let Some((id, answer)) = answers.next().await {
            if let Some(meeting) = self.read(id, answer)? {
                let told = self.listed.digest(id).map(|digest| (number(id), digest));
                self.store(occurrences(&meeting, self.cx.now_ms()), told.into_iter().collect(), generation).await?;
            } else {
                unread.insert(id);
                self.cx.state::<Refused>().0.note(id.0, self.cx.now());
            }
        }
        drop(answers);
        self.spare(unread.iter(), generation).await
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
        // What is over says nothing of what is to come.
        self.trouble += u32::from(trouble && !self.listed.is_over(id, self.cx.now()));
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

    /// Rows, what the lists told of those that were read whole, and the cursor in one transaction.
    async fn store(&self, rows: Vec<FetchedMeeting>, told: Vec<(i64, Vec<u8>)>, generation: i64) -> Result<(), Error> {
        let (sealer, now_ms) = (self.cx.store.sealer(), self.cx.now_ms());
        self.cx
            .write_for(self.owner, move |tx| {
                meetings::upsert_page(tx, &sealer, &rows, generation)?;
                for (id, digest) in &told {
                    meetings::note_listed(tx, *id, digest)?;
                }
                cursors::set(tx, MEETINGS, &generation.to_string(), now_ms)
            })
            .await
    }
}

/// As the store keeps it.
fn number(id: MeetingId) -> i64 {
    i64::try_from(id.0).unwrap_or(i64::MAX)
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
