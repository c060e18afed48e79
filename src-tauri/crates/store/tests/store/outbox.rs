//! The outbox's rules, one by one; `outbox_model` tries them in random order.

use liaison_store::tables::outbox::{
    Enqueued, LanePause, NewOperation, OutboxAction, OutboxRecord, OutboxState, TakenBack, Together, Urgency, ask,
    block, by_subject, claim_next, claim_row, claimed_on_start, counts, differ, done_since, edit, enqueue, finish,
    finished_page, get, lane_pause, last_by_subject, next_ready_at, note_absent, open_page, pause_lane, put_back,
    restore, retry, retry_all, settled_absent, still_unknown, take_back,
};
use liaison_store::{StoreError, StoreResult, Transaction};

use crate::fixture::{Profile, TARGET, operation};

use OutboxAction::{Create, Delete, Update};

fn in_transaction(work: impl FnOnce(&Transaction<'_>) -> StoreResult<()>) {
    let profile = Profile::new();
    profile.open().write_now(work).unwrap();
}

fn state(tx: &Transaction<'_>, op_id: &str) -> OutboxState {
    row(tx, op_id).state
}

fn row(tx: &Transaction<'_>, op_id: &str) -> OutboxRecord {
    get(tx, op_id).unwrap().unwrap()
}

/// Claims one batch of at most one row, and answers its id and whether it is a look-up.
fn claim_one(tx: &Transaction<'_>, now: i64) -> Option<(String, bool)> {
    let claim = claim_next(tx, TARGET, now, Urgency::Bulk, |_| Together::of(1)).unwrap()?;
    Some((claim.rows[0].op_id.clone(), claim.look_up))
}

fn sent(id: &str) -> (String, bool) {
    (id.to_owned(), false)
}

fn looked_up(id: &str) -> (String, bool) {
    (id.to_owned(), true)
}

fn held(op_id: &str, key: &str, until: i64) -> NewOperation {
    NewOperation { held_until_utc_ms: Some(until), ..operation(op_id, key, Create) }
}

fn depending(op_id: &str, on: &str) -> NewOperation {
    NewOperation { depends_on: Some(on.to_owned()), ..operation(op_id, op_id, Create) }
}

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
fn what_has_not_left_is_discarded_and_what_may_have_arrived_is_not() {
    in_transaction(|tx| {
        enqueue(tx, &held("a", "k", 8_000))?;
        assert_eq!(take_back(tx, "a", 5)?, TakenBack::Discarded(vec!["a".to_owned()]));
        assert_eq!(claim_one(tx, 9_000), None);
        // Discarded, so the same record may be made after all.
        enqueue(tx, &held("b", "k", 8_000))?;
        assert_eq!(claim_one(tx, 9_000), Some(sent("b")));
        assert_eq!(take_back(tx, "b", 9_001)?, TakenBack::Wished);
        assert_eq!(state(tx, "b"), OutboxState::Claimed);
        still_unknown(tx, "b", 60_000, None)?;
        assert_eq!(take_back(tx, "b", 9_002)?, TakenBack::Wished);
        assert_eq!(claim_one(tx, 9_002), Some(looked_up("b")), "what is to be taken back is looked up at once");
        // It did not arrive, so there is nothing to undo.
        settled_absent(tx, "b", None, 9_003)?;
        assert_eq!(state(tx, "b"), OutboxState::Discarded);
        assert!(matches!(take_back(tx, "none", 1), Err(StoreError::WrongState { state: None })));
        Ok(())
    });
}

#[test]
fn nothing_but_a_definite_answer_forgets_that_a_row_may_have_arrived() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        assert_eq!(claim_one(tx, 1), Some(sent("a")));
        // As after a kill.
        assert_eq!(claimed_on_start(tx)?.len(), 1);
        still_unknown(tx, "a", 2, Some("{}"))?;
        assert_eq!(claim_one(tx, 2), Some(looked_up("a")));
        still_unknown(tx, "a", 60_000, Some("{}"))?;
        retry(tx, "a", 3)?;
        assert_eq!(claim_one(tx, 3), Some(looked_up("a")), "no retry forgets it");
        ask(tx, "a", "{}")?;
        assert_eq!(claim_one(tx, i64::MAX), None);
        assert!(matches!(edit(tx, "a", "t", "{}", None, 4), Err(StoreError::WrongState { .. })));
        retry(tx, "a", 4)?;
        assert!(matches!(edit(tx, "a", "t", "{}", None, 4), Err(StoreError::WrongState { .. })));
        assert_eq!(claim_one(tx, 4), Some(looked_up("a")));
        assert_eq!(row(tx, "a").maybe_sent_utc_ms, Some(1), "the earliest attempt counts");
        note_absent(tx, "a", 5, None, 4)?;
        assert_eq!(claim_one(tx, 5), Some(looked_up("a")), "one look-up does not settle it");
        assert_eq!(row(tx, "a").absent_utc_ms, Some(4));
        settled_absent(tx, "a", None, 6)?;
        assert_eq!(claim_one(tx, 6), Some(sent("a")));
        put_back(tx, "a", 7, None, 6)?;
        assert_eq!(claim_one(tx, 7), Some(sent("a")), "a definite answer said that it did not arrive");
        finish(tx, "a", Some("00U1"), 8)?;
        let done = row(tx, "a");
        assert_eq!(
            (done.record_id.as_deref(), done.done_utc_ms, done.maybe_sent_utc_ms),
            (Some("00U1"), Some(8), None)
        );
        Ok(())
    });
}

#[test]
fn a_row_in_review_can_be_found_or_given_up() {
    in_transaction(|tx| {
        for op_id in ["a", "b"] {
            enqueue(tx, &operation(op_id, op_id, Create))?;
            assert_eq!(claim_one(tx, 1), Some(sent(op_id)));
            ask(tx, op_id, "{}")?;
        }
        finish(tx, "a", Some("00U1"), 5)?;
        assert_eq!(take_back(tx, "b", 5)?, TakenBack::Discarded(vec!["b".to_owned()]));
        assert_eq!(row(tx, "b").maybe_sent_utc_ms, Some(1), "it still may have arrived");
        restore(tx, "b", false, None, 6)?;
        assert_eq!(claim_one(tx, 6), Some(looked_up("b")));
        Ok(())
    });
}

#[test]
fn what_depended_on_a_discarded_row_comes_back_after_it_only() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        enqueue(tx, &NewOperation { depends_on: Some("a".to_owned()), ..operation("b", "l", Create) })?;
        take_back(tx, "a", 1)?;
        let early = restore(tx, "b", false, None, 2);
        assert!(matches!(early, Err(StoreError::WrongState { state: Some(OutboxState::Discarded) })), "{early:?}");
        restore(tx, "a", false, None, 2)?;
        restore(tx, "b", false, None, 2)?;
        assert_eq!(row(tx, "b").state, OutboxState::Waiting);
        Ok(())
    });
}

#[test]
fn a_record_is_made_by_one_operation_only_until_it_was_deleted_again() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        let there = |state| Enqueued::AlreadyThere { op_id: "a".to_owned(), state };
        assert_eq!(enqueue(tx, &operation("b", "k", Create))?, there(OutboxState::Pending));
        assert_eq!(claim_one(tx, 1), Some(sent("a")));
        finish(tx, "a", Some("00U1"), 2)?;
        assert_eq!(enqueue(tx, &operation("b", "k", Create))?, there(OutboxState::Done));
        // Another kind with the same key is another record, and changes may follow.
        enqueue(tx, &NewOperation { kind: "task".to_owned(), ..operation("c", "k", Create) })?;
        enqueue(tx, &operation("d", "k", Delete))?;
        assert_eq!(get(tx, "b")?, None);
        for op_id in ["c", "d"] {
            assert_eq!(claim_one(tx, 3), Some(sent(op_id)));
            finish(tx, op_id, None, 3)?;
        }
        assert_eq!(enqueue(tx, &operation("e", "k", Create))?, Enqueued::Added);
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
fn a_discarded_row_comes_back_at_the_end_of_the_line() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Update))?;
        enqueue(tx, &operation("b", "k", Update))?;
        take_back(tx, "a", 1)?;
        restore(tx, "a", false, Some(9_000), 2)?;
        assert_eq!((state(tx, "a"), state(tx, "b")), (OutboxState::Waiting, OutboxState::Pending));
        assert_eq!(claim_one(tx, 2), Some(sent("b")));
        finish(tx, "b", None, 3)?;
        assert_eq!(state(tx, "a"), OutboxState::Held);
        take_back(tx, "a", 4)?;
        restore(tx, "a", true, None, 5)?;
        assert_eq!(state(tx, "a"), OutboxState::Blocked, "it is for the user to decide");
        // Another row makes the same thing by now.
        enqueue(tx, &operation("c", "x", Create))?;
        take_back(tx, "c", 6)?;
        enqueue(tx, &operation("d", "x", Create))?;
        Ok(())
    });
    let profile = Profile::new();
    let outcome = profile.open().write_now(|tx| {
        enqueue(tx, &operation("c", "x", Create))?;
        take_back(tx, "c", 6)?;
        enqueue(tx, &operation("d", "x", Create))?;
        restore(tx, "c", false, None, 7)
    });
    assert!(matches!(outcome, Err(StoreError::Constraint(_))));
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
fn what_is_sent_changes_only_while_nothing_left() {
    in_transaction(|tx| {
        enqueue(tx, &held("a", "k", 8_000))?;
        edit(tx, "a", "New title", "{\"v\":2}", Some(9_000), 1)?;
        assert_eq!(claim_one(tx, 8_999), None, "the hold begins anew");
        assert_eq!(claim_one(tx, 9_000), Some(sent("a")));
        assert_eq!((row(tx, "a").title.as_str(), row(tx, "a").payload_json.as_str()), ("New title", "{\"v\":2}"));
        assert!(matches!(edit(tx, "a", "t", "{}", None, 2), Err(StoreError::WrongState { .. })));
        block(tx, "a", "{}", 9_001)?;
        edit(tx, "a", "Mended", "{}", None, 9_002)?;
        assert_eq!(claim_one(tx, 9_002), Some(sent("a")));
        differ(tx, "a", "{}", 9_003)?;
        assert_eq!(state(tx, "a"), OutboxState::Conflict);
        edit(tx, "a", "Decided", "{}", None, 9_004)?;
        assert_eq!(claim_one(tx, 9_004), Some(sent("a")));
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
fn a_change_that_was_given_up_does_not_stand_for_the_record() {
    in_transaction(|tx| {
        let last = |tx: &Transaction<'_>| -> StoreResult<Vec<String>> {
            let rows = last_by_subject(tx, &row(tx, "made").kind, &["81234567890"])?;
            Ok(rows.into_iter().map(|row| row.op_id).collect())
        };
        enqueue(tx, &operation("made", "k", Create))?;
        assert_eq!(claim_one(tx, 1), Some(sent("made")));
        finish(tx, "made", None, 10)?;
        for (op_id, action) in [("moved", Update), ("cancelled", Delete)] {
            enqueue(tx, &operation(op_id, "k", action))?;
            assert_eq!(last(tx)?, [op_id]);
            take_back(tx, op_id, 20)?;
            assert_eq!(last(tx)?, ["made"], "after {op_id} was taken back");
        }
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
