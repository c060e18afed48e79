//! What leaves the machine, as the user sees it.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::terms::{Provider, UtcMs};

/// A part of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct OutboxQuery {
    pub filter: OutboxFilter,
    /// The rows of one group; without it those of none.
    pub group: Option<String>,
    /// How many are left out at the beginning.
    pub offset: u32,
    /// At most so many; none asks for as many as a page has.
    pub limit: Option<u32>,
}

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OutboxFilter {
    #[default]
    All,
    NeedsYou,
    Held,
    Sending,
    Waiting,
    Sent,
    Discarded,
}

/// A page of what leaves the machine: what asks for the user first, what is over last; in each state the newest
/// first. Rows of a group are one line of `groups`, and a list of their own.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Outbox {
    pub items: Vec<OutboxItem>,
    /// How many lie before the first item of this page.
    pub offset: u32,
    /// How many rows the filter has.
    pub total: u32,
    /// How many rows each filter has, within the group or outside of all groups.
    pub counts: OutboxTotals,
    /// Groups that are open or young, the newest first; none where the rows of one are asked for, but itself.
    pub groups: Vec<OutboxGroup>,
    pub needs_you: u32,
    pub waiting: u32,
    pub sent_today: u32,
    pub paused: bool,
    pub now: UtcMs,
}

/// How many rows each filter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutboxTotals {
    pub needs_you: u32,
    pub held: u32,
    pub sending: u32,
    pub waiting: u32,
    pub sent: u32,
    pub discarded: u32,
}

/// Rows that belong together: one line, with how far they are.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct OutboxGroup {
    pub id: String,
    pub what: GroupWhat,
    /// What it is about; empty where `what` says it all.
    pub title: String,
    /// The webinar that all of it is about.
    pub webinar: Option<String>,
    pub created: UtcMs,
    pub paused: bool,
    /// It is being stopped or undone.
    pub stopping: bool,
    pub total: u32,
    pub done: u32,
    pub needs_you: u32,
    pub left: u32,
    pub discarded: u32,
    pub can_pause: bool,
    pub can_resume: bool,
    pub can_stop: bool,
    pub can_undo: bool,
    pub can_retry: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum GroupWhat {
    /// Events of meetings that are linked.
    LogMeetings,
    /// Tasks of calls that are linked.
    LogCalls,
    /// People are registered for a webinar.
    RegisterPeople,
    /// Registrants are approved, denied or cancelled.
    DecideRegistrants,
    /// A webinar's people become members of its Campaign.
    FillCampaign,
    /// Tasks for those who stayed away from a webinar.
    FollowUp,
    /// Several dates of a series are moved or changed.
    ChangeDates,
    /// Several dates of a series are cancelled.
    CancelDates,
    /// What undoes another group.
    Undo,
    /// A newer version wrote it.
    Unknown,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a read model: each flag is a mark of its own in the window")]
pub struct OutboxItem {
    pub id: String,
    pub what: OutboxWhat,
    /// Topic of the meeting, name of the person …
    pub title: String,
    /// Who it is for.
    pub person: Option<String>,
    pub provider: Provider,
    /// Whose account it is for, when that is not the one of now.
    pub account: Option<String>,
    pub state: OutboxState,
    pub created: UtcMs,
    pub attempts: u32,
    /// What will be (or was) written, field by field.
    pub fields: Vec<FieldValue>,
    /// Whom it was sent without.
    pub left_out: Vec<LeftOut>,
    /// An attempt may have arrived; it is looked up before anything is sent again.
    pub may_have_arrived: bool,
    pub can_undo: bool,
    pub can_retry: bool,
    pub can_discard: bool,
    pub can_restore: bool,
    /// Its texts can be edited here.
    pub can_edit: bool,
    /// Its sheet can be opened again.
    pub can_reopen: bool,
    /// It is to be decided whose change counts.
    pub can_decide: bool,
    pub can_open: bool,
}

/// Somebody who is not in an Event, though they take part; or a field that was not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    pub name: String,
    pub why: LeftOutWhy,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LeftOutWhy {
    /// The organisation's Events are about one person each.
    NotShared,
    /// An Event is about one Lead, or about Contacts.
    LeadAlone,
    /// An Event is about fifty Contacts at most.
    TooMany,
    /// Deleted, merged or converted.
    Gone,
    /// Salesforce's own words, if it had any.
    Refused { message: String, code: String },
    /// `name` is a field that the user may not write.
    NotWritable,
    /// `name` is a field into whose part of ours somebody has written.
    Edited,
}

/// A field's new text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldText {
    pub name: String,
    pub text: String,
}

/// What a row waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Parent {
    pub title: String,
    /// It goes on only when the user has done something.
    pub needs_you: bool,
}

/// A field that somebody else changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    pub name: String,
    pub there: FieldContent,
    pub ours: FieldContent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OutboxWhat {
    CreateMeeting,
    UpdateMeeting,
    DeleteMeeting,
    CreateEvent,
    UpdateEvent,
    DeleteEvent,
    /// The Task of a call.
    CreateTask,
    UpdateTask,
    DeleteTask,
    RegisterPerson,
    ApproveRegistrant,
    DenyRegistrant,
    CancelRegistration,
    AddPanelist,
    RemovePanelist,
    CreateWebinar,
    UpdateWebinar,
    DeleteWebinar,
    /// What the form of a webinar asks.
    UpdateQuestions,
    CreateCampaign,
    CreateLead,
    DeleteLead,
    /// Added, or another status.
    /// What is known of a webinar is written into its Campaign.
    UpdateCampaign,
    PutCampaignMember,
    /// A newer version wrote it.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum OutboxState {
    Held {
        until: UtcMs,
    },
    Waiting {
        reason: WaitReason,
        until: Option<UtcMs>,
    },
    /// It waits for an earlier row of the same record, for the one it depends on, or for its group.
    Behind {
        parent: Option<Parent>,
    },
    Sending,
    Sent {
        at: UtcMs,
    },
    NeedsYou {
        cause: NeedsYou,
    },
    Discarded {
        at: UtcMs,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WaitReason {
    Turn,
    Network,
    RateLimit,
    SignIn,
    Paused,
    /// The service had trouble; it is tried again by itself.
    Trouble,
    /// A time-out left the outcome open; it is looked up before anything is sent again.
    Checking,
    /// The demo's or another account's rows never go to this one.
    OtherAccount,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum NeedsYou {
    /// The meeting was not made; it is never made without the user.
    Interrupted,
    /// The meeting was not made: a limit, until then.
    Limited {
        until: UtcMs,
    },
    /// The meeting was not made: there was no network.
    Offline,
    /// Somebody else changed the same fields since.
    Differs {
        fields: Vec<Difference>,
    },
    /// The administrator's own text, or the field that is at fault.
    Refused {
        message: String,
        fields: Vec<String>,
        code: String,
    },
    /// The person was deleted, merged or converted.
    RecordGone {
        name: String,
    },
    NoPermission {
        message: String,
    },
    /// The org has no field for our key, and a look-up did not settle whether the record arrived.
    Unsure,
    /// More than one record carries our key.
    SeveralMatches,
    /// The record was deleted in Salesforce; it is not made again by itself.
    DeletedThere,
    /// Something else of the organisation has logged the call; it is not logged twice.
    LoggedByOthers {
        /// Who or what, in the organisation's words; empty when that is not known.
        by: String,
    },
    /// The org's duplicate rules found others; nothing was made.
    Doubles {
        /// The rule's own words.
        message: String,
        /// The rule lets the user make it all the same.
        may_save: bool,
        records: Vec<Double>,
    },
    /// The row can't be read by this version.
    Unreadable,
}

/// A record that a new one would double.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Double {
    /// `Lead`, `Contact` and others.
    pub object: String,
    pub id: String,
    /// Empty where Salesforce does not tell.
    pub name: String,
    pub company: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldValue {
    /// Salesforce's own API name; the UI has labels for those it knows.
    pub name: String,
    pub value: FieldContent,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum FieldContent {
    Text {
        text: String,
    },
    Time {
        at: UtcMs,
    },
    /// Written, but never shown.
    Masked,
}

/// A decision was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// The row that carries it out; none when nothing differs.
    pub outbox_item: Option<String>,
    /// The group of rows that carry it out, where it takes several.
    pub group: Option<String>,
}

impl Changed {
    pub(crate) fn by(item: Option<String>) -> Self {
        Self { outbox_item: item, group: None }
    }
}

/// What taking back a row comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TakenBack {
    /// Nothing of it had left.
    NotSent,
    /// It was sent, or may have been: it is undone there.
    Undoing,
}

/// A change of a meeting on its way to Zoom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PendingChange {
    /// Outbox row.
    pub item: String,
    pub change: PendingKind,
    /// It has not left.
    pub can_undo: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PendingKind {
    Moved {
        start: UtcMs,
        end: UtcMs,
    },
    /// Something else than its time.
    Edited,
    Cancelled,
}
