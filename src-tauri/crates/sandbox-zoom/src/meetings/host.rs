//! Who hosts a meeting where the rep has given it to a colleague.
//!
//! "Schedule For" in Zoom's own pages, and `schedule_for` in the reference of "Update a meeting", give a meeting to
//! another host as it is: number, link, passcode and dates stay (seen in August 2026, issue 516 of
//! github.com/cornellh4i/ithaca-recovery), and it moves from the list of the one to that of the other (Oregon State
//! University, "How do I transfer a meeting(s) from one user to another?"). How "Get a meeting" answers the former
//! host is documented nowhere. That it refuses a user-level app whose user is not the host, and speaks of the
//! sign-in, was seen (issue 2357 of github.com/obot-platform/obot); that it answers who may use what others share with
//! the user is taken from Zoom's page of consent, "Allow this app to use my shared access permissions".

use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::{Meeting, Meetings};
use crate::account::User;
use crate::answer::Refusal;
use crate::secrets;

impl Meetings {
    /// A meeting that the rep has given to a colleague.
    pub fn given(&self, id: u64, now: DateTime<Utc>) -> Option<&Meeting> {
        let is_theirs = |meeting: &&Meeting| meeting.given_to.is_some() && !meeting.deleted && !meeting.is_expired(now);
        self.by_id.get(&id).filter(is_theirs)
    }

    /// As [`Self::existing`], also of a colleague who was given it.
    pub fn of_account(&self, id: u64, now: DateTime<Utc>) -> Result<&Meeting, Refusal> {
        self.given(id, now).map_or_else(|| self.existing(id, now), Ok)
    }

    /// As [`Self::existing`], for whoever only reads.
    pub fn readable(&self, id: u64, now: DateTime<Utc>, shared_access: bool) -> Result<&Meeting, Refusal> {
        match self.given(id, now) {
            Some(meeting) if shared_access => Ok(meeting),
            Some(_) => Err(Refusal::lacking_scope("meeting:read:meeting:admin")),
            None => self.existing(id, now),
        }
    }
}

impl Meeting {
    /// Whether the rep has anything to do with it: one that was given away asks for them only where they are invited.
    pub fn concerns(&self, user: &User) -> bool {
        let invitees = self.settings.get("meeting_invitees").and_then(Value::as_array);
        let mut addresses =
            invitees.into_iter().flatten().filter_map(|invitee| invitee.get("email").and_then(Value::as_str));
        self.given_to.is_none() || addresses.any(|address| user.is_named(address))
    }
}

/// Changing what somebody else hosts; the code and the text are those of Zoom's older lists of errors.
pub(super) fn not_the_host() -> Refusal {
    Refusal::bad_request(3003, "Not meeting host.")
}

/// The id of a colleague, always the same for one address.
pub(super) fn id_of(address: &str) -> String {
    let seed = address.bytes().fold(0_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    secrets::short_id(&mut ChaCha8Rng::seed_from_u64(seed))
}
