//! How fast the typed client pulls a call history, next to the floor: `pull_zoom --calls N [--rounds N]
//! [--sandbox PROGRAM]`.
//!
//! The floor fetches the same pages with a bare HTTP client, decodes them to JSON values and throws them away.
//! Both take turns in one run, so that a busy machine is busy for both. The sandbox is a process of its own;
//! its limits are off, and so is the client's own pace.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures::{FutureExt, StreamExt, pin_mut};
use liaison_transport::{AccessToken, ApiClient, AuthError, BoxFuture, TokenSource, Url};
use liaison_zoom::{CallHistoryFilter, CallWindow, ListStep, Zoom, api_config};
use serde_json::Value;

type Problem = Box<dyn std::error::Error>;

/// What the project aims for.
const AIM: f64 = 1.3;

/// How far back the sandbox's calls and Zoom's memory reach.
const DAYS: i64 = 180;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]
fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome =
        Wish::read(std::env::args().skip(1)).and_then(|wish| runtime.map_err(Problem::from)?.block_on(measure(&wish)));
    match outcome {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("pull_zoom: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asks for.
struct Wish {
    calls: usize,
    rounds: usize,
    sandbox: PathBuf,
}

impl Wish {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Problem> {
        // Cargo puts examples into a folder below the one with the programs.
        let beside = std::env::current_exe()?.parent().and_then(|folder| folder.parent()).map(PathBuf::from);
        let program = format!("liaison-sandbox{}", std::env::consts::EXE_SUFFIX);
        let sandbox = beside.unwrap_or_default().join(program);
        let mut wish = Self { calls: 100_000, rounds: 3, sandbox };
        while let Some(option) = arguments.next() {
            let value = arguments.next().ok_or("an option needs a value")?;
            match option.as_str() {
                "--calls" => wish.calls = value.parse()?,
                "--rounds" => wish.rounds = value.parse::<usize>()?.max(1),
                "--sandbox" => wish.sandbox = value.into(),
                other => return Err(format!("unknown option {other}").into()),
            }
        }
        Ok(wish)
    }
}

/// A sandbox that ends with this value.
struct Sandbox {
    process: Child,
    api: String,
    token: String,
}

impl Sandbox {
    fn start(wish: &Wish) -> Result<Self, Problem> {
        let mut process = Command::new(&wish.sandbox)
            .args(["--issue-tokens", "--calls", &wish.calls.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", wish.sandbox.display()))?;
        let mut line = String::new();
        let output = process.stdout.take().ok_or("the sandbox has no output")?;
        BufReader::new(output).read_line(&mut line)?;
        let info: Value = serde_json::from_str(&line)?;
        let text = |name: &str| info["zoom"][name].as_str().map(str::to_owned).ok_or("the sandbox said nothing");
        Ok(Self { api: text("api")?, token: text("access_token")?, process })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It ends when its input does; whatever comes of it, nobody is left to be told.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

struct FixedToken(String);

impl TokenSource for FixedToken {
    fn access(&self) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        std::future::ready(Ok(AccessToken::new(self.0.clone()))).boxed()
    }

    fn refreshed(&self, _rejected: AccessToken) -> BoxFuture<'_, Result<AccessToken, AuthError>> {
        std::future::ready(Err(AuthError::SignInExpired)).boxed()
    }
}

/// One pull of everything.
#[derive(Clone, Copy)]
struct Pull {
    records: usize,
    requests: usize,
    took: Duration,
}

impl Pull {
    fn per_second(self) -> f64 {
        f64::from(u32::try_from(self.records).unwrap_or(u32::MAX)) / self.took.as_secs_f64()
    }
}

async fn measure(wish: &Wish) -> Result<String, Problem> {
    let sandbox = Sandbox::start(wish)?;
    let mut config = api_config(Url::parse(&sandbox.api)?, "Liaison-Bench", true);
    config.paced = false;
    let zoom = Zoom::new(ApiClient::new(config, Arc::new(FixedToken(sandbox.token.clone())))?);
    let http = reqwest::Client::builder().no_proxy().build()?;
    let now = Utc::now();
    let windows = CallWindow::split(now - TimeDelta::days(DAYS), now);
    let (mut typed, mut floor) = (Vec::new(), Vec::new());
    for round in 0..=wish.rounds {
        let pair = (pull_typed(&zoom, &windows).await?, pull_floor(&http, &sandbox, &windows).await?);
        if pair.0.records != pair.1.records {
            return Err(format!("{} records, and {} on the floor", pair.0.records, pair.1.records).into());
        }
        // The first round opens connections and fills caches.
        if round > 0 {
            typed.push(pair.0);
            floor.push(pair.1);
        }
    }
    let (typed, floor) = (median(typed), median(floor));
    let ratio = typed.took.as_secs_f64() / floor.took.as_secs_f64();
    let verdict = if ratio <= AIM { "within" } else { "over" };
    let line = |name: &str, pull: Pull| {
        let Pull { records, requests, took } = pull;
        format!(
            "  {name:<6} {:>9.0} records/s  {records} records in {requests} requests, {took:.2?}\n",
            pull.per_second()
        )
    };
    Ok(format!(
        "Medians of {} rounds\n{}{}  ratio  {ratio:>9.2}  ({verdict} the aim of {AIM})",
        wish.rounds,
        line("typed", typed),
        line("floor", floor),
    ))
}

fn median(mut pulls: Vec<Pull>) -> Pull {
    pulls.sort_by_key(|pull| pull.took);
    pulls[pulls.len() / 2]
}

async fn pull_typed(zoom: &Zoom, windows: &[CallWindow]) -> Result<Pull, Problem> {
    let begun = Instant::now();
    let (mut records, mut requests) = (0, 0);
    for window in windows {
        let walk = zoom.phone().walk_history(CallHistoryFilter::within(*window));
        pin_mut!(walk);
        while let Some(step) = walk.next().await {
            match step? {
                ListStep::Page(page) if page.skipped.is_empty() => {
                    records += page.items.len();
                    requests += 1;
                }
                ListStep::Page(page) => return Err(format!("{:?} cannot be read", page.skipped).into()),
                ListStep::Restarted => return Err("a page token expired".into()),
                ListStep::Complete { .. } => {}
            }
        }
    }
    Ok(Pull { records, requests, took: begun.elapsed() })
}

async fn pull_floor(http: &reqwest::Client, sandbox: &Sandbox, windows: &[CallWindow]) -> Result<Pull, Problem> {
    let begun = Instant::now();
    let (mut records, mut requests) = (0, 0);
    let written = |moment: DateTime<Utc>| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    for window in windows {
        let (from, to) = window.bounds_utc();
        let mut token = String::new();
        loop {
            let mut query = vec![("from", written(from)), ("to", written(to)), ("page_size", "300".to_owned())];
            if !token.is_empty() {
                query.push(("next_page_token", token.clone()));
            }
            let address = format!("{}/phone/users/me/call_history", sandbox.api);
            let answer =
                http.get(address).bearer_auth(&sandbox.token).query(&query).send().await?.error_for_status()?;
            let page: Value = answer.json().await?;
            requests += 1;
            records += page["call_elements"].as_array().map_or(0, Vec::len);
            page["next_page_token"].as_str().unwrap_or_default().clone_into(&mut token);
            if token.is_empty() {
                break;
            }
        }
    }
    Ok(Pull { records, requests, took: begun.elapsed() })
}
