//! How a path names something that is over: by number, for the latest time, or by UUID.
//!
//! A UUID that begins with a slash or contains two of them has to be percent-encoded twice; encoded
//! once it is not found, and Zoom's answer shows it without the slash.

use percent_encoding::percent_decode_str;

/// What a captured segment names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reference {
    Number(u64),
    Uuid(String),
    /// What the refusal calls it.
    Broken(String),
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether a UUID has to be encoded twice.
fn is_awkward(uuid: &str) -> bool {
    uuid.starts_with('/') || uuid.contains("//")
}

impl Reference {
    /// Reads a segment as it stands in the path.
    pub fn of(raw: &str) -> Self {
        let once = decoded(raw);
        if let Ok(number) = once.parse() {
            return Self::Number(number);
        }
        if once.contains('%') {
            return Self::Uuid(decoded(&once));
        }
        if is_awkward(&once) { Self::Broken(once.trim_start_matches('/').to_owned()) } else { Self::Uuid(once) }
    }

    /// As a refusal shows it.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Uuid(text) | Self::Broken(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_awkward_uuid_is_read_when_encoded_twice_and_in_no_other_way() {
        let uuid = |text: &str| Reference::Uuid(text.to_owned());
        assert_eq!(Reference::of("%252FajXp112QmuoKj4854875%253D%253D"), uuid("/ajXp112QmuoKj4854875=="));
        let broken = Reference::Broken("ajXp112QmuoKj4854875==".to_owned());
        assert_eq!(Reference::of("%2FajXp112QmuoKj4854875%3D%3D"), broken);
        assert!(matches!(Reference::of("ab%2F%2FcdEFghIJklMNopQR12%3D%3D"), Reference::Broken(_)));
        assert_eq!(Reference::of("4444AAAiAAAAAiAiAiiAii%3D%3D"), uuid("4444AAAiAAAAAiAiAiiAii=="));
        assert_eq!(Reference::of("4444AAAiAAAAAiAiAiiAii=="), uuid("4444AAAiAAAAAiAiAiiAii=="));
        assert_eq!(Reference::of("a%252Fb%253D%253D"), uuid("a/b=="));
        assert_eq!(Reference::of("86412345678"), Reference::Number(86_412_345_678));
    }
}
