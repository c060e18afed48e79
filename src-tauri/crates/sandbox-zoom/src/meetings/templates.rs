//! Templates that the rep's administrator has prepared.

use serde_json::{Map, Value, json};

use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::call::Call;

/// The template for meetings that the administrator has prepared.
const QUARTERLY_REVIEW: &str = "q8rWfLk3TzC5mYp7aXnEoQ";

/// What a template for meetings sets; nothing of one that can't be used from outside Zoom: only the administrator's can.
pub(super) fn settings_of_meeting(id: &str) -> Option<Map<String, Value>> {
    let settings = json!({
        "waiting_room": false, "join_before_host": true, "jbh_time": 5, "host_video": true, "participant_video": true,
        "mute_upon_entry": true, "auto_recording": "cloud",
    });
    settings.as_object().filter(|_| id == QUARTERLY_REVIEW).cloned()
}

/// `GET /users/me/meeting_templates`. Type 1 is the user's own, 2 an administrator's.
pub(super) fn of_meetings(_account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    Ok(Answer::ok(json!({
        "total_records": 2,
        "templates": [
            { "id": "dsU27bG0Qd2nO1x4v9kTgA", "name": "Discovery call", "type": 1 },
            { "id": QUARTERLY_REVIEW, "name": "Quarterly review", "type": 2 },
        ],
    })))
}

/// The template for webinars that the administrator has prepared.
const PRODUCT_NEWS: &str = "Kx2vN6hJS8qUe4rPw0bZdg";

/// What a template for webinars sets; nothing of one that does not exist.
pub(crate) fn settings_of_webinar(id: &str) -> Option<Map<String, Value>> {
    let settings = json!({
        "approval_type": 1, "practice_session": true, "on_demand": true, "auto_recording": "cloud",
        "allow_multiple_devices": true, "question_and_answer": { "enable": true, "answer_questions": "only" },
    });
    settings.as_object().filter(|_| id == PRODUCT_NEWS).cloned()
}

/// `GET /users/me/webinar_templates`.
pub(super) fn of_webinars(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    crate::webinars::licensed(account)?;
    Ok(Answer::ok(json!({
        "total_records": 1,
        "templates": [{ "id": PRODUCT_NEWS, "name": "Product news", "type": 2 }],
    })))
}
