//! The room of the people: finding somebody, what there is with them, and selecting all that match.

use fantoccini::key::Key;
use liaison_e2e::patience::until;
use liaison_e2e::{Failure, Outcome, Window, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_demo, schedule, somebody};

#[tokio::test]
async fn somebody_is_found_and_everything_with_them_is_there() -> Outcome {
    play("people-timeline", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        let name = somebody(&window, "Lead").await?;
        schedule(&window, "First talk about the pilot", &name).await?;
        window.click("nav-people").await?;
        window.see("person-row").await?;
        window.fill("people-search", &name).await?;
        until("the first of the list to be the person", async || {
            let shown = window.text("inspector").await?;
            ensure(shown.contains(&name), || format!("it is {shown:?}"))
        })
        .await?;
        // From the field into the list, as with a keyboard alone.
        window.press(Key::Escape).await?;
        window.fill("people-search", &name.to_uppercase()).await?;
        until("the timeline to have the meeting", async || {
            let page = window.text("person-timeline").await?;
            ensure(page.contains("First talk about the pilot"), || format!("it is {page:?}"))
        })
        .await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn all_that_match_are_selected_by_their_number_and_copied() -> Outcome {
    play("people-selection", async |stage| {
        let (window, _) = enter_demo(stage).await?;
        window.click("nav-people").await?;
        window.see("person-row").await?;
        window.click("people-has-email").await?;
        let total = until("the list to be narrowed", async || {
            let total = matching(&window).await?;
            let head = window.text("people-list").await?;
            ensure(!head.is_empty(), || "there is no list".to_owned())?;
            Ok(total)
        })
        .await?;
        ensure(total > 10, || format!("only {total} match"))?;
        window.click("person-row").await?;
        window.chord(&[Key::Control], 'a').await?;
        until("all to be selected", async || {
            let bar = window.text("selection-bar").await?;
            let shown: String = bar.chars().take_while(|sign| *sign != ' ').filter(char::is_ascii_digit).collect();
            ensure(shown == total.to_string(), || format!("{bar:?} of {total}"))
        })
        .await?;
        window.click("people-copy").await?;
        window.see_text("copied").await?;
        // The button that was pressed goes with the bar.
        window.press(Key::Escape).await?;
        window.see_no_more("selection-bar").await?;
        window.close().await
    })
    .await
}

/// How many people with an address there are, as the engine counts them.
async fn matching(window: &Window) -> Outcome<u64> {
    let filter = json!({ "query": "", "kind": "all", "mine": false, "hasEmail": true, "touch": { "kind": "any" },
        "company": null, "list": null });
    let asked = json!({ "filter": filter, "order": "name", "offset": 0, "limit": 1 });
    let list = window.command("list_people", asked).await?;
    list.get("total").and_then(Value::as_u64).ok_or_else(|| Failure::new("the list has no total"))
}
