//! What the user chose, and what the frame of the window needs to know.

use std::path::Path;

use liaison_salesforce::LoginHost;
use liaison_store::tables::{accounts, outbox, settings, ui_state};
use liaison_store::{Connection, Store, StoreResult};

use crate::context::{Context, ProfileKind, key};
use crate::engine::{Engine, Session};
use crate::error::{CommandError, Field, FieldIssue, Problem};
use crate::session::appearance::{self, Appearance};
use crate::session::status::Unsent;
use crate::session::view::{Account, AppState, Connection as AccountConnection, Phase, Settings, Status, Theme};
use crate::terms::{Environment, Language, Provider, Tag};

const SETTINGS: &str = "settings";
const PAUSED: &str = "outbox_paused";
/// How long the outbox may hold a row.
const HOLDS: [u32; 4] = [0, 8, 20, 60];
/// Client ids are short tokens of letters, digits and a few signs.
const MAX_CLIENT_ID: usize = 256;
const MAX_UI_STATE: usize = 16 * 1024;

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: Language::System,
            hold_seconds: 8,
            letter_shortcuts: true,
            meeting_minutes: 30,
            zoom_client_id: String::new(),
            salesforce_client_id: String::new(),
            salesforce_login_host: "login.salesforce.com".to_owned(),
        }
    }
}

/// The stored settings, or the defaults.
pub(crate) async fn load(store: &Store) -> Result<Settings, CommandError> {
    Ok(store.read(read).await?)
}

pub(crate) fn read(db: &Connection) -> StoreResult<Settings> {
    let stored = settings::get(db, SETTINGS)?;
    Ok(stored
        .and_then(|json| {
            serde_json::from_str(&json).map_err(|error| tracing::warn!(%error, "the settings can't be read")).ok()
        })
        .unwrap_or_default())
}

/// In a new profile, keeps the look that was chosen before there was one.
pub(crate) async fn begin(store: &Store, data_dir: &Path) -> StoreResult<()> {
    let kept = appearance::read(data_dir);
    store
        .write(move |tx| {
            if settings::get(tx, SETTINGS)?.is_some() {
                return Ok(());
            }
            let first = Settings { theme: kept.theme, language: kept.language, ..Settings::default() };
            settings::set(tx, SETTINGS, &serde_json::to_string(&first).unwrap_or_default())
        })
        .await
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
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn app_state(&self) -> Result<AppState, CommandError> {
        let zone = (self.config().zone)().name().to_owned();
        let (mac, version) = (self.config().mac, self.config().version.to_owned());
        let cx = match self.session().await {
            Session::Open(cx) => cx,
            other => {
                let phase = match other {
                    Session::Locked(reason) => Phase::Locked { reason },
                    _ => Phase::Welcome,
                };
                let kept = appearance::read(&self.config().data_dir);
                let settings = Settings { theme: kept.theme, language: kept.language, ..Settings::default() };
                let status = Status::UpToDate { as_of: None };
                return Ok(AppState {
                    phase,
                    accounts: Vec::new(),
                    settings,
                    status,
                    needs_you: 0,
                    unsent: 0,
                    zone,
                    version,
                    mac,
                });
            }
        };
        let (settings, records, counts, paused) =
            cx.store.read(|db| Ok((read(db)?, accounts::all(db)?, outbox::counts(db)?, paused(db)?))).await?;
        let demo = cx.kind() == ProfileKind::Demo;
        let phase = if demo || !records.is_empty() { Phase::Ready { demo } } else { Phase::Welcome };
        let unsent = counts.unsent();
        let status = cx.status().line(Unsent { count: unsent, paused });
        let accounts = [Provider::Zoom, Provider::Salesforce]
            .map(|provider| account(&cx, provider, records.iter().find(|record| record.provider == key(provider))))
            .to_vec();
        Ok(AppState { phase, accounts, settings, status, needs_you: counts.need_you(), unsent, zone, version, mac })
    }

    /// Stores the settings.
    ///
    /// # Errors
    /// [`CommandError::Invalid`] with the fields at fault.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn update_settings(&self, new: Settings) -> Result<(), CommandError> {
        let new = checked(new)?;
        appearance::write(&self.config().data_dir, Appearance { theme: new.theme, language: new.language });
        // Before there is a profile only the look can be kept.
        let cx = match self.session().await {
            Session::Open(cx) => cx,
            _ if new.zoom_client_id.is_empty() && new.salesforce_client_id.is_empty() => {
                self.changed(&[Tag::Settings]);
                return Ok(());
            }
            _ => self.profile_for_accounts().await?,
        };
        let json = serde_json::to_string(&new).map_err(|_| CommandError::Internal { code: "E-SETTINGS".to_owned() })?;
        cx.store.write(move |tx| settings::set(tx, SETTINGS, &json)).await?;
        self.changed(&[Tag::Settings, Tag::Session]);
        Ok(())
    }

    /// Where the window was left.
    ///
    /// # Errors
    /// The database refuses.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn ui_state(&self, key: String) -> Result<Option<String>, CommandError> {
        match self.session().await {
            Session::Open(cx) => Ok(cx.store.read(move |db| ui_state::get(db, &key)).await?),
            _ => Ok(None),
        }
    }

    /// Remembers where the window was left; forgotten where there is no profile yet.
    ///
    /// # Errors
    /// The value is too large, or the database refuses.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn set_ui_state(&self, key: String, value: String) -> Result<(), CommandError> {
        if key.len() + value.len() > MAX_UI_STATE {
            return Err(CommandError::Internal { code: "E-UI-STATE".to_owned() });
        }
        if let Session::Open(cx) = self.session().await {
            cx.store.write(move |tx| ui_state::set(tx, &key, &value)).await?;
        }
        Ok(())
    }

    /// Stops or resumes sending.
    ///
    /// # Errors
    /// The database refuses.
    #[tracing::instrument(skip_all, fields(request = crate::terms::request_id()))]
    pub async fn pause_outbox(&self, paused: bool) -> Result<(), CommandError> {
        let cx = self.profile().await?;
        let value = if paused { "1" } else { "0" };
        cx.store.write(move |tx| settings::set(tx, PAUSED, value)).await?;
        cx.wake_outbox();
        self.changed(&[Tag::Outbox, Tag::Session]);
        Ok(())
    }
}

fn checked(mut new: Settings) -> Result<Settings, CommandError> {
    let mut issues = Vec::new();
    if !HOLDS.contains(&new.hold_seconds) {
        issues.push(FieldIssue { field: Field::HoldSeconds, problem: Problem::OutOfRange { min: 0, max: 60 } });
    }
    if !(5..=liaison_domain::draft::MAX_MINUTES).contains(&new.meeting_minutes) {
        issues.push(FieldIssue {
            field: Field::Minutes,
            problem: Problem::OutOfRange { min: 5, max: liaison_domain::draft::MAX_MINUTES },
        });
    }
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
    if issues.is_empty() { Ok(new) } else { Err(CommandError::Invalid { issues }) }
}

fn account(cx: &Context, provider: Provider, record: Option<&accounts::AccountRecord>) -> Account {
    let connection = cx.connection(provider, record);
    let health = cx.status().health(provider);
    let shown = record.filter(|_| connection != AccountConnection::NotConnected);
    Account {
        provider,
        connection,
        name: shown.map(|record| liaison_domain::text::single_line(&record.name, 200)),
        email: shown.and_then(|record| record.email.clone()),
        organisation: shown.and_then(|record| record.organisation.clone()),
        guarded: provider == Provider::Salesforce
            && shown.is_some()
            && cx.known_event_capability().is_some_and(|event| !event.key.is_usable()),
        environment: shown.map(|record| Environment::named(&record.environment)),
        last_sync: health.last_success.map(crate::failure::utc_ms),
        skipped: health.skipped,
        unseen: health.unseen,
        last_error: health.last_error,
        usage: crate::session::usage::of(cx, provider),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_valid() {
        assert_eq!(checked(Settings::default()), Ok(Settings::default()));
    }

    #[test]
    fn nonsense_is_named_by_field() {
        let bad = Settings {
            hold_seconds: 7,
            meeting_minutes: 0,
            zoom_client_id: "a b".to_owned(),
            salesforce_login_host: "evil.example.com".to_owned(),
            ..Settings::default()
        };
        let Err(CommandError::Invalid { issues }) = checked(bad) else { panic!("refused") };
        let fields: Vec<_> = issues.iter().map(|issue| issue.field).collect();
        assert_eq!(fields, [Field::HoldSeconds, Field::Minutes, Field::ClientId, Field::LoginHost]);
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
