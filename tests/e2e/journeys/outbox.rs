//! What leaves the computer, and what does not.

use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, ensure, play};
use serde_json::{Value, json};

use crate::steps::{enter_demo, only_one, outbox_item, outbox_row, schedule, somebody};

#[tokio::test]
async fn what_is_undone_while_it_is_held_never_leaves() -> Outcome {
    play("undo", async |stage| {
        const TOPIC: &str = "Not this one";
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Lead").await?;
        schedule(&window, TOPIC, &name).await?;
        window.click("nav-outbox").await?;
        let row = outbox_row(&window, "held").await?;
        let held = outbox_item(&window, &row).await?;
        let until_ms = held.pointer("/state/until").and_then(Value::as_f64).unwrap_or_default();
        window.click("outbox-undo").await?;
        until("the row to be discarded", async || {
            let state = outbox_item(&window, &row).await?.pointer("/state/kind").cloned().unwrap_or_default();
            ensure(state == json!("discarded"), || format!("it is {state}"))
        })
        .await?;
        // Past the end of the hold the worker has had its chance; another meeting's Event proves that it works.
        window.click("nav-today").await?;
        schedule(&window, "But this one", &name).await?;
        until("the second Event to be sent", async || {
            let sent = only_one(&control, "Event.created", "name", "But this one").await.map(drop);
            let now = window.command("list_outbox", json!({})).await?.get("now").and_then(Value::as_f64).unwrap_or(0.0);
            ensure(now > until_ms, || "the hold is not over".to_owned()).and(sent)
        })
        .await?;
        let events = control.effects("Event.created").await?;
        ensure(events.iter().all(|event| event.detail.get("name") != Some(&json!(TOPIC))), || format!("{events:?}"))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_refusal_is_shown_in_words_and_can_be_tried_again() -> Outcome {
    play("refused", async |stage| {
        const TOPIC: &str = "Refused at first";
        const WORDS: &str = "Meetings need a region";
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Contact").await?;
        let refusal = json!([{ "message": WORDS, "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "fields": [] }]);
        let answer = json!({ "kind": "answer", "status": 400, "body": refusal.to_string() });
        control
            .add_faults(&json!([
                { "service": "salesforce", "method": "POST", "path": "/services/data/*/sobjects/Event*", "before": answer },
                { "service": "salesforce", "method": "PATCH", "path": "/services/data/*/sobjects/Event*", "before": answer },
            ]))
            .await?;
        schedule(&window, TOPIC, &name).await?;
        window.click("nav-outbox").await?;
        let row = outbox_row(&window, "needsYou").await?;
        window.see_text(WORDS).await?;
        ensure(control.effects("Event.created").await?.is_empty(), || "it was made after all".to_owned())?;

        control.clear_faults().await?;
        window.click("outbox-retry").await?;
        until("the row to be sent", async || {
            let state = outbox_item(&window, &row).await?.pointer("/state/kind").cloned().unwrap_or_default();
            ensure(state == json!("sent"), || format!("it is {state}"))
        })
        .await?;
        only_one(&control, "Event.created", "name", TOPIC).await?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn an_answer_that_got_lost_makes_no_second_event() -> Outcome {
    play("lost-answer", async |stage| {
        const TOPIC: &str = "Answer lost on the way";
        let (window, control) = enter_demo(stage).await?;
        let name = somebody(&window, "Lead").await?;
        let reset = json!({ "kind": "reset" });
        control
            .add_faults(&json!([
                { "service": "salesforce", "method": "POST", "path": "/services/data/*/sobjects/Event*", "count": 1, "after": reset },
                { "service": "salesforce", "method": "PATCH", "path": "/services/data/*/sobjects/Event*", "count": 1, "after": reset },
            ]))
            .await?;
        schedule(&window, TOPIC, &name).await?;
        window.click("nav-outbox").await?;
        outbox_row(&window, "sent").await?;
        only_one(&control, "Event.created", "name", TOPIC).await?;
        window.close().await
    })
    .await
}
