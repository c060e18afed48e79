//! Activities that ended more than a year ago are archived: `/query` leaves them out.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::cell::Cell;
use super::super::schema::Object;
use super::database::Database;
use super::row::Row;

const ARCHIVE_DAYS: i64 = 365;

/// Sets the flag of one activity.
pub fn mark(object: &Object, row: &mut Row, now: DateTime<Utc>) {
    let horizon = now - TimeDelta::days(ARCHIVE_DAYS);
    let archived = match object.name() {
        "Event" => row.named(object, "EndDateTime").as_moment().is_some_and(|end| end < horizon),
        "Task" => {
            let due = row.named(object, "ActivityDate").as_day();
            row.named(object, "IsClosed").is_true() && due.is_some_and(|due| due < horizon.date_naive())
        }
        _ => false,
    };
    row.set_named(object, "IsArchived", Cell::Flag(archived));
}

/// What the platform does every night; nobody has edited the rows, so their stamps stay.
pub fn sweep(database: &mut Database, now: DateTime<Utc>) {
    if database.archived_on == Some(now.date_naive()) {
        return;
    }
    database.archived_on = Some(now.date_naive());
    let schema = std::sync::Arc::clone(&database.schema);
    for object in ["Event", "Task"].into_iter().filter_map(|name| schema.object(name)) {
        let rows: Vec<Row> = database.rows(object.name()).cloned().collect();
        for mut row in rows {
            let before = row.named(object, "IsArchived").is_true();
            mark(object, &mut row, now);
            if row.named(object, "IsArchived").is_true() != before {
                database.seed(object.name(), row);
            }
        }
    }
}
