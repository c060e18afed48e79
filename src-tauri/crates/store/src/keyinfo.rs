//! The key file (`keyinfo.json`): the marker that a key and a database of this profile were made.
//!
//! It holds no secret. Without it, "the keychain has no key" could not be told from "this is the
//! first run", and a new key would lock the user out of the old data for good.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::files;
use crate::keys::KeySet;
use crate::profile::{ProfilePaths, private_file};

/// The layout of the file itself. A file with a higher one is left alone.
const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyInfo {
    pub format: u32,
    /// The keychain account of the key.
    pub account: String,
    pub key_id: String,
    pub check: String,
    pub stage: Stage,
    pub created_utc_ms: i64,
    /// The schema the database had when it was last opened.
    pub schema: u32,
    /// The SQLCipher release and settings it was made with, for a later release with new defaults.
    pub cipher: String,
}

/// How far the profile is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// The key is in the keychain; the database may not be there yet and never held user data.
    Creating,
    /// In use. From here on a missing database is a lost one.
    Ready,
    /// The user had everything erased and it was not finished.
    Erasing,
}

/// What was found.
pub(crate) enum Marker {
    Absent,
    Known(KeyInfo),
    /// Written by a newer version.
    Newer,
    /// There, but not readable as a key file.
    Unreadable,
}

impl KeyInfo {
    pub(crate) fn new(account: String, keys: &KeySet, cipher: String, created_utc_ms: i64) -> Self {
        Self {
            format: FORMAT,
            account,
            key_id: keys.id().to_owned(),
            check: keys.check_value(),
            stage: Stage::Creating,
            created_utc_ms,
            schema: 0,
            cipher,
        }
    }
}

pub(crate) fn read(paths: &ProfilePaths) -> io::Result<Marker> {
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    let text = match fs::read(paths.key_info()) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Marker::Absent),
        Err(error) => return Err(error),
    };
    let marker = match serde_json::from_slice::<Head>(&text) {
        Ok(head) if head.format > FORMAT => Marker::Newer,
        Ok(_) => serde_json::from_slice(&text).map_or(Marker::Unreadable, Marker::Known),
        Err(_) => Marker::Unreadable,
    };
    Ok(marker)
}

/// Replaces the key file in one step: after a crash there is the old or the new one, never half.
pub(crate) fn write(paths: &ProfilePaths, info: &KeyInfo) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(info).map_err(io::Error::other)?;
    let draft = paths.dir.join("keyinfo.json.new");
    let mut file = private_file().create(true).truncate(true).open(&draft)?;
    file.write_all(&text)?;
    file.sync_all()?;
    drop(file);
    files::rename(&draft, &paths.key_info())?;
    paths.sync()
}

/// Keeps a key file that cannot be read, under another name, so that a rebuilt one overwrites nothing.
pub(crate) fn keep_unreadable(paths: &ProfilePaths, now_utc_ms: i64) -> io::Result<PathBuf> {
    let kept = paths.dir.join(format!("keyinfo.json.unreadable-{now_utc_ms}"));
    files::rename(&paths.key_info(), &kept)?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    fn info() -> KeyInfo {
        let keys = KeySet::derive(&Zeroizing::new([3; 32]));
        KeyInfo::new("profile-1".to_owned(), &keys, "4.14.0".to_owned(), 5)
    }

    #[test]
    fn is_written_privately_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(dir.path());
        assert!(matches!(read(&paths).unwrap(), Marker::Absent));
        write(&paths, &info()).unwrap();
        let Marker::Known(found) = read(&paths).unwrap() else {
            panic!("the key file is not readable");
        };
        assert_eq!(found, info());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(paths.key_info()).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn newer_and_broken_files_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(dir.path());
        fs::write(paths.key_info(), br#"{"format":2,"anything":true}"#).unwrap();
        assert!(matches!(read(&paths).unwrap(), Marker::Newer));
        for broken in [&b"{"[..], b"", b"[]", br#"{"format":1}"#] {
            fs::write(paths.key_info(), broken).unwrap();
            assert!(matches!(read(&paths).unwrap(), Marker::Unreadable));
        }
    }
}
