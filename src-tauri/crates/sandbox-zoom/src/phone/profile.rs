//! The telephone profile of the user, and its settings.

use serde_json::{Value, json};

use super::render::extension_id;
use super::{DIRECT_NUMBER, EXTENSION, QUEUE, admitted};
use crate::account::{Account, User};
use crate::answer::{Answer, Outcome};
use crate::call::Call;

/// `GET /phone/users/me`.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let user = &account.user;
    Ok(Answer::ok(json!({
        "id": user.id,
        "phone_user_id": extension_id(user, "phone user"),
        "email": user.rep.email,
        "status": "activate",
        "extension_id": extension_id(user, "user"),
        "extension_number": EXTENSION,
        "phone_numbers": [{ "id": extension_id(user, "number"), "number": DIRECT_NUMBER }],
        "calling_plans": [{
            "type": 600, "billing_account_id": "", "billing_account_name": "",
            "billing_subscription_id": "SUBREF-000417-000003", "billing_subscription_name": "Metered",
        }],
        "cost_center": "NL-210",
        "department": "Sales",
        "emergency_address": {
            "id": extension_id(user, "address"), "address_line1": "Stationsplein 1", "address_line2": "",
            "city": "Utrecht", "country": "NL", "state_code": "UT", "zip": "3511 ED",
        },
        "policy": policy(user),
        "site_admin": false,
        "site_id": extension_id(user, "site"),
    })))
}

/// A policy that an administrator has set for everybody.
fn set(on: bool) -> Value {
    json!({ "enable": on, "locked": true, "locked_by": "account", "modified": false })
}

/// One that does not say who has set it.
fn by_company(on: bool) -> Value {
    json!({ "enable": on, "locked": true, "modified": false })
}

/// A colleague who may listen to what is kept.
fn listener(user: &User) -> Value {
    json!({
        "access_user_id": extension_id(user, "colleague"), "allow_delete": false, "allow_download": false,
        "shared_id": extension_id(user, "shared"),
    })
}

fn policy(user: &User) -> Value {
    let voicemail_listener = json!({
        "access_user_id": extension_id(user, "colleague"), "allow_delete": false, "allow_download": false,
        "allow_sharing": false, "shared_id": extension_id(user, "shared"),
    });
    let beep = json!({
        "enable": true, "play_beep_volume": 60, "play_beep_time_interval": 15, "play_beep_member": "allMember",
    });
    let announced = json!({ "recording_start_prompt": true, "recording_explicit_consent": true });
    json!({
        "ad_hoc_call_recording": {
            "enable": true, "recording_start_prompt": true, "recording_transcription": true,
            "play_recording_beep_tone": beep, "locked": true, "locked_by": "account",
        },
        "ad_hoc_call_recording_access_members": [listener(user)],
        "auto_call_recording": {
            "enable": false, "allow_stop_resume_recording": true, "disconnect_on_recording_failure": false,
            "recording_calls": "both", "recording_explicit_consent": true, "recording_start_prompt": true,
            "recording_transcription": true, "play_recording_beep_tone": beep, "locked": true, "locked_by": "account",
            "inbound_audio_notification": announced, "outbound_audio_notification": announced,
        },
        "auto_call_recording_access_members": [listener(user)],
        "call_overflow": {
            "enable": true, "call_overflow_type": 1, "locked": true, "locked_by": "account", "modified": false,
        },
        "call_park": {
            "enable": true, "call_not_picked_up_action": 9, "expiration_period": 10, "locked": true,
            "locked_by": "account",
            "forward_to": {
                "display_name": "Sales queue", "extension_id": extension_id(user, "call_queue"),
                "extension_number": QUEUE, "extension_type": "callQueue", "id": extension_id(user, "queue"),
            },
        },
        "call_transferring": { "enable": true, "call_transferring_type": 2, "locked": true, "locked_by": "account" },
        "delegation": false,
        "elevate_to_meeting": true,
        "emergency_address_management": { "enable": true, "prompt_default_address": true },
        "emergency_calls_to_psap": true,
        "forwarding_to_external_numbers": true,
        "call_handling_forwarding_to_other_users": {
            "enable": true, "call_forwarding_type": 1, "locked": true, "locked_by": "account", "modified": false,
        },
        "hand_off_to_room": { "enable": true, "locked": true, "locked_by": "account" },
        "international_calling": true,
        "mobile_switch_to_carrier": { "enable": false, "locked": true, "locked_by": "account" },
        "select_outbound_caller_id": { "enable": true, "allow_hide_outbound_caller_id": false, "locked": true, "locked_by": "account" },
        "sms": {
            "enable": false, "international_sms": false, "international_sms_countries": [], "locked": true,
            "locked_by": "account", "allow_copy": true, "allow_paste": true,
        },
        "voicemail": {
            "enable": true, "allow_delete": true, "allow_download": true, "allow_transcription": true,
            "allow_videomail": false,
        },
        "voicemail_access_members": [voicemail_listener],
        "zoom_phone_on_mobile": {
            "enable": true, "allow_calling_clients": ["ios", "android"], "allow_sms_mms_clients": [],
            "allow_calling_sms_mms": true, "locked": true, "locked_by": "account",
        },
        "zoom_phone_on_desktop": {
            "enable": true, "allow_calling_clients": ["mac_os", "windows", "linux"], "allow_sms_mms_clients": [],
            "locked": true, "locked_by": "account", "modified": false,
        },
        "personal_audio_library": {
            "enable": true, "allow_music_on_hold_customization": true,
            "allow_voicemail_and_message_greeting_customization": true, "locked": true, "locked_by": "account", "modified": false,
        },
        "voicemail_transcription": set(true),
        "voicemail_notification_by_email": {
            "enable": true, "include_voicemail_file": false, "include_voicemail_transcription": true,
            "locked": true, "locked_by": "account", "modified": false,
        },
        "shared_voicemail_notification_by_email": set(false),
        "check_voicemails_over_phone": set(true),
        "audio_intercom": set(false),
        "peer_to_peer_media": set(false),
        "e2e_encryption": set(false),
        "outbound_calling": by_company(true),
        "outbound_sms": by_company(false),
        "allow_end_user_edit_call_handling": by_company(true),
        "voicemail_intent_based_prioritization": set(true),
        "voicemail_tasks": set(true),
    })
}

/// `GET /phone/users/me/settings`.
pub(super) fn settings(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let user = &account.user;
    Ok(Answer::ok(json!({
        "status": "Active",
        "area_code": "020",
        "audio_prompt_language": "en-GB",
        "company_number": "+31205550100",
        "country": { "code": "NL", "country_code": "31", "name": "Netherlands" },
        "extension_number": EXTENSION,
        "music_on_hold_id": "",
        "outbound_caller": { "number": DIRECT_NUMBER },
        "outbound_caller_ids": [
            { "is_default": true, "name": "Direct", "number": DIRECT_NUMBER },
            { "is_default": false, "name": "Northwind", "number": "+31205550100" },
        ],
        "delegation": { "assistants": [], "privacy": false, "privileges": [1], "locked": false },
        "desk_phone": { "devices": [], "keys_positions": { "primary_number": DIRECT_NUMBER }, "phone_screen_lock": false },
        "voice_mail": [],
        "intercom": { "audio_intercoms": [], "device": { "id": extension_id(user, "device"), "name": "" } },
        "auto_call_recording_access_members": [],
        "ad_hoc_call_recording_access_members": [],
        "shared_lines_call_setting": {
            "shared_line_appearances": { "executives": [] },
            "shared_line_groups": { "receive_calls": true, "shared_line_group": [] },
        },
    })))
}
