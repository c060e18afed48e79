//! Calls of a telephone: from the legs that Zoom lists to one call a rep made or got.
//!
//! Zoom writes a row for each leg: a queue that rings, each colleague it rings, a transfer, the answering machine. A
//! rep remembers one call. What belongs together is found by [`group`], and [`fold`] says what it was, seen from one
//! user. Both are pure and know no order: legs that come late, twice or in another page give the same call.
//!
//! Whose number it was is not asked here: see [`crate::matching`].

mod ending;
mod fold;
mod group;
mod leg;
mod me;

use serde::{Deserialize, Serialize};

pub use ending::Ending;
pub use fold::fold;
pub use group::{group, key};
pub use leg::{Leg, Party, Side};
pub use me::{Me, Role};

/// Which way a call went, seen from the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Somebody called.
    Inbound,
    /// The user called.
    Outbound,
}

/// What became of a call, seen from the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// The user talked.
    Answered,
    /// It rang at the user, and a colleague took it. Nobody has to call back.
    AnsweredByColleague,
    /// It was answered where the user had it sent on to, outside the account.
    Forwarded,
    /// It ended at an answering machine: the user's, or that of whom the user called.
    Voicemail,
    /// Somebody called and nobody answered.
    Missed,
    /// Turned down: by the user, or by whom the user called.
    Declined,
    /// Engaged.
    Busy,
    /// The user hung up before anybody answered.
    Cancelled,
    /// The user called and nobody answered.
    NoAnswer,
    /// The telephone system could not put it through.
    Failed,
    /// Blocked before it rang.
    Blocked,
    /// Zoom does not say, or says something new.
    Unknown,
}

impl Outcome {
    /// Everything there is.
    pub const ALL: [Self; 12] = [
        Self::Answered,
        Self::AnsweredByColleague,
        Self::Forwarded,
        Self::Voicemail,
        Self::Missed,
        Self::Declined,
        Self::Busy,
        Self::Cancelled,
        Self::NoAnswer,
        Self::Failed,
        Self::Blocked,
        Self::Unknown,
    ];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::AnsweredByColleague => "colleague",
            Self::Forwarded => "forwarded",
            Self::Voicemail => "voicemail",
            Self::Missed => "missed",
            Self::Declined => "declined",
            Self::Busy => "busy",
            Self::Cancelled => "cancelled",
            Self::NoAnswer => "no_answer",
            Self::Failed => "failed",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
        }
    }

    /// From what is stored; what a later version wrote is not known here.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name).unwrap_or(Self::Unknown)
    }

    /// Whether the user, or the telephone that the user sent the call to, talked.
    pub fn is_talk(self) -> bool {
        matches!(self, Self::Answered | Self::Forwarded)
    }

    /// Whether it is the user's own: somebody wanted the user, or the user wanted somebody. What a colleague took and
    /// what was blocked asks nothing of the user.
    pub fn is_mine(self) -> bool {
        !matches!(self, Self::AnsweredByColleague | Self::Blocked)
    }
}

/// Why a call ended as it did, where more is known than the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Because {
    /// It rang until the system gave up.
    RangOut,
    /// The caller hung up while it rang or waited.
    CallerGaveUp,
    /// Somebody else answered.
    AnsweredByOther,
    /// Somebody else picked it up for the user.
    PickedUpByOther,
}

/// One step of a call's way, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub struct Step {
    /// Zoom's word for what happened: `incoming`, `ring_to_member`, `warm_transfer` and others.
    pub event: Option<String>,
    /// From where.
    pub from: Party,
    /// To where.
    pub to: Party,
    /// Who made it happen, where somebody did.
    pub operator: Option<String>,
    /// When it began.
    pub start_ms: Option<i64>,
    /// When it was answered.
    pub answer_ms: Option<i64>,
    /// When it ended.
    pub end_ms: Option<i64>,
    /// Zoom's word for how it ended.
    pub result: Option<String>,
    /// Zoom's word for why.
    pub reason: Option<String>,
    /// The user took part in it.
    pub mine: bool,
}

/// One call of a user. Times are milliseconds since 1970 UTC, lengths whole seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a mark of its own in the list")]
pub struct Call {
    /// Stays the same whatever comes later: see [`key`].
    pub key: String,
    /// Zoom's id of the call's history.
    pub uuid: Option<String>,
    /// The telephone system's number of the call.
    pub call_id: Option<String>,
    /// Which way it went.
    pub direction: Direction,
    /// Nobody outside the account took part.
    pub internal: bool,
    /// An emergency call.
    pub emergency: bool,
    /// The caller hid the number.
    pub hidden: bool,
    /// Zoom takes it for spam.
    pub spam: bool,
    /// Who is at the other end: outside the account where anybody was.
    pub other: Party,
    /// Others outside who took part as well, in a conference.
    pub others: Vec<Party>,
    /// The side that called, as Zoom tells it.
    pub caller: Party,
    /// The side that was called, as Zoom tells it.
    pub callee: Party,
    /// The queue, menu or shared line that it came through, as people call it.
    pub through: Option<Party>,
    /// When it began to ring at the user, or the user began to call.
    pub ring_ms: Option<i64>,
    /// When the user talked first.
    pub answer_ms: Option<i64>,
    /// When it ended for the user.
    pub end_ms: Option<i64>,
    /// Talked.
    pub talk_s: u32,
    /// On hold.
    pub hold_s: u32,
    /// Waited or rang.
    pub wait_s: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, where more is known.
    pub because: Option<Because>,
    /// Zoom's own word, of the leg that decided.
    pub result: Option<String>,
    /// The way it took, in order.
    pub path: Vec<Step>,
    /// Recordings.
    pub recordings: Vec<String>,
    /// Voicemails.
    pub voicemails: Vec<String>,
    /// Zoom's written summary.
    pub summary: Option<String>,
    /// Every leg has ended and says how.
    pub complete: bool,
}

impl Call {
    /// What a bill would say: talk and hold together.
    pub fn length_s(&self) -> u32 {
        self.talk_s.saturating_add(self.hold_s)
    }
}

#[cfg(test)]
mod tests;
