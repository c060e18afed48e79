//! What becomes of a row: by an answer, a look-up, a decision.

use liaison_store::tables::outbox::OutboxAction::{Create, Delete, Update};
use liaison_store::tables::outbox::{
    Enqueued, NewOperation, OutboxState, TakenBack, ask, block, claimed_on_start, differ, edit, enqueue, finish, get,
    has_made, last_by_subject, note_absent, overtaken, put_back, restore, retry, settled_absent, still_unknown,
    take_back,
};
use liaison_store::{StoreError, StoreResult, Transaction};

use super::{claim_one, held, in_transaction, looked_up, row, sent, state};
use crate::fixture::{Profile, TARGET, operation};

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
fn what_a_row_has_made_is_known_by_its_record() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        assert_eq!(claim_one(tx, 1), Some(sent("a")));
        assert!(!has_made(tx, TARGET, "event", "7")?);
        finish(tx, "a", Some("7"), 2)?;
        assert!(has_made(tx, TARGET, "event", "7")?);
        assert!(!has_made(tx, TARGET, "event", "8")?, "another record");
        assert!(!has_made(tx, TARGET, "meeting", "7")?, "another kind");
        assert!(!has_made(tx, "elsewhere", "event", "7")?, "another account");
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
fn a_record_is_made_by_one_operation_only_until_it_is_deleted() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        let there = |state| Enqueued::AlreadyThere { op_id: "a".to_owned(), state };
        assert_eq!(enqueue(tx, &operation("b", "k", Create))?, there(OutboxState::Pending));
        assert_eq!(claim_one(tx, 1), Some(sent("a")));
        finish(tx, "a", Some("00U1"), 2)?;
        assert_eq!(enqueue(tx, &operation("b", "k", Create))?, there(OutboxState::Done));
        // Another kind with the same key is another record, and changes may follow.
        enqueue(tx, &NewOperation { kind: "task".to_owned(), ..operation("c", "k", Create) })?;
        assert_eq!(get(tx, "b")?, None);
        enqueue(tx, &operation("d", "k", Delete))?;
        assert_eq!(enqueue(tx, &operation("e", "k", Create))?, Enqueued::Added);
        assert_eq!(state(tx, "e"), OutboxState::Waiting, "it goes after what deletes the other one");
        assert_eq!(
            enqueue(tx, &operation("f", "k", Create))?,
            Enqueued::AlreadyThere { op_id: "e".to_owned(), state: OutboxState::Waiting }
        );
        for op_id in ["c", "d", "e"] {
            assert_eq!(claim_one(tx, 3), Some(sent(op_id)));
            finish(tx, op_id, None, 3)?;
        }
        enqueue(tx, &operation("g", "k", Delete))?;
        assert_eq!(claim_one(tx, 4), Some(sent("g")));
        finish(tx, "g", None, 4)?;
        assert_eq!(enqueue(tx, &operation("h", "k", Create))?, Enqueued::Added);
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
fn what_was_decided_anew_is_not_undone_over_it() {
    in_transaction(|tx| {
        let undo = |action| operation("undo", "k", action);
        enqueue(tx, &operation("made", "k", Create))?;
        assert_eq!(claim_one(tx, 1), Some(sent("made")));
        finish(tx, "made", Some("00U1"), 2)?;
        assert!(!overtaken(tx, "made", &undo(Delete))?);
        enqueue(tx, &operation("changed", "k", Update))?;
        assert!(!overtaken(tx, "made", &undo(Delete))?, "what was changed can still be taken back");
        assert_eq!(claim_one(tx, 3), Some(sent("changed")));
        finish(tx, "changed", None, 4)?;
        assert!(!overtaken(tx, "changed", &undo(Update))?);
        enqueue(tx, &NewOperation { action: Delete, ..held("gone", "k", 9) })?;
        assert!(overtaken(tx, "made", &undo(Delete))?);
        assert!(overtaken(tx, "changed", &undo(Update))?);
        take_back(tx, "gone", 6)?;
        assert!(!overtaken(tx, "made", &undo(Delete))?, "what was given up counts no more");
        enqueue(tx, &operation("other", "other", Delete))?;
        assert!(!overtaken(tx, "made", &undo(Delete))?);
        Ok(())
    });
}
