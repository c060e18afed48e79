//! Logs for support: a few days of small files, no personal data, no secrets.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Days of logs that are kept.
const KEPT_FILES: usize = 5;
/// Only our own crates; others might log what they were given.
const DEFAULT_FILTER: &str = "warn,liaison=info,liaison_engine=info,liaison_store=info,liaison_transport=info";

/// Starts writing; the guard flushes what is left when it is dropped. Without a writable folder
/// the program runs without logs.
pub fn start(data_dir: &Path) -> Option<WorkerGuard> {
    let folder = data_dir.join("logs");
    std::fs::create_dir_all(&folder).ok()?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("liaison")
        .filename_suffix("log")
        .max_log_files(KEPT_FILES)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let filter = EnvFilter::new(DEFAULT_FILTER);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).finish();
    tracing::subscriber::set_global_default(subscriber).ok()?;
    Some(guard)
}
