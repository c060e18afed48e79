//! The outbox as the user sees it, and what the user may do with a row.

use std::sync::Arc;

use chrono::TimeDelta;
use liaison_domain::text;
use liaison_store::tables::accounts::{self, AccountState};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState as RowState};
use liaison_store::tables::records_pushed;
use liaison_store::tables::schedule_intents::{self, IntentState, ScheduleIntentRecord};

use super::event::EventFields;
use super::{Reason, belongs_to};
use crate::context::{Context, SalesforceAccount, key};
use crate::engine::Engine;
use crate::error::CommandError;
use crate::failure::utc_ms;
use crate::outbox::view::{
    FieldContent, FieldValue, NeedsYou, Outbox, OutboxItem, OutboxState, OutboxWhat, WaitReason,
};
use crate::schedule::{StoredDraft, intent_of_item, interrupted_item_id};
use crate::session::settings;
use crate::terms::{Provider, Tag, UtcMs};

/// More than anybody scrolls through.
const MOST_ITEMS: usize = 500;
const MAX_NAME: usize = 200;

/// What decides how a row is shown.
struct Circumstances {
    paused: bool,
    offline: bool,
    signed_in: bool,
    account: Option<SalesforceAccount>,
}

impl Engine {
    /// The outbox.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn outbox(&self) -> Result<Outbox, CommandError> {
        let profile = self.profile().await?;
        let (rows, intents, paused, account_state) = profile
            .store
            .read(|db| {
                Ok((
                    outbox::list_all(db, MOST_ITEMS)?,
                    schedule_intents::unfinished(db)?,
                    settings::paused(db)?,
                    accounts::get(db, key(Provider::Salesforce))?.map(|account| account.state),
                ))
            })
            .await?;
        let circumstances = Circumstances {
            paused,
            offline: profile.status().is_offline(Provider::Salesforce),
            signed_in: account_state == Some(AccountState::Connected),
            account: profile.salesforce(),
        };
        let mut items: Vec<OutboxItem> =
            intents.iter().filter(|intent| intent.state == IntentState::Planned).filter_map(interrupted).collect();
        items.extend(rows.iter().map(|row| item(row, &circumstances)));
        let today = UtcMs(start_of_day(&profile));
        let count = |wanted: fn(&OutboxState) -> bool| {
            u32::try_from(items.iter().filter(|item| wanted(&item.state)).count()).unwrap_or(u32::MAX)
        };
        Ok(Outbox {
            needs_you: count(|state| matches!(state, OutboxState::NeedsYou { .. })),
            waiting: count(|state| {
                matches!(state, OutboxState::Held { .. } | OutboxState::Waiting { .. } | OutboxState::Sending)
            }),
            sent_today: u32::try_from(
                items.iter().filter(|item| matches!(item.state, OutboxState::Sent { at } if at >= today)).count(),
            )
            .unwrap_or(u32::MAX),
            paused,
            now: utc_ms(profile.now()),
            items,
        })
    }

    /// Takes back a row that is still held.
    ///
    /// # Errors
    /// [`CommandError::TooLate`] when it may have left.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn undo_outbox_item(&self, id: String) -> Result<(), CommandError> {
        let profile = self.profile().await?;
        profile.store.write(move |tx| outbox::undo(tx, &id).map(drop)).await?;
        profile.outbox_changed();
        Ok(())
    }

    /// Sends a row now, or makes a meeting whose making was cut off.
    ///
    /// # Errors
    /// [`CommandError::TooLate`] when it is under way or done; for a meeting, what scheduling says.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn retry_outbox_item(&self, id: String) -> Result<(), CommandError> {
        let profile = self.profile().await?;
        if let Some(draft_id) = intent_of_item(&id) {
            let draft_id = draft_id.to_owned();
            let intent = profile.store.read(move |db| schedule_intents::get(db, &draft_id)).await?;
            let (draft, _) = intent.as_ref().and_then(StoredDraft::read).ok_or(CommandError::Gone)?;
            self.schedule_meeting(draft).await?;
            return Ok(());
        }
        let now_ms = profile.now_ms();
        profile.store.write(move |tx| outbox::retry(tx, &id, now_ms)).await?;
        profile.outbox_changed();
        Ok(())
    }

    /// Gives up a row that is not being sent.
    ///
    /// # Errors
    /// [`CommandError::TooLate`] when it is under way or done.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn discard_outbox_item(&self, id: String) -> Result<(), CommandError> {
        let profile = self.profile().await?;
        match intent_of_item(&id) {
            Some(draft_id) => profile.settle(draft_id, IntentState::Failed).await?,
            None => profile.store.write(move |tx| outbox::discard(tx, &id).map(drop)).await?,
        }
        profile.outbox_changed();
        Ok(())
    }

    /// Opens the record that a row made, in the browser.
    ///
    /// # Errors
    /// [`CommandError::Gone`] when it made none.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn open_event(&self, id: String) -> Result<(), CommandError> {
        let profile = self.profile().await?;
        let record = profile
            .store
            .read(move |db| {
                let Some(row) = outbox::get(db, &id)? else { return Ok(None) };
                let pushed = records_pushed::get(db, &row.ext_key)?.map(|pushed| pushed.record_id);
                Ok(row.record_id.or(pushed))
            })
            .await?;
        self.open_record(&profile, &record.ok_or(CommandError::Gone)?)
    }
}

impl Context {
    fn outbox_changed(&self) {
        self.outbox_wake.notify_one();
        self.changed(&[Tag::Outbox, Tag::Meetings, Tag::Session]);
    }
}

fn start_of_day(profile: &Arc<Context>) -> i64 {
    let zone = profile.zone();
    let date = liaison_domain::wall_time::local_date(profile.now(), zone);
    liaison_domain::wall_time::start_of_day(date, zone).timestamp_millis()
}

fn item(row: &OutboxRecord, circumstances: &Circumstances) -> OutboxItem {
    let state = state_of(row, circumstances);
    let person = row.person_name.as_deref().map(|name| text::single_line(name, MAX_NAME));
    let fields = EventFields::read(&row.payload_json).map(|fields| fields.shown(person.as_deref())).unwrap_or_default();
    OutboxItem {
        id: row.op_id.clone(),
        what: match row.action {
            OutboxAction::Create => OutboxWhat::CreateEvent,
            OutboxAction::Update => OutboxWhat::UpdateEvent,
            OutboxAction::Delete => OutboxWhat::DeleteEvent,
        },
        title: text::single_line(&row.title, MAX_NAME),
        person,
        provider: Provider::Salesforce,
        created: UtcMs(row.created_utc_ms),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        fields,
        can_undo: row.state == RowState::Held,
        can_retry: matches!(row.state, RowState::Blocked | RowState::Review)
            || (row.state == RowState::Pending && row.attempts > 0),
        can_discard: matches!(row.state, RowState::Pending | RowState::Blocked | RowState::Review),
        can_open: row.state == RowState::Done && row.record_id.is_some(),
        state,
    }
}

/// The state that the user sees. A held row whose time is over waits like any other.
pub(crate) fn state_of_row(row: &OutboxRecord) -> OutboxState {
    let circumstances = Circumstances { paused: false, offline: false, signed_in: true, account: None };
    state_of(row, &circumstances)
}

fn state_of(row: &OutboxRecord, circumstances: &Circumstances) -> OutboxState {
    let needs = || match Reason::of(row) {
        Some(Reason::Needs(cause)) => cause,
        _ => NeedsYou::Unreadable,
    };
    match row.state {
        RowState::Held => OutboxState::Held { until: UtcMs(row.held_until_utc_ms.unwrap_or_default()) },
        RowState::Pending => {
            let (reason, until) = waiting_for(row, circumstances);
            OutboxState::Waiting { reason, until }
        }
        RowState::Claimed => OutboxState::Sending,
        RowState::Done => OutboxState::Sent { at: UtcMs(row.done_utc_ms.unwrap_or_default()) },
        RowState::Blocked | RowState::Review => OutboxState::NeedsYou { cause: needs() },
        RowState::Discarded => OutboxState::Discarded { at: UtcMs(row.created_utc_ms) },
    }
}

fn waiting_for(row: &OutboxRecord, circumstances: &Circumstances) -> (WaitReason, Option<UtcMs>) {
    if circumstances.paused {
        return (WaitReason::Paused, None);
    }
    if !circumstances.signed_in {
        return (WaitReason::SignIn, None);
    }
    if circumstances.account.as_ref().is_some_and(|account| !belongs_to(row, account)) {
        return (WaitReason::OtherAccount, None);
    }
    let until = Some(UtcMs(row.not_before_utc_ms));
    match Reason::of(row) {
        Some(Reason::Unknown { .. }) => (WaitReason::Checking, until),
        Some(Reason::Waiting(WaitReason::Turn)) | None if circumstances.offline => (WaitReason::Network, None),
        Some(Reason::Waiting(reason)) => (reason, until),
        _ => (WaitReason::Turn, None),
    }
}

/// A meeting whose making was cut off, and which Zoom has not made.
fn interrupted(intent: &ScheduleIntentRecord) -> Option<OutboxItem> {
    let (draft, start_ms) = StoredDraft::read(intent)?;
    let end = start_ms + TimeDelta::minutes(i64::from(draft.minutes)).num_milliseconds();
    let time = |name: &str, ms: i64| FieldValue { name: name.to_owned(), value: FieldContent::Time { at: UtcMs(ms) } };
    Some(OutboxItem {
        id: interrupted_item_id(&intent.draft_id),
        what: OutboxWhat::CreateMeeting,
        title: text::single_line(&draft.topic, MAX_NAME),
        person: None,
        provider: Provider::Zoom,
        state: OutboxState::NeedsYou { cause: NeedsYou::Interrupted },
        created: UtcMs(intent.created_utc_ms),
        attempts: 1,
        fields: vec![time("StartDateTime", start_ms), time("EndDateTime", end)],
        can_undo: false,
        can_retry: true,
        can_discard: true,
        can_open: false,
    })
}
