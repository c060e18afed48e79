//! The sheet of a new Lead: what it asks for, and what pressing its button comes to.

use std::sync::Arc;

use liaison_salesforce::ObjectDescription;
use liaison_store::tables::call_links::LinkedRecord;
use liaison_store::tables::calls as table;
use liaison_store::tables::outbox::{self, Claim, OutboxRecord, OutboxState};
use liaison_store::tables::{accounts, companies, people};
use liaison_store::{Connection, StoreResult, Transaction};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::form::{Form, Known};
use super::stored::NewLeadRow;
use super::{LEAD, link, op_id, operation};
use crate::calls::decide::{self, Linking};
use crate::calls::rows;
use crate::calls::stored::Details;
use crate::calls::task::compose::Composer;
use crate::calls::view::{CallDecision, LeadDraft, LeadMade, LeadRight, LeadSheet};
use crate::calls::whose::{self, Order, Whose};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::reason::{Need, Reason};
use crate::outbox::send_now;
use crate::outbox::target::Target;
use crate::outbox::view::Double;
use crate::session::settings;
use crate::terms::Provider;

/// One at a time: a second press of the button finds the first one's row.
#[derive(Default)]
struct Making(Mutex<()>);

impl Engine {
    /// The sheet of a new Lead for a call. Salesforce is asked which fields it has; where it can't be, they are those of
    /// every Lead.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call; [`Error::NotConnected`] without an account.
    pub async fn lead_sheet(&self, call: String) -> Result<LeadSheet, Error> {
        let cx = self.profile().await?;
        let described = described(&cx).await;
        let now_ms = cx.now_ms();
        cx.store.read(move |db| sheet(db, &call, &described, now_ms)).await?
    }

    /// Makes the Lead while its sheet waits, or puts it into the outbox where Salesforce can't be reached. Its calls, if it
    /// is for one, are linked at once.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call; [`Error::NotConnected`] without an account.
    pub async fn make_lead(&self, draft: LeadDraft) -> Result<LeadMade, Error> {
        let cx = self.profile().await?;
        let making = cx.state::<Making>();
        let _one = making.0.lock().await;
        let known = match described(&cx).await {
            Described::None => return Ok(LeadMade::NoRight),
            Described::Told(object) if !object.createable => return Ok(LeadMade::NoRight),
            Described::Told(object) => Form::of(Some(&object), &Known::default()),
            Described::NotKnown => Form::of(None, &Known::default()),
        };
        let lead = match known.read(&draft) {
            Ok(lead) => lead,
            Err(issues) => return Ok(LeadMade::Invalid { issues }),
        };
        let reachable = cx.salesforce().is_some() && !cx.status().is_offline(Provider::Salesforce);
        let composer = Composer::of(&cx);
        let id = op_id(&draft.id);
        let pressed = cx.store.write(move |tx| press(tx, &composer, &draft, &lead, reachable)).await??;
        if let Some(claim) = pressed.claim {
            send_now(&cx, claim).await;
        }
        cx.outbox_changed();
        let asked = id.clone();
        let row = cx.store.read(move |db| outbox::get(db, &asked)).await?.ok_or(Error::Gone)?;
        became(&cx, row, pressed.linking).await
    }

    /// Somebody whom a duplicate rule found takes the place of the Lead that would double them.
    ///
    /// # Errors
    /// [`Error::TooLate`] when the row no longer asks, or does not name this record.
    pub async fn use_lead_double(&self, item: String, record: String) -> Result<CallDecision, Error> {
        let cx = self.profile().await?;
        let composer = Composer::of(&cx);
        let asked = item.clone();
        let used = cx.store.write(move |tx| use_double(tx, &composer, &asked, &record)).await?;
        cx.outbox_changed();
        Ok(decide::keep_new(&cx, used.ok_or(Error::TooLate)?, &item))
    }

    /// The Lead is made although it doubles somebody, where the org's rule lets the user.
    ///
    /// # Errors
    /// [`Error::TooLate`] when the row no longer asks, or the rule does not allow it.
    pub async fn make_lead_beside(&self, item: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let going = cx
            .store
            .write(move |tx| {
                let Some((row, may_save, _)) = asking(tx, &item)? else { return Ok(false) };
                let Some(lead) = NewLeadRow::read(&row.payload_json).filter(|_| may_save) else { return Ok(false) };
                let lead = NewLeadRow { beside: true, ..lead };
                outbox::edit(tx, &item, &row.title, &lead.json(), None, now_ms).map(|()| true)
            })
            .await?;
        cx.outbox_changed();
        if going { Ok(()) } else { Err(Error::TooLate) }
    }
}

/// What Salesforce tells of Leads.
enum Described {
    Told(Arc<ObjectDescription>),
    /// The user may not see them at all.
    None,
    NotKnown,
}

async fn described(cx: &Arc<Context>) -> Described {
    let Some(account) = cx.salesforce() else { return Described::NotKnown };
    match cx.lead_description(&account).await {
        Ok(Some(object)) => Described::Told(object),
        Ok(None) => Described::None,
        Err(error) => {
            tracing::info!(%error, "the fields of Leads could not be asked for");
            cx.known_lead_description().map_or(Described::NotKnown, Described::Told)
        }
    }
}

fn sheet(db: &Connection, call: &str, described: &Described, now_ms: i64) -> StoreResult<Result<LeadSheet, Error>> {
    let Some(row) = table::get(db, call)? else { return Ok(Err(Error::Gone)) };
    if Target::known(db, Provider::Salesforce)?.is_none() {
        return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
    }
    let regions = whose::regions(db)?;
    let reached = whose::reached(&row, regions).ok();
    let known = Known {
        number: reached.as_ref().map(|number| number.key().to_string()),
        name: rows::name_of(&row),
        company: company(db, &row, now_ms)?,
        ..Known::default()
    };
    let others = if reached.is_some() { decide::open_calls(db, &row)?.len() } else { 0 };
    Ok(Ok(LeadSheet {
        call: Some(call.to_owned()),
        number: rows::shown_number(row.call.number.as_deref(), regions),
        spam: Details::read(&row.call.details_json).spam,
        others: u32::try_from(others).unwrap_or(u32::MAX),
        ..filled(described, &known)
    }))
}

/// The sheet of a new Lead for somebody who is known by no call.
///
/// # Errors
/// [`Error::NotConnected`] without an account.
pub(crate) async fn sheet_for(cx: &Arc<Context>, known: &Known) -> Result<LeadSheet, Error> {
    if cx.store.read(|db| Target::known(db, Provider::Salesforce)).await?.is_none() {
        return Err(Error::NotConnected { provider: Provider::Salesforce });
    }
    Ok(filled(&described(cx).await, known))
}

fn filled(described: &Described, known: &Known) -> LeadSheet {
    let (form, right) = match described {
        Described::Told(object) if object.createable => (Form::of(Some(object), known), LeadRight::Yes),
        Described::Told(_) | Described::None => (Form::default(), LeadRight::No),
        Described::NotKnown => (Form::of(None, known), LeadRight::NotKnown),
    };
    LeadSheet {
        id: Uuid::now_v7().to_string(),
        call: None,
        right,
        fields: form.fields,
        record_types: form.record_types,
        beyond: form.beyond,
        number: None,
        spam: false,
        others: 0,
    }
}

/// The one company that everybody is of who may have called.
fn company(db: &Connection, row: &table::CallRow, now_ms: i64) -> StoreResult<Option<String>> {
    let mut names: Vec<String> = Vec::new();
    let mut whose = Whose::new(db, Order::Any, now_ms)?;
    whose.ask([row])?;
    for choice in whose.everybody(row)? {
        let account = match &choice.candidate.account_id {
            Some(id) => companies::get(db, id)?.map(|company| company.name),
            None => None,
        };
        names.extend(account.or(choice.candidate.company));
    }
    names.dedup();
    Ok(names.pop().filter(|_| names.is_empty()))
}

/// What pressing the button did here.
struct Pressed {
    claim: Option<Claim>,
    linking: Linking,
}

fn press(
    tx: &Transaction<'_>,
    composer: &Composer,
    draft: &LeadDraft,
    lead: &NewLeadRow,
    reachable: bool,
) -> StoreResult<Result<Pressed, Error>> {
    let call = match &draft.call {
        Some(key) => match table::get(tx, key)? {
            Some(call) => Some(call),
            None => return Ok(Err(Error::Gone)),
        },
        None => None,
    };
    let Some(target) = Target::known(tx, Provider::Salesforce)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
    };
    let zoom_account = accounts::get(tx, Provider::Zoom)?.and_then(|zoom| zoom.org_id).unwrap_or_default();
    let (id, now_ms) = (op_id(&draft.id), composer.now_ms);
    let before = outbox::get(tx, &id)?;
    match before {
        None => {
            let about = draft.call.as_deref().unwrap_or_default();
            outbox::enqueue(tx, &operation(&target, &zoom_account, about, &draft.id, lead, now_ms))?;
        }
        Some(row) if row.state == OutboxState::Discarded && row.maybe_sent_utc_ms.is_none() => {
            outbox::restore(tx, &id, false, None, now_ms)?;
            outbox::edit(tx, &id, &lead.name(), &lead.json(), None, now_ms)?;
        }
        Some(row) if row.state == OutboxState::Blocked && row.maybe_sent_utc_ms.is_none() => {
            outbox::edit(tx, &id, &lead.name(), &lead.json(), None, now_ms)?;
        }
        // It is under way, or done.
        Some(_) => return Ok(Ok(Pressed { claim: None, linking: Linking::default() })),
    }
    let linking = match &call {
        Some(call) => decide::link_to_new(tx, composer, call, &link::stands_for(&id, &lead.name()))?,
        None => Linking::default(),
    };
    let signed_in = Target::signed_in(tx, Provider::Salesforce)?.is_some_and(|own| own.key == target.key);
    let goes =
        reachable && signed_in && !settings::paused(tx)? && outbox::lane_pause(tx, &target.key, now_ms)?.is_none();
    let claim = if goes { Some(outbox::claim_row(tx, &id, now_ms)?) } else { None };
    Ok(Ok(Pressed { claim, linking }))
}

/// What the sheet says of the row.
async fn became(cx: &Arc<Context>, row: OutboxRecord, linking: Linking) -> Result<LeadMade, Error> {
    let keep = || -> CallDecision { decide::keep_new(cx, linking.clone(), &row.op_id) };
    let need = match (row.state, Reason::read(row.reason_json.as_deref())) {
        (OutboxState::Done, _) => return Ok(LeadMade::Made { decision: keep() }),
        (OutboxState::Blocked, Some(Reason::Needs(need))) => need,
        _ => return Ok(LeadMade::Waiting { decision: keep() }),
    };
    // Nothing was made: until the user decides, its calls are asked about as before.
    let (composer, item) = (Composer::of(cx), row.op_id.clone());
    let barred = matches!(need, Need::NoPermission { .. });
    cx.store
        .write(move |tx| {
            if barred {
                outbox::take_back(tx, &item, composer.now_ms)?;
            }
            link::forget(tx, &composer, &link::stand_in(&item))
        })
        .await?;
    let item = row.op_id;
    Ok(match need {
        Need::Doubles { message, may_save, records } => {
            let records = records.into_iter().map(Double::from).collect();
            LeadMade::Doubles { item, message, may_save, records }
        }
        Need::NoPermission { .. } => LeadMade::NoRight,
        Need::Refused { message, fields, code } => LeadMade::Refused { item, message, fields, code },
        _ => LeadMade::Refused { item, message: String::new(), fields: Vec::new(), code: String::new() },
    })
}

/// A row that asks whom it would double: whether it may go all the same, and who they are.
fn asking(tx: &Transaction<'_>, item: &str) -> StoreResult<Option<(OutboxRecord, bool, Vec<Double>)>> {
    let row = outbox::get(tx, item)?.filter(|row| row.kind == LEAD && row.state == OutboxState::Blocked);
    Ok(row.and_then(|row| match Reason::read(row.reason_json.as_deref()) {
        Some(Reason::Needs(Need::Doubles { may_save, records, .. })) => {
            Some((row, may_save, records.into_iter().map(Double::from).collect()))
        }
        _ => None,
    }))
}

fn use_double(tx: &Transaction<'_>, composer: &Composer, item: &str, record: &str) -> StoreResult<Option<Linking>> {
    let Some((row, _, records)) = asking(tx, item)? else { return Ok(None) };
    let Some(double) = records.into_iter().find(|double| double.id == record) else { return Ok(None) };
    let known = people::people_by_salesforce_id(tx, &[double.id.as_str()])?.into_iter().next();
    let name = known.map_or(double.name, |person| person.name);
    let record = LinkedRecord { kind: double.object, id: double.id, name };
    let linking = match table::get(tx, &row.subject_key)? {
        Some(call) => decide::link_to_new(tx, composer, &call, &link::stands_for(item, &row.title))?,
        None => Linking::default(),
    };
    link::arrived(tx, composer, item, &row.subject_key, &record)?;
    outbox::take_back(tx, item, composer.now_ms)?;
    Ok(Some(linking))
}
