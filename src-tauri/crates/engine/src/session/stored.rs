//! The settings as they are stored: a form of their own, so that the window's may change.
//!
//! Every field may be missing or unreadable and then has its default; what the others say stays. A new field
//! needs no new version; a field that changes its meaning gets a new name.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::session::view::{Accent, Density, OpenIn, Settings, Theme};
use crate::terms::Language;

/// How large the window's contents may be, in percent.
pub(crate) const TEXT_PERCENT: std::ops::RangeInclusive<u32> = 80..=200;

/// The form's version, for those who read it later.
const VERSION: u32 = 1;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct StoredSettings {
    #[serde(deserialize_with = "lenient")]
    version: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    theme: Option<StoredTheme>,
    #[serde(deserialize_with = "lenient")]
    language: Option<StoredLanguage>,
    #[serde(deserialize_with = "lenient")]
    text_percent: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    hold_seconds: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    letter_shortcuts: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    meeting_minutes: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    zoom_client_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    salesforce_client_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    salesforce_login_host: Option<String>,
    #[serde(deserialize_with = "lenient")]
    auto_log_calls: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    auto_log_meetings: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    call_subject: Option<String>,
    #[serde(deserialize_with = "lenient")]
    recording_passcodes: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    open_in: Option<StoredOpenIn>,
    #[serde(deserialize_with = "lenient")]
    density: Option<StoredDensity>,
    #[serde(deserialize_with = "lenient")]
    accent: Option<StoredAccent>,
}

/// What takes the links into meetings, as files spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum StoredOpenIn {
    Browser,
    ZoomApp,
}

/// How tall rows are, as files spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StoredDensity {
    Comfortable,
    Compact,
}

/// A hue, as files spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StoredAccent {
    System,
    Blue,
    Violet,
    Magenta,
    Rust,
    Green,
    Teal,
}

/// A theme, as files spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StoredTheme {
    System,
    Light,
    Dark,
    Contrast,
}

/// A language, as files spell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StoredLanguage {
    System,
    En,
    Nl,
}

/// A value that can't be read is as good as none, and takes no other with it.
pub(crate) fn lenient<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value)
        .map_err(|error| tracing::warn!(%error, "a stored setting can't be read"))
        .unwrap_or_default())
}

impl StoredSettings {
    pub fn from_json(json: &str) -> Self {
        serde_json::from_str(json)
            .map_err(|error| tracing::error!(%error, "the settings can't be read"))
            .unwrap_or_default()
    }
}

impl From<&Settings> for StoredSettings {
    fn from(settings: &Settings) -> Self {
        Self {
            version: Some(VERSION),
            theme: Some(settings.theme.into()),
            language: Some(settings.language.into()),
            text_percent: Some(settings.text_percent),
            hold_seconds: Some(settings.hold_seconds),
            letter_shortcuts: Some(settings.letter_shortcuts),
            meeting_minutes: Some(settings.meeting_minutes),
            zoom_client_id: Some(settings.zoom_client_id.clone()),
            salesforce_client_id: Some(settings.salesforce_client_id.clone()),
            salesforce_login_host: Some(settings.salesforce_login_host.clone()),
            auto_log_calls: Some(settings.auto_log_calls),
            auto_log_meetings: Some(settings.auto_log_meetings),
            call_subject: Some(settings.call_subject.clone()),
            recording_passcodes: Some(settings.recording_passcodes),
            open_in: Some(settings.open_in.into()),
            density: Some(settings.density.into()),
            accent: Some(settings.accent.into()),
        }
    }
}

impl From<StoredSettings> for Settings {
    fn from(stored: StoredSettings) -> Self {
        let default = Self::default();
        Self {
            theme: stored.theme.map_or(default.theme, Into::into),
            language: stored.language.map_or(default.language, Into::into),
            text_percent: stored.text_percent.unwrap_or(default.text_percent),
            hold_seconds: stored.hold_seconds.unwrap_or(default.hold_seconds),
            letter_shortcuts: stored.letter_shortcuts.unwrap_or(default.letter_shortcuts),
            meeting_minutes: stored.meeting_minutes.unwrap_or(default.meeting_minutes),
            zoom_client_id: stored.zoom_client_id.unwrap_or(default.zoom_client_id),
            salesforce_client_id: stored.salesforce_client_id.unwrap_or(default.salesforce_client_id),
            salesforce_login_host: stored.salesforce_login_host.unwrap_or(default.salesforce_login_host),
            auto_log_calls: stored.auto_log_calls.unwrap_or(default.auto_log_calls),
            auto_log_meetings: stored.auto_log_meetings.unwrap_or(default.auto_log_meetings),
            call_subject: stored.call_subject.unwrap_or(default.call_subject),
            recording_passcodes: stored.recording_passcodes.unwrap_or(default.recording_passcodes),
            open_in: stored.open_in.map_or(default.open_in, Into::into),
            density: stored.density.map_or(default.density, Into::into),
            accent: stored.accent.map_or(default.accent, Into::into),
        }
    }
}

impl From<Theme> for StoredTheme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => Self::System,
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
            Theme::Contrast => Self::Contrast,
        }
    }
}

impl From<StoredTheme> for Theme {
    fn from(theme: StoredTheme) -> Self {
        match theme {
            StoredTheme::System => Self::System,
            StoredTheme::Light => Self::Light,
            StoredTheme::Dark => Self::Dark,
            StoredTheme::Contrast => Self::Contrast,
        }
    }
}

impl From<OpenIn> for StoredOpenIn {
    fn from(chosen: OpenIn) -> Self {
        match chosen {
            OpenIn::Browser => Self::Browser,
            OpenIn::ZoomApp => Self::ZoomApp,
        }
    }
}

impl From<StoredOpenIn> for OpenIn {
    fn from(chosen: StoredOpenIn) -> Self {
        match chosen {
            StoredOpenIn::Browser => Self::Browser,
            StoredOpenIn::ZoomApp => Self::ZoomApp,
        }
    }
}

impl From<Density> for StoredDensity {
    fn from(chosen: Density) -> Self {
        match chosen {
            Density::Comfortable => Self::Comfortable,
            Density::Compact => Self::Compact,
        }
    }
}

impl From<StoredDensity> for Density {
    fn from(chosen: StoredDensity) -> Self {
        match chosen {
            StoredDensity::Comfortable => Self::Comfortable,
            StoredDensity::Compact => Self::Compact,
        }
    }
}

impl From<Accent> for StoredAccent {
    fn from(chosen: Accent) -> Self {
        match chosen {
            Accent::System => Self::System,
            Accent::Blue => Self::Blue,
            Accent::Violet => Self::Violet,
            Accent::Magenta => Self::Magenta,
            Accent::Rust => Self::Rust,
            Accent::Green => Self::Green,
            Accent::Teal => Self::Teal,
        }
    }
}

impl From<StoredAccent> for Accent {
    fn from(chosen: StoredAccent) -> Self {
        match chosen {
            StoredAccent::System => Self::System,
            StoredAccent::Blue => Self::Blue,
            StoredAccent::Violet => Self::Violet,
            StoredAccent::Magenta => Self::Magenta,
            StoredAccent::Rust => Self::Rust,
            StoredAccent::Green => Self::Green,
            StoredAccent::Teal => Self::Teal,
        }
    }
}

impl From<Language> for StoredLanguage {
    fn from(language: Language) -> Self {
        match language {
            Language::System => Self::System,
            Language::En => Self::En,
            Language::Nl => Self::Nl,
        }
    }
}

impl From<StoredLanguage> for Language {
    fn from(language: StoredLanguage) -> Self {
        match language {
            StoredLanguage::System => Self::System,
            StoredLanguage::En => Self::En,
            StoredLanguage::Nl => Self::Nl,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As every version before this form wrote it.
    const FIRST_FORM: &str = include_str!("../../testdata/settings-first-form.json");
    /// As this version writes it; a change here is a change of what is stored.
    const THIS_FORM: &str = include_str!("../../testdata/settings-v1.json");

    fn chosen() -> Settings {
        Settings {
            theme: Theme::Contrast,
            language: Language::Nl,
            hold_seconds: 20,
            letter_shortcuts: false,
            meeting_minutes: 45,
            zoom_client_id: "zoomClient_1".to_owned(),
            salesforce_client_id: "3MVG9.salesforce".to_owned(),
            salesforce_login_host: "acme.my.salesforce.com".to_owned(),
            ..Settings::default()
        }
    }

    fn read(json: &str) -> Settings {
        StoredSettings::from_json(json).into()
    }

    #[test]
    fn the_first_form_is_read_whole() {
        assert_eq!(read(FIRST_FORM), chosen());
    }

    #[test]
    fn this_form_is_written_and_read() {
        let settings = Settings {
            text_percent: 150,
            auto_log_calls: true,
            auto_log_meetings: true,
            call_subject: "Call: {name}".to_owned(),
            recording_passcodes: true,
            open_in: OpenIn::ZoomApp,
            density: Density::Compact,
            accent: Accent::Teal,
            ..chosen()
        };
        assert_eq!(read(THIS_FORM), settings);
        let written = serde_json::to_value(StoredSettings::from(&settings)).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(THIS_FORM).unwrap());
    }

    #[test]
    fn a_field_that_is_missing_odd_or_new_takes_no_other_with_it() {
        let mut stored: serde_json::Map<String, Value> = serde_json::from_str(THIS_FORM).unwrap();
        let whole = read(THIS_FORM);
        for name in stored.keys().cloned().collect::<Vec<_>>() {
            for odd in [None, Some(Value::Null), Some(serde_json::json!([1]))] {
                let mut damaged = stored.clone();
                match odd {
                    Some(value) => damaged.insert(name.clone(), value),
                    None => damaged.shift_remove(&name),
                };
                let kept = read(&Value::Object(damaged).to_string());
                let expected: Vec<_> = changed(&whole, &kept);
                assert!(expected.iter().all(|field| *field == name), "{name}: {expected:?}");
            }
        }
        stored.insert("accent".to_owned(), Value::from("system"));
        assert_eq!(
            read(&Value::Object(stored.clone()).to_string()),
            Settings { accent: Accent::System, ..whole.clone() }
        );
        stored.insert("accent".to_owned(), Value::from("teal"));
        stored.insert("fromTheFuture".to_owned(), serde_json::json!({ "a": 1 }));
        assert_eq!(read(&Value::Object(stored).to_string()), whole);
        assert_eq!(read("no JSON"), Settings::default());
    }

    fn changed(one: &Settings, other: &Settings) -> Vec<String> {
        let fields = |settings: &Settings| match serde_json::to_value(StoredSettings::from(settings)).unwrap() {
            Value::Object(fields) => fields,
            other => panic!("{other}"),
        };
        let (one, other) = (fields(one), fields(other));
        one.into_iter().filter(|(name, value)| other.get(name) != Some(value)).map(|(name, _)| name).collect()
    }
}
