//! One leg, as Zoom tells it and as it is kept.

use serde::{Deserialize, Serialize};

/// Somebody, or something, at one end of a leg. Texts as Zoom writes them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Party {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E-mail address, inside the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Number, usually with `+`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Extension; digits, may begin with a zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// Identifier of the extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_id: Option<String>,
    /// `user`, `call_queue`, `auto_receptionist` and others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension_kind: Option<String>,
    /// `external_pstn`, `zoom_pstn` and others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_kind: Option<String>,
    /// Country, as two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Where a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In the account.
    Inside,
    /// Not in it.
    Outside,
    /// Nothing tells.
    Unknown,
}

impl Party {
    /// Where the party is. An extension says more than the sort of a number.
    pub fn side(&self) -> Side {
        match (self.extension_kind.as_deref(), self.number_kind.as_deref()) {
            (Some("external_contact"), _) => Side::Outside,
            (Some(_), _) => Side::Inside,
            (None, Some(kind)) if kind.starts_with("external") || kind == "anonymous_number" => Side::Outside,
            (None, _) if self.extension_id.is_some() || self.extension.is_some() => Side::Inside,
            (None, _) if self.number.is_some() => Side::Outside,
            (None, _) => Side::Unknown,
        }
    }

    /// Something that hands calls on: a queue, a menu, a shared line.
    pub fn is_line(&self) -> bool {
        matches!(
            self.extension_kind.as_deref(),
            Some("call_queue" | "auto_receptionist" | "shared_line_group" | "group_call_pickup")
        )
    }

    /// Nothing is known.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    fn join(self, other: Self) -> Self {
        Self {
            name: self.name.max(other.name),
            email: self.email.max(other.email),
            number: self.number.max(other.number),
            extension: self.extension.max(other.extension),
            extension_id: self.extension_id.max(other.extension_id),
            extension_kind: self.extension_kind.max(other.extension_kind),
            number_kind: self.number_kind.max(other.number_kind),
            country: self.country.max(other.country),
        }
    }
}

/// One leg. Every part but the id may be missing: Zoom's forms differ, and more is told later.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a mark of its own in Zoom's history")]
pub struct Leg {
    /// Identifier of the leg.
    pub id: String,
    /// Identifier of the call's history; shared by its legs.
    pub uuid: Option<String>,
    /// The telephone system's number of the call; shared by its legs.
    pub call_id: Option<String>,
    /// A row of the first form of the history: a whole call, not a leg of one.
    pub whole: bool,
    /// `inbound` or `outbound`.
    pub direction: Option<String>,
    /// `internal` or `external`.
    pub connect: Option<String>,
    /// `incoming`, `outgoing`, `ring_to_member`, `warm_transfer` and others.
    pub event: Option<String>,
    /// How it ended.
    pub result: Option<String>,
    /// Why it ended so.
    pub reason: Option<String>,
    /// When it began to ring.
    pub start_ms: Option<i64>,
    /// When it was answered.
    pub answer_ms: Option<i64>,
    /// When it ended.
    pub end_ms: Option<i64>,
    /// Talk, in seconds.
    pub talk_s: Option<u32>,
    /// On hold, in seconds.
    pub hold_s: Option<u32>,
    /// Waiting, in seconds.
    pub wait_s: Option<u32>,
    /// Whole length in seconds; some forms have it instead of the others.
    pub length_s: Option<u32>,
    /// Who called.
    pub caller: Party,
    /// Who was called.
    pub callee: Party,
    /// Who acted in between.
    pub operator: Party,
    /// The caller hid the number.
    pub hidden: bool,
    /// Zoom takes it for spam.
    pub spam: bool,
    /// An emergency call.
    pub emergency: bool,
    /// Recording.
    pub recording: Option<String>,
    /// Voicemail.
    pub voicemail: Option<String>,
    /// Written summary.
    pub summary: Option<String>,
}

impl Leg {
    /// Puts two tellings of the same leg together: what either knows is known, so an older page that comes late takes
    /// nothing away. Where both know and differ, the later time, the larger number, the greater text stays; in any
    /// order the outcome is the same.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            id: self.id.max(other.id),
            uuid: self.uuid.max(other.uuid),
            call_id: self.call_id.max(other.call_id),
            whole: self.whole && other.whole,
            direction: self.direction.max(other.direction),
            connect: self.connect.max(other.connect),
            event: self.event.max(other.event),
            result: self.result.max(other.result),
            reason: self.reason.max(other.reason),
            start_ms: self.start_ms.max(other.start_ms),
            answer_ms: self.answer_ms.max(other.answer_ms),
            end_ms: self.end_ms.max(other.end_ms),
            talk_s: self.talk_s.max(other.talk_s),
            hold_s: self.hold_s.max(other.hold_s),
            wait_s: self.wait_s.max(other.wait_s),
            length_s: self.length_s.max(other.length_s),
            caller: self.caller.join(other.caller),
            callee: self.callee.join(other.callee),
            operator: self.operator.join(other.operator),
            hidden: self.hidden || other.hidden,
            spam: self.spam || other.spam,
            emergency: self.emergency || other.emergency,
            recording: self.recording.max(other.recording),
            voicemail: self.voicemail.max(other.voicemail),
            summary: self.summary.max(other.summary),
        }
    }

    /// Talk of this leg alone: told, or worked out from its times.
    pub fn talked_s(&self) -> u32 {
        let hold = self.hold_s.unwrap_or_default();
        self.talk_s.unwrap_or_else(|| {
            let spoken = match (self.answer_ms, self.end_ms) {
                (Some(answer), Some(end)) => seconds(answer, end),
                _ => self.length_s.unwrap_or_default(),
            };
            spoken.saturating_sub(hold)
        })
    }

    /// When talk began: told, or worked out from its end and what was talked and held. Forms without the answer's time
    /// have these.
    pub fn answered_ms(&self) -> Option<i64> {
        self.answer_ms.or_else(|| {
            let spoken = match self.talk_s {
                Some(talk) => talk.saturating_add(self.hold_s.unwrap_or_default()),
                None => self.length_s?,
            };
            Some(self.end_ms?.saturating_sub(i64::from(spoken) * 1_000))
        })
    }

    /// From when to when there was talk, where both are known.
    pub fn spoken_span(&self) -> Option<(i64, i64)> {
        Some((self.answered_ms()?, self.end_ms?))
    }

    /// Waiting of this leg alone: told, or worked out from its times.
    pub fn waited_s(&self) -> u32 {
        self.wait_s.unwrap_or_else(|| match (self.start_ms, self.answer_ms.or(self.end_ms)) {
            (Some(start), Some(until)) => seconds(start, until),
            _ => 0,
        })
    }
}

/// Whole seconds from one moment to another; none when they are the wrong way round.
pub(super) fn seconds(from_ms: i64, to_ms: i64) -> u32 {
    u32::try_from(to_ms.saturating_sub(from_ms) / 1_000).unwrap_or_default()
}
