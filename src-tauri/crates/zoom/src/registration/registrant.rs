//! A registrant as Zoom lists them, and what can be done about one.

use serde::{Deserialize, Serialize};

use crate::open_enum::open_text_enum;
use crate::{JoinUrl, ZoomTime, lenient};

open_text_enum! {
    /// Where a registration stands.
    RegistrantStatus {
        /// Waits for the host.
        Pending = "pending",
        /// May come.
        Approved = "approved",
        /// May not come.
        Denied = "denied",
        /// Was approved and then cancelled; in events, not in lists.
        Cancelled = "cancelled",
    }
}

open_text_enum! {
    /// What the host decides.
    RegistrantAction {
        /// Lets them in.
        Approve = "approve",
        /// Takes an approval back. Not to be undone.
        Cancel = "cancel",
        /// Turns them down.
        Deny = "deny",
    }
}

/// Names a registrant in a change of status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegistrantKey {
    /// Zoom's identifier of the registrant.
    pub id: String,
    /// E-mail address.
    pub email: String,
}

/// The answer to a question of the host's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationAnswer {
    /// The question.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub title: String,
    /// The answer, up to 128 characters; several choices come separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub value: Option<String>,
}

/// A registrant. `email` is vital, everything else may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Registrant {
    /// Zoom's identifier of the registrant.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// E-mail address.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub email: String,
    /// First name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub last_name: Option<String>,
    /// Where the registration stands.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<RegistrantStatus>,
    /// When they registered.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub create_time: Option<ZoomTime>,
    /// The person's own link; missing until they are approved.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// The link for inviting others; newer answers only.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub share_url: Option<JoinUrl>,
    /// Organisation.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub org: Option<String>,
    /// Job title.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub job_title: Option<String>,
    /// Telephone number, as typed.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub phone: Option<String>,
    /// Industry.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub industry: Option<String>,
    /// Size of the organisation. A text, because Zoom's lists of choices disagree.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub no_of_employees: Option<String>,
    /// When they mean to buy.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub purchasing_time_frame: Option<String>,
    /// What they have to say in it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub role_in_purchase_process: Option<String>,
    /// Street and number.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub address: Option<String>,
    /// City.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub city: Option<String>,
    /// Postal code.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub zip: Option<String>,
    /// State or province.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub state: Option<String>,
    /// Two-letter country code.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub country: Option<String>,
    /// Comments.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub comments: Option<String>,
    /// Answers to the host's own questions.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub custom_questions: Option<Vec<RegistrationAnswer>>,
    /// Tracking link they came through; webinars only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub source_id: Option<String>,
    /// Code for joining by telephone; meetings only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub participant_pin_code: Option<String>,
}
