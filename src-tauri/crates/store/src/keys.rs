//! What is derived from the one key in the keychain (HKDF-SHA256, RFC 5869): the database key, the
//! key of the sealed columns, a value that tells whether this is the right key, and its name.

use hkdf::Hkdf;
use liaison_domain::text::hex;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::vault::RootKey;

/// The derived keys of one profile. Has no `Debug`: there is nothing in it to show.
pub(crate) struct KeySet {
    database: Zeroizing<[u8; 32]>,
    seal: Zeroizing<[u8; 32]>,
    check: [u8; 16],
    id: String,
}

impl KeySet {
    pub(crate) fn derive(root: &RootKey) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, root.as_slice());
        Self {
            database: expand(&hkdf, b"db/v1"),
            seal: expand(&hkdf, b"seal/v1"),
            check: *expand(&hkdf, b"check/v1"),
            // The name comes from the key itself, so that a lost key file can be rebuilt and the
            // sealed columns, which are bound to the name, still open.
            id: hex(expand::<8>(&hkdf, b"id/v1").as_slice()),
        }
    }

    /// The argument of `PRAGMA key`: a raw key, so no passphrase stretching takes place.
    pub(crate) fn pragma_key(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex(self.database.as_slice()));
        Zeroizing::new(format!("x'{}'", digits.as_str()))
    }

    pub(crate) fn seal_key(&self) -> &[u8; 32] {
        &self.seal
    }

    /// The key's name, 16 hex digits. Public: it is written into the key file.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The check value, 32 hex digits. Public: nothing can be derived from it.
    pub(crate) fn check_value(&self) -> String {
        hex(&self.check)
    }

    pub(crate) fn matches(&self, check_value: &str) -> bool {
        self.check_value().as_bytes().ct_eq(check_value.as_bytes()).into()
    }
}

/// A new root key from the operating system's random source.
pub(crate) fn generate() -> std::io::Result<RootKey> {
    let mut key = Zeroizing::new([0_u8; 32]);
    OsRng.try_fill_bytes(key.as_mut_slice()).map_err(std::io::Error::other)?;
    Ok(key)
}

fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, label: &[u8]) -> Zeroizing<[u8; N]> {
    let mut output = Zeroizing::new([0_u8; N]);
    // HKDF refuses only outputs above 255 hash lengths; N is at most 32.
    if hkdf.expand(label, output.as_mut_slice()).is_err() {
        unreachable!("HKDF output of {N} bytes is within its limit");
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_values_are_fixed_and_differ_by_purpose() {
        let keys = KeySet::derive(&Zeroizing::new([7; 32]));
        let again = KeySet::derive(&Zeroizing::new([7; 32]));
        assert_eq!(keys.check_value(), again.check_value());
        assert_eq!(keys.id(), again.id());
        assert_ne!(keys.pragma_key().as_str(), format!("x'{}'", hex(keys.seal_key())));
        assert!(!keys.pragma_key().contains(&keys.check_value()));
        assert_eq!(keys.pragma_key().len(), 67);
    }

    #[test]
    fn another_key_does_not_match() {
        let keys = KeySet::derive(&Zeroizing::new([7; 32]));
        let other = KeySet::derive(&Zeroizing::new([8; 32]));
        assert!(keys.matches(&keys.check_value()));
        assert!(!keys.matches(&other.check_value()));
        assert!(!keys.matches(""));
    }

    #[test]
    fn generated_keys_differ() {
        assert_ne!(*generate().unwrap(), *generate().unwrap());
    }
}
