//! The folders of profiles: which there are, what they are called, which are to go.
//!
//! The first profile has the folder of its kind, `real`; a further one has that name with twelve figures, and a file
//! with the name that the user gave it. The name is written before anything else, so that a profile is there with its
//! name or not at all; a profile that is to go is marked first, so that its removal is finished by the next start. What
//! is in a profile is the store's.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use liaison_store::ProfilePaths;
use serde::{Deserialize, Serialize};

const PROFILES: &str = "profiles";
/// What a profile is called. In clear: it is shown while the profile is closed.
const NAME: &str = "profile.json";
/// The user had it removed, and that is not finished.
const REMOVING: &str = "removing";
const VERSION: u32 = 1;
/// Figures after the name of the kind.
const FIGURES: usize = 12;

/// The name of a profile, as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    version: u32,
    name: String,
}

/// A profile that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folder {
    /// The folder's name.
    pub id: String,
    /// None where the user gave it none.
    pub name: Option<String>,
}

/// Where the files of a profile are.
pub(crate) fn paths(data_dir: &Path, id: &str) -> ProfilePaths {
    ProfilePaths::new(data_dir.join(PROFILES).join(id))
}

/// The profiles of a kind that are there, the first one first and the others by name.
pub(crate) fn list(data_dir: &Path, kind: &str) -> io::Result<Vec<Folder>> {
    let mut found: Vec<Folder> = ids(data_dir, kind)?
        .into_iter()
        .filter(|id| is_there(data_dir, id))
        .map(|id| Folder { name: name_of(data_dir, &id), id })
        .collect();
    found.sort_by_key(|folder| {
        (folder.id != kind, folder.name.clone().map(|name| name.to_lowercase()), folder.id.clone())
    });
    Ok(found)
}

/// Makes a further profile with its name, and nothing in it yet.
pub(crate) fn make(data_dir: &Path, kind: &str, name: &str) -> io::Result<String> {
    let figures = rand::random::<u64>() & 0xffff_ffff_ffff;
    let id = format!("{kind}-{figures:012x}");
    fs::create_dir_all(paths(data_dir, &id).dir)?;
    rename(data_dir, &id, name)?;
    Ok(id)
}

/// Gives a profile another name, in one step.
pub(crate) fn rename(data_dir: &Path, id: &str, name: &str) -> io::Result<()> {
    let text = serde_json::to_vec(&Stored { version: VERSION, name: name.to_owned() }).map_err(io::Error::other)?;
    write_at_once(&paths(data_dir, id).dir.join(NAME), &text)
}

/// What it is called goes with everything else of it.
pub(crate) fn forget_name(data_dir: &Path, id: &str) -> io::Result<()> {
    match fs::remove_file(paths(data_dir, id).dir.join(NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// From now on it is not there any more; its files and its key go next. The mark is the file with its name, renamed:
/// whichever file of the folder goes last, nothing is left that has a name and no mark.
pub(crate) fn begin_removal(data_dir: &Path, id: &str) -> io::Result<()> {
    let dir = paths(data_dir, id).dir;
    match fs::rename(dir.join(NAME), dir.join(REMOVING)) {
        Err(error) if error.kind() == ErrorKind::NotFound => write_at_once(&dir.join(REMOVING), b""),
        outcome => outcome,
    }
}

/// Whether its removal has begun, by this process or by another one.
pub(crate) fn is_going(data_dir: &Path, id: &str) -> bool {
    paths(data_dir, id).dir.join(REMOVING).exists()
}

/// It stays after all, as it was.
pub(crate) fn end_removal(data_dir: &Path, id: &str) -> io::Result<()> {
    let dir = paths(data_dir, id).dir;
    let mark = dir.join(REMOVING);
    if fs::metadata(&mark)?.len() == 0 { fs::remove_file(mark) } else { fs::rename(mark, dir.join(NAME)) }
}

/// Those whose making or removal was cut off: nothing of them is anybody's any more.
pub(crate) fn left_over(data_dir: &Path, kind: &str) -> io::Result<Vec<String>> {
    let cut_off = |id: &String| is_going(data_dir, id) || (id != kind && !is_there(data_dir, id));
    Ok(ids(data_dir, kind)?.into_iter().filter(cut_off).collect())
}

/// Writes a file so that afterwards there is the old or the new one, never half of it.
pub(crate) fn write_at_once(file: &Path, text: &[u8]) -> io::Result<()> {
    let mut draft = PathBuf::from(file);
    draft.set_extension("new");
    let mut written = fs::File::create(&draft)?;
    written.write_all(text)?;
    written.sync_all()?;
    drop(written);
    fs::rename(&draft, file)
}

fn is_there(data_dir: &Path, id: &str) -> bool {
    let paths = paths(data_dir, id);
    let holds = [paths.key_info(), paths.database(), paths.dir.join(NAME)].iter().any(|file| file.exists());
    holds && !is_going(data_dir, id)
}

fn name_of(data_dir: &Path, id: &str) -> Option<String> {
    let text = fs::read(paths(data_dir, id).dir.join(NAME)).ok()?;
    let stored: Stored = serde_json::from_slice(&text)
        .map_err(|error| tracing::warn!(%error, "the name of a profile can't be read"))
        .ok()?;
    Some(stored.name).filter(|name| !name.is_empty())
}

/// Every folder that has the name of a profile of this kind.
fn ids(data_dir: &Path, kind: &str) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(data_dir.join(PROFILES)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let Ok(id) = entry.file_name().into_string() else { continue };
        if is_id(kind, &id) && entry.file_type()?.is_dir() {
            found.push(id);
        }
    }
    Ok(found)
}

fn is_id(kind: &str, id: &str) -> bool {
    let further = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix('-'));
    id == kind
        || further
            .is_some_and(|figures| figures.len() == FIGURES && figures.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(data_dir: &Path) -> Vec<Option<String>> {
        list(data_dir, "real").unwrap().into_iter().map(|folder| folder.name).collect()
    }

    #[test]
    fn profiles_are_listed_by_name_and_nothing_else_is_one() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(list(data.path(), "real").unwrap(), []);
        make(data.path(), "real", "Zephyr").unwrap();
        let id = make(data.path(), "real", "Acme").unwrap();
        let first = paths(data.path(), "real");
        fs::create_dir_all(&first.dir).unwrap();
        fs::write(first.key_info(), "{}").unwrap();
        for other in ["demo", "sandbox-0123456789ab", "real-short", "real-0123456789xy"] {
            fs::create_dir_all(data.path().join(PROFILES).join(other)).unwrap();
        }
        fs::write(data.path().join(PROFILES).join("real-0123456789ab"), "a file").unwrap();
        assert_eq!(names(data.path()), [None, Some("Acme".to_owned()), Some("Zephyr".to_owned())]);
        rename(data.path(), &id, "Globex").unwrap();
        assert_eq!(names(data.path())[1].as_deref(), Some("Globex"));
        assert_eq!(left_over(data.path(), "real").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_name_that_is_forgotten_leaves_no_profile_behind() {
        let folder = tempfile::tempdir().unwrap();
        let id = make(folder.path(), "real", "Northwind").unwrap();
        assert!(is_there(folder.path(), &id));
        forget_name(folder.path(), &id).unwrap();
        forget_name(folder.path(), &id).unwrap();
        assert!(!is_there(folder.path(), &id));
    }

    /// After each step of making one the power may fail.
    #[test]
    fn a_profile_is_there_with_its_name_or_not_at_all() {
        let data = tempfile::tempdir().unwrap();
        let id = "real-0123456789ab";
        fs::create_dir_all(paths(data.path(), id).dir).unwrap();
        assert_eq!(list(data.path(), "real").unwrap(), [], "only the folder");
        assert_eq!(left_over(data.path(), "real").unwrap(), [id]);
        fs::write(paths(data.path(), id).dir.join("profile.new"), "{\"ver").unwrap();
        assert_eq!(list(data.path(), "real").unwrap(), [], "half a name");
        rename(data.path(), id, "Acme").unwrap();
        assert_eq!(names(data.path()), [Some("Acme".to_owned())]);
        assert_eq!(left_over(data.path(), "real").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn one_that_is_to_go_is_not_there_any_more_and_is_found_by_the_next_start() {
        let data = tempfile::tempdir().unwrap();
        let id = make(data.path(), "real", "Acme").unwrap();
        begin_removal(data.path(), &id).unwrap();
        assert_eq!(list(data.path(), "real").unwrap(), []);
        assert_eq!(left_over(data.path(), "real").unwrap(), [id.as_str()]);
        end_removal(data.path(), &id).unwrap();
        assert_eq!(names(data.path()), [Some("Acme".to_owned())]);
        // One without a name, and one that was marked by a version that left the name where it was.
        forget_name(data.path(), &id).unwrap();
        fs::write(paths(data.path(), &id).key_info(), "{}").unwrap();
        begin_removal(data.path(), &id).unwrap();
        end_removal(data.path(), &id).unwrap();
        rename(data.path(), &id, "Acme").unwrap();
        fs::write(paths(data.path(), &id).dir.join(REMOVING), "").unwrap();
        end_removal(data.path(), &id).unwrap();
        assert_eq!(names(data.path()), [Some("Acme".to_owned())]);
    }

    /// The files of a folder go in any order.
    #[test]
    fn one_that_is_half_removed_has_no_name_without_its_mark() {
        let data = tempfile::tempdir().unwrap();
        let id = make(data.path(), "real", "Acme").unwrap();
        begin_removal(data.path(), &id).unwrap();
        fs::remove_file(paths(data.path(), &id).dir.join(REMOVING)).unwrap();
        assert_eq!(list(data.path(), "real").unwrap(), []);
        assert_eq!(left_over(data.path(), "real").unwrap(), [id]);
    }

    #[test]
    fn the_first_form_of_a_name_is_read() {
        let data = tempfile::tempdir().unwrap();
        let id = make(data.path(), "real", "x").unwrap();
        fs::write(paths(data.path(), &id).dir.join(NAME), include_str!("../testdata/profile-v1.json")).unwrap();
        assert_eq!(names(data.path()), [Some("Acme, the sandbox".to_owned())]);
        fs::write(paths(data.path(), &id).dir.join(NAME), "[]").unwrap();
        assert_eq!(names(data.path()), [None], "an unreadable name takes no profile with it");
    }
}
