//! What is stored of meetings in the outbox, in its own versioned forms (golden texts in the tests below).

use chrono::{DateTime, Utc};
use liaison_domain::MeetingKey;
use liaison_store::tables::meetings::MeetingRecord;
use liaison_zoom::{Meeting, ZoomTime};
use serde::{Deserialize, Serialize};

use super::stored_more::MoreForm;
use super::stored_repeats::RepeatsForm;
use super::stored_rule::RuleChange;
use crate::meetings::kept_options::{KeptOptions, OPTIONS};
use crate::outbox::reason::{Contents, StoredContent, StoredDifference};
use crate::schedule::options_view::MeetingOptions;
use crate::schedule::view::{Fold, ScheduleDraft};

/// A meeting to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "version")]
#[expect(clippy::large_enum_variant, reason = "it lives as long as it is read or written")]
enum StoredCreation {
    #[serde(rename = "1")]
    V1 { draft: DraftForm, start_utc_ms: i64 },
    #[serde(rename = "2")]
    V2 { draft: DraftForm, more: MoreForm, start_utc_ms: i64 },
}

/// The sheet, as it was when Create was pressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each flag is an option of its own in the sheet")]
struct DraftForm {
    id: String,
    topic: String,
    date: String,
    time: String,
    zone: String,
    minutes: u32,
    #[serde(default)]
    fold: Option<FoldForm>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    emails: Vec<String>,
    #[serde(default)]
    agenda: String,
    passcode: bool,
    #[serde(default)]
    waiting_room: Option<bool>,
    #[serde(default)]
    personal_meeting_id: bool,
    #[serde(default)]
    log_event: bool,
    #[serde(default)]
    copy_invitation: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repeats: Option<RepeatsForm>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum FoldForm {
    Earlier,
    Later,
}

/// A meeting to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Creation {
    pub draft: ScheduleDraft,
    pub start_utc_ms: i64,
}

impl Creation {
    pub fn json(&self) -> String {
        let (draft, more) = (form(&self.draft), MoreForm::of(&self.draft));
        let stored = StoredCreation::V2 { draft, more, start_utc_ms: self.start_utc_ms };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// `None` when a newer version wrote it, or it is damaged.
    pub fn read(json: &str) -> Option<Self> {
        match serde_json::from_str(json) {
            Ok(StoredCreation::V1 { draft, start_utc_ms }) => Some(Self { draft: sheet(draft), start_utc_ms }),
            Ok(StoredCreation::V2 { draft, more, start_utc_ms }) => {
                Some(Self { draft: more.onto(sheet(draft)), start_utc_ms })
            }
            Err(error) => {
                tracing::error!(%error, "a stored draft can't be read");
                None
            }
        }
    }
}

fn form(draft: &ScheduleDraft) -> DraftForm {
    DraftForm {
        id: draft.id.clone(),
        topic: draft.topic.clone(),
        date: draft.date.clone(),
        time: draft.time.clone(),
        zone: draft.zone.clone(),
        minutes: draft.minutes,
        fold: draft.fold.map(|fold| match fold {
            Fold::Earlier => FoldForm::Earlier,
            Fold::Later => FoldForm::Later,
        }),
        people: draft.people.clone(),
        emails: draft.emails.clone(),
        agenda: draft.agenda.clone(),
        passcode: draft.passcode,
        waiting_room: draft.waiting_room,
        personal_meeting_id: draft.personal_meeting_id,
        log_event: draft.log_event,
        copy_invitation: draft.copy_invitation,
        repeats: draft.repeats.as_ref().map(RepeatsForm::of),
    }
}

fn sheet(form: DraftForm) -> ScheduleDraft {
    ScheduleDraft {
        id: form.id,
        topic: form.topic,
        date: form.date,
        time: form.time,
        zone: form.zone,
        minutes: form.minutes,
        fold: form.fold.map(|fold| match fold {
            FoldForm::Earlier => Fold::Earlier,
            FoldForm::Later => Fold::Later,
        }),
        people: form.people,
        emails: form.emails,
        agenda: form.agenda,
        passcode: form.passcode,
        waiting_room: form.waiting_room,
        personal_meeting_id: form.personal_meeting_id,
        log_event: form.log_event,
        copy_invitation: form.copy_invitation,
        repeats: form.repeats.map(RepeatsForm::sheet),
        options: MeetingOptions::default(),
        template: None,
        about: None,
    }
}

/// A change of a meeting, or its cancelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "version")]
enum StoredChange {
    #[serde(rename = "1")]
    V1 { fields: MeetingFields, base: MeetingFields },
    /// With options; with what a series is to repeat like, where that is changed; and with what it took the place of.
    #[serde(rename = "2")]
    V2 {
        fields: MeetingFields,
        base: MeetingFields,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<RuleChange>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        withdrawn: Vec<String>,
    },
}

/// A change of a meeting: what it is to be, and what it was. Of a meeting that is cancelled, both are what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MeetingEdit {
    pub fields: MeetingFields,
    pub base: MeetingFields,
    /// Of a series that is to repeat otherwise; its start is that of the first date then.
    pub rule: Option<RuleChange>,
    /// Rows that it took the place of before they left, in their order: they come back when it is taken back.
    pub withdrawn: Vec<String>,
}

/// What can be changed of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MeetingFields {
    pub topic: String,
    pub start_utc_ms: i64,
    pub minutes: u32,
    pub zone: String,
    pub agenda: String,
    /// Ids of the Leads and Contacts it is linked to, which only this computer knows; `None` when a change leaves
    /// them alone.
    #[serde(default)]
    pub people: Option<Vec<String>>,
    /// Invited addresses; `None` when they are not known, or a change leaves them alone.
    #[serde(default)]
    pub invitees: Option<Vec<String>>,
    /// What it is set to in Zoom; `None` when that is not known, or a change leaves it alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<KeptOptions>,
}

impl MeetingEdit {
    pub fn of(fields: MeetingFields, base: MeetingFields) -> Self {
        Self { fields, base, rule: None, withdrawn: Vec::new() }
    }

    pub fn json(&self) -> String {
        let Self { fields, base, rule, withdrawn } = self.clone();
        let stored = StoredChange::V2 { fields, base, rule, withdrawn };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    pub fn read(json: &str) -> Option<Self> {
        match serde_json::from_str(json) {
            Ok(StoredChange::V1 { fields, base }) => Some(Self::of(fields, base)),
            Ok(StoredChange::V2 { fields, base, rule, withdrawn }) => Some(Self { fields, base, rule, withdrawn }),
            Err(error) => {
                tracing::error!(%error, "a stored change of a meeting can't be read");
                None
            }
        }
    }
}

impl MeetingEdit {
    /// As far as Zoom takes it: a date has a time of its own and the rest from its series; where Zoom shows the series,
    /// it shows the time of its first date.
    pub fn within(mut self, key: &MeetingKey, there: &MeetingFields) -> Self {
        if key.occurrence.is_some() {
            for fields in [&mut self.fields, &mut self.base] {
                let timed = fields.clone();
                *fields = MeetingFields {
                    start_utc_ms: timed.start_utc_ms,
                    minutes: timed.minutes,
                    people: timed.people,
                    ..there.clone()
                };
            }
        }
        self.knowing_options_of(there)
    }
}

impl MeetingFields {
    /// `None` for a meeting without a time.
    pub fn of_record(meeting: &MeetingRecord) -> Option<Self> {
        Some(Self {
            topic: meeting.topic.clone(),
            start_utc_ms: meeting.start_utc_ms?,
            minutes: u32::try_from(meeting.minutes).ok()?,
            zone: meeting.timezone.clone().unwrap_or_default(),
            agenda: meeting.agenda.clone().unwrap_or_default(),
            people: None,
            invitees: meeting.invitees.as_ref().map(|all| all.iter().map(|invitee| invitee.email.clone()).collect()),
            options: KeptOptions::of_record(meeting),
        })
    }

    /// As Zoom has it now.
    pub fn of_meeting(meeting: &Meeting) -> Option<Self> {
        Some(Self {
            topic: meeting.topic.clone().unwrap_or_default(),
            start_utc_ms: meeting.start_time.and_then(ZoomTime::utc)?.timestamp_millis(),
            minutes: meeting.duration_minutes.unwrap_or_default(),
            zone: meeting.timezone.clone().unwrap_or_default(),
            agenda: meeting.agenda.clone().unwrap_or_default(),
            people: None,
            invitees: meeting
                .settings
                .as_ref()
                .and_then(|settings| settings.meeting_invitees.as_ref())
                .map(|all| all.iter().map(|invitee| invitee.email.clone()).collect()),
            options: meeting.settings.as_ref().map(KeptOptions::of),
        })
    }

    pub fn start(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.start_utc_ms).unwrap_or_default()
    }

    pub fn end_utc_ms(&self) -> i64 {
        self.start_utc_ms + i64::from(self.minutes) * 60_000
    }

    pub fn contents(&self) -> Contents<{ OPTIONS + 6 }> {
        let text = |text: &str| StoredContent::Text { text: text.trim().replace("\r\n", "\n") };
        let [room, early, host, guests, mute, recording, hosts, approval] =
            self.options.clone().unwrap_or_default().contents();
        [
            ("Topic", text(&self.topic)),
            ("StartDateTime", StoredContent::Time { utc_ms: self.start_utc_ms }),
            ("Duration", text(&self.minutes.to_string())),
            ("TimeZone", text(&self.zone)),
            ("Agenda", text(&self.agenda)),
            ("Invitees", text(&self.listed_invitees())),
            room,
            early,
            host,
            guests,
            mute,
            recording,
            hosts,
            approval,
        ]
    }

    /// In an order of its own: Zoom keeps none.
    pub fn listed_invitees(&self) -> String {
        let mut all: Vec<String> =
            self.invitees.iter().flatten().map(|address| liaison_domain::email::folded(address)).collect();
        all.sort();
        all.dedup();
        all.join(", ")
    }

    pub fn take(&mut self, name: &str, from: &Self) {
        match name {
            "Topic" => self.topic.clone_from(&from.topic),
            "StartDateTime" => self.start_utc_ms = from.start_utc_ms,
            "Duration" => self.minutes = from.minutes,
            "TimeZone" => self.zone.clone_from(&from.zone),
            "Agenda" => self.agenda.clone_from(&from.agenda),
            "Invitees" => self.invitees.clone_from(&from.invitees),
            name => {
                let told = from.options.as_ref().map(KeptOptions::contents).into_iter().flatten();
                for (_, content) in told.filter(|(told, _)| *told == name) {
                    self.put_option(name, &content);
                }
            }
        }
    }

    /// The fields as they are there, as far as differences tell; the rest as here.
    pub fn with_theirs(&self, differences: &[StoredDifference]) -> Self {
        let mut there = self.clone();
        for field in differences {
            match (&field.there, field.name.as_str()) {
                (StoredContent::Time { utc_ms }, "StartDateTime") => there.start_utc_ms = *utc_ms,
                (StoredContent::Text { text }, "Topic") => there.topic.clone_from(text),
                (StoredContent::Text { text }, "Duration") => there.minutes = text.parse().unwrap_or(there.minutes),
                (StoredContent::Text { text }, "TimeZone") => there.zone.clone_from(text),
                (StoredContent::Text { text }, "Agenda") => there.agenda.clone_from(text),
                (StoredContent::Text { text }, "Invitees") => {
                    let listed = text.split(", ").filter(|address| !address.is_empty());
                    there.invitees = Some(listed.map(ToOwned::to_owned).collect());
                }
                (content, name) => there.put_option(name, content),
            }
        }
        there
    }

    fn put_option(&mut self, name: &str, content: &StoredContent) {
        if let (Some(options), StoredContent::Text { text }) = (&mut self.options, content) {
            options.put(name, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::options_view::JoinBeforeHost;
    use crate::schedule::view::{RepeatEnd, RepeatRhythm, Repeats};

    /// As released versions wrote it.
    #[test]
    fn drafts_of_earlier_versions_are_read() {
        let one = r#"{"version":"1","draft":{"id":"d","topic":"Demo","date":"2026-11-27","time":"10:00",
            "zone":"Europe/Amsterdam","minutes":30,"fold":"later","people":["Lead:00Q5500001QdQWfEAN"],"emails":[],
            "agenda":"","passcode":true,"waitingRoom":true,"personalMeetingId":false,"logEvent":true,
            "copyInvitation":false},"start_utc_ms":5}"#;
        let creation = Creation::read(one).unwrap();
        assert_eq!((creation.draft.fold, creation.start_utc_ms), (Some(Fold::Later), 5));
        assert_eq!(Creation::read(&creation.json()), Some(creation));
        assert_eq!(Creation::read(r#"{"version":"9"}"#), None);
        let series = r#"{"version":"1","draft":{"id":"d","topic":"Demo","date":"2026-11-27","time":"10:00",
            "zone":"Europe/Amsterdam","minutes":30,"passcode":true,"waitingRoom":true,"repeats":{"rhythm":
            {"kind":"weekly","days":[1,3]},"every":2,"end":{"kind":"until","date":"2027-01-31"}}},"start_utc_ms":5}"#;
        let creation = Creation::read(series).unwrap();
        let until = RepeatEnd::Until { date: "2027-01-31".to_owned() };
        let weekly = RepeatRhythm::Weekly { days: vec![1, 3] };
        assert_eq!(creation.draft.repeats, Some(Repeats { rhythm: weekly, every: 2, end: until }));
        assert_eq!(Creation::read(&creation.json()), Some(creation));
        let creation = Creation::read(include_str!("golden/creation-2.json")).unwrap();
        let options = &creation.draft.options;
        assert_eq!((options.mute_on_entry, options.host_video), (Some(true), None));
        assert_eq!(options.join_before_host, Some(JoinBeforeHost::FiveMinutes));
        assert_eq!((creation.template_name(), creation.about_name()), (Some("Quarterly"), Some("Line 4 refit")));
        assert_eq!(Creation::read(&creation.json()), Some(creation));
    }

    #[test]
    fn changes_are_read_back() {
        let one = r#"{"version":"1","fields":{"topic":"A","start_utc_ms":1,"minutes":30,"zone":"Z","agenda":""},
            "base":{"topic":"B","start_utc_ms":1,"minutes":30,"zone":"Z","agenda":""}}"#;
        let edit = MeetingEdit::read(one).unwrap();
        assert_eq!((&edit.fields.people, &edit.base.invitees), (&None, &None), "written before people were changed");
        assert_eq!(MeetingEdit::read(&edit.json()), Some(edit));
        let two = r#"{"version":"1","fields":{"topic":"A","start_utc_ms":1,"minutes":30,"zone":"Z","agenda":"",
            "people":["Lead:00Q5500001QdQWfEAN"],"invitees":["b@x.org","A@x.org"]},
            "base":{"topic":"A","start_utc_ms":1,"minutes":30,"zone":"Z","agenda":"","people":[],"invitees":[]}}"#;
        let edit = MeetingEdit::read(two).unwrap();
        assert_eq!(edit.fields.listed_invitees(), "a@x.org, b@x.org");
        assert_eq!(MeetingEdit::read(&edit.json()), Some(edit));
        let edit = MeetingEdit::read(include_str!("golden/change-2.json")).unwrap();
        let differing: Vec<_> = edit
            .fields
            .contents()
            .into_iter()
            .zip(edit.base.contents())
            .filter(|(a, b)| a != b)
            .map(|(a, _)| a.0)
            .collect();
        assert_eq!(differing, ["Recording"]);
        assert!(edit.withdrawn.is_empty(), "written before a change took the place of another");
        assert_eq!(MeetingEdit::read(&edit.json()), Some(edit));
        let edit = MeetingEdit::read(include_str!("golden/change-2-withdrawn.json")).unwrap();
        assert_eq!(edit.withdrawn, ["0199a3c0-0000-7000-8000-000000000001"]);
        assert_eq!(MeetingEdit::read(&edit.json()), Some(edit));
    }
}
