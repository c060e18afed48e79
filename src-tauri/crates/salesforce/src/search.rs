//! Search in Salesforce's own index: for a number or a name that the local copy does not know.
//!
//! The index runs behind by seconds to minutes, so a search never tells whether a record that was
//! just made exists. The words go as a parameter, not into a search expression, and characters with
//! a meaning there are left out. Source: REST guide, "Parameterized Search"; SOQL and SOSL
//! Reference, "FIND {SearchQuery}".

use std::collections::HashSet;

use liaison_transport::ApiRequest;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::error::{Addressed, InvalidRequest, SalesforceError};
use crate::{FieldName, ObjectName, Salesforce, SalesforceId};

/// Salesforce's limits; above 4,000 characters it ignores parts of the words.
const FEWEST_CHARACTERS: usize = 2;
const MOST_CHARACTERS: usize = 4_000;
const MOST_HITS: u32 = 250;

/// Shorter numbers are extensions, which are no number of one person.
const FEWEST_DIGITS: usize = 7;
const MOST_DIGITS: usize = 15;

/// Characters with a meaning in a search.
const RESERVED: &[char] =
    &['?', '&', '|', '!', '{', '}', '[', ']', '(', ')', '^', '~', '*', ':', '\\', '"', '\'', '+', '-'];

/// The fields that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchScope {
    /// All that the index holds.
    All,
    /// Names.
    Name,
    /// E-mail addresses.
    Email,
    /// Every phone field, custom ones included.
    Phone,
}

impl SearchScope {
    fn text(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Name => "NAME",
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
        }
    }
}

/// One object to search and what to read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchedObject {
    /// The object.
    pub object: ObjectName,
    /// Fields to read beside the id.
    pub fields: Vec<FieldName>,
    /// Most hits, up to 250.
    pub limit: u32,
}

/// What to look for. `Debug` shows no words.
#[derive(Clone, PartialEq, Eq)]
pub struct Search {
    words: String,
    scope: SearchScope,
    objects: Vec<SearchedObject>,
}

impl Search {
    /// A search for words.
    ///
    /// # Errors
    /// Fewer than two or more than 4,000 characters remain of `words`, or there is no object.
    pub fn words(words: &str, scope: SearchScope, objects: Vec<SearchedObject>) -> Result<Self, InvalidRequest> {
        let plain =
            |character: char| if RESERVED.contains(&character) || character.is_control() { ' ' } else { character };
        let spaced: String = words.chars().map(plain).collect();
        let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
        if !(FEWEST_CHARACTERS..=MOST_CHARACTERS).contains(&words.chars().count()) {
            return Err(InvalidRequest { field: "search", reason: "has too few or too many characters" });
        }
        Self::new(words, scope, objects)
    }

    /// A search for a telephone number, of which only the digits count. Salesforce finds a number
    /// by the digits it was typed with, so national and international digits are two searches.
    ///
    /// # Errors
    /// It has fewer than 7 or more than 15 digits, or there is no object.
    pub fn phone(number: &str, objects: Vec<SearchedObject>) -> Result<Self, InvalidRequest> {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if !(FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len()) {
            return Err(InvalidRequest { field: "search", reason: "is no whole telephone number" });
        }
        Self::new(digits, SearchScope::Phone, objects)
    }

    fn new(words: String, scope: SearchScope, objects: Vec<SearchedObject>) -> Result<Self, InvalidRequest> {
        if objects.is_empty() {
            return Err(InvalidRequest { field: "search", reason: "names no object" });
        }
        Ok(Self { words, scope, objects })
    }

    fn body(&self) -> Value {
        let objects: Vec<Value> = self
            .objects
            .iter()
            .map(|searched| {
                let names = searched.fields.iter().map(FieldName::as_str).filter(|name| *name != "Id");
                json!({
                    "name": searched.object.as_str(),
                    "fields": std::iter::once("Id").chain(names).collect::<Vec<_>>(),
                    "limit": searched.limit.clamp(1, MOST_HITS),
                })
            })
            .collect();
        json!({ "q": self.words, "in": self.scope.text(), "sobjects": objects, "overallLimit": 2_000 })
    }
}

impl std::fmt::Debug for Search {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Search").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// A record that was found. `Debug` shows no content.
#[derive(Clone, PartialEq)]
pub struct SearchHit {
    /// The object's API name.
    pub object: String,
    /// The record.
    pub id: SalesforceId,
    fields: Map<String, Value>,
}

impl SearchHit {
    /// A text field that was asked for; `None` when it is empty.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str)
    }

    fn read(row: &Map<String, Value>) -> Option<Self> {
        let object = row.get("attributes")?.get("type")?.as_str()?.to_owned();
        let id = row.get("Id")?.as_str()?.parse().ok()?;
        Some(Self { object, id, fields: row.clone() })
    }
}

impl std::fmt::Debug for SearchHit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SearchHit({} {})", self.object, self.id)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    search_records: Vec<Map<String, Value>>,
}

impl Salesforce {
    /// Searches. A hit that names no record is an error: it would be missing without a word.
    pub async fn search(&self, search: &Search) -> Result<Vec<SearchHit>, SalesforceError> {
        const OPERATION: &str = "POST /parameterizedSearch";
        let request =
            ApiRequest::post(OPERATION, self.data_path("/parameterizedSearch")).json(search.body()).idempotent(true);
        let answer: Answer = self.fetch(request, Addressed::Resource).await?;
        let hits: Option<Vec<SearchHit>> = answer.search_records.iter().map(SearchHit::read).collect();
        hits.ok_or(SalesforceError::Mismatch { operation: OPERATION, reason: "a hit names no record" })
    }

    /// Searches for a person by spellings of one telephone number; each record comes once. The
    /// caller compares the numbers again: the index knows digits, not numbers.
    pub async fn search_phone(
        &self,
        spellings: &[&str],
        objects: &[SearchedObject],
    ) -> Result<Vec<SearchHit>, SalesforceError> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for spelling in spellings {
            let hits = self.search(&Search::phone(spelling, objects.to_vec())?).await?;
            found.extend(hits.into_iter().filter(|hit| seen.insert(hit.id)));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contacts() -> Vec<SearchedObject> {
        let fields = ["Id", "Phone"].map(|name| FieldName::new(name).unwrap()).to_vec();
        vec![SearchedObject { object: ObjectName::new("Contact").unwrap(), fields, limit: 9_999 }]
    }

    #[test]
    fn a_number_is_searched_by_its_digits() {
        let search = Search::phone("+31 (20) 555-01 23", contacts()).unwrap();
        assert_eq!(
            search.body(),
            json!({
                "q": "31205550123", "in": "PHONE", "overallLimit": 2_000,
                "sobjects": [{"name": "Contact", "fields": ["Id", "Phone"], "limit": 250}],
            })
        );
        for number in ["", "123", "no number", "1234567890123456"] {
            assert!(Search::phone(number, contacts()).is_err(), "{number}");
        }
    }

    #[test]
    fn too_little_is_not_searched() {
        for words in ["", "a", " * ", "-+", &"a".repeat(4_001)] {
            assert!(Search::words(words, SearchScope::Name, contacts()).is_err(), "{words}");
        }
        assert!(Search::words("Li", SearchScope::Name, Vec::new()).is_err());
    }

    proptest! {
        #[test]
        fn no_character_with_a_meaning_is_left(words in any::<String>()) {
            if let Ok(search) = Search::words(&words, SearchScope::All, contacts()) {
                prop_assert!(!search.words.contains(RESERVED));
                prop_assert!(!search.words.chars().any(char::is_control));
            }
        }
    }
}
