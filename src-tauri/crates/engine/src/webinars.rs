//! Webinars: pulled from Zoom, listed, made and changed; registrants sorted and registered; who came.

mod attendance;
mod campaign;
mod campaign_block;
mod check;
mod decide;
mod detail;
mod export;
mod file;
mod follow_up;
mod gather;
pub(crate) mod kinds;
mod lead;
mod left;
mod list;
mod mail;
mod member_details;
mod one_click;
mod open;
mod pasted;
pub(crate) mod pull;
mod questions;
mod register;
mod registrants;
mod results;
mod rows;
mod sheet;
mod stored;
mod templates;
pub(crate) mod view;

pub(crate) use attendance::seen_minutes;
use chrono::{DateTime, Utc};
pub(crate) use gather::{is_in_doubt, owners};
use liaison_domain::zones::Zone;
use liaison_store::tables::webinars::WebinarRecord;
use liaison_store::{Connection, StoreResult};
use view::WebinarRow;

/// The room, as what it may read is told by.
pub(crate) struct Room;

/// Webinars of other rooms as rows.
pub(crate) fn rows_of(
    db: &Connection,
    records: &[WebinarRecord],
    now: DateTime<Utc>,
    zone: Zone,
) -> StoreResult<Vec<WebinarRow>> {
    records.iter().map(|record| rows::row(db, record, rows::Eyes { now, zone })).collect()
}
