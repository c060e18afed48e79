//! The options of the sheet: as they are kept, checked, and preset by the user's settings in Zoom.

use std::time::Duration;

use liaison_domain::email;
use liaison_store::tables::settings as table;
use liaison_store::{Connection, StoreResult, Transaction};
use liaison_zoom::{AutoRecording, Refusal, User, UserSettings, UserType, ZoomError};
use serde::{Deserialize, Serialize};

use crate::context::{Context, ZoomAccount};
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::meetings::kept_options::{KeptOptions, NOT_BEFORE, addresses, listed};
use crate::schedule::options_view::{
    JoinBeforeHost, LockedOption, MeetingOption, MeetingOptions, MeetingRecording, MeetingRegistration,
    SchedulingPresets, WhyLocked,
};
use crate::schedule::view::ScheduleDraft;

/// The sheet does not wait longer for the settings in Zoom; what was read before is shown until then.
const PATIENCE: Duration = Duration::from_secs(4);
/// So many people may host a meeting in the host's place.
const MOST_HOSTS: u32 = 50;
const KEY: &str = "zoom_presets";
const VERSION: u32 = 1;

/// What of the user's settings is kept: an old answer is better than none, and Zoom is not asked before a sheet opens.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own in Zoom")]
#[expect(
    clippy::unsafe_derive_deserialize,
    reason = "a macro of tokio has it in a method, which keeps no promise of the type"
)]
pub(super) struct KeptPresets {
    version: u32,
    /// Whose they are.
    user_id: String,
    options: KeptOptions,
    passcode_required: bool,
    no_local_recording: bool,
    no_cloud_recording: bool,
    no_licence: bool,
}

impl Engine {
    /// What the user's settings in Zoom say of new meetings: asked now, else as they were last.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn scheduling_presets(&self) -> Result<SchedulingPresets, Error> {
        let cx = self.profile().await?;
        let Some(zoom) = cx.zoom() else { return Ok(KeptPresets::load(&cx).await?.shown()) };
        match tokio::time::timeout(PATIENCE, KeptPresets::ask(&zoom)).await {
            Ok(Ok(presets)) => {
                let kept = presets.clone();
                // What is the same is not written: whoever reads settings would look again.
                if KeptPresets::load(&cx).await? != presets {
                    cx.store.write(move |tx| kept.put(tx)).await?;
                }
                Ok(presets.shown())
            }
            Ok(Err(error)) => {
                tracing::info!(%error, "the settings for scheduling were not read");
                Ok(KeptPresets::load(&cx).await?.shown())
            }
            Err(_) => Ok(KeptPresets::load(&cx).await?.shown()),
        }
    }
}

impl KeptPresets {
    async fn ask(zoom: &ZoomAccount) -> Result<Self, ZoomError> {
        let users = zoom.api.users();
        let (settings, user) = tokio::try_join!(users.settings(), users.me())?;
        Ok(Self::of(&settings, &user))
    }

    fn of(settings: &UserSettings, user: &User) -> Self {
        let schedule = settings.schedule_meeting.clone().unwrap_or_default();
        let recording = settings.recording.clone().unwrap_or_default();
        Self {
            version: VERSION,
            user_id: user.id.clone(),
            options: KeptOptions {
                waiting_room: settings.waiting_room_by_default(),
                join_before_host: schedule
                    .join_before_host
                    .map(|may| if may { "0".to_owned() } else { NOT_BEFORE.to_owned() }),
                host_video: schedule.host_video,
                participant_video: schedule.participants_video,
                mute_on_entry: None,
                recording: recording.auto_recording.as_ref().map(|word: &AutoRecording| word.as_str().to_owned()),
                // Nobody, and no registration, unless a schedule says otherwise.
                alternative_hosts: Some(String::new()),
                registration: Some(2),
                ..KeptOptions::default()
            }
            .settled(),
            passcode_required: schedule.require_password_for_scheduling_new_meetings == Some(true),
            no_local_recording: recording.local_recording == Some(false),
            no_cloud_recording: recording.cloud_recording == Some(false),
            no_licence: matches!(user.user_type, Some(UserType::Basic | UserType::Unassigned | UserType::None)),
        }
    }

    async fn load(cx: &Context) -> Result<Self, Error> {
        let user_id = cx.zoom().map(|zoom| zoom.user_id.clone());
        Ok(cx.store.read(move |db| Self::read(db, user_id.as_deref())).await?)
    }

    /// Those of this user; of nobody's while nobody is signed in.
    pub fn read(db: &Connection, user_id: Option<&str>) -> StoreResult<Self> {
        let kept = table::get(db, KEY)?.and_then(|json| serde_json::from_str::<Self>(&json).ok());
        let theirs = |kept: &Self| kept.version == VERSION && user_id == Some(kept.user_id.as_str());
        Ok(kept.filter(theirs).unwrap_or_default())
    }

    fn put(&self, tx: &Transaction<'_>) -> StoreResult<()> {
        table::set(tx, KEY, &serde_json::to_string(self).unwrap_or_default())
    }

    pub fn waiting_room(&self) -> Option<bool> {
        self.options.waiting_room
    }

    fn shown(&self) -> SchedulingPresets {
        let locks = [
            (self.passcode_required, MeetingOption::Passcode, WhyLocked::Required),
            (self.no_local_recording, MeetingOption::LocalRecording, WhyLocked::Off),
            (self.no_cloud_recording, MeetingOption::CloudRecording, WhyLocked::Off),
            (self.no_licence, MeetingOption::AlternativeHosts, WhyLocked::NoLicence),
            (self.no_licence, MeetingOption::Registration, WhyLocked::NoLicence),
        ];
        SchedulingPresets {
            known: self.version > 0,
            options: shown(&self.options),
            waiting_room: self.options.waiting_room,
            locked: locks
                .into_iter()
                .filter(|(locked, ..)| *locked)
                .map(|(_, option, why)| LockedOption { option, why })
                .collect(),
        }
    }
}

/// Options as the sheet shows them; a word that only a newer version of Zoom knows is left alone.
pub(super) fn shown(kept: &KeptOptions) -> MeetingOptions {
    MeetingOptions {
        join_before_host: kept.join_before_host.as_deref().and_then(|early| match early {
            NOT_BEFORE => Some(JoinBeforeHost::Never),
            "0" => Some(JoinBeforeHost::AnyTime),
            "5" => Some(JoinBeforeHost::FiveMinutes),
            "10" => Some(JoinBeforeHost::TenMinutes),
            "15" => Some(JoinBeforeHost::FifteenMinutes),
            _ => None,
        }),
        host_video: kept.host_video,
        participant_video: kept.participant_video,
        mute_on_entry: kept.mute_on_entry,
        recording: kept.recording.as_deref().and_then(|word| match word {
            "none" => Some(MeetingRecording::None),
            "local" => Some(MeetingRecording::Local),
            "cloud" => Some(MeetingRecording::Cloud),
            _ => None,
        }),
        alternative_hosts: kept.alternative_hosts.clone(),
        registration: kept.registration.and_then(|number| match number {
            0 => Some(MeetingRegistration::Automatic),
            1 => Some(MeetingRegistration::Manual),
            2 => Some(MeetingRegistration::None),
            _ => None,
        }),
    }
}

/// Options of the sheet as they are kept.
pub(super) fn kept(options: &MeetingOptions, waiting_room: Option<bool>) -> KeptOptions {
    KeptOptions {
        waiting_room,
        join_before_host: options.join_before_host.map(|early| {
            let word = match early {
                JoinBeforeHost::Never => NOT_BEFORE,
                JoinBeforeHost::AnyTime => "0",
                JoinBeforeHost::FiveMinutes => "5",
                JoinBeforeHost::TenMinutes => "10",
                JoinBeforeHost::FifteenMinutes => "15",
            };
            word.to_owned()
        }),
        host_video: options.host_video,
        participant_video: options.participant_video,
        mute_on_entry: options.mute_on_entry,
        recording: options.recording.map(|recording| {
            let word = match recording {
                MeetingRecording::None => "none",
                MeetingRecording::Local => "local",
                MeetingRecording::Cloud => "cloud",
            };
            word.to_owned()
        }),
        alternative_hosts: options.alternative_hosts.as_deref().map(listed),
        registration: options.registration.map(|registration| match registration {
            MeetingRegistration::Automatic => 0,
            MeetingRegistration::Manual => 1,
            MeetingRegistration::None => 2,
        }),
        ..KeptOptions::default()
    }
    .settled()
}

/// A draft with the options that its sheet has shown for those that nobody chose: what is shown is what is made.
pub(super) async fn preset(cx: &Context, draft: ScheduleDraft) -> Result<ScheduleDraft, Error> {
    if draft.template.is_some() {
        return Ok(draft);
    }
    let presets = KeptPresets::load(cx).await?.options;
    let wanted = kept(&draft.options, draft.waiting_room).over(&presets);
    Ok(ScheduleDraft { waiting_room: wanted.waiting_room, options: shown(&wanted), ..draft })
}

/// What is wrong with them, beside its field.
pub(super) fn issues(options: &MeetingOptions) -> Vec<FieldIssue> {
    let mut seen: Vec<String> = Vec::new();
    let mut issues = Vec::new();
    for address in addresses(options.alternative_hosts.as_deref().unwrap_or_default()) {
        let problem = if email::parse(address).is_none() {
            Some(Problem::NotAnEmail { value: address.to_owned() })
        } else if seen.contains(&email::folded(address)) {
            Some(Problem::Duplicate { value: address.to_owned() })
        } else {
            None
        };
        seen.push(email::folded(address));
        issues.extend(problem.map(|problem| FieldIssue { field: Field::AlternativeHosts, problem }));
    }
    if seen.len() > MOST_HOSTS as usize {
        issues.push(FieldIssue { field: Field::AlternativeHosts, problem: Problem::TooMany { max: MOST_HOSTS } });
    }
    issues
}

/// Zoom's code of a refusal of somebody as alternative host: not of the account, or without a licence.
const NO_SUCH_HOST: i64 = 1114;

/// The option that Zoom does not take, by the name under which it is compared; none for any other refusal.
pub(super) fn refused(refusal: &Refusal) -> Option<&'static str> {
    let of_hosts = refusal.code == Some(NO_SUCH_HOST)
        || refusal.fields.iter().any(|field| field.field.ends_with("alternative_hosts"));
    of_hosts.then_some("AlternativeHosts")
}

/// A refusal of Zoom that stands beside its field; any other error as it is.
pub(super) fn beside_its_field(error: Error) -> Error {
    let Error::Zoom { cause, .. } = &error else { return error };
    let Some(refusal) = cause.refusal().filter(|refusal| refused(refusal).is_some()) else { return error };
    let message = crate::failure::shown(refusal.message.expose());
    Error::Invalid {
        issues: vec![FieldIssue { field: Field::AlternativeHosts, problem: Problem::Refused { message } }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_sheet_are_kept_and_shown_again() {
        let options = MeetingOptions {
            join_before_host: Some(JoinBeforeHost::TenMinutes),
            host_video: Some(true),
            participant_video: Some(false),
            mute_on_entry: Some(true),
            recording: Some(MeetingRecording::Local),
            alternative_hosts: Some("a@b.example; c@d.example".to_owned()),
            registration: Some(MeetingRegistration::Manual),
        };
        assert_eq!(shown(&kept(&options, Some(false))), options);
        let closed = shown(&kept(&options, Some(true)));
        assert_eq!(closed.join_before_host, Some(JoinBeforeHost::Never), "the waiting room goes before");
        assert_eq!(shown(&kept(&MeetingOptions::default(), Some(true))), MeetingOptions::default());
        assert!(kept(&MeetingOptions::default(), None).is_blank());
        let future = KeptOptions { recording: Some("hologram".to_owned()), ..KeptOptions::default() };
        assert_eq!(shown(&future).recording, None);
    }

    #[test]
    fn alternative_hosts_are_addresses_each_once() {
        let of = |text: &str| {
            let options = MeetingOptions { alternative_hosts: Some(text.to_owned()), ..MeetingOptions::default() };
            issues(&options).into_iter().map(|issue| issue.problem).collect::<Vec<_>>()
        };
        assert_eq!(of("a@b.example, c@d.example;e@f.example  "), []);
        assert_eq!(of("a@b.example robin"), [Problem::NotAnEmail { value: "robin".to_owned() }]);
        assert_eq!(of("a@b.example, A@B.example"), [Problem::Duplicate { value: "A@B.example".to_owned() }]);
    }

    #[test]
    fn the_settings_in_zoom_say_what_is_preset_and_what_is_locked() {
        let settings: UserSettings = serde_json::from_value(serde_json::json!({
            "schedule_meeting": { "host_video": true, "participants_video": false, "join_before_host": true,
                "require_password_for_scheduling_new_meetings": true },
            "in_meeting": { "waiting_room": false },
            "recording": { "local_recording": true, "cloud_recording": false, "auto_recording": "local" },
        }))
        .unwrap();
        let user: User = serde_json::from_value(serde_json::json!({ "id": "u", "type": 1 })).unwrap();
        let told = KeptPresets::of(&settings, &user).shown();
        assert!(told.known);
        assert_eq!((told.waiting_room, told.options.join_before_host), (Some(false), Some(JoinBeforeHost::AnyTime)));
        assert_eq!(told.options.recording, Some(MeetingRecording::Local));
        let locked: Vec<_> = told.locked.iter().map(|one| (one.option, one.why)).collect();
        assert_eq!(
            locked,
            [
                (MeetingOption::Passcode, WhyLocked::Required),
                (MeetingOption::CloudRecording, WhyLocked::Off),
                (MeetingOption::AlternativeHosts, WhyLocked::NoLicence),
                (MeetingOption::Registration, WhyLocked::NoLicence),
            ]
        );
        assert!(!KeptPresets::default().shown().known, "nothing was ever read");
    }

    /// As released versions wrote them.
    #[test]
    fn presets_of_earlier_versions_are_read() {
        let kept: KeptPresets = serde_json::from_str(include_str!("golden/presets-1.json")).unwrap();
        assert_eq!((kept.user_id.as_str(), kept.passcode_required, kept.no_licence), ("u", true, false));
        assert_eq!(kept.options.recording.as_deref(), Some("cloud"));
    }
}
