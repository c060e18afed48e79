//! Every view, in every theme and both languages: axe finds nothing, and a picture of each is kept when pictures are
//! asked for (`cargo xtask screenshots`).

use fantoccini::key::Key;
use liaison_e2e::{Outcome, Stage, Window, pictures, play};

use crate::steps::{enter_demo, look, outbox_row, schedule, somebody};

const THEMES: [&str; 3] = ["light", "dark", "contrast"];
const LANGUAGES: [&str; 2] = ["en", "nl"];
/// The first size of the window, and the smallest.
const SIZES: [(u32, u32); 2] = [(1180, 760), (860, 560)];

#[tokio::test]
async fn welcome_and_connect_pass_axe() -> Outcome {
    play("views-welcome", async |stage| {
        let window = stage.start().await?;
        for language in LANGUAGES {
            window.choose(&format!("language-{language}")).await?;
            inspect(&window, "welcome", language).await?;
            window.click("welcome-connect").await?;
            window.see("connect-zoom").await?;
            inspect(&window, "connect", language).await?;
            window.client().refresh().await.map_err(|error| liaison_e2e::Failure::new(error.to_string()))?;
            window.see("welcome-demo").await?;
        }
        window.close().await
    })
    .await
}

#[tokio::test]
async fn every_view_passes_axe_in_every_look() -> Outcome {
    play("views", async |stage| {
        let window = furnished(stage).await?;
        for theme in THEMES {
            for language in LANGUAGES {
                look(&window, theme, language).await?;
                tour(&window, &format!("{theme}-{language}")).await?;
            }
        }
        window.close().await
    })
    .await
}

/// The demo with something in every view.
async fn furnished(stage: &mut Stage) -> Outcome<Window> {
    let (window, _) = enter_demo(stage).await?;
    let name = somebody(&window, "Lead").await?;
    schedule(&window, "Next steps", &name).await?;
    window.click("nav-outbox").await?;
    outbox_row(&window, "sent").await?;
    Ok(window)
}

/// Goes through every view and comes back to Today.
async fn tour(window: &Window, look: &str) -> Outcome {
    window.click("nav-today").await?;
    window.see("day-list").await?;
    inspect(window, "today", look).await?;

    // The list opens where the day is, so the first row may be under its head.
    let row = "document.querySelector('[data-testid=meeting-row] button')";
    window.script(&format!("{row}.scrollIntoView({{ block: 'center' }})"), vec![]).await?;
    window.script(&format!("{row}.click()"), vec![]).await?;
    window.see("inspector").await?;
    inspect(window, "meeting", look).await?;

    window.choose("today-view-week").await?;
    window.see("week").await?;
    inspect(window, "week", look).await?;
    window.choose("today-view-past").await?;
    window.see("past-list").await?;
    inspect(window, "past", look).await?;
    window.choose("today-view-day").await?;
    window.see("day-list").await?;

    window.click("status-pill").await?;
    inspect(window, "status", look).await?;
    window.press(Key::Escape).await?;

    window.click("schedule-open").await?;
    window.see("schedule-topic").await?;
    inspect(window, "schedule", look).await?;
    window.press(Key::Escape).await?;
    window.see_no_more("schedule-sheet").await?;

    calls(window, look).await?;
    webinars(window, look).await?;

    window.click("nav-people").await?;
    window.see("person-row").await?;
    window.see("person-timeline").await?;
    inspect(window, "people", look).await?;

    window.click("nav-outbox").await?;
    window.see("outbox-item").await?;
    inspect(window, "outbox", look).await?;

    window.click("nav-settings").await?;
    for part in ["appearance", "accounts", "meetings", "shortcuts", "about"] {
        window.click(&format!("settings-{part}")).await?;
        inspect(window, &format!("settings-{part}"), look).await?;
    }
    window.press(Key::Escape).await?;
    window.see_no_more("settings-sheet").await?;

    window.chord(&[Key::Control], 'k').await?;
    window.see("palette").await?;
    inspect(window, "palette", look).await?;
    window.press(Key::Escape).await?;
    window.see_no_more("palette").await
}

async fn calls(window: &Window, look: &str) -> Outcome {
    window.click("nav-calls").await?;
    window.choose("calls-view-all").await?;
    window.see("calls-list").await?;
    inspect(window, "calls", look).await?;
    window.choose("calls-view-ledger").await?;
    window.see("ledger").await?;
    inspect(window, "calls-ledger", look).await?;
    window.click("calls-triage").await?;
    window.see("triage-call").await?;
    inspect(window, "calls-triage", look).await?;
    window.click("triage-close").await
}

async fn webinars(window: &Window, look: &str) -> Outcome {
    window.click("nav-webinars").await?;
    window.see("webinar-row").await?;
    inspect(window, "webinars", look).await?;
    window.click("webinar-open").await?;
    window.see("registrant-row").await?;
    inspect(window, "webinar", look).await?;
    window.click("webinar-add-people").await?;
    window.see("register-sheet").await?;
    inspect(window, "register", look).await?;
    window.press(Key::Escape).await?;
    window.see_no_more("register-sheet").await?;
    window.click("webinar-back").await
}

/// Runs axe on what is shown, and keeps pictures of it in each size when pictures are asked for.
async fn inspect(window: &Window, view: &str, look: &str) -> Outcome {
    window.passes_axe(&format!("{view} ({look})")).await?;
    let Some(folder) = pictures::of_views() else { return Ok(()) };
    for (width, height) in SIZES {
        window.resize(width, height).await?;
        pictures::keep(&folder, &format!("{view}-{look}-{width}x{height}"), &window.picture().await?)?;
    }
    window.resize(SIZES[0].0, SIZES[0].1).await
}
