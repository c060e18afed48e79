//! `/query?explain=…`: how a query would be run (REST API guide, "Get Feedback on Query Performance").
//! The shape and the choice between index and scan are Salesforce's; its optimiser is not public, so
//! the costs are the documented thresholds and nothing finer.

use serde_json::{Value, json};

use super::super::ids::RecordId;
use super::super::records::Database;
use super::super::schema::{Field, FieldType, Object};
use super::filter::Filter;
use super::path::{Bound, Source};
use super::plan::Plan;
use super::syntax::{Operator, Wildcard};

/// Part of an object's rows up to which an index pays off: of a standard one and of a custom one.
const STANDARD_THRESHOLD: f64 = 0.3;
const CUSTOM_THRESHOLD: f64 = 0.1;

const UNINDEXED: &str = "Not considering filter for optimization because unindexed";
const NOT_SELECTIVE: &str = "Not considering filter for optimization because operator is not optimizable";

/// The plans, the cheapest first.
pub fn plans(database: &Database, plan: &Plan, source: &str, user: RecordId, all: bool) -> Value {
    let Some(object) = database.object(plan.object) else { return json!({ "plans": [] }) };
    let live = database.rows(plan.object).filter(|row| all || !row.deleted);
    let total = live.count();
    let mut notes = Vec::new();
    let mut found = Vec::new();
    for filter in conjuncts(plan.filter.as_ref()) {
        match index_of(object, filter) {
            Verdict::Index(field) => {
                let rows = database.rows(plan.object).filter(|row| all || !row.deleted);
                let held = rows.filter(|row| filter.holds(&|bound| bound.reach(database, row))).count();
                let threshold = if field.custom { CUSTOM_THRESHOLD } else { STANDARD_THRESHOLD };
                found.push(("Index", held, json!([field.name]), cost(held, total, threshold)));
            }
            Verdict::Not(description, names) => notes.push(note(description, &names, plan.object)),
        }
    }
    if !all {
        notes.push(note(UNINDEXED, &["IsDeleted".to_owned()], plan.object));
    }
    if plan.mine {
        let owned = database.rows(plan.object).filter(|row| row.named(object, "OwnerId").as_id() == Some(user));
        let owned = owned.count();
        found.push(("Sharing", owned, json!([]), cost(owned, total, STANDARD_THRESHOLD)));
    }
    found.push(("TableScan", total, json!([]), cost(total, total, STANDARD_THRESHOLD)));
    found.sort_by(|(.., a), (.., b)| a.total_cmp(b));
    let plans = found.into_iter().map(|(operation, cardinality, fields, cost)| {
        json!({
            "cardinality": cardinality,
            "fields": fields,
            "leadingOperationType": operation,
            "notes": notes,
            "relativeCost": cost,
            "sobjectCardinality": total,
            "sobjectType": plan.object,
        })
    });
    json!({ "plans": plans.collect::<Vec<_>>(), "sourceQuery": source })
}

fn note(description: &str, fields: &[String], table: &str) -> Value {
    json!({ "description": description, "fields": fields, "tableEnumOrId": table })
}

#[expect(clippy::cast_precision_loss, reason = "an estimate of rows in memory")]
fn cost(rows: usize, total: usize, threshold: f64) -> f64 {
    if total == 0 { 0.0 } else { rows as f64 / (total as f64 * threshold) }
}

/// The conditions that all have to hold; each of them alone could lead.
fn conjuncts(filter: Option<&Filter>) -> Vec<&Filter> {
    match filter {
        None => Vec::new(),
        Some(Filter::All(parts)) => parts.iter().flat_map(|part| conjuncts(Some(part))).collect(),
        Some(other) => vec![other],
    }
}

/// Whether a condition can be answered from an index.
enum Verdict<'a> {
    Index(&'a Field),
    Not(&'static str, Vec<String>),
}

fn index_of<'a>(object: &'a Object, filter: &Filter) -> Verdict<'a> {
    let (bound, optimizable) = match filter {
        Filter::Compare { bound, operator, .. } | Filter::Span { bound, operator, .. } => {
            (bound, *operator != Operator::NotEqual)
        }
        Filter::Members { bound, negated, .. } | Filter::Null { bound, negated } => (bound, !negated),
        Filter::Like { bound, pattern } => (bound, matches!(pattern.first(), Some(Wildcard::Letter(_)))),
        Filter::Includes { bound, .. } => (bound, false),
        Filter::All(_) | Filter::Any(_) | Filter::Not(_) => return Verdict::Not(NOT_SELECTIVE, names(filter)),
    };
    let place = match &bound.source {
        Source::Field { lookups, place } if lookups.is_empty() && bound.applied.is_none() => Some(*place),
        _ => None,
    };
    let field = place.and_then(|place| object.fields.get(place)).filter(|field| is_indexed(field));
    match field {
        None => Verdict::Not(UNINDEXED, vec![bound.name.clone()]),
        Some(field) if optimizable => Verdict::Index(field),
        Some(_) => Verdict::Not(NOT_SELECTIVE, vec![bound.name.clone()]),
    }
}

/// Primary keys, foreign keys, audit dates, names, e-mail addresses and external ids have an index.
fn is_indexed(field: &Field) -> bool {
    field.external_id
        || field.unique
        || field.names_record
        || matches!(field.kind, FieldType::Id | FieldType::Reference | FieldType::Email)
        || ["CreatedDate", "SystemModstamp"].contains(&field.name)
}

fn names(filter: &Filter) -> Vec<String> {
    let own = |bound: &Bound| vec![bound.name.clone()];
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().flat_map(names).collect(),
        Filter::Not(inner) => names(inner),
        Filter::Null { bound, .. }
        | Filter::Compare { bound, .. }
        | Filter::Span { bound, .. }
        | Filter::Members { bound, .. }
        | Filter::Like { bound, .. }
        | Filter::Includes { bound, .. } => own(bound),
    }
}
