//! What the page may not do, whatever gets into it.

use liaison_e2e::{Failure, Outcome, ensure, play};
use serde_json::{Value, json};

/// Tries what the policy forbids and tells which of its directives blocked something.
const VIOLATIONS: &str = "const blocked = [];
    document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
    await fetch('https://example.com/').catch(() => undefined);
    for (let round = 0; round < 200 && new Set(blocked).size < 3; round += 1) {
      await new Promise((done) => setTimeout(done, 25));
    }
    script.remove();
    frame.remove();
    return { blocked, ran: window.inlineRan === true };";

#[tokio::test]
async fn the_policy_blocks_scripts_from_text_and_every_other_host() -> Outcome {
    play("policy", async |stage| {
        let window = stage.start().await?;
        window.see("welcome-demo").await?;
        let evaluated = "try { return String(eval('1 + 1')) } catch (error) { return error.name }";
        let outcome = window.script(evaluated, Vec::new()).await?;
        ensure(outcome == json!("EvalError"), || format!("eval gave {outcome}"))?;

        let fetched = window.promise("return (await fetch('http://127.0.0.1:9/')).status", Vec::new()).await?;
        ensure(fetched.is_err(), || format!("fetch gave {fetched:?}"))?;

        // The policy itself must be what blocked these, not a server that is not there.
        let report = window.promise(VIOLATIONS, Vec::new()).await?.map_err(|error| Failure::new(error.to_string()))?;
        ensure(report.get("ran") == Some(&json!(false)), || "an inline script ran".to_owned())?;
        let blocked = report.get("blocked").and_then(Value::as_array).cloned().unwrap_or_default();
        for directive in ["script-src", "frame-src", "connect-src"] {
            let named = blocked.iter().any(|found| found.as_str().is_some_and(|found| found.starts_with(directive)));
            ensure(named, || format!("{directive} blocked nothing: {blocked:?}"))?;
        }
        window.close().await
    })
    .await
}

#[tokio::test]
async fn commands_without_a_permission_are_refused() -> Outcome {
    play("permissions", async |stage| {
        let window = stage.start().await?;
        window.see("welcome-demo").await?;
        for (command, arguments) in [
            ("plugin:window|set_title", json!({ "label": "main", "value": "taken over" })),
            ("plugin:webview|create_webview_window", json!({ "options": { "label": "second", "url": "index.html" } })),
            ("plugin:clipboard-manager|read_text", json!({})),
            ("plugin:event|emit", json!({ "event": "data-changed", "payload": {} })),
        ] {
            let outcome = window.invoke(command, arguments).await?;
            let refused = outcome.as_ref().is_err_and(|error| error.to_string().contains("not allowed"));
            ensure(refused, || format!("{command} gave {outcome:?}"))?;
        }
        // What is granted still works.
        window.command("get_app_state", json!({})).await?;
        window.close().await
    })
    .await
}
