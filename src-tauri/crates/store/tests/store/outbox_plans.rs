//! No question about the outbox reads or sorts a whole table: the plan of every statement that was run is looked at.

use std::collections::BTreeSet;
use std::sync::Mutex;

use liaison_store::tables::outbox::{
    Group, Job, LanePause, NewOperation, OutboxAction, OutboxState, Sweep, Together, Urgency, add_group, ask,
    begin_job, begin_sweep, block, by_identity, by_subject, claim_next, claim_row, claimed_on_start, clamp_waits,
    counts, counts_within, differ, done_since, edit, end_job, end_sweep, enqueue, finish, finished_page, get,
    given_anew, go_alone, group, groups_open, groups_since, groups_swept, has_made, job_rows, lane_pause,
    last_by_subject, look_at, next_look, next_ready_at, note_absent, note_undone, open_in_order, open_page, overtaken,
    page, pause_lane, put_back, restore, resume_lane, retry, retry_all, settled_absent, still_unknown, sweep_rows,
    take_back, take_job, to_undo,
};
use liaison_store::{StoreError, StoreResult, Transaction};
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::fixture::{Profile, TARGET, operation};

static RUN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn note(event: TraceEvent<'_>) {
    let TraceEvent::Stmt(statement, _) = event else { return };
    let sql = statement.sql();
    if sql.contains("outbox") {
        RUN.lock().unwrap().insert(sql.into_owned());
    }
}

/// A few rows an account, or none but the row at hand.
const SMALL: [&str; 5] =
    ["SCAN outbox_counts", "SCAN json_each VIRTUAL TABLE", "SCAN CONSTANT ROW", "SCAN fallen", "SCAN value"];

/// What may be sorted: open groups, rows of one group that were refused, and rows that depend on one another.
const FEW: [&str; 3] =
    ["SELECT * FROM outbox_groups WHERE group_id IN", "SELECT position, op_id FROM outbox", "WITH RECURSIVE fallen"];

#[test]
fn every_question_has_an_index() {
    let profile = Profile::new();
    let outcome = profile.open().write_now(|tx| {
        tx.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note));
        let run = everything(tx);
        tx.trace_v2(TraceEventCodes::empty(), None);
        run?;
        let statements = RUN.lock().unwrap();
        // Those of the module; what triggers do is part of the plan of what sets them off.
        assert!(statements.len() > 60, "{}", statements.len());
        let mut wrong = Vec::new();
        for sql in statements.iter() {
            let mut explain = tx.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let mut plan = explain.raw_query();
            while let Some(step) = plan.next()? {
                let step: String = step.get(3)?;
                let reads_all = step.starts_with("SCAN") && !SMALL.iter().any(|small| step.starts_with(small));
                let sorts = step == "USE TEMP B-TREE FOR ORDER BY" && !FEW.iter().any(|few| sql.starts_with(few));
                if reads_all || sorts {
                    wrong.push(format!("{step}: {sql}"));
                }
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
        Err::<(), _>(StoreError::Closed)
    });
    assert!(matches!(outcome, Err(StoreError::Closed)), "{outcome:?}");
}

/// One call of each function.
fn everything(tx: &Transaction<'_>) -> StoreResult<()> {
    const IDS: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let of_group = Group {
        group_id: "g".to_owned(),
        kind: String::new(),
        title: String::new(),
        paused: false,
        sweep: None,
        created_utc_ms: 1,
    };
    add_group(tx, &of_group)?;
    for op_id in IDS {
        let row = operation(op_id, op_id, OutboxAction::Create);
        let grouped = (op_id > "f").then(|| "g".to_owned());
        enqueue(tx, &NewOperation { batch_key: Some("k".to_owned()), group_id: grouped, ..row })?;
    }
    enqueue(tx, &NewOperation { depends_on: Some("a".to_owned()), ..operation("z", "z", OutboxAction::Update) })?;
    claim_next(tx, TARGET, 1, Urgency::Bulk, |_| Together::of(6))?;
    claimed_on_start(tx)?;
    finish(tx, "a", Some("1"), 2)?;
    put_back(tx, "b", 99, Some("\"network\""), 2)?;
    still_unknown(tx, "c", 99, None)?;
    block(tx, "d", "{}", 2)?;
    ask(tx, "e", "{}")?;
    differ(tx, "f", "{}", 2)?;
    retry(tx, "e", 2)?;
    claim_row(tx, "e", 2)?;
    note_absent(tx, "e", 2, None, 2)?;
    claim_row(tx, "e", 2)?;
    settled_absent(tx, "e", None, 2)?;
    edit(tx, "d", "t", "{}", None, 2)?;
    take_back(tx, "d", 2)?;
    restore(tx, "d", false, None, 3)?;
    go_alone(tx, "d")?;
    retry_all(tx, TARGET, "\"network\"", 9, 3)?;
    clamp_waits(tx, TARGET, 50, 50)?;
    let pause = LanePause { until_utc_ms: 60, reason_json: "{}".to_owned() };
    pause_lane(tx, TARGET, &pause)?;
    lane_pause(tx, TARGET, 3)?;
    resume_lane(tx, TARGET)?;
    next_ready_at(tx, TARGET, Urgency::Bulk)?;
    enqueue(tx, &operation("y", "a", OutboxAction::Delete))?;
    claim_row(tx, "y", 3)?;
    finish(tx, "y", None, 3)?;

    claim_row(tx, "g", 3)?;
    let job = Job {
        job_id: "750".to_owned(),
        target: TARGET.to_owned(),
        kind: "event".to_owned(),
        given: 1,
        looks: 0,
        look_utc_ms: 3,
        created_utc_ms: 3,
    };
    begin_job(tx, &job, &["g"])?;
    next_look(tx, TARGET)?;
    take_job(tx, TARGET, 3, 9)?;
    look_at(tx, "750", 9)?;
    given_anew(tx, "750", 1)?;
    job_rows(tx, "750")?;
    finish(tx, "g", None, 4)?;
    end_job(tx, "750")?;

    for sweep in [Sweep::Pause, Sweep::Resume, Sweep::Retry, Sweep::Undo] {
        begin_sweep(tx, "g", sweep)?;
        groups_swept(tx)?;
        sweep_rows(tx, "g", sweep, 0, 99, &|_| None, 4)?;
        end_sweep(tx, "g", sweep)?;
    }
    to_undo(tx, "g", 9)?;
    note_undone(tx, "g", 4)?;
    group(tx, "g")?;
    groups_open(tx)?;
    groups_since(tx, 0, 9)?;

    page(tx, None, OutboxState::ALL, 0, 99)?;
    open_page(tx, None, 9)?;
    finished_page(tx, None, 9)?;
    done_since(tx, 0)?;
    by_subject(tx, "81234567890")?;
    last_by_subject(tx, "event", &["81234567890"])?;
    by_identity(tx, TARGET, "event", "a")?;
    has_made(tx, TARGET, "event", "1")?;
    overtaken(tx, "a", &operation("undo", "a", OutboxAction::Delete))?;
    open_in_order(tx, TARGET, "b")?;
    get(tx, "a")?;
    counts(tx)?;
    counts_within(tx, None).map(drop)
}
