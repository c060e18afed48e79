//! Leads and Contacts on their way to Salesforce. Source: Object Reference, "Lead" and "Contact".

use crate::error::InvalidRequest;
use crate::objects::rules::{check_text, with_some, with_texts};
use crate::{Record, SalesforceId};

/// Salesforce's limits.
const FIRST_NAME_CHARACTERS: usize = 40;
const LAST_NAME_CHARACTERS: usize = 80;
const COMPANY_CHARACTERS: usize = 255;
const TITLE_CHARACTERS: usize = 128;
const EMAIL_CHARACTERS: usize = 80;
const PHONE_CHARACTERS: usize = 40;
const LIST_CHARACTERS: usize = 255;

/// What a new Lead and a new Contact share.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewPerson {
    /// First name, up to 40 characters.
    pub first_name: Option<String>,
    /// Last name, up to 80 characters.
    pub last_name: String,
    /// Job title, up to 128 characters.
    pub title: Option<String>,
    /// E-mail address, up to 80 characters.
    pub email: Option<String>,
    /// Telephone, up to 40 characters.
    pub phone: Option<String>,
    /// Mobile telephone, up to 40 characters.
    pub mobile_phone: Option<String>,
    /// Where the person comes from, one of the org's list.
    pub lead_source: Option<String>,
    /// Owner; without one the signed-in user.
    pub owner: Option<SalesforceId>,
}

impl NewPerson {
    fn to_record(&self) -> Result<Record, InvalidRequest> {
        check_text("LastName", &self.last_name, LAST_NAME_CHARACTERS)?;
        let record = Record::new().with("LastName", self.last_name.as_str());
        let record = with_some(record, "OwnerId", self.owner);
        with_texts(
            record,
            &[
                ("FirstName", self.first_name.as_deref(), FIRST_NAME_CHARACTERS),
                ("Title", self.title.as_deref(), TITLE_CHARACTERS),
                ("Email", self.email.as_deref(), EMAIL_CHARACTERS),
                ("Phone", self.phone.as_deref(), PHONE_CHARACTERS),
                ("MobilePhone", self.mobile_phone.as_deref(), PHONE_CHARACTERS),
                ("LeadSource", self.lead_source.as_deref(), LIST_CHARACTERS),
            ],
        )
    }
}

impl std::fmt::Debug for NewPerson {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("NewPerson").finish_non_exhaustive()
    }
}

/// A Lead to make. Assignment rules are not run on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewLead {
    /// The person.
    pub person: NewPerson,
    /// Company, up to 255 characters; every Lead has one.
    pub company: String,
    /// Status, one of the org's; without one its default.
    pub status: Option<String>,
}

impl NewLead {
    /// The fields of the record.
    ///
    /// # Errors
    /// Names the first field that breaks a rule of Salesforce.
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        check_text("Company", &self.company, COMPANY_CHARACTERS)?;
        let record = self.person.to_record()?.with("Company", self.company.as_str());
        with_texts(record, &[("Status", self.status.as_deref(), LIST_CHARACTERS)])
    }
}

/// A Contact to make.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewContact {
    /// The person.
    pub person: NewPerson,
    /// Account; without one only the owner sees the Contact.
    pub account: Option<SalesforceId>,
}

impl NewContact {
    /// The fields of the record.
    ///
    /// # Errors
    /// Names the first field that breaks a rule of Salesforce.
    pub fn to_record(&self) -> Result<Record, InvalidRequest> {
        if self.account.is_some_and(|account| account.key_prefix() != "001") {
            return Err(InvalidRequest { field: "AccountId", reason: "is no Account" });
        }
        Ok(with_some(self.person.to_record()?, "AccountId", self.account))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn person() -> NewPerson {
        NewPerson { last_name: "Visser".to_owned(), email: Some("v@example.org".to_owned()), ..NewPerson::default() }
    }

    #[test]
    fn a_lead_needs_a_name_and_a_company() {
        let lead = NewLead { person: person(), company: "Northwind".to_owned(), status: None };
        assert_eq!(
            lead.to_record().unwrap().to_json(),
            json!({"LastName": "Visser", "Email": "v@example.org", "Company": "Northwind"})
        );
        assert_eq!(NewLead { company: " ".to_owned(), ..lead.clone() }.to_record().unwrap_err().field, "Company");
        let nameless = NewLead { person: NewPerson::default(), ..lead };
        assert_eq!(nameless.to_record().unwrap_err().field, "LastName");
    }

    #[test]
    fn a_contact_belongs_to_an_account_or_to_none() {
        let contact = |account: Option<&str>| NewContact {
            person: person(),
            account: account.map(|account| account.parse().unwrap()),
        };
        assert!(contact(None).to_record().unwrap().value("AccountId").is_none());
        assert!(contact(Some("001000000000001")).to_record().is_ok());
        assert_eq!(contact(Some("003000000000001")).to_record().unwrap_err().field, "AccountId");
    }

    #[test]
    fn content_stays_out_of_debug() {
        assert!(!format!("{:?}", NewContact { person: person(), account: None }).contains("Visser"));
    }
}
