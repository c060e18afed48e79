//! The kind *panelist*: people are added to a panel and taken from it. Zoom knows them by their address.

use std::sync::Arc;

use liaison_domain::email;
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord};
use liaison_store::tables::{webinar_people, webinars};
use liaison_store::{StoreResult, planted};
use liaison_transport::BoxFuture;
use liaison_zoom::{NewPanelist, WebinarId};

use super::sending::{FRESH, SETTLING, Sending};
use super::{Place, refusal, shown};
use crate::context::Context;
use crate::failure::Error;
use crate::outbox::kind::{Found, Kind, Made, Outcome, one_by_one};
use crate::outbox::reason::{Need, Reason, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::target::Target;
use crate::outbox::view::{FieldValue, OutboxWhat};
use crate::pull::is_older;
use crate::webinars::pull::parts;
use crate::webinars::pull::roster::Unread;
use crate::webinars::stored::PanelChange;

/// Its name in the table.
pub(crate) const PANELIST: &str = "panelist";

pub(crate) struct PanelistKind;

/// A change of the panel as a row.
pub(crate) fn operation(place: &Place<'_>, change: &PanelChange, action: OutboxAction) -> NewOperation {
    let key = format!("{}:{}", change.webinar, email::folded(&change.email));
    NewOperation {
        identity: key.clone(),
        order_key: format!("panelist:{key}"),
        subject_key: key,
        title: change.topic.clone(),
        person_name: Some(change.name.clone()).filter(|name| !name.is_empty()).or(Some(change.email.clone())),
        payload_json: change.json(),
        record_id: change.panelist.clone(),
        ..place.operation(PANELIST, action)
    }
}

impl Kind for PanelistKind {
    fn name(&self) -> &'static str {
        PANELIST
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(one_by_one(rows, move |row| send(cx, row)))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(one_by_one(rows, move |row| look_up(cx, row)))
    }

    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let change = PanelChange::read(&row.payload_json)?;
        let target = Target { key: row.target.clone(), name: row.target_name.clone() };
        let back = match row.action {
            OutboxAction::Create => OutboxAction::Delete,
            OutboxAction::Delete => OutboxAction::Create,
            OutboxAction::Update => return None,
        };
        Some(operation(&Place { target: &target, group: None, now_ms, hold_ms: 0 }, &change, back))
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let Some(change) = PanelChange::read(&row.payload_json) else { return Vec::new() };
        vec![shown("Name", &change.name), shown("Email", &change.email)]
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Delete => OutboxWhat::RemovePanelist,
            _ => OutboxWhat::AddPanelist,
        }
    }
}

async fn send(cx: &Arc<Context>, row: &OutboxRecord) -> Outcome {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else { return pause(now, row.attempts, Wait::SignIn) };
    let change = PanelChange::read(&row.payload_json);
    let Some((change, number)) = change.and_then(|change| Some((change.clone(), change.webinar.parse().ok()?))) else {
        return Outcome::Needs(Need::Unreadable);
    };
    let before = row.action == OutboxAction::Create && speaks_already(&sending, &change).await;
    let webinars = sending.zoom.api.webinars();
    let answer = if row.action == OutboxAction::Delete {
        webinars.remove_panelist(WebinarId(number), change.panelist.as_deref().unwrap_or(&change.email)).await
    } else {
        let panelist = NewPanelist { name: change.name.clone(), email: change.email.clone() };
        webinars.add_panelists(WebinarId(number), &[panelist]).await
    };
    match answer {
        Ok(()) => {
            // The answer has no ids and no links: the panel is read anew, now or by the next pull.
            if let Err(error) = read(&sending, &change.webinar).await {
                tracing::info!(?error, "the panel was not read after it was changed");
            }
            Outcome::Done(made(row, before))
        }
        Err(error) => {
            tracing::info!(%error, "a panel was not changed");
            let outcome = refusal::outcome(&error, row.attempts, now);
            // Zoom refuses to take away who is not there: somebody has, or a try of this request whose answer was lost.
            let gone = matches!(outcome, Outcome::Needs(_)) && row.action == OutboxAction::Delete;
            match if gone { Some(look_up(cx, row).await) } else { None } {
                Some(Found::There(made)) => Outcome::Done(made),
                _ => outcome,
            }
        }
    }
}

fn made(row: &OutboxRecord, before: bool) -> Made {
    let (record_id, op_id) = (row.record_id.clone(), row.op_id.clone());
    if !before {
        return Made { record_id, keep: None };
    }
    Made { record_id, keep: Some(Arc::new(move |tx| outbox::remark(tx, &op_id, &Reason::There {}.json()))) }
}

/// Whether they were on the panel before, after reading it if that was not done lately. Where it can't be read nobody
/// knows.
async fn speaks_already(sending: &Sending<'_>, change: &PanelChange) -> bool {
    let key = change.webinar.clone();
    let Ok(ages) = sending.cx.store.read(move |db| webinars::ages(db, &key)).await else { return false };
    if is_older(ages.panel_utc_ms, FRESH, sending.now)
        && let Err(error) = read(sending, &change.webinar).await
    {
        tracing::info!(?error, "the panel was not read before it was changed");
        return false;
    }
    is_on_panel(sending.cx, change).await.unwrap_or_default()
}

/// Whether they are on the panel, as it is here.
async fn is_on_panel(cx: &Arc<Context>, change: &PanelChange) -> StoreResult<bool> {
    let (key, own) = (change.webinar.clone(), email::folded(&change.email));
    let panel = cx.store.read(move |db| webinar_people::panel(db, &key)).await?;
    Ok(panel.iter().any(|one| one.email.as_deref().map(email::folded).as_ref() == Some(&own)))
}

async fn read(sending: &Sending<'_>, webinar: &str) -> Result<(), Unread> {
    let key = webinar.to_owned();
    let record = sending.cx.store.read(move |db| webinars::get(db, &key)).await.map_err(Error::from)?;
    let record = record.ok_or(Error::Gone)?;
    parts::panel(sending.cx, &sending.zoom, &sending.owner, &record).await
}

async fn look_up(cx: &Arc<Context>, row: &OutboxRecord) -> Found {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else { return not_seen(now, row.attempts, Wait::SignIn) };
    let Some(change) = PanelChange::read(&row.payload_json) else { return Found::Needs(Need::Unreadable) };
    if let Err(error) = read(&sending, &change.webinar).await {
        return refusal::not_found_out(&error, row.attempts, now);
    }
    let Ok(there) = is_on_panel(cx, &change).await else { return not_seen(now, row.attempts, Wait::Trouble) };
    if there == (row.action == OutboxAction::Create) || planted(29) {
        Found::There(made(row, false))
    } else {
        Found::Absent { settling: SETTLING }
    }
}
