//! From a checked draft to a row of the outbox, sent while the sheet waits; and what is kept when it is made.

use std::sync::Arc;

use liaison_domain::{LinkBasis, PersonRef};
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::meetings;
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord, OutboxState, Urgency};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::{Connection, StoreResult, Transaction};
use liaison_zoom::Meeting;
use uuid::Uuid;

use super::stored::Creation;
use super::{Checked, Scheduling, options, request, topic};
use crate::context::Context;
use crate::failure::Error;
use crate::meetings::kept_links;
use crate::meetings::pull::occurrences;
use crate::outbox::at_once;
use crate::outbox::event::{self, Change, EVENT, Place, agreed};
use crate::outbox::groups;
use crate::outbox::kind::{MEETING, Made};
use crate::outbox::target::Target;
use crate::schedule::view::{ScheduleDraft, Scheduled};
use crate::session::settings;
use crate::terms::{Provider, UtcMs};
use crate::topics::stored::StoredTopic;

impl Context {
    pub(super) async fn schedule(self: &Arc<Self>, draft: ScheduleDraft) -> Result<Scheduled, Error> {
        // One at a time: a second press of the button finds the first one's row.
        let scheduling = self.state::<Scheduling>();
        let _one = scheduling.0.lock().await;
        let checked = Checked::of(self, &draft).await?;
        let id = op_id(&draft.id);
        let known = at_once::read(self, &id).await?;
        if let Some(row) = known.as_ref().filter(|row| row.state == OutboxState::Done) {
            return self.scheduled(row).await;
        }
        let settling = known.as_ref().is_some_and(|row| row.maybe_sent_utc_ms.is_some());
        let when = match checked.when {
            Some(when) if checked.issues.is_empty() => when,
            // It may have been made: looked for whatever the sheet says now.
            Some(when) if settling => when,
            _ => return Err(Error::Invalid { issues: checked.issues }),
        };
        if self.zoom().is_none() {
            return Err(Error::NotConnected { provider: Provider::Zoom });
        }
        let draft = options::preset(self, draft).await?;
        let creation = Creation { draft, start_utc_ms: when.start.timestamp_millis() };
        let now_ms = self.now_ms();
        let wanted = move |tx: &Transaction<'_>| {
            if creation.draft.log_event && Target::known(tx, Provider::Salesforce)?.is_none() {
                return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
            }
            let target = Target::signed_in(tx, Provider::Zoom)?;
            Ok(target
                .map(|target| operation(&creation, &target, now_ms))
                .ok_or(Error::NotConnected { provider: Provider::Zoom }))
        };
        let row = at_once::make(self, &id, wanted).await?;
        self.scheduled(&row).await
    }

    /// What was made, for the sheet.
    async fn scheduled(&self, row: &OutboxRecord) -> Result<Scheduled, Error> {
        let key = row.record_id.clone().ok_or(Error::Gone)?;
        let read = move |db: &Connection| {
            let dates = match meetings::meeting(db, &key)? {
                Some(meeting) => vec![meeting],
                None => meetings::by_meeting_id(db, key.parse().unwrap_or_default())?,
            };
            let rows = dates.first().map(|first| outbox::by_subject(db, &first.key)).transpose()?;
            Ok((dates, rows.unwrap_or_default()))
        };
        let (dates, rows) = self.store.read(read).await?;
        let count = dates.len();
        let Some(meeting) = dates.into_iter().next() else { return Err(Error::Gone) };
        Ok(Scheduled {
            dates: u32::try_from(count).unwrap_or(u32::MAX),
            start: UtcMs(meeting.start_utc_ms.unwrap_or_default()),
            meeting: meeting.key,
            outbox_item: rows.into_iter().find(|row| row.kind == EVENT).map(|row| row.op_id),
            invitation_copied: false,
            since: None,
        })
    }
}

/// The row of a draft.
pub(super) fn op_id(draft_id: &str) -> String {
    format!("draft:{draft_id}")
}

fn operation(creation: &Creation, target: &Target, now_ms: i64) -> NewOperation {
    let id = op_id(&creation.draft.id);
    NewOperation {
        op_id: id.clone(),
        target: target.key.clone(),
        target_name: target.name.clone(),
        kind: MEETING.to_owned(),
        action: OutboxAction::Create,
        identity: creation.draft.id.clone(),
        order_key: id.clone(),
        subject_key: id,
        batch_key: None,
        group_id: None,
        urgency: Urgency::Click,
        depends_on: None,
        title: creation.draft.topic.trim().to_owned(),
        person_name: None,
        payload_json: creation.json(),
        record_id: None,
        held_until_utc_ms: None,
        created_utc_ms: now_ms,
    }
}

/// The draft's people as they are now: converted and merged ones are followed.
pub(super) async fn people_of(cx: &Context, draft: &ScheduleDraft) -> Vec<PersonRecord> {
    let ids = draft.people.clone();
    let read = move |db: &Connection| {
        let current = |id: &String| people::person(db, &people::successor(db, id)?);
        ids.iter().filter_map(|id| current(id).transpose()).collect::<StoreResult<Vec<_>>>()
    };
    cx.store.read(read).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the people of a draft could not be read");
        Vec::new()
    })
}

/// Meeting, links and Event are kept in the transaction that says that the meeting is made.
pub(super) fn made(
    cx: &Arc<Context>,
    row: &OutboxRecord,
    creation: &Creation,
    people: Vec<PersonRecord>,
    meeting: &Meeting,
) -> Made {
    let (now_ms, draft) = (cx.now_ms(), &creation.draft);
    let invitees = request::invitees(draft, &people);
    let mut dates = occurrences(meeting, now_ms);
    for fetched in &mut dates {
        fetched.meeting.is_host = true;
        // What Zoom leaves out is as it was asked for: an Event needs its time.
        fetched.meeting.start_utc_ms = fetched.meeting.start_utc_ms.or(Some(creation.start_utc_ms));
        if draft.template.is_none() {
            fetched.meeting.waiting_room = fetched.meeting.waiting_room.or(draft.waiting_room);
        }
        fetched.meeting.invitees = Some(invitees.clone());
    }
    let with =
        |key: &str| people.iter().map(|person| kept_links::link(key, person, now_ms, LinkBasis::Intent)).collect();
    let links: Vec<Vec<LinkRecord>> = dates.iter().map(|date| with(&date.meeting.key)).collect();
    let zoom_account = Target::organisation(&row.target).to_owned();
    let (sealer, op_id, log_event) = (cx.store.sealer(), row.op_id.clone(), draft.log_event);
    let about = draft.about.as_ref().map(StoredTopic::of);
    let group_id = Uuid::now_v7().to_string();
    let title = meeting.topic.clone().unwrap_or_default();
    let keep = move |tx: &Transaction<'_>| {
        let generation = meetings::last_generation(tx)?;
        meetings::upsert_page(tx, &sealer, &dates, generation)?;
        for link in links.iter().flatten().cloned() {
            links::insert_link(tx, &followed(tx, link)?)?;
        }
        for date in about.iter().flat_map(|_| &dates) {
            topic::keep(tx, &date.meeting.key, about.as_ref(), now_ms)?;
        }
        let taken_back = outbox::get(tx, &op_id)?.is_some_and(|row| row.take_back_utc_ms.is_some());
        let account = Target::known(tx, Provider::Salesforce)?;
        let (true, false, Some(target)) = (log_event, taken_back, account) else { return Ok(()) };
        let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
        // The Events of a series are taken back, stopped and shown as one.
        let group = (dates.len() > 1).then(|| group_id.clone());
        if let Some(id) = &group {
            outbox::add_group(tx, &groups::begun(id, groups::LOG_MEETINGS, &title, now_ms))?;
        }
        for fetched in &dates {
            let Some(mut fields) = event::fields_of(fetched, &people) else { continue };
            fields.what.clone_from(&about);
            let place = Place {
                person_name: people.first().map(|person| person.name.clone()),
                ..Place::new(target.clone(), &zoom_account, &fetched.meeting.key, &fetched.meeting.topic)
            };
            agreed::begins(tx, &place.target.key, &place.subject_key, &fields)?;
            let mut row = Change::Create { fields, again: false }.operation(&place, now_ms, hold_ms);
            row.group_id.clone_from(&group);
            outbox::enqueue(tx, &row)?;
        }
        Ok(())
    };
    Made { record_id: Some(meeting.id.to_string()), keep: Some(Arc::new(keep)) }
}

/// The link to whoever a person has become while the meeting was made.
fn followed(tx: &Transaction<'_>, mut link: LinkRecord) -> StoreResult<LinkRecord> {
    let current = people::successor(tx, &link.person_id())?;
    if let Ok(person) = current.parse::<PersonRef>() {
        (link.record_kind, link.record_id) = (person.kind, person.id);
    }
    Ok(link)
}
