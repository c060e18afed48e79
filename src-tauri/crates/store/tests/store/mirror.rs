//! The copy of one service goes and nothing else: each table of the schema has an owner, and each is looked at.

use std::collections::{BTreeMap, BTreeSet};

use liaison_domain::Provider;
use liaison_store::tables::calls::{self, Between, Chip, Settled, Standing};
use liaison_store::tables::meetings::{self, Invitee};
use liaison_store::tables::people::{self, PersonRecord, upsert_page};
use liaison_store::tables::people_search::search_people;
use liaison_store::tables::{
    call_links, calls_search, cursors, event_differences, mirror, people_listed, people_times,
};
use liaison_store::{Connection, StoreResult, Transaction};

use crate::calls::{call, linked, settle};
use crate::fixture::{Profile, meeting, person};

const BOTH: [Provider; 2] = [Provider::Zoom, Provider::Salesforce];

/// What only this computer knows. A new table is added here, or to those of a service in `tables/mirror.rs`.
const ONLY_HERE: [&str; 28] = [
    "accounts",
    "call_links",
    "call_notes",
    "call_tasks",
    "daily_counts",
    "dial_intents",
    "event_differences",
    "links",
    "meeting_events",
    "meeting_guests",
    "meeting_templates",
    "meeting_topics",
    "number_choices",
    "outbox",
    "outbox_counts",
    "outbox_group_counts",
    "outbox_groups",
    "outbox_jobs",
    "outbox_lanes",
    "phone_rules",
    "pinned_webinar",
    "records_pushed",
    "registration_reasons",
    "settings",
    "tokens",
    "ui_state",
    "webinar_campaigns",
    "webinar_templates",
];
/// Of both, row by row.
const CURSORS: &str = "cursors";

/// Every table of the schema; what a search is made of is its own.
fn tables(db: &Connection) -> StoreResult<Vec<String>> {
    let mut statement = db.prepare(
        "SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn counts(db: &Connection) -> StoreResult<BTreeMap<String, i64>> {
    let count = |table: String| -> StoreResult<(String, i64)> {
        let rows = db.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?;
        Ok((table, rows))
    };
    tables(db)?.into_iter().map(count).collect()
}

/// One row in every table, whatever tables there are: a one in each column, so that every reference finds what it
/// refers to. No such row would be written, so the checks stay off; what it says is never read.
fn fill(tx: &Transaction<'_>) -> StoreResult<()> {
    tx.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA defer_foreign_keys = ON;")?;
    for table in tables(tx)? {
        let mut statement = tx.prepare("SELECT name, type FROM pragma_table_xinfo(?1) WHERE hidden = 0")?;
        let columns: Vec<(String, String)> =
            statement.query_map([&table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let values: Vec<&str> = columns
            .iter()
            .map(|(name, kind)| match kind.as_str() {
                "INTEGER" => "1",
                "TEXT" => "'1'",
                "BLOB" => "x'01'",
                other => panic!("{table}.{name} is of type {other}"),
            })
            .collect();
        // A trigger or a migration may have filled it already.
        tx.execute(
            &format!("INSERT OR IGNORE INTO \"{table}\" ({}) VALUES ({})", names.join(", "), values.join(", ")),
            [],
        )?;
    }
    Ok(())
}

#[test]
fn each_table_is_of_one_service_or_only_here() {
    let profile = Profile::new();
    let found = profile.open().read_now(tables).unwrap();
    let of_services = BOTH.into_iter().flat_map(mirror::tables).copied();
    let known: Vec<&str> = of_services.chain(ONLY_HERE).chain([CURSORS]).collect();
    let once: BTreeSet<&str> = known.iter().copied().collect();
    assert_eq!(once.len(), known.len(), "a table has two owners");
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), once);
}

#[test]
fn the_copy_of_one_service_goes_and_every_row_of_the_other_stays() {
    for erased in BOTH {
        let profile = Profile::new();
        let store = profile.open();
        let before = store
            .write_now(|tx| {
                fill(tx)?;
                counts(tx)
            })
            .unwrap();
        let after = store
            .write_now(|tx| {
                mirror::erase(tx, erased)?;
                counts(tx)
            })
            .unwrap();
        for (table, rows) in before.iter().filter(|(table, _)| *table != CURSORS) {
            assert!(*rows > 0, "{table} was not filled");
            let left = if mirror::tables(erased).contains(&table.as_str()) { 0 } else { *rows };
            assert_eq!(after[table], left, "{table}, when the copy of {erased:?} goes");
        }
        store.check_integrity_now().unwrap();
    }
}

#[test]
fn the_pulls_of_the_other_service_go_on_where_they_were() {
    const NAMES: [&str; 6] =
        ["calls.matched", "calls.tasks", "salesforce.leads", "salesforce.leads.gone", "zoom.calls", "zoom.meetings"];
    for (erased, left) in [(Provider::Zoom, &NAMES[2..4]), (Provider::Salesforce, &NAMES[4..])] {
        let profile = Profile::new();
        let store = profile.open();
        let kept = store
            .write_now(|tx| {
                for name in NAMES {
                    cursors::complete(tx, name, "far", 1)?;
                }
                mirror::erase(tx, erased)?;
                cursors::all(tx)
            })
            .unwrap();
        assert_eq!(kept.iter().map(|cursor| cursor.name.as_str()).collect::<Vec<_>>(), left);
        assert!(kept.iter().all(|cursor| cursor.value == "far" && cursor.complete_utc_ms == Some(1)));
    }
}

#[test]
fn without_salesforce_a_call_is_as_zoom_tells_it_until_it_is_matched_again() {
    /// So many that their index is made anew.
    const CALLS: i64 = 520;
    const EVER: Between = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };
    let profile = Profile::new();
    let store = profile.open();
    let ada = "00Q000000000001AAA";
    let nobody =
        Settled { standing: Standing::Nobody, to_link: true, record_id: None, record_name: None, company: None };
    store
        .write_now(|tx| {
            upsert_page(tx, &[person(ada, "Ada King")])?;
            let hers = Settled {
                standing: Standing::Linked,
                to_link: false,
                record_id: Some(ada.to_owned()),
                record_name: Some("Ada King".to_owned()),
                company: Some("Acme".to_owned()),
            };
            for number in 0..CALLS {
                let key = format!("c{number}");
                calls::put(tx, &call(&key, number), "31612345678")?;
                settle(tx, &key, &hers)?;
            }
            call_links::put(tx, &linked("c0", ada))?;
            settle(tx, "c1", &nobody)?;
            settle(tx, "c2", &Settled { standing: Standing::Ignored, to_link: false, ..nobody.clone() })
        })
        .unwrap();
    let found = |query: &str| store.read_now(|db| calls_search::count(db, query, Chip::All, EVER)).unwrap();
    assert_eq!((found("ada"), found("acme"), found("zoe")), (518, 518, 520));
    store.write_now(|tx| mirror::erase(tx, Provider::Salesforce)).unwrap();
    assert_eq!((found("ada"), found("acme"), found("zoe")), (0, 0, 520));
    assert_eq!(store.read_now(people::count).unwrap(), 0);
    let standing = |key: &str| {
        let row = store.read_now(|db| calls::get(db, key)).unwrap().unwrap();
        assert_eq!((row.to_link, row.record_id, row.record_name, row.company), (false, None, None, None), "{key}");
        row.standing
    };
    assert_eq!(["c0", "c1", "c2"].map(standing), [Standing::New, Standing::New, Standing::Ignored]);
    let decided = store.read_now(|db| call_links::get(db, "c0")).unwrap().unwrap();
    assert_eq!(decided.record.map(|record| record.id).as_deref(), Some(ada), "the user's word stays");
    let agrees = "INSERT INTO calls_search (calls_search, rank) VALUES ('integrity-check', 1)";
    store.write_now(|tx| Ok(tx.execute(agrees, [])?)).unwrap();
    store.check_integrity_now().unwrap();
}

#[test]
fn without_zoom_people_are_found_and_were_never_met() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let mut planned = meeting("next", 50);
    planned.meeting.invitees = Some(vec![Invitee { email: "ada@b.example".to_owned(), name: None }]);
    let times = || {
        let one = store.read_now(|db| people_listed::get(db, "Lead:1")).unwrap().unwrap();
        (one.own_utc_ms, one.next_utc_ms)
    };
    store
        .write_now(|tx| {
            upsert_page(tx, &[PersonRecord { email: Some("ada@b.example".to_owned()), ..person("1", "Ada King") }])?;
            meetings::upsert_page(tx, &sealer, &[planned], 1)?;
            people_times::refresh(tx, 10)
        })
        .unwrap();
    assert_eq!(times(), (None, Some(50)));
    store.write_now(|tx| mirror::erase(tx, Provider::Zoom)).unwrap();
    assert_eq!(times(), (None, None));
    assert!(store.read_now(|db| people_times::is_stale(db, 10)).unwrap(), "worked out again when somebody looks");
    assert_eq!(store.read_now(|db| search_people(db, "ada", 9)).unwrap().len(), 1);
    store.check_integrity_now().unwrap();
}

#[test]
fn of_differences_goes_what_salesforce_said_and_what_was_decided_stays() {
    let profile = Profile::new();
    let store = profile.open();
    let state = r#"{"version":"1","base":{"subject":"Demo"},"there":{"subject":"Theirs"},"open":[{"there":"Theirs"}]}"#;
    let kept = store
        .write_now(|tx| {
            event_differences::put(tx, "salesforce", "m", state, 1)?;
            event_differences::put(tx, "salesforce", "damaged", "{", 1)?;
            mirror::erase(tx, Provider::Salesforce)?;
            assert!(event_differences::listed(tx, "salesforce")?.is_empty());
            event_differences::get(tx, "salesforce", "m")
        })
        .unwrap();
    assert_eq!(kept.as_deref(), Some(r#"{"version":"1","base":{"subject":"Demo"}}"#));
}
