//! Groups of rows, and pages of the list.

use liaison_store::tables::outbox::{
    Group, NewOperation, OutboxAction, OutboxRecord, OutboxState, Sweep, Together, Urgency, add_group, ask,
    begin_sweep, block, claim_next, counts, counts_within, end_sweep, enqueue, finish, get, group, groups_open,
    groups_since, groups_swept, next_ready_at, note_undone, page, put_back, restore, still_unknown, sweep_rows,
    take_back, to_take_back, to_undo,
};
use liaison_store::{StoreError, StoreResult, Transaction};

use crate::fixture::{Profile, TARGET, operation};

fn in_transaction(work: impl FnOnce(&Transaction<'_>) -> StoreResult<()>) {
    let profile = Profile::new();
    profile.open().write_now(work).unwrap();
}

fn of_group(tx: &Transaction<'_>, group_id: &str, rows: &[&str]) -> StoreResult<()> {
    let group = Group {
        group_id: group_id.to_owned(),
        kind: "registrants".to_owned(),
        title: "Roadmap".to_owned(),
        paused: false,
        sweep: None,
        created_utc_ms: 1,
    };
    add_group(tx, &group)?;
    for op_id in rows {
        let row = operation(op_id, op_id, OutboxAction::Create);
        enqueue(tx, &NewOperation { group_id: Some(group_id.to_owned()), urgency: Urgency::Bulk, ..row })?;
    }
    Ok(())
}

fn claim(tx: &Transaction<'_>, now: i64) -> Option<(String, bool)> {
    let claim = claim_next(tx, TARGET, now, Urgency::Bulk, |_| Together::of(1)).unwrap()?;
    Some((claim.rows[0].op_id.clone(), claim.look_up))
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with what a claim answers")]
fn sent(id: &str) -> Option<(String, bool)> {
    Some((id.to_owned(), false))
}

fn state(tx: &Transaction<'_>, op_id: &str) -> OutboxState {
    get(tx, op_id).unwrap().unwrap().state
}

/// Does it to all rows, two at a time; answers in how many steps.
fn sweep(tx: &Transaction<'_>, group_id: &str, sweep: Sweep, now: i64) -> StoreResult<u32> {
    begin_sweep(tx, group_id, sweep)?;
    let (mut after, mut steps) = (0, 1);
    while let Some(next) = sweep_rows(tx, group_id, sweep, after, 2, &|_| None, now)? {
        (after, steps) = (next, steps + 1);
    }
    end_sweep(tx, group_id, sweep)?;
    Ok(steps)
}

#[test]
fn a_pause_counts_at_once_and_what_is_under_way_ends() {
    in_transaction(|tx| {
        of_group(tx, "g", &["a", "b", "c", "d", "e"])?;
        assert_eq!(claim(tx, 1), sent("a"));
        assert_eq!(claim(tx, 1), sent("b"));
        begin_sweep(tx, "g", Sweep::Pause)?;
        assert_eq!(claim(tx, 2), None, "before its rows were gone through");
        assert_eq!(groups_swept(tx)?, [("g".to_owned(), Sweep::Pause)], "a restart goes on with it");
        assert_eq!(sweep(tx, "g", Sweep::Pause, 2)?, 3);
        assert_eq!(groups_swept(tx)?, []);
        still_unknown(tx, "a", 2, None)?;
        assert_eq!(claim(tx, 2), Some(("a".to_owned(), true)), "what may have arrived is looked up all the same");
        finish(tx, "a", Some("1"), 3)?;
        put_back(tx, "b", 3, None, 3)?;
        assert_eq!(state(tx, "b"), OutboxState::Waiting, "what comes back into a paused group waits like the others");
        assert_eq!((claim(tx, 4), next_ready_at(tx, TARGET, Urgency::Bulk)?), (None, None));
        sweep(tx, "g", Sweep::Resume, 4)?;
        assert_eq!(claim(tx, 4), sent("b"));
        let (group, counts) = group(tx, "g")?.unwrap();
        assert!(!group.paused);
        assert_eq!((counts.total(), counts.done, counts.claimed, counts.pending), (5, 1, 1, 3));
        Ok(())
    });
}

#[test]
fn stop_discards_what_has_not_left_and_undo_names_what_has() {
    in_transaction(|tx| {
        of_group(tx, "g", &["a", "b", "c", "d"])?;
        assert_eq!(claim(tx, 1), sent("a"));
        finish(tx, "a", Some("1"), 1)?;
        assert_eq!(claim(tx, 1), sent("b"));
        sweep(tx, "g", Sweep::Stop, 2)?;
        let of = |tx: &Transaction<'_>| group(tx, "g").unwrap().unwrap().1;
        assert_eq!((of(tx).done, of(tx).claimed, of(tx).discarded), (1, 1, 2));
        finish(tx, "b", Some("2"), 3)?;
        let undone = |tx: &Transaction<'_>| -> StoreResult<Vec<String>> {
            Ok(to_undo(tx, "g", 9)?.into_iter().map(|row| row.op_id).collect())
        };
        assert_eq!(undone(tx)?, ["a"], "the user's wish is noted at the row that was under way");
        begin_sweep(tx, "g", Sweep::Undo)?;
        let stopped = begin_sweep(tx, "g", Sweep::Resume);
        assert!(matches!(stopped, Err(StoreError::WrongState { .. })), "an undo is not cut short: {stopped:?}");
        note_undone(tx, "a", 4)?;
        assert_eq!(undone(tx)?, Vec::<String>::new());
        end_sweep(tx, "g", Sweep::Undo)?;
        // One of them is wanted after all: the group does not hold it back.
        restore(tx, "c", false, None, 5)?;
        assert_eq!(claim(tx, 5), sent("c"));
        Ok(())
    });
}

#[test]
fn stop_is_noted_also_at_what_had_been_discarded_before_until_that_is_wanted_after_all() {
    in_transaction(|tx| {
        of_group(tx, "g", &["a", "b", "c", "d"])?;
        take_back(tx, "b", 1)?;
        assert_eq!(get(tx, "b")?.unwrap().take_back_utc_ms, None);
        sweep(tx, "g", Sweep::Stop, 2)?;
        for id in ["a", "b", "c", "d"] {
            assert_eq!(get(tx, id)?.unwrap().take_back_utc_ms, Some(2), "{id}");
        }
        restore(tx, "b", false, None, 3)?;
        assert_eq!(get(tx, "b")?.unwrap().take_back_utc_ms, None);
        Ok(())
    });
}

#[test]
fn what_nobody_can_tell_of_is_among_what_a_stop_discards() {
    in_transaction(|tx| {
        of_group(tx, "g", &["a", "b", "c"])?;
        assert_eq!(claim(tx, 1), sent("a"));
        assert_eq!(claim(tx, 1), sent("b"));
        ask(tx, "a", "{}")?;
        let named: Vec<String> = to_take_back(tx, "g", 9)?.into_iter().map(|row| row.op_id).collect();
        assert!(named.len() == 2 && ["a", "c"].iter().all(|id| named.iter().any(|known| known == id)), "{named:?}");
        sweep(tx, "g", Sweep::Stop, 2)?;
        assert_eq!((state(tx, "a"), state(tx, "b")), (OutboxState::Discarded, OutboxState::Claimed));
        Ok(())
    });
}

#[test]
fn a_retry_is_for_those_that_were_refused_and_a_later_decision_ends_it() {
    in_transaction(|tx| {
        of_group(tx, "g", &["a", "b", "c"])?;
        for _ in 0..3 {
            let (op_id, _) = claim(tx, 1).unwrap();
            block(tx, &op_id, "{}", 1)?;
        }
        take_back(tx, "b", 2)?;
        assert_eq!(sweep(tx, "g", Sweep::Retry, 3)?, 2);
        assert_eq!(state(tx, "b"), OutboxState::Discarded);
        assert_eq!((claim(tx, 3), claim(tx, 3), claim(tx, 3)), (sent("a"), sent("c"), None));
        begin_sweep(tx, "g", Sweep::Pause)?;
        begin_sweep(tx, "g", Sweep::Resume)?;
        let overtaken = sweep_rows(tx, "g", Sweep::Pause, 0, 9, &|_| None, 4);
        assert!(matches!(overtaken, Err(StoreError::WrongState { .. })), "{overtaken:?}");
        assert!(matches!(begin_sweep(tx, "none", Sweep::Stop), Err(StoreError::NotFound { .. })));
        Ok(())
    });
}

#[test]
fn a_refused_row_goes_with_the_payload_that_it_needs_when_all_are_tried_again() {
    in_transaction(|tx| {
        of_group(tx, "g", &["a", "b", "c"])?;
        for _ in 0..3 {
            let (op_id, _) = claim(tx, 1).unwrap();
            block(tx, &op_id, "{}", 1)?;
        }
        begin_sweep(tx, "g", Sweep::Retry)?;
        let again = |row: &OutboxRecord| (row.op_id != "b").then(|| "{\"late\":true}".to_owned());
        let mut after = 0;
        while let Some(next) = sweep_rows(tx, "g", Sweep::Retry, after, 1, &again, 3)? {
            after = next;
        }
        end_sweep(tx, "g", Sweep::Retry)?;
        let late = |op_id: &str| get(tx, op_id).unwrap().unwrap().payload_json.contains("late");
        assert_eq!(["a", "b", "c"].map(late), [true, false, true]);
        assert_eq!((claim(tx, 3), claim(tx, 3), claim(tx, 3)), (sent("a"), sent("b"), sent("c")));
        Ok(())
    });
}

#[test]
fn groups_are_listed_while_something_is_open_and_a_while_after() {
    in_transaction(|tx| {
        of_group(tx, "g", &["a"])?;
        of_group(tx, "empty", &[])?;
        let names = |groups: Vec<(Group, _)>| groups.into_iter().map(|(group, _)| group.group_id).collect::<Vec<_>>();
        assert_eq!(names(groups_open(tx)?), ["g"]);
        assert_eq!(claim(tx, 1), sent("a"));
        finish(tx, "a", None, 1)?;
        assert_eq!(names(groups_open(tx)?), Vec::<String>::new());
        assert_eq!(names(groups_since(tx, 1, 9)?).len(), 2);
        assert_eq!(names(groups_since(tx, 2, 9)?), Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn a_page_goes_through_the_states_in_order_and_leaves_groups_to_themselves() {
    in_transaction(|tx| {
        use OutboxState::{Blocked, Discarded, Done, Pending};
        for op_id in ["a", "b", "c", "d", "e", "f"] {
            enqueue(tx, &operation(op_id, op_id, OutboxAction::Create))?;
        }
        of_group(tx, "g", &["in group"])?;
        for (op_id, at) in [("a", 20), ("b", 10)] {
            assert_eq!(claim(tx, 1), sent(op_id));
            finish(tx, op_id, None, at)?;
        }
        assert_eq!(claim(tx, 1), sent("c"));
        block(tx, "c", "{}", 1)?;
        take_back(tx, "d", 30)?;
        let all = [Blocked, Pending, Done, Discarded];
        let ids = |group: Option<&str>, states: &[OutboxState], offset, limit| -> StoreResult<String> {
            let rows = page(tx, group, states, offset, limit)?;
            Ok(rows.into_iter().map(|row| row.op_id).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(ids(None, &all, 0, 99)?, "c f e a b d", "the newest first, and what was finished last first");
        for offset in 0..7 {
            for limit in 0..7_u32 {
                let whole = ["c", "f", "e", "a", "b", "d"];
                let expected = whole.iter().skip(offset).take(limit as usize).copied().collect::<Vec<_>>().join(" ");
                assert_eq!(ids(None, &all, u32::try_from(offset).unwrap(), limit)?, expected, "{offset} {limit}");
            }
        }
        assert_eq!(ids(None, &[Done], 1, 9)?, "b");
        assert_eq!(ids(Some("g"), &all, 0, 9)?, "in group");
        assert_eq!((counts_within(tx, None)?.total(), counts_within(tx, Some("g"))?.total()), (6, 1));
        assert_eq!(counts(tx)?.total(), 7);
        Ok(())
    });
}
