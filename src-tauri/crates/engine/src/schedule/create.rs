//! From a checked draft to a Zoom meeting, a link and an outbox row.

use std::sync::Arc;

use liaison_domain::draft::When;
use liaison_domain::text;
use liaison_store::tables::accounts::{self, AccountState};
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::schedule_intents::{self, IntentState, ScheduleIntentRecord};
use liaison_store::tables::{meetings, outbox};
use liaison_store::{StoreResult, Transaction};
use liaison_zoom::{CustomKey, Meeting, MeetingSettings, NewMeeting, ZoomTime};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Checked, Scheduling};
use crate::context::Context;
use crate::error::CommandError;
use crate::failure::from_zoom;
use crate::meetings::pull::fetched;
use crate::outbox::event;
use crate::schedule::view::{ScheduleDraft, Scheduled};
use crate::session::settings;
use crate::terms::{Provider, Tag};

/// The custom key that carries the draft's id into the meeting.
pub(super) const DRAFT_KEY: &str = "liaison_draft";
/// Ids of outbox rows that stand for a meeting that was not made.
const INTERRUPTED: &str = "draft:";

/// The outbox id of a meeting that was not made.
pub(crate) fn interrupted_item_id(draft_id: &str) -> String {
    format!("{INTERRUPTED}{draft_id}")
}

/// The draft behind such an outbox id.
pub(crate) fn intent_of_item(item: &str) -> Option<&str> {
    item.strip_prefix(INTERRUPTED)
}

/// What is stored before anything is sent. Versioned: a later version must still read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "version")]
pub(crate) enum StoredDraft {
    #[serde(rename = "1")]
    V1 { draft: ScheduleDraft, start_utc_ms: i64 },
}

impl StoredDraft {
    pub fn read(record: &ScheduleIntentRecord) -> Option<(ScheduleDraft, i64)> {
        match serde_json::from_str(&record.draft_json) {
            Ok(Self::V1 { draft, start_utc_ms }) => Some((draft, start_utc_ms)),
            Err(error) => {
                tracing::error!(%error, "a stored draft can't be read");
                None
            }
        }
    }
}

impl Context {
    pub(super) async fn schedule(self: &Arc<Self>, draft: ScheduleDraft) -> Result<Scheduled, CommandError> {
        // One at a time: a second press of the button finds the first one's intent.
        let scheduling = self.state::<Scheduling>();
        let _one = scheduling.0.lock().await;
        let checked = Checked::of(self, &draft).await?;
        if let Some(done) = self.scheduled_before(&draft).await? {
            return Ok(done);
        }
        let when = match checked.when {
            Some(when) if checked.issues.is_empty() => when,
            _ => return Err(CommandError::Invalid { issues: checked.issues }),
        };
        let zoom = self.zoom().ok_or(CommandError::NotConnected { provider: Provider::Zoom })?;
        self.plan(&draft, when).await?;

        let request = request(&draft, &checked, when);
        match zoom.api.meetings().create(&request).await {
            Ok(meeting) => self.keep(&draft, &checked.people, &meeting).await,
            Err(error) if error.outcome_unknown() => {
                tracing::warn!(%error, "it is not known whether the meeting was made");
                match super::recovery::look_up(&zoom, &draft.id, when.start).await {
                    Ok(Some(meeting)) => self.keep(&draft, &checked.people, &meeting).await,
                    Ok(None) => {
                        self.settle(&draft.id, IntentState::Failed).await?;
                        Err(CommandError::TimedOut { provider: Provider::Zoom })
                    }
                    // The intent stays open and is looked up when the network is back.
                    Err(_) => Err(CommandError::OutcomeUnknown { provider: Provider::Zoom }),
                }
            }
            Err(error) => {
                self.settle(&draft.id, IntentState::Failed).await?;
                Err(from_zoom(&error, self.now()))
            }
        }
    }

    /// The draft's meeting, when an earlier press of the button has made it.
    async fn scheduled_before(self: &Arc<Self>, draft: &ScheduleDraft) -> Result<Option<Scheduled>, CommandError> {
        let id = draft.id.clone();
        let Some(intent) = self.store.read(move |db| schedule_intents::get(db, &id)).await? else { return Ok(None) };
        match (intent.state, intent.meeting_id) {
            (IntentState::Created, Some(number)) => {
                let key = number.to_string();
                let found = self
                    .store
                    .read(move |db| Ok((meetings::meeting(db, &key)?, outbox::by_subject(db, &key)?)))
                    .await?;
                let (Some(meeting), rows) = found else { return Err(CommandError::Gone) };
                Ok(Some(Scheduled {
                    start: crate::terms::UtcMs(meeting.start_utc_ms.unwrap_or_default()),
                    meeting: meeting.key,
                    outbox_item: rows.into_iter().next().map(|row| row.op_id),
                    invitation_copied: false,
                }))
            }
            (IntentState::Failed | IntentState::Planned, _) => Ok(None),
            // Being looked up: its outcome is not known yet.
            _ => Err(CommandError::OutcomeUnknown { provider: Provider::Zoom }),
        }
    }

    async fn plan(&self, draft: &ScheduleDraft, when: When) -> Result<(), CommandError> {
        let stored = StoredDraft::V1 { draft: draft.clone(), start_utc_ms: when.start.timestamp_millis() };
        let json = serde_json::to_string(&stored).map_err(|_| CommandError::Internal { code: "E-DRAFT".to_owned() })?;
        let (id, now_ms) = (draft.id.clone(), self.now_ms());
        self.store
            .write(move |tx| {
                schedule_intents::plan(tx, &id, &json, "", now_ms)?;
                schedule_intents::set_state(tx, &id, IntentState::Creating, None, now_ms)
            })
            .await?;
        Ok(())
    }

    pub(crate) async fn settle(&self, draft_id: &str, state: IntentState) -> Result<(), CommandError> {
        let (id, now_ms) = (draft_id.to_owned(), self.now_ms());
        self.store.write(move |tx| schedule_intents::set_state(tx, &id, state, None, now_ms)).await?;
        Ok(())
    }

    /// Meeting, links and Event in one transaction.
    pub(super) async fn keep(
        self: &Arc<Self>,
        draft: &ScheduleDraft,
        people: &[PersonRecord],
        meeting: &Meeting,
    ) -> Result<Scheduled, CommandError> {
        let now_ms = self.now_ms();
        let mut fetched = fetched(meeting, now_ms);
        fetched.meeting.is_host = true;
        fetched.meeting.waiting_room = fetched.meeting.waiting_room.or(Some(draft.waiting_room));
        fetched.meeting.invitees = Some(invitees(draft, people));
        let key = fetched.meeting.key.clone();
        let links: Vec<_> = people.iter().map(|person| link(&key, person, now_ms)).collect();
        let zoom_account = self.zoom().map(|account| account.account_id).unwrap_or_default();
        let fields = draft.log_event.then(|| event::fields_of(&fetched, people));
        let start = crate::terms::UtcMs(fetched.meeting.start_utc_ms.unwrap_or_default());
        let (sealer, id, number) = (self.store.sealer(), draft.id.clone(), i64::try_from(meeting.id.0).ok());
        let topic = fetched.meeting.topic.clone();
        let person_name = people.first().map(|person| person.name.clone());
        let outbox_item = self
            .store
            .write(move |tx| {
                let generation = meetings::last_generation(tx)?;
                meetings::upsert_page(tx, &sealer, std::slice::from_ref(&fetched), generation)?;
                for link in links {
                    links::insert_link(tx, &followed(tx, link)?)?;
                }
                schedule_intents::set_state(tx, &id, IntentState::Created, number, now_ms)?;
                let salesforce = accounts::get(tx, crate::context::key(Provider::Salesforce))?
                    .filter(|account| account.state != AccountState::SignedOut);
                let (Some(fields), Some(account)) = (fields, salesforce) else { return Ok(None) };
                let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
                let operation = event::Creation {
                    zoom_account: &zoom_account,
                    meeting_key: &key,
                    title: &topic,
                    fields: &fields,
                    person_name,
                    account: &account,
                    now_ms,
                    hold_ms,
                }
                .operation();
                outbox::enqueue(tx, &operation).map(|enqueued| Some(event::op_id(&operation, &enqueued)))
            })
            .await?;
        self.outbox_wake.notify_one();
        self.changed(&[Tag::Meetings, Tag::Outbox, Tag::Session]);
        Ok(Scheduled { meeting: meeting.id.to_string(), start, outbox_item, invitation_copied: false })
    }
}

fn request(draft: &ScheduleDraft, checked: &Checked, when: When) -> NewMeeting {
    let invitees = invitees(draft, &checked.people)
        .into_iter()
        .map(|invitee| liaison_zoom::Invitee { email: invitee.email, internal_user: None })
        .collect();
    let mut meeting = NewMeeting::scheduled(
        text::single_line(&draft.topic, liaison_domain::draft::MAX_TOPIC),
        ZoomTime::Utc(when.start),
        draft.minutes,
        when.zone.name(),
    );
    let agenda = text::multi_line(&draft.agenda, liaison_domain::draft::MAX_AGENDA);
    meeting.agenda = Some(agenda).filter(|agenda| !agenda.is_empty());
    meeting.generate_passcode = Some(draft.passcode);
    meeting.settings = Some(MeetingSettings {
        waiting_room: Some(draft.waiting_room),
        use_pmi: Some(draft.personal_meeting_id),
        meeting_invitees: Some(invitees),
        custom_keys: Some(vec![CustomKey { key: DRAFT_KEY.to_owned(), value: draft.id.clone() }]),
        ..MeetingSettings::default()
    });
    meeting
}

/// Everybody with an address, once; opted-out people too, for Zoom does not e-mail invitees of
/// meetings made through its API.
fn invitees(draft: &ScheduleDraft, people: &[PersonRecord]) -> Vec<meetings::Invitee> {
    let mut all: Vec<meetings::Invitee> = people
        .iter()
        .filter_map(|person| Some(meetings::Invitee { email: person.email.clone()?, name: Some(person.name.clone()) }))
        .chain(draft.emails.iter().map(|email| meetings::Invitee { email: email.trim().to_owned(), name: None }))
        .filter(|invitee| liaison_domain::email::parse(&invitee.email).is_some())
        .collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|invitee| seen.insert(liaison_domain::email::folded(&invitee.email)));
    all
}

/// The link to whoever a person has become while the meeting was made.
fn followed(tx: &Transaction<'_>, mut link: LinkRecord) -> StoreResult<LinkRecord> {
    let current = people::successor(tx, &format!("{}:{}", link.record_kind, link.record_id))?;
    if let Some((kind, id)) = current.split_once(':') {
        (link.record_kind, link.record_id) = (kind.to_owned(), id.to_owned());
    }
    Ok(link)
}

fn link(meeting_key: &str, person: &PersonRecord, now_ms: i64) -> LinkRecord {
    LinkRecord {
        id: Uuid::now_v7().to_string(),
        zoom_kind: "meeting".to_owned(),
        zoom_key: meeting_key.to_owned(),
        record_kind: person.record.as_str().to_owned(),
        record_id: person.salesforce_id.clone(),
        record_name: person.name.clone(),
        basis: "intent".to_owned(),
        reason: "scheduled".to_owned(),
        created_utc_ms: now_ms,
    }
}
