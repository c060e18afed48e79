//! Voicemails: what Zoom no longer lists goes, and what is no longer followed is unheard no more.

use std::collections::HashSet;

use liaison_store::StoreResult;
use liaison_store::tables::voicemails::{self, VoicemailRecord};

use crate::fixture::Profile;

fn message(id: &str, spoken_utc_ms: i64) -> VoicemailRecord {
    VoicemailRecord {
        id: id.to_owned(),
        call_id: Some(format!("call of {id}")),
        leg_id: None,
        spoken_utc_ms,
        seconds: 12,
        unread: true,
        caller_name: None,
        caller_number: None,
        transcript: None,
        details_utc_ms: None,
    }
}

fn alone(db: &liaison_store::Connection, since_utc_ms: i64) -> StoreResult<Vec<String>> {
    Ok(voicemails::without_call(db, since_utc_ms, 10)?.into_iter().map(|message| message.id).collect())
}

#[test]
fn what_a_whole_list_no_longer_has_goes_but_for_its_edges() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            let all = [message("before", 9), message("at-first", 10), message("deleted", 11), message("stays", 12)];
            voicemails::put(tx, &all)?;
            voicemails::put(tx, &[message("at-last", 20), message("after", 21)])?;
            assert_eq!(voicemails::keep_only(tx, 10, 20, &["stays".to_owned()])?, 1);
            assert_eq!(alone(tx, 0)?, ["after", "at-last", "stays", "at-first", "before"]);
            assert_eq!(voicemails::keep_only(tx, 10, 20, &[])?, 1);
            assert_eq!(alone(tx, 0)?, ["after", "at-last", "at-first", "before"]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_is_older_than_the_lists_that_are_read_is_not_unheard() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            voicemails::put(tx, &[message("old", 9), message("new", 10)])?;
            assert_eq!(alone(tx, 10)?, ["new"]);
            let calls = ["call of old", "call of new"].map(ToOwned::to_owned);
            let ids = ["old", "new"].map(ToOwned::to_owned);
            let expected = HashSet::from(["call of new", "new"].map(ToOwned::to_owned));
            assert_eq!(voicemails::unheard(tx, 10, &calls, &ids)?, expected);
            Ok(())
        })
        .unwrap();
}
