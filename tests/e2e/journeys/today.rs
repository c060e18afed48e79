//! The day's meetings.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::{Failure, Outcome, Tried, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::enter_demo;

#[tokio::test]
async fn today_lists_the_meetings_of_the_local_database() -> Outcome {
    play("today", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        until("the list to be what the database has", async || {
            let day = window.command("get_day", json!({ "offset": 0 })).await?;
            let items = day.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
            let expected: Vec<String> = items.iter().filter_map(|item| text(item, "/row/topic")).collect();
            ensure(expected.len() > 3, || format!("the database has {expected:?}"))?;
            let shown = topics(&window).await?;
            ensure(shown == expected, || format!("shown {shown:?}, in the database {expected:?}"))
        })
        .await?;
        // One meeting of the demo starts in six minutes, so something is next.
        let next = window.command("get_next_up", json!({})).await?;
        let topic = text(&next, "/row/topic").ok_or_else(|| Failure::new("nothing is next"))?;
        let strip = window.text("next-up").await?;
        ensure(strip.contains(&topic), || format!("{strip:?} does not name {topic:?}"))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn the_week_opens_where_now_is_and_keeps_its_days_in_sight() -> Outcome {
    play("today-week", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        window.resize(860, 560).await?;
        window.click("today-view-week").await?;
        window.see("week").await?;
        until("the line of now, the day of today and the hours to be in sight", async || {
            let unseen = window.script(OUT_OF_THE_WEEK, Vec::new()).await?;
            ensure(unseen == json!([]), || unseen.to_string())
        })
        .await?;
        window.close().await
    })
    .await
}

/// Which of what a week has to show lies outside it. Now may be after the last hour that it draws.
const OUT_OF_THE_WEEK: &str = "
    const week = document.querySelector('[data-testid=week]');
    const { left, top } = week.getBoundingClientRect();
    const inside = (part) => {
        const box = part.getBoundingClientRect();
        return box.left >= left - 1 && box.left < left + week.clientWidth - 20
            && box.top >= top - 1 && box.top < top + week.clientHeight;
    };
    const wanted = ['[data-today] header', '.hours .corner', ...(week.querySelector('[data-now]') ? ['[data-now]'] : [])];
    return wanted.filter((part) => !inside(week.querySelector(part)));";

#[tokio::test]
async fn start_opens_a_fresh_link_and_keeps_nothing_of_it() -> Outcome {
    play("start", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        window.click("meeting-start").await?;
        let first = stage.links().after(0).await?;
        let first_zak = zak(&first)?;
        // A second click asks Zoom again: a link lives two hours and none is kept.
        // What follows at once is taken for a double click.
        let second = until("a second link", async || {
            window.click("meeting-start").await?;
            stage.links().opened().get(1).cloned().ok_or_else(|| Failure::new("there is one"))
        });
        let second_zak = zak(&second.await?)?;
        ensure(first_zak != second_zak, || "the second link is the first one".to_owned())?;

        let source = window.source().await?;
        for secret in [&first_zak, &second_zak] {
            ensure(!source.contains(secret.as_str()), || "the page has the link".to_owned())?;
            let kept = files_with(stage.folder(), secret)?;
            // The stand-in for the browser writes down what it was given.
            let expected = BTreeSet::from(["links".to_owned()]);
            ensure(kept == expected, || format!("the link is in {kept:?}"))?;
        }
        window.close().await
    })
    .await
}

#[tokio::test]
async fn copying_a_meeting_puts_its_link_on_the_clipboard() -> Outcome {
    play("copy", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        window.click("meeting-copy").await?;
        window.click("menu-copy-link").await?;
        window.see("toast").await?;
        window.click("schedule-open").await?;
        window.see("schedule-topic").await?;
        until("the link to be pasted", async || {
            window.click("schedule-topic").await?;
            window.chord(&[Key::Control], 'a').await?;
            window.chord(&[Key::Control], 'v').await?;
            let field =
                window.script("return document.querySelector('[data-testid=schedule-topic]').value", Vec::new());
            let pasted = field.await?.as_str().unwrap_or_default().to_owned();
            ensure(pasted.starts_with("https://") && pasted.contains("/j/"), || format!("{pasted:?}"))?;
            ensure(!pasted.contains("zak="), || "a start link was copied".to_owned())
        })
        .await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn hostile_topics_stay_text() -> Outcome {
    play("hostile-topics", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        window.script("window.alert = () => { document.title = 'ran' }", Vec::new()).await?;
        let mut seen = Vec::new();
        for offset in 1..=4 {
            window.press(Key::Right).await?;
            let day = window.command("get_day", json!({ "offset": offset })).await?;
            let items = day.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
            let expected: Vec<String> = items.iter().filter_map(|item| text(item, "/row/topic")).collect();
            until(&format!("the topics of day {offset}"), async || {
                let shown = topics(&window).await?;
                ensure(shown == expected, || format!("shown {shown:?}, in the database {expected:?}"))
            })
            .await?;
            seen.extend(expected);
        }
        for part in ["<img src=x onerror=", "مرحبا", "=HYPERLINK(", "Invoice review"] {
            ensure(seen.iter().any(|topic| topic.contains(part)), || format!("the world has no topic with {part:?}"))?;
        }
        let elements = window.script("return document.querySelectorAll('img[src=x]').length", Vec::new()).await?;
        ensure(elements == json!(0), || "a topic became an element".to_owned())?;
        // Text that turns the direction of reading around must not turn what stands beside it.
        let loose = "return [...document.querySelectorAll('[data-testid=meeting-row] .topic')]
             .filter((topic) => topic.textContent !== '' && !topic.querySelector('bdi')).length";
        let loose = window.script(loose, Vec::new()).await?;
        ensure(loose == json!(0), || format!("{loose} topics are not set apart"))?;
        let title = window.script("return document.title", Vec::new()).await?;
        ensure(title != json!("ran"), || "a topic ran".to_owned())?;
        window.close().await
    })
    .await
}

/// The topics in the list, as the page has them.
async fn topics(window: &Window) -> Outcome<Vec<String>> {
    const TOPICS: &str =
        "return [...document.querySelectorAll('[data-testid=meeting-row] .topic')].map((topic) => topic.textContent)";
    let topics = window.script(TOPICS, Vec::new()).await?;
    Ok(topics
        .as_array()
        .cloned()
        .unwrap_or_default()
        .iter()
        .filter_map(|topic| topic.as_str().map(str::to_owned))
        .collect())
}

fn text(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer)?.as_str().map(str::to_owned)
}

/// The credential in a start link.
fn zak(link: &str) -> Outcome<String> {
    let zak = link.split_once("zak=").map(|(_, zak)| zak.split('&').next().unwrap_or(zak).to_owned());
    zak.filter(|zak| zak.len() > 16).ok_or_else(|| Failure::new("the opened link is no start link"))
}

/// The names of the files under a folder that hold these bytes.
fn files_with(folder: &Path, needle: &str) -> Outcome<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).tried(|| folder.display().to_string())?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, needle)?);
        } else if let Ok(bytes) = fs::read(&path)
            && path.is_file()
            && bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        {
            found.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(found)
}
