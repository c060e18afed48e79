//! Past meetings: which of them were held, and of each time that it was what is still missing. A round that finds
//! nothing due asks Zoom for nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_store::tables::meeting_instances::{self as table, Held as HeldRow, InstanceRecord};
use liaison_store::tables::meetings;
use liaison_zoom::MeetingId;

use super::event::Afterwards;
use super::{Held, Recorded, SummedUp, due, listed, read};
use crate::context::{Context, Owner, ZoomAccount};
use crate::failure::Error;
use crate::pull::access::{Access, Failed, RoomAccess, failed};
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen};
use crate::terms::{Provider, Tag};

const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(2), watched: TimeDelta::minutes(4), unwatched: TimeDelta::minutes(10) };
/// Numbers and instances of one round; the next one takes the rest.
const MOST_NUMBERS: usize = 12;
const MOST_INSTANCES: usize = 12;
const MOST_RECORDINGS: u32 = 10;
/// Whether what was refused may be read by now is asked again after this time.
pub(super) const REFUSED_AGAIN: TimeDelta = TimeDelta::minutes(10);
/// What ended so lately goes before what Zoom forgets next.
const LATELY: TimeDelta = TimeDelta::days(2);

/// What became of the rep's own meetings.
pub(crate) struct Past;

impl Pull for Past {
    fn name(&self) -> &'static str {
        "past meetings"
    }

    fn service(&self) -> Provider {
        Provider::Zoom
    }

    fn tag(&self) -> Tag {
        Tag::Meetings
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
            let mut round = Round { cx, zoom: &zoom, owner: &owner, asked, did: Pulled::default() };
            let ending = round.run().await?;
            answered.0.store(wishes, Ordering::Relaxed);
            Ok(Pulled { ending, ..round.did })
        })
    }
}

/// How often somebody had wanted to see what is new when the last round began.
#[derive(Default)]
struct Answered(AtomicU64);

/// One round.
pub(super) struct Round<'a> {
    pub cx: &'a Arc<Context>,
    pub zoom: &'a ZoomAccount,
    pub owner: &'a Owner,
    /// Somebody wants to see what is new.
    pub asked: bool,
    pub did: Pulled,
}

impl Round<'_> {
    async fn run(&mut self) -> Result<Ending, Error> {
        let now = self.cx.now();
        let mut whole = true;
        if !self.is_refused::<Held>() {
            let mut numbers = self.numbers(now).await?;
            whole &= numbers.len() <= MOST_NUMBERS;
            numbers.truncate(MOST_NUMBERS);
            for number in numbers {
                self.instances(number.meeting_id).await?;
            }
        }
        let since = (now - due::FORGOTTEN).timestamp_millis();
        let open = self.cx.store.read(move |db| table::open(db, since)).await?;
        let mut wanted: Vec<InstanceRecord> =
            open.into_iter().filter(|one| self.allowed(due::parts(one, self.asked, now)).any()).collect();
        whole &= wanted.len() <= MOST_INSTANCES;
        in_order(&mut wanted, |one| one.started_utc_ms, now);
        wanted.truncate(MOST_INSTANCES);
        for one in &wanted {
            self.one(one).await?;
        }
        if !self.is_refused::<Recorded>() {
            for (day, before) in due::last_days(now) {
                let day = day.to_string();
                let again =
                    move |db: &liaison_store::Connection| table::to_look_at_again(db, &day, before, MOST_RECORDINGS);
                for one in self.cx.store.read(again).await? {
                    let read = read::recordings(self, &one).await;
                    self.part::<Recorded>(read)?;
                }
            }
        }
        let afterwards = Afterwards::of(self.cx);
        if self.cx.store.write(move |tx| afterwards.follow_all(tx)).await? {
            self.cx.outbox_changed();
        }
        Ok(if whole { Ending::Whole } else { Ending::InPart })
    }

    /// The numbers that are to be asked for the times that they were held.
    async fn numbers(&self, now: DateTime<Utc>) -> Result<Vec<HeldRow>, Error> {
        let (now_ms, since) = (now.timestamp_millis(), (now - due::FORGOTTEN).timestamp_millis());
        let again = due::HELD_UNTIL.num_milliseconds();
        let mut numbers = self.cx.store.read(move |db| table::may_be_held(db, now_ms, since, again)).await?;
        numbers.retain(|held| due::instances(held, self.asked, now));
        in_order(&mut numbers, |held| held.begun_utc_ms, now);
        Ok(numbers)
    }

    async fn instances(&mut self, number: i64) -> Result<(), Error> {
        let id = MeetingId(u64::try_from(number).unwrap_or_default());
        let told = match self.zoom.api.past_meetings().instances(id).await {
            Ok(page) => {
                self.did.skipped += u32::try_from(page.skipped.len()).unwrap_or(u32::MAX);
                page.items
            }
            // It has not been held, or Zoom has forgotten the number.
            Err(error) => match self.nothing(error) {
                Ok(_) => Vec::new(),
                Err(unread) => return self.part::<Held>(Err(unread)),
            },
        };
        let now_ms = self.cx.now_ms();
        let added = self
            .cx
            .write_for(self.owner, move |tx| {
                let rows = meetings::by_meeting_id(tx, number)?;
                table::looked(tx, number, &listed::listed(id.0, &told, &rows), now_ms)
            })
            .await?;
        self.did.news |= added > 0;
        Ok(())
    }

    /// What is due of one instance: one part that can't be read hides none of the others.
    async fn one(&mut self, one: &InstanceRecord) -> Result<(), Error> {
        let parts = self.allowed(due::parts(one, self.asked, self.cx.now()));
        let mut one = one.clone();
        if parts.details {
            let read = read::details(self, &mut one).await;
            self.part::<Held>(read)?;
        }
        if parts.people && !self.is_refused::<Held>() {
            let read = read::people(self, &one).await;
            self.part::<Held>(read)?;
        }
        if parts.recordings && !self.is_refused::<Recorded>() {
            let read = read::recordings(self, &one).await;
            self.part::<Recorded>(read)?;
        }
        if parts.summary && !self.is_refused::<SummedUp>() {
            let read = read::summary(self, &one).await;
            self.part::<SummedUp>(read)?;
        }
        Ok(())
    }

    fn allowed(&self, parts: due::Parts) -> due::Parts {
        due::Parts {
            details: parts.details && !self.is_refused::<Held>(),
            people: parts.people && !self.is_refused::<Held>(),
            recordings: parts.recordings && !self.is_refused::<Recorded>(),
            summary: parts.summary && !self.is_refused::<SummedUp>(),
        }
    }

    fn is_refused<Part: Send + Sync + 'static>(&self) -> bool {
        self.cx.state::<Access<Part>>().is_refused_within(REFUSED_AGAIN, self.cx.now())
    }

    /// What an attempt to read a part says of the part. A refusal that is about the right to read it is told and keeps
    /// the rest going; what concerns all of Zoom ends the round.
    fn part<Part: Send + Sync + 'static>(&mut self, read: Result<(), read::Unread>) -> Result<(), Error> {
        let (access, now) = (self.cx.state::<Access<Part>>(), self.cx.now());
        let error = match read {
            Ok(()) => {
                access.set(RoomAccess::Ready, now);
                return Ok(());
            }
            Err(read::Unread::Engine(error)) => return Err(error),
            Err(read::Unread::Zoom(error)) => error,
        };
        match failed(self.cx)(error) {
            Failed::Access(refused) => {
                tracing::info!(access = ?refused, "a part of past meetings can't be read");
                access.set(refused, now);
                self.did.unseen = true;
                Ok(())
            }
            Failed::Command(error) => Err(error),
        }
    }
}

/// What ended lately first, the newest at the front; then what Zoom forgets next.
fn in_order<T>(all: &mut [T], began: impl Fn(&T) -> Option<i64>, now: DateTime<Utc>) {
    let lately = (now - LATELY).timestamp_millis();
    all.sort_by_key(|one| {
        let began = began(one).unwrap_or_default();
        if began >= lately { (0, -began) } else { (1, began) }
    });
}
