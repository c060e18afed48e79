//! Templates for meetings and webinars. Source: Zoom's API reference, "List meeting templates" and
//! "List webinar templates".

use liaison_transport::{ApiRequest, RateClass};
use serde::Deserialize;

use crate::open_enum::open_number_enum;
use crate::pages::{Page, list_answer};
use crate::{Zoom, ZoomError, lenient};

list_answer!(TemplatesAnswer, templates);

open_number_enum! {
    /// Whose template it is.
    TemplateType {
        /// The user's own.
        Own = 1,
        /// One of the account's administrator.
        Account = 2,
    }
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Template {
    /// Identifier, for scheduling with it.
    #[serde(deserialize_with = "lenient::text_or_number")]
    pub id: String,
    /// Name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// Whose it is.
    #[serde(default, rename = "type", deserialize_with = "lenient::blank_is_none")]
    pub template_type: Option<TemplateType>,
}

/// The signed-in user's templates.
#[derive(Clone)]
pub struct Templates {
    zoom: Zoom,
}

impl Templates {
    pub(crate) fn new(zoom: Zoom) -> Self {
        Self { zoom }
    }

    /// Templates for meetings. One page, always complete.
    pub async fn of_meetings(&self) -> Result<Page<Template>, ZoomError> {
        let operation = "GET /users/{userId}/meeting_templates";
        self.list(ApiRequest::get(operation, "/users/me/meeting_templates")).await
    }

    /// Templates for webinars. One page, always complete.
    pub async fn of_webinars(&self) -> Result<Page<Template>, ZoomError> {
        let operation = "GET /users/{userId}/webinar_templates";
        self.list(ApiRequest::get(operation, "/users/me/webinar_templates")).await
    }

    async fn list(&self, request: ApiRequest) -> Result<Page<Template>, ZoomError> {
        let answer: TemplatesAnswer = self.zoom.fetch(request.rate(RateClass::Medium)).await?;
        Ok(answer.page())
    }
}
