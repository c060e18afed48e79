//! When everybody was touched last and what is next with them; the timeline of one.

use liaison_store::Store;
use liaison_store::tables::calls::{self, CallRecord, Settled, Standing};
use liaison_store::tables::links::insert_link;
use liaison_store::tables::meetings::{self, FetchedMeeting, Invitee};
use liaison_store::tables::people::{PersonRecord, upsert_page};
use liaison_store::tables::people_listed as listed;
use liaison_store::tables::people_times::{self, Occasion, Timeline};

use crate::fixture::{Profile, link, meeting, person};
use crate::people_list::{ACTIVITY, filled};

const DAY: i64 = 86_400_000;

#[test]
fn the_last_activity_counts_though_nothing_else_is_new() {
    let profile = Profile::new();
    let store = profile.open();
    let said = |day: Option<&str>, stamp_utc_ms| PersonRecord {
        field_hash: "a".to_owned(),
        activity_day: day.map(ToOwned::to_owned),
        stamp_utc_ms,
        ..person("1", "Ada")
    };
    let touched = |store: &Store| store.read_now(|db| Ok(listed::get(db, "Lead:1")?.unwrap().touched_utc_ms)).unwrap();
    store.write_now(|tx| upsert_page(tx, &[said(None, 1)])).unwrap();
    assert_eq!(touched(&store), None);
    store.write_now(|tx| upsert_page(tx, &[said(Some("2026-11-20"), 2)])).unwrap();
    assert_eq!(touched(&store), Some(ACTIVITY));
    store.write_now(|tx| upsert_page(tx, &[said(Some("no day at all"), 3)])).unwrap();
    assert_eq!(touched(&store), None);
}

fn asked(key: &str, start_utc_ms: i64, email: &str) -> FetchedMeeting {
    let mut fetched = meeting(key, start_utc_ms);
    fetched.meeting.invitees = Some(vec![Invitee { email: email.to_owned(), name: None }]);
    fetched
}

fn call(key: &str, start_utc_ms: i64) -> CallRecord {
    CallRecord {
        key: key.to_owned(),
        uuid: None,
        start_utc_ms,
        answer_utc_ms: None,
        end_utc_ms: None,
        outbound: true,
        internal: false,
        outcome: "answered".to_owned(),
        talk_s: 1,
        hold_s: 0,
        wait_s: 0,
        number: None,
        line: None,
        ending: None,
        other_name: None,
        complete: true,
        version: 1,
        details_json: "{}".to_owned(),
        has_voicemail: false,
        missed: false,
    }
}

fn times(store: &Store, id: &str, now: i64) -> (Option<i64>, Option<i64>) {
    store
        .write_now(|tx| {
            if people_times::is_stale(tx, now)? {
                people_times::refresh(tx, now)?;
            }
            assert!(!people_times::is_stale(tx, now)?);
            let one = listed::get(tx, id)?.unwrap();
            Ok((one.touched_utc_ms, one.next_utc_ms))
        })
        .unwrap()
}

#[test]
fn meetings_and_calls_make_the_last_touch_and_what_is_next() {
    let (_profile, store) = filled();
    let now = ACTIVITY + 10 * DAY;
    assert_eq!(times(&store, "Contact:5", now), (None, None));
    let sealer = store.sealer();
    let (past, next) = (now - 2 * DAY, now + DAY);
    store
        .write_now(|tx| {
            let page = [asked("past", past, "DARIO@keystone.example "), asked("next", next, "dario@keystone.example")];
            meetings::upsert_page(tx, &sealer, &page, 1)
        })
        .unwrap();
    assert_eq!(times(&store, "Contact:5", now), (Some(past), Some(next)));
    // What was next has begun.
    assert_eq!(times(&store, "Contact:5", next), (Some(next), None));

    store
        .write_now(|tx| {
            calls::put(tx, &call("c", next + 5), "")?;
            let settled = Settled {
                standing: Standing::Linked,
                to_link: false,
                record_id: Some("5".to_owned()),
                record_name: None,
                company: None,
            };
            crate::calls::settle(tx, "c", &settled)?;
            insert_link(tx, &link("l", "next", "1")).map(drop)
        })
        .unwrap();
    assert_eq!(times(&store, "Contact:5", next + DAY).0, Some(next + 5));
    assert_eq!(times(&store, "Contact:1", next + DAY).0, Some(next));

    // A meeting that does not take place is none; the activity that Salesforce knows of stays.
    store
        .write_now(|tx| {
            meetings::mark_gone(tx, "next", next)?;
            meetings::mark_gone(tx, "past", next)
        })
        .unwrap();
    assert_eq!(times(&store, "Contact:5", next + DAY).0, Some(next + 5));
    assert_eq!(times(&store, "Contact:1", next + DAY), (Some(ACTIVITY), None));
}

#[test]
fn a_timeline_has_everything_once_and_comes_in_pages() {
    let (_profile, store) = filled();
    let sealer = store.sealer();
    store
        .write_now(|tx| {
            let page: Vec<_> =
                (0..5).map(|day| asked(&format!("m{day}"), day * DAY, "dario@keystone.example")).collect();
            meetings::upsert_page(tx, &sealer, &page, 1)?;
            // Asked and linked: still one meeting.
            insert_link(tx, &link("l", "m1", "5"))?;
            calls::put(tx, &call("c", DAY + 1), "")?;
            let settled = Settled {
                standing: Standing::Linked,
                to_link: false,
                record_id: Some("5".to_owned()),
                record_name: None,
                company: None,
            };
            crate::calls::settle(tx, "c", &settled)
        })
        .unwrap();
    let page =
        |offset, limit| store.read_now(|db| people_times::timeline(db, "Contact:5", 2 * DAY, offset, limit)).unwrap();
    let met = |key: &str| Occasion::Meeting(key.to_owned());
    let all = [met("m4"), met("m3"), met("m2"), Occasion::Call("c".to_owned()), met("m1"), met("m0")];
    assert_eq!(page(0, 99), Timeline { occasions: all.to_vec(), total: 6, coming: 2 });
    assert_eq!(page(2, 2).occasions, all[2..4]);
    let around = |now, next, latest| {
        store.read_now(|db| people_times::meetings_around(db, "Contact:5", now, next, latest)).unwrap()
    };
    assert_eq!(around(2 * DAY, 1, 2), ["m3", "m2", "m1"], "a call between them is no meeting");
    assert_eq!(around(2 * DAY, 9, 9), ["m4", "m3", "m2", "m1", "m0"]);
    assert_eq!(around(9 * DAY, 9, 1), ["m4"]);
    let nobody = store.read_now(|db| people_times::timeline(db, "Contact:0", 0, 0, 9)).unwrap();
    assert_eq!(nobody, Timeline::default());
}
