//! What was recorded of one instance.

use serde::Deserialize;

use crate::open_enum::open_text_enum;
use crate::{DownloadToken, FileUrl, MeetingId, MeetingUuid, Passcode, ZoomTime, lenient};

open_text_enum! {
    /// Whether a file is ready.
    RecordingStatus {
        /// It is.
        Completed = "completed",
        /// Zoom is still making it.
        Processing = "processing",
    }
}

/// The recordings of one instance. `uuid` is vital, everything else may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InstanceRecordings {
    /// Identifier of the instance.
    pub uuid: MeetingUuid,
    /// Number of the meeting or webinar.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub id: Option<MeetingId>,
    /// Zoom account.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub account_id: Option<String>,
    /// Zoom user who hosted.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub host_id: Option<String>,
    /// Topic.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub topic: Option<String>,
    /// Kind of meeting or webinar by Zoom's number; recordings have a few kinds of their own.
    #[serde(default, rename = "type", deserialize_with = "lenient::optional_whole_number")]
    pub instance_type: Option<u32>,
    /// When it began.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// IANA zone it was planned in.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub timezone: Option<String>,
    /// Recorded length in minutes.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_minutes: Option<u32>,
    /// Size of all files in bytes.
    #[serde(default, rename = "total_size", deserialize_with = "lenient::optional_whole_number")]
    pub total_size_bytes: Option<u64>,
    /// Number of files.
    #[serde(default, deserialize_with = "lenient::optional_whole_number")]
    pub recording_count: Option<u32>,
    /// Page that plays them.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub share_url: Option<FileUrl>,
    /// Passcode of that page.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub password: Option<Passcode>,
    /// The passcode in the form that goes into an address.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recording_play_passcode: Option<Passcode>,
    /// Token that downloads the files.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub download_access_token: Option<DownloadToken>,
    /// Whether Zoom deletes them by itself.
    #[serde(default)]
    pub auto_delete: Option<bool>,
    /// The day it does, as Zoom writes it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub auto_delete_date: Option<String>,
    /// The files.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recording_files: Option<Vec<RecordingFile>>,
    /// One file for each person, where that is switched on.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub participant_audio_files: Option<Vec<ParticipantAudio>>,
}

/// A file. Some kinds, such as the timeline, have no identifier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordingFile {
    /// Identifier.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// Instance it belongs to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub meeting_id: Option<String>,
    /// Start of the recording.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recording_start: Option<ZoomTime>,
    /// End of the recording.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recording_end: Option<ZoomTime>,
    /// Kind of file: `MP4`, `M4A`, `CHAT`, `TRANSCRIPT`, `SUMMARY` and others.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub file_type: Option<String>,
    /// Ending of its name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub file_extension: Option<String>,
    /// Size in bytes.
    #[serde(default, rename = "file_size", deserialize_with = "lenient::optional_whole_number")]
    pub file_size_bytes: Option<u64>,
    /// What it shows: `shared_screen_with_speaker_view`, `audio_only` and others.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub recording_type: Option<String>,
    /// Whether it is ready.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<RecordingStatus>,
    /// Page that plays it.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub play_url: Option<FileUrl>,
    /// Address of the file; wants a token.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub download_url: Option<FileUrl>,
    /// When it went to the trash.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub deleted_time: Option<ZoomTime>,
}

/// The sound of one person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ParticipantAudio {
    /// Identifier.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub id: Option<String>,
    /// Name, with the person's.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub file_name: Option<String>,
    /// Kind of file.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub file_type: Option<String>,
    /// Size in bytes.
    #[serde(default, rename = "file_size", deserialize_with = "lenient::optional_whole_number")]
    pub file_size_bytes: Option<u64>,
    /// Start.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recording_start: Option<ZoomTime>,
    /// End.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub recording_end: Option<ZoomTime>,
    /// Whether it is ready.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub status: Option<RecordingStatus>,
    /// Page that plays it.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub play_url: Option<FileUrl>,
    /// Address of the file; wants a token.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub download_url: Option<FileUrl>,
}

/// One time that somebody watched a recording.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordingView {
    /// When.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub date_time: Option<ZoomTime>,
    /// Name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// E-mail address, where Zoom knows it.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub email: Option<String>,
    /// How long, in seconds.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub seconds: Option<u32>,
}
