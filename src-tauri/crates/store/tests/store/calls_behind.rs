//! The search over calls while its index is behind: it finds what is there, also after an end in the middle.

use liaison_store::tables::calls::{self, Between, CallRecord, Chip, Settled, Standing};
use liaison_store::tables::calls_search;
use liaison_store::{Store, Transaction};

use crate::calls::{call, settle};
use crate::fixture::Profile;

const EVER: Between = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };

fn found(store: &Store, query: &str) -> String {
    let rows = store.read_now(|db| calls_search::search(db, query, Chip::All, EVER, 0, 9)).unwrap();
    let count = store.read_now(|db| calls_search::count(db, query, Chip::All, EVER)).unwrap();
    assert_eq!(count as usize, rows.len(), "{query}");
    rows.into_iter().map(|row| row.call.key).collect::<Vec<_>>().join(" ")
}

fn linked(name: &str) -> Settled {
    Settled {
        standing: Standing::Linked,
        to_link: false,
        record_id: Some("00Q1".to_owned()),
        record_name: Some(name.to_owned()),
        company: None,
    }
}

/// Whether the index says what stands in `calls_folded`.
fn check_index(tx: &Transaction<'_>) -> bool {
    tx.execute("INSERT INTO calls_search (calls_search, rank) VALUES ('integrity-check', 1)", []).is_ok()
}

#[test]
fn a_search_that_is_behind_finds_what_is_there_and_catches_up() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            for key in ["one", "two", "three"] {
                calls::put(
                    tx,
                    &CallRecord { other_name: Some(format!("Caller {key}")), ..call(key, 1) },
                    "31612345678",
                )?;
            }
            assert!(check_index(tx));
            calls_search::fall_behind(tx)?;
            settle(tx, "one", &linked("Łukasz Nowak"))?;
            calls::remove(tx, "two")?;
            calls::put(
                tx,
                &CallRecord { other_name: Some("Caller four".to_owned()), ..call("four", 2) },
                "12125550142",
            )?;
            assert!(!check_index(tx), "the index follows all the same, at many times the cost");
            Ok(())
        })
        .unwrap();
    let all_is_found = |store: &Store| {
        for (query, keys) in [
            ("lukasz", "one"),
            ("caller one", "one"),
            ("caller two", ""),
            ("caller", "four three one"),
            ("2125550", "four"),
        ] {
            assert_eq!(found(store, query), keys, "{query}");
        }
    };
    all_is_found(&store);

    // The program ends here, and what it was about is not done.
    drop(store);
    let store = profile.open();
    all_is_found(&store);
    store
        .write_now(|tx| {
            calls_search::catch_up(tx)?;
            assert!(check_index(tx));
            settle(tx, "one", &linked("Zofia Nowak"))?;
            assert!(check_index(tx), "from here on the index follows each row");
            Ok(())
        })
        .unwrap();
    assert_eq!(found(&store, "zofia"), "one");
    assert_eq!(found(&store, "lukasz"), "");
}
