//! One attempt: what is sent for a row, and what its answer means.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{
    Condition, Disposition, Event, ExternalKey, NewEvent, Query, Resolution, SalesforceError, SalesforceId,
};
use liaison_store::tables::outbox::OutboxRecord;
use liaison_store::tables::people;
use liaison_transport::TransportError;

use super::event::EventFields;
use super::{NETWORK_PAUSE_MS, Outcome, Reason, next_attempt, pause, unknown_since};
use crate::context::{Context, SalesforceAccount};
use crate::failure::{DAILY_PAUSE, shown};
use crate::outbox::view::{NeedsYou, WaitReason};

/// Without our field in the org, a lost answer is looked into only after this time: a request
/// under way there must have ended by then.
const SETTLING: TimeDelta = TimeDelta::minutes(2);

pub(super) async fn send(profile: &Context, account: &SalesforceAccount, row: &OutboxRecord) -> Outcome {
    let Some(fields) = EventFields::read(&row.payload_json).filter(|_| row.object == "Event") else {
        return Outcome::Needs(NeedsYou::Unreadable);
    };
    let attempt = Attempt { profile, account, row, now: profile.now() };
    let fields = attempt.with_current_person(fields).await;
    let outcome = match attempt.create(&fields).await {
        Err(error) if is_about_the_person(&error) => match attempt.converted(&fields).await {
            Some(fields) => attempt.create(&fields).await,
            None => Err(error),
        },
        outcome => outcome,
    };
    match outcome {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::info!(%error, attempts = row.attempts, "a row did not go out");
            attempt.outcome_of(&error)
        }
    }
}

struct Attempt<'a> {
    profile: &'a Context,
    account: &'a SalesforceAccount,
    row: &'a OutboxRecord,
    now: DateTime<Utc>,
}

impl Attempt<'_> {
    /// The person may have been converted or merged since the row was written.
    async fn with_current_person(&self, mut fields: EventFields) -> EventFields {
        if let Some(who) = fields.who.as_ref().map(ToString::to_string) {
            match self.profile.store.read(move |db| people::successor(db, &who)).await {
                Ok(current) => fields.who = current.parse().ok().or(fields.who),
                Err(error) => tracing::warn!(%error, "it could not be read whether a person was merged"),
            }
        }
        fields
    }

    /// Asks Salesforce which Contact a Lead became that the local copy still takes for a Lead.
    async fn converted(&self, fields: &EventFields) -> Option<EventFields> {
        #[derive(serde::Deserialize)]
        struct Row {
            #[serde(rename = "ConvertedContactId")]
            contact: Option<SalesforceId>,
        }
        let lead: SalesforceId = fields.who.as_ref()?.id.parse().ok().filter(SalesforceId::is_lead)?;
        let query = Query::from("Lead").select(["ConvertedContactId"]).filter(Condition::equals("Id", lead));
        let rows: Vec<Row> = self.account.api.query_rows(&query.limit(1).build().ok()?).await.ok()?;
        let contact = rows.into_iter().next()?.contact?;
        Some(EventFields { who: format!("Contact:{contact}").parse().ok(), ..fields.clone() })
    }

    async fn create(&self, fields: &EventFields) -> Result<Outcome, SalesforceError> {
        let capability = self.profile.event_capability(self.account).await?;
        if !capability.createable {
            return Ok(Outcome::Needs(NeedsYou::NoPermission { message: String::new() }));
        }
        if let Ok(key) = ExternalKey::new(&self.row.ext_key)
            && capability.key.is_usable()
        {
            self.create_with_key(fields, &key).await
        } else {
            self.create_guarded(fields).await
        }
    }

    /// The org has our field: found by key, or made by key.
    async fn create_with_key(&self, fields: &EventFields, key: &ExternalKey) -> Result<Outcome, SalesforceError> {
        let events = self.account.api.events();
        if self.row.attempts > 1
            && let Some(outcome) = found(events.find_by_key(key).await?)
        {
            return Ok(outcome);
        }
        match events.upsert(key, &new_event(fields)).await {
            Ok(saved) => Ok(Outcome::Done { record_id: saved.id.to_string() }),
            Err(error) => match error.disposition() {
                // Another request of ours, or another computer, made it at the same moment.
                Some(Disposition::Resolve(Resolution::DuplicateValue { .. })) => {
                    found(events.find_by_key(key).await?).ok_or(error)
                }
                _ => Err(error),
            },
        }
    }

    /// The org has no field for our key: searched by start and link, made only if absent.
    async fn create_guarded(&self, fields: &EventFields) -> Result<Outcome, SalesforceError> {
        let events = self.account.api.events();
        let start = at(fields.start_utc_ms);
        let same_place: Vec<Event> = match self.account.user_id.parse::<SalesforceId>() {
            Ok(owner) => events
                .find_at_start(start, owner)
                .await?
                .into_iter()
                .filter(|event| event.location.as_deref() == Some(fields.location.as_str()))
                .collect(),
            Err(_) => Vec::new(),
        };
        if let Some(outcome) = found(same_place) {
            return Ok(outcome);
        }
        if let Some(Reason::Unknown { since_utc_ms }) = Reason::of(self.row) {
            let settled = at(since_utc_ms) + SETTLING;
            return Ok(if self.now < settled {
                Outcome::Check { not_before: settled, since_utc_ms }
            } else {
                Outcome::Unsure
            });
        }
        let id = events.create(&new_event(fields)).await?;
        Ok(Outcome::Done { record_id: id.to_string() })
    }

    fn outcome_of(&self, error: &SalesforceError) -> Outcome {
        if error.outcome_unknown() {
            let now_ms = self.now.timestamp_millis();
            return Outcome::Check {
                not_before: next_attempt(self.now, self.row.attempts, NETWORK_PAUSE_MS),
                since_utc_ms: unknown_since(self.row, now_ms),
            };
        }
        match error {
            SalesforceError::Transport(error) => self.outcome_of_transport(error),
            SalesforceError::Invalid(invalid) => Outcome::Needs(NeedsYou::Refused {
                message: invalid.to_string(),
                fields: vec![invalid.field.to_owned()],
                code: "INVALID".to_owned(),
            }),
            SalesforceError::Mismatch { .. } => pause(self.now, self.row.attempts, WaitReason::Trouble),
            SalesforceError::Refused(refusal) => self.outcome_of_refusal(refusal.disposition()),
        }
    }

    fn outcome_of_transport(&self, error: &TransportError) -> Outcome {
        match error {
            TransportError::RateLimited { until, .. } => {
                Outcome::Later { not_before: *until, reason: WaitReason::RateLimit }
            }
            TransportError::SignInNeeded(_) => pause(self.now, self.row.attempts, WaitReason::SignIn),
            _ => pause(self.now, self.row.attempts, WaitReason::Network),
        }
    }

    fn outcome_of_refusal(&self, disposition: Disposition) -> Outcome {
        let person = || self.row.person_name.clone().unwrap_or_default();
        match disposition {
            Disposition::RefreshAndReplay => pause(self.now, self.row.attempts, WaitReason::SignIn),
            Disposition::BackOff => pause(self.now, self.row.attempts, WaitReason::Trouble),
            Disposition::PauseUntilWindow => {
                Outcome::Later { not_before: self.now + DAILY_PAUSE, reason: WaitReason::RateLimit }
            }
            Disposition::Resolve(Resolution::SeveralMatches(_)) => Outcome::Needs(NeedsYou::SeveralMatches),
            Disposition::Resolve(Resolution::Deleted | Resolution::ConvertedLead) => {
                Outcome::Needs(NeedsYou::RecordGone { name: person() })
            }
            Disposition::Resolve(Resolution::DuplicateValue { field, .. }) => Outcome::Needs(NeedsYou::Refused {
                message: String::new(),
                fields: field.into_iter().collect(),
                code: "DUPLICATE_VALUE".to_owned(),
            }),
            Disposition::Resolve(Resolution::DuplicatesDetected { .. }) => Outcome::Needs(NeedsYou::Refused {
                message: String::new(),
                fields: Vec::new(),
                code: "DUPLICATES_DETECTED".to_owned(),
            }),
            Disposition::Park { code, message, fields } => {
                // A field may have been hidden or removed: ask again what is possible.
                self.profile.forget_capabilities();
                let message = shown(message.expose());
                Outcome::Needs(if names_the_person(&code, &fields) {
                    NeedsYou::RecordGone { name: person() }
                } else if code.starts_with("INSUFFICIENT_ACCESS") {
                    NeedsYou::NoPermission { message }
                } else {
                    NeedsYou::Refused { message, fields, code }
                })
            }
        }
    }
}

fn names_the_person(code: &str, fields: &[String]) -> bool {
    fields.iter().any(|field| field == "WhoId")
        && ["INVALID_CROSS_REFERENCE_KEY", "FIELD_INTEGRITY_EXCEPTION", "MALFORMED_ID"].contains(&code)
}

/// Whether Salesforce refuses because of whom the Event is for.
fn is_about_the_person(error: &SalesforceError) -> bool {
    match error.disposition() {
        Some(Disposition::Resolve(Resolution::ConvertedLead | Resolution::Deleted)) => true,
        Some(Disposition::Park { code, fields, .. }) => names_the_person(&code, &fields),
        _ => false,
    }
}

/// What a look-up found: the record itself, or that somebody deleted it there.
fn found(events: Vec<Event>) -> Option<Outcome> {
    let (live, deleted): (Vec<Event>, Vec<Event>) = events.into_iter().partition(|event| !event.is_deleted);
    match live.as_slice() {
        [event] => Some(Outcome::Done { record_id: event.id.to_string() }),
        [] if deleted.is_empty() => None,
        [] => Some(Outcome::Needs(NeedsYou::DeletedThere)),
        _ => Some(Outcome::Needs(NeedsYou::SeveralMatches)),
    }
}

fn new_event(fields: &EventFields) -> NewEvent {
    let mut event = NewEvent::new(fields.subject.clone(), at(fields.start_utc_ms), at(fields.end_utc_ms));
    event.who = fields.who.as_ref().and_then(|who| who.id.parse().ok());
    event.location = Some(fields.location.clone()).filter(|text| !text.is_empty());
    event.description = Some(fields.description.clone()).filter(|text| !text.is_empty());
    event
}

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
