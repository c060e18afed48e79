//! A run of what was planned, as rows of the outbox: the Campaign where it is to be made, its members, and what it is
//! told of its webinar.

use chrono::{DateTime, NaiveDate};
use liaison_domain::{text, wall_time};
use liaison_store::tables::outbox::{self, Enqueued, NewOperation, OutboxAction, OutboxState};
use liaison_store::tables::webinar_campaigns::{self, WebinarCampaign};
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{StoreResult, Transaction};
use uuid::Uuid;

use super::{MAX_NAME, Planned, name_of};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::groups;
use crate::outbox::target::Target;
use crate::session::settings;
use crate::terms::Provider;
use crate::webinars::gather;
use crate::webinars::kinds::{Place, campaign, member};
use crate::webinars::stored::{NewCampaignRow, NewMember, Stood, VERSION};
use crate::webinars::view::{CampaignChoice, CampaignRun, MemberPlan, MemberState};

const MAX_DESCRIPTION: usize = 8_000;

impl Engine {
    /// Does what the plan says: the Campaign where it is to be made, then its members, as a group.
    ///
    /// # Errors
    /// As for [`Self::start_campaign`].
    pub async fn run_campaign(&self, webinar: String, choice: CampaignChoice) -> Result<CampaignRun, Error> {
        let cx = self.profile().await?;
        let planned = Planned::of(&cx, &webinar, &choice).await?;
        let (now_ms, zone) = (cx.now_ms(), cx.zone());
        let day = move |ms: i64| DateTime::from_timestamp_millis(ms).map(|at| wall_time::local_date(at, zone));
        let run = cx
            .store
            .write(move |tx| {
                let Some(record) = webinars::get(tx, &webinar)? else { return Ok(Err(Error::Gone)) };
                let dates = webinars::dates(tx, &record.key)?;
                let spans = gather::spans(&record, &dates);
                let first = spans.first().and_then(|(start, _)| day(*start));
                let last = spans.last().and_then(|(_, end)| day(*end));
                begin(tx, &record, &choice, &planned, (first, last), now_ms)
            })
            .await??;
        cx.outbox_changed();
        Ok(run)
    }
}

fn begin(
    tx: &Transaction<'_>,
    record: &WebinarRecord,
    choice: &CampaignChoice,
    planned: &Planned,
    (first, last): (Option<NaiveDate>, Option<NaiveDate>),
    now_ms: i64,
) -> StoreResult<Result<CampaignRun, Error>> {
    let Some(target) = Target::known(tx, Provider::Salesforce)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
    };
    let Some(zoom) = Target::known(tx, Provider::Zoom)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
    };
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let group = Uuid::now_v7().to_string();
    let place = Place { target: &target, group: Some(&group), now_ms, hold_ms };
    let name = name_of(choice);
    let name = if name.is_empty() { text::single_line(&record.topic, MAX_NAME) } else { name };
    outbox::add_group(tx, &groups::begun(&group, groups::FILL_CAMPAIGN, &name, now_ms))?;
    webinar_campaigns::put(
        tx,
        &WebinarCampaign {
            webinar_key: record.key.clone(),
            target: target.key.clone(),
            campaign_id: choice.campaign.clone(),
            campaign_name: name.clone(),
            version: VERSION,
            statuses_json: serde_json::to_string(&choice.statuses).unwrap_or_else(|_| "{}".to_owned()),
            decided_utc_ms: now_ms,
        },
    )?;
    let mut parent = None;
    if choice.campaign.is_none() {
        let new = NewCampaignRow {
            version: VERSION,
            webinar: record.key.clone(),
            name: name.clone(),
            start: first.map(|day| day.to_string()),
            end: last.map(|day| day.to_string()),
            description: description(record),
        };
        let operation = campaign::operation(&place, &new, Target::organisation(&zoom.key));
        parent = Some(match outbox::enqueue(tx, &operation)? {
            outbox::Enqueued::Added => operation.op_id,
            // It was made before: its members go into it.
            outbox::Enqueued::AlreadyThere { op_id, .. } => op_id,
        });
    }
    let mut people = 0;
    for row in planned.rows.iter().filter(|row| matches!(row.does, MemberPlan::Create | MemberPlan::Change)) {
        let (Some(person), Some(status)) = (&row.person.record, &row.to) else { continue };
        let new = NewMember {
            version: VERSION,
            webinar: record.key.clone(),
            campaign: choice.campaign.clone(),
            person: person.id.clone(),
            status: status.clone(),
            stood: Some(Stood { status: row.from.clone() }),
            responded: row.person.state == MemberState::Attended,
            add_status: choice.add_statuses,
            details: row.person.details.clone(),
        };
        let action = if row.does == MemberPlan::Create { OutboxAction::Create } else { OutboxAction::Update };
        let operation = member::operation(&place, action, &new, &name, &person.name, parent.as_deref());
        give_way(tx, &operation, now_ms)?;
        if let Enqueued::AlreadyThere { op_id, state } = outbox::enqueue(tx, &operation)? {
            // It is on its way, and looks at what is there when it leaves.
            if state.is_open() {
                continue;
            }
            // They were made members before, and somebody has taken them out since.
            outbox::retire_row(tx, &op_id)?;
            outbox::enqueue(tx, &operation)?;
        }
        people += 1;
    }
    let campaign = parent.is_some() || planned.facts.is_some();
    if let Some(facts) = &planned.facts {
        let zoom = Target::organisation(&zoom.key);
        let told = campaign::facts::operation(&place, facts, choice.campaign.as_deref(), parent.as_deref(), zoom);
        give_way(tx, &told, now_ms)?;
        outbox::enqueue(tx, &told)?;
    }
    Ok(Ok(CampaignRun { group: (people > 0 || campaign).then_some(group), people, campaign }))
}

/// What was to be written of the same member and has not left would hold the new row up.
fn give_way(tx: &Transaction<'_>, operation: &NewOperation, now_ms: i64) -> StoreResult<()> {
    for row in outbox::by_identity(tx, &operation.target, &operation.kind, &operation.identity)? {
        let same = row.action == operation.action || operation.kind == member::MEMBER;
        if same && row.state.is_open() && row.state != OutboxState::Claimed && row.maybe_sent_utc_ms.is_none() {
            outbox::take_back(tx, &row.op_id, now_ms)?;
        }
    }
    Ok(())
}

/// What stands in the Campaign for whoever reads it there. The link for joining is not in it: it may let anybody in.
fn description(record: &WebinarRecord) -> String {
    let lines = [Some(record.topic.clone()), record.agenda.clone().filter(|agenda| !agenda.trim().is_empty())];
    text::multi_line(&lines.into_iter().flatten().collect::<Vec<_>>().join("\n"), MAX_DESCRIPTION)
}
