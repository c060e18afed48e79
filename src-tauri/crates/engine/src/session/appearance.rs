//! The look of the first picture, kept beside the database so that the window can be opened in
//! the right colours before the keychain has answered. Holds nothing personal.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::session::stored::{StoredLanguage, StoredTheme, TEXT_PERCENT, lenient};
use crate::session::view::Theme;
use crate::terms::Language;

const FILE: &str = "appearance.json";

/// Theme, language and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    pub theme: Theme,
    pub language: Language,
    /// Size of everything in the window, in percent.
    pub text_percent: u32,
}

/// The same in the file; see `stored`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Stored {
    #[serde(deserialize_with = "lenient")]
    theme: Option<StoredTheme>,
    #[serde(deserialize_with = "lenient")]
    language: Option<StoredLanguage>,
    #[serde(deserialize_with = "lenient")]
    text_percent: Option<u32>,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { theme: Theme::System, language: Language::System, text_percent: 100 }
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
    let stored: Stored = std::fs::read(data_dir.join(FILE))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let default = Appearance::default();
    Appearance {
        theme: stored.theme.map_or(default.theme, Into::into),
        language: stored.language.map_or(default.language, Into::into),
        text_percent: stored.text_percent.filter(|size| TEXT_PERCENT.contains(size)).unwrap_or(default.text_percent),
    }
}

/// Keeps the look for the next start. A failure only costs a flash of the wrong colour.
pub fn write(data_dir: &Path, appearance: Appearance) {
    let stored = Stored {
        theme: Some(appearance.theme.into()),
        language: Some(appearance.language.into()),
        text_percent: Some(appearance.text_percent),
    };
    let outcome = serde_json::to_vec(&stored)
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
        let dark = Appearance { theme: Theme::Dark, language: Language::Nl, text_percent: 150 };
        write(dir.path(), dark);
        assert_eq!(read(dir.path()), dark);
    }

    #[test]
    fn the_first_form_is_read_and_one_odd_value_takes_no_other_with_it() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), br#"{"theme":"dark","language":"nl"}"#).unwrap();
        let dark = Appearance { theme: Theme::Dark, language: Language::Nl, text_percent: 100 };
        assert_eq!(read(dir.path()), dark);
        std::fs::write(dir.path().join(FILE), br#"{"theme":"dark","language":"tlh","textPercent":9999}"#).unwrap();
        assert_eq!(read(dir.path()), Appearance { language: Language::System, ..dark });
    }
}
