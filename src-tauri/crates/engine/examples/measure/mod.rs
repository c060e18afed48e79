//! What measurements of the engine share: clocks, the bare client, and the numbers on the command line.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::FutureExt as _;
use liaison_store::StoreResult;
use liaison_transport::{AccessToken, ApiClient, AuthError, BoxFuture, TokenSource};
use liaison_zoom::Zoom;

use crate::stage::Stage;

pub async fn timed(times: usize, work: impl AsyncFn(usize)) -> Vec<Duration> {
    let mut all = Vec::with_capacity(times);
    for at in 0..times {
        let begun = Instant::now();
        work(at).await;
        all.push(begun.elapsed());
    }
    all
}

pub fn clocked(times: usize, work: impl Fn(usize) -> StoreResult<()>) -> StoreResult<Vec<Duration>> {
    (0..times)
        .map(|at| {
            let begun = Instant::now();
            work(at)?;
            Ok(begun.elapsed())
        })
        .collect()
}

/// Work beside the bare query of the same rows: the middle of all times, which a busy machine changes little, and the
/// 99th of a hundred.
pub fn beside(whole: Vec<Duration>, raw: Vec<Duration>) -> String {
    let (whole, raw) = (sorted(whole), sorted(raw));
    let told = |name: &str, hundredth: usize| {
        let at = |times: &[Duration]| times.get(times.len() * hundredth / 100).copied().unwrap_or_default();
        let (whole, raw) = (at(&whole), at(&raw));
        let ratio = whole.as_secs_f64() / raw.as_secs_f64().max(1e-9);
        format!("{name} {} µs, the bare query {} µs, ratio {ratio:.1}", whole.as_micros(), raw.as_micros())
    };
    format!("{}; {}", told("median", 50), told("p99", 99))
}

fn sorted(mut times: Vec<Duration>) -> Vec<Duration> {
    times.sort_unstable();
    times
}

pub fn per_second(count: usize, took: Duration) -> u128 {
    count as u128 * 1_000 / took.as_millis().max(1)
}

/// How long this program has had the processor; nothing where the system does not tell it as Linux does.
pub fn processor() -> Duration {
    // The fourteenth and fifteenth field, in hundredths of a second; the second one may hold anything in brackets.
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    Duration::from_millis(fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// How long so many took by the clock and of the processor, and how many there were in a second of each.
pub fn took(count: usize, begun: Instant, had: Duration) -> String {
    let (clock, processor) = (begun.elapsed(), processor().saturating_sub(had));
    format!(
        "{count} in {} ms ({}/s); {} ms of the processor ({}/s)",
        clock.as_millis(),
        per_second(count, clock),
        processor.as_millis(),
        per_second(count, processor)
    )
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

pub fn client(stage: &Stage) -> Zoom {
    let info = stage.sandbox.info(true);
    let text = |name: &str| info["zoom"][name].as_str().unwrap().to_owned();
    let config = liaison_zoom::api_config(text("api").parse().unwrap(), "Liaison-Benchmark", true);
    Zoom::new(ApiClient::new(config, Arc::new(FixedToken(text("access_token")))).unwrap())
}

pub fn number(flag: &str, otherwise: usize) -> usize {
    let mut words = std::env::args().skip_while(|word| word != flag);
    words.next();
    words.next().map_or(otherwise, |text| text.parse().unwrap())
}
