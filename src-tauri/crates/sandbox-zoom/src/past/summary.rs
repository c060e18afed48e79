//! What the AI companion writes about a meeting.

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use serde_json::{Value, json};

use super::instances::{self, Instance};
use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::meetings::{Family, Meeting, instant};

/// So long after the end it is being written.
pub(super) const READY_AFTER_SECONDS: i64 = 300;

/// Whether there is a summary by now.
pub(super) fn exists(meeting: &Meeting, instance: &Instance, now: DateTime<Utc>) -> bool {
    let wanted = meeting.is_set("auto_start_meeting_summary");
    let seeded = meeting.source == "web_portal" && instance.rng(6).random_range(0..2) == 0;
    (wanted || seeded) && instance.age(now) >= READY_AFTER_SECONDS
}

/// `GET /meetings/{meetingId}/meeting_summary`, by UUID.
pub(super) fn get(account: &Account, call: &Call) -> Outcome {
    let (_, meeting, instance) = instances::named(account, call)?;
    if !exists(&meeting, &instance, account.now()) {
        return Err(Family::Meeting.missing(&instance.uuid));
    }
    Ok(Answer::ok(written(account, &meeting, &instance)))
}

/// Fields of the answer that the event has not.
const ONLY_ANSWERED: [&str; 3] =
    ["summary_last_modified_user_id", "summary_last_modified_user_email", "edited_summary"];

/// What the event says when it has been written.
pub(super) fn told(account: &Account, meeting: &Meeting, instance: &Instance) -> Value {
    let mut object = written(account, meeting, instance);
    if let Some(object) = object.as_object_mut() {
        object.retain(|name, _| !ONLY_ANSWERED.contains(&name.as_str()));
    }
    object
}

fn written(account: &Account, meeting: &Meeting, instance: &Instance) -> Value {
    let rep = &account.user.rep;
    let written = instance.end + TimeDelta::seconds(READY_AFTER_SECONDS);
    let content = format!(
        "## Key takeaways\n- {} went as planned.\n- The pilot starts with two teams.\n\n## Action items\n- **{}**\n  - \
         Send the minutes and the offer\n",
        meeting.topic, rep.first_name
    );
    json!({
        "meeting_host_id": account.user.id,
        "meeting_host_email": rep.email,
        "meeting_uuid": instance.uuid,
        "meeting_id": meeting.id,
        "meeting_topic": meeting.topic,
        "meeting_start_time": instant(instance.start),
        "meeting_end_time": instant(instance.end),
        "summary_start_time": instant(instance.start),
        "summary_end_time": instant(instance.end),
        "summary_created_time": instant(written),
        "summary_last_modified_time": instant(written),
        "summary_last_modified_user_id": account.user.id,
        "summary_last_modified_user_email": rep.email,
        "summary_title": format!("Meeting summary for {}", meeting.topic),
        "summary_overview": "The pilot and its first two teams.",
        "summary_details": [{ "label": "Pilot", "summary": "It starts with two teams; the offer follows." }],
        "next_steps": ["Send the minutes and the offer"],
        "edited_summary": { "summary_overview": "", "summary_details": "", "next_steps": [] },
        "summary_content": content,
        "summary_doc_url": format!("https://docs.example.com/doc/{}", meeting.id),
    })
}
