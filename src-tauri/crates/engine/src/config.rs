//! What the engine is given: it reads no environment, no clock and no keychain by itself.

use std::path::PathBuf;
use std::sync::Arc;

use futures::future::BoxFuture;
use liaison_domain::written::Writing;
use liaison_domain::zones::Zone;
use liaison_store::KeyVault;
use liaison_transport::{Clock, DonePage};
use serde::{Deserialize, Serialize};
use specta::Type;
use url::Url;

use crate::terms::{Language, Tag};

/// Everything from outside. Built once, at the start of the program.
#[derive(Clone)]
pub struct Config {
    pub data_dir: PathBuf,
    pub clock: Clock,
    pub vault: Arc<dyn KeyVault>,
    pub desktop: Arc<dyn Desktop>,
    pub events: Arc<dyn Events>,
    pub demo: Arc<dyn DemoServices>,
    /// A stand-alone sandbox: the profile works with it and can never reach the real services.
    pub sandbox: Option<Endpoints>,
    /// The zone in which times are shown; asked each time, for laptops travel.
    pub zone: Arc<dyn Fn() -> Zone + Send + Sync>,
    /// The country that this computer is set to, as an ISO code of two letters: for telephone numbers without a country
    /// code, where nothing tells better.
    pub region: Arc<dyn Fn() -> Option<String> + Send + Sync>,
    /// What the browser shows after a sign-in.
    pub done_page: Arc<dyn Fn(Language) -> DonePage + Send + Sync>,
    /// The words beside a number and a passcode on the clipboard, and in the subject of a call.
    pub copy_labels: Arc<dyn Fn(Language) -> CopyLabels + Send + Sync>,
    pub mac: bool,
    pub version: &'static str,
}

/// Words that leave the window: beside what is pasted, and in records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyLabels {
    pub meeting_id: String,
    pub passcode: String,
    /// The subject of a call's Task, with `{name}` in it.
    pub call_subject: String,
    pub mail: MailWords,
    pub invitation: InvitationWords,
    pub afterwards: AfterwardsLabels,
    pub campaign: CampaignWords,
    /// How days and times are written among them.
    pub writing: Writing,
}

/// The words of the block that says in an Event what became of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AfterwardsLabels {
    pub held: String,
    pub came: String,
    /// Between two counts.
    pub of: String,
    /// Short for minutes.
    pub minutes: String,
    pub missed: String,
    /// Beside the name of a guest of whom it is not known who it was.
    pub guest: String,
    pub recording: String,
    pub deleted_on: String,
    /// What was recorded, one word for each kind of file.
    pub video: String,
    pub audio: String,
    pub transcript: String,
    pub captions: String,
    pub chat: String,
    pub file: String,
    /// `{count}` people who are not named.
    pub more: String,
}

/// The words of our part of a Campaign's description.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CampaignWords {
    pub topic: String,
    /// The host's own text about it.
    pub agenda: String,
    pub planned: String,
    pub join: String,
    pub registration: String,
    /// Whoever registers may come.
    pub open: String,
    /// The host decides who may come.
    pub approved: String,
    pub without: String,
    /// Before those that are on, which follow.
    pub settings: String,
    /// One registration joins from several devices.
    pub devices: String,
    /// Nobody registers any more after the date.
    pub closes: String,
    pub host_video: String,
    pub panelists_video: String,
    pub practice: String,
    pub passcode: String,
    pub on_demand: String,
    /// With `{approved}`, `{waiting}` and `{denied}` in it.
    pub registered: String,
    pub held: String,
    /// With `{came}`, `{stayed}` and `{absent}` in it.
    pub came: String,
    pub recording: String,
}

/// Words of mails that are begun here, with `{name}`, `{topic}`, `{when}` and `{link}` in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailWords {
    pub subject: String,
    /// To somebody who registered for a webinar.
    pub registrant: String,
    /// To somebody who speaks in one.
    pub panelist: String,
}

/// Words of invitations and of meetings that begin at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvitationWords {
    /// Of a mail, with `{topic}` in it.
    pub subject: String,
    /// Where Zoom's own text can't be had, with `{topic}`, `{when}`, `{link}` and `{id}` in it.
    pub text: String,
    /// The topic of a meeting for now, with `{name}` in it.
    pub now: String,
}

/// Browser, clipboard and the dialog for files.
pub trait Desktop: Send + Sync {
    /// Opens a link in the program that handles it.
    ///
    /// # Errors
    /// [`DesktopError::NoBrowser`].
    fn open(&self, url: &Url) -> Result<(), DesktopError>;

    /// Puts text on the clipboard. `secret` keeps it out of clipboard histories where the system
    /// can do that.
    ///
    /// # Errors
    /// [`DesktopError::NoClipboard`].
    fn copy(&self, text: &str, secret: bool) -> Result<(), DesktopError>;

    /// Puts a text on the clipboard together with the same as HTML, so that each program takes what it can show; the
    /// text alone where the system has room for one only.
    ///
    /// # Errors
    /// [`DesktopError::NoClipboard`].
    fn copy_both(&self, text: &str, html: &str, secret: bool) -> Result<(), DesktopError>;

    /// Asks the user where a file is to be saved; nothing when they would rather not. The dialog itself asks about a file
    /// that is there already.
    fn save_file(&self, suggested_name: &str) -> BoxFuture<'_, Option<PathBuf>>;

    /// Shows a notification of the system. Returns at once; what becomes of it comes back through
    /// [`Engine::notice_became`](crate::Engine::notice_became) and
    /// [`Engine::answer_notice`](crate::Engine::answer_notice).
    fn notify(&self, notice: Notice);

    /// Opens the window, where it is not, and leads it to a place.
    fn show(&self, place: Place);
}

/// Something to be said by the system. It holds no link, and no titles where those are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// By which the desktop answers.
    pub id: String,
    pub language: Language,
    pub said: Said,
    /// There is a way in.
    pub can_join: bool,
    /// How many minutes its button would snooze; none has no such button.
    pub snooze: Option<u32>,
}

/// What a notification says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Meeting {
        title: Option<String>,
        people: Vec<String>,
        /// Until the start, rounded; negative when it has begun.
        minutes: i64,
    },
    /// Several at once.
    Meetings {
        count: u32,
        /// When the first begins, on the user's clock.
        at: String,
        titles: Vec<String>,
    },
    /// Reminders that came too late.
    Missed { count: u32, titles: Vec<String> },
    /// Zoom deletes recordings of so many meetings, the first in so many days.
    Recordings { count: u32, days: i64, titles: Vec<String> },
    /// The user wants to see whether notifications appear.
    Trial,
}

/// What the user did with a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeAnswer {
    /// Clicked on the notification itself.
    Clicked,
    Join,
    Snooze,
}

/// Where the window can be led to. Navigation only: nothing is opened, sent or changed by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Place {
    Today,
    Meeting { id: String },
    Calls,
    Call { id: String },
    Person { id: String },
    Webinar { id: String },
    Outbox,
    OutboxItem { id: String },
    Schedule,
    Settings,
    ReminderSettings,
    Palette,
}

/// The desktop refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DesktopError {
    #[error("no browser could be started")]
    NoBrowser,
    #[error("the clipboard is not available")]
    NoClipboard,
}

/// Hears after each commit which data changed.
pub trait Events: Send + Sync {
    fn changed(&self, tags: &[Tag]);
}

/// Starts the services behind the demo.
pub trait DemoServices: Send + Sync {
    /// `zone` is the IANA zone of the demo's rep.
    fn start(&self, zone: String) -> BoxFuture<'_, Result<RunningDemo, DemoError>>;
}

/// The demo's services could not be started.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the demo could not be started: {0}")]
pub struct DemoError(pub String);

/// The demo's services; they stop when this is dropped.
pub struct RunningDemo {
    pub endpoints: Endpoints,
    pub services: Box<dyn RunningServices>,
}

/// What can be asked of the demo's services while they run.
pub trait RunningServices: Send + Sync {
    /// Shows a trouble in place of the one there is, or none.
    ///
    /// # Errors
    /// The services can't do that.
    fn simulate(&self, trouble: Option<Trouble>) -> Result<(), DemoError>;
}

/// A trouble that the demo shows when its user asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Trouble {
    Offline,
    Slow,
    RateLimit,
    SignInLost,
    ServerError,
    /// What is changed is changed, and the answer is lost.
    LostAnswer,
    /// The clocks of the services are hours ahead of ours.
    ClockJump,
}

/// Where a profile on loopback finds its services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// The authorize pages approve by themselves.
    pub demo: bool,
    pub zoom_oauth: Url,
    pub zoom_api: Url,
    pub zoom_client_id: String,
    pub salesforce_login: Url,
    pub salesforce_client_id: String,
}
