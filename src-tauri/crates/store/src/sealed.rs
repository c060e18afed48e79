//! Sealed columns: a second lock on tokens, passcodes and join links inside the encrypted file.
//!
//! XChaCha20-Poly1305 with a random 24-byte nonce. The associated data are the table, the column,
//! the row's key and the key's name, so a sealed value moved to another row or column does not open.

use std::sync::Arc;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::error::{StoreError, StoreResult};
use crate::keys::KeySet;

/// First byte of every sealed value: how the rest is to be read.
const FORMAT: u8 = 1;
const NONCE_LENGTH: usize = 24;

/// Seals and opens columns of one profile. Cheap to clone; get it from `Store::sealer`.
#[derive(Clone)]
pub struct Sealer {
    cipher: Arc<XChaCha20Poly1305>,
    key_id: Arc<str>,
}

/// Which cell a sealed value belongs to.
#[derive(Debug, Clone, Copy)]
pub struct SealedCell<'a> {
    /// The table's name.
    pub table: &'static str,
    /// The column's name.
    pub column: &'static str,
    /// The row's primary key.
    pub row: &'a str,
}

impl SealedCell<'_> {
    fn refusal(&self) -> StoreError {
        StoreError::Seal { table: self.table, column: self.column }
    }
}

impl Sealer {
    pub(crate) fn new(keys: &KeySet) -> Self {
        Self { cipher: Arc::new(XChaCha20Poly1305::new(keys.seal_key().into())), key_id: keys.id().into() }
    }

    /// Format byte, nonce, ciphertext with its tag.
    ///
    /// # Errors
    /// [`StoreError::Seal`] when the system has no randomness to give.
    pub fn seal(&self, cell: SealedCell<'_>, secret: &SecretString) -> StoreResult<Vec<u8>> {
        let mut nonce = [0_u8; NONCE_LENGTH];
        OsRng.try_fill_bytes(&mut nonce).map_err(|_| cell.refusal())?;
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: &self.associated(cell) };
        let sealed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| cell.refusal())?;
        let mut value = Vec::with_capacity(1 + NONCE_LENGTH + sealed.len());
        value.push(FORMAT);
        value.extend_from_slice(&nonce);
        value.extend_from_slice(&sealed);
        Ok(value)
    }

    /// # Errors
    /// [`StoreError::Seal`] when the value was changed, cut, moved, or sealed with another key.
    pub fn open(&self, cell: SealedCell<'_>, value: &[u8]) -> StoreResult<SecretString> {
        let (format, rest) = value.split_first().ok_or_else(|| cell.refusal())?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_LENGTH).ok_or_else(|| cell.refusal())?;
        if *format != FORMAT {
            return Err(cell.refusal());
        }
        let payload = Payload { msg: sealed, aad: &self.associated(cell) };
        let clear =
            self.cipher.decrypt(XNonce::from_slice(nonce), payload).map(Zeroizing::new).map_err(|_| cell.refusal())?;
        let text = std::str::from_utf8(&clear).map_err(|_| cell.refusal())?;
        Ok(SecretString::from(text))
    }

    pub(crate) fn seal_optional(
        &self,
        cell: SealedCell<'_>,
        secret: Option<&SecretString>,
    ) -> StoreResult<Option<Vec<u8>>> {
        secret.map(|secret| self.seal(cell, secret)).transpose()
    }

    pub(crate) fn open_optional(
        &self,
        cell: SealedCell<'_>,
        value: Option<&[u8]>,
    ) -> StoreResult<Option<SecretString>> {
        value.map(|value| self.open(cell, value)).transpose()
    }

    /// Every part is preceded by its length, so that no two cells share the same bytes.
    fn associated(&self, cell: SealedCell<'_>) -> Vec<u8> {
        let parts = [cell.table, cell.column, cell.row, &self.key_id];
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&KeySet::derive(&Zeroizing::new([byte; 32])))
    }

    const CELL: SealedCell<'static> = SealedCell { table: "tokens", column: "access_sealed", row: "zoom" };

    proptest! {
        #[test]
        fn what_is_sealed_opens_again_and_never_shows(text in ".{0,200}") {
            let value = sealer(1).seal(CELL, &SecretString::from(text.as_str())).unwrap();
            let opened = sealer(1).open(CELL, &value).unwrap();
            prop_assert_eq!(opened.expose_secret(), text.as_str());
            prop_assert_eq!(value.len(), 1 + NONCE_LENGTH + text.len() + 16);
        }

        #[test]
        fn any_flipped_bit_is_noticed(position in 0_usize..60, bit in 0_u8..8) {
            let mut value = sealer(1).seal(CELL, &SecretString::from("a token of 20 letters")).unwrap();
            let position = position % value.len();
            value[position] ^= 1 << bit;
            prop_assert!(sealer(1).open(CELL, &value).is_err());
        }
    }

    #[test]
    fn a_value_is_bound_to_its_cell_and_key() {
        let value = sealer(1).seal(CELL, &SecretString::from("secret")).unwrap();
        for cell in [
            SealedCell { table: "other", ..CELL },
            SealedCell { column: "refresh_sealed", ..CELL },
            SealedCell { row: "salesforce", ..CELL },
            // The border between two parts must not be movable.
            SealedCell { column: "access_seale", row: "dzoom", ..CELL },
        ] {
            assert!(sealer(1).open(cell, &value).is_err());
        }
        assert!(sealer(2).open(CELL, &value).is_err());
    }

    #[test]
    fn cut_values_are_refused() {
        let value = sealer(1).seal(CELL, &SecretString::from("secret")).unwrap();
        for length in 0..value.len() {
            assert!(sealer(1).open(CELL, &value[..length]).is_err());
        }
    }

    #[test]
    fn the_same_text_is_sealed_differently_each_time() {
        let secret = SecretString::from("secret");
        assert_ne!(sealer(1).seal(CELL, &secret).unwrap(), sealer(1).seal(CELL, &secret).unwrap());
    }
}
