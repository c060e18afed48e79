//! What must hold when everything has come to rest, whatever went wrong before: the services' journals of effects
//! against the rows of the outbox. It knows nothing of how the engine goes about it.

mod accounts;
mod calls;
mod fields;
mod members;
mod once;
mod registrants;
mod rows;
mod rules;

use liaison_sandbox::Effect;
use liaison_store::tables::outbox::OutboxRecord;
use serde_json::{Value, json};

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
    /// The record's name in the journal of effects.
    object: &'static str,
    fields: &'static [(&'static str, &'static str)],
}

const MEETING: Names = Names {
    kind: "meeting",
    object: "meeting",
    fields: &[("topic", "topic"), ("agenda", "agenda"), ("start_utc_ms", "start_time")],
};
const EVENT: Names = Names {
    kind: "event",
    object: "Event",
    fields: &[("subject", "Subject"), ("description", "Description"), ("start_utc_ms", "StartDateTime")],
};
const TASK: Names = Names {
    kind: "task",
    object: "Task",
    fields: &[("subject", "Subject"), ("description", "Description"), ("who", "WhoId")],
};
const MEMBER: Names = Names { kind: "campaignMember", object: "CampaignMember", fields: &[("status", "Status")] };
/// Kinds whose rows say field by field what they write, and over what.
const COMPARED: [&Names; 4] = [&MEETING, &EVENT, &TASK, &MEMBER];

/// What a row writes, or what it writes over.
#[derive(Clone, Copy)]
enum Side {
    Fields,
    Base,
}

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
        self.tasks_once();
        self.leads_once();
        self.registered_once();
        self.panel_as_decided();
        self.members_once();
        self.whole_only_when_asked();
        self.series_as_ruled();
        self.events_with_words_only_when_asked();
        for names in COMPARED {
            self.nothing_overwritten(names);
            self.nothing_deleted_unread(names);
        }
        for names in [&MEETING, &EVENT, &TASK] {
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

/// A value of a row in the words of the services.
fn said(row: &OutboxRecord, side: Side, field: &str) -> Value {
    let payload: Value = serde_json::from_str(&row.payload_json).unwrap_or_default();
    if row.kind == MEMBER.kind {
        return match side {
            Side::Fields => payload[field].clone(),
            Side::Base => payload["stood"]["status"].clone(),
        };
    }
    let fields = match side {
        Side::Fields => &payload["fields"],
        Side::Base => &payload["base"],
    };
    if row.kind != TASK.kind || fields.is_null() {
        return fields[field].clone();
    }
    match field {
        "description" => {
            let part = |name: &str| fields[name].as_str().unwrap_or_default().trim_end().to_owned();
            let parts: Vec<String> = ["note", "facts"].map(part).into_iter().filter(|part| !part.is_empty()).collect();
            json!(parts.join("\n\n"))
        }
        "who" => fields["who"].as_str().and_then(|who| who.rsplit(':').next()).map_or(Value::Null, |id| json!(id)),
        _ => fields[field].clone(),
    }
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
