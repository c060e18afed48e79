//! Meetings that repeat: one date moved by itself, and another rule for the rest.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::sandbox::Control;
use liaison_e2e::{Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::changes::{done, find};
use crate::steps::{enter_demo, offered, only_one, somebody};

#[tokio::test]
async fn one_date_of_a_series_is_moved_and_the_others_stay() -> Outcome {
    play("series-one-moved", async |stage| {
        const TOPIC: &str = "Every week";
        let (window, control) = enter_demo(stage).await?;
        let series = repeated(&window, &control, TOPIC).await?;
        move_one(&window, &control, TOPIC, &series).await?;
        let moved = control.effects("Event.updated").await?;
        ensure(moved.len() == 1, || format!("{} Events went along", moved.len()))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn another_rule_says_what_becomes_of_the_dates_and_their_events_follow() -> Outcome {
    play("series-rule", async |stage| {
        const TOPIC: &str = "Less often";
        let (window, control) = enter_demo(stage).await?;
        let series = repeated(&window, &control, TOPIC).await?;
        move_one(&window, &control, TOPIC, &series).await?;

        find(&window, TOPIC).await?;
        window.click("meeting-edit").await?;
        window.see("schedule-topic").await?;
        window.choose("change-scope-all").await?;
        window.click("series-rule-open").await?;
        window.see("series-rule-repeats").await?;
        window.fill("series-rule-times", "3").await?;
        window.press(Key::Tab).await?;
        until("the outlook to say what becomes of the dates", async || {
            let shown = window.text("series-rule-outlook").await?;
            ensure(shown.contains("1 is dropped") && shown.contains("moved to"), || shown)
        })
        .await?;
        window.click("series-rule-save").await?;
        window.see_no_more("series-rule-sheet").await?;
        until("one Event to be gone, and none to be new", async || {
            let gone = control.effects("Event.deleted").await?.len();
            let made = control.effects("Event.created").await?.len();
            ensure((gone, made) == (1, 4), || format!("{gone} gone, {made} made"))
        })
        .await?;
        until("the date that was moved to be back", async || {
            let updated = control.effects("Event.updated").await?.len();
            ensure(updated == 2, || format!("{updated} updates of Events"))
        })
        .await?;
        window.close().await
    })
    .await
}

/// Plans four weekly meetings with somebody, from tomorrow on, and waits for their Events. Gives the number.
async fn repeated(window: &Window, control: &Control, topic: &str) -> Outcome<String> {
    let name = somebody(window, "Contact").await?;
    window.click("schedule-open").await?;
    window.fill("schedule-topic", topic).await?;
    window.click("schedule-people").await?;
    window.type_text(&name).await?;
    offered(window, &name).await?;
    window.click("person-option").await?;
    window.fill("schedule-date", "tomorrow").await?;
    window.fill("schedule-time", "10:00").await?;
    select(window, "schedule-repeats", "weekly").await?;
    window.fill("schedule-times", "4").await?;
    window.press(Key::Tab).await?;
    until("the sheet to name the dates", async || {
        let shown = window.text("schedule-dates").await?;
        ensure(shown.contains("4 dates"), || shown)
    })
    .await?;
    window.click("schedule-create").await?;
    window.see_no_more("schedule-sheet").await?;
    let meeting = only_one(control, "meeting.created", "topic", topic).await?;
    ensure(meeting.detail.get("occurrences") == Some(&json!(4)), || meeting.detail.to_string())?;
    until("the Events of all dates", async || {
        let made = control.effects("Event.created").await?.len();
        ensure(made == 4, || format!("{made} of 4"))
    })
    .await?;
    Ok(meeting.id)
}

/// Moves the date that the palette finds to another time of its day.
async fn move_one(window: &Window, control: &Control, topic: &str, series: &str) -> Outcome {
    find(window, topic).await?;
    window.click("meeting-edit").await?;
    window.see("schedule-topic").await?;
    window.see("change-scope-one").await?;
    window.fill("schedule-time", "16:45").await?;
    window.chord(&[Key::Control], char::from(Key::Enter)).await?;
    window.see_no_more("schedule-sheet").await?;
    until("Zoom to have that date alone at another time", async || {
        let updated = control.effects("meeting.updated").await?;
        let of_series: Vec<_> = updated.iter().filter(|effect| effect.id == series).collect();
        let alone = of_series.iter().all(|effect| effect.detail.get("occurrence_id").is_some_and(Value::is_string));
        ensure(of_series.len() == 1 && alone, || format!("{of_series:?}"))
    })
    .await?;
    done(window, "updateEvent", topic).await
}

async fn select(window: &Window, id: &str, value: &str) -> Outcome {
    window.see(id).await?;
    let script = "const select = document.querySelector(`[data-testid=${arguments[0]}]`); \
                  select.value = arguments[1]; select.dispatchEvent(new Event('change', { bubbles: true }))";
    window.script(script, vec![json!(id), json!(value)]).await?;
    Ok(())
}
