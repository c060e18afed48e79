//! What is stored of an Event in the outbox, in its own versioned form, and what the user reads of it.

use liaison_domain::{PersonRef, RecordKind, text};
use liaison_salesforce::{AFTERWARDS, SalesforceId};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::outbox::reason::{Contents, StoredContent, StoredLeftOut};
use crate::outbox::view::{FieldContent, FieldValue};
use crate::terms::UtcMs;
use crate::topics::stored::StoredTopic;

/// Salesforce's limit for `Event.Subject` and `Event.Location` (Object Reference, Event).
pub(super) const MAX_SHORT: usize = 255;
/// Far below the limit of 32,000 for `Event.Description`.
pub(super) const MAX_DESCRIPTION: usize = 4_000;

/// What the row holds. A later version must still read an earlier one (`tests/golden`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "version")]
enum Stored {
    #[serde(rename = "1")]
    V1(EventFields),
    #[serde(rename = "2")]
    V2 {
        fields: EventFields,
        #[serde(default)]
        base: Option<EventFields>,
        #[serde(default)]
        again: bool,
    },
    /// With what it is about, and with the key that it had as another date of its series.
    #[serde(rename = "3")]
    V3 {
        fields: EventFields,
        #[serde(default)]
        base: Option<EventFields>,
        #[serde(default)]
        again: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        formerly: Option<String>,
    },
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payload {
    /// What the Event is to be; for a deletion, what it was.
    pub fields: EventFields,
    /// What it was when the user decided, as far as is known.
    pub base: Option<EventFields>,
    /// An Event of this key was deleted before, and the user wants one again.
    pub again: bool,
    /// The key that it had when its meeting was another date of the series; it gets the row's.
    pub formerly: Option<String>,
}

/// The fields of the Event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventFields {
    pub subject: String,
    pub start_utc_ms: i64,
    pub end_utc_ms: i64,
    /// The Lead or Contact in `WhoId`.
    pub who: Option<PersonRef>,
    /// Whom it is about beside them, where the org allows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Other>,
    /// What it is about beside its people; never written beside a Lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<StoredTopic>,
    /// The join link without its password part.
    pub location: String,
    /// Without the block that says what became of the meeting.
    pub description: String,
    /// What became of the meeting, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<StoredAfter>,
}

/// What became of a meeting: in our package's fields where the org has them, else as a block of the description.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StoredAfter {
    pub actual_start_utc_ms: Option<i64>,
    pub actual_end_utc_ms: Option<i64>,
    pub participants: Option<u32>,
    /// Whether the person in `WhoId` came: `attended`, `absent`, or nothing where Zoom can't tell.
    pub attendance: Option<String>,
    pub minutes_attended: Option<u32>,
    /// The page that plays the recordings, without a passcode.
    pub recording_link: Option<String>,
    /// The block, line by line.
    pub lines: Vec<String>,
    /// The meeting whose recordings' passcode stands in the block, if the user wants that, with the word before it. The
    /// passcode itself is put in when the block is written, and is in no row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passcode_of: Option<(String, String)>,
}

impl StoredAfter {
    fn contents(&self) -> Contents<6> {
        let time = |at: Option<i64>| at.map_or_else(nothing, |utc_ms| StoredContent::Time { utc_ms });
        let text = |text: &Option<String>| StoredContent::Text { text: text.clone().unwrap_or_default() };
        let number = |number: Option<u32>| StoredContent::Text {
            text: number.map(|number| number.to_string()).unwrap_or_default(),
        };
        let [start, end, participants, attendance, minutes, link] = AFTERWARDS;
        [
            (start, time(self.actual_start_utc_ms)),
            (end, time(self.actual_end_utc_ms)),
            (participants, number(self.participants)),
            (attendance, text(&self.attendance)),
            (minutes, number(self.minutes_attended)),
            (link, text(&self.recording_link)),
        ]
    }

    /// Takes one field over from what was kept of it.
    pub fn set(&mut self, name: &str, content: &StoredContent) {
        let [start, end, participants, attendance, minutes, link] = AFTERWARDS;
        let time = || match content {
            StoredContent::Time { utc_ms } => Some(*utc_ms),
            StoredContent::Text { .. } => None,
        };
        let text = || match content {
            StoredContent::Text { text } if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        let number = || text().and_then(|text| text.parse().ok());
        if name == start {
            self.actual_start_utc_ms = time();
        } else if name == end {
            self.actual_end_utc_ms = time();
        } else if name == participants {
            self.participants = number();
        } else if name == attendance {
            self.attendance = text();
        } else if name == minutes {
            self.minutes_attended = number();
        } else if name == link {
            self.recording_link = text();
        }
    }
}

fn nothing() -> StoredContent {
    StoredContent::Text { text: String::new() }
}

/// A further person of an Event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Other {
    pub who: PersonRef,
    pub name: String,
}

impl Payload {
    pub fn of(fields: EventFields) -> Self {
        Self { fields, base: None, again: false, formerly: None }
    }

    pub fn json(&self) -> String {
        let Self { fields, base, again, formerly } = self.clone();
        serde_json::to_string(&Stored::V3 { fields, base, again, formerly }).unwrap_or_default()
    }

    /// `None` when a newer version wrote it, or it is damaged.
    pub fn read(json: &str) -> Option<Self> {
        match serde_json::from_str(json) {
            Ok(Stored::V1(fields)) => Some(Self::of(fields)),
            Ok(Stored::V2 { fields, base, again }) => Some(Self { fields, base, again, formerly: None }),
            Ok(Stored::V3 { fields, base, again, formerly }) => Some(Self { fields, base, again, formerly }),
            Err(error) => {
                tracing::error!(%error, "an outbox row can't be read");
                None
            }
        }
    }
}

impl EventFields {
    /// What it is about, as it is written: Salesforce refuses anything beside a Lead.
    pub fn what_id(&self) -> Option<SalesforceId> {
        let lead = self.who.as_ref().is_some_and(|who| who.kind == RecordKind::Lead);
        self.what.as_ref().filter(|_| !lead).and_then(StoredTopic::salesforce_id)
    }

    /// What the user sees before and after it is sent; nobody who was left out is among the others.
    pub fn shown(&self, who: Option<&str>, without: &[StoredLeftOut]) -> Vec<FieldValue> {
        let field = |name: &str, value| FieldValue { name: name.to_owned(), value };
        let text = |name: &str, text: &str| field(name, FieldContent::Text { text: text.to_owned() });
        let time = |name: &str, ms: i64| field(name, FieldContent::Time { at: UtcMs(ms) });
        let mut fields = vec![
            text("Subject", &self.subject),
            time("StartDateTime", self.start_utc_ms),
            time("EndDateTime", self.end_utc_ms),
        ];
        fields.extend(who.map(|name| text("WhoId", name)));
        if self.what_id().is_some() {
            fields.extend(self.what.as_ref().map(|what| text("WhatId", &text::single_line(&what.name, MAX_SHORT))));
        }
        let mut others: Vec<&str> = self.others.iter().map(|other| other.name.as_str()).collect();
        for person in without {
            // One for each: people share names.
            if let Some(at) = others.iter().position(|name| *name == person.name) {
                others.remove(at);
            }
        }
        if !others.is_empty() {
            let names: Vec<String> = others.into_iter().map(|name| text::single_line(name, MAX_SHORT)).collect();
            fields.push(text("EventRelation", &names.join(", ")));
        }
        for (name, value) in [("Location", &self.location), ("Description", &self.description)] {
            if !value.is_empty() {
                fields.push(text(name, value));
            }
        }
        for (name, content) in self.after.iter().flat_map(StoredAfter::contents) {
            match content {
                StoredContent::Time { utc_ms } => fields.push(time(name, utc_ms)),
                StoredContent::Text { text: value } if !value.is_empty() => fields.push(text(name, &value)),
                StoredContent::Text { .. } => {}
            }
        }
        fields
    }

    /// Takes over a text that the user has edited, cut to what Salesforce takes.
    pub fn set_text(&mut self, name: &str, value: &str) {
        match name {
            "Subject" => self.subject = text::single_line(value, MAX_SHORT),
            "Location" => self.location = text::single_line(value, MAX_SHORT),
            "Description" => self.description = text::multi_line(value, MAX_DESCRIPTION),
            _ => {}
        }
    }

    /// The fields by name; those that are compared and written one by one.
    pub fn contents(&self) -> Contents<13> {
        let text = |text: &str| StoredContent::Text { text: unified(text) };
        let [start, end, participants, attendance, minutes, link] =
            self.after.as_ref().map_or_else(|| StoredAfter::default().contents(), StoredAfter::contents);
        [
            ("Subject", text(&self.subject)),
            ("StartDateTime", StoredContent::Time { utc_ms: self.start_utc_ms }),
            ("EndDateTime", StoredContent::Time { utc_ms: self.end_utc_ms }),
            ("WhoId", text(self.who.as_ref().map_or("", |who| short_id(&who.id)))),
            ("WhatId", text(self.what_id().as_ref().map_or("", |id| short_id(id.as_str())))),
            ("Location", text(&self.location)),
            ("Description", text(&self.description)),
            start,
            end,
            participants,
            attendance,
            minutes,
            link,
        ]
    }

    /// Takes one field over from another.
    pub fn take(&mut self, name: &str, from: &Self) {
        match name {
            "Subject" => self.subject.clone_from(&from.subject),
            "StartDateTime" => self.start_utc_ms = from.start_utc_ms,
            "EndDateTime" => self.end_utc_ms = from.end_utc_ms,
            "WhoId" => self.who.clone_from(&from.who),
            "WhatId" => self.what.clone_from(&from.what),
            "Location" => self.location.clone_from(&from.location),
            "Description" => self.description.clone_from(&from.description),
            name if AFTERWARDS.contains(&name) => {
                let told = from.after.as_ref().map_or_else(|| StoredAfter::default().contents(), StoredAfter::contents);
                if let Some((_, content)) = told.iter().find(|(field, _)| *field == name) {
                    self.after.get_or_insert_default().set(name, content);
                }
            }
            _ => {}
        }
    }
}

/// Salesforce keeps line ends as they come and some editors write others; the text is the same.
pub(crate) fn unified(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}

/// An id of 15 characters is the same record as that of 18.
pub(crate) fn short_id(id: &str) -> &str {
    id.get(..15).unwrap_or(id)
}

/// The link as it may stand in Salesforce: whoever reads the Event gets no passcode with it.
pub(crate) fn without_password(join_url: &str) -> Option<String> {
    let mut url = Url::parse(join_url).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    let text = url.to_string();
    (text.chars().count() <= MAX_SHORT).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::reason::{Why, differences};

    fn fields() -> EventFields {
        EventFields {
            subject: "Demo".to_owned(),
            start_utc_ms: 1,
            end_utc_ms: 2,
            who: "Lead:00Q5500001QdQWfEAN".parse().ok(),
            others: Vec::new(),
            what: None,
            location: String::new(),
            description: "Zoom 1".to_owned(),
            after: None,
        }
    }

    #[test]
    fn the_password_part_of_a_link_stays_here() {
        assert_eq!(
            without_password("https://example.zoom.us/j/92447018826?pwd=abc#frag").as_deref(),
            Some("https://example.zoom.us/j/92447018826")
        );
        assert_eq!(without_password("no link"), None);
    }

    #[test]
    fn an_unknown_version_is_not_guessed_at() {
        assert_eq!(Payload::read(r#"{"version":"9","subject":"x"}"#), None);
        assert_eq!(Payload::read("nonsense"), None);
    }

    /// As released versions wrote them.
    #[test]
    fn payloads_of_earlier_versions_are_read() {
        let one = r#"{"version":"1","subject":"Demo","start_utc_ms":1,"end_utc_ms":2,"who":"Lead:00Q5500001QdQWfEAN",
            "location":"","description":"Zoom 1"}"#;
        assert_eq!(Payload::read(one), Some(Payload::of(fields())));
        let with_others = r#"{"version":"2","fields":{"subject":"Demo","start_utc_ms":1,"end_utc_ms":2,
            "who":"Lead:00Q5500001QdQWfEAN","others":[{"who":"Contact:0035500001QdQWfAAN","name":"Ann"}],
            "location":"","description":"Zoom 1"}}"#;
        let others = vec![Other { who: "Contact:0035500001QdQWfAAN".parse().unwrap(), name: "Ann".to_owned() }];
        assert_eq!(Payload::read(with_others), Some(Payload::of(EventFields { others, ..fields() })));
        let afterwards = r#"{"version":"2","fields":{"subject":"Demo","start_utc_ms":1,"end_utc_ms":2,
            "who":"Lead:00Q5500001QdQWfEAN","location":"","description":"Zoom 1","after":{"actual_start_utc_ms":3,
            "participants":2,"attendance":"attended","lines":["Came: 2"],"passcode_of":["1","Passcode"]}}}"#;
        let after = StoredAfter {
            actual_start_utc_ms: Some(3),
            participants: Some(2),
            attendance: Some("attended".to_owned()),
            lines: vec!["Came: 2".to_owned()],
            passcode_of: Some(("1".to_owned(), "Passcode".to_owned())),
            ..StoredAfter::default()
        };
        let told = EventFields { after: Some(after), ..fields() };
        assert_eq!(Payload::read(afterwards), Some(Payload::of(told.clone())));
        for (name, content) in told.contents() {
            let mut other = fields();
            other.take(name, &told);
            assert_eq!(other.contents().into_iter().find(|one| one.0 == name), Some((name, content)));
        }
        let about = Payload::read(include_str!("golden/payload-3.json")).unwrap();
        let shown = about.fields.shown(Some("Ann"), &[]);
        let what =
            FieldValue { name: "WhatId".to_owned(), value: FieldContent::Text { text: "Line 4 refit".to_owned() } };
        assert!(shown.contains(&what));
        assert_eq!(about.fields.what_id().map(|id| id.to_string()).as_deref(), Some("0065500001QdQWfAAN"));
        let of_a_lead = EventFields { who: fields().who, ..about.fields.clone() };
        assert_eq!(of_a_lead.what_id(), None, "nothing stands beside a Lead");
        assert!(!of_a_lead.shown(Some("Ann"), &[]).contains(&what));
        assert_eq!(Payload::read(&about.json()), Some(about));
        let formerly = Some("liaison:event:1".to_owned());
        let payload = Payload { fields: fields(), base: Some(fields()), again: true, formerly };
        assert_eq!(Payload::read(&payload.json()), Some(payload));
    }

    #[test]
    fn who_was_left_out_is_not_shown_as_written() {
        let other = |id: &str, name: &str| Other { who: id.parse().unwrap(), name: name.to_owned() };
        let others = vec![
            other("Contact:0035500001QdQWfAAN", "Ann"),
            other("Contact:0035500001QdQWgAAN", "Ann"),
            other("Lead:00Q5500001QdQWfEAN", "Bo"),
        ];
        let event = EventFields { others, ..fields() };
        let also = |without: &[&str]| {
            let without: Vec<StoredLeftOut> =
                without.iter().map(|name| StoredLeftOut { name: (*name).to_owned(), why: Why::LeadAlone }).collect();
            event.shown(None, &without).into_iter().find(|field| field.name == "EventRelation").map(|field| field.value)
        };
        let text = |text: &str| Some(FieldContent::Text { text: text.to_owned() });
        assert_eq!(also(&[]), text("Ann, Ann, Bo"));
        assert_eq!(also(&["Bo", "Ann", "somebody else"]), text("Ann"), "one of two with the same name");
        assert_eq!(also(&["Ann", "Ann", "Bo"]), None);
    }

    #[test]
    fn only_what_both_sides_changed_is_a_difference() {
        let base = fields();
        let ours = EventFields { subject: "Demo 2".to_owned(), start_utc_ms: 5, ..fields() };
        let there = EventFields {
            subject: "Demo, moved".to_owned(),
            description: "Zoom 1\r\n".to_owned(),
            location: "Room 4".to_owned(),
            ..fields()
        };
        let names: Vec<String> = differences(base.contents(), there.contents(), ours.contents())
            .into_iter()
            .map(|field| field.name)
            .collect();
        assert_eq!(names, ["Subject"], "their place and our time go together");
        assert_eq!(differences(base.contents(), ours.contents(), ours.contents()), []);
        let short = EventFields { who: "Lead:00Q5500001QdQWf".parse().ok(), ..fields() };
        assert_eq!(base.contents()[3], short.contents()[3]);
    }
}
