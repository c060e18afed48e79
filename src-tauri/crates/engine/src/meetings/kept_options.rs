//! What a meeting is set to in Zoom beside its time: as it is kept with its row, in the outbox and in templates. A form
//! of its own, with a default for each field, so that every later version reads it.

use liaison_store::tables::meetings::MeetingRecord;
use liaison_zoom::{ApprovalType, AutoRecording, MeetingSettings};
use serde::{Deserialize, Serialize};

use crate::outbox::reason::StoredContent;

const VERSION: i64 = 1;
/// How many of them are compared.
pub(crate) const OPTIONS: usize = 8;
/// Nobody comes in before the host.
pub(crate) const NOT_BEFORE: &str = "no";

/// Options of a meeting; what is `None` is not known, or left alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct KeptOptions {
    pub version: i64,
    pub waiting_room: Option<bool>,
    /// `no`, or so many minutes before the host; 0 for any time.
    pub join_before_host: Option<String>,
    pub host_video: Option<bool>,
    pub participant_video: Option<bool>,
    pub mute_on_entry: Option<bool>,
    /// Zoom's word: `none`, `local` or `cloud`.
    pub recording: Option<String>,
    /// Addresses with `; ` between them.
    pub alternative_hosts: Option<String>,
    /// Zoom's number of how guests register.
    pub registration: Option<i64>,
}

impl KeptOptions {
    /// `None` for what was never read, and for what a newer version wrote.
    pub fn read(json: Option<&str>) -> Option<Self> {
        serde_json::from_str::<Self>(json?).ok().filter(|kept| kept.version <= VERSION)
    }

    /// As they were read last; `None` where lists alone told of the meeting. Rows of earlier versions have only the
    /// waiting room.
    pub fn of_record(meeting: &MeetingRecord) -> Option<Self> {
        let room = Self { waiting_room: meeting.waiting_room, ..Self::default() };
        match Self::read(meeting.options_json.as_deref()) {
            Some(told) => Some(told.filled(&room)),
            None => (!room.is_blank()).then(|| room.filled(&Self::default())),
        }
    }

    pub fn json(&self) -> String {
        serde_json::to_string(&Self { version: VERSION, ..self.clone() }).unwrap_or_default()
    }

    /// As Zoom has them.
    pub fn of(settings: &MeetingSettings) -> Self {
        let minutes = settings.join_before_host_minutes.unwrap_or_default();
        Self {
            version: VERSION,
            waiting_room: settings.waiting_room,
            join_before_host: settings
                .join_before_host
                .map(|may| if may { minutes.to_string() } else { NOT_BEFORE.to_owned() }),
            host_video: settings.host_video,
            participant_video: settings.participant_video,
            mute_on_entry: settings.mute_upon_entry,
            recording: settings.auto_recording.as_ref().map(|recording| recording.as_str().to_owned()),
            alternative_hosts: settings.alternative_hosts.as_deref().map(listed),
            registration: settings.approval_type.map(ApprovalType::number),
        }
        .settled()
    }

    /// None of them is known, and all are left alone.
    pub fn is_blank(&self) -> bool {
        Self { version: 0, ..self.clone() } == Self::default()
    }

    /// These, and where they leave something alone, those that were there.
    pub fn over(self, there: &Self) -> Self {
        self.filled(there).settled()
    }

    /// As `over`, with nothing worked out: as two answers of Zoom put together.
    pub fn filled(self, there: &Self) -> Self {
        let there = there.clone();
        Self {
            version: VERSION,
            waiting_room: self.waiting_room.or(there.waiting_room),
            join_before_host: self.join_before_host.or(there.join_before_host),
            host_video: self.host_video.or(there.host_video),
            participant_video: self.participant_video.or(there.participant_video),
            mute_on_entry: self.mute_on_entry.or(there.mute_on_entry),
            recording: self.recording.or(there.recording),
            alternative_hosts: self.alternative_hosts.or(there.alternative_hosts),
            registration: self.registration.or(there.registration),
        }
    }

    /// A waiting room leaves nobody in before the host: Zoom says so without a word.
    pub fn settled(mut self) -> Self {
        if self.waiting_room == Some(true) && self.join_before_host.is_some() {
            self.join_before_host = Some(NOT_BEFORE.to_owned());
        }
        self
    }

    /// By name, as they are compared.
    pub fn contents(&self) -> [(&'static str, StoredContent); OPTIONS] {
        let text = |text: Option<String>| StoredContent::Text { text: text.unwrap_or_default() };
        let flag = |flag: Option<bool>| text(flag.map(|flag| flag.to_string()));
        [
            ("WaitingRoom", flag(self.waiting_room)),
            ("JoinBeforeHost", text(self.join_before_host.clone())),
            ("HostVideo", flag(self.host_video)),
            ("ParticipantVideo", flag(self.participant_video)),
            ("MuteOnEntry", flag(self.mute_on_entry)),
            ("Recording", text(self.recording.clone())),
            ("AlternativeHosts", text(self.alternative_hosts.as_deref().map(|hosts| listed(&hosts.to_lowercase())))),
            ("ApprovalType", text(self.registration.map(|number| number.to_string()))),
        ]
    }

    /// Takes one over from what was kept of it; `false` for any other name.
    pub fn put(&mut self, name: &str, text: &str) -> bool {
        let flag = || Some(text == "true");
        let words = || Some(text.to_owned());
        match name {
            "WaitingRoom" => self.waiting_room = flag(),
            "JoinBeforeHost" => self.join_before_host = words(),
            "HostVideo" => self.host_video = flag(),
            "ParticipantVideo" => self.participant_video = flag(),
            "MuteOnEntry" => self.mute_on_entry = flag(),
            "Recording" => self.recording = words(),
            "AlternativeHosts" => self.alternative_hosts = words(),
            "ApprovalType" => self.registration = text.parse().ok(),
            _ => return false,
        }
        true
    }

    /// What of them Zoom is told: those that are named, as far as they are known.
    pub fn settings(&self, has: &dyn Fn(&str) -> bool) -> MeetingSettings {
        let early = self.join_before_host.as_deref().filter(|_| has("JoinBeforeHost"));
        MeetingSettings {
            waiting_room: self.waiting_room.filter(|_| has("WaitingRoom")),
            join_before_host: early.map(|early| early != NOT_BEFORE),
            join_before_host_minutes: early.and_then(|early| early.parse().ok()),
            host_video: self.host_video.filter(|_| has("HostVideo")),
            participant_video: self.participant_video.filter(|_| has("ParticipantVideo")),
            mute_upon_entry: self.mute_on_entry.filter(|_| has("MuteOnEntry")),
            auto_recording: self
                .recording
                .clone()
                .filter(|_| has("Recording"))
                .and_then(|word| serde_json::from_value::<AutoRecording>(word.into()).ok()),
            alternative_hosts: self.alternative_hosts.as_deref().filter(|_| has("AlternativeHosts")).map(for_zoom),
            approval_type: self.registration.filter(|_| has("ApprovalType")).map(ApprovalType::from),
            ..MeetingSettings::default()
        }
    }
}

/// The addresses of a list, however they are separated.
pub(crate) fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', ' ', '\n', '\t']).map(str::trim).filter(|address| !address.is_empty())
}

/// In one way, so that the same addresses are the same text.
pub(crate) fn listed(text: &str) -> String {
    addresses(text).collect::<Vec<_>>().join("; ")
}

fn for_zoom(text: &str) -> String {
    addresses(text).collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> KeptOptions {
        KeptOptions {
            version: VERSION,
            waiting_room: Some(false),
            join_before_host: Some("5".to_owned()),
            host_video: Some(true),
            participant_video: Some(true),
            mute_on_entry: Some(true),
            recording: Some("cloud".to_owned()),
            alternative_hosts: Some("a@b.example; c@d.example".to_owned()),
            registration: Some(1),
        }
    }

    #[test]
    fn every_option_goes_to_zoom_and_comes_back() {
        let told = all().settings(&|_| true);
        let json = serde_json::to_value(&told).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "host_video": true, "participant_video": true, "join_before_host": true, "jbh_time": 5,
                "mute_upon_entry": true, "waiting_room": false, "approval_type": 1, "auto_recording": "cloud",
                "alternative_hosts": "a@b.example;c@d.example",
            })
        );
        assert_eq!(KeptOptions::of(&told), all());
        assert_eq!(all().settings(&|_| false), MeetingSettings::default());
    }

    #[test]
    fn every_option_that_is_compared_can_be_taken_over() {
        let mut taken = KeptOptions { version: VERSION, ..KeptOptions::default() };
        for ((name, there), (_, here)) in all().contents().into_iter().zip(taken.contents()) {
            assert_ne!(there, here, "{name}");
            let StoredContent::Text { text } = there else { panic!("{name} is a text") };
            assert!(taken.put(name, &text), "{name}");
        }
        assert_eq!(taken, all());
        assert!(!taken.put("Topic", "x"));
    }

    #[test]
    fn a_waiting_room_leaves_nobody_in_before_the_host() {
        let closed = KeptOptions { waiting_room: Some(true), ..KeptOptions::default() }.over(&all());
        assert_eq!(closed.join_before_host.as_deref(), Some(NOT_BEFORE));
        assert_eq!(closed.recording.as_deref(), Some("cloud"), "the rest stays as it was");
        assert_eq!(closed.settings(&|_| true).join_before_host_minutes, None);
    }

    /// As released versions wrote them.
    #[test]
    fn options_of_earlier_versions_are_read() {
        let golden = include_str!("golden/options-1.json");
        assert_eq!(KeptOptions::read(Some(golden)), Some(all()));
        assert_eq!(KeptOptions::read(Some(&all().json())), Some(all()));
        assert_eq!(KeptOptions::read(Some("{\"version\":9}")), None);
        assert_eq!(KeptOptions::read(None), None);
    }
}
