//! The look of the first picture, kept beside the database so that the window can be opened in
//! the right colours before the keychain has answered. Holds nothing personal.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::session::view::Theme;
use crate::terms::Language;

const FILE: &str = "appearance.json";

/// Theme and language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    pub theme: Theme,
    pub language: Language,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { theme: Theme::System, language: Language::System }
    }
}

impl Appearance {
    /// Whether the page will be dark for certain.
    pub fn is_dark(&self) -> bool {
        self.theme == Theme::Dark
    }
}

/// What was written last, or the system's own look.
pub fn read(data_dir: &Path) -> Appearance {
    std::fs::read(data_dir.join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Keeps the look for the next start. A failure only costs a flash of the wrong colour.
pub fn write(data_dir: &Path, appearance: Appearance) {
    let outcome = serde_json::to_vec(&appearance)
        .map_err(std::io::Error::from)
        .and_then(|bytes| std::fs::write(data_dir.join(FILE), bytes));
    if let Err(error) = outcome {
        tracing::warn!(%error, "the look could not be kept");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_falls_back_to_the_system() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()), Appearance::default());
        std::fs::write(dir.path().join(FILE), b"{").unwrap();
        assert_eq!(read(dir.path()), Appearance::default());
        let dark = Appearance { theme: Theme::Dark, language: Language::Nl };
        write(dir.path(), dark);
        assert_eq!(read(dir.path()), dark);
    }
}
