//! Troubles that a demo shows when its user asks for them: one at a time, from inside the process, with what the
//! released program has. What they are made of is in [`crate::faults`] and in the services.

use crate::faults::CannedAnswer;
use crate::{AfterEffect, BeforeEffect, FaultRule, FaultRuleError, Sandbox, Service};

/// How long a slow service takes.
const SLOW_MS: u64 = 4_000;
/// How far the clocks of the services jump: beyond what an access token lives, and less than a day.
const JUMP_MS: i64 = 3 * 60 * 60 * 1_000;
/// The data interfaces; signing in stays as it is.
const DATA: [(Service, &str); 2] = [(Service::Zoom, "/v2/"), (Service::Salesforce, "/services/data/")];
/// What changes something: methods and paths.
const CHANGES: [(Service, &str, &str); 8] = [
    (Service::Zoom, "POST", "/v2/"),
    (Service::Zoom, "PATCH", "/v2/"),
    (Service::Zoom, "PUT", "/v2/"),
    (Service::Zoom, "DELETE", "/v2/"),
    (Service::Salesforce, "POST", "*/sobjects/*"),
    (Service::Salesforce, "POST", "*/composite/sobjects"),
    (Service::Salesforce, "PATCH", "/services/data/"),
    (Service::Salesforce, "DELETE", "/services/data/"),
];

/// One trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Both services refuse connections.
    Offline,
    /// Every answer takes seconds.
    Slow,
    /// Both services ask to slow down.
    RateLimit,
    /// Both services have ended the sign-in.
    SignInLost,
    /// Both services answer with 503.
    ServerError,
    /// Whatever is changed is changed, and its answer is lost.
    LostAnswer,
    /// The clocks of the services are hours ahead.
    ClockJump,
}

impl Trouble {
    #[cfg(test)]
    const ALL: [Self; 7] = [
        Self::Offline,
        Self::Slow,
        Self::RateLimit,
        Self::SignInLost,
        Self::ServerError,
        Self::LostAnswer,
        Self::ClockJump,
    ];

    fn rules(self) -> Vec<FaultRule> {
        let data = |effect: fn(Service) -> BeforeEffect| -> Vec<FaultRule> {
            let rule = |(service, path)| {
                FaultRule { method: None, ..FaultRule::on(service, "", path) }.before(effect(service))
            };
            DATA.map(rule).to_vec()
        };
        match self {
            Self::Slow => data(|_| BeforeEffect::Delay { ms: SLOW_MS }),
            Self::RateLimit => data(|service| BeforeEffect::Answer(too_many(service))),
            Self::ServerError => data(|_| BeforeEffect::Answer(CannedAnswer::json(503, ""))),
            Self::LostAnswer => CHANGES
                .iter()
                .map(|(service, method, path)| FaultRule::on(*service, method, path).after(AfterEffect::Reset))
                .collect(),
            Self::Offline | Self::SignInLost | Self::ClockJump => Vec::new(),
        }
    }
}

/// The limit that is soon over: a demo must get back to normal when it is asked to.
fn too_many(service: Service) -> CannedAnswer {
    match service {
        Service::Zoom => CannedAnswer::json(
            429,
            r#"{"code":429,"message":"You have reached the maximum per-second rate limit for this API. Try again later."}"#,
        ),
        Service::Salesforce => CannedAnswer::json(
            403,
            r#"[{"message":"ConcurrentRequests (Concurrent API Requests) Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#,
        ),
    }
}

impl Sandbox {
    /// Shows a trouble in place of the one there is, or none. A sign-in that was lost comes back with the next sign-in
    /// only.
    ///
    /// # Errors
    /// A rule of the script is none; the one before has ended then.
    pub fn simulate(&self, trouble: Option<Trouble>) -> Result<(), FaultRuleError> {
        let before = self.note_trouble(trouble);
        self.faults().clear();
        self.set_reachable(trouble != Some(Trouble::Offline));
        match (before == Some(Trouble::ClockJump), trouble == Some(Trouble::ClockJump)) {
            (true, false) => self.shared().clock.advance_ms(-JUMP_MS),
            (false, true) => self.shared().clock.advance_ms(JUMP_MS),
            _ => {}
        }
        if trouble == Some(Trouble::SignInLost) {
            self.zoom().revoke_all();
            self.salesforce().revoke_all();
        }
        trouble.map_or(Ok(()), |trouble| self.faults().add_all(trouble.rules()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Faults;

    #[test]
    fn every_rule_is_one_and_signing_in_is_never_touched() {
        for trouble in Trouble::ALL {
            let faults = Faults::default();
            faults.add_all(trouble.rules()).unwrap();
            for (service, path) in [(Service::Zoom, "/oauth/token"), (Service::Salesforce, "/services/oauth2/token")] {
                let met = faults.decide(service, "POST", path);
                assert!(met.before.is_none() && met.after.is_none(), "{trouble:?} {path}");
            }
        }
    }
}
