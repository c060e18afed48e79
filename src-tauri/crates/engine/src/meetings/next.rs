//! What is next, and what a press of Join means; the rule itself is `liaison_domain::next_up`.

use chrono::TimeDelta;
use liaison_domain::next_up::{self, Candidate};
use liaison_domain::wall_time;

use super::{rows_between, slot};
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::{Error, utc_ms};
use crate::meetings::view::{Join, MeetingRow, NextUp, Progress};

impl Engine {
    /// The meeting that matters now, if there is one today, and what Join means.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn next_up(&self) -> Result<Option<NextUp>, Error> {
        let cx = self.profile().await?;
        let (now, zone) = (cx.now(), cx.zone());
        let (start, end) = wall_time::day_bounds(wall_time::local_date(now, zone), zone);
        // A meeting that began before midnight may still run; one shortly after midnight is next.
        let rows = rows_between(&cx, start, end.max(now + TimeDelta::hours(1))).await?;
        let candidates: Vec<Candidate> = rows.iter().map(|row| candidate(row, &cx)).collect();
        Ok(next_up::next_up(&candidates, now).map(|next| NextUp {
            row: rows[next.shown].clone(),
            now: utc_ms(now),
            due: next.due,
            join: match next.join {
                next_up::Join::One(_) => Join::One,
                next_up::Join::Choose => Join::Choose,
                next_up::Join::Early(index) => Join::Early { row: Box::new(rows[index].clone()) },
                next_up::Join::Nothing => Join::Nothing,
            },
            all_running: next.running == next.choices.len(),
            choices: next.choices.into_iter().map(|index| rows[index].clone()).collect(),
        }))
    }
}

fn candidate(row: &MeetingRow, cx: &Context) -> Candidate {
    Candidate {
        slot: slot(row),
        can_enter: (row.host || row.joinable) && row.progress != Progress::Cancelled,
        host: row.host,
        joined: cx.was_entered(&row.id, row.start),
    }
}
