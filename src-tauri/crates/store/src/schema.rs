//! The schema and its history. `migrations/` is append-only: a file that was released is never
//! edited, because a database out there has it behind it.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::OpenError;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../migrations/0001_create_schema.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0002_follow_people.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0003_note_when_details_were_read.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0004_one_outbox_for_every_write.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0005_groups_jobs_and_pages.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0006_keep_calls.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0007_note_what_lists_told.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0008_note_tasks_of_calls.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0009_know_the_lines_of_accounts.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0010_keep_webinars.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0011_list_people.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0012_find_registrations_by_address.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0013_keep_what_webinars_leave.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0014_keep_what_became_of_meetings.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0016_keep_what_events_say.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0017_note_whom_zoom_calls_absent.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0018_know_what_else_is_planned.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0020_know_what_zoom_says_of_the_user.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0021_keep_options_templates_and_topics.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0022_keep_the_rules_of_series.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0023_let_a_search_fall_behind.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0024_count_calls_by_clocks.sql")).foreign_key_check(),
    M::up(include_str!("../migrations/0025_know_open_opportunities.sql")).foreign_key_check(),
];

/// The newest schema this program knows.
#[expect(clippy::cast_possible_truncation, reason = "the number of files in a folder of this crate")]
pub(crate) const KNOWN: u32 = STEPS.len() as u32;

/// The schema of an open database. The first statement that reads, so a wrong key or a damaged
/// first page shows here.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Refuses a schema from the future, which must not be read, let alone changed.
pub(crate) fn refuse_newer(connection: &Connection) -> Result<(), OpenError> {
    let found = version(connection)?;
    if found > KNOWN {
        return Err(OpenError::NewerVersion { found, known: KNOWN });
    }
    Ok(())
}

/// Brings the database to [`KNOWN`] in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    Migrations::from_slice(STEPS).to_latest(connection)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use liaison_domain::{Provider, RecordKind};
    use rusqlite_migration::Migrations;

    use super::*;
    use crate::connection;
    use crate::tables::mirror;
    use crate::tables::people::{GonePerson, PersonRecord, remove_people, upsert_page};

    /// An unencrypted database, so that its raw bytes say something.
    #[expect(clippy::disallowed_methods, reason = "a test that looks at raw pages needs them in clear")]
    fn in_clear(path: &Path) -> Connection {
        let connection = Connection::open(path).unwrap();
        connection::prepare(&connection).unwrap();
        connection
    }

    fn dump(connection: &Connection) -> Vec<String> {
        let mut statement =
            connection.prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY type, name").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn migrations_are_valid() {
        Migrations::from_slice(STEPS).validate().unwrap();
    }

    #[test]
    fn an_upgraded_database_equals_a_fresh_one() {
        let dir = tempfile::tempdir().unwrap();
        let mut fresh = in_clear(&dir.path().join("fresh.db"));
        migrate(&mut fresh).unwrap();
        assert_eq!(version(&fresh).unwrap(), KNOWN);
        for start in 0..=STEPS.len() {
            let path = dir.path().join(format!("{start}.db"));
            let mut old = in_clear(&path);
            Migrations::from_slice(STEPS).to_version(&mut old, start).unwrap();
            drop(old);
            let mut upgraded = in_clear(&path);
            migrate(&mut upgraded).unwrap();
            assert_eq!(dump(&upgraded), dump(&fresh), "upgraded from {start}");
        }
    }

    #[test]
    fn a_migration_that_fails_leaves_the_old_schema() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = in_clear(&dir.path().join("one.db"));
        migrate(&mut connection).unwrap();
        let before = dump(&connection);
        let mut steps = STEPS.to_vec();
        steps.push(M::up("CREATE TABLE half (x); CREATE TABLE half (x);"));
        let outcome = Migrations::new(steps).to_latest(&mut connection);
        assert!(outcome.is_err());
        assert_eq!(dump(&connection), before);
        assert_eq!(version(&connection).unwrap(), KNOWN);
    }

    #[test]
    fn deleted_people_of_the_first_version_go_with_the_second() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = in_clear(&dir.path().join("one.db"));
        Migrations::from_slice(STEPS).to_version(&mut connection, 1).unwrap();
        let person = |id: &str, deleted: u8| {
            format!(
                "INSERT INTO people (id, record, salesforce_id, name, email, email_folded, phones_json, email_opt_out,
                    do_not_call, stamp_utc_ms, deleted)
                 VALUES ('Lead:{id}', 'Lead', '{id}', 'Ada', 'A@b.example', 'a@b.example', '[]', 0, 0, 1, {deleted});"
            )
        };
        let rows = [person("live", 0), person("gone", 1), person("linked", 1)].concat();
        connection.execute_batch(&rows).unwrap();
        connection
            .execute_batch(
                "INSERT INTO links VALUES ('1', 'meeting', 'm', 'Lead', 'linked', 'Ada', 'intent', 'scheduled', 1);
                 INSERT INTO cursors VALUES ('salesforce.leads', '1770000000000 00Q', 5, 6);",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        let told = |sql: &str| -> Vec<String> {
            let mut statement = connection.prepare(sql).unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        assert_eq!(
            told("SELECT id || coalesce(email, '') FROM people ORDER BY id"),
            ["Lead:linked", "Lead:liveA@b.example"]
        );
        assert_eq!(told("SELECT email FROM people_emails"), ["a@b.example"]);
        // The whole copy is pulled again; what was deleted, from where it had come.
        assert_eq!(
            told("SELECT name || ' ' || value || ' ' || coalesce(complete_utc_ms, '') FROM cursors ORDER BY name"),
            ["salesforce.leads  5", "salesforce.leads.gone 1770000000000 00Q "]
        );
    }

    fn canary() -> PersonRecord {
        PersonRecord {
            id: "Lead:00Q000000000001AAA".to_owned(),
            record: RecordKind::Lead,
            salesforce_id: "00Q000000000001AAA".to_owned(),
            first_name: None,
            last_name: None,
            name: "XQZJVK Wyvern".to_owned(),
            company: None,
            account_id: None,
            title: None,
            email: None,
            more_emails: Vec::new(),
            phones: Vec::new(),
            status: None,
            owner_id: None,
            owner_name: None,
            person_account: false,
            activity_day: None,
            email_opt_out: false,
            do_not_call: false,
            converted_to: None,
            merged_into: None,
            stamp_utc_ms: 1,
            field_hash: String::new(),
            deleted: false,
        }
    }

    fn other(number: usize) -> PersonRecord {
        PersonRecord {
            id: format!("Lead:{number}"),
            salesforce_id: number.to_string(),
            name: format!("Anna Berg {number}"),
            ..canary()
        }
    }

    fn raw_contains(path: &Path, needle: &str) -> bool {
        let bytes = fs::read(path).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
    }

    /// A deleted person's words must leave the search index too; by default FTS5 only notes that
    /// they are gone.
    #[test]
    fn deleting_people_leaves_no_trace_in_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.db");
        let mut connection = in_clear(&path);
        migrate(&mut connection).unwrap();
        let mut page: Vec<PersonRecord> = (0..200).map(other).collect();
        page.insert(100, canary());
        let tx = connection.transaction().unwrap();
        upsert_page(&tx, &page).unwrap();
        tx.commit().unwrap();
        for needle in ["qzj", "xqzjvk wyvern", "XQZJVK Wyvern"] {
            assert!(raw_contains(&path, needle), "{needle} was never there");
        }

        let tx = connection.transaction().unwrap();
        remove_people(&tx, &[GonePerson { id: canary().id, merged_into: None }]).unwrap();
        tx.commit().unwrap();
        for needle in ["qzj", "zjv", "xqzjvk", "XQZJVK", "Wyvern"] {
            assert!(!raw_contains(&path, needle), "{needle} is still there");
        }

        let tx = connection.transaction().unwrap();
        mirror::erase(&tx, Provider::Salesforce).unwrap();
        tx.commit().unwrap();
        drop(connection);
        for needle in ["XQZJVK", "Wyvern", "Anna Berg", "anna berg"] {
            assert!(!raw_contains(&path, needle), "{needle} is still there");
        }
    }
}
