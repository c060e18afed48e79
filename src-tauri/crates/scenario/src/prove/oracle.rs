//! What must hold when everything has come to rest, whatever went wrong before: the services' journals of effects
//! against the rows of the outbox. It knows nothing of how the engine goes about it.

mod accounts;
mod fields;
mod once;
mod rows;

use liaison_sandbox::Effect;
use liaison_store::tables::outbox::OutboxRecord;
use serde_json::Value;

use super::run::{Noted, Seen};

/// Everything that does not hold, in words.
pub(crate) fn faults(seen: &Seen) -> Vec<String> {
    let oracle = Oracle { seen, found: seen.wrong.clone() };
    oracle.judge()
}

struct Oracle<'a> {
    seen: &'a Seen,
    found: Vec<String>,
}

/// A row's field and the names that the services and the outbox have for it.
struct Names {
    kind: &'static str,
    fields: &'static [(&'static str, &'static str)],
}

const MEETING: Names =
    Names { kind: "meeting", fields: &[("topic", "topic"), ("agenda", "agenda"), ("start_utc_ms", "start_time")] };
const EVENT: Names = Names {
    kind: "event",
    fields: &[("subject", "Subject"), ("description", "Description"), ("start_utc_ms", "StartDateTime")],
};

impl<'a> Oracle<'a> {
    fn judge(mut self) -> Vec<String> {
        for rows in &self.seen.rows {
            self.at_rest(rows);
            self.in_order(rows);
        }
        self.meetings_once();
        self.events_once();
        self.made_only_when_asked();
        for rows in &self.seen.rows {
            self.as_the_rows_say(rows);
        }
        for names in [&MEETING, &EVENT] {
            self.nothing_overwritten(names);
            self.no_step_back(names);
        }
        self.in_the_account_it_was_for();
        self.found
    }

    fn fail(&mut self, what: String) {
        self.found.push(what);
    }

    fn all_rows(&self) -> impl Iterator<Item = &'a OutboxRecord> + use<'a> {
        self.seen.rows.iter().flatten()
    }

    fn effects<'b>(&self, kind: &'b str) -> impl Iterator<Item = &'a Noted> + use<'a, 'b> {
        self.seen.effects.iter().filter(move |noted| noted.effect.kind == kind)
    }
}

fn value_of(effect: &Effect, name: &str) -> Value {
    let value = &effect.detail["values"][name];
    if value.is_null() { effect.detail[name].clone() } else { value.clone() }
}

fn told(row: &OutboxRecord) -> String {
    format!(
        "{} {} «{}» is {}, attempts {}, reason {}",
        row.action.as_str(),
        row.kind,
        row.title,
        row.state.as_str(),
        row.attempts,
        row.reason_json.as_deref().unwrap_or("none")
    )
}
