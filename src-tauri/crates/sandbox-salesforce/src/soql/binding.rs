//! Compares a parsed query with the schema and makes a plan of it.

use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::world::zone::Zone;

use super::super::records::Database;
use super::super::refusal::Refusal;
use super::super::schema::{FieldType, Object};
use super::aggregate;
use super::filter::{Binder, Filter, Members};
use super::functions::FieldFunction;
use super::lexer::{malformed, refuse_at};
use super::path::{Bound, PSEUDO_FIELDS, Scope};
use super::plan::{Output, Plan, Shown, Sort};
use super::run;
use super::syntax::{Condition, FieldSet, Item, Name, Query, Subject};

/// Largest OFFSET.
const LARGEST_OFFSET: usize = 2_000;
/// Largest LIMIT with `FIELDS(ALL)` or `FIELDS(CUSTOM)`.
const LARGEST_UNBOUNDED: usize = 200;

/// What a query is bound with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub database: &'a Database,
    pub source: &'a str,
    pub now: DateTime<Utc>,
    pub zone: Zone,
    pub user: super::super::ids::RecordId,
    /// Deleted rows too.
    pub all: bool,
}

/// Binds a whole query.
pub fn bind(setting: Setting<'_>, query: &Query) -> Result<Plan, Refusal> {
    let object = find_object(setting, &query.from)?;
    bind_from(setting, query, object)
}

fn find_object<'a>(setting: Setting<'a>, from: &Name) -> Result<&'a Object, Refusal> {
    let name = from.text();
    setting.database.object(&name).ok_or_else(|| {
        let text = format!(
            "sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append the \
             '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
        );
        refuse_at(setting.source, from.at, "INVALID_TYPE", &text)
    })
}

fn bind_from(setting: Setting<'_>, query: &Query, object: &Object) -> Result<Plan, Refusal> {
    let scope = Scope {
        schema: &setting.database.schema,
        object,
        alias: query.alias.as_deref(),
        source: setting.source,
        zone: setting.zone,
    };
    let offset = match query.offset {
        Some((rows, _)) if rows > LARGEST_OFFSET => {
            return Err(Refusal::new("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"));
        }
        Some((rows, _)) => rows,
        None => 0,
    };
    let filter = query.filter.as_ref().map(|condition| bind_where(setting, scope, condition)).transpose()?;
    let grouped = !query.group_by.is_empty() || query.select.iter().any(|item| matches!(item, Item::Aggregate { .. }));
    let (output, order) = if query.select == [Item::Count] && query.group_by.is_empty() {
        (Output::Count, Vec::new())
    } else if grouped {
        let (grouping, order) = aggregate::bind(setting, scope, query)?;
        (Output::Groups(Box::new(grouping)), order)
    } else {
        if let Some(having) = &query.having {
            let text = "Having clause can only be used with an aggregate query";
            return Err(malformed(setting.source, condition_at(having), text));
        }
        (Output::Records(records(setting, scope, query)?), order(scope, query)?)
    };
    Ok(Plan { object: object.name(), output, filter, mine: query.mine, order, limit: query.limit, offset })
}

fn condition_at(condition: &Condition) -> usize {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.first().map_or(0, condition_at),
        Condition::Not(inner) => condition_at(inner),
        Condition::Compare { subject, .. }
        | Condition::In { subject, .. }
        | Condition::Includes { subject, .. }
        | Condition::Join { subject, .. } => subject.at(),
    }
}

fn bind_where(setting: Setting<'_>, scope: Scope<'_>, condition: &Condition) -> Result<Filter, Refusal> {
    let mut subject = |subject: &Subject| match subject {
        Subject::Field(name) => scope.resolve(name).map(|resolved| resolved.bound),
        Subject::Aggregate(call) => {
            Err(malformed(setting.source, call.at, "aggregate functions are not allowed in the where clause"))
        }
    };
    let mut join = |query: &Query| semi_join(setting, query);
    Binder { source: setting.source, now: setting.now, zone: setting.zone, subject: &mut subject, join: &mut join }
        .bind(condition)
}

/// Runs the inner query of `Id IN (SELECT …)` and collects its one column of ids.
fn semi_join(setting: Setting<'_>, query: &Query) -> Result<Members, Refusal> {
    let plan = bind(setting, query)?;
    let object = find_object(setting, &query.from)?;
    let refuse = |text: &str| Err(malformed(setting.source, query.from.at, text));
    let [Item::Field { name, .. }] = query.select.as_slice() else {
        return refuse("semi join sub-selects can only select one field");
    };
    let scope = Scope {
        schema: &setting.database.schema,
        object,
        alias: query.alias.as_deref(),
        source: setting.source,
        zone: setting.zone,
    };
    let bound = scope.resolve(name)?.bound;
    if !matches!(bound.kind, FieldType::Id | FieldType::Reference) {
        return refuse("semi join sub-selects can only select an id or reference field");
    }
    let ids = run::rows(setting.database, &plan, setting.user, setting.all)
        .into_iter()
        .filter_map(|row| bound.reach(setting.database, row).as_id())
        .collect();
    Ok(Members::of_ids(ids))
}

fn order(scope: Scope<'_>, query: &Query) -> Result<Vec<Sort>, Refusal> {
    query
        .order_by
        .iter()
        .map(|order| {
            let Subject::Field(name) = &order.by else {
                let text = "Ordered field must be grouped or aggregated";
                return Err(malformed(scope.source, order.by.at(), text));
            };
            let bound = scope.resolve(name)?.bound;
            if !bound.sortable {
                let text = format!("field '{}' can not be sorted in a query call", bound.name);
                return Err(refuse_at(scope.source, name.at, "INVALID_FIELD", &text));
            }
            Ok(Sort { bound, descending: order.descending, nulls_last: order.nulls_last })
        })
        .collect()
}

fn records(setting: Setting<'_>, scope: Scope<'_>, query: &Query) -> Result<Vec<Shown>, Refusal> {
    let mut shown = Vec::new();
    for item in &query.select {
        match item {
            Item::Field { name, alias } => {
                add_field(scope, name, alias.as_ref().map(|(alias, _)| alias.as_str()), &mut shown)?;
            }
            Item::Fields { which, at } => add_set(scope, *which, *at, query.limit, &mut shown)?,
            Item::Children(inner) => shown.push(children(setting, scope, inner)?),
            Item::TypeOf { lookup, branches, otherwise } => {
                shown.push(type_of(scope, lookup, branches, otherwise)?);
            }
            Item::Count | Item::Aggregate { .. } => {
                return Err(malformed(setting.source, query.from.at, "unexpected token: 'COUNT'"));
            }
        }
    }
    Ok(shown)
}

/// Adds a field at the end of its chain of parents, once.
fn add_field(scope: Scope<'_>, name: &Name, alias: Option<&str>, shown: &mut Vec<Shown>) -> Result<(), Refusal> {
    let resolved = scope.resolve(name)?;
    if matches!(name.function, Some(FieldFunction::Part { .. })) {
        let text = format!("field {} must be grouped to be used in a date function", resolved.bound.name);
        return Err(malformed(scope.source, name.at, &text));
    }
    let mut here = shown;
    for step in &resolved.steps {
        let position = here.iter().position(|entry| match entry {
            Shown::Parent { lookup, .. } | Shown::Pseudo { lookup, .. } => *lookup == step.lookup,
            _ => false,
        });
        let position = position.unwrap_or_else(|| {
            here.push(match step.target {
                Some(target) => {
                    Shown::Parent { relationship: step.relationship, lookup: step.lookup, target, shown: Vec::new() }
                }
                None => Shown::Pseudo { relationship: step.relationship, lookup: step.lookup, fields: Vec::new() },
            });
            here.len() - 1
        });
        match &mut here[position] {
            Shown::Parent { shown, .. } => here = shown,
            Shown::Pseudo { fields, .. } => {
                return match &resolved.bound.source {
                    super::path::Source::Pseudo { name: own, .. } if !fields.contains(own) => {
                        fields.push(own);
                        Ok(())
                    }
                    _ => Err(twice(scope, name)),
                };
            }
            _ => return Err(twice(scope, name)),
        }
    }
    let super::path::Source::Field { place, .. } = resolved.bound.source else { return Err(twice(scope, name)) };
    let alias = alias.map(str::to_owned);
    let is_there = |entry: &Shown| matches!(entry, Shown::Field { place: own, alias: named, .. } if *own == place && *named == alias);
    if here.iter().any(is_there) {
        return Err(twice(scope, name));
    }
    here.push(Shown::Field { place, alias, applied: resolved.bound.applied });
    Ok(())
}

fn twice(scope: Scope<'_>, name: &Name) -> Refusal {
    let text = format!("duplicate field selected: {}", name.text());
    refuse_at(scope.source, name.at, "INVALID_FIELD", &text)
}

fn add_set(
    scope: Scope<'_>,
    which: FieldSet,
    at: usize,
    limit: Option<usize>,
    shown: &mut Vec<Shown>,
) -> Result<(), Refusal> {
    if which != FieldSet::Standard && limit.is_none_or(|limit| limit > LARGEST_UNBOUNDED) {
        let text = "The SOQL FIELDS function must have a LIMIT of at most 200";
        return Err(malformed(scope.source, at, text));
    }
    for (place, field) in scope.object.fields.iter().enumerate() {
        let wanted = match which {
            FieldSet::All => true,
            FieldSet::Standard => !field.custom,
            FieldSet::Custom => field.custom,
        };
        let there = shown.iter().any(|entry| matches!(entry, Shown::Field { place: own, .. } if *own == place));
        if wanted && !there {
            shown.push(Shown::Field { place, alias: None, applied: None });
        }
    }
    Ok(())
}

fn children(setting: Setting<'_>, scope: Scope<'_>, inner: &Query) -> Result<Shown, Refusal> {
    let wanted = inner.from.text();
    let found = scope.schema.children_of(scope.object.name()).find_map(|(child, place, field)| {
        let name = field.children.filter(|name| name.eq_ignore_ascii_case(&wanted))?;
        Some((child, place, name))
    });
    let Some((child, lookup, relationship)) = found else {
        let text = format!(
            "Didn't understand relationship '{wanted}' in FROM part of query call. If you are attempting to use a custom \
             relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or \
             the describe call for the appropriate names."
        );
        return Err(refuse_at(setting.source, inner.from.at, "INVALID_TYPE", &text));
    };
    let plan = bind_from(setting, inner, child)?;
    if !matches!(plan.output, Output::Records(_)) {
        return Err(malformed(setting.source, inner.from.at, "aggregates are not allowed in a sub-query"));
    }
    Ok(Shown::Children { relationship, lookup, plan: Box::new(plan) })
}

fn type_of(
    scope: Scope<'_>,
    lookup: &Name,
    branches: &[(Name, Vec<Name>)],
    otherwise: &[Name],
) -> Result<Shown, Refusal> {
    let found = scope.object.find_relationship(&lookup.text()).filter(|(_, field)| field.is_polymorphic());
    let (place, field) = found.ok_or_else(|| scope.no_column_on(lookup, &lookup.text(), scope.object.name()))?;
    let mut bound_branches = Vec::new();
    for (object_name, names) in branches {
        let target = scope.schema.object(&object_name.text());
        let target = target.filter(|target| field.reference_to.contains(&target.name()));
        let target = target.ok_or_else(|| scope.no_column_on(object_name, &object_name.text(), scope.object.name()))?;
        let inner = Scope { object: target, alias: None, ..scope };
        let mut shown = Vec::new();
        for name in names {
            add_field(inner, name, None, &mut shown)?;
        }
        bound_branches.push((target.name(), shown));
    }
    let mut fields = Vec::new();
    for name in otherwise {
        let pseudo = PSEUDO_FIELDS.iter().find(|(own, _)| own.eq_ignore_ascii_case(&name.text()));
        fields.push(pseudo.ok_or_else(|| scope.no_column_on(name, &name.text(), "Name"))?.0);
    }
    Ok(Shown::TypeOf {
        relationship: field.relationship.unwrap_or_default(),
        lookup: place,
        branches: bound_branches,
        otherwise: fields,
    })
}

/// Binds a condition on an object that stands outside a query, in the time zone of nobody.
pub fn condition(database: &Database, object: &str, text: &str, now: DateTime<Utc>) -> Result<Filter, Refusal> {
    let source = format!("SELECT Id FROM {object} WHERE {text}");
    let parsed = super::parser::parse(&source)?;
    let user = super::super::ids::RecordId::numbered("005", *b"00", 0);
    let setting = Setting { database, source: &source, now, zone: Zone::UTC, user, all: false };
    let plan = bind(setting, &parsed)?;
    plan.filter.ok_or_else(|| malformed(&source, source.len(), "a condition is missing"))
}

/// The bound form of one name, for the aggregate part.
pub fn resolve(scope: Scope<'_>, name: &Name) -> Result<Bound, Refusal> {
    scope.resolve(name).map(|resolved| resolved.bound)
}
