//! The outbox as the user sees it.

use std::sync::Arc;

use liaison_domain::text;
use liaison_store::tables::accounts::AccountState;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState as RowState};
use liaison_store::tables::{accounts, outbox::LanePause};
use liaison_store::{Connection, StoreResult};

use super::action::{self, RESTORABLE_MS};
use super::groups;
use super::kind::{Kind, Kinds};
use super::reason::{Need, Reason};
use super::target::Target;
use crate::context::Context;
use crate::engine::Engine;
use crate::failure::{Error, utc_ms};
use crate::outbox::view::{
    LeftOut, NeedsYou, Outbox, OutboxFilter, OutboxGroup, OutboxItem, OutboxQuery, OutboxState, OutboxTotals, Parent,
    WaitReason,
};
use crate::session::settings;
use crate::terms::{Provider, UtcMs};

/// The most rows of a page.
const PAGE: u32 = 200;
/// How long a group that is over stays in the list, and how many of them do.
const YOUNG_MS: i64 = 7 * 24 * 3_600_000;
const MOST_GROUPS: u32 = 20;
const MAX_NAME: usize = 200;

/// What decides how rows of one account are shown.
#[derive(Debug, Clone, Default)]
struct Account {
    target: Option<Target>,
    signed_in: bool,
    offline: bool,
    pause: Option<LanePause>,
}

struct Circumstances {
    paused: bool,
    now_ms: i64,
    zoom: Account,
    salesforce: Account,
}

impl Circumstances {
    fn of(&self, row: &OutboxRecord) -> &Account {
        match Target::provider(&row.target) {
            Provider::Zoom => &self.zoom,
            Provider::Salesforce => &self.salesforce,
        }
    }
}

impl Engine {
    /// A page of the outbox.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn outbox(&self, query: OutboxQuery) -> Result<Outbox, Error> {
        let cx = self.profile().await?;
        let kinds = cx.state::<Kinds>();
        let now_ms = cx.now_ms();
        let offline = |provider| cx.status().is_offline(provider);
        let (zoom_offline, salesforce_offline) = (offline(Provider::Zoom), offline(Provider::Salesforce));
        let today = start_of_day(&cx);
        let read = move |db: &Connection| {
            let circumstances = Circumstances {
                paused: settings::paused(db)?,
                now_ms,
                zoom: account(db, Provider::Zoom, zoom_offline, now_ms)?,
                salesforce: account(db, Provider::Salesforce, salesforce_offline, now_ms)?,
            };
            let group = query.group.as_deref();
            let states: Vec<RowState> =
                groups::IN_ORDER.into_iter().filter(|state| is_in(query.filter, *state)).collect();
            let limit = query.limit.unwrap_or(PAGE).min(PAGE);
            let items = outbox::page(db, group, &states, query.offset, limit)?
                .iter()
                .map(|row| item(db, &kinds, row, &circumstances))
                .collect::<StoreResult<Vec<_>>>()?;
            let (within, all) = (outbox::counts_within(db, group)?, outbox::counts(db)?);
            Ok(Outbox {
                items,
                offset: query.offset,
                total: states.iter().map(|state| within.of(*state)).sum(),
                counts: totals(&within),
                groups: groups_shown(db, &kinds, group, now_ms)?,
                needs_you: all.need_you(),
                waiting: all.unsent(),
                sent_today: outbox::done_since(db, today)?,
                paused: circumstances.paused,
                now: UtcMs(now_ms),
            })
        };
        let mut outbox = cx.store.read(read).await?;
        outbox.now = utc_ms(cx.now());
        Ok(outbox)
    }
}

fn is_in(filter: OutboxFilter, state: RowState) -> bool {
    filter == OutboxFilter::All
        || filter
            == match state {
                RowState::Conflict | RowState::Review | RowState::Blocked => OutboxFilter::NeedsYou,
                RowState::Held => OutboxFilter::Held,
                RowState::Claimed => OutboxFilter::Sending,
                RowState::Pending | RowState::Waiting => OutboxFilter::Waiting,
                RowState::Done => OutboxFilter::Sent,
                RowState::Discarded => OutboxFilter::Discarded,
            }
}

fn totals(counts: &outbox::OutboxCounts) -> OutboxTotals {
    OutboxTotals {
        needs_you: counts.need_you(),
        held: counts.held,
        sending: counts.claimed,
        waiting: counts.pending + counts.waiting,
        sent: counts.done,
        discarded: counts.discarded,
    }
}

/// The group that is asked for; else those in which something is open, and young ones.
fn groups_shown(db: &Connection, kinds: &Kinds, asked: Option<&str>, now_ms: i64) -> StoreResult<Vec<OutboxGroup>> {
    let found: Vec<_> = if let Some(id) = asked {
        outbox::group(db, id)?.into_iter().collect()
    } else {
        let mut found = outbox::groups_open(db)?;
        for young in outbox::groups_since(db, now_ms - YOUNG_MS, MOST_GROUPS)? {
            if !found.iter().any(|(group, _)| group.group_id == young.0.group_id) {
                found.push(young);
            }
        }
        found
    };
    // A group that undoes nothing was made for rows that had not left.
    found
        .iter()
        .filter(|(_, counts)| counts.total() > 0)
        .map(|(group, counts)| {
            // All of its rows are about the same, and any of them tells.
            let any = outbox::page(db, Some(&group.group_id), &groups::IN_ORDER, 0, 1)?;
            let webinar = any.first().and_then(|row| kinds.named(&row.kind)?.webinar(row));
            Ok(OutboxGroup { webinar, ..groups::shown(group, counts) })
        })
        .collect()
}

fn account(db: &Connection, provider: Provider, offline: bool, now_ms: i64) -> StoreResult<Account> {
    let record = accounts::get(db, provider)?;
    let target = record.as_ref().map(Target::of);
    let pause = match &target {
        Some(target) => outbox::lane_pause(db, &target.key, now_ms)?,
        None => None,
    };
    let signed_in = record.is_some_and(|record| record.state == AccountState::Connected);
    Ok(Account { target, signed_in, offline, pause })
}

fn start_of_day(cx: &Arc<Context>) -> i64 {
    let zone = cx.zone();
    let date = liaison_domain::wall_time::local_date(cx.now(), zone);
    liaison_domain::wall_time::start_of_day(date, zone).timestamp_millis()
}

fn item(db: &Connection, kinds: &Kinds, row: &OutboxRecord, circumstances: &Circumstances) -> StoreResult<OutboxItem> {
    let kind = kinds.named(&row.kind);
    let unsent = row.maybe_sent_utc_ms.is_none();
    let fields = kind.map(|kind| kind.shown(row)).unwrap_or_default();
    let account = circumstances.of(row);
    let foreign = account.target.as_ref().is_none_or(|target| target.key != row.target);
    let asks = row.action == OutboxAction::Create && kind.is_some_and(|kind| !kind.unattended());
    let differs = row.state == RowState::Conflict;
    let parent_gone = row.state == RowState::Discarded && action::parent_gone(db, row)?;
    let undoable = match kind.filter(|_| row.state == RowState::Done) {
        Some(kind) => action::undoing(db, kind, row, circumstances.now_ms)?.is_some(),
        None => false,
    };
    Ok(OutboxItem {
        id: row.op_id.clone(),
        what: kind.map_or(crate::outbox::view::OutboxWhat::Unknown, |kind| kind.what_of(row)),
        title: text::single_line(&row.title, MAX_NAME),
        person: row.person_name.as_deref().map(|name| text::single_line(name, MAX_NAME)),
        provider: Target::provider(&row.target),
        account: (foreign && !row.target_name.is_empty()).then(|| text::single_line(&row.target_name, MAX_NAME)),
        created: UtcMs(row.created_utc_ms),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        left_out: left_out(row),
        may_have_arrived: !unsent,
        can_undo: matches!(row.state, RowState::Held) || (row.state == RowState::Waiting && unsent) || undoable,
        can_retry: matches!(row.state, RowState::Blocked | RowState::Review)
            || (row.state == RowState::Pending && row.attempts > 0),
        can_discard: matches!(
            row.state,
            RowState::Waiting | RowState::Pending | RowState::Blocked | RowState::Review | RowState::Conflict
        ) && row.take_back_utc_ms.is_none(),
        can_restore: row.state == RowState::Discarded
            && !parent_gone
            && row.done_utc_ms.is_some_and(|at| circumstances.now_ms - at <= RESTORABLE_MS),
        can_edit: row.state == RowState::Blocked
            && unsent
            && !asks
            && kind.is_some_and(|kind| kind.edited(row, &[]).is_some()),
        can_reopen: row.state == RowState::Blocked && unsent && asks,
        can_decide: differs,
        can_open: row.state == RowState::Done
            && row.record_id.is_some()
            && row.action != OutboxAction::Delete
            && Target::provider(&row.target) == Provider::Salesforce,
        state: state(db, kind, row, circumstances)?,
        fields,
    })
}

fn left_out(row: &OutboxRecord) -> Vec<LeftOut> {
    Reason::without(row.reason_json.as_deref()).into_iter().map(LeftOut::from).collect()
}

fn state(
    db: &Connection,
    kind: Option<&dyn Kind>,
    row: &OutboxRecord,
    circumstances: &Circumstances,
) -> StoreResult<OutboxState> {
    if row.state == RowState::Waiting {
        return Ok(OutboxState::Behind { parent: parent(db, row)? });
    }
    if row.state == RowState::Pending
        && let Some(kind) = kind
        && let Some(first) = kind.lets_go_first(db, row)?
    {
        return Ok(OutboxState::Behind { parent: Some(before(db, &first)?) });
    }
    Ok(state_of(row, Some(circumstances)))
}

/// What a waiting row waits for.
fn parent(db: &Connection, row: &OutboxRecord) -> StoreResult<Option<Parent>> {
    let depended_on = match &row.depends_on {
        Some(parent) => outbox::get(db, parent)?.filter(|parent| parent.state != RowState::Done),
        None => None,
    };
    let parent = match depended_on {
        Some(parent) => Some(parent),
        None => {
            outbox::open_in_order(db, &row.target, &row.order_key)?.into_iter().find(|other| other.op_id != row.op_id)
        }
    };
    parent.map(|parent| before(db, &parent)).transpose()
}

/// What goes first. A group that is paused goes on only when the user says so.
fn before(db: &Connection, row: &OutboxRecord) -> StoreResult<Parent> {
    let group = match &row.group_id {
        Some(group) => outbox::group(db, group)?,
        None => None,
    };
    let paused = group.is_some_and(|(group, _)| group.paused);
    let needs_you = row.state.needs_the_user() || (paused && row.state.is_open());
    Ok(Parent { title: text::single_line(&row.title, MAX_NAME), needs_you })
}

/// The state that a row of a meeting shows, without the account's circumstances.
pub(crate) fn state_of_row(row: &OutboxRecord) -> OutboxState {
    state_of(row, None)
}

fn state_of(row: &OutboxRecord, circumstances: Option<&Circumstances>) -> OutboxState {
    let needs = || match Reason::read(row.reason_json.as_deref()) {
        Some(Reason::Needs(need)) => NeedsYou::from(need),
        _ => NeedsYou::from(Need::Unreadable),
    };
    match row.state {
        RowState::Waiting => OutboxState::Behind { parent: None },
        RowState::Held if circumstances.is_some_and(|all| all.paused) => {
            OutboxState::Waiting { reason: WaitReason::Paused, until: None }
        }
        RowState::Held => OutboxState::Held { until: UtcMs(row.held_until_utc_ms.unwrap_or_default()) },
        RowState::Pending => {
            let (reason, until) =
                circumstances.map_or((WaitReason::Turn, None), |circumstances| waiting_for(row, circumstances));
            OutboxState::Waiting { reason, until }
        }
        RowState::Claimed => OutboxState::Sending,
        RowState::Done => OutboxState::Sent { at: UtcMs(row.done_utc_ms.unwrap_or_default()) },
        RowState::Blocked | RowState::Review | RowState::Conflict => OutboxState::NeedsYou { cause: needs() },
        RowState::Discarded => OutboxState::Discarded { at: UtcMs(row.done_utc_ms.unwrap_or_default()) },
    }
}

fn waiting_for(row: &OutboxRecord, circumstances: &Circumstances) -> (WaitReason, Option<UtcMs>) {
    let account = circumstances.of(row);
    if circumstances.paused {
        return (WaitReason::Paused, None);
    }
    if account.target.as_ref().is_none_or(|target| target.key != row.target) {
        return (WaitReason::OtherAccount, None);
    }
    if !account.signed_in {
        return (WaitReason::SignIn, None);
    }
    if let Some(pause) = &account.pause {
        return (WaitReason::RateLimit, Some(UtcMs(pause.until_utc_ms)));
    }
    let until = Some(UtcMs(row.ready_utc_ms));
    match Reason::read(row.reason_json.as_deref()) {
        _ if row.maybe_sent_utc_ms.is_some() => (WaitReason::Checking, until),
        Some(Reason::Waiting(super::reason::Wait::Turn)) | None if account.offline => (WaitReason::Network, None),
        Some(Reason::Waiting(reason)) => (reason.into(), until),
        _ => (WaitReason::Turn, None),
    }
}
