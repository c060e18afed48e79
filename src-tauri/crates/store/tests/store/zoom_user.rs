//! What Zoom says of the user: replaced as a whole, with link and passcode of their room sealed.

use liaison_domain::Provider;
use liaison_store::tables::mirror;
use liaison_store::tables::zoom_user::{self, RoomLocks, RoomSecrets, Told, ZoomUserRecord};
use liaison_store::{MemoryVault, OpenOptions, ProfilePaths, open};
use secrecy::{ExposeSecret as _, SecretString};

fn record(user_id: &str) -> ZoomUserRecord {
    ZoomUserRecord {
        user_id: user_id.to_owned(),
        email: Some("robin@northwind.example".to_owned()),
        plan: Some(2),
        settings_told: Told::Read,
        settings_scope: None,
        webinar: Some(true),
        webinar_capacity: Some(500),
        phone: Some(false),
        large_meeting: None,
        large_meeting_capacity: None,
        events: Some(false),
        meeting_capacity: Some(300),
        phone_told: Told::Scope,
        phone_scope: Some("phone:read:user".to_owned()),
        phone_id: None,
        extension: Some("0417".to_owned()),
        numbers: vec!["+31205550117".to_owned()],
        room: Some(9_898_504_810),
        room_for_scheduled: Some(false),
        read_utc_ms: 5,
    }
}

#[test]
fn the_user_is_replaced_and_the_passcode_is_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let store =
        open(&ProfilePaths::new(folder.path().join("p")), &MemoryVault::new(), &OpenOptions { now_utc_ms: 0 }).unwrap();
    let sealer = store.sealer();
    let secrets = RoomSecrets {
        url: Some(SecretString::from("https://x.zoom.us/j/1?pwd=abc")),
        passcode: Some(SecretString::from("Sesam!42")),
    };
    store
        .write_now(|tx| {
            zoom_user::put(tx, &sealer, &record("one"), &RoomSecrets::default())?;
            zoom_user::put(tx, &sealer, &record("two"), &secrets)
        })
        .unwrap();
    let (found, locks) = store.read_now(zoom_user::get).unwrap().unwrap();
    assert_eq!((found, locks), (record("two"), RoomLocks { url: true, passcode: true }));
    let sealed: Vec<u8> =
        store.read_now(|db| Ok(db.query_row("SELECT passcode_sealed FROM zoom_user", [], |row| row.get(0))?)).unwrap();
    assert!(!sealed.windows(8).any(|window| window == b"Sesam!42"));
    let opened = store.read_now(|db| zoom_user::secrets(db, &sealer)).unwrap();
    assert_eq!(opened.passcode.unwrap().expose_secret(), "Sesam!42");
    store.write_now(|tx| mirror::erase(tx, Provider::Zoom)).unwrap();
    assert_eq!(store.read_now(zoom_user::get).unwrap(), None);
}
