//! GROUP BY, HAVING and the aggregate functions.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::super::cell::Cell;
use super::super::records::{Database, Row};
use super::super::refusal::Refusal;
use super::super::schema::FieldType;
use super::binding::{Setting, resolve};
use super::filter::Binder;
use super::lexer::{malformed, refuse_at};
use super::path::{Bound, Scope, Source};
use super::plan::{Column, Grouping, Sort};
use super::syntax::{AggregateCall, Function, Item, Query, Subject};

/// Binds the grouped form of a query.
pub fn bind(setting: Setting<'_>, scope: Scope<'_>, query: &Query) -> Result<(Grouping, Vec<Sort>), Refusal> {
    let mut grouping = Grouping { keys: Vec::new(), columns: Vec::new(), shown: Vec::new(), having: None };
    for name in &query.group_by {
        let bound = resolve(scope, name)?;
        if !bound.groupable {
            let text = format!("field '{}' can not be grouped in a query call", bound.name);
            return Err(refuse_at(setting.source, name.at, "INVALID_FIELD", &text));
        }
        grouping.keys.push(bound);
    }
    let mut unnamed = 0;
    for item in &query.select {
        match item {
            Item::Field { name, alias } => {
                let bound = resolve(scope, name)?;
                let Some(key) = grouping.keys.iter().position(|key| key.is_same(&bound)) else {
                    let text = format!("Field must be grouped or aggregated: {}", bound.name);
                    return Err(malformed(setting.source, name.at, &text));
                };
                let shown = match alias {
                    Some((alias, _)) => alias.clone(),
                    None if name.function.is_some() => {
                        unnamed += 1;
                        format!("expr{}", unnamed - 1)
                    }
                    None => bound.name.rsplit('.').next().unwrap_or_default().to_owned(),
                };
                grouping.shown.push((shown, key));
            }
            Item::Aggregate { call, alias } => {
                let value = column(setting, scope, &mut grouping, call)?;
                let name = alias.clone().unwrap_or_else(|| {
                    unnamed += 1;
                    format!("expr{}", unnamed - 1)
                });
                grouping.shown.push((name, value));
            }
            _ => {
                return Err(malformed(
                    setting.source,
                    query.from.at,
                    "Grouped queries select fields and aggregates only",
                ));
            }
        }
    }
    if let Some(condition) = &query.having {
        let mut subject = |subject: &Subject| bound_subject(setting, scope, &mut grouping, subject);
        let mut join =
            |inner: &Query| Err(malformed(setting.source, inner.from.at, "no sub-query in the having clause"));
        let mut binder = Binder {
            source: setting.source,
            now: setting.now,
            zone: setting.zone,
            subject: &mut subject,
            join: &mut join,
        };
        let having = binder.bind(condition)?;
        grouping.having = Some(having);
    }
    let mut order = Vec::new();
    for entry in &query.order_by {
        let bound = bound_subject(setting, scope, &mut grouping, &entry.by)?;
        order.push(Sort { bound, descending: entry.descending, nulls_last: entry.nulls_last });
    }
    Ok((grouping, order))
}

/// Place of an aggregate among a group's values; made when it is not there yet.
fn column(
    setting: Setting<'_>,
    scope: Scope<'_>,
    grouping: &mut Grouping,
    call: &AggregateCall,
) -> Result<usize, Refusal> {
    let bound = resolve(scope, &call.field)?;
    let numeric = matches!(bound.kind, FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent);
    let possible = match call.function {
        Function::Count | Function::CountDistinct => bound.filterable && bound.kind != FieldType::Address,
        Function::Sum | Function::Average => numeric,
        Function::Least | Function::Greatest => bound.sortable && bound.kind != FieldType::Boolean,
    };
    if !possible {
        let text = format!("field {} does not support aggregate operator {}", bound.name, function_name(call.function));
        return Err(refuse_at(setting.source, call.at, "INVALID_FIELD", &text));
    }
    let there =
        grouping.columns.iter().position(|column| column.function == call.function && column.bound.is_same(&bound));
    let place = there.unwrap_or_else(|| {
        grouping.columns.push(Column { function: call.function, bound });
        grouping.columns.len() - 1
    });
    Ok(grouping.keys.len() + place)
}

fn function_name(function: Function) -> &'static str {
    match function {
        Function::Count => "COUNT",
        Function::CountDistinct => "COUNT_DISTINCT",
        Function::Sum => "SUM",
        Function::Average => "AVG",
        Function::Least => "MIN",
        Function::Greatest => "MAX",
    }
}

fn bound_subject(
    setting: Setting<'_>,
    scope: Scope<'_>,
    grouping: &mut Grouping,
    subject: &Subject,
) -> Result<Bound, Refusal> {
    match subject {
        Subject::Field(name) => {
            let bound = resolve(scope, name)?;
            let Some(key) = grouping.keys.iter().position(|key| key.is_same(&bound)) else {
                let text = format!("Ordered field must be grouped or aggregated: {}", bound.name);
                return Err(malformed(setting.source, name.at, &text));
            };
            Ok(Bound::column(key, bound.kind, bound.name))
        }
        Subject::Aggregate(call) => {
            let kind = match call.function {
                Function::Count | Function::CountDistinct => FieldType::Int,
                Function::Sum | Function::Average => FieldType::Double,
                Function::Least | Function::Greatest => resolve(scope, &call.field)?.kind,
            };
            let place = column(setting, scope, grouping, call)?;
            Ok(Bound::column(place, kind, function_name(call.function).to_owned()))
        }
    }
}

/// The groups of some rows: keys, then columns. Without GROUP BY there is one, even of no rows.
pub fn groups(database: &Database, grouping: &Grouping, rows: &[&Row]) -> Vec<Vec<Cell>> {
    let mut order: Vec<(Vec<Cell>, Vec<&Row>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    if grouping.keys.is_empty() {
        order.push((Vec::new(), rows.to_vec()));
    } else {
        for row in rows {
            let keys: Vec<Cell> = grouping.keys.iter().map(|key| key.reach(database, row).into_owned()).collect();
            let folded: String = keys.iter().map(|key| format!("{}\u{1f}", key.to_json()).to_lowercase()).collect();
            let place = *places.entry(folded).or_insert_with(|| {
                order.push((keys, Vec::new()));
                order.len() - 1
            });
            order[place].1.push(row);
        }
    }
    order
        .into_iter()
        .map(|(mut values, rows)| {
            values.extend(grouping.columns.iter().map(|column| aggregate(database, column, &rows)));
            values
        })
        .filter(|values| grouping.having.as_ref().is_none_or(|having| having.holds(&|bound| value(values, bound))))
        .collect()
}

/// A value of a group.
pub fn value<'a>(values: &'a [Cell], bound: &Bound) -> Cow<'a, Cell> {
    match bound.source {
        Source::Column(place) => values.get(place).map_or(Cow::Owned(Cell::Empty), Cow::Borrowed),
        _ => Cow::Owned(Cell::Empty),
    }
}

fn aggregate(database: &Database, column: &Column, rows: &[&Row]) -> Cell {
    let cells: Vec<Cell> =
        rows.iter().map(|row| column.bound.reach(database, row).into_owned()).filter(|cell| !cell.is_empty()).collect();
    let count = |number: usize| Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX));
    let numbers = || cells.iter().filter_map(Cell::as_number);
    match column.function {
        Function::Count => count(cells.len()),
        Function::CountDistinct => {
            let distinct: HashSet<String> =
                cells.iter().map(|cell| cell.to_json().to_string().to_lowercase()).collect();
            count(distinct.len())
        }
        _ if cells.is_empty() => Cell::Empty,
        Function::Sum => Cell::Real(numbers().sum()),
        #[expect(clippy::cast_precision_loss, reason = "a count of rows is far below 2^52")]
        Function::Average => Cell::Real(numbers().sum::<f64>() / cells.len() as f64),
        Function::Least => extreme(cells, Ordering::Less),
        Function::Greatest => extreme(cells, Ordering::Greater),
    }
}

fn extreme(cells: Vec<Cell>, wanted: Ordering) -> Cell {
    cells
        .into_iter()
        .reduce(|best, cell| if cell.compare(&best) == Some(wanted) { cell } else { best })
        .unwrap_or(Cell::Empty)
}
