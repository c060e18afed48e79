//! Leaving the demo and ending the program: files let go, and no system kept waiting.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use liaison_engine::view::Status;
use liaison_engine::{
    BoxFuture, Config, DemoError, DemoServices, Endpoints, Engine, RunningDemo, RunningServices, Trouble,
};
use liaison_sandbox::{Sandbox, SandboxConfig};
use tokio::sync::Notify;

use crate::stage::{Notes, config, endpoints};

/// For what has to happen on a machine with much to do.
const PATIENCE: Duration = Duration::from_mins(5);
/// What Windows gives a program at the end of the session, before it ends it by force.
const SYSTEM_PATIENCE: Duration = Duration::from_secs(5);

fn engine_with(demo: Arc<dyn DemoServices>, folder: &tempfile::TempDir) -> Engine {
    let notes = Arc::new(Notes::following());
    Engine::new(Config { demo, ..config(folder.path(), &notes, &Arc::default()) })
}

struct Embedded;

struct Services(Sandbox);

impl RunningServices for Services {
    fn simulate(&self, trouble: Option<Trouble>) -> Result<(), DemoError> {
        let trouble = trouble.map(|trouble| match trouble {
            Trouble::SignInLost => liaison_sandbox::Trouble::SignInLost,
            Trouble::ServerError => liaison_sandbox::Trouble::ServerError,
            other => panic!("{other:?} is not in these tests"),
        });
        self.0.simulate(trouble).map_err(|error| DemoError(error.to_string()))
    }
}

impl DemoServices for Embedded {
    fn start(&self, zone: String) -> BoxFuture<'_, Result<RunningDemo, DemoError>> {
        Box::pin(async move {
            let config = SandboxConfig { auto_consent: true, zone: Some(zone), ..SandboxConfig::default() };
            let sandbox = Sandbox::start(config).await.map_err(|error| DemoError(error.to_string()))?;
            let endpoints = Endpoints { demo: true, ..endpoints(&sandbox) };
            Ok(RunningDemo { endpoints, services: Box::new(Services(sandbox)) })
        })
    }
}

/// Its files are removed each time, and no system removes or replaces a file that is still open without a word.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_begins_anew_as_often_as_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine_with(Arc::new(Embedded), &folder);
    engine.open().await;
    for _ in 0..3 {
        engine.start_demo().await.unwrap();
        engine.set_ui_state("seen".to_owned(), "1".to_owned()).await.unwrap();
        engine.leave_demo().await.unwrap();
        engine.start_demo().await.unwrap();
        assert_eq!(engine.ui_state("seen".to_owned()).await.unwrap(), None);
        engine.leave_demo().await.unwrap();
    }
    engine.shutdown().await;
}

/// The first screen can be seen while the demo is open, for it is a page like another.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_leads_back_to_where_it_came_from_however_often_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(SandboxConfig::default()).await.unwrap();
    let notes = Arc::new(Notes::following());
    let config = config(folder.path(), &notes, &Arc::default());
    let engine = Engine::new(Config { demo: Arc::new(Embedded), sandbox: Some(endpoints(&sandbox)), ..config });
    engine.open().await;
    engine.new_profile("Acme".to_owned()).await.unwrap();
    engine.new_profile("Northwind".to_owned()).await.unwrap();
    let open = async || engine.list_profiles().await.unwrap().into_iter().find(|row| row.open);
    let before = open().await;
    for _ in 0..3 {
        engine.start_demo().await.unwrap();
    }
    engine.leave_demo().await.unwrap();
    assert_eq!(open().await, before);
    assert_eq!(before.unwrap().name.as_deref(), Some("Northwind"));
    engine.shutdown().await;
}

/// Waits for what the line at the bottom of the sidebar says.
async fn until_status(engine: &Engine, wanted: impl Fn(&Status) -> bool) {
    let waiting = async {
        while !wanted(&engine.app_state().await.unwrap().status) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_shows_troubles_and_is_itself_again() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine_with(Arc::new(Embedded), &folder);
    engine.open().await;
    engine.start_demo().await.unwrap();
    let well = |status: &Status| matches!(status, Status::UpToDate { .. } | Status::Waiting { .. });
    until_status(&engine, well).await;
    engine.simulate(Some(Trouble::ServerError)).await.unwrap();
    assert_eq!(engine.simulation().await.unwrap(), Some(Trouble::ServerError));
    until_status(&engine, |status| matches!(status, Status::Failing { .. })).await;
    engine.simulate(Some(Trouble::SignInLost)).await.unwrap();
    until_status(&engine, |status| matches!(status, Status::SignInNeeded { .. })).await;
    engine.simulate(None).await.unwrap();
    assert_eq!(engine.simulation().await.unwrap(), None);
    until_status(&engine, well).await;
    engine.leave_demo().await.unwrap();
    engine.shutdown().await;
}

/// Says that it was asked, and never answers.
#[derive(Default)]
struct Never {
    asked: Notify,
}

impl DemoServices for Never {
    fn start(&self, _zone: String) -> BoxFuture<'_, Result<RunningDemo, DemoError>> {
        self.asked.notify_one();
        Box::pin(pending())
    }
}

#[tokio::test(start_paused = true)]
async fn the_program_ends_in_time_while_a_profile_is_being_opened() {
    let folder = tempfile::tempdir().unwrap();
    let never = Arc::new(Never::default());
    let engine = engine_with(never.clone(), &folder);
    engine.open().await;
    let opening = tokio::spawn({
        let engine = engine.clone();
        async move { engine.start_demo().await }
    });
    never.asked.notified().await;
    tokio::time::timeout(SYSTEM_PATIENCE, engine.shutdown()).await.unwrap();
    assert!(!opening.is_finished());
}
