//! What is to be done with those who stayed away: an open Task for each, planned before anything is written, as one
//! group of the outbox.

use std::collections::HashSet;

use liaison_domain::RecordKey;
use liaison_domain::key::KeyKind;
use liaison_store::tables::outbox::{self, Enqueued, NewOperation, Urgency};
use liaison_store::tables::webinar_campaigns;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult, Transaction};
use uuid::Uuid;

use super::campaign::people::{Person, everybody};
use super::view::{FollowUpAsk, FollowUpDoes, FollowUpPlan, FollowUpRow, FollowUpRun, MemberState};
use crate::calls::task::next::{self, OpenTask};
use crate::engine::Engine;
use crate::failure::Error;
use crate::outbox::groups;
use crate::outbox::target::Target;
use crate::people;
use crate::session::settings;
use crate::terms::Provider;

const MOST_ROWS: usize = 1_000;

impl Engine {
    /// Who would get a Task.
    ///
    /// # Errors
    /// [`Error::Gone`] without the webinar; [`Error::NotConnected`] without Salesforce.
    pub async fn plan_webinar_follow_ups(&self, ask: FollowUpAsk) -> Result<FollowUpPlan, Error> {
        let cx = self.profile().await?;
        let planned = cx.store.read(move |db| Planned::of(db, &ask)).await??;
        let count =
            |does| u32::try_from(planned.rows.iter().filter(|row| row.does == does).count()).unwrap_or(u32::MAX);
        Ok(FollowUpPlan {
            create: count(FollowUpDoes::Create),
            there: count(FollowUpDoes::There),
            unknown: count(FollowUpDoes::Unknown),
            total: u32::try_from(planned.rows.len()).unwrap_or(u32::MAX),
            rows: planned.rows.iter().take(MOST_ROWS).map(Row::shown).collect(),
        })
    }

    /// Plans an open Task for each, as one group of the outbox.
    ///
    /// # Errors
    /// As for [`Self::plan_webinar_follow_ups`]; [`Error::Invalid`] with the fields at fault; [`Error::TooLate`] when
    /// nobody is left to write one for.
    pub async fn follow_up_absentees(&self, ask: FollowUpAsk) -> Result<FollowUpRun, Error> {
        let cx = self.profile().await?;
        let now_ms = cx.now_ms();
        let task = next::read(&ask.task, cx.zone(), now_ms)?;
        let run = cx.store.write(move |tx| begin(tx, &ask, &task, now_ms)).await??;
        cx.outbox_changed();
        Ok(run)
    }
}

type Decided<T> = StoreResult<Result<T, Error>>;

struct Planned {
    webinar: WebinarRecord,
    target: Target,
    rows: Vec<Row>,
}

struct Row {
    person: Person,
    /// Our key of the Task.
    identity: String,
    does: FollowUpDoes,
}

impl Row {
    fn registrant(&self) -> String {
        self.person.details.registrant.clone().unwrap_or_default()
    }

    fn shown(&self) -> FollowUpRow {
        FollowUpRow {
            registrant: self.registrant(),
            name: self.person.name.clone(),
            email: self.person.email.clone(),
            person: self.person.record.clone().map(people::hit),
            does: self.does,
        }
    }
}

impl Planned {
    fn of(db: &Connection, ask: &FollowUpAsk) -> Decided<Self> {
        let Some(webinar) = webinars::get(db, &ask.webinar)? else { return Ok(Err(Error::Gone)) };
        let Some(target) = Target::known(db, Provider::Salesforce)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Salesforce }));
        };
        let left_out: HashSet<&str> = ask.left_out.iter().map(String::as_str).collect();
        let mut rows = Vec::new();
        for person in everybody(db, &webinar)?.into_iter().filter(|person| person.state == MemberState::NoShow) {
            let whose = person.record.as_ref().map(|record| record.salesforce_id.clone()).unwrap_or_default();
            // One for each person and webinar, whatever it says.
            let identity = RecordKey::derive(KeyKind::FollowUp, &target.key, &webinar.key, &whose).to_string();
            let mut row = Row { person, identity, does: FollowUpDoes::Create };
            row.does = if row.person.record.is_none() {
                FollowUpDoes::Unknown
            } else if next::is_planned(db, &target, &row.identity)? {
                FollowUpDoes::There
            } else if left_out.contains(row.registrant().as_str()) {
                FollowUpDoes::LeftOut
            } else {
                FollowUpDoes::Create
            };
            rows.push(row);
        }
        Ok(Ok(Self { webinar, target, rows }))
    }
}

/// In the transaction of the decision: who came meanwhile, as a late list tells, gets none.
fn begin(tx: &Transaction<'_>, ask: &FollowUpAsk, task: &OpenTask, now_ms: i64) -> Decided<FollowUpRun> {
    let planned = match Planned::of(tx, ask)? {
        Ok(planned) => planned,
        Err(error) => return Ok(Err(error)),
    };
    let wanted: Vec<&Row> = planned.rows.iter().filter(|row| row.does == FollowUpDoes::Create).collect();
    if wanted.is_empty() {
        return Ok(Err(Error::TooLate));
    }
    let hold_ms = i64::from(settings::read(tx)?.hold_seconds) * 1_000;
    let group = (wanted.len() > 1).then(|| Uuid::now_v7().to_string());
    if let Some(group) = &group {
        outbox::add_group(tx, &groups::begun(group, groups::FOLLOW_UP, &planned.webinar.topic, now_ms))?;
    }
    let campaign = webinar_campaigns::get(tx, &planned.webinar.key, &planned.target.key)?;
    let about = campaign.and_then(|kept| Some((kept.campaign_id?, kept.campaign_name)));
    let mut run = FollowUpRun { item: None, group: group.clone(), people: 0 };
    for row in wanted {
        let Some(record) = &row.person.record else { continue };
        let who = next::Whose { person: record.id.parse().ok(), name: record.name.clone(), about: about.clone() };
        let operation = next::operation(&planned.target, &row.identity, &ask.webinar, task, who, now_ms, hold_ms);
        let urgency = if group.is_some() { Urgency::Bulk } else { Urgency::Click };
        let operation = NewOperation { group_id: group.clone(), urgency, ..operation };
        if let Enqueued::AlreadyThere { op_id, .. } = outbox::enqueue(tx, &operation)? {
            // It was made before and taken back there since.
            outbox::retire_row(tx, &op_id)?;
            outbox::enqueue(tx, &operation)?;
        }
        run.people += 1;
        run.item = group.is_none().then(|| operation.op_id.clone());
    }
    Ok(Ok(run))
}
