//! What became of the sandbox's meetings.

use chrono::{TimeDelta, Utc};
use futures::StreamExt;
use liaison_sandbox::SandboxConfig;
use liaison_zoom::{ListStep, ListType, MeetingId, MeetingList, PastInstance, RecordingDays};

use crate::support::{sandbox, signed_in};

#[tokio::test]
async fn every_past_instance_is_readable_whatever_its_uuid() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let zoom = signed_in(&sandbox);
    let past = zoom.past_meetings();
    let meetings = zoom.meetings().list(&MeetingList::of(ListType::PreviousMeetings), None).await.unwrap().items;
    let (mut awkward, mut summaries, mut recordings) = (0, 0, 0);
    for meeting in meetings {
        for instance in past.instances(meeting.id).await.unwrap().items {
            awkward += usize::from(instance.uuid.as_str().starts_with('/') || instance.uuid.as_str().contains("//"));
            let exactly = PastInstance::from(instance.uuid.clone());
            let details = past.get(&exactly).await.unwrap();
            assert_eq!((&details.uuid, details.id), (&instance.uuid, Some(meeting.id)));
            assert!(details.start_time.is_some() && details.end_time.is_some());
            let steps: Vec<_> = past.walk_participants(exactly.clone()).collect().await;
            assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))), "{steps:?}");
            match past.summary(&instance.uuid).await {
                Ok(summary) => summaries += usize::from(summary.text().is_some()),
                Err(error) => assert!(error.refusal().is_some(), "{error}"),
            }
            match zoom.recordings().of_instance(&exactly).await {
                Ok(found) => recordings += found.recording_files.unwrap_or_default().len(),
                Err(error) => assert!(error.is_not_found(), "{error}"),
            }
        }
    }
    assert!(awkward > 0 && summaries > 0 && recordings > 0, "{awkward} {summaries} {recordings}");
    let unknown = PastInstance::from(MeetingId(10_000_000_001));
    assert!(past.get(&unknown).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn recordings_of_a_month_are_readable() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let today = Utc::now().date_naive();
    let days = RecordingDays { from: Some(today - TimeDelta::days(28)), to: Some(today) };
    let steps: Vec<_> = signed_in(&sandbox).recordings().walk(days).collect().await;
    assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))), "{steps:?}");
    let Some(Ok(ListStep::Page(page))) = steps.first() else { panic!("{steps:?}") };
    assert!(!page.items.is_empty());
    assert!(!format!("{page:?}").contains("/rec/"));
}
