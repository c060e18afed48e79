//! What is said of meetings, through a real pull, a real database and a clock that jumps.

use liaison_engine::view::{MeetingBell, NoticeFate, Place, ReminderPause, ReminderSettings};
use liaison_engine::{Notice, NoticeAnswer, Said};
use liaison_sandbox::SandboxConfig;

use crate::schedule::{draft, without_hold};
use crate::stage::Stage;

/// A meeting of our own, an hour from now; those of the world say nothing.
async fn with_meeting(stage: &Stage) -> (String, i64) {
    for row in rows(stage).await {
        stage.engine.set_meeting_bell(row, MeetingBell::Silent).await.unwrap();
    }
    without_hold(stage).await;
    let made = stage.engine.schedule_meeting(draft(stage).await).await.unwrap();
    let id = made.meeting;
    let start = made.start.0;
    (id, start)
}

async fn rows(stage: &Stage) -> Vec<String> {
    let mut all = Vec::new();
    for offset in -1..=1 {
        for item in stage.engine.day(offset).await.unwrap().items {
            if let liaison_engine::view::DayItem::Meeting { row } = item {
                all.push(row.id);
            }
        }
    }
    all
}

/// Moves the clock to so many seconds after the start, and lets the reminders see it. A slow machine may have passed it.
async fn go_to(stage: &Stage, start: i64, seconds: i64) {
    stage.set_clock(start + seconds * 1_000);
    stage.engine.settle().await;
}

fn said(stage: &Stage) -> Vec<Notice> {
    std::mem::take(&mut *stage.notes.said.lock().unwrap())
}

fn minutes(notice: &Notice) -> i64 {
    match &notice.said {
        Said::Meeting { minutes, .. } => *minutes,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_announced_once_and_a_restart_or_a_pull_repeats_nothing() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let (id, start) = with_meeting(&stage).await;
    said(&stage);
    go_to(&stage, start, -600).await;
    assert_eq!(said(&stage), []);
    go_to(&stage, start, -58).await;
    let first = said(&stage);
    assert_eq!((first.len(), minutes(&first[0])), (1, 1));
    assert!(first[0].can_join && first[0].snooze == Some(1), "{first:?}");
    let told = format!("{first:?}");
    assert!(!told.contains("http") && !told.contains("pwd"), "{told}");

    stage.pull_again().await;
    stage.restart().await;
    stage.engine.settle().await;
    assert_eq!(said(&stage), []);

    go_to(&stage, start, 1).await;
    let at_start = said(&stage);
    assert_eq!((at_start.len(), minutes(&at_start[0])), (1, 0));
    // Dismissed: nothing more, also when it is still not joined.
    stage.engine.dismiss_reminder(at_start[0].id.clone()).await.unwrap();
    assert!(stage.engine.meeting_reminder(id).await.unwrap().dismissed);
    go_to(&stage, start, 200).await;
    assert_eq!(said(&stage), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_joins_and_a_snooze_comes_back() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (id, start) = with_meeting(&stage).await;
    said(&stage);
    go_to(&stage, start, -58).await;
    let first = said(&stage).remove(0);
    stage.engine.notice_became(first.id.clone(), NoticeFate::Shown).await;
    let shown = stage.engine.reminders().await.unwrap().notices;
    assert_eq!(shown.iter().map(|notice| notice.fate).collect::<Vec<_>>(), [NoticeFate::Shown]);

    let settings = stage.engine.reminders().await.unwrap().settings;
    stage.engine.update_reminders(ReminderSettings { snooze_minutes: 5, ..settings }).await.unwrap();
    stage.engine.answer_notice(first.id.clone(), NoticeAnswer::Snooze).await;
    assert!(stage.engine.reminders().await.unwrap().notices.is_empty());
    assert!(stage.engine.snooze_reminder(first.id, 5).await.is_err(), "answered twice");
    go_to(&stage, start, 1).await;
    assert_eq!(said(&stage).len(), 1, "the start is a reminder of its own");
    go_to(&stage, start, 6 * 60).await;
    let again = said(&stage);
    assert!(minutes(&again[0]) < 0, "{again:?}");

    let opened = stage.notes.opened.lock().unwrap().len();
    stage.engine.answer_notice(again[0].id.clone(), NoticeAnswer::Clicked).await;
    assert_eq!(stage.notes.opened.lock().unwrap().len(), opened + 1);
    let reminder = stage.engine.meeting_reminder(id).await.unwrap();
    assert!(reminder.joined);
    assert!(stage.engine.reminders().await.unwrap().notices.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sleep_swallowed_is_one_word_and_leads_to_the_day() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (_, start) = with_meeting(&stage).await;
    said(&stage);
    go_to(&stage, start, 20 * 60).await;
    let missed = said(&stage);
    assert!(matches!(&missed[..], [Notice { said: Said::Missed { count: 1, .. }, .. }]), "{missed:?}");
    let notice = stage.engine.reminders().await.unwrap().notices.remove(0);
    assert!(notice.missed && notice.rows.len() == 1);
    stage.engine.dismiss_reminder(notice.id).await.unwrap();
    go_to(&stage, start, 21 * 60).await;
    assert_eq!(said(&stage), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_can_be_hidden_and_reminders_paused() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (_, start) = with_meeting(&stage).await;
    stage.engine.hide_titles(true).await.unwrap();
    said(&stage);
    go_to(&stage, start, -58).await;
    let first = said(&stage).remove(0);
    assert_eq!(first.said, Said::Meeting { title: None, people: Vec::new(), minutes: 1 });
    let tray = stage.engine.tray().await.unwrap();
    assert!(tray.open && tray.hide_titles && tray.next.is_some_and(|next| next.title.is_none()));

    stage.engine.pause_reminders(ReminderPause::HalfAnHour).await.unwrap();
    go_to(&stage, start, 5).await;
    assert_eq!(said(&stage), []);
    assert!(stage.engine.tray().await.unwrap().paused_until.is_some());
    stage.engine.pause_reminders(ReminderPause::None).await.unwrap();
    go_to(&stage, start, 10).await;
    assert_eq!(said(&stage), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_without_notifications_leaves_it_to_the_window() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (id, start) = with_meeting(&stage).await;
    stage.engine.set_watched(false).await;
    said(&stage);
    go_to(&stage, start, -58).await;
    let first = said(&stage).remove(0);
    stage.engine.notice_became(first.id.clone(), NoticeFate::Blocked).await;
    assert_eq!(*stage.notes.shown.lock().unwrap(), [Place::Meeting { id: id.clone() }]);
    let reminders = stage.engine.reminders().await.unwrap();
    assert_eq!(reminders.notices.iter().map(|one| one.fate).collect::<Vec<_>>(), [NoticeFate::Blocked]);

    stage.engine.test_notification().await.unwrap();
    let trial = said(&stage).remove(0);
    assert_eq!(trial.said, Said::Trial);
    stage.engine.notice_became(trial.id.clone(), NoticeFate::Shown).await;
    assert_eq!(stage.engine.reminders().await.unwrap().trial, Some(NoticeFate::Shown));
    stage.engine.answer_notice(trial.id, NoticeAnswer::Clicked).await;
    assert_eq!(stage.engine.reminders().await.unwrap().trial, Some(NoticeFate::Clicked));
    assert_eq!(stage.notes.shown.lock().unwrap().last(), Some(&Place::ReminderSettings));

    // Whoever is in it already needs no reminder.
    stage.engine.mark_joined(id).await.unwrap();
    go_to(&stage, start, 5).await;
    assert_eq!(said(&stage), []);
}
