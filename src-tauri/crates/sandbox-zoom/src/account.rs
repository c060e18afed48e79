//! The state of one Zoom account, behind locks that are held for one step at a time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_sandbox_kernel::world;
use liaison_sandbox_kernel::world::people::Rep;
use liaison_sandbox_kernel::world::zone::Zone;
use liaison_sandbox_kernel::{SandboxUrls, SharedRef, locked};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::events::Events;
use super::launch::Passes;
use super::meetings::{Family, Meetings};
use super::oauth::{Clients, TokenBook};
use super::pages::Pages;
use super::phone::Calls;
use super::rates::Rates;
use super::registration::Rosters;
use super::rows::LoadedRows;
use super::switches::Switches;
use super::webinars::Panels;
use super::{secrets, webinars};

/// Scheme and host of join and start links. The path and query also work on the sandbox itself.
pub(crate) const MEETING_HOST: &str = "https://northwind.zoom.us";

/// The user of the account.
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// 22 characters, like all ids of users, accounts and apps.
    pub id: String,
    pub account_id: String,
    pub rep: Rep,
    pub zone: Zone,
    /// Number of the personal meeting; shared by all copies of the user.
    pmi: Arc<AtomicU64>,
    pub created_at: DateTime<Utc>,
}

impl User {
    /// The number of the personal meeting.
    pub fn pmi(&self) -> u64 {
        self.pmi.load(Ordering::Relaxed)
    }

    /// Whether a request means this user, by the id or the address.
    pub fn is_named(&self, name: &str) -> bool {
        name == self.id || name.eq_ignore_ascii_case(&self.rep.email)
    }

    /// Whether an address is of the same account.
    pub fn is_colleague(&self, address: &str) -> bool {
        let own = self.rep.email.rsplit_once('@');
        address.rsplit_once('@').zip(own).is_some_and(|((_, its), (_, own))| its.eq_ignore_ascii_case(own))
    }

    /// Gives the personal meeting another number; returns the old one.
    pub fn change_pmi(&self, pmi: u64) -> u64 {
        self.pmi.swap(pmi, Ordering::Relaxed)
    }
}

/// One account with everything in it.
pub(crate) struct Account {
    pub shared: SharedRef,
    pub urls: SandboxUrls,
    pub user: User,
    pub clients: Clients,
    pub oauth: Mutex<TokenBook>,
    pub meetings: Mutex<Meetings>,
    pub webinars: Mutex<Meetings>,
    pub panels: Mutex<Panels>,
    /// Locked before `panels` where both are needed.
    pub rosters: Mutex<Rosters>,
    pub calls: Mutex<Calls>,
    pub pages: Mutex<Pages>,
    pub rates: Mutex<Rates>,
    pub zaks: Mutex<Passes>,
    pub download_tokens: Mutex<Passes>,
    /// Raw rows that are answered as they are. Locked last.
    pub loaded: Mutex<LoadedRows>,
    pub switches: Switches,
    pub events: Events,
}

impl Account {
    pub fn new(shared: SharedRef, urls: SandboxUrls, zone: Zone) -> Self {
        let now = shared.clock.now();
        // Its own stream of the seed, so that a change to the people leaves Zoom's ids alone.
        let mut rng = ChaCha8Rng::seed_from_u64(shared.config.seed);
        rng.set_stream(2);
        let user = User {
            id: secrets::short_id(&mut rng),
            account_id: secrets::short_id(&mut rng),
            rep: shared.people.rep.clone(),
            zone,
            pmi: Arc::new(AtomicU64::new(5_552_310_974)),
            created_at: now - TimeDelta::days(1_200),
        };
        let clients = Clients::new(&mut rng);
        let mut rosters = Rosters::default();
        let planned = world::meetings::plan(&shared.config, &shared.people, zone, now);
        let meetings = Meetings::seeded(planned, &user, now, rng, &mut rosters);
        let seed = shared.config.seed;
        let planned = world::webinars::plan(&shared.config, zone, now);
        let (webinars, panels) = webinars::seeded(planned, &user, (seed, now), &mut rosters);
        let calls = Calls::seeded(world::calls::plan(&shared.config, &shared.people, zone, now), seed);
        let app_scopes = super::scopes::APP.iter().map(|scope| (*scope).to_owned()).collect();
        Self {
            shared,
            urls,
            user,
            clients,
            oauth: Mutex::new(TokenBook::new(app_scopes)),
            meetings: Mutex::new(meetings),
            webinars: Mutex::new(webinars),
            panels: Mutex::new(panels),
            rosters: Mutex::new(rosters),
            calls: Mutex::new(calls),
            pages: Mutex::default(),
            rates: Mutex::default(),
            zaks: Mutex::default(),
            download_tokens: Mutex::default(),
            loaded: Mutex::default(),
            switches: Switches::default(),
            events: Events::default(),
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.shared.clock.now()
    }

    /// The meetings, or the webinars.
    pub fn book(&self, family: Family) -> &Mutex<Meetings> {
        match family {
            Family::Meeting => &self.meetings,
            Family::Webinar => &self.webinars,
        }
    }

    /// Writes an effect into the journal.
    pub fn record(&self, kind: &str, id: impl Into<String>, detail: Value) {
        self.shared.journal.record(self.now(), "zoom", kind, id, detail);
    }

    /// A token that the files of a recording can be fetched with.
    pub fn fresh_download_token(&self, lifetime: TimeDelta) -> String {
        let now = self.now();
        locked(&self.download_tokens).issue(now, now + lifetime)
    }

    /// A fresh ZAK of the user, the credential inside start links.
    pub fn fresh_zak(&self, lifetime: TimeDelta) -> String {
        let now = self.now();
        locked(&self.zaks).issue(now, now + lifetime)
    }
}
