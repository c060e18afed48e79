//! `Retry-After` in every form that has been seen, as a point in time.
//!
//! RFC 9110 §10.2.3 allows seconds and an HTTP date (three spellings, §5.6.7);
//! Zoom's daily limit sends an ISO 8601 date-time (Zoom's page "Rate limits").

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// No server makes this client wait longer: a day, and room for clocks that
/// differ.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::hours(26);

/// When the server may be asked again, by the `Retry-After` of its answer.
///
/// Of several headers the latest time counts. The result lies between `now` and
/// `now` + [`LONGEST_WAIT`]; a header that says nothing sensible gives `None`.
pub fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    headers.get_all(RETRY_AFTER).iter().filter_map(|value| parse(value.to_str().ok()?, now)).max()
}

/// The next midnight in UTC, when Zoom's daily limits start anew.
pub fn next_utc_midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = now.date_naive().checked_add_days(Days::new(1));
    tomorrow.map_or(now, |day| day.and_time(NaiveTime::MIN).and_utc())
}

/// One header value; clamped.
fn parse(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let time = match seconds(text) {
        Some(wait) => now.checked_add_signed(wait)?,
        None => parse_http_date(text).or_else(|| parse_iso(text))?,
    };
    let latest = now.checked_add_signed(LONGEST_WAIT)?;
    Some(time.clamp(now, latest))
}

/// Delta seconds, with a sign or a fraction tolerated; clamped before it can
/// overflow.
fn seconds(text: &str) -> Option<TimeDelta> {
    let shape = |character: char| character.is_ascii_digit() || "+-.".contains(character);
    if text.is_empty() || !text.chars().all(shape) || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let seconds: f64 = text.parse().ok()?;
    let longest = LONGEST_WAIT.as_seconds_f64();
    let milliseconds = (seconds.clamp(0.0, longest) * 1000.0).ceil();
    #[expect(clippy::cast_possible_truncation, reason = "clamped to 26 hours above")]
    Some(TimeDelta::milliseconds(milliseconds as i64))
}

/// The three spellings of an HTTP date: IMF-fixdate, RFC 850 and asctime.
pub(crate) fn parse_http_date(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let naive = |format| NaiveDateTime::parse_from_str(text, format).ok();
    naive("%a, %d %b %Y %H:%M:%S GMT")
        .or_else(|| naive("%A, %d-%b-%y %H:%M:%S GMT"))
        .or_else(|| naive("%a %b %e %H:%M:%S %Y"))
        .map(|time| time.and_utc())
}

fn parse_iso(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.with_timezone(&Utc));
    }
    // Without a zone: Zoom counts its days in UTC.
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f%z"].iter().find_map(|format| {
        if format.ends_with("%z") {
            let time = DateTime::parse_from_str(text, format).ok()?;
            return Some(time.with_timezone(&Utc));
        }
        Some(NaiveDateTime::parse_from_str(text, format).ok()?.and_utc())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
    }

    fn now() -> DateTime<Utc> {
        at("2026-11-22T18:00:00Z")
    }

    #[test]
    fn every_form_is_understood() {
        let table = [
            ("0", "2026-11-22T18:00:00Z"),
            ("120", "2026-11-22T18:02:00Z"),
            ("+120", "2026-11-22T18:02:00Z"),
            (" 7 ", "2026-11-22T18:00:07Z"),
            ("1.5", "2026-11-22T18:00:01.500Z"),
            ("Sun, 22 Nov 2026 18:05:00 GMT", "2026-11-22T18:05:00Z"),
            ("Sunday, 22-Nov-26 18:05:00 GMT", "2026-11-22T18:05:00Z"),
            ("Sun Nov 22 18:05:00 2026", "2026-11-22T18:05:00Z"),
            ("2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z"),
            ("2026-11-23T01:00:00+01:00", "2026-11-23T00:00:00Z"),
            ("2026-11-23T01:00:00+0100", "2026-11-23T00:00:00Z"),
            ("2026-11-23T00:00:00", "2026-11-23T00:00:00Z"),
            ("2026-11-23 00:00:00.25", "2026-11-23T00:00:00.250Z"),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text, now()), Some(at(expected)), "{text}");
        }
    }

    #[test]
    fn absurd_values_are_clamped() {
        let latest = now() + LONGEST_WAIT;
        for text in ["-1", "-99999999999999999999", "Thu, 01 Jan 1970 00:00:00 GMT", "2001-01-01T00:00:00Z"] {
            assert_eq!(parse(text, now()), Some(now()), "{text}");
        }
        for text in ["93601", "99999999999999999999999999999999", "9999-12-31T23:59:59Z"] {
            assert_eq!(parse(text, now()), Some(latest), "{text}");
        }
    }

    #[test]
    fn nonsense_is_no_answer() {
        for text in ["", "soon", "NaN", "inf", "1e9", "-", ".", "+-1", "1,2", "Sun, 22 Nov 2026"] {
            assert_eq!(parse(text, now()), None, "{text}");
        }
    }

    #[test]
    fn of_duplicates_the_latest_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(retry_after(&headers, now()), None);
        for text in ["3", "nonsense", "9", "5"] {
            headers.append(RETRY_AFTER, HeaderValue::from_static(text));
        }
        assert_eq!(retry_after(&headers, now()), Some(at("2026-11-22T18:00:09Z")));
    }

    #[test]
    fn midnight_is_the_next_one() {
        assert_eq!(next_utc_midnight(now()), at("2026-11-23T00:00:00Z"));
        assert_eq!(next_utc_midnight(at("2026-12-31T00:00:00Z")), at("2027-01-01T00:00:00Z"));
    }

    proptest! {
        #[test]
        fn any_text_stays_within_bounds(text in "\\PC{0,60}") {
            if let Some(time) = parse(&text, now()) {
                prop_assert!(time >= now() && time <= now() + LONGEST_WAIT);
            }
        }

        #[test]
        fn any_number_is_an_answer(number in "[-+]?[0-9]{1,40}(\\.[0-9]{0,9})?") {
            let time = parse(&number, now());
            prop_assert!(time.is_some_and(|time| time >= now() && time <= now() + LONGEST_WAIT));
        }

        #[test]
        fn a_written_date_is_read_back(offset in 0i64..93_600) {
            let time = now() + TimeDelta::seconds(offset);
            for format in ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y", "%Y-%m-%dT%H:%M:%SZ"] {
                prop_assert_eq!(parse(&time.format(format).to_string(), now()), Some(time));
            }
        }
    }
}
