//! What the AI companion writes about a call.

use liaison_sandbox_kernel::locked;
use serde_json::json;

use super::admitted;
use crate::account::Account;
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::instant;

/// `GET /phone/user/me/ai_call_summary/{aiCallSummaryId}`.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    admitted(account, call)?;
    let id = call.segment(1);
    let now = account.now();
    let calls = locked(&account.calls);
    let found = calls.legs.iter().find(|leg| leg.is_listed(now) && leg.summary.as_ref() == Some(&id));
    let leg = found.ok_or_else(|| Refusal::new(axum::http::StatusCode::NOT_FOUND, 404, "Not Found"))?;
    Ok(Answer::ok(json!({
        "ai_call_summary_id": id,
        "account_id": account.user.account_id,
        "call_id": leg.call,
        "user_id": account.user.id,
        "call_summary_rate": "thumb_up",
        "transcript_language": "en",
        "call_summary": "They went through the open points of the offer and agreed on a second look at the price.",
        "next_steps": "Send the revised offer before the end of the week.",
        "detailed_summary": "The buyer asked for a shorter first term. The rep will check what that does to the price.",
        "created_time": instant(leg.ended),
        "modified_time": instant(leg.ended),
        "edited": false,
    })))
}
