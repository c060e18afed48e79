//! When there was, and will be, something with everybody: from the meetings that they were asked to or that are linked
//! with them, and from calls. Kept in `people_listed`, for lists are put in order by it; `people_times` says until when
//! it holds. And what there is with one person, as a timeline.
//!
//! An address that several people share is everybody's who has it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Transaction, named_params};

use crate::error::StoreResult;

/// No meeting begins that late.
const NEVER: i64 = i64::MAX;

/// All meetings and calls of everybody: the row of the person and when it began.
const EVERYTHING: &str = "
    SELECT e.row AS row, m.start_utc_ms AS at
    FROM meeting_addresses AS a
    CROSS JOIN zoom_meetings AS m ON m.key = a.key AND m.gone_utc_ms IS NULL AND m.start_utc_ms IS NOT NULL
    CROSS JOIN people_emails AS e ON e.email = a.email
    UNION ALL
    SELECT p.row, m.start_utc_ms
    FROM links AS l
    CROSS JOIN zoom_meetings AS m ON m.key = l.zoom_key AND m.gone_utc_ms IS NULL AND m.start_utc_ms IS NOT NULL
    CROSS JOIN people AS p ON p.salesforce_id = l.record_id
    WHERE l.zoom_kind = 'meeting'
    UNION ALL
    SELECT p.row, c.at
    FROM (SELECT record_id, max(start_utc_ms) AS at FROM calls WHERE record_id IS NOT NULL GROUP BY record_id) AS c
    CROSS JOIN people AS p ON p.salesforce_id = c.record_id";

/// Whether the times have to be worked out anew before anybody is listed.
pub fn is_stale(db: &Connection, now_utc_ms: i64) -> StoreResult<bool> {
    let until: Option<i64> = db
        .prepare_cached("SELECT until_utc_ms FROM people_times WHERE stale = 0")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(until.is_none_or(|until| until <= now_utc_ms))
}

/// Works the times of everybody out, and writes those that are others than before.
pub fn refresh(tx: &Transaction<'_>, now_utc_ms: i64) -> StoreResult<()> {
    let mut wanted: HashMap<i64, (i64, i64)> = HashMap::new();
    let mut until = NEVER;
    let sql = format!(
        "SELECT row, coalesce(max(CASE WHEN at <= ?1 THEN at END), 0),
            coalesce(min(CASE WHEN at > ?1 THEN at END), {NEVER})
         FROM ({EVERYTHING}) GROUP BY row"
    );
    let mut everything = tx.prepare_cached(&sql)?;
    let mut rows = everything.query([now_utc_ms])?;
    while let Some(row) = rows.next()? {
        let times: (i64, i64) = (row.get(1)?, row.get(2)?);
        until = until.min(times.1);
        wanted.insert(row.get(0)?, times);
    }
    let mut known = tx.prepare_cached(
        "SELECT row, own_utc_ms, next_utc_ms FROM people_listed INDEXED BY people_listed_with_times
         WHERE own_utc_ms <> 0 OR next_utc_ms <> 9223372036854775807",
    )?;
    let mut over = Vec::new();
    let mut rows = known.query([])?;
    while let Some(row) = rows.next()? {
        let (row, times): (i64, (i64, i64)) = (row.get(0)?, (row.get(1)?, row.get(2)?));
        match wanted.get(&row) {
            Some(same) if *same == times => drop(wanted.remove(&row)),
            Some(_) => {}
            None => over.push(row),
        }
    }
    let mut write = tx.prepare_cached("UPDATE people_listed SET own_utc_ms = ?2, next_utc_ms = ?3 WHERE row = ?1")?;
    for row in over {
        write.execute((row, 0, NEVER))?;
    }
    for (row, (own, next)) in wanted {
        write.execute((row, own, next))?;
    }
    tx.execute("INSERT OR REPLACE INTO people_times (one, stale, until_utc_ms) VALUES (1, 0, ?1)", [until])?;
    Ok(())
}

/// Nobody was met, for meetings and calls were erased; when there are some again, the times are worked out anew.
pub(super) fn forget(tx: &Transaction<'_>) -> StoreResult<()> {
    tx.execute(
        "UPDATE people_listed SET own_utc_ms = 0, next_utc_ms = 9223372036854775807
         WHERE own_utc_ms <> 0 OR next_utc_ms <> 9223372036854775807",
        [],
    )?;
    tx.execute("UPDATE people_times SET stale = 1", [])?;
    Ok(())
}

/// Something with a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occasion {
    /// A meeting: its key.
    Meeting(String),
    /// A call: its key.
    Call(String),
    /// A webinar that they registered for, or that the user saw them at: its key, and when it was held last or begins.
    Webinar(String, i64),
}

impl Occasion {
    /// The key of a meeting.
    pub fn meeting(&self) -> Option<&str> {
        match self {
            Self::Meeting(key) => Some(key),
            Self::Call(_) | Self::Webinar(..) => None,
        }
    }

    /// The key of a call.
    pub fn call(&self) -> Option<&str> {
        match self {
            Self::Call(key) => Some(key),
            Self::Meeting(_) | Self::Webinar(..) => None,
        }
    }
}

/// What there was and will be with somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// A page of it, what is farthest ahead first.
    pub occasions: Vec<Occasion>,
    /// How much there is.
    pub total: u32,
    /// How much of it is to come.
    pub coming: u32,
}

/// All meetings of one person.
const MEETINGS: &str = "
    SELECT 0 AS kind, m.key AS key, m.start_utc_ms AS at FROM zoom_meetings AS m
    WHERE m.gone_utc_ms IS NULL AND m.start_utc_ms IS NOT NULL AND m.key IN (
        SELECT a.key FROM people AS p
        JOIN people_emails AS e ON e.row = p.row JOIN meeting_addresses AS a ON a.email = e.email
        WHERE p.id = :id
        UNION SELECT l.zoom_key FROM people AS p JOIN links AS l ON l.record_id = p.salesforce_id
        WHERE p.id = :id AND l.zoom_kind = 'meeting')";

/// All calls and webinars of one person.
const CALLS_AND_WEBINARS: &str = "
    SELECT 1, c.key, c.start_utc_ms FROM people AS p JOIN calls AS c ON c.record_id = p.salesforce_id
    WHERE p.id = :id
    UNION ALL
    SELECT 2, key, at FROM (
        SELECT w.key AS key, coalesce(
            (SELECT max(i.started_utc_ms) FROM webinar_instances AS i WHERE i.webinar_key = w.key), w.start_utc_ms,
            (SELECT min(d.start_utc_ms) FROM webinar_dates AS d WHERE d.webinar_key = w.key)) AS at
        FROM webinars AS w WHERE w.key IN (
            SELECT r.webinar_key FROM people AS p
            CROSS JOIN people_emails AS e ON e.row = p.row
            CROSS JOIN webinar_registrants AS r ON r.email_folded = e.email
            WHERE p.id = :id
            UNION SELECT substr(l.zoom_key, 1, instr(l.zoom_key, ':') - 1)
            FROM people AS p JOIN links AS l ON l.record_id = p.salesforce_id
            WHERE p.id = :id AND l.zoom_kind = 'attendee'))
    WHERE at IS NOT NULL";

/// What there was and will be with a person, whose id is as in [`super::people::PersonRecord::id`].
pub fn timeline(db: &Connection, id: &str, now_utc_ms: i64, offset: u32, limit: u32) -> StoreResult<Timeline> {
    let of_person = format!("{MEETINGS} UNION ALL {CALLS_AND_WEBINARS}");
    let sql = format!("SELECT kind, key, at FROM ({of_person}) ORDER BY at DESC, key LIMIT :limit OFFSET :offset");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":id": id, ":limit": limit, ":offset": offset }, |row| {
        let key = row.get(1)?;
        Ok(match row.get(0)? {
            0 => Occasion::Meeting(key),
            1 => Occasion::Call(key),
            _ => Occasion::Webinar(key, row.get(2)?),
        })
    })?;
    let occasions = rows.collect::<Result<_, _>>()?;
    let sql = format!("SELECT count(*), count(CASE WHEN at > :now THEN 1 END) FROM ({of_person})");
    let (total, coming) = db
        .prepare_cached(&sql)?
        .query_row(named_params! { ":id": id, ":now": now_utc_ms }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Timeline { occasions, total, coming })
}

/// The keys of the next meetings with a person and of the latest ones, what is farthest ahead first.
pub fn meetings_around(db: &Connection, id: &str, now_utc_ms: i64, next: u32, latest: u32) -> StoreResult<Vec<String>> {
    let sql = format!(
        "WITH own AS ({MEETINGS})
         SELECT key FROM (
             SELECT * FROM (SELECT key, at FROM own WHERE at > :now ORDER BY at, key LIMIT :next)
             UNION ALL
             SELECT * FROM (SELECT key, at FROM own WHERE at <= :now ORDER BY at DESC, key LIMIT :latest))
         ORDER BY at DESC, key"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let keys = statement
        .query_map(named_params! { ":id": id, ":now": now_utc_ms, ":next": next, ":latest": latest }, |row| {
            row.get(0)
        })?;
    Ok(keys.collect::<Result<_, _>>()?)
}
