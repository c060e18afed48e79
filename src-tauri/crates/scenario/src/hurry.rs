//! Timers that jump while nothing happens: pauses between two tries of one request are short, but thousands of runs
//! wait for none of them.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

/// How far timers jump.
const JUMP: Duration = Duration::from_millis(200);

/// Real time, whatever the runtime's timers do.
pub(crate) async fn idle(time: Duration) {
    let _ = tokio::task::spawn_blocking(move || std::thread::sleep(time)).await;
}

/// Lets timers jump each time that `idle` is over before the work is. `None` when that takes longer than `patience` by
/// those timers: how long it really takes tells only how busy the computer is.
pub(crate) async fn through<T>(patience: Duration, work: impl Future<Output = T>, idle: impl AsyncFn()) -> Option<T> {
    let mut work = pin!(work);
    let mut passed = Duration::ZERO;
    loop {
        tokio::select! {
            biased;
            done = &mut work => return Some(done),
            () = idle() => {
                if passed > patience {
                    return None;
                }
                passed += JUMP;
                tokio::time::pause();
                tokio::time::advance(JUMP).await;
                tokio::time::resume();
            }
        }
    }
}
