//! A Campaign that is there gets what is known of its webinar: the fields of our package, and our part of the
//! description. It is read first, and what stands there already is not written.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_salesforce::{CampaignThere, ObjectName, Record, SalesforceError, SalesforceId};
use liaison_store::tables::outbox::{NewOperation, OutboxAction, OutboxRecord};

use super::{CAMPAIGN, identity};
use crate::context::{Context, SalesforceAccount};
use crate::outbox::kind::{Found, Made, Outcome};
use crate::outbox::reason::{Need, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::webinars::campaign_block::with_block;
use crate::webinars::kinds::Place;
use crate::webinars::kinds::salesforce::{found_out, outcome};
use crate::webinars::stored::CampaignFacts;

/// Salesforce's limit for `Campaign.Description`.
const MAX_DESCRIPTION: usize = 32_000;

/// A change of a Campaign as a row; without its id, the row before it makes it.
pub(crate) fn operation(
    place: &Place<'_>,
    facts: &CampaignFacts,
    campaign: Option<&str>,
    parent: Option<&str>,
    zoom_account: &str,
) -> NewOperation {
    NewOperation {
        identity: identity(zoom_account, &facts.webinar),
        order_key: format!("campaign:{}", facts.webinar),
        subject_key: facts.webinar.clone(),
        title: facts.name.clone(),
        payload_json: facts.json(),
        record_id: campaign.map(str::to_owned),
        depends_on: parent.map(str::to_owned),
        ..place.operation(CAMPAIGN, OutboxAction::Update)
    }
}

/// What of it is not there yet; an empty record when all is.
pub(crate) fn missing(facts: &CampaignFacts, there: &CampaignThere, may: &[&'static str]) -> Record {
    let may = |name: &str| may.contains(&name);
    let mut record = Record::new();
    let mut add = |name: &str, value: serde_json::Value| {
        record = record.clone().set(name, value).unwrap_or_else(|_| record.clone());
    };
    let seconds = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp());
    for (name, wanted, has) in [
        ("Liaison_Actual_Start__c", facts.actual_start_utc_ms, there.actual_start_utc),
        ("Liaison_Actual_End__c", facts.actual_end_utc_ms, there.actual_end_utc),
    ] {
        if let Some(at) = wanted.and_then(DateTime::from_timestamp_millis).filter(|_| may(name))
            && seconds(has) != Some(at.timestamp())
        {
            add(name, at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string().into());
        }
    }
    let participants = "Liaison_Participants__c";
    if let Some(wanted) = facts.participants.filter(|_| may(participants))
        && there.participants.is_none_or(|has| has.round().to_string() != wanted.to_string())
    {
        add(participants, wanted.into());
    }
    let recording = "Liaison_Recording_Link__c";
    if let Some(wanted) = facts.recording_link.as_deref().filter(|_| may(recording))
        && there.recording_link.as_deref() != Some(wanted)
    {
        add(recording, wanted.into());
    }
    // Where the package has no field for them the counts and the recording stand in our part of the description.
    let whole = |lines: &[String], counts: &[String], recorded: &[String]| {
        let counts = if may(participants) { &[][..] } else { counts };
        let recorded = if may(recording) { &[][..] } else { recorded };
        lines.iter().chain(counts).chain(recorded).cloned().collect::<Vec<_>>()
    };
    let before = there.description.as_deref().unwrap_or_default();
    let placed = |lines: &[String]| with_block(before, &facts.webinar, lines, MAX_DESCRIPTION);
    let is_there = |text: &String| *text == before.replace("\r\n", "\n");
    let text = placed(&whole(&facts.lines, &facts.counts, &facts.recorded));
    let said = || {
        let mut all = facts.said.iter().map(|said| whole(&said.lines, &said.counts, &said.recorded));
        all.any(|lines| is_there(&placed(&lines)))
    };
    if !is_there(&text) && !said() {
        add("Description", text.into());
    }
    record
}

fn campaign_of(row: &OutboxRecord) -> Option<SalesforceId> {
    row.record_id.as_deref().or(row.parent_record_id.as_deref())?.parse().ok()
}

pub(super) async fn send(cx: &Arc<Context>, row: &OutboxRecord) -> Outcome {
    let now = cx.now();
    let Some(account) = cx.salesforce() else { return pause(now, row.attempts, Wait::SignIn) };
    let (Some(facts), Some(campaign)) = (CampaignFacts::read(&row.payload_json), campaign_of(row)) else {
        return Outcome::Needs(Need::Unreadable);
    };
    match write(cx, &account, &facts, campaign).await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::info!(%error, attempts = row.attempts, "a campaign was not changed");
            outcome(&error, row.attempts, now)
        }
    }
}

async fn write(
    cx: &Arc<Context>,
    account: &SalesforceAccount,
    facts: &CampaignFacts,
    campaign: SalesforceId,
) -> Result<Outcome, SalesforceError> {
    let done = || Outcome::Done(Made { record_id: Some(campaign.to_string()), keep: None });
    let may = cx.campaign_details(account).await?;
    if !may.changes_campaigns {
        return Ok(Outcome::Needs(Need::NoPermission { message: String::new() }));
    }
    let Some(there) = account.api.campaigns().there(campaign, &may.campaign).await? else {
        return Ok(Outcome::Needs(Need::DeletedThere));
    };
    let record = missing(facts, &there, &may.campaign);
    let Ok(object) = ObjectName::new("Campaign") else { return Ok(Outcome::Needs(Need::Unreadable)) };
    if !record.is_empty() {
        account.api.update(&object, campaign, &record).await?;
    }
    Ok(done())
}

pub(super) async fn look_up(cx: &Arc<Context>, row: &OutboxRecord) -> Found {
    let now = cx.now();
    let Some(account) = cx.salesforce() else { return not_seen(now, row.attempts, Wait::SignIn) };
    let (Some(facts), Some(campaign)) = (CampaignFacts::read(&row.payload_json), campaign_of(row)) else {
        return Found::Needs(Need::Unreadable);
    };
    let looked = async {
        let may = cx.campaign_details(&account).await?;
        Ok::<_, SalesforceError>(
            account.api.campaigns().there(campaign, &may.campaign).await?.map(|there| (there, may)),
        )
    };
    match looked.await {
        Ok(None) => Found::Needs(Need::DeletedThere),
        Ok(Some((there, may))) if missing(&facts, &there, &may.campaign).is_empty() => {
            Found::There(Made { record_id: Some(campaign.to_string()), keep: None })
        }
        // Writing it again comes to the same.
        Ok(Some(_)) => Found::Absent { settling: TimeDelta::zero() },
        Err(error) => found_out(&error, row.attempts, now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webinars::stored::CampaignSaid;

    fn facts() -> CampaignFacts {
        let one = |line: &str| vec![line.to_owned()];
        CampaignFacts {
            webinar: "9".to_owned(),
            lines: one("Gepland: maandag 30 november 2026, 15:00–16:00"),
            counts: one("Aanwezig: 2"),
            said: vec![CampaignSaid {
                lines: one("Planned: 2026-11-30 15:00"),
                counts: one("Came: 2"),
                recorded: Vec::new(),
            }],
            ..CampaignFacts::default()
        }
    }

    fn described(text: &str) -> CampaignThere {
        CampaignThere { description: Some(text.to_owned()), ..CampaignThere::default() }
    }

    #[test]
    fn other_words_for_the_same_are_not_written_anew() {
        let earlier = "Ours.\r\n\r\n[Zoom webinar 9]\r\nPlanned: 2026-11-30 15:00\r\nCame: 2\r\n[/Zoom webinar]";
        assert!(missing(&facts(), &described(earlier), &[]).is_empty());
        // One more came: then all of it is written as it is written now.
        let fewer = earlier.replace("Came: 2", "Came: 1");
        let record = missing(&facts(), &described(&fewer), &[]);
        let expected =
            "Ours.\n\n[Zoom webinar 9]\nGepland: maandag 30 november 2026, 15:00–16:00\nAanwezig: 2\n[/Zoom webinar]";
        assert_eq!(record.value("Description").and_then(|text| text.as_str()), Some(expected));
        // Where the package has a field for the counts they stand there, in every form.
        let may = ["Liaison_Participants__c"];
        let without = earlier.replace("Came: 2\r\n", "");
        assert!(missing(&facts(), &described(&without), &may).is_empty());
        assert!(!missing(&facts(), &described(earlier), &may).is_empty());
    }

    #[test]
    fn where_its_recording_is_stands_in_the_packages_field_or_else_in_our_part() {
        let link = "https://zoom.us/rec/play/x";
        let recorded = CampaignFacts {
            recording_link: Some(link.to_owned()),
            recorded: vec![format!("Opname: {link}")],
            ..facts()
        };
        let record = missing(&recorded, &described(""), &["Liaison_Recording_Link__c"]);
        assert_eq!(record.value("Liaison_Recording_Link__c").and_then(|text| text.as_str()), Some(link));
        let text = |record: &Record| record.value("Description").unwrap().as_str().unwrap().to_owned();
        assert!(!text(&record).contains(link));
        let there = CampaignThere { recording_link: Some(link.to_owned()), ..described(&text(&record)) };
        assert!(missing(&recorded, &there, &["Liaison_Recording_Link__c"]).is_empty());
        assert!(text(&missing(&recorded, &described(""), &[])).contains(&format!("\nOpname: {link}\n")));
    }
}
