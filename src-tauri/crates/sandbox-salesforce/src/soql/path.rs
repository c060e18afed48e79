//! From a name in a query to a value in a row: own fields, fields of parents, and the few fields
//! that every possible parent of a polymorphic lookup has (`Who.Name`, `Owner.Type`).

use std::borrow::Cow;

use liaison_sandbox_kernel::world::zone::Zone;

use super::super::cell::Cell;
use super::super::records::{Database, Row};
use super::super::refusal::Refusal;
use super::super::schema::{Choice, Field, FieldType, Object, Schema};
use super::functions::Applied;
use super::lexer::refuse_at;
use super::syntax::Name;

/// Fields that can be read through a polymorphic lookup.
pub const PSEUDO_FIELDS: [(&str, FieldType); 11] = [
    ("Id", FieldType::Id),
    ("Name", FieldType::Text),
    ("FirstName", FieldType::Text),
    ("LastName", FieldType::Text),
    ("Type", FieldType::Picklist),
    ("Email", FieldType::Email),
    ("Phone", FieldType::Phone),
    ("Title", FieldType::Text),
    ("Alias", FieldType::Text),
    ("Username", FieldType::Text),
    ("IsActive", FieldType::Boolean),
];

/// Lookups in a row, as far as Salesforce follows them.
const MOST_HOPS: usize = 5;

/// Where a value comes from and what may be done with it.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that describe has for a field")]
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    pub source: Source,
    pub kind: FieldType,
    pub name: String,
    pub case_sensitive: bool,
    pub filterable: bool,
    pub sortable: bool,
    pub groupable: bool,
    /// What is done with the value on the way out.
    pub applied: Option<Applied>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A field of the row, or of the row that the lookups lead to.
    Field { lookups: Vec<usize>, place: usize },
    /// A field that the row at the end of the lookups has under this name.
    Pseudo { lookups: Vec<usize>, name: &'static str },
    /// A column of a group.
    Column(usize),
}

impl Bound {
    fn of(lookups: Vec<usize>, place: usize, field: &Field, name: String) -> Self {
        Self {
            source: Source::Field { lookups, place },
            kind: field.kind,
            name,
            case_sensitive: field.case_sensitive,
            filterable: field.filterable,
            sortable: field.sortable,
            groupable: field.groupable,
            applied: None,
        }
    }

    fn pseudo(lookups: Vec<usize>, name: &'static str, kind: FieldType, text: String) -> Self {
        Self {
            source: Source::Pseudo { lookups, name },
            kind,
            name: text,
            case_sensitive: false,
            filterable: true,
            sortable: true,
            groupable: true,
            applied: None,
        }
    }

    /// A column of a group, of the given kind.
    pub fn column(place: usize, kind: FieldType, name: String) -> Self {
        Self {
            source: Source::Column(place),
            kind,
            name,
            case_sensitive: false,
            filterable: true,
            sortable: true,
            groupable: true,
            applied: None,
        }
    }

    /// Whether both stand for the same value.
    pub fn is_same(&self, other: &Self) -> bool {
        self.source == other.source && self.applied == other.applied
    }

    /// The value for a row; empty where a lookup leads nowhere.
    pub fn reach<'a>(&self, database: &'a Database, row: &'a Row) -> Cow<'a, Cell> {
        let cell = self.stored(database, row);
        match &self.applied {
            Some(applied) => Cow::Owned(applied.to(&cell)),
            None => cell,
        }
    }

    fn stored<'a>(&self, database: &'a Database, row: &'a Row) -> Cow<'a, Cell> {
        match &self.source {
            Source::Field { lookups, place } => match follow(database, row, lookups) {
                Some(end) => Cow::Borrowed(end.get(*place)),
                None => Cow::Owned(Cell::Empty),
            },
            Source::Pseudo { lookups, name } => match follow(database, row, lookups) {
                Some(end) => Cow::Owned(pseudo_value(database, end, name)),
                None => Cow::Owned(Cell::Empty),
            },
            Source::Column(_) => Cow::Owned(Cell::Empty),
        }
    }
}

/// The row at the end of some lookups.
fn follow<'a>(database: &'a Database, row: &'a Row, lookups: &[usize]) -> Option<&'a Row> {
    lookups.iter().try_fold(row, |row, lookup| {
        let id = row.get(*lookup).as_id()?;
        database.any(id).map(|(_, found)| found)
    })
}

/// A pseudo field of a row: its own field of that name, its naming field as `Name`, its object as `Type`.
pub fn pseudo_value(database: &Database, row: &Row, name: &str) -> Cell {
    let Some(object) = database.schema.by_prefix(row.id.prefix()) else { return Cell::Empty };
    match name {
        "Type" => Cell::text(object.name()),
        "Name" => object.name_field().map_or(Cell::Empty, |place| row.get(place).clone()),
        _ => row.named(object, name).clone(),
    }
}

/// One step of a name: a lookup of the object it is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub lookup: usize,
    pub relationship: &'static str,
    /// The parent's object, unless the lookup is polymorphic.
    pub target: Option<&'static str>,
}

/// A name split into the lookups it goes through and the field at its end.
#[derive(Debug)]
pub struct Resolved {
    pub steps: Vec<Step>,
    pub bound: Bound,
}

/// The scope in which names are looked up.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    pub schema: &'a Schema,
    pub object: &'a Object,
    pub alias: Option<&'a str>,
    pub source: &'a str,
    /// Zone of the user, for parts of dates.
    pub zone: Zone,
}

impl Scope<'_> {
    /// Looks a name up.
    pub fn resolve(&self, name: &Name) -> Result<Resolved, Refusal> {
        let parts = self.without_own_name(name);
        let (last, way) = parts.split_last().ok_or_else(|| self.no_column(name, ""))?;
        if way.len() > MOST_HOPS {
            return Err(refuse_at(self.source, name.at, "INVALID_FIELD", "maximum depth of relationships exceeded"));
        }
        let mut object = Some(self.object);
        let mut steps = Vec::new();
        for part in way {
            let current = object.ok_or_else(|| self.no_relationship(name, part))?;
            let (lookup, field) = current.find_relationship(part).ok_or_else(|| self.no_relationship(name, part))?;
            let target = if field.is_polymorphic() { None } else { field.reference_to.first().copied() };
            object = target.and_then(|target| self.schema.object(target));
            steps.push(Step { lookup, relationship: field.relationship.unwrap_or_default(), target });
        }
        let lookups: Vec<usize> = steps.iter().map(|step| step.lookup).collect();
        let text = parts.join(".");
        let mut choices: &'static [Choice] = &[];
        let mut bound = if let Some(object) = object {
            let (place, field) = object.find(last).ok_or_else(|| self.no_column_on(name, last, object.name()))?;
            choices = field.picklist;
            Bound::of(lookups, place, field, text)
        } else {
            let pseudo = PSEUDO_FIELDS.iter().find(|(own, _)| own.eq_ignore_ascii_case(last));
            let (own, kind) = pseudo.ok_or_else(|| self.no_column_on(name, last, "Name"))?;
            Bound::pseudo(lookups, own, *kind, text)
        };
        if let Some(function) = name.function {
            let kind = function.result(bound.kind).ok_or_else(|| {
                let text = format!("field {} does not support the function around it", bound.name);
                refuse_at(self.source, name.at, "INVALID_FIELD", &text)
            })?;
            bound.groupable = matches!(kind, FieldType::Int | FieldType::Date);
            bound.kind = kind;
            bound.applied = Some(Applied { function, zone: self.zone, choices });
        }
        Ok(Resolved { steps, bound })
    }

    /// `Lead.Name` and `l.Name` in a query from `Lead l` are `Name`.
    fn without_own_name<'n>(&self, name: &'n Name) -> &'n [String] {
        match name.parts.split_first() {
            Some((first, rest))
                if !rest.is_empty()
                    && (first.eq_ignore_ascii_case(self.object.name())
                        || self.alias.is_some_and(|alias| first.eq_ignore_ascii_case(alias))) =>
            {
                rest
            }
            _ => &name.parts,
        }
    }

    fn no_column(&self, name: &Name, field: &str) -> Refusal {
        self.no_column_on(name, field, self.object.name())
    }

    pub fn no_column_on(&self, name: &Name, field: &str, object: &str) -> Refusal {
        let text = format!(
            "No such column '{field}' on entity '{object}'. If you are attempting to use a custom field, be sure to append \
             the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
        );
        refuse_at(self.source, name.at, "INVALID_FIELD", &text)
    }

    fn no_relationship(&self, name: &Name, relationship: &str) -> Refusal {
        let text = format!(
            "Didn't understand relationship '{relationship}' in field path. If you are attempting to use a custom \
             relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or \
             the describe call for the appropriate names."
        );
        refuse_at(self.source, name.at, "INVALID_FIELD", &text)
    }
}
