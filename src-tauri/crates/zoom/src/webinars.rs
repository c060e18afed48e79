//! Webinars: list, read, schedule, change, delete, end; panelists, tracking links, what became of them.
//!
//! Registrants have a handle of their own, shared with meetings: [`Webinars::registrants`]. All of it
//! needs the webinar plan; without it Zoom answers [`ErrorKind::NotLicensed`](crate::ErrorKind).
//! Source: Zoom's API reference, "Webinars".

mod change;
mod list;
mod panelists;
mod past;
mod settings;
mod tracking;
mod webinar;

use liaison_transport::{ApiRequest, RateClass};

pub use change::{NewWebinar, WebinarChange, WebinarDeletion};
pub use list::{WebinarListType, WebinarSummary};
pub use panelists::{NewPanelist, Panelist};
pub use past::{
    PastWebinars, PollAnswer, PollAnswers, QuestionAndAnswer, QuestionsOfOne, WebinarPolls, WebinarQuestions,
};
pub use settings::{
    AnsweredQuestions, Interpretation, Interpreter, MailPlan, QuestionSettings, RegistrationType, SignInterpretation,
    SignInterpreter, WebinarSettings,
};
pub use tracking::TrackingSource;
pub use webinar::{SimuliveDelay, TrackingField, Webinar, WebinarType};

#[cfg(test)]
pub(crate) use {
    list::WebinarsAnswer,
    panelists::PanelistsAnswer,
    past::{InstancesAnswer, ParticipantsAnswer},
    tracking::TrackingAnswer,
};

use crate::client::json;
use crate::meetings::with_occurrence;
use crate::registration::Registrants;
use crate::{OccurrenceId, WebinarId, Zoom, ZoomError};

/// The signed-in user's webinars.
#[derive(Clone)]
pub struct Webinars {
    zoom: Zoom,
}

impl Webinars {
    pub(crate) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// The registrants of a webinar, and the questions they are asked.
    #[must_use]
    pub fn registrants(&self, id: WebinarId) -> Registrants {
        Registrants::of_webinar(self.zoom.clone(), id)
    }

    /// What became of webinars that have ended.
    #[must_use]
    pub fn past(&self) -> PastWebinars {
        PastWebinars::new(self.zoom.clone())
    }

    /// One webinar with its settings and a fresh start link.
    pub async fn get(&self, id: WebinarId) -> Result<Webinar, ZoomError> {
        self.zoom.fetch(Self::get_request(id)).await
    }

    /// One occurrence of a recurring webinar.
    pub async fn get_occurrence(&self, id: WebinarId, occurrence: &OccurrenceId) -> Result<Webinar, ZoomError> {
        self.zoom.fetch(with_occurrence(Self::get_request(id), Some(occurrence))).await
    }

    fn get_request(id: WebinarId) -> ApiRequest {
        ApiRequest::get("GET /webinars/{webinarId}", format!("/webinars/{id}")).rate(RateClass::Light)
    }

    /// Schedules a webinar.
    ///
    /// Zoom has no key against doing this twice: when [`ZoomError::outcome_unknown`] says so, look for the
    /// webinar in a list before trying again. Counts towards the user's 100 creations and changes a day.
    /// The confirmation mail to registrants is set by a change afterwards; Zoom does not take it here.
    pub async fn create(&self, webinar: &NewWebinar) -> Result<Webinar, ZoomError> {
        webinar.check()?;
        let request = ApiRequest::post("POST /users/{userId}/webinars", "/users/me/webinars")
            .json(json("webinar", webinar)?)
            .rate(RateClass::Light);
        self.zoom.fetch_edit(request).await
    }

    /// Changes a webinar, or one occurrence of it; what `change` leaves out stays as it is. Counts towards the
    /// 100 changes a day.
    pub async fn update(
        &self,
        id: WebinarId,
        change: &WebinarChange,
        occurrence: Option<&OccurrenceId>,
    ) -> Result<(), ZoomError> {
        change.check()?;
        let request = ApiRequest::patch("PATCH /webinars/{webinarId}", format!("/webinars/{id}"))
            .json(json("webinar", change)?)
            .rate(RateClass::Light);
        self.zoom.send_edit(with_occurrence(request, occurrence)).await?;
        Ok(())
    }

    /// Deletes a webinar with all its occurrences, or one occurrence.
    ///
    /// A repeat after a lost answer ends in "not found", which then means it is done.
    pub async fn delete(
        &self,
        id: WebinarId,
        occurrence: Option<&OccurrenceId>,
        deletion: WebinarDeletion,
    ) -> Result<(), ZoomError> {
        let request = ApiRequest::delete("DELETE /webinars/{webinarId}", format!("/webinars/{id}"))
            .query("cancel_webinar_reminder", deletion.notify_people.to_string())
            .rate(RateClass::Light);
        self.zoom.send(with_occurrence(request, occurrence)).await?;
        Ok(())
    }

    /// Ends a running webinar for everybody.
    pub async fn end(&self, id: WebinarId) -> Result<(), ZoomError> {
        let request = ApiRequest::put("PUT /webinars/{webinarId}/status", format!("/webinars/{id}/status"))
            .json(serde_json::json!({ "action": "end" }))
            .rate(RateClass::Light)
            .idempotent(false);
        self.zoom.send(request).await?;
        Ok(())
    }
}
