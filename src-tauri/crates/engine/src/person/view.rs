//! What the window gets to see of one person: everything of ours with them.

use serde::Serialize;
use specta::Type;

use crate::calls::view::CallRow;
use crate::meetings::view::MeetingRow;
use crate::outbox::view::{OutboxState, OutboxWhat};
use crate::people::view::PersonRow;
use crate::terms::UtcMs;
use crate::webinars::view::RegistrantStanding;

/// One of a person's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonNumber {
    /// The field's name in Salesforce.
    pub field: String,
    /// As it is written there.
    pub number: String,
}

/// Somebody by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonName {
    pub id: String,
    pub name: String,
}

/// One person with everything that the inspector shows beside the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonDetail {
    pub row: PersonRow,
    /// A Lead's status.
    pub status: Option<String>,
    pub numbers: Vec<PersonNumber>,
    pub emails: Vec<String>,
    /// The Contact that a converted Lead became.
    pub became: Option<PersonName>,
    /// Who else of the company is here.
    pub colleagues: u32,
}

/// A page of everything of ours with a person, what is farthest ahead first.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonTimeline {
    pub entries: Vec<TimelineEntry>,
    /// How many there are in all.
    pub total: u32,
    /// How many of them are to come.
    pub coming: u32,
    /// What is to be made with them and did not leave yet.
    pub waiting: Vec<TimelineWaiting>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TimelineEntry {
    Meeting {
        row: Box<MeetingRow>,
    },
    Call {
        row: Box<CallRow>,
        /// What the user wrote about it.
        note: Option<String>,
    },
    Webinar {
        row: PersonWebinar,
    },
}

/// A webinar that somebody registered for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PersonWebinar {
    /// Of the webinar.
    pub id: String,
    pub topic: String,
    /// When it was held last, or begins.
    pub start: UtcMs,
    /// None where they came without a registration.
    pub standing: Option<RegistrantStanding>,
    /// Minutes for which they were there, 0 for whoever stayed away; none before that is known.
    pub minutes: Option<u32>,
    /// The registrant whose own link can be copied; none without a link, or where others have the address too.
    pub registrant: Option<String>,
}

/// A row of the outbox that will make something with a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TimelineWaiting {
    /// Of the row.
    pub id: String,
    pub what: OutboxWhat,
    pub title: String,
    pub state: OutboxState,
}
