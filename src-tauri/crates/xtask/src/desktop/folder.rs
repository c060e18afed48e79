//! A folder for one run, readable by its user alone, removed with everything in it at the end.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::failure::{Outcome, Tried};

#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes a new folder. The name is short because the paths of sockets in it may have 107 bytes at most.
    pub fn create(name: &str) -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let base = env::temp_dir();
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = base.join(format!("{name}-{}-{count}", std::process::id()));
            match private(&path) {
                Ok(()) => {
                    let folder = Self { path };
                    for part in ["home", "run"] {
                        private(&folder.path.join(part))
                            .tried(|| format!("could not make {part} in {}", base.display()))?;
                    }
                    return Ok(folder);
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).tried(|| format!("could not make {}", path.display())),
            }
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where sockets go.
    pub fn run(&self) -> PathBuf {
        self.path.join("run")
    }

    /// The variables that make this folder a program's home.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let home = self.path.join("home");
        vec![
            ("XDG_CONFIG_HOME", home.join(".config").into()),
            ("XDG_CACHE_HOME", home.join(".cache").into()),
            ("XDG_DATA_HOME", home.join(".local/share").into()),
            ("XDG_STATE_HOME", home.join(".local/state").into()),
            ("XDG_RUNTIME_DIR", self.run().into()),
            ("HOME", home.into()),
        ]
    }
}

fn private(path: &Path) -> std::io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there is no mode to set"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A program that is just ending may still write; a folder left in the system's own place for such is no harm.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_differ_and_go_away() {
        let (one, other) = (Folder::create("xt").expect("made"), Folder::create("xt").expect("made"));
        assert_ne!(one.path(), other.path());
        let path = one.path().to_path_buf();
        assert!(path.join("home").is_dir() && path.join("run").is_dir());
        drop(one);
        assert!(!path.exists());
    }
}
