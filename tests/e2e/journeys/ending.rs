//! The system ends the program while it works.

use liaison_e2e::patience::until;
use liaison_e2e::{Outcome, ensure, play};
use serde_json::json;

use crate::steps::{enter_accounts, only_one, outbox_row, schedule, somebody};

#[tokio::test]
async fn a_signal_lets_the_request_that_is_on_its_way_come_to_its_end() -> Outcome {
    play("ending", async |stage| {
        const TOPIC: &str = "Sent as the lid closes";
        let (window, _sandbox, control) = enter_accounts(stage).await?;
        let name = somebody(&window, "Lead").await?;
        // The record is there, and its answer on the way for so long that the signal comes before it.
        let slow = json!({ "kind": "delay", "ms": 2_500 });
        let rule = |method| json!({ "service": "salesforce", "method": method, "path": "/services/data/*/sobjects/Event*", "after": slow });
        control.add_faults(&json!([rule("POST"), rule("PATCH")])).await?;
        schedule(&window, TOPIC, &name).await?;
        until("the Event to be on its way", async || {
            let applied = control.faults_applied().await?;
            ensure(applied > 0, || "it is not".to_owned())
        })
        .await?;
        stage.terminate()?;
        stage.ended().await?;
        only_one(&control, "Event.created", "name", TOPIC).await?;

        // Without a network nothing but the answer itself can have told that it was sent.
        control.clear_faults().await?;
        control.cut_network().await?;
        let window = stage.start().await?;
        window.click("nav-outbox").await?;
        outbox_row(&window, "sent").await?;
        window.close().await
    })
    .await
}
