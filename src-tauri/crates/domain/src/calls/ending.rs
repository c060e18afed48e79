//! What Zoom's words for the end of a leg come to.

use super::Leg;

/// How a leg ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Its two ends talked.
    Talked,
    /// Somebody else than its end talked: a colleague answered or picked up.
    TakenByOther,
    /// An answering machine.
    Voicemail,
    /// It rang in vain.
    RangOut,
    /// Whoever called hung up.
    GivenUp,
    /// It was turned down.
    Declined,
    /// Engaged.
    Busy,
    /// It could not be put through.
    Failed,
    /// Blocked.
    Blocked,
    /// It was handed on.
    HandedOn,
    /// Nothing is told, or something new.
    Unknown,
}

impl Ending {
    /// Reads a leg. The words are those of `result` in the call history (snake case) and in the first form of it (as
    /// people write); a word that is not known leaves it to the times.
    pub fn of(leg: &Leg) -> Self {
        let word = leg.result.as_deref().map(|text| text.trim().to_ascii_lowercase().replace([' ', '-'], "_"));
        let by_other = matches!(leg.reason.as_deref(), Some("answered_by_other" | "pickup_by_other"));
        let talked = leg.answer_ms.is_some() && leg.talked_s() > 0;
        match word.as_deref() {
            Some("answered_by_other" | "answered_by_other_member" | "picked_up_by_other") => Self::TakenByOther,
            Some(
                "answered" | "accepted" | "picked_up" | "connected" | "call_connected" | "recorded" | "auto_recorded",
            ) if !by_other => Self::Talked,
            Some("overflowed" | "succeeded") if talked && !by_other => Self::Talked,
            Some("overflowed") => Self::HandedOn,
            Some(_) if by_other => Self::TakenByOther,
            Some("succeeded") => Self::HandedOn,
            Some("voicemail") => Self::Voicemail,
            Some("hang_up") if talked => Self::Talked,
            Some("no_answer" | "ring_timeout" | "missed") => Self::RangOut,
            Some("canceled" | "call_cancel" | "cancelled" | "abandoned" | "hang_up") => Self::GivenUp,
            Some("rejected") => Self::Declined,
            Some("busy") => Self::Busy,
            Some(
                "call_failed"
                | "unconnected"
                | "invalid_key"
                | "invalid_operation"
                | "service_unavailable"
                | "wrong_number"
                | "restricted_number",
            ) => Self::Failed,
            Some("system_blocked" | "blocked") => Self::Blocked,
            _ if by_other => Self::TakenByOther,
            _ if leg.voicemail.is_some() => Self::Voicemail,
            _ if talked => Self::Talked,
            _ => Self::Unknown,
        }
    }
}
