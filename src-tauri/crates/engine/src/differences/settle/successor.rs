//! The date that takes the place of another one: its series was made anew somewhere else, and its dates have other ids.

use liaison_store::StoreResult;
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxRecord, Urgency};
use liaison_store::tables::records_pushed;

use super::{Came, Round};
use crate::outbox::event::fields::{EventFields, Payload};
use crate::outbox::event::rows::{note_under, place_of};
use crate::outbox::event::{Change, EVENT};
use crate::schedule;

impl Round<'_> {
    /// The date of the series that takes place when this one did, where the series was made anew somewhere else since:
    /// its dates have other ids then.
    pub(super) fn successor(&self) -> StoreResult<Option<MeetingRecord>> {
        if self.record.occurrence_id.is_none() {
            return Ok(None);
        }
        let takes_place = |date: &MeetingRecord| {
            date.gone_utc_ms.is_none()
                && date.occurrence_id.is_some()
                && date.occurrence_id != self.record.occurrence_id
                && date.start_utc_ms == self.record.start_utc_ms
        };
        Ok(meetings::by_meeting_id(self.tx, self.record.meeting_id)?.into_iter().find(takes_place))
    }

    /// The Event is that of another date by now: it goes on with it, and is not deleted. `None` where the other date has
    /// an Event of its own.
    pub(super) fn goes_on(&mut self, next: &MeetingRecord, there: &EventFields) -> StoreResult<Option<Came>> {
        let Some(mut place) = place_of(self.tx, &next.key)? else { return Ok(None) };
        let (target, own) = (place.target.key.clone(), self.rows.place.identity.clone());
        if let Some(known) = records_pushed::get(self.tx, &target, &place.identity)? {
            let same = self.rows.place.record_id.as_ref() == Some(&known.record_id);
            if same {
                records_pushed::remove(self.tx, &target, &own)?;
                self.agreed.open.clear();
            }
            return Ok(same.then_some(Came::Nothing));
        }
        let rows = outbox::by_identity(self.tx, &target, EVENT, &place.identity)?;
        if rows.iter().any(|row| row.state.is_open()) {
            return Ok(Some(Came::Nothing));
        }
        schedule::carry_where_free(self.tx, self.record, next)?;
        note_under(self.tx, &target, &own, &place.identity)?;
        let fields = self.as_there(there);
        place.title.clone_from(&next.topic);
        place.person_name.clone_from(&self.rows.place.person_name);
        place.record_id.clone_from(&self.rows.place.record_id);
        std::mem::take(&mut self.agreed).put(self.tx, &target, &next.key)?;
        let formerly = self.rows.before_the_change().1.unwrap_or(own);
        let mut row =
            Change::TakeOver { base: fields.clone(), fields, formerly }.operation(&place, self.seen.now_ms, 0);
        row.urgency = Urgency::Bulk;
        outbox::enqueue(self.tx, &row)?;
        Ok(Some(Came::Queued))
    }

    /// An Event that was on its way for this date is made for the other one, unless that has one of its own.
    pub(super) fn make_for(&mut self, next: &MeetingRecord, row: &OutboxRecord) -> StoreResult<()> {
        let Some(mut place) = place_of(self.tx, &next.key)? else { return Ok(()) };
        let Some(payload) = Payload::read(&row.payload_json) else { return Ok(()) };
        let target = place.target.key.clone();
        let rows = outbox::by_identity(self.tx, &target, EVENT, &place.identity)?;
        if !rows.is_empty() || records_pushed::get(self.tx, &target, &place.identity)?.is_some() {
            return Ok(());
        }
        schedule::carry_where_free(self.tx, self.record, next)?;
        place.title.clone_from(&next.topic);
        place.person_name.clone_from(&row.person_name);
        std::mem::take(&mut self.agreed).put(self.tx, &target, &next.key)?;
        let making = Change::Create { fields: payload.fields, again: payload.again };
        let mut making = making.operation(&place, self.seen.now_ms, 0);
        making.urgency = Urgency::Bulk;
        outbox::enqueue(self.tx, &making).map(drop)
    }
}
