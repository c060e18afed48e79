//! The commands as the window calls them, through Tauri's mock runtime.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use liaison::commands::{WindowControl, WindowHandle, specta_builder};
use liaison_sandbox::SandboxConfig;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};

use crate::stage::Stage;

struct NoWindow;

impl WindowControl for NoWindow {
    fn show(&self) {}
    fn quit(&self) {}
    fn quit_anyway(&self) {}
    fn stay(&self) {}
    fn zoom(&self, _percent: u32) {}
}

fn window(stage: &Stage) -> (tauri::App<MockRuntime>, WebviewWindow<MockRuntime>) {
    let builder = specta_builder::<MockRuntime>();
    let window_handle: WindowHandle = Arc::new(NoWindow);
    let app = mock_builder()
        .invoke_handler(builder.invoke_handler())
        .manage(stage.engine.clone())
        .manage(window_handle)
        .build(mock_context(noop_assets()))
        .unwrap();
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
    (app, window)
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let url = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: url.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
}

fn listed(text: &str, before: &str, after: &str) -> BTreeSet<String> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(name, _)| name.to_owned()).collect()
}

fn project_file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn commands() -> BTreeSet<String> {
    // Some calls name the type of their answer: `__TAURI_INVOKE<string[]>("list_zones"`.
    let called = |rest: &str| {
        let (generic, rest) = rest.split_once("(\"")?;
        let (name, _) = rest.split_once('"')?;
        (generic.is_empty() || (generic.starts_with('<') && generic.ends_with('>'))).then(|| name.to_owned())
    };
    project_file("ui/src/bindings/index.ts").split("__TAURI_INVOKE").skip(1).filter_map(called).collect()
}

/// A command that is registered but not granted, or granted but not there, is a mistake.
#[test]
fn registered_permitted_and_granted_commands_are_the_same() {
    let registered = commands();
    let permitted = listed(&project_file("src-tauri/build.rs"), "\n    \"", "\",");
    let config: Value = serde_json::from_str(&project_file("tauri.conf.json")).unwrap();
    let granted: BTreeSet<String> = config["app"]["security"]["capabilities"][0]["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|permission| permission.as_str().unwrap().strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect();
    assert_eq!(registered, permitted);
    assert_eq!(registered, granted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_answers_and_an_error_carries_its_kind() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (_app, window) = window(&stage);
    let day = call(&window, "get_day", json!({ "offset": 0 })).unwrap();
    assert!(day["items"].as_array().is_some_and(|items| !items.is_empty()));
    let gone = call(&window, "get_meeting", json!({ "id": "1" })).unwrap_err();
    assert_eq!(gone["kind"], "gone");
}

/// Whatever the page sends, the program answers and gives no secret away.
#[tokio::test(flavor = "multi_thread")]
async fn nonsense_from_the_page_is_answered() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let (_app, window) = window(&stage);
    let odd = [
        json!({}),
        json!({ "id": null, "offset": "x", "draft": 7, "provider": "nobody", "settings": [] }),
        json!({ "id": "'; DROP TABLE people; --", "offset": i64::MAX, "query": "%_\"*(", "limit": -1 }),
        json!({ "id": "x".repeat(100_000), "offset": i32::MIN, "query": "\u{0}\u{202E}", "limit": u32::MAX, "key": "k", "value": "v" }),
        json!({ "id": "99999999999999999999:1", "offset": i32::MAX, "paused": true, "what": "joinLink", "person": "Lead:x" }),
    ];
    // Signing in and out would wait for a browser or end the session under test.
    let spared = ["connect_account", "disconnect_account", "start_demo", "leave_demo"];
    for command in commands().iter().filter(|command| !spared.contains(&command.as_str())) {
        for arguments in &odd {
            let answer = call(&window, command, arguments.clone());
            let text = format!("{answer:?}");
            for secret in ["zak=", "pwd=", "00D000000000000", "eyJ"] {
                assert!(!text.contains(secret), "{command} gave {secret} away");
            }
        }
    }
}
