use super::*;
use crate::{FieldName, ObjectName, Query, Record};

fn name(text: &str) -> ReferenceName {
    ReferenceName::new(text).unwrap()
}

fn object(text: &str) -> ObjectName {
    ObjectName::new(text).unwrap()
}

fn campaign() -> Step {
    let record = Record::new().set("Name", "Launch").unwrap();
    Step::Create { object: object("Campaign"), record: record.into() }
}

fn member(of: &str) -> Step {
    let record = LinkedRecord::new(Record::new()).link(FieldName::new("CampaignId").unwrap(), name(of));
    Step::CreateAll { object: object("CampaignMember"), records: vec![record] }
}

fn reason(composite: &Composite) -> Option<&'static str> {
    composite.check().err().map(|invalid| invalid.reason)
}

#[test]
fn links_become_references_and_texts_never_do() {
    let linked = member("campaign").body().unwrap();
    assert_eq!(linked["records"][0]["CampaignId"], "@{campaign.id}");
    let composite = Composite::new().step(name("campaign"), campaign()).step(name("members"), member("campaign"));
    assert_eq!(reason(&composite), None);

    let texts =
        ["Subject", "Who"].into_iter().zip([json!("see @{campaign.id}"), json!({"Ext__c": ["see @{campaign.id}"]})]);
    for (field, value) in texts {
        let foreign = Record::new().set(field, value).unwrap();
        let step = Step::Create { object: object("Task"), record: foreign.into() };
        let composite = Composite::new().step(name("campaign"), campaign()).step(name("task"), step);
        assert_eq!(reason(&composite), Some("holds text that a composite request takes for a reference"), "{field}");
    }
}

#[test]
fn a_query_holds_no_reference_whatever_its_values() {
    let soql = Query::from("Lead").select(["Id"]).filter(crate::Condition::equals("Name", "@{a.id}&x=1 +")).build();
    let path = Step::Query(soql.unwrap()).path();
    assert!(!path.contains("@{") && !path.contains('&') && !path.contains(' ') && !path.contains('+'), "{path}");
}

#[test]
fn a_step_refers_only_to_steps_before_it() {
    let after = "refer to a step that does not stand before them";
    assert_eq!(reason(&Composite::new().step(name("members"), member("campaign"))), Some(after));
    assert_eq!(reason(&Composite::new().step(name("a"), member("a"))), Some(after));
    let twice = Composite::new().step(name("a"), campaign()).step(name("a"), campaign());
    assert_eq!(reason(&twice), Some("have the same name twice"));
}

#[test]
fn salesforces_limits() {
    let steps = |count: usize, step: fn() -> Step| {
        (0..count).fold(Composite::new(), |composite, number| composite.step(name(&format!("s{number}")), step()))
    };
    let query = || Step::Query(Query::from("Lead").select(["Id"]).build().unwrap());
    assert_eq!(reason(&Composite::new()), Some("are none"));
    assert_eq!(reason(&steps(25, campaign)), None);
    assert_eq!(reason(&steps(26, campaign)), Some("are more than Salesforce accepts"));
    assert_eq!(reason(&steps(5, query)), None);
    assert_eq!(reason(&steps(6, query)), Some("hold more than 5 queries and collections"));
    let empty = Step::CreateAll { object: object("Task"), records: Vec::new() };
    assert_eq!(reason(&Composite::new().step(name("a"), empty)), Some("are none or more than 200"));
}

fn read(json: &str) -> Result<Vec<StepOutcome>, SalesforceError> {
    let steps = [(name("campaign"), campaign()), (name("members"), member("campaign"))];
    outcomes(OPERATION, &steps, crate::test_support::response(200, json).json()?)
}

#[test]
fn outcomes_come_in_the_order_of_the_steps() {
    let outcomes = read(
        r#"{"compositeResponse":[
            {"body":{"id":"701000000000001","success":true,"errors":[]},"httpHeaders":{},"httpStatusCode":201,
             "referenceId":"campaign"},
            {"body":[{"success":false,"errors":[{"statusCode":"DUPLICATE_VALUE","message":"x","fields":[]}]}],
             "httpStatusCode":200,"referenceId":"members"}]}"#,
    )
    .unwrap();
    let saved = outcomes[0].as_ref().unwrap().saved().unwrap();
    assert!(saved.created && saved.id.as_str().starts_with("701"));
    let rows = outcomes[1].as_ref().unwrap().rows(1).unwrap();
    assert!(rows[0].is_err());
    assert!(outcomes[1].as_ref().unwrap().rows(2).is_err());
    assert!(outcomes[1].as_ref().unwrap().saved().is_err());
}

#[test]
fn nothing_counts_as_done_when_a_row_made_everything_undone() {
    let composite = Composite::new().step(name("campaign"), campaign()).step(name("members"), {
        let Step::CreateAll { object, records } = member("campaign") else { panic!("no collection") };
        Step::CreateAll { object, records: [records.clone(), records].concat() }
    });
    let outcomes = |composite: &Composite, second_row: &Value| {
        let answer = json!({"compositeResponse": [
            {"body": {"id": "701000000000001", "success": true, "errors": []}, "httpStatusCode": 201,
             "referenceId": "campaign"},
            {"body": [{"id": "00v000000000001", "success": true, "errors": []}, second_row],
             "httpStatusCode": 200, "referenceId": "members"},
        ]});
        composite.outcomes(serde_json::from_value(answer).unwrap()).unwrap()
    };
    let refused = json!({"success": false, "errors": [{"statusCode": "DUPLICATE_VALUE", "message": "x"}]});
    let saved = json!({"id": "00v000000000002", "success": true, "errors": []});
    let done = |outcomes: &[StepOutcome]| {
        let rows = outcomes[1].as_ref().unwrap().rows(2).unwrap();
        (outcomes[0].is_ok(), rows.iter().map(Result::is_ok).collect::<Vec<_>>())
    };
    assert_eq!(done(&outcomes(&composite, &refused)), (true, vec![true, false]));
    let composite = composite.all_or_none();
    assert_eq!(done(&outcomes(&composite, &saved)), (true, vec![true, true]));
    let undone = outcomes(&composite, &refused);
    assert_eq!(done(&undone), (false, vec![false, false]));
    let rows = undone[1].as_ref().unwrap().rows(2).unwrap();
    let codes: Vec<_> = rows.iter().map(|row| row.as_ref().unwrap_err().items[0].code.as_str()).collect();
    assert_eq!(codes, ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "DUPLICATE_VALUE"]);
}

#[test]
fn the_cause_is_not_what_was_undone_with_it() {
    let refused = |code: &str, reference: &str| {
        format!(
            r#"{{"body":[{{"errorCode":"{code}","message":"x"}}],"httpStatusCode":400,"referenceId":"{reference}"}}"#
        )
    };
    let answer = |first: &str, second: &str| {
        let (first, second) = (refused(first, "campaign"), refused(second, "members"));
        read(&format!(r#"{{"compositeResponse":[{first},{second}]}}"#)).unwrap()
    };
    let halted = answer("PROCESSING_HALTED", "REQUIRED_FIELD_MISSING");
    let (index, refusal) = cause(&halted).unwrap();
    assert_eq!((index, refusal.code()), (1, "REQUIRED_FIELD_MISSING"));
    assert_eq!(cause(&answer("PROCESSING_HALTED", "PROCESSING_HALTED")).map(|(index, _)| index), Some(0));
}

#[test]
fn an_answer_that_does_not_fit_is_unknown() {
    let step = |reference: &str| format!(r#"{{"body":null,"httpStatusCode":204,"referenceId":"{reference}"}}"#);
    for steps in [
        step("campaign"),
        format!("{},{}", step("members"), step("campaign")),
        format!("{},{},{}", step("campaign"), step("members"), step("more")),
        format!(r#"{},{{"httpStatusCode":7,"referenceId":"members"}}"#, step("campaign")),
    ] {
        let error = read(&format!(r#"{{"compositeResponse":[{steps}]}}"#)).unwrap_err();
        assert!(error.outcome_unknown(), "{steps}");
    }
}
