//! Templates: Zoom's, which set what the sheet would, and the user's own, which fill the sheet.

use std::time::Duration;

use liaison_domain::text;
use liaison_store::tables::templates::{Template, WEBINARS};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds::webinar::fields::WebinarFields;
use super::rows::approval;
use super::stored::{MoreSettings, VERSION};
use super::view::{WebinarDraft, WebinarSettingsView, WebinarTemplateChoice, WebinarTemplates};
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::terms::Tag;

/// The sheet does not wait longer for Zoom's.
const PATIENCE: Duration = Duration::from_secs(4);
const MAX_NAME: usize = 100;

/// What a template of the user's own sets: everything but when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct TemplateFields {
    version: i64,
    fields: WebinarFields,
    passcode: bool,
}

impl Engine {
    /// What a webinar can be begun from.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn webinar_templates(&self) -> Result<WebinarTemplates, Error> {
        let cx = self.profile().await?;
        let own = cx.store.read(|db| WEBINARS.all(db)).await?;
        let zoom = match cx.zoom() {
            Some(zoom) => tokio::time::timeout(PATIENCE, zoom.api.templates().of_webinars()).await.ok(),
            None => None,
        };
        let zoom = zoom.and_then(|told| {
            told.inspect_err(|error| tracing::info!(%error, "the templates for webinars were not read")).ok()
        });
        Ok(WebinarTemplates {
            own: own.into_iter().map(|one| WebinarTemplateChoice { id: one.id, name: one.name }).collect(),
            zoom_known: zoom.is_some(),
            zoom: zoom.map_or_else(Vec::new, |page| {
                let named = page.items.into_iter().map(|one| WebinarTemplateChoice {
                    name: text::single_line(one.name.as_deref().unwrap_or(&one.id), MAX_NAME),
                    id: one.id,
                });
                named.collect()
            }),
        })
    }

    /// The sheet with what a template of the user's own sets; when it is and its id stay.
    ///
    /// # Errors
    /// [`Error::Gone`] without the template.
    pub async fn fill_webinar(&self, draft: WebinarDraft, template: String) -> Result<WebinarDraft, Error> {
        let cx = self.profile().await?;
        let found = cx.store.read(move |db| WEBINARS.get(db, &template)).await?.ok_or(Error::Gone)?;
        let kept: TemplateFields = serde_json::from_str(&found.fields_json).unwrap_or_default();
        let fields = kept.fields;
        Ok(WebinarDraft {
            agenda: fields.agenda.clone(),
            topic: fields.topic.clone(),
            minutes: fields.minutes,
            approval: approval(Some(fields.approval)),
            passcode: kept.passcode,
            template: None,
            settings: settings(&fields),
            ..draft
        })
    }

    /// Keeps what the sheet sets as a template; one of the same name gives way.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a name.
    pub async fn keep_webinar_template(&self, name: String, draft: WebinarDraft) -> Result<(), Error> {
        let cx = self.profile().await?;
        let name = text::single_line(&name, MAX_NAME + 1);
        let length = name.chars().count();
        let problem = if name.is_empty() {
            Some(Problem::Missing)
        } else {
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            (length > MAX_NAME).then(|| Problem::TooLong { max: count(MAX_NAME), length: count(length) })
        };
        if let Some(problem) = problem {
            return Err(Error::Invalid { issues: vec![FieldIssue { field: Field::Note, problem }] });
        }
        let kept =
            TemplateFields { version: VERSION, passcode: draft.passcode, fields: super::sheet::without_time(&draft) };
        let template = Template {
            id: Uuid::now_v7().to_string(),
            name,
            version: VERSION,
            fields_json: serde_json::to_string(&kept).unwrap_or_default(),
            kept_utc_ms: cx.now_ms(),
        };
        cx.store.write(move |tx| WEBINARS.put(tx, &template)).await?;
        cx.changed(&[Tag::Webinars]);
        Ok(())
    }

    /// Forgets a template of the user's own.
    ///
    /// # Errors
    /// [`Error::Gone`] when it was not there.
    pub async fn forget_webinar_template(&self, template: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let was_there = cx.store.write(move |tx| WEBINARS.remove(tx, &template)).await?;
        cx.changed(&[Tag::Webinars]);
        if was_there { Ok(()) } else { Err(Error::Gone) }
    }
}

/// The settings of stored fields as the window shows them.
pub(super) fn settings(fields: &WebinarFields) -> WebinarSettingsView {
    let MoreSettings {
        version: _,
        on_demand,
        notify_registrants,
        confirmation_mail,
        invite_panelists,
        question_and_answer,
        share_buttons,
        survey,
        sign_in_required,
        recording,
        audio,
        alternative_hosts,
        contact_name,
        contact_email,
        mail_language,
        reminder,
        thanks,
        missed,
        survey_url,
    } = fields.more.clone();
    let flag = |flag: Option<bool>| flag.unwrap_or_default();
    WebinarSettingsView {
        multiple_devices: fields.multiple_devices,
        close_registration: fields.close_registration,
        host_video: fields.host_video,
        panelists_video: fields.panelists_video,
        practice_session: fields.practice_session,
        on_demand: flag(on_demand),
        notify_registrants: flag(notify_registrants),
        confirmation_mail: flag(confirmation_mail),
        invite_panelists: flag(invite_panelists),
        question_and_answer: flag(question_and_answer),
        share_buttons: flag(share_buttons),
        survey: flag(survey),
        sign_in_required: flag(sign_in_required),
        recording: recording.unwrap_or_default(),
        audio: audio.unwrap_or_default(),
        alternative_hosts: alternative_hosts.unwrap_or_default(),
        contact_name: contact_name.unwrap_or_default(),
        contact_email: contact_email.unwrap_or_default(),
        mail_language: mail_language.unwrap_or_default(),
        registrants_limit: fields.registrants_limit,
        reminder: reminder.unwrap_or_default(),
        thanks: thanks.unwrap_or_default(),
        missed: missed.unwrap_or_default(),
        survey_url: survey_url.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_of_earlier_versions_are_read() {
        let kept: TemplateFields = serde_json::from_str(
            r#"{"version":1,"passcode":true,"fields":{"topic":"Monthly","agenda":"News","minutes":45,"approval":1,
                "practiceSession":true,"more":{"version":1,"onDemand":true,"recording":"cloud"}},"later":1}"#,
        )
        .unwrap();
        let shown = settings(&kept.fields);
        assert_eq!((kept.fields.topic.as_str(), kept.fields.minutes, kept.passcode), ("Monthly", 45, true));
        assert!(shown.practice_session && shown.on_demand);
        assert_eq!(shown.recording, "cloud");
        assert_eq!(serde_json::from_str::<TemplateFields>("{}").unwrap(), TemplateFields::default());
    }
}
