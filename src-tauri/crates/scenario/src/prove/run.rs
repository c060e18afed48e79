//! Plays a plan: the services, the rep's computers, and what is noted for the oracle.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_engine::view::Provider;
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{
    AfterEffect, BeforeEffect, Effect, FaultRule, Profile, SalesforceRows, Sandbox, SandboxConfig, Service, WorldKind,
};
use liaison_store::tables::outbox::OutboxRecord;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use super::Broken;
use super::computer::{Computer, Place, beginning};
use super::plan::{Answer, Fault, Field, Moment, Plan, Step};
use crate::app::{Order, Told};

const START: &str = "2026-12-01T07:00:00Z";
/// A request that is held until its process is gone.
const HELD_MS: u64 = 600_000;
/// Rounds until everything must have drained, and how far the clock moves in each.
const LAST_ROUNDS: u32 = 60;
const LAST_STEP: Duration = Duration::from_secs(45);
const PORT_TRIES: u32 = 100;

/// A sheet on which Create was pressed.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub id: String,
    pub topic: String,
    pub computer: usize,
    pub draft: Value,
    /// Refused before anything was kept, as far as its answer tells.
    pub kept: bool,
    pub made: bool,
}

/// Everything that the oracle sees.
pub(crate) struct Seen {
    pub effects: Vec<Effect>,
    /// Effects that are not the app's.
    pub others: BTreeSet<u64>,
    /// The step in which an effect came, by its number.
    pub step_of: BTreeMap<u64, usize>,
    /// Steps in which the user asked for a meeting to be made.
    pub asked: BTreeSet<usize>,
    pub sheets: Vec<Sheet>,
    /// How often the user wanted the Event of a meeting after the first time, in any way.
    pub wanted_again: usize,
    pub rows: Vec<Vec<OutboxRecord>>,
    pub crashes: u64,
    /// Requests that were answered otherwise.
    pub faults: u64,
}

pub(crate) struct Run {
    sandbox: Sandbox,
    services: Arc<Runtime>,
    computers: Vec<Computer>,
    at: usize,
    place: Place,
    number: usize,
    texts: u32,
    interrupt: Option<Moment>,
    online: bool,
    begun: u64,
    person: String,
    seen: Seen,
}

impl Run {
    /// Plays a plan to its end.
    pub fn play(plan: &Plan, place: &Place, services: &Arc<Runtime>) -> Result<Seen, Broken> {
        let mut run = Self::new(plan, place, services)?;
        for (number, step) in plan.steps.iter().enumerate() {
            run.number = number;
            tracing::info!(number, ?step, "step");
            run.step(step)?;
            run.note_effects();
        }
        run.number = plan.steps.len();
        run.come_to_rest()?;
        run.note_effects();
        for computer in &mut run.computers {
            computer.quit()?;
        }
        run.seen.rows = run.computers.iter().map(Computer::rows).collect::<Result<_, _>>()?;
        run.seen.effects = run.sandbox.shared().journal.since(run.begun);
        Ok(run.seen)
    }

    fn new(plan: &Plan, place: &Place, services: &Arc<Runtime>) -> Result<Self, Broken> {
        let now: DateTime<Utc> = START.parse().unwrap_or_default();
        let config = SandboxConfig {
            world: WorldKind::Empty,
            profile: if plan.bare { Profile::Bare } else { Profile::Deployed },
            seed: plan.seed,
            auto_consent: true,
            now: Some(now),
            ..SandboxConfig::default()
        };
        let sandbox = services.block_on(Sandbox::start(config)).map_err(|error| Broken::Sandbox(error.to_string()))?;
        let mut run = Self {
            sandbox,
            services: Arc::clone(services),
            computers: Vec::new(),
            at: 0,
            place: place.clone(),
            number: 0,
            texts: 0,
            interrupt: None,
            online: true,
            begun: 0,
            person: String::new(),
            seen: Seen {
                effects: Vec::new(),
                others: BTreeSet::new(),
                step_of: BTreeMap::new(),
                asked: BTreeSet::new(),
                sheets: Vec::new(),
                wanted_again: 0,
                rows: Vec::new(),
                crashes: 0,
                faults: 0,
            },
        };
        run.fill()?;
        run.add_computer()?;
        run.begun = run.sandbox.shared().journal.since(0).len() as u64;
        Ok(run)
    }

    fn fill(&mut self) -> Result<(), Broken> {
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
        for hours in [30, 50] {
            let start = self.now() + TimeDelta::hours(hours);
            let body = json!({
                "topic": format!("Pulled {hours}"), "type": 2, "duration": 30, "agenda": "",
                "start_time": start.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                "settings": { "meeting_invitees": [{ "email": "a@fabrikam.example" }] },
            });
            let body = body.as_object().cloned().unwrap_or_default();
            self.sandbox.zoom().add_meeting(&body).map_err(Broken::Sandbox)?;
        }
        Ok(())
    }

    fn add_computer(&mut self) -> Result<(), Broken> {
        let now_ms = self.now().timestamp_millis();
        let mut computer =
            Computer::new(beginning(&self.sandbox, now_ms)?, self.place.clone(), Arc::clone(&self.services))?;
        computer.start(now_ms)?;
        self.computers.push(computer);
        self.at = self.computers.len() - 1;
        for provider in [Provider::Zoom, Provider::Salesforce] {
            self.sign_in(provider)?;
        }
        self.settle()
    }

    fn now(&self) -> DateTime<Utc> {
        self.sandbox.shared().clock.now()
    }

    fn order(&mut self, order: &Order) -> Result<Told, Broken> {
        self.computers[self.at].order(order, true)
    }

    fn call(&mut self, name: &str, arguments: Value) -> Result<Result<Value, Value>, Broken> {
        match self.order(&Order::Command { name: name.to_owned(), arguments })? {
            Told::Done(answer) => Ok(Ok(answer)),
            Told::Refused(refusal) => Ok(Err(refusal)),
            Told::Wrong(reason) => Err(Broken::Wrong(reason)),
        }
    }

    /// The order that a step is about; `None` when the process was ended during it.
    fn decide(&mut self, name: &str, arguments: Value) -> Result<Option<Result<Value, Value>>, Broken> {
        match self.interrupt.take() {
            None => self.call(name, arguments).map(Some),
            Some(at) => {
                self.crash(&Order::Command { name: name.to_owned(), arguments }, at)?;
                Ok(None)
            }
        }
    }

    fn crash(&mut self, order: &Order, at: Moment) -> Result<(), Broken> {
        let faults = self.sandbox.faults();
        let begun = std::time::Instant::now();
        let before = faults.applied();
        if let Moment::Request { number, after } = at {
            let mut rule = FaultRule::on(Service::Zoom, "", "").skipping(number).times(1);
            (rule.service, rule.method) = (None, None);
            let rule = if after {
                rule.after(AfterEffect::Delay { ms: HELD_MS })
            } else {
                rule.before(BeforeEffect::Delay { ms: HELD_MS })
            };
            // First in line, so the faults that were planned are over.
            self.seen.faults += faults.applied();
            faults.clear();
            faults.add(rule).map_err(|error| Broken::Sandbox(error.to_string()))?;
        }
        let before = if matches!(at, Moment::Request { .. }) { 0 } else { before };
        let sandbox = &self.sandbox;
        let now = || match at {
            Moment::Request { .. } => sandbox.faults().applied() > before,
            Moment::Passed(time) => begun.elapsed() >= time,
        };
        self.computers[self.at].crash(order, now)?;
        self.faults_end();
        self.seen.crashes += 1;
        self.start()
    }

    fn faults_end(&mut self) {
        self.seen.faults += self.sandbox.faults().applied();
        self.sandbox.faults().clear();
    }

    fn start(&mut self) -> Result<(), Broken> {
        let now_ms = self.now().timestamp_millis();
        self.computers[self.at].start(now_ms)
    }

    /// Every computer that runs does what is due.
    fn settle(&mut self) -> Result<(), Broken> {
        for computer in self.computers.iter_mut().filter(|computer| computer.is_on()) {
            computer.order(&Order::Settle, true)?;
        }
        Ok(())
    }

    fn advance(&mut self, by: Duration) -> Result<(), Broken> {
        let order = self.moved(by);
        for computer in self.computers.iter_mut().filter(|computer| computer.is_on()) {
            computer.order(&order, true)?;
        }
        Ok(())
    }

    fn moved(&self, by: Duration) -> Order {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.sandbox.shared().clock.advance_ms(i64::try_from(ms).unwrap_or(i64::MAX));
        Order::Advance { ms }
    }

    fn sign_in(&mut self, provider: Provider) -> Result<(), Broken> {
        // The ports for the way back belong to one sign-in at a time, on the whole computer.
        static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let provider = serde_json::to_value(provider).unwrap_or_default();
        let order = Order::Command { name: "connect_account".to_owned(), arguments: json!({ "provider": provider }) };
        for _ in 0..PORT_TRIES {
            let told = {
                let _one = ONE.lock();
                self.computers[self.at].order(&order, false)?
            };
            match told {
                // Another process may have the ports for a moment.
                Told::Refused(refusal) => {
                    tracing::warn!(%refusal, "a sign-in");
                    std::thread::sleep(Duration::from_millis(20));
                }
                _ => return Ok(()),
            }
        }
        Err(Broken::Sandbox("the ports for signing in are never free".to_owned()))
    }

    fn step(&mut self, step: &Step) -> Result<(), Broken> {
        match step {
            Step::Crash { during, at } => {
                self.interrupt = Some(*at);
                match during.as_ref() {
                    Step::Advance(by) => {
                        let order = self.moved(*by);
                        let at = self.interrupt.take().unwrap_or(*at);
                        self.crash(&order, at)?;
                    }
                    other => self.plain(other)?,
                }
                // It had nothing to decide: it ends in between then.
                if let Some(at) = self.interrupt.take() {
                    self.crash(&Order::Settle, at)?;
                }
            }
            other => self.plain(other)?,
        }
        self.settle()
    }

    fn plain(&mut self, step: &Step) -> Result<(), Broken> {
        match step {
            Step::Schedule { event, twice, refused } => self.schedule(*event, *twice, *refused)?,
            Step::PressAgain { pick } => self.press_again(*pick)?,
            Step::Log { pick } => self.of_meeting("log_event", *pick)?,
            Step::Change { pick, what } => self.change(*pick, *what)?,
            Step::Cancel { pick } => self.of_meeting("cancel_meeting", *pick)?,
            Step::UndoScheduling { pick } => self.of_meeting("undo_scheduling", *pick)?,
            Step::Undo { pick } => self.of_row("undo_outbox_item", "canUndo", *pick)?,
            Step::Discard { pick } => self.of_row("discard_outbox_item", "canDiscard", *pick)?,
            Step::Restore { pick } => self.of_row("restore_outbox_item", "canRestore", *pick)?,
            Step::Retry { pick } => self.of_row("retry_outbox_item", "canRetry", *pick)?,
            Step::Edit { pick } => self.edit(*pick)?,
            Step::Decide { pick, mine } => {
                if let Some(id) = self.row("canDecide", *pick)? {
                    self.decide("decide_outbox_item", json!({ "id": id, "mine": mine }))?;
                }
            }
            Step::Pause(paused) => {
                self.call("pause_outbox", json!({ "paused": paused }))?.ok();
            }
            Step::Advance(by) => self.advance(*by)?,
            Step::Sync => {
                self.decide("sync_now", json!({}))?;
            }
            Step::Restart => {
                self.computers[self.at].quit()?;
                self.start()?;
            }
            Step::SignOut(provider) => {
                let provider = serde_json::to_value(provider).unwrap_or_default();
                self.call("disconnect_account", json!({ "provider": provider, "erase": false }))?.ok();
            }
            // Nobody signs in without a network.
            Step::SignIn(_) | Step::OtherComputer if !self.online => {}
            Step::SignIn(provider) => self.sign_in(*provider)?,
            Step::Online(online) => self.reach(*online),
            Step::OtherComputer => self.other_computer()?,
            Step::EditInZoom { pick, what } => self.edit_in_zoom(*pick, *what),
            Step::DeleteInZoom { pick } => {
                if let Some(id) = chosen(&self.meetings(), *pick).and_then(|id| id.parse().ok()) {
                    self.by_others(|run| run.sandbox.zoom().delete_meeting(id).is_ok());
                }
            }
            Step::EditInSalesforce { pick, what } => self.edit_in_salesforce(*pick, *what),
            Step::DeleteInSalesforce { pick } => {
                if let Some(id) = chosen(&self.events(), *pick) {
                    self.by_others(|run| run.sandbox.salesforce().delete_record(&id).is_ok());
                }
            }
            Step::Fault(fault) => {
                let rule = rule(fault, self.now());
                self.sandbox.faults().add(rule).map_err(|error| Broken::Sandbox(error.to_string()))?;
            }
            Step::Crash { .. } => {}
        }
        Ok(())
    }

    fn reach(&mut self, online: bool) {
        self.sandbox.set_reachable(online);
        if online && !self.online {
            // The services take a moment, and whoever signs in is not asked twice.
            std::thread::sleep(Duration::from_millis(10));
        }
        self.online = online;
    }

    fn schedule(&mut self, event: bool, twice: bool, refused: bool) -> Result<(), Broken> {
        let arguments = json!({ "person": format!("Lead:{}", self.person), "at": null });
        let draft = match self.call("new_draft", arguments)? {
            Ok(draft) => draft,
            Err(_) => match self.call("new_draft", json!({ "person": null, "at": null }))? {
                Ok(draft) => draft,
                Err(_) => return Ok(()),
            },
        };
        let topic = format!("{}{}", if refused { "Refused " } else { "" }, self.text("Demo"));
        let mut draft = draft;
        draft["topic"] = json!(topic);
        draft["logEvent"] = json!(event);
        let id = draft["id"].as_str().unwrap_or_default().to_owned();
        self.seen.sheets.push(Sheet { id, topic, computer: self.at, draft, kept: false, made: false });
        let last = self.seen.sheets.len() - 1;
        self.press(last)?;
        if twice && self.computers[self.at].is_on() {
            self.press(last)?;
        }
        Ok(())
    }

    fn press(&mut self, sheet: usize) -> Result<(), Broken> {
        self.seen.asked.insert(self.number);
        let draft = self.seen.sheets[sheet].draft.clone();
        match self.decide("schedule_meeting", json!({ "draft": draft }))? {
            Some(Ok(_)) => {
                self.seen.sheets[sheet].kept = true;
                self.seen.sheets[sheet].made = true;
            }
            Some(Err(refusal)) => {
                let early = ["invalid", "notConnected", "signInNeeded"].map(|kind| json!(kind));
                self.seen.sheets[sheet].kept |= !early.contains(&refusal["kind"]);
            }
            None => {}
        }
        Ok(())
    }

    fn press_again(&mut self, pick: usize) -> Result<(), Broken> {
        let own: Vec<usize> =
            (0..self.seen.sheets.len()).filter(|sheet| self.seen.sheets[*sheet].computer == self.at).collect();
        match own.get(pick % own.len().max(1)) {
            Some(sheet) => self.press(*sheet),
            None => Ok(()),
        }
    }

    fn of_meeting(&mut self, command: &str, pick: usize) -> Result<(), Broken> {
        let Some(id) = chosen(&self.meetings(), pick) else { return Ok(()) };
        if command == "log_event" {
            self.seen.wanted_again += 1;
        }
        self.decide(command, json!({ "id": id }))?;
        Ok(())
    }

    fn change(&mut self, pick: usize, what: Field) -> Result<(), Broken> {
        let Some(id) = chosen(&self.meetings(), pick) else { return Ok(()) };
        let Ok(mut draft) = self.call("edit_meeting", json!({ "id": id }))? else { return Ok(()) };
        match what {
            Field::Topic => draft["topic"] = json!(self.text("Topic")),
            Field::Text => draft["agenda"] = json!(self.text("Agenda")),
            Field::Start => {
                let start = self.start_time();
                draft["date"] = json!(start.format("%Y-%m-%d").to_string());
                draft["time"] = json!(start.format("%H:%M").to_string());
                draft["zone"] = json!("Europe/Amsterdam");
            }
        }
        self.decide("change_meeting", json!({ "id": id, "draft": draft }))?;
        Ok(())
    }

    fn of_row(&mut self, command: &str, can: &str, pick: usize) -> Result<(), Broken> {
        // Now and then what the window does not offer, for it may be late.
        let can = if pick.is_multiple_of(7) { "id" } else { can };
        let Some(id) = self.row(can, pick)? else { return Ok(()) };
        if command == "retry_outbox_item" {
            self.seen.asked.insert(self.number);
        }
        if command != "discard_outbox_item" {
            self.seen.wanted_again += 1;
        }
        self.decide(command, json!({ "id": id }))?;
        Ok(())
    }

    fn edit(&mut self, pick: usize) -> Result<(), Broken> {
        let Some(id) = self.row("canEdit", pick)? else { return Ok(()) };
        let text = self.text("Edited");
        self.decide("edit_outbox_item", json!({ "id": id, "texts": [{ "name": "Subject", "text": text }] }))?;
        Ok(())
    }

    fn row(&mut self, can: &str, pick: usize) -> Result<Option<String>, Broken> {
        let Ok(outbox) = self.call("list_outbox", json!({}))? else { return Ok(None) };
        let items = outbox["items"].as_array().cloned().unwrap_or_default();
        let fit: Vec<String> = items
            .iter()
            .filter(|item| item[can] != json!(false))
            .filter_map(|item| Some(item["id"].as_str()?.to_owned()))
            .collect();
        Ok(chosen(&fit, pick))
    }

    fn other_computer(&mut self) -> Result<(), Broken> {
        if self.computers.len() == 1 {
            return self.add_computer();
        }
        self.at = 1 - self.at;
        self.sign_in(Provider::Zoom)
    }

    /// All meetings that there are or were, in the order of their making.
    fn meetings(&self) -> Vec<String> {
        let made = |effect: &Effect| effect.kind.starts_with("meeting.created");
        self.sandbox.shared().journal.since(0).into_iter().filter(made).map(|effect| effect.id).collect()
    }

    fn events(&self) -> Vec<String> {
        let made = |effect: &Effect| effect.kind == "Event.created";
        self.sandbox.shared().journal.since(0).into_iter().filter(made).map(|effect| effect.id).collect()
    }

    fn edit_in_zoom(&mut self, pick: usize, what: Field) {
        let Some(id) = chosen(&self.meetings(), pick).and_then(|id| id.parse().ok()) else { return };
        let body = match what {
            Field::Topic => json!({ "topic": self.text("Theirs") }),
            Field::Text => json!({ "agenda": self.text("Theirs") }),
            Field::Start => json!({ "start_time": self.start_time_utc() }),
        };
        let body = body.as_object().cloned().unwrap_or_default();
        self.by_others(|run| run.sandbox.zoom().edit_meeting(id, &body).is_ok());
    }

    fn edit_in_salesforce(&mut self, pick: usize, what: Field) {
        let Some(id) = chosen(&self.events(), pick) else { return };
        let mut fields = Map::new();
        match what {
            Field::Topic => fields.insert("Subject".to_owned(), json!(self.text("Theirs"))),
            Field::Text | Field::Start => fields.insert("Description".to_owned(), json!(self.text("Theirs"))),
        };
        self.by_others(|run| run.sandbox.salesforce().edit_record(&id, &fields).is_ok());
    }

    fn by_others(&mut self, change: impl FnOnce(&Self) -> bool) {
        let journal = &self.sandbox.shared().journal;
        let before = journal.since(0).len() as u64;
        change(self);
        let theirs: Vec<u64> =
            self.sandbox.shared().journal.since(before).into_iter().map(|effect| effect.seq).collect();
        self.seen.others.extend(theirs);
    }

    fn text(&mut self, word: &str) -> String {
        self.texts += 1;
        format!("{word} {}", self.texts)
    }

    fn start_time(&mut self) -> DateTime<Utc> {
        self.texts += 1;
        self.now() + TimeDelta::days(10) + TimeDelta::minutes(i64::from(self.texts) * 15)
    }

    fn start_time_utc(&mut self) -> String {
        self.start_time().format("%Y-%m-%dT%H:%M:00Z").to_string()
    }

    fn note_effects(&mut self) {
        let known = self.seen.step_of.last_key_value().map_or(self.begun, |(seq, _)| *seq);
        for effect in self.sandbox.shared().journal.since(known) {
            self.seen.step_of.insert(effect.seq, self.number);
        }
    }

    /// Faults are over, everybody is signed in and online: whatever is left goes out by itself.
    fn come_to_rest(&mut self) -> Result<(), Broken> {
        self.faults_end();
        self.reach(true);
        // Zoom has one of them at a time.
        for at in 0..self.computers.len() {
            self.at = at;
            self.call("pause_outbox", json!({ "paused": false }))?.ok();
            for provider in [Provider::Salesforce, Provider::Zoom] {
                self.sign_in(provider)?;
            }
            for _ in 0..LAST_ROUNDS {
                self.call("sync_now", json!({}))?.ok();
                self.settle()?;
                let waiting = match self.call("list_outbox", json!({}))? {
                    Ok(outbox) => outbox["waiting"].as_u64().unwrap_or_default(),
                    Err(_) => 0,
                };
                if waiting == 0 || (self.only_behind()? && at + 1 == self.computers.len()) {
                    break;
                }
                self.advance(LAST_STEP)?;
            }
        }
        Ok(())
    }

    /// Whether what waits stands behind something that the user has to decide.
    fn only_behind(&mut self) -> Result<bool, Broken> {
        let Ok(outbox) = self.call("list_outbox", json!({}))? else { return Ok(false) };
        let open = ["held", "waiting", "sending"].map(|kind| json!(kind));
        let items = outbox["items"].as_array().cloned().unwrap_or_default();
        Ok(!items.iter().any(|item| open.contains(&item["state"]["kind"])))
    }
}

fn chosen(all: &[String], pick: usize) -> Option<String> {
    // The latest are what users are busy with.
    all.iter().rev().nth(pick % all.len().clamp(1, 4)).cloned()
}

fn rule(fault: &Fault, now: DateTime<Utc>) -> FaultRule {
    let path = match (fault.service, fault.method) {
        (Service::Zoom, "POST") => "/v2/users/*",
        (Service::Zoom, _) => "/v2/meetings",
        (Service::Salesforce, "GET") => "*/sobjects/Event/*",
        (Service::Salesforce, _) => "*Event*",
    };
    let rule = FaultRule::on(fault.service, fault.method, path).skipping(fault.skip).times(1);
    let answer = |status, body: Value| CannedAnswer::json(status, body.to_string());
    match fault.answer {
        Answer::Lost => rule.after(AfterEffect::Reset),
        Answer::Cut => rule.after(AfterEffect::Truncate { bytes: 9 }),
        Answer::DoneBut502 => rule.after(AfterEffect::Answer(answer(502, json!({})))),
        Answer::Reset => rule.before(BeforeEffect::Reset),
        Answer::Trouble => rule.before(BeforeEffect::Answer(answer(503, json!({})))),
        Answer::Limited { seconds } => {
            let mut limited = answer(429, json!({ "code": 429, "message": "Too many requests." }));
            let until = now + TimeDelta::seconds(i64::from(seconds));
            let when = match fault.service {
                Service::Zoom => until.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                Service::Salesforce => seconds.to_string(),
            };
            limited.headers.insert("Retry-After".to_owned(), when);
            rule.before(BeforeEffect::Answer(limited))
        }
        Answer::Unauthorized => rule.before(BeforeEffect::Answer(match fault.service {
            Service::Zoom => answer(401, json!({ "code": 124, "message": "Invalid access token." })),
            Service::Salesforce => {
                answer(401, json!([{ "errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid" }]))
            }
        })),
        Answer::Refused => rule.before(BeforeEffect::Answer(match fault.service {
            Service::Zoom => answer(400, json!({ "code": 300, "message": "Validation Failed." })),
            Service::Salesforce => answer(
                400,
                json!([{ "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Not today.", "fields": [] }]),
            ),
        })),
    }
}
