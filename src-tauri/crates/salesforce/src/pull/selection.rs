//! The fields of a pull: those that are wanted and that this user may see.

use chrono::{DateTime, Utc};

use super::{LARGEST_PAGE, PeopleCursor, beyond, touched_since};
use crate::{Condition, Direction, FieldName, FieldType, InvalidQuery, ObjectDescription, Query, SalesforceId, Soql};

/// How a value is spelt where everything is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Text,
    Boolean,
    Number,
}

impl Cell {
    fn of(name: &FieldName, description: &ObjectDescription) -> Self {
        match description.field(name.as_str()).map(|field| &field.field_type) {
            Some(FieldType::Boolean) => Self::Boolean,
            Some(FieldType::Integer | FieldType::Double | FieldType::Currency | FieldType::Percent) => Self::Number,
            _ => Self::Text,
        }
    }
}

/// The fields of an object that a pull reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selection {
    object: &'static str,
    fields: Vec<(FieldName, Cell)>,
}

impl Selection {
    /// Takes the wanted fields that `description` shows.
    pub(super) fn new(object: &'static str, wanted: &[&'static str], description: &ObjectDescription) -> Self {
        // The place in the order is needed whatever the description says.
        let vital = |name: &str| matches!(name, "Id" | "SystemModstamp");
        let fields = wanted
            .iter()
            .map(|name| FieldName::known(name))
            .filter(|name| vital(name.as_str()) || description.selects(name))
            .map(|name| {
                let cell = Cell::of(&name, description);
                (name, cell)
            })
            .collect();
        Self { object, fields }
    }

    /// Adds fields that hold text.
    pub(super) fn and(mut self, names: &[FieldName]) -> Self {
        self.fields.extend(names.iter().map(|name| (name.clone(), Cell::Text)));
        self
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// How the values of a column are spelt; `None` for a column that was not asked for.
    pub(super) fn cell(&self, name: &str) -> Option<Cell> {
        self.fields.iter().find(|(own, _)| own.as_str().eq_ignore_ascii_case(name)).map(|(_, cell)| *cell)
    }

    /// The query of the page after a place.
    pub(super) fn page(&self, after: Option<&PeopleCursor>, page_size: u32) -> Result<Soql, InvalidQuery> {
        let mut query = self
            .query()
            .order_by("SystemModstamp", Direction::Ascending)
            .order_by("Id", Direction::Ascending)
            .limit(page_size.clamp(1, LARGEST_PAGE));
        if let Some(after) = after {
            query = query.filter(beyond(after));
        }
        query.build()
    }

    /// The query of all rows, in no order: an order would keep the Bulk API from dividing the work.
    pub(super) fn whole(&self) -> Result<Soql, InvalidQuery> {
        self.query().build()
    }

    /// The query of all rows that were touched at or after a moment, in no order.
    pub(super) fn since(&self, moment: DateTime<Utc>) -> Result<Soql, InvalidQuery> {
        self.query().filter(touched_since(moment)).build()
    }

    /// The query of the rows with these ids.
    pub(super) fn of(&self, ids: &[SalesforceId]) -> Result<Soql, InvalidQuery> {
        self.query().filter(Condition::is_in("Id", ids.iter().copied())).build()
    }

    fn query(&self) -> Query {
        Query::from(self.object).select(self.names())
    }
}
