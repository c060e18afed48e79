//! A run of what was planned, as rows of the outbox: the Campaign where it is to be made, its members, and what it is
//! told of its webinar.

use liaison_store::tables::outbox::{self, Enqueued, NewOperation, OutboxAction, OutboxState};
use liaison_store::tables::webinar_campaigns::{self, WebinarCampaign};
use liaison_store::tables::webinars;
use liaison_store::{StoreResult, Transaction};
use uuid::Uuid;

use super::destination::Destination;
use super::plan::Planned;
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::groups;
use crate::outbox::target::Target;
use crate::session::settings;
use crate::terms::Provider;
use crate::webinars::kinds::{Place, campaign, member};
use crate::webinars::stored::{NewMember, Stood, VERSION};
use crate::webinars::view::{CampaignChoice, CampaignRun, MemberPlan, MemberState};

impl Engine {
    /// Does what the plan with this digest says: the Campaign where it is to be made, then its members, as a group. Where
    /// something else is to be done by now, nothing is written, and the answer has the plan of that.
    ///
    /// # Errors
    /// As for [`Self::start_campaign`].
    pub async fn run_campaign(
        &self,
        webinar: String,
        choice: CampaignChoice,
        digest: String,
    ) -> Result<CampaignRun, Error> {
        let cx = self.profile().await?;
        let planned = Planned::of(&cx, &webinar, &choice).await?;
        if planned.digest() != digest {
            return Ok(CampaignRun { group: None, people: 0, campaign: false, changed: Some(planned.shown()) });
        }
        let now_ms = cx.now_ms();
        let run = cx.store.write(move |tx| begin(tx, &webinar, &choice, &planned, now_ms)).await??;
        cx.outbox_changed();
        Ok(run)
    }
}

fn begin(
    tx: &Transaction<'_>,
    webinar: &str,
    choice: &CampaignChoice,
    planned: &Planned,
    now_ms: i64,
) -> StoreResult<Result<CampaignRun, Error>> {
    if webinars::get(tx, webinar)?.is_none() {
        return Ok(Err(Error::Gone));
    }
    let Some(target) = Target::known(tx, Provider::Salesforce)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
    };
    let Some(zoom) = Target::known(tx, Provider::Zoom)? else {
        return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
    };
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let group = Uuid::now_v7().to_string();
    let place = Place { target: &target, group: Some(&group), now_ms, hold_ms };
    let name = &planned.name;
    outbox::add_group(tx, &groups::begun(&group, groups::FILL_CAMPAIGN, name, now_ms))?;
    webinar_campaigns::put(
        tx,
        &WebinarCampaign {
            webinar_key: webinar.to_owned(),
            target: target.key.clone(),
            campaign_id: planned.destination.id().map(str::to_owned),
            campaign_name: name.clone(),
            version: VERSION,
            statuses_json: serde_json::to_string(&choice.statuses).unwrap_or_else(|_| "{}".to_owned()),
            decided_utc_ms: now_ms,
        },
    )?;
    let zoom = Target::organisation(&zoom.key);
    let parent = match &planned.destination {
        Destination::Chosen { .. } | Destination::Own { .. } | Destination::Named { .. } => None,
        Destination::Coming { op_id, .. } => Some(op_id.clone()),
        Destination::New => Some(make(tx, &campaign::operation(&place, &planned.new, zoom))?),
    };
    let mut people = 0;
    for row in planned.rows.iter().filter(|row| row.is_written()) {
        let (Some(person), Some(status)) = (&row.person.record, &row.to) else { continue };
        let new = NewMember {
            version: VERSION,
            webinar: webinar.to_owned(),
            campaign: planned.destination.id().map(str::to_owned),
            person: person.id.clone(),
            status: status.clone(),
            stood: Some(Stood { status: row.from.clone() }),
            responded: row.person.state == MemberState::Attended,
            add_status: choice.add_statuses,
            details: row.person.details.clone(),
        };
        let action = if row.does == MemberPlan::Create { OutboxAction::Create } else { OutboxAction::Update };
        let operation = member::operation(&place, action, &new, name, &person.name, parent.as_deref());
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
    let makes = matches!(planned.destination, Destination::New);
    if let Some(facts) = &planned.facts {
        let told = campaign::facts::operation(&place, facts, planned.destination.id(), parent.as_deref(), zoom);
        give_way(tx, &told, now_ms)?;
        outbox::enqueue(tx, &told)?;
    }
    let campaign = makes || planned.facts.is_some();
    Ok(Ok(CampaignRun { group: (people > 0 || campaign).then_some(group), people, campaign, changed: None }))
}

/// The row that makes the Campaign.
fn make(tx: &Transaction<'_>, operation: &NewOperation) -> StoreResult<String> {
    if let Enqueued::AlreadyThere { op_id, state } = outbox::enqueue(tx, operation)? {
        if state.is_open() {
            return Ok(op_id);
        }
        // What it made is gone.
        outbox::retire_row(tx, &op_id)?;
        outbox::enqueue(tx, operation)?;
    }
    Ok(operation.op_id.clone())
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
