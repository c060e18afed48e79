//! The outbox's rules, one by one; `outbox_model` tries them in random order.

use liaison_store::tables::outbox::{
    Enqueued, OutboxAction, OutboxState, back_to_pending, block, by_subject, claim, claimed_on_start, counts, discard,
    due, enqueue, get, list_all, mark_done, next_due_at, open_for_key, replace_payload, restore, retry, review, undo,
};
use liaison_store::{StoreError, StoreResult, Transaction};

use crate::fixture::{Profile, operation};

use OutboxAction::{Create, Update};

fn in_transaction(work: impl FnOnce(&Transaction<'_>) -> StoreResult<()>) {
    let profile = Profile::new();
    profile.open().write_now(work).unwrap();
}

fn state(tx: &Transaction<'_>, op_id: &str) -> OutboxState {
    get(tx, op_id).unwrap().unwrap().state
}

fn due_ids(tx: &Transaction<'_>, now: i64) -> StoreResult<Vec<String>> {
    Ok(due(tx, now)?.into_iter().map(|row| row.op_id).collect())
}

#[test]
fn a_held_row_goes_when_its_hold_ends() {
    in_transaction(|tx| {
        let mut held = operation("a", "k", Create);
        held.held_until_utc_ms = Some(8_000);
        assert_eq!(enqueue(tx, &held)?, Enqueued::Added);
        assert_eq!(state(tx, "a"), OutboxState::Held);
        assert_eq!(next_due_at(tx)?, Some(8_000));
        assert_eq!(claim(tx, "a", 7_999)?, None);
        assert_eq!(due_ids(tx, 8_000)?, ["a"]);
        let claimed = claim(tx, "a", 8_000)?.unwrap();
        assert_eq!(claimed.state, OutboxState::Claimed);
        assert_eq!((claimed.attempts, claimed.claimed_utc_ms), (1, Some(8_000)));
        assert_eq!(claim(tx, "a", 9_000)?, None);
        assert_eq!(next_due_at(tx)?, None);
        Ok(())
    });
}

#[test]
fn a_held_row_can_be_undone_and_a_claimed_one_cannot() {
    in_transaction(|tx| {
        let mut held = operation("a", "k", Create);
        held.held_until_utc_ms = Some(8_000);
        enqueue(tx, &held)?;
        assert_eq!(undo(tx, "a")?, ["a"]);
        assert_eq!(claim(tx, "a", 9_000)?, None);
        // Discarded, so the same record may be made after all.
        held.op_id = "b".to_owned();
        assert_eq!(enqueue(tx, &held)?, Enqueued::Added);
        claim(tx, "b", 9_000)?.unwrap();
        assert!(matches!(undo(tx, "b"), Err(StoreError::WrongState { state: Some(OutboxState::Claimed) })));
        assert!(matches!(discard(tx, "b"), Err(StoreError::WrongState { state: Some(OutboxState::Claimed) })));
        assert!(matches!(undo(tx, "none"), Err(StoreError::WrongState { state: None })));
        Ok(())
    });
}

#[test]
fn what_was_given_up_can_be_taken_back_but_never_beside_another_maker() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        assert!(matches!(restore(tx, "a", None, None, 1), Err(StoreError::WrongState { .. })));
        discard(tx, "a")?;
        restore(tx, "a", Some(500), Some("{\"unknown\":1}"), 100)?;
        let row = get(tx, "a")?.unwrap();
        assert_eq!((row.state, row.held_until_utc_ms), (OutboxState::Held, Some(500)));
        assert_eq!(row.reason_json.as_deref(), Some("{\"unknown\":1}"));
        assert_eq!(due_ids(tx, 499)?, Vec::<String>::new());
        assert_eq!(due_ids(tx, 500)?, ["a"]);
        undo(tx, "a")?;
        enqueue(tx, &operation("b", "k", Create))?;
        assert!(matches!(restore(tx, "a", None, None, 600), Err(StoreError::WrongState { .. })));
        discard(tx, "b")?;
        restore(tx, "a", None, None, 600)?;
        assert_eq!(due_ids(tx, 600)?, ["a"]);
        Ok(())
    });
}

#[test]
fn a_record_is_made_by_one_operation_only() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        let again = enqueue(tx, &operation("b", "k", Create))?;
        let there = |state| Enqueued::AlreadyThere { op_id: "a".to_owned(), state };
        assert_eq!(again, there(OutboxState::Pending));
        claim(tx, "a", 1)?.unwrap();
        mark_done(tx, "a", Some("00U1"), 2)?;
        assert_eq!(enqueue(tx, &operation("b", "k", Create))?, there(OutboxState::Done));
        // Another object with the same key is another record, and changes may follow.
        let mut task = operation("c", "k", Create);
        task.object = "Task".to_owned();
        assert_eq!(enqueue(tx, &task)?, Enqueued::Added);
        assert_eq!(enqueue(tx, &operation("d", "k", Update))?, Enqueued::Added);
        assert_eq!(enqueue(tx, &operation("e", "k", Update))?, Enqueued::Added);
        assert_eq!(get(tx, "b")?, None);
        Ok(())
    });
}

#[test]
fn changes_of_one_record_go_in_the_order_of_the_decisions() {
    in_transaction(|tx| {
        enqueue(tx, &operation("1", "k", Create))?;
        // Decided later, although the clock was set back and its id sorts first.
        let mut second = operation("0", "k", Update);
        second.created_utc_ms = -5_000;
        enqueue(tx, &second)?;
        enqueue(tx, &operation("2", "other", Create))?;
        assert_eq!(due_ids(tx, 10)?, ["1", "2"]);
        assert_eq!(claim(tx, "0", 10)?, None);
        claim(tx, "1", 10)?.unwrap();
        assert_eq!(claim(tx, "0", 10)?, None);
        block(tx, "1", "{}")?;
        assert_eq!(claim(tx, "0", 10)?, None, "an earlier row that needs the user is in the way");
        retry(tx, "1", 11)?;
        claim(tx, "1", 11)?.unwrap();
        mark_done(tx, "1", None, 12)?;
        assert_eq!(due_ids(tx, 12)?, ["0", "2"]);
        let open: Vec<_> = open_for_key(tx, "Event", "k")?;
        assert_eq!(open.len(), 1);
        Ok(())
    });
}

#[test]
fn a_row_waits_for_the_one_it_depends_on_and_falls_with_it() {
    in_transaction(|tx| {
        let depending = |op_id: &str, on: &str| {
            let mut operation = operation(op_id, op_id, Create);
            operation.depends_on = Some(on.to_owned());
            operation
        };
        enqueue(tx, &operation("a", "a", Create))?;
        enqueue(tx, &depending("b", "a"))?;
        enqueue(tx, &depending("c", "b"))?;
        enqueue(tx, &operation("free", "free", Create))?;
        assert_eq!(due_ids(tx, 1)?, ["a", "free"]);
        assert_eq!(claim(tx, "b", 1)?, None);
        let mut fallen = discard(tx, "a")?;
        fallen.sort();
        assert_eq!(fallen, ["a", "b", "c"]);
        assert_eq!(due_ids(tx, 1)?, ["free"]);
        Ok(())
    });
    let profile = Profile::new();
    let outcome = profile.open().write_now(|tx| {
        let mut orphan = operation("a", "a", Create);
        orphan.depends_on = Some("nobody".to_owned());
        enqueue(tx, &orphan)
    });
    assert!(matches!(outcome, Err(StoreError::Constraint(_))));
}

#[test]
fn a_wait_is_kept_and_the_user_may_cut_it_short() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        claim(tx, "a", 1)?.unwrap();
        back_to_pending(tx, "a", 60_000, Some("{\"code\":\"limit\"}"))?;
        assert_eq!(next_due_at(tx)?, Some(60_000));
        assert_eq!(claim(tx, "a", 59_999)?, None);
        let row = get(tx, "a")?.unwrap();
        assert_eq!(row.reason_json.as_deref(), Some("{\"code\":\"limit\"}"));
        retry(tx, "a", 30_000)?;
        let row = claim(tx, "a", 30_000)?.unwrap();
        assert_eq!((row.attempts, row.reason_json), (2, None));
        Ok(())
    });
}

#[test]
fn an_unknown_outcome_stays_visible_until_somebody_decides() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        claim(tx, "a", 1)?.unwrap();
        assert_eq!(claimed_on_start(tx)?.len(), 1);
        review(tx, "a", "{}")?;
        assert_eq!(claimed_on_start(tx)?, []);
        assert_eq!(due_ids(tx, i64::MAX)?, Vec::<String>::new());
        mark_done(tx, "a", Some("00U1"), 5)?;
        let row = get(tx, "a")?.unwrap();
        assert_eq!((row.record_id.as_deref(), row.done_utc_ms), (Some("00U1"), Some(5)));
        Ok(())
    });
}

#[test]
fn what_is_sent_changes_only_while_nothing_left() {
    in_transaction(|tx| {
        enqueue(tx, &operation("a", "k", Create))?;
        replace_payload(tx, "a", "New title", "{\"v\":2}", "hash 2")?;
        let row = claim(tx, "a", 1)?.unwrap();
        assert_eq!((row.title.as_str(), row.payload_hash.as_str()), ("New title", "hash 2"));
        assert!(matches!(replace_payload(tx, "a", "t", "{}", "h"), Err(StoreError::WrongState { .. })));
        Ok(())
    });
}

#[test]
fn lists_show_open_rows_first() {
    in_transaction(|tx| {
        for op_id in ["a", "b", "c"] {
            enqueue(tx, &operation(op_id, op_id, Create))?;
        }
        claim(tx, "c", 1)?.unwrap();
        mark_done(tx, "c", None, 2)?;
        let ids =
            |limit| -> StoreResult<Vec<String>> { Ok(list_all(tx, limit)?.into_iter().map(|row| row.op_id).collect()) };
        assert_eq!(ids(9)?, ["b", "a", "c"]);
        assert_eq!(ids(1)?, ["b"]);
        assert_eq!(by_subject(tx, "81234567890")?.len(), 3);
        let counts = counts(tx)?;
        assert_eq!((counts.pending, counts.done, counts.held), (2, 1, 0));
        Ok(())
    });
}
