//! What else stands in the user's calendar in Salesforce: shown, gone around, and asked for sparingly.

use std::time::Duration;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use liaison_engine::view::{BusyRow, DayItem, LineText, ScheduleDraft, UtcMs};
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{BeforeEffect, FaultRule, SandboxConfig, Service};
use reqwest::Method;
use serde_json::{Value, json};

use crate::schedule::{draft, sent, without_hold};
use crate::stage::Stage;

const EVENTS: &str = "/services/data/v62.0/sobjects/Event";

/// A day of work that is far enough away to have none of the world's meetings but the daily one, as days from today.
/// Today stays today for the length of a test: where midnight is near, it is passed first.
async fn quiet_day(stage: &Stage) -> (i32, DateTime<Utc>) {
    let tomorrow = (stage.now().date_naive() + Days::new(1)).and_time(NaiveTime::MIN).and_utc();
    let left = tomorrow - stage.now();
    if left < TimeDelta::minutes(30) {
        stage.skip((left + TimeDelta::minutes(1)).to_std().unwrap());
        stage.engine.time_passed().await.unwrap();
    }
    let day = (60..70).find(|ahead| {
        let date = stage.now().date_naive() + Days::new(*ahead);
        !matches!(chrono::Datelike::weekday(&date), chrono::Weekday::Sat | chrono::Weekday::Sun)
    });
    let ahead = day.unwrap();
    let date = stage.now().date_naive() + Days::new(ahead);
    (i32::try_from(ahead).unwrap(), date.and_time(NaiveTime::MIN).and_utc())
}

async fn put(stage: &Stage, subject: &str, start: DateTime<Utc>, minutes: i64, more: Value) {
    let mut body = json!({
        "Subject": subject,
        "StartDateTime": start.to_rfc3339(),
        "EndDateTime": (start + TimeDelta::minutes(minutes)).to_rfc3339(),
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    let answer = stage.ask_salesforce(Method::POST, EVENTS, Some(body)).await;
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

async fn busy(stage: &Stage, offset: i32) -> Vec<BusyRow> {
    let items = stage.engine.day(offset).await.unwrap().items;
    items
        .into_iter()
        .filter_map(|item| match item {
            DayItem::Busy { row } => Some(*row),
            _ => None,
        })
        .collect()
}

fn subjects(rows: &[BusyRow]) -> Vec<&str> {
    rows.iter().map(|row| row.subject.as_str()).collect()
}

/// A draft for that moment, on the clocks of UTC.
async fn draft_at(stage: &Stage, at: DateTime<Utc>, minutes: u32) -> ScheduleDraft {
    ScheduleDraft {
        date: at.format("%Y-%m-%d").to_string(),
        time: at.format("%H:%M").to_string(),
        zone: "UTC".to_owned(),
        minutes,
        ..draft(stage).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_of_the_calendar_are_shown_counted_as_conflicts_and_gone_around() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (offset, day) = quiet_day(&stage).await;
    let at = |hour: i64, minute: i64| day + TimeDelta::minutes(hour * 60 + minute);
    let before = stage.engine.day(offset).await.unwrap().booked_minutes;
    put(&stage, "Dentist", at(10, 0), 60, json!({})).await;
    put(&stage, "Lunch walk", at(12, 0), 60, json!({ "ShowAs": "Free" })).await;
    put(&stage, "Trip", at(15, 0), 30, json!({ "ShowAs": "OutOfOffice" })).await;
    stage.pull_again().await;
    stage.until("the calendar is here", async || busy(&stage, offset).await.len() == 2).await;

    let rows = busy(&stage, offset).await;
    assert_eq!(subjects(&rows), ["Dentist", "Trip"]);
    assert_eq!((rows[0].start, rows[0].away, rows[1].away), (UtcMs(at(10, 0).timestamp_millis()), false, true));
    let shown = stage.engine.day(offset).await.unwrap();
    assert_eq!(shown.booked_minutes, before + 90);
    assert_eq!(shown.ribbon.blocks.iter().filter(|block| block.meeting.is_none()).count(), 2);
    assert!(shown.items.iter().any(|item| matches!(item, DayItem::Gap { minutes: 240, .. })), "{:?}", shown.items);

    let check = stage.engine.check_schedule(draft_at(&stage, at(10, 30), 60).await).await.unwrap();
    assert_eq!((subjects(&check.busy), check.conflicts.len()), (vec!["Dentist"], 0));
    let check = stage.engine.check_schedule(draft_at(&stage, at(11, 0), 60).await).await.unwrap();
    assert!(check.busy.is_empty(), "touching is no conflict, and free time is free");

    // A series collides where one of its dates does.
    let weekly = ScheduleDraft {
        repeats: Some(
            serde_json::from_value(json!({ "rhythm": { "kind": "daily" }, "every": 1,
            "end": { "kind": "times", "times": 7 } }))
            .unwrap(),
        ),
        ..draft_at(&stage, at(10, 30) - TimeDelta::days(3), 30).await
    };
    assert_eq!(subjects(&stage.engine.check_schedule(weekly).await.unwrap().busy), ["Dentist"]);

    let asked = LineText {
        text: format!("demo {} 60 min", day.format("%Y-%m-%d")),
        region: "nl-NL".to_owned(),
        others: Vec::new(),
        draft: draft(&stage).await,
    };
    let slots = stage.engine.read_schedule_line(asked).await.unwrap().slots;
    assert_eq!(slots.len(), 3);
    for slot in slots {
        let (from, to) = (slot.start.0, slot.start.0 + 3_600_000);
        assert!(rows.iter().all(|row| row.end.0 <= from || row.start.0 >= to), "{slot:?}");
    }
    // What is booked collides in the day, too.
    put(&stage, "Call mother", at(10, 30), 15, json!({})).await;
    stage.pull_again().await;
    stage.until("it is here", async || busy(&stage, offset).await.len() == 3).await;
    assert_eq!(busy(&stage, offset).await.iter().map(|row| row.overlaps).collect::<Vec<_>>(), [true, true, false]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_day_blocks_planning_and_fills_neither_the_strip_nor_the_booked_time() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (offset, day) = quiet_day(&stage).await;
    let before = stage.engine.day(offset).await.unwrap();
    let whole = json!({ "IsAllDayEvent": true, "EndDateTime": day.to_rfc3339() });
    put(&stage, "Fair", day, 0, whole).await;
    stage.pull_again().await;
    stage.until("the calendar is here", async || !busy(&stage, offset).await.is_empty()).await;
    let shown = stage.engine.day(offset).await.unwrap();
    assert!(
        matches!(&shown.items[..], [DayItem::Busy { row }, ..] if row.all_day && row.subject == "Fair"),
        "{:?}",
        shown.items
    );
    assert!(!shown.items.iter().any(|item| matches!(item, DayItem::Gap { .. })), "nothing of it is free");
    assert_eq!((shown.booked_minutes, shown.ribbon.blocks.len()), (before.booked_minutes, before.ribbon.blocks.len()));
    for other in [offset - 1, offset + 1] {
        assert!(busy(&stage, other).await.is_empty(), "no other day has it");
    }
    let check = stage.engine.check_schedule(draft_at(&stage, day + TimeDelta::hours(10), 30).await).await.unwrap();
    assert_eq!(subjects(&check.busy), ["Fair"]);
    let week = stage.engine.week((offset + 7) / 7, 1).await.unwrap();
    let near: Vec<_> = [(offset + 7) / 7 - 1, (offset + 7) / 7].into_iter().collect();
    let mut found = 0;
    for offset in near {
        for day in stage.engine.week(offset, 1).await.unwrap().days {
            found += day.whole.len();
            let free = day.blocks.iter().any(|block| matches!(block.item, DayItem::Gap { .. }));
            assert!(day.whole.is_empty() || !free, "nothing of it is free");
        }
    }
    assert_eq!(found, 1, "{week:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_a_meeting_is_no_second_one_whoever_has_made_it() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    without_hold(&stage).await;
    let (offset, day) = quiet_day(&stage).await;
    let at = day + TimeDelta::hours(9);
    let scheduled = stage.engine.schedule_meeting(draft_at(&stage, at, 30).await).await.unwrap();
    sent(&stage, &scheduled.outbox_item.unwrap()).await;
    // Zoom's add-in for Outlook puts the link into the place, and Outlook's sync carries it here.
    let place = format!("https://zoom.us/j/{}?pwd=s3cret", scheduled.meeting);
    put(&stage, "Demo, by Outlook", at, 30, json!({ "Location": place })).await;
    put(&stage, "demo of the new  release", at, 30, json!({})).await;
    put(&stage, "Something else", at, 30, json!({})).await;
    stage.pull_again().await;
    stage.until("the calendar is here", async || !busy(&stage, offset).await.is_empty()).await;
    assert_eq!(subjects(&busy(&stage, offset).await), ["Something else"]);
    assert!(!stage.written_anywhere("s3cret"), "a place may let somebody in");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_begins_to_plan_sees_what_came_since_and_that_costs_one_call() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.pull_again().await;
    let (_, day) = quiet_day(&stage).await;
    let at = day + TimeDelta::hours(10);
    stage.skip(Duration::from_mins(11));
    stage.engine.time_passed().await.unwrap();
    put(&stage, "Just arrived", at, 60, json!({})).await;
    let calls = |stage: &Stage| stage.sandbox.requests().total(Service::Salesforce);
    let before = calls(&stage);
    let wanted = draft_at(&stage, at, 30).await;
    stage
        .until("the calendar is new", async || {
            !stage.engine.check_schedule(wanted.clone()).await.unwrap().busy.is_empty()
        })
        .await;
    for _ in 0..5 {
        draft(&stage).await;
    }
    assert_eq!(calls(&stage) - before, 1, "who plans again soon sees the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_may_not_be_read_stops_nothing_and_one_bad_entry_only_itself() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (offset, day) = quiet_day(&stage).await;
    put(&stage, "Good", day + TimeDelta::hours(10), 60, json!({})).await;
    stage.pull_again().await;
    stage.until("the calendar is here", async || busy(&stage, offset).await.len() == 1).await;
    let refusal = r#"[{"message":"sObject type 'Event' is not supported.","errorCode":"INVALID_TYPE"}]"#;
    let rule = FaultRule::on(Service::Salesforce, "GET", "/services/data/*/query")
        .before(BeforeEffect::Answer(CannedAnswer::json(400, refusal)));
    stage.sandbox.faults().add(rule).unwrap();
    stage.pull_again().await;
    assert_eq!(busy(&stage, offset).await.len(), 1, "nobody knows whether it is still there");
    stage.sandbox.faults().clear();
    let start = (day + TimeDelta::hours(12)).format("%Y-%m-%dT%H:%M:%S.000+0000").to_string();
    let end = (day + TimeDelta::hours(13)).format("%Y-%m-%dT%H:%M:%S.000+0000").to_string();
    let row = |id: &str, start: Value| {
        json!({ "attributes": { "type": "Event" }, "Id": id, "Subject": "Read",
        "StartDateTime": start, "EndDateTime": end, "IsAllDayEvent": false })
    };
    let rows = json!({ "totalSize": 3, "done": true, "records":
        [row("00U000000000001EAA", json!(start)), row("00U000000000002EAA", Value::Null), row("bad", json!(start))] });
    let rule = FaultRule::on(Service::Salesforce, "GET", "/services/data/*/query")
        .before(BeforeEffect::Answer(CannedAnswer::json(200, rows.to_string())));
    stage.sandbox.faults().add(rule).unwrap();
    stage.pull_again().await;
    stage.until("what can be read is here", async || subjects(&busy(&stage, offset).await) == ["Read"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_has_its_days_their_blocks_and_what_is_free_of_them() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (offset, day) = quiet_day(&stage).await;
    let before = stage.engine.day(offset).await.unwrap().booked_minutes;
    put(&stage, "Dentist", day + TimeDelta::hours(10), 60, json!({})).await;
    put(&stage, "Phone", day + TimeDelta::minutes(10 * 60 + 30), 60, json!({})).await;
    stage.pull_again().await;
    stage.until("the calendar is here", async || busy(&stage, offset).await.len() == 2).await;
    let this = stage.engine.week(0, 1).await.unwrap();
    assert!(this.this && this.days.iter().any(|day| day.offset == 0), "{this:?}");
    assert!(matches!(this.days.len(), 5 | 7));
    // Begun on Sunday it is the week of the same working days.
    let from_sunday = stage.engine.week(0, 7).await.unwrap();
    assert!(from_sunday.this && from_sunday.days.iter().any(|day| day.offset == 0), "{from_sunday:?}");
    // A Sunday is its first day, and the last one of the week that begins on Monday.
    let today = this.days.iter().find(|day| day.offset == 0).unwrap();
    let is_sunday = today.date.parse::<NaiveDate>().unwrap().weekday() == Weekday::Sun;
    let same = stage.engine.week(i32::from(is_sunday), 1).await.unwrap();
    assert_eq!(from_sunday.number, same.number);
    let monday = this.days[0].offset;
    let week = stage.engine.week((offset - monday) / 7, 1).await.unwrap();
    assert!(!week.this);
    let found = week.days.iter().find(|day| day.offset == offset).unwrap();
    let told = |item: &DayItem| match item {
        DayItem::Busy { row } => row.subject.clone(),
        DayItem::Gap { minutes, .. } => format!("{minutes} free"),
        DayItem::Meeting { row } => row.topic.clone(),
    };
    let blocks: Vec<(String, u32)> = found.blocks.iter().map(|block| (told(&block.item), block.lane)).collect();
    assert_eq!(
        blocks
            .iter()
            .filter(|(name, _)| name == "Dentist" || name == "Phone")
            .map(|(_, lane)| *lane)
            .collect::<Vec<_>>(),
        [0, 1]
    );
    assert!(blocks.iter().any(|(name, _)| name.ends_with("free")), "{blocks:?}");
    assert!(found.blocks.iter().all(|block| block.from < block.to && block.to <= 24 * 60));
    assert_eq!(found.booked_minutes, before + 90);
    // The rows are the day's own.
    for day in &this.days {
        let rows =
            |items: Vec<&DayItem>| items.into_iter().filter(|item| matches!(item, DayItem::Meeting { .. })).count();
        let of_day = stage.engine.day(day.offset).await.unwrap();
        assert_eq!(rows(day.blocks.iter().map(|block| &block.item).collect()), rows(of_day.items.iter().collect()));
    }
}
