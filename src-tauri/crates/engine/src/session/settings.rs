//! What the user chose, and what the frame of the window needs to know.

use std::path::Path;

use liaison_salesforce::LoginHost;
use liaison_store::tables::{accounts, cursors, outbox, settings, ui_state};
use liaison_store::{Connection, Store, StoreResult, Transaction};

use crate::context::{Context, ProfileKind};
use crate::engine::{Engine, Session};
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::session::appearance::{self, Appearance};
use crate::session::granted;
use crate::session::status::Unsent;
use crate::session::stored::{StoredSettings, TEXT_PERCENT};
use crate::session::view::{
    Accent, Account, AppState, Connection as AccountConnection, Density, OpenIn, Phase, Settings, Status, Theme,
};
use crate::terms::{Language, Provider, Tag};
use crate::zones;

pub(crate) const SETTINGS: &str = "settings";
const PAUSED: &str = "outbox_paused";
/// Since when calls are logged by themselves.
const AUTO_LOG_SINCE: &str = "auto_log_since";
/// The same of meetings.
const AUTO_LOG_MEETINGS_SINCE: &str = "auto_log_meetings_since";
/// How long the outbox may hold a row.
const HOLDS: [u32; 4] = [0, 8, 20, 60];
/// Keys of the window's own that hold drafts of meetings: they name people, and go with either copy.
const DRAFTS: &str = "draft";
/// How the window's rooms were left: what was looked for in them may be a name.
const LEFT: &str = "left";
/// Client ids are short tokens of letters, digits and a few signs.
const MAX_CLIENT_ID: usize = 256;
/// What fits into a subject with a name in it.
const MAX_SUBJECT: usize = 200;
const MAX_UI_STATE: usize = 16 * 1024;

/// Forgets the drafts that the window keeps and what was looked for in it, which may name people and meetings alike,
/// and to what of a service the palette led.
pub(crate) fn forget_drafts(tx: &Transaction<'_>, of: Provider) -> StoreResult<()> {
    for (key, _) in ui_state::all(tx)?.into_iter().filter(|(key, _)| key.starts_with(DRAFTS) || key == LEFT) {
        ui_state::remove(tx, &key)?;
    }
    crate::chosen::forget_records(tx, of)
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: Language::System,
            text_percent: 100,
            hold_seconds: 8,
            letter_shortcuts: true,
            meeting_minutes: 30,
            zoom_client_id: String::new(),
            salesforce_client_id: String::new(),
            salesforce_login_host: "login.salesforce.com".to_owned(),
            auto_log_calls: false,
            auto_log_meetings: false,
            call_subject: String::new(),
            recording_passcodes: false,
            open_in: OpenIn::Browser,
            density: Density::Comfortable,
            accent: Accent::Blue,
        }
    }
}

/// The stored settings, or the defaults.
pub(crate) async fn load(store: &Store) -> Result<Settings, Error> {
    Ok(store.read(read).await?)
}

pub(crate) fn read(db: &Connection) -> StoreResult<Settings> {
    Ok(settings::get(db, SETTINGS)?.map(|json| StoredSettings::from_json(&json).into()).unwrap_or_default())
}

fn write(tx: &Transaction<'_>, new: &Settings) -> StoreResult<()> {
    // Plain fields: they can always be written.
    let json = serde_json::to_string(&StoredSettings::from(new)).unwrap_or_default();
    settings::set(tx, SETTINGS, &json)
}

/// Stores other settings. What is from before it was to be logged by itself stays as it is.
pub(crate) fn change(tx: &Transaction<'_>, new: &Settings, now_ms: i64) -> StoreResult<()> {
    let before = read(tx)?;
    if new.auto_log_calls && !before.auto_log_calls {
        settings::set(tx, AUTO_LOG_SINCE, &now_ms.to_string())?;
    }
    if new.auto_log_meetings && !before.auto_log_meetings {
        settings::set(tx, AUTO_LOG_MEETINGS_SINCE, &now_ms.to_string())?;
    }
    write(tx, new)
}

/// What is known of the settings while no profile is open.
fn from_look(kept: Appearance) -> Settings {
    kept.of(Settings::default())
}

/// In a new profile, keeps the look that was chosen before there was one.
pub(crate) async fn begin(store: &Store, data_dir: &Path) -> StoreResult<()> {
    let kept = appearance::read(data_dir);
    store
        .write(move |tx| {
            if settings::get(tx, SETTINGS)?.is_some() {
                return Ok(());
            }
            write(tx, &from_look(kept))
        })
        .await
}

/// Since when calls are logged by themselves; `None` while they aren't.
pub(crate) fn auto_log_since(db: &Connection) -> StoreResult<Option<i64>> {
    if !read(db)?.auto_log_calls {
        return Ok(None);
    }
    Ok(settings::get(db, AUTO_LOG_SINCE)?.and_then(|at| at.parse().ok()))
}

/// Since when meetings are logged by themselves; `None` while they aren't.
pub(crate) fn auto_log_meetings_since(db: &Connection) -> StoreResult<Option<i64>> {
    if !read(db)?.auto_log_meetings {
        return Ok(None);
    }
    Ok(settings::get(db, AUTO_LOG_MEETINGS_SINCE)?.and_then(|at| at.parse().ok()))
}

/// Whether the user has paused sending.
pub(crate) fn paused(db: &Connection) -> StoreResult<bool> {
    Ok(settings::get(db, PAUSED)?.as_deref() == Some("1"))
}

impl Engine {
    /// Everything the frame of the window needs.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn app_state(&self) -> Result<AppState, Error> {
        let clocks = zones::rules((self.config().zone)());
        let (mac, version) = (self.config().mac, self.config().version.to_owned());
        let cx = match self.session().await {
            Session::Open(cx) => cx,
            other => {
                let phase = match other {
                    Session::Locked(reason) => Phase::Locked { reason },
                    _ => Phase::Welcome,
                };
                let settings = from_look(appearance::read(&self.config().data_dir));
                let status = Status::NotConnected;
                return Ok(AppState {
                    phase,
                    accounts: Vec::new(),
                    settings,
                    status,
                    needs_you: 0,
                    unsent: 0,
                    clocks,
                    version,
                    mac,
                });
            }
        };
        let (settings, records, counts, paused, fetched) = cx
            .store
            .read(|db| Ok((read(db)?, accounts::all(db)?, outbox::counts(db)?, paused(db)?, cursors::all(db)?)))
            .await?;
        let demo = cx.kind() == ProfileKind::Demo;
        let phase = if demo || !records.is_empty() { Phase::Ready { demo } } else { Phase::Welcome };
        let unsent = counts.unsent();
        let status = match cx.status().line(Unsent { count: unsent, paused }, cx.now()) {
            // The demo signs in by itself, a moment after it is opened.
            Status::NotConnected if demo => Status::Syncing { done: 0, total: None },
            status => status,
        };
        let accounts = [Provider::Zoom, Provider::Salesforce]
            .map(|provider| {
                let record = records.iter().find(|record| record.provider == provider);
                let fetched = fetched.iter().any(|cursor| cursor.name.starts_with(provider.key()));
                account(&cx, provider, record, fetched)
            })
            .to_vec();
        Ok(AppState { phase, accounts, settings, status, needs_you: counts.need_you(), unsent, clocks, version, mac })
    }

    /// Stores the settings.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields at fault.
    pub async fn update_settings(&self, new: Settings) -> Result<(), Error> {
        let new = checked(new)?;
        appearance::write(&self.config().data_dir, Appearance::from(&new));
        // Before there is a profile only the look can be kept.
        let cx = match self.session().await {
            Session::Open(cx) => cx,
            _ if new.zoom_client_id.is_empty() && new.salesforce_client_id.is_empty() => {
                self.changed(&[Tag::Settings]);
                return Ok(());
            }
            _ => self.profile_for_accounts().await?,
        };
        let now_ms = cx.now_ms();
        cx.store.write(move |tx| change(tx, &new, now_ms)).await?;
        self.changed(&[Tag::Settings, Tag::Session]);
        Ok(())
    }

    /// Where the window was left.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn ui_state(&self, key: String) -> Result<Option<String>, Error> {
        match self.session().await {
            Session::Open(cx) => Ok(cx.store.read(move |db| ui_state::get(db, &key)).await?),
            _ => Ok(None),
        }
    }

    /// Remembers where the window was left, and forgets it for an empty text; kept nowhere where there is no profile yet.
    ///
    /// # Errors
    /// The value is too large, or the database refuses.
    pub async fn set_ui_state(&self, key: String, value: String) -> Result<(), Error> {
        if key.len() + value.len() > MAX_UI_STATE {
            return Err(Error::Internal { code: "E-UI-STATE" });
        }
        if let Session::Open(cx) = self.session().await {
            cx.store
                .write(move |tx| match value.as_str() {
                    "" => ui_state::remove(tx, &key),
                    value => ui_state::set(tx, &key, value),
                })
                .await?;
        }
        Ok(())
    }

    /// How many changes would only leave at the next start if the program ended now. None is counted while the user
    /// has paused sending, who knows; and none in the demo, of which nothing leaves.
    pub async fn unsent_at_quit(&self) -> u32 {
        let Ok(cx) = self.profile().await else { return 0 };
        if cx.kind() == ProfileKind::Demo {
            return 0;
        }
        let read = cx.store.read(|db| Ok((outbox::counts(db)?, paused(db)?))).await;
        match read {
            Ok((_, true)) => 0,
            Ok((counts, false)) => counts.unsent(),
            Err(error) => {
                tracing::warn!(%error, "what is unsent could not be counted");
                0
            }
        }
    }

    /// Stops or resumes sending.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn pause_outbox(&self, paused: bool) -> Result<(), Error> {
        let cx = self.profile().await?;
        let value = if paused { "1" } else { "0" };
        cx.store.write(move |tx| settings::set(tx, PAUSED, value)).await?;
        cx.wake_outbox();
        self.changed(&[Tag::Outbox, Tag::Session]);
        Ok(())
    }
}

pub(crate) fn checked(mut new: Settings) -> Result<Settings, Error> {
    let mut issues = Vec::new();
    if !HOLDS.contains(&new.hold_seconds) {
        issues.push(FieldIssue { field: Field::HoldSeconds, problem: Problem::OutOfRange { min: 0, max: 60 } });
    }
    if !TEXT_PERCENT.contains(&new.text_percent) {
        let (min, max) = TEXT_PERCENT.into_inner();
        issues.push(FieldIssue { field: Field::TextPercent, problem: Problem::OutOfRange { min, max } });
    }
    if !(5..=liaison_domain::draft::MAX_MINUTES).contains(&new.meeting_minutes) {
        issues.push(FieldIssue {
            field: Field::Minutes,
            problem: Problem::OutOfRange { min: 5, max: liaison_domain::draft::MAX_MINUTES },
        });
    }
    new.call_subject = liaison_domain::text::single_line(&new.call_subject, MAX_SUBJECT);
    for id in [&mut new.zoom_client_id, &mut new.salesforce_client_id] {
        *id = id.trim().to_owned();
        if id.len() > MAX_CLIENT_ID || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
            issues.push(FieldIssue { field: Field::ClientId, problem: Problem::NotAllowed });
        }
    }
    match LoginHost::parse(&new.salesforce_login_host, false) {
        Ok(host) => host.url().host_str().unwrap_or_default().clone_into(&mut new.salesforce_login_host),
        Err(_) => issues.push(FieldIssue { field: Field::LoginHost, problem: Problem::NotAllowed }),
    }
    if issues.is_empty() { Ok(new) } else { Err(Error::Invalid { issues }) }
}

fn account(cx: &Context, provider: Provider, record: Option<&accounts::AccountRecord>, fetched: bool) -> Account {
    let connection = cx.connection(provider, record);
    let health = cx.status().health(provider);
    let shown = record.filter(|_| connection != AccountConnection::NotConnected);
    Account {
        provider,
        connection: connection.clone(),
        name: shown.map(|record| liaison_domain::text::single_line(&record.name, 200)),
        email: shown.and_then(|record| record.email.clone()),
        organisation: shown.and_then(|record| record.organisation.clone()),
        guarded: provider == Provider::Salesforce
            && shown.is_some()
            && cx.known_event_capability().is_some_and(|event| !event.key.is_usable()),
        environment: shown.map(|record| record.environment),
        host: shown
            .and_then(|record| url::Url::parse(record.instance_url.as_deref()?).ok()?.host_str().map(str::to_owned)),
        granted: shown.map(|record| granted::of(provider, &record.scopes)).unwrap_or_default(),
        last_sync: health.last_success.map(crate::failure::utc_ms),
        skipped: health.skipped,
        unseen: health.unseen,
        copy_kept: fetched && connection == AccountConnection::NotConnected,
        last_error: health.last_error.as_ref().map(Into::into),
        usage: crate::session::usage::of(cx, provider),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_valid() {
        assert_eq!(checked(Settings::default()).unwrap(), Settings::default());
    }

    #[test]
    fn nonsense_is_named_by_field() {
        let bad = Settings {
            hold_seconds: 7,
            text_percent: 79,
            meeting_minutes: 0,
            zoom_client_id: "a b".to_owned(),
            salesforce_login_host: "evil.example.com".to_owned(),
            ..Settings::default()
        };
        let Err(Error::Invalid { issues }) = checked(bad) else { panic!("refused") };
        let fields: Vec<_> = issues.iter().map(|issue| issue.field).collect();
        assert_eq!(fields, [Field::HoldSeconds, Field::TextPercent, Field::Minutes, Field::ClientId, Field::LoginHost]);
    }

    #[test]
    fn a_lightning_address_becomes_the_login_host() {
        let pasted = Settings {
            salesforce_login_host: "https://acme.lightning.force.com/lightning/page".to_owned(),
            ..Settings::default()
        };
        assert_eq!(checked(pasted).unwrap().salesforce_login_host, "acme.my.salesforce.com");
    }
}
