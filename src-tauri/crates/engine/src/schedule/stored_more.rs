//! What a meeting to be made is set to, begun from and about, in the stored form of its draft (golden texts in `stored`).

use serde::{Deserialize, Serialize};

use super::options;
use super::stored::Creation;
use crate::meetings::kept_options::KeptOptions;
use crate::schedule::view::{MeetingTemplateChoice, ScheduleDraft};
use crate::topics::stored::StoredTopic;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct MoreForm {
    options: KeptOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<TemplateForm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<StoredTopic>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct TemplateForm {
    id: String,
    name: String,
}

impl MoreForm {
    pub fn of(draft: &ScheduleDraft) -> Self {
        Self {
            options: options::kept(&draft.options, draft.waiting_room),
            template: draft
                .template
                .as_ref()
                .map(|template| TemplateForm { id: template.id.clone(), name: template.name.clone() }),
            about: draft.about.as_ref().map(StoredTopic::of),
        }
    }

    pub fn onto(self, draft: ScheduleDraft) -> ScheduleDraft {
        ScheduleDraft {
            options: options::shown(&self.options),
            template: self.template.map(|TemplateForm { id, name }| MeetingTemplateChoice { id, name }),
            about: self.about.and_then(StoredTopic::shown),
            ..draft
        }
    }
}

impl Creation {
    /// What it is set to; what is `None` is as the user's settings in Zoom have it. Nothing where a template of Zoom's
    /// says it.
    pub fn options(&self) -> KeptOptions {
        if self.draft.template.is_some() {
            return KeptOptions::default();
        }
        options::kept(&self.draft.options, self.draft.waiting_room)
    }

    pub fn template_name(&self) -> Option<&str> {
        self.draft.template.as_ref().map(|template| template.name.as_str())
    }

    pub fn about_name(&self) -> Option<&str> {
        self.draft.about.as_ref().map(|about| about.name.as_str())
    }
}
