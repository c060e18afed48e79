//! What a call was, seen from one user.

use super::leg::seconds;
use super::{Because, Call, Direction, Ending, Leg, Me, Outcome, Party, Role, Side, Step, key};

/// A leg with what it means to the user.
struct Seen<'a> {
    leg: &'a Leg,
    role: Option<Role>,
    ending: Ending,
}

impl Seen<'_> {
    fn is_own_end(&self) -> bool {
        matches!(self.role, Some(Role::Caller | Role::Callee))
    }

    /// The other end of a leg of the user's.
    fn opposite(&self) -> Option<&Party> {
        match self.role {
            Some(Role::Caller) => Some(&self.leg.callee),
            Some(Role::Callee) => Some(&self.leg.caller),
            _ => None,
        }
    }

    /// Sent on to a telephone outside the account.
    fn is_forward_outside(&self) -> bool {
        self.leg.event.as_deref() == Some("forward") && self.leg.callee.side() == Side::Outside
    }
}

/// Folds the legs of one call (see [`super::group`]); `None` when the user has no part in any of them. Knows no order.
pub fn fold(legs: &[Leg], me: &Me) -> Option<Call> {
    // A row of the first form tells the whole call again.
    let told_by_legs = legs.iter().any(|leg| !leg.whole);
    let mut ordered: Vec<&Leg> = legs.iter().filter(|leg| !(leg.whole && told_by_legs)).collect();
    ordered.sort_by(|one, other| {
        let place = |leg: &Leg| (leg.start_ms.or(leg.answer_ms).or(leg.end_ms).unwrap_or(i64::MAX), leg.end_ms);
        place(one).cmp(&place(other)).then_with(|| one.id.cmp(&other.id))
    });
    let seen: Vec<Seen<'_>> =
        ordered.iter().map(|leg| Seen { leg, role: me.role(leg), ending: Ending::of(leg) }).collect();
    let mine: Vec<&Seen<'_>> = seen.iter().filter(|seen| seen.role.is_some()).collect();
    let first = *mine.iter().find(|seen| seen.is_own_end()).or(mine.first())?;

    let direction = direction(first);
    let talked: Vec<&Seen<'_>> =
        mine.iter().copied().filter(|seen| seen.is_own_end() && seen.ending == Ending::Talked).collect();
    let forwarded: Vec<&Seen<'_>> =
        seen.iter().filter(|seen| seen.is_forward_outside() && seen.ending == Ending::Talked).collect();
    let (outcome, because, decisive) = outcome(&seen, &mine, direction, &talked, &forwarded);
    let spoken = match (talked.is_empty(), outcome.is_talk()) {
        (false, _) => talked.as_slice(),
        (true, true) => forwarded.as_slice(),
        // A part that others sent on is theirs.
        (true, false) => &[],
    };
    let (talk_s, hold_s) = spoken_for(spoken);
    let answer_ms = spoken.iter().filter_map(|seen| seen.leg.answered_ms()).min();
    let main = talked.first().copied().unwrap_or(first);
    let (other, others) = outside(&seen, &mine, main);
    let internal = other.side() != Side::Outside
        && mine.iter().all(|seen| seen.leg.connect.as_deref() != Some("external"))
        && mine.iter().any(|seen| seen.leg.connect.as_deref() == Some("internal") || other.side() == Side::Inside);
    let ended = |seen: &&Seen<'_>| seen.leg.end_ms.is_some() && seen.leg.result.is_some();
    let waits: Vec<&&Seen<'_>> = mine
        .iter()
        .filter(|seen| {
            seen.is_own_end() && answer_ms.is_none_or(|answer| seen.leg.start_ms.is_none_or(|start| start <= answer))
        })
        .collect();
    let all = |name: fn(&Leg) -> Option<&String>| {
        let mut found: Vec<String> = seen.iter().filter_map(|seen| name(seen.leg)).cloned().collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    Some(Call {
        key: key(legs),
        uuid: legs.iter().filter_map(|leg| leg.uuid.as_ref()).min().cloned(),
        call_id: legs.iter().filter_map(|leg| leg.call_id.as_ref()).min().cloned(),
        direction,
        internal,
        emergency: legs.iter().any(|leg| leg.emergency),
        hidden: direction == Direction::Inbound && first.leg.hidden,
        spam: legs.iter().any(|leg| leg.spam),
        other,
        others,
        caller: main.leg.caller.clone(),
        callee: main.leg.callee.clone(),
        through: through(&seen),
        ring_ms: mine.iter().filter_map(|seen| seen.leg.start_ms.or(seen.leg.answer_ms)).min(),
        answer_ms,
        end_ms: if spoken.is_empty() { latest_end(&mine) } else { latest_end(spoken) },
        talk_s,
        hold_s,
        wait_s: waits.iter().map(|seen| seen.leg.waited_s()).fold(0, u32::saturating_add),
        outcome,
        because,
        result: decisive.leg.result.clone(),
        path: seen.iter().map(step).collect(),
        recordings: all(|leg| leg.recording.as_ref()),
        voicemails: all(|leg| leg.voicemail.as_ref()),
        summary: seen.iter().filter_map(|seen| seen.leg.summary.as_ref()).max().cloned(),
        complete: seen.iter().all(|seen| ended(&seen)),
    })
}

fn direction(first: &Seen<'_>) -> Direction {
    // Zoom rings the user first, on a telephone of their choice; it is the user who calls.
    let calls_me = first.leg.event.as_deref() == Some("call_me_on");
    match (first.role, first.leg.direction.as_deref()) {
        (Some(Role::Caller), _) => Direction::Outbound,
        (_, Some("outbound")) if calls_me || first.role == Some(Role::Operator) => Direction::Outbound,
        _ => Direction::Inbound,
    }
}

/// What became of it, why, and which leg says so.
fn outcome<'a>(
    seen: &'a [Seen<'a>],
    mine: &[&'a Seen<'a>],
    direction: Direction,
    talked: &[&'a Seen<'a>],
    forwarded: &[&'a Seen<'a>],
) -> (Outcome, Option<Because>, &'a Seen<'a>) {
    let last = mine[mine.len() - 1];
    let find = |ending: Ending| mine.iter().copied().find(|seen| seen.is_own_end() && seen.ending == ending);
    if let Some(talked) = talked.first() {
        return (Outcome::Answered, None, talked);
    }
    // Whoever parks, joins or takes a call over has talked, although no leg of theirs says so.
    if let Some(joined) = mine.iter().find(|seen| seen.role == Some(Role::Operator) && seen.ending == Ending::Talked)
        && matches!(joined.leg.event.as_deref(), Some("takeover" | "barge" | "conference_barge" | "park_pick_up"))
    {
        return (Outcome::Answered, None, joined);
    }
    if direction == Direction::Inbound {
        if let Some(forwarded) = forwarded.first() {
            return (Outcome::Forwarded, None, forwarded);
        }
        let taken = find(Ending::TakenByOther);
        let elsewhere =
            seen.iter().find(|seen| seen.role.is_none() && seen.ending == Ending::Talked && !seen.leg.callee.is_line());
        if let Some(by) = taken.or(elsewhere) {
            let picked_up = mine.iter().any(|seen| seen.leg.reason.as_deref() == Some("pickup_by_other"));
            let because = if picked_up { Because::PickedUpByOther } else { Because::AnsweredByOther };
            return (Outcome::AnsweredByColleague, Some(because), by);
        }
        if let Some(message) = seen.iter().find(|seen| seen.ending == Ending::Voicemail || seen.leg.voicemail.is_some())
        {
            return (Outcome::Voicemail, None, message);
        }
    }
    let table = match direction {
        Direction::Inbound => [
            (Ending::Declined, Outcome::Declined, None),
            (Ending::Busy, Outcome::Busy, None),
            (Ending::GivenUp, Outcome::Missed, Some(Because::CallerGaveUp)),
            (Ending::RangOut, Outcome::Missed, Some(Because::RangOut)),
            (Ending::HandedOn, Outcome::Missed, None),
            (Ending::Blocked, Outcome::Blocked, None),
            (Ending::Failed, Outcome::Failed, None),
        ],
        Direction::Outbound => [
            (Ending::Voicemail, Outcome::Voicemail, None),
            (Ending::Busy, Outcome::Busy, None),
            (Ending::Declined, Outcome::Declined, None),
            (Ending::RangOut, Outcome::NoAnswer, Some(Because::RangOut)),
            (Ending::GivenUp, Outcome::Cancelled, None),
            (Ending::Blocked, Outcome::Blocked, None),
            (Ending::Failed, Outcome::Failed, None),
        ],
    };
    for (ending, outcome, because) in table {
        if let Some(by) = find(ending) {
            return (outcome, because, by);
        }
    }
    (Outcome::Unknown, None, last)
}

/// Talk and hold of legs that may lie over each other, as in a conference: never more than the time they fill, whatever
/// Zoom tells of each.
fn spoken_for(spoken: &[&Seen<'_>]) -> (u32, u32) {
    let (timed, loose): (Vec<&Leg>, Vec<&Leg>) =
        spoken.iter().map(|seen| seen.leg).partition(|leg| leg.spoken_span().is_some());
    let talk = |legs: &[&Leg]| legs.iter().map(|leg| leg.talked_s()).fold(0, u32::saturating_add);
    let hold = |legs: &[&Leg]| legs.iter().filter_map(|leg| leg.hold_s).fold(0, u32::saturating_add);
    let mut spans: Vec<(i64, i64)> = timed.iter().filter_map(|leg| leg.spoken_span()).collect();
    spans.sort_unstable();
    let (mut filled, mut until) = (0_u32, i64::MIN);
    for (from, to) in spans {
        filled = filled.saturating_add(seconds(from.max(until), to));
        until = until.max(to);
    }
    let held = hold(&timed).min(filled);
    let talked = talk(&timed).min(filled - held);
    (talked.saturating_add(talk(&loose)), held.saturating_add(hold(&loose)))
}

/// Who is at the other end, and who else outside took part. Whoever is outside the account comes before a colleague
/// who only put the call through.
fn outside(seen: &[Seen<'_>], mine: &[&Seen<'_>], main: &Seen<'_>) -> (Party, Vec<Party>) {
    let ends = |seen: &Seen<'_>| -> Vec<Party> {
        match seen.opposite() {
            Some(party) => vec![party.clone()],
            // Where it was sent on to is most likely the user's own telephone.
            None if seen.is_forward_outside() => vec![seen.leg.caller.clone()],
            None => vec![seen.leg.caller.clone(), seen.leg.callee.clone()],
        }
    };
    let candidates = std::iter::once(main).chain(mine.iter().copied()).flat_map(ends);
    // Where no leg of the user's has anybody outside, the rest of the path may: a colleague put the caller through.
    let rest = seen.iter().filter(|seen| seen.role.is_none()).flat_map(ends);
    let mut found: Vec<Party> = Vec::new();
    for party in candidates.chain(rest).filter(|party| party.side() == Side::Outside) {
        match found.iter_mut().find(|known| known.number == party.number) {
            Some(known) if known.name.is_none() => *known = party,
            Some(_) => {}
            None => found.push(party),
        }
    }
    if found.is_empty() {
        let colleague = main.opposite().filter(|party| !party.is_blank()).cloned();
        return (colleague.unwrap_or_default(), Vec::new());
    }
    let other = found.remove(0);
    (other, found)
}

fn through(seen: &[Seen<'_>]) -> Option<Party> {
    seen.iter().map(|seen| &seen.leg.callee).find(|party| party.is_line()).cloned()
}

fn latest_end(seen: &[&Seen<'_>]) -> Option<i64> {
    seen.iter().filter_map(|seen| seen.leg.end_ms).max()
}

fn step(seen: &Seen<'_>) -> Step {
    let leg = seen.leg;
    Step {
        event: leg.event.clone(),
        from: leg.caller.clone(),
        to: leg.callee.clone(),
        operator: leg.operator.name.clone(),
        start_ms: leg.start_ms,
        answer_ms: leg.answer_ms,
        end_ms: leg.end_ms,
        result: leg.result.clone(),
        reason: leg.reason.clone(),
        mine: seen.role.is_some(),
    }
}
