//! The seal of the file: age's, with a passphrase, so that any age program opens it as well.

use age::scrypt::{Identity, Recipient};
use age::{DecryptError, decrypt, encrypt};
use secrecy::SecretString;

use crate::error::TransferProblem;
use crate::failure::Error;

/// The cost of one guess, as a power of two: about half a second and 128 MB. Fixed, so that a slow computer opens what
/// a fast one made.
const WORK: u8 = 17;
/// Another age program may have asked for more; beyond this a file would stop the computer.
const MOST_WORK: u8 = 20;
/// Years of notes are a tenth of it.
const LARGEST: usize = 64 * 1024 * 1024;

pub(super) fn seal(passphrase: &SecretString, clear: &[u8]) -> Result<Vec<u8>, Error> {
    let mut recipient = Recipient::new(passphrase.clone());
    recipient.set_work_factor(WORK);
    encrypt(&recipient, clear).map_err(|error| {
        tracing::error!(%error, "the file could not be sealed");
        Error::Internal { code: "E-SEAL" }
    })
}

pub(super) fn open(passphrase: &SecretString, sealed: &[u8]) -> Result<Vec<u8>, TransferProblem> {
    if sealed.len() > LARGEST {
        return Err(TransferProblem::TooLarge);
    }
    if !sealed.starts_with(b"age-encryption.org/") {
        return Err(TransferProblem::NotOurs);
    }
    let mut identity = Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK);
    decrypt(&identity, sealed).map_err(|error| match error {
        // The key of the file is behind the passphrase: nothing tells a wrong one from a changed header here.
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => TransferProblem::WrongPassphrase,
        DecryptError::UnknownFormat => TransferProblem::Later,
        // Sealed for somebody's key, or made to take hours.
        DecryptError::NoMatchingKeys | DecryptError::ExcessiveWork { .. } => TransferProblem::NotOurs,
        _ => TransferProblem::Damaged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &str) -> SecretString {
        SecretString::from(words.to_owned())
    }

    fn cheap(clear: &[u8]) -> Vec<u8> {
        let mut recipient = Recipient::new(phrase("correct horse"));
        recipient.set_work_factor(4);
        encrypt(&recipient, clear).unwrap()
    }

    #[test]
    fn the_passphrase_opens_it_and_another_does_not() {
        let sealed = cheap(b"notes");
        assert!(!sealed.windows(5).any(|part| part == b"notes"));
        assert_eq!(open(&phrase("correct horse"), &sealed).unwrap(), b"notes");
        assert_eq!(open(&phrase("correct horses"), &sealed), Err(TransferProblem::WrongPassphrase));
    }

    /// Wherever it is cut or changed, somebody is told, and nothing but the whole text comes out.
    #[test]
    fn no_byte_can_be_changed_or_be_missing() {
        let sealed = cheap(b"notes");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 0x04;
            assert!(open(&phrase("correct horse"), &changed).is_err(), "byte {at}");
            assert!(open(&phrase("correct horse"), &sealed[..at]).is_err(), "cut at {at}");
        }
        let last = sealed.len() - 1;
        let mut changed = sealed.clone();
        changed[last] ^= 1;
        assert_eq!(open(&phrase("correct horse"), &changed), Err(TransferProblem::Damaged));
        assert_eq!(open(&phrase("correct horse"), &sealed[..last]), Err(TransferProblem::Damaged));
        assert_eq!(open(&phrase("correct horse"), b"PK\x03\x04"), Err(TransferProblem::NotOurs));
        assert_eq!(open(&phrase("correct horse"), b""), Err(TransferProblem::NotOurs));
    }

    #[test]
    fn a_file_that_would_take_hours_is_not_begun() {
        let text = String::from_utf8_lossy(&cheap(b"notes")).into_owned();
        let costly = text.replacen(" 4\n", " 40\n", 1);
        assert_eq!(open(&phrase("correct horse"), costly.as_bytes()), Err(TransferProblem::NotOurs));
    }
}
