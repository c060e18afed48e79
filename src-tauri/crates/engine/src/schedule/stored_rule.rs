//! Another rule for a series, in the stored form of its row (golden texts below).

use chrono::{DateTime, Utc};
use liaison_domain::MeetingKey;
use liaison_store::tables::meetings::MeetingRecord;
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
    pub start_utc_ms: i64,
    pub minutes: i64,
}

impl RuleChange {
    /// `dates` are the dates to come.
    pub fn of(repeats: &Repeats, dates: &[MeetingRecord]) -> Self {
        Self { repeats: RepeatsForm::of(repeats), dates: KnownDate::all(dates) }
    }

    pub fn repeats(&self) -> Repeats {
        self.repeats.clone().sheet()
    }
}

impl KnownDate {
    /// In the order in which they were planned.
    pub fn all(dates: &[MeetingRecord]) -> Vec<Self> {
        let known = |date: &MeetingRecord| {
            Some(Self {
                occurrence: date.occurrence_id.clone()?,
                start_utc_ms: date.start_utc_ms?,
                minutes: date.minutes,
            })
        };
        let mut dates: Vec<Self> = dates.iter().filter_map(known).collect();
        dates.sort_by_key(Self::planned);
        dates
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
    }
}
