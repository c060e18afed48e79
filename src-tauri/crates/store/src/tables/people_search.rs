//! Search over people: every word of the query, anywhere in the name, the company, an e-mail address or a number,
//! without regard to case and accents.
//!
//! The trigram index finds words of three letters and more; shorter ones are looked for in the folded columns.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::columns;
use super::people::PersonRecord;
use super::people_words::Words;
use crate::error::StoreResult;

/// Above this many hits, looking them up one by one takes longer than reading the narrow table from
/// end to end (measured at 50,000 people, all of them hits: twice as long).
const SCAN_ABOVE: i64 = 20_000;

/// The place of the first word among the values.
const FIRST: usize = 3;

/// The people that match all words, the best first: the name begins with the query; each word begins
/// a word of the name; all words are in the name; in name and company; in an e-mail address or a number. Equal
/// ones by name. Deleted and converted people are not found. A query without words finds nobody.
pub fn search_people(db: &Connection, query: &str, limit: usize) -> StoreResult<Vec<PersonRecord>> {
    let words = Words::of(query);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let indexed = words.selective(db, SCAN_ABOVE)?;
    let mut values = vec![Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)), Value::Text(words.phrase())];
    values.extend(words.values().map(Value::Text));
    let mut statement = db.prepare_cached(&statement(&words, indexed.is_some()))?;
    values.extend(indexed.map(Value::Text));
    let rows = statement.query_map(rusqlite::params_from_iter(values), PersonRecord::from_row)?;
    Ok(columns::readable("people", rows)?)
}

/// Parameters: 1 the limit, 2 the phrase, 3… the words, the last one the index query.
fn statement(words: &Words, indexed: bool) -> String {
    let each = |condition: fn(usize) -> String| words.each(FIRST, |text, _| condition(text));
    let source = if indexed {
        format!(
            "people_search AS found JOIN people_folded AS f ON f.row = found.rowid
             WHERE people_search MATCH ?{} AND",
            FIRST + 2 * words.len()
        )
    } else {
        "people_folded AS f WHERE".to_owned()
    };
    format!(
        "SELECT p.* FROM (
            SELECT f.row AS row, f.name AS folded, CASE
                WHEN instr(f.name, ?2) = 1 THEN 0
                WHEN {} THEN 1
                WHEN {} THEN 2
                WHEN {} THEN 3
                ELSE 4 END AS place
            FROM {source} {}
            ORDER BY place, folded, f.row LIMIT ?1
         ) AS best JOIN people AS p ON p.row = best.row
         ORDER BY best.place, best.folded, best.row",
        each(|text| format!("instr(' ' || f.name, ' ' || ?{text}) > 0")),
        each(|text| format!("instr(f.name, ?{text}) > 0")),
        each(|text| format!("(instr(f.name, ?{text}) > 0 OR instr(f.company, ?{text}) > 0)")),
        words.anywhere(FIRST),
    )
}
