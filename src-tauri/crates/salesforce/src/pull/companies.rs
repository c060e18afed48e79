//! Accounts by their names and telephone numbers: who may have called when it was nobody's own line.

use super::PullCursor;
use super::people::FieldText;
use super::record::read_page;
use super::selection::Selection;
use crate::error::SalesforceError;
use crate::objects::person::Parent;
use crate::objects::record_macro::pulled_record;
use crate::{
    FieldName, FieldType, InvalidQuery, ObjectDescription, Pulled, PulledRecord, Salesforce, SkippedRow, Soql,
};

pulled_record! {
    /// An Account, of which no more is read than a call needs.
    Company = "Account" {
        /// Name.
        name: Option<String> = "Name";
        /// Owner's name.
        owner: Option<Parent> = "Owner", "Owner.Name";
        /// It stands for one person, in orgs with person accounts; the Contact behind it has the same numbers.
        is_person_account: Option<bool> = "IsPersonAccount";
    }
}

/// What to pull: the accounts, with those of their telephone fields that the user may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyQuery {
    selection: Selection,
    phones: Vec<FieldName>,
}

impl CompanyQuery {
    /// Takes every field of the type Phone that `description` shows, an administrator's own included.
    #[must_use]
    pub fn new(description: &ObjectDescription) -> Self {
        let phones: Vec<FieldName> = description
            .fields
            .iter()
            .filter(|field| field.field_type == FieldType::Phone)
            .filter_map(|field| FieldName::new(&field.name).ok())
            .collect();
        Self { selection: Selection::new(Company::OBJECT, Company::FIELDS, description).and(&phones), phones }
    }

    fn page(&self, after: Option<&PullCursor>, page_size: u32) -> Result<Soql, InvalidQuery> {
        self.selection.page(after, page_size)
    }

    fn numbers(&self, pulled: &Pulled<Company>) -> Vec<FieldText> {
        let text = |field: &FieldName| {
            let text = pulled.text(field.as_str()).filter(|text| !text.trim().is_empty())?;
            Some(FieldText { field: field.as_str().to_owned(), text: text.to_owned() })
        };
        self.phones.iter().filter_map(text).collect()
    }
}

/// One page of accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyPage {
    /// The accounts that could be read, each with the numbers in its fields.
    pub companies: Vec<(Company, Vec<FieldText>)>,
    /// The rows that could not be read.
    pub skipped: Vec<SkippedRow>,
    /// The place after this page; the place asked with, when there was no row.
    pub cursor: Option<PullCursor>,
    /// Whether there is more to pull now.
    pub has_more: bool,
}

impl Salesforce {
    /// Pulls the page of accounts after a place; the first one for `None`. At most `page_size` rows, 2,000 at the
    /// largest.
    ///
    /// # Errors
    /// Any error.
    pub async fn pull_companies(
        &self,
        query: &CompanyQuery,
        after: Option<&PullCursor>,
        page_size: u32,
    ) -> Result<CompanyPage, SalesforceError> {
        let soql = query.page(after, page_size)?;
        let page = read_page::<Company>(self.query_objects(&soql).await?, after, page_size)?;
        let with_numbers = |pulled: Pulled<Company>| {
            let numbers = query.numbers(&pulled);
            (pulled.record, numbers)
        };
        Ok(CompanyPage {
            companies: page.rows.into_iter().map(with_numbers).collect(),
            skipped: page.skipped,
            cursor: page.cursor,
            has_more: page.has_more,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::record::row_page;
    use super::*;

    #[test]
    fn every_number_of_an_account_is_read() {
        let object = json!({"name": "Account", "fields": [
            {"name": "Name", "type": "string"}, {"name": "Phone", "type": "phone"}, {"name": "Fax", "type": "phone"},
            {"name": "Hotline__c", "type": "phone"}, {"name": "Notes__c", "type": "string"},
        ]});
        let query = CompanyQuery::new(&serde_json::from_value(object).unwrap());
        assert_eq!(
            query.page(None, 9_999).unwrap().as_str(),
            "SELECT Id, SystemModstamp, Name, Phone, Fax, Hotline__c FROM Account \
             ORDER BY SystemModstamp ASC, Id ASC LIMIT 2000"
        );
        let row = json!({"Id": "001000000000001", "SystemModstamp": "2027-03-09T14:30:05.000+0000", "Name": "Acme",
            "Phone": " ", "Fax": null, "Hotline__c": "0800 0123"});
        let (rows, skipped) = row_page::<Company>(vec![row.as_object().unwrap().clone()]);
        assert_eq!(skipped, []);
        let hotline = FieldText { field: "Hotline__c".to_owned(), text: "0800 0123".to_owned() };
        assert_eq!(query.numbers(&rows[0]), [hotline]);
    }
}
