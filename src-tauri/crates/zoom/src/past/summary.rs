//! The summary that Zoom wrote of an instance.

use serde::Deserialize;

use crate::{MeetingId, MeetingUuid, ZoomTime, lenient};

/// A summary. Newer answers have the whole in `summary_content`; the parts are what older ones have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InstanceSummary {
    /// Identifier of the instance.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub meeting_uuid: Option<MeetingUuid>,
    /// Meeting number.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub meeting_id: Option<MeetingId>,
    /// Topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub meeting_topic: Option<String>,
    /// Zoom user who hosted.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub meeting_host_id: Option<String>,
    /// E-mail address of the host.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub meeting_host_email: Option<String>,
    /// When the meeting began.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub meeting_start_time: Option<ZoomTime>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub meeting_end_time: Option<ZoomTime>,
    /// Heading.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_title: Option<String>,
    /// The whole summary in Markdown.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_content: Option<String>,
    /// The gist; older answers.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_overview: Option<String>,
    /// The sections; older answers.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub summary_details: Option<Vec<SummarySection>>,
    /// What is to be done; older answers.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub next_steps: Option<Vec<String>>,
    /// What the host made of it.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub edited_summary: Option<EditedSummary>,
    /// Address of the summary as a document; newer answers only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_doc_url: Option<String>,
    /// Start of what was summarised.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub summary_start_time: Option<ZoomTime>,
    /// End of what was summarised.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub summary_end_time: Option<ZoomTime>,
    /// When it was written.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub summary_created_time: Option<ZoomTime>,
    /// When it was last changed.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub summary_last_modified_time: Option<ZoomTime>,
    /// Zoom user who changed it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_last_modified_user_id: Option<String>,
    /// E-mail address of that user.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_last_modified_user_email: Option<String>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SummarySection {
    /// Heading.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub label: Option<String>,
    /// Text.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary: Option<String>,
}

/// The host's version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EditedSummary {
    /// The gist.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_overview: Option<String>,
    /// The text.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub summary_details: Option<String>,
    /// What is to be done.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub next_steps: Option<Vec<String>>,
}

impl InstanceSummary {
    /// The text to show: the whole, else the host's version, else Zoom's gist.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        let edited = self.edited_summary.as_ref();
        self.summary_content
            .as_deref()
            .or_else(|| edited.and_then(|edited| edited.summary_details.as_deref()))
            .or_else(|| edited.and_then(|edited| edited.summary_overview.as_deref()))
            .or(self.summary_overview.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_form_is_shown_first() {
        let text = |json: &str| serde_json::from_str::<InstanceSummary>(json).unwrap().text().map(str::to_owned);
        let all =
            r##"{"summary_content":"# All","summary_overview":"Gist","edited_summary":{"summary_details":"Own"}}"##;
        assert_eq!(text(all).as_deref(), Some("# All"));
        let edited = r#"{"summary_content":"","summary_overview":"Gist","edited_summary":{"summary_details":"Own"}}"#;
        assert_eq!(text(edited).as_deref(), Some("Own"));
        assert_eq!(text(r#"{"summary_overview":"Gist"}"#).as_deref(), Some("Gist"));
        assert_eq!(text("{}"), None);
    }
}
