//! One leg of a call, in whichever form Zoom still writes it.
//!
//! Zoom renamed the rows of the call history: `call_logs` with `id` and `call_path_id` became
//! `call_elements` with `call_element_id` and `call_history_uuid`, and one list says `call_result` where the
//! others say `result`. Both forms are read here; [`CallLeg::id`] and its like tell no difference.

use serde::Deserialize;

use crate::open_enum::open_text_enum;
use crate::{ZoomTime, lenient};

open_text_enum! {
    /// Which way a call went, seen from the account.
    CallDirection {
        /// Somebody called.
        Inbound = "inbound",
        /// The user called.
        Outbound = "outbound",
    }
}

open_text_enum! {
    /// Whether a call left the account.
    ConnectType {
        /// It did not.
        Internal = "internal",
        /// It did.
        External = "external",
    }
}

open_text_enum! {
    /// What sort of extension took part.
    ExtensionType {
        /// A person.
        User = "user",
        /// A queue.
        CallQueue = "call_queue",
        /// A menu.
        AutoReceptionist = "auto_receptionist",
        /// A telephone in a common area.
        CommonArea = "common_area",
        /// A line of several people.
        SharedLineGroup = "shared_line_group",
        /// People who answer for each other.
        GroupCallPickup = "group_call_pickup",
        /// A contact outside the account.
        ExternalContact = "external_contact",
    }
}

open_text_enum! {
    /// How a leg ended.
    CallResult {
        /// Answered.
        Answered = "answered",
        /// Taken over by somebody.
        Accepted = "accepted",
        /// Picked up for somebody.
        PickedUp = "picked_up",
        /// Connected.
        Connected = "connected",
        /// Done, for a leg that is no talk.
        Succeeded = "succeeded",
        /// Went to voicemail.
        Voicemail = "voicemail",
        /// Hung up.
        HangUp = "hang_up",
        /// Given up by the caller.
        Canceled = "canceled",
        /// Failed.
        CallFailed = "call_failed",
        /// Not connected.
        Unconnected = "unconnected",
        /// Turned down.
        Rejected = "rejected",
        /// Busy.
        Busy = "busy",
        /// Rang in vain.
        RingTimeout = "ring_timeout",
        /// Sent on by a full queue.
        Overflowed = "overflowed",
        /// Not answered.
        NoAnswer = "no_answer",
        /// A key without a meaning.
        InvalidKey = "invalid_key",
        /// Something that is not possible.
        InvalidOperation = "invalid_operation",
        /// The caller gave up in a queue.
        Abandoned = "abandoned",
        /// Blocked by the system.
        SystemBlocked = "system_blocked",
        /// Blocked.
        Blocked = "blocked",
        /// The service was not available.
        ServiceUnavailable = "service_unavailable",
    }
}

/// One leg. A row without any identifier of its own is reported as skipped.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CallLeg {
    /// Identifier of the leg.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_element_id: Option<String>,
    /// Identifier of the leg in the older form.
    #[serde(default, rename = "id", deserialize_with = "lenient::optional_text")]
    pub older_id: Option<String>,
    /// Identifier of the call the leg belongs to.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_history_uuid: Option<String>,
    /// Identifier of the call in the older form.
    #[serde(default, rename = "call_path_id", deserialize_with = "lenient::optional_text")]
    pub older_path_id: Option<String>,
    /// The telephone system's number of the call: 19 digits, so a text.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_id: Option<String>,
    /// Which way it went.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub direction: Option<CallDirection>,
    /// Whether it left the account.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub connect_type: Option<ConnectType>,
    /// `general` or `emergency`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub call_type: Option<String>,
    /// What kind of leg it is: `incoming`, `outgoing`, `ring_to_member`, `forward` and others.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub event: Option<String>,
    /// How it ended.
    #[serde(default, rename = "result", deserialize_with = "lenient::blank_is_none")]
    pub leg_result: Option<CallResult>,
    /// How it ended, under the name one list has for it.
    #[serde(default, rename = "call_result", deserialize_with = "lenient::blank_is_none")]
    pub older_result: Option<CallResult>,
    /// Why it ended so: somebody else answered, for example.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub result_reason: Option<String>,
    /// When it began to ring.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub start_time: Option<ZoomTime>,
    /// When it was answered.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub answer_time: Option<ZoomTime>,
    /// When it ended.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub end_time: Option<ZoomTime>,
    /// Talk, in seconds.
    #[serde(default, rename = "talk_time", deserialize_with = "lenient::optional_whole_number")]
    pub talk_time_seconds: Option<u64>,
    /// On hold, in seconds.
    #[serde(default, rename = "hold_time", deserialize_with = "lenient::optional_whole_number")]
    pub hold_time_seconds: Option<u64>,
    /// Waiting, in seconds.
    #[serde(default, rename = "wait_time", deserialize_with = "lenient::optional_whole_number")]
    pub wait_time_seconds: Option<u64>,
    /// Whole length in seconds; one list has it instead of the others.
    #[serde(default, rename = "duration", deserialize_with = "lenient::optional_whole_number")]
    pub duration_seconds: Option<u64>,
    /// Caller's name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_name: Option<String>,
    /// Caller's e-mail address, inside the account.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_email: Option<String>,
    /// Caller's number, with `+`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_did_number: Option<String>,
    /// Caller's extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_ext_number: Option<String>,
    /// Identifier of that extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_ext_id: Option<String>,
    /// What sort of extension it is.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub caller_ext_type: Option<ExtensionType>,
    /// What sort of number: `external_pstn`, `zoom_pstn` and others.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_number_type: Option<String>,
    /// Calling code of the caller's country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_country_code: Option<String>,
    /// Caller's country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_country_iso_code: Option<String>,
    /// What the caller called with.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_device_type: Option<String>,
    /// Caller's department.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_department: Option<String>,
    /// Caller's site.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_site_id: Option<String>,
    /// Caller's account, between accounts.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub caller_account_code: Option<String>,
    /// Name of who was called.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_name: Option<String>,
    /// Their e-mail address, inside the account.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_email: Option<String>,
    /// Their number, with `+`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_did_number: Option<String>,
    /// Their extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_ext_number: Option<String>,
    /// Identifier of that extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_ext_id: Option<String>,
    /// What sort of extension it is.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub callee_ext_type: Option<ExtensionType>,
    /// What sort of number.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_number_type: Option<String>,
    /// Calling code of their country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_country_code: Option<String>,
    /// Their country.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_country_iso_code: Option<String>,
    /// What they answered with.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_device_type: Option<String>,
    /// Their department.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_department: Option<String>,
    /// Their site.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_site_id: Option<String>,
    /// Their account, between accounts.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub callee_account_code: Option<String>,
    /// Who acted in between.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub operator_name: Option<String>,
    /// Their extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub operator_ext_number: Option<String>,
    /// Identifier of that extension.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub operator_ext_id: Option<String>,
    /// What sort of extension it is.
    #[serde(default, deserialize_with = "lenient::blank_is_none")]
    pub operator_ext_type: Option<ExtensionType>,
    /// The caller hid their number.
    #[serde(default)]
    pub hide_caller_id: Option<bool>,
    /// What sort of spam Zoom takes it for, such as `Maybe Spam`; documented for the account's list only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub spam: Option<String>,
    /// Encrypted end to end.
    #[serde(default)]
    pub end_to_end: Option<bool>,
    /// Recording.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub recording_id: Option<String>,
    /// `ad-hoc` or `automatic`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub recording_type: Option<String>,
    /// Voicemail.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub voicemail_id: Option<String>,
    /// Summary; in the sync only.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub ai_call_summary_id: Option<String>,
}

impl CallLeg {
    /// Identifier of the leg. Both forms carry the same value.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.call_element_id.as_deref().or(self.older_id.as_deref())
    }

    /// Identifier of the call that the leg belongs to.
    #[must_use]
    pub fn call_uuid(&self) -> Option<&str> {
        self.call_history_uuid.as_deref().or(self.older_path_id.as_deref())
    }

    /// Whether Zoom takes it for spam.
    #[must_use]
    pub fn is_spam(&self) -> bool {
        let told = self.spam.as_deref().map(str::trim).unwrap_or_default().to_ascii_lowercase();
        !told.is_empty() && !told.starts_with("no")
    }

    /// How the leg ended.
    #[must_use]
    pub fn result(&self) -> Option<&CallResult> {
        self.leg_result.as_ref().or(self.older_result.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leg(json: &str) -> CallLeg {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn both_forms_tell_the_same() {
        let newer = leg(r#"{"call_element_id":"e1","call_history_uuid":"h1","result":"no_answer"}"#);
        let older = leg(r#"{"id":"e1","call_path_id":"h1","call_result":"no_answer"}"#);
        for leg in [newer, older] {
            assert_eq!(
                (leg.id(), leg.call_uuid(), leg.result()),
                (Some("e1"), Some("h1"), Some(&CallResult::NoAnswer))
            );
        }
    }

    #[test]
    fn spam_is_what_zoom_says_of_it() {
        for (json, spam) in [
            (r#"{"spam":"Maybe Spam"}"#, true),
            (r#"{"spam":"Not Spam"}"#, false),
            (r#"{"spam":"  "}"#, false),
            (r#"{"spam":null}"#, false),
            ("{}", false),
        ] {
            assert_eq!(leg(json).is_spam(), spam, "{json}");
        }
    }

    #[test]
    fn numbers_stay_as_dialled() {
        let leg = leg(r#"{"call_id":7018317023722949162,"callee_ext_number":"007","caller_ext_number":101229}"#);
        assert_eq!(leg.call_id.as_deref(), Some("7018317023722949162"));
        assert_eq!(leg.callee_ext_number.as_deref(), Some("007"));
        assert_eq!(leg.caller_ext_number.as_deref(), Some("101229"));
    }
}
