//! What the host decides about registrants and the panel.

use liaison_domain::{email, text};
use liaison_store::tables::outbox::{self, Enqueued, OutboxAction};
use liaison_store::tables::webinar_people;
use liaison_store::tables::webinar_registrants::{self as registrants, RegistrantStatus};
use liaison_store::tables::webinars;
use liaison_store::{StoreResult, Transaction};
use uuid::Uuid;

use super::gather::name_of;
use super::kinds::status::{DecidedAbout, STATUS};
use super::kinds::{Place, panelist, status};
use super::stored::{Decision, PanelChange, StoredDecision, VERSION};
use super::view::{NewPanelistRow, RegistrantDecision, RegistrantsDecided, WebinarDecided};
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::outbox::groups;
use crate::outbox::target::Target;
use crate::session::settings;
use crate::terms::Provider;

const MAX_NAME: usize = 64;

impl Engine {
    /// Approves, denies or cancels registrants: one as a row, more as a group. Who stands so already is left out.
    ///
    /// # Errors
    /// [`Error::NotConnected`] when Zoom is not known.
    pub async fn decide_registrants(
        &self,
        webinar: String,
        registrants: Vec<String>,
        decision: RegistrantDecision,
    ) -> Result<RegistrantsDecided, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let decided = cx.store.write(move |tx| decide(tx, &webinar, &registrants, decision, now_ms)).await??;
        cx.outbox_changed();
        Ok(decided)
    }

    /// Adds people to the panel.
    ///
    /// # Errors
    /// [`Error::Invalid`] for who has no name or no address; [`Error::Gone`] without the webinar.
    pub async fn add_panelists(&self, webinar: String, people: Vec<NewPanelistRow>) -> Result<WebinarDecided, Error> {
        let cx = self.profile().await?;
        let issues: Vec<FieldIssue> = people.iter().filter_map(wrong).collect();
        if !issues.is_empty() {
            return Err(Error::Invalid { issues });
        }
        let now_ms = cx.now_ms();
        let changes = move |tx: &Transaction<'_>| {
            let Some(record) = webinars::get(tx, &webinar)? else { return Ok(Err(Error::Gone)) };
            let changes = people.iter().map(|one| PanelChange {
                version: VERSION,
                webinar: record.key.clone(),
                topic: record.topic.clone(),
                name: text::single_line(&one.name, MAX_NAME),
                email: one.email.trim().to_owned(),
                panelist: None,
            });
            panel(tx, &changes.collect::<Vec<_>>(), OutboxAction::Create, now_ms)
        };
        let decided = cx.store.write(changes).await??;
        cx.outbox_changed();
        Ok(decided)
    }

    /// Takes somebody from the panel.
    ///
    /// # Errors
    /// [`Error::Gone`] when they are not on it.
    pub async fn remove_panelist(&self, webinar: String, panelist: String) -> Result<WebinarDecided, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let change = move |tx: &Transaction<'_>| {
            let Some(record) = webinars::get(tx, &webinar)? else { return Ok(Err(Error::Gone)) };
            let found = webinar_people::panel(tx, &webinar)?.into_iter().find(|one| one.key == panelist);
            let Some(one) = found else { return Ok(Err(Error::Gone)) };
            let change = PanelChange {
                version: VERSION,
                webinar: record.key,
                topic: record.topic,
                name: one.name.unwrap_or_default(),
                email: one.email.unwrap_or_default(),
                panelist: one.panelist_id,
            };
            panel(tx, &[change], OutboxAction::Delete, now_ms)
        };
        let decided = cx.store.write(change).await??;
        cx.outbox_changed();
        Ok(decided)
    }
}

type Decided<T> = StoreResult<Result<T, Error>>;

fn wrong(one: &NewPanelistRow) -> Option<FieldIssue> {
    if email::parse(&one.email).is_none() {
        return Some(FieldIssue { field: Field::Email, problem: Problem::NotAnEmail { value: one.email.clone() } });
    }
    one.name.trim().is_empty().then_some(FieldIssue { field: Field::People, problem: Problem::Missing })
}

fn target(tx: &Transaction<'_>) -> Decided<(Target, i64)> {
    let Some(target) = Target::known(tx, Provider::Zoom)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
    };
    Ok(Ok((target, i64::from(settings::read(tx)?.hold_seconds) * 1_000)))
}

fn panel(tx: &Transaction<'_>, changes: &[PanelChange], action: OutboxAction, now_ms: i64) -> Decided<WebinarDecided> {
    let (target, hold_ms) = match target(tx)? {
        Ok(target) => target,
        Err(error) => return Ok(Err(error)),
    };
    let place = Place { target: &target, group: None, now_ms, hold_ms };
    let mut items = Vec::new();
    for change in changes {
        let operation = panelist::operation(&place, change, action);
        if let Enqueued::AlreadyThere { op_id, state } = outbox::enqueue(tx, &operation)? {
            if state.is_open() {
                continue;
            }
            outbox::retire_row(tx, &op_id)?;
            outbox::enqueue(tx, &operation)?;
        }
        items.push(operation.op_id);
    }
    Ok(Ok(WebinarDecided { items }))
}

fn decide(
    tx: &Transaction<'_>,
    webinar: &str,
    keys: &[String],
    decision: RegistrantDecision,
    now_ms: i64,
) -> Decided<RegistrantsDecided> {
    let (target, hold_ms) = match target(tx)? {
        Ok(target) => target,
        Err(error) => return Ok(Err(error)),
    };
    let Some(record) = webinars::get(tx, webinar)? else { return Ok(Err(Error::Gone)) };
    let wanted = match decision {
        RegistrantDecision::Approve => StoredDecision::Approve,
        RegistrantDecision::Deny => StoredDecision::Deny,
        RegistrantDecision::Cancel => StoredDecision::Cancel,
    };
    let group = (keys.len() > 1).then(|| Uuid::now_v7().to_string());
    let place = Place { target: &target, group: group.as_deref(), now_ms, hold_ms };
    let mut decided = RegistrantsDecided { item: None, group: None, decided: 0, left_out: 0 };
    let mut operations = Vec::new();
    for key in keys {
        let one = registrants::get(tx, key)?.filter(|one| one.webinar_key == webinar);
        let Some(one) = one.filter(|one| may(one.status, wanted)) else {
            decided.left_out += 1;
            continue;
        };
        take_back_unsent(tx, key, wanted, now_ms)?;
        let about = DecidedAbout {
            webinar: record.key.clone(),
            topic: record.topic.clone(),
            name: name_of(&one),
            registrant: one.registrant_id,
            email: one.email.unwrap_or_default(),
        };
        let before = match one.status {
            RegistrantStatus::Approved => Some(StoredDecision::Approve),
            RegistrantStatus::Denied => Some(StoredDecision::Deny),
            RegistrantStatus::Pending | RegistrantStatus::Cancelled => None,
        };
        operations.push(status::operation(&place, &about, wanted, before));
    }
    if let Some(group) = group.as_ref().filter(|_| !operations.is_empty()) {
        outbox::add_group(tx, &groups::begun(group, groups::DECIDE_REGISTRANTS, &record.topic, now_ms))?;
        decided.group = Some(group.clone());
    }
    for operation in operations {
        outbox::enqueue(tx, &operation)?;
        decided.decided += 1;
        decided.item = Some(operation.op_id).filter(|_| decided.group.is_none());
    }
    Ok(if decided.decided == 0 { Err(Error::TooLate) } else { Ok(decided) })
}

/// Who was cancelled can't be approved again; who stands so already needs nothing.
fn may(status: RegistrantStatus, wanted: StoredDecision) -> bool {
    match wanted {
        StoredDecision::Approve => matches!(status, RegistrantStatus::Pending | RegistrantStatus::Denied),
        StoredDecision::Deny => matches!(status, RegistrantStatus::Pending | RegistrantStatus::Approved),
        StoredDecision::Cancel => status == RegistrantStatus::Approved,
        StoredDecision::Unreadable => false,
    }
}

/// A decision that has not left gives way to the new one.
fn take_back_unsent(tx: &Transaction<'_>, key: &str, wanted: StoredDecision, now_ms: i64) -> StoreResult<()> {
    for row in outbox::by_subject(tx, key)? {
        let unsent = row.kind == STATUS && row.state.is_open() && row.maybe_sent_utc_ms.is_none();
        let other = Decision::read(&row.payload_json).is_none_or(|decision| decision.decision != wanted);
        if unsent && other {
            outbox::take_back(tx, &row.op_id, now_ms)?;
        }
    }
    Ok(())
}
