//! The period that a list of calls, recordings or voicemails is asked for.
//!
//! Zoom's rule: at most one month, inside the last six; `to` has to come with `from`.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use crate::account::Account;
use crate::answer::Refusal;
use crate::call::Call;
use crate::pages::Window;

/// A month of 31 days with its last day whole.
const LONGEST_DAYS: i64 = 32;
/// Six months, counted generously.
const OLDEST_DAYS: i64 = 186;

/// A period, and the texts that an answer repeats.
pub(super) struct Period {
    pub from: DateTime<Utc>,
    /// The first instant that is outside.
    pub until: DateTime<Utc>,
    shown: (String, String),
}

/// 400/301, with which the telephone answers a wrong parameter.
pub(super) fn invalid(parameter: &str) -> Refusal {
    Refusal::bad_request(301, format!("Invalid request param: {parameter}."))
}

/// An instant and whether the text named a day only.
fn moment(text: &str) -> Option<(DateTime<Utc>, bool)> {
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some((date.and_time(NaiveTime::MIN).and_utc(), true));
    }
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").ok()?;
    Some((time.and_utc(), false))
}

impl Period {
    /// Reads `from` and `to`; without them the last `hours` hours.
    pub fn of(call: &Call, now: DateTime<Utc>, hours: i64) -> Result<Self, Refusal> {
        let Some(from_text) = call.parameter("from") else {
            let from = now - TimeDelta::hours(hours);
            let day = |time: DateTime<Utc>| time.format("%Y-%m-%d").to_string();
            return Ok(Self { from, until: now + TimeDelta::seconds(1), shown: (day(from), day(now)) });
        };
        let (from, _) = moment(from_text).ok_or_else(|| invalid("from"))?;
        let to_text = call.parameter("to").ok_or_else(|| invalid("to"))?;
        let (to, whole_day) = moment(to_text).ok_or_else(|| invalid("to"))?;
        let until = if whole_day { to.checked_add_days(Days::new(1)).unwrap_or(to) } else { to };
        if until <= from {
            return Err(invalid("to"));
        }
        if until - from > TimeDelta::days(LONGEST_DAYS) || from < now - TimeDelta::days(OLDEST_DAYS) {
            return Err(invalid("from"));
        }
        Ok(Self { from, until, shown: (from_text.to_owned(), to_text.to_owned()) })
    }

    pub fn has(&self, time: DateTime<Utc>) -> bool {
        self.from <= time && time < self.until
    }
}

/// The window of a request; here a dead page token is 400/400.
pub(super) fn page_window(account: &Account, call: &Call) -> Result<Window, Refusal> {
    let window = locked(&account.pages).window(call, account.now());
    window.map_err(|refusal| match call.parameter("next_page_token") {
        Some(_) => Refusal::bad_request(400, "The next page token is invalid or expired."),
        None => refusal,
    })
}

/// What stands around every list of the telephone.
pub(super) fn frame(
    account: &Account,
    call: &Call,
    period: &Period,
    window: Window,
    total: usize,
) -> Map<String, Value> {
    let next_page_token = locked(&account.pages).next_token(call, window, total, account.now());
    let frame = json!({
        "next_page_token": next_page_token,
        "page_size": window.size,
        "page_count": total.div_ceil(window.size),
        "total_records": total,
        "from": period.shown.0,
        "to": period.shown.1,
    });
    match frame {
        Value::Object(frame) => frame,
        _ => Map::new(),
    }
}
