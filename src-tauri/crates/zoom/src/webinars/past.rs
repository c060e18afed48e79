//! What became of a webinar: instances, who came, who stayed away, questions, polls.
//!
//! No answer that a host's own app may read tells when a webinar really ended; the entries of the
//! participants do, as an inference. Source: Zoom's API reference, "Past webinars".

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::past::{Instance, Participant};
use crate::registration::{Registrant, RegistrantsAnswer};
use crate::{MeetingUuid, OccurrenceId, PastInstance, WebinarId, Zoom, ZoomError, ZoomTime, lenient};

const PARTICIPANTS: &str = "GET /past_webinars/{webinarId}/participants";
const ABSENTEES: &str = "GET /past_webinars/{webinarId}/absentees";

list_answer!(InstancesAnswer, webinars);
list_answer!(ParticipantsAnswer, participants);

/// The questions that were asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WebinarQuestions {
    /// Webinar number.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub id: Option<WebinarId>,
    /// Identifier of the instance.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub uuid: Option<MeetingUuid>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// One row for each person who asked.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub questions: Option<Vec<QuestionsOfOne>>,
}

/// What one person asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct QuestionsOfOne {
    /// Name; a general one where questions are anonymous.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// E-mail address; missing for most people outside the account.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// Their questions.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub question_details: Option<Vec<QuestionAndAnswer>>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct QuestionAndAnswer {
    /// The question.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub question: Option<String>,
    /// The answer, or that it was answered aloud.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub answer: Option<String>,
}

/// The answers to polls.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WebinarPolls {
    /// Webinar number.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub id: Option<WebinarId>,
    /// Identifier of the instance.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub uuid: Option<MeetingUuid>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// One row for each person who answered.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub questions: Option<Vec<PollAnswers>>,
}

/// What one person answered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PollAnswers {
    /// Name; a general one where the poll is anonymous.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// E-mail address; missing for most people outside the account.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// Their answers.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub question_details: Option<Vec<PollAnswer>>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PollAnswer {
    /// Identifier of the poll.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub polling_id: Option<String>,
    /// The question.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub question: Option<String>,
    /// The answer.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub answer: Option<String>,
    /// When they answered.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub date_time: Option<ZoomTime>,
}

/// The signed-in user's past webinars.
#[derive(Clone)]
pub struct PastWebinars {
    zoom: Zoom,
}

impl PastWebinars {
    pub(super) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// All instances of a webinar that have ended. One page, always complete.
    pub async fn instances(&self, id: WebinarId) -> Result<Page<Instance>, ZoomError> {
        let path = format!("/past_webinars/{id}/instances");
        let request = ApiRequest::get("GET /past_webinars/{webinarId}/instances", path).rate(RateClass::Light);
        let answer: InstancesAnswer = self.zoom.fetch(request).await?;
        Ok(answer.page())
    }

    /// One page of who was there: one row for each time somebody came in.
    pub async fn participants(
        &self,
        instance: &PastInstance,
        page_token: Option<&str>,
    ) -> Result<Page<Participant>, ZoomError> {
        let path = format!("/past_webinars/{}/participants", instance.path_segment());
        let request = ApiRequest::get(PARTICIPANTS, path).rate(RateClass::Medium);
        let answer: ParticipantsAnswer = self.zoom.fetch(paged(request, LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks who was there: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_participants(
        &self,
        instance: PastInstance,
    ) -> impl Stream<Item = Result<ListStep<Participant>, ZoomError>> + Send + 'static {
        let past = self.clone();
        walk(PARTICIPANTS, move |token| {
            let (past, instance) = (past.clone(), instance.clone());
            async move { past.participants(&instance, token.as_deref()).await }
        })
    }

    /// One page of who registered and stayed away.
    pub async fn absentees(
        &self,
        instance: &PastInstance,
        occurrence: Option<&OccurrenceId>,
        page_token: Option<&str>,
    ) -> Result<Page<Registrant>, ZoomError> {
        let path = format!("/past_webinars/{}/absentees", instance.path_segment());
        let request = ApiRequest::get(ABSENTEES, path)
            .query_opt("occurrence_id", occurrence.map(OccurrenceId::as_str))
            .rate(RateClass::Heavy);
        let answer: RegistrantsAnswer = self.zoom.fetch(paged(request, LARGEST_PAGE, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks who registered and stayed away: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk_absentees(
        &self,
        instance: PastInstance,
        occurrence: Option<OccurrenceId>,
    ) -> impl Stream<Item = Result<ListStep<Registrant>, ZoomError>> + Send + 'static {
        let past = self.clone();
        walk(ABSENTEES, move |token| {
            let (past, instance, occurrence) = (past.clone(), instance.clone(), occurrence.clone());
            async move { past.absentees(&instance, occurrence.as_ref(), token.as_deref()).await }
        })
    }

    /// The questions that were asked.
    pub async fn questions(&self, instance: &PastInstance) -> Result<WebinarQuestions, ZoomError> {
        let path = format!("/past_webinars/{}/qa", instance.path_segment());
        self.zoom.fetch(ApiRequest::get("GET /past_webinars/{webinarId}/qa", path).rate(RateClass::Medium)).await
    }

    /// The answers to polls.
    pub async fn polls(&self, instance: &PastInstance) -> Result<WebinarPolls, ZoomError> {
        let path = format!("/past_webinars/{}/polls", instance.path_segment());
        self.zoom.fetch(ApiRequest::get("GET /past_webinars/{webinarId}/polls", path).rate(RateClass::Medium)).await
    }
}
