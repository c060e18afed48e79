//! What a meeting is about in Salesforce: chosen, never guessed; its Event follows.

use liaison_salesforce::SalesforceId;
use liaison_store::tables::meeting_topics::{self, MeetingTopic};
use liaison_store::tables::meetings;
use liaison_store::{StoreResult, Transaction};

use super::change::{Decided, Deciding};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::event::rows::event_rows;
use crate::outbox::view::Changed;
use crate::terms::Tag;
use crate::topics::stored::StoredTopic;
use crate::topics::view::Topic;

impl Engine {
    /// What a meeting is about; nothing takes it away. An Event that is there, or on its way, follows.
    ///
    /// # Errors
    /// [`Error::Gone`] without the meeting, or when the topic is no record.
    pub async fn choose_meeting_topic(&self, id: String, topic: Option<Topic>) -> Result<Changed, Error> {
        if topic.as_ref().is_some_and(|topic| topic.id.parse::<SalesforceId>().is_err()) {
            return Err(Error::Gone);
        }
        let cx = self.profile().await?;
        let deciding = Deciding::of(&cx);
        let about = topic.as_ref().map(StoredTopic::of);
        let changed = cx.store.write(move |tx| deciding.choose_topic(tx, &id, about.as_ref())).await??;
        cx.changed(&[Tag::Meetings]);
        cx.outbox_changed();
        Ok(changed)
    }
}

impl Deciding {
    fn choose_topic(&self, tx: &Transaction<'_>, id: &str, about: Option<&StoredTopic>) -> Decided<Changed> {
        if meetings::meeting(tx, id)?.is_none() {
            return Ok(Err(Error::Gone));
        }
        keep(tx, id, about, self.now_ms)?;
        let Some(event) = event_rows(tx, id)? else { return Ok(Ok(Changed::by(None))) };
        let Some(mut fields) = event.written.clone() else { return Ok(Ok(Changed::by(None))) };
        fields.what = about.cloned();
        let place = event.place.clone();
        Ok(Ok(Changed::by(self.rewrite(tx, event, fields, &place, Self::hold_ms(tx)?)?)))
    }
}

/// Keeps what a meeting is about.
pub(super) fn keep(
    tx: &Transaction<'_>,
    meeting_key: &str,
    about: Option<&StoredTopic>,
    now_ms: i64,
) -> StoreResult<()> {
    let Some(about) = about else { return meeting_topics::remove(tx, meeting_key).map(drop) };
    let topic = MeetingTopic {
        meeting_key: meeting_key.to_owned(),
        object: about.object.clone(),
        record_id: about.id.clone(),
        record_name: about.name.clone(),
        chosen_utc_ms: now_ms,
    };
    meeting_topics::put(tx, &topic)
}
