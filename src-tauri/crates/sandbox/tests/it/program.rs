//! The stand-alone program: one line, then service until its standard input closes.

use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liaison-sandbox"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

#[tokio::test]
async fn it_prints_one_line_and_serves_until_its_input_closes() {
    let mut child = program().args(["--world", "empty", "--issue-tokens"]).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let info: Value = serde_json::from_str(&output.next_line().await.unwrap().unwrap()).unwrap();
    let url = format!("{}/users/me", info["zoom"]["api"].as_str().unwrap());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let token = info["zoom"]["access_token"].as_str().unwrap();
    assert_eq!(http.get(url).bearer_auth(token).send().await.unwrap().status(), 200);
    drop(child.stdin.take());
    assert!(child.wait().await.unwrap().success());
    assert_eq!(output.next_line().await.unwrap(), None);
}

#[tokio::test]
async fn a_wrong_command_line_ends_it_with_a_reason() {
    let output = program().args(["--world", "full"]).output().await.unwrap();
    assert_eq!(output.status.code(), Some(2));
    let reason = String::from_utf8(output.stderr).unwrap();
    assert!(reason.starts_with("liaison-sandbox: --world: `full` is neither demo nor empty"), "{reason}");
    let output = program().args(["--zone", "Mars/Base"]).output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
}
