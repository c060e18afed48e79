//! Registering people: what is asked, who is sorted where, and what became of each.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::PinnedWebinar;
use crate::error::Problem;
use crate::outbox::view::OutboxState;
use crate::people::view::{PeopleSelection, PersonHit};
use crate::terms::UtcMs;

/// A field or question of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationQuestion {
    /// Zoom's name of the field, such as `org`, or the host's own question in full.
    pub field: String,
    /// It is the host's own question.
    pub custom: bool,
    pub required: bool,
    pub kind: QuestionKind,
    /// One choice from a list that opens, instead of one of those shown.
    pub dropdown: bool,
    /// What can be chosen.
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum QuestionKind {
    Text,
    /// One of the choices.
    One,
    /// Any number of them; the answer has them separated by commas.
    Many,
}

/// What became of a change of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionsDecided {
    /// Outbox rows; none where nothing differs or something is wrong.
    pub items: Vec<String>,
    /// What is wrong; nothing was put in line then.
    pub issues: Vec<QuestionIssue>,
}

/// One thing that is wrong with one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionIssue {
    /// Place in what was handed in.
    pub question: u32,
    pub part: QuestionPart,
    pub problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum QuestionPart {
    Title,
    Choices,
}

/// How many go at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RegistrationWay {
    /// Thirty in one request.
    Batches,
    /// Zoom takes one at a time: it is a series.
    OneByOneSeries,
    /// Zoom takes one at a time: there are answers to give.
    OneByOneQuestions,
}

/// Why nobody can be registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RegistrationBlock {
    /// Nobody has to register: whoever has the link may come.
    NoRegistration,
    /// It is over, or registration closed at its date.
    Closed,
    Deleted,
    /// Nobody is signed in to Zoom.
    NotConnected,
    NoLicence,
    MissingScope {
        scope: String,
    },
    Forbidden,
    /// As many as fit are registered.
    Full,
}

/// Whom to register for what. The window holds it and sends it with each question; nothing is kept before the button.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct RegistrationAsk {
    pub webinar: String,
    /// Leads and Contacts, as in the search for people.
    pub people: Vec<String>,
    /// Those who are selected in the room People, or who are in a list of Salesforce.
    pub selection: Option<PeopleSelection>,
    /// Addresses as they were pasted: lines, commas, `Name <address>`.
    pub pasted: String,
    /// Rows of a file, as `read_people_file` answered them.
    pub rows: Vec<RegistrationRow>,
    /// What the user decided about single people.
    pub choices: Vec<RegistrationChoice>,
    /// Answers for all who have none of their own.
    pub answers: Vec<AnswerText>,
    /// Tracking link under which they count.
    pub source: Option<String>,
    /// How many the button said when it was pressed; none before.
    pub said: Option<u32>,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct RegistrationRow {
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub answers: Vec<AnswerText>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct AnswerText {
    /// As in [`RegistrationQuestion::field`].
    pub field: String,
    pub text: String,
}

/// What the user decided about one of those who were asked for. What is none stays as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct RegistrationChoice {
    /// As in [`RegistrationPerson::key`].
    pub key: String,
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// The Lead or Contact whose the address is, where several have it.
    pub person: Option<String>,
    /// Why somebody who opted out of e-mail is registered all the same; kept.
    pub reason: Option<String>,
    /// They were cancelled before, and are to be registered anew.
    pub again: bool,
    pub leave_out: bool,
    pub answers: Vec<AnswerText>,
}

/// Where somebody was sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RegistrationSort {
    Ready,
    AlreadyRegistered,
    WaitingForApproval,
    /// Denied before: approve instead of adding.
    Denied,
    /// Cancelled before: left out unless `again`.
    Cancelled,
    NoEmail,
    EmailInvalid,
    OptedOut,
    /// Another one of these has the same address: choose whom to register.
    SameEmail,
    /// Several records have the address that was pasted: choose the record.
    SeveralRecords,
    HostOrPanelist,
    NoFirstName,
    AnswersMissing,
    /// Zoom registers one address three times a day for one webinar.
    QuotaUsed,
    /// It does not fit any more.
    NoRoom,
    /// It waits in the outbox already.
    OnItsWay,
    LeftOut,
}

/// Everybody sorted, and a page of them.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationCheck {
    pub webinar: PinnedWebinar,
    pub block: Option<RegistrationBlock>,
    /// In the order in which they are shown; only those with somebody in them.
    pub groups: Vec<RegistrationGroup>,
    /// How many the button registers.
    pub ready: u32,
    /// Zoom e-mails each who is registered.
    pub mails: bool,
    /// They wait for the host's approval.
    pub approval: bool,
    pub way: RegistrationWay,
    /// Requests it takes.
    pub requests: u32,
    /// Questions that somebody lacks an answer to.
    pub missing: Vec<MissingAnswer>,
    /// Places that are left; none where nobody limits it.
    pub room: Option<u32>,
    /// When the registrants were last read completely; before the first time nobody is known to be registered.
    pub registrants_as_of: Option<UtcMs>,
    /// So many more were asked for than are registered at once: they were not looked at.
    pub beyond: u32,
    /// Addresses that came again under the same name or none: each of them is one person.
    pub doubled: u32,
    /// Of the group that was asked for.
    pub people: Vec<RegistrationPerson>,
    pub total: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationGroup {
    pub sort: RegistrationSort,
    pub count: u32,
}

/// A question to be answered once for all who have no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MissingAnswer {
    pub question: RegistrationQuestion,
    /// How many have none.
    pub count: u32,
}

/// One of those who were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationPerson {
    /// Names them in a [`RegistrationChoice`]; stays the same while the ask does.
    pub key: String,
    pub sort: RegistrationSort,
    pub name: String,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    /// Other addresses of theirs to choose from.
    pub more_emails: Vec<String>,
    pub person: Option<PersonHit>,
    /// Records to choose from, where several have the address.
    pub records: Vec<PersonHit>,
    /// The registrant they are already, for approving instead of adding.
    pub registrant: Option<String>,
    /// They opted out of e-mail and are registered all the same.
    pub opted_out: bool,
    /// Questions they have no answer to.
    pub missing: Vec<String>,
}

/// What pressing the button began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Registering {
    /// The row of a single person.
    pub item: Option<String>,
    /// The group of many.
    pub group: Option<String>,
    pub count: u32,
    /// Until when it is held.
    pub until: Option<UtcMs>,
    /// So many are ready by now, more than the button said: nobody was put in line.
    pub more: Option<u32>,
}

/// What one click came to.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OneClick {
    /// It is held, and can be undone with `undo_outbox_item`.
    Held {
        item: String,
        name: String,
        email: String,
        topic: String,
        until: Option<UtcMs>,
        /// Zoom e-mails them.
        mails: bool,
    },
    /// It takes more than a click: the sheet opens with this person.
    Asks { webinar: PinnedWebinar, sort: RegistrationSort },
    /// Nobody can be registered.
    Blocked { webinar: PinnedWebinar, block: RegistrationBlock },
    /// No webinar is pinned.
    NothingPinned,
}

/// What became of one of many.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationResult {
    /// Outbox row.
    pub item: String,
    pub name: String,
    pub email: String,
    pub outcome: RegistrationOutcome,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RegistrationOutcome {
    Registered {
        has_link: bool,
    },
    WaitingForApproval,
    /// They were there before it left.
    AlreadyThere,
    /// They were registered, and cancelled since, or it was undone.
    Cancelled,
    /// They were registered, and the host has turned them down.
    Denied,
    Discarded,
    /// Not done, or not to be done without the user.
    Open {
        state: OutboxState,
    },
}

/// A page of results, at most 200.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationResults {
    pub rows: Vec<RegistrationResult>,
    pub total: u32,
    pub registered: u32,
    pub waiting_for_approval: u32,
    pub already_there: u32,
    pub cancelled: u32,
    pub denied: u32,
    pub needs_you: u32,
    pub left: u32,
    pub discarded: u32,
}

/// A file of people as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeopleFile {
    /// What it was read as: `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1252`.
    pub encoding: String,
    pub delimiter: String,
    pub columns: Vec<PeopleColumn>,
    /// At most 10,000.
    pub rows: Vec<RegistrationRow>,
    /// Rows beyond that, and rows that could not be read.
    pub skipped: u32,
}

/// A column and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PeopleColumn {
    pub header: String,
    pub meaning: ColumnMeaning,
    /// The first value that is there.
    pub example: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ColumnMeaning {
    Email,
    FirstName,
    LastName,
    /// First and last name in one.
    FullName,
    /// A field or question of the form.
    Answer {
        field: String,
    },
    Ignored,
}
