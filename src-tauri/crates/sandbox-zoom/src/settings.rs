//! The settings of the user, one function for each object of Zoom's answer.
//!
//! Values are those of a plausible Dutch sales team; what other parts of the sandbox enforce (the
//! passcode rules, the webinar licence) is said here and there alike.

use serde_json::{Value, json};

use super::meetings::SHORTEST_PASSCODE;
use super::switches::Switches;

/// The whole answer of `GET /users/me/settings`.
pub(crate) fn of_user(pmi_passcode: &str, switches: &Switches) -> Value {
    json!({
        "schedule_meeting": schedule_meeting(pmi_passcode),
        "in_meeting": in_meeting(),
        "email_notification": {
            "alternative_host_reminder": true, "cancel_meeting_reminder": true,
            "cloud_recording_available_reminder": true, "jbh_reminder": false,
            "recording_available_reminder_alternative_hosts": true,
            "recording_available_reminder_schedulers": true, "schedule_for_reminder": true,
        },
        "recording": recording(),
        "telephony": {
            "audio_conference_info": "", "third_party_audio": false,
            "show_international_numbers_link": true,
            "telephony_regions": { "allowed_values": ["NL", "BE", "DE"], "selection_values": "NL" },
        },
        "tsp": {
            "call_out": false, "call_out_countries": [], "show_international_numbers_link": false,
            "global_dial_in_countries": countries(),
        },
        "feature": feature(switches.webinar_licence.is_on(), switches.phone_licence.is_on()),
        "audio_conferencing": audio_conferencing(),
        "profile": {
            "recording_storage_location": { "allowed_values": ["NL", "DE"], "value": "NL" },
        },
        "whiteboard": {
            "out_meeting_advanced_whiteboard": true, "in_meeting_advanced_whiteboard": true,
        },
        "authentication_options": [{
            "id": "signIn_Q2v1Zk8tRwGn5yBxLmPaTA", "name": "Signed-in users", "default_option": true,
            "type": "enforce_login", "domains": "", "visible": true,
        }],
        "allow_authentication_exception": false,
        "meeting_authentication": false,
        "recording_authentication": true,
        "meeting_security": meeting_security(),
        "unlisted_panel": { "enable": false },
    })
}

fn passcode_requirement() -> Value {
    json!({
        "length": SHORTEST_PASSCODE, "have_letter": false, "have_number": false,
        "have_special_character": false, "have_upper_and_lower_characters": false,
        "only_allow_numeric": false, "consecutive_characters_length": 0,
        "weak_enhance_detection": false,
    })
}

fn schedule_meeting(pmi_passcode: &str) -> Value {
    json!({
        "host_video": true, "participants_video": false, "audio_type": "both",
        "join_before_host": false, "personal_meeting": true,
        "use_pmi_for_scheduled_meetings": false, "use_pmi_for_instant_meetings": false,
        "require_password_for_scheduled_meetings": true,
        "require_password_for_scheduling_new_meetings": true,
        "require_password_for_instant_meetings": true,
        "require_password_for_pmi_meetings": "all",
        "default_password_for_scheduled_meetings": "",
        "pmi_password": pmi_passcode, "pstn_password_protected": true,
        "force_pmi_jbh_password": true, "embed_password_in_join_link": true,
        "meeting_password_requirement": passcode_requirement(),
        "continuous_meeting_chat": {
            "enable": true, "can_add_external_users": false,
            "auto_add_invited_external_users": false,
            "support_instant_meetings": false, "support_scheduled_meetings": true,
        },
    })
}

fn feature(webinar: bool, phone: bool) -> Value {
    json!({
        "meeting_capacity": 300, "large_meeting": false, "large_meeting_capacity": 0,
        "concurrent_meeting": "Basic", "cn_meeting": false, "in_meeting": false,
        "webinar": webinar, "webinar_capacity": if webinar { 500 } else { 0 },
        "zoom_events": false, "zoom_events_capacity": 500, "zoom_events_unlimited": false,
        "zoom_events_unlimited_capacities": [], "zoom_events_pay_per_attendee": false,
        "zoom_sessions_unlimited": false, "zoom_sessions_unlimited_capacities": [],
        "zoom_sessions_pay_per_attendee": false,
        "zoom_phone": phone, "zoom_iq_for_sales": false, "zoom_revenue_accelerator": false,
        "zoom_whiteboard": true, "zoom_whiteboard_plus": false, "zoom_canvas": false,
        "zoom_translated_captions": false, "zoom_customer_managed_key": false,
        "zoom_huddles": false, "zoom_quality_management": false,
        "zoom_workforce_management": false, "zoom_scheduler": true, "zoom_clips_plus": false,
        "zoom_mail_calendar": true, "zoom_compliance_management": false, "zoom_docs": true,
        "license_info_list": [{
            "license_type": "ZOOM_SCHEDULER", "license_option": 1,
            "subscription_id": "SUBREF-000417-000002",
        }],
    })
}

fn in_meeting() -> Value {
    let talking = json!({
        "e2e_encryption": false, "chat": true, "private_chat": true, "auto_saving_chat": false,
        "allow_users_save_chats": 2, "allow_participants_chat_with": 1,
        "allow_users_to_delete_messages_in_meeting_chat": true, "file_transfer": true,
        "entry_exit_chime": "none", "record_play_voice": false, "feedback": false,
        "post_meeting_feedback": false, "co_host": true, "polling": true, "meeting_survey": true,
        "webinar_survey": true, "attendee_on_hold": true, "waiting_room": true,
        "show_meeting_control_toolbar": false, "screen_sharing": true,
        "who_can_share_screen": "all", "who_can_share_screen_when_someone_is_sharing": "host",
        "participants_share_simultaneously": "one",
        "disable_screen_sharing_for_host_meetings": false,
        "disable_screen_sharing_for_in_meeting_guests": false,
    });
    let showing = json!({
        "annotation": true, "whiteboard": true, "slide_control": true, "remote_control": true,
        "remote_support": false, "non_verbal_feedback": true, "meeting_reactions": true,
        "meeting_reactions_emojis": "all", "webinar_reactions": true,
        "allow_host_panelists_to_use_audible_clap": false, "join_from_desktop": true,
        "join_from_mobile": true, "show_a_join_from_your_browser_link": true,
        "breakout_room": true, "breakout_room_schedule": true, "closed_caption": true,
        "far_end_camera_control": false, "share_dual_camera": false, "group_hd": true,
        "webinar_group_hd": true, "virtual_background": true, "custom_data_center_regions": false,
        "data_center_regions": ["DE"], "unchecked_data_center_regions": [],
        "request_permission_to_unmute_participants": false,
        "transfer_meetings_between_devices": true, "allow_show_zoom_windows": false,
        "allow_host_to_enable_focus_mode": true, "attention_mode_focus_mode": true,
        "meeting_question_answer": true, "allow_live_streaming": false,
        "live_streaming_facebook": false, "live_streaming_youtube": false,
        "workplace_by_facebook": false, "custom_live_streaming_service": false,
        "custom_service_instructions": "",
    });
    let parts = [talking, showing, nested_in_meeting()];
    let objects = parts.into_iter().filter_map(|part| match part {
        Value::Object(object) => Some(object),
        _ => None,
    });
    Value::Object(objects.flatten().collect())
}

fn nested_in_meeting() -> Value {
    let polls = json!({
        "enable": true, "advanced_polls": true, "allow_alternative_host_to_add_edit": false,
        "require_answers_to_be_anonymous": false, "allow_host_to_upload_image": false,
    });
    json!({
        "closed_captioning": {
            "enable": true, "auto_transcribing": true, "save_caption": true,
            "third_party_captioning_service": false, "view_full_transcript": true,
        },
        "manual_captioning": {
            "allow_to_type": true, "auto_generated_captions": true, "full_transcript": true,
            "manual_captions": true, "save_captions": true,
            "third_party_captioning_service": false,
        },
        "language_interpretation": {
            "enable": false, "enable_language_interpretation_by_default": false,
            "allow_participants_to_speak_in_listening_channel": false,
            "allow_up_to_25_custom_languages_when_scheduling_meetings": false,
            "languages": ["English", "German"], "custom_languages": [],
        },
        "sign_language_interpretation": {
            "enable": false, "enable_sign_language_interpretation_by_default": false,
            "languages": ["Dutch"], "custom_languages": [],
        },
        "virtual_background_settings": {
            "enable": true, "allow_upload_custom": true, "allow_videos": true,
            "files": [{ "id": "Vb7kOfficeWall00000000", "is_default": true, "name": "wall.png", "size": 48_211, "type": "image" }],
        },
        "webinar_chat": {
            "enable": true, "allow_attendees_chat_with": 1, "default_attendees_chat_with": 2,
            "allow_panelists_chat_with": 1, "allow_panelists_send_direct_message": false,
            "allow_auto_save_local_chat_file": false, "allow_users_save_chats": 1,
        },
        "webinar_live_streaming": {
            "enable": false, "custom_service_instructions": "", "live_streaming_reminder": false,
            "live_streaming_service": [],
        },
        "meeting_polling": polls,
        "webinar_polling": polls,
        "meeting_summary_with_ai_companion": {
            "enable": true, "auto_enable": false, "who_will_receive_summary": 1,
        },
        "ai_companion_questions": {
            "enable": true, "auto_enable": false, "who_can_ask_questions": 3,
        },
    })
}

fn recording() -> Value {
    json!({
        "local_recording": true, "cloud_recording": true, "auto_recording": "none",
        "record_speaker_view": true, "record_gallery_view": false, "record_audio_file": true,
        "record_files_separately": {
            "active_speaker": true, "gallery_view": false, "shared_screen": true,
        },
        "save_chat_text": true, "show_timestamp": false, "display_participant_name": true,
        "recording_audio_transcript": true, "recording_thumbnails": true,
        "optimize_recording_for_3rd_party_video_editor": false, "recording_highlight": false,
        "save_panelist_chat": true, "save_poll_results": true, "save_close_caption": true,
        "host_pause_stop_recording": true, "auto_delete_cmr": true, "auto_delete_cmr_days": 180,
        "recording_disclaimer": true, "ask_participants_to_consent_disclaimer": true,
        "ask_host_to_confirm_disclaimer": false,
        "ip_address_access_control": { "enable": false, "ip_addresses_or_ranges": "" },
        "smart_recording": {
            "create_recording_highlights": true, "create_smart_chapters": true,
            "create_next_steps": true,
        },
        "recording_password_requirement": {
            "length": 8, "have_letter": true, "have_number": true, "have_special_character": false,
            "only_allow_numeric": false,
        },
    })
}

fn countries() -> Value {
    let netherlands = json!([{ "code": "NL", "name": "Netherlands" }]);
    json!({ "allowed_countries": netherlands, "selected_countries": netherlands })
}

fn audio_conferencing() -> Value {
    let toll_numbers = json!([{
        "code": "31", "country_code": "NL", "country_name": "Netherlands",
        "number": "205550142", "display_number": "+31 20 555 0142",
    }]);
    let mut dial_in = countries();
    if let Some(dial_in) = dial_in.as_object_mut() {
        dial_in.insert("include_toll_free".to_owned(), false.into());
    }
    json!({
        "toll_call": { "enable": true, "numbers": toll_numbers },
        "toll_free_and_fee_based_toll_call": {
            "enable": false, "allow_webinar_attendees_dial": false,
            "numbers": [{
                "code": "31", "country_code": "NL", "country_name": "Netherlands",
                "display_number": "+31 800 555 0199", "number": "800 555 0199",
            }],
        },
        "call_me_and_invite_by_phone": {
            "enable": false, "require_press_1_for_call_me": "auto",
            "allow_webinar_attendees_call_me": false, "call_out_countries": countries(),
        },
        "personal_audio_conference": false,
        "participant_phone_masking": { "enable": true, "masking_type": "mask_default" },
        "global_dial_in_countries": dial_in,
    })
}

fn meeting_security() -> Value {
    json!({
        "auto_security": true, "block_user_domain": false, "block_user_domain_list": [],
        "embed_password_in_join_link": true, "encryption_type": "enhanced_encryption",
        "end_to_end_encrypted_meetings": false, "meeting_password": true,
        "meeting_password_requirement": passcode_requirement(),
        "only_authenticated_can_join_from_webclient": false, "phone_password": true,
        "pmi_password": true, "require_password_for_scheduled_meeting": true,
        "require_password_for_scheduled_webinar": true, "waiting_room": true,
        "waiting_room_settings": {
            "participants_to_place_in_waiting_room": 0,
            "users_who_can_admit_participants_from_waiting_room": 0,
            "whitelisted_domains_for_waiting_room": "",
        },
        "webinar_password": true,
    })
}
