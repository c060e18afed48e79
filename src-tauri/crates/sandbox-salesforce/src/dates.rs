//! The two date spellings of the REST API. dateTimes leave as `2026-01-31T09:30:00.000+0000`
//! (no colon in the offset) and arrive with `Z`, `±HH:mm` or `±HHmm`. No clock in here.

use chrono::{DateTime, NaiveDate, Utc};

/// `2026-01-31T09:30:00.000+0000`.
pub fn date_time_text(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string()
}

/// `2026-01-31`.
pub fn date_text(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// RFC 7231 date, as in `Last-Modified`.
pub fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Reads an HTTP date header; anything else is `None`.
pub fn parse_http_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(&text.replace("GMT", "+0000")).ok().map(|at| at.with_timezone(&Utc))
}

/// Reads a dateTime; a missing zone is an error, as it is for Salesforce.
pub fn parse_date_time(text: &str) -> Option<DateTime<Utc>> {
    if !starts_like_a_date(text) || text.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"]
        .iter()
        .find_map(|shape| DateTime::parse_from_str(text, shape).ok())
        .or_else(|| {
            let bare = text.strip_suffix('Z')?;
            DateTime::parse_from_str(&format!("{bare}+0000"), "%Y-%m-%dT%H:%M:%S%.f%z").ok()
        })
        .map(|at| at.with_timezone(&Utc))
}

/// Reads a date.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    (text.len() == 10 && starts_like_a_date(text)).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

fn starts_like_a_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_offset_spellings_mean_the_same_instant() {
        let expected = parse_date_time("2026-03-01T10:00:00.000Z").unwrap();
        for text in [
            "2026-03-01T10:00:00Z",
            "2026-03-01T11:00:00+01:00",
            "2026-03-01T11:00:00.000+0100",
            "2026-03-01T05:00:00-0500",
        ] {
            assert_eq!(parse_date_time(text), Some(expected), "{text}");
        }
        assert_eq!(date_time_text(expected), "2026-03-01T10:00:00.000+0000");
    }

    #[test]
    fn a_missing_zone_or_an_impossible_day_is_refused() {
        for text in ["2026-03-01T10:00:00", "2026-02-30T10:00:00Z", "2026-03-01", "now", "2026-03-01 10:00:00Z"] {
            assert_eq!(parse_date_time(text), None, "{text}");
        }
        assert_eq!(parse_date("2026-02-29"), None);
        assert!(parse_date("2028-02-29").is_some());
    }

    #[test]
    fn http_dates_survive_a_round_trip() {
        let at = parse_date_time("2026-03-01T10:00:05Z").unwrap();
        assert_eq!(parse_http_date(&http_date(at)), Some(at));
    }
}
