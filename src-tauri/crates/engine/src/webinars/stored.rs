//! What is stored as JSON, in forms of its own: each is versioned, has defaults, and is read by every later version.

use liaison_zoom::RegistrationQuestions;
use serde::{Deserialize, Serialize};

/// The form of everything here.
pub(super) const VERSION: i64 = 1;
/// The links of registrations, as their table names them.
pub(super) const LINKED: &str = "registrant";
/// The same of people who came and of whom the user has said who they were.
pub(super) const SEEN: &str = "attendee";

/// Settings of a webinar that have no column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct MoreSettings {
    pub version: i64,
    pub on_demand: Option<bool>,
    pub notify_registrants: Option<bool>,
    pub confirmation_mail: Option<bool>,
    pub invite_panelists: Option<bool>,
    pub question_and_answer: Option<bool>,
    pub share_buttons: Option<bool>,
    pub survey: Option<bool>,
    pub sign_in_required: Option<bool>,
    pub recording: Option<String>,
    pub audio: Option<String>,
    pub alternative_hosts: Option<String>,
    pub contact_name: Option<String>,
    pub contact_email: Option<String>,
    pub mail_language: Option<String>,
    /// Zoom's numbers of when it sends a mail, 0 for not at all: a reminder, and after the end to who came and who
    /// did not.
    pub reminder: Option<u32>,
    pub thanks: Option<u32>,
    pub missed: Option<u32>,
    pub survey_url: Option<String>,
}

impl MoreSettings {
    pub fn read(json: Option<&str>) -> Self {
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StoredKind {
    One,
    Many,
    /// In words; also one of a kind that a newer version knows.
    #[default]
    #[serde(other)]
    Text,
}

/// A question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct StoredQuestion {
    pub field: String,
    pub custom: bool,
    pub required: bool,
    pub kind: StoredKind,
    /// One choice from a list that opens, instead of one of those shown.
    pub dropdown: bool,
    pub choices: Vec<String>,
}

/// The questions of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Questions {
    pub version: i64,
    pub questions: Vec<StoredQuestion>,
}

impl Questions {
    pub fn read(json: Option<&str>) -> Self {
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As Zoom tells them. Three of its own fields have choices that it does not list.
    pub fn told(told: &RegistrationQuestions) -> Self {
        let own = told.questions.iter().flatten().map(|question| {
            let choices = choices_of(&question.field_name);
            StoredQuestion {
                field: question.field_name.clone(),
                custom: false,
                required: question.required,
                kind: if choices.is_empty() { StoredKind::Text } else { StoredKind::One },
                dropdown: !choices.is_empty(),
                choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            }
        });
        let hosts = told.custom_questions.iter().flatten().map(|question| StoredQuestion {
            field: question.title.clone(),
            custom: true,
            required: question.required,
            kind: match question.question_type.as_str() {
                "single" | "single_radio" | "single_dropdown" => StoredKind::One,
                "multiple" => StoredKind::Many,
                _ => StoredKind::Text,
            },
            dropdown: question.question_type.as_str() == "single_dropdown",
            choices: question.answers.clone(),
        });
        Self { version: VERSION, questions: own.chain(hosts).collect() }
    }
}

/// Zoom's choices, as its reference lists them for a new registrant.
pub(super) fn choices_of(field: &str) -> &'static [&'static str] {
    match field {
        "no_of_employees" => {
            &["1-20", "21-50", "51-100", "101-500", "500-1,000", "1,001-5,000", "5,001-10,000", "More than 10,000"]
        }
        "purchasing_time_frame" => {
            &["Within a month", "1-3 months", "4-6 months", "More than 6 months", "No timeframe"]
        }
        "role_in_purchase_process" => &["Decision Maker", "Evaluator/Recommender", "Influencer", "Not involved"],
        _ => &[],
    }
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct StoredAnswer {
    pub field: String,
    pub custom: bool,
    pub text: String,
}

pub(super) fn answers(json: &str) -> Vec<StoredAnswer> {
    serde_json::from_str(json).unwrap_or_default()
}

/// Somebody to register: the payload of a row of kind *registrant*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Registration {
    pub version: i64,
    /// Key of the webinar.
    pub webinar: String,
    pub topic: String,
    /// When it begins; a registration that could not leave before asks.
    pub start_utc_ms: Option<i64>,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub answers: Vec<StoredAnswer>,
    /// Tracking link.
    pub source: Option<String>,
    /// The Lead or Contact they were registered from.
    pub record: Option<String>,
    /// The user wants it sent although the webinar has begun.
    pub late: bool,
}

/// What the host decided about a registrant: the payload of a row of kind *registrant status*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Decision {
    pub version: i64,
    pub webinar: String,
    pub topic: String,
    /// Zoom's id.
    pub registrant: String,
    pub email: String,
    #[expect(clippy::struct_field_names, reason = "what is stored keeps its name")]
    pub decision: StoredDecision,
    /// How it stood before; undoing goes back there where Zoom can.
    pub before: Option<StoredDecision>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum StoredDecision {
    Approve,
    Deny,
    Cancel,
    /// A newer version wrote it.
    #[default]
    #[serde(other)]
    Unreadable,
}

/// Somebody to add to a panel or to take from it: the payload of a row of kind *panelist*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PanelChange {
    pub version: i64,
    pub webinar: String,
    pub topic: String,
    pub name: String,
    pub email: String,
    /// Zoom's id, for removing.
    pub panelist: Option<String>,
}

/// A form as it is to be: the payload of a row of kind *questions*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct QuestionsEdit {
    pub version: i64,
    pub webinar: String,
    pub topic: String,
    /// As it was when the user began to change it.
    pub base: Vec<StoredQuestion>,
    pub wanted: Vec<StoredQuestion>,
}

/// A Campaign to make: the payload of a row of kind *campaign*. Its description is empty where the row after it tells
/// everything in our part of that.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct NewCampaignRow {
    pub version: i64,
    pub webinar: String,
    pub name: String,
    /// First and last day, `YYYY-MM-DD`.
    pub start: Option<String>,
    pub end: Option<String>,
    pub description: String,
}

/// Somebody who is to stand so in a Campaign: the payload of a row of kind *campaign member*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct NewMember {
    pub version: i64,
    pub webinar: String,
    /// None where the row before it makes it.
    pub campaign: Option<String>,
    /// `Lead:…` or `Contact:…`.
    pub person: String,
    pub status: String,
    /// How they stood in the Campaign when it was decided; none in rows of earlier versions, which did not keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stood: Option<Stood>,
    /// A status that is added counts as a response.
    pub responded: bool,
    pub add_status: bool,
    /// What our package has more of for them, where the org has it.
    pub details: MemberDetails,
}

/// How somebody stood in a Campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Stood {
    /// None when they were no member.
    pub status: Option<String>,
}

/// What a member says beside the status.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct MemberDetails {
    /// The registrant's key here: their own link is read with it when it is sent, and stored nowhere else.
    pub registrant: Option<String>,
    /// How the registration stands.
    pub standing: Option<String>,
    /// Whether they came, once that is known.
    pub attendance: Option<String>,
    pub joined_utc_ms: Option<i64>,
    pub left_utc_ms: Option<i64>,
    pub minutes: Option<i64>,
    /// They have a link of their own.
    pub has_link: bool,
}

/// What a Campaign says of its webinar: the payload of a change of a row of kind *campaign*.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CampaignFacts {
    pub version: i64,
    pub webinar: String,
    pub name: String,
    pub actual_start_utc_ms: Option<i64>,
    pub actual_end_utc_ms: Option<i64>,
    /// How many came.
    pub participants: Option<i64>,
    /// What stands in our part of the description in any case.
    pub lines: Vec<String>,
    /// What stands there where the package has no fields for it.
    pub counts: Vec<String>,
    /// The page that plays its recording, without a passcode, and what says so where the package has no field for it.
    pub recording_link: Option<String>,
    pub recorded: Vec<String>,
    /// The same in other words and forms, as another language or an earlier version has it: where one of them stands
    /// there, nothing is new.
    pub said: Vec<CampaignSaid>,
}

/// What a Campaign says of its webinar, in some words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CampaignSaid {
    pub lines: Vec<String>,
    pub counts: Vec<String>,
    pub recorded: Vec<String>,
}

macro_rules! payload {
    ($($name:ident),+) => {$(
        impl $name {
            /// `None` for what can't be read.
            pub fn read(json: &str) -> Option<Self> {
                serde_json::from_str::<Self>(json).ok().filter(|payload| payload.version <= VERSION)
            }

            pub fn json(&self) -> String {
                serde_json::to_string(self).unwrap_or_default()
            }
        }
    )+};
}
payload!(Registration, Decision, PanelChange, QuestionsEdit, NewCampaignRow, CampaignFacts, NewMember);

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by released versions; every later one must read them.
    #[test]
    fn payloads_of_earlier_versions_are_read() {
        let registration = Registration::read(
            r#"{"version":1,"webinar":"95204914252","topic":"Launch","startUtcMs":5,"email":"anna@example.org",
                "firstName":"Anna","lastName":"Visser","answers":[{"field":"Why?","custom":true,"text":"So"}],
                "source":null,"record":"Contact:003000000000001AAA","late":false}"#,
        );
        let registration = registration.unwrap();
        assert_eq!((registration.email.as_str(), registration.answers.len()), ("anna@example.org", 1));
        let decision = Decision::read(
            r#"{"version":1,"webinar":"95204914252","topic":"Launch","registrant":"r1","email":"a@b.nl",
                "decision":"approve","before":"deny"}"#,
        );
        let decision = decision.unwrap();
        assert_eq!((decision.decision, decision.before), (StoredDecision::Approve, Some(StoredDecision::Deny)));
        let later = Decision::read(r#"{"version":1,"decision":"ofTheFuture"}"#).unwrap();
        assert_eq!(later.decision, StoredDecision::Unreadable);
        let panel = PanelChange::read(r#"{"version":1,"webinar":"9","topic":"","name":"Eva","email":"e@b.nl"}"#);
        assert_eq!(panel.unwrap().panelist, None);
        let questions = QuestionsEdit::read(
            r#"{"version":1,"webinar":"9","topic":"Launch","base":[],"wanted":[{"field":"Why?","custom":true,
                "required":true,"kind":"one","dropdown":true,"choices":["A"]}]}"#,
        );
        let questions = questions.unwrap();
        assert!(questions.wanted[0].dropdown && questions.base.is_empty());
        let campaign = NewCampaignRow::read(r#"{"version":1,"webinar":"9","name":"Launch","start":"2026-12-10"}"#);
        assert_eq!(campaign.unwrap().start.as_deref(), Some("2026-12-10"));
        let member = NewMember::read(r#"{"version":1,"campaign":null,"person":"Lead:00Q","status":"Sent"}"#).unwrap();
        assert_eq!((member.status.as_str(), member.add_status), ("Sent", false));
        assert_eq!(member.details, MemberDetails::default());
        let detailed = NewMember::read(
            r#"{"version":1,"campaign":"701","person":"Lead:00Q","status":"Sent","details":{"registrant":"9:r1",
                "standing":"approved","attendance":"attended","joinedUtcMs":5,"leftUtcMs":9,"minutes":3,"hasLink":true}}"#,
        );
        assert_eq!(detailed.unwrap().details.minutes, Some(3));
        let facts =
            CampaignFacts::read(r#"{"version":1,"webinar":"9","name":"Launch","participants":12,"lines":["x"]}"#);
        let facts = facts.unwrap();
        assert_eq!((facts.participants, facts.said.len()), (Some(12), 0), "written when days had one form");
        let facts = CampaignFacts::read(r#"{"version":1,"said":[{"lines":["a"],"counts":["b"]}]}"#).unwrap();
        assert_eq!((facts.said[0].counts[0].as_str(), facts.recording_link), ("b", None), "before it had a recording");
        let facts = CampaignFacts::read(
            r#"{"version":1,"recordingLink":"https://zoom.us/rec/play/x","recorded":["r"],"said":[{"recorded":["q"]}]}"#,
        );
        assert_eq!(facts.unwrap().said[0].recorded, ["q"]);
        assert_eq!(Registration::read(r#"{"version":2}"#), None);
        assert_eq!(Registration::read("nonsense"), None);
    }

    #[test]
    fn settings_and_questions_of_earlier_versions_are_read() {
        let settings = MoreSettings::read(Some(r#"{"version":1,"onDemand":true,"recording":"cloud","later":1}"#));
        assert_eq!((settings.on_demand, settings.recording.as_deref()), (Some(true), Some("cloud")));
        let questions = Questions::read(Some(
            r#"{"version":1,"questions":[{"field":"org","required":true,"kind":"text"},
                {"field":"Which?","custom":true,"required":false,"kind":"many","choices":["A"]},
                {"field":"x","kind":"ofTheFuture"}]}"#,
        ));
        let kinds: Vec<StoredKind> = questions.questions.iter().map(|question| question.kind).collect();
        assert_eq!(kinds, [StoredKind::Text, StoredKind::Many, StoredKind::Text]);
        assert_eq!(Questions::read(None), Questions::default());
        assert_eq!(answers(r#"[{"field":"org","text":"Acme"}]"#)[0].text, "Acme");
    }
}
