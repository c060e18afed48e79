//! Another rule for a series, in the stored form of its row (golden texts below).

use chrono::{DateTime, Utc};
use liaison_domain::MeetingKey;
use serde::{Deserialize, Serialize};

use super::stored_repeats::RepeatsForm;
use crate::meetings::series;
use crate::schedule::view::Repeats;

/// How a series is to repeat, and the dates that it had when the user decided. Zoom makes all dates anew; with these the
/// new ones find whose place they take, whatever has been pulled in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RuleChange {
    repeats: RepeatsForm,
    /// Those that were to come, in the order in which they were planned.
    pub dates: Vec<KnownDate>,
}

/// A date of a series as it was known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownDate {
    pub occurrence: String,
    /// As Zoom had it.
    pub start_utc_ms: i64,
    pub minutes: i64,
    /// What the user had decided of this one date, and Zoom did not have yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Alone>,
}

/// What was decided of one date of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Alone {
    Moved { start_utc_ms: i64, minutes: i64 },
    Cancelled {},
}

impl RuleChange {
    /// `dates` are the dates to come.
    pub fn of(repeats: &Repeats, dates: Vec<KnownDate>) -> Self {
        Self { repeats: RepeatsForm::of(repeats), dates }
    }

    pub fn repeats(&self) -> Repeats {
        self.repeats.clone().sheet()
    }
}

impl KnownDate {
    /// With what was decided of it carried out; `None` for one that is cancelled then.
    pub fn as_decided(&self) -> Option<Self> {
        let (start_utc_ms, minutes) = match &self.decided {
            Some(Alone::Cancelled {}) => return None,
            Some(Alone::Moved { start_utc_ms, minutes }) => (*start_utc_ms, *minutes),
            None => (self.start_utc_ms, self.minutes),
        };
        Some(Self { start_utc_ms, minutes, ..self.as_zoom_had_it() })
    }

    /// Without what was decided of it.
    pub fn as_zoom_had_it(&self) -> Self {
        Self { decided: None, ..self.clone() }
    }

    /// When the rule had planned it.
    pub fn planned(&self) -> DateTime<Utc> {
        series::planned(&self.occurrence, Some(self.start_utc_ms)).unwrap_or_default()
    }

    pub fn key(&self, series: u64) -> String {
        MeetingKey::new(series, Some(self.occurrence.clone())).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::stored::MeetingEdit;
    use crate::schedule::view::{RepeatEnd, RepeatRhythm};

    /// As released versions wrote it.
    #[test]
    fn rules_of_earlier_versions_are_read() {
        let one = r#"{"version":"2","fields":{"topic":"A","start_utc_ms":5,"minutes":30,"zone":"Z","agenda":""},
            "base":{"topic":"A","start_utc_ms":1,"minutes":30,"zone":"Z","agenda":""},
            "rule":{"repeats":{"rhythm":{"kind":"weekly","days":[1,3]},"every":2,"end":{"kind":"times","times":4}},
            "dates":[{"occurrence":"1796634000000","start_utc_ms":1796727600000,"minutes":45}]}}"#;
        let edit = MeetingEdit::read(one).unwrap();
        let rule = edit.rule.clone().unwrap();
        let weekly = RepeatRhythm::Weekly { days: vec![1, 3] };
        assert_eq!(rule.repeats(), Repeats { rhythm: weekly, every: 2, end: RepeatEnd::Times { times: 4 } });
        assert_eq!(rule.dates[0].planned().to_rfc3339(), "2026-12-07T09:00:00+00:00", "not where it was moved to");
        assert_eq!(rule.dates[0].key(82_440_633_900), "82440633900:1796634000000");
        assert_eq!(MeetingEdit::read(&edit.json()), Some(edit));
        let decided = r#"[{"occurrence":"1","start_utc_ms":2,"minutes":30,"decided":{"kind":"cancelled"}},
            {"occurrence":"3","start_utc_ms":4,"minutes":30,
            "decided":{"kind":"moved","startUtcMs":5,"minutes":45}}]"#;
        let dates: Vec<KnownDate> = serde_json::from_str(decided).unwrap();
        assert_eq!(dates[0].as_decided(), None);
        let moved = KnownDate { occurrence: "3".to_owned(), start_utc_ms: 5, minutes: 45, decided: None };
        assert_eq!(dates[1].as_decided(), Some(moved));
        assert_eq!(serde_json::from_str::<Vec<KnownDate>>(&serde_json::to_string(&dates).unwrap()).unwrap(), dates);
    }
}
