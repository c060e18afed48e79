//! Renaming and removing files that another program may hold open for a moment.
//!
//! On Windows a virus scanner, an indexer or a backup opens what was just written, and until it is done the file can
//! neither be replaced nor removed. That passes by itself, so it is waited for instead of being told to the user as a
//! full or broken disk. Elsewhere an open file is no obstacle, and every error is told at once.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Pauses between tries: two seconds together, longer than a scanner looks at a file of ours.
const PAUSES_MS: [u64; 8] = [5, 15, 40, 90, 200, 350, 550, 750];

/// Moves a file, over another one if there is one: afterwards there is the old or the new one, never half of it.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to), thread::sleep)
}

/// Removes a file; one that is not there is as good as removed.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    absent_is_fine(patiently(|| fs::remove_file(path), thread::sleep))
}

/// Removes a folder with everything in it; one that is not there is as good as removed.
pub(crate) fn remove_folder_if_there(path: &Path) -> io::Result<()> {
    absent_is_fine(patiently(|| fs::remove_dir_all(path), thread::sleep))
}

fn absent_is_fine(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) | Ok(()) => Ok(()),
    }
}

fn patiently<T>(mut act: impl FnMut() -> io::Result<T>, mut pause: impl FnMut(Duration)) -> io::Result<T> {
    for millis in PAUSES_MS {
        match act() {
            Err(error) if held_by_another(&error) => pause(Duration::from_millis(millis)),
            outcome => return outcome,
        }
    }
    act()
}

/// `ERROR_ACCESS_DENIED`, `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`. The first is also the answer where we may
/// really not write; that is then told two seconds later.
fn held_by_another(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_as_good_as_removed() {
        let dir = tempfile::tempdir().unwrap();
        remove_if_there(&dir.path().join("file")).unwrap();
        remove_folder_if_there(&dir.path().join("folder")).unwrap();
    }

    #[test]
    fn other_errors_are_told_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let outcome = patiently(|| fs::rename(dir.path().join("none"), dir.path().join("new")), |_| panic!("a pause"));
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    /// A scanner opens a file so that nobody else may touch it.
    #[cfg(windows)]
    mod held {
        use std::os::windows::fs::OpenOptionsExt as _;
        use std::path::PathBuf;

        use super::*;

        fn held(path: &Path) -> fs::File {
            fs::File::options().read(true).share_mode(0).open(path).unwrap()
        }

        fn files(dir: &Path) -> (PathBuf, PathBuf) {
            let (old, new) = (dir.join("old"), dir.join("new"));
            fs::write(&old, "old").unwrap();
            fs::write(&new, "new").unwrap();
            (old, new)
        }

        #[test]
        fn a_file_is_replaced_when_it_is_let_go() {
            let dir = tempfile::tempdir().unwrap();
            let (old, new) = files(dir.path());
            for in_the_way in [&old, &new] {
                let (old, new) = files(dir.path());
                let mut scanner = Some(held(in_the_way));
                patiently(|| fs::rename(&new, &old), |_| drop(scanner.take())).unwrap();
                assert!(scanner.is_none(), "nothing was in the way");
                assert_eq!(fs::read_to_string(&old).unwrap(), "new");
            }
        }

        #[test]
        fn a_file_that_is_never_let_go_is_told() {
            let dir = tempfile::tempdir().unwrap();
            let (old, new) = files(dir.path());
            let _scanner = held(&old);
            let mut pauses = 0;
            assert!(patiently(|| fs::rename(&new, &old), |_| pauses += 1).is_err());
            assert_eq!(pauses, PAUSES_MS.len());
            assert_eq!(fs::read_to_string(&new).unwrap(), "new");
        }

        #[test]
        fn a_folder_goes_with_the_file_that_was_held_in_it() {
            let dir = tempfile::tempdir().unwrap();
            let folder = dir.path().join("folder");
            fs::create_dir(&folder).unwrap();
            let (old, _) = files(&folder);
            let mut scanner = Some(held(&old));
            patiently(|| fs::remove_dir_all(&folder), |_| drop(scanner.take())).unwrap();
            assert!(scanner.is_none() && !folder.exists());
        }
    }
}
