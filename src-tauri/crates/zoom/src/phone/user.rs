//! The user in Zoom Phone.

use serde::Deserialize;

use crate::lenient;
use crate::open_enum::open_text_enum;

open_text_enum! {
    /// Whether the user may telephone.
    PhoneUserStatus {
        /// They may.
        Activate = "activate",
        /// They may no longer.
        Deactivate = "deactivate",
    }
}

/// The user in Zoom Phone. Their identifiers here differ from those in Zoom.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PhoneUser {
    /// Zoom user.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// The same user in Zoom Phone.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub phone_user_id: Option<String>,
    /// E-mail address.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// Identifier of their extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub extension_id: Option<String>,
    /// Their extension. A text: an extension may begin with a zero.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub extension_number: Option<String>,
    /// Their own numbers.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub phone_numbers: Option<Vec<PhoneNumber>>,
    /// Plans; without one they can call inside the account only.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub calling_plans: Option<Vec<CallingPlan>>,
    /// Whether they may telephone.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<PhoneUserStatus>,
    /// Site they belong to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub site_id: Option<String>,
    /// Whether they administer it.
    #[serde(default)]
    pub site_admin: Option<bool>,
    /// Department.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub department: Option<String>,
    /// Cost centre.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub cost_center: Option<String>,
}

/// A number of the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PhoneNumber {
    /// Identifier.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// The number, with `+`.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub number: String,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallingPlan {
    /// Zoom's number of the plan.
    #[serde(default, rename = "type", deserialize_with = "lenient::optional_whole_number")]
    pub plan: Option<i64>,
    /// Name of the plan; newer answers only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
}
