//! One closure, one transaction: all of it or nothing, through errors, panics, dropped futures and
//! kills.

use std::fs;
use std::sync::{Arc, Mutex, mpsc};

use liaison_store::tables::{cursors, people, settings, ui_state};
use liaison_store::{ProfilePaths, StoreError, open};

use crate::fixture::{Profile, person};

#[tokio::test]
async fn a_page_and_its_cursor_are_kept_together_or_not_at_all() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write(|tx| {
            people::upsert_page(tx, &[person("1", "Ada")])?;
            cursors::set(tx, "people", "page 2", 5)
        })
        .await
        .unwrap();

    let outcome = store
        .write(|tx| {
            people::upsert_page(tx, &[person("2", "Grace")])?;
            cursors::complete(tx, "people", "end", 6)?;
            Err::<(), _>(StoreError::Full)
        })
        .await;
    assert!(matches!(outcome, Err(StoreError::Full)));

    let (count, cursor) = store.read(|db| Ok((people::count(db)?, cursors::get(db, "people")?))).await.unwrap();
    assert_eq!(count, 1);
    let cursor = cursor.unwrap();
    assert_eq!((cursor.value.as_str(), cursor.complete_utc_ms), ("page 2", None));
}

#[tokio::test]
async fn a_cursor_remembers_when_its_list_was_last_complete() {
    let store = Profile::new();
    let store = store.open();
    let cursor = store
        .write(|tx| {
            cursors::complete(tx, "people", "end", 6)?;
            cursors::set(tx, "people", "next round", 9)?;
            cursors::get(tx, "people")
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(cursor.value, "next round");
    assert_eq!((cursor.complete_utc_ms, cursor.updated_utc_ms), (Some(6), 9));
}

#[tokio::test]
async fn a_panic_rolls_back_and_the_store_goes_on() {
    let profile = Profile::new();
    let store = profile.open();
    let clone = store.clone();
    let panicked = tokio::spawn(async move {
        clone
            .write(|tx| {
                settings::set(tx, "hold", "60")?;
                assert_eq!(settings::get(tx, "hold")?, None, "a panic in a change");
                Ok(())
            })
            .await
    })
    .await;
    assert!(panicked.unwrap_err().is_panic());
    let clone = store.clone();
    let panicked =
        tokio::spawn(async move { clone.read(|_| -> Result<(), StoreError> { panic!("in a query") }).await }).await;
    assert!(panicked.unwrap_err().is_panic());

    // More reads than there are readers: a reader that was not given back would be missed.
    for _ in 0..5 {
        let hold = store.read(|db| settings::get(db, "hold")).await.unwrap();
        assert_eq!(hold, None);
    }
    store.write(|tx| settings::set(tx, "hold", "20")).await.unwrap();
}

#[tokio::test]
async fn a_write_whose_caller_left_is_still_carried_out() {
    let profile = Profile::new();
    let store = profile.open();
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let clone = store.clone();
    let caller = tokio::spawn(async move {
        clone
            .write(move |tx| {
                begun.send(()).unwrap();
                may_go_on.recv().unwrap();
                settings::set(tx, "hold", "60")
            })
            .await
    });
    has_begun.await.unwrap();
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    go_on.send(()).unwrap();
    // The next write waits its turn behind the first.
    let hold = store.write(|tx| settings::get(tx, "hold")).await.unwrap();
    assert_eq!(hold.as_deref(), Some("60"));
}

#[test]
fn a_read_sees_one_state_while_writes_go_on() {
    let profile = Profile::new();
    let store = profile.open();
    store.write_now(|tx| settings::set(tx, "hold", "8")).unwrap();
    let (first, second) = store
        .read_now(|db| {
            let first = settings::get(db, "hold")?;
            store.write_now(|tx| settings::set(tx, "hold", "60"))?;
            Ok((first, settings::get(db, "hold")?))
        })
        .unwrap();
    assert_eq!(first, second);
    let later = store.read_now(|db| settings::get(db, "hold")).unwrap();
    assert_eq!(later.as_deref(), Some("60"));
}

#[test]
fn a_reader_cannot_write() {
    let profile = Profile::new();
    let store = profile.open();
    let outcome = store.read_now(|db| {
        db.execute("INSERT INTO settings VALUES ('a', 'b')", [])?;
        Ok(())
    });
    assert!(matches!(outcome, Err(StoreError::Io(_))), "{outcome:?}");
}

/// What the disk holds after `kill -9` at any moment is what it holds now: copying the files of a
/// running store is the same thing.
#[test]
fn what_was_committed_survives_a_kill() {
    let profile = Profile::new();
    let store = profile.open();
    let elsewhere = tempfile::tempdir().unwrap();
    for round in 0..20 {
        store.write_now(|tx| settings::set(tx, "round", &round.to_string())).unwrap();
        let copy = ProfilePaths::new(elsewhere.path().join(round.to_string()));
        fs::create_dir(&copy.dir).unwrap();
        for file in ["liaison.db", "liaison.db-wal", "keyinfo.json"] {
            fs::copy(profile.paths.dir.join(file), copy.dir.join(file)).unwrap();
        }
        let options = liaison_store::OpenOptions { now_utc_ms: 1 };
        let copy = open(&copy, &profile.vault, &options).unwrap();
        let found = copy.read_now(|db| settings::get(db, "round")).unwrap();
        assert_eq!(found, Some(round.to_string()));
        copy.check_integrity_now().unwrap();
    }
}

#[test]
fn a_commit_tells_what_it_touched_and_a_rollback_nothing() {
    let profile = Profile::new();
    let store = profile.open();
    let told: Arc<Mutex<Vec<Vec<String>>>> = Arc::default();
    let heard = Arc::clone(&told);
    store.on_commit(move |tables| heard.lock().unwrap().push(tables.iter().cloned().collect()));
    let failed = store.write_now(|tx| {
        ui_state::set(tx, "a", "1")?;
        Err::<(), _>(StoreError::Full)
    });
    assert!(failed.is_err());
    store.write_now(|tx| cursors::set(tx, "a", "1", 1).and_then(|()| ui_state::set(tx, "a", "2"))).unwrap();
    store.write_now(|tx| ui_state::get(tx, "a")).unwrap();
    assert_eq!(*told.lock().unwrap(), [["cursors", "ui_state"]]);
}
