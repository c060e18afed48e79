//! The look of the first picture, kept beside the database so that the window can be opened in
//! the right colours before the keychain has answered. Holds nothing personal.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::session::stored::{StoredAccent, StoredDensity, StoredLanguage, StoredTheme, TEXT_PERCENT, lenient};
use crate::session::view::{Accent, Density, Settings, Theme};
use crate::terms::Language;

const FILE: &str = "appearance.json";

/// Everything that the first picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appearance {
    pub theme: Theme,
    pub language: Language,
    /// Size of everything in the window, in percent.
    pub text_percent: u32,
    pub density: Density,
    pub accent: Accent,
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
    #[serde(deserialize_with = "lenient")]
    density: Option<StoredDensity>,
    #[serde(deserialize_with = "lenient")]
    accent: Option<StoredAccent>,
}

impl Default for Appearance {
    fn default() -> Self {
        Self::from(&Settings::default())
    }
}

impl From<&Settings> for Appearance {
    fn from(settings: &Settings) -> Self {
        Self {
            theme: settings.theme,
            language: settings.language,
            text_percent: settings.text_percent,
            density: settings.density,
            accent: settings.accent,
        }
    }
}

impl Appearance {
    /// These settings in this look.
    pub(crate) fn of(self, settings: Settings) -> Settings {
        let Self { theme, language, text_percent, density, accent } = self;
        Settings { theme, language, text_percent, density, accent, ..settings }
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
        density: stored.density.map_or(default.density, Into::into),
        accent: stored.accent.map_or(default.accent, Into::into),
    }
}

/// Keeps the look for the next start. A failure only costs a flash of the wrong colour.
pub fn write(data_dir: &Path, appearance: Appearance) {
    let stored = Stored {
        theme: Some(appearance.theme.into()),
        language: Some(appearance.language.into()),
        text_percent: Some(appearance.text_percent),
        density: Some(appearance.density.into()),
        accent: Some(appearance.accent.into()),
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
        let dark = Appearance {
            theme: Theme::Dark,
            language: Language::Nl,
            text_percent: 150,
            density: Density::Compact,
            accent: Accent::Green,
        };
        write(dir.path(), dark);
        assert_eq!(read(dir.path()), dark);
    }

    #[test]
    fn the_first_form_is_read_and_one_odd_value_takes_no_other_with_it() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), br#"{"theme":"dark","language":"nl"}"#).unwrap();
        let dark = Appearance { theme: Theme::Dark, language: Language::Nl, ..Appearance::default() };
        assert_eq!(read(dir.path()), dark);
        std::fs::write(dir.path().join(FILE), br#"{"theme":"dark","language":"tlh","textPercent":9999}"#).unwrap();
        assert_eq!(read(dir.path()), Appearance { language: Language::System, ..dark });
    }
}
