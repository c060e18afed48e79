//! Voicemails: the last month each time, for messages are listened to and deleted elsewhere; everything Zoom keeps at
//! first.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use liaison_domain::text;
use liaison_store::tables::voicemails::{self as table, VoicemailRecord};
use liaison_store::tables::{accounts, cursors};
use liaison_zoom::{CallWindow, ErrorKind, Voicemail, VoicemailFilter, VoicemailStatus, ZoomLinks, ZoomTime};

use super::Room;
use crate::context::{Context, Owner, ZoomAccount};
use crate::engine::Engine;
use crate::failure::Error;
use crate::pull::access::{Access, Failed, RoomAccess, failed};
use crate::pull::{Ending, Pull, Pulled, Rhythm, Seen};
use crate::terms::{Provider, Tag};

const RHYTHM: Rhythm =
    Rhythm { every: TimeDelta::minutes(10), watched: TimeDelta::minutes(10), unwatched: TimeDelta::hours(1) };
/// Its completion tells that the past is here.
const VOICEMAILS: &str = "zoom.voicemails";
const PAST: TimeDelta = TimeDelta::days(180);
const LATELY: TimeDelta = TimeDelta::days(30);
/// At the beginning of a list a message that is not on it may lie outside all the same: Zoom may begin the list with a
/// day of other clocks.
const EDGE: TimeDelta = TimeDelta::days(1);
/// Messages read whole in one round.
const MOST_DETAILS: u32 = 20;
const MOST_PAGES: u32 = 40;
/// A written message may be longer than a name.
const MAX_TRANSCRIPT: usize = 20_000;
const MAX_TEXT: usize = 255;

/// The rep's messages.
pub(crate) struct Voicemails;

/// The messages, as what may be read of them is told by: calls may be read without them.
pub(super) struct Messages;

impl Pull for Voicemails {
    fn name(&self) -> &'static str {
        "voicemails"
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
            // Whether there is a telephone is found out by the calls.
            if cx.state::<Access<Room>>().get() != RoomAccess::Ready {
                return Ok(Pulled::default());
            }
            let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
            let told = cx.state::<Access<Messages>>();
            match pull(cx, &zoom, &owner).await {
                Ok(pulled) => {
                    told.set(RoomAccess::Ready, cx.now());
                    Ok(pulled)
                }
                // Calls are read without this right; only the messages are missing.
                Err(Failed::Access(access)) => {
                    tracing::info!(?access, "the voicemails can't be read");
                    told.set(access, cx.now());
                    Ok(Pulled { ending: Ending::Idle, unseen: true, ..Pulled::default() })
                }
                Err(Failed::Command(error)) => Err(error),
            }
        })
    }
}

impl Engine {
    /// Opens the user's own pages of Zoom Phone, where messages and recordings are played: Zoom has no address for a
    /// single one of them.
    ///
    /// # Errors
    /// [`Error::NotConnected`], or no browser.
    pub async fn open_zoom_phone(&self) -> Result<(), Error> {
        let cx = self.profile().await?;
        if cx.zoom().is_none() {
            return Err(Error::NotConnected { provider: Provider::Zoom });
        }
        let stored = cx.store.read(|db| accounts::get(db, Provider::Zoom)).await?;
        let hint = cx.zoom_api_hint(stored.as_ref().and_then(|account| account.api_url.as_deref()));
        let api = liaison_zoom::validated_api_base(hint, cx.on_loopback()).map_err(Error::host(Provider::Zoom))?;
        let page = ZoomLinks::new(cx.on_loopback()).telephone(&api);
        self.config().desktop.open(page.expose()).map_err(Error::Desktop)
    }
}

/// From when on it is known whether messages have been listened to: what is older is read no more.
pub(super) fn followed_since_ms(now_ms: i64) -> i64 {
    now_ms - LATELY.num_milliseconds()
}

async fn pull(cx: &Arc<Context>, zoom: &ZoomAccount, owner: &Owner) -> Result<Pulled, Failed> {
    let now = cx.now();
    let known = cx.store.read(|db| cursors::get(db, VOICEMAILS)).await.map_err(Error::from)?;
    let whole = known.is_some_and(|cursor| cursor.complete_utc_ms.is_some());
    let from = now - if whole { LATELY } else { PAST };
    let mut pulled = Pulled { ending: Ending::Whole, ..Pulled::default() };
    let (mut listed, mut all_listed) = (Vec::new(), true);
    for window in CallWindow::split(from, now) {
        let filter = VoicemailFilter { window: Some(window), status: None };
        let mut token = None;
        for _ in 0..MOST_PAGES {
            let page = zoom.api.phone().voicemails(&filter, token.as_deref()).await.map_err(failed(cx))?;
            pulled.skipped += u32::try_from(page.skipped.len()).unwrap_or(u32::MAX);
            all_listed &= page.skipped.is_empty();
            listed.extend(page.items.iter().map(|message| message.id.clone()));
            let rows: Vec<VoicemailRecord> = page.items.iter().filter_map(|message| record(message, None)).collect();
            pulled.news |= cx.write_for(owner, move |tx| table::put(tx, &rows)).await? > 0;
            token = page.next_page_token.filter(|token| !token.is_empty());
            if token.is_none() {
                break;
            }
        }
        all_listed &= token.is_none();
    }
    let (now_ms, edge_ms) = (now.timestamp_millis(), (from + EDGE).timestamp_millis());
    let deleted = cx
        .write_for(owner, move |tx| {
            cursors::complete(tx, VOICEMAILS, "", now_ms)?;
            if all_listed { table::keep_only(tx, edge_ms, now_ms, &listed) } else { Ok(0) }
        })
        .await?;
    pulled.news |= deleted > 0;
    let since_ms = followed_since_ms(now_ms);
    let unread =
        cx.store.read(move |db| table::without_details(db, since_ms, MOST_DETAILS)).await.map_err(Error::from)?;
    for id in unread {
        match zoom.api.phone().voicemail(&id).await {
            Ok(message) => {
                let row = record(&message, Some(now_ms));
                cx.write_for(owner, move |tx| table::put(tx, row.as_slice())).await?;
            }
            // Deleted meanwhile, most likely; Zoom says so with the code of a value that it does not take. The others are
            // read all the same, and this one is not asked for in each round.
            Err(error) if matches!(error.kind(), Some(ErrorKind::NotFound | ErrorKind::Validation)) => {
                cx.write_for(owner, move |tx| table::without_more(tx, &id, now_ms)).await?;
            }
            Err(error) => return Err(failed(cx)(error)),
        }
    }
    Ok(pulled)
}

fn record(told: &Voicemail, details_utc_ms: Option<i64>) -> Option<VoicemailRecord> {
    let clean = |text: &Option<String>| {
        text.as_ref().map(|text| text::single_line(text, MAX_TEXT)).filter(|text| !text.is_empty())
    };
    let spoken = told.date_time.and_then(ZoomTime::utc)?;
    let written = told.transcription.as_ref().and_then(|transcription| transcription.content.as_ref());
    Some(VoicemailRecord {
        id: told.id.clone(),
        call_id: told.call_id.clone(),
        leg_id: told.call_element_id.clone().or_else(|| told.call_log_id.clone()),
        spoken_utc_ms: spoken.timestamp_millis(),
        seconds: told.duration_seconds.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or_default(),
        unread: told.status != Some(VoicemailStatus::Read),
        caller_name: clean(&told.caller_name),
        caller_number: clean(&told.caller_number),
        transcript: written.map(|text| text::multi_line(text, MAX_TRANSCRIPT)).filter(|text| !text.is_empty()),
        details_utc_ms,
    })
}
