//! Webinars and who registered for them: what a reading to the end proves, what is sealed, what is found.

use liaison_domain::Provider;
use liaison_store::tables::pinned_webinar::{self, Pin};
use liaison_store::tables::registration_reasons::{self, RegistrationReason};
use liaison_store::tables::webinar_registrants::{
    self as registrants, FetchedRegistrant, RegistrantOrder, RegistrantRecord, RegistrantStatus, RegistrantsAsked,
};
use liaison_store::tables::webinars::{self, FetchedWebinar, WebinarDate, WebinarRecord, WebinarSecrets};
use liaison_store::tables::{mirror, webinar_sessions};
use liaison_store::{Store, StoreResult};
use secrecy::{ExposeSecret, SecretString};

use crate::fixture::Profile;

const LINK: &str = "https://zoom.example/w/95204914252?tk=canary-of-anna";

fn webinar(key: &str, fetched_utc_ms: i64) -> FetchedWebinar {
    FetchedWebinar {
        webinar: WebinarRecord {
            key: key.to_owned(),
            webinar_id: key.parse().unwrap(),
            uuid: None,
            topic: "Launch".to_owned(),
            agenda: None,
            kind: 5,
            start_utc_ms: Some(1_000_000),
            minutes: 60,
            timezone: None,
            host_id: None,
            host_email: None,
            created_utc_ms: None,
            registration_url: None,
            approval_type: None,
            registration_type: None,
            registrants_limit: None,
            capacity: None,
            multiple_devices: None,
            close_registration: None,
            host_video: None,
            panelists_video: None,
            practice_session: None,
            settings_json: None,
            fetched_utc_ms,
            details_utc_ms: None,
            gone_utc_ms: None,
        },
        secrets: WebinarSecrets { join_url: None, passcode: Some(SecretString::from("canary-passcode")) },
        dates: None,
    }
}

fn registrant(id: &str, email: &str, status: RegistrantStatus, fetched_utc_ms: i64) -> FetchedRegistrant {
    FetchedRegistrant {
        registrant: RegistrantRecord {
            key: format!("1:{id}"),
            webinar_key: "1".to_owned(),
            registrant_id: id.to_owned(),
            email: Some(email.to_owned()),
            first_name: Some("Zoë".to_owned()),
            last_name: Some("Müller".to_owned()),
            status,
            registered_utc_ms: Some(5),
            source_id: None,
            has_link: status == RegistrantStatus::Approved,
            fetched_utc_ms,
            version: 1,
            answers_json: "[]".to_owned(),
        },
        join_url: (status == RegistrantStatus::Approved).then(|| SecretString::from(LINK)),
    }
}

fn put(store: &Store, page: &[FetchedRegistrant], generation: i64) {
    let sealer = store.sealer();
    store.write_now(|tx| registrants::upsert(tx, &sealer, page, generation)).unwrap();
}

fn asked(query: &str, status: Option<RegistrantStatus>, order: RegistrantOrder) -> RegistrantsAsked<'_> {
    RegistrantsAsked { webinar: "1", status, query, order }
}

#[test]
fn who_is_in_no_list_that_was_read_to_its_end_was_cancelled() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    store.write_now(|tx| webinars::upsert(tx, &sealer, &[webinar("1", 1)], 1)).unwrap();
    let first = store.write_now(|tx| registrants::begin_reading(tx, "1")).unwrap();
    let all = ["a", "b"].map(|id| registrant(id, &format!("{id}@x.nl"), RegistrantStatus::Approved, 10));
    put(&store, &all, first);
    let second = store.write_now(|tx| registrants::begin_reading(tx, "1")).unwrap();
    assert_eq!(second, first + 1);
    put(&store, &[registrant("a", "a@x.nl", RegistrantStatus::Denied, 21)], second);
    // Registered by us while the lists were read: in none of them, and told all the same.
    put(&store, &[registrant("c", "c@x.nl", RegistrantStatus::Approved, 25)], first);
    let cancelled = store.write_now(|tx| registrants::end_reading(tx, "1", second, 20)).unwrap();
    assert_eq!(cancelled, 1);
    let stands = |id: &str| store.read_now(|db| registrants::get(db, &format!("1:{id}"))).unwrap().unwrap();
    assert_eq!(stands("a").status, RegistrantStatus::Denied);
    assert_eq!((stands("b").status, stands("b").has_link), (RegistrantStatus::Cancelled, false));
    assert_eq!(stands("c").status, RegistrantStatus::Approved);
    let totals = store.read_now(|db| registrants::totals(db, "1")).unwrap();
    assert_eq!((totals.approved, totals.pending, totals.denied, totals.cancelled), (1, 0, 1, 1));
    // Nobody's own link outlives the approval.
    for (id, there) in [("a", false), ("b", false), ("c", true)] {
        let link = store.read_now(|db| registrants::join_url(db, &sealer, &format!("1:{id}"))).unwrap();
        assert_eq!(link.is_some(), there, "{id}");
    }
}

#[test]
fn own_links_are_sealed_and_open_one_at_a_time() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    store.write_now(|tx| webinars::upsert(tx, &sealer, &[webinar("1", 1)], 1)).unwrap();
    put(&store, &[registrant("a", "a@x.nl", RegistrantStatus::Approved, 1)], 1);
    let link = store.read_now(|db| registrants::join_url(db, &sealer, "1:a")).unwrap().unwrap();
    assert_eq!(link.expose_secret(), LINK);
    let in_clear = store.read_now(|db| {
        let mut found = 0;
        for table in ["webinars", "webinar_registrants"] {
            let mut statement = db.prepare(&format!("SELECT * FROM {table}"))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    let value = row.get_ref(column)?;
                    let bytes = value.as_blob_or_null().ok().flatten().or(value.as_str().ok().map(str::as_bytes));
                    found += usize::from(bytes.is_some_and(|bytes| bytes.windows(6).any(|part| part == b"canary")));
                }
            }
        }
        Ok(found)
    });
    assert_eq!(in_clear.unwrap(), 0);
    let shown = format!("{:?} {:?}", webinar("1", 1), registrant("a", "a@x.nl", RegistrantStatus::Approved, 1));
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn registrants_are_found_without_accents_and_never_by_reading_other_webinars() {
    let profile = Profile::new();
    let store = profile.open();
    let page: Vec<_> = (0..50)
        .map(|number| registrant(&number.to_string(), &format!("p{number}@x.nl"), RegistrantStatus::Approved, 1))
        .collect();
    put(&store, &page, 1);
    let found = store
        .read_now(|db| {
            let count = |query: &str| registrants::count(db, &asked(query, None, RegistrantOrder::Newest));
            Ok((count("zoe muller")?, count("p49@")?, count("nobody")?, count("")?))
        })
        .unwrap();
    assert_eq!(found, (50, 1, 0, 50));
    store
        .read_now(|db| {
            for order in [RegistrantOrder::Newest, RegistrantOrder::Name, RegistrantOrder::Email] {
                for status in [None, Some(RegistrantStatus::Approved)] {
                    let page = registrants::page(db, &asked("mul", status, order), 10, 5)?;
                    assert_eq!(page.len(), 5);
                }
            }
            Ok(())
        })
        .unwrap();
    for order in ["registered_utc_ms DESC, row DESC", "folded, row", "email_folded, row"] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM webinar_registrants WHERE webinar_key = '1' ORDER BY {order} LIMIT 50"
        );
        let plan: StoreResult<Vec<String>> = store.read_now(|db| {
            let mut statement = db.prepare(&sql)?;
            let steps = statement.query_map([], |row| row.get(3))?;
            Ok(steps.collect::<Result<_, _>>()?)
        });
        assert!(plan.unwrap().iter().all(|step| step.starts_with("SEARCH")), "{order}");
    }
}

#[test]
fn a_webinar_that_is_over_is_not_gone_when_the_list_forgets_it() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let dated = |key: &str, start_utc_ms: i64| FetchedWebinar {
        dates: Some(vec![WebinarDate { occurrence_id: "o".to_owned(), start_utc_ms, minutes: 60 }]),
        ..webinar(key, 1)
    };
    store
        .write_now(|tx| {
            webinars::upsert(tx, &sealer, &[webinar("1", 1), dated("2", 90_000_000)], 1)?;
            webinars::mark_unseen_gone(tx, 2, 50, 50_000_000)
        })
        .unwrap();
    let gone = |key: &str| store.read_now(|db| webinars::get(db, key)).unwrap().unwrap().gone_utc_ms;
    assert_eq!((gone("1"), gone("2")), (None, Some(50_000_000)));
    // What is listed again is back.
    store.write_now(|tx| webinars::upsert(tx, &sealer, &[webinar("2", 2)], 3)).unwrap();
    assert_eq!(gone("2"), None);
}

#[test]
fn an_instance_that_is_known_stays_when_a_later_one_comes() {
    let profile = Profile::new();
    let store = profile.open();
    let known = store
        .write_now(|tx| {
            webinar_sessions::add_instances(tx, "1", &[("a".to_owned(), Some(1))])?;
            webinar_sessions::put(tx, "a", &[], "digest", true, 5)?;
            webinar_sessions::add_instances(tx, "1", &[("b".to_owned(), Some(2))])?;
            webinar_sessions::add_instances(tx, "1", &[("a".to_owned(), Some(1))])?;
            webinar_sessions::instances(tx, "1")
        })
        .unwrap();
    assert_eq!(
        known.iter().map(|one| (one.uuid.as_str(), one.settled)).collect::<Vec<_>>(),
        [("a", true), ("b", false)]
    );
}

#[test]
fn erasing_the_copy_keeps_the_pin_and_the_reasons() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let pin = Pin { webinar_key: "1".to_owned(), topic: "Launch".to_owned() };
    let reason = RegistrationReason {
        id: "r".to_owned(),
        webinar_key: "1".to_owned(),
        email: "a@x.nl".to_owned(),
        record_id: None,
        person_name: "Anna".to_owned(),
        reason: "She asked me".to_owned(),
        decided_utc_ms: 1,
    };
    store
        .write_now(|tx| {
            webinars::upsert(tx, &sealer, &[webinar("1", 1)], 1)?;
            pinned_webinar::set(tx, Some(&pin), 1)?;
            registration_reasons::add(tx, &reason)?;
            mirror::erase(tx, Provider::Zoom)
        })
        .unwrap();
    assert_eq!(store.read_now(webinars::all).unwrap(), []);
    assert_eq!(store.read_now(pinned_webinar::get).unwrap(), Some(pin));
    assert_eq!(store.read_now(|db| registration_reasons::of_webinar(db, "1")).unwrap(), [reason]);
}
