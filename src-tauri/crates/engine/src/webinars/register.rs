//! Registering those who are ready: rows of the outbox, one for each, together in a group where they are many.

use liaison_domain::text;
use liaison_store::tables::outbox::{self, Enqueued};
use liaison_store::tables::registration_reasons::{self, RegistrationReason};
use liaison_store::tables::webinars;
use liaison_store::{StoreResult, Transaction};
use uuid::Uuid;

use super::check::{Asker, Person, Sorted};
use super::gather;
use super::kinds::{Place, registrant};
use super::stored::{Registration, StoredAnswer, VERSION};
use super::view::{Registering, RegistrationAsk, RegistrationWay};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::groups;
use crate::outbox::target::Target;
use crate::session::settings;
use crate::terms::{Provider, UtcMs};

const MAX_REASON: usize = 500;

impl Engine {
    /// Puts everybody who is ready into the outbox: one as a row, more as a group; nobody where they are more by now than
    /// the user was told.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar; [`Error::TooLate`] when nobody is ready or nobody can be registered.
    pub async fn register_people(&self, ask: RegistrationAsk) -> Result<Registering, Error> {
        let cx = self.profile().await?;
        let asker = Asker::of(&cx, &ask).await?;
        let begun = cx.store.write(move |tx| begin(tx, &ask, &asker)).await??;
        cx.outbox_changed();
        Ok(begun)
    }
}

type Decided<T> = StoreResult<Result<T, Error>>;

/// In the transaction of the decision, so that nobody is sorted by what is no longer so.
pub(super) fn begin(tx: &Transaction<'_>, ask: &RegistrationAsk, asker: &Asker) -> Decided<Registering> {
    let now_ms = asker.now_ms();
    let Some(target) = Target::known(tx, Provider::Zoom)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
    };
    let Some(sorted) = Sorted::of(tx, ask, asker)? else { return Ok(Err(Error::Gone)) };
    let ready: Vec<&Person> = sorted.ready().collect();
    if sorted.block.is_some() || ready.is_empty() {
        return Ok(Err(Error::TooLate));
    }
    let begun = Registering { item: None, group: None, count: 0, until: None, more: None };
    // Fewer than the button said are fine; of more the user knows nothing yet.
    let number = u32::try_from(ready.len()).unwrap_or(u32::MAX);
    if ask.said.is_some_and(|said| number > said) {
        return Ok(Ok(Registering { more: Some(number), ..begun }));
    }
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let group = (ready.len() > 1).then(|| Uuid::now_v7().to_string());
    if let Some(group) = &group {
        outbox::add_group(tx, &groups::begun(group, groups::REGISTER_PEOPLE, &sorted.webinar.topic, now_ms))?;
    }
    let place = Place { target: &target, group: group.as_deref(), now_ms, hold_ms };
    let dates = webinars::dates(tx, &sorted.webinar.key)?;
    let start = gather::span(&sorted.webinar, &dates, now_ms).map(|(start, _)| start);
    let until = (hold_ms > 0).then_some(UtcMs(now_ms + hold_ms));
    let mut begun = Registering { group: group.clone(), until, ..begun };
    for person in ready {
        let registration = registration(&sorted, person, ask, start);
        keep_reason(tx, person, &registration, now_ms)?;
        let together = sorted.way == RegistrationWay::Batches;
        let operation = registrant::operation(&place, &registration, together);
        // Registered before and cancelled since: what made it then is over.
        if let Enqueued::AlreadyThere { op_id, state } = outbox::enqueue(tx, &operation)? {
            if state.is_open() {
                continue;
            }
            outbox::retire_row(tx, &op_id)?;
            outbox::enqueue(tx, &operation)?;
        }
        begun.count += 1;
        begun.item = Some(operation.op_id);
    }
    if begun.group.is_some() {
        begun.item = None;
    }
    Ok(if begun.count == 0 { Err(Error::TooLate) } else { Ok(begun) })
}

fn registration(sorted: &Sorted, person: &Person, ask: &RegistrationAsk, start: Option<i64>) -> Registration {
    let candidate = &person.candidate;
    Registration {
        version: VERSION,
        webinar: sorted.webinar.key.clone(),
        topic: sorted.webinar.topic.clone(),
        start_utc_ms: start,
        email: candidate.email.as_deref().unwrap_or_default().trim().to_owned(),
        first_name: candidate.first_name.trim().to_owned(),
        last_name: candidate.last_name.trim().to_owned(),
        answers: candidate
            .answers
            .iter()
            .map(|(field, text)| StoredAnswer {
                field: field.clone(),
                custom: sorted.is_custom(field),
                text: text.clone(),
            })
            .collect(),
        source: ask.source.clone(),
        record: candidate.record.clone(),
        late: false,
    }
}

/// Why somebody who opted out is registered all the same.
fn keep_reason(tx: &Transaction<'_>, person: &Person, registration: &Registration, now_ms: i64) -> StoreResult<()> {
    let Some(reason) = person.candidate.reason.as_deref().filter(|_| person.candidate.opted_out) else {
        return Ok(());
    };
    registration_reasons::add(
        tx,
        &RegistrationReason {
            id: Uuid::now_v7().to_string(),
            webinar_key: registration.webinar.clone(),
            email: registration.email.clone(),
            record_id: person.record.as_ref().map(|record| record.salesforce_id.clone()),
            person_name: format!("{} {}", registration.first_name, registration.last_name).trim().to_owned(),
            reason: text::single_line(reason, MAX_REASON),
            decided_utc_ms: now_ms,
        },
    )
}
