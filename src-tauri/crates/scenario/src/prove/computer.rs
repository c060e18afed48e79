//! A computer of the rep: a folder, and the app on it: in this process on virtual time, or in one of its own that can
//! be killed.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use liaison_sandbox::{Sandbox, Service};
use liaison_store::tables::outbox::{self, OutboxRecord};
use liaison_store::{OpenOptions, ProfilePaths};
use tokio::runtime::{Builder, Runtime};

use super::Broken;
use crate::app::{App, Beginning, FixedKey, Order, Told};
use crate::hurry;
use crate::instance::Instance;

/// How long nothing has to happen before timers of the app jump.
const IDLE: Duration = Duration::from_millis(2);
/// Looks of the services for what has arrived, before time jumps.
const SERVICES_TURNS: u32 = 4;
/// An order that takes longer by the app's own timers hangs.
const PATIENCE: Duration = Duration::from_mins(20);
/// How often it is looked whether a process is to be ended.
const LOOK: Duration = Duration::from_millis(1);
const MANY_ROWS: u32 = 100_000;

/// Where the app runs.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// In this process.
    Here,
    /// In a process of this program's.
    Child(PathBuf),
}

pub(crate) struct Computer {
    beginning: Beginning,
    /// The accounts that it is for, by number.
    zoom: usize,
    salesforce: usize,
    place: Place,
    /// For talking with a child.
    talk: Arc<Runtime>,
    app: Option<Running>,
    _folder: tempfile::TempDir,
}

enum Running {
    Here { app: Arc<App>, runtime: Runtime },
    Child(Box<Instance>),
}

impl Computer {
    pub fn new(mut beginning: Beginning, place: Place, talk: Arc<Runtime>) -> Result<Self, Broken> {
        let folder = folder()?;
        folder.path().clone_into(&mut beginning.data_dir);
        Ok(Self { beginning, zoom: 0, salesforce: 0, place, talk, app: None, _folder: folder })
    }

    /// The account of a service that it is for.
    pub fn site(&self, service: Service) -> usize {
        match service {
            Service::Zoom => self.zoom,
            Service::Salesforce => self.salesforce,
        }
    }

    /// For another account from the next start on; `there` tells where it is.
    pub fn point(&mut self, service: Service, site: usize, there: Beginning) {
        match service {
            Service::Zoom => {
                self.zoom = site;
                self.beginning.zoom_oauth = there.zoom_oauth;
                self.beginning.zoom_api = there.zoom_api;
                self.beginning.zoom_client_id = there.zoom_client_id;
            }
            Service::Salesforce => {
                self.salesforce = site;
                self.beginning.salesforce_login = there.salesforce_login;
                self.beginning.salesforce_client_id = there.salesforce_client_id;
            }
        }
    }

    pub fn is_on(&self) -> bool {
        self.app.is_some()
    }

    pub fn start(&mut self, now_ms: i64) -> Result<(), Broken> {
        self.beginning.now_ms = now_ms;
        self.app = Some(match &self.place {
            Place::Here => {
                let runtime = Builder::new_current_thread().enable_all().build()?;
                let beginning = self.beginning.clone();
                let app = runtime.block_on(async {
                    let app = Arc::new(App::new(beginning));
                    app.engine.open().await;
                    app
                });
                Running::Here { app, runtime }
            }
            Place::Child(program) => {
                Running::Child(Box::new(self.talk.block_on(Instance::start_hurried(program, &self.beginning))?))
            }
        });
        Ok(())
    }

    /// Pauses inside of requests end at once.
    pub fn order(&mut self, order: &Order) -> Result<Told, Broken> {
        match self.app.as_mut() {
            None => Err(Broken::Off),
            Some(Running::Here { app, runtime }) => {
                let obeyed = app.obey(order.clone());
                let told = runtime.block_on(async {
                    if matches!(order, Order::Advance { .. }) {
                        Some(obeyed.await)
                    } else {
                        hurried(&self.talk, obeyed).await
                    }
                });
                told.ok_or_else(|| Broken::Hangs(format!("{order:?}")))
            }
            Some(Running::Child(instance)) => Ok(self.talk.block_on(instance.order(order))?),
        }
    }

    /// An orderly end.
    pub fn quit(&mut self) -> Result<(), Broken> {
        match self.app.take() {
            Some(Running::Here { app, runtime }) => {
                let ended = runtime.block_on(hurried(&self.talk, app.engine.shutdown()));
                drop(app);
                drop(runtime);
                ended.ok_or_else(|| Broken::Hangs("the end".to_owned()))
            }
            Some(Running::Child(instance)) => Ok(self.talk.block_on(instance.quit())?),
            None => Ok(()),
        }
    }

    /// Gives an order, and ends the process without a word as soon as `now` is true or the order is done.
    pub fn crash(&mut self, order: &Order, now: impl Fn() -> bool) -> Result<(), Broken> {
        match self.app.take() {
            Some(Running::Here { app, runtime }) => {
                runtime.block_on(async {
                    let work = async {
                        app.obey(order.clone()).await;
                        app.engine.settle().await;
                    };
                    let ends = async {
                        while !now() {
                            hurry::idle(Duration::from_millis(1)).await;
                        }
                    };
                    tokio::select! { biased; () = ends => {} _ = hurried(&self.talk, work) => {} }
                });
                drop(runtime);
                Ok(())
            }
            Some(Running::Child(mut instance)) => self.talk.block_on(async {
                instance.begin(order).await?;
                instance.begin(&Order::Settle).await?;
                // The second answer means that everything is done; it may come long after the first.
                let mut answers = 0;
                while !now() && answers < 2 {
                    answers += u32::from(tokio::time::timeout(LOOK, instance.end()).await.is_ok());
                }
                Ok(instance.kill().await?)
            }),
            None => Err(Broken::Off),
        }
    }

    /// All rows of the outbox, in the order of the user's decisions. The app must have ended.
    pub fn rows(&self) -> Result<Vec<OutboxRecord>, Broken> {
        let mut rows = Vec::new();
        for entry in std::fs::read_dir(self.beginning.data_dir.join("profiles"))? {
            let paths = ProfilePaths::new(entry?.path());
            let options = OpenOptions { now_utc_ms: self.beginning.now_ms };
            let store =
                liaison_store::open(&paths, &FixedKey, &options).map_err(|error| Broken::Store(error.to_string()))?;
            let read = self.talk.block_on(store.read(|db| {
                let mut all = outbox::open_page(db, None, MANY_ROWS)?;
                all.extend(outbox::finished_page(db, None, MANY_ROWS)?);
                let position = |row: &OutboxRecord| {
                    db.query_row("SELECT position FROM outbox WHERE op_id = ?1", [&row.op_id], |found| {
                        found.get::<_, i64>(0)
                    })
                };
                let mut placed = Vec::new();
                for (_, row) in all {
                    placed.push((position(&row)?, row));
                }
                placed.sort_by_key(|(position, _)| *position);
                Ok(placed.into_iter().map(|(_, row)| row).collect::<Vec<_>>())
            }));
            rows.extend(read.map_err(|error| Broken::Store(error.to_string()))?);
        }
        Ok(rows)
    }
}

/// In memory where there is such a place: processes end here, but no power does, and syncing thousands of files to a
/// disk proves nothing more.
fn folder() -> std::io::Result<tempfile::TempDir> {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}

/// Waits until the services have had their turn: on a busy computer timers of the app would run away from them.
async fn after_the_services(services: &Runtime) {
    let _ = services
        .spawn(async {
            for _ in 0..SERVICES_TURNS {
                tokio::task::yield_now().await;
            }
        })
        .await;
}

async fn hurried<T>(services: &Runtime, work: impl Future<Output = T>) -> Option<T> {
    hurry::through(PATIENCE, work, async || {
        hurry::idle(IDLE).await;
        after_the_services(services).await;
    })
    .await
}

/// Where the sandbox is, as the app is told.
pub(crate) fn beginning(sandbox: &Sandbox, now_ms: i64) -> Result<Beginning, Broken> {
    let info = sandbox.info(false);
    let text = |pointer: &str| info.pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let url = |pointer: &str| text(pointer).parse().map_err(|_| Broken::Sandbox(pointer.to_owned()));
    Ok(Beginning {
        data_dir: PathBuf::new(),
        now_ms,
        zone: crate::zone::Zone(chrono_tz::Europe::Amsterdam),
        region: None,
        zoom_oauth: url("/zoom/oauth")?,
        zoom_api: url("/zoom/api")?,
        zoom_client_id: text("/zoom/client_id"),
        salesforce_login: url("/salesforce/login")?,
        salesforce_client_id: text("/salesforce/client_id"),
    })
}
