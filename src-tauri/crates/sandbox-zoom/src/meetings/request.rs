//! The body of «create» and «update»: read, checked, with every wrong field named.

use chrono::{DateTime, NaiveDateTime, Utc};
use liaison_sandbox_kernel::world::zone::{Zone, in_utc};
use serde_json::{Map, Value};

use super::fields::Fields;
use super::recurrence::Recurrence;
use super::{Family, kind, settings};
use crate::account::User;
use crate::answer::{FieldError, Refusal};

const LONGEST_TOPIC: usize = 200;
const LONGEST_AGENDA: usize = 2_000;
const LONGEST_PASSCODE: usize = 10;
/// What the user's settings say under `meeting_password_requirement`.
pub(crate) const SHORTEST_PASSCODE: usize = 6;
/// A day; Zoom's own pages offer no longer meeting.
const LONGEST_MINUTES: i64 = 1_440;

/// A start as requested: with `Z` an instant, without it a wall time in the meeting's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestedStart {
    Instant(DateTime<Utc>),
    Wall(NaiveDateTime),
}

impl RequestedStart {
    fn parse(text: &str) -> Option<Self> {
        let wall = |format| NaiveDateTime::parse_from_str(text, format).ok();
        let instant = wall("%Y-%m-%dT%H:%M:%SZ").map(|time| Self::Instant(time.and_utc()));
        instant.or_else(|| wall("%Y-%m-%dT%H:%M:%S").map(Self::Wall))
    }

    pub fn resolve(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Instant(instant) => instant,
            Self::Wall(wall) => in_utc(zone, wall),
        }
    }
}

/// What a request wants; absent fields are `None`.
#[derive(Clone)]
pub(crate) struct Draft {
    pub topic: Option<String>,
    pub kind: Option<i64>,
    pub start: Option<RequestedStart>,
    pub minutes: Option<i64>,
    pub zone: Option<Zone>,
    pub agenda: Option<String>,
    pub passcode: Option<String>,
    pub generate_passcode: bool,
    pub settings: Map<String, Value>,
    pub recurrence: Option<Recurrence>,
    pub tracking_fields: Option<Vec<Value>>,
    pub pre_schedule: Option<bool>,
    pub template_id: Option<String>,
    /// Who is to host it, by id or address.
    pub schedule_for: Option<String>,
}

impl Draft {
    /// Reads a body. `existing_kind` is the type that holds when the body names none.
    pub fn read(body: &Map<String, Value>, user: &User, family: Family, existing_kind: i64) -> Result<Self, Refusal> {
        let mut fields = Fields::new(body, "");
        let mut draft = Self {
            topic: fields.text("topic", LONGEST_TOPIC),
            kind: fields.number("type", 1..=kind::SCREEN_SHARE),
            start: start_of(&mut fields),
            minutes: fields.number("duration", 1..=LONGEST_MINUTES),
            zone: zone_of(&mut fields),
            agenda: fields.text("agenda", LONGEST_AGENDA),
            passcode: passcode_of(&mut fields),
            generate_passcode: fields.flag(family.default_passcode()).unwrap_or(true),
            settings: Map::new(),
            recurrence: None,
            tracking_fields: tracking_fields_of(&mut fields),
            pre_schedule: fields.flag("pre_schedule"),
            template_id: fields.text("template_id", 200),
            schedule_for: fields.text("schedule_for", 128).filter(|host| !host.is_empty()),
        };
        if draft.kind.is_some_and(|kind| !family.kinds().contains(&kind)) {
            fields.wrong("type");
        }
        let kind = draft.kind.unwrap_or(existing_kind);
        let mut inner_errors = draft.read_inner(&mut fields, family, kind);
        let mut errors = fields.into_errors();
        errors.append(&mut inner_errors);
        if !errors.is_empty() {
            return Err(Refusal::validation(errors));
        }
        check_rules(&draft, kind, family, user)?;
        Ok(draft)
    }

    fn read_inner(&mut self, fields: &mut Fields, family: Family, kind: i64) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if let Some(object) = fields.object("settings") {
            let mut inner = Fields::new(object, "settings.");
            self.settings = settings::read(&mut inner, family);
            errors.extend(inner.into_errors());
        }
        // Of other types of meetings the recurrence is not looked at.
        if kind::is_series(kind)
            && let Some(object) = fields.object("recurrence")
        {
            let mut inner = Fields::new(object, "recurrence.");
            self.recurrence = Recurrence::read(&mut inner, family);
            errors.extend(inner.into_errors());
        }
        errors
    }
}

/// Rules between fields, each with its own code and text.
fn check_rules(draft: &Draft, kind: i64, family: Family, user: &User) -> Result<(), Refusal> {
    if let Some(other) = &draft.schedule_for {
        if kind == kind::INSTANT {
            return Err(Refusal::bad_request(
                3000,
                "Instant meetings do not support the `schedule_for` parameter, and you can't \
                 schedule an instant meeting for another user.",
            ));
        }
        // All colleagues have given the rep the privilege to schedule for them; it takes one to give a meeting away.
        let may_host = user.is_named(other) || family == Family::Meeting && user.is_colleague(other);
        if !may_host {
            return Err(Refusal::bad_request(
                300,
                "The value that you entered in the `schedule_for` field is invalid. Enter a valid \
                 value and try again.",
            ));
        }
    }
    let may_be_prepared = kind == kind::SCHEDULED || kind == kind::RECURRING_NO_TIME;
    if draft.pre_schedule == Some(true) && !may_be_prepared {
        return Err(Refusal::bad_request(
            3000,
            "Prescheduling is only available for scheduled meetings (type 2) and recurring \
             meetings with no fixed time (type 3).",
        ));
    }
    let domains = draft.settings.get("enforce_login_domains").and_then(Value::as_str);
    if domains.is_some_and(|domains| domains.contains([',', ' '])) {
        return Err(Refusal::bad_request(
            300,
            "Invalid `enforce_login_domains`. Separate multiple domains with semicolons.",
        ));
    }
    Ok(())
}

fn start_of(fields: &mut Fields) -> Option<RequestedStart> {
    let text = fields.text("start_time", 40).filter(|text| !text.is_empty())?;
    let start = RequestedStart::parse(&text);
    if start.is_none() {
        fields.wrong("start_time");
    }
    start
}

fn zone_of(fields: &mut Fields) -> Option<Zone> {
    let name = fields.text("timezone", 64).filter(|name| !name.is_empty())?;
    let zone = name.parse().ok();
    if zone.is_none() {
        fields.wrong("timezone");
    }
    zone
}

/// At most ten of the characters `a-z A-Z 0-9 @ - _ * !`; an empty one counts as absent.
fn passcode_of(fields: &mut Fields) -> Option<String> {
    let passcode = fields.text("password", LONGEST_PASSCODE).filter(|text| !text.is_empty())?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"@-_*!".contains(&byte);
    if !passcode.bytes().all(allowed) {
        fields.wrong("password");
        return None;
    }
    if passcode.len() < SHORTEST_PASSCODE {
        let message = format!("Passcode should be at least {SHORTEST_PASSCODE} characters.");
        fields.wrong_because("password", &message);
        return None;
    }
    Some(passcode)
}

fn tracking_fields_of(fields: &mut Fields) -> Option<Vec<Value>> {
    let list = fields.objects("tracking_fields")?;
    let named = |entry: &Value| entry.get("field").is_some_and(Value::is_string);
    if !list.iter().all(named) {
        fields.wrong("tracking_fields.field");
    }
    Some(list.clone())
}
