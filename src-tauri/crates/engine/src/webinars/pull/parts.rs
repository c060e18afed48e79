//! Panel, questions and tracking links of a webinar: short lists that are read whole.

use std::sync::Arc;

use chrono::TimeDelta;
use liaison_store::tables::webinar_people::{self, FetchedPanelist, SourceRecord};
use liaison_store::tables::webinars::{self, WebinarAges, WebinarPart, WebinarRecord};
use liaison_zoom::{ErrorKind, WebinarId, ZoomError};

use super::roster::Unread;
use super::{number, record};
use crate::context::{Context, Owner, ZoomAccount};
use crate::pull::is_older;
use crate::webinars::stored::Questions;

/// They change seldom.
const AGAIN: TimeDelta = TimeDelta::hours(6);

/// Reads what is due; a part that this user may not read is left out.
pub(crate) async fn read(
    cx: &Arc<Context>,
    zoom: &ZoomAccount,
    owner: &Owner,
    record: &WebinarRecord,
    ages: &WebinarAges,
) -> Result<(), Unread> {
    let now = cx.now();
    if is_older(ages.panel_utc_ms, AGAIN, now) {
        unless_refused(panel(cx, zoom, owner, record).await)?;
    }
    if is_older(ages.questions_utc_ms, AGAIN, now) {
        unless_refused(questions(cx, zoom, owner, record).await)?;
    }
    if is_older(ages.sources_utc_ms, AGAIN, now) {
        unless_refused(sources(cx, zoom, owner, record).await)?;
    }
    Ok(())
}

fn unless_refused(read: Result<(), Unread>) -> Result<(), Unread> {
    match read {
        Err(Unread::Zoom(error)) if is_a_right(&error) => {
            tracing::info!(%error, "a part of a webinar may not be read");
            Ok(())
        }
        read => read,
    }
}

fn is_a_right(error: &ZoomError) -> bool {
    matches!(error.kind(), Some(ErrorKind::ScopeMissing { .. } | ErrorKind::Forbidden | ErrorKind::RegistrationOff))
}

/// Who speaks.
pub(crate) async fn panel(
    cx: &Arc<Context>,
    zoom: &ZoomAccount,
    owner: &Owner,
    record: &WebinarRecord,
) -> Result<(), Unread> {
    let page = zoom.api.webinars().panelists(WebinarId(number(record))).await?;
    let rows: Vec<FetchedPanelist> = page.items.iter().filter_map(|told| record::panelist(&record.key, told)).collect();
    let (key, sealer, now_ms) = (record.key.clone(), cx.store.sealer(), cx.now_ms());
    let kept = cx.write_for(owner, move |tx| {
        webinar_people::put_panel(tx, &sealer, &key, &rows)?;
        webinars::was_read(tx, &key, WebinarPart::Panel, now_ms)
    });
    Ok(kept.await?)
}

async fn questions(cx: &Arc<Context>, zoom: &ZoomAccount, owner: &Owner, record: &WebinarRecord) -> Result<(), Unread> {
    let told = zoom.api.webinars().registrants(WebinarId(number(record))).questions().await?;
    let (key, json, now_ms) = (record.key.clone(), Questions::told(&told).json(), cx.now_ms());
    Ok(cx.write_for(owner, move |tx| webinars::put_questions(tx, &key, &json, now_ms)).await?)
}

async fn sources(cx: &Arc<Context>, zoom: &ZoomAccount, owner: &Owner, record: &WebinarRecord) -> Result<(), Unread> {
    let page = zoom.api.webinars().tracking_sources(WebinarId(number(record))).await?;
    let rows: Vec<SourceRecord> = page.items.iter().map(record::source).collect();
    let (key, now_ms) = (record.key.clone(), cx.now_ms());
    let kept = cx.write_for(owner, move |tx| {
        webinar_people::put_sources(tx, &key, &rows)?;
        webinars::was_read(tx, &key, WebinarPart::Sources, now_ms)
    });
    Ok(kept.await?)
}
