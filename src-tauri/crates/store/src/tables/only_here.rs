//! What only this computer knows, row by row: for a file that another computer takes in.
//!
//! Each table is told once: by which columns a row is known, which others go with it, and which says when it was decided.
//! A row comes in where there is none or an older one; what is newer here stays. What can be found out again, what is
//! under way and what belongs to this computer is not in it.

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params_from_iter};
use serde_json::{Map, Value};

use super::calls;
use crate::error::{StoreError, StoreResult};

/// Longer texts are none that a person wrote here.
const MAX_TEXT: usize = 200_000;

/// A kind of knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnlyHere {
    /// Notes and dispositions of calls.
    CallNotes,
    /// Whose calls they are, as the user decided.
    CallLinks,
    /// Numbers that are always somebody's, or nobody's.
    NumberChoices,
    /// With whom meetings are.
    MeetingLinks,
    /// Who the guests of meetings were.
    GuestAnswers,
    /// What meetings are about.
    MeetingTopics,
    /// Meetings as they are begun again and again.
    MeetingTemplates,
    /// Webinars as they are begun again and again.
    WebinarTemplates,
    /// The webinar that one click registers for.
    PinnedWebinar,
    /// Why somebody was registered who wants no mail.
    RegistrationReasons,
}

/// What a row from elsewhere is to the one here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is none here.
    Fresh,
    /// The one here is older.
    Newer,
    /// The one here is the same, or newer: it stays.
    Stays,
    /// It is no row of this table.
    Unreadable,
}

struct Layout {
    table: &'static str,
    key: &'static [&'static str],
    columns: &'static [&'static str],
    when: &'static str,
    /// Which rows are the user's.
    own: &'static str,
}

impl OnlyHere {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::CallNotes,
        Self::CallLinks,
        Self::NumberChoices,
        Self::MeetingLinks,
        Self::GuestAnswers,
        Self::MeetingTopics,
        Self::MeetingTemplates,
        Self::WebinarTemplates,
        Self::PinnedWebinar,
        Self::RegistrationReasons,
    ];

    const fn layout(self) -> Layout {
        match self {
            Self::CallNotes => Layout {
                table: "call_notes",
                key: &["call_key"],
                columns: &["note", "disposition", "about_kind", "about_id", "about_name"],
                when: "updated_utc_ms",
                own: "1",
            },
            Self::CallLinks => Layout {
                table: "call_links",
                key: &["call_key"],
                columns: &["decision", "record_kind", "record_id", "record_name", "version", "reason_json"],
                when: "decided_utc_ms",
                own: "decision <> 'automatic'",
            },
            Self::NumberChoices => Layout {
                table: "number_choices",
                key: &["line", "extension"],
                columns: &["decision", "record_kind", "record_id", "record_name"],
                when: "decided_utc_ms",
                own: "1",
            },
            Self::MeetingLinks => Layout {
                table: "links",
                key: &["zoom_kind", "zoom_key", "record_id"],
                columns: &["id", "record_kind", "record_name", "basis", "reason"],
                when: "created_utc_ms",
                own: "1",
            },
            Self::GuestAnswers => Layout {
                table: "meeting_guests",
                key: &["meeting_key", "guest", "email"],
                columns: &["is_them"],
                when: "decided_utc_ms",
                own: "1",
            },
            Self::MeetingTopics => Layout {
                table: "meeting_topics",
                key: &["meeting_key"],
                columns: &["object", "record_id", "record_name"],
                when: "chosen_utc_ms",
                own: "1",
            },
            Self::MeetingTemplates => Layout {
                table: "meeting_templates",
                key: &["name"],
                columns: &["id", "version", "fields_json"],
                when: "kept_utc_ms",
                own: "1",
            },
            Self::WebinarTemplates => Layout {
                table: "webinar_templates",
                key: &["name"],
                columns: &["id", "version", "fields_json"],
                when: "kept_utc_ms",
                own: "1",
            },
            Self::PinnedWebinar => Layout {
                table: "pinned_webinar",
                key: &["one"],
                columns: &["webinar_key", "topic"],
                when: "pinned_utc_ms",
                own: "1",
            },
            Self::RegistrationReasons => Layout {
                table: "registration_reasons",
                key: &["id"],
                columns: &["webinar_key", "email", "record_id", "person_name", "reason"],
                when: "decided_utc_ms",
                own: "1",
            },
        }
    }
}

impl Layout {
    fn all(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.key.iter().chain(self.columns).copied().chain([self.when])
    }

    fn known_by(&self) -> String {
        let columns = self.key.iter().enumerate().map(|(at, column)| format!("{column} = ?{}", at + 1));
        columns.collect::<Vec<_>>().join(" AND ")
    }

    /// The values of a row in the order of the columns; none when one of them is no value of a table.
    fn values(&self, row: &Map<String, Value>) -> Option<Vec<Sql>> {
        self.all().map(|column| sql(row.get(column).unwrap_or(&Value::Null))).collect()
    }
}

/// The rows of a kind, each by the names of its columns.
pub fn rows(db: &Connection, kind: OnlyHere) -> StoreResult<Vec<Map<String, Value>>> {
    let layout = kind.layout();
    let columns: Vec<&str> = layout.all().collect();
    let (listed, order) = (columns.join(", "), layout.key.join(", "));
    let mut statement =
        db.prepare(&format!("SELECT {listed} FROM {} WHERE {} ORDER BY {order}", layout.table, layout.own))?;
    let read = statement.query_map([], |row| {
        let value = |(at, column): (usize, &&str)| Ok(((*column).to_owned(), json(row.get_ref(at)?)));
        columns.iter().enumerate().map(value).collect::<rusqlite::Result<Map<_, _>>>()
    })?;
    Ok(read.collect::<Result<_, _>>()?)
}

/// What a row would be to the one here.
pub fn standing(db: &Connection, kind: OnlyHere, row: &Map<String, Value>) -> StoreResult<Standing> {
    let layout = kind.layout();
    let (Some(values), Some(when)) = (layout.values(row), row.get(layout.when).and_then(Value::as_i64)) else {
        return Ok(Standing::Unreadable);
    };
    let key = &values[..layout.key.len()];
    if key.contains(&Sql::Null) {
        return Ok(Standing::Unreadable);
    }
    let sql = format!("SELECT {}, {} FROM {} WHERE {}", layout.when, layout.own, layout.table, layout.known_by());
    let here: Option<(i64, bool)> =
        db.prepare_cached(&sql)?.query_row(params_from_iter(key), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(match here {
        None => Standing::Fresh,
        // What a rule said gives way to what a person did.
        Some((_, false)) => Standing::Newer,
        Some((here, true)) if here < when => Standing::Newer,
        Some(_) => Standing::Stays,
    })
}

/// Takes a row in, where there is none or an older one; says which it was.
pub fn take(tx: &Transaction<'_>, kind: OnlyHere, row: &Map<String, Value>) -> StoreResult<Standing> {
    let found = standing(tx, kind, row)?;
    if !matches!(found, Standing::Fresh | Standing::Newer) {
        return Ok(found);
    }
    let layout = kind.layout();
    let Some(values) = layout.values(row) else { return Ok(Standing::Unreadable) };
    let columns: Vec<&str> = layout.all().collect();
    let sql = if found == Standing::Fresh {
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            layout.table,
            columns.join(", "),
            vec!["?"; columns.len()].join(", ")
        )
    } else {
        let set = columns.iter().enumerate().map(|(at, column)| format!("{column} = ?{}", at + 1));
        format!("UPDATE {} SET {} WHERE {}", layout.table, set.collect::<Vec<_>>().join(", "), layout.known_by())
    };
    match tx.prepare_cached(&sql)?.execute(params_from_iter(&values)).map_err(StoreError::from) {
        Ok(_) => {}
        // The schema says what a row may be; the others come in all the same.
        Err(StoreError::Constraint(_)) => return Ok(Standing::Unreadable),
        Err(error) => return Err(error),
    }
    let text = |column: &str| row.get(column).and_then(Value::as_str).unwrap_or_default();
    match kind {
        OnlyHere::CallNotes => calls::note(tx, text("call_key"), text("note"))?,
        OnlyHere::CallLinks => calls::match_again(tx, text("call_key"))?,
        _ => {}
    }
    Ok(found)
}

fn json(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        // None of these tables has other values.
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Null,
    }
}

fn sql(value: &Value) -> Option<Sql> {
    match value {
        Value::Null => Some(Sql::Null),
        Value::Number(number) => number.as_i64().map(Sql::Integer),
        Value::String(text) if text.len() <= MAX_TEXT => Some(Sql::Text(text.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Standing::{Fresh, Newer, Stays, Unreadable};
    use super::*;
    use crate::{MemoryVault, OpenOptions, ProfilePaths, Store};

    fn store(folder: &tempfile::TempDir) -> Store {
        let paths = ProfilePaths::new(folder.path().join("profile"));
        crate::open(&paths, &MemoryVault::new(), &OpenOptions { now_utc_ms: 0 }).unwrap()
    }

    /// Whoever adds a column says whether it goes along.
    #[test]
    fn every_column_goes_along_or_is_of_this_computer() {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let left = runtime.block_on(store(&folder).read(|db| {
            let mut left = BTreeSet::new();
            for layout in OnlyHere::ALL.map(OnlyHere::layout) {
                let told: BTreeSet<&str> = layout.all().collect();
                let mut statement = db.prepare(&format!("SELECT name FROM pragma_table_info('{}')", layout.table))?;
                let there = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
                assert!(told.iter().all(|column| there.iter().any(|name| name == column)), "{}", layout.table);
                left.extend(there.into_iter().filter(|name| !told.contains(name.as_str())));
            }
            Ok(left)
        }));
        // The run of matching that came later than a call is this computer's.
        assert_eq!(left.unwrap(), BTreeSet::from(["run_id".to_owned()]));
    }

    fn choice(line: &str, name: &str, when: i64) -> Map<String, Value> {
        let row = serde_json::json!({ "line": line, "extension": "", "decision": "always", "record_kind": "Lead",
            "record_id": "00Q", "record_name": name, "decided_utc_ms": when });
        row.as_object().cloned().unwrap()
    }

    #[tokio::test]
    async fn a_row_comes_where_there_is_none_or_an_older_one_and_a_bad_one_stops_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        let taken = store
            .write(|tx| {
                let mut odd = choice("+31", "x", 1);
                odd.insert("decision".to_owned(), "sometimes".into());
                let mut lost = choice("+32", "x", 1);
                lost.remove("decided_utc_ms");
                let mut deep = choice("+33", "x", 1);
                deep.insert("record_name".to_owned(), serde_json::json!(["a"]));
                let all = [
                    choice("+31201", "first", 10),
                    choice("+31201", "older", 9),
                    choice("+31201", "same time", 10),
                    odd,
                    lost,
                    deep,
                    choice("+31201", "newer", 11),
                ];
                let mut taken = Vec::new();
                for row in &all {
                    let told = standing(tx, OnlyHere::NumberChoices, row)?;
                    taken.push((told, take(tx, OnlyHere::NumberChoices, row)?));
                }
                Ok((taken, rows(tx, OnlyHere::NumberChoices)?))
            })
            .await
            .unwrap();
        let outcomes: Vec<_> = taken.0.iter().map(|(_, taken)| *taken).collect();
        assert_eq!(outcomes, [Fresh, Stays, Stays, Unreadable, Unreadable, Unreadable, Newer]);
        // What would come of it was told rightly, but for what only the schema knows.
        assert!(taken.0.iter().all(|(told, taken)| told == taken || *taken == Unreadable));
        assert_eq!(taken.1, [choice("+31201", "newer", 11)]);
    }

    #[tokio::test]
    async fn what_a_rule_said_gives_way_and_does_not_go_along() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        let link = |decision: &str, when: i64| {
            let row = serde_json::json!({ "call_key": "c1", "decision": decision, "record_kind": "Lead", "record_id": "00Q",
                "record_name": "Ada", "version": 1, "reason_json": "{}", "decided_utc_ms": when });
            row.as_object().cloned().unwrap()
        };
        let (rule, own) = (link("automatic", 99), link("chosen", 5));
        let (told, left) = store
            .write(move |tx| {
                assert_eq!(take(tx, OnlyHere::CallLinks, &rule)?, Standing::Fresh);
                assert!(rows(tx, OnlyHere::CallLinks)?.is_empty());
                Ok((take(tx, OnlyHere::CallLinks, &own)?, rows(tx, OnlyHere::CallLinks)?))
            })
            .await
            .unwrap();
        assert_eq!((told, left), (Standing::Newer, vec![link("chosen", 5)]));
    }
}
