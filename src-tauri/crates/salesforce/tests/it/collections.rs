//! Many records in one call.

use liaison_salesforce::{Collection, Disposition, ExternalKey, FieldName, KEY_FIELD, ObjectName, Record, Resolution};

use crate::support::{effects, empty, sandbox, signed_in};

fn task(subject: &str) -> Record {
    Record::new().set("Subject", subject).unwrap()
}

fn keyed(range: std::ops::Range<u32>) -> Collection {
    Collection::Upsert {
        key_field: FieldName::new(KEY_FIELD).unwrap(),
        rows: range.map(|number| (ExternalKey::new(format!("lk1_{number}")).unwrap(), task("Call"))).collect(),
    }
}

#[tokio::test]
async fn two_hundred_rows_in_one_call_and_again() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let object = ObjectName::new("Task").unwrap();
    let first = salesforce.write_collection(&object, &keyed(0..200)).await.unwrap();
    assert_eq!(first.len(), 200);
    assert!(first.iter().all(|row| row.as_ref().is_ok_and(|saved| saved.created)));
    let second = salesforce.write_collection(&object, &keyed(0..200)).await.unwrap();
    assert!(second.iter().all(|row| row.as_ref().is_ok_and(|saved| !saved.created)));
    let ids =
        |rows: &[liaison_salesforce::RowOutcome]| rows.iter().map(|row| row.as_ref().unwrap().id).collect::<Vec<_>>();
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(effects(&sandbox, "Task.created"), 200);
}

#[tokio::test]
async fn a_bad_row_does_not_hold_up_the_others() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let object = ObjectName::new("Task").unwrap();
    let rows = vec![task("First"), task(&"x".repeat(256)), task("Third")];
    let outcomes = salesforce.write_collection(&object, &Collection::Create(rows)).await.unwrap();
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok());
    let refusal = outcomes[1].as_ref().unwrap_err();
    let Disposition::Park { code, fields, .. } = &refusal.disposition else { panic!("{refusal:?}") };
    assert_eq!((code.as_str(), fields.as_slice()), ("STRING_TOO_LONG", ["Subject".to_owned()].as_slice()));

    let (kept, gone) = (outcomes[0].as_ref().unwrap().id, outcomes[2].as_ref().unwrap().id);
    salesforce.delete(&object, gone).await.unwrap();
    let update = Collection::Update(vec![(gone, task("Gone")), (kept, task("Kept"))]);
    let outcomes = salesforce.write_collection(&object, &update).await.unwrap();
    assert_eq!(outcomes[0].as_ref().unwrap_err().disposition, Disposition::Resolve(Resolution::Deleted));
    assert_eq!(outcomes[1].as_ref().unwrap().id, kept);
}
