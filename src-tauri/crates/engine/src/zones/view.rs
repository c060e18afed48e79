use serde::Serialize;
use specta::Type;

use crate::terms::UtcMs;

/// The clocks of the user's own zone. The window shifts instants by them and formats the result as UTC: the web view's
/// own rules are years old, and it doesn't know every zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ZoneRules {
    /// IANA id.
    pub zone: String,
    /// `[from, seconds ahead of UTC]`, in order; the first holds before as well, the last after. Years 2000 to 2044.
    pub shifts: Vec<(UtcMs, i32)>,
    /// The release of the IANA database that the rules are from: `2026f`.
    pub release: Option<String>,
}

/// A zone that was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ZoneHit {
    /// IANA id.
    pub zone: String,
    /// The city that was found in it.
    pub place: String,
    /// How far its clocks are ahead of UTC now, in seconds.
    pub ahead: i32,
}
