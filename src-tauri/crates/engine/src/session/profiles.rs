//! The profiles of this computer, as the user sees them: a rep with two organisations has one for each.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;

use crate::context::Context;
use crate::engine::{AtHand, Engine};
use crate::error::{CommandError, Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::session::view::{ProfileRow, Removal};
use crate::terms::Provider;

/// What fits into the menu.
const MAX_NAME: u32 = 60;
/// More than anybody has organisations.
const MOST: usize = 20;
/// How long a service may take to hear that a profile goes.
const LAST_WORD: Duration = Duration::from_secs(15);
pub(crate) const BOTH: [Provider; 2] = [Provider::Zoom, Provider::Salesforce];

impl Engine {
    /// The profiles that are there; none in the demo, and before there is one.
    ///
    /// # Errors
    /// None; it answers like every command.
    pub async fn list_profiles(&self) -> Result<Vec<ProfileRow>, Error> {
        let (folders, open) = self.profiles().await;
        let row = |id: String, name| ProfileRow { open: open.as_deref() == Some(id.as_str()), id, name };
        Ok(folders.into_iter().map(|folder| row(folder.id, folder.name)).collect())
    }

    /// Makes a profile and opens it.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is wrong with the name; [`Error::TooLate`] in the demo; the disk or the keychain
    /// refuses, and then what was open is open.
    pub async fn new_profile(&self, name: String) -> Result<(), Error> {
        let name = checked(&name)?;
        if self.profiles().await.0.len() >= MOST {
            return Err(invalid(Problem::OutOfRange { min: 1, max: u32::try_from(MOST).unwrap_or_default() }));
        }
        self.make_profile(&name).await
    }

    /// # Errors
    /// [`Error::Invalid`] with what is wrong with the name; [`Error::Gone`] without such a profile.
    pub async fn name_profile(&self, id: String, name: String) -> Result<(), Error> {
        self.rename_profile(&id, &checked(&name)?).await
    }

    /// Closes the profile that is open, with its reminders and its sending, and opens another one.
    ///
    /// # Errors
    /// [`Error::Gone`] without such a profile, [`Error::Locked`] where it can't be opened: then what was open is open.
    pub async fn open_other_profile(&self, id: String) -> Result<(), Error> {
        self.switch_profile(id).await
    }

    /// Signs the accounts of a profile out and erases it with its key. What they hold in Zoom and Salesforce stays.
    /// Answers which services could not be told, so that the sign-in still stands there, though nobody has its key; and
    /// why it could not be removed, or where the next start has to finish it.
    ///
    /// # Errors
    /// [`Error::Gone`] without such a profile, [`Error::TooLate`] in the demo: then nobody was signed out.
    pub async fn erase_other_profile(&self, id: String) -> Result<Removal, Error> {
        let (mut untold, resting, sealed) = match self.at_hand(&id).await? {
            AtHand::Open(cx) => (sign_out(&cx, true).await, None, false),
            AtHand::Resting(cx) => (sign_out(&cx, false).await, Some(cx), false),
            AtHand::Empty => (Vec::new(), None, false),
            AtHand::Sealed => (BOTH.to_vec(), None, true),
        };
        let removed = self.remove_profile(id.clone(), resting).await;
        // One that can't be opened and is left as it was keeps its sign-ins.
        if sealed && removed.is_err() && self.profiles().await.0.iter().any(|folder| folder.id == id) {
            untold.clear();
        }
        Ok(removal(untold, removed))
    }
}

/// Answers which services could not be told. Whoever is offline removes it all the same; the services end unused
/// sign-ins by themselves.
pub(crate) async fn sign_out(cx: &Arc<Context>, erase: bool) -> Vec<Provider> {
    let told = join_all(BOTH.map(|provider| tokio::time::timeout(LAST_WORD, cx.disconnect(provider, erase)))).await;
    let mut untold = Vec::new();
    for (provider, told) in BOTH.into_iter().zip(told) {
        match told {
            Ok(Ok(true)) => continue,
            Ok(Ok(false)) => {}
            Ok(Err(error)) => tracing::warn!(error = error.chain(), ?provider, "an account could not be signed out"),
            Err(_) => tracing::warn!(?provider, "a service did not answer the sign-out in time"),
        }
        untold.push(provider);
    }
    untold
}

/// The refusal is told beside what is to be said in any case, and logged like every other.
pub(crate) fn removal(untold: Vec<Provider>, removed: Result<(), Error>) -> Removal {
    let failed = removed.err().map(|error| {
        error.log();
        CommandError::from(error)
    });
    Removal { untold, failed }
}

fn checked(name: &str) -> Result<String, Error> {
    let length = u32::try_from(name.trim().chars().count()).unwrap_or(u32::MAX);
    if length > MAX_NAME {
        return Err(invalid(Problem::TooLong { max: MAX_NAME, length }));
    }
    let name = liaison_domain::text::single_line(name, 60);
    if name.is_empty() { Err(invalid(Problem::Missing)) } else { Ok(name) }
}

fn invalid(problem: Problem) -> Error {
    Error::Invalid { issues: vec![FieldIssue { field: Field::Name, problem }] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_says_something() {
        assert_eq!(checked(" Acme\nsandbox ").unwrap(), "Acme sandbox");
        for wrong in ["", "  \n ", &"x".repeat(61)] {
            assert!(matches!(checked(wrong), Err(Error::Invalid { .. })), "{wrong:?}");
        }
    }
}
