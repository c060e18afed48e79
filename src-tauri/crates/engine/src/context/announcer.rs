//! Tells the window what has changed: soon, and at most four times a second however much is written.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::config::Events;
use crate::terms::Tag;

/// Between two tellings.
const PAUSE: Duration = Duration::from_millis(250);

/// What has changed and was not told yet.
#[derive(Default)]
pub(super) struct Announcer {
    pending: Mutex<Vec<Tag>>,
    wake: Notify,
    /// Counts what bears on reminders.
    meetings: watch::Sender<u64>,
    /// Counts what bears on calls.
    calls: AtomicU64,
}

impl Announcer {
    pub fn note(&self, tags: impl IntoIterator<Item = Tag>) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        for tag in tags {
            if matches!(tag, Tag::Meetings | Tag::Reminders) {
                self.meetings.send_modify(|times| *times += 1);
            }
            if tag == Tag::Calls {
                self.calls.fetch_add(1, Ordering::SeqCst);
            }
            if !pending.contains(&tag) {
                pending.push(tag);
            }
        }
        if !pending.is_empty() {
            self.wake.notify_one();
        }
    }

    /// Changes each time meetings or what is wanted of reminders may have changed.
    pub fn meetings(&self) -> watch::Receiver<u64> {
        self.meetings.subscribe()
    }

    /// Another number each time calls may have changed, from the moment on at which the change can be read.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    /// Notes what a commit has changed, by its tables.
    pub fn committed(&self, tables: &BTreeSet<String>) {
        self.note(tables.iter().filter_map(|table| Tag::of_table(table)));
    }

    /// Tells until `stopping` turns true, and then what is left.
    pub async fn run(&self, events: Arc<dyn Events>, mut stopping: watch::Receiver<bool>) {
        loop {
            let stop = tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => true,
                () = self.wake.notified() => false,
            };
            let tags = std::mem::take(&mut *self.pending.lock().unwrap_or_else(PoisonError::into_inner));
            if !tags.is_empty() {
                events.changed(&tags);
            }
            if stop {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Heard(Mutex<Vec<Vec<Tag>>>);

    impl Events for Heard {
        fn changed(&self, tags: &[Tag]) {
            self.0.lock().unwrap().push(tags.to_vec());
        }
    }

    #[tokio::test]
    async fn many_changes_are_told_at_most_four_times_a_second() {
        let began = std::time::Instant::now();
        let (announcer, heard) = (Arc::new(Announcer::default()), Arc::new(Heard::default()));
        let stop = watch::Sender::new(false);
        let running = tokio::spawn({
            let (announcer, heard, stopping) = (Arc::clone(&announcer), Arc::clone(&heard), stop.subscribe());
            async move { announcer.run(heard, stopping).await }
        });
        while heard.0.lock().unwrap().len() < 3 {
            announcer.committed(&BTreeSet::from(["people".to_owned(), "cursors".to_owned()]));
            tokio::task::yield_now().await;
        }
        announcer.note([Tag::Outbox]);
        stop.send_replace(true);
        running.await.unwrap();
        let told = heard.0.lock().unwrap().clone();
        // However slow the machine is: the third telling comes two pauses after the first.
        assert!(began.elapsed() >= PAUSE * 2, "{told:?}");
        assert_eq!(told[0], [Tag::People]);
        assert!(told.last().unwrap().contains(&Tag::Outbox), "the last change is told too");
    }
}
