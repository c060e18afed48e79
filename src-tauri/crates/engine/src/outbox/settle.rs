//! What attempts came to is written down here, once, in one transaction for all rows of a request.

use chrono::{DateTime, TimeDelta, Utc};
use liaison_store::tables::outbox::{self, LanePause, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::{StoreResult, Transaction, planted};
use liaison_transport::TransportError;
use rand::Rng;

use super::groups;
use super::kind::{Found, Kind, Made, Outcome, undone_by};
use super::reason::{Need, Reason, Wait};
use crate::context::Context;

/// First pause after a failure; it doubles with each attempt.
const FIRST_PAUSE_MS: i64 = 2_000;
/// Longest pause while the network is away: it may be back any moment.
pub(super) const NETWORK_PAUSE_MS: i64 = 30_000;
/// Longest pause while the service has trouble.
pub(super) const TROUBLE_PAUSE_MS: i64 = 15 * 60_000;
/// Two look-ups that find nothing are at least this far apart.
const APART: TimeDelta = TimeDelta::seconds(3);
/// What one sending comes to that does not arrive: itself and two look-ups.
const OF_ONE_SENDING: i64 = 3;

/// Writes down what became of rows that were sent.
pub(super) fn sent(
    cx: &Context,
    tx: &Transaction<'_>,
    kind: &dyn Kind,
    rows: &[OutboxRecord],
    outcomes: &[Outcome],
    now: DateTime<Utc>,
) -> StoreResult<()> {
    for (row, outcome) in rows.iter().zip(outcomes) {
        one_sent(tx, kind, row, outcome, now)?;
        tell_if_dropped(cx, tx, kind, row)?;
    }
    Ok(())
}

/// What had been taken back while it was under way, and did not arrive, is discarded by now.
fn tell_if_dropped(cx: &Context, tx: &Transaction<'_>, kind: &dyn Kind, row: &OutboxRecord) -> StoreResult<()> {
    let dropped = outbox::get(tx, &row.op_id)?.filter(|row| row.state == OutboxState::Discarded);
    dropped.map_or(Ok(()), |row| kind.never_arrived(cx, tx, &row))
}

fn one_sent(
    tx: &Transaction<'_>,
    kind: &dyn Kind,
    row: &OutboxRecord,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let now_ms = now.timestamp_millis();
    let id = &row.op_id;
    let alone = row.action == OutboxAction::Create && !kind.unattended();
    match outcome {
        Outcome::Done(made) => done(tx, kind, row, made, now_ms),
        // What is never sent unattended does not wait for a moment at which nobody may be there.
        Outcome::Later { not_before, reason } | Outcome::Pause { until: not_before, reason } if alone => {
            let need = match reason {
                Wait::RateLimit => Need::Limited { until_utc_ms: not_before.timestamp_millis() },
                Wait::Network => Need::Offline,
                Wait::SignIn | Wait::Trouble | Wait::Turn => Need::Interrupted,
            };
            outbox::block(tx, id, &Reason::Needs(need).json(), now_ms)
        }
        Outcome::Later { not_before, reason } => {
            outbox::put_back(tx, id, not_before.timestamp_millis(), Some(&Reason::Waiting(*reason).json()), now_ms)
        }
        Outcome::Pause { until, reason } => {
            let reason_json = Reason::Waiting(*reason).json();
            outbox::put_back(tx, id, now_ms, Some(&reason_json), now_ms)?;
            outbox::pause_lane(tx, &row.target, &LanePause { until_utc_ms: until.timestamp_millis(), reason_json })
        }
        Outcome::Alone => {
            outbox::go_alone(tx, id)?;
            outbox::put_back(tx, id, now_ms, None, now_ms)
        }
        Outcome::Unknown if planted(5) => done(tx, kind, row, &Made::default(), now_ms),
        Outcome::Unknown => unknown(tx, row, now),
        Outcome::Needs(need) => outbox::block(tx, id, &Reason::Needs(need.clone()).json(), now_ms),
        Outcome::Differs(fields) => {
            let reason = Reason::Needs(Need::Differs { fields: fields.clone() });
            outbox::differ(tx, id, &reason.json(), now_ms)
        }
    }
}

/// A row that may have arrived is looked up after a short pause.
pub(super) fn unknown(tx: &Transaction<'_>, row: &OutboxRecord, now: DateTime<Utc>) -> StoreResult<()> {
    let again = next_attempt(now, row.attempts, NETWORK_PAUSE_MS).timestamp_millis();
    outbox::still_unknown(tx, &row.op_id, again, Some(&Reason::Unknown {}.json()))
}

fn done(tx: &Transaction<'_>, kind: &dyn Kind, row: &OutboxRecord, made: &Made, now_ms: i64) -> StoreResult<()> {
    outbox::finish(tx, &row.op_id, made.record_id.as_deref(), now_ms)?;
    if let Some(keep) = &made.keep {
        keep(tx)?;
    }
    // Taken back while it was under way: what was made is undone there.
    let Some(current) = outbox::get(tx, &row.op_id)?.filter(|row| row.take_back_utc_ms.is_some() && !planted(6)) else {
        return Ok(());
    };
    match undone_by(kind, &current, now_ms) {
        Some(undoing) => outbox::enqueue(tx, &groups::within_undo(tx, &current, undoing)?).map(drop),
        None => Ok(()),
    }
}

/// Writes down what a look-up found.
pub(super) fn looked_up(
    cx: &Context,
    tx: &Transaction<'_>,
    kind: &dyn Kind,
    rows: &[OutboxRecord],
    findings: &[Found],
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let now_ms = now.timestamp_millis();
    for (row, found) in rows.iter().zip(findings) {
        match found {
            Found::There(made) => done(tx, kind, row, made, now_ms)?,
            Found::Absent { settling } => absent(tx, kind, row, *settling, now)?,
            Found::NotSeen { not_before, reason } => {
                let reason = Reason::Waiting(*reason).json();
                outbox::still_unknown(tx, &row.op_id, not_before.timestamp_millis(), Some(&reason))?;
            }
            Found::Needs(need) => outbox::block(tx, &row.op_id, &Reason::Needs(need.clone()).json(), now_ms)?,
            Found::CannotTell => outbox::ask(tx, &row.op_id, &Reason::Needs(Need::Unsure).json())?,
        }
        tell_if_dropped(cx, tx, kind, row)?;
    }
    Ok(())
}

/// Not there: believed after two complete look-ups, and not before an attempt under way must have ended.
fn absent(
    tx: &Transaction<'_>,
    kind: &dyn Kind,
    row: &OutboxRecord,
    settling: TimeDelta,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    let now_ms = now.timestamp_millis();
    let settled_ms = row.maybe_sent_utc_ms.unwrap_or(now_ms) + settling.num_milliseconds();
    let seen_before = row.absent_utc_ms.is_some_and(|first| first + APART.num_milliseconds() <= now_ms);
    if (!seen_before || now_ms < settled_ms) && !planted(3) {
        let again = settled_ms.max(now_ms + APART.num_milliseconds());
        return outbox::note_absent(tx, &row.op_id, again, Some(&Reason::Unknown {}.json()), now_ms);
    }
    let asks = row.action == OutboxAction::Create && !kind.unattended();
    if !asks && row.attempts > OF_ONE_SENDING {
        // It was sent before and did not arrive then either: the service has trouble with it.
        let again = when(now, row.attempts / OF_ONE_SENDING, Wait::Trouble).timestamp_millis();
        return outbox::put_back(tx, &row.op_id, again, Some(&Reason::Waiting(Wait::Trouble).json()), now_ms);
    }
    let reason = asks.then(|| Reason::Needs(Need::Interrupted).json());
    outbox::settled_absent(tx, &row.op_id, reason.as_deref(), now_ms)
}

/// When to try again: jitter under a limit that doubles with each attempt.
pub(crate) fn pause(now: DateTime<Utc>, attempts: i64, reason: Wait) -> Outcome {
    Outcome::Later { not_before: when(now, attempts, reason), reason }
}

/// When to look again.
pub(crate) fn not_seen(now: DateTime<Utc>, attempts: i64, reason: Wait) -> Found {
    Found::NotSeen { not_before: when(now, attempts, reason), reason }
}

/// When to try again after a fault on the way that left nothing there.
pub(crate) fn pause_after(now: DateTime<Utc>, attempts: i64, error: &TransportError) -> Outcome {
    let (reason, not_before) = after(now, attempts, error);
    match reason {
        Wait::RateLimit => Outcome::Pause { until: not_before, reason },
        _ => Outcome::Later { not_before, reason },
    }
}

/// When to look again after a fault on the way.
pub(crate) fn not_seen_after(now: DateTime<Utc>, attempts: i64, error: &TransportError) -> Found {
    let (reason, not_before) = after(now, attempts, error);
    Found::NotSeen { not_before, reason }
}

fn after(now: DateTime<Utc>, attempts: i64, error: &TransportError) -> (Wait, DateTime<Utc>) {
    let (reason, longest) = match error {
        TransportError::RateLimited { until, .. } => return (Wait::RateLimit, *until),
        TransportError::SignInNeeded(_) => (Wait::SignIn, NETWORK_PAUSE_MS),
        TransportError::Unexpected { status, .. } if status.is_server_error() => (Wait::Trouble, TROUBLE_PAUSE_MS),
        // Somebody may be there and not keep up. The row goes as soon as the service has answered anybody.
        TransportError::Timeout { .. } | TransportError::Interrupted => (Wait::Network, TROUBLE_PAUSE_MS),
        // Nobody was reached, so asking often is a burden to nobody.
        _ => (Wait::Network, NETWORK_PAUSE_MS),
    };
    (reason, next_attempt(now, attempts, longest))
}

fn when(now: DateTime<Utc>, attempts: i64, reason: Wait) -> DateTime<Utc> {
    let longest = match reason {
        Wait::Network | Wait::SignIn => NETWORK_PAUSE_MS,
        _ => TROUBLE_PAUSE_MS,
    };
    next_attempt(now, attempts, longest)
}

fn next_attempt(now: DateTime<Utc>, attempts: i64, longest: i64) -> DateTime<Utc> {
    let doublings = u32::try_from(attempts.clamp(1, 16) - 1).unwrap_or(0);
    let limit = FIRST_PAUSE_MS.saturating_mul(1 << doublings).min(longest);
    now + TimeDelta::milliseconds(rand::rng().random_range(limit / 2..=limit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pauses_grow_and_stay_bounded(attempts in 0_i64..1_000) {
            let now = Utc::now();
            for (reason, longest) in [(Wait::Network, NETWORK_PAUSE_MS), (Wait::Trouble, TROUBLE_PAUSE_MS)] {
                let Outcome::Later { not_before, .. } = pause(now, attempts, reason) else { panic!("later") };
                let wait = (not_before - now).num_milliseconds();
                prop_assert!(wait >= FIRST_PAUSE_MS / 2 && wait <= longest, "{wait}");
            }
        }

        #[test]
        fn faults_on_the_way_pause_as_long_as_somebody_may_be_burdened(attempts in 20_i64..1_000) {
            let now = Utc::now();
            let answer = |status: u16| TransportError::Unexpected {
                operation: "a test",
                status: status.try_into().unwrap(),
                content_type: "text/html".to_owned(),
            };
            let cases = [
                (TransportError::Offline, Wait::Network, NETWORK_PAUSE_MS),
                (TransportError::ProxyRefused, Wait::Network, NETWORK_PAUSE_MS),
                (answer(200), Wait::Network, NETWORK_PAUSE_MS),
                (answer(503), Wait::Trouble, TROUBLE_PAUSE_MS),
                (TransportError::Timeout { outcome_unknown: false }, Wait::Network, TROUBLE_PAUSE_MS),
            ];
            for (error, expected, longest) in cases {
                let Outcome::Later { not_before, reason } = pause_after(now, attempts, &error) else { panic!("later") };
                let wait = (not_before - now).num_milliseconds();
                prop_assert_eq!(reason, expected, "{}", error);
                prop_assert!(wait >= longest / 2 && wait <= longest, "{error}: {wait}");
            }
        }
    }
}
