//! The steps of series and of the page of differences.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use serde_json::json;

use super::Run;
use super::rep::chosen;
use crate::prove::Broken;
use crate::prove::plan::{SeriesStep, SideStep};

/// Less than any pause after which something looks again by itself.
const LOOK: u32 = 2;
const HITS: u32 = 20;

impl Run {
    pub(super) fn of_series(&mut self, step: &SeriesStep) -> Result<(), Broken> {
        match step {
            SeriesStep::Schedule { times } => {
                let topic = self.text("Demo");
                let repeats = json!({
                    "rhythm": { "kind": "daily" }, "every": 1, "end": { "kind": "times", "times": times },
                });
                self.schedule_with(&topic, &json!({ "logEvent": true, "repeats": repeats }), false)
            }
            SeriesStep::Change { pick, what, scope } => match chosen(&self.dates()?, *pick) {
                Some(id) => self.change_to(&id, *what, Some(scope)),
                None => Ok(()),
            },
            SeriesStep::Cancel { pick, scope } => match chosen(&self.dates()?, *pick) {
                Some(id) => self.cancel(&id, scope),
                None => Ok(()),
            },
            SeriesStep::Rule { pick, times, every, later } => match chosen(&self.dates()?, *pick) {
                Some(id) => self.rule(&id, *times, *every, *later),
                None => Ok(()),
            },
        }
    }

    fn rule(&mut self, id: &str, times: u32, every: u32, later: TimeDelta) -> Result<(), Broken> {
        let Ok(sheet) = self.call("series_rule", json!({ "id": id }))? else { return Ok(()) };
        let mut draft = sheet["draft"].clone();
        let text = |name: &str| draft[name].as_str().unwrap_or_default().to_owned();
        let first = NaiveDateTime::parse_from_str(&format!("{}T{}", text("date"), text("time")), "%Y-%m-%dT%H:%M");
        let Ok(first) = first.map(|first| first + later) else { return Ok(()) };
        draft["date"] = json!(first.format("%Y-%m-%d").to_string());
        draft["time"] = json!(first.format("%H:%M").to_string());
        draft["repeats"] =
            json!({ "rhythm": { "kind": "daily" }, "every": every, "end": { "kind": "times", "times": times } });
        // Dates that were cancelled take place again, with an Event.
        self.seen.wanted_again += 1;
        self.decide("change_series_rule", json!({ "id": id, "draft": draft })).map(drop)
    }

    fn cancel(&mut self, id: &str, scope: &str) -> Result<(), Broken> {
        self.wants_gone(id);
        self.decide("cancel_meeting", json!({ "id": id, "scope": scope })).map(drop)
    }

    /// Dates of series that the app knows.
    fn dates(&mut self) -> Result<Vec<String>, Broken> {
        let mut dates = Vec::new();
        for word in ["Demo", "Topic"] {
            let Ok(hits) = self.call("search_meetings", json!({ "query": word, "limit": HITS }))? else { continue };
            let ids = hits.as_array().into_iter().flatten().filter_map(|hit| hit["row"]["id"].as_str());
            dates.extend(ids.filter(|id| id.contains(':')).map(ToOwned::to_owned));
        }
        Ok(dates)
    }

    pub(super) fn of_sides(&mut self, step: &SideStep) -> Result<(), Broken> {
        let Ok(listed) = self.call("list_differences", json!({}))? else { return Ok(()) };
        let rows = listed["rows"].as_array().cloned().unwrap_or_default();
        let (SideStep::Take { pick } | SideStep::Keep { pick, .. }) = step;
        let Some(row) = rows.get(pick % rows.len().max(1)) else { return Ok(()) };
        match step {
            SideStep::Take { .. } => {
                self.wants_gone(row["meeting"].as_str().unwrap_or_default());
                self.wish("take_from_zoom", json!({ "meeting": row["meeting"], "part": row["part"] }))
            }
            SideStep::Keep { keep, .. } => {
                let asked = json!({ "meeting": row["meeting"], "part": row["part"], "keep": keep });
                self.decide("keep_in_salesforce", asked).map(drop)
            }
        }
    }

    pub(super) fn pass(&mut self, minutes: u32) -> Result<(), Broken> {
        for _ in 0..minutes.div_ceil(LOOK) {
            self.advance(Duration::from_secs(u64::from(LOOK) * 60))?;
            self.settle()?;
        }
        Ok(())
    }
}
