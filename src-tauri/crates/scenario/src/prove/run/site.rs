//! One Zoom account and one org of the rep's, and what others do in them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox::{Profile, SalesforceRows, Sandbox, SandboxConfig, Shared, WorldKind};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use super::Noted;
use super::world::{self, World};
use crate::app::Beginning;
use crate::prove::Broken;
use crate::prove::computer::beginning;
use crate::prove::plan::{Field, Plan, Temper};

/// Seeds of further accounts are far from those of other runs.
const FAR: u64 = 1 << 40;

pub(super) struct Site {
    pub sandbox: Sandbox,
    pub person: String,
    pub world: World,
    /// Everything up to this number of the journal has been noted.
    noted: u64,
    others: Others,
}

/// What others do in the services' own windows.
#[derive(Clone)]
pub(super) struct Others {
    zoom: liaison_sandbox::zoom::Zoom,
    salesforce: liaison_sandbox::salesforce::Salesforce,
    shared: Arc<Shared>,
    /// Numbers of their effects.
    theirs: Arc<Mutex<BTreeSet<u64>>>,
    services: Arc<Runtime>,
}

impl Site {
    pub fn start(services: &Arc<Runtime>, plan: &Plan, number: usize, now: DateTime<Utc>) -> Result<Self, Broken> {
        let config = SandboxConfig {
            world: WorldKind::Empty,
            profile: if plan.bare { Profile::Bare } else { Profile::Deployed },
            seed: plan.seed + FAR * number as u64,
            org: if number == 0 { *b"Lz" } else { *b"Ly" },
            auto_consent: true,
            now: Some(now),
            ..SandboxConfig::default()
        };
        let sandbox = services.block_on(Sandbox::start(config)).map_err(|error| Broken::Sandbox(error.to_string()))?;
        let others = Others {
            zoom: sandbox.zoom().clone(),
            salesforce: sandbox.salesforce().clone(),
            shared: Arc::clone(sandbox.shared()),
            theirs: Arc::default(),
            services: Arc::clone(services),
        };
        let mut site = Self { sandbox, person: String::new(), world: World::default(), noted: 0, others };
        site.fill(if plan.temper == Temper::Many { 8 } else { 2 })?;
        site.world = match plan.temper {
            Temper::Calls => world::of_calls(&site.sandbox)?,
            Temper::Webinars => world::of_webinars(&site.sandbox)?,
            _ => World::default(),
        };
        Ok(site)
    }

    fn fill(&mut self, meetings: i64) -> Result<(), Broken> {
        let people = json!({
            "Lead": [{ "LastName": "Ackerman", "Company": "Fabrikam", "Email": "a@fabrikam.example" }],
        });
        let rows: SalesforceRows =
            serde_json::from_value(people).map_err(|error| Broken::Sandbox(error.to_string()))?;
        let ids = self.sandbox.load_salesforce(&rows).map_err(|error| Broken::Sandbox(error.to_string()))?;
        self.person = ids.get("Lead").and_then(|ids| ids.first()).cloned().unwrap_or_default();
        let rule =
            json!({ "object": "Event", "when": "Subject LIKE 'Refused%'", "message": "No.", "field": "Subject" });
        let rule = serde_json::from_value(rule).map_err(|error| Broken::Sandbox(error.to_string()))?;
        self.sandbox.salesforce().add_validation_rule(rule).map_err(Broken::Sandbox)?;
        for number in 1..=meetings {
            let start = self.now() + TimeDelta::hours(10 + 20 * number);
            let body = json!({
                "topic": format!("Pulled {number}"), "type": 2, "duration": 30, "agenda": "",
                "start_time": start.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                "settings": { "meeting_invitees": [{ "email": "a@fabrikam.example" }] },
            });
            let body = body.as_object().cloned().unwrap_or_default();
            self.sandbox.zoom().add_meeting(&body).map_err(Broken::Sandbox)?;
        }
        Ok(())
    }

    /// From now on it counts.
    pub fn begin(&mut self) {
        self.noted = self.sandbox.shared().journal.since(0).len() as u64;
    }

    pub fn beginning(&self, now_ms: i64) -> Result<Beginning, Broken> {
        beginning(&self.sandbox, now_ms)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.sandbox.shared().clock.now()
    }

    pub fn advance(&self, ms: u64) {
        self.sandbox.shared().clock.advance_ms(i64::try_from(ms).unwrap_or(i64::MAX));
    }

    /// What has been done since the last time.
    pub fn news(&mut self, site: usize, step: usize) -> Vec<Noted> {
        let news = self.sandbox.shared().journal.since(self.noted);
        self.noted = news.last().map_or(self.noted, |effect| effect.seq);
        let theirs = self.others.theirs.lock().unwrap_or_else(PoisonError::into_inner);
        news.into_iter().map(|effect| Noted { site, step, by_app: !theirs.contains(&effect.seq), effect }).collect()
    }

    /// Requests with several rows.
    pub fn several(&self) -> u64 {
        let counts = self.sandbox.requests().counts();
        let several = |route: &str| {
            ["/composite/sobjects/Event", "/composite/sobjects/Task", "/batch_registrants", "/composite/sobjects"]
                .iter()
                .any(|one| route.contains(one))
        };
        counts.iter().filter(|count| several(&count.route)).map(|count| count.count).sum()
    }

    pub fn others(&self) -> Others {
        self.others.clone()
    }

    /// All meetings that there are or were, with the moments of their making.
    pub fn meetings(&self) -> Vec<(i64, String)> {
        self.made(|kind| kind.starts_with("meeting.created"))
    }

    /// When the dates of each series take place that is there.
    pub fn series(&self) -> Vec<(String, Vec<DateTime<Utc>>)> {
        let dates = |id: &str| {
            let path = format!("/meetings/{id}");
            let meeting = self.others.services.block_on(self.others.zoom.in_person("GET", &path, None)).ok()?;
            let live = |date: &&Value| date["status"] != json!("deleted");
            let start = |date: &Value| date["start_time"].as_str()?.parse().ok();
            Some(meeting["occurrences"].as_array()?.iter().filter(live).filter_map(start).collect::<Vec<_>>())
        };
        let all = self.meetings().into_iter();
        all.filter_map(|(_, id)| dates(&id).filter(|dates| !dates.is_empty()).map(|dates| (id, dates))).collect()
    }

    pub fn events(&self) -> Vec<(i64, String)> {
        self.records("Event")
    }

    /// All records of an object that there are or were.
    pub fn records(&self, object: &str) -> Vec<(i64, String)> {
        self.made(|kind| kind.strip_suffix(".created") == Some(object))
    }

    fn made(&self, fits: impl Fn(&str) -> bool) -> Vec<(i64, String)> {
        let all = self.sandbox.shared().journal.since(0).into_iter();
        all.filter(|effect| fits(&effect.kind)).map(|effect| (effect.at.timestamp_millis(), effect.id)).collect()
    }
}

impl Others {
    pub fn edit_meeting(&self, id: &str, what: Field, value: &str) {
        let Ok(id) = id.parse() else { return };
        let name = match what {
            Field::Topic => "topic",
            Field::Text => "agenda",
            Field::Start => "start_time",
        };
        let body = Map::from_iter([(name.to_owned(), json!(value))]);
        self.act(|others| others.zoom.edit_meeting(id, &body).is_ok());
    }

    pub fn delete_meeting(&self, id: &str) {
        let Ok(id) = id.parse() else { return };
        self.act(|others| others.zoom.delete_meeting(id).is_ok());
    }

    /// An Event or a Task.
    pub fn edit_activity(&self, id: &str, what: Field, value: &str) {
        let name = if what == Field::Topic { "Subject" } else { "Description" };
        self.edit_record(id, name, value);
    }

    pub fn edit_record(&self, id: &str, name: &str, value: &str) {
        let fields: Map<String, Value> = Map::from_iter([(name.to_owned(), json!(value))]);
        self.act(|others| others.salesforce.edit_record(id, &fields).is_ok());
    }

    pub fn delete_record(&self, id: &str) {
        self.act(|others| others.salesforce.delete_record(id).is_ok());
    }

    pub fn create_record(&self, object: &str, fields: &Value) {
        let fields = fields.as_object().cloned().unwrap_or_default();
        self.act(|others| others.salesforce.create_record(object, &fields).is_ok());
    }

    /// The host does something in Zoom's own pages.
    pub fn in_zoom(&self, method: &str, path: &str, body: &Value) {
        self.act(|others| others.services.block_on(others.zoom.in_person(method, path, Some(body))).is_ok());
    }

    fn act(&self, change: impl FnOnce(&Self) -> bool) {
        let before = self.shared.journal.since(0).len() as u64;
        change(self);
        let news = self.shared.journal.since(before).into_iter().map(|effect| effect.seq);
        self.theirs.lock().unwrap_or_else(PoisonError::into_inner).extend(news);
    }
}
