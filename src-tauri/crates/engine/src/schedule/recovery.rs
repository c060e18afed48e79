//! Meetings whose making was cut off: looked up before anything is made again.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use liaison_store::tables::people;
use liaison_store::tables::schedule_intents::{self, IntentState};
use liaison_zoom::{ListStep, ListType, Meeting, MeetingList, ZoomError, ZoomTime};

use super::Scheduling;
use super::create::{DRAFT_KEY, StoredDraft};
use crate::context::{Context, ZoomAccount};
use crate::error::CommandError;
use crate::terms::Tag;

/// Looks up every open intent. Called before each pull of meetings.
pub(crate) async fn recover(profile: &Arc<Context>, zoom: &ZoomAccount) -> Result<(), CommandError> {
    // Not while one is being made right now.
    let scheduling = profile.state::<Scheduling>();
    let _one = scheduling.0.lock().await;
    let open = profile.store.read(schedule_intents::unfinished).await?;
    for intent in open.into_iter().filter(|intent| intent.state == IntentState::Creating) {
        let Some((draft, start_ms)) = StoredDraft::read(&intent) else {
            profile.settle(&intent.draft_id, IntentState::Failed).await?;
            continue;
        };
        let start = DateTime::from_timestamp_millis(start_ms).unwrap_or_default();
        let found =
            look_up(zoom, &draft.id, start).await.map_err(|error| crate::failure::from_zoom(&error, profile.now()))?;
        let Some(meeting) = found else {
            tracing::warn!("a meeting whose making was cut off was not made");
            // Shown in the outbox; the user decides, for the slot may have passed.
            profile.settle(&draft.id, IntentState::Planned).await?;
            profile.changed(&[Tag::Outbox, Tag::Session]);
            continue;
        };
        tracing::info!("a meeting whose making was cut off was found");
        let ids = draft.people.clone();
        let people: Vec<people::PersonRecord> = profile
            .store
            .read(move |db| {
                let current = |id: &String| people::person(db, &people::successor(db, id)?);
                ids.iter().filter_map(|id| current(id).transpose()).collect()
            })
            .await?;
        profile.keep(&draft, &people, &meeting).await?;
    }
    Ok(())
}

/// The meeting that carries the draft's id, or `None` after a complete list without it.
pub(super) async fn look_up(
    zoom: &ZoomAccount,
    draft_id: &str,
    start: DateTime<Utc>,
) -> Result<Option<Meeting>, ZoomError> {
    let mut steps = std::pin::pin!(zoom.api.meetings().walk(MeetingList::of(ListType::Scheduled)));
    let mut candidates = Vec::new();
    while let Some(step) = steps.try_next().await? {
        match step {
            ListStep::Page(page) => candidates.extend(
                page.items
                    .into_iter()
                    .filter(|item| item.start_time.and_then(ZoomTime::utc).is_none_or(|at| at == start))
                    .map(|item| item.id),
            ),
            ListStep::Restarted => candidates.clear(),
            ListStep::Complete { .. } => break,
        }
    }
    for id in candidates {
        match zoom.api.meetings().get(id).await {
            Ok(meeting) if carries(&meeting, draft_id) => return Ok(Some(meeting)),
            Ok(_) => {}
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn carries(meeting: &Meeting, draft_id: &str) -> bool {
    let keys = meeting.settings.as_ref().and_then(|settings| settings.custom_keys.as_ref());
    keys.is_some_and(|keys| keys.iter().any(|entry| entry.key == DRAFT_KEY && entry.value == draft_id))
}
