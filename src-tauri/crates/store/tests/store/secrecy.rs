//! Nothing readable on the disk, no secret in clear even inside the encrypted file, none in `Debug`.

use std::fs;

use liaison_domain::Provider;
use liaison_store::tables::meetings::{MeetingSecrets, upsert_page as upsert_meetings};
use liaison_store::tables::people::upsert_page;
use liaison_store::tables::tokens::{self, RefreshState, TokenRecord};
use liaison_store::tables::{mirror, outbox, settings};
use liaison_store::{Store, StoreError};
use secrecy::SecretString;

use crate::fixture::{Profile, meeting, operation, person};

const NAMES: [&str; 4] = ["Quetzalcoatl", "Wyvernsson", "Popocatepetl", "Tlaloc"];
const SECRETS: [&str; 4] = ["canary-access-token", "canary-refresh-token", "canary-join-link", "canary-passcode"];

fn tokens() -> TokenRecord {
    TokenRecord {
        provider: Provider::Zoom,
        access: SecretString::from(SECRETS[0]),
        refresh: Some(SecretString::from(SECRETS[1])),
        expires_utc_ms: Some(9),
        refresh_state: RefreshState::Settled,
        refresh_started_utc_ms: None,
        updated_utc_ms: 1,
    }
}

fn plant(store: &Store) {
    let sealer = store.sealer();
    let mut planted = meeting("1", 5);
    NAMES[1].clone_into(&mut planted.meeting.topic);
    planted.secrets = MeetingSecrets {
        join_url: Some(SecretString::from(SECRETS[2])),
        passcode: Some(SecretString::from(SECRETS[3])),
    };
    let mut operation = operation("op", "key", outbox::OutboxAction::Create);
    operation.payload_json = format!("{{\"Subject\":\"{}\"}}", NAMES[2]);
    store
        .write_now(|tx| {
            upsert_page(tx, &[person("1", NAMES[0])])?;
            upsert_meetings(tx, &sealer, &[planted], 1)?;
            tokens::put(tx, &sealer, &tokens())?;
            outbox::enqueue(tx, &operation)?;
            settings::set(tx, "greeting", NAMES[3])
        })
        .unwrap();
}

fn files_with(profile: &Profile, needle: &str) -> Vec<String> {
    fs::read_dir(&profile.paths.dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let bytes = fs::read(path).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
        .map(|path| path.display().to_string())
        .collect()
}

#[test]
fn nothing_readable_is_in_any_file() {
    let profile = Profile::new();
    let store = profile.open();
    plant(&store);
    let log = profile.paths.dir.join("liaison.db-wal");
    assert!(fs::metadata(&log).unwrap().len() > 0);
    // In the log, then in the file, then after the close.
    for round in 0..3 {
        for needle in NAMES.iter().chain(&SECRETS).chain(&["SQLite format 3", "CREATE TABLE"]) {
            assert_eq!(files_with(&profile, needle), Vec::<String>::new(), "{round}: {needle}");
        }
        if round == 0 {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(store.fold_log()).unwrap();
            assert_eq!(fs::metadata(&log).unwrap().len(), 0);
        }
    }
    drop(store);
    assert!(!log.exists());
    for needle in NAMES.iter().chain(&SECRETS) {
        assert_eq!(files_with(&profile, needle), Vec::<String>::new());
    }
}

/// Every value of every table, as somebody with the database key would see it.
fn all_values(store: &Store) -> Vec<u8> {
    store
        .read_now(|db| {
            let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
            let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let mut bytes = Vec::new();
            for name in names {
                let mut statement = db.prepare(&format!("SELECT * FROM \"{name}\""))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    for column in 0..columns {
                        match row.get_ref(column)? {
                            rusqlite::types::ValueRef::Text(value) | rusqlite::types::ValueRef::Blob(value) => {
                                bytes.extend(value);
                            }
                            _ => {}
                        }
                    }
                }
            }
            Ok(bytes)
        })
        .unwrap()
}

fn holds(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn secrets_are_sealed_inside_the_database_too() {
    let profile = Profile::new();
    let store = profile.open();
    plant(&store);
    let values = all_values(&store);
    for name in NAMES {
        assert!(holds(&values, name), "{name} is not where it was put");
    }
    for secret in SECRETS {
        assert!(!holds(&values, secret), "{secret} is in clear");
    }
}

#[test]
fn a_sealed_value_does_not_open_in_another_row() {
    let profile = Profile::new();
    let store = profile.open();
    plant(&store);
    let sealer = store.sealer();
    let outcome = store.write_now(|tx| {
        tx.execute("UPDATE tokens SET provider = 'salesforce'", [])?;
        tokens::get(tx, &sealer, Provider::Salesforce)
    });
    assert!(matches!(outcome, Err(StoreError::Seal { table: "tokens", .. })));
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let mut planted = meeting("1", 5);
    planted.secrets.passcode = Some(SecretString::from(SECRETS[3]));
    let profile = Profile::new();
    let shown = format!("{:?} {planted:?} {:?}", tokens(), profile.open());
    for secret in SECRETS {
        assert!(!shown.contains(secret));
    }
}

#[test]
fn erasing_both_copies_keeps_what_the_user_did() {
    let profile = Profile::new();
    let store = profile.open();
    plant(&store);
    let sealer = store.sealer();
    store
        .write_now(|tx| {
            mirror::erase(tx, Provider::Zoom)?;
            mirror::erase(tx, Provider::Salesforce)
        })
        .unwrap();
    let values = all_values(&store);
    assert!(!holds(&values, NAMES[0]) && !holds(&values, NAMES[1]));
    assert!(holds(&values, NAMES[2]) && holds(&values, NAMES[3]));
    let tokens = store.read_now(|db| tokens::get(db, &sealer, Provider::Zoom)).unwrap();
    assert!(tokens.is_some());
    store.check_integrity_now().unwrap();
}

#[test]
fn an_error_names_columns_and_no_values() {
    let profile = Profile::new();
    let store = profile.open();
    let twice = operation("canary-op", "canary-key", outbox::OutboxAction::Update);
    let error = store
        .write_now(|tx| {
            outbox::enqueue(tx, &twice)?;
            outbox::enqueue(tx, &twice)
        })
        .unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("outbox.op_id"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}
