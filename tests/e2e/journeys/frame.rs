//! The program as a program: its command line, its place on the screen, the size of its text, its end.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, Tried, Window, ensure, play};
use serde_json::json;

use crate::steps::{enter_accounts, schedule, somebody};

#[tokio::test]
async fn the_command_line_answers_before_and_while_it_runs() -> Outcome {
    play("command-line", async |stage| {
        let mut running: Option<Window> = None;
        for _ in 0..2 {
            for (word, code, expected) in [
                ("--help", 0, "Usage: liaison"),
                ("--version", 0, concat!("liaison ", env!("CARGO_PKG_VERSION"))),
                ("--nonsense", 2, "--nonsense"),
            ] {
                let output = stage.ask(&[word]).await?;
                ensure(output.status.code() == Some(code), || format!("{word} ended with {}", output.status))?;
                let printed = if code == 0 { &output.stdout } else { &output.stderr };
                let printed = String::from_utf8_lossy(printed);
                ensure(printed.contains(expected), || format!("{word} said {printed}"))?;
            }
            if running.is_none() {
                // Nothing of this opened a window or took the place of the one instance.
                ensure(!stage.data().exists(), || "a data folder was made".to_owned())?;
                let window = stage.start().await?;
                window.see("welcome-demo").await?;
                running = Some(window);
            }
        }
        match running {
            Some(window) => window.close().await,
            None => Ok(()),
        }
    })
    .await
}

#[tokio::test]
async fn five_starts_keep_size_and_place() -> Outcome {
    play("five-starts", async |stage| {
        let window = stage.start().await?;
        window.see("welcome-demo").await?;
        let client = window.client();
        client.set_window_rect(60, 40, 900, 600).await.tried(|| "it does not move".to_owned())?;
        until("the window to be there", async || ensure_rect(&window, (60, 40, 900, 600)).await).await?;
        quit(&window).await?;
        stage.ended().await?;
        for _ in 0..5 {
            let window = stage.start().await?;
            window.see("welcome-demo").await?;
            until("the window to be there again", async || ensure_rect(&window, (60, 40, 900, 600)).await).await?;
            quit(&window).await?;
            stage.ended().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn text_of_double_size_stays_complete_and_is_kept() -> Outcome {
    play("text-size", async |stage| {
        let window = stage.start().await?;
        window.see("welcome-demo").await?;
        let normal = width(&window).await?;
        for _ in 0..8 {
            window.chord(&[Key::Control], '=').await?;
        }
        let doubled = async |window: &Window| -> Outcome {
            let now = width(window).await?;
            ensure((now - normal / 2.0).abs() <= 1.0, || format!("{now} of {normal}"))
        };
        until("the text to be twice as large", async || doubled(&window).await).await?;
        let over = window.script("return document.documentElement.scrollWidth - innerWidth", vec![]).await?;
        ensure(over.as_f64().is_some_and(|over| over <= 1.0), || format!("{over} are cut off"))?;
        quit(&window).await?;
        stage.ended().await?;
        let window = stage.start().await?;
        window.see("welcome-demo").await?;
        until("the text to be as large as before", async || doubled(&window).await).await?;
        window.chord(&[Key::Control], '0').await?;
        until("the normal size", async || {
            let now = width(&window).await?;
            ensure((now - normal).abs() <= 1.0, || format!("{now} of {normal}"))
        })
        .await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn quitting_with_something_unsent_asks_first() -> Outcome {
    play("quit-unsent", async |stage| {
        let (window, _sandbox, control) = enter_accounts(stage).await?;
        // Salesforce answers nothing, so that the Event has to wait.
        control
            .add_faults(&json!([{ "service": "salesforce", "path": "/services/data/*/sobjects/Event*", "before": { "kind": "reset" } }]))
            .await?;
        let name = somebody(&window, "Lead").await?;
        schedule(&window, "Waits for the next start", &name).await?;
        window.chord(&[Key::Control], 'q').await?;
        window.see("quit-anyway").await?;
        window.press(Key::Escape).await?;
        window.see_no_more("quit-anyway").await?;
        window.chord(&[Key::Control], 'q').await?;
        window.see("quit-anyway").await?;
        // Clicked a moment later: a click that ends the program is never answered.
        let leave = "setTimeout(() => document.querySelector('[data-testid=quit-anyway]').click(), 200)";
        window.script(leave, vec![]).await?;
        stage.ended().await
    })
    .await
}

/// How many pixels of the page's own fit into the window.
async fn width(window: &Window) -> Outcome<f64> {
    Ok(window.script("return innerWidth", vec![]).await?.as_f64().unwrap_or_default())
}

/// Ends the app as its command does. The answer may not arrive any more.
async fn quit(window: &Window) -> Outcome {
    let _ = window.invoke("quit_app", json!({})).await;
    Ok(())
}

async fn ensure_rect(window: &Window, wanted: (u64, u64, u64, u64)) -> Outcome {
    let (x, y, width, height) = window.client().get_window_rect().await.tried(|| "no place".to_owned())?;
    ensure((x, y, width, height) == wanted, || format!("{x} {y} {width} {height}"))
}
