//! Calls: Zoom's sync from where it stopped, the past month by month, and the last days compared once in a while.
//!
//! Each page and the place that it leads to are one transaction, so a kill in the middle repeats a page at the worst,
//! and a page that comes twice changes nothing.

mod compare;
mod past;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::calls::Leg;
use liaison_store::tables::cursors;
use liaison_zoom::{CallHistoryFilter, CallLeg, CallSync, CallWindow, ErrorKind, SyncToken, ZoomError};

use self::past::Form;
use super::awaited::{self, Look};
use super::stored::Place;
use super::{Room, leg, region, settle, take};
use crate::context::{Context, Owner, ZoomAccount};
use crate::failure::Error;
use crate::pull::access::{Access, Failed, RoomAccess, failed};
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen};
use crate::terms::{Provider, Tag};

pub(super) const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(2), watched: TimeDelta::minutes(2), unwatched: TimeDelta::minutes(10) };
/// The cursor whose completion tells how old the copy is.
pub(super) const CALLS: &str = "zoom.calls";
/// Zoom keeps six months; a little less, so that the first day asked for is one it still has.
const PAST: TimeDelta = TimeDelta::days(180);
/// The longest stretch in one question.
const MONTH: TimeDelta = TimeDelta::days(31);
/// Legs may come so late.
const LATE: TimeDelta = TimeDelta::days(1);
/// Pages of one round; the next one takes the rest.
const MOST_SYNCS: u32 = 20;
const MOST_PAGES: u32 = 20;
/// Who the user is on the telephone is asked again after this time.
const ASK_AGAIN: TimeDelta = TimeDelta::hours(24);
/// Whether there is a licence by now is asked again after this time.
const LICENCE_AGAIN: TimeDelta = TimeDelta::minutes(10);

/// The rep's calls.
pub(crate) struct Calls;

impl Pull for Calls {
    fn name(&self) -> &'static str {
        "calls"
    }

    fn service(&self) -> Provider {
        Provider::Zoom
    }

    fn tag(&self) -> Tag {
        Tag::Calls
    }

    fn due(&self, seen: &Seen) -> Option<DateTime<Utc>> {
        Some(seen.due(RHYTHM))
    }

    fn run<'a>(&'a self, cx: &'a Arc<Context>) -> BoxFuture<'a, Result<Pulled, Error>> {
        Box::pin(async move {
            let zoom = cx.zoom().ok_or(Error::NotConnected { provider: Provider::Zoom })?;
            let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
            let stored = cx.store.read(|db| cursors::get(db, CALLS)).await?;
            let place = stored.map(|cursor| Place::read(&cursor.value)).unwrap_or_default();
            let mut round = Round { cx, zoom: &zoom, owner: &owner, place, skipped: 0, news: false };
            match round.run().await {
                Ok(ending) => {
                    let (skipped, news) = (round.skipped, round.news);
                    let matched = settle::run(cx).await?;
                    let pulled = Pulled { ending, skipped, unseen: false, news: news || matched };
                    Ok(match awaited::look(cx).await? {
                        Look::Soon => Pulled { ending: Ending::InPart, ..pulled },
                        // Something is expected, so the rounds don't grow apart.
                        Look::Often => Pulled { news: true, ..pulled },
                        Look::AsUsual => pulled,
                    })
                }
                Err(Failed::Access(access)) => {
                    tracing::info!(?access, "the calls can't be read");
                    // Without a licence there are no calls that were not seen.
                    let unseen = access != RoomAccess::NoLicence;
                    cx.state::<Access<Room>>().set(access, cx.now());
                    Ok(Pulled { ending: Ending::Idle, unseen, ..Pulled::default() })
                }
                Err(Failed::Command(error)) => Err(error),
            }
        })
    }
}

/// How far a sync came.
enum Synced {
    Whole,
    InPart,
    /// The account knows no sync.
    InTheFirstForm,
}

/// One round.
struct Round<'a> {
    cx: &'a Arc<Context>,
    zoom: &'a ZoomAccount,
    owner: &'a Owner,
    place: Place,
    skipped: u32,
    news: bool,
}

impl Round<'_> {
    async fn run(&mut self) -> Result<Ending, Failed> {
        let now = self.cx.now();
        let access = self.cx.state::<Access<Room>>();
        if access.is_refused_within(LICENCE_AGAIN, now) {
            return Ok(Ending::Idle);
        }
        self.who().await?;
        let up_to_date = match self.sync().await? {
            Synced::Whole => true,
            Synced::InPart => false,
            Synced::InTheFirstForm => {
                let filled = self.first_form().await?;
                access.set(RoomAccess::Ready, now);
                return Ok(if filled { Ending::Whole } else { Ending::InPart });
            }
        };
        access.set(RoomAccess::Ready, now);
        let filled = self.fill(Form::Legs).await?;
        let compared = up_to_date && self.compare(filled).await?;
        Ok(if filled && compared { Ending::Whole } else { Ending::InPart })
    }

    /// Who the user is on the telephone, and with it the country in which their numbers are read.
    async fn who(&mut self) -> Result<(), Failed> {
        let now_ms = self.cx.now_ms();
        let age = now_ms - self.place.me_asked_ms;
        if !self.place.me.is_unknown() && (0..ASK_AGAIN.num_milliseconds()).contains(&age) {
            return Ok(());
        }
        match self.zoom.api.phone().user().await {
            Ok(Some(user)) => self.place.me = leg::me(&user),
            Ok(None) => return Err(Failed::Access(RoomAccess::NoLicence)),
            // The list may be read without: it is the user's own.
            Err(error) if matches!(error.kind(), Some(ErrorKind::ScopeMissing { .. })) => {}
            Err(error) => return Err(failed(self.cx)(error)),
        }
        self.place.me_asked_ms = now_ms;
        let country = self.place.me.numbers.iter().find_map(|number| {
            take::number(Some(number), false, liaison_domain::phone::Regions::default()).ok()?.country()
        });
        let computer = (self.cx.config().region)();
        self.cx
            .write_for(self.owner, move |tx| {
                region::keep_of_zoom(tx, country.as_deref())?;
                settle::follow_rules(tx, computer.as_deref())
            })
            .await?;
        Ok(())
    }

    /// Takes what is new.
    async fn sync(&mut self) -> Result<Synced, Failed> {
        for _ in 0..MOST_SYNCS {
            let known = self.place.token.clone();
            let sync = known.as_ref().map_or(CallSync::Full, |token| CallSync::Newer(SyncToken::new(token.as_str())));
            let page = match self.zoom.api.phone().sync(&sync).await {
                Ok(page) => page,
                // A token that Zoom no longer knows: the newest again, and what may lie between is filled.
                Err(error) if known.is_some() && is_refused_token(&error) => {
                    tracing::info!("the sync begins anew: its token has run out");
                    self.place.token = None;
                    continue;
                }
                Err(error) if known.is_none() && error.is_not_found() => return Ok(Synced::InTheFirstForm),
                Err(error) => return Err(failed(self.cx)(error)),
            };
            let now_ms = self.cx.now_ms();
            let up_to_date = page.legs.is_empty() && page.skipped.is_empty();
            self.skipped += u32::try_from(page.skipped.len()).unwrap_or(u32::MAX);
            if known.is_none() {
                self.plan_fill(now_ms, self.place.synced_ms);
                self.place.first_form_ms = None;
            }
            let told = page.token.map(|token| token.as_str().to_owned());
            let stands_still = told == known;
            self.place.token = told.or(known);
            let done = up_to_date || stands_still;
            if done {
                self.place.synced_ms = Some(now_ms);
            }
            self.keep(legs(&page.legs), done).await?;
            if done {
                return Ok(Synced::Whole);
            }
        }
        Ok(Synced::InPart)
    }

    /// Keeps a page and the place after it.
    async fn keep(&mut self, legs: Vec<Leg>, complete: bool) -> Result<(), Failed> {
        let (me, value, now_ms) = (self.place.me.clone(), self.place.text(), self.cx.now_ms());
        let changed = self
            .cx
            .write_for(self.owner, move |tx| {
                let changed = take::take(tx, legs, &me, now_ms)?;
                if complete {
                    cursors::complete(tx, CALLS, &value, now_ms)?;
                } else {
                    cursors::set(tx, CALLS, &value, now_ms)?;
                }
                Ok(changed)
            })
            .await?;
        self.news |= changed > 0;
        Ok(())
    }
}

fn filter(from_ms: i64, to_ms: i64) -> Option<CallHistoryFilter> {
    window(from_ms, to_ms).map(CallHistoryFilter::within)
}

fn window(from_ms: i64, to_ms: i64) -> Option<CallWindow> {
    // Zoom reads whole seconds; the one that has begun belongs to the stretch.
    let (from, to) = (
        DateTime::from_timestamp(from_ms.div_euclid(1_000), 0)?,
        DateTime::from_timestamp((to_ms + 999).div_euclid(1_000), 0)?,
    );
    CallWindow::new(from.max(to - MONTH), to).ok()
}

fn legs(told: &[CallLeg]) -> Vec<Leg> {
    told.iter().filter_map(leg::leg).collect()
}

fn is_refused_token(error: &ZoomError) -> bool {
    matches!(error.kind(), Some(ErrorKind::Validation | ErrorKind::PageTokenExpired | ErrorKind::NotFound))
}

fn is_refused_page(error: &ZoomError) -> bool {
    matches!(error.kind(), Some(ErrorKind::PageTokenExpired))
}
