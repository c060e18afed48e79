//! What became of a meeting, as it is shown.

use serde::Serialize;
use specta::Type;

use crate::pull::access::RoomAccess;
use crate::terms::UtcMs;

/// What became of a meeting that is over.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingAfter {
    pub state: AfterState,
    /// Whether past meetings and people can be read in Zoom.
    pub access: RoomAccess,
    /// Each time that it was held, the first one first.
    pub held: Vec<TimeSpan>,
    /// Minutes of all the times that it was held.
    pub minutes: u32,
    /// Those who came: hosts, colleagues, and those of the expected who are known to have come.
    pub came: u32,
    /// The same and those who were expected and did not come.
    pub of: u32,
    /// Those who came and of whom it is not known who they were.
    pub guests: u32,
    /// What the minutes of people are drawn on.
    pub axis: Option<TimeSpan>,
    pub people: Vec<AfterPerson>,
    /// When a list of people was last read.
    pub as_of: Option<UtcMs>,
    pub recordings: MeetingRecordings,
    /// Zoom's own words, as Markdown.
    pub summary: Option<String>,
    pub summary_access: RoomAccess,
}

/// How far what is known of a past meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AfterState {
    /// Zoom tells nothing yet.
    Waiting,
    /// Zoom would have told by now: nobody came, or it was held with another number.
    NotHeld,
    /// It was held, and Zoom gives no list of who came any more.
    NeverTold,
    /// Who came may still change.
    Provisional,
    Settled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TimeSpan {
    pub start: UtcMs,
    pub end: UtcMs,
}

/// A person of a past meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AfterPerson {
    /// What an answer calls a guest by; for all others unique only.
    pub id: String,
    pub part: AfterPart,
    pub name: String,
    /// The name they used, where it is another one.
    pub used: Option<String>,
    pub email: Option<String>,
    /// A Lead or Contact.
    pub person: Option<String>,
    pub basis: Option<AfterBasis>,
    /// The guest that the user said they were, for taking it back.
    pub said_of: Option<String>,
    /// Names of those of whom the user said that this guest is not them, for taking it back.
    pub not_them: Vec<String>,
    pub seconds: u32,
    pub spans: Vec<TimeSpan>,
    /// Whom a guest may be, the best reason first.
    pub may_be: Vec<MayBe>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AfterPart {
    You,
    /// Of the account, or of the house and not from outside.
    Colleague,
    /// Expected, and came.
    Came,
    /// Expected, and did not come as far as is known.
    Missed,
    /// Came, and it is not known who it was.
    Guest,
}

/// How it is known that it was them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum AfterBasis {
    Address,
    /// The user said so.
    Answer,
    /// The meeting was planned with them alone, and nobody else came.
    Intent,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MayBe {
    /// Whom the answer is about.
    pub key: String,
    pub name: String,
    pub why: MayBeWhy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum MayBeWhy {
    /// They were there while the other was away.
    Gap,
    Name,
    /// Nobody else is missing.
    Only,
}

/// What was recorded, of all the times that it was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingRecordings {
    pub access: RoomAccess,
    pub files: Vec<RecordingFile>,
    /// Zoom may still have some to come.
    pub coming: bool,
    /// The first day on which Zoom deletes some, ISO, and the days until then.
    pub deleted_on: Option<String>,
    pub days_left: Option<i32>,
    /// What was there is not there any more.
    pub gone: bool,
    pub has_passcode: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordingFile {
    pub id: String,
    /// Zoom's word, such as `shared_screen_with_speaker_view`.
    pub kind: String,
    /// Zoom's word, such as `MP4`.
    pub file_type: String,
    pub start: Option<UtcMs>,
    pub end: Option<UtcMs>,
    pub seconds: Option<u32>,
    /// Kilobytes: bytes go beyond what the window's numbers are told to hold.
    pub kilobytes: Option<u32>,
    pub ready: bool,
}
