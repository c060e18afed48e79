//! Who the user is on the telephone, and what part they had in a leg.

use serde::{Deserialize, Serialize};

use super::{Leg, Party};

/// By what the user is known in legs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Me {
    /// Identifier of the extension.
    pub extension_id: Option<String>,
    /// The extension.
    pub extension: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Own numbers, with `+`.
    pub numbers: Vec<String>,
}

/// What part the user had in a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// They called.
    Caller,
    /// They were called.
    Callee,
    /// They sent it on, parked it, joined it.
    Operator,
}

/// What somebody does with a call who has part in it. Supervisors who listen (`monitor`, `whisper`, `listen`) have none.
const HANDS_ON: &[&str] = &[
    "warm_transfer",
    "direct_transfer",
    "forward",
    "park",
    "park_pick_up",
    "merge",
    "shared",
    "takeover",
    "barge",
    "conference_barge",
];
/// What a supervisor does.
const LISTENS: &[&str] = &["monitor", "whisper", "listen"];

impl Me {
    /// Nothing is known: the list itself is the user's, so the side that a user would be on is theirs.
    pub fn is_unknown(&self) -> bool {
        self.extension_id.is_none() && self.extension.is_none() && self.email.is_none() && self.numbers.is_empty()
    }

    /// The user's part in a leg, if any.
    pub fn role(&self, leg: &Leg) -> Option<Role> {
        let event = leg.event.as_deref().unwrap_or_default();
        if LISTENS.contains(&event) || leg.reason.as_deref() == Some("call_out_by_other") {
            return None;
        }
        let outbound = leg.direction.as_deref() == Some("outbound");
        if leg.whole || self.is_unknown() {
            let role = if outbound { Role::Caller } else { Role::Callee };
            let party = if outbound { &leg.caller } else { &leg.callee };
            return (!party.is_line() || leg.whole).then_some(role);
        }
        match (self.is(&leg.caller), self.is(&leg.callee)) {
            (Some(true), Some(true)) => return Some(if outbound { Role::Caller } else { Role::Callee }),
            (Some(true), _) => return Some(Role::Caller),
            (_, Some(true)) => return Some(Role::Callee),
            // The side that a user would be on tells nothing of who it is.
            (None, _) if outbound && leg.caller.is_blank() => return Some(Role::Caller),
            (_, None) if !outbound && leg.direction.is_some() && leg.callee.is_blank() => return Some(Role::Callee),
            _ => {}
        }
        let acts = HANDS_ON.contains(&event) && self.is(&leg.operator) == Some(true);
        acts.then_some(Role::Operator)
    }

    /// Whether a party is the user; nothing when nothing that could tell is there. What identifies best decides.
    fn is(&self, party: &Party) -> Option<bool> {
        let same = |mine: &Option<String>, theirs: &Option<String>| match (mine, theirs) {
            (Some(mine), Some(theirs)) => Some(mine.eq_ignore_ascii_case(theirs)),
            _ => None,
        };
        if party.is_line() {
            return Some(false);
        }
        same(&self.extension_id, &party.extension_id)
            .or_else(|| same(&self.email, &party.email))
            .or_else(|| same(&self.extension, &party.extension))
            .or_else(|| {
                let number = digits(party.number.as_deref()?);
                Some(self.numbers.iter().any(|own| digits(own) == number))
            })
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
