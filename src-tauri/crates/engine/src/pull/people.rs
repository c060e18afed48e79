//! Leads and Contacts: everything once, then what was touched since.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::text;
use liaison_salesforce::{
    Condition, Contact, Lead, ObjectName, Operator, PeopleCursor, PeopleQuery, Person, PersonKind, Query, SalesforceId,
};
use liaison_store::tables::people::{self, PersonKind as StoredKind, PersonRecord, Phone};
use liaison_store::tables::{cursors, cursors::CursorRecord};
use serde::Deserialize;

use super::{CONTACTS, LEADS, salesforce_failed};
use crate::accounts::SalesforceAccount;
use crate::failure::trouble;
use crate::profile::Profile;
use crate::view::{CommandError, Provider, Tag};

const PAGE: u32 = 2_000;
/// Slow transactions commit rows with an older stamp than rows already seen.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
const MAX_TEXT: usize = 255;

pub(super) async fn pull(profile: &Arc<Profile>, account: &SalesforceAccount) -> Result<(), CommandError> {
    let mut done = 0;
    for kind in [PersonKind::Contact, PersonKind::Lead] {
        pull_kind(profile, account, kind, &mut done).await?;
    }
    Ok(())
}

fn cursor_name(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Lead => LEADS,
        PersonKind::Contact => CONTACTS,
    }
}

async fn pull_kind(
    profile: &Arc<Profile>,
    account: &SalesforceAccount,
    kind: PersonKind,
    done: &mut u32,
) -> Result<(), CommandError> {
    let failed = salesforce_failed(profile);
    let name = cursor_name(kind);
    let stored = profile.store.read(move |db| cursors::get(db, name)).await?;
    let query = query(profile, account, kind).await?;
    let last = stored.as_ref().and_then(parse_cursor);
    // A first pull that was cut off goes on where it stopped; a later one begins a little earlier.
    let complete_before = stored.as_ref().is_some_and(|cursor| cursor.complete_utc_ms.is_some());
    let mut place = if complete_before { last.map(|cursor| cursor.with_overlap(OVERLAP)) } else { last };
    loop {
        let page = account.api.pull_people(&query, place.as_ref(), PAGE).await.map_err(|error| {
            // A field may have been hidden since: ask again what there is.
            profile.forget_capabilities();
            failed(error)
        })?;
        if !page.skipped.is_empty() {
            tracing::warn!(rows = page.skipped.len(), "people could not be read and were left out");
        }
        place = page.cursor.or(place);
        *done += u32::try_from(page.people.len()).unwrap_or(0);
        let rows: Vec<PersonRecord> = page.people.iter().map(record).collect();
        let (value, now_ms) = (place.as_ref().map(cursor_text).unwrap_or_default(), profile.now_ms());
        profile
            .store
            .write(move |tx| {
                people::upsert_page(tx, &rows)?;
                cursors::set(tx, name, &value, now_ms)
            })
            .await?;
        profile.status.progress(Provider::Salesforce, *done);
        profile.changed(&[Tag::People, Tag::Session]);
        if !page.has_more {
            break;
        }
    }
    if complete_before {
        pull_deleted(profile, account, kind, last).await?;
    }
    let (value, now_ms) = (place.as_ref().map(cursor_text).unwrap_or_default(), profile.now_ms());
    profile.store.write(move |tx| cursors::complete(tx, name, &value, now_ms)).await?;
    Ok(())
}

/// Which fields this rep may see; asked once a day, for it costs a call and a large answer.
async fn query(profile: &Profile, account: &SalesforceAccount, kind: PersonKind) -> Result<PeopleQuery, CommandError> {
    if let Some(known) = profile.known_people_query(kind) {
        return Ok(known);
    }
    let object = ObjectName::new(kind.object()).map_err(|_| CommandError::Internal { code: "E-OBJECT".to_owned() })?;
    let described = account.api.describe(&object, None).await.map_err(salesforce_failed(profile))?;
    let description = described.changed().ok_or_else(|| trouble(Provider::Salesforce, "E-SALESFORCE-DESCRIBE"))?;
    let query = PeopleQuery::new(kind, &description);
    profile.remember_people_query(query.clone());
    Ok(query)
}

/// What was deleted or merged away since the last round.
async fn pull_deleted(
    profile: &Profile,
    account: &SalesforceAccount,
    kind: PersonKind,
    since: Option<PeopleCursor>,
) -> Result<(), CommandError> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(rename = "Id")]
        id: SalesforceId,
    }
    let failed = salesforce_failed(profile);
    let Some(since) = since else { return Ok(()) };
    let soql = Query::from(kind.object())
        .select(["Id"])
        .filter(Condition::equals("IsDeleted", true))
        .filter(Condition::compare("SystemModstamp", Operator::AtLeast, since.with_overlap(OVERLAP).system_modstamp))
        .build()
        .map_err(|error| failed(error.into()))?;
    let rows: Vec<Row> = account.api.query_all_rows(&soql).await.map_err(&failed)?;
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = rows.iter().map(|row| format!("{}:{}", kind.object(), row.id)).collect();
    profile
        .store
        .write(move |tx| people::delete_people(tx, &ids.iter().map(String::as_str).collect::<Vec<_>>()))
        .await?;
    Ok(())
}

/// `1770000000000 00Q…`; an id may be missing.
fn cursor_text(cursor: &PeopleCursor) -> String {
    let id = cursor.id.map(|id| id.to_string()).unwrap_or_default();
    format!("{} {id}", cursor.system_modstamp.timestamp_millis())
}

fn parse_cursor(record: &CursorRecord) -> Option<PeopleCursor> {
    let (stamp, id) = record.value.split_once(' ')?;
    let system_modstamp: DateTime<Utc> = DateTime::from_timestamp_millis(stamp.parse().ok()?)?;
    Some(PeopleCursor { system_modstamp, id: id.parse().ok() })
}

fn record(person: &Person) -> PersonRecord {
    match person {
        Person::Lead(lead) => lead_record(lead),
        Person::Contact(contact) => contact_record(contact),
    }
}

fn lead_record(lead: &Lead) -> PersonRecord {
    let converted = lead.is_converted == Some(true);
    PersonRecord {
        id: format!("Lead:{}", lead.id),
        record: StoredKind::Lead,
        salesforce_id: lead.id.to_string(),
        first_name: clean(lead.first_name.as_ref()),
        last_name: clean(lead.last_name.as_ref()),
        name: name(lead.name.as_ref(), lead.first_name.as_ref(), lead.last_name.as_ref()),
        company: clean(lead.company.as_ref()),
        account_id: None,
        title: clean(lead.title.as_ref()),
        email: lead.email.clone(),
        phones: phones([("Phone", &lead.phone), ("MobilePhone", &lead.mobile_phone)]),
        status: lead.status.clone(),
        owner_id: lead.owner_id.map(|id| id.to_string()),
        owner_name: lead.owner.as_ref().and_then(|owner| clean(owner.name.as_ref())),
        email_opt_out: lead.has_opted_out_of_email.unwrap_or(false),
        do_not_call: lead.do_not_call.unwrap_or(false),
        converted_to: lead.converted_contact_id.filter(|_| converted).map(|id| format!("Contact:{id}")),
        stamp_utc_ms: lead.system_modstamp.timestamp_millis(),
        deleted: false,
    }
}

fn contact_record(contact: &Contact) -> PersonRecord {
    PersonRecord {
        id: format!("Contact:{}", contact.id),
        record: StoredKind::Contact,
        salesforce_id: contact.id.to_string(),
        first_name: clean(contact.first_name.as_ref()),
        last_name: clean(contact.last_name.as_ref()),
        name: name(contact.name.as_ref(), contact.first_name.as_ref(), contact.last_name.as_ref()),
        company: contact.account.as_ref().and_then(|account| clean(account.name.as_ref())),
        account_id: contact.account_id.map(|id| id.to_string()),
        title: clean(contact.title.as_ref()),
        email: contact.email.clone(),
        phones: phones([
            ("Phone", &contact.phone),
            ("MobilePhone", &contact.mobile_phone),
            ("HomePhone", &contact.home_phone),
            ("OtherPhone", &contact.other_phone),
            ("AssistantPhone", &contact.assistant_phone),
        ]),
        status: None,
        owner_id: contact.owner_id.map(|id| id.to_string()),
        owner_name: contact.owner.as_ref().and_then(|owner| clean(owner.name.as_ref())),
        email_opt_out: contact.has_opted_out_of_email.unwrap_or(false),
        do_not_call: contact.do_not_call.unwrap_or(false),
        converted_to: None,
        stamp_utc_ms: contact.system_modstamp.timestamp_millis(),
        deleted: false,
    }
}

fn clean(value: Option<&String>) -> Option<String> {
    value.map(|value| text::single_line(value, MAX_TEXT)).filter(|value| !value.is_empty())
}

fn name(whole: Option<&String>, first: Option<&String>, last: Option<&String>) -> String {
    clean(whole).unwrap_or_else(|| [clean(first), clean(last)].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn phones<'a>(fields: impl IntoIterator<Item = (&'a str, &'a Option<String>)>) -> Vec<Phone> {
    fields
        .into_iter()
        .filter_map(|(field, number)| {
            let number = number.as_deref()?.trim();
            (!number.is_empty()).then(|| Phone { field: field.to_owned(), number: number.to_owned() })
        })
        .collect()
}
