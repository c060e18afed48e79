//! The small user tables.

use liaison_domain::{Environment, Provider};
use liaison_store::StoreError;
use liaison_store::tables::accounts::{self, AccountRecord, AccountState};
use liaison_store::tables::links;
use liaison_store::tables::records_pushed::{self, PushedRecord};
use liaison_store::tables::tokens::{self, RefreshState, TokenRecord};
use liaison_store::tables::{daily_counts, settings, ui_state};
use secrecy::{ExposeSecret as _, SecretString};

use crate::fixture::{Profile, TARGET, link};

#[test]
fn settings_and_ui_state_do_not_mix() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            settings::set(tx, "a", "1")?;
            settings::set(tx, "a", "2")?;
            ui_state::set(tx, "a", "3")?;
            assert_eq!(settings::get(tx, "a")?.as_deref(), Some("2"));
            assert_eq!(ui_state::all(tx)?, [("a".to_owned(), "3".to_owned())]);
            settings::remove(tx, "a")?;
            assert_eq!(settings::all(tx)?, []);
            assert_eq!(ui_state::get(tx, "a")?.as_deref(), Some("3"));
            Ok(())
        })
        .unwrap();
}

#[test]
fn an_account_keeps_its_identity_when_signed_out() {
    let account = AccountRecord {
        provider: Provider::Salesforce,
        user_id: "005000000000001AAA".to_owned(),
        org_id: Some("00D000000000001AAA".to_owned()),
        name: "Ada".to_owned(),
        email: None,
        organisation: None,
        environment: Environment::Production,
        instance_url: Some("https://example.my.salesforce.com".to_owned()),
        api_url: None,
        scopes: "api refresh_token".to_owned(),
        client_id: "client".to_owned(),
        state: AccountState::Connected,
        signed_out_reason: None,
        connected_utc_ms: 5,
    };
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            accounts::put(tx, &account)?;
            assert_eq!(accounts::all(tx)?, std::slice::from_ref(&account));
            accounts::set_state(tx, Provider::Salesforce, AccountState::SignInNeeded, Some("revoked"))?;
            let found = accounts::get(tx, Provider::Salesforce)?.unwrap();
            assert_eq!(found.state, AccountState::SignInNeeded);
            assert_eq!(found.signed_out_reason.as_deref(), Some("revoked"));
            assert_eq!(found.user_id, account.user_id);
            Ok(())
        })
        .unwrap();
    let outcome = store.write_now(|tx| accounts::set_state(tx, Provider::Zoom, AccountState::SignedOut, None));
    assert!(matches!(outcome, Err(StoreError::NotFound { table: "accounts" })));
}

#[test]
fn a_word_that_nobody_knows_is_the_error_of_its_row() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            for (id, record) in [("one", "00Q1"), ("two", "00Q2"), ("three", "00Q3")] {
                links::insert_link(tx, &link(id, "meeting", record))?;
            }
            tx.execute("UPDATE links SET basis = 'telepathy' WHERE id = 'one'", [])?;
            tx.execute("UPDATE links SET record_kind = 'Opportunity' WHERE id = 'two'", [])?;
            let readable = links::links_for(tx, "meeting", "meeting")?;
            assert_eq!(readable.iter().map(|link| link.id.as_str()).collect::<Vec<_>>(), ["three"]);
            let error = links::get(tx, "one").unwrap_err();
            assert!(!format!("{error:?}").contains("telepathy"), "what is kept stays out of errors");
            // It is still there for whoever knows the word.
            assert!(links::remove(tx, "one")?);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_refresh_is_begun_once_and_settled_by_new_tokens() {
    let profile = Profile::new();
    let store = profile.open();
    let sealer = store.sealer();
    let tokens = TokenRecord {
        provider: Provider::Zoom,
        access: SecretString::from("one"),
        refresh: Some(SecretString::from("first")),
        expires_utc_ms: Some(50),
        refresh_state: RefreshState::Settled,
        refresh_started_utc_ms: None,
        updated_utc_ms: 1,
    };
    store
        .write_now(|tx| {
            let state = |tx: &liaison_store::Transaction<'_>| {
                let found = tokens::get(tx, &sealer, Provider::Zoom)?.unwrap();
                Ok::<_, StoreError>((found.refresh_state, found.refresh_started_utc_ms))
            };
            tokens::put(tx, &sealer, &tokens)?;
            assert!(tokens::begin_refresh(tx, Provider::Zoom, 40)?);
            assert!(!tokens::begin_refresh(tx, Provider::Zoom, 41)?);
            assert_eq!(state(tx)?, (RefreshState::InFlight, Some(40)));
            tokens::end_refresh(tx, Provider::Zoom, RefreshState::Unknown)?;
            assert_eq!(state(tx)?, (RefreshState::Unknown, Some(40)));
            assert!(tokens::begin_refresh(tx, Provider::Zoom, 60)?);
            tokens::end_refresh(tx, Provider::Zoom, RefreshState::Settled)?;
            assert_eq!(state(tx)?, (RefreshState::Settled, None));

            let renewed = TokenRecord {
                access: SecretString::from("two"),
                refresh: Some(SecretString::from("second")),
                ..tokens.clone()
            };
            tokens::put(tx, &sealer, &renewed)?;
            let found = tokens::get(tx, &sealer, Provider::Zoom)?.unwrap();
            assert_eq!(found.access.expose_secret(), "two");
            assert_eq!(found.refresh.unwrap().expose_secret(), "second");
            tokens::remove(tx, Provider::Zoom)?;
            assert!(tokens::get(tx, &sealer, Provider::Zoom)?.is_none());
            Ok(())
        })
        .unwrap();
    let outcome = store.write_now(|tx| tokens::begin_refresh(tx, Provider::Zoom, 1));
    assert!(matches!(outcome, Err(StoreError::NotFound { table: "tokens" })));
}

#[test]
fn a_count_belongs_to_its_day_and_owner() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            daily_counts::set(tx, "calls", "me", "2027-03-09", 7)?;
            daily_counts::set(tx, "calls", "me", "2027-03-09", 9)?;
            assert_eq!(daily_counts::get(tx, "calls", "me", "2027-03-09")?, Some(9));
            assert_eq!(daily_counts::get(tx, "calls", "me", "2027-03-10")?, None);
            assert_eq!(daily_counts::get(tx, "calls", "you", "2027-03-09")?, None);
            assert_eq!(daily_counts::get(tx, "edits", "me", "2027-03-09")?, None);
            daily_counts::set(tx, "calls", "me", "2027-03-10", 1)?;
            assert_eq!(daily_counts::get(tx, "calls", "me", "2027-03-09")?, None);
            Ok(())
        })
        .unwrap();
}

#[test]
fn two_things_are_linked_once() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            assert_eq!(links::insert_link(tx, &link("a", "1", "00Q1"))?, "a");
            assert_eq!(links::insert_link(tx, &link("b", "1", "00Q1"))?, "a");
            assert_eq!(links::insert_link(tx, &link("c", "1", "00Q2"))?, "c");
            assert_eq!(links::insert_link(tx, &link("d", "2", "00Q1"))?, "d");
            assert_eq!(links::links_for(tx, "meeting", "1")?.len(), 2);
            assert_eq!(links::links_for(tx, "call", "1")?, []);
            assert_eq!(links::links_for_many(tx, "meeting", &["1", "2", "3"])?.len(), 3);
            assert_eq!(links::links_of_record(tx, "00Q1")?.len(), 2);
            assert!(links::remove(tx, "a")?);
            assert!(!links::remove(tx, "a")?);
            assert_eq!(links::get(tx, "a")?, None);
            assert_eq!(links::insert_link(tx, &link("e", "1", "00Q1"))?, "e");
            Ok(())
        })
        .unwrap();
}

#[test]
fn pushed_records_are_found_by_key() {
    let pushed = PushedRecord {
        target: TARGET.to_owned(),
        ext_key: "k1".to_owned(),
        kind: "event".to_owned(),
        record_id: "00U1".to_owned(),
        pushed_utc_ms: 3,
        fields_json: "{}".to_owned(),
        deleted_there_utc_ms: None,
    };
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            records_pushed::put(tx, &pushed)?;
            assert_eq!(records_pushed::get(tx, TARGET, "k1")?, Some(pushed.clone()));
            assert_eq!(records_pushed::get(tx, "salesforce:demo:other:me", "k1")?, None);
            records_pushed::mark_deleted_there(tx, TARGET, "k1", 9)?;
            let many = records_pushed::get_many(tx, TARGET, &["k1", "k2"])?;
            assert_eq!(many.len(), 1);
            assert_eq!(many[0].deleted_there_utc_ms, Some(9));
            records_pushed::remove(tx, TARGET, "k1")?;
            assert_eq!(records_pushed::get(tx, TARGET, "k1")?, None);
            Ok(())
        })
        .unwrap();
    let outcome = store.write_now(|tx| records_pushed::mark_deleted_there(tx, TARGET, "k2", 9));
    assert!(matches!(outcome, Err(StoreError::NotFound { .. })));
}

#[test]
fn a_word_this_version_does_not_know_is_an_error_without_the_word() {
    let profile = Profile::new();
    let store = profile.open();
    let error = store
        .write_now(|tx| {
            let person = crate::fixture::person("1", "Ada");
            liaison_store::tables::people::upsert_page(tx, &[person])?;
            tx.execute("UPDATE people SET record = 'Canary'", [])?;
            liaison_store::tables::people::person(tx, "Lead:1")
        })
        .unwrap_err();
    assert!(matches!(error, StoreError::Unreadable(_)));
    assert!(!format!("{error:?}").contains("Canary"));
}
