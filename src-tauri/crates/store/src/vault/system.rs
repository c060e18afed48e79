//! The keychain of the operating system: Secret Service, macOS Keychain, Windows Credential Manager.
//!
//! All calls go through one worker thread, in order. A keychain may wait for its user for minutes,
//! so the caller stops waiting after ten seconds; because the calls are in order, a late `set` can
//! never land on top of a newer one, and a call whose caller has left before it began is not made.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use keyring::Error as KeyringError;
use keyring::api::CredentialStore;
use zeroize::{Zeroize as _, Zeroizing};

use super::{KeyVault, RootKey, VaultError};

/// The service name under which the entries appear in the user's keychain application.
const SERVICE: &str = "org.liaison.desktop";

/// How long a caller waits. A first call was measured at up to 0.6 s; a prompt takes a person longer
/// than any limit, and then the answer is "locked, try again".
const ANSWER_LIMIT: Duration = Duration::from_secs(10);

/// The real keychain. Connecting to it is tried anew on every call until it worked once, and again
/// after it failed: a keychain that starts after this program is found without a restart.
pub struct SystemVault {
    worker: Mutex<Option<mpsc::Sender<Job>>>,
}

enum Request {
    Get,
    Set(RootKey),
    Delete,
}

struct Job {
    account: String,
    request: Request,
    abandoned: Arc<AtomicBool>,
    answer: mpsc::Sender<Result<Option<RootKey>, VaultError>>,
}

impl Default for SystemVault {
    fn default() -> Self {
        Self::new()
    }
}

impl SystemVault {
    /// Does nothing yet; the keychain is contacted at the first call.
    pub fn new() -> Self {
        Self { worker: Mutex::new(None) }
    }

    fn call(&self, account: &str, request: Request) -> Result<Option<RootKey>, VaultError> {
        let abandoned = Arc::new(AtomicBool::new(false));
        let (answer, answered) = mpsc::channel();
        let job = Job { account: account.to_owned(), request, abandoned: Arc::clone(&abandoned), answer };
        self.hand_over(job)?;
        match answered.recv_timeout(ANSWER_LIMIT) {
            Ok(result) => result,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                abandoned.store(true, Ordering::SeqCst);
                Err(VaultError::TimedOut)
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Err(VaultError::Refused("the keychain connection broke".to_owned()))
            }
        }
    }

    /// Sends the job to the worker, starting one when there is none or the last one has died.
    fn hand_over(&self, job: Job) -> Result<(), VaultError> {
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        let job = match worker.as_ref() {
            None => job,
            Some(sender) => match sender.send(job) {
                Ok(()) => return Ok(()),
                Err(mpsc::SendError(job)) => job,
            },
        };
        let (sender, jobs) = mpsc::channel();
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || serve(&jobs))
            .map_err(|_| VaultError::Refused("no thread for the keychain".to_owned()))?;
        let handed = sender.send(job);
        *worker = Some(sender);
        handed.map_err(|_| VaultError::Refused("the keychain connection broke".to_owned()))
    }
}

impl KeyVault for SystemVault {
    fn get(&self, account: &str) -> Result<Option<RootKey>, VaultError> {
        self.call(account, Request::Get)
    }

    fn set(&self, account: &str, key: &RootKey) -> Result<(), VaultError> {
        self.call(account, Request::Set(key.clone())).map(drop)
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        self.call(account, Request::Delete).map(drop)
    }
}

fn serve(jobs: &mpsc::Receiver<Job>) {
    let mut keychain: Option<Arc<CredentialStore>> = None;
    while let Ok(job) = jobs.recv() {
        if job.abandoned.load(Ordering::SeqCst) {
            continue;
        }
        let result = carry_out(&mut keychain, &job);
        if result.is_err() {
            keychain = None;
        }
        // A caller that stopped waiting has dropped its end; there is nobody to tell.
        let _ = job.answer.send(result);
    }
}

fn carry_out(keychain: &mut Option<Arc<CredentialStore>>, job: &Job) -> Result<Option<RootKey>, VaultError> {
    let store = if let Some(store) = keychain {
        store
    } else {
        keychain.insert(connect().map_err(|error| match error {
            KeyringError::NoStorageAccess(_) => VaultError::Locked,
            _ => VaultError::Missing,
        })?)
    };
    let entry = store.build(SERVICE, &job.account, Some(&modifiers())).map_err(|error| refusal(&error))?;
    match &job.request {
        Request::Get => match entry.get_password() {
            Ok(text) => decode(&Zeroizing::new(text)).map(Some),
            Err(KeyringError::NoEntry) => Ok(None),
            Err(error) => Err(refusal(&error)),
        },
        Request::Set(key) => {
            let text = Zeroizing::new(BASE64.encode(key.as_slice()));
            entry.set_password(&text).map(|()| None).map_err(|error| refusal(&error))
        }
        Request::Delete => match entry.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(None),
            Err(error) => Err(refusal(&error)),
        },
    }
}

/// Never formats an error that may hold the bytes of an entry.
fn refusal(error: &KeyringError) -> VaultError {
    match error {
        KeyringError::NoStorageAccess(_) => VaultError::Locked,
        KeyringError::NoDefaultStore => VaultError::Missing,
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => VaultError::Different,
        KeyringError::Ambiguous(entries) => VaultError::Refused(format!("{} entries of the same name", entries.len())),
        KeyringError::PlatformFailure(cause) if stayed_locked(cause.as_ref()) => VaultError::Locked,
        KeyringError::PlatformFailure(cause) => VaultError::Refused(cause.to_string()),
        KeyringError::BadStoreFormat(_) => VaultError::Refused("damaged keychain".to_owned()),
        _ => VaultError::Refused("unsupported by this keychain".to_owned()),
    }
}

/// `errSecUserCanceled`, `errSecAuthFailed`, `errSecInteractionNotAllowed`: macOS asked to unlock the keychain and was
/// told no, or there was nobody to ask. The store takes them for failures.
#[cfg(target_os = "macos")]
fn stayed_locked(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    const LOCKED: [i32; 3] = [-128, -25293, -25308];
    cause.downcast_ref::<security_framework::base::Error>().is_some_and(|error| LOCKED.contains(&error.code()))
}

#[cfg(not(target_os = "macos"))]
fn stayed_locked(_cause: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    false
}

/// Base64, because KWallet keeps UTF-8 only.
fn decode(text: &str) -> Result<RootKey, VaultError> {
    let bytes = Zeroizing::new(BASE64.decode(text).map_err(|_| VaultError::Different)?);
    let mut key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| VaultError::Different)?;
    let root = Zeroizing::new(key);
    key.zeroize();
    Ok(root)
}

#[cfg(target_os = "linux")]
fn connect() -> keyring::Result<Arc<CredentialStore>> {
    let store = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn connect() -> keyring::Result<Arc<CredentialStore>> {
    let store = apple_native_keyring_store::keychain::Store::new()?;
    Ok(store)
}

#[cfg(windows)]
fn connect() -> keyring::Result<Arc<CredentialStore>> {
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn connect() -> keyring::Result<Arc<CredentialStore>> {
    Err(KeyringError::NoDefaultStore)
}

/// Windows would otherwise let the entry roam to other computers of the domain, where the database
/// is not.
#[cfg(windows)]
fn modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::from([("persistence", "Local")])
}

#[cfg(target_os = "linux")]
fn modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::from([("label", "Liaison: key of the local database")])
}

#[cfg(not(any(windows, target_os = "linux")))]
fn modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_somebody_else_is_different_and_not_a_key() {
        assert_eq!(decode("hunter2"), Err(VaultError::Different));
        assert_eq!(decode(&BASE64.encode([1; 31])), Err(VaultError::Different));
        assert_eq!(decode(&BASE64.encode([7; 32])), Ok(Zeroizing::new([7; 32])));
    }

    #[test]
    fn errors_that_carry_bytes_do_not_show_them() {
        let shown = format!("{:?}", refusal(&KeyringError::BadEncoding(b"canary".to_vec())));
        assert_eq!(shown, "Different");
    }

    #[cfg(target_os = "macos")]
    #[test]
    fn a_no_to_unlocking_is_locked_and_not_refused() {
        for code in [-128, -25293, -25308] {
            let error = security_framework::base::Error::from_code(code);
            assert_eq!(refusal(&KeyringError::PlatformFailure(Box::new(error))), VaultError::Locked);
        }
    }

    /// Roaming would carry the key to computers where the database is not.
    #[cfg(windows)]
    #[test]
    fn the_entry_stays_on_this_computer() {
        if std::env::var("LIAISON_TEST_KEYCHAIN").is_ok_and(|value| value == "1") {
            let account = format!("test-roaming-{}", std::process::id());
            SystemVault::new().set(&account, &Zeroizing::new([7; 32])).unwrap();
            let entry = connect().unwrap().build(SERVICE, &account, None).unwrap();
            assert_eq!(entry.get_attributes().unwrap()["persistence"], "Local");
            entry.delete_credential().unwrap();
        }
    }
}
