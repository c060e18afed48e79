//! Panelists: the people who speak. Zoom tells their identifiers only in the list.

use liaison_transport::{ApiRequest, RateClass};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Webinars;
use crate::client::json as body;
use crate::error::InvalidRequest;
use crate::identifier::segment;
use crate::pages::{Page, list_answer};
use crate::{JoinUrl, WebinarId, ZoomError, lenient};

/// How many panelists one call may add.
const MOST_AT_ONCE: usize = 30;

list_answer!(PanelistsAnswer, panelists);

/// A panelist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Panelist {
    /// Zoom's identifier of the panelist.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// Name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// The person's own link.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub join_url: Option<JoinUrl>,
    /// Name tag.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name_tag_id: Option<String>,
    /// Name on it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name_tag_name: Option<String>,
    /// Pronouns on it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name_tag_pronouns: Option<String>,
    /// Title on it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name_tag_description: Option<String>,
    /// Background.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub virtual_background_id: Option<String>,
}

/// Somebody to add. Zoom invites them by mail where the webinar says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPanelist {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

impl Webinars {
    /// The panelists. One page, always complete.
    pub async fn panelists(&self, id: WebinarId) -> Result<Page<Panelist>, ZoomError> {
        let path = format!("/webinars/{id}/panelists");
        let request = ApiRequest::get("GET /webinars/{webinarId}/panelists", path).rate(RateClass::Medium);
        let answer: PanelistsAnswer = self.zoom.fetch(request).await?;
        Ok(answer.page())
    }

    /// Adds up to 30 panelists. The answer holds no identifiers: read the list again.
    pub async fn add_panelists(&self, id: WebinarId, panelists: &[NewPanelist]) -> Result<(), ZoomError> {
        check(panelists)?;
        let path = format!("/webinars/{id}/panelists");
        let request = ApiRequest::post("POST /webinars/{webinarId}/panelists", path)
            .json(json!({ "panelists": body("panelists", &panelists)? }))
            .rate(RateClass::Medium);
        self.zoom.send(request).await?;
        Ok(())
    }

    /// Removes one panelist, by Zoom's identifier or by e-mail address.
    pub async fn remove_panelist(&self, id: WebinarId, panelist: &str) -> Result<(), ZoomError> {
        let path = format!("/webinars/{id}/panelists/{}", segment(panelist));
        let request =
            ApiRequest::delete("DELETE /webinars/{webinarId}/panelists/{panelistId}", path).rate(RateClass::Light);
        self.zoom.send(request).await?;
        Ok(())
    }

    /// Removes all panelists.
    pub async fn remove_all_panelists(&self, id: WebinarId) -> Result<(), ZoomError> {
        let path = format!("/webinars/{id}/panelists");
        let request = ApiRequest::delete("DELETE /webinars/{webinarId}/panelists", path).rate(RateClass::Light);
        self.zoom.send(request).await?;
        Ok(())
    }
}

fn check(panelists: &[NewPanelist]) -> Result<(), InvalidRequest> {
    if panelists.is_empty() || panelists.len() > MOST_AT_ONCE {
        return Err(InvalidRequest { field: "panelists", reason: "must be 1 to 30 people" });
    }
    for panelist in panelists {
        crate::registration::check_email(&panelist.email)?;
        if panelist.name.trim().is_empty() {
            return Err(InvalidRequest { field: "name", reason: "is missing" });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_thirty_people_with_a_name_and_an_address() {
        let person = NewPanelist { name: "Eva".to_owned(), email: "eva@example.org".to_owned() };
        assert_eq!(check(std::slice::from_ref(&person)), Ok(()));
        assert_eq!(check(&[]).unwrap_err().field, "panelists");
        assert_eq!(check(&vec![person.clone(); 31]).unwrap_err().field, "panelists");
        assert_eq!(check(&[NewPanelist { name: String::new(), ..person.clone() }]).unwrap_err().field, "name");
        assert_eq!(check(&[NewPanelist { email: "eva".to_owned(), ..person }]).unwrap_err().field, "email");
    }
}
