//! Who may do what: pending authorizations, codes, and families of tokens.
//!
//! A family is what one approval has led to: one current refresh token, the spent ones, and its
//! access tokens. Using a spent one ends the family.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use rand::prelude::*;

use super::policy::AppPolicy;

/// An authorization code lives this long.
const CODE_SECONDS: i64 = 60;
/// A person decides within this time.
const PENDING_MINUTES: i64 = 15;
/// Approvals of one user for one app; one more ends the oldest.
const MOST_APPROVALS: usize = 5;

/// What an app asked for.
#[derive(Clone)]
pub struct Request {
    pub redirect_uri: String,
    pub state: Option<String>,
    pub scope: Vec<String>,
    /// Absent only where the app leaves PKCE to the client.
    pub challenge: Option<String>,
    /// For the `id_token`.
    pub nonce: Option<String>,
    pub asked: DateTime<Utc>,
}

struct Code {
    request: Request,
    given: DateTime<Utc>,
}

struct Access {
    token: String,
    used: DateTime<Utc>,
}

struct Family {
    name: String,
    scope: Vec<String>,
    refresh: Option<String>,
    spent: HashSet<String>,
    access: Vec<Access>,
}

/// Tokens on their way to the client.
pub struct Tokens {
    pub access: String,
    pub refresh: Option<String>,
    pub scope: Vec<String>,
}

/// What came of a refresh token.
pub enum Refreshed {
    Fresh {
        tokens: Tokens,
        family: String,
    },
    /// A spent token was used again; the family is over.
    Reused {
        family: String,
    },
    Unknown,
}

/// What a code was worth.
pub enum Redeemed {
    Good(Box<Request>),
    Expired,
    Unknown,
}

/// All grants of the app.
#[derive(Default)]
pub struct Grants {
    pub policy: AppPolicy,
    pending: HashMap<String, Request>,
    codes: HashMap<String, Code>,
    families: Vec<Family>,
    given: u64,
}

impl Grants {
    /// Keeps a request until somebody decides; answers with its name.
    pub fn ask(&mut self, request: Request) -> String {
        let oldest = request.asked - TimeDelta::minutes(PENDING_MINUTES);
        self.pending.retain(|_, own| own.asked >= oldest);
        let name = random(24);
        self.pending.insert(name.clone(), request);
        name
    }

    /// The request that somebody decides on; it is gone after that.
    pub fn decided(&mut self, name: &str, now: DateTime<Utc>) -> Option<Request> {
        let request = self.pending.remove(name)?;
        (now - request.asked <= TimeDelta::minutes(PENDING_MINUTES)).then_some(request)
    }

    /// A code for an approved request. Codes end in `==` and so arrive percent-encoded.
    pub fn code(&mut self, request: Request, now: DateTime<Utc>) -> String {
        let code = format!("aPrx{}==", random(64));
        self.codes.insert(code.clone(), Code { request, given: now });
        code
    }

    /// Takes a code; it is good once.
    pub fn redeem(&mut self, code: &str, now: DateTime<Utc>) -> Redeemed {
        match self.codes.remove(code) {
            None => Redeemed::Unknown,
            Some(found) if now - found.given > TimeDelta::seconds(CODE_SECONDS) => Redeemed::Expired,
            Some(found) => Redeemed::Good(Box::new(found.request)),
        }
    }

    /// Starts a family. Answers with the tokens, its name, and the family that had to go for it.
    pub fn start(
        &mut self,
        access: String,
        scope: Vec<String>,
        now: DateTime<Utc>,
    ) -> (Tokens, String, Option<String>) {
        let displaced = (self.families.len() >= MOST_APPROVALS).then(|| self.end_at(0));
        self.given += 1;
        let lasting = scope.iter().any(|own| own == "refresh_token" || own == "offline_access");
        let family = Family {
            name: format!("approval-{}", self.given),
            scope: scope.clone(),
            refresh: lasting.then(refresh_token),
            spent: HashSet::new(),
            access: vec![Access { token: access.clone(), used: now }],
        };
        let tokens = Tokens { access, refresh: family.refresh.clone(), scope };
        let name = family.name.clone();
        self.families.push(family);
        (tokens, name, displaced)
    }

    /// The scope that a current refresh token stands for.
    pub fn scope_of(&self, token: &str) -> Option<Vec<String>> {
        let family = self.families.iter().find(|family| family.refresh.as_deref() == Some(token))?;
        Some(family.scope.clone())
    }

    /// Trades a refresh token for a new pair, or for an access token alone where they last.
    pub fn refresh(&mut self, access: String, token: &str, now: DateTime<Utc>) -> Refreshed {
        if let Some(place) = self.families.iter().position(|family| family.spent.contains(token)) {
            return Refreshed::Reused { family: self.end_at(place) };
        }
        let found = self.families.iter_mut().find(|family| family.refresh.as_deref() == Some(token));
        let Some(family) = found else { return Refreshed::Unknown };
        let fresh = (!self.policy.lasting_refresh_tokens).then(refresh_token);
        if fresh.is_some() {
            family.spent.insert(token.to_owned());
            family.refresh.clone_from(&fresh);
        }
        family.access.push(Access { token: access.clone(), used: now });
        let tokens = Tokens { access, refresh: fresh, scope: family.scope.clone() };
        Refreshed::Fresh { tokens, family: family.name.clone() }
    }

    /// The scope of a live session; using it keeps it alive.
    pub fn session(&mut self, token: &str, now: DateTime<Utc>) -> Option<Vec<String>> {
        let oldest = now - self.policy.idle();
        for family in &mut self.families {
            family.access.retain(|access| access.used >= oldest);
            if let Some(access) = family.access.iter_mut().find(|access| access.token == token) {
                access.used = access.used.max(now);
                return Some(family.scope.clone());
            }
        }
        None
    }

    /// Ends one access token, or with a refresh token the whole family. Answers with its name.
    pub fn revoke(&mut self, token: &str) -> Option<String> {
        let by_refresh = self.families.iter().position(|family| family.refresh.as_deref() == Some(token));
        if let Some(place) = by_refresh {
            return Some(self.end_at(place));
        }
        for family in &mut self.families {
            let before = family.access.len();
            family.access.retain(|access| access.token != token);
            if family.access.len() != before {
                return Some(family.name.clone());
            }
        }
        None
    }

    pub fn expire_access_tokens(&mut self) {
        for family in &mut self.families {
            family.access.clear();
        }
    }

    pub fn revoke_all(&mut self) -> Vec<String> {
        let mut ended = Vec::new();
        while !self.families.is_empty() {
            ended.push(self.end_at(0));
        }
        ended
    }

    fn end_at(&mut self, place: usize) -> String {
        self.families.remove(place).name
    }
}

/// An access token that says nothing but its org.
pub fn opaque(org: &str) -> String {
    format!("{org}!AQ{}", random(94))
}

fn refresh_token() -> String {
    format!("5Aep861{}", random(80))
}

/// Letters, digits, dots and underscores: what clients accept in an opaque token.
fn random(length: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
}
