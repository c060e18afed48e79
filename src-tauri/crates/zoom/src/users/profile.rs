//! The user's profile.

use serde::Deserialize;

use crate::open_enum::open_number_enum;
use crate::{JoinUrl, MeetingId, lenient};

open_number_enum! {
    /// What the user pays for.
    UserType {
        /// Free: meetings of limited length.
        Basic = 1,
        /// Licensed.
        Licensed = 2,
        /// In the account, without Zoom Meetings.
        Unassigned = 4,
        /// Signed in by single sign-on without a licence.
        None = 99,
    }
}

/// The signed-in user. Zoom answers with more; this is what Liaison uses.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// Zoom's id of the user.
    pub id: String,
    /// Zoom's id of the account the user belongs to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub account_id: Option<String>,
    /// E-mail address the user signs in with.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// First name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub last_name: Option<String>,
    /// Name as others see it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub display_name: Option<String>,
    /// Plan.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub user_type: Option<UserType>,
    /// IANA name of the user's time zone; may be blank for users who never chose one.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub timezone: Option<String>,
    /// Language, for example `nl-NL`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub language: Option<String>,
    /// Number of the personal meeting room.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub pmi: Option<MeetingId>,
    /// Whether instant meetings use the personal room.
    #[serde(default)]
    pub use_pmi: Option<bool>,
    /// Join link of the personal room.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub personal_meeting_url: Option<JoinUrl>,
    /// Company.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub company: Option<String>,
    /// Job title.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub job_title: Option<String>,
    /// Role in the account, as its owner named it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub role_name: Option<String>,
    /// `active`, `inactive` or `pending`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub status: Option<String>,
}

impl User {
    /// A name to greet with: display name, else first and last name, else the e-mail address.
    #[must_use]
    pub fn shown_name(&self) -> Option<String> {
        if let Some(name) = &self.display_name {
            return Some(name.clone());
        }
        let parts: Vec<&str> =
            [&self.first_name, &self.last_name].into_iter().filter_map(|part| part.as_deref()).collect();
        if parts.is_empty() { self.email.clone() } else { Some(parts.join(" ")) }
    }
}
