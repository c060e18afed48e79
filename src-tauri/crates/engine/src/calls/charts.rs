//! What the charts of the room show, counted from the local copy.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Timelike};
use liaison_domain::calls::Outcome;
use liaison_domain::wall_time;
use liaison_domain::zones::Zone;
use liaison_store::tables::calls::{self as table, Between, Tally};

use super::ledger::date_of;
use super::view::{CallCharts, ChartDay, ChartHour};
use crate::engine::Engine;
use crate::failure::Error;

const DAYS: u64 = 14;
/// Fewer calls say nothing about hours.
const LEAST_CALLS: usize = 100;

impl Engine {
    /// Fourteen days of calls, and when people pick up.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn call_charts(&self) -> Result<CallCharts, Error> {
        let cx = self.profile().await?;
        let (zone, today) = (cx.zone(), wall_time::local_date(cx.now(), cx.zone()));
        let everything = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };
        let tallies = cx.store.read(move |db| table::tallies(db, everything)).await?;
        let mut days: BTreeMap<_, ChartDay> = (0..DAYS)
            .map(|back| {
                let date = today - Days::new(back);
                let day = date.format("%Y-%m-%d").to_string();
                (date, ChartDay { day, answered_out: 0, answered_in: 0, missed: 0 })
            })
            .collect();
        let earliest = wall_time::day_bounds(today - Days::new(DAYS - 1), zone).0.timestamp_millis();
        for call in tallies.iter().filter(|call| call.start_utc_ms >= earliest) {
            let Some(day) = days.get_mut(&date_of(call, zone)) else { continue };
            match Outcome::named(&call.outcome) {
                outcome if outcome.is_talk() && call.outbound => day.answered_out += 1,
                outcome if outcome.is_talk() => day.answered_in += 1,
                Outcome::Missed | Outcome::Busy | Outcome::Voicemail if !call.outbound => day.missed += 1,
                _ => {}
            }
        }
        Ok(CallCharts { days: days.into_values().collect(), hours: hours(&tallies, zone) })
    }
}

/// Calls that the user made, by weekday and hour of the user's clock.
fn hours(tallies: &[Tally], zone: Zone) -> Vec<ChartHour> {
    let made: Vec<&Tally> = tallies.iter().filter(|call| call.outbound).collect();
    if made.len() < LEAST_CALLS {
        return Vec::new();
    }
    let mut hours: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
    for call in made {
        let at = DateTime::from_timestamp_millis(call.start_utc_ms).unwrap_or_default().with_timezone(&zone);
        let (calls, answered) = hours.entry((at.weekday().number_from_monday(), at.hour())).or_default();
        *calls += 1;
        *answered += u32::from(Outcome::named(&call.outcome).is_talk());
    }
    let hour = |((weekday, hour), (calls, answered))| ChartHour { weekday, hour, calls, answered };
    hours.into_iter().map(hour).collect()
}
