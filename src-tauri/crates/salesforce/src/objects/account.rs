//! Accounts as a pull reads them. Source: Object Reference, "Account".

use super::person::Parent;
use super::record_macro::pulled_record;
use crate::SalesforceId;

pulled_record! {
    /// An Account.
    Account = "Account" {
        /// Name.
        name: Option<String> = "Name";
        /// Telephone, as typed.
        phone: Option<String> = "Phone";
        /// Web address.
        website: Option<String> = "Website";
        /// Industry, as the org names it.
        industry: Option<String> = "Industry";
        /// Type, as the org names it.
        account_type: Option<String> = "Type";
        /// The Account above it.
        parent_id: Option<SalesforceId> = "ParentId";
        /// Town of the billing address.
        billing_city: Option<String> = "BillingCity";
        /// Country of the billing address.
        billing_country: Option<String> = "BillingCountry";
        /// Owner.
        owner_id: Option<SalesforceId> = "OwnerId";
        /// Owner's name.
        owner: Option<Parent> = "Owner", "Owner.Name";
        /// It stands for one person, in orgs with person accounts.
        is_person_account: Option<bool> = "IsPersonAccount";
        /// The Contact behind a person account.
        person_contact_id: Option<SalesforceId> = "PersonContactId";
    }
}
