//! Search over meetings: every word of the query, anywhere in the topic, in the names and addresses of
//! whoever is invited, or in the name, company and address of the Leads and Contacts they are.
//!
//! Without an index of its own: it reads meetings in the order in which they are wanted and stops at
//! the limit, so it looks at many only when few fit. Whether any person fits at all is asked first; the
//! people of each meeting are looked up only then.

use rusqlite::{Connection, Params};

use super::columns::Json;
use super::folding::fold;
use super::meetings::{self, Invitee, MeetingRecord};
use crate::error::StoreResult;

/// Words beyond these are not looked at; nobody types more.
const MOST_WORDS: usize = 8;
const LONGEST_QUERY: usize = 200;
/// The shortest word that the index of people can find.
const INDEXED_LENGTH: usize = 3;

/// What is known of the people of a meeting, folded already: as invited ones, and as linked ones.
const PEOPLE: &str = "
    (SELECT group_concat(f.name || ' ' || f.company || ' ' || f.email, ' ')
     FROM json_each(coalesce(m.invitees_json, '[]')) AS i
     JOIN people_emails AS e ON e.email = lower(trim(json_extract(i.value, '$.email')))
     JOIN people_folded AS f ON f.row = e.row),
    (SELECT group_concat(f.name || ' ' || f.company || ' ' || f.email, ' ')
     FROM links AS l
     JOIN people AS p ON p.salesforce_id = l.record_id
     JOIN people_folded AS f ON f.row = p.row
     WHERE l.zoom_kind = 'meeting' AND l.zoom_key = m.key)";

/// The meetings that match all words and began at or after `back_utc_ms`: what runs or is to come,
/// soonest first, then what is over, latest first. Removed meetings are not found. A query without
/// words finds nothing.
pub fn search_meetings(
    db: &Connection,
    query: &str,
    now_utc_ms: i64,
    back_utc_ms: i64,
    limit: usize,
) -> StoreResult<Vec<MeetingRecord>> {
    let folded: String = fold(query).chars().take(LONGEST_QUERY).collect();
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let mut keys = Vec::new();
    if !words.is_empty() {
        let people = if anybody_fits(db, &words)? { PEOPLE } else { "NULL, NULL" };
        let coming = format!(
            "SELECT m.key, m.topic, m.invitees_json, {people} FROM zoom_meetings AS m
             WHERE m.gone_utc_ms IS NULL AND m.start_utc_ms >= ?2 AND m.start_utc_ms + m.minutes * 60000 > ?1
             ORDER BY m.start_utc_ms, m.key"
        );
        matching(db, &coming, (now_utc_ms, back_utc_ms), &words, limit, &mut keys)?;
        let over = format!(
            "SELECT m.key, m.topic, m.invitees_json, {people} FROM zoom_meetings AS m
             WHERE m.gone_utc_ms IS NULL AND m.start_utc_ms >= ?2 AND m.start_utc_ms + m.minutes * 60000 <= ?1
             ORDER BY m.start_utc_ms DESC, m.key"
        );
        matching(db, &over, (now_utc_ms, back_utc_ms), &words, limit, &mut keys)?;
    }
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        found.extend(meetings::meeting(db, &key)?);
    }
    Ok(found)
}

/// Who was there, as Zoom told.
const CAME: &str = "
    (SELECT group_concat(coalesce(s.name, '') || ' ' || coalesce(s.email, ''), ' ')
     FROM meeting_instances AS i JOIN meeting_sessions AS s ON s.uuid = i.uuid WHERE i.meeting_key = m.key)";

/// The keys of meetings that are over and match all words, the latest first: also by the names and addresses of those who
/// came. Without words all of them.
pub fn search_past(db: &Connection, query: &str, now_utc_ms: i64, limit: usize) -> StoreResult<Vec<String>> {
    let folded: String = fold(query).chars().take(LONGEST_QUERY).collect();
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let people = if !words.is_empty() && anybody_fits(db, &words)? { PEOPLE } else { "NULL, NULL" };
    let came = if words.is_empty() { "NULL" } else { CAME };
    let over = format!(
        "SELECT m.key, m.topic, m.invitees_json, {people}, {came} FROM zoom_meetings AS m
         WHERE m.gone_utc_ms IS NULL AND m.start_utc_ms < ?1 AND m.start_utc_ms + m.minutes * 60000 <= ?1
         ORDER BY m.start_utc_ms DESC, m.key"
    );
    let mut keys = Vec::new();
    matching(db, &over, [now_utc_ms], &words, limit, &mut keys)?;
    Ok(keys)
}

/// A page of the keys of meetings that are over, the latest first, and how many there are.
pub fn past(db: &Connection, now_utc_ms: i64, offset: u32, limit: u32) -> StoreResult<(Vec<String>, u32)> {
    const OVER: &str = "FROM zoom_meetings
         WHERE gone_utc_ms IS NULL AND start_utc_ms < ?1 AND start_utc_ms + minutes * 60000 <= ?1";
    let mut statement =
        db.prepare_cached(&format!("SELECT key {OVER} ORDER BY start_utc_ms DESC, key LIMIT ?2 OFFSET ?3"))?;
    let keys = statement.query_map((now_utc_ms, limit, offset), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let total = db.prepare_cached(&format!("SELECT count(*) {OVER}"))?.query_row([now_utc_ms], |row| row.get(0))?;
    Ok((keys, total))
}

/// Whether a Lead or Contact has one of the words. Words too short for the index are taken to fit.
fn anybody_fits(db: &Connection, words: &[&str]) -> StoreResult<bool> {
    let mut statement = db.prepare_cached("SELECT 1 FROM people_search WHERE people_search MATCH ?1 LIMIT 1")?;
    for word in words {
        let quoted = format!("\"{}\"", word.replace('"', "\"\""));
        if word.chars().count() < INDEXED_LENGTH || statement.exists([quoted])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Adds the keys that match, until there are `limit` of them.
fn matching(
    db: &Connection,
    sql: &str,
    params: impl Params,
    words: &[&str],
    limit: usize,
    keys: &mut Vec<String>,
) -> StoreResult<()> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while keys.len() < limit {
        let Some(row) = rows.next()? else { break };
        let mut text = fold(&row.get::<_, String>(1)?);
        for invitee in row.get::<_, Json<Option<Vec<Invitee>>>>(2)?.0.unwrap_or_default() {
            text.push(' ');
            text.push_str(&fold(&format!("{} {}", invitee.name.unwrap_or_default(), invitee.email)));
        }
        for known in [row.get::<_, Option<String>>(3)?, row.get::<_, Option<String>>(4)?].into_iter().flatten() {
            text.push(' ');
            text.push_str(&known);
        }
        // Only what is over has it.
        if row.as_ref().column_count() > 5
            && let Some(came) = row.get::<_, Option<String>>(5)?
        {
            text.push(' ');
            text.push_str(&fold(&came));
        }
        if words.iter().all(|word| text.contains(word)) {
            keys.push(row.get(0)?);
        }
    }
    Ok(())
}
