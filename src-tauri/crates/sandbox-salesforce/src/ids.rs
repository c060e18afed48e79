//! Record ids: fifteen case-sensitive characters, or eighteen with a checksum that survives
//! case-insensitive tools. Not a store of records.
//!
//! The checksum is described in the public help page "What are the differences between 15 and 18
//! character record IDs": one bit for every upper-case letter, five bits to a character.

use std::fmt;

const CHECK_ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const COUNTER_ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// An id in its eighteen-character form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId([u8; 18]);

impl RecordId {
    /// Makes the `number`th id of an object: key prefix, two characters of the org, a reserved
    /// zero, nine digits in base 62.
    pub fn numbered(prefix: &str, org: [u8; 2], number: u64) -> Self {
        let mut short = [b'0'; 15];
        for (slot, byte) in short.iter_mut().zip(prefix.bytes()) {
            *slot = byte;
        }
        short[3] = org[0];
        short[4] = org[1];
        let mut rest = number;
        for slot in short[6..].iter_mut().rev() {
            *slot = COUNTER_ALPHABET[usize::try_from(rest % 62).unwrap_or(0)];
            rest /= 62;
        }
        Self::with_checksum(short)
    }

    /// Reads fifteen characters, or eighteen with a right checksum.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let short: [u8; 15] = bytes.get(..15)?.try_into().ok()?;
        let full = Self::with_checksum(short);
        match bytes.len() {
            15 => Some(full),
            18 if full.0[15..].eq_ignore_ascii_case(&bytes[15..]) => Some(full),
            _ => None,
        }
    }

    /// The same for callers who need an error to show.
    pub fn read(text: &str) -> Result<Self, super::refusal::Refusal> {
        Self::parse(text).ok_or_else(|| super::refusal::Refusal::new("MALFORMED_ID", format!("malformed id {text}")))
    }

    /// The eighteen characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The fifteen case-sensitive characters, as some error texts show them.
    pub fn short(&self) -> &str {
        &self.as_str()[..15]
    }

    /// The three characters that name the object.
    pub fn prefix(&self) -> &str {
        &self.as_str()[..3]
    }

    fn with_checksum(short: [u8; 15]) -> Self {
        let mut full = [0; 18];
        full[..15].copy_from_slice(&short);
        for block in 0..3 {
            let bits = (0..5)
                .filter(|place| short[block * 5 + place].is_ascii_uppercase())
                .fold(0_usize, |sum, place| sum | (1 << place));
            full[15 + block] = CHECK_ALPHABET[bits];
        }
        Self(full)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lower_case_and_digits_need_no_bits() {
        let id = RecordId::parse("00t00000000000a").unwrap();
        assert_eq!(id.as_str(), "00t00000000000aAAA");
    }

    #[test]
    fn upper_case_letters_set_their_bits_from_the_left() {
        // Block 1 "A0000" has bit 0, block 2 "0B000" bit 1, block 3 "0000C" bit 4.
        assert_eq!(RecordId::parse("A00000B0000000C").unwrap().as_str(), "A00000B0000000CBCQ");
        assert_eq!(RecordId::parse("AAAAA0000000000").unwrap().as_str(), "AAAAA00000000005AA");
    }

    #[test]
    fn a_wrong_checksum_or_length_is_no_id() {
        assert!(RecordId::parse("A00000B0000000CBCR").is_none());
        assert!(RecordId::parse("A00000B0000000").is_none());
        assert!(RecordId::parse("A00000B0000000CB").is_none());
        assert!(RecordId::parse("A00000B000000-C").is_none());
    }

    proptest! {
        #[test]
        fn numbers_give_distinct_readable_ids(a in 0_u64..1_000_000_000, b in 0_u64..1_000_000_000) {
            let first = RecordId::numbered("00Q", *b"Lz", a);
            let second = RecordId::numbered("00Q", *b"Lz", b);
            prop_assert_eq!(first == second, a == b);
            prop_assert_eq!(RecordId::parse(first.as_str()), Some(first));
            prop_assert_eq!(RecordId::parse(first.short()), Some(first));
            prop_assert_eq!(first.prefix(), "00Q");
        }
    }
}
