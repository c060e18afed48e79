//! `/query?q=…&columns=true`: what the columns of an answer are, in place of its rows. The Salesforce
//! CLI asks for it before it prints a table; the shape is the one that its reader takes apart.

use serde_json::{Value, json};

use super::super::records::Database;
use super::super::schema::{Field, FieldType, Object};
use super::plan::{Column, Grouping, Output, Plan, Shown};
use super::syntax::Function;

/// The answer for a query.
pub fn describe(database: &Database, plan: &Plan) -> Value {
    let object = database.object(plan.object);
    let (columns, grouped) = match &plan.output {
        Output::Count => (Vec::new(), false),
        Output::Records(shown) => (all(database, plan.object, shown), false),
        Output::Groups(grouping) => (of_groups(grouping), !grouping.keys.is_empty()),
    };
    let id_selected = matches!(&plan.output, Output::Records(shown)
        if shown.iter().any(|entry| matches!(entry, Shown::Field { place: 0, .. })));
    json!({
        "columnMetadata": columns,
        "entityName": plan.object,
        "groupBy": grouped,
        "idSelected": id_selected,
        "keyPrefix": object.map(|object| object.definition.prefix),
    })
}

fn all(database: &Database, object: &str, shown: &[Shown]) -> Vec<Value> {
    let Some(object) = database.object(object) else { return Vec::new() };
    shown.iter().map(|entry| one(database, object, entry)).collect()
}

fn one(database: &Database, object: &Object, entry: &Shown) -> Value {
    match entry {
        Shown::Field { place, alias, .. } => {
            let field = &object.fields[*place];
            let name = alias.as_deref().unwrap_or(field.name);
            Entry { field: Some(field), ..Entry::of(name, field.kind) }.shown()
        }
        Shown::Parent { relationship, lookup, target, shown } => {
            through(object, relationship, *lookup, all(database, target, shown))
        }
        Shown::Pseudo { relationship, lookup, fields } => through(object, relationship, *lookup, texts(fields)),
        Shown::TypeOf { relationship, lookup, branches, otherwise } => {
            let of_branches = branches.iter().flat_map(|(target, shown)| all(database, target, shown));
            through(object, relationship, *lookup, of_branches.chain(texts(otherwise)).collect())
        }
        Shown::Children { relationship, plan, .. } => {
            let columns = if let Output::Records(shown) = &plan.output { shown.as_slice() } else { &[] };
            let joined = all(database, plan.object, columns);
            Entry { aggregate: true, joined, ..Entry::compound(relationship) }.shown()
        }
    }
}

fn through(object: &Object, relationship: &str, lookup: usize, joined: Vec<Value>) -> Value {
    let foreign_key = Some(object.fields[lookup].name);
    Entry { foreign_key, joined, ..Entry::compound(relationship) }.shown()
}

fn texts(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| Entry::of(name, FieldType::Text).shown()).collect()
}

fn of_groups(grouping: &Grouping) -> Vec<Value> {
    let column = |(name, place): &(String, usize)| {
        if let Some(key) = grouping.keys.get(*place) {
            return Entry::of(name, key.kind).shown();
        }
        let column = place.checked_sub(grouping.keys.len()).and_then(|place| grouping.columns.get(place));
        let Some(Column { function, bound }) = column else { return Entry::compound(name).shown() };
        let (called, kind) = match function {
            Function::Count => ("count", FieldType::Int),
            Function::CountDistinct => ("count_distinct", FieldType::Int),
            Function::Sum => ("sum", FieldType::Double),
            Function::Average => ("avg", FieldType::Double),
            Function::Least => ("min", bound.kind),
            Function::Greatest => ("max", bound.kind),
        };
        let display = format!("{called}({})", bound.name);
        Entry { aggregate: true, display: Some(&display), ..Entry::of(name, kind) }.shown()
    };
    grouping.shown.iter().map(column).collect()
}

/// One column before it is written down.
struct Entry<'a> {
    name: &'a str,
    display: Option<&'a str>,
    kind: Option<FieldType>,
    field: Option<&'a Field>,
    aggregate: bool,
    foreign_key: Option<&'static str>,
    joined: Vec<Value>,
}

impl<'a> Entry<'a> {
    fn of(name: &'a str, kind: FieldType) -> Self {
        Self { kind: Some(kind), ..Self::compound(name) }
    }

    /// A column that is no value itself.
    fn compound(name: &'a str) -> Self {
        Self { name, display: None, kind: None, field: None, aggregate: false, foreign_key: None, joined: Vec::new() }
    }

    fn shown(self) -> Value {
        let of_kind = |kinds: &[FieldType]| self.kind.is_some_and(|kind| kinds.contains(&kind));
        let number = of_kind(&[FieldType::Int, FieldType::Double, FieldType::Currency, FieldType::Percent]);
        let apex = self.kind.map(apex_type);
        json!({
            "aggregate": self.aggregate,
            "apexType": apex,
            "booleanType": of_kind(&[FieldType::Boolean]),
            "columnName": self.name,
            "custom": self.field.is_some_and(|field| field.custom),
            "displayName": self.display.unwrap_or(self.name),
            "foreignKeyName": self.foreign_key,
            "insertable": self.field.is_some_and(|field| field.createable),
            "joinColumns": self.joined,
            "numberType": number,
            "textType": apex == Some("String"),
            "updatable": self.field.is_some_and(|field| field.updateable),
        })
    }
}

fn apex_type(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Id | FieldType::Reference => "Id",
        FieldType::Boolean => "Boolean",
        FieldType::Int => "Integer",
        FieldType::Double | FieldType::Currency | FieldType::Percent => "Double",
        FieldType::Date => "Date",
        FieldType::DateTime => "Datetime",
        FieldType::Address => "Address",
        FieldType::Text
        | FieldType::TextArea
        | FieldType::Combobox
        | FieldType::Picklist
        | FieldType::MultiPicklist
        | FieldType::Phone
        | FieldType::Email
        | FieldType::Url => "String",
    }
}
