//! Zoom's legs, and rows of the first form of its history, as the domain reads them.

use liaison_domain::calls::{Leg, Me, Party};
use liaison_domain::text;
use liaison_zoom::{CallLeg, CallLog, PhoneUser, ZoomTime};

const MAX_TEXT: usize = 255;

/// Who the user is on the telephone.
pub(super) fn me(user: &PhoneUser) -> Me {
    Me {
        extension_id: user.extension_id.clone(),
        extension: user.extension_number.clone(),
        email: user.email.clone(),
        numbers: user.phone_numbers.iter().flatten().map(|number| number.number.clone()).collect(),
    }
}

/// A leg; `None` without an id, which the client leaves out already.
pub(super) fn leg(told: &CallLeg) -> Option<Leg> {
    let caller = Party {
        name: clean(told.caller_name.as_ref()),
        email: clean(told.caller_email.as_ref()),
        number: clean(told.caller_did_number.as_ref()),
        extension: clean(told.caller_ext_number.as_ref()),
        extension_id: clean(told.caller_ext_id.as_ref()),
        extension_kind: told.caller_ext_type.as_ref().map(|kind| kind.as_str().to_owned()),
        number_kind: clean(told.caller_number_type.as_ref()),
        country: clean(told.caller_country_iso_code.as_ref()),
    };
    let callee = Party {
        name: clean(told.callee_name.as_ref()),
        email: clean(told.callee_email.as_ref()),
        number: clean(told.callee_did_number.as_ref()),
        extension: clean(told.callee_ext_number.as_ref()),
        extension_id: clean(told.callee_ext_id.as_ref()),
        extension_kind: told.callee_ext_type.as_ref().map(|kind| kind.as_str().to_owned()),
        number_kind: clean(told.callee_number_type.as_ref()),
        country: clean(told.callee_country_iso_code.as_ref()),
    };
    let operator = Party {
        name: clean(told.operator_name.as_ref()),
        extension: clean(told.operator_ext_number.as_ref()),
        extension_id: clean(told.operator_ext_id.as_ref()),
        extension_kind: told.operator_ext_type.as_ref().map(|kind| kind.as_str().to_owned()),
        ..Party::default()
    };
    Some(Leg {
        id: told.id()?.to_owned(),
        uuid: told.call_uuid().map(ToOwned::to_owned),
        call_id: told.call_id.clone(),
        whole: false,
        direction: told.direction.as_ref().map(|direction| direction.as_str().to_owned()),
        connect: told.connect_type.as_ref().map(|connect| connect.as_str().to_owned()),
        event: clean(told.event.as_ref()),
        result: told.result().map(|result| result.as_str().to_owned()),
        reason: clean(told.result_reason.as_ref()),
        start_ms: moment(told.start_time),
        answer_ms: moment(told.answer_time),
        end_ms: moment(told.end_time),
        talk_s: seconds(told.talk_time_seconds),
        hold_s: seconds(told.hold_time_seconds),
        wait_s: seconds(told.wait_time_seconds),
        length_s: seconds(told.duration_seconds),
        caller,
        callee,
        operator,
        hidden: told.hide_caller_id == Some(true),
        spam: told.is_spam(),
        emergency: told.call_type.as_deref() == Some("emergency"),
        recording: told.recording_id.clone(),
        voicemail: told.voicemail_id.clone(),
        summary: told.ai_call_summary_id.clone(),
    })
}

/// A row of the first form: a whole call.
pub(super) fn whole(told: &CallLog) -> Leg {
    let party = |name: &Option<String>,
                 number: &Option<String>,
                 kind: Option<i64>,
                 did: &Option<String>,
                 country: &Option<String>| {
        let extension = (kind == Some(1)).then(|| clean(number.as_ref())).flatten();
        Party {
            name: clean(name.as_ref()),
            number: clean(did.as_ref()).or_else(|| clean(number.as_ref()).filter(|_| kind != Some(1))),
            extension_kind: extension.as_ref().map(|_| "user".to_owned()),
            extension,
            country: clean(country.as_ref()),
            ..Party::default()
        }
    };
    Leg {
        id: told.id.clone(),
        call_id: told.call_id.clone(),
        whole: true,
        direction: told.direction.as_ref().map(|direction| direction.as_str().to_owned()),
        result: clean(told.result.as_ref()),
        start_ms: moment(told.date_time),
        answer_ms: moment(told.answer_start_time),
        end_ms: moment(told.call_end_time),
        hold_s: seconds(told.hold_time_seconds),
        wait_s: seconds(told.waiting_time_seconds),
        length_s: seconds(told.duration_seconds),
        caller: party(
            &told.caller_name,
            &told.caller_number,
            told.caller_number_type,
            &told.caller_did_number,
            &told.caller_country_iso_code,
        ),
        callee: party(
            &told.callee_name,
            &told.callee_number,
            told.callee_number_type,
            &told.callee_did_number,
            &told.callee_country_iso_code,
        ),
        emergency: told.callee_number_type == Some(3),
        ..Leg::default()
    }
}

fn clean(text: Option<&String>) -> Option<String> {
    text.map(|text| text::single_line(text, MAX_TEXT)).filter(|text| !text.is_empty())
}

fn moment(time: Option<ZoomTime>) -> Option<i64> {
    time.and_then(ZoomTime::utc).map(|moment| moment.timestamp_millis())
}

fn seconds(told: Option<u64>) -> Option<u32> {
    told.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX))
}
