//! Templates that the rep's administrator has prepared.

use serde_json::json;

use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::call::Call;

/// `GET /users/me/meeting_templates`. Type 1 is the user's own, 2 an administrator's.
pub(super) fn of_meetings(_account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    Ok(Answer::ok(json!({
        "total_records": 2,
        "templates": [
            { "id": "dsU27bG0Qd2nO1x4v9kTgA", "name": "Discovery call", "type": 1 },
            { "id": "q8rWfLk3TzC5mYp7aXnEoQ", "name": "Quarterly review", "type": 2 },
        ],
    })))
}

/// `GET /users/me/webinar_templates`.
pub(super) fn of_webinars(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    crate::webinars::licensed(account)?;
    Ok(Answer::ok(json!({
        "total_records": 1,
        "templates": [{ "id": "Kx2vN6hJS8qUe4rPw0bZdg", "name": "Product news", "type": 2 }],
    })))
}
