//! What every area works with while a profile is open: its database, its accounts, the clock, and those who
//! are told of changes.
//!
//! It knows no area: what an area keeps in memory is its own state (see [`Context::state`]).

mod account;
mod announcer;
mod states;
mod turns;

use std::any::Any;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::zones::Zone;
use liaison_store::tables::accounts::{self, AccountState};
use liaison_store::{Store, StoreResult, Transaction};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use account::Accounts;
pub(crate) use account::{Owner, SalesforceAccount, ZoomAccount};
use announcer::Announcer;
use states::States;
pub(crate) use turns::Turns;

use crate::config::{Config, Endpoints, RunningServices};
use crate::failure::Error;
use crate::terms::{Provider, Tag};

/// Which services a profile works with. A profile never changes its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProfileKind {
    /// The real Zoom and Salesforce; loopback is refused.
    Real,
    /// A stand-alone sandbox on loopback; everything else is refused.
    Sandbox,
    /// The embedded sandbox. Its data is made anew at each start.
    Demo,
}

impl ProfileKind {
    /// The folder of the first profile of this kind.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Sandbox => "sandbox",
            Self::Demo => "demo",
        }
    }
}

/// What a context is made of.
pub(crate) struct Parts {
    pub kind: ProfileKind,
    /// Which profile of that kind, by its folder.
    pub profile: String,
    pub config: Config,
    /// Where the services are, for a profile on loopback.
    pub endpoints: Option<Endpoints>,
    pub store: Store,
    /// The demo's services; they stop when the context goes.
    pub demo: Option<Box<dyn RunningServices>>,
}

/// Whoever turns to the window after this time wants to see what is new; whoever only looks into another one does not.
const LONG_AWAY: TimeDelta = TimeDelta::minutes(30);

/// What is wished of the pulls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Counts up with each wish.
    pub number: u64,
    /// How often somebody wanted to see what is new.
    pub asked: u64,
    /// How often the user did something that leaves the computer.
    pub acted: u64,
    /// How often Zoom told something new of meetings.
    pub told: u64,
    /// Somebody looks at the window.
    pub watched: bool,
    /// When somebody last looked away from it.
    pub left: Option<DateTime<Utc>>,
    /// How often somebody came back to it after a long time.
    pub returned: u64,
}

impl Default for Wish {
    fn default() -> Self {
        Self { number: 0, asked: 0, acted: 0, told: 0, watched: true, left: None, returned: 0 }
    }
}

pub(crate) struct Context {
    kind: ProfileKind,
    profile: String,
    config: Config,
    endpoints: Option<Endpoints>,
    pub store: Store,
    accounts: Accounts,
    outbox_wake: watch::Sender<u64>,
    /// Of the lanes, in the order of [`Provider`].
    lane_turns: [Turns; 2],
    wishes: watch::Sender<Wish>,
    /// The last wish that was planned for, in the order of [`Provider`].
    planned: [watch::Sender<u64>; 2],
    /// How often a service has answered completely, in the order of [`Provider`].
    answered: [watch::Sender<u64>; 2],
    stopping: watch::Sender<bool>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    /// How often the copy of a service was erased; counted inside the transactions that do it.
    pub(crate) clearings: Arc<AtomicU64>,
    states: States,
    announcer: Arc<Announcer>,
    demo: Option<Box<dyn RunningServices>>,
}

impl Context {
    pub fn new(parts: Parts) -> Self {
        let Parts { kind, profile, config, endpoints, store, demo } = parts;
        let announcer = Arc::new(Announcer::default());
        let heard = Arc::clone(&announcer);
        store.on_commit(move |tables| heard.committed(tables));
        Self {
            kind,
            profile,
            config,
            endpoints,
            store,
            accounts: Accounts::default(),
            wishes: watch::Sender::default(),
            planned: [watch::Sender::new(0), watch::Sender::new(0)],
            outbox_wake: watch::Sender::new(0),
            lane_turns: [Turns::default(), Turns::default()],
            answered: [watch::Sender::new(0), watch::Sender::new(0)],
            stopping: watch::Sender::new(false),
            tasks: Mutex::default(),
            clearings: Arc::default(),
            states: States::default(),
            announcer,
            demo,
        }
    }

    pub fn kind(&self) -> ProfileKind {
        self.kind
    }

    /// The folder of the profile.
    pub fn profile(&self) -> &str {
        &self.profile
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    pub fn endpoints(&self) -> Option<&Endpoints> {
        self.endpoints.as_ref()
    }

    /// The demo's services.
    pub fn demo(&self) -> Option<&dyn RunningServices> {
        self.demo.as_deref()
    }

    /// Whether this profile works with services on this computer, and with no others.
    pub fn on_loopback(&self) -> bool {
        self.kind != ProfileKind::Real
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.config.clock.now()
    }

    pub fn now_ms(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// The zone in which times are shown.
    pub fn zone(&self) -> Zone {
        (self.config.zone)()
    }

    /// Something that is in no table has changed. What is committed is told by itself.
    pub fn changed(&self, tags: &[Tag]) {
        self.announcer.note(tags.iter().copied());
    }

    /// Changes each time meetings, or what is wanted of reminders, may have changed.
    pub fn meeting_changes(&self) -> watch::Receiver<u64> {
        self.announcer.meetings()
    }

    /// Another number each time calls may have changed: what was read after it was asked for is as old as it says.
    pub fn calls_revision(&self) -> u64 {
        self.announcer.calls()
    }

    /// Tells the window what has changed, until the profile is closed.
    pub async fn announce(self: Arc<Self>) {
        self.announcer.run(Arc::clone(&self.config.events), self.stopping()).await;
    }

    /// What an area keeps in memory, one value of each type; it begins with the profile.
    pub fn state<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        self.states.get()
    }

    pub fn zoom(&self) -> Option<ZoomAccount> {
        self.accounts.zoom()
    }

    pub fn salesforce(&self) -> Option<SalesforceAccount> {
        self.accounts.salesforce()
    }

    pub fn set_zoom(&self, account: Option<ZoomAccount>) {
        self.accounts.set_zoom(account);
    }

    pub fn set_salesforce(&self, account: Option<SalesforceAccount>) {
        self.accounts.set_salesforce(account);
    }

    /// Somebody wants to see what is new: everything is pulled now.
    pub fn pull_now(&self) {
        self.wishes.send_modify(|wish| (wish.number, wish.asked) = (wish.number + 1, wish.asked + 1));
    }

    /// The user did something that leaves the computer: what it changes is asked for sooner.
    pub fn acted(&self) {
        self.wishes.send_modify(|wish| (wish.number, wish.acted) = (wish.number + 1, wish.acted + 1));
    }

    /// Zoom has told something new of meetings: whatever compares that is due.
    pub fn told(&self) {
        self.wishes.send_modify(|wish| (wish.number, wish.told) = (wish.number + 1, wish.told + 1));
    }

    /// Whether somebody looks at the window.
    pub fn is_watched(&self) -> bool {
        self.wishes.borrow().watched
    }

    pub fn set_watched(&self, watched: bool) {
        let now = self.now();
        self.wishes.send_if_modified(|wish| {
            if wish.watched == watched {
                return false;
            }
            (wish.number, wish.watched) = (wish.number + 1, watched);
            if !watched {
                wish.left = Some(now);
            } else if wish.left.is_none_or(|left| left > now || now - left >= LONG_AWAY) {
                wish.returned += 1;
            }
            true
        });
    }

    /// What is due is found out anew; answers the number of this wish.
    pub fn plan_again(&self) -> u64 {
        self.wishes.send_modify(|wish| wish.number += 1);
        self.wishes.borrow().number
    }

    pub fn wishes(&self) -> watch::Receiver<Wish> {
        self.wishes.subscribe()
    }

    /// A service's pulls that were due at a wish have ended.
    pub fn planned(&self, service: Provider, number: u64) {
        self.planned[index(service)].send_replace(number);
    }

    pub fn plans(&self, service: Provider) -> watch::Receiver<u64> {
        self.planned[index(service)].subscribe()
    }

    /// A service has answered completely: whoever waits for the network need not wait longer.
    pub fn answered(&self, provider: Provider) {
        self.answered[index(provider)].send_modify(|times| *times += 1);
    }

    /// Changes each time a service has answered completely.
    pub fn answers(&self, provider: Provider) -> watch::Receiver<u64> {
        self.answered[index(provider)].subscribe()
    }

    /// To be asked for at the beginning of a pull.
    pub fn owner(&self, provider: Provider, user_id: &str, org_id: &str) -> Owner {
        let clearings = self.clearings.load(Ordering::SeqCst);
        Owner { provider, user_id: user_id.to_owned(), org_id: org_id.to_owned(), clearings }
    }

    /// Writes what an account was told, unless a copy was erased, the account signed out, or somebody else signed
    /// in since: then it would come back, or lie in a copy that is not theirs.
    pub async fn write_for<T: Send + 'static>(
        &self,
        owner: &Owner,
        change: impl FnOnce(&Transaction<'_>) -> StoreResult<T> + Send + 'static,
    ) -> Result<T, Error> {
        let (owner, provider) = (owner.clone(), owner.provider);
        let clearings = Arc::clone(&self.clearings);
        let written = self
            .store
            .write(move |tx| {
                let theirs = accounts::get(tx, owner.provider)?.is_some_and(|account| {
                    account.state != AccountState::SignedOut
                        && account.user_id == owner.user_id
                        && account.org_id.unwrap_or_default() == owner.org_id
                });
                let uncleared = clearings.load(Ordering::SeqCst) == owner.clearings;
                if theirs && uncleared { change(tx).map(Some) } else { Ok(None) }
            })
            .await?;
        written.ok_or(Error::NotConnected { provider })
    }

    /// Something may be sent now that was not there before, or was paused.
    pub fn wake_outbox(&self) {
        self.outbox_wake.send_modify(|times| *times += 1);
    }

    /// Changes each time the outbox is to look again.
    pub fn outbox_wakes(&self) -> watch::Receiver<u64> {
        self.outbox_wake.subscribe()
    }

    /// The turns of a service's lane in the outbox.
    pub fn lane_turns(&self, provider: Provider) -> &Turns {
        &self.lane_turns[index(provider)]
    }

    /// Turns true when the profile is being closed.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Tells all background work to end.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Background work that ends when the profile is closed.
    pub fn spawn<F, Work>(self: &Arc<Self>, work: F)
    where
        F: FnOnce(Arc<Self>) -> Work,
        Work: Future<Output = ()> + Send + 'static,
    {
        let task = tokio::spawn(work(Arc::clone(self)));
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    /// The background work that still runs.
    pub fn take_tasks(&self) -> Vec<JoinHandle<()>> {
        std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn index(provider: Provider) -> usize {
    match provider {
        Provider::Zoom => 0,
        Provider::Salesforce => 1,
    }
}
