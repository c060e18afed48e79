//! Which row goes next, with whom, and how rows are listed.

use liaison_store::tables::outbox::OutboxAction::{Create, Update};
use liaison_store::tables::outbox::{
    Enqueued, LanePause, NewOperation, OutboxRecord, OutboxState, TakenBack, Together, Urgency, block, by_subject,
    claim_next, claim_row, counts, done_since, enqueue, finish, finished_page, lane_pause, next_ready_at, open_page,
    pause_lane, put_back, retry, retry_all, still_unknown, take_back, wait_for,
};
use liaison_store::{StoreError, StoreResult};

use super::{claim_one, depending, held, in_transaction, looked_up, row, sent, state};
use crate::fixture::{Profile, TARGET, operation};

#[test]
fn a_held_row_goes_when_its_hold_ends() {
    in_transaction(|tx| {
        assert_eq!(enqueue(tx, &held("a", "k", 8_000))?, Enqueued::Added);
        assert_eq!(state(tx, "a"), OutboxState::Held);
        assert_eq!(next_ready_at(tx, TARGET, Urgency::Bulk)?, Some(8_000));
        assert_eq!(claim_one(tx, 7_999), None);
        assert_eq!(claim_one(tx, 8_000), Some(sent("a")));
        let claimed = row(tx, "a");
        assert_eq!(
            (claimed.state, claimed.attempts, claimed.claimed_utc_ms, claimed.maybe_sent_utc_ms),
            (OutboxState::Claimed, 1, Some(8_000), Some(8_000))
        );
        assert_eq!(claim_one(tx, 9_000), None);
        assert_eq!(next_ready_at(tx, TARGET, Urgency::Bulk)?, None);
        Ok(())
    });
}

#[test]
fn a_row_goes_to_its_own_target_and_to_no_other() {
    in_transaction(|tx| {
        enqueue(tx, &NewOperation { target: "zoom:demo:a:b".to_owned(), ..operation("a", "k", Create) })?;
        assert_eq!(claim_one(tx, 10), None);
        assert_eq!(next_ready_at(tx, TARGET, Urgency::Bulk)?, None);
        // The same thing for another account is another thing.
        assert_eq!(enqueue(tx, &operation("b", "k", Create))?, Enqueued::Added);
        assert_eq!(claim_one(tx, 10), Some(sent("b")));
        Ok(())
    });
}

#[test]
fn rows_of_one_record_go_in_the_order_of_the_decisions() {
    in_transaction(|tx| {
        enqueue(tx, &operation("1", "k", Create))?;
        // Decided later, although the clock was set back and its id sorts first.
        enqueue(tx, &NewOperation { created_utc_ms: -5_000, ..operation("0", "k", Update) })?;
        enqueue(tx, &operation("2", "other", Create))?;
        assert_eq!(state(tx, "0"), OutboxState::Waiting);
        assert_eq!(claim_one(tx, 10), Some(sent("1")));
        assert_eq!(claim_one(tx, 10), Some(sent("2")));
        assert_eq!(claim_one(tx, 10), None);
        block(tx, "1", "{}", 10)?;
        assert_eq!(claim_one(tx, 10), None, "an earlier row that needs the user is in the way");
        retry(tx, "1", 11)?;
        assert_eq!(claim_one(tx, 11), Some(sent("1")));
        finish(tx, "1", None, 12)?;
        assert_eq!(claim_one(tx, 12), Some(sent("0")));
        Ok(())
    });
}

#[test]
fn clicks_go_before_bulk() {
    in_transaction(|tx| {
        for op_id in ["bulk 1", "bulk 2"] {
            enqueue(tx, &NewOperation { urgency: Urgency::Bulk, ..operation(op_id, op_id, Create) })?;
        }
        enqueue(tx, &operation("click", "click", Create))?;
        assert_eq!(claim_one(tx, 10), Some(sent("click")));
        assert_eq!(claim_one(tx, 10), Some(sent("bulk 1")));
        Ok(())
    });
}

#[test]
fn a_row_waits_for_the_one_it_depends_on_gets_its_record_and_falls_with_it() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "a", Create))?;
        enqueue(tx, &depending("b", "a"))?;
        enqueue(tx, &depending("c", "b"))?;
        enqueue(tx, &operation("free", "free", Create))?;
        assert_eq!((state(tx, "b"), state(tx, "c")), (OutboxState::Waiting, OutboxState::Waiting));
        assert_eq!(claim_one(tx, 1), Some(sent("a")));
        assert_eq!(claim_one(tx, 1), Some(sent("free")));
        assert_eq!(claim_one(tx, 1), None);
        finish(tx, "a", Some("00U1"), 2)?;
        assert_eq!(claim_one(tx, 2), Some(sent("b")));
        assert_eq!(row(tx, "b").parent_record_id.as_deref(), Some("00U1"));
        block(tx, "b", "{}", 3)?;
        assert_eq!(take_back(tx, "b", 4)?, TakenBack::Discarded(vec!["b".to_owned(), "c".to_owned()]));
        Ok(())
    });
    let profile = Profile::new();
    let outcome = profile.open().write_now(|tx| enqueue(tx, &depending("a", "nobody")));
    assert!(matches!(outcome, Err(StoreError::Constraint(_))));
}

#[test]
fn what_stands_behind_a_discarded_row_moves_up() {
    in_transaction(|tx| {
        enqueue(tx, &held("a", "k", 8_000))?;
        enqueue(tx, &operation("b", "k", Update))?;
        take_back(tx, "a", 1)?;
        assert_eq!(claim_one(tx, 1), Some(sent("b")));
        Ok(())
    });
}

#[test]
fn a_wait_is_kept_and_can_be_cut_short() {
    in_transaction(|tx| {
        for op_id in ["a", "b"] {
            enqueue(tx, &operation(op_id, op_id, Create))?;
            assert_eq!(claim_one(tx, 1), Some(sent(op_id)));
        }
        put_back(tx, "a", 60_000, Some("\"network\""), 2)?;
        put_back(tx, "b", 60_000, Some("\"trouble\""), 2)?;
        assert_eq!(next_ready_at(tx, TARGET, Urgency::Bulk)?, Some(60_000));
        assert_eq!(claim_one(tx, 59_999), None);
        assert_eq!(retry_all(tx, TARGET, "\"network\"", 500, 30_000)?, 1);
        assert_eq!(claim_one(tx, 30_000), Some(sent("a")));
        retry(tx, "b", 30_000)?;
        assert_eq!(claim_one(tx, 30_000), Some(sent("b")));
        assert_eq!((row(tx, "b").attempts, row(tx, "b").reason_json), (2, None));
        Ok(())
    });
}

#[test]
fn rows_of_one_request_are_claimed_together() {
    in_transaction(|tx| {
        let batched = |op_id: &str, key: &str| NewOperation {
            batch_key: Some("event:create".to_owned()),
            order_key: op_id.to_owned(),
            ..operation(op_id, key, Update)
        };
        for op_id in ["a", "b", "c"] {
            enqueue(tx, &batched(op_id, op_id))?;
        }
        enqueue(tx, &batched("b again", "b"))?;
        enqueue(tx, &operation("alone", "alone", Create))?;
        let ids = |most: u32| -> StoreResult<Vec<String>> {
            let claim = claim_next(tx, TARGET, 1, Urgency::Bulk, |_| Together::of(most))?;
            Ok(claim.map(|claim| claim.rows.into_iter().map(|row| row.op_id).collect()).unwrap_or_default())
        };
        assert_eq!(ids(2)?, ["a", "b"]);
        assert_eq!(ids(9)?, ["c", "b again"]);
        assert_eq!(ids(9)?, ["alone"]);
        // What may have arrived is never in one request with what has not left.
        still_unknown(tx, "a", 1, None)?;
        enqueue(tx, &batched("d", "d"))?;
        assert_eq!(claim_one(tx, 1), Some(looked_up("a")));
        assert_eq!(claim_one(tx, 1), Some(sent("d")));
        Ok(())
    });
}

#[test]
fn the_row_that_the_user_waits_for_goes_at_once() {
    in_transaction(|tx| {
        enqueue(tx, &held("a", "k", 8_000))?;
        let claim = claim_row(tx, "a", 1)?;
        assert!(!claim.look_up);
        assert_eq!(claim.rows[0].state, OutboxState::Claimed);
        assert!(matches!(claim_row(tx, "a", 1), Err(StoreError::WrongState { .. })));
        Ok(())
    });
}

#[test]
fn a_pause_of_a_target_is_kept_and_only_made_longer() {
    in_transaction(|tx| {
        let pause = |until| LanePause { until_utc_ms: until, reason_json: "\"limit\"".to_owned() };
        pause_lane(tx, TARGET, &pause(60_000))?;
        pause_lane(tx, TARGET, &pause(30_000))?;
        assert_eq!(lane_pause(tx, TARGET, 59_999)?, Some(pause(60_000)));
        assert_eq!(lane_pause(tx, TARGET, 60_000)?, None);
        assert_eq!(lane_pause(tx, "zoom:demo:a:b", 1)?, None);
        Ok(())
    });
}

#[test]
fn lists_come_in_pages_and_counts_are_kept() {
    in_transaction(|tx| {
        for op_id in ["a", "b", "c", "d"] {
            enqueue(tx, &operation(op_id, op_id, Create))?;
        }
        for (op_id, at) in [("a", 10), ("b", 20)] {
            assert_eq!(claim_one(tx, 1), Some(sent(op_id)));
            finish(tx, op_id, None, at)?;
        }
        take_back(tx, "c", 20)?;
        let ids =
            |page: &[(i64, OutboxRecord)]| -> Vec<String> { page.iter().map(|(_, row)| row.op_id.clone()).collect() };
        enqueue(tx, &operation("e", "e", Create))?;
        let first = open_page(tx, None, 1)?;
        assert_eq!(ids(&first), ["e"]);
        assert_eq!(ids(&open_page(tx, Some(first[0].0), 9)?), ["d"]);
        let first = finished_page(tx, None, 1)?;
        assert_eq!(ids(&first), ["c", "b"], "what was finished at one moment is in one page");
        assert_eq!(ids(&finished_page(tx, Some(first[1].0), 9)?), ["a"]);
        assert_eq!(done_since(tx, 15)?, 1);
        assert_eq!(by_subject(tx, "81234567890")?.len(), 5);
        let counts = counts(tx)?;
        assert_eq!(
            (counts.pending, counts.done, counts.discarded, counts.unsent(), counts.need_you()),
            (2, 2, 1, 2, 0)
        );
        Ok(())
    });
}

#[test]
fn a_row_that_may_go_stands_back_for_another_one_and_falls_with_it() {
    in_transaction(|tx| {
        enqueue(tx, &operation("meeting", "m", Update))?;
        enqueue(tx, &operation("later", "m", Update))?;
        enqueue(tx, &depending("event", "meeting"))?;
        assert_eq!(claim_one(tx, 10), Some(sent("meeting")));
        finish(tx, "meeting", None, 11)?;
        assert_eq!(state(tx, "event"), OutboxState::Pending);
        wait_for(tx, "event", "later")?;
        assert_eq!((state(tx, "event"), row(tx, "event").depends_on.as_deref()), (OutboxState::Waiting, Some("later")));
        assert_eq!(claim_one(tx, 12), Some(sent("later")));
        assert_eq!(claim_one(tx, 12), None);
        finish(tx, "later", None, 13)?;
        assert_eq!(claim_one(tx, 14), Some(sent("event")));
        assert!(matches!(wait_for(tx, "event", "later"), Err(StoreError::WrongState { .. })), "it may have arrived");
        Ok(())
    });
}
