//! Search over people: every word of the query, anywhere in the name, the company or the e-mail
//! address, without regard to case and accents.
//!
//! The trigram index (<https://sqlite.org/fts5.html#the_trigram_tokenizer>) finds words of three
//! letters and more; it silently ignores shorter ones, so those are looked for in the folded columns.

use rusqlite::{Connection, ToSql};

use super::columns;
use super::folding::fold;
use super::people::PersonRecord;
use crate::error::StoreResult;

/// Words beyond these are not looked at; nobody types more, and a pasted page must not become a
/// statement.
const MOST_WORDS: usize = 8;
const LONGEST_QUERY: usize = 200;

/// Above this many hits, looking them up one by one takes longer than reading the narrow table from
/// end to end (measured at 50,000 people, all of them hits: twice as long).
const SCAN_ABOVE: i64 = 20_000;

/// The shortest word the index can find.
const INDEXED_LENGTH: usize = 3;

/// The people that match all words, the best first: the name begins with the query; each word begins
/// a word of the name; all words are in the name; in name and company; in the e-mail address. Equal
/// ones by name. Deleted and converted people are not found. A query without words finds nobody.
pub fn search_people(db: &Connection, query: &str, limit: usize) -> StoreResult<Vec<PersonRecord>> {
    let folded: String = fold(query).chars().take(LONGEST_QUERY).collect();
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let phrase = words.join(" ");
    let indexed = match index_query(&words) {
        Some(query) if is_selective(db, &query)? => Some(query),
        _ => None,
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut values: Vec<&dyn ToSql> = vec![&limit, &phrase];
    values.extend(words.iter().map(|word| word as &dyn ToSql));
    if let Some(indexed) = &indexed {
        values.push(indexed);
    }
    let mut statement = db.prepare_cached(&statement(words.len(), indexed.is_some()))?;
    Ok(columns::readable("people", statement.query_map(values.as_slice(), PersonRecord::from_row)?)?)
}

/// Whether the index narrows the search down enough to be worth asking.
fn is_selective(db: &Connection, index_query: &str) -> StoreResult<bool> {
    let hits: i64 = db
        .prepare_cached(
            "SELECT count(*) FROM (
                SELECT 1 FROM people_search WHERE people_search MATCH ?1 LIMIT ?2)",
        )?
        .query_row((index_query, SCAN_ABOVE), |row| row.get(0))?;
    Ok(hits < SCAN_ABOVE)
}

/// The words that the index can find, quoted so that nothing in them is an operator.
fn index_query(words: &[&str]) -> Option<String> {
    let quoted: Vec<String> = words
        .iter()
        .filter(|word| word.chars().count() >= INDEXED_LENGTH)
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
        .collect();
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}

/// Parameters: 1 the limit, 2 the phrase, 3… the words, the last one the index query.
fn statement(words: usize, indexed: bool) -> String {
    let each =
        |condition: fn(usize) -> String| (0..words).map(|word| condition(word + 3)).collect::<Vec<_>>().join(" AND ");
    let source = if indexed {
        format!(
            "people_search AS found JOIN people_folded AS f ON f.row = found.rowid
             WHERE people_search MATCH ?{} AND",
            words + 3
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
        each(|word| format!("instr(' ' || f.name, ' ' || ?{word}) > 0")),
        each(|word| format!("instr(f.name, ?{word}) > 0")),
        each(|word| format!("(instr(f.name, ?{word}) > 0 OR instr(f.company, ?{word}) > 0)")),
        each(|word| format!(
            "(instr(f.name, ?{word}) > 0 OR instr(f.company, ?{word}) > 0 OR instr(f.email, ?{word}) > 0)"
        )),
    )
}
