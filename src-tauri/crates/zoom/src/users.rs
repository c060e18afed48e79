//! The signed-in user. Source: Zoom's API reference, "Users".

mod profile;
mod settings;

use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

pub use profile::{User, UserType};
pub use settings::{
    Features, InMeetingSettings, Licence, PasscodeRequirement, RecordingSettings, ScheduleSettings, UserSettings,
};

use crate::{Zak, Zoom, ZoomError};

/// The signed-in user: an app of the user level may ask about nobody else.
#[derive(Clone)]
pub struct Users {
    zoom: Zoom,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ZakAnswer {
    token: Zak,
}

impl Users {
    pub(crate) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// The user's profile.
    pub async fn me(&self) -> Result<User, ZoomError> {
        let request = ApiRequest::get("GET /users/{userId}", "/users/me").rate(RateClass::Light);
        self.zoom.fetch(request).await
    }

    /// The user's settings: what scheduling presets and which add-on services they have.
    pub async fn settings(&self) -> Result<UserSettings, ZoomError> {
        let request = ApiRequest::get("GET /users/{userId}/settings", "/users/me/settings").rate(RateClass::Medium);
        self.zoom.fetch(request).await
    }

    /// A fresh host token. It starts meetings in the user's name for about two hours.
    pub async fn zak(&self) -> Result<Zak, ZoomError> {
        let request = ApiRequest::get("GET /users/me/zak", "/users/me/zak").rate(RateClass::Light);
        let answer: ZakAnswer = self.zoom.fetch(request).await?;
        Ok(answer.token)
    }
}
