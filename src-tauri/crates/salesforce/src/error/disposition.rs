//! One classification of every error into what happens next.
//!
//! Codes decide, not texts: texts are translated and written by administrators. The three exceptions
//! are told below. Source: REST guide, "Status codes and error responses"; SOAP guide, "Core data
//! types, StatusCode".

use reqwest::StatusCode;

use super::ServerText;
use super::refusal::{BAD_TOKEN, Duplicates, ErrorItem, Refusal};
use crate::SalesforceId;

/// What the caller does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disposition {
    /// The access token is not accepted. Transport refreshes and replays once by itself: whoever
    /// sees this asks the user to sign in.
    RefreshAndReplay,
    /// Wait with growing pauses, then send again: at once for what is idempotent, after a look-up
    /// for everything else.
    BackOff,
    /// The org's API calls of the last 24 hours are used up: try again much later.
    PauseUntilWindow,
    /// Something can be found out or decided, then the work goes on.
    Resolve(Resolution),
    /// Nothing to be done by itself: keep the work and show why.
    Park {
        /// Salesforce's code, empty when there was none.
        code: String,
        /// Salesforce's or the administrator's text, to be shown as it is.
        message: ServerText,
        /// The fields it is about.
        fields: Vec<String>,
    },
}

/// What can be found out or decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// A record with this unique value exists: look it up and adopt it.
    DuplicateValue {
        /// The field, if the text tells.
        field: Option<String>,
        /// The record, if the text tells and the user may see it.
        existing: Option<SalesforceId>,
    },
    /// Several records share the external id: the field is not unique.
    SeveralMatches(Vec<SalesforceId>),
    /// The record is gone: deleted, or no longer visible to this user. It is not made again.
    Deleted,
    /// The Lead was converted; its Contact takes its place.
    ConvertedLead,
    /// A duplicate rule found these records.
    DuplicatesDetected(Duplicates),
}

/// What a request was about: "not found" means different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addressed {
    /// One record by its id.
    Record,
    /// Anything else: a resource, an external id, a query.
    Resource,
}

const BACK_OFF: [&str; 11] = [
    "UNABLE_TO_LOCK_ROW",
    "SERVER_UNAVAILABLE",
    "REQUEST_RUNNING_TOO_LONG",
    "QUERY_TIMEOUT",
    "SERVICE_UNAVAILABLE",
    "UNKNOWN_EXCEPTION",
    "API_CURRENTLY_DISABLED",
    "BATCH_PROCESSING_HALTED",
    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
    // Undone because another step of the same transaction failed.
    "PROCESSING_HALTED",
    // The retries of a Bulk job met locked records all the time.
    "TOO_MANY_LOCK_FAILURE",
];

pub(super) fn of_refusal(refusal: &Refusal) -> Disposition {
    if refusal.status == StatusCode::MULTIPLE_CHOICES {
        return Disposition::Resolve(Resolution::SeveralMatches(refusal.several.clone()));
    }
    match decisive(&refusal.items) {
        Some(item) => of_item(item, refusal.addressed),
        None => of_status(refusal.status),
    }
}

/// The disposition of one row in a collection.
pub(crate) fn of_items(items: &[ErrorItem], addressed: Addressed) -> Disposition {
    match decisive(items) {
        Some(item) => of_item(item, addressed),
        None => parked("", &ServerText::default(), &[]),
    }
}

/// Of several errors the one that needs a person: nothing else helps before it is mended.
fn decisive(items: &[ErrorItem]) -> Option<&ErrorItem> {
    let parks = |item: &&ErrorItem| {
        matches!(of_item(item, Addressed::Resource), Disposition::Park { .. }) && item.code != "NOT_FOUND"
    };
    items.iter().find(parks).or_else(|| items.first())
}

fn of_item(item: &ErrorItem, addressed: Addressed) -> Disposition {
    match item.code.as_str() {
        "INVALID_SESSION_ID" if is_barred(item.message.expose()) => parked(&item.code, &item.message, &item.fields),
        "INVALID_SESSION_ID" | BAD_TOKEN => Disposition::RefreshAndReplay,
        "REQUEST_LIMIT_EXCEEDED" => limit(item.message.expose()),
        code if BACK_OFF.contains(&code) => Disposition::BackOff,
        "DUPLICATE_VALUE" | "DUPLICATE_EXTERNAL_ID" => Disposition::Resolve(duplicate_value(item)),
        "ENTITY_IS_DELETED" => Disposition::Resolve(Resolution::Deleted),
        "NOT_FOUND" if addressed == Addressed::Record => Disposition::Resolve(Resolution::Deleted),
        "CANNOT_UPDATE_CONVERTED_LEAD" => Disposition::Resolve(Resolution::ConvertedLead),
        "DUPLICATES_DETECTED" => Disposition::Resolve(Resolution::DuplicatesDetected(item.duplicates.clone())),
        code => parked(code, &item.message, &item.fields),
    }
}

/// Whether a session is valid but kept out of the REST API, which signing in again does not change.
/// The code is that of a session that ended; only the English text tells them apart.
pub(crate) fn is_barred(message: &str) -> bool {
    message.contains("Connected app is not attached to Agent")
        || message.contains("This session is not valid for use with the REST API")
}

/// Without a code the answer need not be Salesforce's: a proxy's 404 must not look like a deleted
/// record, nor its 401 like the end of the sign-in.
fn of_status(status: StatusCode) -> Disposition {
    match status.as_u16() {
        // 420 is Salesforce's edge asking for patience.
        408 | 420 | 429 | 500..=599 => Disposition::BackOff,
        _ => parked("", &ServerText::default(), &[]),
    }
}

fn parked(code: &str, message: &ServerText, fields: &[String]) -> Disposition {
    Disposition::Park { code: code.to_owned(), message: message.clone(), fields: fields.to_vec() }
}

/// One code stands for two limits, and only the English text tells them apart. Anything but the
/// short one is taken for the daily one, which is the careful choice.
fn limit(message: &str) -> Disposition {
    if message.contains("ConcurrentRequests") || message.contains("ConcurrentPerOrg") {
        Disposition::BackOff
    } else {
        Disposition::PauseUntilWindow
    }
}

/// Field and record stand in the text only: "… found: FIELD duplicates value on record with id: ID".
/// What cannot be read from it is left open, and a look-up by key finds the record.
fn duplicate_value(item: &ErrorItem) -> Resolution {
    let text = item.message.expose();
    let field = text
        .split_once("found:")
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .filter(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()))
        .map(str::to_owned)
        .or_else(|| item.fields.first().cloned());
    let existing = text
        .rsplit_once("id:")
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .map(|word| word.trim_end_matches(|last: char| !last.is_ascii_alphanumeric()))
        .and_then(|word| word.parse().ok());
    Resolution::DuplicateValue { field, existing }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::refusal::DuplicateMatch;
    use super::*;
    use crate::test_support::response;

    fn id(text: &str) -> SalesforceId {
        text.parse().unwrap()
    }

    fn of(status: u16, body: &str) -> Disposition {
        Refusal::read(&response(status, body), Addressed::Resource).disposition()
    }

    fn code(code: &str, message: &str) -> String {
        serde_json::json!([{ "errorCode": code, "message": message }]).to_string()
    }

    #[test]
    fn what_mends_itself() {
        assert_eq!(of(401, &code("INVALID_SESSION_ID", "expired")), Disposition::RefreshAndReplay);
        let barred = of(401, &code("INVALID_SESSION_ID", "This session is not valid for use with the REST API"));
        assert!(matches!(barred, Disposition::Park { .. }));
        assert_eq!(of(403, "Bad_OAuth_Token"), Disposition::RefreshAndReplay);
        assert_eq!(of(400, &code("UNABLE_TO_LOCK_ROW", "busy")), Disposition::BackOff);
        assert_eq!(of(503, "<html>maintenance</html>"), Disposition::BackOff);
        assert_eq!(of(500, ""), Disposition::BackOff);
        assert_eq!(
            of(403, &code("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")),
            Disposition::PauseUntilWindow
        );
        assert_eq!(
            of(403, &code("REQUEST_LIMIT_EXCEEDED", "Aanvraaglimiet overschreden")),
            Disposition::PauseUntilWindow
        );
        assert_eq!(
            of(403, &code("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (x) Limit exceeded.")),
            Disposition::BackOff
        );
    }

    /// Every code that Salesforce documents for the calls Liaison makes, in one class each.
    #[test]
    fn every_documented_code_has_its_class() {
        let class = |code_: &str| match of(400, &code(code_, "")) {
            Disposition::RefreshAndReplay => "refresh",
            Disposition::BackOff => "back off",
            Disposition::PauseUntilWindow => "pause",
            Disposition::Resolve(_) => "resolve",
            Disposition::Park { .. } => "park",
        };
        for (expected, codes) in [
            ("refresh", &["INVALID_SESSION_ID"][..]),
            (
                "back off",
                &[
                    "UNABLE_TO_LOCK_ROW",
                    "SERVER_UNAVAILABLE",
                    "REQUEST_RUNNING_TOO_LONG",
                    "QUERY_TIMEOUT",
                    "UNKNOWN_EXCEPTION",
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    "PROCESSING_HALTED",
                    "BATCH_PROCESSING_HALTED",
                ],
            ),
            ("pause", &["REQUEST_LIMIT_EXCEEDED"]),
            (
                "resolve",
                &["DUPLICATE_VALUE", "DUPLICATES_DETECTED", "ENTITY_IS_DELETED", "CANNOT_UPDATE_CONVERTED_LEAD"],
            ),
            (
                "park",
                &[
                    "API_DISABLED_FOR_ORG",
                    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                    "EXCEEDED_ID_LIMIT",
                    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
                    "FIELD_INTEGRITY_EXCEPTION",
                    "FUNCTIONALITY_NOT_ENABLED",
                    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                    "INSUFFICIENT_ACCESS_OR_READONLY",
                    "INVALID_AUTH_HEADER",
                    "INVALID_CROSS_REFERENCE_KEY",
                    "INVALID_EMAIL_ADDRESS",
                    "INVALID_FIELD",
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    "INVALID_QUERY_LOCATOR",
                    "INVALID_TYPE",
                    "JSON_PARSER_ERROR",
                    "MALFORMED_ID",
                    "MALFORMED_QUERY",
                    "MIXED_DML_OPERATION",
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    "REQUIRED_FIELD_MISSING",
                    "STRING_TOO_LONG",
                    "410:GONE",
                ],
            ),
        ] {
            for code in codes {
                assert_eq!(class(code), expected, "{code}");
            }
        }
    }

    #[test]
    fn duplicate_value_tells_the_record_when_the_text_does() {
        let told = |message: &str| match of(400, &code("DUPLICATE_VALUE", message)) {
            Disposition::Resolve(Resolution::DuplicateValue { field, existing }) => (field, existing),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            told("duplicate value found: Liaison_Key__c duplicates value on record with id: 00U00000000000A"),
            (Some("Liaison_Key__c".to_owned()), Some(id("00U00000000000A")))
        );
        assert_eq!(
            told("duplicate value found: <unknown> duplicates value on record with id: <unknown>"),
            (None, None)
        );
        assert_eq!(told("dubbele waarde"), (None, None));
    }

    #[test]
    fn several_matches_come_from_300() {
        let body = r#"["/services/data/v62.0/sobjects/Task/00T000000000001","/services/data/v62.0/sobjects/Task/00T000000000002EAA"]"#;
        assert_eq!(
            of(300, body),
            Disposition::Resolve(Resolution::SeveralMatches(vec![id("00T000000000001"), id("00T000000000002"),]))
        );
        assert_eq!(of(300, "<html>"), Disposition::Resolve(Resolution::SeveralMatches(Vec::new())));
    }

    #[test]
    fn duplicate_rules_name_their_matches_in_both_spellings() {
        for key in ["duplicateResut", "duplicateResult"] {
            let body = serde_json::json!([{
                "errorCode": "DUPLICATES_DETECTED",
                "message": "Same person?",
                (key): {"allowSave": true, "matchResults": [
                    {"matchRecords": [
                        {"record": {"attributes": {"type": "Lead"}, "Id": "00Q000000000001", "Name": "Ada", "Company": "Engines"}},
                        {"record": {"attributes": {"type": "Lead"}}},
                        {"record": {"Id": "00Q000000000002"}},
                    ]},
                    {"matchRecords": [{"record": {"attributes": {"type": "Lead"}, "Id": "00Q000000000001"}}]},
                ]},
            }]);
            let text = |text: &str| Some(text.to_owned());
            let found = |ending: &str, object: &str| DuplicateMatch {
                id: id(&format!("00Q00000000000{ending}")),
                object: object.to_owned(),
                name: text("Ada").filter(|_| ending == "1"),
                company: text("Engines").filter(|_| ending == "1"),
            };
            let matches = vec![found("1", "Lead"), found("2", "")];
            let expected = Disposition::Resolve(Resolution::DuplicatesDetected(Duplicates { may_save: true, matches }));
            assert_eq!(of(400, &body.to_string()), expected, "{key}");
        }
    }

    #[test]
    fn not_found_means_deleted_only_for_a_record() {
        let body = code("NOT_FOUND", "The requested resource does not exist");
        let record = Refusal::read(&response(404, &body), Addressed::Record).disposition();
        assert_eq!(record, Disposition::Resolve(Resolution::Deleted));
        assert!(matches!(of(404, &body), Disposition::Park { code, .. } if code == "NOT_FOUND"));
        assert_eq!(of(404, &code("ENTITY_IS_DELETED", "entity is deleted")), Disposition::Resolve(Resolution::Deleted));
    }

    #[test]
    fn a_proxy_decides_nothing() {
        for status in [401, 403, 404] {
            for addressed in [Addressed::Record, Addressed::Resource] {
                let foreign = Refusal::read(&response(status, "<html>proxy</html>"), addressed);
                assert!(matches!(foreign.disposition(), Disposition::Park { .. }), "{status}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_answer_is_classified(status in 300_u16..600, text in any::<String>()) {
            let _ = of(status, &text);
            let row = serde_json::json!([{"errorCode": "DUPLICATE_VALUE", "message": format!("found: {text} id: {text}"),
                "fields": [text, 1], "duplicateResut": {"matchResults": [text]}}, text, {"statusCode": text}]);
            let _ = of(status, &row.to_string());
        }
    }

    #[test]
    fn the_administrators_text_is_kept_and_needs_a_person() {
        let body = serde_json::json!([
            {"errorCode": "UNABLE_TO_LOCK_ROW", "message": "busy"},
            {"errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Vul eerst <b>Regio</b> in.",
             "fields": ["Region__c"]},
        ]);
        assert_eq!(
            of(400, &body.to_string()),
            Disposition::Park {
                code: "FIELD_CUSTOM_VALIDATION_EXCEPTION".to_owned(),
                message: ServerText::new("Vul eerst <b>Regio</b> in."),
                fields: vec!["Region__c".to_owned()],
            }
        );
        assert!(matches!(of(400, &code("BRAND_NEW_CODE", "?")), Disposition::Park { .. }));
        assert!(matches!(of(400, "nonsense"), Disposition::Park { .. }));
        assert!(matches!(of(400, "{}"), Disposition::Park { .. }));
    }

    #[test]
    fn texts_stay_out_of_display_and_debug() {
        let refusal = Refusal::read(&response(400, &code("X", "c4n4ry")), Addressed::Resource);
        assert!(!format!("{refusal} {refusal:?} {:?}", refusal.disposition()).contains("c4n4ry"));
    }
}
