//! The words of a search over people: how they are read, asked of the trigram index, and looked for in a row.

use rusqlite::Connection;

use super::folding::fold;
use crate::error::StoreResult;

/// Words beyond these are not looked at; nobody types more, and a pasted page must not become a
/// statement.
const MOST_WORDS: usize = 8;
const LONGEST_QUERY: usize = 200;

/// The shortest word the index can find: <https://sqlite.org/fts5.html#the_trigram_tokenizer> silently ignores shorter
/// ones.
const INDEXED_LENGTH: usize = 3;

/// What a query looks for, folded.
pub(super) struct Words(Vec<Word>);

struct Word {
    text: String,
    /// What is looked for in numbers: the digits of a word without a letter, however it is typed.
    number: Option<String>,
}

impl Words {
    pub fn of(query: &str) -> Self {
        let folded: String = fold(query).chars().take(LONGEST_QUERY).collect();
        let word = |text: &str| {
            let is_number = !text.chars().any(char::is_alphabetic);
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            Word { text: text.to_owned(), number: (is_number && !digits.is_empty()).then_some(digits) }
        };
        Self(folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(word).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The whole of it, as names are folded.
    pub fn phrase(&self) -> String {
        self.texts().collect::<Vec<_>>().join(" ")
    }

    /// Each word.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|word| word.text.as_str())
    }

    /// The values of a statement: of each word its text and its digits.
    pub fn values(&self) -> impl Iterator<Item = String> + '_ {
        self.0.iter().flat_map(|word| {
            let number = word.number.as_ref().unwrap_or(&word.text);
            [word.text.clone(), number.clone()]
        })
    }

    /// A condition that all words hold, joined; `first` is the place of the first value, and the condition is told the
    /// places of a word's text and of its digits.
    pub fn each(&self, first: usize, condition: impl Fn(usize, usize) -> String) -> String {
        (0..self.len()).map(|word| condition(first + 2 * word, first + 2 * word + 1)).collect::<Vec<_>>().join(" AND ")
    }

    /// All words are somewhere in a row `f` of `people_folded`.
    pub fn anywhere(&self, first: usize) -> String {
        self.each(first, |text, number| {
            format!(
                "(instr(f.name, ?{text}) > 0 OR instr(f.company, ?{text}) > 0 OR instr(f.email, ?{text}) > 0
                  OR instr(f.number, ?{number}) > 0)"
            )
        })
    }

    /// What the index is asked, when it narrows the search down to fewer than `most` and so is worth asking.
    pub fn selective(&self, db: &Connection, most: i64) -> StoreResult<Option<String>> {
        let Some(query) = self.indexed() else { return Ok(None) };
        let hits: i64 = db
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM people_search WHERE people_search MATCH ?1 LIMIT ?2)")?
            .query_row((&query, most), |row| row.get(0))?;
        Ok((hits < most).then_some(query))
    }

    /// The words that the index can find, quoted so that nothing in them is an operator.
    fn indexed(&self) -> Option<String> {
        let is_long = |word: &str| word.chars().count() >= INDEXED_LENGTH;
        let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
        let term = |word: &Word| match &word.number {
            None => is_long(&word.text).then(|| quoted(&word.text)),
            // Both have to be in the index: what is too short for it would be missed.
            Some(number) if number == &word.text => is_long(number).then(|| quoted(number)),
            Some(number) => is_long(number).then(|| format!("({} OR {})", quoted(&word.text), quoted(number))),
        };
        let terms: Vec<String> = self.0.iter().filter_map(term).collect();
        (!terms.is_empty()).then(|| terms.join(" AND "))
    }
}
