//! The kind *registrant status*: the host approves, denies or cancels, thirty in a request.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use liaison_store::planted;
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord};
use liaison_store::tables::webinar_registrants::{self as table, RegistrantRecord, RegistrantStatus};
use liaison_transport::BoxFuture;
use liaison_zoom::{MOST_REGISTRANTS_AT_ONCE, RegistrantAction, RegistrantKey, WebinarId};

use super::registrant::order_key;
use super::sending::{SETTLING, Sending};
use super::{Place, refusal, shown};
use crate::context::Context;
use crate::outbox::kind::{Found, Kind, Made, Outcome};
use crate::outbox::reason::{Need, Reason, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::target::Target;
use crate::outbox::view::{FieldValue, OutboxWhat};
use crate::webinars::stored::{Decision, StoredDecision, VERSION};

/// Its name in the table.
pub(crate) const STATUS: &str = "registrantStatus";

pub(crate) struct StatusKind;

/// A registrant who is decided about.
pub(crate) struct DecidedAbout {
    pub webinar: String,
    pub topic: String,
    /// Zoom's id.
    pub registrant: String,
    pub email: String,
    pub name: String,
}

/// A decision as a row.
pub(crate) fn operation(
    place: &Place<'_>,
    about: &DecidedAbout,
    decision: StoredDecision,
    before: Option<StoredDecision>,
) -> NewOperation {
    let key = format!("{}:{}", about.webinar, about.registrant);
    let payload = Decision {
        version: VERSION,
        webinar: about.webinar.clone(),
        topic: about.topic.clone(),
        registrant: about.registrant.clone(),
        email: about.email.clone(),
        decision,
        before,
    };
    // The list tells the three apart by what is done; a cancelled registration is one that goes.
    let action = if decision == StoredDecision::Cancel { OutboxAction::Delete } else { OutboxAction::Update };
    NewOperation {
        identity: key.clone(),
        order_key: order_key(&about.webinar, &about.email),
        subject_key: key,
        batch_key: Some(format!("registrants:{}:{}", about.webinar, word(decision))),
        title: about.topic.clone(),
        person_name: Some(about.name.clone()).filter(|name| !name.is_empty()).or(Some(about.email.clone())),
        payload_json: payload.json(),
        record_id: Some(about.registrant.clone()),
        ..place.operation(STATUS, action)
    }
}

fn word(decision: StoredDecision) -> &'static str {
    match decision {
        StoredDecision::Approve => "approve",
        StoredDecision::Deny => "deny",
        StoredDecision::Cancel => "cancel",
        StoredDecision::Unreadable => "",
    }
}

fn wanted(decision: StoredDecision) -> Option<(RegistrantAction, RegistrantStatus)> {
    Some(match decision {
        StoredDecision::Approve => (RegistrantAction::Approve, RegistrantStatus::Approved),
        StoredDecision::Deny => (RegistrantAction::Deny, RegistrantStatus::Denied),
        StoredDecision::Cancel => (RegistrantAction::Cancel, RegistrantStatus::Cancelled),
        StoredDecision::Unreadable => return None,
    })
}

impl Kind for StatusKind {
    fn name(&self) -> &'static str {
        STATUS
    }

    fn most(&self) -> u32 {
        u32::try_from(MOST_REGISTRANTS_AT_ONCE).unwrap_or(1)
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(send(cx, rows))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(look_up(cx, rows))
    }

    /// Back to how it stood, where Zoom has a way: a cancelled registration does not come back.
    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let decision = Decision::read(&row.payload_json).filter(|one| one.decision != StoredDecision::Cancel)?;
        let before = decision.before?;
        let target = Target { key: row.target.clone(), name: row.target_name.clone() };
        let about = DecidedAbout {
            webinar: decision.webinar,
            topic: decision.topic,
            registrant: decision.registrant,
            email: decision.email,
            name: row.person_name.clone().unwrap_or_default(),
        };
        let place = Place { target: &target, group: None, now_ms, hold_ms: 0 };
        Some(operation(&place, &about, before, Some(decision.decision)))
    }

    fn webinar(&self, row: &OutboxRecord) -> Option<String> {
        Decision::read(&row.payload_json).map(|decision| decision.webinar)
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let Some(decision) = Decision::read(&row.payload_json) else { return Vec::new() };
        vec![shown("Email", &decision.email), shown("Status", word(decision.decision))]
    }

    fn what(&self, action: OutboxAction) -> OutboxWhat {
        match action {
            OutboxAction::Delete => OutboxWhat::CancelRegistration,
            _ => OutboxWhat::ApproveRegistrant,
        }
    }

    fn what_of(&self, row: &OutboxRecord) -> OutboxWhat {
        match Decision::read(&row.payload_json).map(|payload| payload.decision) {
            Some(StoredDecision::Deny) => OutboxWhat::DenyRegistrant,
            _ => self.what(row.action),
        }
    }
}

async fn send(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Outcome> {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else {
        return rows.iter().map(|row| pause(now, row.attempts, Wait::SignIn)).collect();
    };
    let read: Vec<Option<Decision>> = rows.iter().map(|row| Decision::read(&row.payload_json)).collect();
    // All of one request have the same webinar and decision: that is their batch key.
    let first = read.iter().flatten().next();
    let Some(((action, status), number)) =
        first.and_then(|first| wanted(first.decision).zip(first.webinar.parse::<u64>().ok()))
    else {
        return vec![Outcome::Needs(Need::Unreadable); rows.len()];
    };
    let people: Vec<RegistrantKey> = read
        .iter()
        .flatten()
        .map(|one| RegistrantKey { id: one.registrant.clone(), email: one.email.clone() })
        .collect();
    let before = standing(&sending, read.iter().flatten().map(key).collect(), status).await;
    let answer = sending.zoom.api.webinars().registrants(WebinarId(number)).set_status(action, &people, None).await;
    if let Err(error) = &answer {
        tracing::info!(%error, people = people.len(), "registrants were not decided about");
    }
    let outcome = |(row, decision): (&OutboxRecord, &Option<Decision>)| match (decision, &answer) {
        (None, _) => Outcome::Needs(Need::Unreadable),
        (Some(decision), Ok(())) => {
            Outcome::Done(made(&sending, row, decision, status, before.contains(&key(decision))))
        }
        (Some(_), Err(error)) if people.len() > 1 => refusal::of_many(error, row.attempts, now),
        (Some(_), Err(error)) => refusal::outcome(error, row.attempts, now),
    };
    rows.iter().zip(&read).map(outcome).collect()
}

/// A registrant's key in the local copy.
fn key(decision: &Decision) -> String {
    format!("{}:{}", decision.webinar, decision.registrant)
}

/// Who of them stands so already, as far as is known here: somebody else has decided, and undoing that is not ours.
async fn standing(sending: &Sending<'_>, keys: Vec<String>, status: RegistrantStatus) -> HashSet<String> {
    let stand = sending.cx.store.read(move |db| {
        let mut stand = HashSet::new();
        for key in keys {
            if table::get(db, &key)?.is_some_and(|one| one.status == status) {
                stand.insert(key);
            }
        }
        Ok(stand)
    });
    stand.await.unwrap_or_else(|error| {
        tracing::warn!(%error, "how registrants stand could not be read");
        HashSet::new()
    })
}

fn made(
    sending: &Sending<'_>,
    row: &OutboxRecord,
    decision: &Decision,
    status: RegistrantStatus,
    before: bool,
) -> Made {
    let (key, op_id, now_ms) = (key(decision), row.op_id.clone(), sending.now.timestamp_millis());
    Made {
        record_id: row.record_id.clone(),
        keep: Some(Arc::new(move |tx| {
            if before {
                outbox::remark(tx, &op_id, &Reason::There {}.json())?;
            }
            table::set_status(tx, &key, status, now_ms)
        })),
    }
}

async fn look_up(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Found> {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else {
        return rows.iter().map(|row| not_seen(now, row.attempts, Wait::SignIn)).collect();
    };
    let read: Vec<Option<Decision>> = rows.iter().map(|row| Decision::read(&row.payload_json)).collect();
    let mut webinars: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for decision in read.iter().flatten() {
        webinars.entry(decision.webinar.clone()).or_default().push(decision.email.clone());
    }
    let mut seen = HashMap::new();
    for (webinar, emails) in webinars {
        let found = sending.now(&webinar, emails).await;
        seen.insert(webinar, found);
    }
    let finding = |(row, decision): (&OutboxRecord, &Option<Decision>)| {
        let wanted = decision.as_ref().and_then(|one| wanted(one.decision).map(|wanted| (one, wanted.1)));
        let Some((decision, status)) = wanted else { return Found::Needs(Need::Unreadable) };
        match seen.get(&decision.webinar) {
            Some(Ok(Some(found))) => {
                if stands(found, decision) == status || planted(24) {
                    Found::There(made(&sending, row, decision, status, false))
                } else {
                    Found::Absent { settling: SETTLING }
                }
            }
            Some(Ok(None)) | None => not_seen(now, row.attempts, Wait::Trouble),
            Some(Err(error)) => refusal::not_found_out(error, row.attempts, now),
        }
    };
    rows.iter().zip(&read).map(finding).collect()
}

/// Who is in no list was cancelled.
fn stands(found: &[RegistrantRecord], decision: &Decision) -> RegistrantStatus {
    let one = found.iter().find(|one| one.registrant_id == decision.registrant);
    one.map_or(RegistrantStatus::Cancelled, |one| one.status)
}
