//! Search over calls: every word of the query, anywhere in the name of whoever is linked or of what Zoom calls them,
//! in the company, the number or the note. Latest first.
//!
//! Words without a letter are looked for as digits, so a number is found however it is typed. As with people, words of
//! three letters and more are found by a trigram index; where that finds too many, or words are shorter, calls are read
//! from the latest on until there are enough.

use rusqlite::{Connection, ToSql, Transaction, params_from_iter};

use super::calls::{Between, CallRow, Chip, from_row};
use super::folding::fold;
use super::search_index;
use crate::error::StoreResult;

const MOST_WORDS: usize = 8;
const LONGEST_QUERY: usize = 200;
/// The shortest word the index can find.
const INDEXED_LENGTH: usize = 3;
/// Above this many hits, sorting them by time takes longer than reading calls from the latest on.
const SCAN_ABOVE: i64 = 5_000;
/// Without a stretch of time.
const EVER: Between = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };

/// What a query looks for.
struct Words(Vec<String>);

impl Words {
    fn of(query: &str) -> Self {
        let folded: String = fold(query).chars().take(LONGEST_QUERY).collect();
        let word = |word: &str| {
            if word.chars().any(char::is_alphabetic) {
                return word.to_owned();
            }
            word.chars().filter(char::is_ascii_digit).collect()
        };
        Self(folded.split(' ').map(word).filter(|word| !word.is_empty()).take(MOST_WORDS).collect())
    }

    /// Whether the index can find all of them.
    fn are_indexed(&self) -> bool {
        self.0.iter().all(|word| word.chars().count() >= INDEXED_LENGTH)
    }

    /// The words that the index can find, quoted so that nothing in them is an operator.
    fn indexed(&self) -> Option<String> {
        let long = self.0.iter().filter(|word| word.chars().count() >= INDEXED_LENGTH);
        let quoted: Vec<String> = long.map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        (!quoted.is_empty()).then(|| quoted.join(" AND "))
    }
}

/// A page of the calls that match all words, latest first. A query without words finds nothing.
pub fn search(
    db: &Connection,
    query: &str,
    chip: Chip,
    between: Between,
    offset: u32,
    limit: u32,
) -> StoreResult<Vec<CallRow>> {
    let words = Words::of(query);
    if words.0.is_empty() {
        return Ok(Vec::new());
    }
    let indexed = selective(db, &words)?;
    let sql = format!(
        "SELECT c.* {} ORDER BY c.start_utc_ms DESC, c.row DESC LIMIT ?{} OFFSET ?{}",
        source(&words, chip, indexed.is_some()),
        words.0.len() + 4,
        words.0.len() + 5,
    );
    let mut values = values(&words, &between, indexed.as_ref());
    values.push(&limit);
    values.push(&offset);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(values.as_slice(), from_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many calls match.
pub fn count(db: &Connection, query: &str, chip: Chip, between: Between) -> StoreResult<u32> {
    let words = Words::of(query);
    if words.0.is_empty() {
        return Ok(0);
    }
    if words.are_indexed()
        && let Some(indexed) = index_query(db, &words)?
    {
        return count_indexed(db, &indexed, chip, between);
    }
    let indexed = selective(db, &words)?;
    if indexed.is_none() && (chip, between) == (Chip::All, EVER) {
        let sql = format!("SELECT count(*) FROM calls_folded AS f WHERE {}", have(&words, 1));
        return Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(&words.0), |row| row.get(0))?);
    }
    let sql = format!("SELECT count(*) {}", source(&words, chip, indexed.is_some()));
    let values = values(&words, &between, indexed.as_ref());
    let count = db.prepare_cached(&sql)?.query_row(values.as_slice(), |row| row.get(0))?;
    Ok(count)
}

/// By the index alone: what it finds for words of its length are exactly the texts that have them.
fn count_indexed(db: &Connection, indexed: &str, chip: Chip, between: Between) -> StoreResult<u32> {
    if (chip, between) == (Chip::All, EVER) {
        let mut statement = db.prepare_cached("SELECT count(*) FROM calls_search WHERE calls_search MATCH ?1")?;
        return Ok(statement.query_row([indexed], |row| row.get(0))?);
    }
    let sql = format!(
        "SELECT count(*) FROM calls_search AS s CROSS JOIN calls AS c ON c.row = s.rowid
         WHERE calls_search MATCH ?3 AND {} AND c.start_utc_ms >= ?1 AND c.start_utc_ms < ?2",
        chip.condition()
    );
    let values = (between.from_utc_ms, between.to_utc_ms, indexed);
    Ok(db.prepare_cached(&sql)?.query_row(values, |row| row.get(0))?)
}

/// Before so many calls may get another name: where they are many, the index stays as it is from now on, and calls are read
/// from the latest on, until [`catch_up`].
pub fn prepare_for(tx: &Transaction<'_>, calls: usize) -> StoreResult<()> {
    if calls >= search_index::MANY { fall_behind(tx) } else { Ok(()) }
}

/// As [`prepare_for`] with many.
pub fn fall_behind(tx: &Transaction<'_>) -> StoreResult<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO calls_index_behind (one) VALUES (1)")?.execute([])?;
    Ok(())
}

/// Makes the index anew if it is behind.
pub fn catch_up(tx: &Transaction<'_>) -> StoreResult<()> {
    if !is_behind(tx)? {
        return Ok(());
    }
    search_index::CALLS.made_anew(tx, || {
        tx.execute("DELETE FROM calls_index_behind", [])?;
        Ok(())
    })
}

fn is_behind(db: &Connection) -> StoreResult<bool> {
    Ok(db.prepare_cached("SELECT EXISTS (SELECT 1 FROM calls_index_behind)")?.query_row([], |row| row.get(0))?)
}

/// Whether a query looks for anything.
pub fn has_words(query: &str) -> bool {
    !Words::of(query).0.is_empty()
}

/// What the index is asked for the words that it can find; nothing while it is behind.
fn index_query(db: &Connection, words: &Words) -> StoreResult<Option<String>> {
    let Some(indexed) = words.indexed() else { return Ok(None) };
    Ok((!is_behind(db)?).then_some(indexed))
}

/// The index query, when it narrows the search down enough to be worth asking.
fn selective(db: &Connection, words: &Words) -> StoreResult<Option<String>> {
    let Some(indexed) = index_query(db, words)? else { return Ok(None) };
    let hits: i64 = db
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM calls_search WHERE calls_search MATCH ?1 LIMIT ?2)")?
        .query_row((&indexed, SCAN_ABOVE), |row| row.get(0))?;
    Ok((hits < SCAN_ABOVE).then_some(indexed))
}

/// That a call has all words, which are the parameters from `first` on.
fn have(words: &Words, first: usize) -> String {
    let each: Vec<String> = (first..first + words.0.len())
        .map(|place| {
            format!(
                "(instr(f.name, ?{place}) > 0 OR instr(f.company, ?{place}) > 0 OR instr(f.number, ?{place}) > 0
                  OR instr(f.note, ?{place}) > 0)"
            )
        })
        .collect();
    each.join(" AND ")
}

/// Parameters: 1 and 2 the stretch of time, 3 the index query or nothing, 4… the words.
fn source(words: &Words, chip: Chip, indexed: bool) -> String {
    // Without an index the latest calls are read first, so that a page is full soon.
    let from = if indexed {
        "FROM calls_search AS s JOIN calls_folded AS f ON f.row = s.rowid JOIN calls AS c ON c.row = f.row
         WHERE calls_search MATCH ?3"
    } else {
        "FROM calls AS c CROSS JOIN calls_folded AS f ON f.row = c.row WHERE ?3 IS NULL"
    };
    format!("{from} AND {} AND c.start_utc_ms >= ?1 AND c.start_utc_ms < ?2 AND {}", chip.condition(), have(words, 4))
}

fn values<'a>(words: &'a Words, between: &'a Between, indexed: Option<&'a String>) -> Vec<&'a dyn ToSql> {
    let mut values: Vec<&dyn ToSql> = vec![&between.from_utc_ms, &between.to_utc_ms];
    values.push(indexed.map_or(&rusqlite::types::Null as &dyn ToSql, |indexed| indexed as &dyn ToSql));
    values.extend(words.0.iter().map(|word| word as &dyn ToSql));
    values
}
