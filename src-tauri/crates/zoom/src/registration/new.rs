//! Somebody to register, and what comes of it.

use serde::{Deserialize, Serialize};

use super::{RegistrantStatus, RegistrationAnswer};
use crate::error::InvalidRequest;
use crate::meetings::Occurrence;
use crate::{JoinUrl, ZoomTime, lenient};

/// Zoom's limits, from its reference.
const EMAIL_CHARACTERS: usize = 128;
const NAME_CHARACTERS: usize = 64;
const ANSWER_CHARACTERS: usize = 128;

/// Somebody to register. Which fields beyond the first two are needed, the questions of the event say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRegistrant {
    /// E-mail address, up to 128 characters.
    pub email: String,
    /// First name, up to 64 characters.
    pub first_name: String,
    /// Last name, up to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub last_name: Option<String>,
    /// Organisation.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub org: Option<String>,
    /// Job title.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub job_title: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub phone: Option<String>,
    /// Industry.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub industry: Option<String>,
    /// Size of the organisation, one of the form's choices.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub no_of_employees: Option<String>,
    /// When they mean to buy, one of the form's choices.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub purchasing_time_frame: Option<String>,
    /// What they have to say in it, one of the form's choices.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub role_in_purchase_process: Option<String>,
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub address: Option<String>,
    /// City.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub city: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub zip: Option<String>,
    /// State or province.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub state: Option<String>,
    /// Two-letter country code.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub country: Option<String>,
    /// Comments.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub comments: Option<String>,
    /// Answers to the host's own questions.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub custom_questions: Option<Vec<RegistrationAnswer>>,
    /// Language of Zoom's mail to them, for example `nl-NL`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub language: Option<String>,
    /// Approved at once although the host approves by hand; meetings only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_approve: Option<bool>,
    /// Tracking link to count them under; webinars only.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub source_id: Option<String>,
}

impl NewRegistrant {
    /// Somebody with the two fields that Zoom always asks for.
    pub fn new(email: impl Into<String>, first_name: impl Into<String>) -> Self {
        Self { email: email.into(), first_name: first_name.into(), ..Self::default() }
    }

    /// Checks what Zoom documents.
    ///
    /// # Errors
    /// Names the first field that breaks a rule.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        check_email(&self.email)?;
        check_name("first_name", &self.first_name)?;
        if self.first_name.trim().is_empty() {
            return Err(InvalidRequest { field: "first_name", reason: "is missing" });
        }
        check_name("last_name", self.last_name.as_deref().unwrap_or_default())?;
        let answers = self.custom_questions.iter().flatten();
        let mut values = answers.filter_map(|answer| answer.value.as_deref());
        if values.any(|value| value.chars().count() > ANSWER_CHARACTERS) {
            return Err(InvalidRequest { field: "custom_questions.value", reason: "is longer than 128 characters" });
        }
        Ok(())
    }
}

/// Zoom refuses what is no address; the finer rules are left to it.
pub(crate) fn check_email(email: &str) -> Result<(), InvalidRequest> {
    let parts = email.split_once('@');
    let whole = parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    if !whole || email.chars().any(char::is_whitespace) {
        return Err(InvalidRequest { field: "email", reason: "is no e-mail address" });
    }
    if email.chars().count() > EMAIL_CHARACTERS {
        return Err(InvalidRequest { field: "email", reason: "is longer than 128 characters" });
    }
    Ok(())
}

pub(super) fn check_name(field: &'static str, name: &str) -> Result<(), InvalidRequest> {
    if name.chars().count() > NAME_CHARACTERS {
        return Err(InvalidRequest { field, reason: "is longer than 64 characters" });
    }
    Ok(())
}

/// What comes of a registration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Registration {
    /// Zoom's identifier of the registrant.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub registrant_id: String,
    /// Number of the meeting or webinar.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub id: Option<u64>,
    /// Its topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub topic: Option<String>,
    /// Its start.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// The person's own link; missing while the registration waits for approval.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// The link for inviting others; newer answers only.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub share_url: Option<JoinUrl>,
    /// Where the registration stands; newer answers only.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<RegistrantStatus>,
    /// Occurrences they are registered for.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub occurrences: Option<Vec<Occurrence>>,
    /// Code for joining by telephone; meetings only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub participant_pin_code: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_zoom_documents_is_checked() {
        let good = NewRegistrant::new("anna@example.org", "Anna");
        assert_eq!(good.check(), Ok(()));
        let long_answer = RegistrationAnswer { title: "How did you find us?".to_owned(), value: Some("x".repeat(129)) };
        for (registrant, field) in [
            (NewRegistrant::new("anna", "Anna"), "email"),
            (NewRegistrant::new("@example.org", "Anna"), "email"),
            (NewRegistrant::new("anna@example", "Anna"), "email"),
            (NewRegistrant::new("an na@example.org", "Anna"), "email"),
            (NewRegistrant::new(format!("{}@example.org", "a".repeat(128)), "Anna"), "email"),
            (NewRegistrant::new("anna@example.org", " "), "first_name"),
            (NewRegistrant::new("anna@example.org", "A".repeat(65)), "first_name"),
            (NewRegistrant { last_name: Some("A".repeat(65)), ..good.clone() }, "last_name"),
            (NewRegistrant { custom_questions: Some(vec![long_answer]), ..good.clone() }, "custom_questions.value"),
        ] {
            assert_eq!(registrant.check().unwrap_err().field, field, "{registrant:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_sent() {
        let written = serde_json::to_value(NewRegistrant::new("anna@example.org", "Anna")).unwrap();
        assert_eq!(written, serde_json::json!({"email": "anna@example.org", "first_name": "Anna"}));
    }
}
