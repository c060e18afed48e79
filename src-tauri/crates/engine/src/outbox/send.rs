//! One attempt: what is sent for a row, and what its answer means.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{
    ActivityCapability, Disposition, Event, ExternalKey, NewEvent, Resolution, SalesforceError, SalesforceId,
};
use liaison_store::tables::outbox::OutboxRecord;
use liaison_transport::TransportError;

use super::event::EventFields;
use super::{NETWORK_PAUSE_MS, Outcome, Reason, next_attempt, pause, unknown_since};
use crate::accounts::SalesforceAccount;
use crate::failure::{DAILY_PAUSE, shown};
use crate::profile::Profile;
use crate::view::{NeedsYou, WaitReason};

/// Without our field in the org, a lost answer is looked into only after this time: a request
/// under way there must have ended by then.
const SETTLING: TimeDelta = TimeDelta::minutes(2);

pub(super) async fn send(profile: &Profile, account: &SalesforceAccount, row: &OutboxRecord) -> Outcome {
    let Some(fields) = EventFields::read(&row.payload_json).filter(|_| row.object == "Event") else {
        return Outcome::Needs(NeedsYou::Unreadable);
    };
    let attempt = Attempt { profile, account, row, now: profile.now() };
    match attempt.create(&fields).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::info!(%error, attempts = row.attempts, "a row did not go out");
            attempt.outcome_of(&error)
        }
    }
}

struct Attempt<'a> {
    profile: &'a Profile,
    account: &'a SalesforceAccount,
    row: &'a OutboxRecord,
    now: DateTime<Utc>,
}

impl Attempt<'_> {
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
                let about_person = fields.iter().any(|field| field == "WhoId")
                    && ["INVALID_CROSS_REFERENCE_KEY", "FIELD_INTEGRITY_EXCEPTION", "MALFORMED_ID"]
                        .contains(&code.as_str());
                Outcome::Needs(if about_person {
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

impl Profile {
    /// What the rep may do with Events; asked once, and again after a refusal.
    pub(crate) async fn event_capability(
        &self,
        account: &SalesforceAccount,
    ) -> Result<ActivityCapability, SalesforceError> {
        if let Some(known) = self.known_event_capability() {
            return Ok(known);
        }
        let asked = account.api.capabilities().await?.event;
        self.remember_event_capability(asked.clone());
        Ok(asked)
    }
}
