//! What is expected of the state of things.

use serde::Deserialize;
use serde_json::Value;

/// Partial JSON about what is there; see [`crate::snapshot`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Records by object.
    #[serde(default)]
    pub salesforce: Option<Value>,
    /// Meetings and webinars.
    #[serde(default)]
    pub zoom: Option<Value>,
    /// What was changed in both services since the beginning, oldest first.
    #[serde(default)]
    pub effects: Option<Value>,
    /// The answer of `get_app_state`.
    #[serde(default)]
    pub app: Option<Value>,
    /// The answer of `list_outbox`.
    #[serde(default)]
    pub outbox: Option<Value>,
    /// The answer of `get_day` for today.
    #[serde(default)]
    pub today: Option<Value>,
    /// Links that went to the browser since the app was started last.
    #[serde(default)]
    pub opened: Option<Value>,
    /// Texts that went to the clipboard since the app was started last.
    #[serde(default)]
    pub copied: Option<Value>,
    /// Text of the files that were saved, by their names.
    #[serde(default)]
    pub saved: Option<Value>,
    /// Notifications since the app was started last.
    #[serde(default)]
    pub said: Option<Value>,
    /// Where the window was led to since the app was started last.
    #[serde(default)]
    pub shown: Option<Value>,
    /// Requests by service, method and route.
    #[serde(default)]
    pub requests: Option<Value>,
}

impl Expected {
    /// Every part that something is expected of, with its name.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let parts = [
            ("salesforce", &self.salesforce),
            ("zoom", &self.zoom),
            ("effects", &self.effects),
            ("app", &self.app),
            ("outbox", &self.outbox),
            ("today", &self.today),
            ("opened", &self.opened),
            ("copied", &self.copied),
            ("saved", &self.saved),
            ("said", &self.said),
            ("shown", &self.shown),
            ("requests", &self.requests),
        ];
        parts.into_iter().filter_map(|(name, part)| Some((name, part.as_ref()?)))
    }
}
