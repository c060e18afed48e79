//! Where the contract files and the clients' sources are.

use std::path::{Path, PathBuf};

/// What the command line names, or the folders beside the checkout where they exist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    pub zoom_openapi: Option<PathBuf>,
    pub zoom_examples: Option<PathBuf>,
    pub salesforce_recorded: Option<PathBuf>,
}

/// What was written after the command's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Help,
    Check(Places),
}

pub const USAGE: &str = "\
contract [--zoom-openapi DIR] [--zoom-examples DIR] [--salesforce-recorded DIR]

Drives every operation of the typed clients against the sandbox and holds requests and answers against documents,
examples and records that are not ours. A folder that is not given is looked for beside the checkout, in
../shared/contracts; what is not found is skipped, and it says so.";

impl Places {
    /// Reads the options; a folder that is not named is taken from `beside` when it is there.
    ///
    /// # Errors
    /// An option that does not exist, one without a folder, or a folder that does not exist.
    pub fn parse(words: impl IntoIterator<Item = String>, beside: &Path) -> Result<Asked, String> {
        let mut places = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let place = match word.as_str() {
                "--help" | "-h" => return Ok(Asked::Help),
                "--zoom-openapi" => &mut places.zoom_openapi,
                "--zoom-examples" => &mut places.zoom_examples,
                "--salesforce-recorded" => &mut places.salesforce_recorded,
                other => return Err(format!("there is no option `{other}`")),
            };
            let folder = PathBuf::from(words.next().ok_or_else(|| format!("{word} needs a folder after it"))?);
            if !folder.is_dir() {
                return Err(format!("{word}: there is no folder {}", folder.display()));
            }
            *place = Some(folder);
        }
        for (place, name) in [
            (&mut places.zoom_openapi, "zoom-openapi"),
            (&mut places.zoom_examples, "zoom-examples"),
            (&mut places.salesforce_recorded, "salesforce-recorded"),
        ] {
            let folder = beside.join(name);
            if place.is_none() && folder.is_dir() {
                *place = Some(folder);
            }
        }
        Ok(Asked::Check(places))
    }
}

/// `../shared/contracts` beside the checkout.
pub fn beside_the_checkout() -> PathBuf {
    crates().join("../../../shared/contracts")
}

/// The sources of one crate of this workspace.
pub fn sources_of(crate_name: &str) -> PathBuf {
    crates().join(crate_name).join("src")
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str], beside: &Path) -> Result<Asked, String> {
        Places::parse(words.iter().map(|&word| word.to_owned()), beside)
    }

    #[test]
    fn folders_are_named_or_found_beside() {
        let folder = tempfile::tempdir().unwrap();
        let examples = folder.path().join("zoom-examples");
        std::fs::create_dir(&examples).unwrap();
        let found = Places { zoom_examples: Some(examples), ..Places::default() };
        assert_eq!(parse(&[], folder.path()), Ok(Asked::Check(found.clone())));
        let named = Places { zoom_openapi: Some(folder.path().to_owned()), ..found };
        assert_eq!(
            parse(&["--zoom-openapi", &folder.path().display().to_string()], folder.path()),
            Ok(Asked::Check(named))
        );
        assert_eq!(parse(&["--help"], folder.path()), Ok(Asked::Help));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let nowhere = Path::new("/nonexistent");
        assert!(parse(&["--zoom"], nowhere).is_err());
        assert!(parse(&["--zoom-openapi"], nowhere).is_err());
        assert!(parse(&["--zoom-openapi", "/nonexistent/folder"], nowhere).is_err());
    }
}
