//! People for measurements that need many of them.

use liaison_domain::RecordKind;
use liaison_store::tables::people::{self, PersonRecord};
use liaison_store::tables::people_phones;
use liaison_store::{Store, StoreResult};

/// A Lead whom nobody mails and no number reaches; what a measurement needs beside that, it adds.
pub fn lead(index: usize) -> PersonRecord {
    let id = format!("00Q{index:012}AAB");
    PersonRecord {
        id: format!("Lead:{id}"),
        record: RecordKind::Lead,
        salesforce_id: id,
        first_name: None,
        last_name: None,
        name: format!("Person {index}"),
        company: Some(format!("Company {}", index % 5_000)),
        account_id: None,
        title: None,
        email: None,
        more_emails: Vec::new(),
        phones: Vec::new(),
        status: None,
        owner_id: None,
        owner_name: None,
        person_account: false,
        activity_day: None,
        email_opt_out: false,
        do_not_call: false,
        converted_to: None,
        merged_into: None,
        stamp_utc_ms: 1,
        field_hash: String::new(),
        deleted: false,
    }
}

/// Stores people page by page; what is known of their numbers waits for nothing to be matched with it.
pub fn keep_people(store: &Store, all: &[PersonRecord]) -> StoreResult<()> {
    for page in all.chunks(2_000) {
        store.write_now(|tx| people::upsert_page(tx, page).map(drop))?;
    }
    store.write_now(|tx| {
        loop {
            let endings = people_phones::news(tx, 10_000)?;
            if endings.is_empty() {
                return Ok(());
            }
            people_phones::dealt_with(tx, &endings)?;
        }
    })
}
