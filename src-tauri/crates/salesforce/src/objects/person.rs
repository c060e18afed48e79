//! Leads and Contacts as a pull reads them. Source: Object Reference, "Lead" and "Contact".
//!
//! A field that is missing is one that this user may not see, or that is empty.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::{PersonExtras, PulledRecord, SalesforceId, moment};

/// What is read of another record through a look-up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Parent {
    /// Its name.
    #[serde(rename = "Name", default)]
    pub name: Option<String>,
}

/// A Lead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Lead {
    /// Id.
    pub id: SalesforceId,
    /// When it was last touched, by whatever.
    #[serde(deserialize_with = "moment::deserialize")]
    pub system_modstamp: DateTime<Utc>,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Whole name in the order of the user's locale.
    #[serde(default)]
    pub name: Option<String>,
    /// Company.
    #[serde(default)]
    pub company: Option<String>,
    /// Job title.
    #[serde(default)]
    pub title: Option<String>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Telephone, as typed.
    #[serde(default)]
    pub phone: Option<String>,
    /// Mobile telephone, as typed.
    #[serde(default)]
    pub mobile_phone: Option<String>,
    /// Status, as the org names it.
    #[serde(default)]
    pub status: Option<String>,
    /// Owner, a user or a queue.
    #[serde(default)]
    pub owner_id: Option<SalesforceId>,
    /// Owner's name.
    #[serde(default)]
    pub owner: Option<Parent>,
    /// It became a Contact and is read-only.
    #[serde(default)]
    pub is_converted: Option<bool>,
    /// The Contact it became.
    #[serde(default)]
    pub converted_contact_id: Option<SalesforceId>,
    /// The Account it became.
    #[serde(default)]
    pub converted_account_id: Option<SalesforceId>,
    /// The Opportunity it became, if one was made.
    #[serde(default)]
    pub converted_opportunity_id: Option<SalesforceId>,
    /// Wants no marketing mail.
    #[serde(default)]
    pub has_opted_out_of_email: Option<bool>,
    /// Wants no calls.
    #[serde(default)]
    pub do_not_call: Option<bool>,
    /// Day of the last activity, `YYYY-MM-DD`. Moves by itself.
    #[serde(default)]
    pub last_activity_date: Option<String>,
    /// What else a pull knows.
    #[serde(skip)]
    pub extras: PersonExtras,
}

/// A Contact.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Contact {
    /// Id.
    pub id: SalesforceId,
    /// When it was last touched, by whatever.
    #[serde(deserialize_with = "moment::deserialize")]
    pub system_modstamp: DateTime<Utc>,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Whole name in the order of the user's locale.
    #[serde(default)]
    pub name: Option<String>,
    /// Job title.
    #[serde(default)]
    pub title: Option<String>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Telephone, as typed.
    #[serde(default)]
    pub phone: Option<String>,
    /// Mobile telephone, as typed.
    #[serde(default)]
    pub mobile_phone: Option<String>,
    /// Telephone at home, as typed.
    #[serde(default)]
    pub home_phone: Option<String>,
    /// Another telephone, as typed.
    #[serde(default)]
    pub other_phone: Option<String>,
    /// The assistant's telephone, as typed.
    #[serde(default)]
    pub assistant_phone: Option<String>,
    /// Account; none for private contacts.
    #[serde(default)]
    pub account_id: Option<SalesforceId>,
    /// Account's name.
    #[serde(default)]
    pub account: Option<Parent>,
    /// Owner.
    #[serde(default)]
    pub owner_id: Option<SalesforceId>,
    /// Owner's name.
    #[serde(default)]
    pub owner: Option<Parent>,
    /// Wants no marketing mail.
    #[serde(default)]
    pub has_opted_out_of_email: Option<bool>,
    /// Wants no calls.
    #[serde(default)]
    pub do_not_call: Option<bool>,
    /// It is an account at once. The field is there only where the org has person accounts.
    #[serde(default)]
    pub is_person_account: Option<bool>,
    /// Day of the last activity, `YYYY-MM-DD`. Moves by itself.
    #[serde(default)]
    pub last_activity_date: Option<String>,
    /// What else a pull knows.
    #[serde(skip)]
    pub extras: PersonExtras,
}

impl PulledRecord for Lead {
    const OBJECT: &'static str = "Lead";
    const FIELDS: &'static [&'static str] = &[
        "Id",
        "SystemModstamp",
        "FirstName",
        "LastName",
        "Name",
        "Company",
        "Title",
        "Email",
        "Phone",
        "MobilePhone",
        "Status",
        "OwnerId",
        "Owner.Name",
        "IsConverted",
        "ConvertedContactId",
        "ConvertedAccountId",
        "ConvertedOpportunityId",
        "HasOptedOutOfEmail",
        "DoNotCall",
        "LastActivityDate",
    ];

    fn id(&self) -> SalesforceId {
        self.id
    }

    fn system_modstamp(&self) -> Option<DateTime<Utc>> {
        Some(self.system_modstamp)
    }
}

impl PulledRecord for Contact {
    const OBJECT: &'static str = "Contact";
    const FIELDS: &'static [&'static str] = &[
        "Id",
        "SystemModstamp",
        "FirstName",
        "LastName",
        "Name",
        "Title",
        "Email",
        "Phone",
        "MobilePhone",
        "HomePhone",
        "OtherPhone",
        "AssistantPhone",
        "AccountId",
        "Account.Name",
        "OwnerId",
        "Owner.Name",
        "HasOptedOutOfEmail",
        "DoNotCall",
        "IsPersonAccount",
        "LastActivityDate",
    ];

    fn id(&self) -> SalesforceId {
        self.id
    }

    fn system_modstamp(&self) -> Option<DateTime<Utc>> {
        Some(self.system_modstamp)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_contact_is_read_with_what_it_has() {
        let contact: Contact = serde_json::from_str(
            r#"{"attributes":{"type":"Contact","url":"/x"},"Id":"003000000000001",
                "SystemModstamp":"2027-03-09T14:30:05.000+0000","LastName":"Visser","Account":null,
                "Owner":{"attributes":{"type":"User"},"Name":"Robin"},"New_Field__c":{"a":[1]}}"#,
        )
        .unwrap();
        assert_eq!(contact.last_name.as_deref(), Some("Visser"));
        assert_eq!(contact.account, None);
        assert_eq!(contact.owner.unwrap().name.as_deref(), Some("Robin"));
    }

    /// Whatever stands in a field, the row is read or the error names that field.
    #[test]
    fn an_odd_value_is_read_or_named() {
        let odd = [json!(null), json!(""), json!(-1), json!(1.5), json!(true), json!([[]]), json!({"a": {}})];
        for name in Contact::FIELDS.iter().map(|name| name.split('.').next().unwrap_or(name)) {
            for value in &odd {
                let mut row = json!({"Id": "003000000000001", "SystemModstamp": "2027-03-09T14:30:05.000+0000"});
                row[name] = value.clone();
                let read: Result<Contact, _> = crate::test_support::response(200, &row.to_string()).json();
                if let Err(error) = read {
                    assert!(error.to_string().contains(name), "{name} = {value}: {error}");
                }
            }
        }
    }

    #[test]
    fn a_lead_needs_its_place_in_the_pull() {
        let read = |json: &str| serde_json::from_str::<Lead>(json);
        assert!(read(r#"{"Id":"00Q000000000001","SystemModstamp":"2027-03-09T14:30:05.000+0000"}"#).is_ok());
        assert!(read(r#"{"Id":"00Q000000000001"}"#).is_err());
        assert!(read(r#"{"Id":"00Q000000000001","SystemModstamp":"yesterday"}"#).is_err());
        assert!(read(r#"{"SystemModstamp":"2027-03-09T14:30:05.000+0000"}"#).is_err());
    }
}
