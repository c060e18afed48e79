//! Where things are: the project's folder, the folder of compiled code, the folder of what a run leaves behind.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};

/// The project's root. Two checkouts share one target folder, so this program may have been built in the other one:
/// what cargo says when it starts a program, whichever package's, comes first.
pub fn root() -> PathBuf {
    let built_in = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let started_in = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = started_in.as_deref().and_then(root_above).or_else(|| root_above(&built_in));
    root.unwrap_or(&built_in).to_path_buf()
}

fn root_above(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join("tauri.conf.json").is_file())
}

/// Where cargo puts what it builds: `CARGO_TARGET_DIR`, else a folder in the user's cache, so that a second checkout
/// and a fresh one share the long build of the web view's bindings.
pub fn target() -> Outcome<PathBuf> {
    target_from(|name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from))
}

fn target_from(variable: impl Fn(&str) -> Option<PathBuf>) -> Outcome<PathBuf> {
    if let Some(chosen) = variable("CARGO_TARGET_DIR") {
        return Ok(chosen);
    }
    let cache = variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .ok_or_else(|| Failure::new("neither CARGO_TARGET_DIR nor HOME is set, so there is no place to build in"))?;
    Ok(cache.join("liaison").join("target"))
}

/// The folder of the web view.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// Screenshots and reports of the last runs; not under version control.
pub fn artifacts() -> PathBuf {
    root().join("artifacts")
}

/// A program that cargo built.
pub fn built(profile: &str, name: &str) -> Outcome<PathBuf> {
    Ok(target()?.join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// The full path of a program, searched as a shell would.
pub fn program(name: &str) -> Option<PathBuf> {
    let search = env::var_os("PATH")?;
    env::split_paths(&search)
        .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_from_every_package() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(root_above(own), Some(root().as_path()));
        assert_eq!(root_above(&root().join("tests/e2e/src")), Some(root().as_path()));
        assert_eq!(root_above(Path::new("/")), None);
    }

    fn target_with(set: &[(&str, &str)]) -> Outcome<PathBuf> {
        target_from(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| PathBuf::from(value)))
    }

    #[test]
    fn a_chosen_target_folder_wins_over_the_cache() {
        let chosen = target_with(&[("CARGO_TARGET_DIR", "/t"), ("HOME", "/h")]);
        assert_eq!(chosen, Ok(PathBuf::from("/t")));
    }

    #[test]
    fn without_a_choice_it_is_in_the_users_cache() {
        assert_eq!(target_with(&[("HOME", "/h")]), Ok(PathBuf::from("/h/.cache/liaison/target")));
        let moved = target_with(&[("XDG_CACHE_HOME", "/c"), ("HOME", "/h")]);
        assert_eq!(moved, Ok(PathBuf::from("/c/liaison/target")));
    }

    #[test]
    fn with_no_home_it_says_what_to_set() {
        assert!(target_with(&[]).is_err_and(|failure| failure.to_string().contains("CARGO_TARGET_DIR")));
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("tauri.conf.json").is_file());
    }
}
