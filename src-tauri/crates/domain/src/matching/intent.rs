//! Which call followed a click on a number.

use super::Record;
use crate::phone::PhoneNumber;

/// So long before the click a call may have begun, by clocks that differ a little.
pub const INTENT_BEFORE_MS: i64 = 2 * 60_000;
/// So long after the click a call may begin: the telephone asks first, or is looked for.
pub const INTENT_AFTER_MS: i64 = 10 * 60_000;

/// A number was dialled from a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialled {
    /// Which record.
    pub record: Record,
    /// Its name.
    pub name: String,
    /// What was dialled.
    pub number: PhoneNumber,
    /// When.
    pub at_ms: i64,
}

/// The click that an outgoing call to `number` at `start_ms` followed: of the same line, the nearest in time. Of two
/// that are equally near, the later.
pub fn dialled_for<'a>(number: &PhoneNumber, start_ms: i64, dialled: &'a [Dialled]) -> Option<&'a Dialled> {
    let in_time = |at_ms: i64| (-INTENT_BEFORE_MS..=INTENT_AFTER_MS).contains(&start_ms.saturating_sub(at_ms));
    let same_line =
        |other: &PhoneNumber| other.key() == number.key() || number.alias_keys().any(|(alias, _)| alias == other.key());
    dialled
        .iter()
        .filter(|dialled| in_time(dialled.at_ms) && same_line(&dialled.number))
        .min_by_key(|dialled| (start_ms.abs_diff(dialled.at_ms), std::cmp::Reverse(dialled.at_ms)))
}
