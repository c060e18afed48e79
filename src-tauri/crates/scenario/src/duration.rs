//! Stretches of time as people write them: `90s`, `15m`, `2h`, `1d`, `250ms`.

use std::time::Duration;

use serde::{Deserialize, Deserializer, de};

/// A whole number and a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(pub Duration);

impl Span {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let number: u64 = text[..digits].parse().ok()?;
        let unit_ms = match &text[digits..] {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        // Ten years are enough for everybody, and what clocks can add.
        let ms = number.checked_mul(unit_ms).filter(|ms| *ms <= 10 * 366 * 86_400_000)?;
        Some(Self(Duration::from_millis(ms)))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!("`{text}` is no stretch of time: a whole number with ms, s, m, h or d behind it"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_unit() {
        let ms = |text| Span::parse(text).map(|span| span.0.as_millis());
        assert_eq!(ms("250ms"), Some(250));
        assert_eq!(ms("2h"), Some(7_200_000));
        for wrong in ["", "s", "1", "-1s", "1.5h", "2 h", "1w", "99999999999999999999s", "9999999d"] {
            assert_eq!(ms(wrong), None, "{wrong}");
        }
    }
}
