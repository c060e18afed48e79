//! The one way to a query. Values are typed and escaped, names are checked, and the text of a
//! query exists only as [`Soql`], which nothing else can make.
//!
//! SOQL has no bind variables, so escaping is the only wall between a name somebody typed and the
//! query's shape; the property tests hold it. Source: SOQL and SOSL Reference, "Quoted string
//! escape sequences", "Date formats and date literals".

mod condition;
mod literal;
#[cfg(test)]
mod shape_tests;

use std::fmt;

pub use condition::{Condition, Operator, Place};
pub use literal::Literal;

use crate::{FieldName, InvalidName, ObjectName};

/// Salesforce's limits.
const MOST_CHARACTERS: usize = 100_000;
const MOST_OFFSET: u32 = 2_000;

/// A query's text, made by [`Query::build`]. `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Soql(String);

impl Soql {
    /// The text. It holds the values that were asked for.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The query of a list view, as Salesforce itself tells it, for the ids of its records alone. Nothing else becomes
    /// a query as a text; `None` for what is no query of this object.
    pub(crate) fn ids_of_list_view(query: &str, object: &ObjectName) -> Option<Self> {
        let fields = query.trim_start().get(.."SELECT ".len())?;
        let at = find_word(query, " from ")?;
        let rest = query.get(at + " from ".len()..)?.trim();
        let name = rest.split_whitespace().next()?;
        let fits = fields.eq_ignore_ascii_case("SELECT ")
            && name.eq_ignore_ascii_case(object.as_str())
            && query.chars().count() <= MOST_CHARACTERS;
        fits.then(|| Self(format!("SELECT Id FROM {rest}")))
    }
}

/// Where a word in lower case stands first, in whatever case.
fn find_word(text: &str, word: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(word)
}

impl fmt::Debug for Soql {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Soql({} characters)", self.0.chars().count())
    }
}

/// Why a query cannot be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidQuery {
    /// An object or field name is none.
    #[error(transparent)]
    Name(#[from] InvalidName),
    /// No field is selected.
    #[error("a query selects at least one field")]
    NothingSelected,
    /// `IN` with an empty list, or `AND` or `OR` of nothing.
    #[error("a condition compares with nothing")]
    EmptyCondition,
    /// A text is longer than 4,000 characters.
    #[error("a value is longer than a query allows")]
    ValueTooLong,
    /// The query is longer than 100,000 characters.
    #[error("the query is longer than Salesforce allows")]
    TooLong,
    /// The offset is beyond 2,000.
    #[error("the offset is larger than Salesforce allows")]
    OffsetTooLarge,
}

/// The direction of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A query under construction. A mistake is told by [`Query::build`].
///
/// ```
/// use liaison_salesforce::{Condition, Query};
///
/// let soql = Query::from("Lead")
///     .select(["Id", "Owner.Name"])
///     .filter(Condition::equals("Email", "o'neil@example.org"))
///     .limit(1)
///     .build()?;
/// assert_eq!(
///     soql.as_str(),
///     r"SELECT Id, Owner.Name FROM Lead WHERE Email = 'o\'neil@example.org' LIMIT 1"
/// );
/// # Ok::<(), liaison_salesforce::InvalidQuery>(())
/// ```
#[derive(Clone)]
pub struct Query {
    object: String,
    fields: Vec<String>,
    children: Vec<(String, Vec<String>)>,
    filter: Option<Condition>,
    order: Vec<(String, Direction)>,
    limit: Option<u32>,
    offset: Option<u32>,
}

impl Query {
    /// A query of one object.
    pub fn from(object: impl Into<String>) -> Self {
        Self {
            object: object.into(),
            fields: Vec::new(),
            children: Vec::new(),
            filter: None,
            order: Vec::new(),
            limit: None,
            offset: None,
        }
    }

    /// Adds fields to the answer.
    #[must_use]
    pub fn select(mut self, fields: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.fields.extend(fields.into_iter().map(|field| field.as_ref().to_owned()));
        self
    }

    /// Adds fields of the records below each row, by the name of the way to them. With them Salesforce may make its pages
    /// smaller.
    #[must_use]
    pub fn select_below(
        mut self,
        relationship: impl Into<String>,
        fields: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Self {
        let fields = fields.into_iter().map(|field| field.as_ref().to_owned()).collect();
        self.children.push((relationship.into(), fields));
        self
    }

    /// Adds a condition; several must all hold.
    #[must_use]
    pub fn filter(mut self, condition: Condition) -> Self {
        self.filter = Some(match self.filter.take() {
            None => condition,
            Some(Condition::All(mut conditions)) => {
                conditions.push(condition);
                Condition::All(conditions)
            }
            Some(first) => Condition::All(vec![first, condition]),
        });
        self
    }

    /// Adds a field to sort by.
    #[must_use]
    pub fn order_by(mut self, field: impl Into<String>, direction: Direction) -> Self {
        self.order.push((field.into(), direction));
        self
    }

    /// Answers at most so many rows.
    #[must_use]
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Leaves out the first rows, at most 2,000.
    #[must_use]
    pub fn offset(mut self, rows: u32) -> Self {
        self.offset = Some(rows);
        self
    }

    /// The query's text.
    ///
    /// # Errors
    /// See [`InvalidQuery`].
    pub fn build(&self) -> Result<Soql, InvalidQuery> {
        let mut text = String::from("SELECT ");
        write_fields(&self.fields, &mut text)?;
        for (relationship, fields) in &self.children {
            text.push_str(", (SELECT ");
            write_fields(fields, &mut text)?;
            text.push_str(" FROM ");
            text.push_str(ObjectName::new(relationship)?.as_str());
            text.push(')');
        }
        self.build_from(text)
    }

    /// The text of a query that answers with the number of rows instead of rows.
    ///
    /// # Errors
    /// See [`InvalidQuery`].
    pub fn build_count(&self) -> Result<Soql, InvalidQuery> {
        self.build_from(String::from("SELECT COUNT()"))
    }

    fn build_from(&self, mut text: String) -> Result<Soql, InvalidQuery> {
        use fmt::Write as _;

        text.push_str(" FROM ");
        text.push_str(ObjectName::new(&self.object)?.as_str());
        if let Some(filter) = &self.filter {
            text.push_str(" WHERE ");
            filter.write(&mut text)?;
        }
        for (index, (field, direction)) in self.order.iter().enumerate() {
            text.push_str(if index == 0 { " ORDER BY " } else { ", " });
            text.push_str(FieldName::new(field)?.as_str());
            text.push_str(match direction {
                Direction::Ascending => " ASC",
                Direction::Descending => " DESC",
            });
        }
        if let Some(limit) = self.limit {
            // Writing to a String cannot fail.
            let _ = write!(text, " LIMIT {limit}");
        }
        if let Some(offset) = self.offset {
            if offset > MOST_OFFSET {
                return Err(InvalidQuery::OffsetTooLarge);
            }
            let _ = write!(text, " OFFSET {offset}");
        }
        if text.chars().count() > MOST_CHARACTERS {
            return Err(InvalidQuery::TooLong);
        }
        Ok(Soql(text))
    }
}

fn write_fields(fields: &[String], text: &mut String) -> Result<(), InvalidQuery> {
    if fields.is_empty() {
        return Err(InvalidQuery::NothingSelected);
    }
    for (index, field) in fields.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { ", " });
        text.push_str(FieldName::new(field)?.as_str());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn lead() -> Query {
        Query::from("Lead").select(["Id"])
    }

    fn built(query: &Query) -> String {
        query.build().unwrap().as_str().to_owned()
    }

    #[test]
    fn every_part_in_its_place() {
        let query = Query::from("Contact")
            .select(["Id", "Account.Name"])
            .filter(Condition::Any(vec![Condition::equals("Email", "a@example.org"), Condition::is_null("Email")]))
            .filter(Condition::not(Condition::equals("IsDeleted", true)))
            .order_by("SystemModstamp", Direction::Ascending)
            .order_by("Id", Direction::Descending)
            .limit(200)
            .offset(10);
        assert_eq!(
            built(&query),
            "SELECT Id, Account.Name FROM Contact \
             WHERE (Email = 'a@example.org' OR Email = null) AND (NOT (IsDeleted = true)) \
             ORDER BY SystemModstamp ASC, Id DESC LIMIT 200 OFFSET 10"
        );
    }

    #[test]
    fn records_below_are_a_query_of_their_own() {
        let query = Query::from("Opportunity")
            .select(["Id", "AccountId"])
            .select_below("OpportunityContactRoles", ["ContactId", "Role"])
            .filter(Condition::equals("IsClosed", false))
            .limit(5);
        assert_eq!(
            built(&query),
            "SELECT Id, AccountId, (SELECT ContactId, Role FROM OpportunityContactRoles) FROM Opportunity \
             WHERE IsClosed = false LIMIT 5"
        );
        let error =
            |relationship: &str, fields: &[&str]| lead().select_below(relationship, fields).build().unwrap_err();
        assert_eq!(error("Tasks", &[]), InvalidQuery::NothingSelected);
        assert!(matches!(error("Tasks LIMIT 1", &["Id"]), InvalidQuery::Name(_)));
        assert!(matches!(error("Tasks", &["Id FROM User"]), InvalidQuery::Name(_)));
    }

    #[test]
    fn values_are_written_by_their_type() {
        let moment = DateTime::from_timestamp_millis(1_800_000_000_120).unwrap();
        let where_ = |condition| built(&lead().filter(condition)).split_once(" WHERE ").unwrap().1.to_owned();
        assert_eq!(
            where_(Condition::compare("SystemModstamp", Operator::AtLeast, moment)),
            "SystemModstamp >= 2027-01-15T08:00:00.120Z"
        );
        assert_eq!(where_(Condition::equals("NumberOfEmployees", -5_i64)), "NumberOfEmployees = -5");
        assert_eq!(where_(Condition::is_in("Status", ["Open", "It's"])), r"Status IN ('Open', 'It\'s')");
        assert_eq!(where_(Condition::contains("Name", "50%_\\")), r"Name LIKE '%50\%\_\\%'");
        assert_eq!(where_(Condition::starts_with("Name", "O'")), r"Name LIKE 'O\'%'");
    }

    #[test]
    fn control_characters_are_spelt_out() {
        let text = built(&lead().filter(Condition::equals("Name", "a\n\r\t\u{8}\u{c}\0\u{7f}\u{2028}\"b")));
        assert!(text.ends_with(r#"= 'a\n\r\t\b\f\u0000\u007F\u2028\"b'"#), "{text}");
    }

    #[test]
    fn mistakes_are_told() {
        let error = |query: Query| query.build().unwrap_err();
        assert_eq!(error(Query::from("Lead")), InvalidQuery::NothingSelected);
        assert!(matches!(error(Query::from("Lead WHERE").select(["Id"])), InvalidQuery::Name(_)));
        assert!(matches!(error(lead().select(["Id FROM User"])), InvalidQuery::Name(_)));
        assert!(matches!(error(lead().order_by("Id;", Direction::Ascending)), InvalidQuery::Name(_)));
        assert!(matches!(error(lead().filter(Condition::equals("1=1 OR Id", "x"))), InvalidQuery::Name(_)));
        assert_eq!(error(lead().filter(Condition::is_in("Id", Vec::<String>::new()))), InvalidQuery::EmptyCondition);
        assert_eq!(error(lead().filter(Condition::All(Vec::new()))), InvalidQuery::EmptyCondition);
        assert_eq!(error(lead().filter(Condition::equals("Name", "é".repeat(4_001)))), InvalidQuery::ValueTooLong);
        assert_eq!(error(lead().offset(2_001)), InvalidQuery::OffsetTooLarge);
        let many = (0..30_000).map(|number| format!("{number}"));
        assert_eq!(error(lead().filter(Condition::is_in("Name", many))), InvalidQuery::TooLong);
    }

    #[test]
    fn of_a_list_view_the_ids_are_asked_for() {
        let lead = ObjectName::new("Lead").unwrap();
        let ids = |query: &str| Soql::ids_of_list_view(query, &lead).map(|soql| soql.as_str().to_owned());
        let told = "SELECT Name, toLabel(Status), Id FROM Lead USING SCOPE mine WHERE Name = ' from x' ORDER BY Name";
        assert_eq!(ids(told).unwrap(), "SELECT Id FROM Lead USING SCOPE mine WHERE Name = ' from x' ORDER BY Name");
        assert_eq!(ids("select Id from lead").unwrap(), "SELECT Id FROM lead");
        for strange in ["", "SELECT Id", "DELETE Id FROM Lead", "SELECT Id FROM User", "SELECT Id FROM "] {
            assert_eq!(ids(strange), None, "{strange}");
        }
    }

    #[test]
    fn a_count_has_no_fields() {
        let query = Query::from("Lead").filter(Condition::equals("IsConverted", false));
        assert_eq!(query.build_count().unwrap().as_str(), "SELECT COUNT() FROM Lead WHERE IsConverted = false");
    }

    #[test]
    fn debug_shows_no_value() {
        let soql = lead().filter(Condition::equals("Name", "c4n4ry")).build().unwrap();
        assert!(!format!("{soql:?}").contains("c4n4ry"));
    }
}
