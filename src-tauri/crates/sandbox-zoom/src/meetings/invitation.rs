//! The text that a host sends to the people invited.

use std::fmt::Write as _;

use liaison_sandbox_kernel::locked;
use serde_json::json;

use super::Meeting;
use super::render::{dial_in_passcode, join_url};
use crate::account::{Account, User};
use crate::answer::{Answer, Outcome};
use crate::call::Call;

/// `GET /meetings/{meetingId}/invitation`.
pub(crate) fn get(account: &Account, call: &Call) -> Outcome {
    let id = call.meeting_id()?;
    let meeting = locked(&account.meetings).existing(id, account.now())?.clone();
    Ok(Answer::ok(json!({
        "invitation": text(&meeting, &account.user),
        "sip_links": [format!("{}@zoomcrc.com", meeting.id)],
    })))
}

/// Lines end in CR LF, as Zoom's do.
fn text(meeting: &Meeting, user: &User) -> String {
    let mut text = String::new();
    let mut line = |content: &str| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{content}\r\n");
    };
    let host = format!("{} {}", user.rep.first_name, user.rep.last_name);
    line(&format!("{host} is inviting you to a scheduled Zoom meeting."));
    line("");
    line(&format!("Topic: {}", meeting.topic));
    if let Some(start) = meeting.start {
        let local = start.with_timezone(&meeting.zone).format("%b %-d, %Y %I:%M %p");
        line(&format!("Time: {local} {}", meeting.zone.name()));
    }
    if meeting.recurrence.is_some() {
        line(&format!("        This meeting recurs: {} times", meeting.occurrences.len()));
    }
    line("");
    line("Join Zoom Meeting");
    line(&join_url(meeting, user.pmi()));
    line("");
    line(&format!("Meeting ID: {}", grouped(meeting.id)));
    if !meeting.passcode.is_empty() {
        line(&format!("Passcode: {}", meeting.passcode));
    }
    line("");
    line("Dial by your location");
    line("+31 20 555 0142 Netherlands");
    if !meeting.passcode.is_empty() {
        line(&format!("Passcode: {}", dial_in_passcode(meeting.id)));
    }
    line("");
    line("Join by SIP");
    line(&format!("{}@zoomcrc.com", meeting.id));
    text
}

/// A meeting number as people read it out: 864 1234 5678, 555 231 0974.
fn grouped(id: u64) -> String {
    let digits = id.to_string();
    let (first, rest) = digits.split_at(3.min(digits.len()));
    let (second, third) = rest.split_at(rest.len().saturating_sub(4));
    format!("{first} {second} {third}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_people_read_them() {
        assert_eq!(grouped(86_412_345_678), "864 1234 5678");
        assert_eq!(grouped(5_552_310_974), "555 231 0974");
    }
}
