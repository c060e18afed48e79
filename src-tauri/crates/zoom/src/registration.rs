//! Registrants of a meeting or webinar, and the questions they are asked.
//!
//! Meetings and webinars have the same eight operations under two paths. Quotas of Zoom: three
//! registrations a day for one e-mail address and event, ten status changes a day for one person
//! ([`ErrorKind::RegistrantLimit`](crate::ErrorKind), [`ErrorKind::RegistrantStatusLimit`](crate::ErrorKind)).
//! Source: Zoom's API reference, "Meetings" and "Webinars", and its page "Rate limits".

mod batch;
mod new;
mod operations;
mod questions;
mod registrant;

use futures::Stream;
use liaison_transport::{ApiRequest, RateClass};
use serde_json::{Value, json};

pub use batch::{BatchRegistrant, BatchRegistration, RegisteredInBatch};
pub(crate) use new::check_email;
pub use new::{NewRegistrant, Registration};
pub use questions::{CustomQuestion, QuestionField, QuestionType, RegistrationQuestions};
pub use registrant::{Registrant, RegistrantAction, RegistrantKey, RegistrantStatus, RegistrationAnswer};

#[cfg(test)]
pub(crate) use batch::Answer as BatchAnswer;

use crate::client::json as body;
use crate::error::InvalidRequest;
use crate::identifier::segment;
use crate::pages::{LARGEST_PAGE, ListStep, Page, list_answer, paged, walk};
use crate::{MeetingId, OccurrenceId, WebinarId, Zoom, ZoomError};
use operations::{OF_MEETINGS, OF_WEBINARS, Operations};

/// How many people one batch, or one change of status, may name.
pub const MOST_REGISTRANTS_AT_ONCE: usize = 30;

/// Which registrants to list. Stays the same from page to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrantList {
    /// Zoom lists one status at a time: whoever wants all asks three times.
    pub status: RegistrantStatus,
    /// Only of this occurrence.
    pub occurrence: Option<OccurrenceId>,
    /// Only those who came through this tracking link; webinars only.
    pub tracking_source_id: Option<String>,
    /// Rows in a page, 1 to 300.
    pub page_size: u16,
}

impl RegistrantList {
    /// All registrants of a status, in the largest pages.
    #[must_use]
    pub fn of(status: RegistrantStatus) -> Self {
        Self { status, occurrence: None, tracking_source_id: None, page_size: LARGEST_PAGE }
    }
}

list_answer!(RegistrantsAnswer, registrants);

/// The registrants of one meeting or webinar of the signed-in user.
#[derive(Clone)]
pub struct Registrants {
    zoom: Zoom,
    operations: &'static Operations,
    number: u64,
}

impl Registrants {
    pub(crate) fn of_meeting(zoom: Zoom, MeetingId(number): MeetingId) -> Self {
        Self { zoom, operations: &OF_MEETINGS, number }
    }

    pub(crate) fn of_webinar(zoom: Zoom, WebinarId(number): WebinarId) -> Self {
        Self { zoom, operations: &OF_WEBINARS, number }
    }

    fn path(&self, rest: &str) -> String {
        format!("/{}/{}/{rest}", self.operations.area, self.number)
    }

    /// One page; `page_token` is [`Page::next_page_token`] of the page before it, with the same `list`.
    pub async fn list(&self, list: &RegistrantList, page_token: Option<&str>) -> Result<Page<Registrant>, ZoomError> {
        let request = ApiRequest::get(self.operations.list, self.path("registrants"))
            .query("status", list.status.as_str())
            .query_opt("occurrence_id", list.occurrence.as_ref().map(OccurrenceId::as_str))
            .query_opt("tracking_source_id", list.tracking_source_id.as_deref())
            .rate(RateClass::Medium);
        let answer: RegistrantsAnswer = self.zoom.fetch(paged(request, list.page_size, page_token)).await?;
        Ok(answer.page())
    }

    /// Walks the whole list: see [`ListStep`]. After an error the walk has ended, incomplete.
    pub fn walk(
        &self,
        list: RegistrantList,
    ) -> impl Stream<Item = Result<ListStep<Registrant>, ZoomError>> + Send + 'static {
        let registrants = self.clone();
        walk(self.operations.list, move |token| {
            let (registrants, list) = (registrants.clone(), list.clone());
            async move { registrants.list(&list, token.as_deref()).await }
        })
    }

    /// One registrant.
    pub async fn get(&self, registrant_id: &str) -> Result<Registrant, ZoomError> {
        let path = self.path(&format!("registrants/{}", segment(registrant_id)));
        self.zoom.fetch(ApiRequest::get(self.operations.get, path).rate(RateClass::Light)).await
    }

    /// Registers somebody, for all occurrences or for those named.
    ///
    /// Zoom has no key against doing this twice, but knows people by their e-mail address: look for it
    /// in the lists when [`ZoomError::outcome_unknown`] says so.
    pub async fn add(
        &self,
        registrant: &NewRegistrant,
        occurrences: &[OccurrenceId],
    ) -> Result<Registration, ZoomError> {
        registrant.check()?;
        let mut request = ApiRequest::post(self.operations.add, self.path("registrants"))
            .json(known(body("registrant", registrant)?, self.operations.foreign)?)
            .own_limits()
            .rate(RateClass::Light);
        if !occurrences.is_empty() {
            let ids: Vec<&str> = occurrences.iter().map(OccurrenceId::as_str).collect();
            request = request.query("occurrence_ids", ids.join(","));
        }
        self.zoom.fetch(request).await
    }

    /// Registers up to 30 people at once; not for recurring events.
    pub async fn add_batch(&self, batch: &BatchRegistration) -> Result<Vec<RegisteredInBatch>, ZoomError> {
        batch.check()?;
        let request = ApiRequest::post(self.operations.batch, self.path("batch_registrants"))
            .json(known(body("registrants", batch)?, self.operations.foreign_in_batch)?)
            .own_limits()
            .rate(RateClass::Heavy);
        let answer: batch::Answer = self.zoom.fetch(request).await?;
        Ok(answer.registrants)
    }

    /// Approves, denies or cancels up to 30 registrants.
    ///
    /// Not repeated on its own: the first of two could arrive after a later decision.
    pub async fn set_status(
        &self,
        action: RegistrantAction,
        registrants: &[RegistrantKey],
        occurrence: Option<&OccurrenceId>,
    ) -> Result<(), ZoomError> {
        if registrants.is_empty() || registrants.len() > MOST_REGISTRANTS_AT_ONCE {
            return Err(InvalidRequest { field: "registrants", reason: "must be 1 to 30 people" }.into());
        }
        let request = ApiRequest::put(self.operations.status, self.path("registrants/status"))
            .json(json!({ "action": action.as_str(), "registrants": body("registrants", &registrants)? }))
            .query_opt("occurrence_id", occurrence.map(OccurrenceId::as_str))
            .own_limits()
            .rate(RateClass::Medium)
            .idempotent(false);
        self.zoom.send(request).await?;
        Ok(())
    }

    /// Deletes a registrant. A repeat after a lost answer is refused, which then means it is done.
    pub async fn delete(&self, registrant_id: &str, occurrence: Option<&OccurrenceId>) -> Result<(), ZoomError> {
        let path = self.path(&format!("registrants/{}", segment(registrant_id)));
        let request = ApiRequest::delete(self.operations.delete, path)
            .query_opt("occurrence_id", occurrence.map(OccurrenceId::as_str))
            .rate(RateClass::Light);
        self.zoom.send(request).await?;
        Ok(())
    }

    /// What people are asked when they register. Name and e-mail address are always asked.
    pub async fn questions(&self) -> Result<RegistrationQuestions, ZoomError> {
        let path = self.path("registrants/questions");
        self.zoom.fetch(ApiRequest::get(self.operations.questions, path).rate(RateClass::Light)).await
    }

    /// Replaces the lists that `questions` has; a list that is `None` stays. Not repeated on its own.
    pub async fn set_questions(&self, questions: &RegistrationQuestions) -> Result<(), ZoomError> {
        questions.check()?;
        let request = ApiRequest::patch(self.operations.set_questions, self.path("registrants/questions"))
            .json(body("questions", questions)?)
            .rate(RateClass::Light);
        self.zoom.send(request).await?;
        Ok(())
    }
}

/// The body, if the kind of event knows all of it: what it does not know Zoom may leave out without a word.
fn known(body: Value, foreign: &[&'static str]) -> Result<Value, InvalidRequest> {
    match foreign.iter().find(|name| body.get(**name).is_some()) {
        Some(field) => Err(InvalidRequest { field, reason: "is for the other kind of event only" }),
        None => Ok(body),
    }
}
