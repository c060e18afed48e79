//! All registrants of a webinar: each list of Zoom's to its end, and only then who is missing.

use std::sync::Arc;

use futures::TryStreamExt;
use liaison_store::tables::webinar_registrants::{self as table, FetchedRegistrant, RegistrantStatus as Status};
use liaison_store::tables::webinars::{self, WebinarPart};
use liaison_zoom::{ListStep, RegistrantList, RegistrantStatus, WebinarId, ZoomError};

use super::record;
use crate::context::{Context, Owner, ZoomAccount};
use crate::failure::Error;

/// Zoom lists one status at a time.
const LISTS: [(RegistrantStatus, Status); 3] = [
    (RegistrantStatus::Approved, Status::Approved),
    (RegistrantStatus::Pending, Status::Pending),
    (RegistrantStatus::Denied, Status::Denied),
];

/// Why lists were not read to their ends.
#[derive(Debug)]
pub(crate) enum Unread {
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

/// Reads all registrants; answers how many could not be read, of whom nobody knows who they are.
pub(crate) async fn read(cx: &Arc<Context>, zoom: &ZoomAccount, owner: &Owner, key: &str) -> Result<u32, Unread> {
    let Ok(number) = key.parse::<u64>() else { return Ok(0) };
    let (began_ms, webinar) = (cx.now_ms(), key.to_owned());
    let generation = cx.write_for(owner, move |tx| table::begin_reading(tx, &webinar)).await?;
    let mut unread = 0;
    for (asked, status) in LISTS {
        let registrants = zoom.api.webinars().registrants(WebinarId(number));
        let mut steps = std::pin::pin!(registrants.walk(RegistrantList::of(asked)));
        while let Some(step) = steps.try_next().await? {
            match step {
                ListStep::Page(page) => {
                    let now_ms = cx.now_ms();
                    let told = page.items.iter();
                    let rows: Vec<FetchedRegistrant> =
                        told.filter_map(|told| record::registrant(key, told, status, now_ms)).collect();
                    unread += page.items.len() - rows.len();
                    let sealer = cx.store.sealer();
                    cx.write_for(owner, move |tx| table::upsert(tx, &sealer, &rows, generation)).await?;
                }
                // What was read stays; the next pages say the same.
                ListStep::Restarted => {}
                ListStep::Complete { skipped } => unread += skipped,
            }
        }
    }
    let (webinar, now_ms) = (key.to_owned(), cx.now_ms());
    cx.write_for(owner, move |tx| {
        // A list with rows that can't be read takes nobody for cancelled.
        if unread == 0 {
            table::end_reading(tx, &webinar, generation, began_ms)?;
        }
        webinars::was_read(tx, &webinar, WebinarPart::Roster, now_ms)
    })
    .await?;
    Ok(u32::try_from(unread).unwrap_or(u32::MAX))
}
