//! Meetings: pages, tombstones from complete lists, windows of time, sealed links.

use std::collections::HashMap;

use liaison_store::tables::meetings::{
    CompleteList, Invitee, KnownDetails, MeetingSecrets, by_meeting_id, known_details, last_generation, mark_gone,
    mark_unseen_gone, meeting as find, meetings_between, next_after, note_listed, secrets, spare, upsert_page,
};
use liaison_store::{Connection, StoreResult};
use secrecy::{ExposeSecret as _, SecretString};

use crate::fixture::{Profile, meeting};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn keys(db: &Connection, from: i64, to: i64) -> StoreResult<Vec<String>> {
    let found = meetings_between(db, from, to)?;
    Ok(found.into_iter().map(|meeting| meeting.key).collect())
}

#[test]
fn a_window_holds_what_overlaps_it_in_order() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let mut unscheduled = meeting("no start", 0);
    unscheduled.meeting.start_utc_ms = None;
    let mut instant = meeting("no length", 10 * HOUR);
    instant.meeting.minutes = 0;
    let page = [
        meeting("later", 11 * HOUR),
        meeting("over just before", 10 * HOUR - 30 * MINUTE),
        meeting("still running", 10 * HOUR - 29 * MINUTE),
        meeting("at the end", 12 * HOUR),
        instant,
        unscheduled,
    ];
    store
        .write_now(|tx| {
            upsert_page(tx, &sealer, &page, 1)?;
            assert_eq!(keys(tx, 10 * HOUR, 12 * HOUR)?, ["still running", "no length", "later"]);
            assert_eq!(next_after(tx, 11 * HOUR)?.unwrap().key, "later");
            assert_eq!(next_after(tx, 11 * HOUR + 1)?.unwrap().key, "at the end");
            assert_eq!(next_after(tx, 12 * HOUR + 1)?, None);
            Ok(())
        })
        .unwrap();
}

#[test]
fn only_what_a_complete_list_must_have_held_is_gone() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let mut late = meeting("made meanwhile", 20 * HOUR);
    late.meeting.fetched_utc_ms = 205;
    let old = [meeting("past", 9 * HOUR), meeting("cancelled", 15 * HOUR), meeting("kept", 16 * HOUR)];
    store
        .write_now(|tx| {
            upsert_page(tx, &sealer, &old, 1)?;
            upsert_page(tx, &sealer, &[late], 1)?;
            let generation = last_generation(tx)? + 1;
            assert_eq!(generation, 2);
            upsert_page(tx, &sealer, &[meeting("kept", 16 * HOUR)], generation)?;
            let list = CompleteList {
                hosted: true,
                generation,
                from_utc_ms: 10 * HOUR,
                to_utc_ms: None,
                began_utc_ms: 200,
                ended_utc_ms: 210,
            };
            assert_eq!(mark_unseen_gone(tx, &list)?, 1);
            assert_eq!(mark_unseen_gone(tx, &list)?, 0);
            assert_eq!(find(tx, "cancelled")?.unwrap().gone_utc_ms, Some(210));
            assert_eq!(keys(tx, 0, 30 * HOUR)?, ["past", "kept", "made meanwhile"]);
            // It is back in a later list.
            upsert_page(tx, &sealer, &[meeting("cancelled", 15 * HOUR)], 3)?;
            assert_eq!(find(tx, "cancelled")?.unwrap().gone_utc_ms, None);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_list_says_nothing_of_what_is_not_its_own() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let invited = |key, start| {
        let mut row = meeting(key, start);
        (row.meeting.is_host, row.meeting.meeting_id) = (false, 7);
        row
    };
    store
        .write_now(|tx| {
            upsert_page(tx, &sealer, &[meeting("unread series", 15 * HOUR)], 1)?;
            upsert_page(tx, &sealer, &[invited("theirs", 15 * HOUR), invited("far", 40 * HOUR)], 1)?;
            let list = CompleteList {
                hosted: true,
                generation: 2,
                from_utc_ms: 10 * HOUR,
                to_utc_ms: None,
                began_utc_ms: 200,
                ended_utc_ms: 210,
            };
            spare(tx, 81_234_567_890, 2)?;
            assert_eq!(mark_unseen_gone(tx, &list)?, 0);
            let invitations = CompleteList { hosted: false, to_utc_ms: Some(34 * HOUR), ..list };
            assert_eq!(mark_unseen_gone(tx, &invitations)?, 1);
            assert_eq!(keys(tx, 0, 50 * HOUR)?, ["unread series", "far"]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn details_also_tell_what_is_not_there() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let detailed = |passcode: Option<&str>, room: Option<i64>| {
        let mut row = meeting("a", HOUR);
        (row.meeting.details_utc_ms, row.meeting.guest_number) = (Some(1), room);
        row.secrets.passcode = passcode.map(SecretString::from);
        row
    };
    store
        .write_now(|tx| {
            upsert_page(tx, &sealer, &[detailed(Some("471108"), Some(9_898_504_810))], 1)?;
            upsert_page(tx, &sealer, &[meeting("a", HOUR)], 2)?;
            assert_eq!(find(tx, "a")?.unwrap().typed_number(), 9_898_504_810);
            upsert_page(tx, &sealer, &[detailed(None, None)], 3)?;
            assert!(secrets(tx, &sealer, "a")?.unwrap().passcode.is_none());
            assert_eq!(find(tx, "a")?.unwrap().typed_number(), 81_234_567_890);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_lists_told_is_known_of_a_whole_series() {
    const SERIES: i64 = 81_234_567_890;
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let date = |key: &str, read| {
        let mut row = meeting(key, HOUR);
        row.meeting.details_utc_ms = read;
        row
    };
    let known = |read_utc_ms, listed: Option<&[u8]>| KnownDetails { read_utc_ms, listed: listed.map(<[u8]>::to_vec) };
    store
        .write_now(|tx| {
            assert!(known_details(tx, &[SERIES])?.is_empty());
            upsert_page(tx, &sealer, &[date("a", Some(5)), date("b", None)], 1)?;
            assert_eq!(known_details(tx, &[SERIES, 4])?, HashMap::from([(SERIES, known(Some(5), None))]));
            note_listed(tx, SERIES, &[7, 0])?;
            // A list brings its row again, and a date is new.
            upsert_page(tx, &sealer, &[date("a", None), date("c", None)], 2)?;
            assert_eq!(known_details(tx, &[SERIES])?[&SERIES], known(Some(5), Some(&[7, 0])));
            for key in ["a", "b", "c"] {
                mark_gone(tx, key, 9)?;
            }
            assert!(known_details(tx, &[SERIES])?.is_empty());
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_meeting_we_removed_is_gone_at_once() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    store
        .write_now(|tx| {
            upsert_page(tx, &sealer, &[meeting("a", HOUR)], 1)?;
            assert!(mark_gone(tx, "a", 7)?);
            assert!(!mark_gone(tx, "a", 8)?);
            assert!(!mark_gone(tx, "unknown", 8)?);
            assert_eq!(keys(tx, 0, 2 * HOUR)?, Vec::<String>::new());
            assert_eq!(find(tx, "a")?.unwrap().gone_utc_ms, Some(7));
            assert_eq!(by_meeting_id(tx, 81_234_567_890)?.len(), 1);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_a_list_does_not_tell_stays_and_what_it_tells_replaces() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let mut detailed = meeting("a", HOUR);
    detailed.meeting.waiting_room = Some(true);
    detailed.meeting.invitees = Some(vec![Invitee { email: "ada@example.com".to_owned(), name: None }]);
    detailed.secrets = MeetingSecrets {
        join_url: Some(SecretString::from("https://example.com/j/1?pwd=x")),
        passcode: Some(SecretString::from("471108")),
    };
    let mut listed = meeting("a", 2 * HOUR);
    listed.meeting.topic = "Moved".to_owned();
    let found = store
        .write_now(|tx| {
            upsert_page(tx, &sealer, std::slice::from_ref(&detailed), 1)?;
            upsert_page(tx, &sealer, &[listed], 2)?;
            let secrets = secrets(tx, &sealer, "a")?.unwrap();
            assert_eq!(secrets.passcode.unwrap().expose_secret(), "471108");
            assert!(secrets.join_url.unwrap().expose_secret().contains("pwd=x"));
            find(tx, "a")
        })
        .unwrap()
        .unwrap();
    assert_eq!((found.topic.as_str(), found.start_utc_ms), ("Moved", Some(2 * HOUR)));
    assert_eq!(found.waiting_room, Some(true));
    assert_eq!(found.invitees, detailed.meeting.invitees);
}

#[test]
fn a_meeting_without_secrets_or_without_a_row_is_told_apart() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    store
        .write_now(|tx| {
            upsert_page(tx, &sealer, &[meeting("a", HOUR)], 1)?;
            let none = secrets(tx, &sealer, "a")?.unwrap();
            assert!(none.join_url.is_none() && none.passcode.is_none());
            assert!(secrets(tx, &sealer, "b")?.is_none());
            Ok(())
        })
        .unwrap();
}
