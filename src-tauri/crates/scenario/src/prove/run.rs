//! Plays a plan: the services, the rep's computers, and what is noted for the oracle.

mod calls;
mod faults;
mod rep;
mod seen;
mod sides;
mod site;
mod webinars;
mod world;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_engine::view::Provider;
use liaison_sandbox::Service;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::Broken;
use super::computer::{Computer, Place};
use super::plan::{Moment, Plan, Step, Temper};
use crate::app::{Order, Told};
use faults::{Limit, Noticed};
pub(crate) use seen::{LeadSheet, Noted, Seen, Sheet};
use site::Site;

const START: &str = "2026-12-01T07:00:00Z";
/// Rounds until everything must have drained, and how far the clock moves in each.
const LAST_ROUNDS: u32 = 60;
const LAST_STEP: Duration = Duration::from_secs(45);
/// So often all accounts are gone through: a row of one may put in a row of the other.
const LAST_TURNS: u32 = 3;
const PORT_TRIES: u32 = 100;

pub(crate) struct Run {
    sites: Vec<Site>,
    services: Arc<Runtime>,
    computers: Vec<Computer>,
    at: usize,
    place: Place,
    number: usize,
    texts: u32,
    interrupt: Option<Moment>,
    online: bool,
    limits: Vec<Limit>,
    noticed: Arc<Mutex<Noticed>>,
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
            run.note();
        }
        run.number = plan.steps.len();
        run.come_to_rest()?;
        run.note();
        for (number, site) in run.sites.iter().enumerate() {
            run.seen.series.extend(site.series().into_iter().map(|(id, dates)| ((number, id), dates)));
        }
        for computer in &mut run.computers {
            computer.quit()?;
        }
        run.seen.rows = run.computers.iter().map(Computer::rows).collect::<Result<_, _>>()?;
        run.seen.several = run.sites.iter().map(Site::several).sum();
        Ok(run.seen)
    }

    fn new(plan: &Plan, place: &Place, services: &Arc<Runtime>) -> Result<Self, Broken> {
        let now: DateTime<Utc> = START.parse().unwrap_or_default();
        let accounts = if plan.temper == Temper::Accounts { 2 } else { 1 };
        let sites = (0..accounts).map(|number| Site::start(services, plan, number, now));
        let mut run = Self {
            sites: sites.collect::<Result<_, _>>()?,
            services: Arc::clone(services),
            computers: Vec::new(),
            at: 0,
            place: place.clone(),
            number: 0,
            texts: 0,
            interrupt: None,
            online: true,
            limits: Vec::new(),
            noticed: Arc::default(),
            seen: Seen::default(),
        };
        run.seen.parallel = matches!(place, Place::Child(_));
        run.seen.calls = run.sites[0].world.calls.clone();
        run.add_computer()?;
        run.sites.iter_mut().for_each(Site::begin);
        Ok(run)
    }

    fn add_computer(&mut self) -> Result<(), Broken> {
        let now_ms = self.now().timestamp_millis();
        let beginning = self.sites[0].beginning(now_ms)?;
        let mut computer = Computer::new(beginning, self.place.clone(), Arc::clone(&self.services))?;
        computer.start(now_ms)?;
        self.computers.push(computer);
        self.at = self.computers.len() - 1;
        for provider in [Provider::Zoom, Provider::Salesforce] {
            self.sign_in(provider)?;
        }
        self.settle()
    }

    fn computer(&mut self) -> &mut Computer {
        &mut self.computers[self.at]
    }

    /// The account that the rep is in, or was in last.
    fn site(&self, service: Service) -> &Site {
        &self.sites[self.computers[self.at].site(service)]
    }

    fn now(&self) -> DateTime<Utc> {
        self.sites[0].now()
    }

    fn order(&mut self, order: &Order) -> Result<Told, Broken> {
        self.computer().order(order)
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

    fn start(&mut self) -> Result<(), Broken> {
        let now_ms = self.now().timestamp_millis();
        self.computer().start(now_ms)
    }

    /// Every computer that runs does what is due.
    fn settle(&mut self) -> Result<(), Broken> {
        for computer in self.computers.iter_mut().filter(|computer| computer.is_on()) {
            computer.order(&Order::Settle)?;
        }
        Ok(())
    }

    fn advance(&mut self, by: Duration) -> Result<(), Broken> {
        let order = self.moved(by);
        for computer in self.computers.iter_mut().filter(|computer| computer.is_on()) {
            computer.order(&order)?;
        }
        Ok(())
    }

    fn moved(&self, by: Duration) -> Order {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.sites.iter().for_each(|site| site.advance(ms));
        Order::Advance { ms }
    }

    fn sign_in(&mut self, provider: Provider) -> Result<(), Broken> {
        // The ports for the way back belong to one sign-in at a time, on the whole computer.
        static ONE: Mutex<()> = Mutex::new(());
        let provider = serde_json::to_value(provider).unwrap_or_default();
        let order = Order::Command { name: "connect_account".to_owned(), arguments: json!({ "provider": provider }) };
        for _ in 0..PORT_TRIES {
            let told = {
                let _one = ONE.lock();
                self.computer().order(&order)?
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

    fn sign_out(&mut self, provider: Provider) -> Result<(), Broken> {
        let provider = serde_json::to_value(provider).unwrap_or_default();
        self.call("disconnect_account", json!({ "provider": provider, "erase": false }))?.ok();
        Ok(())
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

    fn reach(&mut self, online: bool) {
        self.sites.iter().for_each(|site| site.sandbox.set_reachable(online));
        if online && !self.online {
            // The services take a moment, and whoever signs in is not asked twice.
            std::thread::sleep(Duration::from_millis(10));
        }
        self.online = online;
    }

    fn other_computer(&mut self) -> Result<(), Broken> {
        if self.computers.len() == 1 {
            return self.add_computer();
        }
        self.at = 1 - self.at;
        self.sign_in(Provider::Zoom)
    }

    /// Signs out, and in to an account of that service.
    fn enter(&mut self, provider: Provider, site: usize) -> Result<(), Broken> {
        let service = service_of(provider);
        if self.computers[self.at].site(service) != site {
            self.sign_out(provider)?;
            self.limits.clear();
            self.computer().quit()?;
            let beginning = self.sites[site].beginning(0)?;
            self.computer().point(service, site, beginning);
            self.start()?;
        }
        // With two computers the other one may have taken the tokens.
        if self.computers.len() == 1 && self.is_connected(provider)? { Ok(()) } else { self.sign_in(provider) }
    }

    fn is_connected(&mut self, provider: Provider) -> Result<bool, Broken> {
        let Ok(state) = self.call("get_app_state", json!({}))? else { return Ok(false) };
        let provider = serde_json::to_value(provider).unwrap_or_default();
        let accounts = state["accounts"].as_array().map(Vec::as_slice).unwrap_or_default();
        let account = accounts.iter().find(|account| account["provider"] == provider);
        Ok(account.is_some_and(|account| account["connection"]["kind"] == json!("connected")))
    }

    fn text(&mut self, word: &str) -> String {
        self.text_at(self.computers[self.at].site(Service::Zoom), word)
    }

    /// A text that was never used, typed in this account of Zoom's.
    fn text_at(&mut self, site: usize, word: &str) -> String {
        self.texts += 1;
        let text = format!("{word} {}", self.texts);
        self.seen.homes.insert(text.clone(), site);
        text
    }

    fn start_time(&mut self) -> DateTime<Utc> {
        self.texts += 1;
        self.now() + TimeDelta::days(10) + TimeDelta::minutes(i64::from(self.texts) * 15)
    }

    /// What the services have done since, and whether they were left alone where they had asked for it.
    fn note(&mut self) {
        for (number, site) in self.sites.iter_mut().enumerate() {
            self.seen.effects.extend(site.news(number, self.number));
        }
        self.note_limits();
    }

    /// Faults are over, everybody is signed in and online: whatever is left goes out by itself.
    fn come_to_rest(&mut self) -> Result<(), Broken> {
        self.faults_end();
        self.reach(true);
        for _ in 0..LAST_TURNS {
            let mut waiting = 0;
            // Zoom has one of them at a time.
            for at in 0..self.computers.len() {
                self.at = at;
                self.call("pause_outbox", json!({ "paused": false }))?.ok();
                for site in (0..self.sites.len()).rev() {
                    for provider in [Provider::Salesforce, Provider::Zoom] {
                        self.enter(provider, site)?;
                    }
                    waiting = self.drain()?;
                }
            }
            if waiting == 0 || self.sites.len() == 1 {
                break;
            }
        }
        Ok(())
    }

    /// Answers how many rows still wait.
    fn drain(&mut self) -> Result<u64, Broken> {
        for _ in 0..LAST_ROUNDS {
            self.call("sync_now", json!({}))?.ok();
            self.settle()?;
            for provider in [Provider::Salesforce, Provider::Zoom] {
                // An answer that was lost with the last faults may have cost the tokens: the rep signs in again.
                if self.computers.len() == 1 && !self.is_connected(provider)? {
                    self.sign_in(provider)?;
                }
            }
            self.resume_groups()?;
            let Ok(outbox) = self.call("list_outbox", json!({}))? else { return Ok(0) };
            let waiting = outbox["waiting"].as_u64().unwrap_or_default();
            let last = self.at + 1 == self.computers.len();
            if waiting == 0 || (last && !goes_on(&outbox)) {
                return Ok(waiting);
            }
            self.advance(LAST_STEP)?;
        }
        Ok(1)
    }
}

/// Whether anything waits that no other account and no decision of the user's has to come for.
fn goes_on(outbox: &Value) -> bool {
    let items = outbox["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let open = ["held", "waiting", "sending"].map(|kind| json!(kind));
    let groups = outbox["groups"].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().any(|item| open.contains(&item["state"]["kind"]) && item["account"].is_null())
        || groups.iter().any(|group| group["left"].as_u64().unwrap_or_default() > 0)
}

fn service_of(provider: Provider) -> Service {
    match provider {
        Provider::Zoom => Service::Zoom,
        Provider::Salesforce => Service::Salesforce,
    }
}
