//! Walking the sandbox's list of meetings.

use std::collections::HashSet;

use futures::{StreamExt, pin_mut};
use liaison_sandbox::SandboxConfig;
use liaison_zoom::{ListStep, ListType, MeetingList};

use crate::support::{sandbox, signed_in};

fn in_pages_of(page_size: u16) -> MeetingList {
    MeetingList { page_size, ..MeetingList::of(ListType::Scheduled) }
}

#[tokio::test]
async fn every_meeting_comes_once_and_the_end_is_told() {
    let sandbox = sandbox(SandboxConfig { meetings: Some(250), ..SandboxConfig::default() }).await;
    let steps: Vec<_> = signed_in(&sandbox).meetings().walk(in_pages_of(60)).collect().await;
    let mut rows = HashSet::new();
    let mut pages = 0;
    for step in &steps[..steps.len() - 1] {
        let Ok(ListStep::Page(page)) = step else { panic!("{step:?}") };
        pages += 1;
        assert_eq!(page.skipped, []);
        for meeting in &page.items {
            assert!(rows.insert((meeting.id, meeting.start_time.map(|start| start.to_string()))), "{meeting:?}");
        }
    }
    assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))));
    assert!(rows.len() >= 250, "{}", rows.len());
    assert_eq!(pages, rows.len().div_ceil(60));
}

#[tokio::test]
async fn an_expired_token_starts_the_list_over() {
    let sandbox = sandbox(SandboxConfig { meetings: Some(100), ..SandboxConfig::default() }).await;
    let walk = signed_in(&sandbox).meetings().walk(in_pages_of(60));
    pin_mut!(walk);
    assert!(matches!(walk.next().await, Some(Ok(ListStep::Page(_)))));
    sandbox.shared().clock.advance_ms(16 * 60 * 1_000);
    assert!(matches!(walk.next().await, Some(Ok(ListStep::Restarted))));
    assert!(matches!(walk.next().await, Some(Ok(ListStep::Page(_)))));
    assert!(matches!(walk.collect::<Vec<_>>().await.last(), Some(Ok(ListStep::Complete { skipped: 0 }))));
}
