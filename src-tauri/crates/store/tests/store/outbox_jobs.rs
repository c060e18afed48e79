//! Jobs that take thousands of rows.

use liaison_store::tables::outbox::{
    Claim, InJob, Job, NewOperation, OutboxAction, OutboxState, TakenBack, Together, Urgency, begin_job, claim_next,
    claimed_on_start, clamp_waits, end_job, enqueue, finish, get, go_alone, job_rows, look_at, look_at_all, next_look,
    put_back, still_unknown, take_back, take_job,
};
use liaison_store::{StoreError, StoreResult, Transaction};

use crate::fixture::{Profile, TARGET, operation};

const RULE: Together = Together { most: 2, in_job: Some(InJob { more_than: 4, most: 6 }) };

fn in_transaction(work: impl FnOnce(&Transaction<'_>) -> StoreResult<()>) {
    let profile = Profile::new();
    profile.open().write_now(work).unwrap();
}

fn fill(tx: &Transaction<'_>, urgency: Urgency, rows: std::ops::Range<u32>) -> StoreResult<()> {
    for row in rows {
        let op_id = format!("{urgency:?} {row}");
        let batch_key = Some("event:create".to_owned());
        enqueue(tx, &NewOperation { urgency, batch_key, ..operation(&op_id, &op_id, OutboxAction::Create) })?;
    }
    Ok(())
}

fn claim(tx: &Transaction<'_>, now: i64, up_to: Urgency) -> StoreResult<Option<(usize, bool, bool)>> {
    let claim = claim_next(tx, TARGET, now, up_to, |_| RULE)?;
    Ok(claim.map(|claim| (claim.rows.len(), claim.look_up, claim.for_job)))
}

fn job(id: &str, given: u32) -> Job {
    Job {
        job_id: id.to_owned(),
        target: TARGET.to_owned(),
        kind: "event".to_owned(),
        given,
        looks: 0,
        look_utc_ms: 10,
        created_utc_ms: 5,
    }
}

fn begin(tx: &Transaction<'_>, id: &str) -> StoreResult<Vec<String>> {
    let Some(Claim { rows, for_job: true, .. }) = claim_next(tx, TARGET, 5, Urgency::Bulk, |_| RULE)? else {
        panic!("not enough for a job");
    };
    let ids: Vec<&str> = rows.iter().map(|row| row.op_id.as_str()).collect();
    begin_job(tx, &job(id, 6), &ids)?;
    Ok(ids.into_iter().map(str::to_owned).collect())
}

#[test]
fn many_rows_go_in_a_job_and_few_in_a_request() {
    in_transaction(|tx| {
        fill(tx, Urgency::Bulk, 0..11)?;
        fill(tx, Urgency::Click, 0..9)?;
        // The user's own clicks go first, and in no job.
        assert_eq!(claim(tx, 1, Urgency::Click)?, Some((2, false, false)));
        for _ in 0..4 {
            claim(tx, 1, Urgency::Click)?;
        }
        assert_eq!(claim(tx, 1, Urgency::Click)?, None, "bulk waits where it is told to");
        assert_eq!(claim(tx, 1, Urgency::Bulk)?, Some((6, false, true)));
        assert_eq!(claim(tx, 1, Urgency::Bulk)?, Some((5, false, true)));
        fill(tx, Urgency::Bulk, 20..24)?;
        assert_eq!(claim(tx, 1, Urgency::Bulk)?, Some((2, false, false)), "four are not more than four");
        Ok(())
    });
}

#[test]
fn what_may_have_arrived_goes_in_no_job_and_what_is_not_due_does_not_count() {
    in_transaction(|tx| {
        fill(tx, Urgency::Bulk, 0..6)?;
        let rows = claim_next(tx, TARGET, 1, Urgency::Bulk, |_| RULE)?.unwrap().rows;
        for row in &rows {
            still_unknown(tx, &row.op_id, 1, None)?;
        }
        assert_eq!(claim(tx, 1, Urgency::Bulk)?, Some((2, true, false)));
        fill(tx, Urgency::Bulk, 10..16)?;
        let rows = loop {
            let claim = claim_next(tx, TARGET, 1, Urgency::Bulk, |_| RULE)?.unwrap();
            if !claim.look_up {
                break claim.rows;
            }
        };
        for row in &rows[..3] {
            put_back(tx, &row.op_id, 60, None, 2)?;
        }
        for row in &rows[3..] {
            put_back(tx, &row.op_id, 2, None, 2)?;
        }
        assert_eq!(claim(tx, 2, Urgency::Bulk)?, Some((2, false, false)));
        Ok(())
    });
}

#[test]
fn rows_stay_with_their_job_until_they_are_settled() {
    in_transaction(|tx| {
        fill(tx, Urgency::Bulk, 0..6)?;
        let ids = begin(tx, "750A")?;
        assert_eq!(claimed_on_start(tx)?, [], "a restart leaves them to the job");
        let twice = begin_job(tx, &job("750B", 1), &[&ids[0]]);
        assert!(matches!(twice, Err(StoreError::WrongState { .. })), "a second job gets none of them: {twice:?}");
        assert_eq!(take_back(tx, &ids[5], 6)?, TakenBack::Wished);
        finish(tx, &ids[0], Some("00U1"), 7)?;
        put_back(tx, &ids[1], 7, None, 7)?;
        still_unknown(tx, &ids[2], 7, None)?;
        go_alone(tx, &ids[1])?;
        assert_eq!(get(tx, &ids[1])?.unwrap().batch_key, None);
        let left: Vec<String> = job_rows(tx, "750A")?.into_iter().map(|row| row.op_id).collect();
        assert_eq!(left, ids[3..]);
        put_back(tx, &ids[5], 8, None, 8)?;
        assert_eq!(get(tx, &ids[5])?.unwrap().state, OutboxState::Discarded);
        for id in &ids[3..5] {
            finish(tx, id, None, 9)?;
        }
        end_job(tx, "750A")
    });
    let profile = Profile::new();
    let early = profile.open().write_now(|tx| {
        fill(tx, Urgency::Bulk, 0..6)?;
        begin(tx, "750A")?;
        end_job(tx, "750A")
    });
    assert!(matches!(early, Err(StoreError::Constraint(_))), "its rows would be nobody's: {early:?}");
}

#[test]
fn a_job_is_looked_at_by_one_at_a_time_and_at_every_start() {
    in_transaction(|tx| {
        fill(tx, Urgency::Bulk, 0..6)?;
        assert_eq!(next_look(tx, TARGET)?, None);
        begin(tx, "750A")?;
        assert_eq!((next_look(tx, TARGET)?, take_job(tx, TARGET, 9, 300)?), (Some(10), None));
        let taken = take_job(tx, TARGET, 10, 300)?.unwrap();
        assert_eq!((taken.looks, taken.given), (1, 6));
        assert_eq!(take_job(tx, TARGET, 10, 300)?, None);
        look_at(tx, "750A", 20)?;
        assert_eq!(take_job(tx, TARGET, 20, 300)?.map(|job| job.looks), Some(2));
        look_at_all(tx, 21)?;
        assert_eq!(take_job(tx, "salesforce:demo:other:one", 21, 300)?, None);
        assert_eq!(take_job(tx, TARGET, 21, 3_000_000)?.map(|job| job.looks), Some(3));
        // The clock was set back.
        clamp_waits(tx, TARGET, 100, 200)?;
        assert_eq!(next_look(tx, TARGET)?, Some(200));
        Ok(())
    });
}
