//! Several people at once.

use serde::{Deserialize, Serialize};

use super::MOST_REGISTRANTS_AT_ONCE;
use super::new::{check_email, check_name};
use crate::error::InvalidRequest;
use crate::{JoinUrl, lenient};

/// Up to 30 people to register at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BatchRegistration {
    /// Approved at once although the host approves by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_approve: Option<bool>,
    /// Zoom sends them its confirmation; meetings only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registrants_confirmation_email: Option<bool>,
    /// The people.
    pub registrants: Vec<BatchRegistrant>,
}

/// One of the people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchRegistrant {
    /// E-mail address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
}

impl BatchRegistration {
    /// Checks what Zoom documents.
    ///
    /// # Errors
    /// Names the first field that breaks a rule.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        if self.registrants.is_empty() || self.registrants.len() > MOST_REGISTRANTS_AT_ONCE {
            return Err(InvalidRequest { field: "registrants", reason: "must be 1 to 30 people" });
        }
        for registrant in &self.registrants {
            check_email(&registrant.email)?;
            check_name("first_name", &registrant.first_name)?;
            if registrant.first_name.trim().is_empty() {
                return Err(InvalidRequest { field: "first_name", reason: "is missing" });
            }
        }
        Ok(())
    }
}

/// One person that a batch registered. Whoever is missing from the answer was not registered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RegisteredInBatch {
    /// Zoom's identifier of the registrant.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub registrant_id: Option<String>,
    /// E-mail address.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub email: String,
    /// The person's own link.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// Code for joining by telephone; meetings only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub participant_pin_code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(super) registrants: Vec<RegisteredInBatch>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch_of(people: usize) -> BatchRegistration {
        let person = |number| BatchRegistrant {
            email: format!("guest{number}@example.org"),
            first_name: "Guest".to_owned(),
            last_name: None,
        };
        BatchRegistration { registrants: (0..people).map(person).collect(), ..BatchRegistration::default() }
    }

    #[test]
    fn thirty_at_once_and_no_more() {
        for (people, good) in [(0, false), (1, true), (30, true), (31, false)] {
            assert_eq!(batch_of(people).check().is_ok(), good, "{people}");
        }
        let mut batch = batch_of(2);
        batch.registrants[1].email = "nobody".to_owned();
        assert_eq!(batch.check().unwrap_err().field, "email");
    }
}
