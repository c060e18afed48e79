//! Table `zoom_user` (mirror): what Zoom says of the user themselves. Link and passcode of their own room are sealed,
//! and read at the click that needs them.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};
use secrecy::SecretString;

use super::columns::{self, columns};
use super::text_column::text_enum;
use crate::error::StoreResult;
use crate::sealed::{SealedCell, Sealer};

text_enum! {
    /// Whether a part could be read.
    pub enum Told {
        /// It was.
        Read = "read",
        /// The app lacks a scope.
        Scope = "scope",
        /// The user's role may not.
        Forbidden = "forbidden",
        /// The user has none of it.
        None = "none",
    }
}

columns! {
    /// What Zoom says of the user.
    pub struct ZoomUserRecord {
        /// Zoom's id.
        user_id: String,
        /// Address the user signs in with.
        email: Option<String>,
        /// Zoom's number of the plan.
        plan: Option<i64>,
        /// Whether the settings could be read, which tell of the add-on services and the room's passcode.
        settings_told: Told,
        /// The scope that was missing.
        settings_scope: Option<String>,
        /// Webinar add-on.
        webinar: Option<bool>,
        /// People in a webinar.
        webinar_capacity: Option<u32>,
        /// Zoom Phone.
        phone: Option<bool>,
        /// Large-meeting add-on.
        large_meeting: Option<bool>,
        /// People in a large meeting.
        large_meeting_capacity: Option<u32>,
        /// Zoom Events.
        events: Option<bool>,
        /// People in any meeting.
        meeting_capacity: Option<u32>,
        /// Whether the telephone could be read.
        phone_told: Told,
        /// The scope that was missing.
        phone_scope: Option<String>,
        /// The user's id in Zoom Phone.
        phone_id: Option<String>,
        /// Their extension.
        extension: Option<String>,
        /// Their own numbers, with `+`.
        numbers: Vec<String> as json "numbers_json",
        /// Number of the user's own room.
        room: Option<i64>,
        /// Scheduled meetings are held in it unless they say otherwise.
        room_for_scheduled: Option<bool>,
        /// When it was read.
        read_utc_ms: i64,
    }
}

/// What lets somebody into the user's own room.
#[derive(Debug, Clone, Default)]
pub struct RoomSecrets {
    /// The guests' link, which usually contains the passcode.
    pub url: Option<SecretString>,
    /// The passcode in clear.
    pub passcode: Option<SecretString>,
}

/// What is known without opening them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomLocks {
    /// There is a link.
    pub url: bool,
    /// There is a passcode.
    pub passcode: bool,
}

fn cell<'a>(column: &'static str, row: &'a str) -> SealedCell<'a> {
    SealedCell { table: "zoom_user", column, row }
}

/// What was read last.
pub fn get(db: &Connection) -> StoreResult<Option<(ZoomUserRecord, RoomLocks)>> {
    let found = db
        .prepare_cached(
            "SELECT *, room_url_sealed IS NOT NULL AS url, passcode_sealed IS NOT NULL AS locked FROM zoom_user",
        )?
        .query_row([], |row| {
            Ok((ZoomUserRecord::from_row(row)?, RoomLocks { url: row.get("url")?, passcode: row.get("locked")? }))
        });
    Ok(columns::if_readable("zoom_user", found.optional())?.flatten())
}

/// Stores it in the place of what was read before.
pub fn put(tx: &Transaction<'_>, sealer: &Sealer, user: &ZoomUserRecord, secrets: &RoomSecrets) -> StoreResult<()> {
    tx.execute("DELETE FROM zoom_user", [])?;
    tx.prepare_cached(&columns::insert("zoom_user", ZoomUserRecord::COLUMNS))?
        .execute(params_from_iter(user.values()?))?;
    let url = sealer.seal_optional(cell("room_url_sealed", &user.user_id), secrets.url.as_ref())?;
    let passcode = sealer.seal_optional(cell("passcode_sealed", &user.user_id), secrets.passcode.as_ref())?;
    tx.execute("UPDATE zoom_user SET room_url_sealed = ?1, passcode_sealed = ?2", (url, passcode))?;
    Ok(())
}

/// Link and passcode of the user's own room; nothing where it is not known.
///
/// # Errors
/// [`crate::StoreError::Seal`] when one of them does not open.
pub fn secrets(db: &Connection, sealer: &Sealer) -> StoreResult<RoomSecrets> {
    type Sealed = Option<Vec<u8>>;
    let found: Option<(String, Sealed, Sealed)> = db
        .prepare_cached("SELECT user_id, room_url_sealed, passcode_sealed FROM zoom_user")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((user, url, passcode)) = found else { return Ok(RoomSecrets::default()) };
    Ok(RoomSecrets {
        url: sealer.open_optional(cell("room_url_sealed", &user), url.as_deref())?,
        passcode: sealer.open_optional(cell("passcode_sealed", &user), passcode.as_deref())?,
    })
}
