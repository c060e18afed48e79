//! Meetings: what is kept of one, and the operations on them.
//!
//! Source: Zoom's Meetings API reference and its page on meeting ids, UUIDs and occurrences.

mod family;
pub(crate) mod fields;
mod host;
mod invitation;
pub(crate) mod list;
pub(crate) mod loaded;
pub(crate) mod recurrence;
pub(crate) mod render;
pub(crate) mod request;
mod seed;
pub(crate) mod settings;
pub(crate) mod templates;
pub(crate) mod write;

use std::collections::{BTreeMap, VecDeque};

use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::world::zone::Zone;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value};

use super::answer::Refusal;
use super::operations::{Operation, RateLabel, Scope};
use super::secrets;
pub(crate) use family::Family;
pub(crate) use loaded::Loaded;
use recurrence::Recurrence;
pub(crate) use render::instant;
pub(crate) use request::SHORTEST_PASSCODE;
pub(crate) use settings::lay_over;

/// The table of this module's operations.
pub static OPERATIONS: &[Operation] = &[
    Operation {
        name: "meetings",
        method: Method::GET,
        pattern: "/users/{userId}/meetings",
        scope: Scope::User("meeting:read:list_meetings"),
        rate: RateLabel::Medium,
        counted_daily: false,
        handler: list::of_user,
    },
    Operation {
        name: "listUpcomingMeeting",
        method: Method::GET,
        pattern: "/users/{userId}/upcoming_meetings",
        scope: Scope::User("meeting:read:list_upcoming_meetings"),
        rate: RateLabel::Medium,
        counted_daily: false,
        handler: list::upcoming,
    },
    Operation {
        name: "meetingCreate",
        method: Method::POST,
        pattern: "/users/{userId}/meetings",
        scope: Scope::User("meeting:write:meeting"),
        rate: RateLabel::Medium,
        counted_daily: true,
        handler: write::create,
    },
    Operation {
        name: "meeting",
        method: Method::GET,
        pattern: "/meetings/{meetingId}",
        scope: Scope::User("meeting:read:meeting"),
        rate: RateLabel::Light,
        counted_daily: false,
        handler: render::get,
    },
    Operation {
        name: "meetingUpdate",
        method: Method::PATCH,
        pattern: "/meetings/{meetingId}",
        scope: Scope::User("meeting:update:meeting"),
        rate: RateLabel::Light,
        counted_daily: true,
        handler: write::update,
    },
    Operation {
        name: "meetingDelete",
        method: Method::DELETE,
        pattern: "/meetings/{meetingId}",
        scope: Scope::User("meeting:delete:meeting"),
        rate: RateLabel::Light,
        counted_daily: false,
        handler: write::delete,
    },
    Operation {
        name: "meetingStatus",
        method: Method::PUT,
        pattern: "/meetings/{meetingId}/status",
        scope: Scope::User("meeting:update:status"),
        rate: RateLabel::Light,
        counted_daily: false,
        handler: write::change_status,
    },
    Operation {
        name: "meetingInvitation",
        method: Method::GET,
        pattern: "/meetings/{meetingId}/invitation",
        scope: Scope::User("meeting:read:invitation"),
        rate: RateLabel::Light,
        counted_daily: false,
        handler: invitation::get,
    },
    Operation::new(
        "listMeetingTemplates",
        Method::GET,
        "/users/{userId}/meeting_templates",
        Scope::User("meeting:read:list_templates"),
        RateLabel::Medium,
        templates::of_meetings,
    ),
    Operation::new(
        "listWebinarTemplates",
        Method::GET,
        "/users/{userId}/webinar_templates",
        Scope::User("webinar:read:list_templates"),
        RateLabel::Medium,
        templates::of_webinars,
    ),
];

/// Zoom's numbers for the types of meetings.
pub(crate) mod kind {
    pub const INSTANT: i64 = 1;
    pub const SCHEDULED: i64 = 2;
    pub const RECURRING_NO_TIME: i64 = 3;
    pub const PERSONAL: i64 = 4;
    pub const WEBINAR: i64 = 5;
    pub const WEBINAR_NO_TIME: i64 = 6;
    pub const RECURRING: i64 = 8;
    pub const WEBINAR_SERIES: i64 = 9;
    pub const SCREEN_SHARE: i64 = 10;

    /// Whether it recurs at fixed times.
    pub const fn is_series(kind: i64) -> bool {
        matches!(kind, RECURRING | WEBINAR_SERIES)
    }

    /// Whether it recurs without fixed times.
    pub const fn has_no_time(kind: i64) -> bool {
        matches!(kind, RECURRING_NO_TIME | WEBINAR_NO_TIME)
    }
}

/// One date of a recurring meeting.
#[derive(Clone, PartialEq)]
pub(crate) struct Occurrence {
    /// Epoch milliseconds of the start that it was made with; it stays when the start moves.
    pub id: String,
    pub start: DateTime<Utc>,
    pub minutes: i64,
    pub deleted: bool,
    pub agenda: Option<String>,
    pub settings: Map<String, Value>,
}

impl Occurrence {
    pub fn end(&self) -> DateTime<Utc> {
        self.start + TimeDelta::minutes(self.minutes)
    }
}

/// One meeting or webinar; the two are kept alike. No `Debug`, because it holds a passcode.
#[derive(Clone, PartialEq)]
pub(crate) struct Meeting {
    /// 10 or 11 digits, beyond 32 bits.
    pub id: u64,
    pub uuid: String,
    /// One of [`kind`].
    pub kind: i64,
    pub topic: String,
    pub agenda: String,
    pub start: Option<DateTime<Utc>>,
    pub minutes: i64,
    pub zone: Zone,
    /// Empty when there is none.
    pub passcode: String,
    /// What join links carry in place of the passcode.
    pub embedded_passcode: String,
    /// Only what differs from the defaults.
    pub settings: Map<String, Value>,
    pub recurrence: Option<Recurrence>,
    pub occurrences: Vec<Occurrence>,
    pub tracking_fields: Vec<Value>,
    pub pre_schedule: bool,
    pub template_id: Option<String>,
    pub created_at: DateTime<Utc>,
    /// `open_api` or `web_portal`.
    pub source: &'static str,
    /// It has been started already and runs until then, unless it is ended earlier.
    pub live_until: Option<DateTime<Utc>>,
    /// Dates after this moment are started when their time has come.
    pub awaited_since: DateTime<Utc>,
    /// When the host ended it, where that was done through the API.
    pub ended_at: Option<DateTime<Utc>>,
    pub deleted: bool,
    /// The host, where it is somebody else than the rep.
    pub invited_by: Option<String>,
    /// The address of the colleague whom the rep has given it to.
    pub given_to: Option<String>,
    /// What a raw row said of it.
    pub loaded: Loaded,
}

impl Meeting {
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        let begun = self.start.is_some_and(|start| start <= now) && self.live_until.is_some_and(|until| now < until);
        begun
            || self.dates().any(|(start, end)| {
                let ended = self.ended_at.is_some_and(|at| (start..end).contains(&at));
                self.awaited_since < start && start <= now && now < end && !ended
            })
    }

    /// When it is planned to begin and end, each time that it is held.
    pub fn dates(&self) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
        let series = kind::is_series(self.kind);
        let single = self.start.filter(|_| !series && self.kind != kind::PERSONAL);
        let single = single.map(|start| (start, start + TimeDelta::minutes(self.minutes)));
        let dates = self.occurrences.iter().filter(move |one| series && !one.deleted);
        single.into_iter().chain(dates.map(|one| (one.start, one.end())))
    }

    /// The end of its last date, as far as it has one.
    pub fn last_end(&self) -> DateTime<Utc> {
        let last = self.occurrences.iter().map(Occurrence::end).max();
        let single = || self.start.map(|start| start + TimeDelta::minutes(self.minutes));
        last.or_else(single).unwrap_or(self.created_at)
    }

    /// A number dies 30 days after the last use, that of a recurring meeting after 365.
    pub fn is_expired(&self, now: DateTime<Utc>) -> bool {
        let days = match self.kind {
            kind::PERSONAL => return false,
            kind if kind::is_series(kind) || kind::has_no_time(kind) => 365,
            _ => 30,
        };
        self.last_end() + TimeDelta::days(days) < now
    }

    /// Whether the user finds it: not deleted, not expired, not somebody else's.
    fn is_open(&self, now: DateTime<Utc>) -> bool {
        !self.deleted && self.invited_by.is_none() && self.given_to.is_none() && !self.is_expired(now)
    }

    /// Whether people have to register.
    pub fn wants_registration(&self) -> bool {
        self.approval_type() != NO_REGISTRATION
    }

    /// 0 approves by itself, 1 waits for the host, 2 asks for no registration.
    pub fn approval_type(&self) -> i64 {
        self.settings.get("approval_type").and_then(Value::as_i64).unwrap_or(NO_REGISTRATION)
    }

    /// A setting that is on or off, off where nobody has set it.
    pub fn is_set(&self, name: &str) -> bool {
        self.settings.get(name) == Some(&Value::Bool(true))
    }

    pub fn occurrence(&self, id: &str) -> Option<&Occurrence> {
        self.occurrences.iter().find(|occurrence| occurrence.id == id)
    }

    /// Makes the occurrences anew from the recurrence; what was changed in single ones is lost.
    pub fn recur(&mut self) {
        self.occurrences.clear();
        if let (Some(recurrence), Some(start), true) = (&self.recurrence, self.start, kind::is_series(self.kind)) {
            let minutes = self.minutes;
            let occurrence = |start: DateTime<Utc>| Occurrence {
                id: start.timestamp_millis().to_string(),
                start,
                minutes,
                deleted: false,
                agenda: None,
                settings: Map::new(),
            };
            let starts = recurrence.starts(self.zone, start);
            self.occurrences = starts.into_iter().map(occurrence).collect();
        }
    }
}

/// The `approval_type` of what anybody may join.
const NO_REGISTRATION: i64 = 2;

/// All meetings of the account, or all its webinars.
pub(crate) struct Meetings {
    family: Family,
    by_id: BTreeMap<u64, Meeting>,
    rng: ChaCha8Rng,
    /// Numbers that the next new ones take.
    coming_ids: VecDeque<u64>,
}

impl Meetings {
    /// Meetings of the user that exist.
    pub fn hosted(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Meeting> {
        self.by_id.values().filter(move |meeting| meeting.is_open(now))
    }

    /// A meeting of the user that exists.
    pub fn open(&self, id: u64, now: DateTime<Utc>) -> Option<&Meeting> {
        self.by_id.get(&id).filter(|meeting| meeting.is_open(now))
    }

    /// As [`Self::open`], or the refusal that says that there is none, or that it is somebody else's.
    pub fn existing(&self, id: u64, now: DateTime<Utc>) -> Result<&Meeting, Refusal> {
        self.open(id, now).ok_or_else(|| match self.given(id, now) {
            Some(_) => host::not_the_host(),
            None => self.family.missing(&id.to_string()),
        })
    }

    /// Brings a deleted meeting back with all its dates; false if it was not deleted.
    fn recover(&mut self, id: u64) -> bool {
        let Some(meeting) = self.by_id.get_mut(&id).filter(|meeting| meeting.deleted) else {
            return false;
        };
        meeting.deleted = false;
        for occurrence in &mut meeting.occurrences {
            occurrence.deleted = false;
        }
        true
    }

    pub fn put(&mut self, meeting: Meeting) {
        self.by_id.insert(meeting.id, meeting);
    }

    /// Says which numbers the next new meetings have.
    pub fn number_next(&mut self, ids: &[u64]) {
        self.coming_ids.extend(ids);
    }

    /// The number that was asked for, as long as nobody has it, or any free one.
    fn next_id(&mut self) -> u64 {
        let wanted = self.coming_ids.pop_front().filter(|id| !self.by_id.contains_key(id));
        wanted.unwrap_or_else(|| self.new_id())
    }

    /// Gives the personal meeting another number.
    pub fn renumber_personal(&mut self, old: u64, new: u64) {
        if let Some(mut personal) = self.by_id.remove(&old) {
            personal.id = new;
            self.put(personal);
        }
    }

    /// A free meeting number; one in eight has ten digits, the others eleven.
    fn new_id(&mut self) -> u64 {
        loop {
            let id = match (self.family, self.rng.random_range(0..8)) {
                (Family::Webinar, _) => self.rng.random_range(95_000_000_000..99_999_999_999),
                (Family::Meeting, 0) => self.rng.random_range(5_600_000_000..9_999_999_999),
                (Family::Meeting, _) => self.rng.random_range(81_000_000_000..95_000_000_000),
            };
            if !self.by_id.contains_key(&id) {
                return id;
            }
        }
    }

    /// Six letters and digits that are hard to confuse.
    fn new_passcode(&mut self) -> String {
        const CHARACTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        (0..6).map(|_| char::from(CHARACTERS[self.rng.random_range(0..CHARACTERS.len())])).collect()
    }

    /// Links carry the passcode in another form, which follows it.
    pub(crate) fn embed_anew(&mut self, before: &Meeting, after: &mut Meeting) {
        if after.passcode != before.passcode {
            after.embedded_passcode = self.new_embedded_passcode();
        }
    }

    fn new_embedded_passcode(&mut self) -> String {
        format!("{}.1", secrets::short_id(&mut self.rng))
    }
}
