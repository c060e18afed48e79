//! From the sheet to the record in Salesforce.

use std::time::Duration;

use liaison_engine::view::{
    CommandError, CopyWhat, EventOutlook, EventState, Field, Language, OutboxState, Provider, ScheduleDraft, Settings,
    Theme, UtcMs,
};
use liaison_engine::{Engine, Error};
use liaison_sandbox::{Profile, SandboxConfig};

use crate::stage::Stage;

pub async fn draft(stage: &Stage) -> ScheduleDraft {
    draft_on(&stage.engine).await
}

pub async fn draft_on(engine: &Engine) -> ScheduleDraft {
    let person = engine.search_people("de".to_owned(), 5).await.unwrap().into_iter().next().unwrap();
    let mut draft = engine.new_draft(Some(person.id), None).await.unwrap();
    "Demo of the new release".clone_into(&mut draft.topic);
    draft
}

pub async fn without_hold(stage: &Stage) {
    without_hold_on(&stage.engine).await;
}

pub async fn without_hold_on(engine: &Engine) {
    let settings = Settings { hold_seconds: 0, ..engine.app_state().await.unwrap().settings };
    engine.update_settings(settings).await.unwrap();
}

pub async fn sent(stage: &Stage, item: &str) {
    stage.until("the Event is sent", async || matches!(stage.item(item).await.state, OutboxState::Sent { .. })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_with_a_person_becomes_an_event_once() {
    for profile in [Profile::Deployed, Profile::Bare] {
        let stage = Stage::connected(SandboxConfig { profile, ..SandboxConfig::default() }).await;
        without_hold(&stage).await;
        let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
        let item = scheduled.outbox_item.clone().unwrap();
        sent(&stage, &item).await;
        assert_eq!(stage.effects("Event.created"), 1);
        assert_eq!(stage.effects("meeting.created"), 1);
        assert_eq!(stage.engine.app_state().await.unwrap().accounts[1].guarded, profile == Profile::Bare);
        let meeting = stage.engine.meeting(scheduled.meeting).await.unwrap();
        assert!(matches!(meeting.row.event, EventState::Synced { .. }));
        assert!(meeting.linked.is_some());
        assert!(!meeting.join_link.contains("pwd"), "{}", meeting.join_link);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_time_proposed_is_free_and_a_gap_has_its_own() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let fresh = stage.engine.new_draft(None, None).await.unwrap();
    let check = stage.engine.check_schedule(fresh.clone()).await.unwrap();
    assert!(check.conflicts.is_empty(), "{} {}", fresh.date, fresh.time);
    let start = check.start.unwrap();
    let taken = ScheduleDraft { topic: "Taken".to_owned(), ..fresh.clone() };
    stage.engine.schedule_meeting(taken).await.unwrap();
    let second = stage.engine.new_draft(None, None).await.unwrap();
    assert_ne!((&second.date, &second.time), (&fresh.date, &fresh.time));

    let asked = UtcMs(start.0 + 7 * 86_400_000 + 10 * 60_000);
    let gap = stage.engine.new_draft(None, Some(asked)).await.unwrap();
    let check = stage.engine.check_schedule(gap.clone()).await.unwrap();
    assert_eq!(check.start, Some(asked));
    let there = check.there.unwrap();
    assert_eq!((there.start_date, there.start_time), (gap.date, gap.time));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_knows_what_becomes_of_the_event() {
    let stage = Stage::new(SandboxConfig::default()).await;
    stage.sign_in(Provider::Zoom).await;
    let draft = stage.engine.new_draft(None, None).await.unwrap();
    assert!(!draft.log_event);
    let outlook = async || stage.engine.check_schedule(draft.clone()).await.unwrap().event;
    assert_eq!(outlook().await, EventOutlook::NoAccount);
    stage.sign_in(Provider::Salesforce).await;
    assert_eq!(outlook().await, EventOutlook::Sent);
    assert!(stage.engine.new_draft(None, None).await.unwrap().log_event);
    stage.engine.disconnect(Provider::Salesforce, false).await.unwrap();
    assert!(matches!(outlook().await, EventOutlook::Kept { account } if !account.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_over_midnight_says_on_which_day_it_ends() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let fresh = stage.engine.new_draft(None, None).await.unwrap();
    let long = ScheduleDraft { date: "2030-12-31".to_owned(), time: "15:00".to_owned(), minutes: 1_440, ..fresh };
    let there = stage.engine.check_schedule(long.clone()).await.unwrap().there.unwrap();
    assert_eq!((there.end_date.as_str(), there.end_time.as_str()), ("2031-01-01", "15:00"));
    let tokyo = ScheduleDraft { zone: "Asia/Tokyo".to_owned(), time: "03:00".to_owned(), minutes: 30, ..long };
    let check = stage.engine.check_schedule(tokyo).await.unwrap();
    assert_eq!(
        (check.there.unwrap().start_date, check.here.unwrap().start_date),
        ("2030-12-31".to_owned(), "2030-12-30".to_owned())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_look_chosen_on_the_first_screen_stays() {
    let stage = Stage::new(SandboxConfig::default()).await;
    let first = stage.engine.app_state().await.unwrap().settings;
    stage.engine.update_settings(Settings { theme: Theme::Dark, language: Language::Nl, ..first }).await.unwrap();
    stage.sign_in(Provider::Zoom).await;
    let kept = stage.engine.app_state().await.unwrap().settings;
    assert_eq!((kept.theme, kept.language), (Theme::Dark, Language::Nl));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_press_of_the_button_makes_nothing_new() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let draft = draft(&stage).await;
    let (first, second) =
        tokio::join!(stage.engine.schedule_meeting(draft.clone()), stage.engine.schedule_meeting(draft.clone()),);
    assert_eq!(first.unwrap(), second.unwrap());
    assert_eq!(stage.effects("meeting.created"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_event_can_be_taken_back() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let item = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap().outbox_item.unwrap();
    assert!(matches!(stage.item(&item).await.state, OutboxState::Held { .. }));
    stage.engine.undo_outbox_item(item.clone()).await.unwrap();
    stage.advance(Duration::from_mins(1)).await;
    stage.pull_again().await;
    assert!(matches!(stage.item(&item).await.state, OutboxState::Discarded { .. }));
    assert_eq!(stage.effects("Event.created"), 0);
    let again = stage.engine.undo_outbox_item(item).await;
    assert_eq!(again.map_err(CommandError::from), Err(CommandError::TooLate));
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_named_by_field_and_nothing_is_sent() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let mut nonsense = draft(&stage).await;
    nonsense.topic = "x".repeat(10_000);
    nonsense.time = "25:61".to_owned();
    nonsense.emails = vec!["nobody".to_owned()];
    nonsense.people.push("Lead:00Q000000000000AAA".to_owned());
    let Err(Error::Invalid { issues }) = stage.engine.schedule_meeting(nonsense).await else { panic!("refused") };
    let fields: Vec<Field> = issues.iter().map(|issue| issue.field).collect();
    assert_eq!(fields, [Field::Topic, Field::Time, Field::Email, Field::People]);
    assert_eq!(stage.effects("meeting.created"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_stays_text_on_the_whole_way() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    without_hold(&stage).await;
    let mut hostile = draft(&stage).await;
    hostile.topic = "<script>alert(1)</script> \u{202E}\" OR Id != '".to_owned();
    let scheduled = stage.engine.schedule_meeting(hostile).await.unwrap();
    sent(&stage, &scheduled.outbox_item.unwrap()).await;
    let shown = stage.engine.meeting(scheduled.meeting).await.unwrap().row.topic;
    assert_eq!(shown, "<script>alert(1)</script> \" OR Id != '");
}

#[tokio::test(flavor = "multi_thread")]
async fn starting_opens_a_fresh_link_that_is_kept_nowhere() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let meeting = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap().meeting;
    let before = stage.notes.opened.lock().unwrap().len();
    for _ in 0..2 {
        stage.engine.start_meeting(meeting.clone()).await.unwrap();
    }
    assert_eq!(stage.notes.opened.lock().unwrap().len(), before + 1, "a second press at once opens nothing");
    stage.skip(Duration::from_secs(3));
    stage.engine.start_meeting(meeting.clone()).await.unwrap();
    stage.engine.copy_meeting(meeting.clone(), CopyWhat::JoinLink).await.unwrap();
    let opened = stage.notes.opened.lock().unwrap().clone();
    let [.., first, second] = opened.as_slice() else { panic!("two links") };
    assert!(first.query().is_some_and(|query| query.contains("zak=")) && first != second);
    let copied = stage.notes.copied.lock().unwrap().join(" ");
    assert!(copied.contains("/j/") && !copied.contains("zak="));
    let detail = serde_json::to_string(&stage.engine.meeting(meeting).await.unwrap()).unwrap();
    assert!(!detail.contains("zak=") && !detail.contains("pwd="), "{detail}");
    stage.engine.shutdown().await;
    for secret in [first.query().unwrap(), second.query().unwrap()] {
        assert!(!stage.written_anywhere(secret), "a start link was written to disk");
    }
}
