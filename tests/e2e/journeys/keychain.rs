//! The key of the local data.

use liaison_e2e::{Outcome, ensure, play};
use serde_json::{Value, json};

use crate::steps::enter_accounts;

#[tokio::test]
async fn without_the_keychain_the_data_stays_closed_and_untouched() -> Outcome {
    play("locked", async |stage| {
        let (window, _sandbox, _control) = enter_accounts(stage).await?;
        window.close().await?;

        stage.lose_keychain();
        let window = stage.start().await?;
        window.see("locked-retry").await?;
        window.passes_axe("locked").await?;
        window.click("locked-retry").await?;
        window.see("locked-retry").await?;
        let state = window.command("get_app_state", json!({})).await?;
        ensure(state.pointer("/phase/kind") == Some(&json!("locked")), || state.to_string())?;
        let day = window.invoke("get_day", json!({ "offset": 0 })).await?;
        ensure(day.is_err(), || "the data was opened".to_owned())?;
        window.close().await?;

        stage.find_keychain();
        let window = stage.start().await?;
        window.see("meeting-row").await?;
        let state = window.command("get_app_state", json!({})).await?;
        ensure(state.pointer("/phase/kind").and_then(Value::as_str) == Some("ready"), || state.to_string())?;
        window.close().await
    })
    .await
}
