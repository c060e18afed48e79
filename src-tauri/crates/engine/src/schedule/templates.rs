//! Templates: those of Zoom's account, which set what the sheet would, and the user's own, which fill the sheet.

use std::time::Duration;

use liaison_domain::text;
use liaison_store::tables::templates::{MEETINGS, Template};
use liaison_zoom::TemplateType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::options;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::meetings::kept_options::KeptOptions;
use crate::schedule::view::{MeetingTemplateChoice, MeetingTemplates, ScheduleDraft};
use crate::terms::Tag;

/// The sheet does not wait longer for Zoom's.
const PATIENCE: Duration = Duration::from_secs(4);
const MAX_NAME: usize = 100;
const VERSION: i64 = 1;

/// What a template of the user's own sets: everything but when, with whom and what about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is an option of its own in the sheet")]
struct TemplateFields {
    version: i64,
    topic: String,
    agenda: String,
    minutes: u32,
    passcode: bool,
    personal_meeting_id: bool,
    log_event: bool,
    copy_invitation: bool,
    options: KeptOptions,
}

impl TemplateFields {
    fn of(draft: &ScheduleDraft) -> Self {
        Self {
            version: VERSION,
            topic: draft.topic.trim().to_owned(),
            agenda: draft.agenda.trim_end().to_owned(),
            minutes: draft.minutes,
            passcode: draft.passcode,
            personal_meeting_id: draft.personal_meeting_id,
            log_event: draft.log_event,
            copy_invitation: draft.copy_invitation,
            options: options::kept(&draft.options, draft.waiting_room),
        }
    }

    /// `None` for what a newer version wrote.
    fn read(json: &str) -> Option<Self> {
        serde_json::from_str::<Self>(json).ok().filter(|kept| kept.version <= VERSION)
    }

    /// The sheet with what the template sets; when it is, with whom and its id stay.
    fn fill(self, draft: ScheduleDraft) -> ScheduleDraft {
        ScheduleDraft {
            topic: if self.topic.is_empty() { draft.topic } else { self.topic },
            agenda: if self.agenda.is_empty() { draft.agenda } else { self.agenda },
            minutes: if self.minutes == 0 { draft.minutes } else { self.minutes },
            passcode: self.passcode,
            waiting_room: self.options.waiting_room.or(draft.waiting_room),
            personal_meeting_id: self.personal_meeting_id,
            // Without an account in Salesforce there is nothing to log.
            log_event: self.log_event && draft.log_event,
            copy_invitation: self.copy_invitation,
            options: options::shown(&self.options),
            template: None,
            ..draft
        }
    }
}

impl Engine {
    /// What a meeting can be begun from.
    ///
    /// # Errors
    /// No profile is open.
    pub async fn meeting_templates(&self) -> Result<MeetingTemplates, Error> {
        let cx = self.profile().await?;
        let own = cx.store.read(|db| MEETINGS.all(db)).await?;
        let zoom = match cx.zoom() {
            Some(zoom) => tokio::time::timeout(PATIENCE, zoom.api.templates().of_meetings()).await.ok(),
            None => None,
        };
        let zoom = zoom.and_then(|told| {
            told.inspect_err(|error| tracing::info!(%error, "the templates for meetings were not read")).ok()
        });
        let choice = |id: String, name: &str| MeetingTemplateChoice { name: text::single_line(name, MAX_NAME), id };
        Ok(MeetingTemplates {
            own: own.into_iter().map(|one| choice(one.id, &one.name)).collect(),
            zoom_known: zoom.is_some(),
            zoom: zoom.map_or_else(Vec::new, |page| {
                // Only templates of the account can be used from outside Zoom (API reference, "Create a meeting").
                let usable = page.items.into_iter().filter(|one| one.template_type != Some(TemplateType::Own));
                usable.map(|one| choice(one.id.clone(), one.name.as_deref().unwrap_or(&one.id))).collect()
            }),
        })
    }

    /// The sheet with what a template of the user's own sets.
    ///
    /// # Errors
    /// [`Error::Gone`] without the template, or where a newer version wrote it.
    pub async fn fill_meeting(&self, draft: ScheduleDraft, template: String) -> Result<ScheduleDraft, Error> {
        let cx = self.profile().await?;
        let found = cx.store.read(move |db| MEETINGS.get(db, &template)).await?.ok_or(Error::Gone)?;
        Ok(TemplateFields::read(&found.fields_json).ok_or(Error::Gone)?.fill(draft))
    }

    /// Keeps what the sheet sets as a template; one of the same name gives way.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a name, or with options that are wrong.
    pub async fn keep_meeting_template(&self, name: String, draft: ScheduleDraft) -> Result<(), Error> {
        let cx = self.profile().await?;
        let name = named(&name)?;
        let issues = options::issues(&draft.options);
        if !issues.is_empty() {
            return Err(Error::Invalid { issues });
        }
        let template = Template {
            id: Uuid::now_v7().to_string(),
            name,
            version: VERSION,
            fields_json: serde_json::to_string(&TemplateFields::of(&draft)).unwrap_or_default(),
            kept_utc_ms: cx.now_ms(),
        };
        cx.store.write(move |tx| MEETINGS.put(tx, &template)).await?;
        cx.changed(&[Tag::Meetings]);
        Ok(())
    }

    /// Gives a template of the user's own another name.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a name, or with that of another one; [`Error::Gone`] when it was not there.
    pub async fn rename_meeting_template(&self, template: String, name: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let name = named(&name)?;
        let renamed = cx
            .store
            .write(move |tx| {
                if MEETINGS.named(tx, &name)?.is_some_and(|other| other.id != template) {
                    return Ok(Err(wrong(Problem::Duplicate { value: name })));
                }
                Ok(if MEETINGS.rename(tx, &template, &name)? { Ok(()) } else { Err(Error::Gone) })
            })
            .await?;
        cx.changed(&[Tag::Meetings]);
        renamed
    }

    /// Forgets a template of the user's own.
    ///
    /// # Errors
    /// [`Error::Gone`] when it was not there.
    pub async fn forget_meeting_template(&self, template: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let was_there = cx.store.write(move |tx| MEETINGS.remove(tx, &template)).await?;
        cx.changed(&[Tag::Meetings]);
        if was_there { Ok(()) } else { Err(Error::Gone) }
    }
}

fn named(name: &str) -> Result<String, Error> {
    let name = text::single_line(name, MAX_NAME + 1);
    let length = name.chars().count();
    if name.is_empty() {
        return Err(wrong(Problem::Missing));
    }
    if length > MAX_NAME {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        return Err(wrong(Problem::TooLong { max: count(MAX_NAME), length: count(length) }));
    }
    Ok(name)
}

fn wrong(problem: Problem) -> Error {
    Error::Invalid { issues: vec![FieldIssue { field: Field::Template, problem }] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As released versions wrote them.
    #[test]
    fn templates_of_earlier_versions_are_read() {
        let kept = TemplateFields::read(include_str!("golden/template-1.json")).unwrap();
        assert_eq!((kept.topic.as_str(), kept.minutes, kept.passcode), ("Monthly review", 45, true));
        assert_eq!(kept.options.recording.as_deref(), Some("cloud"));
        assert_eq!(TemplateFields::read("{\"version\":9}"), None);
    }

    #[test]
    fn a_name_is_one_line_of_some_length() {
        assert_eq!(named("  Monthly\n review ").unwrap(), "Monthly review");
        assert!(matches!(named(" "), Err(Error::Invalid { .. })));
        assert!(matches!(named(&"x".repeat(101)), Err(Error::Invalid { .. })));
    }
}
