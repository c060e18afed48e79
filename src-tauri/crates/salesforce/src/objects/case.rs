//! Cases as a pull reads them. Source: Object Reference, "Case".

use super::person::Parent;
use super::record_macro::pulled_record;
use crate::SalesforceId;

pulled_record! {
    /// A Case.
    Case = "Case" {
        /// Number, as people quote it.
        case_number: Option<String> = "CaseNumber";
        /// Subject.
        subject: Option<String> = "Subject";
        /// Status, as the org names it.
        status: Option<String> = "Status";
        /// Priority, as the org names it.
        priority: Option<String> = "Priority";
        /// The person.
        contact_id: Option<SalesforceId> = "ContactId";
        /// Account.
        account_id: Option<SalesforceId> = "AccountId";
        /// Account's name.
        account: Option<Parent> = "Account", "Account.Name";
        /// It is closed.
        is_closed: Option<bool> = "IsClosed";
        /// Owner, a user or a queue.
        owner_id: Option<SalesforceId> = "OwnerId";
        /// Owner's name.
        owner: Option<Parent> = "Owner", "Owner.Name";
    }
}
