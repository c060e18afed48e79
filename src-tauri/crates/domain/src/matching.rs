//! Whose call it was: a ladder of steps, each of which says why.
//!
//! 1. *Intent*: it was dialled from a record here.
//! 2. *Remembered*: what the user decided for this line.
//! 3. *The line itself*: the same line as a number of exactly one record.
//!
//! What the context tells (a meeting of late, an open opportunity) only orders those who are asked about; it never
//! decides between two people.
//!
//! One clear winner is linked, several are asked about, and what is no number matches nobody and says so. A wrong link
//! costs more than a question: whatever leaves a doubt (an assistant's telephone, an extension that only one side
//! tells, digits with two readings) asks.
//!
//! Pure: nothing here reads, and nothing knows how candidates are found.

mod evidence;
mod intent;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::phone::{NoNumber, PhoneNumber};

pub use evidence::{Doubt, Evidence, Ground, evidence, numbers_in};
pub use intent::{Dialled, INTENT_AFTER_MS, INTENT_BEFORE_MS, dialled_for};

/// Meetings and calls of so many days count as context.
pub const RECENT_MS: i64 = 14 * 24 * 3_600_000;

/// The kinds of record that a call can be linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Object {
    /// A Contact; stands before a Lead where all else is equal.
    Contact,
    /// A Lead.
    Lead,
    /// An Account. A person account is its Contact.
    Account,
}

impl Object {
    /// Salesforce's own object name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contact => "Contact",
            Self::Lead => "Lead",
            Self::Account => "Account",
        }
    }

    /// The kind that an object's name stands for.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Contact, Self::Lead, Self::Account].into_iter().find(|object| object.name() == name)
    }
}

/// A record of Salesforce.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Record {
    /// Of which kind.
    pub object: Object,
    /// Salesforce id, 18 characters.
    pub id: String,
}

/// How a record took the place of the one that has the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Followed {
    /// The Lead was converted to it.
    Converted,
    /// The record was merged into it.
    Merged,
}

/// What is known of a candidate beside the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// The user owns an open opportunity with them.
    pub open_opportunity: bool,
    /// The last meeting with them.
    pub met_ms: Option<i64>,
    /// The last call, meeting or other activity with them.
    pub touched_ms: Option<i64>,
}

/// Somebody whose number it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The record that stands for them today.
    pub record: Record,
    /// Its name.
    pub name: String,
    /// A Contact's account; an account's own id.
    pub account_id: Option<String>,
    /// A Lead's company, or the name of a Contact's account.
    pub company: Option<String>,
    /// They are not to be called.
    pub do_not_call: bool,
    /// How the record took another one's place.
    pub followed: Option<Followed>,
    /// What speaks for them; see [`evidence`].
    pub evidence: Vec<Evidence>,
    /// What orders them.
    pub context: Context,
}

/// What the other end of a call is.
#[derive(Debug, Clone, Copy)]
pub enum Reach<'a> {
    /// A number.
    Number(&'a PhoneNumber),
    /// None, and why.
    None(NoNumber),
    /// Somebody inside the account.
    Internal,
}

/// What the user decided for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    /// Always this record.
    Always {
        /// Which.
        record: Record,
        /// Its name.
        name: String,
        /// Since when.
        since_ms: i64,
    },
    /// Never anybody.
    Ignore {
        /// Since when.
        since_ms: i64,
    },
}

/// Everything that is asked of one call.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The other end.
    pub reach: Reach<'a>,
    /// From where it was dialled; see [`dialled_for`].
    pub dialled: Option<&'a Dialled>,
    /// What was decided for the line.
    pub remembered: Option<&'a Remembered>,
    /// Whose number it may be, in any order.
    pub candidates: Vec<Candidate>,
    /// Now.
    pub now_ms: i64,
}

/// Why a call belongs to a record, in data; the words are elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Why {
    /// Dialled from the record.
    Intent {
        /// When.
        at_ms: i64,
    },
    /// The user decided so for the line.
    Remembered {
        /// When.
        since_ms: i64,
    },
    /// A field of the record has the line.
    Line {
        /// The field's name in Salesforce.
        field: String,
        /// What stands there.
        written: String,
        /// Who says that two spellings are one line, where they differ.
        source: Option<String>,
        /// How the record took another one's place.
        followed: Option<Followed>,
    },
}

/// A candidate who is asked about, with what speaks for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Who.
    pub candidate: Candidate,
    /// The best of what speaks for them.
    pub why: Evidence,
}

/// What the ladder came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One clear winner.
    Linked {
        /// Which record.
        record: Record,
        /// Its name.
        name: String,
        /// Why.
        why: Why,
    },
    /// The user decided that the line is nobody's.
    Ignored {
        /// When.
        since_ms: i64,
    },
    /// Somebody has to say who; the likelier first, never empty.
    Ask(Vec<Choice>),
    /// The line of an account that several of its people share.
    Switchboard {
        /// The account.
        account_id: String,
        /// Its name.
        account: Option<String>,
        /// Its people with that line, the likelier first, and the account itself where the line is its own.
        people: Vec<Choice>,
    },
    /// Nobody has the number.
    Nobody,
    /// Inside the account.
    Internal,
    /// It is no number that could be anybody's.
    NoNumber(NoNumber),
}

impl Verdict {
    /// The account of a switchboard, where it is not among those who are asked about: only its people have the line.
    pub fn account_beside(&self) -> Option<&str> {
        match self {
            Self::Switchboard { account_id, people, .. }
                if !people.iter().any(|choice| choice.candidate.record.id == *account_id) =>
            {
                Some(account_id.as_str())
            }
            _ => None,
        }
    }

    /// Asks about the account of a switchboard as well, after its people: the call may be about the company, whoever
    /// picked up.
    #[must_use]
    pub fn with_account(mut self, name: String, context: Context) -> Self {
        if let Self::Switchboard { account_id, people, .. } = &mut self {
            let candidate = Candidate {
                record: Record { object: Object::Account, id: account_id.clone() },
                name,
                account_id: Some(account_id.clone()),
                company: None,
                do_not_call: false,
                followed: None,
                evidence: Vec::new(),
                context,
            };
            let ground = Ground::Maybe(Doubt::ItsPeople);
            people.push(Choice { candidate, why: Evidence { ground, field: String::new(), written: String::new() } });
        }
        self
    }
}

/// Goes up the ladder until a step answers.
pub fn whose(question: Question<'_>) -> Verdict {
    if let Reach::Internal = question.reach {
        return Verdict::Internal;
    }
    if let Some(dialled) = question.dialled {
        let Dialled { record, name, at_ms, .. } = dialled.clone();
        return Verdict::Linked { record, name, why: Why::Intent { at_ms } };
    }
    match question.remembered {
        Some(Remembered::Always { record, name, since_ms }) => {
            let why = Why::Remembered { since_ms: *since_ms };
            return Verdict::Linked { record: record.clone(), name: name.clone(), why };
        }
        Some(Remembered::Ignore { since_ms }) => return Verdict::Ignored { since_ms: *since_ms },
        None => {}
    }
    if let Reach::None(reason) = question.reach {
        return Verdict::NoNumber(reason);
    }
    let now_ms = question.now_ms;
    let choices = ranked(question.candidates, now_ms);
    // Whoever has the same line with an extension, or as one of two readings, may have called as well.
    let of_line: Vec<&Choice> = choices.iter().filter(|choice| choice.why.is_of_line()).collect();
    match callers(&of_line).as_slice() {
        [only] if only.why.is_sure() => linked(only),
        [first, second, rest @ ..] => {
            let shared = |account: &str| {
                [second].into_iter().chain(rest).all(|choice| choice.candidate.account_id.as_deref() == Some(account))
            };
            match &first.candidate.account_id {
                Some(account_id) if shared(account_id) => Verdict::Switchboard {
                    account_id: account_id.clone(),
                    account: first.candidate.company.clone(),
                    people: of_line.into_iter().cloned().collect(),
                },
                _ => Verdict::Ask(choices),
            }
        }
        _ if choices.is_empty() => Verdict::Nobody,
        _ => Verdict::Ask(choices),
    }
}

/// Who may have called on a line. An account is nobody who calls beside its own people: that its main line is also one
/// of theirs makes no further caller.
fn callers<'a>(of_line: &[&'a Choice]) -> Vec<&'a Choice> {
    let is_theirs = |account: &Record| {
        of_line.iter().any(|choice| {
            choice.candidate.record.object != Object::Account
                && choice.candidate.account_id.as_deref() == Some(account.id.as_str())
        })
    };
    let calls = |choice: &&&Choice| {
        let record = &choice.candidate.record;
        record.object != Object::Account || !is_theirs(record)
    };
    of_line.iter().filter(calls).copied().collect()
}

fn linked(choice: &Choice) -> Verdict {
    let Choice { candidate, why } = choice;
    let source = match &why.ground {
        Ground::Same { source } => source.map(ToOwned::to_owned),
        Ground::Maybe(_) => None,
    };
    Verdict::Linked {
        record: candidate.record.clone(),
        name: candidate.name.clone(),
        why: Why::Line { field: why.field.clone(), written: why.written.clone(), source, followed: candidate.followed },
    }
}

/// Everybody for whom anything speaks, each record once, the likelier first.
pub fn ranked(candidates: Vec<Candidate>, now_ms: i64) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for candidate in candidates {
        let Some(why) = candidate.evidence.iter().min().cloned() else { continue };
        // A Lead and the Contact that it became are one person.
        match choices.iter_mut().find(|known| known.candidate.record == candidate.record) {
            Some(known) if (&why, candidate.followed) < (&known.why, known.candidate.followed) => {
                *known = Choice { candidate, why };
            }
            Some(_) => {}
            None => choices.push(Choice { candidate, why }),
        }
    }
    let recent = |at: Option<i64>| at.is_some_and(|at| now_ms.saturating_sub(at) <= RECENT_MS);
    choices.sort_by_cached_key(|Choice { candidate, why }| {
        (
            !why.is_sure(),
            !candidate.context.open_opportunity,
            !recent(candidate.context.met_ms),
            candidate.record.object,
            Reverse(candidate.context.touched_ms),
            candidate.name.to_lowercase(),
            candidate.record.id.clone(),
        )
    });
    choices
}

#[cfg(test)]
mod labelled;
#[cfg(test)]
mod tests;
