//! The forms in which calls are kept: each with its number, and with defaults for what a later version leaves out.
//! None of them crosses to the window.

use chrono::NaiveDate;
use liaison_domain::calls::{Because, Call, Leg, Me, Party, Step};
use liaison_domain::matching::Why;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

/// The form of legs.
pub(super) const LEG: i64 = 1;
/// The form of [`Details`].
pub(super) const DETAILS: i64 = 1;
/// The form of [`Reason`].
pub(super) const REASON: i64 = 1;

/// What is shown of one call and looked for by nobody.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Details {
    pub call_id: Option<String>,
    pub hidden: bool,
    pub spam: bool,
    pub emergency: bool,
    pub other: Party,
    pub others: Vec<Party>,
    pub caller: Party,
    pub callee: Party,
    pub through: Option<Party>,
    pub because: Option<Because>,
    pub result: Option<String>,
    pub path: Vec<Step>,
    pub recordings: Vec<String>,
    pub voicemails: Vec<String>,
    pub summary: Option<String>,
}

impl Details {
    pub fn of(call: &Call) -> Self {
        Self {
            call_id: call.call_id.clone(),
            hidden: call.hidden,
            spam: call.spam,
            emergency: call.emergency,
            other: call.other.clone(),
            others: call.others.clone(),
            caller: call.caller.clone(),
            callee: call.callee.clone(),
            through: call.through.clone(),
            because: call.because,
            result: call.result.clone(),
            path: call.path.clone(),
            recordings: call.recordings.clone(),
            voicemails: call.voicemails.clone(),
            summary: call.summary.clone(),
        }
    }

    /// Why, in Zoom's word, it ended as [`Self::result`] says: of a step that ended so, one of the user's before others.
    pub fn reason(&self) -> Option<&String> {
        let ended_so = |mine: bool| {
            let steps = self.path.iter().filter(move |step| step.mine == mine && step.result == self.result);
            steps.filter_map(|step| step.reason.as_ref()).next_back()
        };
        ended_so(true).or_else(|| ended_so(false))
    }

    /// What can be read; everything else of the call is in columns.
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_else(|error| {
            tracing::warn!(line = error.line(), column = error.column(), "details of a call could not be read");
            Self::default()
        })
    }
}

/// What a list and the matching need of [`Details`], without making the rest.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Marks {
    pub hidden: bool,
    pub spam: bool,
    #[serde(rename = "recordings", deserialize_with = "any_of_them")]
    pub recorded: bool,
}

/// What of [`Details`] names messages of a call.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Spoken {
    pub call_id: Option<String>,
    pub voicemails: Vec<String>,
}

impl Spoken {
    /// As [`Details::read`].
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    pub fn names(&self) -> impl Iterator<Item = &String> {
        self.call_id.iter().chain(&self.voicemails)
    }
}

impl Marks {
    /// As [`Details::read`].
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }
}

/// Whether a list has anything in it.
fn any_of_them<'de, D: Deserializer<'de>>(list: D) -> Result<bool, D::Error> {
    Ok(!Vec::<IgnoredAny>::deserialize(list)?.is_empty())
}

/// Why a link was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Reason {
    /// By a rule; nothing for what the user chose.
    pub rule: Option<Why>,
}

impl Reason {
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }
}

/// How far the calls have been pulled.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Place {
    pub version: u32,
    pub me: Me,
    /// When it was asked who the user is on the telephone.
    pub me_asked_ms: i64,
    /// Where Zoom's sync goes on.
    pub token: Option<String>,
    /// When the sync last had nothing more to tell.
    pub synced_ms: Option<i64>,
    /// Until when everything new is here, or planned to be filled, of an account that has only the first form.
    pub first_form_ms: Option<i64>,
    pub fill: Option<Fill>,
    /// Everything from here on is here.
    pub back_to_ms: Option<i64>,
    /// When the last days were last compared.
    pub compared_ms: Option<i64>,
    /// When further days were.
    pub compared_further_ms: Option<i64>,
    /// When a day of which something is missing was last left out: it was too long, or refused.
    pub gaps_left_ms: Option<i64>,
    /// What is being compared.
    pub comparing: Option<Comparing>,
}

/// Days that are being compared, from the latest backwards.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Comparing {
    pub first: NaiveDate,
    /// The latest one that is left.
    pub last: NaiveDate,
    /// How many fit into one round.
    pub at_once: u32,
    pub which: Which,
}

/// Which days are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Which {
    /// Those of which something is missing.
    #[default]
    Gaps,
    Last,
    Further,
}

/// A stretch of the past that is being filled, from its end backwards.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Fill {
    /// Everything from here on is here.
    pub until_ms: i64,
    /// How far.
    pub goal_ms: i64,
    /// Where the month that ends there goes on.
    pub page: Option<String>,
}

impl Fill {
    /// What was begun long ago goes back no further than `earliest_ms`, for Zoom refuses what lies before it. A few hours
    /// are let pass: a month whose beginning is another begins again.
    pub fn stay_within(&mut self, earliest_ms: i64) {
        const HOURS: i64 = 12 * 3_600_000;
        if self.goal_ms < earliest_ms - HOURS {
            self.goal_ms = earliest_ms;
            self.page = None;
        }
    }
}

impl Place {
    pub fn read(value: &str) -> Self {
        serde_json::from_str(value).unwrap_or_default()
    }

    /// As it is kept. Plain fields: they can always be written.
    pub fn text(&self) -> String {
        serde_json::to_string(&Self { version: 1, ..self.clone() }).unwrap_or_default()
    }
}

/// A leg as it is kept.
pub(super) fn leg_text(leg: &Leg) -> String {
    serde_json::to_string(leg).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_later_versions_add_and_leave_out_is_borne() {
        let place = Place::read(r#"{"version":2,"token":"t","something":{"new":1}}"#);
        assert_eq!((place.token.as_deref(), place.fill), (Some("t"), None));
        assert_eq!(Place::read("no json"), Place::default());
        let kept = Place {
            token: Some("t".to_owned()),
            first_form_ms: Some(1),
            fill: Some(Fill::default()),
            comparing: Some(Comparing { which: Which::Further, ..Comparing::default() }),
            ..Place::default()
        };
        assert_eq!(Place::read(&kept.text()), Place { version: 1, ..kept });
        assert_eq!(Reason::read(r#"{"rule":{"by":"telepathy"}}"#), Reason::default());
        assert_eq!(Details::read("{}").recordings.len(), 0);
    }

    #[test]
    fn what_was_begun_to_be_filled_goes_back_no_further_than_zoom() {
        let day_ms = 86_400_000;
        let begun = Fill { until_ms: 40 * day_ms, goal_ms: 10 * day_ms, page: Some("p".to_owned()) };
        let filled_at = |earliest_ms| {
            let mut fill = begun.clone();
            fill.stay_within(earliest_ms);
            fill
        };
        assert_eq!(filled_at(10 * day_ms + day_ms / 3), begun);
        assert_eq!(filled_at(16 * day_ms), Fill { goal_ms: 16 * day_ms, page: None, ..begun.clone() });
    }

    #[test]
    fn the_reason_is_that_of_a_step_which_ended_as_the_call_did() {
        let step = |result: &str, reason: Option<&str>, mine| Step {
            result: Some(result.to_owned()),
            reason: reason.map(ToOwned::to_owned),
            mine,
            ..Step::default()
        };
        let theirs = step("no_answer", Some("theirs"), false);
        let details = |path| Details { result: Some("no_answer".to_owned()), path, ..Details::default() };
        let mine = step("no_answer", Some("answered_by_other"), true);
        let all = details(vec![mine, theirs.clone(), step("answered", Some("other"), true)]);
        assert_eq!(all.reason().map(String::as_str), Some("answered_by_other"));
        assert_eq!(details(vec![theirs]).reason().map(String::as_str), Some("theirs"));
        assert_eq!(details(vec![step("no_answer", None, true)]).reason(), None);
    }

    #[test]
    fn the_marks_of_a_call_are_those_of_its_details() {
        for recordings in [Vec::new(), vec!["r".to_owned()]] {
            for (hidden, spam) in [(false, true), (true, false)] {
                let details = Details { hidden, spam, recordings: recordings.clone(), ..Details::default() };
                let marks = Marks::read(&serde_json::to_string(&details).unwrap());
                assert_eq!((marks.hidden, marks.spam, marks.recorded), (hidden, spam, !recordings.is_empty()));
            }
        }
        assert!(!Marks::read("{}").recorded && !Marks::read("no json").hidden);
    }
}
