//! A person of Salesforce as the local copy keeps them.

use liaison_domain::{RecordKind, text};
use liaison_salesforce::{Contact, Lead, Person, PersonExtras};
use liaison_store::tables::people::{PersonRecord, Phone};

const MAX_TEXT: usize = 255;

pub(in crate::directory) fn record(person: &Person) -> PersonRecord {
    match person {
        Person::Lead(lead) => lead_record(lead),
        Person::Contact(contact) => contact_record(contact),
    }
}

fn lead_record(lead: &Lead) -> PersonRecord {
    let converted = lead.is_converted == Some(true);
    PersonRecord {
        id: format!("Lead:{}", lead.id),
        record: RecordKind::Lead,
        salesforce_id: lead.id.to_string(),
        first_name: clean(lead.first_name.as_ref()),
        last_name: clean(lead.last_name.as_ref()),
        name: name(lead.name.as_ref(), lead.first_name.as_ref(), lead.last_name.as_ref()),
        company: clean(lead.company.as_ref()),
        account_id: None,
        title: clean(lead.title.as_ref()),
        email: lead.email.clone(),
        more_emails: more_emails(&lead.extras),
        phones: phones([("Phone", &lead.phone), ("MobilePhone", &lead.mobile_phone)], &lead.extras),
        status: lead.status.clone(),
        owner_id: lead.owner_id.map(|id| id.to_string()),
        owner_name: lead.owner.as_ref().and_then(|owner| clean(owner.name.as_ref())),
        person_account: false,
        activity_day: lead.last_activity_date.clone(),
        email_opt_out: lead.has_opted_out_of_email.unwrap_or(false),
        do_not_call: lead.do_not_call.unwrap_or(false),
        converted_to: lead.converted_contact_id.filter(|_| converted).map(|id| format!("Contact:{id}")),
        merged_into: None,
        stamp_utc_ms: lead.system_modstamp.timestamp_millis(),
        field_hash: lead.extras.field_hash.to_string(),
        deleted: false,
    }
}

fn contact_record(contact: &Contact) -> PersonRecord {
    PersonRecord {
        id: format!("Contact:{}", contact.id),
        record: RecordKind::Contact,
        salesforce_id: contact.id.to_string(),
        first_name: clean(contact.first_name.as_ref()),
        last_name: clean(contact.last_name.as_ref()),
        name: name(contact.name.as_ref(), contact.first_name.as_ref(), contact.last_name.as_ref()),
        company: contact.account.as_ref().and_then(|account| clean(account.name.as_ref())),
        account_id: contact.account_id.map(|id| id.to_string()),
        title: clean(contact.title.as_ref()),
        email: contact.email.clone(),
        more_emails: more_emails(&contact.extras),
        phones: phones(
            [
                ("Phone", &contact.phone),
                ("MobilePhone", &contact.mobile_phone),
                ("HomePhone", &contact.home_phone),
                ("OtherPhone", &contact.other_phone),
                ("AssistantPhone", &contact.assistant_phone),
            ],
            &contact.extras,
        ),
        status: None,
        owner_id: contact.owner_id.map(|id| id.to_string()),
        owner_name: contact.owner.as_ref().and_then(|owner| clean(owner.name.as_ref())),
        person_account: contact.is_person_account == Some(true),
        activity_day: contact.last_activity_date.clone(),
        email_opt_out: contact.has_opted_out_of_email.unwrap_or(false),
        do_not_call: contact.do_not_call.unwrap_or(false),
        converted_to: None,
        merged_into: None,
        stamp_utc_ms: contact.system_modstamp.timestamp_millis(),
        field_hash: contact.extras.field_hash.to_string(),
        deleted: false,
    }
}

/// A company as it is shown.
pub(super) fn company(name: &str) -> String {
    text::single_line(name, MAX_TEXT)
}

fn clean(value: Option<&String>) -> Option<String> {
    value.map(|value| text::single_line(value, MAX_TEXT)).filter(|value| !value.is_empty())
}

fn name(whole: Option<&String>, first: Option<&String>, last: Option<&String>) -> String {
    clean(whole).unwrap_or_else(|| [clean(first), clean(last)].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Every number that is kept somewhere, an administrator's own fields included.
fn phones<'a>(known: impl IntoIterator<Item = (&'a str, &'a Option<String>)>, extras: &'a PersonExtras) -> Vec<Phone> {
    let known = known.into_iter().filter_map(|(field, number)| Some((field, number.as_deref()?)));
    let more = extras.phones.iter().map(|more| (more.field.as_str(), more.text.as_str()));
    known
        .chain(more)
        .map(|(field, number)| Phone { field: field.to_owned(), number: number.trim().to_owned() })
        .filter(|phone| !phone.number.is_empty())
        .collect()
}

fn more_emails(extras: &PersonExtras) -> Vec<String> {
    extras.emails.iter().map(|more| more.text.trim().to_owned()).filter(|email| !email.is_empty()).collect()
}
