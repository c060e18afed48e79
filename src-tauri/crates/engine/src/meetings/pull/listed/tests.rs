//! Each thing that a list tells, and how often what it does not tell is read.

use serde_json::{Value, json};

use super::*;
use crate::meetings::pull::record::summary;

fn noon() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().unwrap()
}

fn row(start: TimeDelta) -> Value {
    json!({ "id": 82_440_633_900_u64, "topic": "Renewal", "type": 2, "start_time": at(start), "duration": 30,
        "timezone": "Europe/Amsterdam", "agenda": "Prices", "join_url": "https://zoom.us/j/82440633900?pwd=one.1" })
}

fn at(from_noon: TimeDelta) -> String {
    (noon() + from_noon).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn listed(rows: &[Value], upcoming: &[Value]) -> Listed {
    let mut listed = Listed::default();
    for row in rows {
        let item: MeetingSummary = serde_json::from_value(row.clone()).unwrap();
        listed.hosted(&item, &summary(&item, "me", 0));
    }
    for row in upcoming {
        listed.upcoming(&serde_json::from_value(row.clone()).unwrap());
    }
    listed
}

/// Whether a meeting is read that was read so long ago, when lists told `then`, and now they tell `now`.
fn is_read(then: &Listed, now: &Listed, ago: TimeDelta, asked: bool) -> bool {
    let read_utc_ms = Some((noon() - ago).timestamp_millis());
    let known = |id| Some(KnownDetails { read_utc_ms, listed: then.digest(id) });
    let id = MeetingId(82_440_633_900);
    assert_eq!(now.has_news(known), now.digest(id) != then.digest(id), "what is told anew is compared anew");
    now.due(Occasion { now: noon(), asked }, known).contains(&id)
}

#[test]
fn whatever_a_list_tells_anew_is_read_at_once() {
    let (soon, passcode) = (TimeDelta::hours(3), json!({ "id": 82_440_633_900_u64, "passcode": "471108" }));
    // Another meeting is next, and this one has just been read.
    let mut next = row(TimeDelta::hours(1));
    next["id"] = json!(5);
    let of = |changed: Value, passcode: &Value| listed(&[next.clone(), changed], std::slice::from_ref(passcode));
    let then = of(row(soon), &passcode);
    assert!(!is_read(&then, &of(row(soon), &passcode), TimeDelta::minutes(2), false));
    let changes = [
        ("topic", json!("Renewal and more")),
        ("start_time", json!(at(TimeDelta::hours(4)))),
        ("duration", json!(45)),
        ("timezone", json!("UTC")),
        ("agenda", json!("Prices of next year")),
        ("agenda", Value::Null),
        ("join_url", json!("https://zoom.us/j/82440633900?pwd=two.1")),
        ("pmi", json!("9898504810")),
    ];
    for (field, value) in changes {
        let mut changed = row(soon);
        changed[field] = value.clone();
        assert!(is_read(&then, &of(changed, &passcode), TimeDelta::minutes(2), false), "{field}: {value}");
    }
    let other = json!({ "id": 82_440_633_900_u64, "passcode": "after22" });
    assert!(is_read(&then, &of(row(soon), &other), TimeDelta::minutes(2), false));
}

#[test]
fn a_meeting_far_ahead_is_read_when_the_list_tells_something_new() {
    let far = row(TimeDelta::days(40));
    let mut moved = far.clone();
    moved["agenda"] = json!("New");
    // Another one is next.
    let mut next = row(TimeDelta::hours(1));
    next["id"] = json!(5);
    let of = |changed: &Value| listed(&[next.clone(), changed.clone()], &[]);
    assert!(!is_read(&of(&far), &of(&far), TimeDelta::days(30), true));
    assert!(is_read(&of(&far), &of(&moved), TimeDelta::days(30), false));
    // It was never read, and nobody needs that yet.
    let unread =
        of(&far).due(Occasion { now: noon(), asked: true }, |_| Some(KnownDetails { read_utc_ms: None, listed: None }));
    assert_eq!(unread, [MeetingId(5)]);
}

#[test]
fn what_was_over_before_anybody_looked_is_read_once_and_last() {
    let mut next = row(TimeDelta::hours(1));
    next["id"] = json!(5);
    let due = |ended: TimeDelta, known: Option<KnownDetails>| {
        listed(&[row(ended), next.clone()], &[])
            .due(Occasion { now: noon(), asked: false }, |id| known.clone().filter(|_| id != MeetingId(5)))
    };
    let (over, coming) = (MeetingId(82_440_633_900), MeetingId(5));
    assert_eq!(due(TimeDelta::days(-20), None), [coming, over]);
    assert_eq!(due(TimeDelta::days(-40), None), [coming], "Zoom tells nothing of it");
    let read = KnownDetails { read_utc_ms: Some(noon().timestamp_millis()), listed: None };
    let digest = listed(&[row(TimeDelta::days(-20)), next.clone()], &[]).digest(over);
    let read = KnownDetails { listed: digest, ..read };
    assert_eq!(due(TimeDelta::days(-20), Some(read)), [coming], "once");
}

#[test]
fn what_no_list_tells_is_read_more_often_the_sooner_it_begins() {
    let mut next = row(TimeDelta::minutes(20));
    next["id"] = json!(5);
    let read = |start: TimeDelta, ago: TimeDelta, asked: bool| {
        let all = listed(&[next.clone(), row(start)], &[]);
        is_read(&all, &all, ago, asked)
    };
    let (minutes, hours) = (TimeDelta::minutes, TimeDelta::hours);
    // It runs, or it is the next one, beside another that begins at the same time.
    assert!(read(minutes(-10), minutes(1), false));
    assert!(read(minutes(20), minutes(1), false));
    assert!(!read(hours(3), minutes(8), false));
    assert!(read(hours(3), minutes(8), true));
    assert!(read(hours(3), minutes(9), false));
    // It is over, or begins another day.
    for start in [-2, 13, 160] {
        assert!(!read(hours(start), hours(5), true), "{start}");
        assert!(read(hours(start), hours(6), false), "{start}");
    }
    assert!(!read(hours(-13), hours(50), true));
    assert!(read(hours(3), hours(-1), false), "the clock was set back");
}

#[test]
fn the_same_in_another_order_is_nothing_new() {
    let (first, second) = (row(TimeDelta::hours(30)), row(TimeDelta::hours(54)));
    let then = listed(&[first.clone(), second.clone()], &[]);
    let now = listed(&[second, first], &[]);
    assert_eq!(then.digest(MeetingId(82_440_633_900)), now.digest(MeetingId(82_440_633_900)));
}
