//! One profile, put together: which areas there are, what is pulled, what runs in the background.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use liaison_store::{MemoryVault, OpenError, OpenOptions};
use tokio::task::{AbortHandle, JoinHandle};

use crate::config::Config;
use crate::context::{Context, Parts, ProfileKind};
use crate::engine::{Engine, OpenProfileError, Profiles};
use crate::failure::Error;
use crate::folders;
use crate::outbox::event::EventKind;
use crate::outbox::kind::Kind;
use crate::pull::{Pull, Pulls};
use crate::session::{settings, usage};
use crate::terms::Provider;
use crate::{
    busy, calls, differences, directory, meetings, outbox, privacy, pull, reminders, schedule, webinars, zoom_user,
};

/// How long shutting down waits for work under way, and then for sign-ins that are being renewed: together less than
/// [`Engine::shutdown`] may take. A renewal that is cut may cost the sign-in, so it has time of its own.
const LAST_WORK: Duration = Duration::from_secs(3);
const LAST_RENEWAL: Duration = Duration::from_millis(1_500);

/// Everything that leaves the computer.
fn kinds() -> Vec<Box<dyn Kind>> {
    vec![
        Box::new(EventKind),
        Box::new(schedule::MeetingKind),
        Box::new(calls::task::TaskKind),
        Box::new(calls::lead::LeadKind),
        Box::new(webinars::kinds::registrant::RegistrantKind),
        Box::new(webinars::kinds::status::StatusKind),
        Box::new(webinars::kinds::panelist::PanelistKind),
        Box::new(webinars::kinds::webinar::WebinarKind),
        Box::new(webinars::kinds::questions::QuestionsKind),
        Box::new(webinars::kinds::campaign::CampaignKind),
        Box::new(webinars::kinds::member::MemberKind),
    ]
}

/// Everything that is kept fresh, in the order in which it is asked for.
fn pulls() -> Pulls {
    let all: [Box<dyn Pull>; 14] = [
        Box::new(meetings::pull::Meetings),
        Box::new(meetings::after::pull::Past),
        Box::new(calls::pull::Calls),
        Box::new(calls::voicemails::Voicemails),
        Box::new(webinars::pull::Webinars),
        Box::new(zoom_user::pull::ZoomUser),
        Box::new(directory::pull::People),
        Box::new(differences::pull::Differences),
        Box::new(schedule::auto_log::Logging),
        Box::new(busy::pull::Busy),
        Box::new(calls::late::LateKnowledge),
        Box::new(calls::task::others::OthersTasks),
        Box::new(calls::task::rule::Logging),
        Box::new(calls::opportunities::Opportunities),
    ];
    Arc::new(all)
}

impl Engine {
    /// Does nothing yet; see [`Engine::open`].
    pub fn new(config: Config) -> Self {
        Self::with(config, Arc::new(Composition))
    }
}

struct Composition;

impl Profiles for Composition {
    fn open(
        &self,
        config: Config,
        kind: ProfileKind,
        profile: String,
    ) -> BoxFuture<'_, Result<Arc<Context>, OpenProfileError>> {
        Box::pin(open(config, kind, profile))
    }

    fn open_at_rest(
        &self,
        config: Config,
        kind: ProfileKind,
        profile: String,
    ) -> BoxFuture<'_, Result<Arc<Context>, OpenProfileError>> {
        Box::pin(open_at_rest(config, kind, profile))
    }

    fn sign_in_demo(&self, cx: Arc<Context>) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move { cx.connect_demo().await })
    }

    fn close(&self, cx: Arc<Context>) -> BoxFuture<'_, ()> {
        Box::pin(close(cx))
    }
}

/// The database, and who is told of its changes; no account is signed in yet.
async fn context(config: Config, kind: ProfileKind, profile: String) -> Result<Arc<Context>, OpenProfileError> {
    let paths = folders::paths(&config.data_dir, &profile);
    let zone = (config.zone)();
    let (endpoints, demo) = match kind {
        ProfileKind::Real => (None, None),
        ProfileKind::Sandbox => (config.sandbox.clone(), None),
        ProfileKind::Demo => {
            let running = config.demo.start(zone.name().to_owned()).await?;
            (Some(running.endpoints), Some(running.services))
        }
    };
    let now_utc_ms = config.clock.now().timestamp_millis();
    let vault = Arc::clone(&config.vault);
    let opening = move || match kind {
        // Its data is made anew each time, so its key need not outlive the process.
        ProfileKind::Demo => {
            liaison_store::remove(&paths)?;
            liaison_store::open(&paths, &MemoryVault::new(), &OpenOptions { now_utc_ms })
        }
        _ => liaison_store::open(&paths, vault.as_ref(), &OpenOptions { now_utc_ms }),
    };
    let store =
        tokio::task::spawn_blocking(opening).await.map_err(|error| OpenError::Disk(std::io::Error::other(error)))??;

    Ok(Arc::new(Context::new(Parts { kind, profile, config, endpoints, store, demo })))
}

async fn open_at_rest(config: Config, kind: ProfileKind, profile: String) -> Result<Arc<Context>, OpenProfileError> {
    let cx = context(config, kind, profile).await?;
    cx.restore_accounts().await;
    Ok(cx)
}

async fn open(config: Config, kind: ProfileKind, profile: String) -> Result<Arc<Context>, OpenProfileError> {
    let cx = context(config, kind, profile).await?;
    cx.spawn(Context::announce);
    // The look chosen on the first screen, before there was a place to keep it.
    if let Err(error) = settings::begin(&cx.store, &cx.config().data_dir).await {
        tracing::warn!(%error, "the first settings could not be kept");
    }
    cx.restore_accounts().await;
    zoom_user::restore(&cx).await;
    let pulls = pulls();
    // Before anybody looks: the copy is never shown without its age.
    pull::restore_ages(&cx, &pulls).await;
    for service in [Provider::Zoom, Provider::Salesforce] {
        let pulls = Arc::clone(&pulls);
        cx.spawn(move |cx| pull::run(cx, pulls, service));
    }
    outbox::begin(&cx, kinds()).await;
    cx.spawn(reminders::run);
    cx.spawn(privacy::run);
    Ok(cx)
}

/// Ends background work in an orderly way, or leaves it where a restart picks it up.
async fn close(cx: Arc<Context>) {
    cx.stop();
    cx.cancel_all_sign_ins();
    let tasks = cx.take_tasks();
    let aborts: Vec<_> = tasks.iter().map(JoinHandle::abort_handle).collect();
    if tokio::time::timeout(LAST_WORK, futures::future::join_all(tasks)).await.is_err() {
        aborts.iter().for_each(AbortHandle::abort);
    }
    let sessions = [cx.zoom().map(|account| account.session), cx.salesforce().map(|account| account.session)];
    let renewals = sessions.into_iter().flatten().map(|session| async move { session.settle().await });
    let _ = tokio::time::timeout(LAST_RENEWAL, futures::future::join_all(renewals)).await;
    for provider in [Provider::Zoom, Provider::Salesforce] {
        usage::keep(&cx, provider).await;
    }
}
