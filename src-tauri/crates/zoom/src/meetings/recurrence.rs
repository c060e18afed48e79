//! The rule of a recurring meeting, the same shape in requests and answers.

use serde::{Deserialize, Serialize};

use crate::error::InvalidRequest;
use crate::open_enum::open_number_enum;
use crate::{ZoomTime, lenient};

open_number_enum! {
    /// How often.
    RecurrenceType {
        /// Every so many days.
        Daily = 1,
        /// On days of the week.
        Weekly = 2,
        /// On a day of the month.
        Monthly = 3,
    }
}

/// The rule. Weekdays count from 1, Sunday, to 7, Saturday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// How often.
    #[serde(rename = "type")]
    pub recurrence_type: RecurrenceType,
    /// Every n-th day, week or month.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_whole_number")]
    pub repeat_interval: Option<u32>,
    /// Weekly: the days, separated by commas, for example `2,4`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_text")]
    pub weekly_days: Option<String>,
    /// Monthly: the day, 1 to 31. Instead of `monthly_week`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_whole_number")]
    pub monthly_day: Option<u32>,
    /// Monthly: the week, 1 to 4, or -1 for the last. With `monthly_week_day`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_whole_number")]
    pub monthly_week: Option<i32>,
    /// Monthly: the day of that week.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_whole_number")]
    pub monthly_week_day: Option<u32>,
    /// How many times, at most 60. Instead of `end_date_time`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_whole_number")]
    pub end_times: Option<u32>,
    /// Last moment, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::blank_is_none")]
    pub end_date_time: Option<ZoomTime>,
}

impl Recurrence {
    /// Checks Zoom's documented rules for meetings.
    ///
    /// # Errors
    /// Names the first field that breaks one.
    pub fn check(&self) -> Result<(), InvalidRequest> {
        let most = match self.recurrence_type {
            RecurrenceType::Daily => 99,
            RecurrenceType::Weekly => 50,
            RecurrenceType::Monthly => 10,
            RecurrenceType::Other(_) => return invalid("recurrence.type", "is not known"),
        };
        if !(1..=most).contains(&self.repeat_interval.unwrap_or(1)) {
            return invalid("recurrence.repeat_interval", "is out of range");
        }
        if self.end_times.is_some() && self.end_date_time.is_some() {
            return invalid("recurrence.end_times", "cannot stand beside end_date_time");
        }
        if self.end_times.is_some_and(|times| !(1..=60).contains(&times)) {
            return invalid("recurrence.end_times", "is out of range");
        }
        if matches!(self.end_date_time, Some(ZoomTime::Local(_))) {
            return invalid("recurrence.end_date_time", "must be in UTC");
        }
        match self.recurrence_type {
            RecurrenceType::Weekly => self.check_week(),
            RecurrenceType::Monthly => self.check_month(),
            _ => Ok(()),
        }
    }

    /// Checks the rule of a meeting or webinar: it stands where its type repeats at fixed times, and nowhere else.
    pub(crate) fn check_for(rule: Option<&Self>, repeats: bool) -> Result<(), InvalidRequest> {
        match (rule, repeats) {
            (Some(rule), true) => rule.check(),
            (None, true) => invalid("recurrence", "is missing"),
            (Some(_), false) => invalid("recurrence", "does not fit the type"),
            (None, false) => Ok(()),
        }
    }

    fn check_week(&self) -> Result<(), InvalidRequest> {
        let Some(days) = &self.weekly_days else {
            return invalid("recurrence.weekly_days", "is missing");
        };
        let known = |day: &str| matches!(day.trim(), "1" | "2" | "3" | "4" | "5" | "6" | "7");
        if !days.split(',').all(known) {
            return invalid("recurrence.weekly_days", "must be numbers from 1 to 7");
        }
        Ok(())
    }

    fn check_month(&self) -> Result<(), InvalidRequest> {
        match (self.monthly_day, self.monthly_week, self.monthly_week_day) {
            (Some(1..=31), None, None) | (None, Some(-1 | 1..=4), Some(1..=7)) => Ok(()),
            (Some(_), None, None) => invalid("recurrence.monthly_day", "is out of range"),
            (None, Some(_), Some(_)) => invalid("recurrence.monthly_week", "is out of range"),
            _ => invalid("recurrence.monthly_day", "must stand alone, or a week with its day"),
        }
    }
}

fn invalid(field: &'static str, reason: &'static str) -> Result<(), InvalidRequest> {
    Err(InvalidRequest { field, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Recurrence {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn rules_of_zoom() {
        for json in [
            r#"{"type":1,"repeat_interval":2,"end_times":10}"#,
            r#"{"type":2,"weekly_days":"2,4","end_date_time":"2027-05-01T10:00:00Z"}"#,
            r#"{"type":"3","monthly_week":-1,"monthly_week_day":6}"#,
            r#"{"type":3,"monthly_day":"15"}"#,
        ] {
            assert_eq!(read(json).check(), Ok(()), "{json}");
        }
        for (json, field) in [
            (r#"{"type":9}"#, "recurrence.type"),
            (r#"{"type":1,"repeat_interval":100}"#, "recurrence.repeat_interval"),
            (r#"{"type":1,"end_times":61}"#, "recurrence.end_times"),
            (r#"{"type":1,"end_times":2,"end_date_time":"2027-05-01T10:00:00Z"}"#, "recurrence.end_times"),
            (r#"{"type":1,"end_date_time":"2027-05-01T10:00:00"}"#, "recurrence.end_date_time"),
            (r#"{"type":2}"#, "recurrence.weekly_days"),
            (r#"{"type":2,"weekly_days":"2,8"}"#, "recurrence.weekly_days"),
            (r#"{"type":3}"#, "recurrence.monthly_day"),
            (r#"{"type":3,"monthly_day":32}"#, "recurrence.monthly_day"),
            (r#"{"type":3,"monthly_week":5,"monthly_week_day":1}"#, "recurrence.monthly_week"),
        ] {
            assert_eq!(read(json).check().unwrap_err().field, field, "{json}");
        }
    }
}
