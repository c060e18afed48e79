//! What speaks for a candidate: numbers in their fields that are, or may be, the line of the call.

use crate::phone::{self, Hint, Likeness, PhoneNumber, Regions};

/// Why a number that is alike is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// The line is the same, and only one side tells an extension: anybody behind that switchboard may have called.
    Extension,
    /// The field is an assistant's telephone or a fax: somebody else's.
    OthersLine,
    /// What is written has two readings.
    TwoReadings,
    /// One of them is not a valid number of its country.
    NotValid,
    /// Equal, but shorter than eight digits.
    Short,
    /// One is the ending of the other.
    Ending,
    /// The line is no number of the account's, but of several of its people.
    ItsPeople,
}

/// How much a number says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The same line, without a doubt.
    Same {
        /// Who says so, where the two are spelled differently.
        source: Option<&'static str>,
    },
    /// It may be.
    Maybe(Doubt),
}

/// One field that speaks for a candidate. What says more is less, so that the least is the best.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// How much it says.
    pub ground: Ground,
    /// The field's name in Salesforce.
    pub field: String,
    /// What stands there.
    pub written: String,
}

impl Evidence {
    /// Whether it is enough for a link.
    pub fn is_sure(&self) -> bool {
        matches!(self.ground, Ground::Same { .. })
    }

    /// Whether the line itself is theirs, or may be: then a call on it may be theirs, whoever else has it.
    pub fn is_of_line(&self) -> bool {
        matches!(self.ground, Ground::Same { .. } | Ground::Maybe(Doubt::Extension | Doubt::TwoReadings))
    }
}

/// What in these fields (name and text) speaks for the line of a call. A field may hold several numbers; each counts.
/// `read` is [`numbers_in`], or remembers what that said.
pub fn evidence<'a, N: AsRef<[PhoneNumber]>>(
    number: &PhoneNumber,
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    mut read: impl FnMut(&'a str) -> N,
) -> Vec<Evidence> {
    let mut found = Vec::new();
    for (field, written) in fields {
        let numbers = read(written);
        if let Some(ground) = numbers.as_ref().iter().filter_map(|theirs| ground(number, theirs, field)).min() {
            found.push(Evidence { ground, field: field.to_owned(), written: written.to_owned() });
        }
    }
    found
}

/// All numbers in a field.
pub fn numbers_in(written: &str, regions: Regions) -> Vec<PhoneNumber> {
    phone::read(written, regions).into_iter().flat_map(phone::Reading::into_numbers).collect()
}

fn ground(number: &PhoneNumber, theirs: &PhoneNumber, field: &str) -> Option<Ground> {
    let doubt = match number.compare(theirs) {
        Likeness::Different | Likeness::OtherExtension => return None,
        Likeness::Suggested(hint) => match hint {
            Hint::Ambiguous => Doubt::TwoReadings,
            Hint::NotValid => Doubt::NotValid,
            Hint::Short => Doubt::Short,
            Hint::Ending => Doubt::Ending,
        },
        Likeness::Same { .. } if is_others(field) => Doubt::OthersLine,
        Likeness::Same { .. } if number.extension().is_some() != theirs.extension().is_some() => Doubt::Extension,
        Likeness::Same { by } => return Some(Ground::Same { source: by.map(|spelling| spelling.source) }),
    };
    Some(Ground::Maybe(doubt))
}

/// Salesforce's `AssistantPhone` and `Fax`, and fields of one's own that are named like them.
fn is_others(field: &str) -> bool {
    let field = field.to_ascii_lowercase();
    field.contains("fax") || field.contains("assistant")
}
