//! What people are asked when they register.

use serde::{Deserialize, Serialize};

use crate::error::InvalidRequest;
use crate::lenient;
use crate::open_enum::open_text_enum;

open_text_enum! {
    /// How a question of the host's own is answered.
    QuestionType {
        /// In words.
        Short = "short",
        /// One choice; meetings.
        Single = "single",
        /// One choice, all of them shown; webinars.
        SingleRadio = "single_radio",
        /// One choice from a list that opens; webinars.
        SingleDropdown = "single_dropdown",
        /// Any number of choices; webinars.
        Multiple = "multiple",
    }
}

/// The questions of an event. In a change, `None` leaves a list as it is and an empty list clears it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationQuestions {
    /// Fields that Zoom knows.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub questions: Option<Vec<QuestionField>>,
    /// The host's own questions.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub custom_questions: Option<Vec<CustomQuestion>>,
}

/// A field that Zoom knows, such as `org` or `phone`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionField {
    /// Name of the field, as in [`super::NewRegistrant`].
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub field_name: String,
    /// Whether it must be filled in.
    #[serde(default)]
    pub required: bool,
}

/// A question of the host's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomQuestion {
    /// The question.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub title: String,
    /// How it is answered.
    #[serde(rename = "type")]
    pub question_type: QuestionType,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// The choices; none for [`QuestionType::Short`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}

impl RegistrationQuestions {
    /// Checks what Zoom documents.
    ///
    /// # Errors
    /// Names the first field that breaks a rule.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        for question in self.custom_questions.iter().flatten() {
            if question.title.trim().is_empty() {
                return Err(InvalidRequest { field: "custom_questions.title", reason: "is missing" });
            }
            if question.answers.is_empty() && question.question_type != QuestionType::Short {
                return Err(InvalidRequest { field: "custom_questions.answers", reason: "are missing" });
            }
        }
        Ok(())
    }

    /// Names of the fields that must be filled in, beyond name and e-mail address.
    pub fn required_fields(&self) -> impl Iterator<Item = &str> {
        self.questions
            .iter()
            .flatten()
            .filter(|question| question.required)
            .map(|question| question.field_name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_belong_to_questions_that_offer_some() {
        let read = |json: &str| serde_json::from_str::<RegistrationQuestions>(json).unwrap();
        let good = r#"{"questions":[{"field_name":"org","required":true},{"field_name":"phone"}],
            "custom_questions":[{"title":"Why?","type":"short","required":true,"answers":[]},
                                {"title":"Which?","type":"multiple","answers":["A","B"]}]}"#;
        assert_eq!(read(good).check(), Ok(()));
        assert_eq!(read(good).required_fields().collect::<Vec<_>>(), ["org"]);
        let without = r#"{"custom_questions":[{"title":"Which?","type":"single"}]}"#;
        assert_eq!(read(without).check().unwrap_err().field, "custom_questions.answers");
        let untitled = r#"{"custom_questions":[{"title":"","type":"short"}]}"#;
        assert_eq!(read(untitled).check().unwrap_err().field, "custom_questions.title");
    }

    #[test]
    fn an_empty_list_clears_and_no_list_stays() {
        let clear = RegistrationQuestions { custom_questions: Some(Vec::new()), ..Default::default() };
        assert_eq!(serde_json::to_string(&clear).unwrap(), r#"{"custom_questions":[]}"#);
    }
}
