//! The fields of our package that say what became of a meeting or a call, on an Event.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{ObjectDescription, Record, moment};

/// Their names, in the order in which they are shown.
pub const AFTERWARDS: [&str; 6] = [
    "Liaison_Actual_Start__c",
    "Liaison_Actual_End__c",
    "Liaison_Participants__c",
    "Liaison_Attendance__c",
    "Liaison_Minutes_Attended__c",
    "Liaison_Recording_Link__c",
];

/// What Salesforce takes as an address.
const LINK_CHARACTERS: usize = 255;

/// Whether all of them can be written by this user.
pub(crate) fn are_usable(object: &ObjectDescription) -> bool {
    let writable = |name: &str| object.field(name).is_some_and(|field| field.createable && field.updateable);
    AFTERWARDS.iter().all(|name| writable(name))
}

/// What they hold; read only where all of them are there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Afterwards {
    /// When it really began.
    #[serde(default, rename = "Liaison_Actual_Start__c", deserialize_with = "moment::optional")]
    pub actual_start: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(default, rename = "Liaison_Actual_End__c", deserialize_with = "moment::optional")]
    pub actual_end: Option<DateTime<Utc>>,
    /// People who joined.
    #[serde(default, rename = "Liaison_Participants__c", deserialize_with = "whole")]
    pub participants: Option<u32>,
    /// Whether the person in `WhoId` took part.
    #[serde(default, rename = "Liaison_Attendance__c")]
    pub attendance: Option<String>,
    /// Minutes that this person was in.
    #[serde(default, rename = "Liaison_Minutes_Attended__c", deserialize_with = "whole")]
    pub minutes_attended: Option<u32>,
    /// Link to the recording.
    #[serde(default, rename = "Liaison_Recording_Link__c")]
    pub recording_link: Option<String>,
}

/// One of them with what it shall hold.
#[derive(Clone, PartialEq, Eq)]
pub struct AfterwardsValue {
    name: &'static str,
    value: Value,
}

impl Afterwards {
    /// All of them, also those that are empty.
    #[must_use]
    pub fn values(&self) -> [AfterwardsValue; 6] {
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::from);
        let number = |number: Option<u32>| number.map_or(Value::Null, Value::from);
        let time = |at: Option<DateTime<Utc>>| at.map_or(Value::Null, |at| Value::from(moment::format_moment(at)));
        let values = [
            time(self.actual_start),
            time(self.actual_end),
            number(self.participants),
            text(&self.attendance),
            number(self.minutes_attended),
            text(&self.recording_link.clone().filter(|link| link.chars().count() <= LINK_CHARACTERS)),
        ];
        let mut values = values.into_iter();
        AFTERWARDS.map(|name| AfterwardsValue { name, value: values.next().unwrap_or_default() })
    }
}

impl AfterwardsValue {
    /// The field.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// It holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_null()
    }

    pub(super) fn put(&self, record: Record) -> Record {
        record.with(self.name, self.value.clone())
    }
}

/// Salesforce writes whole numbers as `3.0`.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let number = Option::<f64>::deserialize(deserializer)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the field has six digits")]
    let whole = |number: f64| number.round().clamp(0.0, f64::from(u32::MAX)) as u32;
    Ok(number.map(whole))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn they_are_read_as_they_are_written() {
        let there: Afterwards = serde_json::from_value(json!({
            "Liaison_Actual_Start__c": "2026-11-24T13:03:00.000+0000", "Liaison_Participants__c": 3.0,
            "Liaison_Attendance__c": "attended", "Liaison_Minutes_Attended__c": null
        }))
        .unwrap();
        assert_eq!((there.participants, there.minutes_attended), (Some(3), None));
        let record = there.values().iter().fold(Record::new(), |record, value| value.put(record));
        assert_eq!(
            record.to_json(),
            json!({
                "Liaison_Actual_Start__c": "2026-11-24T13:03:00.000Z", "Liaison_Actual_End__c": null,
                "Liaison_Participants__c": 3, "Liaison_Attendance__c": "attended",
                "Liaison_Minutes_Attended__c": null, "Liaison_Recording_Link__c": null,
            })
        );
    }

    #[test]
    fn a_link_that_does_not_fit_is_left_out() {
        let long = Afterwards { recording_link: Some("x".repeat(256)), ..Afterwards::default() };
        assert!(long.values()[5].is_empty());
    }
}
