//! What became of a meeting, in its Event: our package's fields, or a block of the description that replaces itself.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use liaison_domain::block::{self, Placed};
use liaison_salesforce::{Afterwards, Change as FieldChange};
use liaison_store::tables::meeting_instances as instances;
use secrecy::ExposeSecret;

use super::fields::StoredAfter;
use crate::context::Context;
use crate::outbox::reason::{StoredLeftOut, Why};

/// Salesforce's limit for `Event.Description`.
const MAX_DESCRIPTION: usize = 32_000;

/// What the description of an Event becomes.
pub(super) enum Described {
    Kept,
    Text(String),
    /// As it was to be changed; somebody has written into our block, or there is no room for it.
    Edited,
}

/// The description with the text that it is to have, if it is to be changed, and with the block, if there is one. Whatever
/// stands beside the block stays, byte for byte; a block that is there stays when the text changes.
pub(super) async fn description(
    cx: &Arc<Context>,
    there: &str,
    wanted: &FieldChange<String>,
    block: Option<&StoredAfter>,
) -> Described {
    let text = match wanted {
        FieldChange::Keep => there.to_owned(),
        FieldChange::Clear => block::beside(there, ""),
        FieldChange::Set(text) => block::beside(there, text),
    };
    let placed = match block {
        Some(after) => place(cx, &text, after).await,
        None => Placed::Same,
    };
    let changed = *wanted != FieldChange::Keep;
    match placed {
        Placed::Text(text) if text.chars().count() <= MAX_DESCRIPTION => Described::Text(text),
        Placed::Text(_) | Placed::Edited if !changed => Described::Edited,
        Placed::Same if !changed => Described::Kept,
        _ => Described::Text(text),
    }
}

/// A text with the block in it.
pub(super) async fn place(cx: &Arc<Context>, text: &str, after: &StoredAfter) -> Placed {
    let mut lines = after.lines.clone();
    if let Some((meeting, word)) = &after.passcode_of {
        let (sealer, meeting) = (cx.store.sealer(), meeting.clone());
        let passcode = cx.store.read(move |db| {
            for one in instances::of_meeting(db, &meeting)? {
                let secrets = instances::recording_secrets(db, &sealer, &one.uuid)?;
                if let Some(passcode) = secrets.and_then(|secrets| secrets.passcode) {
                    return Ok(Some(passcode));
                }
            }
            Ok(None)
        });
        match passcode.await {
            Ok(Some(passcode)) => lines.push(format!("{word}: {}", passcode.expose_secret())),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the passcode of a recording could not be read"),
        }
    }
    block::place(text, &lines.join("\n"))
}

/// The block was not written.
pub(super) fn left_out() -> StoredLeftOut {
    StoredLeftOut { name: "Description".to_owned(), why: Why::Edited }
}

/// As our package's fields hold it.
pub(super) fn values(after: &StoredAfter) -> Afterwards {
    // Salesforce keeps whole seconds.
    let moment = |ms: i64| DateTime::<Utc>::from_timestamp_millis(ms).map(|at| at.trunc_subsecs(0));
    Afterwards {
        actual_start: after.actual_start_utc_ms.and_then(moment),
        actual_end: after.actual_end_utc_ms.and_then(moment),
        participants: after.participants,
        attendance: after.attendance.clone(),
        minutes_attended: after.minutes_attended,
        recording_link: after.recording_link.clone(),
    }
}

/// What they hold there.
pub(super) fn told(there: &Afterwards) -> StoredAfter {
    StoredAfter {
        actual_start_utc_ms: there.actual_start.map(|at| at.timestamp_millis()),
        actual_end_utc_ms: there.actual_end.map(|at| at.timestamp_millis()),
        participants: there.participants,
        attendance: there.attendance.clone().filter(|word| !word.is_empty()),
        minutes_attended: there.minutes_attended,
        recording_link: there.recording_link.clone().filter(|link| !link.is_empty()),
        ..StoredAfter::default()
    }
}
