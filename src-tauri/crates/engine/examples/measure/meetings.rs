//! Meetings for measurements that need many of them.

use chrono::TimeDelta;
use liaison_store::tables::meetings::{FetchedMeeting, Invitee, MeetingRecord, MeetingSecrets};
use secrecy::SecretString;

const NAMES: [&str; 12] =
    ["Anna", "Bram", "Chiara", "Dirk", "Eva", "Farid", "Grete", "Hugo", "Ines", "Jan", "Kim", "Lea"];

/// Whom a meeting is with, by the number of the person.
pub fn address(index: usize) -> String {
    format!("person{index}@company{}.example.com", index % 4_000)
}

/// Eight a day around today.
pub fn meeting(index: usize, count: usize, people_count: usize, now_ms: i64) -> FetchedMeeting {
    let day = i64::try_from(index / 8).unwrap_or(0) - i64::try_from(count / 16).unwrap_or(0);
    let hour = i64::try_from(index % 8).unwrap_or(0) - 4;
    let start = now_ms + TimeDelta::days(day).num_milliseconds() + TimeDelta::hours(hour).num_milliseconds();
    let number = 90_000_000_000 + i64::try_from(index).unwrap_or(0);
    let invitee = index * 7 % people_count.max(1);
    FetchedMeeting {
        meeting: MeetingRecord {
            key: number.to_string(),
            meeting_id: number,
            guest_number: None,
            occurrence_id: None,
            uuid: None,
            topic: format!("Review {index} with {}", NAMES[index % NAMES.len()]),
            agenda: Some("Where we stand, what is next.".to_owned()),
            start_utc_ms: Some(start),
            minutes: 45,
            timezone: Some("Europe/Amsterdam".to_owned()),
            kind: 2,
            status: Some("waiting".to_owned()),
            host_id: Some("host".to_owned()),
            host_email: None,
            is_host: true,
            waiting_room: Some(true),
            invitees: Some(vec![Invitee { email: address(invitee), name: None }]),
            created_utc_ms: Some(now_ms),
            fetched_utc_ms: now_ms,
            details_utc_ms: Some(now_ms),
            linked_ids: None,
            options_json: None,
            series_json: None,
            gone_utc_ms: None,
        },
        secrets: MeetingSecrets {
            join_url: Some(SecretString::from(format!("https://northwind.zoom.us/j/{number}?pwd=none"))),
            passcode: None,
        },
    }
}
