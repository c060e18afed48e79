//! What our package has more of for a member of a Campaign: which of it differs from what stands there, and how it is
//! written. Nothing is ever emptied: what is not known here, somebody else may know.

use chrono::DateTime;
use liaison_salesforce::{CampaignMember, Record};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::stored::MemberDetails;

/// Salesforce's limit for a field of type URL.
const MAX_LINK: usize = 255;

const LINK: &str = "Liaison_Join_Link__c";

/// The fields that are to be written, of those that may be.
pub(super) fn differing(
    details: &MemberDetails,
    there: Option<&CampaignMember>,
    may: &[&'static str],
) -> Vec<&'static str> {
    may.iter().copied().filter(|name| differs(name, details, there)).collect()
}

fn differs(name: &str, details: &MemberDetails, there: Option<&CampaignMember>) -> bool {
    let text = |wanted: Option<&str>, has: Option<&Option<String>>| {
        wanted.is_some_and(|wanted| has.is_none_or(|has| has.as_deref() != Some(wanted)))
    };
    let moment = |wanted: Option<i64>, has: Option<i64>| {
        // Salesforce keeps whole seconds.
        wanted.is_some_and(|wanted| has.map(|has| has / 1_000) != Some(wanted / 1_000))
    };
    let id = registrant_id(details);
    match name {
        "Liaison_Registrant_Id__c" => text(id, there.map(|there| &there.registrant_id)),
        "Liaison_Registration_Status__c" => {
            text(details.standing.as_deref(), there.map(|there| &there.registration_status))
        }
        "Liaison_Attendance__c" => text(details.attendance.as_deref(), there.map(|there| &there.attendance)),
        // The link itself is not read back; another registration brings another one.
        LINK => {
            details.has_link && there.is_none_or(|there| !there.has_join_link || there.registrant_id.as_deref() != id)
        }
        "Liaison_Joined__c" => {
            moment(details.joined_utc_ms, there.and_then(|there| Some(there.joined_utc?.timestamp_millis())))
        }
        "Liaison_Left__c" => {
            moment(details.left_utc_ms, there.and_then(|there| Some(there.left_utc?.timestamp_millis())))
        }
        "Liaison_Minutes_Attended__c" => details.minutes.is_some_and(|wanted| {
            there.and_then(|there| there.minutes).is_none_or(|has| (has - minutes(wanted)).abs() > 0.5)
        }),
        _ => false,
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody is anywhere for so many minutes")]
fn minutes(minutes: i64) -> f64 {
    minutes as f64
}

fn registrant_id(details: &MemberDetails) -> Option<&str> {
    details.registrant.as_deref().and_then(|key| key.split_once(':')).map(|(_, id)| id)
}

/// The record with these fields.
pub(super) fn with_details(
    mut record: Record,
    details: &MemberDetails,
    names: &[&'static str],
    link: Option<&SecretString>,
) -> Record {
    for name in names {
        let value = match *name {
            "Liaison_Registrant_Id__c" => registrant_id(details).map(Value::from),
            "Liaison_Registration_Status__c" => details.standing.as_deref().map(Value::from),
            "Liaison_Attendance__c" => details.attendance.as_deref().map(Value::from),
            LINK => {
                let fits = link.map(ExposeSecret::expose_secret).filter(|link| link.len() <= MAX_LINK);
                fits.map(Value::from)
            }
            "Liaison_Joined__c" => details.joined_utc_ms.and_then(moment),
            "Liaison_Left__c" => details.left_utc_ms.and_then(moment),
            "Liaison_Minutes_Attended__c" => details.minutes.map(Value::from),
            _ => None,
        };
        if let Some(value) = value {
            record = record.clone().set(name, value).unwrap_or(record);
        }
    }
    record
}

fn moment(ms: i64) -> Option<Value> {
    let at = DateTime::from_timestamp_millis(ms)?;
    Some(Value::from(at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string()))
}

#[cfg(test)]
mod tests {
    use liaison_salesforce::MEMBER_DETAILS;
    use serde_json::json;

    use super::*;

    fn details() -> MemberDetails {
        MemberDetails {
            registrant: Some("95204914252:r1".to_owned()),
            standing: Some("approved".to_owned()),
            attendance: Some("attended".to_owned()),
            joined_utc_ms: Some(1_796_115_600_123),
            left_utc_ms: Some(1_796_118_600_000),
            minutes: Some(50),
            has_link: true,
        }
    }

    fn there(fields: &serde_json::Value) -> CampaignMember {
        let mut member = json!({"Id": "00v000000000001AAA", "SystemModstamp": "2026-12-01T09:00:00.000+0000"});
        for (name, value) in fields.as_object().unwrap() {
            member[name] = value.clone();
        }
        serde_json::from_value(member).unwrap()
    }

    #[test]
    fn what_stands_there_already_is_not_written() {
        let same = there(&json!({
            "Liaison_Registrant_Id__c": "r1", "Liaison_Registration_Status__c": "approved",
            "Liaison_Join_Link__c": "https://us02web.zoom.us/w/1?tk=x", "Liaison_Attendance__c": "attended",
            "Liaison_Joined__c": "2026-12-01T09:00:00.000+0000", "Liaison_Left__c": "2026-12-01T09:50:00.000+0000",
            "Liaison_Minutes_Attended__c": 50.0,
        }));
        assert_eq!(differing(&details(), Some(&same), &MEMBER_DETAILS), Vec::<&str>::new());
        assert_eq!(differing(&details(), None, &MEMBER_DETAILS).len(), MEMBER_DETAILS.len());
        // Another registration of the same person has another link.
        let other = there(&json!({"Liaison_Registrant_Id__c": "r0", "Liaison_Join_Link__c": "x"}));
        let names = differing(&details(), Some(&other), &["Liaison_Registrant_Id__c", "Liaison_Join_Link__c"]);
        assert_eq!(names.len(), 2);
        // Nothing is known: nothing is emptied.
        assert!(differing(&MemberDetails::default(), Some(&same), &MEMBER_DETAILS).is_empty());
    }

    #[test]
    fn a_link_that_does_not_fit_is_left_out_and_holds_nothing_up() {
        let long = SecretString::from(format!("https://zoom.us/w/1?tk={}", "x".repeat(300)));
        let record = with_details(Record::new(), &details(), &MEMBER_DETAILS, Some(&long));
        assert!(record.value(LINK).is_none());
        assert_eq!(record.value("Liaison_Joined__c"), Some(&json!("2026-12-01T09:00:00.000Z")));
        let short = SecretString::from("https://zoom.us/w/1?tk=x".to_owned());
        assert!(with_details(Record::new(), &details(), &MEMBER_DETAILS, Some(&short)).value(LINK).is_some());
    }
}
