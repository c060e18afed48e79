//! Runs a plan: which rows, in which order.

use std::cmp::Ordering;

use super::super::cell::Cell;
use super::super::ids::RecordId;
use super::super::records::{Database, Row};
use super::plan::{Plan, Sort};

/// The rows of a plan, sorted and cut.
pub fn rows<'a>(database: &'a Database, plan: &Plan, user: RecordId, all: bool) -> Vec<&'a Row> {
    let found = matching(database, plan, user, all);
    cut(sorted(database, found, &plan.order), plan)
}

/// The rows that the conditions hold for, oldest first.
pub fn matching<'a>(database: &'a Database, plan: &Plan, user: RecordId, all: bool) -> Vec<&'a Row> {
    let Some(object) = database.object(plan.object) else { return Vec::new() };
    database
        .rows(plan.object)
        .filter(|row| all || !(row.deleted || row.named(object, "IsArchived").is_true()))
        .filter(|row| !plan.mine || row.named(object, "OwnerId").as_id() == Some(user))
        .filter(|row| plan.filter.as_ref().is_none_or(|filter| filter.holds(&|bound| bound.reach(database, row))))
        .collect()
}

pub fn sorted<'a>(database: &Database, rows: Vec<&'a Row>, order: &[Sort]) -> Vec<&'a Row> {
    if order.is_empty() {
        return rows;
    }
    let mut keyed: Vec<(Vec<Cell>, &Row)> = rows
        .into_iter()
        .map(|row| (order.iter().map(|sort| sort.bound.reach(database, row).into_owned()).collect(), row))
        .collect();
    keyed.sort_by(|(a, _), (b, _)| compare_keys(a, b, order));
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// Compares two lists of sort keys.
pub fn compare_keys(a: &[Cell], b: &[Cell], order: &[Sort]) -> Ordering {
    for ((a, b), sort) in a.iter().zip(b).zip(order) {
        let ordering = match (a.is_empty(), b.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) if sort.nulls_last => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, true) if sort.nulls_last => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                let ordering = a.compare(b).unwrap_or(Ordering::Equal);
                if sort.descending { ordering.reverse() } else { ordering }
            }
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}

/// OFFSET and LIMIT.
pub fn cut<T>(mut rows: Vec<T>, plan: &Plan) -> Vec<T> {
    let offset = plan.offset.min(rows.len());
    rows.drain(..offset);
    if let Some(limit) = plan.limit {
        rows.truncate(limit);
    }
    rows
}
