//! What a webinar left behind, as it is shown. Links that play and passcodes stay with the shell.

use serde::Serialize;
use specta::Type;

use crate::people::view::PersonHit;
use crate::terms::UtcMs;

/// How far a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LeftProgress {
    /// The webinar was not held.
    NotYet,
    /// It was, and Zoom has nothing yet.
    Waiting,
    /// It may still change.
    Provisional,
    Settled,
    /// The app lacks the right to read it.
    NoRight,
    /// The webinar has no such thing.
    NotOffered,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftState {
    pub progress: LeftProgress,
    /// When Zoom was last asked.
    pub as_of: Option<UtcMs>,
    /// The right that is missing.
    pub scope: Option<String>,
}

/// Recordings, questions, polls, and who watched.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarLeft {
    pub recordings: Vec<WebinarRecording>,
    pub recordings_state: LeftState,
    pub questions: Vec<AskedQuestion>,
    pub questions_state: LeftState,
    pub polls: Vec<PollQuestion>,
    pub polls_state: LeftState,
    pub viewers: Vec<WebinarViewer>,
    pub viewers_state: LeftState,
}

/// A file of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarRecording {
    pub id: String,
    pub start: Option<UtcMs>,
    pub end: Option<UtcMs>,
    /// Zoom's word: `MP4`, `M4A`, `CHAT`, `TRANSCRIPT` …
    pub file_type: String,
    /// Zoom's word: `shared_screen_with_speaker_view`, `audio_only` …
    pub shows: String,
    /// Its size in kibibytes.
    pub kib: Option<u32>,
    /// Zoom has made it.
    pub ready: bool,
    /// The day on which Zoom deletes it, `YYYY-MM-DD`.
    pub deletion_day: Option<String>,
    pub can_play: bool,
    pub has_passcode: bool,
}

/// What somebody asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AskedQuestion {
    pub name: String,
    pub email: Option<String>,
    pub question: String,
    /// None where it was not answered. Of one that was answered aloud Zoom says `live answered`.
    pub answer: Option<String>,
}

/// A question of a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PollQuestion {
    pub question: String,
    /// How many answered.
    pub people: u32,
    /// The most given first.
    pub answers: Vec<PollAnswerCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PollAnswerCount {
    pub answer: String,
    pub count: u32,
}

/// Somebody who watched the recording.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WebinarViewer {
    pub name: String,
    pub email: Option<String>,
    /// They had registered for the webinar.
    pub registered: bool,
    pub person: Option<PersonHit>,
    pub first: Option<UtcMs>,
    pub times: u32,
    pub seconds: u32,
}
